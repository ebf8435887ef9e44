//! What a start does about an earlier process's end. Nothing acknowledged is ever touched here.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId};
use crate::ocfl::INVENTORY;
use crate::staging::{Staged, directory_name};

/// A staging directory that no living process holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftover {
    /// The group whose key wraps the object's key.
    pub group: GroupId,
    /// The object that was being staged.
    pub object: ObjectId,
    /// Its version.
    pub version: u32,
}

impl Leftover {
    /// Reads the name of a staging directory.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let mut parts = name.split('.');
        let leftover = Self {
            group: GroupId(parts.next()?.parse().ok()?),
            object: ObjectId(parts.next()?.parse().ok()?),
            version: parts.next()?.parse().ok()?,
        };
        (leftover.name() == name).then_some(leftover)
    }

    fn name(&self) -> String {
        directory_name(self.group, self.object, self.version)
    }
}

impl Archive {
    /// The staging directories that dead processes left behind. Read these first and the pending rows after: no row
    /// for one of them can appear later, because whoever could write it is gone.
    ///
    /// # Errors
    /// Those of the disk.
    pub async fn leftovers(&self) -> Result<Vec<Leftover>> {
        let staging = self.paths.staging();
        Ok(tokio::task::spawn_blocking(move || unheld(&staging)).await??)
    }

    /// Removes the leftovers that belong to no pending row: they were never acknowledged. Their keys go with them when
    /// nothing was ever published under their object. Answers what was removed; the pending ones are for
    /// [`seal`](Archive::seal).
    ///
    /// # Errors
    /// Those of the disk; what was not removed is found again at the next start.
    pub async fn recover_staging(&self, found: Vec<Leftover>, pending: &[Staged]) -> Result<Vec<Leftover>> {
        let mut removed = Vec::new();
        for leftover in found {
            let waits = |staged: &Staged| staged.directory() == leftover.name();
            if !pending.iter().any(waits) && self.remove(leftover).await? {
                removed.push(leftover);
            }
        }
        Ok(removed)
    }

    async fn remove(&self, leftover: Leftover) -> Result<bool> {
        let directory = self.paths.staging().join(leftover.name());
        let work = move || -> io::Result<bool> {
            // Held until the directory is gone, so that nobody stages into it meanwhile.
            let Some(_lock) = try_lock(&directory)? else { return Ok(false) };
            fs::remove_dir_all(&directory)?;
            Ok(true)
        };
        let removed = tokio::task::spawn_blocking(work).await??;
        let published = self.root.has(&leftover.object.directory()).await?;
        if removed && !published && leftover.version == 1 {
            self.keys.erase(leftover.group, leftover.object).await?;
        }
        Ok(removed)
    }

    /// Moves an object that was begun and cannot be finished out of the storage root, beside it, for a person to look
    /// at. Answers where it lies now. Its key stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a committed object: sealed content is never moved; and for one in a bucket, where nothing
    /// can be moved. [`Error::NotFound`].
    pub async fn set_aside(&self, object: ObjectId) -> Result<PathBuf> {
        if self.root.connection().is_some() {
            return Err(Error::Invalid("in a bucket nothing is moved; what was begun stays where it is"));
        }
        let root = self.paths.root();
        let from = root.join(object.directory());
        let to = self.paths.set_aside().join(object.to_string());
        let target = to.clone();
        let work = move || -> Result<()> {
            if from.join(INVENTORY).exists() {
                return Err(Error::Invalid("a committed object is never set aside"));
            }
            fs::rename(&from, &target)?;
            clear_empty_parents(&root, &from)?;
            Ok(())
        };
        tokio::task::spawn_blocking(work).await??;
        self.root.settle().await?;
        Ok(to)
    }
}

/// An empty directory inside a storage root is against OCFL.
fn clear_empty_parents(root: &Path, from: &Path) -> io::Result<()> {
    let parents = from.ancestors().skip(1).take_while(|parent| *parent != root);
    for parent in parents {
        match fs::remove_dir(parent) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => break,
            other => other?,
        }
    }
    Ok(())
}

fn unheld(staging: &Path) -> io::Result<Vec<Leftover>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(staging)? {
        let entry = entry?;
        let Some(leftover) = entry.file_name().to_str().and_then(Leftover::parse) else { continue };
        if try_lock(&entry.path())?.is_some() {
            found.push(leftover);
        }
    }
    Ok(found)
}

/// The directory's lock, unless a living process holds it or it is gone.
fn try_lock(directory: &Path) -> io::Result<Option<File>> {
    let handle = match File::open(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    match handle.try_lock() {
        Ok(()) => Ok(Some(handle)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}
