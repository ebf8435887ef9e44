//! The facade: an archive attached to its directories.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::Stream;
use object_store::local::LocalFileSystem;

use crate::barrier::Barrier;
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId, RetentionClass};
use crate::keys::Keys;
use crate::log::{Checkpoint, Leaf, Log};
use crate::paths::{self, ArchivePaths};
use crate::root;
use crate::s3::{Bucket, Honours};
use crate::secrets::Secrets;
use crate::staging::{Deposit, Held, Staging};
use crate::store::{ErasableStore, Objects, Storage, Store};

/// An archive. Cheap to clone; all clones share one log writer and one set of opened keys.
///
/// The way of a deposit: [`stage`](Archive::stage), keep the [`Staged`](crate::Staged) in the caller's database, then
/// [`seal`](Archive::seal). After a crash, `seal` again: it is the same function.
#[derive(Clone)]
pub struct Archive {
    pub(crate) paths: ArchivePaths,
    pub(crate) root: Store,
    pub(crate) keys: Keys,
    pub(crate) log: Log,
    pub(crate) held: Held,
}

impl Archive {
    /// Makes an archive in `paths` unless there is one, and attaches to it. `origin` names its log in every receipt,
    /// for good: one word such as `livsbog.example.dk/log`.
    ///
    /// # Errors
    /// [`Error::Alarm`] when something else lies there; [`Error::WrongSecrets`] when the archive has other secrets.
    pub async fn create(paths: &ArchivePaths, secrets: Secrets, origin: &str) -> Result<Self> {
        make_directories(paths.clone()).await?;
        Self::create_over(paths, secrets, origin, storage(paths)?).await
    }

    /// [`create`](Archive::create) over other stores that hold the archive's files.
    ///
    /// # Errors
    /// As `create`.
    pub async fn create_over(
        paths: &ArchivePaths,
        secrets: Secrets,
        origin: &str,
        storage: impl Into<Storage>,
    ) -> Result<Self> {
        let storage = storage.into();
        make_directories(paths.clone()).await?;
        storage.probe().await?;
        root::prepare(&storage.store(paths::ROOT, paths.root())).await?;
        let log = ErasableStore(storage.store(paths::LOG, paths.log()));
        let log = Log::create(log, paths.log(), secrets.signing_key(), origin).await?;
        Self::over(paths, secrets, storage, log).await
    }

    /// Attaches to the archive in `paths`, checking its log against the signed checkpoint and its keys against the
    /// secrets. Renews the guides in the storage root.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, [`Error::WrongSecrets`], [`Error::Alarm`].
    pub async fn attach(paths: &ArchivePaths, secrets: Secrets) -> Result<Self> {
        Self::attach_over(paths, secrets, storage(paths)?).await
    }

    /// [`attach`](Archive::attach) over other stores that hold the archive's files.
    ///
    /// # Errors
    /// As `attach`.
    pub async fn attach_over(
        paths: &ArchivePaths,
        secrets: Secrets,
        storage: impl Into<Storage>,
    ) -> Result<Self> {
        let storage = storage.into();
        storage.probe().await?;
        let root = storage.store(paths::ROOT, paths.root());
        root::check(&root).await?;
        root::prepare(&root).await?;
        let log = ErasableStore(storage.store(paths::LOG, paths.log()));
        let log = Log::attach(log, paths.log(), secrets.signing_key()).await?;
        Self::over(paths, secrets, storage, log).await
    }

    async fn over(paths: &ArchivePaths, secrets: Secrets, storage: Storage, log: Log) -> Result<Self> {
        // Never in a bucket: what is locked cannot be erased.
        let keys = ErasableStore(Store::new(storage.local.clone(), paths::KEYS, paths.keys()));
        let keys = Keys::new(keys, Arc::new(secrets));
        keys.check().await?;
        let root = storage.store(paths::ROOT, paths.root());
        Ok(Self { paths: paths.clone(), root, keys, log, held: Held::default() })
    }

    /// Makes the key of a group unless it exists; before the group's first deposit.
    ///
    /// # Errors
    /// [`Error::NoSpace`], [`Error::Unavailable`], [`Error::WrongSecrets`].
    pub async fn create_group(&self, group: GroupId) -> Result<()> {
        self.keys.create_group(group).await
    }

