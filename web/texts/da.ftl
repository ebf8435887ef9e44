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
way-in-lead = Her passer vi på billeder og historier. Så kan du altid finde din egen historie.
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
sign-in-with = Log ind med { $name }
sign-in-or = Eller med brugernavn
login-title = Dit eget login
login-lead = Forbind det login, du plejer at bruge. Så kommer du ind med det næste gang.
login-connect = Forbind { $name }
login-connected = { $name } er forbundet
login-forget = Fjern
login-go-on = Videre
signed-out-title = Du er logget ud
signed-out-lead = Bruger du en computer sammen med andre? Så log også ud af { $name }.
signed-out-there = Log ud af { $name }
done-login = Nu kan du komme ind med dit eget login.
done-loginaway = Det er fjernet.
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
older-text-waits = Der er skrevet mere til dig. Det venter, til du er ældre.
contents = Indhold
parts = Vælg et år
own-words = Med { $name } egne ord
own-words-yours = Med dine egne ord
teller = { $name } fortæller
kind-is-letter = Et brev
kind-is-decision = Derfor
kind-is-thing = En ting, der er gemt
kind-is-talk = En snak
kind-is-drawing = En tegning
where-from = Hvor det kommer fra
written-on = Skrevet
known-from = Hvordan man ved det
stance = Hvad det er
purpose = Hvorfor det er skrevet
who-unknown = Ved du, hvem det er? Fortæl det til en voksen.
sources = Kilder og originaler
original-picture = Billede { $number }, som det blev sendt ind
receipt = Arkivets kvittering
with-adult = Læs den her side sammen med en voksen.
you-can-ask = Du kan spørge { $ask }.
held-back = Her er en side, der venter på dig. Den er ikke væk.
held-back-by = { $who } har bestemt det.
held-back-review = Vi ser på den igen { $day }.
held-back-opens = Den åbner senest { $day }.
talk-to-someone = Jeg vil tale med nogen nu

## For de voksne ved siden af
for-adults = For voksne
read-as = Læs, som den ser ud for
write-in-book = Skriv i bogen
book-on-paper = Bogen på papir

## Hvem har læst
who-opened-lead = Her kan du se alle, der har læst i bogen. Er der en, du undrer dig over, så spørg en voksen, du stoler på.
look = Visning
look-lead = Sådan skal siderne se ud, når du læser.
look-large = Større bogstaver
look-large-note = Alt bliver større.
look-easy_type = Lettere at læse
look-easy_type-note = Mere luft mellem bogstaver og linjer. Godt, hvis bogstaverne hopper.
look-contrast = Stærke farver
look-contrast-note = Sort på hvidt eller hvidt på sort.
look-calm = Ro på siden
look-calm-note = Intet bevæger sig.
look-theme = Lyst eller mørkt
look-theme-device = Som telefonen eller computeren
look-theme-light = Lyst
look-theme-dark = Mørkt
look-save = Gem
look-only-here = Det gælder kun på denne skærm. Vi gemmer ikke, hvem du er.
read-aloud = Læs højt
who-opened-lead-small = De har set i din bog.
who-opened-lead-young = Her er alle, der har læst i din bog. Undrer du dig over en? Spørg en voksen.
who-opened-lead-old = Her står alle, der har åbnet noget i bogen, og hvad de åbnede. Er der en, du ikke kender, så spørg kommunen, hvorfor personen har læst.
nobody-else-read = Ingen andre har læst i bogen her.
own-readings = Det, du selv har læst
days-before = { $count ->
    [one] En dag før
   *[other] { $count } dage før
}
older-readings = Se flere
nobody-read = Ingen har læst i bogen endnu.

## Hvad er taget ud
taken-out = Hvad er taget ud af min bog?
taken-out-lead = Næsten alt bliver her for altid. Men en side kan ligge hos det forkerte barn, eller noget kan være blevet meget gammelt. Så skal to voksne være enige, før det tages ud, og det bliver skrevet her.
nothing-taken-out = Ingen har taget noget ud af bogen.
taken-out-proposed = Lagt til side. En voksen mere skal se på det.
taken-out-refused = Det blev i bogen.
taken-out-decided = Taget ud.
taken-out-page = En side,
taken-out-file = Et billede eller en fil,
taken-out-print = En bog på papir,
taken-out-paper = Et papir,
taken-out-put-in = lagt ind { $day }.
taken-out-put-in-by = lagt ind af { $who } { $day }.
taken-out-asked = { $who } bad om det { $day }.
taken-out-agreed = { $who } sagde ja.
taken-out-said-no = { $who } sagde nej.
taken-out-yes = Ja, tag det ud
taken-out-no = Nej, det skal blive
taken-out-for-good = Det, der tages ud, kan ingen hente igen.
taken-out-no-means = Siger du nej, bliver siden her, og den hos det andet barn bliver lagt til side.
misfiled-title = Hører siden til et andet barn?
misfiled-lead = Siden bliver lagt til side med det samme, så ingen ser den her. En kopi kommer i den bog, den hører til i. Når en kollega har sagt ja, er den helt væk herfra.
misfiled-to = Hvis side er det?
misfiled-send = Flyt siden
misfiled-nobody = Du skriver kun i bøger for ét barn. Bed barnets rådgiver om at flytte siden.
misfiled-back = Nej, den ligger rigtigt

## Det, der skal blive
holds-title = Hvad skal blive?
holds-lead = Man kan bede om, at noget bliver. Så længe det gælder, kan ingen tage det ud.
hold-everything = Hele bogen og alle papirer
hold-page = En side med dens billeder og filer
hold-why-person = Den, bogen handler om, har selv bedt om det.
hold-why-dispute = Der er en klage eller en sag.
hold-why-request = Nogen har bedt om at få papirerne at se.
hold-why-national_archive = Rigsarkivet har bestemt det.
hold-asked = { $who } bad om det { $day }.
hold-lifted = { $who } ophævede det { $day }.
hold-ask = Bed om, at alt bliver
hold-ask-page = Bed om, at siden bliver
hold-lead-everything = Hele bogen og alle papirer bliver her, også når tiden for dem er gået.
hold-lead-page = Siden bliver her med billeder og filer, også når tiden for den er gået.
hold-lead-own = Kun du selv kan ophæve det igen.
hold-lead-adult = Barnet kan se, hvem der har bedt om det, og hvorfor.
hold-why = Hvorfor skal det blive?
hold-choice-dispute = Der er en klage eller en sag
hold-choice-request = Nogen har bedt om at få papirerne at se
hold-choice-national_archive = Rigsarkivet har bestemt det
hold-words = Vil du skrive lidt om det?
hold-words-note = Barnet kan læse det. Du behøver ikke skrive noget.
hold-words-note-own = Kommunen kan læse det. Du behøver ikke skrive noget.
hold-send = Ja, det skal blive
hold-lift = Ophæv
hold-lift-title = Skal det ikke blive længere?
hold-lift-lead = Så gælder de almindelige regler igen. Når tiden er gået, kan to voksne tage det ud, hvis de er enige. Det bliver stående, at nogen har bedt om det.
hold-lift-yes = Ja, ophæv det
hold-lift-no = Nej, det skal blive
done-hold = Det bliver her nu, til det bliver ophævet.
done-lifted = Det er ophævet.

## På papir
print-lead = Vi laver bogen som en PDF, du kan læse på skærmen eller printe.
print-for-age = Teksterne skal passe til
age-years = { $age } år
age-or-more = { $age } år og op
print-how-large = Hvor stor skal bogen være?
paper-a4 = Stor, som printerpapir (A4)
paper-a5 = Lille, så den kan være i tasken (A5)
paper-square = Firkantet, lige så høj som bred (21 × 21 cm)
print-bleed = Bogen skal laves på et trykkeri
print-bleed-why = Så er der streger, der viser, hvor papiret skal skæres.
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
help-no-trace = Vi gemmer ikke, at du var her. Men din telefon kan huske siden.
quick-exit = Skjul siden

