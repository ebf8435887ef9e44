//! Samples of a child's adults, meetings and talks.

use super::{Sampled, date, picture};
use crate::book::AgeBand;
use crate::html::{
    AdultCard, Ago, ChildWaits, ContactClock, ContributeProblem, Field, FormerAdult, MeetingLine, MeetingRow,
    Meetings, MyAdults, Phone, PictureView, PlanMeeting, ReaderChoice, TalkFace, TalkForm, TalkRow, Talks,
    WishRow, WishedPage,
};

fn line() -> MeetingLine {
    MeetingLine {
        when: "Tirsdag den 1. december kl. 14".into(),
        place: Some("hjemme hos <b>jer</b>".into()),
        about: Some("Det, du gerne vil tale om".into()),
    }
}

fn clock(late: bool) -> ContactClock {
    let ago = Some(Ago { unit: if late { "months" } else { "weeks" }, count: 5 });
    ContactClock { adviser: "Mette".into(), ago, due: "den 2. februar".into(), late }
}

fn wishes() -> Vec<WishRow> {
    let open = WishRow {
        id: "w1".into(),
        what: "meeting",
        to: Some("Mette".into()),
        words: Some("Må vi <i>bage</i>?".into()),
        about: None,
        said_on: date(2026, 11, 20),
        answered_by: None,
        answer: None,
        meeting: None,
        page: None,
    };
    let answered = WishRow {
        id: "w2".into(),
        what: "page",
        about: Some("رسالة من مريم".into()),
        answered_by: Some("Karen".into()),
        answer: Some("Ja, vi læser den sammen.".into()),
        meeting: Some(line()),
        ..open.clone()
    };
    let no = WishRow { id: "w3".into(), what: "no", to: None, words: None, ..open.clone() };
    let page = WishedPage { title: "Dengang <b> i det gule hus".into(), href: "/bog/b1/side/e1".into() };
    let written = WishRow { id: "w4".into(), what: "page", to: None, page: Some(page), ..open.clone() };
    let wanted = WishRow { id: "w5".into(), what: "page", to: None, ..open.clone() };
    vec![open, answered, no, written, wanted]
}

/// What a child waits for, at `/bidrag`.
pub(super) fn waits() -> Vec<ChildWaits> {
    let alma = ChildWaits {
        child: "b1".into(),
        name: "Alma".into(),
        wishes: wishes().into_iter().filter(|wish| wish.answer.is_none() && wish.page.is_none()).collect(),
        keeps_meetings: true,
        clock: Some(clock(true)),
    };
    let never = ContactClock { ago: None, ..clock(true) };
    let quiet = ChildWaits { child: "b2".into(), wishes: Vec::new(), clock: Some(never), ..alma.clone() };
    vec![alma, quiet]
}

impl Sampled for MyAdults {
    fn samples() -> Vec<(&'static str, Self)> {
        let mette = AdultCard {
            id: "a1".into(),
            name: "Mette Lund".into(),
            called: "Mette".into(),
            title: None,
            since: 2021,
            picture: None,
            phone: Phone::read("12 34 57 21 (også sms)"),
            meeting: Some(line()),
            clock: Some(clock(false)),
            asked: true,
        };
        let karen = AdultCard {
            id: "a2".into(),
            name: "مريم <b>Holm</b>".into(),
            called: "مريم".into(),
            title: Some("plejemor".into()),
            picture: Some(PictureView::new(&picture("p3", "Karen", 3024, 4032))),
            phone: Phone::read("12 34 57 12"),
            meeting: None,
            clock: None,
            asked: false,
            ..mette.clone()
        };
        let vibeke = FormerAdult {
            name: "Vibeke Agerskov".into(),
            title: None,
            from: 2019,
            to: 2021,
            picture: None,
            letter: Some("/bog/b1/side/e6".into()),
        };
        let camilla =
            FormerAdult { title: Some("pædagog".into()), to: 2019, letter: None, ..vibeke.clone() };
        let of = |band, own| Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band,
            own,
            adults: vec![karen.clone(), mette.clone()],
            before: vec![vibeke.clone(), camilla.clone()],
            wishes: if own { wishes() } else { Vec::new() },
            key: "k1".into(),
        };
        let late = AdultCard { clock: Some(clock(true)), phone: None, ..mette.clone() };
        vec![
            ("small", of(AgeBand::From3, true)),
            ("child", of(AgeBand::From7, true)),
            ("young", Self { adults: vec![late], wishes: Vec::new(), ..of(AgeBand::From13, true) }),
            ("adult", of(AgeBand::From7, false)),
            ("nobody", Self { adults: Vec::new(), before: Vec::new(), ..of(AgeBand::From10, true) }),
        ]
    }
}

