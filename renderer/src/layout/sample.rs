//! A small book for tests: every kind of page once.
#![allow(clippy::expect_used)]

use chrono::NaiveDate;

use crate::book::{
    AgeBand, Attachment, Body, Book, Byline, Chapter, ChapterKind, Cloth, Form, Goal, GoalStep, Language,
    Page, PageKind, PeopleGroup, Picture, Precision, Someone, Stop, StopKind, When,
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a real date")
}

fn picture(id: &str, alt: &str, width: u32, height: u32) -> Picture {
    Picture { id: id.into(), alt: alt.into(), width, height }
}

fn page(id: &str, title: &str, body: Body) -> Page {
    Page {
        id: id.into(),
        kind: PageKind::Story,
        title: title.into(),
        body,
        pictures: Vec::new(),
        attachments: Vec::new(),
        when: None,
        place: None,
        people: Vec::new(),
        by: None,
        own: None,
        beside: None,
        asked_for: false,
        from: None,
        warnings: vec![],
    }
}

fn open(paragraphs: &[&str], language: &str, older_text_waits: bool) -> Body {
    let paragraphs = paragraphs.iter().map(|text| (*text).to_owned()).collect();
    Body::Open { paragraphs, language: language.into(), written_for: None, older_text_waits }
}

/// Alma's book, read at `band`.
pub fn book(band: AgeBand, language: Language) -> Book {
    let chapters = vec![
        Chapter {
            kind: ChapterKind::MeNow,
            form: None,
            pages: vec![day_at_the_sea(), found_the_path(), speaks()],
        },
        Chapter { kind: ChapterKind::Born, form: None, pages: vec![waits(), with_adult()] },
        Chapter { kind: ChapterKind::Letters, form: None, pages: vec![letter()] },
    ];
    Book {
        child: "barn".into(),
        title: "Almas bog".into(),
        child_name: "Alma".into(),
        called_before: None,
        band,
        language,
        cover: Some(picture("hav", "Havet ved Skagen", 1600, 1200)),
        cloth: Cloth::Sea,
        hidden: Vec::new(),
        municipality: "Fjordby Kommune".into(),
        made_on: day(2026, 8, 20),
        chapters,
    }
}

fn day_at_the_sea() -> Page {
    Page {
        pictures: vec![picture("hav", "Havet ved Skagen", 1600, 1200)],
        when: Some(When { date: day(2026, 8, 3), precision: Precision::Day }),
        place: Some("Skagen".into()),
        people: vec!["Alma".into(), "Karen".into(), "Bob".into()],
        by: Some(Byline {
            name: "Karen Holm".into(),
            role: "plejemor".into(),
            written_on: Some(day(2026, 8, 5)),
            basis: None,
            stance: None,
            purpose: None,
            is_child: false,
        }),
        own: None,
        beside: None,
        ..page(
            "e1",
            "En dag ved havet",
            open(
                &[
                    "Vi kørte til Skagen i den gamle bil. Bob sad på bagsædet og ville se ud.",
                    "Du samlede sten på stranden. „Den her er til mor,“ sagde du om den hvide – og den \
                     ligger nu i vindueskarmen. Om aftenen spiste vi fiskefrikadeller på havnen, mens \
                     mågerne holdt øje med os.",
                ],
                "da",
                true,
            ),
        )
    }
}

fn found_the_path() -> Page {
    Page {
        pictures: vec![
            picture("sti", "En sti i skoven", 1200, 1600),
            picture("blad", "Et grønt blad", 1600, 1200),
            picture("blomst", "En rød blomst", 900, 1200),
        ],
        attachments: vec![Attachment {
            words: None,
            reads: false,
            id: "a1".into(),
            name: "kort.pdf".into(),
            media_type: "application/pdf".into(),
            size_bytes: 2_380_000,
        }],
        when: Some(When { date: day(2026, 7, 1), precision: Precision::Season }),
        ..page("e2", "Da vi fandt stien", open(&["We found it together. 🐶"], "en", false))
    }
}

