//! Group commit: one `syncfs` makes durable what many deposits wrote, in place of an fsync for each of their files and
//! directories. Linux reports failed writes through it since 5.8.

use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

use crate::error::{Error, Result};

/// Makes durable what was written without a sync of its own.
pub trait Durability: Send + Sync {
    /// Answers when everything that was written before the call is durable.
    fn settle(&self) -> BoxFuture<'_, Result<()>>;
}

/// The file systems of an archive on disk. Whoever waits while a sync runs shares the next one.
pub(crate) struct Barrier {
    directories: Arc<[PathBuf]>,
    /// Syncs begun so far.
    begun: AtomicU64,
    last: Arc<Mutex<LastSync>>,
    file_systems: Arc<OnceLock<Vec<File>>>,
}

struct LastSync {
    number: u64,
    outcome: Result<(), Failure>,
}

#[derive(Clone)]
enum Failure {
    /// Nothing is said about what was written; there may be room later.
    Full(String),
    /// Data was lost on its way to the disk, and the system tells it once: nothing written by this process can be
    /// vouched for any more.
    Lost(String),
}

impl Barrier {
    /// For what is written under `directories`.
    pub(crate) fn new(directories: impl Into<Arc<[PathBuf]>>) -> Self {
        let last = LastSync { number: 0, outcome: Ok(()) };
        let last = Arc::new(Mutex::new(last));
        Self { directories: directories.into(), begun: AtomicU64::new(0), last, file_systems: Arc::default() }
    }

    async fn pass(&self) -> Result<()> {
        // A sync that has begun already may miss what this caller has written.
        let covered_from = self.begun.load(Ordering::SeqCst) + 1;
        let mut last = Arc::clone(&self.last).lock_owned().await;
        if last.number < covered_from && !matches!(last.outcome, Err(Failure::Lost(_))) {
            let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
            let (directories, file_systems) = (Arc::clone(&self.directories), Arc::clone(&self.file_systems));
            // The turn goes along: a caller who goes away ends no sync and hides no failure.
            let work = move || {
                last.outcome = sync(&directories, &file_systems).map_err(Failure::from);
                last.number = number;
                last
            };
            last = tokio::task::spawn_blocking(work).await?;
        }
        last.outcome.clone().map_err(Error::from)
    }
}

impl Durability for Barrier {
    fn settle(&self) -> BoxFuture<'_, Result<()>> {
        self.pass().boxed()
    }
}

fn sync(directories: &[PathBuf], file_systems: &OnceLock<Vec<File>>) -> io::Result<()> {
    let opened = match file_systems.get() {
        Some(opened) => opened,
        None => file_systems.get_or_init({
            let opened = open(directories)?;
            move || opened
        }),
    };
    opened.iter().try_for_each(|directory| Ok(rustix::fs::syncfs(directory)?))
}

/// One directory on each of the file systems that the archive lies on.
fn open(directories: &[PathBuf]) -> io::Result<Vec<File>> {
    let mut opened: Vec<(u64, File)> = Vec::new();
    for directory in directories {
        let directory = File::open(directory)?;
        let device = directory.metadata()?.dev();
        if opened.iter().all(|(known, _)| *known != device) {
            opened.push((device, directory));
        }
    }
    Ok(opened.into_iter().map(|(_, directory)| directory).collect())
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match Error::from(error) {
            Error::NoSpace(cause) => Self::Full(cause.to_string()),
            other => Self::Lost(other.to_string()),
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Full(cause) => Self::NoSpace(cause.into()),
            Failure::Lost(cause) => {
                Self::unavailable(format!("the disk lost data ({cause}): check it, then start again"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn barrier() -> (tempfile::TempDir, Barrier) {
        let home = tempfile::tempdir().unwrap();
        let directories = ["archive", "log"].map(|name| home.path().join(name));
        directories.iter().for_each(|directory| std::fs::create_dir(directory).unwrap());
        (home, Barrier::new(directories))
    }

    #[tokio::test]
    async fn those_who_wait_together_share_one_sync() {
        let (_home, barrier) = barrier();
        let turn = barrier.last.lock().await;
        let waiting = futures_util::future::join_all((0..50).map(|_| barrier.settle()));
        let (outcomes, ()) = tokio::join!(waiting, async {
            tokio::task::yield_now().await;
            drop(turn);
        });
        assert!(outcomes.iter().all(Result::is_ok));
        assert_eq!(barrier.begun.load(Ordering::SeqCst), 1);
        barrier.settle().await.unwrap();
        assert_eq!(
            barrier.begun.load(Ordering::SeqCst),
            2,
            "who comes later is not covered by an earlier one"
        );
    }

    #[tokio::test]
    async fn after_lost_data_nothing_is_vouched_for_and_after_a_full_disk_it_is_tried_again() {
        let (_home, barrier) = barrier();
        barrier.last.lock().await.outcome = Err(Failure::Full("full".into()));
        assert!(barrier.settle().await.is_ok());
        barrier.last.lock().await.outcome = Err(Failure::from(io::Error::from_raw_os_error(5)));
        for _ in 0..2 {
            assert!(matches!(barrier.settle().await, Err(Error::Unavailable(_))));
        }
    }

    #[tokio::test]
    async fn a_directory_that_is_not_there_is_said() {
        assert!(Barrier::new([PathBuf::from("/nowhere/at/all")]).settle().await.is_err());
    }
}
