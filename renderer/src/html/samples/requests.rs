//! Requests at every stage, seen from both sides.

use super::{Sampled, date, moment};
use crate::html::{
    Answer, AskArchive, ContributeProblem, Desk, Field, FoundRow, Link, MessageRow, PackageRow, PlaceRow,
    RequestDesk, RequestRow, RequestStep, RequestView,
};

fn problem() -> ContributeProblem {
    ContributeProblem {
        title: "Der mangler noget".into(),
        detail: Some("Skriv, hvorfor.".into()),
        next_step: None,
    }
}

fn typed(value: &str, wrong: bool) -> Field {
    Field { value: value.into(), problem: wrong.then(|| "Skriv, hvorfor.".into()) }
}

impl Sampled for AskArchive {
    fn samples() -> Vec<(&'static str, Self)> {
        let blank = Self {
            municipality: "Egebæk Kommune".into(),
            acknowledge_by: date(2026, 12, 9),
            answer_by: date(2026, 12, 15),
            part: false,
            words: Field::default(),
            key: "k1".into(),
            problem: None,
        };
        let refused =
            Self {
                part: true, words: typed("مريم <b>", true), problem: Some(problem()), ..blank.clone()
            };
        vec![("blank", blank), ("refused", refused)]
    }
}

/// A request in a list.
pub(super) fn row(stage: &'static str, late: bool) -> RequestRow {
    RequestRow {
        href: "/arkiv/r1".into(),
        name: "Rikke <b>".into(),
        stage,
        asked_on: date(2026, 11, 23),
        due: Some(date(2026, 12, 2)),
        late,
        by: late.then(|| "مريم".into()),
    }
}

impl Sampled for RequestDesk {
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            covers_due: vec![(Link { href: "/bog/b1/daekket".into(), words: "مريم <b>".into() }, 2)],
            municipality: "Egebæk Kommune".into(),
            claims: vec![
                super::claims::row("looking", true),
                super::claims::row("differs", false),
                super::claims::row("found", false),
                super::claims::row("not_found", false),
                super::claims::row("asked", false),
            ],
            open: ["received", "acknowledged", "searched", "reviewed", "proposed", "decided"]
                .map(|stage| row(stage, stage == "searched"))
                .into(),
            closed: ["delivered", "withdrawn"]
                .map(|stage| RequestRow { due: None, ..row(stage, false) })
                .into(),
            more_href: Some("/arkiv/anmodninger?fra=x".into()),
        };
        let empty = Self {
            covers_due: vec![],
            claims: vec![],
            open: vec![],
            closed: vec![],
            more_href: None,
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for RequestView {
    fn samples() -> Vec<(&'static str, Self)> {
        let just_sent = received();
        let late = Self {
            stage: "searched",
            late: true,
            found: vec![
                FoundRow { kind: "entry", count: 24, years: Some((1992, 2010)) },
                FoundRow { kind: "media", count: 1, years: Some((1995, 1995)) },
                FoundRow { kind: "hold", count: 0, years: None },
            ],
            elsewhere: vec![
                PlaceRow { name: "Rigsarkivet <b>".into(), words: Some("Journaler før 1996.".into()) },
                PlaceRow { name: "مريم".into(), words: None },
            ],
            ..received()
        };
        let delivered = Self {
            stage: "delivered",
            due: None,
            answer: Some(answer("granted_in_part")),
            package: Some(PackageRow {
                href: "/api/v1/archive-requests/r1/package".into(),
                size_bytes: 8_123_456_789,
                missing: 1,
            }),
            may_withdraw: false,
            ..late.clone()
        };
        let refused =
            Self { stage: "decided", due: None, late: false, answer: Some(answer("refused")), ..received() };
        let withdrawn = Self { stage: "withdrawn", due: None, may_withdraw: false, ..received() };
        let desk = |stage, step| Self {
            own: false,
            stage,
            may_withdraw: false,
            desk: Some(Desk { step: Some(step), ..tools() }),
            ..late.clone()
        };
        let second = Self {
            own: false,
            stage: "proposed",
            answer: Some(answer("refused")),
            desk: Some(Desk { may_second: true, may_decide: false, ..tools() }),
            problem: Some(problem()),
            ..received()
        };
        let waits = Self { desk: Some(Desk { waits: true, ..tools() }), problem: None, ..second.clone() };
        let anothers = ["next_of_kin", "researcher", "anyone"].map(|asks_as| Self {
            outsider: Some((asks_as, "Rikke <b>".into())),
            ..desk("received", "acknowledge")
        });
        let [kin, researcher, anyone] = anothers;
        vec![
            ("next_of_kin", kin),
            ("researcher", researcher),
            ("anyone", anyone),
            ("received", just_sent),
            ("late", late.clone()),
            ("delivered", delivered),
            ("refused", refused),
            ("withdrawn", withdrawn),
            ("to_acknowledge", desk("received", "acknowledge")),
            ("to_search", desk("acknowledged", "search")),
            ("to_review", desk("searched", "review")),
            ("second", second),
            ("waits", waits),
        ]
    }
}

fn received() -> RequestView {
    let step = |what, state| RequestStep {
        what,
        state,
        who: (state == "done").then(|| "Rikke <b>".into()),
        on: (state == "done").then(|| date(2026, 11, 23)),
        words: (state == "done").then(|| "مريم".into()),
    };
    RequestView {
        id: "r1".into(),
        own: true,
        name: "Rikke <b>".into(),
        outsider: None,
        municipality: "Egebæk Kommune".into(),
        phone: Some("12 34 56 70".into()),
        stage: "received",
        due: Some(date(2026, 12, 2)),
        late: false,
        part: true,
        words: Some("Jeg vil gerne læse om Solbakken.".into()),
        steps: vec![
            step("received", "done"),
            step("acknowledged", "now"),
            step("searched", "later"),
            step("reviewed", "later"),
            step("decided", "later"),
            step("delivered", "later"),
        ],
        found: vec![],
        elsewhere: vec![],
        answer: None,
        package: None,
        messages: vec![
            MessageRow {
                who: "Rikke <b>".into(),
                mine: true,
                at: moment(24, 9, 5),
                words: "Er der\nbilleder?".into(),
            },
            MessageRow { who: "Søren".into(), mine: false, at: moment(24, 14, 30), words: "Ja.".into() },
        ],
        may_write: true,
        may_withdraw: true,
        desk: None,
        message: Field::default(),
        key: "k1".into(),
        problem: None,
    }
}

pub(super) fn answer(outcome: &'static str) -> Answer {
    Answer {
        outcome,
        who: "Søren <b>".into(),
        second: Some("Hanne".into()),
        words: Some("Ring, hvis du vil tale om det.".into()),
        reason: Some("Det handler om en andens sygdom.".into()),
        ground: Some("Forvaltningsloven § 15 b".into()),
        complain_to: Some("Ankestyrelsen <b>".into()),
        complain_by: Some(date(2027, 1, 11)),
        held_back: if outcome == "refused" { 0 } else { 2 },
        covered: if outcome == "granted_in_part" { 3 } else { 0 },
        covered_href: "/bog/b1/daekket".into(),
    }
}

fn tools() -> Desk {
    Desk {
        step: None,
        may_postpone: true,
        may_decide: true,
        may_second: false,
        waits: false,
        book_href: Some("/bog/b1".into()),
        answer_by: typed("2026-12-15", false),
        words: typed("<b>", true),
        outcome: typed("refused", false),
        reason: typed("", true),
        ground: typed("", true),
        complain_to: typed("", true),
        complain_by: typed("", true),
    }
}
