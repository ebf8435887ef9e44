//! Things in words, Danish with English beside: for plain texts, tables and the bag's own facts.

use archive::package::Draft;
use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{Language, PageKind, When};
use renderer::labels::{age_label, date_label, when_label};
use uuid::Uuid;

use super::life::{Life, Piece};
use super::outcome::{Completeness, Outcome, Why};
use crate::app::danish_time;
use crate::domain::disposal::Signed;
use crate::domain::document::{Envelope, Kind, ReadPage, Role};
use crate::domain::entry::{Basis, Entry, Stance};
use crate::domain::own_page::{OwnPage, Question, Sharing};
use crate::domain::redaction::{Cover, Place, State, Target};
use crate::domain::request;
use crate::problem::Problem;

/// A day in both languages.
pub fn day(day: NaiveDate) -> String {
    both(&date_label(day, Language::Da), &date_label(day, Language::En))
}

pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    danish_time(at).date()
}

/// Danish, and English where it differs.
pub fn both(da: &str, en: &str) -> String {
    if da == en { da.to_owned() } else { format!("{da} / {en}") }
}

/// A version of a page of the book.
pub fn entry(life: &Life, envelope: &Envelope, entry: &Entry) -> String {
    let when = When { date: entry.occurred_on, precision: entry.precision };
    let mut lines = vec![
        entry.title.clone(),
        String::new(),
        line("Hvad", "What", &page_kind(entry.kind)),
        line("Hvornår", "When", &both(&when_label(when, Language::Da), &when_label(when, Language::En))),
    ];
    lines.extend(entry.place.as_ref().map(|place| line("Hvor", "Where", place)));
    lines.extend(entry.people.as_ref().map(|people| line("Hvem", "Who", &people.join(", "))));
    lines.push(line("Skrevet af", "Written by", &writer(life, envelope, entry)));
    lines.push(line("Skrevet", "Written", &day(day_of(entry.written_at))));
    lines.extend(entry.basis.map(|basis| line("Ved det fra", "Knows it by", basis_words(basis))));
    lines.extend(entry.stance.map(|stance| line("Det er", "It is", stance_words(stance))));
    lines.extend(
        entry.purpose.as_ref().map(|purpose| line("Hvorfor det står her", "Why it is here", purpose)),
    );
    lines.push(line("Udgave", "Version", &envelope.version.to_string()));
    for text in &entry.texts {
        let band = both(&age_label(text.band, Language::Da), &age_label(text.band, Language::En));
        lines.push(format!("\n--- {} ({})\n", line("Skrevet til", "Written for", &band), text.language));
        lines.push(text.text.clone());
    }
    lines.join("\n") + "\n"
}

/// Who wrote a version: the author, and who corrected it where that was somebody else.
pub fn writer(life: &Life, envelope: &Envelope, entry: &Entry) -> String {
    let mut words = life.name(entry.author).to_owned();
    if !entry.author_title.is_empty() {
        words += &format!(", {}", entry.author_title);
    }
    if let Some(by) = envelope.deposited_by.filter(|by| *by != entry.author) {
        let name = life.name(by);
        words += &format!(" ({})", both(&format!("rettet af {name}"), &format!("corrected by {name}")));
    }
    words
}

/// A version of a page that the child made itself.
pub fn own_page(life: &Life, envelope: &Envelope, page: &OwnPage) -> String {
    let mut lines = vec![
        page.title.clone(),
        String::new(),
        line("Hvad", "What", &both("En side, du selv har lavet", "A page you made yourself")),
        line("Lavet", "Made", &day(day_of(page.made_at))),
        line("Delt med", "Shared with", &sharing(life, &page.sharing)),
        line("Udgave", "Version", &envelope.version.to_string()),
    ];
    lines.extend(page.faces.iter().map(|face| format!("{}: {} / 4", question(face.question), face.face)));
    lines.push(String::new());
    lines.push(page.text.clone());
    lines.join("\n") + "\n"
}

pub fn sharing(life: &Life, sharing: &Sharing) -> String {
    match sharing {
        Sharing::Nobody => both("ingen", "nobody"),
        Sharing::Everyone => both("alle, der læser bogen", "everybody who reads the book"),
        Sharing::Some { people } => {
            people.iter().map(|person| life.name(*person)).collect::<Vec<_>>().join(", ")
        }
    }
}

fn line(da: &str, en: &str, value: &str) -> String {
    format!("{}: {value}", both(da, en))
}

