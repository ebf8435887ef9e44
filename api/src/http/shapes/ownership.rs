//! What an owner of a book is answered.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ownership::Candidate;

/// Somebody who is or was around the one the book is about, and how far they are let in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReaderView {
    pub person: Uuid,
    pub name: String,
    /// What this person is, in plain words.
    pub title: String,
    /// The first day on which they were around.
    pub from: NaiveDate,
    /// The last one.
    pub until: Option<NaiveDate>,
    /// nothing, read or write, from the 18th birthday on.
    #[schema(example = "read")]
    pub may: &'static str,
}

impl From<Candidate> for ReaderView {
    fn from(candidate: Candidate) -> Self {
        Self {
            person: candidate.id.0,
            may: candidate.may(),
            name: candidate.person.name,
            title: candidate.person.title,
            from: candidate.from,
            until: candidate.until,
        }
    }
}
