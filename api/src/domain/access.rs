//! Who may do what with a child's book. This file is the only place that decides it.
//!
//! A person's rights follow from the roles held towards the child *today*: through an active placement or an active
//! assignment. No role, no right, and no way to learn that the child exists.
//!
//! At 18 the book changes hands ([`Span`]), by the day of birth and the day it is in Denmark, and by nobody's doing: the
//! roles that the municipality gave end, whatever the register says of them, and those count that the grown person gave.

use chrono::{Datelike, NaiveDate};
use renderer::book::AgeBand;
use serde::Serialize;

use self::Right::*;
use super::document::Role;

/// One thing a person may do with one child's book; `GET /api/v1/me` tells them by these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Know the child: name, age.
    SeeCard,
    /// Read what is open.
    ReadBook,
    /// Read at any age band; without it, the child's own band and those below.
    ReadAnyBand,
    /// Read what is held back and what waits for an adult.
    ReadHeldBack,
    /// Fetch originals, which carry camera and place data. The depositor always may fetch their own.
    ReadOriginals,
    /// Deposit files and entries.
    Contribute,
    /// Make pages of one's own, and choose who reads them.
    MakeOwnPages,
    /// Choose how one's own book looks and what one is called in it, and hide pages from oneself.
    ArrangeBook,
    /// Give pages to one's brothers and sisters, and say yes or no to theirs.
    GivePages,
    /// Say what one wants to reach, and tick it.
    ChooseGoals,
    /// Say what one does for the child's goals.
    HelpGoals,
    /// Know the places that are secret.
    KnowPlaces,
    /// Let the child read further ahead than its age.
    OpenBands,
    /// Tell of the people, the schools and the clubs in the child's life.
    TellLife,
    /// Say what one wishes of one's adults.
    Wish,
    /// Read what the child wishes.
    ReadWishes,
    /// Answer what the child wishes.
    AnswerWishes,
    /// Plan meetings with the child, and tell that they were held.
    KeepMeetings,
    /// Decide that a page is held back, and correct others' entries.
    Decide,
    /// Order a printed book.
    OrderEdition,
    /// See who opened the book, and what was taken out of it.
    ReadAccessLog,
    /// Decide as the owner of one's book: who keeps reading it from 18 on.
    DecideAsOwner,
    /// Ask the archive for everything it has about oneself.
    AskArchive,
    /// Ask that something stay, whatever the policy says.
    PlaceHold,
    /// Propose that something be disposed of, agree to it or refuse it.
    Dispose,
    /// Make a tablet the child's own, and let the child choose a new code of pictures.
    EnrolDevice,
    /// Say yes, beside whoever let the child in anew, so that its own pages open again ([`Ties::may_confirm`]).
    ConfirmWayIn,
    /// Sit beside the child and open the pages that are for two.
    ReadTogether,
}

/// What the child itself may.
const CHILD: &[Right] = &[
    SeeCard,
    ReadBook,
    Contribute,
    MakeOwnPages,
    ArrangeBook,
    GivePages,
    ChooseGoals,
    KnowPlaces,
    TellLife,
    Wish,
    ReadWishes,
    OrderEdition,
    ReadAccessLog,
    PlaceHold,
];

/// What the child itself may from 16 on, when it is told what happens at 18.
const YOUNG: &[Right] = &[
    SeeCard,
    ReadBook,
    Contribute,
    MakeOwnPages,
    ArrangeBook,
    GivePages,
    ChooseGoals,
    KnowPlaces,
    TellLife,
    Wish,
    ReadWishes,
    OrderEdition,
    ReadAccessLog,
    DecideAsOwner,
    PlaceHold,
];

/// What the grown person may with the book that is about them.
const GROWN: &[Right] = &[
    SeeCard,
    ReadBook,
    ReadAnyBand,
    ReadOriginals,
    Contribute,
    MakeOwnPages,
    ArrangeBook,
    GivePages,
    ChooseGoals,
    KnowPlaces,
    TellLife,
    Wish,
    ReadWishes,
    OrderEdition,
    ReadAccessLog,
    DecideAsOwner,
    AskArchive,
    PlaceHold,
];

