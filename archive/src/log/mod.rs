//! The tamper-evident log: one leaf a sealed version, in static files beside the storage root (C2SP tlog-tiles),
//! signed checkpoints (C2SP tlog-checkpoint, Ed25519) and proofs of inclusion (C2SP tlog-proof).

mod cosigned;
mod evidence;
mod files;
mod leaf;
mod note;
mod receipt;
mod sequencer;
mod stamps;
mod tree;
mod witness;

pub use cosigned::Cosigned;
pub use leaf::Leaf;
pub use receipt::{Receipt, ReceiptProblem, check_receipt};
pub use stamps::{Stamp, Stamped};
pub use witness::{Cosignature, NotAWitness, Refusal, Submission, Witness, WitnessKey};

pub(crate) use evidence::EVIDENCE;
pub(crate) use files::{CHECKPOINT, LOCK, ORIGIN, VERIFIER_KEY, bundle_path, erase_partials, tile_path};
pub(crate) use leaf::{bundle_entry, parse_bundle};
pub(crate) use note::{TreeHead, VerifierKey};
pub(crate) use tree::{
    Edge, Hash, TILE_WIDTH, TileAt, leaf_hash, parse_tile, partial_tiles, root_of, tile_bytes, width_of_tile,
};

/// What a proof of inclusion is made of.
pub(crate) mod proof {
    pub(crate) use super::tree::{join, proof_ranges, root_from_proof, subtrees};
}

use std::path::PathBuf;

use ed25519_dalek::SigningKey;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use tokio::sync::{mpsc, oneshot};

use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::ObjectId;
use crate::store::ErasableStore;
use sequencer::{Append, Sequencer, head_of};

/// A state of the log, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Leaves that it covers.
    pub size: u64,
    /// The signed note (C2SP tlog-checkpoint).
    pub note: String,
}

/// The log. Cheap to clone; all clones share one writer.
#[derive(Clone)]
pub(crate) struct Log {
    store: ErasableStore,
    verifier: VerifierKey,
    appends: mpsc::Sender<Append>,
}

impl Log {
    /// Makes an empty log unless there is one, and attaches to it.
    pub(crate) async fn create(
        store: ErasableStore,
        directory: PathBuf,
        key: SigningKey,
        origin: &str,
    ) -> Result<Self> {
        if !note::is_origin(origin) {
            return Err(Error::Invalid(
                "a log's origin is one word without '+', such as livsbog.example.dk/log",
            ));
        }
        if store.read_if_there(CHECKPOINT).await?.is_none() {
            let verifier = VerifierKey::new(origin, key.verifying_key());
            let empty = note::sign(&key, origin, TreeHead { size: 0, root: root_of(&[]) });
            store.create(ORIGIN, format!("{origin}\n").into()).await?;
            store.create(VERIFIER_KEY, format!("{}\n", verifier.text()).into()).await?;
            store.create(CHECKPOINT, empty.into()).await?;
        }
        Self::attach(store, directory, key).await
    }

    /// Attaches to the stored log and checks it against its checkpoint.
    pub(crate) async fn attach(store: ErasableStore, directory: PathBuf, key: SigningKey) -> Result<Self> {
        let origin = store.read(ORIGIN).await?;
        let origin = std::str::from_utf8(&origin).map_err(|_| Error::alarm("log/origin", "not text"))?;
        let verifier = VerifierKey::new(origin.trim_end(), key.verifying_key());
        if store.read(VERIFIER_KEY).await? != format!("{}\n", verifier.text()) {
            return Err(Error::WrongSecrets);
        }
        let mut sequencer = Sequencer::new(store.clone(), directory, key, verifier.clone());
        sequencer.check().await?;
        let (appends, waiting) = mpsc::channel(1024);
        tokio::spawn(sequencer.run(waiting));
        Ok(Self { store, verifier, appends })
    }

    /// The log's public key in its text form.
    pub(crate) fn verifier_key(&self) -> String {
        self.verifier.text()
    }

    /// The log's public key.
    pub(crate) fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The newest signed checkpoint.
    pub(crate) async fn checkpoint(&self) -> Result<Checkpoint> {
        let checkpoint = self.store.read(CHECKPOINT).await?;
        let size = head_of(&self.verifier, &checkpoint)?.size;
        Ok(Checkpoint { size, note: String::from_utf8_lossy(&checkpoint).into_owned() })
    }