## Mine rettigheder
rights-title = Mine rettigheder
rights-title-small = Det må du
rights-how-old = Hvor gammel er du?
rights-lead-small = Det her gælder for dig.
rights-lead-young = Her står, hvad du må. Her står også, hvad de voksne skal.
rights-lead-middle = Her står, hvad du selv må, og hvad de voksne skal. Det gælder også på en dårlig dag.
rights-lead-teen = Her står, hvad du selv bestemmer, og hvad kommunen skal. Noget gælder i bogen, og noget står i loven.
rights-lead-grown = Bogen handler om dig. Her står, hvad du selv bestemmer i den, og hvad du kan bede om.
rights-in-book = I din bog
rights-in-book-small = Din bog
rights-readers = Du kan se, hvem der læser
rights-readers-there = Se, hvem der har læst
rights-readers-small = Du kan se, hvem der læser.
rights-readers-young = De voksne, du bor hos, må læse i din bog. Det må din rådgiver også. Du kan altid se, hvem der har læst.
rights-readers-middle = De voksne omkring dig må læse i din bog. Hver gang en af dem åbner den, bliver det skrevet ned. Du kan se det hele.
rights-readers-teen = Dem, du bor hos, din rådgiver og din støtteperson må læse i bogen. Hver læsning bliver skrevet ned, og du kan se listen. Undrer du dig over en, så spørg.
rights-readers-grown = Du bestemmer selv, hvem der læser i din bog. Hver gang nogen åbner din bog, bliver det skrevet ned, hvem det var og hvornår. Du kan se det hele. Er der en, du ikke kender, så spørg kommunen, hvorfor personen har læst.
rights-waits = En side, der venter, er ikke hemmelig
rights-waits-small = Nogle sider venter på dig. De er ikke væk.
rights-waits-young = Nogle sider venter lidt på dig. De er ikke væk. Du kan se, hvem du må spørge om dem.
rights-waits-middle = Nogle sider venter på dig. Du kan se, at de er der, hvem der har bestemt det, og hvornår de åbner. Du må spørge hver dag.
rights-waits-teen = En side kan vente på dig. Den er aldrig hemmelig: Du kan se, hvem der har bestemt det, hvem du kan spørge, og hvornår den senest åbner. Det er senest, når du fylder 18.
rights-waits-grown = Venter en side stadig, kan du se, hvem der har bestemt det, hvem du kan spørge, og hvornår den senest åbner.
rights-own = Dine egne sider er dine
rights-own-there = Mine egne sider
rights-own-small = Dine egne sider er dine. Kun du ser dem.
rights-danger-small = Gør nogen dig ondt? Sig det til en voksen.
rights-own-young = Kun du kan se dem i bogen. Du kan dele dem med en, du stoler på. Siger du til en voksen, at nogen gør dig ondt, så skal den voksne hjælpe. Det må den voksne ikke tie med.
rights-own-middle = Kun du kan se dine egne sider i bogen, til du deler dem. Du kan også holde op med at dele. Deler du, at nogen gør dig ondt, skal den voksne hjælpe. Det må den voksne ikke holde hemmeligt.
rights-own-teen = Dine egne sider er dine, til du deler dem, og du kan holde op igen. Én ting skal du vide først: Deler du, at nogen gør dig ondt, eller at du er i fare, skal den voksne hjælpe dig. Det må den voksne ikke holde hemmeligt.
rights-own-grown = Dine egne sider er stadig dine, også dem fra dengang. Du kan skrive flere og sætte dine egne ord ved siden af det, andre har skrevet.
rights-stays = Det bliver ikke væk
rights-stays-there = Se, hvad der er taget ud
rights-stays-young = Det, der står i din bog, bliver der. To voksne skal være enige, før de tager noget ud. Du kan se det, når de gør det.
rights-stays-middle = Det, der står i din bog, bliver stående. Husker du det på en anden måde, kan du skrive det ved siden af. To voksne skal være enige, før noget tages ud, og det kan du se.
rights-stays-teen = Det, du har fortalt, retter andre ikke i. Husker du noget på en anden måde, kan dine ord stå ved siden af. To voksne skal være enige, før noget tages ud, og du kan se, at det er sket.
rights-stays-grown = Bogen er din hele livet, og du kan hente den på papir. Du kan bede om, at alt bliver, også når tiden for det er gået. Så kan kun du selv ophæve det.
rights-by-law = Når voksne bestemmer
rights-by-law-small = De voksne
rights-by-law-grown = Det kan du bede om
rights-heard = De skal lytte til dig
rights-heard-small = De voksne skal lytte til dig.
rights-heard-young = Du må sige, hvad du synes. Din rådgiver skal tale med dig. I må gerne tale sammen alene.
rights-heard-middle = Du har ret til at sige, hvad du mener, når voksne bestemmer noget om dig. Din rådgiver skal tale med dig om det, og I må gerne tale sammen alene.
rights-heard-teen = Du har ret til at være med, når der skal bestemmes noget om dig. Kommunen skal høre din mening undervejs, og I kan tale sammen, uden at dine forældre er med.
rights-why = Du skal vide hvorfor
rights-why-small = Du må altid spørge hvorfor.
rights-why-young = De voksne skal sige dig, hvorfor du får hjælp. Spørg igen, når du ikke forstår det.
rights-why-middle = De voksne skal fortælle dig, hvorfor du får hjælp. De skal sige det, så du forstår det. Spørg igen, hvis du ikke gør.
rights-why-teen = Det skal være klart for dig, hvorfor du får den hjælp, du får. Bliv ved med at spørge, til du forstår det.
rights-beside = Du må tage en med
rights-beside-young = Du må have en med, når du taler med kommunen. Spørg din rådgiver, hvem det kan være.
rights-beside-middle = Du må have en med, når du taler med kommunen. Det hedder en bisidder. Spørg din rådgiver, hvem det kan være.
rights-beside-teen = Du må have en bisidder med, når du taler med kommunen om din sag. Spørg, hvem det kan være. Spørg også, om du kan få en støtteperson.
rights-visit = Kommunen skal besøge dig
rights-visit-young = To gange om året skal en fra kommunen komme og tale med dig. Kan det lade sig gøre, så er I alene, når I taler.
rights-visit-middle = Mindst to gange om året skal en fra kommunen komme og tale med dig, der hvor du bor. Hvis det kan lade sig gøre, taler I sammen alene.
rights-visit-teen = Mindst to gange om året skal kommunen komme der, hvor du bor, og tale med dig. Hvis det kan lade sig gøre, uden at dem, der arbejder der, er med.
rights-plan = Du er med til at lave planen
rights-plan-young = Der skal være en plan for dig. Du skal være med til at finde på målene i den.
rights-plan-middle = Der skal være en plan for dig, og målene i den skal I lave sammen. Har du ikke set den, så spørg efter den.
rights-plan-teen = Kommunen skal lave en plan med klare mål, og du skal være med til det. Senest efter tre måneder skal I se på den igen sammen. Har du ikke set din plan, så spørg efter den.
rights-insight = Du kan se det, der er skrevet om dig
rights-insight-grown = Du kan bede kommunen om aktindsigt i det, den har skrevet om dig. Den skal svare inden 7 arbejdsdage.
rights-search = Noget kan ligge andre steder
rights-search-grown = Papirer om dig kan ligge i en anden kommune, på et arkiv eller der, hvor du boede. Spørg kommunen, hvor I kan lede. Du må gerne have en ved din side, når du læser.
rights-grows = Når du bliver større
rights-reached = Det er du
rights-at-10-young = Så har du selv rettigheder i nogle sager. Spørg hvilke.
rights-at-10-middle = Du har selv rettigheder i nogle af de sager, kommunen har om dig. Spørg din rådgiver, hvilke det er.
rights-at-10-teen = Du har selv rettigheder som part i nogle af kommunens sager om dig. Spørg, hvilke det er.
rights-at-13-young = Så kan du få MitID.
rights-at-13-middle = Du kan få MitID. I bogen kan du se, hvem der ved det, der står, og hvordan.
rights-at-13-teen = Du kan få MitID. I bogen kan du se, hvem der har skrevet hvad, og hvordan de ved det.
rights-at-15-young = Så får du selv Digital Post.
rights-at-15-middle = Du får Digital Post, så breve kan komme til dig selv.
rights-at-15-teen = Du får Digital Post. Breve fra kommunen kan komme til dig selv. Bed om hjælp til dem, hvis de er svære.
rights-at-18-young = Så er de sider, der ventede, åbne.
rights-at-18-middle = De sider, der ventede, er åbne. Du kan hente alle billeder og papirer. Bogen er din hele livet.
rights-at-18-teen = De sider, der ventede på dig, er åbne. Nu er det dig, der bestemmer, hvem der læser med. Du kan læse for alle aldre og hente billeder og papirer, som de kom ind. Bogen er din hele livet.
rights-wrong = Er noget ikke, som det skal være?
rights-wrong-small = Sig det til en voksen, du kan lide.
rights-sad = Er du ked af noget?
rights-wrong-young = Sig det til en voksen, du stoler på. Du kan også ringe til BørneTelefonen. De svarer dag og nat. Er du ikke enig med kommunen? Spørg, hvordan man klager.
rights-wrong-middle = Sig det til din rådgiver eller en anden voksen, du stoler på. Er du ikke enig i det, kommunen har bestemt? Spørg, hvordan du klager, og hvem der kan hjælpe dig. Du kan ringe til BørneTelefonen hele døgnet.
rights-wrong-teen = Sig det til din rådgiver eller til en anden, du stoler på. Er du ikke enig i det, kommunen har bestemt, så spørg, hvordan du klager, og hvor lang tid du har. Du må gerne få hjælp til det. På BørneTelefonen svarer en voksen hele døgnet.
rights-wrong-grown = Står der noget, du ikke er enig i, kan dine egne ord komme til at stå ved siden af. Er du ikke enig i det, kommunen har bestemt, så spørg den, hvordan du klager.
law-barnets-lov = Det står i barnets lov § { $sections }
law-forvaltningsloven = Det står i forvaltningsloven § { $sections }

## Uden net
offline-title = Læs uden net
offline-kept = Når du har åbnet din bog, kan du læse den på den her skærm, også når der ikke er net.
offline-until = Bogen ligger her, til du logger ud. Den går væk af sig selv { $at }.
offline-left-out = Sider, som kun du ser, kommer ikke med. Det gør sider, der venter, heller ikke.
offline-sign-out = Er skærmen ikke kun din? Log ud, når du er færdig. Så ligger der intet her.
offline-refused = Din bog bliver ikke lagt på den her skærm. Du skal have net for at læse.
offline-anothers = Den her tablet er en andens. Derfor lægger vi ikke din bog på den.
offline-never = I læser sammen. Derfor lægger vi ikke bogen på skærmen nu.
offline-turn-off = Læg ikke min bog her
offline-turn-on = Læg min bog her
offline-install = Bogen kan få sit eget ikon. Find menuen i din browser, og vælg »Føj til hjemmeskærm«.
offline-copy = Du læser uden net
offline-copy-until = Bogen ligger her til { $at }. Log ud, når der er net igen.
offline-forget = Fjern bogen her
offline-no-files = Lyd og film kan du ikke få uden net.
no-line-title = Der er ikke net lige nu
no-line-lead = Vi kan ikke hente siden.
no-line-book = Har du åbnet din bog i dag? Så kan du måske læse den.
no-line-again = Prøv bogen
no-line-ring = Du kan ringe uden net.

## Lyd og film i ord
spoken = Det, der bliver sagt
spoken-ask = Er der lyd eller film med?
spoken-what = Hvad bliver der sagt?
spoken-note = Skriv det, hvis du kan. Så kan den, der ikke hører det, også være med. Har du undertekster med tider (WebVTT), kan du sætte dem ind her.
spoken-reads-it = Det er teksten, læst højt
spoken-reads = Læst højt

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

## Registret
new-child = Nyt barn
new-child-lead = Barnet får en tom bog. Når du laver et link til det, kan det selv komme ind i den.
child-name = Barnets fulde navn
child-called = Hvad vil barnet kaldes?
child-called-note = Kan udelades. Så bruger vi hele navnet.
child-born = Født
save-child = Opret barnet
adults = Voksne
adults-lead = Her er de voksne, { $municipality } har skrevet op. De ser først en bog, når de får en rolle hos barnet.
new-adult = Opret en voksen
adult-name = Navn
adult-title = Hvem er det for barnet?
adult-title-note = For eksempel plejemor, pædagog eller lærer. Det står ved alt, personen skriver.
adult-phone = Telefon (kan udelades)
save-adult = Opret
more-adults = Vis flere
to-adults = Mangler der en? Opret personen under Voksne.
make-link = Lav et link til at komme ind
link-title = Et link til { $name }
link-lead = Giv det til { $name } selv. Den, der åbner linket, kommer ind som { $name }.
link-once = Linket kan åbnes én gang, senest { $at }. Tidligere links til samme person virker ikke mere.
link-only-here = Vi viser det kun her. Bliver det væk, så lav et nyt.
back = Tilbage
choose = Vælg
first-day = Første dag
last-day = Sidste dag
from-day = Fra { $from }
from-to = { $from } til { $to }
homes-title = Hjem
home-now = Bor her nu
no-home-yet = Der er ikke skrevet et hjem endnu.
first-home = Skriv det første hjem
move-title = Flyt til et nyt hjem
move-save = Gem hjemmet
home-kind = Hvad er det for et hjem?
home-family = Familie
home-foster_family = Plejefamilie
home-weekend_family = Aflastningsfamilie
home-institution = Døgninstitution
home-own_room = Eget værelse
home-other = Et andet hjem
home-name = Hvad kalder barnet hjemmet?
home-name-note = For eksempel »Hos Karen og Ib«.
home-place = Sted (kan udelades)
map-title = Her har du boet
home-municipality = Kommune på kortet
home-municipality-note = Så står hjemmet på barnets kort over Danmark. Kortet viser kommunen, aldrig adressen.
home-not-on-map = Vises ikke på kortet
home-map = På kortet
home-map-save = Gem
region-nordjylland = Region Nordjylland
region-midtjylland = Region Midtjylland
region-syddanmark = Region Syddanmark
region-sjaelland = Region Sjælland
region-hovedstaden = Region Hovedstaden
home-carers = Hvem er barnets voksne dér?
home-carers-note = De kan læse og skrive i bogen, så længe barnet bor der.
home-leaving = Hvad med det gamle hjem?
home-leaves = { $home } slutter dagen før
home-leaving-note = Så kan de voksne dér ikke længere åbne bogen, men det, de har skrevet, bliver i den. Fjern hakket, hvis barnet også bliver boende, for eksempel når det nye er en aflastningsfamilie.
roles-title = Roller
roles-lead = De voksne i barnets hjem står ved hjemmet. Her er de andre.
role-own = Barnet selv
role-caseworker = Rådgiver
role-support_person = Støtteperson
role-invited = Inviteret til at skrive
role-system = Fagsystem
role-leader = Leder, der læser med
role-archivist = Arkivar
role-choice-caseworker = Rådgiver: læser alt og beslutter
role-choice-support_person = Støtteperson: læser og skriver
role-choice-invited = Inviteret: skriver, læser ikke
role-choice-leader = Leder: læser med, også det, der venter
role-choice-archivist = Arkivar: læser alt
give-role-title = Giv en voksen en rolle
role-person = Hvem?
role-what = Hvilken rolle?
give-role = Giv rollen
end-role = Slut rollen
end-role-save = Gem slutdatoen
done-child = Barnet er oprettet. Skriv nu, hvor det bor.
done-home = Hjemmet er gemt.
done-role = Rollen er givet.
done-end = Slutdatoen er gemt.
done-adult = Personen er oprettet.

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
js-sending-files = %there% af %count% er nået frem …
js-checking = Filen er nået frem og venter på at blive tjekket for virus. Intet er tabt, og vi fortsætter af os selv. Lad siden stå åben.
js-waiting = Vi venter på nettet. Intet er tabt, og vi fortsætter af os selv. Lad siden stå åben.
js-sealing = Lægger det i bogen …
js-sent = Nu ligger det i %names% bog
js-refused = %name% kom ikke med
js-refused-short = Kom ikke med
js-rest-there = Resten er nået frem. Tryk på knappen igen for at lægge det i bogen uden den, eller vælg en anden først.
js-words-there = Det, du har skrevet, står her stadig.
js-unreadable = Filen er flyttet eller ændret. Vælg den igen.
js-retry = Prøv igen
js-remove = Fjern %name%
js-too-large = %name% er for stor. Den må højst fylde %limit%.
js-choose-child = Vælg først, hvis bog det skal i.
js-need-photo = Vælg mindst et billede.
js-need-text = Skriv lidt under overskriften.
js-draft-back = Her er det, du ikke nåede at sende.
js-draft-lacks = Vælg den store fil igen, så fortsætter vi, hvor vi slap.
js-draft-discard = Begynd forfra
js-failed = Det gik ikke. Prøv igen om lidt.
js-signed-out = Du er blevet logget ud.
js-signed-out-next = Log ind igen. Det, du har skrevet, ligger her stadig.

