//! Samples of the pages about what was taken out of a book, what is covered in it, what stands before its pages and what is
//! gone.

use super::claims::problem;
use super::{Sampled, date, moment};
use crate::book::AgeBand;
use crate::html::*;

impl Sampled for TakenOut {
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            disposals: ["proposed", "refused", "decided"].map(disposal).into(),
            older_href: Some("/bog/b1/taget-ud?fra=x".into()),
            holds: ["person", "dispute", "request", "national_archive"].map(hold).into(),
            may_ask: true,
        };
        let empty =
            Self { disposals: vec![], older_href: None, holds: vec![], may_ask: false, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

fn disposal(state: &'static str) -> DisposalRow {
    let thing = |kind, by: Option<&str>| ThingRow {
        kind,
        put_in_on: moment(3, 9, 12).date(),
        put_in_by: by.map(str::to_owned),
        why: "Det hørte til et andet barn og ligger nu dér.".into(),
    };
    DisposalRow {
        id: "d1".into(),
        state,
        asked_by: "Karen <b>".into(),
        asked_on: moment(4, 9, 12).date(),
        agreed: if state == "decided" { vec!["Mette Lund".into()] } else { vec![] },
        refused_by: (state == "refused").then(|| "مريم".into()),
        things: vec![
            thing("page", Some("Karen Holm")),
            thing("file", Some("مريم <b>")),
            thing("print", None),
            thing("paper", None),
        ],
        with_another: state == "proposed",
        may_decide: state == "proposed",
    }
}

fn hold(why: &'static str) -> HoldRow {
    let (one_page, lifted) = (why == "dispute", why == "request");
    HoldRow {
        id: "h1".into(),
        one_page,
        page_href: one_page.then(|| "/bog/b1/side/e5".into()),
        why,
        words: one_page.then(|| "Klage til <b>Ankestyrelsen".into()),
        asked_by: "مريم <b>".into(),
        asked_on: moment(4, 9, 12).date(),
        lifted_by: lifted.then(|| "Mette Lund".into()),
        lifted_on: lifted.then(|| moment(5, 9, 12).date()),
        may_lift: !lifted,
    }
}

impl Sampled for Covered {
    fn samples() -> Vec<(&'static str, Self)> {
        let decides = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::Adult,
            own: false,
            decides: true,
            covers: ["proposed", "standing", "sent_back", "lifted"].map(cover).into(),
            problem: Some(problem()),
        };
        let told = |row: &CoverRow| matches!(row.state, "standing" | "lifted");
        let as_told = |row: CoverRow| CoverRow {
            beneath: None,
            may_answer: false,
            may_lift: false,
            overdue: false,
            href: Some("/bog/b1/side/e1".into()),
            ..row
        };
        let covers = decides.covers.iter().filter(|row| told(row)).cloned().map(as_told).collect();
        let own = Self { own: true, decides: false, covers, problem: None, ..decides.clone() };
        let empty = Self { covers: vec![], ..own.clone() };
        vec![("decides", decides), ("own", own), ("empty", empty)]
    }
}

fn cover(state: &'static str) -> CoverRow {
    let (on, kind) = match state {
        "proposed" => ("file", "spot"),
        "standing" => ("page", "words"),
        "sent_back" => ("file", "whole"),
        _ => ("book", "words"),
    };
    let last = matches!(state, "sent_back" | "lifted");
    let beneath = match (on, kind) {
        ("file", "spot") => {
            Beneath { picture: Some("/bog/b1/daekket/c1/1/under".into()), ..Beneath::default() }
        }
        ("file", _) => Beneath { file: Some("/bog/b1/daekket/c1/1/under".into()), ..Beneath::default() },
        _ => Beneath { lines: vec!["Karla <b>".into()], ..Beneath::default() },
    };
    CoverRow {
        id: format!("c{state}"),
        number: 1,
        on,
        title: (on != "book").then(|| "Brev <b>".into()),
        href: None,
        kind,
        page: (kind == "spot").then_some(2),
        matter: "health",
        reason: "Det handler om en andens sygdom, <b>og hun har ikke sagt ja.".into(),
        ground: "Databeskyttelsesforordningen art. 15, stk. 4 <b>".into(),
        review_on: date(2028, 6, 1),
        review_when: (state == "standing").then(|| "når hun har svaret <b>".into()),
        overdue: state == "standing",
        state,
        proposed_by: "Søren <b>".into(),
        proposed_on: moment(4, 9, 12).date(),
        second: (state == "standing").then(|| "مريم".into()),
        last_by: last.then(|| "Hanne".into()),
        last_on: last.then(|| moment(5, 9, 12).date()),
        said: last.then(|| "Det ved han jo. <b>".into()),
        beneath: Some(beneath),
        may_answer: state == "proposed",
        may_lift: state == "standing",
        key: "k".into(),
    }
}

impl Sampled for Helper {
    fn samples() -> Vec<(&'static str, Self)> {
        let blank = Self {
            child: "b1".into(),
            book_title: "Rikkes bog".into(),
            shown: None,
            name: Field { value: "<b>".into(), problem: Some("Her mangler noget. <b>".into()) },
            problem: Some(problem()),
        };
        let shown = Some(("Signe <b>".into(), "https://livsbog.example/ind/x<b>".into()));
        vec![("shown", Self { shown, problem: None, ..blank.clone() }), ("blank", blank)]
    }
}

impl Sampled for Forewarned {
    fn samples() -> Vec<(&'static str, Self)> {
        let one = Self {
            child: "b1".into(),
            book_title: "Rikkes bog".into(),
            title: "Politiets rapport <b>".into(),
            warnings: vec!["Her står om vold. <b>".into(), "مريم".into()],
            read_href: "/bog/b1/side/e1?laest=ja".into(),
            back_href: "/bog/b1/kapitel/why".into(),
        };
        vec![("one", one)]
    }
}

