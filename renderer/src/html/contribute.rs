//! `/bidrag`: write in a child's book, from a phone at the kitchen table.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ChildWaits, Page, PictureView};
use crate::book::{AgeBand, ChapterKind, PageKind, Precision};

/// The contribute page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contribute {
    /// The writer's id: drafts on a shared tablet are kept apart by it.
    pub owner: String,
    /// The children this person may write for; one alone is chosen already.
    pub children: Vec<ChildChoice>,
    /// What the form is filled with: blank, or what came back from a try that failed.
    pub draft: Draft,
    /// Why the last try failed.
    pub problem: Option<Problem>,
    /// What was just received.
    pub sent: Option<Sent>,
    /// What the children wait for.
    pub waits: Vec<ChildWaits>,
    /// The writer's latest deposits, newest first.
    pub mine: Vec<Contribution>,
    /// Today, the latest day that can be chosen.
    pub today: NaiveDate,
    /// The largest photograph that is taken in, in bytes; larger ones are stopped before they are sent.
    pub photo_limit_bytes: u64,
    /// The largest sound or film, in bytes.
    pub recording_limit_bytes: u64,
    /// The largest other file, in bytes.
    pub file_limit_bytes: u64,
}

impl Page for Contribute {
    const TEMPLATE: &'static str = "contribute.html";
}

/// A child one may write for, with what is known to suggest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChildChoice {
    /// The child's id.
    pub id: String,
    /// What the child is called.
    pub name: String,
    /// One or two letters shown when there is no picture.
    pub initials: String,
    /// A picture of the child.
    pub picture: Option<PictureView>,
    /// The band the child reads in now: the band of the plain text field.
    pub band: AgeBand,
    /// People often seen with the child, most frequent first; eight at the most are shown.
    pub people: Vec<String>,
    /// Places the child often is, most frequent first; six at the most are shown.
    pub places: Vec<String>,
}

/// What the form is filled with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The chosen child's id.
    pub child: Option<String>,
    /// What is being written.
    pub kind: PageKind,
    /// The one line.
    pub title: String,
    /// The text for the child's own age.
    pub text: String,
    /// Texts for other ages.
    pub texts: Vec<DraftText>,
    /// What is said in the sound or the film.
    pub spoken: String,
    /// The sound is the text, read aloud.
    pub reads: bool,
    /// The day.
    pub occurred_on: NaiveDate,
    /// How exactly the day is known.
    pub precision: Precision,
    /// People typed or ticked.
    pub people: Vec<String>,
    /// The place.
    pub place: String,
    /// The chapter, when the writer chose one.
    pub chapter: Option<ChapterKind>,
    /// `seen`, `heard` or `read`.
    pub basis: String,
    /// The page it is told beside.
    pub beside: Option<ToldBeside>,
    /// The wish it answers.
    pub wish: Option<WishedFor>,
    /// Makes sending twice the same as sending once: the `Idempotency-Key` of this form.
    pub key: String,
}

/// A page that somebody tells of too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldBeside {
    /// The entry's id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A child's wish for a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WishedFor {
    /// The record's id.
    pub id: String,
    /// What the child is called.
    pub name: String,
    /// The child's words.
    pub words: Option<String>,
}

/// A text for one age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftText {
    /// For whom.
    pub band: AgeBand,
    /// The words.
    pub text: String,
}

/// Why a try failed: the parts of the problem answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// One short sentence.
    pub title: String,
    /// What happened.
    pub detail: Option<String>,
    /// What to do now.
    pub next_step: Option<String>,
}

/// What was just received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The line.
    pub title: String,
    /// Whose book.
    pub child_name: String,
    /// The page in the book.
    pub href: String,
}

/// One of the writer's latest deposits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contribution {
    /// The line.
    pub title: String,
    /// What it is.
    pub kind: PageKind,
    /// Whose book.
    pub child_name: String,
    /// The day it was written.
    pub written_on: NaiveDate,
    /// Where it is now.
    pub state: ContributionState,
    /// The page in the book, when it is there.
    pub href: Option<String>,
}

/// Where a deposit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContributionState {
    /// Anybody who may read the book can read it.
    InBook,
    /// Read together with an adult.
    WithAdult,
    /// Held back for now.
    HeldBack,
    /// Received and being sealed.
    Sealing,
}
