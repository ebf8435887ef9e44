# English. Short, concrete and warm: a child on a bad day must be able to read it.

## Everywhere
name = The Child's Life Book
skip = Go to the content
menu = Menu
get-help = Get help
sign-out = Sign out
way-book = The book
way-books = The books
way-contribute = Write in the book
way-overview = Overview
way-archive = My archive
back-to-front = To the front page
book-title = { $names } book
you-are-here = You are here
when = When
where = Where
who = Who
written-by = Written by
do-not-know = Don't know

## Choose your way in
way-in-title = Choose your way in
way-in-lead = Here we look after pictures and stories. You can always find your own story here.
door-read = I want to read my book
door-read-note = See pictures and read about yourself
door-write = I want to write in a book
door-write-note = A picture and a line is enough
door-archive = I have lived in care
door-archive-note = See everything kept about you
help-now-door = Do you need help now?
demo-title = Try it as one of these people
demo-note = They are all invented, and so are their stories. Feel free to try everything.

## Sign in
sign-in = Sign in
sign-in-with = Sign in with { $name }
sign-in-or = Or with a user name
login-title = Your own login
login-lead = Connect the login that you use elsewhere. Next time you come in with it.
login-connect = Connect { $name }
login-connected = { $name } is connected
login-forget = Remove
login-go-on = Go on
signed-out-title = You are signed out
signed-out-lead = Do you share a computer with others? Then sign out of { $name } too.
signed-out-there = Sign out of { $name }
done-login = You can now come in with your own login.
done-loginaway = It is removed.
user-name = User name
password = Password
sign-in-wrong = The name and the password do not belong together.
sign-in-wrong-next = Try again. Capital and small letters must be right.
sign-in-too-many = { $minutes ->
    [one] Too many tries. Wait a minute and try again.
   *[other] Too many tries. Wait { $minutes } minutes and try again.
}
sign-in-expired = You have been away for a long time. Please sign in again.
sign-in-forgot = If you have forgotten your password, ask the person who gave it to you.

## The shelf
shelf-title = The books
shelf-empty = You have no access to any book yet. Ask the child's caseworker in the municipality.

## The book
kept-by = { $municipality } looks after this book
continue-reading = Read on
start-reading = Start reading
chapters = Chapters
pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
empty-book-title = The book is new
empty-book = Nothing has been written yet. The adults around { $name } can begin today. One picture is enough.
who-opened = Who opened my book?
turn-chapter = Go to another chapter
turn-page = Turn the page
to-cover = The cover
previous-page = Previous
next-page = Next
the-end = The cover
page-of = Page { $page } of { $pages }
waits = Waiting
picture-to = Picture for { $title }
older-text-waits = More has been written for you. It waits until you are older.
contents = Contents
parts = Choose a year
own-words = In { $name } own words
own-words-yours = In your own words
teller = Told by { $name }
kind-is-letter = A letter
kind-is-decision = The reason
kind-is-thing = A thing that was kept
kind-is-talk = A talk
kind-is-drawing = A drawing
where-from = Where it comes from
written-on = Written on
known-from = How it is known
stance = What it is
purpose = Why it was written
who-unknown = Do you know who it is? Tell an adult.
sources = Sources and originals
original-picture = Picture { $number } as it was sent in
receipt = The archive's receipt
with-adult = Read this page together with an adult.
you-can-ask = You can ask { $ask }.
held-back = Here is a page that waits for you. It is not gone.
held-back-by = { $who } decided that.
held-back-review = We look again on { $day }.
held-back-opens = It opens no later than { $day }.
talk-to-someone = I want to talk to someone now

## For the adults beside
for-adults = For adults
read-as = Read it as it looks for
write-in-book = Write in the book
book-on-paper = The book on paper

## Who has read
who-opened-lead = Here you can see everyone who has read in the book. If you wonder about someone, ask an adult you trust.
look = Display
look-lead = How pages look when you read.
look-large = Larger letters
look-large-note = Everything gets larger.
look-easy_type = Easier to read
look-easy_type-note = More space between letters and lines. Good if the letters jump about.
look-contrast = Strong colours
look-contrast-note = Black on white or white on black.
look-calm = Calm pages
look-calm-note = Nothing moves.
look-theme = Light or dark
look-theme-device = Like the phone or computer
look-theme-light = Light
look-theme-dark = Dark
look-save = Save
look-only-here = It counts on this screen only. We do not keep who you are.
read-aloud = Read aloud
who-opened-lead-small = They looked in your book.
who-opened-lead-young = Here are all who read in your book. Do you wonder about one of them? Ask a grown-up.
who-opened-lead-old = Here is everybody who opened something in the book, and what they opened. If you do not know one of them, ask the municipality why.
nobody-else-read = Nobody else has read in the book here.
own-readings = What you have read yourself
days-before = { $count ->
    [one] One day before
   *[other] { $count } days before
}
older-readings = See more
nobody-read = Nobody has read in the book yet.

## What was taken out
taken-out = What was taken out of my book?
taken-out-lead = Almost everything stays here for ever. But a page may lie with the wrong child, or something may have become very old. Then two adults have to agree before it is taken out, and it is written here.
nothing-taken-out = Nobody has taken anything out of the book.
taken-out-proposed = Put aside. One more adult has to look at it.
taken-out-refused = It stayed in the book.
taken-out-decided = Taken out.
taken-out-page = A page,
taken-out-file = A picture or a file,
taken-out-print = A book on paper,
taken-out-paper = A paper,
taken-out-put-in = put in on { $day }.
taken-out-put-in-by = put in by { $who } on { $day }.
taken-out-asked = { $who } asked for it on { $day }.
taken-out-agreed = { $who } said yes.
taken-out-said-no = { $who } said no.
taken-out-yes = Yes, take it out
taken-out-no = No, it stays
taken-out-for-good = Nobody can bring back what is taken out.
taken-out-no-means = If you say no, the page stays here, and the one with the other child is put aside.
misfiled-title = Does the page belong to another child?
misfiled-lead = The page is put aside at once, so that nobody sees it here. A copy comes into the book it belongs in. When a colleague has said yes, it is gone from here for good.
misfiled-to = Whose page is it?
misfiled-send = Move the page
misfiled-nobody = You write in the book of one child only. Ask the child's caseworker to move the page.
misfiled-back = No, it is in the right place

## What is to stay
holds-title = What is to stay?
holds-lead = One can ask that something stays. As long as that holds, nobody can take it out.
hold-everything = The whole book and all papers
hold-page = A page with its pictures and files
hold-why-person = The one the book is about has asked for it.
hold-why-dispute = There is a complaint or a case.
hold-why-request = Somebody has asked to see the papers.
hold-why-national_archive = The national archive has decided it.
hold-asked = { $who } asked for it on { $day }.
hold-lifted = { $who } lifted it on { $day }.
hold-ask = Ask that everything stays
hold-ask-page = Ask that the page stays
hold-lead-everything = The whole book and all papers stay here, also when their time has passed.
hold-lead-page = The page stays here with its pictures and files, also when its time has passed.
hold-lead-own = Only you can lift it again.
hold-lead-adult = The child can see who has asked for it, and why.
hold-why = Why is it to stay?
hold-choice-dispute = There is a complaint or a case
hold-choice-request = Somebody has asked to see the papers
hold-choice-national_archive = The national archive has decided it
hold-words = Would you like to write a little about it?
hold-words-note = The child can read it. You need not write anything.
hold-words-note-own = The municipality can read it. You need not write anything.
hold-send = Yes, it is to stay
hold-lift = Lift
hold-lift-title = Is it to stay no longer?
hold-lift-lead = Then the ordinary rules hold again. When the time has passed, two adults can take it out if they agree. That somebody asked for it stays known.
hold-lift-yes = Yes, lift it
hold-lift-no = No, it stays
done-hold = It stays here now, until that is lifted.
done-lifted = It is lifted.

## On paper
print-lead = We make the book as a PDF that you can read on a screen or print.
print-for-age = The texts should suit
age-years = { $age } years
age-or-more = { $age } years and up
print-how-large = How large should the book be?
paper-a4 = Large, like printer paper (A4)
paper-a5 = Small enough for your bag (A5)
paper-square = Square, as high as it is wide (21 × 21 cm)
print-bleed = A printing house will make the book
print-bleed-why = Then lines show where the paper is to be cut.
order-print = Make the book
ordered-before = Made before
edition-for = The book for { $age }
ordered-on = ordered { $day }
fetch-pdf = Fetch PDF ({ $size })
edition-waiting = Being made
edition-failed = Could not be made. Please order it again.

## Get help
help-title = Get help now
help-lead = You can always call. You don't have to say your name.
help-danger = Are you in danger right now?
help-danger-note = Call 112. Someone will come.
help-children-note = Adults who listen to children. They answer day and night. It is free.
ring = Call { $number }
write-sms = Send a text
help-no-trace = We do not keep that you were here. But your phone may remember the page.
quick-exit = Hide this page

