//! What a check can find, and what to do about it. Five answers are five: ok, changed, missing, unreadable and not
//! checked are never mixed up.

use serde::{Deserialize, Serialize};

use crate::ids::ObjectId;

/// What was found at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stable code.
    pub code: Code,
    /// Which of the answers it is.
    pub outcome: Outcome,
    /// The object, where one is concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<ObjectId>,
    /// The path under the storage root; the log lies at `../log`.
    pub path: String,
    /// What to do now.
    pub todo: Advice,
}

/// The answers other than ok. (What a check leaves out is counted in the [`Report`].)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is there and not what was sealed.
    Changed,
    /// It is not there.
    Missing,
    /// It is there and the storage gave an error instead of its bytes.
    Unreadable,
    /// It is there and does not belong.
    Unexpected,
    /// Nobody could look: neither ok nor damaged.
    NotChecked,
}

/// The codes of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A content file is not what the inventory says.
    ContentChanged,
    /// A content file named in an inventory is not there.
    ContentMissing,
    /// An inventory is not what its sidecar or the log says.
    InventoryChanged,
    /// An inventory is not there.
    InventoryMissing,
    /// An inventory's digest file does not fit it.
    SidecarChanged,
    /// An inventory's digest file is not there.
    SidecarMissing,
    /// An object's `0=ocfl_object_1.1` is not as the standard has it.
    DeclarationChanged,
    /// An object's `0=ocfl_object_1.1` is not there.
    DeclarationMissing,
    /// A directory holds parts of an object that was never committed.
    ObjectIncomplete,
    /// An object lies where its id does not lead.
    ObjectMisplaced,
    /// A file inside an object that no inventory names.
    ObjectUnexpectedFile,
    /// A file of the storage root is not what the program writes there.
    RootFileChanged,
    /// A file of the storage root is not there.
    RootFileMissing,
    /// A file or directory in the storage root that does not belong.
    RootUnexpectedFile,
    /// In a bucket something else was put over a file that stands for good.
    VersionExtra,
    /// In a bucket a file was deleted, which hides it.
    DeleteMarker,
    /// A sealed version that the log does not name.
    NotInLog,
    /// A version that the log names and the storage root does not hold.
    InLogButMissing,
    /// The log is shorter than a checkpoint that was seen before: an older copy was put in its place.
    LogShortened,
    /// The log is another one than a checkpoint that was seen before vouched for.
    LogForked,
    /// The signed checkpoint does not verify, or does not fit the tiles.
    LogCheckpointChanged,
    /// A tile does not fit the entries below it.
    LogTileChanged,
    /// An entry of the log is not in the form of an entry.
    LogEntryChanged,
    /// A file of the log is not there.
    LogFileMissing,
    /// A time stamp or a cosignature kept beside the log is not the same in archive and replica.
    LogEvidenceDiffers,
    /// The storage gave an error instead of the bytes.
    Unreadable,
    /// The checker failed while it looked here.
    NotChecked,
    /// What was called a replica is one of another archive.
    ReplicaForeign,
    /// Archive and replica tell two different histories under one key.
    ReplicaForked,
    /// The replica has deposits that the archive's log does not know.
    ReplicaAhead,
    /// The archive's checkpoint is lost, and the replica's is older than the entries of the archive.
    ReplicaBehind,
}

/// What to do now, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// Danish.
    pub da: &'static str,
    /// English.
    pub en: &'static str,
}

const NOT_CHECKED: (&str, &str) = (
    "Kør livsbog verify. Kan heller ikke den komme til ende, så er fejlen i programmet: sig det til os.",
    "Run livsbog verify. If that cannot get to its end either, the fault is in the program: tell us.",
);
const EVIDENCE_DIFFERS: (&str, &str) = (
    "Kør livsbog log check, som siger, hvilken af de to der er god. Læg den anden til side i hånden, og kør igen.",
    "Run livsbog log check, which tells which of the two is good. Put the other aside by hand and run again.",
);
const FOREIGN_REPLICA: (&str, &str) = (
    "Stedet holder en kopi af et andet arkiv. Giv en anden adresse; intet er skrevet.",
    "This place holds a replica of another archive. Give another address; nothing was written.",
);
const FORKED_REPLICA: (&str, &str) = (
    "Arkivet og kopien fortæller hver sin historie. Stop tjenesten, gem begge, og find ud af hvorfor.",
    "Archive and replica tell two histories. Stop the service, keep both, and find out why.",
);
const REPLICA_BEHIND: (&str, &str) = (
    "Kopiens checkpoint er ældre end det, der ligger her; sat tilbage ville det skjule afleveringer. Find et nyere.",
    "The replica's checkpoint is older than what lies here; put back, it would hide deposits. Find a newer one.",
);
const REPLICA_AHEAD: (&str, &str) = (
    "Arkivet er ældre end sin kopi. Stop tjenesten, og kør livsbog repair fra kopien.",
    "The archive is older than its replica. Stop the service and run livsbog repair from the replica.",
);

