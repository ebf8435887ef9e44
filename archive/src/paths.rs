//! Where things lie on a disk: five siblings in one data directory.

use std::path::{Path, PathBuf};

/// The archive's directories. Only `archive/` is the OCFL storage root: an undeclared directory inside it would make
/// it invalid, so keys, log, staging and what was set aside are its siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivePaths {
    data: PathBuf,
}

impl ArchivePaths {
    /// The archive in the data directory `data`.
    pub fn in_data_dir(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into() }
    }

    /// The data directory itself.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The OCFL storage root.
    pub fn root(&self) -> PathBuf {
        self.data.join(ROOT)
    }

    /// The key store, the only part that may be erased.
    pub fn keys(&self) -> PathBuf {
        self.data.join(KEYS)
    }

    /// The tamper-evident log.
    pub fn log(&self) -> PathBuf {
        self.data.join(LOG)
    }

    /// A time stamp of the log.
    pub fn stamp(&self, name: &str) -> PathBuf {
        self.log().join(STAMPS).join(name)
    }

    /// Deposits on their way in, encrypted.
    pub fn staging(&self) -> PathBuf {
        self.data.join(STAGING)
    }

    /// What recovery could not finish, for a person to look at.
    pub fn set_aside(&self) -> PathBuf {
        self.data.join(SET_ASIDE)
    }

    /// All five.
    pub(crate) fn all(&self) -> [PathBuf; 5] {
        [self.root(), self.keys(), self.log(), self.staging(), self.set_aside()]
    }
}

pub(crate) const ROOT: &str = "archive";
pub(crate) const KEYS: &str = "keys";
pub(crate) const LOG: &str = "log";
pub(crate) const STAMPS: &str = "stamps";
pub(crate) const STAGING: &str = "staging";
pub(crate) const SET_ASIDE: &str = "set-aside";