# Svar, der siger nej
problem-not-signed-in-title = Du er ikke logget ind
problem-not-signed-in-detail = Siden er kun for dem, der hører til.
problem-not-signed-in-next = Log ind, og prøv igen.
problem-session-over-title = Du er blevet logget ud
problem-session-over-detail = Der er gået for lang tid.
problem-session-over-next = Log ind igen. Det, du har skrevet, ligger der endnu.
problem-foreign-origin-title = Det kunne vi ikke tage imod
problem-foreign-origin-detail = Formularen kom ikke fra vores egen side.
problem-foreign-origin-next = Åbn siden igen, og send derfra.
problem-not-found-title = Det findes ikke her
problem-not-found-detail = Enten er adressen forkert, eller også er det ikke dit.
problem-not-found-next = Gå tilbage til forsiden.
problem-method-not-allowed-title = Det kan man ikke her
problem-method-not-allowed-detail = Adressen findes, men ikke til det.
problem-method-not-allowed-next = Se hvad adressen kan, i /api/v1/openapi.json.
problem-not-permitted-title = Det må du ikke
problem-not-permitted-detail = Du kender barnet, men din rolle giver ikke lov til det her.
problem-not-permitted-next = Spørg barnets rådgiver, hvis du mener, du skal kunne.
problem-login-failed-title = Det gik ikke igennem
problem-login-failed-detail = Dit login kom ikke helt herhen.
problem-login-failed-next = Prøv igen fra forsiden. Bliver det ved, så spørg den, der gav dig adgang.
problem-login-unknown-title = Vi kender ikke dit login endnu
problem-login-unknown-detail = Her kommer man kun ind, når nogen har givet adgang.
problem-login-unknown-next = Spørg den, der skal give dig adgang: barnets rådgiver eller lederen i kommunen. De giver dig et link. Når du er kommet ind med det, kan du forbinde dit login.
problem-login-taken-title = Dit login er i brug et andet sted
problem-login-taken-detail = Det er forbundet med en anden end den, du er inde som nu.
problem-login-taken-next = Log ud, og kom ind med dit eget link. Spørg lederen i kommunen, hvis du er i tvivl.
problem-login-away-title = Loginnet svarer ikke lige nu
problem-login-away-detail = Stedet, du logger ind hos, kan ikke nås.
problem-login-away-next = Prøv igen om lidt.
problem-not-open-yet-title = Det er ikke åbent endnu
problem-not-open-yet-detail = Teksterne her er skrevet til nogen, der er ældre.
problem-not-open-yet-next = Spørg en af dine voksne, om I skal læse det sammen.
problem-unsupported-media-title = Den slags fil kan vi ikke gemme
problem-unsupported-media-detail = Filen er { $found }. Vi tager billeder, PDF, tekst, Word, OpenDocument, Excel, PowerPoint, e-mail, lyd og video.
problem-unsupported-media-next = Gem den som et billede eller en PDF, og send den igen.
problem-empty-file-title = Filen er tom
problem-empty-file-detail = Der er ingenting i den.
problem-empty-file-next = Vælg filen igen, og se efter at den kan åbnes.
problem-truncated-file-title = Billedet er ikke helt
problem-truncated-file-detail = Det er klippet over undervejs, så noget af det mangler.
problem-truncated-file-next = Send det fra telefonen igen, helst på wifi.
problem-damaged-file-title = Billedet er gået i stykker
problem-damaged-file-detail = Der er noget inde i filen, som ikke passer sammen.
problem-damaged-file-next = Send det fra telefonen igen, eller tag et skærmbillede af det.
problem-too-many-pixels-title = Billedet er for stort at vise
problem-too-many-pixels-detail = Det er { $width } x { $height } punkter. Grænsen er 100 millioner punkter og 20.000 på en side.
problem-too-many-pixels-next = Gem det mindre, og send det igen.
problem-missing-file-title = Der var ingen fil med
problem-missing-file-detail = Formularen har intet felt, der hedder file.
problem-missing-file-next = Vælg en fil, og send igen.
problem-malformed-body-title = Vi kunne ikke læse det, du sendte
problem-malformed-body-detail = Det er ikke skrevet, som vi venter det: { $why }
problem-malformed-body-next = Se formen i /api/v1/openapi.json, og send igen.
problem-invalid-fields-title = Der er noget at rette
problem-invalid-fields-next = Ret det, og send igen. Intet er gået tabt.
problem-idempotency-key-reused-title = Den nøgle er brugt før
problem-idempotency-key-reused-detail = Den samme Idempotency-Key blev brugt til noget andet.
problem-idempotency-key-reused-next = Brug en ny nøgle til noget nyt.
problem-tus-version-title = Vi taler tus 1.0.0
problem-tus-version-detail = Headeren Tus-Resumable mangler, eller den har en anden udgave.
problem-tus-version-next = Send Tus-Resumable: 1.0.0 med.
problem-upload-offset-title = Vi er nået et andet sted til
problem-upload-offset-detail = Vi har { $offset } bytes af filen.
problem-upload-offset-next = Spørg med HEAD, og send resten.
problem-not-ready-title = Den er ikke færdig endnu
problem-not-ready-detail = Bogen bliver lavet lige nu.
problem-not-ready-next = Prøv igen om lidt.
problem-version-conflict-title = Nogen rettede samtidig
problem-version-conflict-detail = Der kom en ny udgave, mens du skrev.
problem-version-conflict-next = Hent den nyeste, og ret i den.
problem-nothing-due-title = Alt skal blive
problem-nothing-due-detail = Intet her er så gammelt, at det må tages ud.
problem-nothing-due-next = Se med livsbog dispose plan, hvornår noget må.
problem-already-decided-title = Det er afgjort
problem-already-decided-detail = Nogen har allerede sagt ja eller nej til det.
problem-already-decided-next = Se på listen over, hvad der er taget ud.
problem-printed-before-title = Bogen er trykt, før noget blev dækket
problem-printed-before-detail = Noget i bogen er siden blevet dækket for en andens skyld. Den gamle udgave viser det.
problem-printed-before-next = Bestil bogen på papir igen. Så kommer den, som den er nu.
problem-not-at-this-step-title = Anmodningen er et andet sted
problem-not-at-this-step-detail = Det trin er gået, eller det kommer først senere.
problem-not-at-this-step-next = Åbn anmodningen igen, og se, hvor langt den er.
problem-not-delivered-title = Der er ikke noget at hente endnu
problem-not-delivered-detail = Arkivet har ikke givet dig papirerne endnu, eller har sagt nej.
problem-not-delivered-next = Åbn anmodningen under /arkiv. Der står, hvad der sker nu, og hvornår du får svar.
problem-not-grown-title = Det kan du, fra du er 18
problem-not-grown-detail = Fra den dag er bogen og papirerne dine at bede om, uden at spørge nogen.
problem-not-grown-next = Vil du se noget før, så spørg din rådgiver.
problem-handed-over-title = Bogen har skiftet hænder
problem-handed-over-detail = Den, bogen handler om, er fyldt 18. Bogen er nu personens egen, og kun personen selv bestemmer, hvem der læser i den.
problem-handed-over-next = Det, du har skrevet, står der stadig med dit navn. Vil du gerne læse med, så spørg den, bogen handler om.
problem-not-confirmed-title = Der skal en voksen mere til
problem-not-confirmed-detail = En voksen har lukket dig ind på ny. Så længe kun den ene har sagt ja, kan ingen vælge, hvem der læser i bogen. Det er for at passe på dig.
problem-not-confirmed-next = Bed en anden voksen om at sige ja: en, du bor hos, din rådgiver eller en arkivar i kommunen. Så åbner det.
problem-same-person-title = Der skal en anden til
problem-same-person-detail = To forskellige personer skal være enige, og du er allerede den ene.
problem-same-person-next = Bed en kollega om at se på det.
problem-must-stay-title = Det skal blive
problem-must-stay-detail = Nogen har bedt om, at det bliver, eller tiden er ikke gået endnu.
problem-must-stay-next = Se, hvem der har bedt om det, og tal med dem.
problem-too-many-attempts-title = Vent lidt
problem-too-many-attempts-detail = Der er prøvet for mange gange. Prøv igen om { $seconds } sekunder.
problem-too-many-attempts-next = Vent, og prøv igen.
problem-range-outside-title = Så lang er filen ikke
problem-range-outside-detail = Filen er { $size } bytes.
problem-range-outside-next = Bed om et stykke inden for filen.
problem-infected-file-title = Der er noget skadeligt i filen
problem-infected-file-detail = Virusscanneren slog ud. Filen er ikke kommet i bogen. Den er lagt til side, låst inde.
problem-infected-file-next = Behold din egen fil, og sig det til den, der driver tjenesten. Er det en fejl, kan de slippe filen ind.
problem-scanner-away-title = Filen venter på at blive tjekket
problem-scanner-away-detail = Vi tjekker alle filer for virus, og scanneren svarer ikke lige nu.
problem-scanner-away-next = Behold filen. Siden prøver igen af sig selv; ellers send den igen om lidt.
problem-storage-full-title = Der er ikke plads lige nu
problem-storage-full-detail = Lageret er fuldt. Det, der er gemt, er stadig gemt.
problem-storage-full-next = Behold filen, og prøv igen senere. Sig det til den, der driver tjenesten.
problem-unavailable-title = Vi kan ikke lige nu
problem-unavailable-detail = En del af tjenesten svarer ikke.
problem-unavailable-next = Behold det, du har skrevet, og prøv igen om lidt.
problem-not-sealed-yet-title = Vi er ikke helt færdige
problem-not-sealed-yet-detail = Det er modtaget og bliver gemt, men vi kan ikke love det endnu.
problem-not-sealed-yet-next = Send igen med den samme Idempotency-Key om lidt.
problem-internal-title = Noget gik galt hos os
problem-internal-detail = Det er vores fejl, ikke din.
problem-internal-next = Behold det, du har skrevet, og prøv igen om lidt.
problem-no-own-person-title = Barnet har ikke sin egen adgang
problem-no-own-person-detail = Barnet står ikke i registret som en, der selv kommer ind.
problem-no-own-person-next = Bed kommunens leder om at give barnet sin egen adgang.
problem-too-large-title = Det er for stort
problem-too-large-next = Gør det mindre, eller del det i flere.
problem-too-large-detail-photo = Et billede må fylde { $megabytes } MB.
problem-too-large-detail-document = Et dokument må fylde { $megabytes } MB.
problem-too-large-detail-recording = Lyd og video må fylde { $megabytes } MB.
problem-too-large-detail-text = En tekst må være på { $limit } tegn.
problem-too-large-detail-body = Det hele må fylde { $limit } bytes.

## Mine egne sider
own-pages = Mine egne sider
own-pages-lead = Her laver du dine egne sider. Skriv, tegn, tag et billede eller tal. Siden er din, til du deler den.
own-pages-none = Der er ingen sider endnu. Den første kan være en tegning.
own-page-new = Lav en side
own-page-change = Ret siden
own-page-untitled = Min side
own-page-title = Hvad hedder siden?
own-page-text = Skriv her
own-page-on-it = Det er på siden
own-page-keep = Skal blive
own-page-draw = Tegn
own-page-draw-help = Tegn med fingeren, musen eller en pen. Du kan også skrive eller sige det.
own-page-colour = Farve
own-page-thick = Tyk streg
own-page-undo = En streg tilbage
own-page-clear = Visk ud
own-page-voice = Sig det
own-page-record = Optag
own-page-stop = Stop
own-page-forget = Slet optagelsen
own-page-reads = Jeg læser min tekst højt
own-page-recording = Nu kan du tale.
own-page-no-microphone = Mikrofonen er slået fra. Du kan skrive eller tegne i stedet.
own-page-photo = Tag eller vælg et billede
own-page-who = Hvem må se siden?
own-page-nobody = Kun mig
own-page-everyone = Alle, der læser min bog
own-page-some = Dem, jeg vælger
own-page-promise-title = Det er din side.
own-page-promise = Kun du ser den i bogen. Du kan dele den, hvis du vil. Du kan altid holde op igen.
own-page-duty = Gør nogen dig ondt? Deler du det, skal den voksne hjælpe. Det må den voksne ikke holde hemmeligt.
own-page-save = Gem
own-mark-private = Kun dig
own-mark-sharing = Du deler den
own-mark-shared = Barnets egen side
own-mark-by = { $name } har selv lavet siden
older-pages = Ældre sider
colour-black = sort
colour-red = rød
colour-orange = orange
colour-yellow = gul
colour-green = grøn
colour-blue = blå
colour-violet = lilla
colour-pink = lyserød
colour-brown = brun
colour-skin = lys brun