const VERSION_EXTRA: (&str, &str) = (
    "Nogen har lagt en anden udgave oven på filen; den rigtige findes stadig og bliver brugt. Find ud af hvem, og skift nøglerne til lageret.",
    "Somebody put another version over the file; the right one is still there and is used. Find out who, and change the store's credentials.",
);
const DELETE_MARKER: (&str, &str) = (
    "Nogen har slettet filen; den rigtige ligger under sletningen og bliver brugt. Find ud af hvem, og lad den, der ejer lageret, fjerne sletningen.",
    "Somebody deleted the file; the right one lies under the delete marker and is used. Find out who, and let the store's owner remove the marker.",
);
impl Outcome {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Changed, Self::Missing, Self::Unreadable, Self::Unexpected, Self::NotChecked];

    /// The outcome as it is printed, such as `changed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Unexpected => "unexpected",
            Self::NotChecked => "not-checked",
        }
    }
}

impl Code {
    /// Which of the answers the code stands for.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::ContentChanged
            | Self::InventoryChanged
            | Self::SidecarChanged
            | Self::DeclarationChanged
            | Self::RootFileChanged
            | Self::LogForked
            | Self::LogCheckpointChanged
            | Self::LogTileChanged
            | Self::LogEntryChanged
            | Self::LogEvidenceDiffers
            | Self::ReplicaForeign
            | Self::ReplicaForked => Outcome::Changed,
            Self::ContentMissing
            | Self::InventoryMissing
            | Self::SidecarMissing
            | Self::DeclarationMissing
            | Self::ObjectIncomplete
            | Self::RootFileMissing
            | Self::NotInLog
            | Self::InLogButMissing
            | Self::LogShortened
            | Self::LogFileMissing
            | Self::ReplicaAhead
            | Self::ReplicaBehind => Outcome::Missing,
            Self::ObjectMisplaced
            | Self::ObjectUnexpectedFile
            | Self::RootUnexpectedFile
            | Self::VersionExtra
            | Self::DeleteMarker => Outcome::Unexpected,
            Self::Unreadable => Outcome::Unreadable,
            Self::NotChecked => Outcome::NotChecked,
        }
    }

    /// What to do now.
    pub fn advice(self) -> Advice {
        let (da, en) = match self {
            Self::ContentChanged | Self::ContentMissing => (
                "Hent filen fra en kopi, og tjek den igen. Ret intet i hånden.",
                "Bring the file back from a replica and check again. Change nothing by hand.",
            ),
            Self::InventoryChanged | Self::InventoryMissing => (
                "Hent inventory.json fra en kopi; den skal passe med loggen.",
                "Bring inventory.json back from a replica; it must fit the log.",
            ),
            Self::SidecarChanged | Self::SidecarMissing => (
                "Genstart tjenesten, og tjek igen. Bliver det ved, så hent filen fra en kopi.",
                "Restart the service and check again. If it stays, bring the file back from a replica.",
            ),
            Self::DeclarationChanged | Self::DeclarationMissing => (
                "Hent filen fra en kopi eller fra et andet objekt: den er ens i dem alle.",
                "Bring the file back from a replica or from another object: it is the same in all.",
            ),
            Self::ObjectIncomplete => (
                "Start tjenesten: den gør det færdigt, der er i gang. Bliver det ved, så sæt objektet til side.",
                "Start the service: it finishes what is under way. If it stays, set the object aside.",
            ),
            Self::ObjectMisplaced | Self::ObjectUnexpectedFile | Self::RootUnexpectedFile => (
                "Find ud af, hvem der har lagt det her, før noget flyttes. Slet intet.",
                "Find out who put it here before anything is moved. Delete nothing.",
            ),
            Self::VersionExtra => VERSION_EXTRA,
            Self::DeleteMarker => DELETE_MARKER,
            Self::RootFileChanged | Self::RootFileMissing => (
                "Hent filen fra en kopi, eller genstart tjenesten, som skriver vejledningerne igen.",
                "Bring the file back from a replica, or restart the service, which writes the guides anew.",
            ),
            Self::NotInLog => (
                "Start tjenesten: den gør det færdigt, der er i gang. Bliver det ved, så undersøg, hvem der skrev det.",
                "Start the service: it finishes what is under way. If it stays, find out who wrote it.",
            ),
            Self::InLogButMissing => (
                "Hent det fra en kopi: loggen beviser, at det har været her.",
                "Bring it back from a replica: the log proves that it was here.",
            ),
            Self::LogShortened | Self::LogForked => (
                "Stop tjenesten, og læg den nyeste log tilbage fra en kopi. Gem den, der ligger her nu, som spor.",
                "Stop the service and put the newest log back from a copy. Keep the one that lies here now as a trace.",
            ),
            Self::LogCheckpointChanged
            | Self::LogTileChanged
            | Self::LogEntryChanged
            | Self::LogFileMissing => (
                "Stop tjenesten, og hent logfilen fra en kopi. Gem den ændrede fil som spor.",
                "Stop the service and bring the log file back from a replica. Keep the changed one as a trace.",
            ),
            Self::Unreadable => (
                "Tjek disken og rettighederne, og kør tjekket igen. Kan den ikke læses, så hent den fra en kopi.",
                "Check the disk and the permissions and run again. If it stays unreadable, bring it back from a replica.",
            ),
            Self::LogEvidenceDiffers => EVIDENCE_DIFFERS,
            Self::NotChecked => NOT_CHECKED,
            Self::ReplicaForeign => FOREIGN_REPLICA,
            Self::ReplicaForked => FORKED_REPLICA,
            Self::ReplicaBehind => REPLICA_BEHIND,
            Self::ReplicaAhead => REPLICA_AHEAD,
        };
        Advice { da, en }
    }

    /// The code as it is printed, such as `content-changed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ContentChanged => "content-changed",
            Self::ContentMissing => "content-missing",
            Self::InventoryChanged => "inventory-changed",
            Self::InventoryMissing => "inventory-missing",
            Self::SidecarChanged => "sidecar-changed",
            Self::SidecarMissing => "sidecar-missing",
            Self::DeclarationChanged => "declaration-changed",
            Self::DeclarationMissing => "declaration-missing",
            Self::ObjectIncomplete => "object-incomplete",
            Self::ObjectMisplaced => "object-misplaced",
            Self::ObjectUnexpectedFile => "object-unexpected-file",
            Self::RootFileChanged => "root-file-changed",
            Self::RootFileMissing => "root-file-missing",
            Self::RootUnexpectedFile => "root-unexpected-file",
            Self::VersionExtra => "version-extra",
            Self::DeleteMarker => "delete-marker",
            Self::NotInLog => "not-in-log",
            Self::InLogButMissing => "in-log-but-missing",
            Self::LogShortened => "log-shortened",
            Self::LogForked => "log-forked",
            Self::LogCheckpointChanged => "log-checkpoint-changed",
            Self::LogTileChanged => "log-tile-changed",
            Self::LogEntryChanged => "log-entry-changed",
            Self::LogFileMissing => "log-file-missing",
            Self::LogEvidenceDiffers => "log-evidence-differs",
            Self::Unreadable => "unreadable",
            Self::NotChecked => "not-checked",
            Self::ReplicaForeign => "replica-foreign",
            Self::ReplicaForked => "replica-forked",
            Self::ReplicaAhead => "replica-ahead",
            Self::ReplicaBehind => "replica-behind",
        }
    }

    pub(crate) fn at(self, object: Option<ObjectId>, path: impl Into<String>) -> Finding {
        Finding { code: self, outcome: self.outcome(), object, path: path.into(), todo: self.advice() }
    }
}

