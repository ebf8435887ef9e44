//! Where things lie: five siblings in one data directory. Storage root and log may lie in a bucket instead.

use std::path::{Path, PathBuf};

use crate::s3::Bucket;

/// The archive's directories. Only `archive/` is the OCFL storage root: an undeclared directory inside it would make
/// it invalid, so keys, log, staging and what was set aside are its siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivePaths {
    data: PathBuf,
    bucket: Option<Bucket>,
}

impl ArchivePaths {
    /// The archive in the data directory `data`.
    pub fn in_data_dir(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), bucket: None }
    }

    /// With storage root and log in a bucket; everything else stays in the data directory.
    pub fn with_bucket(mut self, bucket: Bucket) -> Self {
        self.bucket = Some(bucket);
        self
    }

    /// The bucket that holds storage root and log, where one does.
    pub fn bucket(&self) -> Option<&Bucket> {
        self.bucket.as_ref()
    }

    /// The data directory itself.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The OCFL storage root, unless it lies in a bucket.
    pub fn root(&self) -> PathBuf {
        self.data.join(ROOT)
    }

    /// The key store, the only part that may be erased.
    pub fn keys(&self) -> PathBuf {
        self.data.join(KEYS)
    }

    /// The tamper-evident log; where that lies in a bucket, the writer's lock alone.
    pub fn log(&self) -> PathBuf {
        self.data.join(LOG)
    }

    /// Where something of the log lies, for people.
    pub fn in_log(&self, path: &str) -> String {
        match &self.bucket {
            Some(bucket) => format!("{}/{LOG}/{path}", bucket.url()),
            None => self.log().join(path).display().to_string(),
        }
    }

    /// Deposits on their way in, encrypted.
    pub fn staging(&self) -> PathBuf {
        self.data.join(STAGING)
    }

    /// What recovery could not finish, for a person to look at.
    pub fn set_aside(&self) -> PathBuf {
        self.data.join(SET_ASIDE)
    }

    /// Those that are on the disk.
    pub(crate) fn local(&self) -> Vec<PathBuf> {
        let root = self.bucket.is_none().then(|| self.root());
        root.into_iter().chain([self.keys(), self.log(), self.staging(), self.set_aside()]).collect()
    }
}

pub(crate) const ROOT: &str = "archive";
pub(crate) const KEYS: &str = "keys";
pub(crate) const LOG: &str = "log";
pub(crate) const STAGING: &str = "staging";
pub(crate) const SET_ASIDE: &str = "set-aside";
