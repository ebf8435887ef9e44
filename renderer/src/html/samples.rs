//! Samples of every page, with the edge cases a template must bear: names from right to left and with HTML in them,
//! an empty book, pages that wait, words of forty letters.

use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::book::{
    AgeBand, Attachment, Body, Book, Byline, Chapter, ChapterKind, Page as BookPage, PageKind, Picture,
    Precision, When,
};

/// A page's samples.
pub trait Sampled: Page + Sized {
    /// At least one, each with a short name for its file.
    fn samples() -> Vec<(&'static str, Self)>;
}

/// A frame for trying pages: a foster mother, or nobody.
pub fn frame(language: Language, signed_in: bool) -> Frame {
    let ways = vec![Way::Book { child: "b1".into() }, Way::Contribute];
    let reader = signed_in.then(|| Reader { name: "Karen Holm".into(), role_label: "plejemor".into(), ways });
    Frame {
        language,
        csrf: signed_in.then(|| "token".into()),
        reader,
        path: "/bidrag".into(),
        other_language: Some("?sprog=en".into()),
        flash: None,
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn moment(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    date(2026, 11, day).and_hms_opt(hour, minute, 0).unwrap_or_default()
}

fn picture(id: &str, alt: &str, width: u32, height: u32) -> Picture {
    Picture { id: id.into(), alt: alt.into(), width, height }
}

fn open(paragraphs: &[&str]) -> Body {
    Body::Open {
        paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
        language: "da".into(),
        written_for: Some(AgeBand::From7),
        older_text_waits: false,
    }
}

fn page(id: &str, kind: PageKind, title: &str, body: Body) -> BookPage {
    BookPage {
        id: id.into(),
        kind,
        title: title.into(),
        body,
        pictures: vec![],
        attachments: vec![],
        when: Some(When { date: date(2026, 8, 3), precision: Precision::Day }),
        place: Some("Plejehjemmet i Mols".into()),
        people: vec!["Karen".into(), "Alma".into()],
        by: Some(Byline {
            name: "Karen Holm".into(),
            role: "plejemor".into(),
            written_on: date(2026, 8, 4),
            basis: Some("set".into()),
        }),
    }
}

/// A page that waits: nothing stands on it but that it waits.
fn waiting(id: &str, body: Body) -> BookPage {
    BookPage {
        when: None,
        place: None,
        people: vec![],
        by: None,
        ..page(id, PageKind::Story, "En side, der venter", body)
    }
}

fn school_pages() -> Vec<BookPage> {
    let long = "Speciallægepraksisplanlægningsstabiliseringsperioden var lang.";
    let mut first = page(
        "e5",
        PageKind::Story,
        "Den første skoledag",
        open(&[
            "Alma havde glædet sig hele sommeren. Karen cyklede ved siden af, og Alma havde den blå taske på.",
            long,
            "Da klokken ringede, sagde Alma: »Nu kan jeg selv.« Og det kunne hun.",
        ]),
    );
    first.pictures = vec![picture("p3", "En vej mellem marker", 3024, 4032)];
    let mut rtl = page("e6", PageKind::Letter, "رسالة من مريم <b>hej</b>", open(&["مرحبا يا ألما"]));
    rtl.people = vec!["مريم".into(), "<script>alert(1)</script>".into()];
    let mut report = page("e7", PageKind::Document, "Udtalelse fra skolen", open(&[]));
    report.attachments = vec![
        Attachment {
            id: "m1".into(),
            name: "Udtalelse-fra-skolen-efterår-2026.pdf".into(),
            media_type: "application/pdf".into(),
            size_bytes: 238_411,
        },
        Attachment {
            id: "m2".into(),
            name: "Alma synger.m4a".into(),
            media_type: "audio/mp4".into(),
            size_bytes: 1_200_000,
        },
        Attachment {
            id: "m3".into(),
            name: "Cykeltur.mp4".into(),
            media_type: "video/mp4".into(),
            size_bytes: 9_200_000,
        },
    ];
    vec![first, rtl, report]
}

fn present_pages() -> Vec<BookPage> {
    let mut apples = page(
        "e1",
        PageKind::Photo,
        "Vi plukkede æbler",
        open(&[
            "I dag plukkede vi æbler i haven. Alma kravlede helt op i toppen af det store træ.",
            "Bagefter bagte vi en kage. Alma fik det første stykke, og det var stadig varmt.",
        ]),
    );
    apples.pictures = vec![picture("p1", "Et æbletræ i solen", 4032, 3024)];
    let mut trip = page("e2", PageKind::Photo, "Turen til stranden", open(&[]));
    trip.pictures = vec![
        picture("p2", "Stranden med lange bølger", 2045, 1536),
        picture("p3", "Alma med en krabbe", 3024, 4032),
        picture("p4", "", 1600, 900),
    ];
    trip.when = Some(When { date: date(2026, 7, 1), precision: Precision::Season });
    trip.people = vec![];
    let mut older =
        page("e3", PageKind::Story, "Kattens navn", open(&["Katten hedder Viggo. Alma valgte navnet."]));
    if let Body::Open { older_text_waits, .. } = &mut older.body {
        *older_text_waits = true;
    }
    vec![apples, trip, older]
}

/// A child's book with every sort of page.
pub fn book(band: AgeBand, language: Language) -> Book {
    let with_adult = waiting("e8", Body::WithAdult { ask: "Karen".into() });
    let held_back = waiting(
        "e9",
        Body::HeldBack {
            decided_by: "Mette Lund".into(),
            ask: "Mette Lund".into(),
            review_on: date(2027, 3, 1),
            opens_on: date(2035, 5, 14),
        },
    );
    let chapter = |kind, pages| Chapter { kind, pages };
    let one = |id: &str, title: &str| {
        vec![page(id, PageKind::Story, title, open(&["Der var engang et hus ved havet."]))]
    };
    Book {
        child: "b1".into(),
        title: "Almas bog".into(),
        child_name: "Alma".into(),
        band,
        language,
        cover: Some(picture("p2", "Stranden med lange bølger", 2045, 1536)),
        municipality: "Mols Kommune".into(),
        made_on: date(2026, 11, 23),
        chapters: vec![
            chapter(ChapterKind::MeNow, present_pages()),
            chapter(ChapterKind::GoodAt, one("e10", "Jeg kan cykle")),
            chapter(ChapterKind::MyPeople, one("e11", "Karen og Ib")),
            chapter(ChapterKind::Homes, one("e12", "Huset i Mols")),
            chapter(ChapterKind::Family, one("e13", "Min mor hedder Rikke")),
            chapter(ChapterKind::Born, one("e14", "Du blev født en tirsdag")),
            chapter(ChapterKind::Why, vec![with_adult, held_back]),
            chapter(ChapterKind::School, school_pages()),
            chapter(ChapterKind::Days, one("e15", "Ni år")),
            chapter(ChapterKind::Things, one("e16", "Bamsen Bo")),
            chapter(ChapterKind::Letters, one("e17", "Fra farmor")),
            chapter(ChapterKind::Plan, one("e18", "Hvem bestemmer hvad")),
            chapter(ChapterKind::Future, one("e19", "Når jeg bliver stor")),
        ],
    }
}

fn empty_book() -> Book {
    Book {
        title: "مريم <i>bog</i>".into(),
        child_name: "مريم".into(),
        cover: None,
        chapters: vec![],
        ..book(AgeBand::From7, Language::Da)
    }
}

fn reading(adult: bool) -> Reading {
    Reading {
        age: adult.then_some(8),
        adult,
        may_contribute: adult,
        may_fetch_originals: adult,
        continue_at: adult.then(|| "e5".into()),
    }
}

impl Sampled for Cover {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("child", Self::new(&book(AgeBand::From7, Language::Da), &reading(false))),
            ("small", Self::new(&book(AgeBand::From3, Language::Da), &reading(false))),
            ("adult", Self::new(&book(AgeBand::From13, Language::Da), &reading(true))),
            ("empty", Self::new(&empty_book(), &reading(true))),
        ]
    }
}

impl Sampled for ChapterView {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |band, adult, kind| Self::new(&book(band, Language::Da), &reading(adult), kind);
        [
            ("now", of(AgeBand::From7, false, ChapterKind::MeNow)),
            ("small", of(AgeBand::From3, false, ChapterKind::MeNow)),
            ("why", of(AgeBand::From10, false, ChapterKind::Why)),
            ("school", of(AgeBand::Adult, true, ChapterKind::School)),
        ]
        .into_iter()
        .filter_map(|(name, view)| view.map(|view| (name, view)))
        .collect()
    }
}

