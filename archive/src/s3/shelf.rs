//! What a store does otherwise where it is a bucket: staged files are uploaded, and where versions are kept, the one that
//! was sealed is found among those that were put over it.

use bytes::Bytes;
use object_store::ObjectStoreExt;
use object_store::path::Path;

use super::{Connection, StoredVersion};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::store::{PIECE_BYTES, Store};

/// Of so many versions of a small file the one that fits is looked for.
const EARLIER_VERSIONS: usize = 1000;

impl Connection {
    /// The versions and delete markers of one key, newest first.
    pub(crate) async fn versions_of(&self, key: &str) -> Result<Vec<StoredVersion>> {
        let mut found = self.versions(key).await?;
        found.retain(|version| version.key == key);
        Ok(found)
    }

    /// Whether any key begins with `prefix`, be it deleted.
    pub(crate) async fn has(&self, prefix: &str) -> Result<bool> {
        Ok(!self.versions_page(prefix, None).await?.0.is_empty())
    }
}

impl Store {
    /// Uploads the staged file `from` to `key`: in one creating put, or in pieces where it is long, so that memory does not
    /// grow with it. Uploads in pieces know no create-only mode; that is harmless for a key that is the digest of its own
    /// content and was looked for first, and the read-back before the log leaf judges what came out.
    pub(crate) async fn upload(&self, from: &str, key: &str, stored: Digest) -> Result<()> {
        let found = match self.staged().get(&Path::from(from)).await {
            Ok(found) => found,
            // A replay may find its file published and its staging gone.
            Err(object_store::Error::NotFound { .. }) => return self.expect_digest(key, stored).await,
            Err(error) => return Err(error.into()),
        };
        if found.meta.size <= PIECE_BYTES as u64 {
            return self.create(key, found.bytes().await?).await;
        }
        match self.expect_digest(key, stored).await {
            Err(Error::NotFound) => self.put_long(found, key).await,
            other => other,
        }
    }

    /// Uploads the staged file `from` over what is at `key`.
    pub(crate) async fn upload_over(&self, from: &str, key: &str) -> Result<()> {
        let found = self.staged().get(&Path::from(from)).await?;
        if found.meta.size > PIECE_BYTES as u64 {
            return self.put_long(found, key).await;
        }
        self.replace(key, found.bytes().await?).await
    }

    /// The version of `key` that has the digest `vouched`, where versions are kept: one lookup of a key that this process
    /// has not met. What was put over it or deleted is told to the log and passed over.
    pub(crate) async fn version_of(&self, key: &str, vouched: Digest) -> Result<Option<String>> {
        let Some(connection) = self.connection() else { return Ok(None) };
        match connection.noted(&self.name(key)).await {
            Some(version) => Ok(Some(version)),
            None => self.look_up(key, vouched).await,
        }
    }

    /// [`version_of`](Store::version_of), asking the bucket whatever is known already.
    pub(crate) async fn look_up(&self, key: &str, vouched: Digest) -> Result<Option<String>> {
        let Some(connection) = self.connection() else { return Err(Error::NotFound) };
        let name = self.name(key);
        let found = connection.versions_of(&name).await?;
        let version = match found.as_slice() {
            [] => return Err(Error::NotFound),
            [only] if !only.is_delete_marker => only.version.clone(),
            _ => self.fitting(key, vouched, &found).await?,
        };
        connection.note(&name, Some(version.clone()));
        connection.keep(std::iter::once(name)).await;
        Ok(Some(version))
    }

    async fn fitting(&self, key: &str, vouched: Digest, found: &[StoredVersion]) -> Result<String> {
        let name = self.name(key);
        tracing::error!(key = name, "put over or deleted; run livsbog verify");
        for version in found.iter().filter(|version| !version.is_delete_marker) {
            if self.digest_of_version(key, Some(&version.version)).await? == vouched {
                return Ok(version.version.clone());
            }
        }
        Err(Error::alarm(name, "no version of the file is what was sealed"))
    }

    /// Keeps which versions of `keys` were written, for the processes that come after.
    pub(crate) async fn keep_versions(&self, keys: impl Iterator<Item = String>) {
        if let Some(connection) = self.connection() {
            connection.keep(keys.map(|key| self.name(&key))).await;
        }
    }

    /// The bytes of the versions of a small file that lie under what is there now; none on a disk.
    pub(crate) async fn earlier(&self, key: &str) -> Result<Vec<Bytes>> {
        let Some(connection) = self.connection() else { return Ok(Vec::new()) };
        let name = self.name(key);
        let mut bytes = Vec::new();
        let found = connection.versions_of(&name).await?.into_iter();
        for version in
            found.filter(|found| !found.is_latest && !found.is_delete_marker).take(EARLIER_VERSIONS)
        {
            bytes.push(connection.read(&name, &version.version).await?);
        }
        Ok(bytes)
    }

    /// Alarms unless `key` holds exactly `bytes`, or held them before something was put over them.
    pub(crate) async fn expect_ever(&self, key: &str, bytes: &[u8]) -> Result<()> {
        let now = self.expect(key, bytes).await;
        let differs = matches!(now, Err(Error::NotFound | Error::Alarm { .. }));
        if !differs || !self.earlier(key).await?.iter().any(|earlier| earlier == bytes) {
            return now;
        }
        tracing::error!(key = self.name(key), "put over or deleted; an earlier version serves");
        Ok(())
    }

    /// What is there now, as a stream; for setting it aside.
    pub(crate) async fn get(&self, key: &str) -> Result<object_store::GetResult> {
        Ok(self.objects().get(&self.path(key)).await?)
    }
}
