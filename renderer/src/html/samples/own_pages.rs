//! The pages a child makes itself.

use super::{Sampled, date, picture};
use crate::book::{AgeBand, Attachment, Own, Picture};
use crate::html::*;

impl Sampled for OwnPages {
    fn samples() -> Vec<(&'static str, Self)> {
        let tile = |title: &str, own, drawing: Option<Picture>| OwnPageTile {
            href: "/bog/b1/side/o1".into(),
            title: title.into(),
            beginning: "Den er lavet af grene.".into(),
            picture: drawing.as_ref().map(PictureView::new),
            made_on: date(2026, 11, 3),
            own,
        };
        let none = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            pages: vec![],
            older_href: None,
            hidden: vec![],
            closed: true,
        };
        let drawing = Some(picture("p9", "", 1200, 900));
        let some = Self {
            pages: vec![
                tile("Min hule <b>", Own::Private, drawing),
                tile("", Own::Sharing, None),
                tile("كهف", Own::Sharing, None),
            ],
            older_href: Some("/bog/b1/mine?fra=x".into()),
            hidden: vec![HiddenPage { id: "e4".into(), title: "Den dag <i>vi flyttede".into() }],
            closed: false,
            ..none.clone()
        };
        vec![("none", none), ("some", some)]
    }
}

impl Sampled for OwnPageForm {
    fn samples() -> Vec<(&'static str, Self)> {
        let blank = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            action: "/bog/b1/mine/ny".into(),
            is_change: false,
            title: String::new(),
            text: String::new(),
            files: vec![],
            sharing: "nobody",
            beside: None,
            readers: vec![
                ReaderChoice { id: "a1".into(), name: "Karen Holm, plejemor".into(), chosen: false },
                ReaderChoice { id: "a2".into(), name: "<i>Mette</i> Lund, rådgiver".into(), chosen: true },
            ],
            key: "k".into(),
            problem: None,
        };
        let voice = Attachment {
            words: None,
            reads: false,
            id: "m9".into(),
            name: "stemme.webm".into(),
            media_type: "audio/webm".into(),
            size_bytes: 48_000,
        };
        let change = Self {
            action: "/bog/b1/mine/o1".into(),
            is_change: true,
            title: "Min hule".into(),
            text: "Den er lavet af grene.".into(),
            files: vec![KeptFile::picture(&picture("p9", "", 1200, 900)), KeptFile::attachment(&voice)],
            sharing: "some",
            problem: Some(ContributeProblem {
                title: "Noget passer ikke".into(),
                detail: Some("Siden er tom endnu.".into()),
                next_step: None,
            }),
            ..blank.clone()
        };
        let beside = Some(ToldBeside { id: "e1".into(), title: "Da vi <i>flyttede".into() });
        let remembers = Self { beside, ..blank.clone() };
        vec![("blank", blank), ("change", change), ("remembers", remembers)]
    }
}

impl Sampled for Owner {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |id: &str, name: &str, title: &str, may: &str, to| ReaderRow {
            id: id.into(),
            name: name.into(),
            title: title.into(),
            may: may.into(),
            from: 2021,
            to,
        };
        let then = Self {
            child: "b1".into(),
            book_title: "Mikkels bog".into(),
            band: AgeBand::From16,
            grown: false,
            birthday: date(2027, 2, 11),
            around: vec![
                row("a1", "Poul-Erik Dam", "plejefar", "write", None),
                row("a2", "Anders Lund", "rådgiver", "nothing", None),
            ],
            before: vec![
                row("a3", "مريم <b>", "pædagog", "read", Some(2023)),
                row("a4", "Vibeke Storm", "rådgiver", "nothing", Some(2021)),
            ],
            key: "k".into(),
            problem: None,
            afterwards: None,
        };
        let field = |value: &str, problem: Option<&str>| Field {
            value: value.into(),
            problem: problem.map(Into::into),
        };
        let afterwards = AfterwardsFields {
            next_of_kin: field("yes", None),
            researcher: field("", Some("Vælg et svar.")),
            words: field("Min søster <b>Signe</b>.", Some("Feltet words må være på 1000 tegn.")),
        };
        let now = Self {
            band: AgeBand::Adult,
            grown: true,
            around: vec![],
            afterwards: Some(afterwards),
            ..then.clone()
        };
        let nobody = Self { around: vec![], before: vec![], ..then.clone() };
        vec![("then", then), ("now", now), ("nobody", nobody)]
    }
}

impl Sampled for Elsewhere {
    fn samples() -> Vec<(&'static str, Self)> {
        let place = |name: &str, what: &str, years: Option<(i32, Option<i32>)>| ElsewhereRow {
            name: name.into(),
            what: what.into(),
            from: years.map(|(from, _)| from),
            to: years.and_then(|(_, to)| to),
            web: years.is_none().then(|| "https://www.rigsarkivet.dk".into()),
        };
        let own = ["institution", "school", "municipality"]
            .map(|what| place("Solbakken <b> مريم", what, Some((2007, (what != "school").then_some(2010)))));
        let known = ["national", "health", "appeals", "courts", "parish"]
            .map(|what| place("Rigsarkivet", what, None));
        let full = Self {
            child: "b1".into(),
            book_title: "Rikkes livsbog".into(),
            name: "Rikke Lund".into(),
            name_then: Some("Rikke <b>".into()),
            born: date(1992, 6, 8),
            places: own.into_iter().chain(known).collect(),
        };
        let bare = Self {
            name_then: None,
            places: vec![place("Skole", "school", Some((2007, Some(2007))))],
            ..full.clone()
        };
        vec![("full", full), ("bare", bare)]
    }
}

impl Sampled for Leaving {
    fn samples() -> Vec<(&'static str, Self)> {
        let person = |id: &str, name: &str, phone: &str, kept| KeepPerson {
            id: id.into(),
            name: name.into(),
            title: "plejefar".into(),
            phone: Phone::read(phone),
            kept,
        };
        let paper = |id: &str, title: &str, kept| KeepPaper {
            id: id.into(),
            href: format!("/bog/b1/side/{id}"),
            title: title.into(),
            day: date(2026, 6, 20),
            files: vec![PaperFile { href: "/api/v1/media/m1/original".into(), name: "bevis <1>.pdf".into() }],
            kept,
        };
        let young = Self {
            child: "b1".into(),
            book_title: "Mikkels bog".into(),
            band: AgeBand::From16,
            grown: false,
            here: "/bog/b1/med".into(),
            editions: vec![],
            packages: vec![],
            papers: vec![paper("e1", "Svendebrev", true), paper("e2", "شهادة", false)],
            people: vec![
                person("a1", "Poul Erik <b>", "12 34 57 14", true),
                person("a2", "Vibeke Storm", "spørg", false),
            ],
            any_kept: true,
            key: "k".into(),
        };
        let made = |id: &str, ready: bool, missing| PackageMade {
            id: id.into(),
            href: ready.then(|| format!("/api/v1/packages/{id}/file")),
            made_on: date(2027, 2, 12),
            size_bytes: 734_003_200,
            missing,
        };
        let grown = Self { band: AgeBand::Adult, grown: true, ..young.clone() };
        let bare = Self { papers: vec![], people: vec![], any_kept: false, ..grown.clone() };
        let waiting = Self { packages: vec![made("p1", false, 0)], ..bare.clone() };
        let ready = Self { packages: vec![made("p1", true, 0), made("p2", true, 2)], ..grown };
        vec![("young", young), ("bare", bare), ("waiting", waiting), ("ready", ready)]
    }
}