/// What those may who the grown person lets keep reading.
const CHOSEN_READER: &[Right] = &[SeeCard, ReadBook, ReadAnyBand, OrderEdition];

/// What those may who the grown person lets write too.
const CHOSEN_WRITER: &[Right] = &[
    SeeCard,
    ReadBook,
    ReadAnyBand,
    Contribute,
    TellLife,
    ReadWishes,
    AnswerWishes,
    HelpGoals,
    OrderEdition,
];

/// What those may with whom the child lives.
const CARER: &[Right] = &[
    SeeCard,
    ReadBook,
    ReadAnyBand,
    Contribute,
    OpenBands,
    TellLife,
    ReadWishes,
    AnswerWishes,
    HelpGoals,
    KeepMeetings,
    OrderEdition,
    EnrolDevice,
    ConfirmWayIn,
    ReadTogether,
];

/// What a support person may.
const SUPPORT_PERSON: &[Right] = &[
    SeeCard,
    ReadBook,
    ReadAnyBand,
    Contribute,
    TellLife,
    ReadWishes,
    AnswerWishes,
    HelpGoals,
    OrderEdition,
    ReadTogether,
];

/// What the child's caseworker may.
const CASEWORKER: &[Right] = &[
    SeeCard,
    ReadBook,
    ReadAnyBand,
    ReadHeldBack,
    ReadOriginals,
    Contribute,
    KnowPlaces,
    OpenBands,
    TellLife,
    ReadWishes,
    AnswerWishes,
    HelpGoals,
    KeepMeetings,
    Decide,
    OrderEdition,
    ReadAccessLog,
    PlaceHold,
    Dispose,
    EnrolDevice,
    ConfirmWayIn,
    ReadTogether,
];

/// What a leader may as second reader of one child's hard pages. Over a whole municipality a leader sees counts, never a
/// book.
const LEADER: &[Right] = &[
    SeeCard,
    ReadBook,
    ReadAnyBand,
    ReadHeldBack,
    KnowPlaces,
    OrderEdition,
    ReadAccessLog,
    PlaceHold,
    Dispose,
];

/// What an archivist may, for the one child whose papers somebody has asked for.
const ARCHIVIST: &[Right] = &[
    SeeCard,
    ReadBook,
    ReadAnyBand,
    ReadHeldBack,
    ReadOriginals,
    KnowPlaces,
    Contribute,
    Decide,
    OrderEdition,
    ReadAccessLog,
    PlaceHold,
    Dispose,
    ConfirmWayIn,
];

/// At this age the book becomes the own of the one it is about.
pub const GROWN_AT: u32 = 18;
/// From this age on one is told what happens then, and chooses.
pub const INVITED_AT: u32 = 16;

/// When in a life a role counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Always,
    /// While the one the book is about lives.
    Life,
    /// Until the day before the 18th birthday.
    Childhood,
    /// From the 18th birthday on, while the one the book is about lives.
    Grown,
}

/// When a role counts: those around a child end with its childhood, and those it has chosen begin then. An archivist
/// answers what somebody asks at any age, and after.
pub fn span(role: Role) -> Span {
    match role {
        Role::Archivist | Role::Outsider => Span::Always,
        Role::Own => Span::Life,
        Role::Carer
        | Role::Caseworker
        | Role::SupportPerson
        | Role::Invited
        | Role::System
        | Role::Leader => Span::Childhood,
        Role::ChosenReader | Role::ChosenWriter => Span::Grown,
    }
}

/// True where a role counts towards somebody of whole years `age` who lives, or has `died`. Those around a child that died
/// keep what they have of it until the register ends their roles.
fn counts(role: Role, age: u32, died: bool) -> bool {
    match span(role) {
        Span::Always => true,
        Span::Life => !died,
        Span::Childhood => age < GROWN_AT,
        Span::Grown => age >= GROWN_AT && !died,
    }
}