    /// Leaves in the log.
    pub(crate) async fn size(&self) -> Result<u64> {
        Ok(self.checkpoint().await?.size)
    }

    /// Puts a leaf into the log, or finds it there at or after `search_from`; answers its index when a durable
    /// checkpoint covers it.
    pub(crate) async fn append(
        &self,
        object: ObjectId,
        version: u32,
        inventory: Digest,
        search_from: u64,
    ) -> Result<u64> {
        let line = Leaf { index: 0, object, version, inventory }.line().into_bytes();
        let (answer, answered) = oneshot::channel();
        let stopped = || Error::unavailable("the log's writer has stopped");
        self.appends.send(Append { line, search_from, answer }).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }

    /// The receipt of a leaf, and the newest checkpoint, under which it is.
    pub(crate) async fn receipt(&self, index: u64) -> Result<(String, Checkpoint)> {
        let newest = self.checkpoint().await?;
        Ok((self.receipt_under(index, &newest, newest.size).await?, newest))
    }

    /// The receipt of a leaf under the checkpoint `note` of this log, a newer or an older one.
    pub(crate) async fn receipt_at(&self, index: u64, note: &str) -> Result<String> {
        let size = head_of(&self.verifier, note.as_bytes())?.size;
        let (checkpoint, stored) = (Checkpoint { size, note: note.to_owned() }, self.size().await?);
        let differs = || Error::alarm(self.store.name(CHECKPOINT), "the log does not continue what it was");
        if stored < size {
            return Err(differs());
        }
        let receipt = self.receipt_under(index, &checkpoint, stored).await?;
        check_receipt(&self.verifier.text(), &receipt).map(|_| receipt).map_err(|_| differs())
    }

    /// The proof that the log of `size` leaves continues the one of its first `old` leaves.
    pub(crate) async fn consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>> {
        let stored = self.size().await?;
        if size > stored {
            return Err(Error::NotFound);
        }
        let mut proof = Vec::new();
        for range in tree::consistency_ranges(old, size) {
            proof.push(files::range_root(&self.store, stored, range).await?);
        }
        Ok(proof)
    }

    /// Where the log's files lie.
    pub(crate) fn store(&self) -> &ErasableStore {
        &self.store
    }

    /// The receipt of a leaf under `checkpoint`, which the log that now has `stored` leaves continues.
    async fn receipt_under(&self, index: u64, checkpoint: &Checkpoint, stored: u64) -> Result<String> {
        if index >= checkpoint.size {
            return Err(Error::NotFound);
        }
        let bundle = self.bundle(stored, index / TILE_WIDTH).await?;
        let leaf = bundle.get((index % TILE_WIDTH) as usize).ok_or(Error::NotFound)?;
        let mut proof = Vec::new();
        for range in tree::proof_ranges(index, checkpoint.size) {
            proof.push(files::range_root(&self.store, stored, range).await?);
        }
        Ok(receipt::format(leaf, &proof, &checkpoint.note))
    }

    /// The leaves from index `from` on, as far as the checkpoint of now covers them.
    pub(crate) fn leaves(&self, from: u64) -> impl Stream<Item = Result<Leaf>> + Send + 'static {
        let log = self.clone();
        let bundles = stream::try_unfold((log, None, from), |(log, size, next)| async move {
            let size = match size {
                Some(size) => size,
                None => log.size().await?,
            };
            if next >= size {
                return Ok::<_, Error>(None);
            }
            let number = next / TILE_WIDTH;
            let mut leaves = log.bundle(size, number).await?;
            leaves.retain(|leaf| (next..size).contains(&leaf.index));
            Ok(Some((stream::iter(leaves.into_iter().map(Ok)), (log, Some(size), (number + 1) * TILE_WIDTH))))
        });
        bundles.try_flatten().boxed()
    }

    async fn bundle(&self, size: u64, number: u64) -> Result<Vec<Leaf>> {
        let bundle = files::read_bundle(&self.store, size, number).await?;
        let entries = parse_bundle(&bundle).unwrap_or_default().into_iter().enumerate();
        let leaves =
            entries.map(|(position, entry)| Leaf::parse(number * TILE_WIDTH + position as u64, entry));
        let whole: Option<Vec<Leaf>> = leaves.collect();
        whole.ok_or_else(|| {
            Error::alarm(self.store.name(&bundle_path(number, TILE_WIDTH)), "not a leaf of this log")
        })
    }
}
