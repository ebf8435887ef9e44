//! What is kept of a life beside its pages: the people in it, and the places where a child learns and plays.
//!
//! Each is a record of its own; a change is a new version, and what was wrong is taken off the book, never out of the
//! archive.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use renderer::book::{AgeBand, PeopleGroup};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access::Right;
use super::document::{Body, Kind};
use super::ids::{ChildId, MediaId, PersonId};
use super::redaction::Covers;

/// A kind of record about one child's life.
pub trait LifeRecord: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    const KIND: Kind;
    /// What it takes to tell of it.
    const TELL: Right;

    fn child(&self) -> ChildId;

    /// Orders it among its kind, as text: by its first day, those without one first, and then by when it was told.
    fn sort_key(&self) -> String;

    /// The picture on it, which whoever reads the book may see.
    fn picture(&self) -> Option<MediaId> {
        None
    }

    /// It was wrong, and is shown no more.
    fn is_removed(&self) -> bool {
        false
    }

    /// From when to when it says where the child was.
    fn lasted(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        None
    }

    /// Another child that it is about too.
    fn towards(&self) -> Option<ChildId> {
        None
    }

    /// The record as whoever may not see beneath the covers reads it: in what others told, words that are covered everywhere.
    /// What the child said itself stays.
    #[must_use]
    fn under(self, _covers: &Covers) -> Self {
        self
    }

    fn into_body(self) -> Body;
}

/// Somebody in a child's life: a person or an animal, whether or not the register knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    pub child: ChildId,
    /// As the child calls them: "Mormor Asta".
    pub name: String,
    /// What they are to the child, in plain words: "mormor", "hund".
    pub title: String,
    pub group: PeopleGroup,
    /// A line about them.
    pub words: Option<String>,
    pub picture: Option<MediaId>,
    /// The same person in the register.
    pub person: Option<PersonId>,
    /// Since when they are in the child's life; absent: always, or nobody knows.
    pub from: Option<NaiveDate>,
    /// Until when; absent: still.
    pub until: Option<NaiveDate>,
    /// The day they died.
    pub died: Option<NaiveDate>,
    pub removed: bool,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

/// Where a child learns and plays with others, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    pub child: ChildId,
    pub kind: SchoolKind,
    pub name: String,
    pub place: Option<String>,
    pub words: Option<String>,
    pub picture: Option<MediaId>,
    pub from: NaiveDate,
    /// Absent: still.
    pub to: Option<NaiveDate>,
    pub removed: bool,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SchoolKind {
    Nursery,
    Kindergarten,
    School,
    AfterSchool,
    /// Sports, music, scouts.
    Club,
    Other,
}

/// What a child has arranged in its own book for itself alone. There is one of a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub child: ChildId,
    /// Pages that the child does not want to meet; everybody else reads them as before.
    pub hidden: BTreeSet<Uuid>,
    pub told_at: DateTime<Utc>,
}

/// How far ahead of its age a child may read, as one of its adults has opened it. There is one of a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookAhead {
    pub child: ChildId,
    /// The hardest band that is open; absent: its own and no further.
    pub band: Option<AgeBand>,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

impl LifeRecord for Relation {
    const KIND: Kind = Kind::Relation;
    const TELL: Right = Right::TellLife;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        sort_key(self.from, self.told_at)
    }

    fn picture(&self) -> Option<MediaId> {
        self.picture
    }

    fn is_removed(&self) -> bool {
        self.removed
    }

    fn under(self, covers: &Covers) -> Self {
        Self { title: covers.word(&self.title), words: covers.some(self.words), ..self }
    }

    fn into_body(self) -> Body {
        Body::Relation(self)
    }
}

impl LifeRecord for School {
    const KIND: Kind = Kind::School;
    const TELL: Right = Right::TellLife;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        sort_key(Some(self.from), self.told_at)
    }

    fn lasted(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        Some((self.from, self.to))
    }

    fn picture(&self) -> Option<MediaId> {
        self.picture
    }

    fn is_removed(&self) -> bool {
        self.removed
    }

    fn under(self, covers: &Covers) -> Self {
        let (name, place) = (covers.word(&self.name), covers.some(self.place));
        Self { name, place, words: covers.some(self.words), ..self }
    }

    fn into_body(self) -> Body {
        Body::School(self)
    }
}

impl LifeRecord for Choices {
    const KIND: Kind = Kind::Choices;
    const TELL: Right = Right::ArrangeBook;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        sort_key(None, self.told_at)
    }

    fn into_body(self) -> Body {
        Body::Choices(self)
    }
}

impl LifeRecord for LookAhead {
    const KIND: Kind = Kind::LookAhead;
    const TELL: Right = Right::OpenBands;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        told(self.told_at)
    }

    fn into_body(self) -> Body {
        Body::LookAhead(self)
    }
}

/// Orders a record among its kind by when it was told.
pub(super) fn told(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Orders records as text: by their first day, those without one first, and then by when they were told.
pub(super) fn sort_key(from: Option<NaiveDate>, told_at: DateTime<Utc>) -> String {
    // Of one length, so that every collation orders it alike.
    let from = from.map_or_else(|| "0000-00-00".to_owned(), |day| day.to_string());
    format!("{from} {}", told(told_at))
}
