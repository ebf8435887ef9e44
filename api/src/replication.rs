//! The replica in operation: where it lies, how far it has come, and keeping it up with the archive.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use archive::{ArchivePaths, Extent, Replica, Replication};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::app::{App, now};
use crate::config::Config;
use crate::instance::{InstanceError, write_private};

/// Settings of the replica's store, apart from the archive's own: `LIVSBOG_REPLICA_ACCESS_KEY_ID` is its
/// `AWS_ACCESS_KEY_ID`, and so on.
const VARIABLES: &str = "LIVSBOG_REPLICA_";
const URL: &str = "LIVSBOG_REPLICA_URL";

/// A new deposit waits this long at most before it is copied.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// After a failure, and while something stands in the way that a person has to put right.
const TRY_AGAIN: Duration = Duration::from_secs(5 * 60);
/// Every file of the replica is read and compared at least this often.
const COMPARE_EVERY: TimeDelta = TimeDelta::days(30);

/// Why a replication did not run to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReplicationError {
    #[error("{0} is not there: make the directory, or mount the disk it is on")]
    NotThere(String),
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Mark(#[from] InstanceError),
}

/// How far a replica has come. Kept beside the archive and not in the database, which can be made anew; lost, it costs one
/// full comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// Leaves the replica had when it was last complete.
    log_size: u64,
    /// When that was.
    complete_at: Option<DateTime<Utc>>,
    /// When every file of it was last compared.
    compared_at: Option<DateTime<Utc>>,
    /// What that comparison found. Only another one can say that it is put right.
    compared_differences: usize,
    /// What stood in the way of the last run.
    differences: usize,
}

/// How far the replica lies behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lag {
    /// Since it was last complete; nothing when it never was.
    pub seconds: Option<i64>,
    pub deposits: u64,
    pub differences: usize,
}

/// The replica at `url`, with the credentials of the environment.
pub fn open(url: &str) -> Result<Replica, ReplicationError> {
    Replica::at(url, &settings(std::env::vars())).map_err(|error| match error {
        archive::Error::NotFound => ReplicationError::NotThere(url.to_owned()),
        other => other.into(),
    })
}

/// Refuses a configured replica whose address or settings can never work. One that is away at the moment comes back.
pub fn check(config: &Config) -> Result<(), ReplicationError> {
    match config.replica_url.as_deref().map(open) {
        Some(Err(ReplicationError::NotThere(_))) | None => Ok(()),
        Some(opened) => opened.map(|_| ()),
    }
}

fn settings(variables: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let ours = variables.filter(|(name, _)| name != URL);
    ours.filter_map(|(name, value)| {
        Some((format!("aws_{}", name.strip_prefix(VARIABLES)?.to_lowercase()), value))
    })
    .collect()
}

/// Replicates once. Only what is new is looked at when the replica was compared in full not long ago; otherwise, and with
/// `full`, every file of it is.
pub async fn run(
    data: &Path,
    paths: &ArchivePaths,
    url: &str,
    full: bool,
) -> Result<Replication, ReplicationError> {
    let begun = now();
    let mark = marks(data).remove(url).unwrap_or_default();
    let extent = if full || mark.is_comparison_due(begun) { Extent::Full } else { Extent::New };
    let done = archive::replicate(paths, &open(url)?, extent).await?;
    note(data, url, mark.after(&done, extent, begun))?;
    Ok(done)
}

/// Keeps the configured replica up with the archive until told to stop. A run that is broken off is taken up by the next.
pub async fn keep_up(app: App, mut stop: watch::Receiver<bool>) {
    let Some(url) = app.config.replica_url.clone() else { return };
    while !*stop.borrow() {
        let turn = async {
            tokio::time::sleep(step(&app, &url).await).await;
        };
        tokio::select! {
            () = turn => {}
            _ = stop.changed() => {}
        }
    }
}

/// Replicates if there is a reason to; answers how long to wait.
async fn step(app: &App, url: &str) -> Duration {
    match due(app, url).await {
        Ok(None) => LOOK_EVERY,
        Ok(Some(done)) if done.is_complete() => {
            tracing::info!(copied = done.files_copied, log = done.log_size, "the replica is complete");
            LOOK_EVERY
        }
        Ok(Some(done)) => {
            let codes: BTreeMap<_, _> =
                done.differences.iter().map(|found| (found.finding.code.as_str(), found.side)).collect();
            tracing::error!(
                count = done.differences.len(),
                ?codes,
                "the replica is not complete; run livsbog replicate"
            );
            TRY_AGAIN
        }
        Err(error) => {
            tracing::warn!(cause = ?error, "no replication");
            TRY_AGAIN
        }
    }
}