# Mennesker, hjem og skoler
people-family = Min familie
people-foster = Dem, jeg har boet hos
people-chosen = Dem, jeg selv har valgt
people-friend = Venner
people-pet = Dyr
people-professional = Voksne, der hjælper
person-died = Døde i { $year }. Hører stadig til.
person-before = Var der før
person-change = Ret det om { $name }
person-add = Sæt nogen på kortet
school-add = Fortæl om et sted
line-since = Siden { $year }
line-home-now = Her bor du nu.
line-weekend-now = Her er du nogle gange.
line-school-now = Her går du nu.
line-age = { $age ->
    [0] Du var under et år.
   *[other] Du var { $age } år.
}
line-born = Her kom du hjem, da du blev født.
line-day-born = Den dag blev du født.
line-gap = Her ved vi ikke nok endnu
line-gap-ask = Spørg din rådgiver. I kan lede sammen.
person-tell-anew = Ret det, der står
person-name = Hvad hedder de?
person-title = Hvad er I for hinanden?
person-title-note = Mormor, ven, hund. Skriv det, som du siger det.
person-group = Hvor hører de til?
person-from = Fra hvornår? Det behøver du ikke vide.
person-until = Til hvornår? Er de der endnu, så skriv ikke noget.
person-is-dead = De er døde
person-died-on = Hvilken dag?
school-tell-anew = Ret det, der står
school-name = Hvad hedder stedet?
school-kind = Hvad er det for et sted?
school-kind-nursery = Vuggestue eller dagpleje
school-kind-kindergarten = Børnehave
school-kind-school = Skole
school-kind-after-school = Fritidshjem eller klub
school-kind-club = Sport, musik, spejder
school-kind-other = Noget andet
school-place = Hvilken by?
school-from = Første dag
school-until = Sidste dag. Går du der endnu, så skriv ikke noget.
life-words = Et par ord
life-words-note = Noget, man kan kende dem på.
life-picture = Vælg et billede fra bogen
life-no-picture = Intet billede
life-remove = Det skal ikke stå her
life-remove-note = Det tages ud af bogen. Det, der var skrevet, er stadig gemt.
life-remove-now = Tag det ud

## Min bog, som jeg vil have den
arrange-cover = Vælg forside
arrange-cloth = Hvilken farve skal bogen have?
arrange-picture = Hvilket billede skal på forsiden?
arrange-title = Hvad skal bogen hedde?
arrange-called = Hvad vil du kaldes?
arrange-called-note = Ellers bruger vi hele dit navn.
arrange-seen-by-all = Alle, der læser din bog, ser den sådan.
arrange-save = Sådan skal den være
cloth-sea = havgrøn
cloth-forest = skovgrøn
cloth-sky = aftenblå
cloth-plum = blomme
cloth-berry = bærrød
cloth-rust = rust
cloth-honey = honning
cloth-night = nat
hide-page = Jeg vil ikke se siden
hide-page-note = Siden bliver gemt væk for dig. Den er ikke slettet. Andre kan stadig læse den. Den er også med på papir. Find den igen under Mine egne sider.
hide-page-now = Gem siden væk
hidden-pages = Gemt væk
hidden-pages-note = Kun du ved, at de er gemt væk.
hidden-again = Tag frem igen
tell-beside-own = Sådan husker jeg det
tell-beside-own-note = Hvordan husker du “{ $title }”? Dine ord står ved siden af. Ingen retter i dem.
tell-beside = Fortæl, hvordan du husker det
tell-beside-note = Det, du skriver, kommer til at stå ved siden af “{ $title }”. Det, der står i forvejen, bliver stående.
told-too = Flere fortæller om det samme. Man kan huske det forskelligt.
remembers = Sådan husker { $name } det
remembers-you = Sådan husker du det

## Bogen skifter hænder
owner-title-then = Når du fylder 18
owner-title-now = Bogen er din
owner-lead-then = Den { $day } fylder du 18. Fra den dag er bogen din.
owner-lead-now = Den { $day } fyldte du 18. Siden da har bogen været din.
owner-calm-then = Det sker af sig selv. Du skal ikke gøre noget, og du kan ikke komme for sent.
owner-calm-now = Den løber aldrig ud. Kom tilbage, når du vil, også om tredive år.
owner-what-then = Det sker den dag
owner-what-now = Sådan er det nu
owner-stays = Alt bliver i bogen. Intet bliver slettet, fordi du er voksen.
owner-ends-then = De voksne, der læser i bogen nu, kan ikke åbne den mere. Deres ord bliver stående med deres navn.
owner-ends-now = De voksne, der læste i bogen, da du var barn, kan ikke åbne den mere. Deres ord står der med deres navn.
owner-fetch-then = De sider, der ventede på dig, er åbne. Du kan selv hente det hele og tage det med hjem.
owner-fetch-now = Du kan selv hente det hele, så tit du vil. Du skal ikke spørge nogen.
owner-archive = Kommunens arkiv passer på bogen for dig. Åbner en arkivar den, kan du se det.
owner-choose = Hvem skal læse med?
owner-choose-then = Her kan du lade en eller flere læse videre, når du er 18. Du behøver ikke vælge nogen. Så læser kun du.
owner-choose-now = Her bestemmer du, hvem der må læse i bogen. Du behøver ikke vælge nogen. Så læser kun du.
owner-change = Du kan vælge om hver dag, hele livet. Ingen får besked om det.
owner-sees = Hvad kan de se?
owner-sees-read = Den, der læser, ser de sider, der er åbne. Det er også de sider, du har delt med alle, der læser.
owner-sees-write = Den, der læser og skriver, kan også lægge nye sider i bogen. De kan se og svare på det, du ønsker af dine voksne.
owner-sees-not = Dine private sider ser ingen andre end dig. Hver gang nogen åbner bogen, bliver det skrevet ned, så du kan se det.
owner-around = Omkring dig nu
owner-before = Fra før
owner-since = siden { $year }
owner-may-nothing = Læser ikke
owner-may-read = Læser
owner-may-write = Læser og skriver
owner-save = Gem, hvem der læser
owner-nobody = Her står ingen voksne endnu.
owner-missing = Mangler der en? Sig det til kommunen. Den kan skrive personen ind, så du kan vælge her. Den kan også lave et nyt link til en, der ikke kan komme ind mere.
owner-back = Til bogen
done-readers = Dine valg er gemt.
leaving-title = Det, du tager med
leaving-lead-then = Når du flytter ud i verden, kan du have din historie med. Her er det, du kan tage med.
leaving-lead-now = Det er din historie. Her er det, du kan tage med dig, hvor du end er.
leaving-calm = Der er ingen frist. Det ligger her hele livet, og du kan hente det igen, når du vil.
leaving-book = Bogen på papir
leaving-book-note = Din bog som en rigtig bog. Du kan selv printe den eller sende den til et trykkeri.
leaving-folder = Hele mappen
leaving-folder-then = Fra den dag, du fylder 18, kan du selv hente det hele: bogen, billederne, papirerne og beviserne. Du skal ikke spørge nogen.
leaving-folder-now = Alt i din bog i én fil: bogen, billederne, papirerne og beviserne. Den kan åbnes uden os og uden net. Du skal ikke spørge nogen.
leaving-folder-of = Mappe fra { $day }
leaving-folder-waits = Den bliver lavet nu
leaving-look-again = Se igen om lidt
lock-package = Lås mappen med en kode
lock-package-note = Så kan ingen andre åbne den. Koden kan ikke findes igen: skriv den ned. Filen åbnes med programmet age, som er gratis (age-encryption.org): age -d { $file }.age > { $file }
lock-package-password = Kode, mindst 12 tegn
lock-package-fetch = Hent den låste mappe
leaving-fetch = Hent mappen ({ $size })
leaving-make = Lav min mappe
leaving-make-new = Lav en ny mappe
leaving-kept = Det, du vil have lige ved hånden
leaving-kept-note = Sæt hak ved det, du vil kunne finde hurtigt. Så står det øverst her. Kun du ser, hvad du har valgt.
leaving-papers = Papirer at gemme
leaving-people = Mennesker at holde fast i
leaving-read = Læs siden
leaving-get = Hent
leaving-no-phone = Her står ikke noget nummer.
leaving-save = Gem mine valg
leaving-none = Her er ingen papirer og ingen voksne endnu.
leaving-cards = Gem dem i min telefon
leaving-cards-note = Du får en fil med navne og numre på dem, du har valgt. Telefonen spørger, om den skal gemme dem.
done-kept = Dine valg er gemt.
elsewhere-title = Andre steder, der kan have noget om dig
elsewhere-lead = Her er de steder, vi kender fra din barndom, og dem, hvor der kan ligge noget om alle. Til hvert sted ligger der et brev, som du kan sende.
elsewhere-honest = Vi ved ikke, hvad de har. Noget kan være kasseret eller blevet væk. Spørg alligevel, og bed om at få det skriftligt, hvis der ikke er noget.
elsewhere-institution = Her har du boet. Der kan være dagbøger, billeder og noter. Er stedet lukket, så spørg kommunen, hvor papirerne blev af.
elsewhere-school = Her har du gået. Der kan være udtalelser, billeder og breve.
elsewhere-municipality = Her har du boet. Kommunen kan have en sag om dig, også hvis det er længe siden.
elsewhere-national = Ældre sager fra kommuner, amter og institutioner kan være afleveret hertil.
elsewhere-health = Din journal fra sygehus og læge. Den nyeste del kan du læse på nettet. Resten skal du bede om.
elsewhere-appeals = Hvis der blev klaget over en afgørelse, eller du er adopteret, kan der ligge en sag her.
elsewhere-courts = Hvis en ret eller en dommer tog stilling til noget om dig, kan der ligge en sag her.
elsewhere-parish = Din fødsel, dit navn og en dåb står i kirkebogen.
elsewhere-web = Find adressen på { $address }
elsewhere-letter = Et brev, du kan sende
letter-to = Til { $place }
letter-ask = Jeg beder om at se alt, hvad I har om mig, og om en kopi af det.
letter-who = Jeg hedder { $name } og er født { $born }.
letter-name-then = Dengang hed jeg { $name }.
letter-years = Det drejer sig om årene { $years }.
letter-all = Det gælder journaler, dagbøger, breve, udtalelser, billeder og optagelser, på papir og på computer.
letter-lost = Har I ikke noget, så skriv det til mig. Er noget kasseret, afleveret til et arkiv eller blevet væk, vil jeg gerne vide hvad, hvornår og efter hvilken regel.
letter-ground = Jeg beder om det efter databeskyttelsesforordningens artikel 15 og efter forvaltningslovens regler om aktindsigt. Får jeg nej til noget, beder jeg om en begrundelse og om at få at vide, hvordan jeg klager.
letter-regards = Med venlig hilsen

