//! What somebody who knows a page wants its reader to know before it is opened.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::access::Right;
use super::document::{Body, Kind};
use super::ids::{ChildId, EntryId, PersonId};
use super::life::{LifeRecord, told};
use super::redaction::Covers;

/// A warning, written by a person, before one page. The grown reader meets it first, and chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentWarning {
    pub child: ChildId,
    pub entry: EntryId,
    /// "Her står om vold. Slutningen er god."
    pub words: String,
    /// It is shown no more.
    pub removed: bool,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

impl LifeRecord for ContentWarning {
    const KIND: Kind = Kind::ContentWarning;
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

    fn under(self, covers: &Covers) -> Self {
        Self { words: covers.word(&self.words), ..self }
    }

    fn into_body(self) -> Body {
        Body::ContentWarning(self)
    }
}
