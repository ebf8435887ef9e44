//! Checkpoints of the log that stand outside it: the newest one this service has seen, in the database, and the one it
//! shows to others, in a file. A log that does not continue them was put back or is another one.

use std::io;
use std::path::{Path, PathBuf};

use archive::{ArchivePaths, Finding};

use crate::app::App;
use crate::config::Config;
use crate::db::{Db, DbError};
use crate::instance::{self, InstanceError};
use crate::problem::Problem;
use crate::witnesses::{self, Asking};

/// Why the log cannot be trusted, or cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    #[error("database: {0}")]
    Db(#[from] DbError),
    #[error("{0}: {1}")]
    Unreadable(PathBuf, io::Error),
    #[error("{0}")]
    Unwritable(#[from] InstanceError),
    #[error("archive: {0}")]
    Archive(#[from] archive::Error),
    #[error("{}: the log does not continue the checkpoint that {place} holds. {}", .finding.code.as_str(), .finding.todo.en)]
    PutBack { place: &'static str, finding: Finding },
}

impl From<CheckpointError> for Problem {
    fn from(error: CheckpointError) -> Self {
        match error {
            CheckpointError::Db(cause) => cause.into(),
            CheckpointError::Archive(cause) => cause.into(),
            other => Self::Internal(other.to_string()),
        }
    }
}

/// Checkpoints that were seen before, with the places that hold them.
pub struct Seen(Vec<(&'static str, String)>);

/// Reads what is known of the log from elsewhere. To be called before the log itself is read.
pub async fn seen(db: Option<&Db>, config: &Config) -> Result<Seen, CheckpointError> {
    let mut seen = Vec::new();
    if let Some(db) = db {
        seen.extend(db.seen_checkpoint().await?.map(|note| ("the database", note)));
    }
    if let Some(path) = &config.checkpoint_file {
        seen.extend(published(path)?.map(|note| ("checkpoint_file", note)));
    }
    Ok(Seen(seen))
}

impl Seen {
    /// Refuses a log that does not continue them all.
    pub fn check(&self, paths: &ArchivePaths) -> Result<(), CheckpointError> {
        self.0.iter().try_for_each(|(place, note)| {
            let found = archive::check_continues(paths, note);
            found.map_or(Ok(()), |finding| Err(CheckpointError::PutBack { place, finding }))
        })
    }
}

/// Has the newest checkpoint cosigned, and writes it where others look for it. What they have seen is never taken back.
pub async fn publish(app: &App) -> Result<(), CheckpointError> {
    seen(None, &app.config).await?.check(app.archive.paths())?;
    let newest = app.archive.checkpoint().await?;
    let cosignatures = witnesses::cosignatures(app, &newest, Asking::Patient).await.unwrap_or_else(|error| {
        // Witnesses may be away as they like; the checkpoint is shown.
        tracing::warn!(%error, "no cosignatures");
        String::new()
    });
    let Some(path) = &app.config.checkpoint_file else { return Ok(()) };
    let shown = newest.note + &cosignatures;
    if published(path)?.as_ref() != Some(&shown) {
        instance::write_public(path, &shown)?;
    }
    Ok(())
}

fn published(path: &Path) -> Result<Option<String>, CheckpointError> {
    match std::fs::read_to_string(path) {
        Ok(note) => Ok(Some(note)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CheckpointError::Unreadable(path.to_path_buf(), error)),
    }
}