impl Sampled for PageView {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |band, adult, id| Self::new(&book(band, Language::Da), &reading(adult), id);
        [
            ("small", of(AgeBand::From3, false, "e1")),
            ("photo", of(AgeBand::From7, false, "e1")),
            ("three", of(AgeBand::From10, false, "e2")),
            ("older", of(AgeBand::From7, false, "e3")),
            ("story13", of(AgeBand::From13, false, "e5")),
            ("grown", of(AgeBand::Adult, true, "e5")),
            ("rtl", of(AgeBand::From10, true, "e6")),
            ("files", of(AgeBand::From13, true, "e7")),
            ("with-adult", of(AgeBand::From7, false, "e8")),
            ("held-back", of(AgeBand::From7, false, "e9")),
            ("last", of(AgeBand::From3, false, "e19")),
        ]
        .into_iter()
        .filter_map(|(name, view)| view.map(|view| (name, view)))
        .collect()
    }
}

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
        let blank = Self { next: "/bidrag".into(), user_name: String::new(), trouble: None };
        let after =
            |trouble| Self { user_name: "karen\"><b>".into(), trouble: Some(trouble), ..blank.clone() };
        vec![
            ("blank", blank.clone()),
            ("wrong", after(SignInTrouble::Wrong)),
            ("many", after(SignInTrouble::TooMany { wait_minutes: 5 })),
            ("expired", after(SignInTrouble::Expired)),
        ]
    }
}

