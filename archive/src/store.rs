//! The narrow door to the stored bytes: create, read, list. Content can be neither overwritten nor deleted through it.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::{BoxFuture, ready};
use futures_util::{FutureExt, Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetResultPayload, ObjectStore, ObjectStoreExt, PutMode, PutPayload, WriteMultipart};

use crate::barrier::Durability;
use crate::digest::{Digest, HashingWriter};
use crate::disk;
use crate::error::{Error, Result};

/// The object store over the data directory, in two ways of writing.
#[derive(Clone)]
pub struct Objects {
    /// Each write is durable when it answers.
    pub synced: Arc<dyn ObjectStore>,
    /// Writes are durable after the next [`Durability::settle`], many by one.
    pub unsynced: Arc<dyn ObjectStore>,
    /// Makes the unsynced ones durable.
    pub durability: Arc<dyn Durability>,
}

impl Objects {
    /// A store whose every write is durable when it answers.
    pub fn remote(objects: Arc<dyn ObjectStore>) -> Self {
        Self { synced: Arc::clone(&objects), unsynced: objects, durability: Arc::new(Always) }
    }
}

struct Always;

impl Durability for Always {
    fn settle(&self) -> BoxFuture<'_, Result<()>> {
        ready(Ok(())).boxed()
    }
}

/// One prefix of an object store, by keys relative to it. `disk` is where the same bytes lie on a local disk.
#[derive(Clone)]
pub(crate) struct Store {
    objects: Objects,
    prefix: &'static str,
    disk: PathBuf,
}

/// A reader over stored bytes.
pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// What became of a file that was to be copied.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was as vouched for and has its name now; its length.
    Whole(u64),
    Changed,
    Missing,
    Unreadable,
}

/// Pieces of this length at a time, so that memory does not grow with the file.
const PIECE_BYTES: usize = 8 * 1024 * 1024;

impl Store {
    /// The part of `objects` under `prefix`, which on disk is the directory `disk`.
    pub(crate) fn new(objects: Objects, prefix: &'static str, disk: PathBuf) -> Self {
        Self { objects, prefix, disk }
    }

    /// The path under the data directory, for messages.
    pub(crate) fn name(&self, key: &str) -> String {
        format!("{}/{key}", self.prefix)
    }

    fn path(&self, key: &str) -> Path {
        Path::from(self.name(key))
    }

    /// Where `key` lies on a local disk.
    pub(crate) fn on_disk(&self, key: &str) -> PathBuf {
        self.disk.join(key)
    }

    /// Creates `key`. When it exists already its bytes decide: the same is success (an earlier attempt was kept),
    /// different is an alarm and nothing is written.
    pub(crate) async fn create(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.create_in(&self.objects.synced, key, bytes).await
    }

    /// [`create`](Store::create), durable after the next [`settle`](Store::settle).
    pub(crate) async fn create_unsynced(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.create_in(&self.objects.unsynced, key, bytes).await
    }

    async fn create_in(&self, objects: &Arc<dyn ObjectStore>, key: &str, bytes: Bytes) -> Result<()> {
        let options = PutMode::Create.into();
        match objects.put_opts(&self.path(key), PutPayload::from(bytes.clone()), options).await {
            Err(object_store::Error::AlreadyExists { .. }) => self.expect(key, &bytes).await,
            other => Ok(other.map(|_| ())?),
        }
    }

    /// Alarms unless `key` holds exactly `bytes`.
    pub(crate) async fn expect(&self, key: &str, bytes: &[u8]) -> Result<()> {
        if self.read(key).await? == bytes {
            return Ok(());
        }
        Err(Error::alarm(self.name(key), "other content than what is being sealed"))
    }

