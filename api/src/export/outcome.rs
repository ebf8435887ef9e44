//! What became of every version that the log has of a child's, and whether the package is the whole.

use chrono::NaiveDate;

use super::life::{Life, Piece};
use crate::domain::ids::{DisposalId, PersonId};

/// What became of one sealed version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// In the package as it was sealed.
    Present,
    /// Told in words: what was read, what was taken out, what was asked to stay, what was asked of the archive.
    Told,
    /// In the package with places of it covered for somebody else's sake; `data/daekket.txt` tells why.
    Covered,
    /// Not for this reader now.
    HeldBack(Why),
    /// Taken out for good, as the register tells.
    Disposed(DisposalId),
    /// Its key is lost: nobody can open it.
    NoKey,
    /// Not in the storage.
    Missing,
    /// Not as it was sealed.
    Damaged,
}

/// Why something is not in a package, though it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Held back by a decision, until somebody opens it or the day comes.
    Waits { reason: String, decided_by: PersonId, ask: String, review_on: NaiveDate, opens_on: NaiveDate },
    /// To be read with an adult, while the reader is a child.
    WithAdult,
    /// The child's own, while it is a child.
    OwnOfChild,
    /// Never given to anybody but the one it is about.
    NotForOthers,
    /// A file that only stands on pages that are not in the package.
    OnlyOnThose,
    /// Somebody has said that it belongs to another child; people are deciding.
    PerhapsAnothers,
    /// All of it is covered for somebody else's sake.
    Covered,
    /// It shows what was covered after it was printed.
    PrintedBefore,
}

impl Outcome {
    /// True where something that should be in the package is not, and no decision says so.
    pub fn is_hole(&self) -> bool {
        matches!(self, Self::NoKey | Self::Missing | Self::Damaged)
    }

    pub fn is_open(&self) -> bool {
        matches!(self, Self::Present | Self::Told | Self::Covered)
    }

    /// The word of the statement.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Told => "told",
            Self::Covered => "covered",
            Self::HeldBack(_) => "held-back",
            Self::Disposed(_) => "disposed",
            Self::NoKey => "key-lost",
            Self::Missing => "missing",
            Self::Damaged => "damaged",
        }
    }
}

/// Whether a package is all there is, in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Versions that the log has of the child's.
    pub versions: usize,
    /// Those in the package: as sealed, told in words, or with places covered.
    pub present: usize,
    /// Those of them with places covered.
    pub covered: usize,
    pub held_back: usize,
    pub disposed: usize,
    /// Those that should be in it and are not.
    pub holes: usize,
    /// Versions in the log that belong to nobody any more, because their key is lost or they cannot be read: whether they
    /// are this child's cannot be said.
    pub unattributed: u64,
}

impl Completeness {
    pub(super) fn of(life: &Life) -> Self {
        let count = |is: fn(&Outcome) -> bool| life.pieces.iter().filter(|piece| is(&piece.outcome)).count();
        Self {
            versions: life.pieces.len(),
            present: count(Outcome::is_open),
            covered: count(|outcome| *outcome == Outcome::Covered),
            held_back: count(|outcome| matches!(outcome, Outcome::HeldBack(_))),
            disposed: count(|outcome| matches!(outcome, Outcome::Disposed(_))),
            holes: count(Outcome::is_hole),
            unattributed: life.unattributed,
        }
    }

    /// True where everything that the log has is here, held back by a decision, or disposed of by one.
    pub fn is_whole(&self) -> bool {
        self.holes == 0 && self.unattributed == 0
    }
}

impl Life {
    /// What is not in the package, in the order of the log.
    pub(super) fn not_here(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !piece.outcome.is_open())
    }
}
