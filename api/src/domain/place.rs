//! Places that are secret: who must not know where a child lives does not learn it from its book.

use chrono::{Days, NaiveDate};
use renderer::book::Precision;

use super::access::{Right, Ties};
use super::document::Placement;
use super::ids::PersonId;

/// The times in which a child lived where one reader must not know; none for whoever may know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secret {
    times: Vec<(NaiveDate, Option<NaiveDate>)>,
}

impl Secret {
    /// What is kept from everybody who is not in the room: from paper, and from a brother or sister.
    pub fn from_all(homes: &[Placement]) -> Self {
        Self::of(homes.iter())
    }

    /// What is kept from one reader. A carer knows the home it is a carer in, and no other.
    pub fn from_reader(homes: &[Placement], reader: PersonId, ties: &Ties) -> Self {
        if ties.may(Right::KnowPlaces) {
            return Self::default();
        }
        Self::of(homes.iter().filter(|home| !home.carers.contains(&reader)))
    }

    fn of<'a>(homes: impl Iterator<Item = &'a Placement>) -> Self {
        Self { times: homes.filter(|home| home.protected).map(|home| (home.from, home.to)).collect() }
    }

    /// True where the home is one of those.
    pub fn hides(&self, home: &Placement) -> bool {
        home.protected && self.times.contains(&(home.from, home.to))
    }

    /// True where something that lasted from a day to a day would tell of it.
    pub fn covers(&self, from: NaiveDate, to: Option<NaiveDate>) -> bool {
        let begins_before = |end: Option<NaiveDate>, begin: NaiveDate| end.is_none_or(|end| begin <= end);
        self.times.iter().any(|(first, last)| begins_before(*last, from) && begins_before(to, *first))
    }

    /// The same for a day of which no more is known than this: whatever it may have been counts.
    pub fn covers_when(&self, day: NaiveDate, precision: Precision) -> bool {
        let margin = match precision {
            Precision::Day => 0,
            Precision::Month => 31,
            Precision::Season => 92,
            Precision::Year => 366,
            Precision::About => 5 * 366,
            Precision::Unknown => return !self.times.is_empty(),
        };
        let (from, to) = (day - Days::new(margin), day + Days::new(margin));
        self.covers(from, Some(to))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::document::{HomeKind, Role};
    use crate::domain::ids::ChildId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn home(from: &str, to: Option<&str>, protected: bool, carer: u128) -> Placement {
        Placement {
            child: ChildId(Uuid::nil()),
            home_kind: HomeKind::FosterFamily,
            home_name: "Hos Karen".into(),
            place: Some("Tranemose".into()),
            municipality: None,
            carers: vec![PersonId(Uuid::from_u128(carer))],
            from: day(from),
            to: to.map(day),
            protected,
        }
    }

    #[test]
    fn who_lives_there_and_who_decides_know_it_and_nobody_else() {
        let homes = [home("2024-01-01", None, true, 1), home("2020-01-01", Some("2023-12-31"), false, 2)];
        let hides = |role, person: u128| {
            let ties = Ties::new([role], 9, false);
            let secret = Secret::from_reader(&homes, PersonId(Uuid::from_u128(person)), &ties);
            secret.covers(day("2025-05-01"), Some(day("2025-05-01")))
        };
        for (role, person) in [(Role::Own, 9), (Role::Caseworker, 9), (Role::Carer, 1)] {
            assert!(!hides(role, person), "{role:?} {person}");
        }
        // The mother it visits every other weekend is a carer too, of another home.
        for (role, person) in [(Role::Carer, 2), (Role::SupportPerson, 9), (Role::Invited, 9)] {
            assert!(hides(role, person), "{role:?} {person}");
        }
    }

    #[test]
    fn of_two_homes_at_one_time_only_the_secret_one_is_hidden() {
        let homes = [home("2024-01-01", None, true, 1), home("2024-01-01", None, false, 2)];
        let secret = Secret::from_all(&homes);
        assert!(secret.hides(&homes[0]) && !secret.hides(&homes[1]));
        assert!(!Secret::default().hides(&homes[0]));
    }

    #[test]
    fn what_may_have_been_then_counts_as_if_it_was() {
        let secret = Secret::from_all(&[home("2024-03-01", Some("2024-08-31"), true, 1)]);
        let covers = |text, precision| secret.covers_when(day(text), precision);
        assert!(covers("2024-08-31", Precision::Day));
        assert!(!covers("2024-09-01", Precision::Day));
        assert!(covers("2024-09-15", Precision::Month));
        assert!(covers("2023-06-01", Precision::Year));
        assert!(!covers("2021-06-01", Precision::Year));
        assert!(covers("1999-01-01", Precision::Unknown));
        assert!(!Secret::default().covers_when(day("2024-05-01"), Precision::Unknown));
        assert!(secret.covers(day("2020-01-01"), None) && !secret.covers(day("2025-01-01"), None));
    }
}