pub fn question(question: Question) -> String {
    match question {
        Question::Said => both("Kunne du sige, hvad du ville", "Could you say what you wanted to"),
        Question::Understood => {
            both("Forstod du, hvad I talte om", "Did you understand what you talked about")
        }
        Question::Next => both("Ved du, hvad der sker nu", "Do you know what happens now"),
        Question::Place => both("Var tid og sted gode for dig", "Were time and place good for you"),
    }
}

pub fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Seen => "har selv set det / saw it",
        Basis::Heard => "har hørt det / was told",
        Basis::Read => "har læst det / read it",
    }
}

pub fn stance_words(stance: Stance) -> &'static str {
    match stance {
        Stance::Observation => "en iagttagelse / an observation",
        Stance::Assessment => "en vurdering / an assessment",
    }
}

pub fn page_kind(kind: PageKind) -> String {
    let (da, en) = match kind {
        PageKind::Photo => ("Billede", "Picture"),
        PageKind::Story => ("Historie", "Story"),
        PageKind::Document => ("Papir", "Paper"),
        PageKind::Sound => ("Lyd", "Sound"),
        PageKind::Video => ("Film", "Film"),
        PageKind::Event => ("Oplevelse", "Event"),
        PageKind::Letter => ("Brev", "Letter"),
        PageKind::Thing => ("Ting", "Thing"),
        PageKind::Decision => ("Beslutning", "Decision"),
        PageKind::Talk => ("Samtale", "Talk"),
        PageKind::Drawing => ("Tegning", "Drawing"),
        PageKind::Statement => ("Egne ord", "Own words"),
    };
    both(da, en)
}

/// A version by its kind, and by its file's name where it is missing.
pub fn what(life: &Life, piece: &Piece) -> Result<String, Problem> {
    let called = life.called(piece)?.map(|name| format!(" »{name}«")).unwrap_or_default();
    Ok(kind(piece.kind) + &called)
}

pub fn kind(kind: Kind) -> String {
    let (da, en) = match kind {
        Kind::Municipality => ("kommunen", "the municipality"),
        Kind::Person => ("en person", "a person"),
        Kind::Child => ("dit kort: navn og fødselsdag", "your card: name and birthday"),
        Kind::Placement => ("et hjem", "a home"),
        Kind::Assignment => ("en voksens opgave", "an adult's role"),
        Kind::Media => ("en fil", "a file"),
        Kind::Entry => ("en side", "a page"),
        Kind::OwnPage => ("en side, du selv har lavet", "a page you made yourself"),
        Kind::Relation => ("en i dit liv", "somebody in your life"),
        Kind::School => ("en skole eller klub", "a school or club"),
        Kind::Choices => ("dine egne valg i bogen", "your own choices in the book"),
        Kind::LookAhead => ("hvor langt frem du måtte læse", "how far ahead you might read"),
        Kind::Sibling => ("en bror eller søster", "a brother or sister"),
        Kind::Gift => ("en side, du har givet", "a page you gave"),
        Kind::Goal => ("et mål eller en drøm", "a goal or a dream"),
        Kind::Ownership => ("hvem du lader læse i bogen", "whom you let read the book"),
        Kind::OwnPackage => ("en mappe, du har hentet", "a folder you took home"),
        Kind::Meeting => ("et møde", "a meeting"),
        Kind::Wish => ("et ønske", "a wish"),
        Kind::Edition => ("en trykt bog", "a printed book"),
        Kind::Readings => ("hvem der har læst", "who has read"),
        Kind::Hold => ("en bøn om, at noget bliver", "a request that something stay"),
        Kind::Disposal => ("et forslag om at tage noget ud", "a proposal to take something out"),
        Kind::Request => ("en anmodning til arkivet", "a request to the archive"),
        Kind::Redaction => ("noget, der blev dækket", "something that was covered"),
        Kind::Loss => ("noget, der er blevet væk", "something that is gone"),
        Kind::ContentWarning => ("en advarsel foran en side", "a warning before a page"),
        Kind::Claim => ("en, der ledte efter sin bog", "somebody who looked for their book"),
        Kind::Fixity => ("et eftersyn af arkivet", "a check of the archive"),
    };
    both(da, en)
}

