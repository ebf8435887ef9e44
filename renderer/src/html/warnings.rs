//! Warnings before a page.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ContributeProblem, Field, Page};

/// `/bog/{child}/side/{entry}`, for the grown reader who has not chosen yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forewarned {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The page's title.
    pub title: String,
    /// What somebody wants the reader to know before.
    pub warnings: Vec<String>,
    /// The page itself.
    pub read_href: String,
    /// Its chapter.
    pub back_href: String,
}

impl Page for Forewarned {
    const TEMPLATE: &'static str = "forewarned.html";
}

/// `/bog/{child}/side/{entry}/advarsel`: warnings before a page, for those who write them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WarningForm {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The page's id.
    pub entry: String,
    /// The page's title.
    pub title: String,
    /// Those that stand there, first to last.
    pub warnings: Vec<WarningRow>,
    /// A new one.
    pub words: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// One warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WarningRow {
    /// The record's id.
    pub id: String,
    /// What it says.
    pub words: String,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub on: NaiveDate,
}

impl Page for WarningForm {
    const TEMPLATE: &'static str = "warning_form.html";
}
