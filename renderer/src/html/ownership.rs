//! At 18 the book changes hands: what happens, and who keeps reading.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ContributeProblem, Page};
use crate::book::AgeBand;

/// `/bog/{child}/ejer`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the reader reads in.
    pub band: AgeBand,
    /// The day has come.
    pub grown: bool,
    /// The 18th birthday.
    pub birthday: NaiveDate,
    /// Those around the reader today.
    pub around: Vec<ReaderRow>,
    /// Those who were, the last one first.
    pub before: Vec<ReaderRow>,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// Somebody who can be let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReaderRow {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they are to the reader.
    pub title: String,
    /// nothing, read or write.
    pub may: String,
    /// The year in which they came.
    pub from: i32,
    /// The year in which they went.
    pub to: Option<i32>,
}

impl Page for Owner {
    const TEMPLATE: &'static str = "owner.html";
}
