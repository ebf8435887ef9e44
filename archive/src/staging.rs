//! Taking in: plaintext streams through digest, checksum and encryption into files outside the storage root.
//! Memory does not grow with the file, and no plaintext touches the disk.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use age::stream::StreamWriter;
use age::x25519::Identity;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::digest::{Digest, HashingWriter};
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId, RetentionClass, check_logical_name};
use crate::keys::Keys;
use crate::log::Log;
use crate::paths::STAGING;

/// Everything needed to seal one version of one object. The caller keeps it in its database from before the first
/// [`seal`](crate::Archive::seal) until after the last; the bytes of each file of the version follow from it and from
/// the version before, so that a replay writes exactly the same.
///
/// Holds digests of plaintext: it belongs in the database, never in the storage root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    /// The object.
    pub object: ObjectId,
    /// The group whose key wraps the object's key.
    pub group: GroupId,
    /// The version, from 1.
    pub version: u32,
    /// The retention class written into the inventory.
    pub class: RetentionClass,
    /// When the version was made, as given by the caller; stored to the second.
    pub created: DateTime<Utc>,
    /// The staged files, in the order they were begun.
    pub files: Vec<StagedFile>,
    /// The log's size when staging ended: an equal leaf before this index cannot exist.
    pub log_size_at_stage: u64,
}

/// One staged file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedFile {
    /// The name in the object, such as `original.age`.
    pub name: String,
    /// The number of the file in its staging directory.
    pub slot: u32,
    /// SHA-256 of the plaintext, that is of the bytes as received.
    pub plain: Digest,
    /// CRC-32 (IEEE) of the plaintext, for a later zip file.
    pub plain_crc32: u32,
    /// Length of the plaintext in bytes.
    pub plain_bytes: u64,
    /// SHA-256 of the stored (encrypted) bytes.
    pub stored: Digest,
    /// Length of the stored bytes.
    pub stored_bytes: u64,
}

impl Staged {
    /// The staging directory's name.
    pub(crate) fn directory(&self) -> String {
        directory_name(self.group, self.object, self.version)
    }

    /// The path of a staged file under the data directory.
    pub(crate) fn slot_path(&self, file: &StagedFile) -> String {
        self.path(&file.slot.to_string())
    }

    /// The path of the file `name` of the staging directory, under the data directory.
    pub(crate) fn path(&self, name: &str) -> String {
        format!("{STAGING}/{}/{name}", self.directory())
    }
}

/// `<group>.<object>.<version>`: the group stands in it so that recovery finds the key of what it removes.
pub(crate) fn directory_name(group: GroupId, object: ObjectId, version: u32) -> String {
    format!("{group}.{object}.{version}")
}

/// Staging directories in use, each with its operating-system lock. A process that dies lets go of its locks, and
/// only then may recovery touch what it left.
pub(crate) type Held = Arc<Mutex<HashMap<String, File>>>;

/// A deposit being taken in. Dropping it without [`finish`](Staging::finish) removes all of it.
pub struct Staging {
    pub(crate) object: ObjectId,
    pub(crate) group: GroupId,
    pub(crate) version: u32,
    pub(crate) class: RetentionClass,
    pub(crate) created: DateTime<Utc>,
    directory: PathBuf,
    lock: Option<File>,
    held: Held,
    identity: Identity,
    identity_is_new: bool,
    keys: Keys,
    log: Log,
    slots: Arc<Mutex<Slots>>,
}

#[derive(Default)]
struct Slots {
    begun: Vec<String>,
    finished: Vec<StagedFile>,
}

/// Which version of which object is staged.
pub(crate) struct Deposit {
    pub(crate) object: ObjectId,
    pub(crate) group: GroupId,
    pub(crate) version: u32,
    pub(crate) class: RetentionClass,
    pub(crate) created: DateTime<Utc>,
}

impl Staging {
    pub(crate) async fn begin(
        deposit: Deposit,
        staging_root: PathBuf,
        held: Held,
        keys: Keys,
        log: Log,
    ) -> Result<Self> {
        let Deposit { object, group, version, class, created } = deposit;
        if version == 0 {
            return Err(Error::Invalid("versions count from 1"));
        }
        let (identity, identity_is_new) = keys.for_staging(group, object).await?;
        if identity_is_new && version > 1 {
            // A new key for an old object would quietly undo its disposal.
            return Err(Error::KeyDestroyed);
        }
        let directory = staging_root.join(directory_name(group, object, version));
        let lock = {
            let directory = directory.clone();
            tokio::task::spawn_blocking(move || create_locked(&directory)).await??
        };
        let (lock, slots) = (Some(lock), Arc::default());
        Ok(Self {
            object,
            group,
            version,
            class,
            created,
            directory,
            lock,
            held,
            identity,
            identity_is_new,
            keys,
            log,
            slots,
        })
    }

