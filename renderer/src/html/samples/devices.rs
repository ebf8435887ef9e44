//! Samples of the child's own device and of reading for two.

use super::{Sampled, date, moment};
use crate::book::AgeBand;
use crate::html::*;

impl Sampled for PressPictures {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |purpose, band, trouble| Self {
            trouble,
            csrf: (purpose == Purpose::Together).then(|| "token".into()),
            ..Self::new(purpose, "Alma <b>".into(), band, "/ind/billeder".into(), 4)
        };
        let pressed =
            Self { pressed: vec!["cat", "sun"], done: 2, ..of(Purpose::SignIn, AgeBand::From3, None) };
        let sign_in = |trouble| of(Purpose::SignIn, AgeBand::From7, Some(trouble));
        vec![
            ("blank", of(Purpose::SignIn, AgeBand::From3, None)),
            ("pressed", pressed),
            ("wrong", sign_in(PictureTrouble::Wrong)),
            ("wait", sign_in(PictureTrouble::Wait { minutes: 14 })),
            ("locked", sign_in(PictureTrouble::Locked)),
            ("none", sign_in(PictureTrouble::NoCode)),
            ("same", of(Purpose::Choose, AgeBand::From7, Some(PictureTrouble::Same))),
            ("differs", of(Purpose::Choose, AgeBand::From7, Some(PictureTrouble::Differs))),
            ("repeat", of(Purpose::Repeat, AgeBand::From10, None)),
            ("together", of(Purpose::Together, AgeBand::From7, Some(PictureTrouble::NotShown))),
        ]
    }
}

impl Sampled for WhoseDevice {
    fn samples() -> Vec<(&'static str, Self)> {
        let child = |name: &str| ChildOfDevice { id: "b1".into(), name: name.into() };
        vec![("two", Self { children: vec![child("Alma"), child("مريم <i>")] })]
    }
}

impl Sampled for Devices {
    fn samples() -> Vec<(&'static str, Self)> {
        let none = Self {
            child: "b1".into(),
            child_name: "Alma".into(),
            may_enrol: true,
            has_own_person: true,
            devices: vec![],
            has_code: false,
            choose_until: None,
            locked: false,
            waiting: None,
        };
        let row = |id: &str, used_on, locked| DeviceRow {
            id: id.into(),
            enrolled_by: "Birgit <b>".into(),
            enrolled_on: date(2026, 11, 3),
            used_on,
            locked,
        };
        let waiting = |may_confirm| {
            Some(WaitingYes { id: "o1".into(), by: "Birgit Holm".into(), at: moment(20, 15, 4), may_confirm })
        };
        let two = Self {
            devices: vec![row("d1", Some(date(2026, 11, 20)), true), row("d2", None, false)],
            has_code: true,
            choose_until: Some(moment(20, 15, 19)),
            locked: true,
            waiting: waiting(true),
            ..none.clone()
        };
        vec![
            ("none", none.clone()),
            ("two", two),
            ("no-person", Self { has_own_person: false, ..none.clone() }),
            ("archivist", Self { may_enrol: false, waiting: waiting(false), ..none }),
        ]
    }
}

impl Sampled for ReadForTwo {
    fn samples() -> Vec<(&'static str, Self)> {
        let before = Self { child: "b1".into(), child_name: "Alma".into(), pictures: vec![], until: None };
        let after = Self {
            pictures: vec!["snail", "kite", "moon"],
            until: Some(moment(20, 15, 14)),
            ..before.clone()
        };
        vec![("before", before), ("after", after)]
    }
}

pub(super) fn let_in() -> Vec<LetIn> {
    let of = |why, confirmed| LetIn { why, by: "Birgit <b>".into(), on: date(2026, 11, 20), confirmed };
    vec![
        of("forgotten", None),
        of("enrolled", Some(("Mette Lund".into(), date(2026, 11, 21)))),
        of("link", None),
        of("locked", None),
    ]
}