## My rights
rights-title = My rights
rights-title-small = You may
rights-how-old = How old are you?
rights-lead-small = This is true for you.
rights-lead-young = Here is what you may do. Here is also what the adults must do.
rights-lead-middle = Here is what you may do yourself, and what the adults must do. It holds on a bad day too.
rights-lead-teen = Here is what you decide yourself, and what the municipality must do. Some of it holds in the book, and some of it is the law.
rights-lead-grown = The book is about you. Here is what you decide in it, and what you can ask for.
rights-in-book = In your book
rights-in-book-small = Your book
rights-readers = You can see who reads
rights-readers-there = See who has read
rights-readers-small = You can see who reads.
rights-readers-young = The adults you live with may read your book. So may your caseworker. You can always see who has read.
rights-readers-middle = The adults around you may read your book. Each time one of them opens it, it is written down. You can see it all.
rights-readers-teen = Those you live with, your caseworker and your support person may read the book. Each time is written down, and you can see the list. If you wonder about someone, ask.
rights-readers-grown = You decide who reads your book. Each time somebody opens your book, it is written down who it was and when. You can see it all. If there is somebody you do not know, ask the municipality why that person has read.
rights-waits = A page that waits is no secret
rights-waits-small = Some pages wait for you. They are here.
rights-waits-young = Some pages wait for you a while. They are not gone. You can see whom to ask about them.
rights-waits-middle = Some pages wait for you. You can see that they are there, who decided it, and when they open. You may ask every day.
rights-waits-teen = A page can wait for you. It is never secret: you can see who decided it, whom you can ask, and when it opens at the latest. That is when you turn 18, at the latest.
rights-waits-grown = If a page still waits, you can see who decided it, whom you can ask, and when it opens at the latest.
rights-own = Your own pages are yours
rights-own-there = My own pages
rights-own-small = Your own pages are yours. Only you look.
rights-danger-small = Does somebody hurt you? Tell an adult.
rights-own-young = Only you can see them in the book. You can share them with one you trust. If you tell an adult that someone hurts you, the adult must help. The adult may not keep quiet about it.
rights-own-middle = Only you can see your own pages in the book until you share them. You can stop sharing too. If you share that someone hurts you, the adult must help. The adult may not keep it secret.
rights-own-teen = Your own pages are yours until you share them, and you can stop again. One thing you should know first: if you share that someone hurts you, or that you are in danger, the adult must help you. The adult may not keep it secret.
rights-own-grown = Your own pages are still yours, also those from back then. You can write more and put your own words beside what others have written.
rights-stays = It does not go away
rights-stays-there = See what was taken out
rights-stays-young = What is in your book stays there. Two adults must agree before they take a thing out. You can see it when they do.
rights-stays-middle = What is in your book stays there. If you remember it in another way, you can write that beside it. Two adults must agree before a thing is taken out, and you can see it.
rights-stays-teen = What you have told, nobody else corrects. If you remember a thing in another way, your words can stand beside it. Two adults must agree before a thing is taken out, and you can see that it was.
rights-stays-grown = The book is yours all your life, and you can have it on paper. You can ask that all of it stays, also when its time is over. Then only you can lift that again.
rights-by-law = When adults decide
rights-by-law-small = The adults
rights-by-law-grown = What you can ask for
rights-heard = They must listen to you
rights-heard-small = The adults must listen to you.
rights-heard-young = You may say what you think. Your caseworker must talk with you. You two may talk alone.
rights-heard-middle = You have a right to say what you think when adults decide about you. Your caseworker must talk with you about it, and you two may talk alone.
rights-heard-teen = You have a right to take part when things are decided about you. The municipality must hear what you think along the way, and you can talk without your parents being there.
rights-why = You must know why
rights-why-small = You may always ask why.
rights-why-young = The adults must tell you why you get help. Ask again when it is hard to see.
rights-why-middle = The adults must tell you why you get help. They must say it so that you can follow. Ask again if you can not.
rights-why-teen = It must be clear to you why you get the help you get. Keep asking until it is.
rights-beside = You may bring somebody
rights-beside-young = You may bring one more when you talk with the town's people. Ask your caseworker who it can be.
rights-beside-middle = You may bring somebody when you talk with the municipality. That person is called a “bisidder”. Ask your caseworker who it can be.
rights-beside-teen = You may bring somebody, a “bisidder”, when you talk with the municipality about your case. Ask who it can be. Ask too if you can have a support person.
rights-visit = They must come and see you
rights-visit-young = Twice a year one from the town must come and talk with you. If it can be done, you two are alone when you talk.
rights-visit-middle = At least twice a year one from the municipality must come and talk with you where you live. If it can be done, you two talk alone.
rights-visit-teen = At least twice a year the municipality must come where you live and talk with you. If it can be done, without those who work there.
rights-plan = You help make the plan
rights-plan-young = There must be a plan for you. You must help find the goals in it.
rights-plan-middle = There must be a plan for you, and you must make the goals in it with your adults. If you have not seen it, ask for it.
rights-plan-teen = The municipality must make a plan with clear goals, and you must take part in it. After three months at the latest you look at it again with your adults. If you have not seen your plan, ask for it.
rights-insight = You can see what is written about you
rights-insight-grown = You can ask the municipality for access to what it has written about you. It must answer within 7 working days.
rights-search = There may be more elsewhere
rights-search-grown = Papers about you may lie with another municipality, in an archive, or where you lived. Ask the municipality where to look. You may have somebody by your side when you read.
rights-grows = When you grow
rights-reached = You are
rights-at-10-young = Then you have rights of your own in some cases. Ask which.
rights-at-10-middle = You have rights of your own in some of the cases about you. Ask your caseworker which.
rights-at-10-teen = You have rights of your own as a party in some of the municipality's cases about you. Ask which.
rights-at-13-young = Then you can get MitID.
rights-at-13-middle = You can get MitID. In the book you can see who knows what it says, and how.
rights-at-13-teen = You can get MitID. In the book you can see who wrote what, and how they know.
rights-at-15-young = Then you get Digital Post of your own.
rights-at-15-middle = You get Digital Post, so letters can come to you.
rights-at-15-teen = You get Digital Post. Letters from the municipality can come to you yourself. Ask for help with them if they are hard.
rights-at-18-young = Then the pages that waited are open.
rights-at-18-middle = The pages that waited are open. You can fetch all pictures and papers. The book is yours all your life.
rights-at-18-teen = The pages that waited for you are open. Now you decide who reads along. You can read for every age, and fetch pictures and papers as they came in. The book is yours all your life.
rights-wrong = Is something not as it should be?
rights-wrong-small = Tell an adult you like.
rights-sad = Are you sad?
rights-wrong-young = Tell an adult you trust. You can also ring BørneTelefonen. They answer day and night. Do you not agree with the town? Ask how to complain.
rights-wrong-middle = Tell your caseworker or another adult you trust. Do you not agree with what was decided? Ask how to complain, and who can help you. You can ring BørneTelefonen day and night.
rights-wrong-teen = Tell your caseworker or somebody else you trust. If you do not agree with what the municipality decided, ask how to complain, and how long you have. You may have help with it. At BørneTelefonen an adult answers day and night.
rights-wrong-grown = If something is written that you do not agree with, your own words can stand beside it. If you do not agree with what the municipality decided, ask it how to complain.
law-barnets-lov = See the Act on the Child (barnets lov) § { $sections }
law-forvaltningsloven = See the Public Administration Act (forvaltningsloven) § { $sections }

## Without a line
offline-title = Read with no line
offline-kept = When you have opened your book, you can read it on this screen, also with no line.
offline-until = The book stays here till you sign out. It goes by itself on { $at }.
offline-left-out = Pages that only you see are not here. Nor are pages that wait.
offline-sign-out = Is the screen not just yours? Sign out when you are done. Then there is nothing left.
offline-refused = Your book is not put on this screen. You need a line to read.
offline-anothers = This tablet is somebody else's. So we do not put your book on it.
offline-never = You two read at once. So the book is not put on the screen now.
offline-turn-off = Do not put my book here
offline-turn-on = Put my book here
offline-install = The book can have its own icon. Look in your browser's menu for “Add to home screen”.
offline-copy = You are reading with no line
offline-copy-until = The book stays here till { $at }. Sign out when there is a line.
offline-forget = Take the book away from here
offline-no-files = Sound and film need a line.
no-line-title = There is no line just now
no-line-lead = We can not get the page.
no-line-book = Did you open your book today? Then you may be able to read it.
no-line-again = Try the book
no-line-ring = You can ring with no line.

## Sound and film in words
spoken = What is said
spoken-ask = Is there sound or film?
spoken-what = What is said?
spoken-note = Write it if you can. Then those who do not hear it can take part too. Subtitles with times (WebVTT) can be put in here.
spoken-reads-it = It is the text, read aloud
spoken-reads = Read aloud

## When something goes wrong
problem-code = Code for the person helping you: { $code }

## Overview
overview-title = Overview
overview-lead = { $count ->
    [one] One child has a book with you. Here are numbers and dates, never content.
   *[other] { $count } children have a book with you. Here are numbers and dates, never content.
}
overview-children = The children
overview-empty = There are no children to show yet.
jobs = Work in the background
jobs-waiting = Waiting
jobs-running = Under way
jobs-failed = To be looked at
entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
homes = { $count ->
    [one] 1 home
   *[other] { $count } homes
}
last-entry = Latest entry { $day }.
quiet-for = { $days } days without news.
no-entry-yet = Nobody has written in the book yet.
open-book = Open the book

## The register
new-child = New child
new-child-lead = The child gets an empty book. When you make a link for it, it can come into the book itself.
child-name = The child’s full name
child-called = What does the child want to be called?
child-called-note = May be left out. Then we use the whole name.
child-born = Born
save-child = Register the child
adults = Adults
adults-lead = Here are the adults registered by { $municipality }. They see a book only once they have a role with the child.
new-adult = Register an adult
adult-name = Name
adult-title = Who is this to the child?
adult-title-note = For example foster mother, teacher or staff. It stands beside everything the person writes.
adult-phone = Telephone (may be left out)
save-adult = Register
more-adults = Show more
to-adults = Somebody missing? Register the person under Adults.
make-link = Make a link to come in by
link-title = A link for { $name }
link-lead = Give it to { $name } in person. Whoever opens the link comes in as { $name }.
link-once = The link can be opened once, by { $at } at the latest. Earlier links for the same person no longer work.
link-only-here = We show it only here. If it is lost, make a new one.
back = Back
choose = Choose
first-day = First day
last-day = Last day
from-day = From { $from }
from-to = { $from } to { $to }
homes-title = Homes
home-now = Lives here now
no-home-yet = No home has been registered yet.
first-home = Register the first home
move-title = Move to a new home
move-save = Save the home
home-kind = What kind of home is it?
home-family = Family
home-foster_family = Foster family
home-weekend_family = Respite family
home-institution = Institution
home-own_room = Own room
home-other = Another home
home-name = What does the child call the home?
home-name-note = For example “With Karen and Ib”.
home-place = Place (may be left out)
map-title = Here you have lived
home-municipality = Municipality on the map
home-municipality-note = Then the home stands on the child’s map of Denmark. The map shows the municipality, never the address.
home-not-on-map = Not on the map
home-map = On the map
home-map-save = Save
region-nordjylland = North Denmark Region
region-midtjylland = Central Denmark Region
region-syddanmark = Region of Southern Denmark
region-sjaelland = Region Zealand
region-hovedstaden = Capital Region
home-carers = Who are the child’s adults there?
home-carers-note = They can read and write in the book as long as the child lives there.
home-leaving = What about the old home?
home-leaves = { $home } ends the day before
home-leaving-note = Then the adults there can no longer open the book, but what they wrote stays in it. Clear the tick if the child goes on living there, for example when the new one is a respite family.
roles-title = Roles
roles-lead = The adults of the child’s home stand with the home. Here are the others.
role-own = The child
role-caseworker = Caseworker
role-support_person = Support person
role-invited = Invited to write
role-system = Case system
role-leader = Leader who reads along
role-archivist = Archivist
role-choice-caseworker = Caseworker: reads all and decides
role-choice-support_person = Support person: reads and writes
role-choice-invited = Invited: writes, does not read
role-choice-leader = Leader: reads along, waiting pages too
role-choice-archivist = Archivist: reads all
give-role-title = Give an adult a role
role-person = Who?
role-what = Which role?
give-role = Give the role
end-role = End the role
end-role-save = Save the last day
done-child = The child is registered. Now write where it lives.
done-home = The home is saved.
done-role = The role is given.
done-end = The last day is saved.
done-adult = The person is registered.