impl Sampled for WarningForm {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = WarningRow {
            id: "w1".into(),
            words: "Her står om vold. <b>".into(),
            who: "Søren <b>".into(),
            on: moment(4, 9, 12).date(),
        };
        let full = Self {
            child: "b1".into(),
            book_title: "Rikkes bog".into(),
            entry: "e1".into(),
            title: "Politiets rapport <b>".into(),
            warnings: vec![row],
            words: Field { value: "<b>".into(), problem: Some("Her mangler noget. <b>".into()) },
            key: "k".into(),
            problem: Some(problem()),
        };
        let empty = Self { warnings: vec![], problem: None, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for Losses {
    fn samples() -> Vec<(&'static str, Self)> {
        let field = |value: &str, problem: Option<&str>| Field {
            value: value.into(),
            problem: problem.map(str::to_owned),
        };
        let wrong = Some("Her mangler noget. <b>");
        let row = |became| LossRow {
            id: "l1".into(),
            what: "Dagbogen fra Solbakken <b>".into(),
            became,
            known_from: Some("Den er nævnt i et notat. <b>".into()),
            kept_by: Some("Solbakken <b>".into()),
            words: Some("مريم <b>".into()),
            from: Some(date(2003, 8, 1)),
            until: Some(date(2004, 6, 30)),
            told_by: "Karen <b>".into(),
            told_on: moment(4, 9, 12).date(),
            may_change: true,
        };
        let told = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            losses: ["destroyed", "lost", "withheld", "found"].map(row).into(),
            may_tell: true,
            what: field("Bamse <b>", wrong),
            became: field("lost", wrong),
            kinds: vec!["destroyed", "lost", "withheld"],
            known_from: field("", wrong),
            kept_by: field("", None),
            words: field("", None),
            from: field("2003-08-01", None),
            until: field("", None),
            key: "k".into(),
            problem: Some(problem()),
        };
        let empty = Self { losses: vec![], may_tell: false, problem: None, ..told.clone() };
        vec![("told", told), ("empty", empty)]
    }
}

impl Sampled for CoverForm {
    fn samples() -> Vec<(&'static str, Self)> {
        let field = |value: &str, problem: Option<&str>| Field {
            value: value.into(),
            problem: problem.map(str::to_owned),
        };
        let wrong = Some("Her mangler noget. <b>");
        let on_page = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            entry: Some("e1".into()),
            media: None,
            title: Some("Brev <b>".into()),
            texts: vec!["Karla kom forbi. <b>".into()],
            files: vec![Link { href: "/bog/b1/daekket/ny?fil=m1".into(), words: "brev <b>.pdf".into() }],
            spotted: None,
            what: "book".into(),
            words: field("Karla <b>", wrong),
            spot: field("", None),
            whole: field("", wrong),
            sides: Default::default(),
            matters: vec!["identity", "health", "private_life", "source"],
            matter: field("health", wrong),
            reason: field("", wrong),
            ground: field("", wrong),
            review_on: field("", wrong),
            review_when: field("", None),
            key: "k".into(),
            problem: Some(problem()),
        };
        let spotted =
            Spotted { src: "/api/v1/media/m1/page-2".into(), page: Some(2), spots: vec![[10, 20, 300, 40]] };
        let on_file = Self {
            entry: None,
            media: Some("m1".into()),
            texts: vec![],
            files: vec![],
            spotted: Some(spotted),
            what: String::new(),
            spot: field("", wrong),
            sides: ["100", "200", "300", "50"].map(str::to_owned),
            ..on_page.clone()
        };
        let whole = Self { spotted: None, problem: None, ..on_file.clone() };
        let everywhere = Self { entry: None, title: None, texts: vec![], files: vec![], ..on_page.clone() };
        vec![("page", on_page), ("file", on_file), ("whole", whole), ("everywhere", everywhere)]
    }
}

impl Sampled for AskToStay {
    fn samples() -> Vec<(&'static str, Self)> {
        let field = |value: &str, problem: Option<&str>| Field {
            value: value.into(),
            problem: problem.map(str::to_owned),
        };
        let all = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            entry: None,
            title: None,
            own: false,
            why: Field::default(),
            words: Field::default(),
            key: "k1".into(),
            problem: None,
        };
        let problem =
            ContributeProblem { title: "Ikke helt".into(), detail: None, next_step: Some("Ret det.".into()) };
        let page = Self {
            entry: Some("e5".into()),
            title: Some("Dagen <i>ved søen".into()),
            why: field("dispute", Some("Vælg en grund.")),
            words: field("<b>", Some("Her er der plads til 200 tegn.")),
            problem: Some(problem),
            ..all.clone()
        };
        vec![("own", Self { own: true, ..all.clone() }), ("all", all), ("page", page)]
    }
}

impl Sampled for LiftHold {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |why| Self { child: "b1".into(), book_title: "Almas bog".into(), hold: hold(why) };
        vec![("all", of("person")), ("page", of("dispute"))]
    }
}

impl Sampled for Misfiled {
    fn samples() -> Vec<(&'static str, Self)> {
        let choice =
            Choice { id: "b2".into(), label: "مريم <b>".into(), note: String::new(), chosen: false };
        let full = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            entry: "e5".into(),
            title: "Dagen <i>ved søen".into(),
            children: vec![choice],
        };
        let alone = Self { children: vec![], ..full.clone() };
        vec![("full", full), ("alone", alone)]
    }
}
