//! What an owner of a book is answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::life::StoredLife;
use crate::domain::own_package::OwnPackage;
use crate::leaving::Keepable;
use crate::ownership::{Candidate, Helper};

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

/// What one keeps at hand, and what one could.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptView {
    pub papers: Vec<KeptPaper>,
    pub people: Vec<KeptPerson>,
}

/// A page with a paper.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptPaper {
    pub entry: Uuid,
    pub title: String,
    pub occurred_on: NaiveDate,
    pub kept: bool,
}

/// Somebody who is or was around, with what one needs to reach them.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptPerson {
    pub person: Uuid,
    pub name: String,
    pub title: String,
    pub phone: Option<String>,
    pub kept: bool,
}

impl From<Keepable> for KeptView {
    fn from(Keepable { papers, people }: Keepable) -> Self {
        let papers = papers.into_iter().map(|(stored, kept)| KeptPaper {
            entry: stored.id.0,
            title: stored.entry.title,
            occurred_on: stored.entry.occurred_on,
            kept,
        });
        let people = people.into_iter().map(|(one, kept)| KeptPerson {
            person: one.id.0,
            name: one.person.name,
            title: one.person.title,
            phone: one.person.phone,
            kept,
        });
        Self { papers: papers.collect(), people: people.collect() }
    }
}

/// Everything in one's book as one package.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPackageView {
    pub id: Uuid,
    pub child: Uuid,
    /// `pending` or `ready`.
    pub status: &'static str,
    pub asked_at: DateTime<Utc>,
    /// When it was made: what came later is not in it.
    pub ready_at: Option<DateTime<Utc>>,
    pub size_bytes: Option<u64>,
    /// So many sealed versions should be in it and are lost.
    pub missing: Option<u64>,
}

impl From<StoredLife<OwnPackage>> for OwnPackageView {
    fn from(StoredLife { id, record, .. }: StoredLife<OwnPackage>) -> Self {
        let delivery = record.delivery.as_ref();
        Self {
            id,
            child: record.child.0,
            status: if delivery.is_some() { "ready" } else { "pending" },
            asked_at: record.asked.at,
            ready_at: record.ready_at(),
            size_bytes: delivery.map(|delivery| delivery.size_bytes),
            missing: delivery.map(|delivery| delivery.missing),
        }
    }
}

/// Somebody who reads along today.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelperView {
    pub id: Uuid,
    pub name: String,
    /// What they open to come in, once.
    pub link: String,
    /// The last day they read.
    pub until: NaiveDate,
}

impl From<Helper> for HelperView {
    fn from(Helper { id, name, link, until }: Helper) -> Self {
        Self { id: id.0, name, link: link.href, until }
    }
}
