//! Samples of the pages around the book.

use super::{Sampled, date, moment, picture};
use crate::book::{AgeBand, ChapterKind, Cloth, Language, PageKind, Picture, Precision};
use crate::html::*;
use crate::layout::Size;

impl Sampled for WayIn {
    fn samples() -> Vec<(&'static str, Self)> {
        let door = |to: &str| Door { href: format!("/ind?next={to}") };
        let persona = |name: &str, role_label: &str, note: &str| Persona {
            name: name.into(),
            role_label: role_label.into(),
            note: note.into(),
            href: "/ind/demo/1".into(),
        };
        let plain =
            Self { read: door("/bog"), write: door("/bidrag"), archive: door("/arkiv"), personas: vec![] };
        let personas = vec![
            persona("Karen Holm", "plejemor", "Lægger billeder i Almas bog."),
            persona("Alma", "9 år", "Læser sin egen bog."),
            persona("Mette Lund", "rådgiver", "Ser overblikket."),
            persona("مريم Ålborg <b>", "voksen, 34 år", "Henter sit arkiv."),
        ];
        vec![("plain", plain.clone()), ("demo", Self { personas, ..plain })]
    }
}

impl Sampled for SignIn {
    fn samples() -> Vec<(&'static str, Self)> {
        let blank = Self { next: "/bidrag".into(), user_name: String::new(), trouble: None, logins: vec![] };
        let after =
            |trouble| Self { user_name: "karen\"><b>".into(), trouble: Some(trouble), ..blank.clone() };
        vec![
            ("blank", blank.clone()),
            ("wrong", after(SignInTrouble::Wrong)),
            ("many", after(SignInTrouble::TooMany { wait_minutes: 5 })),
            ("expired", after(SignInTrouble::Expired)),
            (
                "logins",
                Self { logins: vec![login("MitID", false), login("<b>Medarbejder</b>", false)], ..blank },
            ),
        ]
    }
}

fn login(name: &str, connected: bool) -> Login {
    let forget = connected.then(|| "/ind/login/mitid/fjern".into());
    Login { name: name.into(), href: "/ind/login/mitid?next=/bidrag".into(), forget }
}

impl Sampled for Logins {
    fn samples() -> Vec<(&'static str, Self)> {
        let logins = vec![login("MitID", true), login("<b>Medarbejder</b>", false)];
        vec![("two", Self { logins, next: "/bidrag".into() })]
    }
}

impl Sampled for SignedOut {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("there-too", Self { login: Some(login("MitID", false)) }), ("here", Self { login: None })]
    }
}

impl Sampled for Shelf {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |title: &str, name: &str, cover: Option<Picture>| ShelfBook {
            child: "b1".into(),
            title: title.into(),
            child_name: name.into(),
            cover: cover.as_ref().map(PictureView::new),
            cloth: Cloth::Plum,
            band: AgeBand::From7,
        };
        let books = vec![
            of("Almas bog", "Alma", Some(picture("p1", "Et æbletræ", 4032, 3024))),
            of("Jonas’ bog", "Jonas", Some(picture("p3", "En vej", 3024, 4032))),
            of("مريم <i>", "مريم", None),
        ];
        vec![("three", Self { books }), ("empty", Self { books: vec![] })]
    }
}

impl Sampled for Help {
    fn samples() -> Vec<(&'static str, Self)> {
        let line = HelpLine {
            name: "Mols Kommunes døgnvagt".into(),
            number: "70 12 34 56".into(),
            hours: Some("Hele døgnet".into()),
            sms: true,
        };
        vec![("one", Self { lines: vec![line] }), ("none", Self { lines: vec![] })]
    }
}

impl Sampled for Problem {
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            title: "Den side findes ikke".into(),
            detail: Some("Måske er den flyttet, eller også er den ikke åben for dig endnu.".into()),
            next_step: Some("Gå til forsiden, og prøv igen derfra.".into()),
            code: "not_found".into(),
        };
        let short = Self { detail: None, next_step: None, ..full.clone() };
        vec![("full", full), ("short", short)]
    }
}

impl Sampled for WhoRead {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |band, readings: &[ReadingRow], older: Option<&str>| {
            Self::new("b1".into(), "Almas bog".into(), band, readings, older.map(str::to_owned))
        };
        let mut let_in = of(AgeBand::From7, &readings(), None);
        let_in.let_in = super::devices::let_in();
        vec![
            ("full", of(AgeBand::From7, &readings(), Some("/bog/b1/hvem?cursor=x"))),
            ("small", of(AgeBand::From3, &readings(), None)),
            ("grown", of(AgeBand::Adult, &readings(), None)),
            ("empty", of(AgeBand::From10, &[], None)),
            ("let-in", let_in),
        ]
    }
}

