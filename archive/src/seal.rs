//! Sealing: the commit order of one version. The normal way and recovery are this one function; it may be killed after
//! any step and called again.

use std::io;
use std::sync::PoisonError;

use futures_util::future::try_join_all;

use crate::archive::Archive;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::ObjectId;
use crate::log::check_receipt;
use crate::ocfl::{DECLARATION, INVENTORY, Inventory, SIDECAR, content_path, sidecar, version_name};
use crate::staging::Staged;

/// A sealed version: durable, read back, in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The object.
    pub object: ObjectId,
    /// The version.
    pub version: u32,
    /// SHA-256 of the version's `inventory.json`.
    pub inventory: Digest,
    /// The leaf's index in the log.
    pub leaf: u64,
    /// The proof that the leaf is in the log (C2SP tlog-proof).
    pub receipt: String,
}

/// The files of the version being sealed.
struct Commit<'a> {
    archive: &'a Archive,
    staged: &'a Staged,
    directory: String,
    inventory: Inventory,
    bytes: bytes::Bytes,
    digest: Digest,
}

impl Archive {
    /// Seals a staged version. Calling it again, also after a crash at any moment, gives the same answer (with a newer
    /// receipt). One caller at a time for one object.
    ///
    /// # Errors
    /// [`Error::Alarm`] when other content stands where this one belongs: nothing is overwritten, a person has to
    /// look. [`Error::OutOfOrder`] before the preceding version. [`Error::NoSpace`] and [`Error::Unavailable`] mean:
    /// try again; what was done so far stays and is used.
    pub async fn seal(&self, staged: &Staged) -> Result<Sealed> {
        let commit = Commit::prepare(self, staged).await?;
        commit.expect_no_other().await?;
        let is_head = commit.publish().await?;
        commit.read_back(is_head).await?;
        commit.settle().await?;
        let leaf =
            self.log.append(staged.object, staged.version, commit.digest, staged.log_size_at_stage).await?;
        let receipt = commit.receipt(leaf).await?;
        self.clear_staging(staged).await?;
        Ok(Sealed { object: staged.object, version: staged.version, inventory: commit.digest, leaf, receipt })
    }

    /// Clears away a staged deposit that the caller could not keep: its files, and its key unless the object has
    /// sealed versions.
    ///
    /// # Errors
    /// [`Error::Invalid`] when part of it was published: only [`seal`](Archive::seal) can go on from there.
    pub async fn discard(&self, staged: &Staged) -> Result<()> {
        let directory = self.paths.root().join(staged.object.directory());
        if directory.join(version_name(staged.version)).exists() {
            return Err(Error::Invalid("part of this version is published"));
        }
        if !directory.exists() {
            self.keys.erase_unused(staged.group, staged.object).await?;
        }
        self.clear_staging(staged).await
    }

    pub(crate) async fn clear_staging(&self, staged: &Staged) -> Result<()> {
        let directory = self.paths.staging().join(staged.directory());
        let work = move || match std::fs::remove_dir_all(directory) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        tokio::task::spawn_blocking(work).await??;
        self.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&staged.directory());
        Ok(())
    }
}

impl<'a> Commit<'a> {
    async fn prepare(archive: &'a Archive, staged: &'a Staged) -> Result<Self> {
        let directory = staged.object.directory();
        let before = match staged.version {
            0 => return Err(Error::Invalid("versions count from 1")),
            1 => None,
            version => Some(inventory_before(archive, staged.object, &directory, version).await?),
        };
        let inventory = Inventory::of(staged, before.as_ref());
        let bytes = inventory.to_bytes();
        let digest = Digest::of(&bytes);
        Ok(Self { archive, staged, directory, inventory, bytes, digest })
    }

    fn key(&self, name: &str) -> String {
        format!("{}/{name}", self.directory)
    }

    fn version_key(&self, name: &str) -> String {
        format!("{}/{}/{name}", self.directory, version_name(self.staged.version))
    }

    /// Another deposit under the same version is found out before anything of this one is put beside it.
    async fn expect_no_other(&self) -> Result<()> {
        match self.archive.root.expect(&self.version_key(INVENTORY), &self.bytes).await {
            Err(Error::NotFound) => Ok(()),
            other => other,
        }
    }

