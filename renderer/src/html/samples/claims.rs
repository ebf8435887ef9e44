//! Claims to a book at every stage, seen from both sides.

use super::{Sampled, date, moment};
use crate::html::{
    CandidateHome, CandidateRow, Choice, ClaimDesk, ClaimPage, ClaimRow, ClaimWord, ContributeProblem, Field,
    FindBook, FoundBy, Link, OutsiderAnswer, OutsiderFields, PackageRow,
};

pub(super) fn problem() -> ContributeProblem {
    ContributeProblem {
        title: "Der mangler noget".into(),
        detail: Some("Skriv, hvad du hed dengang.".into()),
        next_step: None,
    }
}

fn wrong() -> Field {
    Field { value: "<b>".into(), problem: Some("Der mangler et navn.".into()) }
}

fn words() -> Vec<ClaimWord> {
    let word = |by: Option<&str>, words: &str| ClaimWord {
        by: by.map(Into::into),
        at: moment(29, 7, 10),
        words: words.into(),
    };
    vec![
        word(Some("Søren Bækmark"), "Kom forbi med dit pas, når det passer dig."),
        word(None, "Tak. مريم kommer på <b>tirsdag</b>."),
    ]
}

pub(super) fn row(stage: &'static str, late: bool) -> ClaimRow {
    ClaimRow {
        href: "/arkiv/find/c1".into(),
        name: "مريم <b>".into(),
        asks_as: if stage == "asked" { "next_of_kin" } else { "self" },
        stage,
        told_on: date(2026, 11, 20),
        answer_by: date(2026, 12, 1),
        late,
        looked: 1,
    }
}

impl Sampled for FindBook {
    fn samples() -> Vec<(&'static str, Self)> {
        let choice = |id: &str, label: &str, chosen| Choice {
            id: id.into(),
            label: label.into(),
            note: String::new(),
            chosen,
        };
        let blank = Self {
            outsider: None,
            municipalities: vec![
                choice("m1", "Egebæk Kommune", false),
                choice("m2", "Sundvig Kommune", false),
            ],
            municipality: Field::default(),
            name: Field::default(),
            names_then: Field::default(),
            born: Field::default(),
            places: Field::default(),
            reach: Field::default(),
            today: date(2026, 11, 29),
            working_days: 7,
            problem: None,
        };
        let refused = Self {
            municipality: wrong(),
            name: wrong(),
            names_then: wrong(),
            born: wrong(),
            places: wrong(),
            reach: wrong(),
            problem: Some(problem()),
            ..blank.clone()
        };
        let rules = vec!["De nærmeste: lukket <b>.".into(), "Forskere: lukket.".into()];
        let field = |value: &str| Field { value: value.into(), problem: None };
        let (asks_as, purpose) = (field("next_of_kin"), field("Jeg er hendes <b>søster</b>."));
        let anothers = Self {
            outsider: Some(OutsiderFields { asks_as, purpose, rules: rules.clone() }),
            ..blank.clone()
        };
        let outsider = Some(OutsiderFields { asks_as: wrong(), purpose: wrong(), rules });
        let anothers_refused = Self { outsider, ..refused.clone() };
        vec![
            ("blank", blank),
            ("refused", refused),
            ("anothers", anothers),
            ("anothers-refused", anothers_refused),
        ]
    }
}

/// The same page for somebody who asks for what is another's.
fn anothers(written: &ClaimPage) -> Vec<(&'static str, ClaimPage)> {
    let outsider = OutsiderAnswer {
        stage: None,
        due: None,
        answer: None,
        package: None,
        rules: vec!["De nærmeste: lukket <b>.".into()],
        ground: Some(("Arkivloven § 34".into(), "Arkivet <b>".into())),
    };
    let page = |stage, outsider| ClaimPage { stage, outsider: Some(outsider), ..written.clone() };
    let asked =
        OutsiderAnswer { stage: Some("acknowledged"), due: Some(date(2026, 12, 15)), ..outsider.clone() };
    let answer = Some(super::requests::answer("granted_in_part"));
    let package = Some(PackageRow { href: "/find/s1/mappe".into(), size_bytes: 812_345_678, missing: 1 });
    let given = OutsiderAnswer { stage: Some("delivered"), due: None, answer, package, ..outsider.clone() };
    let answer = Some(super::requests::answer("refused"));
    let refused = OutsiderAnswer { stage: Some("decided"), due: None, answer, ..outsider.clone() };
    vec![
        ("anothers-looking", page("looking", outsider.clone())),
        ("anothers-asked", page("asked", asked)),
        ("anothers-given", page("asked", given)),
        ("anothers-refused", page("asked", refused)),
        ("anothers-not-found", page("not_found", outsider)),
    ]
}