/// The first day on which somebody is 18.
pub fn grown_on(born: NaiveDate) -> NaiveDate {
    let years = GROWN_AT.cast_signed();
    let same_day = born.with_year(born.year() + years);
    // Who is born on a leap day becomes a year older on the first of March.
    same_day.or_else(|| born.succ_opt()?.with_year(born.year() + years)).unwrap_or(NaiveDate::MAX)
}

/// Whoever was born on this day or before is 18 on `today`.
pub fn born_by(today: NaiveDate) -> NaiveDate {
    let years = GROWN_AT.cast_signed();
    let same_day = today.with_year(today.year() - years);
    same_day.or_else(|| today.pred_opt()?.with_year(today.year() - years)).unwrap_or(NaiveDate::MIN)
}

/// What a role gives towards a child of whole years `age`.
pub fn rights(role: Role, age: u32) -> &'static [Right] {
    if !counts(role, age, false) {
        return &[];
    }
    match role {
        Role::Own if age >= GROWN_AT => GROWN,
        Role::Own if age >= INVITED_AT => YOUNG,
        Role::Own => CHILD,
        Role::ChosenReader => CHOSEN_READER,
        Role::ChosenWriter => CHOSEN_WRITER,
        Role::Carer => CARER,
        Role::SupportPerson => SUPPORT_PERSON,
        Role::Caseworker => CASEWORKER,
        // Invited people and the case system give; they do not read.
        Role::Invited | Role::System => &[SeeCard, Contribute],
        Role::Leader => LEADER,
        Role::Archivist => ARCHIVIST,
        // What they are given is a package, and never the book.
        Role::Outsider => &[],
    }
}

/// True where a role held in a municipality keeps its register: people, children, homes, roles, and who may come in.
/// The register holds no word of any book, and keeping it opens none.
pub fn keeps_register(role: Role) -> bool {
    role == Role::Leader
}

/// True where a role held in a municipality lets its holder decide what of its children's is disposed of: they are told
/// kinds and days, and not a word of any book.
pub fn decides_disposal(role: Role) -> bool {
    matches!(role, Role::Leader | Role::Archivist)
}

/// True where a role held in a municipality answers requests for what its archive has.
pub fn answers_requests(role: Role) -> bool {
    role == Role::Archivist
}

/// True where a role held in a municipality may be the second person of a no: told what is asked and why it is refused, and
/// not a word of any book.
pub fn seconds_requests(role: Role) -> bool {
    matches!(role, Role::Leader | Role::Archivist)
}

/// True for the roles that are held towards one child by assignment; carers hold theirs through a home, and whom the grown
/// person chose is nobody else's to say.
pub fn is_assignable(role: Role) -> bool {
    !matches!(role, Role::Carer | Role::Outsider) && span(role) != Span::Grown
}

/// True for those around a child whom it may let keep reading: people, not offices.
pub fn may_be_chosen(role: Role) -> bool {
    matches!(
        role,
        Role::Carer
            | Role::Caseworker
            | Role::SupportPerson
            | Role::Invited
            | Role::ChosenReader
            | Role::ChosenWriter
    )
}

/// True for the roles that are held in a municipality itself.
pub fn is_municipal(role: Role) -> bool {
    matches!(role, Role::Leader | Role::Archivist)
}

/// The roles one person holds towards one child today, the child's age, and what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ties {
    /// Those that count.
    pub roles: Vec<Role>,
    pub age: u32,
    /// How far ahead of its age the child's adults have opened its book; asked for by the child alone.
    pub looks_ahead: Option<AgeBand>,
    /// Why a role that the register still has counts no more.
    pub ended: Option<Ended>,
}

/// What ends roles that the register still has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The book changed hands.
    HandedOver,
    /// The one it is about died.
    Died,
}

