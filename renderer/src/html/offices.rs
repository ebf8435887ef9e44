//! The pages beside the book: the municipality's overview, the grown reader's archive, and prints.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Page, ReadingRow, RequestRow};
use crate::book::{AgeBand, PageKind};
use crate::layout::Size;

/// `/bog/{child}/trykt`: the book on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Editions {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The child's age now, chosen beforehand.
    pub age: u32,
    /// Newest first.
    pub editions: Vec<Edition>,
}

impl Page for Editions {
    const TEMPLATE: &'static str = "editions.html";
}

/// One ordered print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// The edition's id.
    pub id: String,
    /// For which readers.
    pub band: AgeBand,
    /// How large it is.
    pub paper: Size,
    /// The day it was ordered.
    pub ordered_on: NaiveDate,
    /// How far it has come.
    pub status: EditionStatus,
}

/// How far a print has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum EditionStatus {
    /// Being made.
    Waiting,
    /// Ready to fetch.
    Ready {
        /// Length in bytes.
        size_bytes: u64,
    },
    /// Could not be made; one may order again.
    Failed,
}

/// `/overblik`: what the municipality may see. Counts and dates, no content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The municipality's name.
    pub municipality: String,
    /// In the order to show them: longest without an entry first.
    pub children: Vec<ChildRow>,
    /// Background work; absent for those whom it does not concern.
    pub jobs: Option<JobCounts>,
}

impl Page for Overview {
    const TEMPLATE: &'static str = "overview.html";
}

/// One child in the overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChildRow {
    /// The child's page in the register.
    pub href: String,
    /// The child's name.
    pub name: String,
    /// Whole years.
    pub age: u32,
    /// Number of homes so far.
    pub homes: u32,
    /// Number of entries.
    pub entries: u32,
    /// The day of the latest entry.
    pub last_entry_on: Option<NaiveDate>,
    /// Whole days since the latest entry.
    pub quiet_days: Option<u32>,
    /// The book, for those who may read it.
    pub book_href: Option<String>,
}

/// Background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct JobCounts {
    /// Not begun.
    pub waiting: u32,
    /// Under way.
    pub running: u32,
    /// Given up, a person must look.
    pub failed: u32,
}

/// `/arkiv`: "det her findes om dig".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveHome {
    /// The grown reader's id as the book's child.
    pub child: String,
    /// The reader's name.
    pub name: String,
    /// The municipality that keeps the archive.
    pub municipality: String,
    /// Number of entries.
    pub entries: u32,
    /// Number of entries that wait for a decision.
    pub waiting: u32,
    /// How many of each kind, most first.
    pub kinds: Vec<KindCount>,
    /// How many of each year, oldest first.
    pub years: Vec<YearCount>,
    /// Whose words they are, most first.
    pub authors: Vec<AuthorCount>,
    /// The page where the reader stopped last time.
    pub go_on_href: Option<String>,
    /// What the reader has asked the archive for.
    pub requests: Vec<RequestRow>,
    /// Prints to fetch.
    pub editions: Vec<Edition>,
    /// The latest readings.
    pub readings: Vec<ReadingRow>,
    /// The municipality's number to ring.
    pub phone: Option<String>,
}

impl Page for ArchiveHome {
    const TEMPLATE: &'static str = "archive_home.html";
}

/// How many of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct KindCount {
    /// The kind.
    pub kind: PageKind,
    /// How many.
    pub count: u32,
}

/// How many by those of one title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthorCount {
    /// What they were when they wrote, in plain words.
    pub title: String,
    /// How many.
    pub count: u32,
}

/// How many of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct YearCount {
    /// The year; absent where nobody knows.
    pub year: Option<i32>,
    /// How many.
    pub count: u32,
}
