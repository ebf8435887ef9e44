//! Raw reading from a bucket, for threads that block: requests run on a runtime of the checker's own, whoever calls.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, OnceLock};

use futures_util::{StreamExt, TryStreamExt};
use object_store::ObjectStore;
use object_store::path::Path;
use tokio::runtime::Runtime;

use super::reader::{Gap, SMALL_FILE_BYTES};
use crate::digest::{Digest, HashingWriter};
use crate::s3::{Bucket, Connection, StoredVersion};

/// A bucket under check. It has a connection of its own.
pub(crate) struct Remote {
    bucket: Bucket,
    live: OnceLock<Result<Live, String>>,
}

struct Live {
    connection: Arc<Connection>,
    runtime: Option<Runtime>,
}

impl Drop for Live {
    fn drop(&mut self) {
        // Waiting for it would not be allowed on a thread of another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Every version of some files, each file's newest first.
pub(crate) type History = BTreeMap<String, Vec<StoredVersion>>;

impl Remote {
    pub(crate) fn new(bucket: &Bucket) -> Self {
        Self { bucket: bucket.clone(), live: OnceLock::new() }
    }

    fn live(&self) -> io::Result<&Live> {
        let connect = || -> io::Result<Live> {
            let connection = Arc::new(self.bucket.connect().map_err(io::Error::other)?);
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            Ok(Live { connection, runtime: Some(runtime) })
        };
        let live = self.live.get_or_init(|| connect().map_err(|error| error.to_string()));
        live.as_ref().map_err(|error| io::Error::other(error.as_str()))
    }

    fn connection(&self) -> io::Result<Arc<Connection>> {
        Ok(Arc::clone(&self.live()?.connection))
    }

    fn wait<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> io::Result<T> {
        let (done, answer) = sync_channel(1);
        let runtime = self.live()?.runtime.as_ref().ok_or(io::ErrorKind::BrokenPipe)?;
        runtime.spawn(async move {
            // Nobody waits any more only when the checker ends.
            let _ = done.send(work.await);
        });
        answer.recv().map_err(io::Error::other)
    }

    /// All bytes of a small file, or of one version of it.
    pub(crate) fn read(&self, key: String, version: Option<String>) -> Result<Vec<u8>, Gap> {
        let objects = Arc::clone(&self.connection()?.objects);
        let read = async move {
            let options = Connection::options(version.as_deref());
            let found = objects.get_opts(&Path::from(key), options).await?;
            if found.meta.size > SMALL_FILE_BYTES {
                return Ok(None);
            }
            found.bytes().await.map(|bytes| Some(bytes.to_vec()))
        };
        self.wait(read)?.map_err(gap)?.ok_or(Gap::Unreadable)
    }

    /// The digest and length of a file of any length, or of one version of it.
    pub(crate) fn digest(&self, key: String, version: Option<String>) -> Result<(Digest, u64), Gap> {
        let objects = Arc::clone(&self.connection()?.objects);
        let read = async move {
            let options = Connection::options(version.as_deref());
            let mut pieces = objects.get_opts(&Path::from(key), options).await?.into_stream();
            let mut hasher = HashingWriter::new(io::sink());
            while let Some(piece) = pieces.try_next().await? {
                // Writing nowhere does not fail.
                let _ = hasher.write_all(&piece);
            }
            let (_, digest, size_bytes) = hasher.finish();
            Ok((digest, size_bytes))
        };
        self.wait(read)?.map_err(gap)
    }

    /// Names right below `prefix`, with whether more lies below each.
    pub(crate) fn list(&self, prefix: String) -> io::Result<Vec<(String, bool)>> {
        let objects = Arc::clone(&self.connection()?.objects);
        let found = self.wait(async move { objects.list_with_delimiter(Some(&Path::from(prefix))).await })?;
        let found = found.map_err(io::Error::other)?;
        let name = |path: &Path| path.filename().unwrap_or_default().to_owned();
        let directories = found.common_prefixes.iter().map(|path| (name(path), true));
        let files = found.objects.iter().map(|meta| (name(&meta.location), false));
        Ok(directories.chain(files).collect())
    }

    /// Every file below `prefix`, by its path from there.
    pub(crate) fn files_under(&self, prefix: String) -> io::Result<Vec<String>> {
        let objects = Arc::clone(&self.connection()?.objects);
        let skip = prefix.len() + 1;
        let list = async move {
            let found = objects.list(Some(&Path::from(prefix)));
            found.map_ok(|meta| meta.location.as_ref().to_owned()).boxed().try_collect::<Vec<_>>().await
        };
        let found = self.wait(list)?.map_err(io::Error::other)?;
        Ok(found.iter().map(|key| key[skip..].to_owned()).collect())
    }

    /// The versions of every file whose key begins with `prefix`, by the key.
    pub(crate) fn history(&self, prefix: String) -> io::Result<History> {
        let connection = self.connection()?;
        let found = self.wait(async move { connection.versions(&prefix).await })?;
        let mut history = History::new();
        for version in found.map_err(io::Error::other)? {
            history.entry(version.key.clone()).or_default().push(version);
        }
        // A marker is listed apart from the versions it lies over.
        history.values_mut().for_each(|versions| versions.sort_by_key(|version| !version.is_latest));
        Ok(history)
    }

    /// Whether there is anything below `prefix`, be it deleted.
    pub(crate) fn has(&self, prefix: String) -> io::Result<bool> {
        let connection = self.connection()?;
        self.wait(async move { connection.has(&prefix).await })?.map_err(io::Error::other)
    }

    /// Whether the bucket answers.
    pub(crate) fn check(&self) -> io::Result<()> {
        let connection = self.connection()?;
        self.wait(async move { connection.answers().await })?.map_err(io::Error::other)
    }
}

fn gap(error: object_store::Error) -> Gap {
    match error {
        object_store::Error::NotFound { .. } => Gap::Missing,
        _ => Gap::Unreadable,
    }
}