    /// Everything up to and including the root inventory and its sidecar; answers whether this version is the newest.
    async fn publish(&self) -> Result<bool> {
        let root = &self.archive.root;
        let content = self.staged.files.iter().map(|file| async move {
            let key = self.key(&content_path(self.staged.version, file.stored));
            root.publish(&self.staged.slot_path(file), &key, file.stored).await
        });
        try_join_all(content).await?;
        let (inventory, checksum) = (self.version_key(INVENTORY), self.version_key(SIDECAR));
        let (declaration, content) = DECLARATION;
        let declaration = self.key(declaration);
        tokio::try_join!(
            root.create(&inventory, self.bytes.clone()),
            root.create(&checksum, sidecar(self.digest)),
            root.create(&declaration, content.into()),
        )?;
        let is_head = self.commit().await?;
        if is_head {
            // Between the commit point and this line the object is torn; this line, repeated, is the repair.
            root.replace(&self.key(SIDECAR), sidecar(self.digest)).await?;
        }
        Ok(is_head)
    }

    /// The commit point: the root inventory names the version, or already does.
    async fn commit(&self) -> Result<bool> {
        let (root, key, version) = (&self.archive.root, self.key(INVENTORY), self.staged.version);
        let Some(found) = root.read_if_there(&key).await? else {
            if version > 1 {
                return Err(Error::OutOfOrder { version });
            }
            return root.create(&key, self.bytes.clone()).await.map(|()| true);
        };
        if found == self.bytes {
            return Ok(true);
        }
        let alarm = || Error::alarm(root.name(&key), "other content than what is being sealed");
        let found = Inventory::parse(&found, self.staged.object).ok_or_else(alarm)?;
        if !(1..found.head().max(version))
            .all(|earlier| found.agrees_on(earlier, &self.inventory) || earlier > version)
        {
            return Err(alarm());
        }
        match found.head() {
            head if head + 1 == version => root.replace(&key, self.bytes.clone()).await.map(|()| true),
            head if head > version && found.agrees_on(version, &self.inventory) => Ok(false),
            head if head + 1 < version => Err(Error::OutOfOrder { version }),
            _ => Err(alarm()),
        }
    }

    /// Nothing is acknowledged that was not read again from where it lies.
    async fn read_back(&self, is_head: bool) -> Result<()> {
        let root = &self.archive.root;
        let content = self.staged.files.iter().map(|file| async move {
            let key = self.key(&content_path(self.staged.version, file.stored));
            root.expect_digest(&key, file.stored).await
        });
        try_join_all(content).await?;
        let checksum = sidecar(self.digest);
        let mut expected = vec![
            (self.version_key(INVENTORY), self.bytes.clone()),
            (self.version_key(SIDECAR), checksum.clone()),
            (self.key(DECLARATION.0), DECLARATION.1.into()),
        ];
        if is_head {
            expected.extend([(self.key(INVENTORY), self.bytes.clone()), (self.key(SIDECAR), checksum)]);
        }
        try_join_all(expected.iter().map(|(key, bytes)| root.expect(key, bytes))).await?;
        Ok(())
    }

    /// The receipt, from the log's stored files, and good before anybody is given it.
    async fn receipt(&self, leaf: u64) -> Result<String> {
        let receipt = self.archive.log.receipt(leaf).await?;
        let checked = check_receipt(&self.archive.log.verifier_key(), &receipt);
        let proven = (self.staged.object, self.staged.version, self.digest);
        if checked.is_ok_and(|proof| (proof.leaf.object, proof.leaf.version, proof.leaf.inventory) == proven)
        {
            return Ok(receipt);
        }
        Err(Error::alarm("log", "the log's files do not prove what was just written"))
    }

    /// Removes what an earlier, killed attempt left, and makes the directory entries it may have left unsynced durable.
    async fn settle(&self) -> Result<()> {
        let version = format!("{}/{}", self.directory, version_name(self.staged.version));
        let content = format!("{version}/content");
        let root = &self.archive.root;
        root.sweep(vec![self.directory.clone(), version, content.clone()]).await?;
        root.settle(vec![content]).await
    }
}

/// The inventory of the version before `version`, from that version's own directory, which never changes.
async fn inventory_before(
    archive: &Archive,
    object: ObjectId,
    directory: &str,
    version: u32,
) -> Result<Inventory> {
    let before = format!("{directory}/{}", version_name(version - 1));
    let (inventory, checksum) = (format!("{before}/{INVENTORY}"), format!("{before}/{SIDECAR}"));
    let bytes = archive.root.read_if_there(&inventory).await?.ok_or(Error::OutOfOrder { version })?;
    archive.root.expect(&checksum, &sidecar(Digest::of(&bytes))).await?;
    let parsed = Inventory::parse(&bytes, object).filter(|inventory| inventory.head() + 1 == version);
    parsed.ok_or_else(|| Error::alarm(archive.root.name(&inventory), "not an inventory of this object"))
}
