//! The leave to dispose of one object, and what is kept of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Reason, Until};
use crate::archive::Archive;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId, RetentionClass};

/// Fewer people than this never dispose of anything, whatever a policy says.
pub(super) const FEWEST_APPROVALS: u8 = 2;

/// Why something may go before its time: it lies with somebody it does not belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misfiled {
    /// A sealed copy, this object, lies where it belongs.
    CopiedTo(ObjectId),
    /// It was made from this object and shows it. It can be made again without.
    Shows(ObjectId),
}

/// On what grounds an object may go. It is sealed with the disposal, for whoever asks later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// The one object that may go.
    pub object: ObjectId,
    /// Its class.
    pub class: RetentionClass,
    /// The day of the decision.
    pub decided: NaiveDate,
    /// The digest of the policy that decided.
    pub policy: Digest,
    /// How many different people have to approve.
    pub approvals: u8,
    /// The rules, all of them past, or what it was misfiled as.
    pub reasons: Vec<Reason>,
}

/// The policy's leave to dispose of one object. Only [`Policy::decide`](super::Policy::decide),
/// [`Policy::decide_misfiled`](super::Policy::decide_misfiled) and [`Grounds::uphold`] make one, so that disposing without
/// a decision does not compile.
#[derive(Debug, PartialEq, Eq)]
pub struct Warrant {
    grounds: Grounds,
}

impl Warrant {
    pub(super) fn new(grounds: Grounds) -> Self {
        Self { grounds }
    }

    /// What it rests on.
    pub fn grounds(&self) -> &Grounds {
        &self.grounds
    }
}

impl Grounds {
    /// The leave once more, for a disposal that was decided and has to be finished or done again: after a crash, or when
    /// the key came back with a backup. Nothing for grounds that no policy gives.
    pub fn uphold(&self) -> Option<Warrant> {
        let all_past = self.reasons.iter().all(|reason| reason.until() <= Until::Day(self.decided));
        let good = all_past && !self.reasons.is_empty() && self.approvals >= FEWEST_APPROVALS;
        good.then(|| Warrant::new(self.clone()))
    }
}

impl Archive {
    /// Disposes of an object: its key is erased, and nobody opens any version of it again, wherever its stored bytes lie.
    /// Doing it again is success.
    ///
    /// # Errors
    /// [`Error::Invalid`] when fewer different people have approved than the warrant asks for;
    /// [`Error::Unavailable`].
    pub async fn dispose(
        &self,
        warrant: &Warrant,
        group: GroupId,
        approved_by: &BTreeSet<Uuid>,
    ) -> Result<()> {
        let grounds = warrant.grounds();
        if approved_by.len() < usize::from(grounds.approvals.max(FEWEST_APPROVALS)) {
            return Err(Error::Invalid("fewer people have approved than the policy asks for"));
        }
        self.keys.erase(group, grounds.object).await?;
        self.keys.settle().await
    }
}