impl Ties {
    pub fn new(held: impl IntoIterator<Item = Role>, age: u32, died: bool) -> Self {
        let (roles, others): (Vec<Role>, Vec<Role>) =
            held.into_iter().partition(|role| counts(*role, age, died));
        let by_death = others.iter().any(|role| counts(*role, age, false));
        let handed_over = age >= GROWN_AT && !others.is_empty();
        let ended = if by_death { Some(Ended::Died) } else { handed_over.then_some(Ended::HandedOver) };
        Self { roles, age, looks_ahead: None, ended }
    }

    pub fn may(&self, right: Right) -> bool {
        self.roles.iter().any(|role| rights(*role, self.age).contains(&right))
    }

    /// True where this adult's yes, beside that of whoever let the child in anew as `opened_as`, opens the child's own
    /// pages again. Carers live in one home: beside one of them the municipality stands, never another of them. Around
    /// a grown person nobody cares any more, so the archivist who answers it may.
    pub fn may_confirm(&self, opened_as: Role) -> bool {
        self.roles.iter().any(|role| match role {
            Role::Caseworker => true,
            Role::Carer => opened_as != Role::Carer,
            Role::Archivist => self.age >= 18,
            _ => false,
        })
    }

    /// The role under which a reading is recorded: the one that gives the most.
    pub fn acting_role(&self) -> Option<Role> {
        self.roles.iter().copied().max_by_key(|role| rights(*role, self.age).len())
    }

    /// The hardest band this person may read.
    pub fn highest_band(&self) -> AgeBand {
        if self.may(Right::ReadAnyBand) {
            return AgeBand::Adult;
        }
        let own = AgeBand::for_age(self.age);
        self.looks_ahead.map_or(own, |ahead| ahead.max(own))
    }
}