async fn due(app: &App, url: &str) -> Result<Option<Replication>, ReplicationError> {
    let log_size = app.archive.log_size().await?;
    let mark = marks(&app.data).remove(url).unwrap_or_default();
    let is_level = mark.differences == 0 && mark.log_size >= log_size;
    if is_level && !mark.is_comparison_due(now()) {
        return Ok(None);
    }
    run(&app.data, app.archive.paths(), url, false).await.map(Some)
}

/// How far the configured replica lies behind an archive of `log_size` leaves; nothing where none is configured.
pub fn lag(app: &App, log_size: u64) -> Option<Lag> {
    let mark = marks(&app.data).remove(app.config.replica_url.as_ref()?).unwrap_or_default();
    Some(Lag {
        seconds: mark.complete_at.map(|at| (now() - at).num_seconds()),
        deposits: log_size.saturating_sub(mark.log_size),
        differences: mark.differences.max(mark.compared_differences),
    })
}

impl Mark {
    fn after(self, done: &Replication, extent: Extent, begun: DateTime<Utc>) -> Self {
        let mut mark = Self { differences: done.differences.len(), ..self };
        if extent == Extent::Full {
            mark.compared_at = Some(begun);
            mark.compared_differences = mark.differences;
        }
        if done.is_complete() {
            mark.log_size = done.log_size;
        }
        // A replica that is known to be damaged is not complete, however far it has followed.
        if done.is_complete() && mark.compared_differences == 0 {
            mark.complete_at = Some(begun);
        }
        mark
    }

    fn is_comparison_due(&self, now: DateTime<Utc>) -> bool {
        self.compared_at.is_none_or(|at| now - at > COMPARE_EVERY || at > now)
    }
}

fn marks_path(data: &Path) -> PathBuf {
    data.join("replication.json")
}

/// The marks of all replicas by their URL. One that cannot be read is as none: it costs a comparison.
fn marks(data: &Path) -> BTreeMap<String, Mark> {
    let text = std::fs::read_to_string(marks_path(data)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn note(data: &Path, url: &str, mark: Mark) -> Result<(), InstanceError> {
    let mut marks = marks(data);
    marks.insert(url.to_owned(), mark);
    write_private(&marks_path(data), &serde_json::to_string_pretty(&marks).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_replicas_credentials_have_names_of_their_own() {
        let variables = [
            ("AWS_SECRET_ACCESS_KEY", "the archive's"),
            ("LIVSBOG_REPLICA_URL", "s3://bucket"),
            ("LIVSBOG_REPLICA_SECRET_ACCESS_KEY", "the replica's"),
        ];
        let found = settings(variables.iter().map(|(name, value)| (name.to_string(), value.to_string())));
        assert_eq!(found, [("aws_secret_access_key".to_owned(), "the replica's".to_owned())]);
        assert!(Replica::at("s3://bucket/a", &[("aws_acces_key_id".into(), "x".into())]).is_err());
        assert!(Replica::at("ftp://bucket/a", &[]).is_err());
    }

    #[test]
    fn damage_that_a_comparison_found_is_forgotten_by_the_next_comparison_only() {
        let at = |seconds: i64| DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap();
        let whole = |log_size| Replication { log_size, ..Replication::default() };
        let mark = Mark::default().after(&whole(3), Extent::Full, at(1));
        assert_eq!((mark.log_size, mark.complete_at, mark.compared_at), (3, Some(at(1)), Some(at(1))));
        let damaged = Mark { compared_differences: 2, differences: 2, ..mark };
        let followed = damaged.after(&whole(4), Extent::New, at(2));
        assert_eq!((followed.log_size, followed.differences, followed.compared_differences), (4, 0, 2));
        assert_eq!(followed.complete_at, Some(at(1)));
        assert_eq!(followed.after(&whole(4), Extent::Full, at(3)).complete_at, Some(at(3)));
    }

    #[test]
    fn what_was_never_compared_or_long_ago_or_in_a_time_to_come_is_compared() {
        let now: DateTime<Utc> = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let compared = |at| Mark { compared_at: at, ..Mark::default() }.is_comparison_due(now);
        assert!(compared(None));
        assert!(!compared(Some(now - TimeDelta::days(29))));
        assert!(compared(Some(now - TimeDelta::days(31))));
        assert!(compared(Some(now + TimeDelta::days(1))));
    }
}
