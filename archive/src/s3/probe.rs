//! What a store really honours, found out by doing: stores promise what they do not keep, and some ignore a condition
//! exactly where versions are kept.

use std::fmt;

use http::Method;
use object_store::path::Path;
use object_store::{ObjectStore, PutMode};
use serde::{Deserialize, Serialize};

use super::requests::LEGAL_HOLD;
use super::{BucketProblem, Connection, StoreLock};
use crate::error::{Error, Result};

/// A mode of Object Lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LockMode {
    /// Nobody deletes a version before its time, whoever asks.
    Compliance,
    /// Who has a permission of its own may.
    Governance,
}

impl fmt::Display for LockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compliance => "COMPLIANCE",
            Self::Governance => "GOVERNANCE",
        })
    }
}

/// What a bucket was seen to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Honours {
    /// A put that is to create is refused where there is something already.
    pub create_only: bool,
    /// Earlier versions of a key are kept.
    pub versions: bool,
    /// In which mode and for how many days each new version is locked.
    pub default_lock: Option<(LockMode, u32)>,
    /// A version that was just written could not be deleted by its id.
    pub refuses_deletion: bool,
    /// A version was put under legal hold, said so, and was free again when it was lifted.
    pub legal_hold: bool,
}

impl fmt::Display for Honours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lock = match self.default_lock {
            Some((mode, days)) => format!("each new version is locked for {days} days in {mode} mode"),
            None => "nothing is locked".to_owned(),
        };
        let deletion = if self.refuses_deletion { "refused" } else { "allowed" };
        let versions = if self.versions { "kept" } else { "not kept" };
        let create = match self.create_only {
            true => "refused",
            false => "NOT refused, so every write is preceded and followed by a look",
        };
        let hold =
            if self.legal_hold { "kept" } else { "NOT kept, so holds are the service's own word alone" };
        write!(
            f,
            "{lock}; deleting a version is {deletion}; earlier versions are {versions}; legal hold is {hold}; creating a key twice is {create}"
        )
    }
}

/// A key of the probe's own, beside storage root and log.
const PROBE: &str = "probe/create-only";

impl Connection {
    /// Finds out what the bucket honours, by doing, and compares it with what is asked of it.
    ///
    /// # Errors
    /// [`Error::Bucket`] when it cannot be used, with the next step.
    pub(crate) async fn probe(&self) -> Result<Honours> {
        let versions = self.keeps_versions().await?;
        let default_lock = self.default_lock().await?;
        self.check_lock(default_lock)?;
        let (create_only, version) = self.create_twice().await?;
        let (legal_hold, refuses_deletion) = match version {
            // In this order: what is not locked is gone after the second.
            Some(version) if versions => (
                self.try_to_hold(&version, default_lock.is_some()).await?,
                self.try_to_delete(&version).await?,
            ),
            _ => (false, false),
        };
        let honours = Honours { create_only, versions, default_lock, refuses_deletion, legal_hold };
        if default_lock.is_some() && !refuses_deletion && self.bucket.lock != Some(StoreLock::None) {
            return Err(BucketProblem::LockNotKept(self.bucket.url()).into());
        }
        tracing::info!(store = %self.bucket.url(), "{honours}");
        let _ = self.honours.set(honours);
        Ok(honours)
    }

    fn check_lock(&self, found: Option<(LockMode, u32)>) -> Result<()> {
        let url = || self.bucket.url();
        match (self.bucket.lock, found) {
            (None | Some(StoreLock::None), _) | (Some(StoreLock::Any), Some(_)) => Ok(()),
            (Some(StoreLock::Any | StoreLock::Mode(_)), None) => Err(BucketProblem::NoLock(url()).into()),
            (Some(StoreLock::Mode(wanted)), Some((mode, _))) if wanted == mode => Ok(()),
            (Some(StoreLock::Mode(wanted)), Some((mode, _))) => {
                Err(BucketProblem::OtherMode(url(), mode, wanted).into())
            }
        }
    }

    /// Whether the second of two creations is refused, and the version that was written last.
    async fn create_twice(&self) -> Result<(bool, Option<String>)> {
        let (path, mut version) = (Path::from(PROBE), None);
        for _ in 0..2 {
            match self.objects.put_opts(&path, "probe\n".into(), PutMode::Create.into()).await {
                Ok(done) => version = done.version.or(version),
                Err(object_store::Error::AlreadyExists { .. }) => {
                    let latest = self.versions(PROBE).await?.into_iter().find(|version| version.is_latest);
                    return Ok((true, version.or(latest.map(|latest| latest.version))));
                }
                Err(object_store::Error::PermissionDenied { .. }) => {
                    return Err(
                        BucketProblem::NotAllowed(self.bucket.url(), "to write (s3:PutObject)").into()
                    );
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok((false, version))
    }

    /// Whether a legal hold on the probe's own version is kept, and goes again. In a bucket that locks, to be forbidden it
    /// is a permission that was forgotten.
    async fn try_to_hold(&self, version: &str, locks: bool) -> Result<bool> {
        for on in [true, false] {
            let answer = self.try_legal_hold(PROBE, version, on).await?;
            match answer.status {
                200..300 if self.legal_hold(PROBE, version).await? == on => {}
                403 if locks => return Err(self.refused(&answer, LEGAL_HOLD)),
                // 501: not built into this store.
                200..=499 | 501 => return Ok(false),
                status => return Err(Error::unavailable(format!("{}: HTTP {status}", self.bucket.url()))),
            }
        }
        Ok(true)
    }

    /// Whether deleting the probe's own version is refused.
    async fn try_to_delete(&self, version: &str) -> Result<bool> {
        let answer = self.send(Method::DELETE, PROBE, &[("versionId", version)], None).await?;
        match answer.status {
            404 | 200..300 => Ok(false),
            // Most say 403.
            400..500 => Ok(true),
            status => Err(Error::unavailable(format!("{}: HTTP {status}", self.bucket.url()))),
        }
    }
}