## Barnets egen tablet
device-title = Barnets tablet
device-whose = Hvis tablet er det?
device-whose-lead = Vælg det barn, som bruger den her tablet. Så kan barnet selv komme ind med fire billeder.
device-heading = { $name } tablet
device-enrol-title = Den her tablet
device-enrol-lead = Gør den her tablet til barnets egen. { $name } kommer så ind ved at trykke på fire billeder i sin egen rækkefølge.
device-enrol-out = Du bliver selv logget ud på tabletten. Har { $name } ingen kode endnu, skal I vælge den med det samme. I har et kvarter.
device-enrol = Denne tablet er { $name }
device-no-own-person = { $name } har ikke sin egen adgang endnu. Bed kommunens leder om at give barnet en.
device-code-title = { $name } kode
device-choosing = { $name } kan vælge sin kode nu og til { $when }. Åbn bogen på barnets tablet.
device-locked = Der er trykket forkert mange gange, så koden er lukket.
device-unlock = Luk koden op igen
device-forgot-lead = Har { $name } glemt sin kode, kan barnet vælge en ny på sin tablet.
device-forgot-note = Barnets egne sider fra før bliver lukket, til en voksen mere har sagt ja. Det gør vi, så ingen voksen kan læse dem alene. Barnet kan se, at du har gjort det.
device-forgot = { $name } har glemt sin kode
device-no-code = Lad { $name } vælge en kode
device-list-title = Barnets enheder
device-row = Barnets siden { $day }
device-by = Gjort af { $name }.
device-used = Sidst brugt { $day }.
device-never-used = Ikke brugt endnu.
device-row-locked = Lukket
device-revoke = Ikke barnets mere
yes-title = En voksen mere skal sige ja
yes-what = { $who } har ladet { $name } komme ind på ny { $when }. Barnets egne sider fra før er lukket så længe.
yes-ask = Tal med { $name } først. Sig kun ja, når barnet sidder der og selv har valgt koden eller fået linket.
yes-button = Ja, det er { $name }
yes-somebody-else = Det skal være en anden end den, der lukkede op. For en plejeforælder er det rådgiveren.

## Log ind med billeder
code-title = Tryk på dine billeder
code-hello = Hej { $name }
code-press = Tryk på dine fire billeder.
code-count = { $done } af { $wanted }
code-begin-again = Begynd forfra
code-forgot = Har du glemt dine billeder? Sig det til en voksen.
code-somebody-else = Jeg er en anden
code-try-again = Prøv igen
code-choose-title = Vælg dine billeder
code-choose = Vælg fire billeder, { $name }
code-choose-lead = Vælg selv. Sig dem ikke højt.
code-repeat = Tryk på dem igen
code-repeat-lead = De samme fire billeder, en gang til.
code-trouble-wrong = Det var ikke dine billeder. Prøv igen.
code-trouble-same = Fire ens er nemme at gætte. Vælg lidt forskellige.
code-trouble-differs = De var ikke ens. Vælg fire billeder igen.
code-trouble-not_shown = De billeder passede ikke. Se på dem igen sammen. Efter fem gange skal den voksne have nye.
code-wait-title = Vent lidt
code-wait = { $minutes ->
    [one] Der er trykket forkert mange gange. Prøv igen om et minut.
   *[other] Der er trykket forkert mange gange. Prøv igen om { $minutes } minutter.
}
code-locked-title = Koden er lukket
code-locked = Bed en voksen om at lukke op igen.
code-none-title = Hej { $name }
code-none = Du har ingen billeder endnu. Bed en voksen om hjælp.
sign-cat = Kat
sign-boat = Båd
sign-sun = Sol
sign-apple = Æble
sign-house = Hus
sign-fish = Fisk
sign-star = Stjerne
sign-tree = Træ
sign-ball = Bold
sign-bird = Fugl
sign-flower = Blomst
sign-car = Bil
sign-moon = Måne
sign-snail = Snegl
sign-hat = Hue
sign-kite = Drage
own-pages-closed = Dine gamle sider er lukket lidt endnu. De åbner, når to voksne siger ja. Du skal også selv sige ja.
let-in-title = Hvem har hjulpet dig ind?
let-in-enrolled = { $name } gav dig din tablet.
let-in-forgotten = { $name } lod dig vælge en ny kode.
let-in-locked = { $name } lukkede din kode op.
let-in-link = { $name } lavede et link til dig.
let-in-confirmed = { $name } sagde også ja { $day }.
let-in-waits = En voksen mere skal sige ja. Så åbner dine egne sider igen.

## Læs sammen
reading-for-two = Læs sammen
reading-with = Du læser sammen med { $name }
for-two-now = Vi er to nu
for-two-end = Vi er færdige
for-two-title = Er I to nu?
for-two-press = Den voksne viser dig tre billeder. Tryk på dem.
for-two-with = Læs sammen med { $name }
for-two-lead = Nogle sider læser { $name } bedst sammen med en voksen. Sæt jer ned sammen, og få tre billeder, som { $name } trykker på i sin egen bog.
for-two-recorded = Så er siderne åbne i to timer, eller til I er færdige. Det står i bogen, at I læste dem sammen.
for-two-get = Få tre billeder
for-two-new = Få tre nye billeder
for-two-show = Vis dem til { $name }. I bogen trykker { $name } på »Vi er to nu« og så på de tre billeder.
for-two-until = Billederne gælder til { $when }.
## Mine voksne
my-adults = Mine voksne
my-adults-none = Her står ingen voksne endnu.
adviser-is = Din rådgiver
adviser-since = Din rådgiver siden { $year }
adviser-was = Din rådgiver
adult-is = Din { $title }
adult-since = Din { $title } siden { $year }
adult-was = Din { $title }
an-adult = En voksen
years-from-to = fra { $from } til { $to }
in-year = i { $year }
adults-before = Før
their-letter = Læs brevet
call-them = Ring
text-them = Sms
talks-and-meetings = Møder og samtaler
want-to-meet = Jeg vil gerne mødes
wish-with-words = Skriv lidt til
wish-words-to = Hvad vil du sige til { $name }?
asked-to-meet = Du har sagt, at du gerne vil mødes. { $name } svarer dig.
wishes-title = Det har jeg ønsket
wishes-none = Når du ønsker noget, står det her. Svaret står her også.
wish-meeting = Du vil gerne mødes.
wish-meeting-with = Du vil gerne mødes med { $name }.
wish-page = Du vil gerne have en side om noget.
wish-about = Du har spurgt om siden
wish-other = Du har sagt noget.
wish-no = Du har sagt nej tak.
wish-of-meeting = { $name } vil gerne mødes.
wish-of-page = { $name } spørger om en side.
wish-of-other = { $name } siger noget.
wish-of-no = { $name } siger nej tak.
answered-by = { $name } svarer:
not-answered = Der er ikke svaret endnu.
take-back = Fortryd
wish-more = Sig noget andet
wish-what = Hvad handler det om?
wish-choice-page = Jeg vil have en side om noget
wish-choice-other = Noget andet
wish-choice-no = Nej tak til noget
wish-words = Skriv her
wish-who-reads = De voksne, du bor hos, kan læse det. Det kan din rådgiver og din støtteperson også.
wish-send = Send
ask-about-page = Spørg { $ask } om siden
ask-about-page-any = Spørg om siden
done-wish = Nu er det sagt. Svaret kommer til at stå her.
done-takenback = Det er taget tilbage.
done-answer = Svaret står nu hos barnet.
done-meeting = Mødet er skrevet op.
done-talk = Tak. Det er gemt.

## Hvornår vi taler sammen
contact-days = { $count ->
    [0] I talte sammen i dag.
    [one] I talte sammen i går.
   *[other] I talte sammen for { $count } dage siden.
}
contact-weeks = I talte sammen for { $count } uger siden.
contact-months = I talte sammen for { $count } måneder siden.
contact-never = Her står ikke, hvornår I sidst talte sammen.
contact-due = I skal tale sammen senest { $day }.
contact-late = I skulle tale sammen senest { $day }. Sig til, hvis du gerne vil mødes nu.
contact-late-adult = I skulle tale sammen senest { $day }.

## Møder
meetings-title = Når vi mødes
meetings-with = Møder med { $name }
meetings-coming = Næste gang
meetings-none = Der er ikke aftalt noget endnu.
meetings-past = Før
meeting-cancelled = Det blev aflyst
meeting-held = Det blev holdt
meeting-cancel = Aflys
plan-meeting = Aftal et møde
meeting-with = Hvem er med?
meeting-others = Andre, der er med
meeting-on = Hvilken dag?
meeting-at = Hvad er klokken?
meeting-place = Hvor?
meeting-place-note = Barnet læser det efter dagen. Skriv for eksempel »hjemme hos jer«.
meeting-about = Hvad handler det om?
meeting-about-note = En linje, som barnet kan læse.
meeting-was-held = Mødet er allerede holdt
meeting-save = Skriv mødet op
waits-to-talk = Du og { $name } skal tale sammen
waits-for = { $name } venter på svar
answer-to = Svar { $name }
answer-send = Send svaret
write-wished = Skriv siden
write-wished-note = { $name } har bedt om en side:
wished-page = Her er siden:
asked-for-you = Du bad om denne side.
asked-for = { $name } bad om denne side.

## Efter en samtale
talk-title = Hvordan var samtalen?
talk-which = Hvilken samtale?
talk-another = En anden samtale
talk-said = Kunne du sige det, du ville?
talk-understood = Forstod du det, I talte om?
talk-next = Ved du, hvad der sker nu?
talk-place = Var tiden og stedet gode for dig?
talk-short-said = Sige det
talk-short-understood = Forstå
talk-short-next = Hvad nu
talk-short-place = Tid og sted
mood-1 = Nej
mood-2 = Lidt
mood-3 = Næsten
mood-4 = Ja
mood-none = Intet svar
talk-words = Med dine egne ord
talk-who = Hvem må se det?
talk-adviser = Kun { $name } og mig
talk-with = Med { $names }
talk-shared = Du deler det med din rådgiver
talks-title = Sådan var samtalerne
talks-of = Sådan var { $names } samtaler
talks-none = Du kan sige, hvordan en samtale var. Så står det her.
talks-none-shared = Her er ikke delt noget med dig.

## Pakken, man tager med hjem
package-title = Din livsbog og dit arkiv
package-born = Født { $day }
package-made = Pakket { $day }
package-whole = Alt er gjort rede for
package-not-whole = Der mangler noget
package-not-whole-next = Det er ikke din fejl. Spørg kommunens arkiv om det. De skal svare.
package-whole-figures = Arkivets log har { $versions } afleveringer om dig. { $present } af dem er her.
package-unattributed = { $count ->
    [one] En linje i loggen hører ikke længere til nogen. Ingen kan sige, om den var din.
   *[other] { $count } linjer i loggen hører ikke længere til nogen. Ingen kan sige, om de var dine.
}
package-statement = Hvad er her, og hvad er her ikke?
package-lead = Du bestemmer selv, hvor du begynder, og hvor meget du læser. Det er her stadig i morgen.
package-read-book = Læs bogen (PDF)
package-read-years = Læs år for år
package-read-me = LÆS MIG: hvad er her, og hvordan tjekker man det?
package-years = Årene
package-homes = Hjem
package-schools = Skoler og klubber
package-people = Folk i dit liv
package-meetings = Møder
package-wishes = Det, du har ønsket
package-adults = Voksne med en opgave
package-loose = Filer, der ikke står på nogen side
package-editions = Bøger, der er trykt før
package-not-here = Det, der ikke er her
package-nothing-kept = Intet er holdt tilbage eller taget ud.
package-proofs = Beviser
package-proofs-lead = Alt, hvad der bliver afleveret, får en linje i en log, som ingen kan ændre uden at det ses. Skriv »sh verify.sh« i en terminal for at tjekke det hele.
package-every-line = Hver linje i loggen (tabel)
package-taken-out = Hvad der er taget ud
package-requests = Hvad du har bedt arkivet om
package-who-read = Hvem der har læst (tabel)
package-key = Loggens nøgle
package-checkpoint = Loggens underskrift
package-plain = Ren tekst
package-sealed = Som det blev forseglet
package-receipt = Kvittering
package-copy = Kopi i et format, der holder
package-files-not-here = { $count ->
    [one] Her hører en fil til, som ikke er i pakken. Oversigten fortæller hvorfor.
   *[other] Her hører { $count } filer til, som ikke er i pakken. Oversigten fortæller hvorfor.
}
package-back = Oversigten
package-beside = Fortalt ved siden af
package-earlier = { $count ->
    [one] En tidligere udgave
   *[other] { $count } tidligere udgaver
}
package-version = Udgave { $number }
package-yours = Det her er dit. Lav en kopi, og gem den et andet sted.

