//! What the scrubber says: counts, findings, and the event that is sealed.

use archive::{Code, Outcome};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a round has looked at so far. No two of the answers are ever added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub objects_ok: u64,
    /// A version was being sealed; the rest was well.
    pub objects_under_way: u64,
    pub objects_damaged: u64,
    /// The checker failed there.
    pub objects_not_checked: u64,
    /// Errors that were gone at the second look.
    pub passing_errors: u64,
    /// Bytes read, of content and of the log.
    pub bytes: u64,
}

impl Checked {
    pub fn objects(&self) -> u64 {
        self.objects_ok + self.objects_under_way + self.objects_damaged + self.objects_not_checked
    }
}

/// One thing that is wrong, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    pub id: Uuid,
    pub code: Code,
    pub outcome: Outcome,
    pub object: Option<Uuid>,
    /// Under the storage root; the log lies at `../log`.
    pub path: String,
    pub first_seen: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    pub cleared_at: Option<DateTime<Utc>>,
}

/// A fixity event as it is sealed, in the terms of PREMIS 3: one for each round that ended, and one for what a look found
/// for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fixity {
    /// Always `fixity check`.
    pub event_type: String,
    pub event_outcome: EventOutcome,
    /// The program and its version.
    pub agent: String,
    pub begun_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    /// What a round looked at; absent in an event about findings alone.
    pub checked: Option<Checked>,
    /// What was wrong at its end, or was found: the first [`LISTED`] of it.
    pub findings: Vec<Listed>,
    /// How many there were.
    pub findings_count: u64,
}

/// So many findings are named in one event.
pub const LISTED: u64 = 1000;

/// PREMIS, vocabulary of event outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventOutcome {
    /// All of it was looked at, and all of it is well.
    Success,
    /// Something is wrong.
    Fail,
    /// Nothing is known to be wrong, and not all of it could be looked at.
    Warning,
}

/// A finding in an event: as text, so that an old event can be read when codes have changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub code: String,
    pub outcome: String,
    pub object: Option<Uuid>,
    pub path: String,
}

impl Fixity {
    pub fn new(
        begun_at: DateTime<Utc>,
        ended_at: DateTime<Utc>,
        checked: Option<Checked>,
        found: &[Found],
        findings_count: u64,
    ) -> Self {
        let unlooked = |found: &Found| found.outcome == Outcome::NotChecked;
        let left_out = checked.is_some_and(|checked| checked.objects_not_checked > 0);
        let event_outcome = match () {
            () if !found.iter().all(unlooked) => EventOutcome::Fail,
            () if left_out || !found.is_empty() => EventOutcome::Warning,
            () => EventOutcome::Success,
        };
        let listed = found.iter().map(|found| Listed {
            code: found.code.as_str().into(),
            outcome: found.outcome.as_str().into(),
            object: found.object,
            path: found.path.clone(),
        });
        let (event_type, agent) =
            ("fixity check".into(), concat!("livsbog ", env!("CARGO_PKG_VERSION")).into());
        let findings = listed.collect();
        Self { event_type, event_outcome, agent, begun_at, ended_at, checked, findings, findings_count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: Code) -> Found {
        let at = DateTime::UNIX_EPOCH;
        let (id, object, path, cleared_at) = (Uuid::nil(), None, String::new(), None);
        Found { id, code, outcome: code.outcome(), object, path, first_seen: at, last_seen: at, cleared_at }
    }

    #[test]
    fn what_was_not_looked_at_is_neither_success_nor_failure() {
        let outcome = |checked: Option<Checked>, codes: &[Code]| {
            let found: Vec<Found> = codes.iter().copied().map(found).collect();
            let at = DateTime::UNIX_EPOCH;
            Fixity::new(at, at, checked, &found, found.len() as u64).event_outcome
        };
        let all = Checked { objects_ok: 9, ..Checked::default() };
        let some = Checked { objects_not_checked: 1, ..all };
        assert_eq!(outcome(Some(all), &[]), EventOutcome::Success);
        assert_eq!(outcome(Some(some), &[]), EventOutcome::Warning);
        assert_eq!(outcome(None, &[Code::NotChecked]), EventOutcome::Warning);
        assert_eq!(outcome(Some(some), &[Code::NotChecked, Code::ContentChanged]), EventOutcome::Fail);
        assert_eq!(outcome(Some(all), &[Code::Unreadable]), EventOutcome::Fail);
    }
}
