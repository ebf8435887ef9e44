//! What a child wants to reach, in its own words, and what its adults do for it.

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::GoalKind;
use serde::{Deserialize, Serialize};

use super::access::Right;
use super::document::{Body, Kind};
use super::ids::{ChildId, PersonId};
use super::life::{LifeRecord, told};
use super::redaction::Covers;

/// A goal in the child's plan, or a dream of the future. The words are the child's alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub child: ChildId,
    pub kind: GoalKind,
    pub words: String,
    /// The day the child ticked it.
    pub reached_on: Option<NaiveDate>,
    /// What its adults do, in the order they said so.
    pub steps: Vec<GoalStep>,
    /// The child has taken it away: shown no more.
    pub removed: bool,
    pub told_by: PersonId,
    /// When the child first said it.
    pub told_at: DateTime<Utc>,
}

/// What one adult does for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalStep {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub words: String,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
}

impl LifeRecord for Goal {
    const KIND: Kind = Kind::Goal;
    const TELL: Right = Right::ChooseGoals;

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
        let step = |step: GoalStep| GoalStep { words: covers.word(&step.words), ..step };
        Self { steps: self.steps.into_iter().map(step).collect(), ..self }
    }

    fn into_body(self) -> Body {
        Body::Goal(self)
    }
}
