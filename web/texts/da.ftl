# Dansk. Kort, konkret og varmt: et barn på en dårlig dag skal kunne læse det.

## Overalt
name = Barnets livsbog
skip = Gå til indholdet
menu = Menu
get-help = Få hjælp
sign-out = Log ud
way-book = Bogen
way-books = Bøgerne
way-contribute = Skriv i bogen
way-overview = Overblik
way-archive = Mit arkiv
back-to-front = Til forsiden
book-title = { $names } bog
you-are-here = Du er her
when = Hvornår
where = Hvor
who = Hvem
written-by = Skrevet af
do-not-know = Ved ikke

## Vælg din vej ind
way-in-title = Vælg din vej ind
way-in-lead = Her bliver billeder og historier passet på, så du altid kan finde din egen historie.
door-read = Jeg vil læse min bog
door-read-note = Se billeder og læs om dig selv
door-write = Jeg vil skrive i en bog
door-write-note = Et billede og en linje er nok
door-archive = Jeg har boet uden for hjemmet
door-archive-note = Se alt, der er gemt om dig
help-now-door = Har du brug for hjælp nu?
demo-title = Prøv som en af disse personer
demo-note = De er alle opfundet, og det er deres historier også. Du kan roligt prøve alt.

## Log ind
sign-in = Log ind
user-name = Brugernavn
password = Adgangskode
sign-in-wrong = Navnet og adgangskoden passer ikke sammen.
sign-in-wrong-next = Prøv igen. Store og små bogstaver skal være rigtige.
sign-in-too-many = { $minutes ->
    [one] Der er prøvet for mange gange. Vent et minut, og prøv igen.
   *[other] Der er prøvet for mange gange. Vent { $minutes } minutter, og prøv igen.
}
sign-in-expired = Du har været væk længe. Log ind igen.
sign-in-forgot = Har du glemt din adgangskode, så spørg den, der gav dig den.

## Hylden
shelf-title = Bøgerne
shelf-empty = Du har ikke adgang til nogen bøger endnu. Spørg barnets rådgiver i kommunen.

## Bogen
kept-by = { $municipality } passer på bogen
continue-reading = Læs videre
start-reading = Begynd at læse
chapters = Kapitler
pages = { $count ->
    [one] 1 side
   *[other] { $count } sider
}
empty-book-title = Bogen er ny
empty-book = Der er ikke skrevet noget endnu. De voksne omkring { $name } kan begynde i dag. Et enkelt billede er nok.
who-opened = Hvem har åbnet min bog?
turn-chapter = Gå til et andet kapitel
turn-page = Bladr
to-cover = Forsiden
previous-page = Forrige
next-page = Næste
the-end = Forsiden
page-of = Side { $page } af { $pages }
waits = Venter
picture-to = Billede til { $title }
older-text-waits = Der er skrevet mere til dig, når du bliver ældre. Det venter på dig her.
who-unknown = Ved du, hvem det er? Fortæl det til en voksen.
sources = Kilder og originaler
original-picture = Billede { $number }, som det blev sendt ind
receipt = Arkivets kvittering
with-adult = Den her side læser du sammen med en voksen.
you-can-ask = Du kan spørge { $ask }.
held-back = Her er en side, der venter på dig. Den er ikke væk.
held-back-by = { $who } har bestemt, at den skal vente lidt.
held-back-review = Vi ser på den igen { $day }.
held-back-opens = Senest { $day } bliver den åbnet for dig.
talk-to-someone = Jeg vil tale med nogen nu

## For de voksne ved siden af
for-adults = For voksne
read-as = Læs, som den ser ud for
write-in-book = Skriv i bogen
book-on-paper = Bogen på papir

## Hvem har læst
who-opened-lead = Her kan du se alle, der har læst i bogen. Er der en, du undrer dig over, så spørg en voksen, du stoler på.
older-readings = Se flere
nobody-read = Ingen har læst i bogen endnu.

## På papir
print-lead = Vi laver bogen som en PDF, du kan læse på skærmen eller printe.
print-for-age = Teksterne skal passe til
age-years = { $age } år
age-or-more = { $age } år og op
order-print = Lav bogen
ordered-before = Lavet før
edition-for = Bogen for { $age }
ordered-on = bestilt { $day }
fetch-pdf = Hent PDF ({ $size })
edition-waiting = Er ved at blive lavet
edition-failed = Kunne ikke laves. Bestil den igen.

## Få hjælp
help-title = Få hjælp nu
help-lead = Du kan altid ringe. Du behøver ikke sige dit navn.
help-danger = Er der fare lige nu?
help-danger-note = Ring 112. Så kommer der nogen.
help-children-note = Voksne, der lytter til børn. De svarer hele døgnet, og det er gratis.
ring = Ring { $number }
write-sms = Skriv en sms
help-no-trace = Vi gemmer ikke, at du har været på denne side. Din telefon kan selv gemme det i sin historik.
quick-exit = Skjul siden

## Når noget går galt
problem-code = Kode til den, der hjælper dig: { $code }

