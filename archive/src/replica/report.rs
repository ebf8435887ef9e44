//! What a replication or a repair found and did.

use std::path::PathBuf;

use serde::Serialize;

use crate::ids::ObjectId;
use crate::verify::{Advice, Code, Finding};

/// Which of the two copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The archive itself.
    Archive,
    /// The replica.
    Replica,
}

/// A file that was not copied or not brought back, because one of the sides does not hold what the log vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where it was found.
    pub side: Side,
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
}

impl Difference {
    pub(super) fn new(side: Side, code: Code, object: Option<ObjectId>, path: impl Into<String>) -> Self {
        let mut finding = code.at(object, path);
        finding.todo = match (side, code) {
            (_, Code::ReplicaForeign | Code::ReplicaForked | Code::ReplicaAhead | Code::ReplicaBehind) => {
                finding.todo
            }
            (_, Code::LogEvidenceDiffers) => finding.todo,
            (Side::Archive, _) => IN_ARCHIVE,
            (Side::Replica, _) => IN_REPLICA,
        };
        Self { side, finding }
    }
}

const IN_ARCHIVE: Advice = Advice {
    da: "Filen blev ikke kopieret. Kør livsbog repair fra en god kopi, og kopiér så igen.",
    en: "The file was not copied. Run livsbog repair from a good replica, then replicate again.",
};

const IN_REPLICA: Advice = Advice {
    da: "Kopien er beskadiget her, og intet er overskrevet. Reparer kopien fra et arkiv, der er helt, eller fra en anden kopi.",
    en: "The replica is damaged here, and nothing was overwritten. Repair the replica from a whole archive or another replica.",
};

/// What a replication did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Replication {
    /// What stands in the way of a complete replica; empty when all is well.
    pub differences: Vec<Difference>,
    /// Leaves of the archive's log when it began.
    pub log_size: u64,
    /// Sealed versions whose files were all looked at on the replica, and copied where they lacked.
    pub versions_compared: u64,
    /// Sealed versions that the replica's own checkpoint says it has, and that were not looked at.
    pub versions_not_compared: u64,
    /// Files of the storage root that were copied.
    pub files_copied: u64,
    /// Their bytes.
    pub bytes_copied: u64,
}

impl Replication {
    /// Whether the replica now has everything the archive's log vouched for when it began.
    pub fn is_complete(&self) -> bool {
        self.differences.is_empty()
    }
}

/// What a repair did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// What was damaged or missing and has been brought back (in a dry run: can be).
    pub repaired: Vec<Finding>,
    /// What the replica could not help with, and why.
    pub differences: Vec<Difference>,
    /// What the check found in the end (in a dry run: what would be left).
    pub left: Vec<Finding>,
    /// Where the damaged files lie now.
    pub set_aside: Option<PathBuf>,
    /// In a dry run with a damaged log: the objects could not be judged.
    pub objects_not_checked: bool,
}

impl Repair {
    /// Whether the archive is whole now (in a dry run: would be).
    pub fn is_whole(&self) -> bool {
        self.left.is_empty() && self.differences.is_empty() && !self.objects_not_checked
    }
}