impl Sampled for ClaimPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let looking = Self {
            address: "https://livsbog.example/find/s1".into(),
            secret: "s1".into(),
            municipality: "Egebæk Kommune".into(),
            told_on: date(2026, 11, 20),
            answer_by: date(2026, 12, 1),
            stage: "looking",
            outsider: None,
            open_until: None,
            messages: vec![],
            papers: vec![],
            words: Field::default(),
            problem: None,
        };
        let papers = vec!["Pas <b>.jpg".into()];
        let written =
            Self { papers, messages: words(), words: wrong(), problem: Some(problem()), ..looking.clone() };
        let found = Self { stage: "found", open_until: Some(date(2026, 12, 29)), ..written.clone() };
        let not_found = Self { stage: "not_found", ..written.clone() };
        let mut samples = vec![
            ("looking", looking),
            ("written", written.clone()),
            ("found", found),
            ("not-found", not_found),
        ];
        samples.extend(anothers(&written));
        samples
    }
}

impl Sampled for ClaimDesk {
    fn samples() -> Vec<(&'static str, Self)> {
        let found = |own, told, child: Option<&str>| FoundBy {
            who: "Søren Bækmark".into(),
            own,
            told,
            child: child.map(Into::into),
            proof: "Pas og navneattest.".into(),
        };
        let looking = Self {
            id: "c1".into(),
            asks_as: "self",
            purpose: None,
            request_href: None,
            stage: "looking",
            name: "Rikke Lund".into(),
            names_then: "Rikke Holm".into(),
            born: date(1992, 6, 8),
            places: Some("På Solbakken, hos Inge".into()),
            reach: "12 34 57 89".into(),
            told_on: date(2026, 11, 20),
            answer_by: date(2026, 12, 1),
            late: false,
            messages: vec![],
            papers: vec![Link { href: "/arkiv/find/c1/papir/1".into(), words: "Pas <b>.jpg".into() }],
            found: vec![found(false, false, Some("b1"))],
            candidates: vec![
                candidate("b1", "same", true),
                candidate("b2", "near", false),
                candidate("b3", "other", false),
            ],
            child: String::new(),
            proof: Field::default(),
            words: Field::default(),
            key: "k1".into(),
            problem: None,
        };
        let differs = Self {
            stage: "differs",
            late: true,
            found: vec![found(true, true, Some("b1")), found(false, true, None)],
            messages: words(),
            child: "b2".into(),
            proof: wrong(),
            words: wrong(),
            problem: Some(problem()),
            ..looking.clone()
        };
        let decided = |stage, child| Self {
            stage,
            found: vec![found(true, true, child), found(false, true, child)],
            candidates: vec![],
            ..looking.clone()
        };
        let (done, none) = (decided("found", Some("b1")), decided("not_found", None));
        let [anothers, asked] = asked_by_another(&looking);
        vec![
            ("looking", looking),
            ("differs", differs),
            ("found", done),
            ("not-found", none),
            ("anothers", anothers),
            ("anothers-asked", asked),
        ]
    }
}

/// The same desk for a claim of somebody it is not about.
fn asked_by_another(looking: &ClaimDesk) -> [ClaimDesk; 2] {
    let purpose = Some("Jeg er hendes <b>søster</b>.".into());
    let mut anothers = ClaimDesk { asks_as: "next_of_kin", purpose, ..looking.clone() };
    anothers.candidates[0].closed = Some(String::new());
    anothers.candidates[0].said = Some("Kun min søster <b>.".into());
    anothers.candidates[1].closed = Some("Registret siger ikke <b>.".into());
    let asked = ClaimDesk {
        stage: "asked",
        request_href: Some("/arkiv/r1".into()),
        candidates: vec![],
        ..anothers.clone()
    };
    [anothers, asked]
}

fn candidate(id: &str, birthday: &'static str, has_owner: bool) -> CandidateRow {
    CandidateRow {
        id: id.into(),
        name: "مريم <b>".into(),
        called_before: has_owner.then(|| "Rikke Holm".into()),
        born: date(1992, 6, 8),
        homes: vec![CandidateHome {
            name: "Solbakken".into(),
            place: Some("Ærø".into()),
            from: 1995,
            to: has_owner.then_some(2010),
        }],
        birthday,
        names: 2,
        places: usize::from(has_owner),
        has_owner,
        died: has_owner.then(|| date(2024, 3, 2)),
        closed: None,
        said: None,
    }
}
