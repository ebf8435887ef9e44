//! Something that is known to have been there and is gone: a box that was shredded, an album that was left behind in a move.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::access::Right;
use super::document::{Body, Kind};
use super::ids::{ChildId, PersonId};
use super::life::{LifeRecord, sort_key};
use super::place::Secret;
use super::redaction::Covers;

/// What is missing, told by whoever knows of it: the child, those around it, those who looked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    pub child: ChildId,
    /// What it was: "Dagbogen fra Solbakken".
    pub what: String,
    /// The first day it is about, as far as anybody knows.
    pub from: Option<NaiveDate>,
    /// The last one.
    pub until: Option<NaiveDate>,
    /// Where it was seen last.
    pub kept_by: Option<String>,
    pub became: Became,
    /// What is known of how, when and by whom.
    pub words: Option<String>,
    /// How one knows that it was there.
    pub known_from: String,
    pub removed: bool,
    pub told_by: PersonId,
    pub told_at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// Somebody did away with it.
    Destroyed,
    /// Nobody knows where it is.
    Lost,
    /// It lies somewhere and is not given out.
    Withheld,
    /// It has turned up.
    Found,
}

impl Became {
    pub const ALL: [Self; 4] = [Self::Destroyed, Self::Lost, Self::Withheld, Self::Found];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Destroyed => "destroyed",
            Self::Lost => "lost",
            Self::Withheld => "withheld",
            Self::Found => "found",
        }
    }
}

impl Loss {
    /// The loss as far as the reader may know where the child was then: of a secret time only that it is gone.
    #[must_use]
    pub fn without_place(self, secret: &Secret) -> Self {
        if !self.lasted().is_some_and(|(from, until)| secret.covers(from, until)) {
            return self;
        }
        Self { kept_by: None, words: None, known_from: String::new(), ..self }
    }
}

impl LifeRecord for Loss {
    const KIND: Kind = Kind::Loss;
    const TELL: Right = Right::Contribute;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        sort_key(self.from, self.told_at)
    }

    fn is_removed(&self) -> bool {
        self.removed
    }

    fn lasted(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        self.from.map(|from| (from, self.until))
    }

    fn under(self, covers: &Covers) -> Self {
        let (what, known_from) = (covers.word(&self.what), covers.word(&self.known_from));
        let (kept_by, words) = (covers.some(self.kept_by), covers.some(self.words));
        Self { what, known_from, kept_by, words, ..self }
    }

    fn into_body(self) -> Body {
        Body::Loss(self)
    }
}