pub fn role(role: Role) -> String {
    let (da, en) = match role {
        Role::Own => ("dig selv", "yourself"),
        Role::Carer => ("voksen, hvor du boede", "adult where you lived"),
        Role::Caseworker => ("din rådgiver", "your caseworker"),
        Role::SupportPerson => ("din støtteperson", "your support person"),
        Role::Invited => ("inviteret", "invited"),
        Role::System => ("kommunens system", "the municipality's system"),
        Role::Leader => ("leder", "leader"),
        Role::Archivist => ("arkivar", "archivist"),
        Role::ChosenReader => ("læser, fordi du har valgt det", "reads because you chose so"),
        Role::Outsider => ("har fået noget af bogen", "was given something of the book"),
        Role::ChosenWriter => {
            ("læser og skriver, fordi du har valgt det", "reads and writes because you chose so")
        }
    };
    both(da, en)
}

/// What was read; of a page only that it was one, unless it is in the package.
pub fn read_page(life: &Life, page: ReadPage) -> String {
    let titled = |id: Uuid, da: &str, en: &str| match life.title(id).filter(|title| !title.is_empty()) {
        Some(title) => both(&format!("siden »{title}«"), &format!("the page \"{title}\"")),
        None => both(da, en),
    };
    let (da, en) = match page {
        ReadPage::Book => ("bogen", "the book"),
        ReadPage::Entry(id) => return titled(id, "en side", "a page"),
        ReadPage::OwnPage(id) => return titled(id, "en side, du selv har lavet", "a page you made yourself"),
        ReadPage::Gift(_) => ("en side fra din bror eller søster", "a page from your brother or sister"),
        ReadPage::Media(_) => ("en fil", "a file"),
        ReadPage::Edition(_) => ("en trykt bog", "a printed book"),
        ReadPage::Card => ("navn, alder og hjem", "name, age and homes"),
        ReadPage::Entries => ("listen over sider", "the list of pages"),
        ReadPage::AccessLog => ("listen over, hvem der har læst", "the list of who has read"),
        ReadPage::Disposals => ("listen over, hvad der er taget ud", "the list of what was taken out"),
        ReadPage::Request(_) => ("din anmodning til arkivet", "your request to the archive"),
        ReadPage::Package(_) => ("alt, hvad arkivet har om dig", "everything the archive has about you"),
    };
    both(da, en)
}

/// What the archive answered.
pub fn decision(outcome: &request::Outcome) -> String {
    let (da, en) = match outcome {
        request::Outcome::Granted => ("Svar: ja", "Answer: yes"),
        request::Outcome::GrantedInPart { .. } => ("Svar: ja, noget af det", "Answer: yes, some of it"),
        request::Outcome::Refused { .. } => ("Svar: nej", "Answer: no"),
    };
    let no = outcome.no().map(|no| {
        let complain = both("Klag til", "Complain to");
        format!(". {} {}. {complain}: {}, {}", no.reason, no.ground, no.complain_to, day(no.complain_by))
    });
    both(da, en) + &no.unwrap_or_default()
}

/// What became of a version, in a sentence.
pub fn outcome(life: &Life, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Present => both("i pakken", "in the package"),
        Outcome::Told => both("i pakken, fortalt i ord", "in the package, told in words"),
        Outcome::Covered => both(
            "i pakken, med steder dækket; daekket.txt fortæller hvorfor",
            "in the package, with places covered; daekket.txt tells why",
        ),
        Outcome::HeldBack(why) => held_back(life, why),
        Outcome::Disposed(_) => both(
            "taget ud for altid; udtaget.txt fortæller hvorfor",
            "taken out for good; udtaget.txt tells why",
        ),
        Outcome::NoKey => both("MANGLER: nøglen er væk", "MISSING: its key is lost"),
        Outcome::Missing => both("MANGLER: den ligger ikke i arkivet", "MISSING: it is not in the archive"),
        Outcome::Damaged => {
            both("ØDELAGT: den er ikke, som den blev forseglet", "DAMAGED: it is not as it was sealed")
        }
    }
}