impl Sampled for LookForm {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("front", Self { back_to: String::new() }),
            ("page", Self { back_to: "/bog/b1/side/e1?age=7\"><b>".into() }),
        ]
    }
}

impl Sampled for Editions {
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Self { child: "b1".into(), book_title: "Almas bog".into(), age: 9, editions: editions() };
        let grown = Self { age: 34, editions: vec![], ..full.clone() };
        vec![("full", full), ("grown", grown)]
    }
}

impl Sampled for Overview {
    fn samples() -> Vec<(&'static str, Self)> {
        let child = |name: &str, age, entries, quiet: Option<u32>| ChildRow {
            href: "/overblik/b1".into(),
            name: name.into(),
            age,
            homes: 2,
            entries,
            last_entry_on: quiet.map(|_| date(2026, 8, 4)),
            quiet_days: quiet,
            book_href: (age > 5).then(|| "/bog/b1".into()),
        };
        let children = vec![
            child("Villads Emil Speciallægepraksisplanlægningsstabiliseringsperiode", 5, 0, None),
            child("مريم <b>", 14, 1, Some(111)),
            child("Alma Holm", 9, 24, Some(2)),
        ];
        let jobs = Some(JobCounts { waiting: 3, running: 1, failed: 1 });
        let full = Self { municipality: "Mols Kommune".into(), children, jobs };
        let empty = Self { children: vec![], jobs: None, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for ArchiveHome {
    fn samples() -> Vec<(&'static str, Self)> {
        let kind = |kind, count| KindCount { kind, count };
        let year = |year, count| YearCount { year, count };
        let full = Self {
            child: "b1".into(),
            name: "Jonas".into(),
            municipality: "Mols Kommune".into(),
            entries: 31,
            waiting: 2,
            kinds: vec![
                kind(PageKind::Photo, 21),
                kind(PageKind::Story, 8),
                kind(PageKind::Thing, 1),
                kind(PageKind::Statement, 1),
            ],
            years: vec![year(Some(1994), 4), year(Some(1999), 21), year(Some(2010), 5), year(None, 1)],
            authors: vec![AuthorCount { title: "plejemor <b>".into(), count: 12 }],
            go_on_href: Some("/bog/b1/side/e5".into()),
            requests: vec![super::requests::row("searched", true), super::requests::row("received", false)],
            editions: editions(),
            readings: readings(),
            phone: Some("70 12 34 56".into()),
        };
        let empty = Self {
            entries: 0,
            waiting: 0,
            kinds: vec![],
            years: vec![],
            authors: vec![],
            go_on_href: None,
            requests: vec![],
            editions: vec![],
            readings: vec![],
            phone: None,
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}

fn child(id: &str, name: &str, picture: Option<Picture>) -> ChildChoice {
    ChildChoice {
        id: id.into(),
        name: name.into(),
        initials: name.chars().take(1).collect(),
        picture: picture.as_ref().map(PictureView::new),
        band: AgeBand::From7,
        people: ["Karen", "Ib", "Viggo <b>", "مريم"].map(String::from).to_vec(),
        places: ["Plejehjemmet i Mols", "Skolen"].map(String::from).to_vec(),
    }
}

fn blank_draft() -> Draft {
    Draft {
        child: None,
        kind: PageKind::Photo,
        title: String::new(),
        text: String::new(),
        texts: vec![],
        spoken: String::new(),
        reads: false,
        occurred_on: date(2026, 11, 23),
        precision: Precision::Day,
        people: vec![],
        place: String::new(),
        chapter: None,
        basis: "seen".into(),
        beside: None,
        wish: None,
        key: "k1".into(),
    }
}

fn contributions() -> Vec<Contribution> {
    let of = |title: &str, kind, state, href: Option<&str>| Contribution {
        title: title.into(),
        kind,
        child_name: "Alma".into(),
        written_on: date(2026, 11, 22),
        state,
        href: href.map(String::from),
    };
    vec![
        of("Vi plukkede æbler", PageKind::Photo, ContributionState::InBook, Some("/bog/b1/side/e1")),
        of("<b>Brev</b>", PageKind::Letter, ContributionState::Sealing, None),
        of("Samtalen om mor", PageKind::Talk, ContributionState::WithAdult, Some("/bog/b1/side/e8")),
        of("Det, der skete", PageKind::Story, ContributionState::HeldBack, None),
    ]
}

impl Sampled for Contribute {
    fn samples() -> Vec<(&'static str, Self)> {
        let one = Self {
            owner: "u1".into(),
            children: vec![child("b1", "Alma", None)],
            draft: blank_draft(),
            problem: None,
            sent: None,
            waits: super::adults::waits(),
            mine: contributions(),
            today: date(2026, 11, 23),
            photo_limit_bytes: 50_000_000,
            recording_limit_bytes: 2_000_000_000,
            file_limit_bytes: 100_000_000,
        };
        let several = Self {
            children: vec![
                child("b1", "Alma", Some(picture("p1", "", 4032, 3024))),
                child("b2", "Jonas", None),
                child("b3", "مريم <i>", None),
            ],
            draft: filled_draft(),
            problem: Some(ContributeProblem {
                title: "Billedet er ikke helt".into(),
                detail: Some("Filen slutter for tidligt.".into()),
                next_step: Some("Vælg billedet igen, og send det en gang til.".into()),
            }),
            waits: vec![],
            mine: vec![],
            ..one.clone()
        };
        let sent = Sent {
            title: "Vi plukkede æbler".into(),
            child_name: "Alma".into(),
            href: "/bog/b1/side/e1".into(),
        };
        let done = Self { sent: Some(sent), ..one.clone() };
        let none = Self { children: vec![], mine: vec![], ..one.clone() };
        vec![("one", one), ("several", several), ("done", done), ("none", none)]
    }
}

fn filled_draft() -> Draft {
    Draft {
        child: Some("b2".into()),
        kind: PageKind::Story,
        title: "Da vi fandt \"Viggo\" <b>".into(),
        text: "Han lå under trappen.".into(),
        texts: vec![DraftText { band: AgeBand::From3, text: "Kat!".into() }],
        spoken: "Hør, <b>gøgen</b>!".into(),
        reads: true,
        people: vec!["Karen".into()],
        place: "Skolen".into(),
        chapter: Some(ChapterKind::Things),
        precision: Precision::Season,
        beside: Some(ToldBeside { id: "e1".into(), title: "Da vi <i>flyttede".into() }),
        wish: Some(WishedFor { id: "w1".into(), name: "Alma <b>".into(), words: Some("Om <i>Viggo".into()) }),
        ..blank_draft()
    }
}

impl Sampled for OldWords {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("danish", Self::new(Language::Da)), ("english", Self::new(Language::En))]
    }
}

impl Sampled for Rights {
    fn samples() -> Vec<(&'static str, Self)> {
        let book = |own| Some(RightsBook { child: "b1".into(), title: "Almas <b> bog".into(), own });
        vec![
            ("3-6", Self::new(book(true), 5)),
            ("7-9", Self::new(book(true), 9)),
            ("10-12", Self::new(book(false), 11)),
            ("13-15", Self::new(book(true), 14)),
            ("16-17", Self::new(None, 17)),
            ("18+", Self::new(book(true), 34)),
        ]
    }
}

impl Sampled for Offline {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |kept| Self {
            child: "b1".into(),
            book_title: "Almas <b> bog".into(),
            band: AgeBand::From7,
            kept,
        };
        vec![
            ("kept", of(WhetherKept::Until { at: moment(29, 7, 10) })),
            ("refused", of(WhetherKept::Refused)),
            ("anothers", of(WhetherKept::Anothers)),
            ("never", of(WhetherKept::Never)),
        ]
    }
}

impl Sampled for NoLine {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("only", Self {})]
    }
}

fn readings() -> Vec<ReadingRow> {
    let row = |who: &str, role: &str, at, what: &str| ReadingRow {
        who: who.into(),
        role: role.into(),
        own: role == "dig selv",
        at,
        what: what.into(),
    };
    vec![
        row("Alma Holm", "dig selv", moment(22, 19, 4), "Vi plukkede æbler"),
        row("Karen Holm", "plejemor", moment(22, 18, 55), "Forsiden"),
        row("مريم <b>", "rådgiver", moment(3, 9, 12), "Den første skoledag"),
    ]
}

fn editions() -> Vec<Edition> {
    let of = |id: &str, band, status| Edition {
        id: id.into(),
        band,
        paper: Size::A4,
        ordered_on: date(2026, 11, 22),
        status,
    };
    vec![
        of("d1", AgeBand::From7, EditionStatus::Waiting),
        of("d2", AgeBand::From7, EditionStatus::Ready { size_bytes: 4_812_000 }),
        of("d3", AgeBand::Adult, EditionStatus::Failed),
    ]
}
