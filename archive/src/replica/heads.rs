//! What a copy of the log says of itself, and whose word counts.

use bytes::Bytes;

use super::vouched::LogCopy;
use crate::error::Result;
use crate::log::{CHECKPOINT, ORIGIN, TreeHead, VERIFIER_KEY, VerifierKey};
use crate::store::Store;

/// The three files at the top of a log, where they can be read.
pub(super) struct Stated {
    pub(super) origin: Option<Bytes>,
    pub(super) key: Option<Bytes>,
    pub(super) checkpoint: Option<Bytes>,
}

impl Stated {
    /// Of the archive itself, where a file that cannot be read is as good as lost.
    pub(super) async fn of_archive(log: &Store) -> Self {
        let read = async |name| log.read(name).await.ok();
        Self { origin: read(ORIGIN).await, key: read(VERIFIER_KEY).await, checkpoint: read(CHECKPOINT).await }
    }

    /// Of a replica: one that does not answer is not an empty one.
    ///
    /// # Errors
    /// Those of its store.
    pub(super) async fn of_replica(log: &Store) -> Result<Self> {
        let read = async |name| log.read_if_there(name).await;
        Ok(Self {
            origin: read(ORIGIN).await?,
            key: read(VERIFIER_KEY).await?,
            checkpoint: read(CHECKPOINT).await?,
        })
    }

    /// The key in its one spelling.
    pub(super) fn key(&self) -> Option<VerifierKey> {
        let bytes = self.key.as_ref()?;
        let key = VerifierKey::parse(std::str::from_utf8(bytes).ok()?)?;
        (key_file(&key) == bytes).then_some(key)
    }

    /// What the checkpoint says, if `key` signed it.
    pub(super) fn head(&self, key: &VerifierKey) -> Option<TreeHead> {
        key.verify(std::str::from_utf8(self.checkpoint.as_ref()?).ok()?)
    }

    /// Whether origin and key are those of the log of `key`.
    pub(super) fn is_of(&self, key: &VerifierKey) -> bool {
        self.origin.as_deref() == Some(origin_file(key).as_ref())
            && self.key.as_deref() == Some(key_file(key).as_ref())
    }
}

/// The content of `log/origin`.
pub(super) fn origin_file(key: &VerifierKey) -> Bytes {
    format!("{}\n", key.origin()).into()
}

/// The content of `log/vkey`.
pub(super) fn key_file(key: &VerifierKey) -> Bytes {
    format!("{}\n", key.text()).into()
}

/// A copy of the log as far as `head` covers it.
pub(super) fn copy(store: &Store, head: Option<TreeHead>) -> LogCopy {
    LogCopy { store: store.clone(), size: head.map_or(0, |head| head.size) }
}
