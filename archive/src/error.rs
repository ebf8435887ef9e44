//! What can go wrong, as data: callers tell the cases apart, the cause stays for the log.

use std::io;

use crate::s3::BucketProblem;

/// The answer of every fallible call of the archive.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The private cause of an error, for the service's own log only.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the archive could not do it. No text here holds anything personal: ids are random, names are fixed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk or the quota is full. Nothing acknowledged is touched; the same call succeeds once there is room.
    #[error("the storage is full")]
    NoSpace(#[source] Cause),
    /// The storage answered with an error that is not about the content. Try again later.
    #[error("the storage is not available")]
    Unavailable(#[source] Cause),
    /// What is stored is not what it must be: a person has to look before anything else is written there.
    #[error("alarm: {what} at {path}")]
    Alarm {
        /// Path under the data directory; random ids and fixed names only.
        path: String,
        /// What differs.
        what: &'static str,
    },
    /// The bucket cannot be used as it is; the problem has an advice.
    #[error("{0}. {da} {en}", da = .0.advice().da, en = .0.advice().en)]
    Bucket(BucketProblem),
    /// There is no such object, version or file.
    #[error("not found in the archive")]
    NotFound,
    /// The object exists and its key was destroyed: nobody can open it any more.
    #[error("the key of this object was destroyed")]
    KeyDestroyed,
    /// A key exists and cannot be opened with the secrets given at start.
    #[error("the key store does not open with these secrets")]
    WrongSecrets,
    /// The same version of the same object is being staged already.
    #[error("this version is already being staged")]
    AlreadyStaged,
    /// Version `version` cannot be sealed before the one preceding it.
    #[error("version {version} comes before the version preceding it")]
    OutOfOrder {
        /// The version that was to be sealed.
        version: u32,
    },
    /// The content is longer than the caller's limit.
    #[error("longer than the limit of {limit_bytes} bytes")]
    TooLong {
        /// The limit given by the caller.
        limit_bytes: u64,
    },
    /// The caller broke a rule of the format.
    #[error("not allowed by the archive's format: {0}")]
    Invalid(&'static str),
}

impl Error {
    /// An alarm about `path`.
    pub(crate) fn alarm(path: impl Into<String>, what: &'static str) -> Self {
        Self::Alarm { path: path.into(), what }
    }

    pub(crate) fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }
}

impl From<BucketProblem> for Error {
    fn from(problem: BucketProblem) -> Self {
        Self::Bucket(problem)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            kind if is_full(kind) => Self::NoSpace(error.into()),
            io::ErrorKind::NotFound => Self::NotFound,
            _ => Self::Unavailable(error.into()),
        }
    }
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::NotFound,
            error if caused_by_full_disk(&error) => Self::NoSpace(error.into()),
            error => Self::Unavailable(error.into()),
        }
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Unavailable(error.into())
    }
}

fn is_full(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

fn caused_by_full_disk(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|io| is_full(io.kind())) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_however_deep_the_store_hides_it() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let wrapped = object_store::Error::Generic { store: "disk", source: Box::new(full) };
        assert!(matches!(Error::from(wrapped), Error::NoSpace(_)));
        let other = object_store::Error::Generic { store: "disk", source: "network".into() };
        assert!(matches!(Error::from(other), Error::Unavailable(_)));
    }
}