## My archive
archive-title = My archive
archive-greeting = Hello { $name }
archive-lead = { $count ->
    [0] { $municipality } has nothing kept about you here yet.
    [one] 1 entry about you is kept. { $municipality } looks after it.
   *[other] { $count } entries about you are kept. { $municipality } looks after them.
}
archive-calm = You set the pace. Nothing disappears because you take a break.
archive-read = Read my book
archive-waiting = { $count ->
    [one] 1 page waits for someone to look at it. You will be told when it is open.
   *[other] { $count } pages wait for someone to look at them. You will be told when they are open.
}
archive-kinds = This exists about you
archive-years = Year by year
year-unknown = Year unknown
archive-prints = Books you can fetch
archive-readings = Who has read
archive-beside = Would you like someone to read with you?
archive-beside-note = Reading about yourself can be hard. You can have someone beside you, and you can stop at any time.
kinds-photo = { $count ->
    [one] picture
   *[other] pictures
}
kinds-story = { $count ->
    [one] story
   *[other] stories
}
kinds-document = { $count ->
    [one] document
   *[other] documents
}
kinds-sound = { $count ->
    [one] sound
   *[other] sounds
}
kinds-video = { $count ->
    [one] video
   *[other] videos
}
kinds-event = { $count ->
    [one] event
   *[other] events
}
kinds-letter = { $count ->
    [one] letter
   *[other] letters
}
kinds-thing = { $count ->
    [one] thing
   *[other] things
}
kinds-decision = { $count ->
    [one] decision
   *[other] decisions
}
kinds-talk = { $count ->
    [one] talk
   *[other] talks
}
kinds-drawing = { $count ->
    [one] drawing
   *[other] drawings
}
kinds-statement = { $count ->
    [one] statement of your own
   *[other] statements of your own
}

## Write in the book
contribute-title = Write in the book
contribute-for = Write in { $names } book
no-children = You cannot write in any book right now. Ask the child's caseworker in the municipality.
whose-book = Whose book?
what-is-it = What would you like to put in the book?
kind-photo = Picture
kind-story = Story
kind-event = Event
kind-letter = Letter
kind-document = Paper
take-photo = Take a picture
choose-files = Choose pictures or files
chosen-files = What you have chosen
one-line = What do we see? Write a line
headline = Headline
write-more = Write more
text-for = To { $name } ({ $age })
text-for-child = Write so that the child can read it
who-is-there = Who is in it?
who-else = Others (comma between)
where-is-it = Where?
where-else = Another place
when-was-it = When?
the-day = Day
today = Today
yesterday = Yesterday
how-sure = How exactly do you know?
precision-day = That day
precision-month = That month
precision-season = That season
precision-year = That year
precision-about = About that year
precision-unknown = Don't know
more = More
choose-chapter = Chapter
chapter-by-itself = The book works it out
how-do-you-know = How do you know it?
basis-seen = I was there
basis-heard = Someone told me
basis-read = I have read it
text-language = The text is written in
write-for-ages = Write for several ages
write-for-ages-note = The same thing can be told in several ways. The child gets the text that suits its age.
sending = Sending
send = Put it in the book
send-to = Put it in { $names } book
sent-title = Now it is in { $names } book
sent-see = See the page
mine-title = What you have written
state-in_book = In the book
state-with_adult = With an adult
state-held_back = Waiting
state-sealing = On its way
js-sending = Sending …
js-sending-files = %there% of %count% have arrived …
js-checking = The file has arrived and waits to be checked for viruses. Nothing is lost, and we go on by ourselves. Keep the page open.
js-waiting = We are waiting for the connection. Nothing is lost, and we go on by ourselves. Leave the page open.
js-sealing = Putting it in the book …
js-sent = Now it is in %names% book
js-refused = %name% was left out
js-refused-short = Left out
js-rest-there = The rest has arrived. Press the button again to put it in the book without this one, or choose another first.
js-words-there = What you have written is still here.
js-unreadable = The file has been moved or changed. Choose it again.
js-retry = Try again
js-remove = Remove %name%
js-too-large = %name% is too large. It may be %limit% at most.
js-choose-child = First choose whose book it goes in.
js-need-photo = Choose at least one picture.
js-need-text = Write a little below the headline.
js-draft-back = Here is what you did not get sent.
js-draft-lacks = Choose the large file again, and we go on where we left off.
js-draft-discard = Start over
js-failed = It did not work. Try again in a moment.
js-signed-out = You have been signed out.
js-signed-out-next = Sign in again. What you have written is still here.

# Answers that say no
problem-not-signed-in-title = You are not signed in
problem-not-signed-in-detail = This is only for those it concerns.
problem-not-signed-in-next = Sign in and try again.
problem-session-over-title = You have been signed out
problem-session-over-detail = Too much time has passed.
problem-session-over-next = Sign in again. What you wrote is still there.
problem-foreign-origin-title = We could not take that
problem-foreign-origin-detail = The form did not come from our own page.
problem-foreign-origin-next = Open the page again and send from there.
problem-not-found-title = It is not here
problem-not-found-detail = Either the address is wrong, or it is not yours.
problem-not-found-next = Go back to the front page.
problem-method-not-allowed-title = That cannot be done here
problem-method-not-allowed-detail = The address exists, but not for this.
problem-method-not-allowed-next = See what it can do in /api/v1/openapi.json.
problem-not-permitted-title = You may not do that
problem-not-permitted-detail = You know the child, but your role does not allow this.
problem-not-permitted-next = Ask the child's caseworker if you think it should.
problem-login-failed-title = That did not work
problem-login-failed-detail = Your login did not come all the way here.
problem-login-failed-next = Try again from the front page. If it goes on, ask whoever gave you access.
problem-login-unknown-title = We do not know your login yet
problem-login-unknown-detail = You can come in only when somebody has given you access.
problem-login-unknown-next = Ask whoever is to give you access: the child's caseworker, or the leader in the municipality. They give you a link. Once you have come in with it you can connect your login.
problem-login-taken-title = Your login is in use elsewhere
problem-login-taken-detail = It is connected to somebody else than the one you are in as now.
problem-login-taken-next = Sign out, and come in with your own link. Ask the leader in the municipality if in doubt.
problem-login-away-title = The login does not answer right now
problem-login-away-detail = The place where you sign in cannot be reached.
problem-login-away-next = Try again in a moment.
problem-not-open-yet-title = It is not open yet
problem-not-open-yet-detail = These texts are written for someone older.
problem-not-open-yet-next = Ask one of your adults to read it with you.
problem-unsupported-media-title = We cannot keep that kind of file
problem-unsupported-media-detail = The file is { $found }. We take pictures, PDF, text, Word, OpenDocument, Excel, PowerPoint, e-mail, sound and video.
problem-unsupported-media-next = Save it as a picture or a PDF and send it again.
problem-empty-file-title = The file is empty
problem-empty-file-detail = There is nothing in it.
problem-empty-file-next = Choose the file again and check that it opens.
problem-truncated-file-title = The picture is not whole
problem-truncated-file-detail = It was cut off on the way, so part of it is missing.
problem-truncated-file-next = Send it from the phone again, best on wifi.
problem-damaged-file-title = The picture is broken
problem-damaged-file-detail = Something inside the file does not fit together.
problem-damaged-file-next = Send it from the phone again, or take a screenshot of it.
problem-too-many-pixels-title = The picture is too large to show
problem-too-many-pixels-detail = It is { $width } x { $height } pixels. The limit is 100 million pixels and 20,000 a side.
problem-too-many-pixels-next = Save it smaller and send it again.
problem-missing-file-title = There was no file
problem-missing-file-detail = The form has no field named file.
problem-missing-file-next = Choose a file and send again.
problem-malformed-body-title = We could not read what you sent
problem-malformed-body-detail = It is not in the form we expect: { $why }
problem-malformed-body-next = See the form in /api/v1/openapi.json and send again.
problem-invalid-fields-title = There is something to put right
problem-invalid-fields-next = Put it right and send again. Nothing is lost.
problem-idempotency-key-reused-title = That key was used before
problem-idempotency-key-reused-detail = The same Idempotency-Key was used for something else.
problem-idempotency-key-reused-next = Use a new key for something new.
problem-tus-version-title = We speak tus 1.0.0
problem-tus-version-detail = The header Tus-Resumable is missing, or it names another version.
problem-tus-version-next = Send Tus-Resumable: 1.0.0 along.
problem-upload-offset-title = We are somewhere else in the file
problem-upload-offset-detail = We have { $offset } bytes of it.
problem-upload-offset-next = Ask with HEAD and send the rest.
problem-not-ready-title = It is not ready yet
problem-not-ready-detail = The book is being made right now.
problem-not-ready-next = Try again in a moment.
problem-version-conflict-title = Somebody corrected it too
problem-version-conflict-detail = A new version came while you wrote.
problem-version-conflict-next = Fetch the newest and correct that.
problem-nothing-due-title = Everything has to stay
problem-nothing-due-detail = Nothing here is old enough to be taken out.
problem-nothing-due-next = See with livsbog dispose plan when something may go.
problem-already-decided-title = It is decided
problem-already-decided-detail = Somebody has said yes or no to it already.
problem-already-decided-next = See the list of what was taken out.
problem-printed-before-title = The book was printed before something was covered
problem-printed-before-detail = Something in the book has since been covered for somebody else's sake. The old print shows it.
problem-printed-before-next = Order the book on paper again. It comes as it is now.
problem-not-at-this-step-title = The request stands somewhere else
problem-not-at-this-step-detail = That step is past, or comes later.
problem-not-at-this-step-next = Open the request again and see how far it is.
problem-not-delivered-title = There is nothing to fetch yet
problem-not-delivered-detail = The archive has not given you the papers yet, or has said no.
problem-not-delivered-next = Open the request under /arkiv. It says what happens now, and when you get an answer.
problem-not-grown-title = You can do that from the age of 18
problem-not-grown-detail = From that day the book and the papers are yours to ask for, and you need nobody's leave.
problem-not-grown-next = If you want to see something sooner, ask your caseworker.
problem-handed-over-title = The book has changed hands
problem-handed-over-detail = The one the book is about has turned 18. The book is their own now, and they alone decide who reads it.
problem-handed-over-next = What you wrote is still there, with your name. If you would like to read along, ask the one the book is about.
problem-not-confirmed-title = One more grown-up is needed
problem-not-confirmed-detail = A grown-up let you in anew. While only that one has said yes, nobody can choose who reads the book. This is to look after you.
problem-not-confirmed-next = Ask another grown-up to say yes: one you live with, your caseworker or an archivist of the municipality. Then it opens.
problem-same-person-title = It takes another person
problem-same-person-detail = Two different people have to agree, and you are one of them already.
problem-same-person-next = Ask a colleague to look at it.
problem-must-stay-title = It has to stay
problem-must-stay-detail = Somebody has asked for it to stay, or its time has not passed yet.
problem-must-stay-next = See who asked, and talk with them.
problem-too-many-attempts-title = Wait a little
problem-too-many-attempts-detail = There were too many attempts. Try again in { $seconds } seconds.
problem-too-many-attempts-next = Wait and try again.
problem-range-outside-title = The file is not that long
problem-range-outside-detail = The file is { $size } bytes.
problem-range-outside-next = Ask for a part within the file.
problem-infected-file-title = There is something harmful in the file
problem-infected-file-detail = The virus scanner gave an alarm. The file is not in the book. It has been put aside, locked away.
problem-infected-file-next = Keep your own file, and tell whoever runs the service. If it is a mistake they can let it in.
problem-scanner-away-title = The file waits to be checked
problem-scanner-away-detail = We check every file for viruses, and the scanner does not answer right now.
problem-scanner-away-next = Keep the file. The page tries again by itself; otherwise send it again in a while.
problem-storage-full-title = There is no room right now
problem-storage-full-detail = The storage is full. What is kept is still kept.
problem-storage-full-next = Keep the file and try again later. Tell whoever runs the service.
problem-unavailable-title = We cannot right now
problem-unavailable-detail = A part of the service does not answer.
problem-unavailable-next = Keep what you wrote and try again in a moment.
problem-not-sealed-yet-title = We are not quite done
problem-not-sealed-yet-detail = It is received and will be kept, but we cannot promise it yet.
problem-not-sealed-yet-next = Send again with the same Idempotency-Key in a moment.
problem-internal-title = Something went wrong here
problem-internal-detail = It is our fault, not yours.
problem-internal-next = Keep what you wrote and try again in a moment.
problem-no-own-person-title = The child cannot come in itself
problem-no-own-person-detail = The register knows nobody whom the child comes in as.
problem-no-own-person-next = Ask the municipality’s leader to see to it.
problem-too-large-title = It is too large
problem-too-large-next = Make it smaller, or split it.
problem-too-large-detail-photo = A picture may be { $megabytes } MB.
problem-too-large-detail-document = A document may be { $megabytes } MB.
problem-too-large-detail-recording = Sound and video may be { $megabytes } MB.
problem-too-large-detail-text = A text may be { $limit } characters.
problem-too-large-detail-body = The whole may be { $limit } bytes.

