//! When a child and its adults meet, and what a child wishes of them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access::Right;
use super::document::{Body, Kind};
use super::ids::{ChildId, EntryId, PersonId};
use super::life::{LifeRecord, told};
use super::place::Secret;
use super::redaction::Covers;

/// A meeting of a child with its adults: planned, held or cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub child: ChildId,
    /// People of the register.
    pub with: Vec<PersonId>,
    /// Others who come, in words: "læreren Jens".
    pub others: Vec<String>,
    pub on: NaiveDate,
    /// Danish time; absent while nobody knows.
    pub at: Option<NaiveTime>,
    pub place: Option<String>,
    /// What it is about, in a line.
    pub about: Option<String>,
    pub state: MeetingState,
    /// The child's wish that it answers.
    pub wish: Option<Uuid>,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

impl Meeting {
    /// The meeting as far as a reader may know where it is.
    pub fn without_place(self, secret: &Secret) -> Self {
        let place = self.place.filter(|_| !secret.covers(self.on, Some(self.on)));
        Self { place, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeetingState {
    Planned,
    Held,
    Cancelled,
}

/// What a child wishes of its adults. Told anew it waits for an answer again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub child: ChildId,
    pub what: WishKind,
    /// The page it is about.
    pub about: Option<EntryId>,
    /// Whom the child asks; absent: any of its adults.
    pub to: Option<PersonId>,
    pub words: Option<String>,
    pub answer: Option<Answer>,
    /// The child has taken it back: shown no more.
    pub withdrawn: bool,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WishKind {
    /// To meet.
    Meeting,
    /// A page about something, or to talk about a page.
    Page,
    Other,
    /// No, thank you.
    No,
}

/// What an adult answers to a wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub words: String,
}

impl LifeRecord for Meeting {
    const KIND: Kind = Kind::Meeting;
    const TELL: Right = Right::KeepMeetings;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        format!("{} {} {}", self.on, self.at.unwrap_or_default().format("%H:%M"), told(self.told_at))
    }

    fn under(self, covers: &Covers) -> Self {
        let others = self.others.iter().map(|other| covers.word(other)).collect();
        Self { others, place: covers.some(self.place), about: covers.some(self.about), ..self }
    }

    fn into_body(self) -> Body {
        Body::Meeting(self)
    }
}

impl LifeRecord for Wish {
    const KIND: Kind = Kind::Wish;
    const TELL: Right = Right::Wish;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        told(self.told_at)
    }

    fn is_removed(&self) -> bool {
        self.withdrawn
    }

    fn under(self, covers: &Covers) -> Self {
        let answer = self.answer.map(|answer| Answer { words: covers.word(&answer.words), ..answer });
        Self { answer, ..self }
    }

    fn into_body(self) -> Body {
        Body::Wish(self)
    }
}
