//! Samples of every page, with the edge cases a template must bear: names from right to left and with HTML in them,
//! an empty book, pages that wait, words of forty letters.

mod adults;
mod around;
mod claims;
mod devices;
mod forms;
mod gifts;
mod own_pages;
mod register;
mod requests;
mod what_goes;

use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::book::{
    AgeBand, Attachment, Body, Book, Byline, Chapter, ChapterKind, Cloth, Giver, Page as BookPage, PageKind,
    Picture, Precision, When,
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
        look: Look { contrast: !signed_in, calm: true, ..Look::default() },
        beside: signed_in.then(|| Beside { name: "Birgit <b>".into(), child: "b1".into() }),
        keeping: if signed_in { Keeping::May } else { Keeping::Copy { until: moment(29, 7, 10) } },
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
            written_on: Some(date(2026, 8, 4)),
            basis: Some("set".into()),
            stance: Some("iagttagelse".into()),
            purpose: Some("Så Alma kan huske det".into()),
            is_child: false,
        }),
        own: None,
        beside: None,
        asked_for: false,
        from: None,
        warnings: vec![],
    }
}

/// A page that waits: nothing stands on it but that it waits.
fn waiting(id: &str, body: Body) -> BookPage {
    BookPage {
        when: None,
        place: None,
        people: vec![],
        by: None,
        own: None,
        beside: None,
        ..page(id, PageKind::Story, "En side, der venter", body)
    }
}

fn family_pages() -> Vec<BookPage> {
    let mother =
        page("e13", PageKind::Story, "Min mor hedder Rikke", open(&["Elise boede i et hus ved havet."]));
    let mother = BookPage { asked_for: true, ..mother };
    let given = BookPage {
        place: None,
        people: vec![],
        by: None,
        from: Some(Giver { title: "søster".into(), name: "Mira<b>".into() }),
        pictures: vec![picture("p7", "En hund", 4032, 3024)],
        ..page(
            "e20",
            PageKind::Story,
            "Da vi badede",
            open(&["Vandet var koldt. Du skreg, og så sprang du i."]),
        )
    };
    vec![mother, given]
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
            words: None,
            reads: false,
            id: "m1".into(),
            name: "Udtalelse-fra-skolen-efterår-2026.pdf".into(),
            media_type: "application/pdf".into(),
            size_bytes: 238_411,
        },
        Attachment {
            words: None,
            reads: false,
            id: "m2".into(),
            name: "Alma synger.m4a".into(),
            media_type: "audio/mp4".into(),
            size_bytes: 1_200_000,
        },
        Attachment {
            words: Some("WEBVTT\n\n00:00.000 --> 00:02.000\n<v Karen>Se, <b>jeg</b> kan!".into()),
            reads: false,
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
    let chapter = |kind, pages| Chapter { kind, form: None, pages };
    let one = |id: &str, title: &str| {
        vec![page(id, PageKind::Story, title, open(&["Der var engang et hus ved havet."]))]
    };
    Book {
        child: "b1".into(),
        title: "Almas bog".into(),
        child_name: "Alma".into(),
        called_before: Some("Elise".into()),
        band,
        language,
        cover: Some(picture("p2", "Stranden med lange bølger", 2045, 1536)),
        cloth: Cloth::Berry,
        hidden: Vec::new(),
        municipality: "Mols Kommune".into(),
        made_on: date(2026, 11, 23),
        chapters: vec![
            chapter(ChapterKind::MeNow, present_pages()),
            chapter(ChapterKind::GoodAt, one("e10", "Jeg kan cykle")),
            Chapter {
                form: Some(forms::people()),
                ..chapter(ChapterKind::MyPeople, one("e11", "Karen og Ib"))
            },
            Chapter { form: Some(forms::homes()), ..chapter(ChapterKind::Homes, vec![]) },
            chapter(ChapterKind::Family, family_pages()),
            chapter(ChapterKind::Born, one("e14", "Du blev født en tirsdag")),
            chapter(ChapterKind::Why, vec![with_adult, held_back]),
            Chapter { form: Some(forms::schools()), ..chapter(ChapterKind::School, school_pages()) },
            Chapter { form: Some(forms::life()), ..chapter(ChapterKind::Days, one("e15", "Ni år")) },
            chapter(ChapterKind::Things, one("e16", "Bamsen Bo")),
            chapter(ChapterKind::Letters, one("e17", "Fra farmor")),
            Chapter {
                form: Some(forms::goals()),
                ..chapter(ChapterKind::Plan, one("e18", "Hvem bestemmer hvad"))
            },
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
        may_tell: adult,
        may_fetch_originals: adult,
        may_move: adult,
        may_hold: adult,
        warn_href: adult.then(|| "/bog/b1/side/e1/advarsel".into()),
        cover_href: adult.then(|| "/bog/b1/daekket/ny?side=e1".into()),
        may_sit_beside: adult,
        may_enrol: adult,
        own: !adult,
        may_open_bands: adult,
        may_tell_siblings: adult,
        gifts: (!adult).then_some(2),
        may_give: !adult,
        given_to: if adult { Vec::new() } else { vec!["Mira<b>".into()] },
        ahead: (!adult).then_some(AgeBand::From10),
        may_decide_as_owner: !adult,
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
        let of = |band, adult, kind| Self::new(&book(band, Language::Da), &reading(adult), kind, 0);
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
        let of = |band, adult, id| Self::new(&book(band, Language::Da), &reading(adult), id, 0);
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
