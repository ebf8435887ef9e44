//! The narrow door to the stored bytes: create, read, list. Content can be neither overwritten nor deleted through it.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetResultPayload, ObjectStore, ObjectStoreExt, PutMode, PutPayload, WriteMultipart};

use crate::digest::Digest;
use crate::disk;
use crate::error::{Error, Result};

/// One prefix of an object store, by keys relative to it. `disk` is where the same bytes lie on a local disk.
#[derive(Clone)]
pub(crate) struct Store {
    objects: Arc<dyn ObjectStore>,
    prefix: &'static str,
    disk: PathBuf,
}

/// A reader over stored bytes.
pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Store {
    /// The part of `objects` under `prefix`, which on disk is the directory `disk`.
    pub(crate) fn new(objects: Arc<dyn ObjectStore>, prefix: &'static str, disk: PathBuf) -> Self {
        Self { objects, prefix, disk }
    }

    /// The path under the data directory, for messages.
    pub(crate) fn name(&self, key: &str) -> String {
        format!("{}/{key}", self.prefix)
    }

    fn path(&self, key: &str) -> Path {
        Path::from(self.name(key))
    }

    /// Creates `key`. When it exists already its bytes decide: the same is success (an earlier attempt was kept),
    /// different is an alarm and nothing is written.
    pub(crate) async fn create(&self, key: &str, bytes: Bytes) -> Result<()> {
        let options = PutMode::Create.into();
        match self.objects.put_opts(&self.path(key), PutPayload::from(bytes.clone()), options).await {
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

    /// Puts the staged file `from` (a path under the data directory) at `key`: on a local disk as a second name of the
    /// same, already durable file, elsewhere as a copy.
    pub(crate) async fn publish(&self, from: &str, key: &str, stored: Digest) -> Result<()> {
        match self.objects.copy_if_not_exists(&Path::from(from), &self.path(key)).await {
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

    /// Where links are impossible (staging on another file system than the storage root): copies in pieces, so that
    /// memory does not grow with the file. Multipart uploads know no create-only mode; that is harmless for a key that
    /// is the digest of its own content, and the read-back before the log leaf judges what came out.
    async fn publish_copy(&self, from: &str, key: &str) -> Result<()> {
        const PIECE_BYTES: usize = 8 * 1024 * 1024;
        let mut pieces = self.objects.get(&Path::from(from)).await?.into_stream();
        let upload = self.objects.put_multipart(&self.path(key)).await?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
        while let Some(piece) = pieces.try_next().await? {
            writer.wait_for_capacity(1).await?;
            writer.put(piece);
        }
        writer.finish().await?;
        Ok(())
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
        self.objects.put(&self.path(key), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// All bytes at `key`; for small files.
    pub(crate) async fn read(&self, key: &str) -> Result<Bytes> {
        Ok(self.objects.get(&self.path(key)).await?.bytes().await?)
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
        let reader = self.open(key).await?;
        Ok(tokio::task::spawn_blocking(move || Digest::of_reader(reader)).await??.0)
    }

    /// A blocking reader over `key`; to be used on a thread that may block.
    pub(crate) async fn open(&self, key: &str) -> Result<Box<dyn ReadSeek>> {
        let path = self.path(key);
        let found = self.objects.get(&path).await?;
        if let GetResultPayload::File(file, _) = found.payload {
            return Ok(Box::new(file));
        }
        Ok(Box::new(RangeReader {
            objects: Arc::clone(&self.objects),
            runtime: tokio::runtime::Handle::current(),
            path,
            size_bytes: found.meta.size,
            position: 0,
        }))
    }

    /// The keys under `prefix`, in no particular order.
    pub(crate) fn list(&self, prefix: &str) -> impl Stream<Item = Result<String>> + Send + 'static {
        let skip = self.prefix.len() + 1;
        let found = self.objects.list(Some(&self.path(prefix)));
        found.map_ok(move |meta| meta.location.as_ref()[skip..].to_owned()).map_err(Error::from).boxed()
    }

    /// Makes the given directories and their parents durable.
    pub(crate) async fn settle(&self, directories: Vec<String>) -> Result<()> {
        let top = self.disk.clone();
        let work =
            move || directories.iter().try_for_each(|directory| disk::sync_up_to(&top, &top.join(directory)));
        Ok(tokio::task::spawn_blocking(work).await??)
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
        match self.0.objects.delete(&self.0.path(key)).await {
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
        Store::new(Arc::new(InMemory::new()), "archive", PathBuf::new())
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