/// True on the days a role is held, first and last day included.
pub fn is_active(from: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> bool {
    from <= today && until.is_none_or(|until| today <= until)
}

/// Whole years on `today`; 0 before birth.
pub fn age_on(born: NaiveDate, today: NaiveDate) -> u32 {
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    u32::try_from(today.year() - born.year() - i32::from(before_birthday)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn age_counts_birthdays_also_on_leap_days() {
        assert_eq!(age_on(day("2017-11-24"), day("2026-11-23")), 8);
        assert_eq!(age_on(day("2017-11-23"), day("2026-11-23")), 9);
        assert_eq!(age_on(day("2016-02-29"), day("2026-02-28")), 9);
        assert_eq!(age_on(day("2027-01-01"), day("2026-11-23")), 0);
    }

    #[test]
    fn a_role_counts_on_its_first_and_last_day_and_not_after() {
        let (from, until) = (day("2026-01-01"), Some(day("2026-06-30")));
        assert!(!is_active(from, until, day("2025-12-31")));
        assert!(is_active(from, until, day("2026-01-01")));
        assert!(is_active(from, until, day("2026-06-30")));
        assert!(!is_active(from, until, day("2026-07-01")));
        assert!(is_active(from, None, day("2126-07-01")));
    }

    #[test]
    fn no_role_gives_nothing_and_a_child_never_reads_above_its_band() {
        let nobody = Ties::new([], 9, false);
        assert!(!nobody.may(Right::SeeCard));
        let child = Ties::new([Role::Own], 9, false);
        assert_eq!(child.highest_band(), AgeBand::From7);
        assert!(!child.may(Right::ReadHeldBack) && !child.may(Right::ReadOriginals));
        let ahead = Ties { looks_ahead: Some(AgeBand::From10), ..child };
        assert_eq!(ahead.highest_band(), AgeBand::From10, "as far as its adults have opened it");
        assert_eq!(Ties { age: 13, ..ahead }.highest_band(), AgeBand::From13, "and it grows on");
        let grown = Ties::new([Role::Own], 34, false);
        assert_eq!(grown.highest_band(), AgeBand::Adult);
        assert!(grown.may(Right::ReadOriginals));
    }

    #[test]
    fn beside_a_carer_stands_the_caseworker_and_never_another_carer() {
        let of = |role, age| Ties::new([role], age, false);
        assert!(!of(Role::Carer, 9).may_confirm(Role::Carer));
        assert!(of(Role::Caseworker, 9).may_confirm(Role::Carer));
        assert!(of(Role::Carer, 9).may_confirm(Role::Caseworker));
        assert!(of(Role::Carer, 9).may_confirm(Role::Leader));
        for role in
            [Role::Own, Role::SupportPerson, Role::Invited, Role::System, Role::Leader, Role::Archivist]
        {
            assert!(!of(role, 9).may_confirm(Role::Caseworker), "{role:?}");
        }
        assert!(of(Role::Archivist, 34).may_confirm(Role::Leader));
    }
    #[test]
    fn the_key_changes_hands_on_the_18th_birthday_and_on_no_other_day() {
        let born = day("2008-11-29");
        let on = |role, today: &str| Ties::new([role], age_on(born, day(today)), false);
        let (eve, birthday) = ("2026-11-28", "2026-11-29");
        for role in
            [Role::Carer, Role::Caseworker, Role::SupportPerson, Role::Invited, Role::System, Role::Leader]
        {
            assert!(on(role, eve).may(SeeCard) && on(role, eve).ended.is_none(), "{role:?} the day before");
            let after = on(role, birthday);
            assert!(
                after.ended == Some(Ended::HandedOver) && after.roles.is_empty() && !after.may(SeeCard),
                "{role:?}"
            );
            assert_eq!(rights(role, 18), &[], "{role:?}");
        }
        for role in [Role::ChosenReader, Role::ChosenWriter] {
            assert!(!on(role, eve).may(SeeCard) && on(role, eve).ended.is_none(), "{role:?} begins at 18");
            assert!(on(role, birthday).may(ReadBook));
            assert!(!on(role, birthday).may(ReadHeldBack) && !on(role, birthday).may(ReadAccessLog));
        }
        assert!(on(Role::ChosenWriter, birthday).may(Contribute));
        assert!(!on(Role::ChosenReader, birthday).may(Contribute));
        assert!(on(Role::Archivist, eve).may(ReadBook) && on(Role::Archivist, birthday).may(ReadBook));
        assert!(!on(Role::Own, eve).may(AskArchive) && on(Role::Own, birthday).may(AskArchive));
        assert!(
            !Ties::new([Role::Own], 15, false).may(DecideAsOwner)
                && Ties::new([Role::Own], 16, false).may(DecideAsOwner)
        );
    }

    #[test]
    fn the_day_one_is_18_is_the_day_the_age_says_so() {
        for born in ["2008-11-29", "2008-02-29", "2008-02-28", "2008-03-01", "1900-01-01", "2008-12-31"] {
            let born = day(born);
            let first = grown_on(born);
            let eve = first.pred_opt().unwrap();
            assert_eq!((age_on(born, first), age_on(born, eve)), (18, 17), "{born}");
            assert!(born <= born_by(first) && born > born_by(eve), "{born}");
        }
    }

    #[test]
    fn nobody_else_gives_a_role_that_is_the_owners_to_give() {
        assert!(!is_assignable(Role::ChosenReader) && !is_assignable(Role::ChosenWriter));
        for role in [Role::Own, Role::System, Role::Leader, Role::Archivist] {
            assert!(!may_be_chosen(role), "{role:?}");
        }
    }
    #[test]
    fn with_a_death_end_the_own_word_and_those_it_let_in() {
        let died = |role, age| Ties::new([role], age, true);
        for (role, age) in
            [(Role::Own, 9), (Role::Own, 34), (Role::ChosenReader, 34), (Role::ChosenWriter, 34)]
        {
            let ties = died(role, age);
            assert!(!ties.may(SeeCard) && ties.ended == Some(Ended::Died), "{role:?}");
        }
        // Those who cared for a child keep its book until the register ends their roles, and no longer than its childhood.
        assert!(died(Role::Carer, 9).may(ReadBook));
        assert_eq!(died(Role::Carer, 18).ended, Some(Ended::HandedOver));
        assert!(died(Role::Archivist, 60).may(ReadBook));
    }
}
