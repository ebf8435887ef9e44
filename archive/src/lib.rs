//! The archive: sealed, verifiable, encrypted objects that nobody can quietly change.
//!
//! It knows objects, digests, keys and retention; no child, no person, no HTTP and no SQL. The format is described in
//! `docs/ARCHIVE-FORMAT.md`, for readers with nothing but `sha256sum`, `openssl` and `age`.
//!
//! - [`Archive`] is the facade: `stage`, `seal`, `open`, `describe`, recovery.
//! - [`verify()`] checks everything without keys and writes nothing; [`check_continues`] tells a log that was put back.
//! - [`Scrub`] is the same check place by place, at a pace, for a service that never stops looking.
//! - [`replicate`] keeps a second storage root and log elsewhere; [`repair`] brings damaged files back from it.
//! - [`Policy`] says how long things are kept, and why; [`Archive::dispose`] takes its leave to erase a key.
//! - [`Archive::back_up`] and [`open_backup`] keep the keys a second time.
//! - [`Submission`] and [`Witness`] are the two sides of a cosignature.
//! - [`package`] hands files over: a bag in a zip, streamed from any byte on.
//! - [`check_receipt`] judges a receipt with nothing but the log's public key.

#![deny(missing_docs)]

mod archive;
mod backup;
mod barrier;
mod copies;
mod damage;
mod digest;
mod disk;
mod error;
mod ids;
mod keys;
mod log;
mod ocfl;
pub mod package;
mod parts;
mod paths;
mod policy;
mod ranges;
mod read;
mod recover;
mod replica;
mod root;
mod s3;
mod seal;
mod secrets;
mod shares;
mod staging;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod verify;

pub use archive::{Archive, local_disk, storage};
pub use backup::{Beside, CHECKPOINT, open_backup, open_for_escrow};
pub use barrier::Durability;
pub use digest::{Digest, HashingWriter, NotADigest};
pub use error::{Cause, Error, Result};
pub use ids::{GroupId, ObjectId, RetentionClass};
pub use keys::Keys;
pub use log::{
    Checkpoint, Cosignature, Cosigned, Leaf, NotAWitness, Receipt, ReceiptProblem, Refusal, Stamp, Stamped,
    Submission, Witness, WitnessKey, check_receipt,
};
pub use ocfl::{File, Version};
pub use parts::{PartWriter, PartsKey};
pub use paths::ArchivePaths;
pub use policy::{
    Anchor, Decision, Facts, Grounds, Hold, Language, Misfiled, Policy, PolicyProblem, Promise, Reason, Rule,
    UnknownClass, Until, Warrant,
};
pub use read::{Content, Description};
pub use recover::Leftover;
pub use replica::{Difference, Extent, Repair, Replica, Replication, Side, repair, replicate};
pub use s3::{Bucket, BucketProblem, Connection, Honours, LockMode, Renewed, StoreLock, VersionIds};
pub use seal::Sealed;
pub use secrets::{Secrets, generate_identity, generate_log_seed};
pub use shares::{ShareProblem, divide_identity, join_identity};
pub use staging::{Staged, StagedFile, StagedWriter, Staging};
pub use store::{Objects, Storage};
pub use verify::{
    Advice, Code, CouldNotCheck, Finding, Look, Looked, Mode, Outcome, Pace, Place, Report, Scrub, Section,
    check_continues, verify,
};
