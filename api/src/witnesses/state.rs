//! What is known of each witness. It lies in a file beside the archive and not in the database, which can be made anew;
//! lost, it costs a question more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use archive::{Cosignature, WitnessKey};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ask::AskError;
use crate::instance::{InstanceError, write_private};

/// What is known of one witness.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Leaves of the newest checkpoint that it cosigned.
    pub size: u64,
    /// That checkpoint with its cosignature.
    pub cosigned: Option<String>,
    pub cosigned_at: Option<DateTime<Utc>>,
    /// When one was last kept beside the log.
    pub kept_at: Option<DateTime<Utc>>,
    /// Since when it does not cosign, and when it last did not.
    pub failing_since: Option<DateTime<Utc>>,
    pub failed_at: Option<DateTime<Utc>>,
    /// Why.
    pub problem: Option<String>,
    /// It has seen another history. Stands until it cosigns again.
    pub is_alarm: bool,
}

impl State {
    /// Its cosignature of this very checkpoint.
    pub fn cosignature_of(&self, key: &WitnessKey, note: &str) -> Option<Cosignature> {
        key.cosignature(self.cosigned.as_ref().filter(|cosigned| cosigned.starts_with(note))?)
    }

    pub(super) fn after_failure(&self, error: &AskError, now: DateTime<Utc>) -> Self {
        Self {
            failing_since: self.failing_since.or(Some(now)),
            failed_at: Some(now),
            problem: Some(error.to_string()),
            is_alarm: self.is_alarm || error.is_alarm(),
            ..self.clone()
        }
    }
}

fn path(data: &Path) -> PathBuf {
    data.join("witnesses.json")
}

/// What is known of all witnesses, by their keys. A file that cannot be read is as none.
pub(super) fn read(data: &Path) -> BTreeMap<String, State> {
    let text = std::fs::read_to_string(path(data)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

pub(super) fn note(data: &Path, changed: BTreeMap<String, State>) -> Result<(), InstanceError> {
    let mut known = read(data);
    known.extend(changed);
    write_private(&path(data), &serde_json::to_string_pretty(&known).unwrap_or_default())
}