## My own pages
own-pages = My own pages
own-pages-lead = Here you make your own pages. Write, draw, take a picture or talk. The page is yours until you share it.
own-pages-none = There are no pages yet. The first one can be a drawing.
own-page-new = Make a page
own-page-change = Change the page
own-page-untitled = My page
own-page-title = What is the page called?
own-page-text = Write here
own-page-on-it = This is on the page
own-page-keep = Shall stay
own-page-draw = Draw
own-page-draw-help = Draw with a finger, mouse or pen. You can also write it or say it.
own-page-colour = Colour
own-page-thick = Thick line
own-page-undo = One line back
own-page-clear = Wipe it out
own-page-voice = Say it
own-page-record = Record
own-page-stop = Stop
own-page-forget = Delete the recording
own-page-reads = I read my text aloud
own-page-recording = Now you can talk.
own-page-no-microphone = The microphone is off. You can write or draw instead.
own-page-photo = Take or choose a picture
own-page-who = Who may see the page?
own-page-nobody = Only me
own-page-everyone = Everyone who reads my book
own-page-some = Those I choose
own-page-promise-title = It is your page.
own-page-promise = Only you see it in the book. You can share it if you like. You can always stop again.
own-page-duty = Does somebody hurt you? If you share that, a grown-up must help. The grown-up must not keep it secret.
own-page-save = Keep it
own-mark-private = Only you
own-mark-sharing = You share it
own-mark-shared = The child's own page
own-mark-by = { $name } made this page
older-pages = Older pages
colour-black = black
colour-red = red
colour-orange = orange
colour-yellow = yellow
colour-green = green
colour-blue = blue
colour-violet = violet
colour-pink = pink
colour-brown = brown
colour-skin = light brown

# People, homes and schools
people-family = My family
people-foster = Those I have lived with
people-chosen = Those I chose myself
people-friend = Friends
people-pet = Animals
people-professional = Grown-ups who help
person-died = Died in { $year }. Still belongs.
person-before = Was there before
person-change = Change what it says about { $name }
person-add = Put somebody on the map
school-add = Tell of a place
line-since = Since { $year }
line-home-now = You live here now.
line-weekend-now = You are here sometimes.
line-school-now = You go here now.
line-age = { $age ->
    [0] You were not one yet.
   *[other] You were { $age }.
}
line-born = You came home here when you were born.
line-day-born = That day you were born.
line-gap = We do not know enough about this yet
line-gap-ask = Ask your caseworker. You can search together.
person-tell-anew = Change what it says
person-name = What are they called?
person-title = What are you to each other?
person-title-note = Grandmother, friend, dog. Write it the way you say it.
person-group = Where do they belong?
person-from = Since when? You need not know.
person-until = Until when? Leave it empty if they are still there.
person-is-dead = They are dead
person-died-on = Which day?
school-tell-anew = Change what it says
school-name = What is the place called?
school-kind = What kind of place is it?
school-kind-nursery = Nursery or childminder
school-kind-kindergarten = Kindergarten
school-kind-school = School
school-kind-after-school = After-school club
school-kind-club = Sports, music, scouts
school-kind-other = Something else
school-place = Which town?
school-from = First day
school-until = Last day. Leave it empty if you still go there.
life-words = A few words
life-words-note = Something to know them by.
life-picture = Choose a picture from the book
life-no-picture = No picture
life-remove = This should not be here
life-remove-note = It is taken out of the book. What was written is still kept.
life-remove-now = Take it out

## My book the way I want it
arrange-cover = Choose the cover
arrange-cloth = Which colour should the book have?
arrange-picture = Which picture should be on the cover?
arrange-title = What should the book be called?
arrange-called = What do you want to be called?
arrange-called-note = Otherwise we use your whole name.
arrange-seen-by-all = Everybody who reads it sees it like this.
arrange-save = This is how I want it
cloth-sea = sea green
cloth-forest = forest green
cloth-sky = evening blue
cloth-plum = plum
cloth-berry = berry red
cloth-rust = rust
cloth-honey = honey
cloth-night = night
hide-page = I do not want to see this page
hide-page-note = The page is put away for you. It is not deleted. Others can still read it. It is printed too. Find it again under My own pages.
hide-page-now = Put the page away
hidden-pages = Put away
hidden-pages-note = Only you know that they are put away.
hidden-again = Take out again
tell-beside-own = This is how I remember it
tell-beside-own-note = How do you remember “{ $title }”? Your words stand beside it. Nobody corrects them.
tell-beside = Tell how you remember it
tell-beside-note = What you write will stand beside “{ $title }”. What is there already stays as it is.
told-too = More than one tells about the same thing. People can remember it differently.
remembers = This is how { $name } remembers it
remembers-you = This is how you remember it

## Bogen skifter hænder
owner-title-then = When you turn 18
owner-title-now = The book is yours
owner-lead-then = On { $day } you turn 18. From that day the book is yours.
owner-lead-now = On { $day } you turned 18. Since then the book has been yours.
owner-calm-then = It happens by itself. You need not do anything, and you cannot be too late.
owner-calm-now = It never runs out. Come back when you like, in thirty years too.
owner-what-then = What happens that day
owner-what-now = How it is now
owner-stays = Everything stays in the book. Nothing is deleted because you are grown up.
owner-ends-then = The grown-ups who read the book now cannot open it any more. Their words stay, with their names.
owner-ends-now = The grown-ups who read the book when you were a child cannot open it any more. Their words are there, with their names.
owner-fetch-then = The pages that waited for you are open. You can fetch all of it yourself and take it home.
owner-fetch-now = You can fetch all of it yourself, as often as you like. You need ask nobody.
owner-archive = The municipality’s archive looks after the book for you. When an archivist opens it, you can see that.
owner-choose = Who reads along?
owner-choose-then = Here you can let one or more read on when you are 18. You need not choose anybody. Then only you read.
owner-choose-now = Here you decide who may read the book. You need not choose anybody. Then only you read.
owner-change = You can change your mind on any day of your life. Nobody is told.
owner-sees = What can they see?
owner-sees-read = Whoever reads sees the pages that are open. Those you have shared with everybody who reads are among them.
owner-sees-write = Whoever reads and writes can put new pages in the book too. They can see and answer what you wish of your grown-ups.
owner-sees-not = Nobody but you sees your private pages. Each time somebody opens the book, it is written down so that you can see it.
owner-around = Around you now
owner-before = From before
owner-since = since { $year }
owner-may-nothing = Does not read
owner-may-read = Reads
owner-may-write = Reads and writes
owner-save = Save who reads
owner-nobody = No grown-ups are listed here yet.
owner-missing = Is somebody missing? Tell the municipality. It can write them in, so that you can choose them here. It can also make a new link for somebody who cannot come in any more.
owner-back = To the book
done-readers = Your choices are saved.
leaving-title = What you take along
leaving-lead-then = When you move out into the world, you can have your story with you. Here is what you can take along.
leaving-lead-now = It is your story. Here is what you can take along, wherever you are.
leaving-calm = There is no deadline. It lies here all your life, and you can fetch it again when you like.
leaving-book = The book on paper
leaving-book-note = Your book as a real book. You can print it yourself or send it to a printing house.
leaving-folder = The whole folder
leaving-folder-then = From the day you turn 18 you can fetch all of it yourself: the book, the pictures, the papers and the proofs. You need ask nobody.
leaving-folder-now = Everything in your book in one file: the book, the pictures, the papers and the proofs. It opens without us and without a line. You need ask nobody.
leaving-folder-of = Folder of { $day }
leaving-folder-waits = It is being made now
leaving-look-again = Look again in a while
lock-package = Lock the folder with a password
lock-package-note = Then nobody else can open it. The password cannot be recovered: write it down. The file is opened with the free program age (age-encryption.org): age -d { $file }.age > { $file }
lock-package-password = Password, 12 characters at least
lock-package-fetch = Fetch the locked folder
leaving-fetch = Fetch the folder ({ $size })
leaving-make = Make my folder
leaving-make-new = Make a new folder
leaving-kept = What you want close at hand
leaving-kept-note = Tick what you want to find quickly. Then it stands at the top here. Only you see what you have chosen.
leaving-papers = Papers to keep
leaving-people = People to hold on to
leaving-read = Read the page
leaving-get = Fetch
leaving-no-phone = There is no number here.
leaving-save = Save my choices
leaving-none = There are no papers and no grown-ups here yet.
leaving-cards = Save them in my phone
leaving-cards-note = You get a file with the names and numbers of those you have chosen. The phone asks whether to save them.
done-kept = Your choices are saved.
elsewhere-title = Other places that may have something about you
elsewhere-lead = Here are the places we know from your childhood, and those where there may be something about everybody. For each there is a letter you can send.
elsewhere-honest = We do not know what they have. Some may have been discarded or lost. Ask all the same, and ask to have it in writing if there is nothing.
elsewhere-institution = You lived here. There may be diaries, pictures and notes. If the place has closed, ask the municipality where the papers went.
elsewhere-school = You went here. There may be reports, pictures and letters.
elsewhere-municipality = You lived here. The municipality may have a case about you, also if it is long ago.
elsewhere-national = Older cases of municipalities, counties and institutions may have been handed over to it.
elsewhere-health = Your records from hospital and doctor. The newest part you can read online. The rest you must ask for.
elsewhere-appeals = If somebody complained of a decision, or you were adopted, there may be a case here.
elsewhere-courts = If a court or a judge decided anything about you, there may be a case here.
elsewhere-parish = Your birth, your name and a baptism stand in the parish register.
elsewhere-web = Find the address at { $address }
elsewhere-letter = A letter you can send
letter-to = To { $place }
letter-ask = I ask to see everything you have about me, and for a copy of it.
letter-who = My name is { $name }, and I was born on { $born }.
letter-name-then = At that time my name was { $name }.
letter-years = It is about the years { $years }.
letter-all = This covers records, diaries, letters, reports, pictures and recordings, on paper and on computers.
letter-lost = If you have nothing, please write so. If something was discarded, handed over to an archive or lost, I should like to know what, when and under which rule.
letter-ground = I ask under article 15 of the General Data Protection Regulation and the rules on access to one’s own case in the Danish Public Administration Act. If I am refused anything, I ask for the reasons and for how to complain.
letter-regards = Kind regards

