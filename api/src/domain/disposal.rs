//! Taking something out of a book for good: what was proposed, who agreed, and what stays to tell of it.

use archive::{Grounds, Language};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::document::Kind;
use super::ids::{ChildId, DisposalId, EntryId, PersonId};

/// A proposal to dispose of some objects of one child, with all that became of it. Decided, it is the tombstone of what
/// went: the person it is about can always read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    pub child: ChildId,
    pub because: Because,
    /// At most [`TARGETS`], and the printed books that show them.
    pub targets: Vec<Target>,
    pub proposed: Signed,
    /// Who else agreed, in order; each once, and never who proposed.
    pub approvals: Vec<Signed>,
    pub state: State,
}

/// So many objects go by one proposal at most, that people can see what they agree to.
pub const TARGETS: u64 = 500;

/// Why something is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Because {
    /// The policy's time for it has passed.
    Retention,
    /// It was deposited to the wrong child. It is out of sight from the proposal on.
    WrongChild {
        belongs_to: ChildId,
        copies: Vec<Copied>,
        /// The proposal whose refusal brought this one about: what it was about stays, and its copies are what is misfiled.
        /// Those lie here now, and what they are copies of is there already.
        answers: Option<DisposalId>,
    },
}

/// A sealed copy with the child it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    pub object: Uuid,
    pub copy: Uuid,
}

/// One object, told without anything that stood in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub object: Uuid,
    pub kind: Kind,
    pub deposited_by: Option<PersonId>,
    pub deposited_at: DateTime<Utc>,
    /// The policy's own word; absent until it was asked.
    pub grounds: Option<Grounds>,
}

/// Who, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum State {
    /// Waits for others to agree.
    Proposed,
    /// Somebody said no: everything stays, and is seen again. A copy with another child is proposed in its turn.
    Refused(Signed),
    /// Agreed. The keys are erased, now or as soon as this is read again.
    Decided,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Refused(_) => "refused",
            Self::Decided => "decided",
        }
    }

    /// Who said no.
    pub fn refused(self) -> Option<Signed> {
        match self {
            Self::Refused(signed) => Some(signed),
            Self::Proposed | Self::Decided => None,
        }
    }
}

impl Disposal {
    /// True while nobody sees what it is about.
    pub fn hides(&self) -> bool {
        self.state == State::Proposed && matches!(self.because, Because::WrongChild { .. })
    }

    pub fn is_signed_by(&self, person: PersonId) -> bool {
        self.proposed.by == person || self.approvals.iter().any(|approval| approval.by == person)
    }

    /// Everybody who is named in it, some more than once.
    pub fn people(&self) -> Vec<PersonId> {
        let signed = self.signatures().chain(self.state.refused()).map(|signed| signed.by);
        signed.chain(self.targets.iter().filter_map(|target| target.deposited_by)).collect()
    }

    /// Everybody who agreed, the proposer first.
    pub fn signatures(&self) -> impl Iterator<Item = Signed> {
        std::iter::once(self.proposed).chain(self.approvals.iter().copied())
    }
}

impl Target {
    /// Why it goes, in a sentence for each reason; before the policy was asked, why it was proposed.
    pub fn reasons(&self, because: &Because, language: Language) -> Vec<String> {
        let danish = language == Language::Danish;
        match (&self.grounds, because) {
            (Some(grounds), _) => grounds.reasons.iter().map(|reason| reason.words(language)).collect(),
            (None, Because::WrongChild { .. }) if danish => vec!["Det hører til et andet barn.".into()],
            (None, Because::WrongChild { .. }) => vec!["It belongs to another child.".into()],
            (None, Because::Retention) => Vec::new(),
        }
    }
}

/// Somebody has asked that something stay, whatever the policy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub child: ChildId,
    /// One entry and its files; everything of the child's where absent.
    pub entry: Option<EntryId>,
    pub why: archive::Hold,
    pub words: Option<String>,
    pub placed: Signed,
    /// Who lifted it; absent while it holds.
    pub lifted: Option<Signed>,
}

impl Hold {
    /// Everybody who is named in it.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + use<> {
        [Some(self.placed), self.lifted].into_iter().flatten().map(|signed| signed.by)
    }
}
