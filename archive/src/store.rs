//! The narrow door to the stored bytes: create, read, list. Content can be neither overwritten nor deleted through it.

use std::fmt;
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::{BoxFuture, ready};
use futures_util::{FutureExt, Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{
    GetResult, GetResultPayload, ObjectStore, ObjectStoreExt, PutMode, PutPayload, WriteMultipart,
};

use crate::barrier::Durability;
use crate::digest::{Digest, HashingWriter};
use crate::disk;
use crate::error::{Error, Result};
use crate::paths::STAGING;
use crate::ranges::RangeReader;
use crate::s3::{Connection, Honours, VersionIds};

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

/// The stores of an archive: the data directory, and the bucket that holds storage root and log where one does.
#[derive(Clone)]
pub struct Storage {
    /// The data directory: keys, staging, and without a bucket everything.
    pub local: Objects,
    /// The bucket.
    pub bucket: Option<Arc<Connection>>,
}

impl From<Objects> for Storage {
    fn from(local: Objects) -> Self {
        Self { local, bucket: None }
    }
}

impl Storage {
    /// The part under `prefix`, in the bucket where there is one.
    pub(crate) fn store(&self, prefix: &'static str, disk: PathBuf) -> Store {
        let connection = self.bucket.clone();
        let remote = connection.as_ref().map(|connection| Objects::remote(Arc::clone(&connection.objects)));
        let objects = remote.unwrap_or_else(|| self.local.clone());
        Store { objects, staged: Arc::clone(&self.local.unsynced), connection, prefix, disk }
    }

    /// Sets where the version ids of a bucket are kept. Without one they are looked up by each process.
    pub fn keep_version_ids_in(&self, kept: Arc<dyn VersionIds>) {
        if let Some(connection) = &self.bucket {
            connection.keep_in(kept);
        }
    }

    /// Looks once at what the bucket honours, before anything is entrusted to it. Without a bucket there is nothing to see.
    ///
    /// # Errors
    /// [`Error::Bucket`] when it cannot be used, with the next step.
    pub async fn probe(&self) -> Result<Option<Honours>> {
        match &self.bucket {
            Some(connection) if connection.honours().is_none() => connection.probe().await.map(Some),
            Some(connection) => Ok(connection.honours()),
            None => Ok(None),
        }
    }
}

/// One prefix of an object store, by keys relative to it. `disk` is where the same bytes lie on a local disk.
#[derive(Clone)]
pub(crate) struct Store {
    objects: Objects,
    /// Where staged files lie: the same object store unless this one is in a bucket.
    staged: Arc<dyn ObjectStore>,
    connection: Option<Arc<Connection>>,
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
pub(crate) const PIECE_BYTES: usize = 8 * 1024 * 1024;
/// Pieces of one file on their way to the store at a time.
const UPLOADS_IN_FLIGHT: usize = 2;

impl Store {
    /// The part of `objects` under `prefix`, which on disk is the directory `disk`.
    pub(crate) fn new(objects: Objects, prefix: &'static str, disk: PathBuf) -> Self {
        Self { staged: Arc::clone(&objects.unsynced), objects, connection: None, prefix, disk }
    }

    pub(crate) fn staged(&self) -> &Arc<dyn ObjectStore> {
        &self.staged
    }

    pub(crate) fn objects(&self) -> &Arc<dyn ObjectStore> {
        &self.objects.synced
    }

    /// The bucket this lies in.
    pub(crate) fn connection(&self) -> Option<&Connection> {
        self.connection.as_deref()
    }

    /// The path under the data directory, for messages.
    pub(crate) fn name(&self, key: &str) -> String {
        format!("{}/{key}", self.prefix)
    }

    pub(crate) fn path(&self, key: &str) -> Path {
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
        if self.connection.as_ref().is_some_and(|connection| !connection.creates_once()) {
            // A store that ignores the condition would put one version over the other.
            match self.expect(key, &bytes).await {
                Err(Error::NotFound) => {}
                found => return found,
            }
        }
        let options = PutMode::Create.into();
        match objects.put_opts(&self.path(key), PutPayload::from(bytes.clone()), options).await {
            Err(object_store::Error::AlreadyExists { .. }) => self.expect(key, &bytes).await,
            other => {
                self.note(key, other?.version);
                Ok(())
            }
        }
    }

    /// Remembers which version of `key` was written.
    pub(crate) fn note(&self, key: &str, version: Option<String>) {
        if let Some(connection) = &self.connection {
            connection.note(&self.name(key), version);
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
        self.staged.put(&Path::from(at), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// Puts the staged, settled file `from` at `key`: on a local disk as a second name of the same file, elsewhere as a
    /// copy. Nobody ever sees half of it; it is durable after the next [`settle`](Store::settle).
    pub(crate) async fn publish(&self, from: &str, key: &str, stored: Digest) -> Result<()> {
        if self.connection.is_some() {
            return self.upload(from, key, stored).await;
        }
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

    /// [`publish`](Store::publish) for a file whose `bytes` are at hand.
    pub(crate) async fn publish_small(&self, from: &str, key: &str, bytes: Bytes) -> Result<()> {
        match self.connection {
            Some(_) => self.create(key, bytes).await,
            None => self.publish(from, key, Digest::of(&bytes)).await,
        }
    }

    /// Puts the staged, settled file `from`, which holds `bytes`, in the place of what is at `key`: a reader sees the old
    /// bytes or the new. Durable after the next [`settle`](Store::settle).
    pub(crate) async fn put_in_place(&self, from: &str, key: &str, bytes: Bytes) -> Result<()> {
        if self.connection.is_some() {
            // A version more is a version for good: none without need.
            let there = self.read_if_there(key).await?;
            return if there.as_ref() == Some(&bytes) { Ok(()) } else { self.replace(key, bytes).await };
        }
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
        let pieces = self.objects.synced.get(&Path::from(from)).await?;
        self.put_long(pieces, key).await?;
        self.sweep_key(key).await
    }

    pub(crate) async fn put_long(&self, from: GetResult, key: &str) -> Result<()> {
        let mut pieces = from.into_stream();
        let upload = self.objects.synced.put_multipart(&self.path(key)).await?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
        while let Some(piece) = pieces.try_next().await? {
            writer.wait_for_capacity(UPLOADS_IN_FLIGHT).await?;
            writer.put(piece);
        }
        self.note(key, writer.finish().await?.version);
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
        self.digest_of_version(key, None).await
    }

    /// [`digest`](Store::digest) of one version of the file, or of what is there now.
    pub(crate) async fn digest_of_version(&self, key: &str, version: Option<&str>) -> Result<Digest> {
        let found = self.objects.synced.get_opts(&self.path(key), Connection::options(version)).await?;
        match found.payload {
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
        let found = match source.fetch(key, vouched).await {
            Ok(found) => found,
            Err(Error::NotFound) => return Ok(Taken::Missing),
            Err(Error::Alarm { .. }) => return Ok(Taken::Changed),
            Err(_) => return Ok(Taken::Unreadable),
        };
        let (into, to, size_bytes) = (self.holder_of(to), Path::from(to), found.meta.size);
        if size_bytes > PIECE_BYTES as u64 {
            return take_long(into, &to, found.into_stream(), vouched).await;
        }
        let Ok(bytes) = found.bytes().await else { return Ok(Taken::Unreadable) };
        if Digest::of(&bytes) != vouched {
            return Ok(Taken::Changed);
        }
        match into.put_opts(&to, PutPayload::from(bytes), PutMode::Create.into()).await {
            // Somebody else copies too; the same bytes will do, and the next comparison reads them.
            Err(object_store::Error::AlreadyExists { .. }) | Ok(_) => Ok(Taken::Whole(size_bytes)),
            Err(error) => Err(error.into()),
        }
    }

    /// The object store that a path from this store's top belongs to.
    fn holder_of(&self, path: &str) -> &Arc<dyn ObjectStore> {
        if path.starts_with(STAGING) { &self.staged } else { &self.objects.unsynced }
    }

    /// What is stored at `key`, in the version that has the digest `vouched` where versions are kept.
    pub(crate) async fn fetch(&self, key: &str, vouched: Digest) -> Result<GetResult> {
        let get = async |version: Option<String>| {
            let options = Connection::options(version.as_deref());
            Ok(self.objects.synced.get_opts(&self.path(key), options).await?)
        };
        match get(self.version_of(key, vouched).await?).await {
            // The id that was kept is not there: gone, or kept of another bucket.
            Err(Error::NotFound) => get(self.look_up(key, vouched).await?).await,
            found => found,
        }
    }

    /// A blocking reader over `key`, whose bytes are vouched for by a digest; to be used on a thread that may block.
    pub(crate) async fn open(&self, key: &str, vouched: Digest) -> Result<Box<dyn ReadSeek>> {
        let open = async |version: Option<String>| {
            let objects = Arc::clone(&self.objects.synced);
            RangeReader::open(objects, self.path(key), Connection::options(version.as_deref())).await
        };
        match open(self.version_of(key, vouched).await?).await {
            Err(Error::NotFound) => open(self.look_up(key, vouched).await?).await,
            found => found,
        }
    }

    /// The keys under `prefix`, in no particular order.
    pub(crate) fn list(&self, prefix: &str) -> impl Stream<Item = Result<String>> + Send + 'static {
        let skip = self.prefix.len() + 1;
        let found = self.objects.synced.list(Some(&self.path(prefix)));
        found.map_ok(move |meta| meta.location.as_ref()[skip..].to_owned()).map_err(Error::from).boxed()
    }

    /// Whether anything lies under `directory`, be it deleted in a bucket that remembers.
    pub(crate) async fn has(&self, directory: &str) -> Result<bool> {
        match &self.connection {
            Some(connection) => connection.has(&format!("{}/", self.name(directory))).await,
            None => Ok(tokio::fs::try_exists(self.on_disk(directory)).await?),
        }
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

/// Multipart uploads know no create-only mode; that is harmless for a key that is the digest of its own content.
async fn take_long(
    into: &Arc<dyn ObjectStore>,
    to: &Path,
    mut pieces: impl Stream<Item = object_store::Result<Bytes>> + Unpin,
    vouched: Digest,
) -> Result<Taken> {
    let upload = into.put_multipart(to).await?;
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

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Objects({})", self.synced)
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bucket = self.bucket.as_ref().map(|connection| &connection.bucket);
        f.debug_struct("Storage").field("local", &self.local).field("bucket", &bucket).finish()
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.prefix)
    }
}

/// A store whose content may be erased: keys, and the log's superseded partial tiles. Sealed content never is one. In a
/// bucket nothing is erased, and the service needs no right to: there is only the log, whose superseded files do no harm.
#[derive(Debug, Clone)]
pub(crate) struct ErasableStore(pub(crate) Store);

impl ErasableStore {
    /// Removes `key`; not being there is success. Durable once its directory is.
    pub(crate) async fn erase(&self, key: &str) -> Result<()> {
        if self.0.connection.is_some() {
            return Ok(());
        }
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

#[cfg(test)]
mod tests {
    use std::io::SeekFrom;

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
        let mut reader = store.open("long", Digest::of("0123456789")).await.unwrap();
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