## Barnets egen tablet
device-title = The child’s tablet
device-whose = Whose tablet is it?
device-whose-lead = Choose the child who uses this tablet. Then the child can come in itself with four pictures.
device-heading = { $name } tablet
device-enrol-title = This tablet
device-enrol-lead = Make this tablet the child’s own. { $name } then comes in by pressing four pictures in an order of its own.
device-enrol-out = You are signed out of the tablet yourself. If { $name } has no code yet, you choose it at once. You have a quarter of an hour.
device-enrol = This tablet is { $name }
device-no-own-person = { $name } cannot come in itself yet. Ask the municipality’s leader to see to it.
device-code-title = { $name } code
device-choosing = { $name } can choose a code now and until { $when }. Open the book on the child’s tablet.
device-locked = Wrong pictures were pressed many times, so the code is locked.
device-unlock = Open the code again
device-forgot-lead = If { $name } has forgotten the code, the child can choose a new one on its tablet.
device-forgot-note = The child’s own pages from before are closed until one more adult has said yes. So no adult can read them alone. The child can see that you did this.
device-forgot = { $name } has forgotten the code
device-no-code = Let { $name } choose a code
device-list-title = The child’s devices
device-row = The child’s since { $day }
device-by = Done by { $name }.
device-used = Last used { $day }.
device-never-used = Not used yet.
device-row-locked = Locked
device-revoke = Not the child’s any more
yes-title = One more adult has to say yes
yes-what = { $who } let { $name } come in anew { $when }. The child’s own pages from before are closed meanwhile.
yes-ask = Talk with { $name } first. Say yes only when the child sits there and has chosen the code or got the link itself.
yes-button = Yes, it is { $name }
yes-somebody-else = It has to be somebody else than the one who let the child in. Beside a foster parent it is the caseworker.

## Log ind med billeder
code-title = Press your pictures
code-hello = Hello { $name }
code-press = Press your four pictures.
code-count = { $done } of { $wanted }
code-begin-again = Begin again
code-forgot = Did you forget your pictures? Tell a grown-up.
code-somebody-else = I am somebody else
code-try-again = Try again
code-choose-title = Choose your pictures
code-choose = Choose four pictures, { $name }
code-choose-lead = Choose for yourself. Do not say them out loud.
code-repeat = Press them again
code-repeat-lead = The same four pictures, once more.
code-trouble-wrong = Those were not your pictures. Try again.
code-trouble-same = Four alike are easy to guess. Mix them a little.
code-trouble-differs = They were not the same. Choose four pictures again.
code-trouble-not_shown = Those pictures did not fit. Look at them again together. After five times the grown-up needs new ones.
code-wait-title = Wait a little
code-wait = { $minutes ->
    [one] Wrong pictures were pressed many times. Try again in a minute.
   *[other] Wrong pictures were pressed many times. Try again in { $minutes } minutes.
}
code-locked-title = The code is locked
code-locked = Ask a grown-up to open it again.
code-none-title = Hello { $name }
code-none = You have no pictures yet. Ask a grown-up for help.
sign-cat = Cat
sign-boat = Boat
sign-sun = Sun
sign-apple = Apple
sign-house = House
sign-fish = Fish
sign-star = Star
sign-tree = Tree
sign-ball = Ball
sign-bird = Bird
sign-flower = Flower
sign-car = Car
sign-moon = Moon
sign-snail = Snail
sign-hat = Hat
sign-kite = Kite
own-pages-closed = Your old pages are closed for now. They open when two grown-ups say yes. You say yes too.
let-in-title = Who helped you come in?
let-in-enrolled = { $name } gave you your tablet.
let-in-forgotten = { $name } let you choose a new code.
let-in-locked = { $name } opened your code again.
let-in-link = { $name } made a link for you.
let-in-confirmed = { $name } said yes too { $day }.
let-in-waits = One more grown-up has to say yes. Then your own pages open again.

## Læs sammen
reading-for-two = Read together
reading-with = You are reading together with { $name }
for-two-now = We are two now
for-two-end = We are done
for-two-title = Are you two now?
for-two-press = The grown-up shows you three pictures. Press them.
for-two-with = Read together with { $name }
for-two-lead = Some pages { $name } reads best together with an adult. Sit down together, and get three pictures that { $name } presses in the book.
for-two-recorded = Then the pages are open for two hours, or until you are done. The book keeps that you read them together.
for-two-get = Get three pictures
for-two-new = Get three new pictures
for-two-show = Show them to { $name }. In the book { $name } presses “We are two now” and then the three pictures.
for-two-until = The pictures are good until { $when }.
## My adults
my-adults = My adults
my-adults-none = No adults stand here yet.
adviser-is = Your caseworker
adviser-since = Your caseworker since { $year }
adviser-was = Your caseworker
adult-is = Your { $title }
adult-since = Your { $title } since { $year }
adult-was = Your { $title }
an-adult = An adult
years-from-to = from { $from } to { $to }
in-year = in { $year }
adults-before = Before
their-letter = Read the letter
call-them = Call
text-them = Text
talks-and-meetings = Meetings and talks
want-to-meet = I would like to meet
wish-with-words = Write a little too
wish-words-to = What do you want to say to { $name }?
asked-to-meet = You have asked to meet. { $name } will answer you.
wishes-title = What I have wished
wishes-none = When you wish something, it stands here. So does the answer.
wish-meeting = You would like to meet.
wish-meeting-with = You would like to meet { $name }.
wish-page = You would like a page about something.
wish-about = You have asked about the page
wish-other = You have said something.
wish-no = You have said no, thank you.
wish-of-meeting = { $name } would like to meet.
wish-of-page = { $name } asks for a page.
wish-of-other = { $name } says something.
wish-of-no = { $name } says no, thank you.
answered-by = { $name } answers:
not-answered = Nobody has answered yet.
take-back = Take it back
wish-more = Say something else
wish-what = What is it about?
wish-choice-page = I want a page about something
wish-choice-other = Something else
wish-choice-no = No, thank you, to something
wish-words = Write here
wish-who-reads = The adults you live with can read it. So can your caseworker and your support person.
wish-send = Send
ask-about-page = Ask { $ask } about the page
ask-about-page-any = Ask about the page
done-wish = Now it is said. The answer will stand here.
done-takenback = It is taken back.
done-answer = The answer is with the child now.
done-meeting = The meeting is written down.
done-talk = Thank you. It is saved.

## When we talk
contact-days = { $count ->
    [0] You talked today.
    [one] You talked yesterday.
   *[other] You talked { $count } days ago.
}
contact-weeks = You talked { $count } weeks ago.
contact-months = You talked { $count } months ago.
contact-never = It does not stand here when you talked last.
contact-due = You are to talk by { $day }.
contact-late = You were to talk by { $day }. Say so if you would like to meet now.
contact-late-adult = You were to talk by { $day }.

## Meetings
meetings-title = When we meet
meetings-with = Meetings with { $name }
meetings-coming = Next time
meetings-none = Nothing is agreed yet.
meetings-past = Before
meeting-cancelled = It was cancelled
meeting-held = It was held
meeting-cancel = Cancel
plan-meeting = Plan a meeting
meeting-with = Who comes?
meeting-others = Others who come
meeting-on = Which day?
meeting-at = What time?
meeting-place = Where?
meeting-place-note = The child reads it after the day. Write for example “at your home”.
meeting-about = What is it about?
meeting-about-note = A line that the child can read.
meeting-was-held = The meeting was held already
meeting-save = Write the meeting down
waits-to-talk = You and { $name } are to talk
waits-for = { $name } waits for an answer
answer-to = Answer { $name }
answer-send = Send the answer
write-wished = Write the page
write-wished-note = { $name } has asked for a page:
wished-page = Here is the page:
asked-for-you = You asked for this page.
asked-for = { $name } asked for this page.

## After a talk
talk-title = How was the talk?
talk-which = Which talk?
talk-another = Another talk
talk-said = Could you say what you wanted to?
talk-understood = Did you understand what you talked about?
talk-next = Do you know what happens now?
talk-place = Were the time and place good for you?
talk-short-said = Say it
talk-short-understood = Understand
talk-short-next = What now
talk-short-place = Time and place
mood-1 = No
mood-2 = A little
mood-3 = Nearly
mood-4 = Yes
mood-none = No answer
talk-words = In your own words
talk-who = Who may see it?
talk-adviser = Only { $name } and me
talk-with = With { $names }
talk-shared = You share it with your caseworker
talks-title = How the talks were
talks-of = How { $names } talks were
talks-none = You can say how a talk was. Then it stands here.
talks-none-shared = Nothing here is shared with you.