## Anmodninger til arkivet
way-requests = Anmodninger
archive-authors = Hvem har skrevet
archive-go-on = Læs videre, hvor du slap
archive-go-on-note = Du kan holde pause, når du vil. Bogen husker, hvor du var.
archive-plan = Hvis du vil tage det i små bidder
archive-plan-1 = Se først, hvad der er, uden at læse. Det står her på siden.
archive-plan-2 = Vælg ét år eller ét kapitel. Stop efter det, også selv om det går godt.
archive-plan-3 = Står der, at nogen skal være med, så vent til der er en. Ord fra dengang er forklaret, hvor de står.
archive-plan-4 = Skriv ved siden af, hvis du husker det anderledes. Det bliver stående for altid.
archive-requests = Det, du har bedt arkivet om
archive-ask-note = Du kan altid bede om alt, hvad kommunen har om dig. Også det, der ikke står i bogen.
ask-archive = Bed om dine papirer
ask-archive-lead = Du behøver ikke at sige hvorfor.
ask-archive-what = Hvad vil du gerne have?
ask-archive-everything = Alt, hvad der er om mig
ask-archive-part = Kun noget af det
ask-archive-words = Vil du skrive noget til arkivet?
ask-archive-words-note = For eksempel hvor du har boet, hvad du hed dengang, eller hvad du mest gerne vil vide. Skriv her, hvis du kun vil have noget af det.
ask-archive-send = Send
ask-archive-then = Så sker der det her
ask-archive-acknowledge = Senest { $day } skriver en i { $municipality }, at de er i gang, og hvornår du får svar.
ask-archive-answer = Målet er, at du har svaret senest { $day }. Bliver det senere, får du at vide hvorfor.
ask-archive-no = Får du nej til noget, skal to personer være enige, og du får at vide hvorfor, efter hvilken lov, og hvordan du klager.
ask-archive-free = Det koster ikke noget, og du kan spørge lige så mange gange, du vil.
ask-archive-back = Du kan fortryde, indtil der er svaret.
done-asked = Arkivet har fået din anmodning. Her kan du følge den.
done-step = Det er gemt, og den, der spurgte, kan se det.
done-decision = Det er gemt.
done-message = Det er sendt.
done-withdrawn = Din anmodning er trukket tilbage.
you = Dig
request-yours = Din anmodning
request-of = { $names } anmodning
request-of-day = Anmodning fra { $day }
request-asked-on = Spurgt { $day }
request-taken-by = { $who } har den
request-due = Næste svar kommer senest { $day }.
request-late-short = Svaret skulle være kommet { $day }.
request-late = Svaret skulle være kommet { $day }. Det er arkivet, der er forsinket. Du har ikke gjort noget forkert, og du kan skrive til dem herunder.
request-desk-due = Svar senest { $day }.
request-desk-late = Svaret skulle være kommet { $day }. Den, der spurgte, kan se det.
request-stage-received = Modtaget
request-stage-acknowledged = Nogen er i gang
request-stage-searched = Der er ledt
request-stage-reviewed = Læst igennem
request-stage-proposed = Venter på en person mere
request-stage-decided = Besvaret
request-stage-delivered = Afleveret
request-stage-withdrawn = Trukket tilbage
request-now-received = Arkivet har fået din anmodning. Snart tager en arkivar den.
request-now-acknowledged = En arkivar er i gang og skal til at lede.
request-now-searched = Der er ledt. Nu bliver det læst igennem, så du kan få det.
request-now-reviewed = Det er læst igennem. Nu mangler svaret.
request-now-proposed = Det er læst igennem. Nu mangler svaret.
request-now-decided = Du har fået svar.
request-now-delivered = Dine papirer er her. De er dine.
request-now-withdrawn = Du har trukket din anmodning tilbage. Du kan altid spørge igen.
request-desk-now-received = Ny. Ingen har taget den endnu.
request-desk-now-acknowledged = Taget. Nu skal der ledes.
request-desk-now-searched = Der er ledt. Nu skal det læses igennem.
request-desk-now-reviewed = Læst igennem. Nu skal der svares.
request-desk-now-proposed = Et svar venter på en person mere.
request-desk-now-decided = Besvaret.
request-desk-now-delivered = Afleveret.
request-desk-now-withdrawn = Trukket tilbage af den, der spurgte.
request-asked-what = Det har du bedt om
request-desk-asked-what = Det er der bedt om
request-everything = Alt, hvad der er i arkivet.
request-part = Kun noget af det:
request-steps = Sådan går det
request-step-received = Arkivet har fået den
request-step-received-note = Den er gemt, så ingen kan få den til at forsvinde.
request-step-acknowledged = En arkivar tager den
request-step-acknowledged-note = Arkivaren skriver, hvornår du får svar.
request-step-searched = Der bliver ledt
request-step-searched-note = Alt, hvad der er fundet, bliver talt op her. Også hvor der ellers kan ligge noget.
request-step-reviewed = Det bliver læst igennem
request-step-reviewed-note = Står der noget meget privat om andre, bliver det vurderet.
request-step-decided = Svaret
request-step-decided-note = Et nej kan én person ikke sige alene.
request-step-delivered = Du får dine papirer
request-step-delivered-note = Du henter det hele som én fil.
request-found = Det her er fundet
request-found-note = Her står kun, hvor meget der er. Du bestemmer selv, hvornår du læser det. Dine egne sider er dine og er ikke talt med.
request-desk-found-note = Talt op af tjenesten. Personens egne sider er ikke med.
request-elsewhere = Her kan der ligge mere
found-entry = { $count ->
    [one] side i bogen
   *[other] sider i bogen
}
found-media = { $count ->
    [one] billede, lydfil eller papir
   *[other] billeder, lydfiler og papirer
}
found-placement = { $count ->
    [one] hjem
   *[other] hjem
}
found-assignment = { $count ->
    [one] voksen med en rolle
   *[other] voksne med en rolle
}
found-relation = { $count ->
    [one] menneske eller dyr
   *[other] mennesker og dyr
}
found-school = { $count ->
    [one] skole eller klub
   *[other] skoler og klubber
}
found-meeting = { $count ->
    [one] møde
   *[other] møder
}
found-edition = { $count ->
    [one] bog på papir
   *[other] bøger på papir
}
found-readings = { $count ->
    [one] liste over, hvem der har læst
   *[other] lister over, hvem der har læst
}
found-hold = { $count ->
    [one] besked om, at noget skal blive
   *[other] beskeder om, at noget skal blive
}
found-disposal = { $count ->
    [one] besked om noget, der er taget ud
   *[other] beskeder om noget, der er taget ud
}
request-answer = Svaret
request-proposal = Det er foreslået
request-answer-granted = Ja. Du får det, du har bedt om.
request-answer-granted_in_part = Ja, men noget bliver holdt tilbage.
request-answer-refused = Nej.
request-proposed-granted = Ja til det hele
request-proposed-granted_in_part = Ja, men noget bliver holdt tilbage
request-proposed-refused = Nej
request-reason = Hvorfor
request-reason-note = Så den, der spurgte, kan forstå det. Det, personen selv ved i forvejen, holdes ikke tilbage.
request-ground = Efter hvilken lov
request-ground-note = Lov og paragraf, for eksempel forvaltningsloven § 15 b.
request-complain-to = Sådan klager man
request-complain-to-note = Til hvem, og hvordan.
request-complain-by = Frist for at klage
request-complain-help = Du kan få en til at hjælpe dig med at klage. Skriv til arkivet herunder, hvis noget er uklart.
request-decided-by = Besluttet af { $who }.
request-decided-by-two = Besluttet af { $who }, og { $second } var enig.
request-package = Dine papirer
request-package-note = Alt samlet i én fil: bogen, billederne, papirerne og beviserne for, at intet er ændret. Åbn index.html i den, så står det hele der, uden internet.
request-package-fetch = Hent mine papirer ({ $size })
request-package-missing = { $count ->
    [one] 1 ting burde være med og er gået tabt. I filen står hvad. Det er arkivets fejl, og du kan skrive til dem herunder.
   *[other] { $count } ting burde være med og er gået tabt. I filen står hvad. Det er arkivets fejl, og du kan skrive til dem herunder.
}
request-package-calm = Filen kan hentes igen, så tit du vil. Du behøver ikke at åbne den i dag.
request-open-book = Åbn bogen
request-open-book-note = Den, det handler om, kan se, at du har læst.
request-waits-for-second = Du har foreslået det. En anden arkivar eller en leder skal være enig.
request-second = Er du enig?
request-second-note = Læs grunden som den, der spurgte. Svaret gælder først, når to er enige.
request-agree = Ja, jeg er enig
request-send-back = Nej, se på det igen
request-send-back-words = Hvad skal der ses på?
request-do-acknowledge = Tag anmodningen
request-do-acknowledge-note = Den, der spurgte, får dit navn og en dato. Du kan læse i bogen, indtil der er svaret.
request-do-acknowledge-send = Jeg tager den
request-do-search = Led efter det
request-do-search-note = Tjenesten tæller, hvad der er her. Skriv også, hvor der ellers kan ligge noget: Rigsarkivet, en anden kommune, et børnehjem.
request-do-search-send = Gem, hvad der er fundet
request-do-review = Læs det igennem
request-do-review-note = Bekræft, at du har læst det igennem.
request-do-review-send = Jeg har læst det igennem
request-answer-by = Svaret kommer senest
request-words = Vil du skrive noget?
request-words-note = Den, der spurgte, kan læse det.
request-place = Sted { $number }
request-place-name = Navn
request-place-words = Hvad der kan ligge der, og hvordan man får det
request-decide = Svar
request-decide-note = Et ja kan du give alene, også med det samme. Et nej, helt eller delvist, skal en person mere være enig i. Det, der udleveres, følger bogen: Hold først siderne tilbage dér, hver med sin grund.
request-outcome = Svaret er
request-outcome-granted = Ja til det hele
request-outcome-granted_in_part = Ja, men noget holdes tilbage
request-outcome-refused = Nej
request-no-fields = Hvis noget ikke kan udleveres
request-decide-send = Gem svaret
request-postpone = Svaret kommer senere
request-postpone-why = Hvorfor kommer det senere?
request-postpone-send = Gem den nye dato
request-thread = Spørg arkivet
request-desk-thread = Spørgsmål og svar
request-write = Skriv til arkivet
request-desk-write = Skriv til den, der spurgte
request-send = Send
request-withdraw = Fortryd anmodningen
request-withdraw-note = Så stopper arkivet. Intet bliver slettet, og du kan altid spørge igen.
request-withdraw-send = Træk den tilbage
request-desk-lead = Her er det, tidligere anbragte har bedt om at få fra { $municipality }.
request-desk-open = Venter på svar
request-desk-none = Ingen venter på svar.
request-desk-closed = Besvaret
request-held-back = { $count ->
    [one] 1 side i bogen bliver holdt tilbage og er ikke med. På siden står hvorfor, hvem der har besluttet det, og hvornår den åbner.
   *[other] { $count } sider i bogen bliver holdt tilbage og er ikke med. På dem står hvorfor, hvem der har besluttet det, og hvornår de åbner.
}
## Søskende
gifts-title = Sider, vi giver hinanden
gifts-none = Her kan I give hinanden sider. Åbn siden, og tryk på »Giv siden«.
gifts-waiting = { $count ->
    [one] En side venter på dit svar
   *[other] { $count } sider venter på dit svar
}
gift-offer = Din { $title } { $name } vil give dig en side.
gift-offer-note = Siger du ja, står den i din bog. Dine voksne kan så også læse den.
gift-yes = Ja tak
gift-no = Nej tak
gifts-got = Dem har jeg fået
gifts-given = Dem har jeg givet
gift-from = Fra din { $title } { $name }
gift-written-to = Det er skrevet til { $name }.
gift-waits = { $name } har ikke svaret endnu.
gift-is-there = Står i { $names } bog.
gift-take-out = Tag siden ud af min bog
gift-take-out-note = Så står den ikke i din bog mere. { $name } har stadig sin egen side.
gift-take-back = Tag den tilbage
give-page = Giv siden til en bror eller søster
give-it = Giv den til { $name }
give-who-sees = Så står siden i den andens bog. De voksne dér kan også læse den. Resten af din bog kan de ikke se.
give-back-note = Du kan altid tage den tilbage.
give-may-not = Den her side kan ikke gives. Spørg en voksen, hvis du undrer dig.
given-to = Du har givet siden til { $names }
done-given = Siden er givet. Nu skal der siges ja.
done-giftyes = Nu står siden i din bog.
done-giftno = Du har sagt nej tak.
done-giftended = Siden er taget væk.
siblings-title = Søskende
siblings-of = { $names } søskende
siblings-lead = Søskende kan give hinanden sider, en ad gangen. Det gælder, når det står ved begge børn. Tænk over, om de to må have kontakt.
sibling-unknown = Et barn i en anden bog
sibling-waits = Det skal også stå ved det andet barn, før det gælder.
sibling-add = Skriv en bror eller søster op
sibling-who = Hvem er det?
sibling-elsewhere = Et barn, jeg ikke er rådgiver for
sibling-number = Barnets nummer
sibling-number-note = Kun når barnet har en anden rådgiver. Få nummeret fra din kollega, og giv dit eget.
sibling-title = Hvad er det andet barn for barnet her?
sibling-title-note = For eksempel lillebror, søster eller halvbror.
sibling-save = Skriv det op
sibling-own-number = Barnets eget nummer, som din kollega skal bruge:
sibling-remove = Skal ikke gælde mere
sibling-remove-note = De sider, de har givet hinanden, lukker med det samme.
done-sibling = Det er skrevet op.
done-siblinggone = Det gælder ikke mere. Siderne er lukket.