fn held_back(life: &Life, why: &Why) -> String {
    match why {
        Why::Waits { reason, decided_by, ask, review_on, opens_on } => {
            let (by, opens, review) = (life.name(*decided_by), *opens_on, *review_on);
            let date = |of, language| date_label(of, language);
            // A reason may tell what waits: it is for the grown.
            let reason = if life.is_own_grown() { format!(": {reason}") } else { ".".to_owned() };
            both(
                &format!(
                    "holdt tilbage af {by}{reason} Spørg {ask}. Ses på igen {}, åbner senest {}",
                    date(review, Language::Da),
                    date(opens, Language::Da)
                ),
                &format!(
                    "held back by {by}. Ask {ask}. Looked at again {}, opens by itself {}",
                    date(review, Language::En),
                    date(opens, Language::En)
                ),
            )
        }
        Why::WithAdult => both("til at læse sammen med en voksen", "to be read together with an adult"),
        Why::OwnOfChild => both("barnets egen, så længe det er barn", "the child's own, while it is a child"),
        Why::NotForOthers => {
            both("gives ikke videre til andre", "not given to anybody but the one it is about")
        }
        Why::OnlyOnThose => both(
            "en fil, der kun står på sider, som ikke er i pakken",
            "a file that only stands on pages that are not in the package",
        ),
        Why::Covered => both(
            "dækket helt for en andens skyld; daekket.txt fortæller hvorfor",
            "all of it covered for somebody else's sake; daekket.txt tells why",
        ),
        Why::PrintedBefore => both(
            "trykt, før noget blev dækket; bogen i pakken er trykt på ny",
            "printed before something was covered; the book in the package is printed anew",
        ),
        Why::PerhapsAnothers => both(
            "nogen har sagt, at det hører til et andet barn; det bliver afgjort",
            "somebody has said that it belongs to another child; it is being decided",
        ),
    }
}

/// The bag's facts.
pub fn bag_info(life: &Life, completeness: &Completeness, draft: &mut Draft) {
    let Completeness { versions, present, covered, held_back, disposed, holes, unattributed } = completeness;
    draft.info("Source-Organization", life.municipality.clone());
    draft.info("External-Description", format!("Livsbog: {}, født {}", life.child.name, life.child.born));
    draft.info("External-Identifier", format!("urn:uuid:{}", life.id));
    draft.info("Bag-Software-Agent", concat!("livsbog ", env!("CARGO_PKG_VERSION")));
    let word = if completeness.is_whole() { "complete" } else { "INCOMPLETE" };
    draft.info(
        "Completeness",
        format!(
            "{word}: of {versions} sealed versions {present} are here, {covered} of them with places covered, {held_back} held back, {disposed} disposed of, \
             {holes} MISSING OR DAMAGED; {unattributed} in the log belong to nobody any more"
        ),
    );
    draft.info("Log-Size", life.moment.checkpoint.size.to_string());
}

/// One cover, in lines.
pub fn cover(life: &Life, of: Target, cover: &Cover) -> Vec<String> {
    let titled = |id: Uuid| life.title(id).map(|title| format!(" »{title}«")).unwrap_or_default();
    let on = match of {
        Target::Entry(id) => both("siden", "the page") + &titled(id.0),
        Target::Media(_) => both("en fil", "a file"),
        Target::Book => both("hele bogen", "all of the book"),
    };
    let place = match &cover.place {
        Place::Words { .. } => both("Ord på", "Words on"),
        Place::Spot(spot) => {
            both("Et sted på", "A spot on")
                + &format!(" {},", both("side", "page") + &format!(" {}", spot.page))
        }
        Place::Whole => both("Alt på", "All of"),
    };
    let (da, en) = cover.matter.words();
    let by = |signed: &Signed| format!("{}, {}", life.name(signed.by), day(day_of(signed.at)));
    let mut lines = vec![
        format!("{place} {on}: {}", both(da, en)),
        format!("  {}", cover.reason),
        format!("  {}: {}", both("Hjemmel", "Ground"), cover.ground),
        format!("  {}: {}", both("Dækket af", "Covered by"), by(&cover.proposed)),
    ];
    match &cover.state {
        State::Standing { second } => {
            lines.extend(second.iter().map(|second| format!("  {}: {}", both("Enig", "Agreed"), by(second))));
            let when = cover.review_when.as_ref().map(|when| format!(" ({when})")).unwrap_or_default();
            let again = both("Ses på igen senest", "Looked at again by");
            lines.push(format!("  {again}: {}{when}", day(cover.review_on)));
        }
        State::Lifted { signed, words } => {
            let words = words.as_ref().map(|words| format!(" {words}")).unwrap_or_default();
            lines.push(format!("  {}: {}.{words}", both("Åbnet igen", "Opened again"), by(signed)));
        }
        State::Proposed | State::SentBack { .. } => {}
    }
    lines.push(String::new());
    lines
}