## The package one takes home
package-title = Your life book and your archive
package-born = Born { $day }
package-made = Packed { $day }
package-whole = Everything is accounted for
package-not-whole = Something is missing
package-not-whole-next = That is no fault of yours. Ask the municipality's archive about it. They have to answer.
package-whole-figures = The archive's log has { $versions } deposits about you. { $present } of them are here.
package-unattributed = { $count ->
    [one] One line of the log belongs to nobody any more. Nobody can say whether it was yours.
   *[other] { $count } lines of the log belong to nobody any more. Nobody can say whether they were yours.
}
package-statement = What is here, and what is not?
package-lead = You decide where to begin, and how much to read. It will still be here tomorrow.
package-read-book = Read the book (PDF)
package-read-years = Read year by year
package-read-me = READ ME: what is here, and how is it checked?
package-years = The years
package-homes = Homes
package-schools = Schools and clubs
package-people = People in your life
package-meetings = Meetings
package-wishes = What you wished
package-adults = Adults with a role
package-loose = Files that stand on no page
package-editions = Books printed before
package-not-here = What is not here
package-nothing-kept = Nothing is held back or taken out.
package-proofs = Proofs
package-proofs-lead = Everything that is deposited gets a line in a log that nobody can change unseen. Write "sh verify.sh" in a terminal to check all of it.
package-every-line = Every line of the log (table)
package-taken-out = What was taken out
package-requests = What you asked of the archive
package-who-read = Who has read (table)
package-key = The log's key
package-checkpoint = The log's signature
package-plain = Plain text
package-sealed = As it was sealed
package-receipt = Receipt
package-copy = Copy in a format that lasts
package-files-not-here = { $count ->
    [one] A file belongs here that is not in the package. The overview tells why.
   *[other] { $count } files belong here that are not in the package. The overview tells why.
}
package-back = The overview
package-beside = Told beside
package-earlier = { $count ->
    [one] One earlier version
   *[other] { $count } earlier versions
}
package-version = Version { $number }
package-yours = This is yours. Make a copy, and keep it somewhere else.

## Requests to the archive
way-requests = Requests
archive-authors = Who has written
archive-go-on = Read on where you stopped
archive-go-on-note = You can take a break whenever you like. The book remembers where you were.
archive-plan = If you want to take it in small pieces
archive-plan-1 = See first what there is, without reading. It stands here on this page.
archive-plan-2 = Choose one year or one chapter. Stop after it, even if it goes well.
archive-plan-3 = Where it says that somebody should be with you, wait until somebody is. Words of those days are explained where they stand.
archive-plan-4 = Write beside it if you remember it otherwise. It stays there for ever.
archive-requests = What you have asked the archive for
archive-ask-note = You can always ask for everything the municipality has about you. Also what does not stand in the book.
ask-archive = Ask for your papers
ask-archive-lead = You need not say why.
ask-archive-what = What would you like to have?
ask-archive-everything = Everything there is about me
ask-archive-part = Only some of it
ask-archive-words = Would you like to write something to the archive?
ask-archive-words-note = For example where you lived, what you were called then, or what you want to know most. Write here if you want only some of it.
ask-archive-send = Send
ask-archive-then = Then this happens
ask-archive-acknowledge = By { $day } somebody at { $municipality } writes that they are at it, and when you get an answer.
ask-archive-answer = The aim is that you have the answer by { $day }. If it takes longer, you are told why.
ask-archive-no = If you get a no to something, two people have to agree, and you are told why, by which law, and how to complain.
ask-archive-free = It costs nothing, and you can ask as often as you like.
ask-archive-back = You can change your mind until it is answered.
done-asked = The archive has your request. You can follow it here.
done-step = It is saved, and whoever asked can see it.
done-decision = It is saved.
done-message = It is sent.
done-withdrawn = Your request is taken back.
you = You
request-yours = Your request
request-of = { $names } request
request-of-day = Request of { $day }
request-asked-on = Asked on { $day }
request-taken-by = { $who } has it
request-due = The next answer comes by { $day }.
request-late-short = The answer should have come by { $day }.
request-late = The answer should have come by { $day }. It is the archive that is late. You have done nothing wrong, and you can write to them below.
request-desk-due = Answer by { $day }.
request-desk-late = The answer should have come by { $day }. Whoever asked can see that.
request-stage-received = Received
request-stage-acknowledged = Somebody is at it
request-stage-searched = Looked for
request-stage-reviewed = Read through
request-stage-proposed = Waits for one person more
request-stage-decided = Answered
request-stage-delivered = Handed over
request-stage-withdrawn = Taken back
request-now-received = The archive has your request. An archivist will take it soon.
request-now-acknowledged = An archivist is at it and is going to look.
request-now-searched = They have looked. Now it is read through, so that you can have it.
request-now-reviewed = It is read through. Now the answer is missing.
request-now-proposed = It is read through. Now the answer is missing.
request-now-decided = You have an answer.
request-now-delivered = Your papers are here. They are yours.
request-now-withdrawn = You have taken your request back. You can always ask again.
request-desk-now-received = New. Nobody has taken it yet.
request-desk-now-acknowledged = Taken. Now it has to be looked for.
request-desk-now-searched = Looked for. Now it has to be read through.
request-desk-now-reviewed = Read through. Now it has to be answered.
request-desk-now-proposed = An answer waits for one person more.
request-desk-now-decided = Answered.
request-desk-now-delivered = Handed over.
request-desk-now-withdrawn = Taken back by whoever asked.
request-asked-what = This is what you asked for
request-desk-asked-what = This is what was asked for
request-everything = Everything in the archive.
request-part = Only some of it:
request-steps = How it goes
request-step-received = The archive has it
request-step-received-note = It is kept so that nobody can make it disappear.
request-step-acknowledged = An archivist takes it
request-step-acknowledged-note = The archivist writes when you get an answer.
request-step-searched = They look for it
request-step-searched-note = Everything that is found is counted here. Also where else there may be something.
request-step-reviewed = It is read through
request-step-reviewed-note = Where something very private about others is written, it is weighed.
request-step-decided = The answer
request-step-decided-note = One person alone cannot say no.
request-step-delivered = You get your papers
request-step-delivered-note = You fetch it all as one file.
request-found = This is what was found
request-found-note = Here it only says how much there is. You decide yourself when to read it. Your own pages are yours and are not counted.
request-desk-found-note = Counted by the service. The person's own pages are not among them.
request-elsewhere = There may be more here
found-entry = { $count ->
    [one] page in the book
   *[other] pages in the book
}
found-media = { $count ->
    [one] picture, sound or paper
   *[other] pictures, sounds and papers
}
found-placement = { $count ->
    [one] home
   *[other] homes
}
found-assignment = { $count ->
    [one] adult with a role
   *[other] adults with a role
}
found-relation = { $count ->
    [one] person or animal
   *[other] people and animals
}
found-school = { $count ->
    [one] school or club
   *[other] schools and clubs
}
found-meeting = { $count ->
    [one] meeting
   *[other] meetings
}
found-edition = { $count ->
    [one] book on paper
   *[other] books on paper
}
found-readings = { $count ->
    [one] list of who has read
   *[other] lists of who has read
}
found-hold = { $count ->
    [one] word that something has to stay
   *[other] words that something has to stay
}
found-disposal = { $count ->
    [one] word about something taken out
   *[other] words about something taken out
}
request-answer = The answer
request-proposal = This is proposed
request-answer-granted = Yes. You get what you asked for.
request-answer-granted_in_part = Yes, but something is kept back.
request-answer-refused = No.
request-proposed-granted = Yes to all of it
request-proposed-granted_in_part = Yes, but something is kept back
request-proposed-refused = No
request-reason = Why
request-reason-note = So that whoever asked can understand it. What they know already is not kept back.
request-ground = By which law
request-ground-note = The law and its section, for example forvaltningsloven § 15 b.
request-complain-to = How to complain
request-complain-to-note = To whom, and how.
request-complain-by = Last day to complain
request-complain-help = Somebody can help you to complain. Write to the archive below if something is unclear.
request-decided-by = Decided by { $who }.
request-decided-by-two = Decided by { $who }, and { $second } agreed.
request-package = Your papers
request-package-note = Everything in one file: the book, the pictures, the papers and the proofs that nothing was changed. Open index.html in it, and it is all there, without the internet.
request-package-fetch = Fetch my papers ({ $size })
request-package-missing = { $count ->
    [one] 1 thing should be in it and is lost. The file says what. It is the archive's fault, and you can write to them below.
   *[other] { $count } things should be in it and are lost. The file says what. It is the archive's fault, and you can write to them below.
}
request-package-calm = You can fetch the file again as often as you like. You need not open it today.
request-open-book = Open the book
request-open-book-note = Whoever it is about can see that you have read.
request-waits-for-second = You proposed it. Another archivist or a leader has to agree.
request-second = Do you agree?
request-second-note = Read the reason as whoever asked. The answer counts only when two agree.
request-agree = Yes, I agree
request-send-back = No, look at it again
request-send-back-words = What has to be looked at?
request-do-acknowledge = Take the request
request-do-acknowledge-note = Whoever asked gets your name and a date. You can read in the book until it is answered.
request-do-acknowledge-send = I take it
request-do-search = Look for it
request-do-search-note = The service counts what is here. Write also where else there may be something: the National Archives, another municipality, a children's home.
request-do-search-send = Save what was found
request-do-review = Read it through
request-do-review-note = Confirm that you have read it through.
request-do-review-send = I have read it through
request-answer-by = The answer comes by
request-words = Would you like to write something?
request-words-note = Whoever asked can read it.
request-place = Place { $number }
request-place-name = Name
request-place-words = What may lie there, and how to get it
request-decide = Answer
request-decide-note = You can say yes alone, and at once. A no, in whole or in part, takes one person more who agrees. What is handed over follows the book: hold the pages back there first, each for its own reason.
request-outcome = The answer is
request-outcome-granted = Yes to all of it
request-outcome-granted_in_part = Yes, but something is kept back
request-outcome-refused = No
request-no-fields = If something cannot be handed over
request-decide-send = Save the answer
request-postpone = The answer comes later
request-postpone-why = Why does it come later?
request-postpone-send = Save the new date
request-thread = Ask the archive
request-desk-thread = Questions and answers
request-write = Write to the archive
request-desk-write = Write to whoever asked
request-send = Send
request-withdraw = Take the request back
request-withdraw-note = Then the archive stops. Nothing is deleted, and you can always ask again.
request-withdraw-send = Take it back
request-desk-lead = This is what people who were placed have asked { $municipality } for.
request-desk-open = Waiting for an answer
request-desk-none = Nobody is waiting for an answer.
request-desk-closed = Answered
request-held-back = { $count ->
    [one] 1 page of the book is held back and not among it. The page says why, who decided it, and when it opens.
   *[other] { $count } pages of the book are held back and not among it. They say why, who decided it, and when they open.
}
## Brothers and sisters
gifts-title = Pages we give each other
gifts-none = Here you can give each other pages. Open the page and press »Give the page«.
gifts-waiting = { $count ->
    [one] One page waits for your answer
   *[other] { $count } pages wait for your answer
}
gift-offer = Your { $title } { $name } gives you a page.
gift-offer-note = Do you say yes? Then it is in your book. Your grown-ups can read it there too.
gift-yes = Yes please
gift-no = No thank you
gifts-got = I was given these
gifts-given = I gave these
gift-from = From your { $title } { $name }
gift-written-to = It is written to { $name }.
gift-waits = { $name } has not answered yet.
gift-is-there = Stands in { $names } book.
gift-take-out = Take the page out of my book
gift-take-out-note = Then your book does not have it. { $name } still has the page.
gift-take-back = Take it back
give-page = Give the page to a brother or sister
give-it = Give it to { $name }
give-who-sees = Then the page stands in the other book. The grown-ups there can read it too. They cannot see the rest of your book.
give-back-note = You can always take it back.
give-may-not = This page cannot be given. Ask a grown-up if you wonder why.
given-to = You gave the page to { $names }
done-given = The page is given. Now the other one has to say yes.
done-giftyes = Now the page is in your book.
done-giftno = You said no thank you.
done-giftended = The page is taken away.
siblings-title = Siblings
siblings-of = { $names } siblings
siblings-lead = Siblings can give each other pages, one at a time. It counts when it stands with both children. Consider whether the two may have contact.
sibling-unknown = A child in another book
sibling-waits = It must stand with the other child too before it counts.
sibling-add = Write down a brother or sister
sibling-who = Who is it?
sibling-elsewhere = A child I am not the caseworker of
sibling-number = The child's number
sibling-number-note = Only when the child has another caseworker. Get the number from your colleague, and give yours.
sibling-title = What is the other child to this one?
sibling-title-note = For example little brother, sister or half-brother.
sibling-save = Write it down
sibling-own-number = This child's own number, for your colleague:
sibling-remove = Should count no more
sibling-remove-note = The pages they gave each other close at once.
done-sibling = It is written down.
done-siblinggone = It counts no more. The pages are closed.