impl Sampled for Meetings {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |id: &str, state, has_come| MeetingRow {
            id: id.into(),
            line: line(),
            with: vec!["Mette".into(), "læreren <b>Jens</b>".into()],
            state,
            has_come,
        };
        let own = Self {
            child: "b1".into(),
            child_name: "Alma".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            own: true,
            coming: vec![row("m1", "planned", false)],
            past: vec![row("m2", "held", true), row("m3", "cancelled", true), row("m4", "planned", true)],
            clock: Some(clock(false)),
            talks: true,
            form: None,
        };
        let wrong = Field { value: "i går".into(), problem: Some("Datoen skal skrives anderledes.".into()) };
        let form = PlanMeeting {
            people: vec![ReaderChoice {
                id: "a1".into(), name: "Mette Lund, rådgiver".into(), chosen: true
            }],
            others: Field::default(),
            on: wrong.clone(),
            at: wrong,
            place: Field::default(),
            about: Field::default(),
            held: true,
            wish: wishes().pop(),
            key: "k1".into(),
            problem: Some(ContributeProblem { title: "Noget mangler".into(), detail: None, next_step: None }),
        };
        let keeps = Self { own: false, form: Some(form), ..own.clone() };
        let empty = Self { coming: Vec::new(), past: Vec::new(), clock: None, talks: false, ..own.clone() };
        vec![("own", own), ("keeps", keeps), ("empty", empty)]
    }
}

fn faces(faces: [u8; 4]) -> Vec<TalkFace> {
    let questions = ["said", "understood", "next", "place"];
    questions.into_iter().zip(faces).map(|(question, face)| TalkFace { question, face }).collect()
}

impl Sampled for TalkForm {
    fn samples() -> Vec<(&'static str, Self)> {
        let meeting = |id: &str, chosen| ReaderChoice {
            id: id.into(),
            name: "Tirsdag den 8. september, Mette".into(),
            chosen,
        };
        let blank = Self {
            child: "b1".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            questions: faces([0; 4]),
            meetings: vec![meeting("m1", true), meeting("m2", false)],
            words: String::new(),
            adviser: Some("Mette".into()),
            alone: false,
            key: "k1".into(),
            problem: None,
        };
        let again = Self {
            questions: faces([1, 4, 0, 2]),
            words: "Der var <b>larm</b>".into(),
            alone: true,
            problem: Some(ContributeProblem { title: "Noget mangler".into(), detail: None, next_step: None }),
            ..blank.clone()
        };
        let small = Self { band: AgeBand::From3, ..blank.clone() };
        let alone = Self { adviser: None, meetings: Vec::new(), ..small.clone() };
        vec![("blank", blank), ("again", again), ("small", small), ("alone", alone)]
    }
}

impl Sampled for Talks {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |id: &str, given, shared| TalkRow {
            id: id.into(),
            on: date(2026, 9, 8),
            with: vec!["Mette".into()],
            place: Some("hjemme".into()),
            faces: faces(given),
            words: "Der var <b>larm</b>.".into(),
            shared,
        };
        let own = Self {
            child: "b1".into(),
            child_name: "Alma".into(),
            book_title: "Almas bog".into(),
            band: AgeBand::From7,
            own: true,
            talks: vec![row("t1", [4, 3, 2, 1], true), row("t2", [0, 2, 0, 4], false)],
        };
        let shared = Self { own: false, talks: vec![row("t1", [4, 3, 2, 1], false)], ..own.clone() };
        let none = Self { talks: Vec::new(), ..own.clone() };
        let nothing = Self { own: false, ..none.clone() };
        vec![("own", own), ("shared", shared), ("none", none), ("nothing", nothing)]
    }
}