## Læse længere frem
ahead-title = Lad barnet læse længere frem
ahead-lead = { $name } læser det, der passer til alderen. Her kan du åbne for det, der er skrevet til større børn.
ahead-how-far = Hvor langt må { $name } læse?
ahead-own = Som nu: { $age }
ahead-to = { $age }
ahead-note = Sider, der venter, åbner ikke. Læs gerne selv det, du åbner, først.
ahead-said = { $name } valgte det sidst, { $day }.
ahead-go = Læs som { $age }
ahead-back = Læs som jeg plejer
done-ahead = Det er gemt.
home-protected = Stedet er hemmeligt
home-protected-note = Kun de, der bor der, rådgiveren og barnet selv ser, hvor det er. Det kommer aldrig på papir.
home-is-protected = Hemmeligt sted
home-protect = Gør stedet hemmeligt
home-unprotect = Stedet er ikke hemmeligt mere
done-place = Det er gemt.

## Mine mål og drømme
goals-title = Mine mål og drømme
goals-of = { $names } mål og drømme
goals-theirs = Mål og drømme
goals-plan = Det vil jeg gerne nu
goals-plan-of = Lige nu
goals-dream = Det drømmer jeg om
goals-dream-of = Drømme
goals-none-of = Her står ikke noget endnu. Det er barnet selv, der vælger.
goal-new-plan = Hvad vil du gerne?
goal-new-dream = Hvad drømmer du om?
goal-save = Skriv det op
goal-tick = Jeg har nået det
goal-untick = Ikke nået alligevel
goal-reached = Nået { $day }
goal-remove = Tag det væk
goal-remove-note = Så står det ikke i bogen mere.
step-add = Skriv, hvad du gør
step-words = Hvad gør du for det? Skriv, så barnet forstår det.
step-save = Skriv det op
step-do = Det er gjort
step-undo = Ikke gjort alligevel
step-done = Gjort
done-goal = Det er skrevet op.

## Et nyt navn
arrange-before = Har du heddet noget andet?
arrange-called-before = Hvad hed du før?
arrange-called-before-note = Så står det ved de gamle sider. Skriv kun, hvis du vil.
called-then-you = Dengang blev du kaldt { $name }.
called-then = Dengang blev { $child } kaldt { $name }.

## At finde sin bog igen
find-door = Har du boet uden for hjemmet, og har du ikke noget login?
find-title = Find din bog igen
find-lead = Har du boet uden for dit hjem som barn? Så kan der ligge en bog om dig, og papirer. Her beder du arkivet om at lede. Du behøver ikke noget login, og du behøver ikke at sige hvorfor.
find-how = Sådan går det
find-how-tell = Du fortæller, hvem du er, og hvad du hed dengang.
find-how-hear = Arkivet skriver til dig { $count ->
    [one] inden for én arbejdsdag
   *[other] inden for { $count } arbejdsdage
}.
find-how-show = Du viser, hvem du er: på rådhuset, på video eller med posten, som det passer dig.
find-how-two = To arkivarer leder hver for sig. Først når begge har fundet det samme, åbner bogen.
find-how-open = Så kommer du ind i din bog og kan få alt med hjem.
find-name = Dit navn i dag
find-names-then = Hvad hed du som barn?
find-names-then-note = Alle de navne, du kan huske. Også hvis du har skiftet navn eller er blevet adopteret.
find-born = Din fødselsdag
find-municipality = Hvilken kommune skal lede?
find-municipality-note = Den kommune, der hjalp dig, da du var barn. Er den blevet lagt sammen med en anden, så vælg den, den hedder i dag.
find-places = Hvor boede du, og hos hvem?
find-places-note = Det, du kan huske. Byer, steder og navne hjælper. Du må gerne lade det stå tomt.
find-reach = Hvordan må arkivet få fat i dig?
find-reach-note = Et telefonnummer eller en adresse, også i udlandet.
find-send = Bed arkivet om at lede
find-kept = Det, du skriver, bliver gemt sikkert, og kun arkivarerne i kommunen læser det.
claim-title-looking = Arkivet leder
claim-title-found = Din bog er fundet
claim-title-not_found = Vi kan ikke åbne en bog
claim-looking = Arkivet i { $municipality } har fået det, du skrev. To arkivarer leder, hver for sig.
claim-answer-by = Du hører fra arkivet senest { $day }.
claim-keep = Gem adressen til denne side
claim-keep-note = Det er kun med den, du kan komme tilbage hertil. Skriv den ned, eller gem siden som bogmærke. Giv den ikke til andre.
claim-bring = Find gerne det her frem
claim-bring-id = Pas, kørekort eller et andet kort med billede.
claim-bring-name = Har du skiftet navn: dåbsattest, navneattest eller vielsesattest.
claim-bring-adopted = Er du blevet adopteret: bevillingen, hvis du har den.
claim-bring-none = Har du ingen papirer? Skriv det her. Arkivet kender andre veje.
claim-messages = Jeres beskeder
claim-write = Skriv til arkivet
claim-send = Send
claim-found = To arkivarer har fundet din bog. Den er din. Du kan læse den her og få alt med hjem.
claim-open = Åbn min bog
claim-open-until = Du kan komme ind herfra til og med { $day }. Lav et login, når du er kommet ind. Så kan du altid komme tilbage.
claim-not-found = Arkivet har ledt, og vi kan ikke åbne en bog ud fra det, vi ved.
claim-not-found-next = Det kan være, at en anden kommune har den, eller at der mangler et bevis. Ring til { $municipality }, hvis du vil tale med nogen om det. Du kan bede dem lede igen, så tit du vil.
claim-again = Fortæl det igen
claim-told-on = Skrevet { $day }.
claim-you = Dig
claim-asker = Den, der spørger
claims-desk = De leder efter deres bog
claim-stage-looking = Der bliver ledt
claim-stage-differs = To har fundet hver sit
claim-stage-found = Fundet
claim-stage-not_found = Ikke fundet eller ikke bevist
claim-looked-count = { $count ->
    [one] Én har ledt
   *[other] { $count } har ledt
}
claim-of = { $name } leder efter sin bog
claim-name = Navn i dag
claim-names-then = Navne som barn
claim-born = Født
claim-places = Boede
claim-reach = Kan nås på
claim-desk-looking = To arkivarer leder, hver for sig.
claim-desk-differs = I har fundet hver sit. Tal sammen, se på beviserne, og led igen.
claim-desk-found = To har fundet den samme bog. Den, der spurgte, kan komme ind.
claim-desk-not_found = To har ledt uden at finde en bog, der er bevist.
claim-desk-due = Skriv til den, der spørger, senest { $day }.
claim-desk-late = Den, der spørger, skulle have hørt noget { $day }.
claim-told = Det fortæller den, der spørger
claim-told-unproven = Ingen af oplysningerne er beviser.
claim-looked = Dem, der har ledt
claim-looked-alone = Har ledt. Hvad der er fundet, ser du, når du selv har ledt.
claim-chose = Fandt { $name }.
claim-chose-one = Fandt en bog.
claim-chose-none = Fandt ingen, der er bevist.
claim-look = Led
claim-look-note = Led for dig selv, og sig det ikke til den, der spørger: hverken navne, steder, eller om der er noget. Lad den, der spørger, fortælle dig det, som kun de kan vide.
claim-whose = Hvis bog er det?
claim-before = før
claim-birthday-same = Samme fødselsdag.
claim-birthday-near = Næsten samme fødselsdag.
claim-birthday-other = En anden fødselsdag.
claim-names-alike = { $count ->
    [one] Ét navn er det samme.
   *[other] { $count } navne er de samme.
}
claim-places-alike = { $count ->
    [one] Ét sted er det samme.
   *[other] { $count } steder er de samme.
}
claim-has-owner = Nogen står allerede som den, bogen handler om. Er det den samme?
claim-none = Ingen af dem, eller ikke bevist
claim-proof = Hvad har du set, der beviser det?
claim-proof-note = Hvilke papirer, hvor og hvornår. Det bliver gemt.
claim-save = Gem, hvad jeg fandt
claim-desk-write = Skriv til den, der spørger
claim-desk-write-note = For eksempel hvornår de kan komme forbi, og hvad de skal have med. Skriv aldrig, hvad du har fundet.
done-finding = Det, du fandt, er gemt.

## Dækket for en andens skyld
covered-title = Hvad er dækket?
covered-lead-own = Noget i din bog handler også om andre. Her står, hvad der er dækket for deres skyld, hvorfor, hvem der har bestemt det, og hvornår nogen ser på det igen. Det, der ligger under, er gemt uændret.
covered-lead = Her står, hvad der er dækket for en andens skyld. Personen, bogen handler om, læser det samme. Originalen ligger uændret i arkivet.
covered-nothing = Ingenting er dækket.
covered-words-page = Ord på siden
covered-words-book = Ord i hele bogen
covered-words-file = Ord i en fil
covered-spot-file = Et sted på side { $page } i filen
covered-spot-page = Et sted på siden
covered-spot-book = Et sted
covered-whole-page = Hele siden
covered-whole-file = Hele filen
covered-whole-book = Det hele
covered-state-proposed = Foreslået.
covered-state-standing = Dækket.
covered-state-sent_back = Sendt tilbage. Det er ikke dækket.
covered-state-lifted = Åbnet igen.
covered-matter-identity = Det handler om, hvem eller hvor en anden er.
covered-matter-health = Det handler om en andens helbred.
covered-matter-private_life = Det handler om en andens privatliv.
covered-matter-source = Det handler om, hvem der har henvendt sig.
covered-review = Nogen ser på det igen senest
covered-overdue = Det er nu.
covered-by = { $who } besluttede det { $day }.
covered-by-two = { $who } foreslog det { $day }, og { $second } var enig.
covered-sent_back-by = { $who } sendte det tilbage { $day }.
covered-lifted-by = { $who } åbnede det { $day }.
covered-beneath = Se, hvad der ligger under
covered-beneath-file = Hent filen
covered-agree = Jeg er enig: dæk det
covered-send-back = Send tilbage
covered-send-back-words = Hvorfor skal det ikke dækkes?
covered-lift = Åbn det igen
covered-lift-note = Personen kan læse det med det samme. Har personen fået en mappe fra arkivet, kommer der en ny.
covered-lift-words = En hilsen om det. Personen læser den.
covered-ask-again = Du kan altid bede arkivet om at se på det igen.
covered-ask-again-send = Skriv til arkivet
done-covered = Det er gemt.
facsimile = Se papiret her
facsimile-alt = Første side af { $name }
cover-form-title = Dæk noget for en andens skyld
cover-form-lead = Dæk kun det, der hører til en andens private liv, og ikke mere end nødvendigt. Det, personen selv har skrevet, læst eller kender, bliver ikke dækket. Originalen ændres aldrig.
cover-form-texts = Det står der
cover-form-files = Er det på et billede eller papir, så vælg filen:
cover-form-words = Ordene, der skal dækkes
cover-form-words-note = Et navn eller en sætning på hver linje, som de står. De dækkes i alle udgaver af siden, også med store bogstaver og endelser.
cover-form-where = Hvor?
cover-form-where-page = Ordene på denne side
cover-form-where-book = Ordene overalt i bogen
cover-form-where-whole = Hele siden
cover-form-whole-file = Dæk hele filen
cover-form-spot = Et sted
cover-form-spot-note = Tegn et felt på billedet, eller skriv tallene: tusindedele af bredden og højden.
cover-form-picture = Filen, som den er
cover-form-page = Side { $page }.
cover-form-page-before = Siden før
cover-form-page-after = Næste side
cover-form-left = Fra venstre
cover-form-top = Fra oven
cover-form-width = Bredde
cover-form-height = Højde
cover-form-matter = Hvad ligger der under?
cover-matter-identity = Hvem eller hvor en anden er
cover-matter-health = En andens helbred
cover-matter-private_life = En andens privatliv
cover-matter-source = Hvem der har henvendt sig
cover-form-reason = Hvorfor?
cover-form-reason-note = Personen læser det. Skriv det, så det kan forstås, uden at fortælle, hvad der ligger under.
cover-form-ground-note = Loven og paragraffen.
cover-form-review = Nogen ser på det igen senest
cover-form-review-when = Eller når
cover-form-review-when-note = Hvad der kan åbne det før: at nogen siger ja, eller ikke lever mere.
cover-form-two = En andens navn, adresse eller telefon kan du dække alene. Alt andet, og hele sider og filer, venter på et ja fra én til.
cover-form-send = Dæk det
request-covered = { $count ->
    [one] Et sted er dækket for en andens skyld.
   *[other] { $count } steder er dækket for en andens skyld.
}
package-covered = Hvad der er dækket, og hvorfor
covers-due = Dækkede steder, der skal ses på igen
covers-due-count = { $count ->
    [one] På en side eller fil
   *[other] På { $count } sider og filer
}