impl Sampled for Shelf {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |title: &str, name: &str, cover: Option<Picture>| ShelfBook {
            child: "b1".into(),
            title: title.into(),
            child_name: name.into(),
            cover: cover.as_ref().map(PictureView::new),
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
        let full = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            readings: readings(),
            older_href: Some("/bog/b1/hvem?cursor=x".into()),
        };
        let empty = Self { readings: vec![], older_href: None, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

fn readings() -> Vec<ReadingRow> {
    let row = |who: &str, role: &str, at, what: &str| ReadingRow {
        who: who.into(),
        role: role.into(),
        at,
        what: what.into(),
    };
    vec![
        row("Dig selv", "", moment(22, 19, 4), "Vi plukkede æbler"),
        row("Karen Holm", "plejemor", moment(22, 18, 55), "Forsiden"),
        row("مريم <b>", "rådgiver", moment(3, 9, 12), "Den første skoledag"),
    ]
}

fn editions() -> Vec<Edition> {
    let of = |id: &str, band, status| Edition { id: id.into(), band, ordered_on: date(2026, 11, 22), status };
    vec![
        of("d1", AgeBand::From7, EditionStatus::Waiting),
        of("d2", AgeBand::From7, EditionStatus::Ready { size_bytes: 4_812_000 }),
        of("d3", AgeBand::Adult, EditionStatus::Failed),
    ]
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
            editions: editions(),
            readings: readings(),
            phone: Some("70 12 34 56".into()),
        };
        let empty = Self {
            entries: 0,
            waiting: 0,
            kinds: vec![],
            years: vec![],
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
        occurred_on: date(2026, 11, 23),
        precision: Precision::Day,
        people: vec![],
        place: String::new(),
        chapter: None,
        basis: "seen".into(),
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
            mine: contributions(),
            today: date(2026, 11, 23),
            photo_limit_bytes: 50_000_000,
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
        people: vec!["Karen".into()],
        place: "Skolen".into(),
        chapter: Some(ChapterKind::Things),
        precision: Precision::Season,
        ..blank_draft()
    }
}