## Reading further ahead
ahead-title = Let the child read further ahead
ahead-lead = { $name } reads what fits the age. Here you can open what is written for older children.
ahead-how-far = How far may { $name } read?
ahead-own = As now: { $age }
ahead-to = { $age }
ahead-note = Pages that wait do not open. Read what you open yourself first.
ahead-said = { $name } chose it last, { $day }.
ahead-go = Read as { $age }
ahead-back = Read as I usually do
done-ahead = It is saved.
home-protected = The place is secret
home-protected-note = Only those who live there, the caseworker and the child see where it is. It is never printed.
home-is-protected = Secret place
home-protect = Make the place secret
home-unprotect = The place is no longer secret
done-place = It is saved.

## My goals and dreams
goals-title = My goals and dreams
goals-of = { $names } goals and dreams
goals-theirs = Goals and dreams
goals-plan = I want this now
goals-plan-of = Right now
goals-dream = I dream of this
goals-dream-of = Dreams
goals-none-of = Nothing stands here yet. It is the child who chooses.
goal-new-plan = What do you want?
goal-new-dream = What do you dream of?
goal-save = Write it down
goal-tick = I did it
goal-untick = Not yet after all
goal-reached = Done { $day }
goal-remove = Take it away
goal-remove-note = Then it is not in the book any more.
step-add = Write what you do
step-words = What do you do for it? Write so that the child understands.
step-save = Write it down
step-do = It is done
step-undo = Not done after all
step-done = Done
done-goal = It is written down.

## A new name
arrange-before = Did you have another name?
arrange-called-before = What were you called before?
arrange-called-before-note = Then it stands beside the old pages. Write only if you want to.
called-then-you = Then you were called { $name }.
called-then = Then { $child } was called { $name }.

## Finding one's book again
find-door = Did you live in care, and have no login?
find-title = Find your book again
find-lead = Did you live away from home as a child? Then there may be a book about you, and papers. Here you ask the archive to look. You need no login, and you need not say why.
find-how = This is how it goes
find-how-tell = You tell who you are, and what you were called then.
find-how-hear = The archive writes to you { $count ->
    [one] within one working day
   *[other] within { $count } working days
}.
find-how-show = You show who you are: at the town hall, by video or by post, as suits you.
find-how-two = Two archivists look, each alone. Only when both have found the same does the book open.
find-how-open = Then you come into your book and can take everything home.
find-name = Your name today
find-names-then = What were you called as a child?
find-names-then-note = All the names you remember. Also if you have changed your name or were adopted.
find-born = Your birthday
find-municipality = Which municipality is to look?
find-municipality-note = The one that helped you when you were a child. If it has been merged with another, choose the one it is called today.
find-places = Where did you live, and with whom?
find-places-note = What you remember. Towns, places and names help. You may leave it empty.
find-reach = How may the archive reach you?
find-reach-note = A telephone number or an address, also abroad.
find-send = Ask the archive to look
find-kept = What you write is kept safe, and only the municipality’s archivists read it.
claim-title-looking = The archive is looking
claim-title-found = Your book is found
claim-title-not_found = We cannot open a book
claim-looking = The archive of { $municipality } has what you wrote. Two archivists look, each alone.
claim-answer-by = You hear from the archive by { $day }.
claim-keep = Keep the address of this page
claim-keep-note = It is your only way back here. Write it down, or bookmark the page. Give it to nobody.
claim-bring = Please find these
claim-bring-id = Passport, driving licence or another card with a picture.
claim-bring-name = If you have changed your name: certificate of baptism, name or marriage.
claim-bring-adopted = If you were adopted: the order, if you have it.
claim-bring-none = No papers? Write so here. The archive knows other ways.
claim-messages = Your messages
claim-write = Write to the archive
claim-send = Send
claim-found = Two archivists have found your book. It is yours. You can read it here and take everything home.
claim-open = Open my book
claim-open-until = You can come in from here up to and including { $day }. Make a login once you are in. Then you can always come back.
claim-not-found = The archive has looked, and we cannot open a book from what we know.
claim-not-found-next = Another municipality may have it, or a proof may be missing. Call { $municipality } if you want to talk to somebody about it. You can ask them to look again as often as you like.
claim-again = Tell it again
claim-told-on = Written { $day }.
claim-you = You
claim-asker = Whoever asks
claims-desk = They are looking for their book
claim-stage-looking = Being looked for
claim-stage-differs = Two have found different things
claim-stage-found = Found
claim-stage-not_found = Not found or not proven
claim-looked-count = { $count ->
    [one] One has looked
   *[other] { $count } have looked
}
claim-of = { $name } is looking for their book
claim-name = Name today
claim-names-then = Names as a child
claim-born = Born
claim-places = Lived
claim-reach = Is reached at
claim-desk-looking = Two archivists look, each alone.
claim-desk-differs = You have found different things. Talk, look at the proofs, and look again.
claim-desk-found = Two have found the same book. Whoever asked can come in.
claim-desk-not_found = Two have looked and found no book that is proven.
claim-desk-due = Write to whoever asks by { $day }.
claim-desk-late = Whoever asks should have heard something by { $day }.
claim-told = What the asker tells
claim-told-unproven = None of it is proof.
claim-looked = Who has looked
claim-looked-alone = Has looked. What was found you see once you have looked yourself.
claim-chose = Found { $name }.
claim-chose-one = Found a book.
claim-chose-none = Found none that is proven.
claim-look = Look
claim-look-note = Look alone, and tell the asker nothing: no names, no places, not whether there is anything. Let the asker tell you what only they can know.
claim-whose = Whose book is it?
claim-before = before
claim-birthday-same = The same birthday.
claim-birthday-near = Nearly the same birthday.
claim-birthday-other = Another birthday.
claim-names-alike = { $count ->
    [one] One name is the same.
   *[other] { $count } names are the same.
}
claim-places-alike = { $count ->
    [one] One place is the same.
   *[other] { $count } places are the same.
}
claim-has-owner = Somebody is registered as the one the book is about. Is it the same person?
claim-none = None of them, or not proven
claim-proof = What have you seen that proves it?
claim-proof-note = Which papers, where and when. It is kept.
claim-save = Keep what I found
claim-desk-write = Write to the asker
claim-desk-write-note = For example when they can come by, and what to bring. Never write what you have found.
done-finding = What you found is kept.

## Covered for somebody else's sake
covered-title = What is covered?
covered-lead-own = Some of your book is about others too. Here it says what is covered for their sake, why, who decided it, and when somebody looks at it again. What lies beneath is kept unchanged.
covered-lead = Here it says what is covered for somebody else's sake. The person the book is about reads the same. The original lies in the archive unchanged.
covered-nothing = Nothing is covered.
covered-words-page = Words on the page
covered-words-book = Words in all of the book
covered-words-file = Words in a file
covered-spot-file = A spot on page { $page } of the file
covered-spot-page = A spot on the page
covered-spot-book = A spot
covered-whole-page = All of the page
covered-whole-file = All of the file
covered-whole-book = All of it
covered-state-proposed = Proposed.
covered-state-standing = Covered.
covered-state-sent_back = Sent back. It is not covered.
covered-state-lifted = Open again.
covered-matter-identity = It is about who or where somebody else is.
covered-matter-health = It is about somebody else's health.
covered-matter-private_life = It is about somebody else's private life.
covered-matter-source = It is about who turned to the municipality.
covered-review = Somebody looks at it again by
covered-overdue = That is now.
covered-by = { $who } decided it on { $day }.
covered-by-two = { $who } proposed it on { $day }, and { $second } agreed.
covered-sent_back-by = { $who } sent it back on { $day }.
covered-lifted-by = { $who } opened it on { $day }.
covered-beneath = See what lies beneath
covered-beneath-file = Fetch the file
covered-agree = I agree: cover it
covered-send-back = Send back
covered-send-back-words = Why should it not be covered?
covered-lift = Open it again
covered-lift-note = The person can read it at once. Where they have a folder from the archive, a new one comes.
covered-lift-words = A word about it. The person reads it.
covered-ask-again = You can always ask the archive to look at it again.
covered-ask-again-send = Write to the archive
done-covered = It is saved.
facsimile = See the paper here
facsimile-alt = First page of { $name }
cover-form-title = Cover something for somebody else's sake
cover-form-lead = Cover only what belongs to somebody else's private life, and no more than is needed. What the person has written, read or knows is not covered. The original never changes.
cover-form-texts = What it says
cover-form-files = If it is in a picture or on a paper, choose the file:
cover-form-words = The words to be covered
cover-form-words-note = A name or a sentence on each line, as they stand. They are covered in every version of the page, in capitals and with endings too.
cover-form-where = Where?
cover-form-where-page = The words on this page
cover-form-where-book = The words everywhere in the book
cover-form-where-whole = All of the page
cover-form-whole-file = Cover all of the file
cover-form-spot = A spot
cover-form-spot-note = Draw a box on the picture, or write the numbers: thousandths of its width and height.
cover-form-picture = The file as it is
cover-form-page = Page { $page }.
cover-form-page-before = The page before
cover-form-page-after = Next page
cover-form-left = From the left
cover-form-top = From the top
cover-form-width = Width
cover-form-height = Height
cover-form-matter = What lies beneath?
cover-matter-identity = Who or where somebody else is
cover-matter-health = Somebody else's health
cover-matter-private_life = Somebody else's private life
cover-matter-source = Who turned to the municipality
cover-form-reason = Why?
cover-form-reason-note = The person reads it. Write it so that it can be understood, without telling what lies beneath.
cover-form-ground-note = The law and its section.
cover-form-review = Somebody looks at it again by
cover-form-review-when = Or when
cover-form-review-when-note = What may open it before: that somebody says yes, or is no longer alive.
cover-form-two = Somebody else's name, address or telephone you can cover alone. Anything else, and whole pages and files, waits for a yes from another.
cover-form-send = Cover it
request-covered = { $count ->
    [one] One place is covered for somebody else's sake.
   *[other] { $count } places are covered for somebody else's sake.
}
package-covered = What is covered, and why
covers-due = Covers to be looked at again
covers-due-count = { $count ->
    [one] On one page or file
   *[other] On { $count } pages and files
}

