//! Sealing: the commit order of one version. The normal way and recovery are this one function; it may be killed after
//! any step and called again.

use std::io;
use std::sync::PoisonError;

use bytes::Bytes;
use futures_util::future::try_join_all;

use crate::archive::Archive;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::ObjectId;
use crate::log::{Checkpoint, check_receipt};
use crate::ocfl::{DECLARATION, INVENTORY, Inventory, SIDECAR, content_path, sidecar, version_name};
use crate::root;
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
    /// The checkpoint in the receipt: the log must continue it for ever.
    pub checkpoint: Checkpoint,
}

/// A small file of the object: where it is staged, where it belongs.
struct Small {
    staged: String,
    key: String,
    bytes: Bytes,
}

/// Where a version stands among the sealed ones of its object.
enum Place {
    /// The object's first, and there is none yet.
    First,
    /// The one after the newest.
    Next,
    /// The newest already: an earlier attempt came this far.
    There,
    /// A newer one has been sealed since.
    Before,
}

/// The files of the version being sealed.
struct Commit<'a> {
    archive: &'a Archive,
    staged: &'a Staged,
    directory: String,
    inventory: Inventory,
    bytes: Bytes,
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
        root::expect_there(&self.root).await?;
        let commit = Commit::prepare(self, staged).await?;
        commit.expect_no_other().await?;
        let is_head = commit.publish().await?;
        commit.read_back(is_head).await?;
        // The log may only vouch for what is durable.
        self.root.settle().await?;
        let leaf =
            self.log.append(staged.object, staged.version, commit.digest, staged.log_size_at_stage).await?;
        let (receipt, checkpoint) = commit.receipt(leaf).await?;
        self.root.keep_versions(commit.lasting()).await;
        self.clear_staging(staged).await?;
        let Staged { object, version, .. } = *staged;
        Ok(Sealed { object, version, inventory: commit.digest, leaf, receipt, checkpoint })
    }

    /// Clears away a staged deposit that the caller could not keep: its files, and its key unless the object has
    /// sealed versions.
    ///
    /// # Errors
    /// [`Error::Invalid`] when part of it was published: only [`seal`](Archive::seal) can go on from there.
    pub async fn discard(&self, staged: &Staged) -> Result<()> {
        let directory = staged.object.directory();
        if self.root.has(&format!("{directory}/{}", version_name(staged.version))).await? {
            return Err(Error::Invalid("part of this version is published"));
        }
        if !self.root.has(&directory).await? {
            self.keys.erase(staged.group, staged.object).await?;
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

    fn small(&self, staged: &str, key: String, bytes: impl Into<Bytes>) -> Small {
        Small { staged: self.staged.path(staged), key, bytes: bytes.into() }
    }

    /// The small files that stand for good.
    fn fixed(&self) -> [Small; 3] {
        [
            self.small("version-inventory", self.version_key(INVENTORY), self.bytes.clone()),
            self.small("version-sidecar", self.version_key(SIDECAR), sidecar(self.digest)),
            self.small("declaration", self.key(DECLARATION.0), DECLARATION.1),
        ]
    }

    /// The object's own inventory, which the next version replaces, and its sidecar.
    fn newest(&self) -> [Small; 2] {
        [
            self.small("inventory", self.key(INVENTORY), self.bytes.clone()),
            self.small("sidecar", self.key(SIDECAR), sidecar(self.digest)),
        ]
    }

    /// Everything up to and including the root inventory and its sidecar; answers whether this version is the newest.
    ///
    /// All of it is staged first and settled at once: a file is whole before it gets its name, whatever happens.
    async fn publish(&self) -> Result<bool> {
        let root = &self.archive.root;
        let place = self.place().await?;
        let (fixed, [inventory, checksum]) = (self.fixed(), self.newest());
        let small = fixed.iter().chain([&inventory, &checksum]);
        try_join_all(small.map(|file| root.stage(&file.staged, file.bytes.clone()))).await?;
        root.settle().await?;

        let content = self.staged.files.iter().map(|file| async move {
            let key = self.key(&content_path(self.staged.version, file.stored));
            root.publish(&self.staged.slot_path(file), &key, file.stored).await
        });
        try_join_all(content).await?;
        for Small { staged, key, bytes } in &fixed {
            root.publish_small(staged, key, bytes.clone()).await?;
        }
        match place {
            Place::Before => return Ok(false),
            Place::First => {
                root.publish_small(&inventory.staged, &inventory.key, inventory.bytes).await?;
            }
            Place::Next => root.put_in_place(&inventory.staged, &inventory.key, inventory.bytes).await?,
            Place::There => {}
        }
        // Between the commit point and this line the object is torn; this line, repeated, is the repair.
        root.put_in_place(&checksum.staged, &checksum.key, checksum.bytes).await?;
        Ok(true)
    }

    /// Where the version stands among those of its object. The commit point is the root inventory naming it.
    async fn place(&self) -> Result<Place> {
        let (root, key, version) = (&self.archive.root, self.key(INVENTORY), self.staged.version);
        let Some(found) = root.read_if_there(&key).await? else {
            return if version > 1 { Err(Error::OutOfOrder { version }) } else { Ok(Place::First) };
        };
        if found == self.bytes {
            return Ok(Place::There);
        }
        let alarm = || Error::alarm(root.name(&key), "other content than what is being sealed");
        let found = Inventory::parse(&found, self.staged.object).ok_or_else(alarm)?;
        if !(1..found.head().max(version))
            .all(|earlier| found.agrees_on(earlier, &self.inventory) || earlier > version)
        {
            return Err(alarm());
        }
        match found.head() {
            head if head + 1 == version => Ok(Place::Next),
            head if head > version && found.agrees_on(version, &self.inventory) => Ok(Place::Before),
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
        let (fixed, newest) = (self.fixed(), self.newest());
        let newest = newest.iter().filter(|_| is_head);
        try_join_all(fixed.iter().chain(newest).map(|file| root.expect(&file.key, &file.bytes))).await?;
        Ok(())
    }

    /// The keys of the files that stand for good.
    fn lasting(&self) -> impl Iterator<Item = String> {
        let content = self.staged.files.iter();
        let content = content.map(|file| self.key(&content_path(self.staged.version, file.stored)));
        content.chain(self.fixed().into_iter().map(|file| file.key))
    }

    /// The receipt, from the log's stored files, and good before anybody is given it.
    async fn receipt(&self, leaf: u64) -> Result<(String, Checkpoint)> {
        let (receipt, checkpoint) = self.archive.log.receipt(leaf).await?;
        let checked = check_receipt(&self.archive.log.verifier_key(), &receipt);
        let proven = (self.staged.object, self.staged.version, self.digest);
        if checked.is_ok_and(|proof| (proof.leaf.object, proof.leaf.version, proof.leaf.inventory) == proven)
        {
            return Ok((receipt, checkpoint));
        }
        Err(Error::alarm("log", "the log's files do not prove what was just written"))
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
