//! Samples of the register's pages.

use super::{Sampled, date, moment};
use crate::html::*;

fn field(value: &str) -> Field {
    Field { value: value.into(), problem: None }
}

fn wrong(value: &str, problem: &str) -> Field {
    Field { value: value.into(), problem: Some(problem.into()) }
}

fn choice(id: &str, label: &str, note: &str, chosen: bool) -> Choice {
    Choice { id: id.into(), label: label.into(), note: note.into(), chosen }
}

fn adults() -> Vec<Choice> {
    vec![
        choice("p1", "Karen Holm", "plejemor", true),
        choice("p2", "مريم <b>", "lærer \"i 3.b\"", false),
        choice("p3", "Ib Speciallægepraksisplanlægningsstabiliseringsperiode", "plejefar", false),
    ]
}

fn refused() -> Option<ContributeProblem> {
    Some(ContributeProblem {
        title: "Der er noget at rette".into(),
        detail: None,
        next_step: Some("Ret det, og send igen.".into()),
    })
}

fn home(name: &str, kind: &str, now: bool) -> HomeRow {
    HomeRow {
        name: name.into(),
        kind: kind.into(),
        place: now.then(|| "Mols".into()),
        municipality: if now { "0706".into() } else { String::new() },
        carers: if now { vec!["Karen Holm".into(), "مريم <b>".into()] } else { vec![] },
        from: date(2019, 6, 1),
        until: (!now).then(|| date(2021, 5, 31)),
        now,
        id: format!("h-{kind}"),
        protected: !now,
    }
}

fn role(id: &str, role: &str, lasts: bool) -> RoleRow {
    RoleRow {
        id: id.into(),
        person: "Mette <b>Lund".into(),
        person_id: "p9".into(),
        title: "rådgiver".into(),
        role: role.into(),
        from: date(2020, 1, 1),
        until: (!lasts).then(|| date(2024, 12, 31)),
        lasts,
        ending: if lasts { wrong("i går", "Datoen skal skrives som 2026-08-03.") } else { field("") },
    }
}

impl Sampled for RegisteredChild {
    fn samples() -> Vec<(&'static str, Self)> {
        let moving = Moving {
            home_kind: field("foster_family"),
            municipality: field("0706"),
            from: field("2026-11-23"),
            carers: adults(),
            leaving: vec![choice("h1", "Hos Karen", "", true)],
            ..Moving::default()
        };
        let giving = Giving {
            people: adults(),
            role: field("caseworker"),
            from: field("2026-11-23"),
            ..Giving::default()
        };
        let full = Self {
            child: "b1".into(),
            name: "Alma Vestervang".into(),
            age: 9,
            homes: vec![
                home("Hos Karen og <b>", "foster_family", true),
                home("Hver anden weekend", "weekend_family", true),
                home("Solgården", "institution", false),
            ],
            roles: vec![
                role("a1", "own", true),
                role("a2", "caseworker", true),
                role("a3", "invited", false),
            ],
            moving,
            giving,
            died: Field::default(),
            today: date(2026, 11, 29),
            key: "key".into(),
            problem: None,
        };
        let empty = Self {
            homes: vec![],
            roles: vec![],
            moving: Moving { open: true, ..Moving::default() },
            giving: Giving::default(),
            ..full.clone()
        };
        let sorry = Self {
            moving: Moving {
                open: true,
                home_name: wrong("<b>\"", "Der mangler et navn."),
                from: wrong("1. maj", "Datoen skal skrives som 2026-08-03."),
                ..full.moving.clone()
            },
            giving: Giving { open: true, person: wrong("", "Vælg en person."), ..full.giving.clone() },
            died: wrong("2030-01-01", "Datoen skal ligge før i dag."),
            problem: refused(),
            ..full.clone()
        };
        vec![("full", full), ("empty", empty), ("sorry", sorry)]
    }
}

impl Sampled for NewChild {
    fn samples() -> Vec<(&'static str, Self)> {
        let blank = Self {
            name: field(""),
            called: field(""),
            born: field(""),
            today: date(2026, 11, 23),
            key: "key".into(),
            problem: None,
        };
        let sorry = Self {
            name: wrong("", "Der mangler et navn."),
            called: field("مريم <b>"),
            born: wrong("2999-01-01", "Datoen skal ligge mellem 1. januar 1900 og i dag."),
            problem: refused(),
            ..blank.clone()
        };
        vec![("blank", blank), ("sorry", sorry)]
    }
}

impl Sampled for Adults {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |name: &str, phone: Option<&str>| AdultRow {
            id: "p1".into(),
            name: name.into(),
            title: "plejemor".into(),
            phone: phone.map(str::to_owned),
        };
        let full = Self {
            municipality: "Mols Kommune".into(),
            adults: vec![row("Karen Holm", Some("12 34 56 78")), row("مريم <b>", None)],
            more_href: Some("/overblik/voksne?cursor=x".into()),
            open: false,
            name: field(""),
            title: field(""),
            phone: field(""),
            key: "key".into(),
            problem: None,
        };
        let sorry = Self {
            adults: vec![],
            more_href: None,
            open: true,
            name: wrong("", "Der mangler et navn."),
            title: field("<i>\""),
            problem: refused(),
            ..full.clone()
        };
        vec![("full", full), ("sorry", sorry)]
    }
}

impl Sampled for HandedOver {
    fn samples() -> Vec<(&'static str, Self)> {
        let to = |name: &str| Self {
            name: name.into(),
            sign_in: "https://livsbog.example.dk/ind/3zGq0c1p9XnWm2rT8sVbKd7uYfJhLeQa5oI4wR6tNxE".into(),
            expires_at: moment(30, 9, 7),
            back_href: "/overblik/voksne".into(),
        };
        vec![("one", to("Karen Holm")), ("rtl", to("مريم <b>"))]
    }
}