fn speaks() -> Page {
    Page {
        kind: PageKind::Statement,
        by: Some(Byline {
            name: "Alma Holm".into(),
            role: "barnet selv".into(),
            written_on: Some(day(2026, 8, 9)),
            basis: None,
            stance: None,
            purpose: None,
            is_child: true,
        }),
        ..page(
            "e6",
            "Sådan er jeg",
            open(
                &[
                    "Jeg er ni et halvt. Jeg går i 3.A, og jeg har et ar på knæet fra broen.",
                    "Jeg kan godt lide lakrids og lyden af regn på taget. Jeg kan ikke lide, når nogen siger, at jeg \
                     skal være rolig, for det er jeg.",
                    "Mandel sover i min hue. Det har han lov til.",
                ],
                "da",
                false,
            ),
        )
    }
}

fn waits() -> Page {
    let body = Body::HeldBack {
        decided_by: "Mette Lund".into(),
        ask: "Mette".into(),
        review_on: day(2027, 2, 1),
        opens_on: day(2035, 3, 14),
    };
    page("e3", "En side, der venter", body)
}

fn with_adult() -> Page {
    page("e4", "En side til to", Body::WithAdult { ask: "Karen eller Mette".into() })
}

fn letter() -> Page {
    page("e5", "Kære Alma", open(&["Du er altid velkommen her. Kærlig hilsen farfar på Ærø."], "da", false))
}

/// The same book with people, homes and schools in it.
pub fn with_lives(band: AgeBand, language: Language) -> Book {
    let mut book = book(band, language);
    let told = |kind, form| Chapter { kind, form: Some(form), pages: Vec::new() };
    book.chapters.push(told(ChapterKind::MyPeople, Form::People(people())));
    book.chapters.push(told(ChapterKind::Homes, Form::Line(homes())));
    book
}

/// What a child wants to reach.
pub fn goals() -> Form {
    let step = |by: &str, words: &str, done| GoalStep { by: by.into(), words: words.into(), done };
    let goal =
        |words: &str, reached_on, steps| Goal { id: words.into(), words: words.into(), reached_on, steps };
    Form::Goals(vec![
        goal(
            "Jeg vil kunne svømme en bane.",
            Some(day(2026, 5, 3)),
            vec![step("Birgit", "Jeg kører dig i svømmehallen.", true)],
        ),
        goal("Jeg vil sove hos Liva.", None, vec![step("Mette", "Jeg spørger Livas mor.", false)]),
    ])
}

fn people() -> Vec<Someone> {
    let someone = |name: &str, title: &str, group, words: &str| Someone {
        id: name.into(),
        name: name.into(),
        title: title.into(),
        group,
        words: Some(words.into()).filter(|words: &String| !words.is_empty()),
        picture: None,
        before: false,
        died: None,
    };
    let mut grandmother = someone("Mormor Asta", "mormor", PeopleGroup::Family, "Hun skriver med lilla pen.");
    grandmother.picture = Some(picture("blomst", "Mormor Asta", 900, 1200));
    let mut grandfather = someone("Morfar Ole", "morfar", PeopleGroup::Family, "");
    grandfather.died = Some(2019);
    let mut carer = someone("Camilla", "min voksne i Børnehuset", PeopleGroup::Foster, "Hun læste højt.");
    carer.before = true;
    vec![
        someone("Mor", "mor", PeopleGroup::Family, "Hun synger højt, når hun cykler."),
        grandmother,
        grandfather,
        carer,
        someone("Mandel", "kat", PeopleGroup::Pet, "Klap to gange, så kommer han."),
    ]
}

fn homes() -> Vec<Stop> {
    let stop = |kind, name: &str, from: i32, to: Option<i32>, age| Stop {
        kind,
        name: name.into(),
        place: None,
        municipality: None,
        words: None,
        picture: None,
        from: day(from, 5, 14),
        to: to.map(|year| day(year, 5, 13)),
        age,
        from_birth: age == 0,
        page: None,
    };
    vec![
        Stop { municipality: Some("0400".into()), ..stop(StopKind::Family, "Hos mor", 2017, Some(2019), 0) },
        stop(StopKind::Gap, "", 2019, Some(2021), 2),
        Stop {
            place: Some("Egebæk".into()),
            municipality: Some("0751".into()),
            ..stop(StopKind::Institution, "Børnehuset", 2021, Some(2022), 4)
        },
        Stop {
            municipality: Some("0751".into()),
            ..stop(StopKind::FosterFamily, "Hos Karen og Ib", 2022, None, 5)
        },
    ]
}
