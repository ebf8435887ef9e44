//! Pages between brothers and sisters, and reading further ahead.

use super::{Sampled, date};
use crate::book::{AgeBand, Giver};
use crate::html::*;

fn sister() -> Giver {
    Giver { title: "søster".into(), name: "Mira<b>".into() }
}

fn row(id: &str, title: Option<&str>, waits: bool) -> GiftRow {
    GiftRow {
        id: id.into(),
        other: sister(),
        title: title.map(str::to_owned),
        href: title.map(|_| format!("/bog/b1/side/{id}")),
        waits,
    }
}

impl Sampled for Gifts {
    fn samples() -> Vec<(&'static str, Self)> {
        let none = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            offers: vec![],
            got: vec![],
            given: vec![],
        };
        let some = Self {
            offers: vec![row("g1", None, true), row("g2", None, true)],
            got: vec![row("g3", Some("Min <i>hule"), false)],
            given: vec![row("g4", Some("كهف"), true), row("g5", Some("Søen"), false), row("g6", None, false)],
            ..none.clone()
        };
        vec![("none", none), ("some", some)]
    }
}

impl Sampled for GivePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let to = |gift| GiveTo { id: "s1".into(), sibling: sister(), gift };
        let give = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            page: "e1".into(),
            title: "Den dag <i>vi badede".into(),
            may_give: true,
            siblings: vec![to(None), to(Some(row("g1", None, true))), to(Some(row("g2", None, false)))],
            key: "k".into(),
        };
        let may_not = Self { may_give: false, ..give.clone() };
        vec![("give", give), ("may-not", may_not)]
    }
}

impl Sampled for Siblings {
    fn samples() -> Vec<(&'static str, Self)> {
        let known = SiblingRow { id: "s1".into(), title: "søster".into(), name: Some("Mira<b>".into()) };
        let unknown = SiblingRow { id: "s2".into(), title: "halvbror".into(), name: None };
        let other =
            Choice { id: "b2".into(), label: "Viggo Sandager".into(), note: String::new(), chosen: false };
        let full = Self {
            child: "b1".into(),
            name: "Alma".into(),
            book_title: "Almas bog".into(),
            siblings: vec![known, unknown],
            others: vec![other],
            number: Field::default(),
            title: Field::default(),
            key: "k".into(),
            problem: None,
        };
        let problem =
            ContributeProblem { title: "Der er noget at rette".into(), detail: None, next_step: None };
        let missing = Field { value: String::new(), problem: Some("Der mangler et ord.".into()) };
        let sorry =
            Self { siblings: vec![], others: vec![], title: missing, problem: Some(problem), ..full.clone() };
        vec![("full", full), ("sorry", sorry)]
    }
}

impl Sampled for LookAheadForm {
    fn samples() -> Vec<(&'static str, Self)> {
        let band = |band, chosen| BandAhead { band, chosen };
        let own = Self {
            child: "b1".into(),
            name: "Alma <b>".into(),
            book_title: "Almas bog".into(),
            own: AgeBand::From10,
            bands: vec![
                band(AgeBand::From13, false),
                band(AgeBand::From16, false),
                band(AgeBand::Adult, false),
            ],
            said: None,
            key: "k".into(),
        };
        let open = Self {
            bands: vec![
                band(AgeBand::From13, true),
                band(AgeBand::From16, false),
                band(AgeBand::Adult, false),
            ],
            said: Some(("Karen Holm".into(), date(2026, 11, 3))),
            ..own.clone()
        };
        vec![("own", own), ("open", open)]
    }
}
