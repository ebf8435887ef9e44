//! Holding on: locks that roll on while an object is to be kept, and legal holds.

use chrono::{DateTime, SubsecRound, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};

use super::requests::Retention;
use super::{Connection, LockMode, StoredVersion};
use crate::archive::Archive;
use crate::error::Result;
use crate::ids::ObjectId;
use crate::paths;

/// Requests under way at a time.
const IN_FLIGHT: usize = 4;

/// What renewing locks came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Renewed {
    /// Versions of files that are locked for longer now.
    pub extended: u64,
    /// Versions that were locked for as long already.
    pub unchanged: u64,
}

impl Archive {
    /// Locks every file of an object until `until` at least; no lock is ever shortened. Called again and again while the
    /// object is to be kept; after its disposal it is not. Does nothing on a disk and in a bucket that locks nothing.
    ///
    /// # Errors
    /// Those of the store. What was extended stays so.
    pub async fn renew_locks(&self, object: ObjectId, until: DateTime<Utc>) -> Result<Renewed> {
        self.renew_below(&format!("{}/{}/", paths::ROOT, object.directory()), until, |_| true).await
    }

    /// [`renew_locks`](Archive::renew_locks) for the log and the storage root's own files, without the log's tiles that
    /// are not full: those are superseded by the full ones, and young.
    ///
    /// # Errors
    /// As `renew_locks`.
    pub async fn renew_locks_of_log(&self, until: DateTime<Utc>) -> Result<Renewed> {
        let lasting = |version: &StoredVersion| version.is_latest && !version.key.contains(".p/");
        let mut all = self.renew_below(&format!("{}/", paths::LOG), until, lasting).await?;
        for (name, _) in crate::root::FORMAT_FILES.iter().chain(&crate::root::GUIDES) {
            let key = format!("{}/{name}", paths::ROOT);
            let file =
                self.renew_below(&key, until, |version| version.is_latest && version.key == key).await?;
            all.extended += file.extended;
            all.unchanged += file.unchanged;
        }
        Ok(all)
    }

    /// Puts every file of an object under legal hold, or lifts it: held versions cannot be deleted, however long ago
    /// their lock ended. Answers how many versions were otherwise before. Does nothing on a disk and in a bucket that keeps no
    /// holds.
    ///
    /// # Errors
    /// Those of the store. What was set stays so.
    pub async fn set_legal_hold(&self, object: ObjectId, on: bool) -> Result<u64> {
        let keeps = |connection: &&Connection| connection.honours().is_some_and(|honours| honours.legal_hold);
        let Some(connection) = self.root.connection().filter(keeps) else { return Ok(0) };
        let prefix = format!("{}/{}/", paths::ROOT, object.directory());
        let (set, _) = connection
            .each_below(
                &prefix,
                |_| true,
                |file| async move {
                    let other = connection.legal_hold(&file.key, &file.version).await? != on;
                    if other {
                        connection.put_legal_hold(&file.key, &file.version, on).await?;
                    }
                    Ok(other)
                },
            )
            .await?;
        Ok(set)
    }

    /// The bucket, if it locks, and in which mode.
    fn locking(&self) -> Option<(&Connection, LockMode)> {
        let connection = self.root.connection()?;
        let (mode, _) = connection.honours()?.default_lock?;
        Some((connection, mode))
    }

    async fn renew_below(
        &self,
        prefix: &str,
        until: DateTime<Utc>,
        lasting: impl Fn(&StoredVersion) -> bool,
    ) -> Result<Renewed> {
        let Some((connection, mode)) = self.locking() else { return Ok(Renewed::default()) };
        let renew = |file: StoredVersion| async move { connection.renew(&file, mode, until).await };
        let (extended, unchanged) = connection.each_below(prefix, lasting, renew).await?;
        Ok(Renewed { extended, unchanged })
    }
}

impl Connection {
    /// Does something to every version below `prefix` that is `wanted`, a few at a time; answers for how many it said yes and
    /// for how many no.
    async fn each_below<F: Future<Output = Result<bool>>>(
        &self,
        prefix: &str,
        wanted: impl Fn(&StoredVersion) -> bool,
        work: impl Fn(StoredVersion) -> F,
    ) -> Result<(u64, u64)> {
        let (mut yes, mut no, mut after) = (0, 0, None);
        loop {
            let (mut files, next) = self.versions_page(prefix, after).await?;
            files.retain(|version| !version.is_delete_marker && wanted(version));
            let done: Vec<bool> =
                stream::iter(files).map(&work).buffer_unordered(IN_FLIGHT).try_collect().await?;
            yes += done.iter().filter(|done| **done).count() as u64;
            no += done.iter().filter(|done| !**done).count() as u64;
            match next {
                Some(next) => after = Some(next),
                None => return Ok((yes, no)),
            }
        }
    }

    /// Locks one version until `until` unless it is locked for as long already; answers whether it was extended.
    async fn renew(&self, file: &StoredVersion, mode: LockMode, until: DateTime<Utc>) -> Result<bool> {
        let locked = self.retention(&file.key, &file.version).await?;
        // Stores keep whole seconds.
        let until = until.trunc_subsecs(0);
        if locked.as_ref().is_some_and(|locked| locked.retain_until_date >= until) {
            return Ok(false);
        }
        let mode = locked.map_or(mode, |locked| locked.mode);
        let retention = Retention { mode, retain_until_date: until };
        self.put_retention(&file.key, &file.version, &retention).await.map(|()| true)
    }
}
