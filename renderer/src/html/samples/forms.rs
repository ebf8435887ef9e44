//! People, homes and schools of the sample book.

use chrono::NaiveDate;

use super::{Sampled, date, picture};
use crate::book::{
    AgeBand, Cloth, DayPage, Form, Goal, GoalStep, PeopleGroup, Precision, Someone, Stop, StopKind, When,
};
use crate::html::{
    ArrangeCover, ClothChoice, ContributeProblem, Field, Goals, PictureChoice, PictureView, TellLife,
};

pub(super) fn people() -> Form {
    let someone = |id: &str, name: &str, title: &str, group| Someone {
        id: id.into(),
        name: name.into(),
        title: title.into(),
        group,
        words: None,
        picture: None,
        before: false,
        died: None,
    };
    let mut cat = someone("r3", "Viggo", "kat", PeopleGroup::Pet);
    cat.picture = Some(picture("p3", "Viggo", 3024, 4032));
    cat.words = Some("Klap to gange, så kommer han.".into());
    let mut carer = someone("r4", "Camilla", "min voksne i Børnehuset", PeopleGroup::Foster);
    carer.before = true;
    let mut grandfather = someone("r5", "Morfar <b>Ole</b>", "morfar", PeopleGroup::Family);
    grandfather.died = Some(2019);
    Form::People(vec![
        someone("r1", "Mor Katrine", "mor", PeopleGroup::Family),
        grandfather,
        someone("r2", "مريم", "ven", PeopleGroup::Friend),
        cat,
        carer,
    ])
}

pub(super) fn homes() -> Form {
    let stop = |kind, name: &str, from: i32, to: Option<i32>, age| Stop {
        kind,
        name: name.into(),
        place: Some("Egebæk".into()),
        municipality: None,
        words: None,
        picture: None,
        from: date(from, 5, 14),
        to: to.map(|year| date(year, 5, 13)),
        age,
        from_birth: age == 0,
        page: None,
    };
    Form::Line(vec![
        stop(StopKind::Family, "Hos mor", 2017, Some(2019), 0),
        Stop { name: String::new(), place: None, ..stop(StopKind::Gap, "", 2019, Some(2021), 2) },
        Stop {
            municipality: Some("0751".into()),
            ..stop(StopKind::Institution, "Børnehuset", 2021, Some(2021), 4)
        },
        Stop {
            municipality: Some("0400".into()),
            ..stop(StopKind::FosterFamily, "Hos Karen og <b>", 2021, None, 4)
        },
    ])
}

pub(super) fn schools() -> Form {
    Form::Line(vec![Stop {
        kind: StopKind::School,
        name: "Mols Skole".into(),
        place: None,
        municipality: None,
        words: Some("3.A, pladsen ved vinduet.".into()),
        picture: Some(picture("p1", "Mols Skole", 4032, 3024)),
        from: date(2023, 8, 14),
        to: None,
        age: 6,
        from_birth: false,
        page: None,
    }])
}

/// A whole life on one line.
pub(super) fn life() -> Form {
    let (Form::Line(mut line), Form::Line(schools)) = (homes(), schools()) else { return homes() };
    let day = |id: &str, name: &str, on: NaiveDate, precision, age| Stop {
        kind: StopKind::Day,
        name: name.into(),
        place: None,
        municipality: None,
        words: None,
        picture: None,
        from: on,
        to: Some(on),
        age,
        from_birth: age == 0,
        page: Some(DayPage { id: id.into(), when: When { date: on, precision } }),
    };
    line.extend(schools);
    line.push(day("e14", "Du blev født <b> en tirsdag", date(2017, 5, 14), Precision::Day, 0));
    line.push(day("e15", "Ni år", date(2026, 5, 1), Precision::Season, 9));
    line.sort_by_key(|stop| stop.from);
    Form::Line(line)
}

fn wanted() -> Vec<Goal> {
    let step = |words: &str, done| GoalStep { by: "Karen <i>".into(), words: words.into(), done };
    let goal = |id: &str, words: &str, reached_on, steps| Goal {
        id: id.into(),
        words: words.into(),
        reached_on,
        steps,
    };
    vec![
        goal(
            "m1",
            "Jeg vil kunne svømme <b>en bane.",
            Some(date(2026, 5, 3)),
            vec![step("Jeg kører dig.", true)],
        ),
        goal(
            "m2",
            "أريد أن أزور أمي",
            None,
            vec![step("Jeg ringer til din mor.", false), step("Jeg finder en dag.", true)],
        ),
        goal("m3", "Jeg vil bage.", None, vec![]),
    ]
}

pub(super) fn goals() -> Form {
    Form::Goals(wanted())
}

impl Sampled for Goals {
    fn samples() -> Vec<(&'static str, Self)> {
        let own = Self {
            child: "b1".into(),
            name: "Alma".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            own: true,
            may_help: false,
            plan: wanted(),
            dreams: vec![],
            key: "k".into(),
            problem: None,
        };
        let problem = ContributeProblem { title: "Noget passer ikke".into(), detail: None, next_step: None };
        let none = Self { plan: vec![], problem: Some(problem), ..own.clone() };
        let adults = Self { own: false, may_help: true, ..own.clone() };
        vec![("own", own), ("none", none), ("adults", adults)]
    }
}

impl Sampled for ArrangeCover {
    fn samples() -> Vec<(&'static str, Self)> {
        let said = |value: &str| Field { value: value.into(), problem: None };
        let now = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            called: said("Alma"),
            called_before: Field::default(),
            title: said("Almas bog"),
            cloths: Cloth::ALL.map(|cloth| ClothChoice { cloth, chosen: cloth == Cloth::Sea }).into(),
            pictures: vec![PictureChoice {
                picture: PictureView::new(&picture("p2", "Stranden", 2045, 1536)),
                chosen: true,
            }],
            key: "k".into(),
            problem: None,
        };
        let refused = Self {
            title: Field { value: "<b>".into(), problem: Some("For lang".into()) },
            pictures: vec![],
            ..now.clone()
        };
        vec![("now", now), ("refused", refused)]
    }
}

impl Sampled for TellLife {
    fn samples() -> Vec<(&'static str, Self)> {
        let said = |value: &str| Field { value: value.into(), problem: None };
        let blank = TellLife {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            school: false,
            action: "/bog/b1/mennesker/ny".into(),
            is_change: false,
            name: Field::default(),
            title: Field::default(),
            kind: Field::default(),
            place: Field::default(),
            words: Field::default(),
            from: Field::default(),
            until: Field::default(),
            died: Field::default(),
            pictures: Vec::new(),
            key: "k1".into(),
            problem: None,
        };
        let view = |id: &str| PictureView::new(&picture(id, "Stranden", 2045, 1536));
        let again = TellLife {
            is_change: true,
            name: said("مريم <i>"),
            kind: said("friend"),
            died: said("2019-05-01"),
            from: Field {
                value: "i går".into(),
                problem: Some("Datoen skal skrives som 2026-08-03.".into()),
            },
            pictures: vec![
                PictureChoice { picture: view("p2"), chosen: true },
                PictureChoice { picture: view("p3"), chosen: false },
            ],
            problem: Some(ContributeProblem { title: "Noget mangler".into(), detail: None, next_step: None }),
            ..blank.clone()
        };
        let school = TellLife { school: true, kind: said("club"), ..blank.clone() };
        vec![("blank", blank), ("again", again), ("school", school)]
    }
}
