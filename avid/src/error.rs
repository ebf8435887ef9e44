use std::io;
use std::path::{Path, PathBuf};

/// Why a delivery was not written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was given does not follow the order. `place` says where, never what stood there.
    #[error("{place}: {why} (BEK 128, {clause})")]
    Refused { place: String, why: &'static str, clause: &'static str },
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
}

impl Error {
    pub(crate) fn refused(place: impl Into<String>, why: &'static str, clause: &'static str) -> Self {
        Self::Refused { place: place.into(), why, clause }
    }

    /// For `map_err`: the path an input or output error belongs to.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}