## Det, der er blevet væk
losses-title = Det, der er blevet væk
losses-lead = Noget har været der og er her ikke. Det står her, så ingen skal lede forgæves, og så det kan blive fundet.
losses-none = Ingen har skrevet, at noget er blevet væk.
loss-became-destroyed = Det er smidt ud eller makuleret.
loss-became-lost = Ingen ved, hvor det er.
loss-became-withheld = Det ligger et andet sted og bliver ikke givet ud.
loss-became-found = Det er fundet.
loss-kept-by = Det lå sidst hos
loss-known-from = Vi ved det fra:
loss-told-by = Skrevet af { $who } { $day }.
loss-found = Det er fundet
loss-wrong = Det passer ikke
loss-tell = Skriv, at noget er væk
loss-what = Hvad er det?
loss-what-note = Et album, en bamse, en dagbog, en sag.
loss-became = Hvad er der sket med det?
loss-choice-destroyed = Det er smidt ud
loss-choice-lost = Ingen ved det
loss-choice-withheld = Det ligger et sted, hvor vi ikke kan få det
loss-known = Hvor ved du fra, at det har været der?
loss-known-note = Du har selv set det, eller det står et sted.
loss-where = Hvor så nogen det sidst?
loss-words = Hvad ved du ellers?
loss-from = Fra hvornår er det?
loss-until = Til hvornår?
done-loss = Det er gemt.
package-losses = Det, der er blevet væk
found-loss = { $count ->
    [one] ting, der er blevet væk
   *[other] ting, der er blevet væk
}

## Advarsler foran en side
forewarned-lead = Før du læser siden, vil nogen gerne sige:
forewarned-calm = Du bestemmer selv. Siden bliver liggende, og den kan læses en anden dag.
forewarned-read = Læs siden
forewarned-not-now = Ikke i dag
forewarned-talk = Tal med nogen
forewarned-tile = Der står noget foran siden, før du læser den.
warning-form-title = Skriv en advarsel foran siden
warning-form-lead = Når den, bogen handler om, er voksen, står ordene foran siden. Skriv, hvad der kan være svært, uden at fortælle det hele. Skriv også gerne, hvordan det gik.
warning-words = Advarslen
warning-words-note = Her står om vold. Det er skrevet af politiet. Det endte godt.
warning-remove = Fjern
done-warning = Det er gemt.
package-warning = Advarsel

## En, der læser med
helper-title = Læs sammen med en
helper-lead = Nogle sider er nemmere at læse sammen. Du kan lade en, du er tryg ved, læse med i dag. Ved midnat lukker bogen for den igen.
helper-ready = Send linket til { $name }
helper-link-note = Linket kan bruges én gang, og det bliver ikke vist igen. På listen over, hvem der har læst, kan du se, hvad der blev åbnet.
helper-name = Hvad hedder den, der læser med?
helper-name-note = Et fornavn er nok.
helper-invite = Lav et link til i dag
helper-owner = Se, hvem du har lukket ind, og luk dem ud igen
claim-papers = Papirer, der viser, hvem du er
claim-papers-note = Et billede af dit pas eller din navneattest er nok. Det bliver låst inde sammen med det, du har skrevet, og kun arkivarerne kan se det.
claim-paper = Billede eller PDF
claim-paper-send = Send papiret

## Andres bog, når nogen er død
find-title-anothers = Papirer om en, der er død
find-lead-anothers = Er en, du var tæt på, død, og voksede personen op uden for sit hjem? Eller forsker du? Her spørger du arkivet, om du må få noget af det, der ligger. Papirerne tilhører den, de handler om. Derfor er der lukket, medmindre personen selv har sagt ja, eller fristerne er gået.
find-how-tell-anothers = Du fortæller, hvem du er, hvem det handler om, og hvorfor du spørger.
find-how-two-anothers = To arkivarer ser på det hver for sig. Du får ikke at vide, om der ligger noget, før begge har sagt, at der må åbnes.
find-how-open-anothers = Så bliver det læst igennem, og det, der er andres, bliver dækket. To bestemmer, og du får svaret her.
find-rules = Hvem kan få noget?
find-asks-as = Hvem er du?
find-asks-as-next_of_kin = En af de nærmeste: barn, søskende, forælder, partner eller plejefamilie
find-asks-as-researcher = Jeg forsker
find-asks-as-anyone = En anden
find-purpose = Hvorfor spørger du?
find-purpose-note = Hvem du er for personen, eller hvad det skal bruges til.
find-names-then-anothers = Hvad hed den, det handler om?
find-names-then-note-anothers = Alle de navne, du kender. Også dem fra barndommen.
find-born-anothers = Personens fødselsdag
find-municipality-note-anothers = Den kommune, der hjalp personen som barn. Er den blevet lagt sammen med en anden, så vælg den, den hedder i dag.
find-places-anothers = Hvor boede personen, og hos hvem?
find-own-door = Handler det om dig selv? Så er det her, du skal begynde.
find-anothers-door = Handler det om en, der er død?
claim-title-asked = Arkivet ser på det
claim-looking-anothers = Arkivet i { $municipality } har fået det, du skrev. To arkivarer ser på det, hver for sig.
claim-not-found-anothers = Vi kan ikke give dig noget. Enten er der ingen bog, eller også er den ikke åben for andre. Hvad af de to det er, siger vi ikke, for papirerne er et andet menneskes.
claim-now-received = To arkivarer har sagt, at der må åbnes. Snart tager en af dem din anmodning.
claim-now-acknowledged = En arkivar er i gang og skal til at lede.
claim-now-searched = Der er ledt. Nu bliver det læst igennem, og det, der er andres, bliver dækket.
claim-now-reviewed = Det er læst igennem. Nu mangler svaret. To skal være enige om det.
claim-now-decided = Du har fået svar.
claim-now-delivered = Du har fået svar, og siderne er her.
claim-now-withdrawn = Anmodningen er lukket.
claim-package = Sider af bogen
claim-package-note = Siderne, billederne og papirerne samlet i én fil. Åbn index.html i den, så står det hele der, uden internet. Det handler om et andet menneskes liv: pas på det.
claim-package-fetch = Hent siderne ({ $size })
claim-papers-note-anothers = Et billede af dit pas, og det, der viser, at personen er død, og hvem du er for personen. Det bliver låst inde sammen med det, du har skrevet, og kun arkivarerne kan se det.
claim-bring-death = Dødsattest eller skifteretsattest.
claim-bring-kin = Noget, der viser, hvem du er for personen: fødsels-, dåbs- eller vielsesattest.
claim-bring-research = Forsker du: projektet og den, der har godkendt det.
claim-stage-asked = Må åbnes: anmodningen ligger hos jer
claim-desk-asked = To har fundet den samme bog, og der må åbnes. Anmodningen er lavet.
claim-of-outsider = { $name } spørger om en, der er død
claim-asks-as = Spørger som
claim-purpose = Hvorfor
claim-askers-name = Den, der spørger
claim-dead-names = Den, det handler om
claim-request = Gå til anmodningen
claim-died = Død { $day }.
claim-may-be-opened = Der må åbnes for den, der spørger.
claim-said = Har selv sagt:
claim-title-answered = Du har fået svar
claim-look-outsider = Se efter tre ting: at personen er død, at den, der spørger, er den, de siger, og at det er den rigtige bog. Reglerne for, hvem der må få noget, bliver tjekket, når du gemmer.
request-outsider-next_of_kin = En af de nærmeste spørger om papirer om { $name }, som er død.
request-outsider-researcher = En forsker spørger om papirer om { $name }, som er død.
request-outsider-anyone = En anden spørger om papirer om { $name }, som er død.
request-outsider-note = Der gives kun sider af bogen, det, der ligger på dem, og hvor personen boede. Læs det igennem, og dæk det, der er andres. Også et ja skal to være enige om.
afterwards-title = Når du ikke lever mere
afterwards-lead = Så lukker bogen. Ingen andre får noget af den, medmindre du siger det her. Du behøver ikke svare.
afterwards-open = Sig, hvem der må få noget
afterwards-next_of_kin = Mine nærmeste, når de spørger arkivet
afterwards-researcher = Forskere, når de spørger arkivet
afterwards-unsaid = Siger ikke noget
afterwards-yes = Ja
afterwards-no = Nej
afterwards-words = Vil du sige, hvem, eller hvem ikke?
afterwards-never = Selv med et ja får de kun bogens sider. Dine egne sider, dine ønsker og dine gaver gives aldrig videre. To arkivarer ser på hver gang, og du kan vælge om hver dag.
afterwards-save = Gem
done-afterwards = Det er gemt. Du kan altid sige noget andet.
death-title = Er personen død?
death-lead = Skriv kun dagen, når dødsfaldet er bevist. Så lukker bogen for den, der kom ind som personen selv, og for dem, personen havde lukket ind. Intet bliver slettet.
death-day = Dødsdagen
death-undo = Var det en fejl, så gør feltet tomt, og gem igen.
death-save = Gem
done-death = Det er gemt.
package-title-anothers = Sider af en livsbog
package-whole-figures-anothers = Arkivets log har { $versions } afleveringer af den slags, der kan gives videre. { $present } af dem er her.
package-lead-anothers = Det her er bogens sider, det, der ligger på dem, og hvor personen boede. Det er ikke det hele.
package-yours-anothers = Det her handler om et andet menneskes liv. Pas på det, som var det dit eget.
problem-closed-by-death-title = Bogen er lukket
problem-closed-by-death-detail = Der står i registret, at den, bogen handler om, er død. Derfor kan ingen komme ind i den som personen selv eller fordi personen har lukket dem ind. Intet er slettet.
problem-closed-by-death-next = Er det forkert, så ring til kommunen. Så bliver det rettet. Vil du spørge om noget i bogen, så begynd på /find/andres.

## Ord fra gamle papirer
old-words-title = Ord fra gamle papirer
old-words-lead = Papirer om dig er skrevet af andre, i deres tids ord. Her står, hvad de betød.
old-words-note = Et ord i en sag er ikke hele sandheden om et menneske. Tit siger det mere om dem, der skrev.
old-words-years = Årene
old-words-1905 = 1905-1933: værgerådet
old-words-1905-note = Værgerådet i kommunen bestemte. Papirerne ligger ofte i stadsarkivet eller i Rigsarkivet.
old-words-1933 = 1933-1976: børneværnet
old-words-1933-note = Børneværnet i kommunen bestemte, og staten havde sine egne hjem. Er kommunen lagt sammen siden, ligger papirerne hos den nye.
old-words-1976 = 1976-1998: bistandsloven
old-words-1976-note = Kommunen bestemte, og amtet drev mange af stederne. Papirer kan ligge begge steder.
old-words-1998 = 1998-2023: serviceloven
old-words-1998-note = Kommunen bestemte. Sagde forældrene nej, bestemte børne- og ungeudvalget, hvor der sad en dommer med.
old-words-2024 = Fra 2024: barnets lov
old-words-2024-note = Kommunen bestemmer, og barnet skal høres hver gang.
old-words-always = Ord fra alle årene
old-words-always-note = De her ord kan stå i papirer fra mange år.
old-words-door = Ord fra gamle papirer