## Overblik
overview-title = Overblik
overview-lead = { $count ->
    [one] Et barn har en bog hos jer. Her står tal og datoer, aldrig indhold.
   *[other] { $count } børn har en bog hos jer. Her står tal og datoer, aldrig indhold.
}
overview-children = Børnene
overview-empty = Der er ingen børn at vise endnu.
jobs = Arbejde i baggrunden
jobs-waiting = Venter
jobs-running = I gang
jobs-failed = Skal ses på
entries = { $count ->
    [one] 1 bidrag
   *[other] { $count } bidrag
}
homes = { $count ->
    [one] 1 hjem
   *[other] { $count } hjem
}
last-entry = Seneste bidrag { $day }.
quiet-for = { $days } dage uden nyt.
no-entry-yet = Ingen har skrevet i bogen endnu.
open-book = Åbn bogen

## Mit arkiv
archive-title = Mit arkiv
archive-greeting = Hej { $name }
archive-lead = { $count ->
    [0] { $municipality } har ikke noget gemt om dig her endnu.
    [one] Der er gemt 1 bidrag om dig. { $municipality } passer på det.
   *[other] Der er gemt { $count } bidrag om dig. { $municipality } passer på dem.
}
archive-calm = Du bestemmer selv tempoet. Intet forsvinder, fordi du holder en pause.
archive-read = Læs min bog
archive-waiting = { $count ->
    [one] 1 side venter på, at nogen ser på den. Du får besked, når den er åben.
   *[other] { $count } sider venter på, at nogen ser på dem. Du får besked, når de er åbne.
}
archive-kinds = Det her findes om dig
archive-years = År for år
year-unknown = Ukendt år
archive-prints = Bøger, du kan hente
archive-readings = Hvem har læst
archive-beside = Vil du have en at læse sammen med?
archive-beside-note = Det kan være hårdt at læse om sig selv. Du kan få en ved din side, og du kan stoppe når som helst.
kinds-photo = { $count ->
    [one] billede
   *[other] billeder
}
kinds-story = { $count ->
    [one] historie
   *[other] historier
}
kinds-document = { $count ->
    [one] dokument
   *[other] dokumenter
}
kinds-sound = { $count ->
    [one] lyd
   *[other] lyde
}
kinds-video = { $count ->
    [one] video
   *[other] videoer
}
kinds-event = { $count ->
    [one] oplevelse
   *[other] oplevelser
}
kinds-letter = { $count ->
    [one] brev
   *[other] breve
}
kinds-thing = { $count ->
    [one] ting
   *[other] ting
}
kinds-decision = { $count ->
    [one] beslutning
   *[other] beslutninger
}
kinds-talk = { $count ->
    [one] samtale
   *[other] samtaler
}
kinds-drawing = { $count ->
    [one] tegning
   *[other] tegninger
}
kinds-statement = { $count ->
    [one] egne ord
   *[other] egne ord
}

## Skriv i bogen
contribute-title = Skriv i bogen
contribute-for = Skriv i { $names } bog
no-children = Du kan ikke skrive i nogen bog lige nu. Spørg barnets rådgiver i kommunen.
whose-book = Hvis bog?
what-is-it = Hvad vil du lægge i bogen?
kind-photo = Billede
kind-story = Historie
kind-event = Oplevelse
kind-letter = Brev
kind-document = Papir
take-photo = Tag et billede
choose-files = Vælg billeder eller filer
chosen-files = Det, du har valgt
one-line = Hvad ser vi? Skriv en linje
headline = Overskrift
write-more = Skriv mere
text-for = Til { $name } ({ $age })
text-for-child = Skriv, så barnet selv kan læse det
who-is-there = Hvem er med?
who-else = Andre (komma imellem)
where-is-it = Hvor?
where-else = Et andet sted
when-was-it = Hvornår?
the-day = Dag
today = I dag
yesterday = I går
how-sure = Hvor præcist ved du det?
precision-day = Den dag
precision-month = Den måned
precision-season = Den årstid
precision-year = Det år
precision-about = Cirka det år
precision-unknown = Ved ikke
more = Mere
choose-chapter = Kapitel
chapter-by-itself = Bogen finder selv ud af det
how-do-you-know = Hvor ved du det fra?
basis-seen = Jeg var der
basis-heard = Nogen fortalte det
basis-read = Jeg har læst det
text-language = Teksten er skrevet på
write-for-ages = Skriv til flere aldre
write-for-ages-note = Den samme ting kan fortælles på flere måder. Barnet får den tekst, der passer til dets alder.
sending = Sender
send = Læg det i bogen
send-to = Læg det i { $names } bog
sent-title = Nu ligger det i { $names } bog
sent-see = Se siden
mine-title = Det har du skrevet
state-in_book = I bogen
state-with_adult = Sammen med en voksen
state-held_back = Venter
state-sealing = På vej
js-sending = Sender …
js-sending-file = Sender fil %number% af %count% …
js-sealing = Lægger det i bogen …
js-sent = Nu ligger det i %names% bog
js-offline = Der er ikke net lige nu.
js-lost = Forbindelsen røg.
js-kept = Det, du har skrevet, og dine billeder er gemt her på telefonen. Vi prøver igen, når der er net.
js-retry = Prøv igen
js-remove = Fjern %name%
js-too-large = %name% er for stor. Den må højst fylde %limit%.
js-choose-child = Vælg først, hvis bog det skal i.
js-need-photo = Vælg mindst et billede.
js-need-text = Skriv lidt under overskriften.
js-draft-back = Her er det, du ikke nåede at sende.
js-draft-discard = Begynd forfra
js-failed = Det gik ikke. Prøv igen om lidt.
js-signed-out = Du er blevet logget ud.
js-signed-out-next = Log ind igen. Det, du har skrevet, ligger her stadig.
