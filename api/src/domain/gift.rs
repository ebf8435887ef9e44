//! Brothers and sisters, and the pages they give each other.
//!
//! Both books must say that two children are siblings before one can give the other a page, and both children must say
//! yes to each page. Nothing else of the one's book opens for the other.

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{PageKind, Precision};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access::Right;
use super::document::{Body, Kind};
use super::entry::{Entry, Readiness};
use super::ids::{ChildId, PersonId};
use super::life::{LifeRecord, told};
use super::own_page::OwnPage;
use super::place::Secret;

/// That another child is this one's brother or sister. It counts as soon as the other one's book says so too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sibling {
    pub child: ChildId,
    pub sibling: ChildId,
    /// What the other one is to this child, in plain words: "lillebror".
    pub title: String,
    pub removed: bool,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

/// A page that a child gives a brother or sister. It lies with the one who gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gift {
    /// Who gives it.
    pub child: ChildId,
    pub to: ChildId,
    pub page: GivenPage,
    pub state: GiftState,
    /// The child who gives it, and when it first did.
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

/// What is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "what", content = "id")]
pub enum GivenPage {
    Entry(Uuid),
    OwnPage(Uuid),
}

impl GivenPage {
    pub fn id(self) -> Uuid {
        match self {
            Self::Entry(id) | Self::OwnPage(id) => id,
        }
    }
}

/// How far a gift has come. Each step is a version; who took it, its envelope tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GiftState {
    /// The other child has not said yet.
    Offered,
    /// It stands in the other one's book.
    Accepted,
    /// The other child said no, or took it out again.
    Declined,
    /// The giver took it back.
    TakenBack,
}

impl GiftState {
    /// An answer is given once, and what is taken away stays away: a page can be given anew.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Offered => next != Self::Offered,
            Self::Accepted => matches!(next, Self::Declined | Self::TakenBack),
            Self::Declined | Self::TakenBack => false,
        }
    }
}

/// True where the child may give the entry: one that is open, of a kind that tells of the child's own days, and from no
/// place that is secret. Papers, decisions, talks and letters are other people's words to this child alone.
pub fn may_give_entry(entry: &Entry, secret: &Secret) -> bool {
    use PageKind::{
        Decision, Document, Drawing, Event, Letter, Photo, Sound, Statement, Story, Talk, Thing, Video,
    };
    let own_days = match entry.kind {
        Photo | Story | Event | Thing | Drawing | Sound => true,
        Document | Decision | Letter | Statement | Talk | Video => false,
    };
    own_days && entry.readiness == Readiness::Open && !secret.covers_when(entry.occurred_on, entry.precision)
}

/// The same for a page the child made itself. How a talk was is between the child and whom it tells.
pub fn may_give_own_page(page: &OwnPage, made_on: NaiveDate, secret: &Secret) -> bool {
    !page.is_talk() && !secret.covers_when(made_on, Precision::Day)
}

impl LifeRecord for Sibling {
    const KIND: Kind = Kind::Sibling;
    const TELL: Right = Right::Decide;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        told(self.told_at)
    }

    fn is_removed(&self) -> bool {
        self.removed
    }

    fn towards(&self) -> Option<ChildId> {
        Some(self.sibling)
    }

    fn into_body(self) -> Body {
        Body::Sibling(self)
    }
}

impl LifeRecord for Gift {
    const KIND: Kind = Kind::Gift;
    const TELL: Right = Right::GivePages;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        told(self.told_at)
    }

    fn is_removed(&self) -> bool {
        matches!(self.state, GiftState::Declined | GiftState::TakenBack)
    }

    fn towards(&self) -> Option<ChildId> {
        Some(self.to)
    }

    fn into_body(self) -> Body {
        Body::Gift(self)
    }
}

#[cfg(test)]
mod tests {
    use super::GiftState::{Accepted, Declined, Offered, TakenBack};

    #[test]
    fn what_was_taken_away_stays_away() {
        for (state, next) in
            [(Offered, vec![Accepted, Declined, TakenBack]), (Accepted, vec![Declined, TakenBack])]
        {
            for other in [Offered, Accepted, Declined, TakenBack] {
                assert_eq!(state.may_become(other), next.contains(&other), "{state:?} {other:?}");
                assert!(!Declined.may_become(other) && !TakenBack.may_become(other));
            }
        }
    }
}