    /// Begins the file `name`; write the plaintext into the answer and call its `finish`. Writing blocks the thread.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name the format does not allow or that was begun before; [`Error::NoSpace`].
    pub fn file(&self, name: &str) -> Result<StagedWriter> {
        check_logical_name(name)?;
        let slot = {
            let mut slots = lock(&self.slots);
            if slots.begun.iter().any(|begun| begun == name) {
                return Err(Error::Invalid("a version holds each name once"));
            }
            slots.begun.push(name.to_owned());
            slots.begun.len() as u32 - 1
        };
        let file = File::create_new(self.directory.join(slot.to_string()))?;
        let recipient = self.identity.to_public();
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as _));
        let stored =
            HashingWriter::new(BufWriter::with_capacity(WRITE_BYTES, SteadyFile { file, unsynced: 0 }));
        let writer = encryptor.map_err(Error::unavailable)?.wrap_output(stored)?;
        Ok(StagedWriter {
            name: name.to_owned(),
            slot,
            plain: HashingWriter::new(writer),
            crc32: crc32fast::Hasher::new(),
            slots: Arc::clone(&self.slots),
        })
    }

    /// Stages a small file in one call.
    ///
    /// # Errors
    /// Those of [`file`](Staging::file) and of writing.
    pub async fn write(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Result<StagedFile> {
        let (mut writer, bytes) = (self.file(name)?, bytes.into());
        let work = move || writer.write_all(&bytes).and_then(|()| writer.finish());
        Ok(tokio::task::spawn_blocking(work).await??)
    }

    /// The plaintext of a finished file, to examine it before sealing. Reading blocks the thread.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no file of that name is finished.
    pub fn reopen(&self, name: &str) -> Result<impl Read + Seek + Send + 'static> {
        let slot = {
            let slots = lock(&self.slots);
            slots.finished.iter().find(|file| file.name == name).ok_or(Error::NotFound)?.slot
        };
        let file = File::open(self.directory.join(slot.to_string()))?;
        let decryptor = age::Decryptor::new_buffered(io::BufReader::new(file)).map_err(Error::unavailable)?;
        decryptor.decrypt(std::iter::once(&self.identity as _)).map_err(Error::unavailable)
    }

    /// Ends staging: the files, their directory and the object's key are durable when this answers.
    ///
    /// # Errors
    /// [`Error::Invalid`] when a file was begun and not finished, or none was; [`Error::NoSpace`].
    pub async fn finish(mut self) -> Result<Staged> {
        let files = self.finished_files()?;
        // Before there is a key: nothing may fail between keeping it and answering.
        let log_size_at_stage = self.log.size().await?;
        self.settle_with_key().await?;
        let staged = Staged {
            object: self.object,
            group: self.group,
            version: self.version,
            class: self.class.clone(),
            created: self.created,
            files,
            log_size_at_stage,
        };
        if let Some(lock_file) = self.lock.take() {
            // The lock lives on until the version is sealed or discarded; only then may anyone clear it away.
            lock(&self.held).insert(staged.directory(), lock_file);
        }
        Ok(staged)
    }

    /// Makes the key and what is encrypted to it durable, by one sync.
    async fn settle_with_key(&mut self) -> Result<()> {
        let keep = async {
            if self.identity_is_new {
                self.keys.keep(self.group, self.object, &self.identity).await?;
            }
            self.keys.settle().await
        };
        let kept = keep.await;
        if kept.is_err() && self.identity_is_new {
            // It may have been stored all the same; nothing is encrypted to it that anyone will ever ask for.
            if self.keys.erase(self.group, self.object).await.is_err() {
                // The directory stays: by it the next start finds the key, and erases it.
                self.lock = None;
            }
        }
        kept
    }

    fn finished_files(&self) -> Result<Vec<StagedFile>> {
        let mut slots = lock(&self.slots);
        let mut files = std::mem::take(&mut slots.finished);
        if files.is_empty() || files.len() != slots.begun.len() {
            return Err(Error::Invalid("a version holds at least one file, and each is finished"));
        }
        files.sort_by_key(|file| file.slot);
        Ok(files)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // Best effort: what stays behind after an error here is removed by the next start's recovery.
            if let Err(error) = fs::remove_dir_all(&self.directory) {
                tracing::warn!(%error, "an interrupted staging could not be removed");
            }
        }
    }
}

const WRITE_BYTES: usize = 256 * 1024;
/// So much of one file may wait in memory for the disk: whoever settles a small deposit must not wait for a film.
const UNSYNCED_BYTES: usize = 16 * 1024 * 1024;

/// A file that is synced as it grows.
struct SteadyFile {
    file: File,
    unsynced: usize,
}

impl Write for SteadyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.unsynced >= UNSYNCED_BYTES {
            self.file.sync_data()?;
            self.unsynced = 0;
        }
        let written = self.file.write(bytes)?;
        self.unsynced += written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Takes plaintext; see [`Staging::file`].
pub struct StagedWriter {
    name: String,
    slot: u32,
    plain: HashingWriter<StreamWriter<HashingWriter<BufWriter<SteadyFile>>>>,
    crc32: crc32fast::Hasher,
    slots: Arc<Mutex<Slots>>,
}

impl StagedWriter {
    /// Ends the file. Not durable before [`Staging::finish`].
    ///
    /// # Errors
    /// Those of the disk; `ErrorKind::StorageFull` becomes [`Error::NoSpace`] through `Error::from`.
    pub fn finish(self) -> io::Result<StagedFile> {
        let (encrypting, plain, plain_bytes) = self.plain.finish();
        let (buffered, stored, stored_bytes) = encrypting.finish()?.finish();
        buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
        let file = StagedFile {
            name: self.name,
            slot: self.slot,
            plain,
            plain_crc32: self.crc32.finalize(),
            plain_bytes,
            stored,
            stored_bytes,
        };
        lock(&self.slots).finished.push(file.clone());
        Ok(file)
    }
}

impl Write for StagedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.plain.write(bytes)?;
        self.crc32.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.plain.flush()
    }
}

fn create_locked(directory: &std::path::Path) -> Result<File> {
    match fs::create_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(Error::AlreadyStaged),
        other => other?,
    }
    let handle = File::open(directory)?;
    handle.try_lock().map_err(|error| match error {
        fs::TryLockError::Error(error) => error.into(),
        fs::TryLockError::WouldBlock => Error::AlreadyStaged,
    })?;
    Ok(handle)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
