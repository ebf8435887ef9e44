//! Random ids as types: a child is never passed where an entry is meant.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )*};
}

id! {
    /// A municipality; also the key group of its own records.
    MunicipalityId,
    /// A person of any role.
    PersonId,
    /// A child, also when grown; also the key group of everything deposited for it.
    ChildId,
    /// A file as received.
    MediaId,
    /// An entry in the book.
    EntryId,
    /// A page the child made itself.
    OwnPageId,
    /// A printed book.
    EditionId,
    /// A stay in a home.
    PlacementId,
    /// A role held by assignment.
    AssignmentId,
    /// A proposal to dispose of something.
    DisposalId,
    /// Somebody's asking that something stay.
    HoldId,
    /// Somebody's asking for what the archive has about them.
    RequestId,
    /// Somebody's saying that a book is theirs.
    ClaimId,
    /// A child's own tablet or telephone.
    DeviceId,
    /// Somebody let a child come in anew: with a new code of pictures, or with a link.
    OpeningId,
}

/// The id that follows from `text`, where two made at the same moment must be one; random to whoever does not know the text.
pub fn following(text: &str) -> Uuid {
    let digest = Sha256::digest(text);
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}