    /// Stages bytes at `at`, a path under the data directory, for [`publish`](Store::publish) or
    /// [`put_in_place`](Store::put_in_place). Durable after the next [`settle`](Store::settle).
    pub(crate) async fn stage(&self, at: &str, bytes: Bytes) -> Result<()> {
        self.objects.unsynced.put(&Path::from(at), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// Puts the staged, settled file `from` at `key`: on a local disk as a second name of the same file, elsewhere as a
    /// copy. Nobody ever sees half of it; it is durable after the next [`settle`](Store::settle).
    pub(crate) async fn publish(&self, from: &str, key: &str, stored: Digest) -> Result<()> {
        match self.objects.unsynced.copy_if_not_exists(&Path::from(from), &self.path(key)).await {
            Ok(()) => Ok(()),
            // A replay may find its file published and its staging gone.
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::NotFound { .. }) => {
                self.expect_digest(key, stored).await
            }
            Err(error) => match self.expect_digest(key, stored).await {
                Err(Error::NotFound) if !matches!(Error::from(error), Error::NoSpace(_)) => {
                    self.publish_copy(from, key).await
                }
                other => other,
            },
        }
    }

    /// Puts the staged, settled file `from`, which holds `bytes`, in the place of what is at `key`: a reader sees the old
    /// bytes or the new. Durable after the next [`settle`](Store::settle).
    pub(crate) async fn put_in_place(&self, from: &str, key: &str, bytes: Bytes) -> Result<()> {
        match self.objects.unsynced.rename(&Path::from(from), &self.path(key)).await {
            // Where renaming is impossible: another file system.
            Err(_) => self.replace(key, bytes).await,
            Ok(()) => Ok(()),
        }
    }

    /// Where links are impossible (staging on another file system than the storage root): copies in pieces, so that
    /// memory does not grow with the file. Multipart uploads know no create-only mode; that is harmless for a key that
    /// is the digest of its own content, and the read-back before the log leaf judges what came out.
    async fn publish_copy(&self, from: &str, key: &str) -> Result<()> {
        let objects = &self.objects.synced;
        let mut pieces = objects.get(&Path::from(from)).await?.into_stream();
        let upload = objects.put_multipart(&self.path(key)).await?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
        while let Some(piece) = pieces.try_next().await? {
            writer.wait_for_capacity(1).await?;
            writer.put(piece);
        }
        writer.finish().await?;
        self.sweep_key(key).await
    }

    /// Alarms unless the bytes at `key` have the digest `stored`.
    pub(crate) async fn expect_digest(&self, key: &str, stored: Digest) -> Result<()> {
        if self.digest(key).await? == stored {
            return Ok(());
        }
        Err(Error::alarm(self.name(key), "other content than what is being sealed"))
    }

    /// Replaces `key` at once: a reader sees the old bytes or the new, never a mixture. For the two files of an object
    /// that OCFL lets change (root inventory and its sidecar) and for the log beyond its checkpoint.
    pub(crate) async fn replace(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.objects.synced.put(&self.path(key), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// All bytes at `key`; for small files.
    pub(crate) async fn read(&self, key: &str) -> Result<Bytes> {
        Ok(self.objects.synced.get(&self.path(key)).await?.bytes().await?)
    }

    /// All bytes at `key`, or nothing when there is no such file.
    pub(crate) async fn read_if_there(&self, key: &str) -> Result<Option<Bytes>> {
        match self.read(key).await {
            Err(Error::NotFound) => Ok(None),
            other => other.map(Some),
        }
    }

    /// The digest of the bytes at `key`, read in blocks.
    pub(crate) async fn digest(&self, key: &str) -> Result<Digest> {
        match self.objects.synced.get(&self.path(key)).await?.payload {
            GetResultPayload::File(file, _) => {
                Ok(tokio::task::spawn_blocking(move || Digest::of_reader(file)).await??.0)
            }
            GetResultPayload::Stream(mut pieces) => {
                let mut hasher = HashingWriter::new(io::sink());
                while let Some(piece) = pieces.try_next().await? {
                    hasher.write_all(&piece)?;
                }
                Ok(hasher.finish().1)
            }
        }
    }

    /// Copies `key` of `source` to `to`, a path in this store's own root: read once, and nothing has the name `to` before
    /// its bytes are known to have the digest `vouched`. Durable after the next [`settle`](Store::settle). The error is
    /// this store's; what is wrong with the source is in the answer.
    pub(crate) async fn take(&self, to: &str, source: &Self, key: &str, vouched: Digest) -> Result<Taken> {
        let found = match source.objects.synced.get(&source.path(key)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(Taken::Missing),
            Err(_) => return Ok(Taken::Unreadable),
        };
        let (to, size_bytes) = (Path::from(to), found.meta.size);
        if size_bytes > PIECE_BYTES as u64 {
            return self.take_long(&to, found.into_stream(), vouched).await;
        }
        let Ok(bytes) = found.bytes().await else { return Ok(Taken::Unreadable) };
        if Digest::of(&bytes) != vouched {
            return Ok(Taken::Changed);
        }
        match self.objects.unsynced.put_opts(&to, PutPayload::from(bytes), PutMode::Create.into()).await {
            // Somebody else copies too; the same bytes will do, and the next comparison reads them.
            Err(object_store::Error::AlreadyExists { .. }) | Ok(_) => Ok(Taken::Whole(size_bytes)),
            Err(error) => Err(error.into()),
        }
    }

    /// Multipart uploads know no create-only mode; that is harmless for a key that is the digest of its own content.
    async fn take_long(
        &self,
        to: &Path,
        mut pieces: impl Stream<Item = object_store::Result<Bytes>> + Unpin,
        vouched: Digest,
    ) -> Result<Taken> {
        let upload = self.objects.unsynced.put_multipart(to).await?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
        let mut hasher = HashingWriter::new(io::sink());
        let found = loop {
            match pieces.try_next().await {
                Ok(Some(piece)) => {
                    hasher.write_all(&piece)?;
                    writer.wait_for_capacity(1).await?;
                    writer.put(piece);
                }
                Ok(None) => break Some(hasher.finish()),
                Err(_) => break None,
            }
        };
        match found {
            Some((_, digest, size_bytes)) if digest == vouched => {
                writer.finish().await?;
                Ok(Taken::Whole(size_bytes))
            }
            other => {
                writer.abort().await?;
                Ok(if other.is_some() { Taken::Changed } else { Taken::Unreadable })
            }
        }
    }

    /// A blocking reader over `key`; to be used on a thread that may block.
    pub(crate) async fn open(&self, key: &str) -> Result<Box<dyn ReadSeek>> {
        let path = self.path(key);
        let found = self.objects.synced.get(&path).await?;
        if let GetResultPayload::File(file, _) = found.payload {
            return Ok(Box::new(file));
        }
        Ok(Box::new(RangeReader {
            objects: Arc::clone(&self.objects.synced),
            runtime: tokio::runtime::Handle::current(),
            path,
            size_bytes: found.meta.size,
            position: 0,
        }))
    }

    /// The keys under `prefix`, in no particular order.
    pub(crate) fn list(&self, prefix: &str) -> impl Stream<Item = Result<String>> + Send + 'static {
        let skip = self.prefix.len() + 1;
        let found = self.objects.synced.list(Some(&self.path(prefix)));
        found.map_ok(move |meta| meta.location.as_ref()[skip..].to_owned()).map_err(Error::from).boxed()
    }

    /// Makes durable what was written before the call.
    pub(crate) async fn settle(&self) -> Result<()> {
        self.objects.durability.settle().await
    }

    /// Removes what interrupted writes to `key` left beside it.
    pub(crate) async fn sweep_key(&self, key: &str) -> Result<()> {
        let path = self.disk.join(key);
        let work = move || -> io::Result<()> {
            let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else { return Ok(()) };
            disk::sweep(directory, |stem| name == stem)
        };
        Ok(tokio::task::spawn_blocking(work).await??)
    }

    /// Removes what interrupted writes left in the given directories. Only their one writer may call it.
    pub(crate) async fn sweep(&self, directories: Vec<String>) -> Result<()> {
        let top = self.disk.clone();
        let work =
            move || directories.iter().try_for_each(|directory| disk::sweep(&top.join(directory), |_| true));
        Ok(tokio::task::spawn_blocking(work).await??)
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Objects({})", self.synced)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.prefix)
    }
}

/// A store whose content may be erased: keys, and the log's superseded partial tiles. Sealed content never is one.
#[derive(Debug, Clone)]
pub(crate) struct ErasableStore(pub(crate) Store);

impl ErasableStore {
    /// Removes `key`; not being there is success. Durable once its directory is.
    pub(crate) async fn erase(&self, key: &str) -> Result<()> {
        match self.0.objects.synced.delete(&self.0.path(key)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            other => Ok(other?),
        }
    }
}

impl std::ops::Deref for ErasableStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.0
    }
}