/// The result of a check that ran to its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What is not as it was sealed; empty when all is well.
    pub findings: Vec<Finding>,
    /// Objects that are whole.
    pub objects_ok: u64,
    /// Objects with findings.
    pub objects_damaged: u64,
    /// Objects of which a version is being sealed, or waits for the service to start and finish it.
    pub objects_under_way: u64,
    /// Leaves of the log whose objects were not looked at: the rest of a sample.
    pub versions_not_checked: u64,
    /// Files read.
    pub files_read: u64,
    /// Bytes read.
    pub bytes_read: u64,
    /// Leaves in the log.
    pub log_size: u64,
}

impl Report {
    /// Whether everything that was looked at is as it was sealed.
    pub fn is_ok(&self) -> bool {
        self.findings.is_empty()
    }
}

/// The check did not run to its end: neither ok nor damaged.
#[derive(Debug, thiserror::Error)]
pub enum CouldNotCheck {
    /// There is no archive, or its directory cannot be listed.
    #[error("the storage root cannot be read")]
    Root(#[source] std::io::Error),
    /// The log cannot be read, and without it nothing can be said of an object.
    #[error("the log cannot be read")]
    Log,
    /// The checker itself failed, or was stopped.
    #[error("the check stopped before its end")]
    Stopped,
}