    /// Begins to take in one version of an object; `version` counts from 1, `created` goes into the inventory.
    /// A new version inherits the files of the version before; a staged name replaces the file of that name.
    ///
    /// # Errors
    /// [`Error::AlreadyStaged`]; [`Error::KeyDestroyed`] when the group has no key.
    pub async fn stage(
        &self,
        object: ObjectId,
        group: GroupId,
        version: u32,
        class: RetentionClass,
        created: DateTime<Utc>,
    ) -> Result<Staging> {
        let deposit = Deposit { object, group, version, class, created };
        let (held, keys, log) = (Arc::clone(&self.held), self.keys.clone(), self.log.clone());
        Staging::begin(deposit, self.paths.staging(), held, keys, log).await
    }

    /// What the bucket that holds storage root and log was seen to do, where one does.
    pub fn honours(&self) -> Option<Honours> {
        self.root.connection()?.honours()
    }

    /// Where the archive lies.
    pub fn paths(&self) -> &ArchivePaths {
        &self.paths
    }

    /// The key store.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Whether storage and keys answer: for a readiness probe.
    ///
    /// # Errors
    /// What is wrong.
    pub async fn check_keys(&self) -> Result<()> {
        self.keys.check().await
    }

    /// Leaves in the log.
    ///
    /// # Errors
    /// [`Error::Alarm`] when the checkpoint is not signed by this log; [`Error::Unavailable`].
    pub async fn log_size(&self) -> Result<u64> {
        self.log.size().await
    }

    /// The newest signed checkpoint.
    ///
    /// # Errors
    /// As [`log_size`](Archive::log_size).
    pub async fn checkpoint(&self) -> Result<Checkpoint> {
        self.log.checkpoint().await
    }

    /// The public key that checks receipts; also the file `log/vkey`.
    pub fn verifier_key(&self) -> String {
        self.log.verifier_key()
    }

    /// The receipt of the leaf `leaf`, under the newest checkpoint.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the log is shorter.
    pub async fn receipt(&self, leaf: u64) -> Result<String> {
        Ok(self.log.receipt(leaf).await?.0)
    }

    /// The receipt of the leaf `leaf` under `note`, a checkpoint this log signed before.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the log was shorter then; [`Error::Alarm`] when it does not continue that checkpoint.
    pub async fn receipt_at(&self, leaf: u64, note: &str) -> Result<String> {
        self.log.receipt_at(leaf, note).await
    }

    /// The leaves from index `from` to the end, in order.
    pub fn leaves(&self, from: u64) -> impl Stream<Item = Result<Leaf>> + Send + 'static {
        self.log.leaves(from)
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Archive").field(&self.paths.data()).finish()
    }
}

/// The stores that hold the archive in `paths`. Nobody is asked anything yet.
///
/// # Errors
/// [`Error::NotFound`] when the data directory does not exist; [`Error::Unavailable`] for settings that cannot be used.
pub fn storage(paths: &ArchivePaths) -> Result<Storage> {
    let bucket = paths.bucket().map(Bucket::connect).transpose()?.map(Arc::new);
    Ok(Storage { local: local_disk(paths)?, bucket })
}

/// The object store over the data directory, without empty directories left by erased keys.
///
/// # Errors
/// [`Error::NotFound`] when the directory does not exist.
pub fn local_disk(paths: &ArchivePaths) -> Result<Objects> {
    let data = paths.data();
    if !data.is_dir() {
        return Err(Error::NotFound);
    }
    let disk = || LocalFileSystem::new_with_prefix(data).map(|disk| disk.with_automatic_cleanup(true));
    Ok(Objects {
        synced: Arc::new(disk()?.with_fsync(true)),
        unsynced: Arc::new(disk()?),
        durability: Arc::new(Barrier::new(paths.local())),
    })
}

pub(crate) async fn make_directories(paths: ArchivePaths) -> Result<()> {
    let work = move || paths.local().iter().try_for_each(std::fs::create_dir_all);
    Ok(tokio::task::spawn_blocking(work).await??)
}
