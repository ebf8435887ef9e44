//! Moving a damaged file out of its place: the one way by which anything leaves the storage root, and only repair has a
//! use for it. What can be moved is a [`Damaged`], and that only a failed check makes.

use std::fs;
use std::io;
use std::path::Path;

use futures_util::TryStreamExt;
use tokio::io::AsyncWriteExt;

use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::store::Store;

/// How a stored file compares with what the log vouches for.
#[derive(Debug)]
pub(crate) enum Condition {
    Good,
    Missing,
    Damaged(Damaged),
}

/// A stored file that is not what the log vouches for. Nothing but [`Store::examine`] makes one, and it is used up by
/// moving the file.
#[derive(Debug)]
pub(crate) struct Damaged {
    key: String,
    is_readable: bool,
}

/// The place of a damaged file that was moved away, or copied away where nothing can be moved.
#[derive(Debug)]
pub(crate) struct Freed(String);

impl Damaged {
    /// Whether the file gave its bytes, and they were other ones.
    pub(crate) fn is_readable(&self) -> bool {
        self.is_readable
    }
}

impl Store {
    /// Reads the file at `key` and compares it with `vouched`. On a disk it reads the disk itself.
    pub(crate) async fn examine(&self, key: &str, vouched: Digest) -> Result<Condition> {
        let (path, damaged) = (self.on_disk(key), |is_readable| Damaged { key: key.to_owned(), is_readable });
        if self.connection().is_some() {
            return Ok(match self.digest(key).await {
                Ok(found) if found == vouched => Condition::Good,
                Ok(_) => Condition::Damaged(damaged(true)),
                Err(Error::NotFound) => Condition::Missing,
                Err(error) => return Err(error),
            });
        }
        let found = tokio::task::spawn_blocking(move || digest_of_file(&path)).await?;
        Ok(match found {
            Ok(found) if found == vouched => Condition::Good,
            Ok(_) => Condition::Damaged(damaged(true)),
            Err(error) if is_absence(&error) => Condition::Missing,
            Err(_) => Condition::Damaged(damaged(false)),
        })
    }

    /// Moves a damaged file to the same key under `directory`, which lies on the same file system. It is never deleted:
    /// it may be a trace. Durable after the next [`settle`](Store::settle).
    pub(crate) async fn set_aside(&self, damaged: Damaged, directory: &Path) -> Result<Freed> {
        let (from, to) = (self.on_disk(&damaged.key), directory.join(self.name(&damaged.key)));
        if self.connection().is_some() {
            self.copy_aside(&damaged.key, &to).await?;
            return Ok(Freed(damaged.key));
        }
        let work = move || -> io::Result<()> {
            to.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::rename(from, to)
        };
        tokio::task::spawn_blocking(work).await??;
        Ok(Freed(damaged.key))
    }

    /// Publishes a good file in the place of a damaged one. In a bucket it goes over that, as a newer version.
    pub(crate) async fn publish_again(&self, freed: Freed, from: &str, stored: Digest) -> Result<()> {
        match self.connection() {
            Some(_) => self.upload_over(from, &freed.0).await,
            None => self.publish(from, &freed.0, stored).await,
        }
    }
}

impl Store {
    /// Nothing can be moved in a bucket. What is to be put over is copied out first, for one that keeps no versions.
    async fn copy_aside(&self, key: &str, to: &Path) -> Result<()> {
        let mut pieces = self.get(key).await?.into_stream();
        if let Some(parent) = to.parent() {
            tokio::fs::create_dir_all(parent).await?;
        }
        let mut file = tokio::fs::File::create_new(to).await?;
        while let Some(piece) = pieces.try_next().await? {
            file.write_all(&piece).await?;
        }
        Ok(file.sync_all().await?)
    }
}

fn digest_of_file(path: &Path) -> io::Result<Digest> {
    // A link would let content live elsewhere while its name stays here.
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(Digest::of_reader(fs::File::open(path)?)?.0)
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use object_store::local::LocalFileSystem;

    use super::*;
    use crate::store::Objects;

    #[tokio::test]
    async fn only_a_file_that_is_not_as_vouched_for_can_be_moved_and_it_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let disk = LocalFileSystem::new_with_prefix(home.path()).unwrap();
        let store = Store::new(Objects::remote(Arc::new(disk)), "archive", home.path().join("archive"));
        store.create("a/good", Bytes::from_static(b"good")).await.unwrap();
        assert!(matches!(store.examine("a/good", Digest::of("good")).await.unwrap(), Condition::Good));
        assert!(matches!(store.examine("a/none", Digest::of("good")).await.unwrap(), Condition::Missing));
        let Condition::Damaged(damaged) = store.examine("a/good", Digest::of("better")).await.unwrap() else {
            panic!("other bytes than vouched for are damage");
        };
        assert!(damaged.is_readable());
        store.set_aside(damaged, &home.path().join("aside")).await.unwrap();
        assert_eq!(fs::read(home.path().join("aside/archive/a/good")).unwrap(), b"good");
        assert!(store.read_if_there("a/good").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_link_is_damage_though_good_bytes_lie_behind_it() {
        let home = tempfile::tempdir().unwrap();
        let disk = LocalFileSystem::new_with_prefix(home.path()).unwrap();
        let store = Store::new(Objects::remote(Arc::new(disk)), "archive", home.path().join("archive"));
        store.create("good", Bytes::from_static(b"good")).await.unwrap();
        std::os::unix::fs::symlink(home.path().join("archive/good"), home.path().join("archive/link"))
            .unwrap();
        let found = store.examine("link", Digest::of("good")).await.unwrap();
        assert!(matches!(found, Condition::Damaged(damaged) if !damaged.is_readable()));
    }
}
