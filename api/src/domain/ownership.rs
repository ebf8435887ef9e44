//! What the one a book is about decides as its owner: who keeps reading it once they are grown, and what they keep at hand.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::access::Right;
use super::access_policy::Afterwards;
use super::document::{Body, Kind, Role};
use super::ids::{ChildId, EntryId, PersonId};
use super::life::{LifeRecord, sort_key};

/// What an owner has decided. There is one of a child; it is told from 16 on and counts from 18.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    pub child: ChildId,
    /// Who may read the book, in the order of their ids. Whoever is not named may not.
    pub readers: Vec<Chosen>,
    /// Pages with papers that one keeps at hand when one leaves.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub papers: BTreeSet<EntryId>,
    /// People one keeps at hand.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<PersonId>,
    /// Who else may be given something of the book once its owner is dead; absent where nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub afterwards: Option<Afterwards>,
    pub told_at: DateTime<Utc>,
}

/// Somebody who may read the book from the 18th birthday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Chosen {
    pub person: PersonId,
    pub may: Reach,
    /// The day they were chosen.
    pub since: NaiveDate,
    /// The last day; absent: until the owner chooses otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// How far somebody is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Read,
    /// Read, and write new pages.
    Write,
}

impl Chosen {
    pub fn role(self) -> Role {
        match self.may {
            Reach::Read => Role::ChosenReader,
            Reach::Write => Role::ChosenWriter,
        }
    }
}

impl Ownership {
    /// Nothing decided yet.
    pub fn of(child: ChildId, told_at: DateTime<Utc>) -> Self {
        let (papers, people) = (BTreeSet::new(), BTreeSet::new());
        Self { child, readers: Vec::new(), papers, people, afterwards: None, told_at }
    }

    /// How far this person is let in; nothing where they are not.
    pub fn reach(&self, person: PersonId) -> Option<Reach> {
        self.readers.iter().find(|chosen| chosen.person == person).map(|chosen| chosen.may)
    }

    /// Lets a person in from `today` as far as `may` says; nothing takes it back. Who was let in as far before stays
    /// let in since then.
    pub fn choose(&mut self, person: PersonId, may: Option<Reach>, today: NaiveDate) {
        if self.reach(person) == may {
            return;
        }
        self.readers.retain(|chosen| chosen.person != person);
        self.readers.extend(may.map(|may| Chosen { person, may, since: today, until: None }));
        self.readers.sort_unstable();
    }

    /// Lets somebody read along for one day.
    pub fn invite(&mut self, person: PersonId, today: NaiveDate) {
        self.readers.push(Chosen { person, may: Reach::Read, since: today, until: Some(today) });
        self.readers.sort_unstable();
    }
}

impl LifeRecord for Ownership {
    const KIND: Kind = Kind::Ownership;
    const TELL: Right = Right::DecideAsOwner;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        sort_key(None, self.told_at)
    }

    fn into_body(self) -> Body {
        Body::Ownership(self)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_choice_is_made_changed_and_taken_back() {
        let [karen, asta] = [2, 1].map(|number| PersonId(Uuid::from_u128(number)));
        let [first, later]: [NaiveDate; 2] = ["2026-11-29", "2027-01-01"].map(|day| day.parse().unwrap());
        let mut owned = Ownership::of(ChildId(Uuid::nil()), DateTime::UNIX_EPOCH);
        owned.choose(karen, Some(Reach::Read), first);
        owned.choose(asta, Some(Reach::Write), first);
        assert_eq!(owned.readers.iter().map(|chosen| chosen.person).collect::<Vec<_>>(), [asta, karen]);
        owned.choose(karen, Some(Reach::Read), later);
        assert_eq!(owned.readers[1].since, first, "the same choice changes nothing");
        owned.choose(karen, Some(Reach::Write), later);
        assert_eq!((owned.readers[1].role(), owned.readers[1].since), (Role::ChosenWriter, later));
        owned.choose(asta, None, later);
        owned.choose(karen, None, later);
        assert!(owned.readers.is_empty() && owned.reach(karen).is_none());
    }
}
