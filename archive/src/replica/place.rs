//! Where a replica lies.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use object_store::aws::AmazonS3ConfigKey;
use object_store::local::LocalFileSystem;

use crate::archive::storage;
use crate::barrier::Barrier;
use crate::damage::Condition;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::log::LOCK;
use crate::paths::{self, ArchivePaths};
use crate::s3;
use crate::store::{ErasableStore, Objects, Store};

/// A replica: a storage root and a log beside it, as in the archive's own data directory and without keys.
pub struct Replica {
    pub(super) stores: Stores,
    /// The directory, where it is one.
    directory: Option<PathBuf>,
}

/// The two parts that are replicated.
#[derive(Clone)]
pub(super) struct Stores {
    pub(super) root: Store,
    pub(super) log: ErasableStore,
}

impl Stores {
    fn over(objects: &Objects, paths: &ArchivePaths) -> Self {
        let store = |prefix, disk| Store::new(objects.clone(), prefix, disk);
        let log = ErasableStore(store(paths::LOG, paths.log()));
        Self { root: store(paths::ROOT, paths.root()), log }
    }

    /// The archive's own.
    pub(super) fn of_archive(paths: &ArchivePaths) -> Result<Self> {
        let storage = storage(paths)?;
        let log = ErasableStore(storage.store(paths::LOG, paths.log()));
        Ok(Self { root: storage.store(paths::ROOT, paths.root()), log })
    }
}

impl Replica {
    /// The replica at `url`: `file:///DIR`, as [`on_disk`](Replica::on_disk), or `s3://BUCKET/PREFIX`. `settings` are
    /// for S3, named as `AWS_*` names them: `aws_endpoint_url`, `aws_access_key_id` ... Nobody is asked anything yet.
    ///
    /// # Errors
    /// [`Error::Invalid`] for another URL or setting; [`Error::NotFound`].
    pub fn at(url: &str, settings: &[(String, String)]) -> Result<Self> {
        if let Some(directory) = url.strip_prefix("file://").filter(|path| path.starts_with('/')) {
            return Self::on_disk(Path::new(directory));
        }
        let unknown = Error::Invalid("a replica's URL is file:///DIR or s3://BUCKET/PREFIX");
        let (bucket, prefix) = s3::place(url).ok_or(unknown)?;
        let mut client = s3::client_of(bucket);
        for (name, value) in settings {
            let unknown = |_| Error::Invalid("a setting of the replica's store that is not known");
            client = client.with_config(name.parse::<AmazonS3ConfigKey>().map_err(unknown)?, value);
        }
        // Without encryption only where a setting says so.
        Ok(Self::in_store(Objects::remote(s3::below(client.build()?, prefix))))
    }

    /// The replica in the directory `directory`, which must be there and may be empty.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn on_disk(directory: &Path) -> Result<Self> {
        let paths = ArchivePaths::in_data_dir(directory);
        if !directory.is_dir() {
            return Err(Error::NotFound);
        }
        let disk = || LocalFileSystem::new_with_prefix(directory);
        let objects = Objects {
            synced: Arc::new(disk()?.with_fsync(true)),
            unsynced: Arc::new(disk()?),
            durability: Arc::new(Barrier::new([paths.root(), paths.log()])),
        };
        Ok(Self { stores: Stores::over(&objects, &paths), directory: Some(directory.to_owned()) })
    }

    /// The replica in another object store, below `objects`' own prefix.
    pub fn in_store(objects: Objects) -> Self {
        let nowhere = ArchivePaths::in_data_dir(PathBuf::new());
        Self { stores: Stores::over(&objects, &nowhere), directory: None }
    }

    /// Makes the directories and keeps others from writing to them until the answer is dropped. In a store, where no
    /// lock can be had, two who copy at a time do each other no harm: both write the same bytes.
    pub(super) async fn hold(&self) -> Result<Option<File>> {
        let Some(directory) = &self.directory else { return Ok(None) };
        let paths = ArchivePaths::in_data_dir(directory);
        let work = move || -> Result<File> {
            std::fs::create_dir_all(paths.root())?;
            std::fs::create_dir_all(paths.log())?;
            let file =
                File::options().create(true).truncate(false).write(true).open(paths.log().join(LOCK))?;
            match file.try_lock() {
                Ok(()) => Ok(file),
                Err(_) => Err(Error::unavailable("somebody else is writing to this replica")),
            }
        };
        tokio::task::spawn_blocking(work).await?.map(Some)
    }

    /// An archive is no replica of itself, and a replica inside its storage root would make that invalid.
    pub(super) fn expect_apart(&self, paths: &ArchivePaths) -> Result<()> {
        let Some(directory) = &self.directory else { return Ok(()) };
        let (here, there) = (std::fs::canonicalize(paths.data())?, std::fs::canonicalize(directory)?);
        if there == here || there.starts_with(here.join(paths::ROOT)) {
            return Err(Error::Invalid("a replica lies outside the archive it is of"));
        }
        Ok(())
    }

    /// How the file at `key` of `store`, a part of this replica, compares with what is vouched for. Nothing can be moved
    /// by the answer: that is the way of [`repair`](super::repair()) alone.
    pub(super) async fn compare(&self, store: &Store, key: &str, vouched: Digest) -> Result<Comparison> {
        if self.directory.is_some() {
            return Ok(match store.examine(key, vouched).await? {
                Condition::Good => Comparison::Same,
                Condition::Missing => Comparison::Missing,
                Condition::Damaged(damaged) if damaged.is_readable() => Comparison::Changed,
                Condition::Damaged(_) => Comparison::Unreadable,
            });
        }
        match store.digest(key).await {
            Ok(found) if found == vouched => Ok(Comparison::Same),
            Ok(_) => Ok(Comparison::Changed),
            Err(Error::NotFound) => Ok(Comparison::Missing),
            Err(error) => Err(error),
        }
    }

    /// Clears away what interrupted writes left on a disk.
    pub(super) async fn sweep(&self, store: &Store, directories: Vec<String>) -> Result<()> {
        if self.directory.is_some() { store.sweep(directories).await } else { Ok(()) }
    }
}

/// A file of the replica beside what is vouched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Same,
    Missing,
    Changed,
    Unreadable,
}

impl fmt::Debug for Replica {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Replica").field(&self.stores.root).finish()
    }
}