/// Blocking reads over a remote object, one range a read.
struct RangeReader {
    objects: Arc<dyn ObjectStore>,
    runtime: tokio::runtime::Handle,
    path: Path,
    size_bytes: u64,
    position: u64,
}

impl Read for RangeReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.size_bytes.min(self.position.saturating_add(buffer.len() as u64));
        if self.position >= end {
            return Ok(0);
        }
        let get = self.objects.get_range(&self.path, self.position..end);
        let bytes = self.runtime.block_on(get).map_err(io::Error::other)?;
        buffer[..bytes.len()].copy_from_slice(&bytes);
        self.position += bytes.len() as u64;
        Ok(bytes.len())
    }
}

impl Seek for RangeReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.size_bytes.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use object_store::memory::InMemory;

    use super::*;

    fn store() -> Store {
        Store::new(Objects::remote(Arc::new(InMemory::new())), "archive", PathBuf::new())
    }

    #[tokio::test]
    async fn creating_twice_is_success_for_the_same_bytes_and_an_alarm_for_others() {
        let store = store();
        store.create("a/b", Bytes::from_static(b"first")).await.unwrap();
        store.create("a/b", Bytes::from_static(b"first")).await.unwrap();
        let other = store.create("a/b", Bytes::from_static(b"other")).await;
        assert!(matches!(other, Err(Error::Alarm { .. })));
        assert_eq!(store.read("a/b").await.unwrap(), "first");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_remote_object_reads_and_seeks_like_a_file() {
        let store = store();
        store.create("long", Bytes::from_static(b"0123456789")).await.unwrap();
        let mut reader = store.open("long").await.unwrap();
        let text = tokio::task::spawn_blocking(move || {
            let mut text = String::new();
            reader.seek(SeekFrom::End(-3)).unwrap();
            reader.read_to_string(&mut text).unwrap();
            text
        });
        assert_eq!(text.await.unwrap(), "789");
        assert_eq!(store.digest("long").await.unwrap(), Digest::of("0123456789"));
    }
}