## What is gone
losses-title = What is gone
losses-lead = Something was there and is not here. It says so here, so that nobody looks in vain, and so that it can be found.
losses-none = Nobody has written that something is gone.
loss-became-destroyed = It was thrown out or shredded.
loss-became-lost = Nobody knows where it is.
loss-became-withheld = It lies somewhere else and is not given out.
loss-became-found = It has turned up.
loss-kept-by = It was last with
loss-known-from = We know from:
loss-told-by = Written by { $who } on { $day }.
loss-found = It has turned up
loss-wrong = That is not right
loss-tell = Write that something is gone
loss-what = What is it?
loss-what-note = An album, a teddy bear, a diary, a file.
loss-became = What became of it?
loss-choice-destroyed = It was thrown out
loss-choice-lost = Nobody knows
loss-choice-withheld = It lies somewhere we cannot get it
loss-known = How do you know that it was there?
loss-known-note = You saw it yourself, or it is written somewhere.
loss-where = Where did somebody see it last?
loss-words = What else do you know?
loss-from = From when is it?
loss-until = Until when?
done-loss = It is saved.
package-losses = What is gone
found-loss = { $count ->
    [one] thing that is gone
   *[other] things that are gone
}

## Warnings before a page
forewarned-lead = Before you read the page, somebody wants to say:
forewarned-calm = You decide. The page stays, and it can be read another day.
forewarned-read = Read the page
forewarned-not-now = Not today
forewarned-talk = Talk to somebody
forewarned-tile = There is a word before the page, before you read it.
warning-form-title = Write a warning before the page
warning-form-lead = When the one the book is about is grown, the words stand before the page. Write what may be hard, without telling all of it. Say how it went too.
warning-words = The warning
warning-words-note = This is about violence. It was written by the police. It ended well.
warning-remove = Remove
done-warning = It is saved.
package-warning = Warning

## Somebody who reads along
helper-title = Read together with somebody
helper-lead = Some pages are easier to read together. You can let somebody you trust read along today. At midnight the book closes for them again.
helper-ready = Send the link to { $name }
helper-link-note = The link works once and is not shown again. The list of who has read tells what was opened.
helper-name = What is the one who reads along called?
helper-name-note = A first name is enough.
helper-invite = Make a link for today
helper-owner = See whom you have let in, and end it
claim-papers = Papers that show who you are
claim-papers-note = A picture of your passport or your certificate of name is enough. It is locked away with what you wrote, and only the archivists can see it.
claim-paper = Picture or PDF
claim-paper-send = Send the paper

## Another's book, when somebody has died
find-title-anothers = Papers about somebody who has died
find-lead-anothers = Has somebody close to you died who grew up away from their home? Or do you do research? Here you ask the archive whether you may have something of what there is. The papers belong to the one they are about. That is why they are closed, unless the person said yes themselves or the terms have passed.
find-how-tell-anothers = You say who you are, whom it is about, and why you ask.
find-how-two-anothers = Two archivists look at it, each alone. You are not told whether there is anything until both have said that it may be opened.
find-how-open-anothers = Then it is read through, and what is others' is covered. Two decide, and you have the answer here.
find-rules = Who can be given something?
find-asks-as = Who are you?
find-asks-as-next_of_kin = Next of kin: child, sibling, parent, partner or foster family
find-asks-as-researcher = I do research
find-asks-as-anyone = Somebody else
find-purpose = Why do you ask?
find-purpose-note = Who you are to the person, or what it is for.
find-names-then-anothers = What was the name of the one it is about?
find-names-then-note-anothers = Every name you know. Those of their childhood too.
find-born-anothers = The person's birthday
find-municipality-note-anothers = The municipality that helped the person as a child. If it was merged with another, choose the one it is called today.
find-places-anothers = Where did the person live, and with whom?
find-own-door = Is it about yourself? Then begin here.
find-anothers-door = Is it about somebody who has died?
claim-title-asked = The archive is looking at it
claim-looking-anothers = The archive in { $municipality } has what you wrote. Two archivists look at it, each alone.
claim-not-found-anothers = We cannot give you anything. Either there is no book, or it is not open to others. Which of the two we do not say, since the papers are another person's.
claim-now-received = Two archivists have said that it may be opened. One of them will take your request soon.
claim-now-acknowledged = An archivist is at it and is about to look.
claim-now-searched = What there is has been looked for. Now it is read through, and what is others' is covered.
claim-now-reviewed = It has been read through. Now the answer is missing. Two have to agree on it.
claim-now-decided = You have your answer.
claim-now-delivered = You have your answer, and the pages are here.
claim-now-withdrawn = The request is closed.
claim-package = Pages of the book
claim-package-note = The pages, pictures and papers in one file. Open index.html in it, and all of it is there, without the internet. It is about another person's life: take care of it.
claim-package-fetch = Fetch the pages ({ $size })
claim-papers-note-anothers = A picture of your passport, and whatever shows that the person has died and who you are to them. It is locked away with what you wrote, and only the archivists can see it.
claim-bring-death = A death certificate or the probate court's certificate.
claim-bring-kin = Something that shows who you are to the person: a certificate of birth, baptism or marriage.
claim-bring-research = If you do research: the project, and who approved it.
claim-stage-asked = May be opened: the request is on your desk
claim-desk-asked = Two have found the same book, and it may be opened. The request has been made.
claim-of-outsider = { $name } asks about somebody who has died
claim-asks-as = Asks as
claim-purpose = Why
claim-askers-name = Who asks
claim-dead-names = Whom it is about
claim-request = Go to the request
claim-died = Died { $day }.
claim-may-be-opened = It may be opened for whoever asks.
claim-said = Said themselves:
claim-title-answered = You have your answer
claim-look-outsider = Look for three things: that the person has died, that whoever asks is who they say, and that it is the right book. The rules for who may be given something are checked when you save.
request-outsider-next_of_kin = Next of kin ask for papers about { $name }, who has died.
request-outsider-researcher = A researcher asks for papers about { $name }, who has died.
request-outsider-anyone = Somebody else asks for papers about { $name }, who has died.
request-outsider-note = Only pages of the book are given, what lies on them, and where the person lived. Read it through, and cover what is others'. A yes takes two as well.
afterwards-title = When you are no longer alive
afterwards-lead = Then the book closes. Nobody else is given anything of it unless you say so here. You do not have to answer.
afterwards-open = Say who may be given something
afterwards-next_of_kin = Those close to me, when they ask the archive
afterwards-researcher = Researchers, when they ask the archive
afterwards-unsaid = Say nothing
afterwards-yes = Yes
afterwards-no = No
afterwards-words = Would you like to say who, or who not?
afterwards-never = Even with a yes they are given only the pages of the book. Your own pages, your wishes and your gifts are never passed on. Two archivists look each time, and you can choose otherwise on any day.
afterwards-save = Save
done-afterwards = It is saved. You can always say something else.
death-title = Has the person died?
death-lead = Enter the day only when the death is proven. The book then closes for whoever came in as the person, and for those the person had let in. Nothing is deleted.
death-day = The day of death
death-undo = If it was a mistake, empty the field and save again.
death-save = Save
done-death = It is saved.
package-title-anothers = Pages of a life book
package-whole-figures-anothers = The archive's log has { $versions } deposits of the kinds that can be passed on. { $present } of them are here.
package-lead-anothers = These are the pages of the book, what lies on them, and where the person lived. It is not all there is.
package-yours-anothers = This is about another person's life. Take care of it as if it were your own.
problem-closed-by-death-title = The book is closed
problem-closed-by-death-detail = The register says that the one the book is about has died. So nobody can come into it as that person, or because that person let them in. Nothing is deleted.
problem-closed-by-death-next = If that is wrong, ring the municipality, and it will be put right. To ask for something in the book, begin at /find/andres.

## Words in old papers
old-words-title = Words in old papers
old-words-lead = Papers about you were written by others, in the words of their time. Here is what they meant.
old-words-note = A word in a file is not the whole truth about a person. Often it says more about those who wrote it.
old-words-years = The years
old-words-1905 = 1905-1933: værgerådet
old-words-1905-note = The municipality's værgeråd decided. The papers often lie in the city archive or the national archives.
old-words-1933 = 1933-1976: børneværnet
old-words-1933-note = The municipality's børneværn decided, and the state had homes of its own. Where the municipality was merged since, the new one has the papers.
old-words-1976 = 1976-1998: bistandsloven
old-words-1976-note = The municipality decided, and the county ran many of the places. Papers can lie with either.
old-words-1998 = 1998-2023: serviceloven
old-words-1998-note = The municipality decided. Where the parents said no, the committee for children and young people decided, with a judge among them.
old-words-2024 = From 2024: barnets lov
old-words-2024-note = The municipality decides, and the child is heard each time.
old-words-always = Words of all years
old-words-always-note = These words can stand in papers of many years.
old-words-door = Words in old papers
