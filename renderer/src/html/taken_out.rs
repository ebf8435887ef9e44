//! What was taken out of a book, and how an adult tells that a page belongs in another.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Choice, Page};
use crate::book::AgeBand;

/// `/bog/{child}/taget-ud`: what was taken out of my book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenOut {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the reader reads in, for the size of the words.
    pub band: AgeBand,
    /// Newest first.
    pub disposals: Vec<DisposalRow>,
    /// Older ones.
    pub older_href: Option<String>,
}

/// Something that was to be taken out, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisposalRow {
    /// The proposal's id.
    pub id: String,
    /// `proposed`, `refused` or `decided`.
    pub state: &'static str,
    /// Who asked for it.
    pub asked_by: String,
    /// When.
    pub asked_on: NaiveDate,
    /// Who else said yes.
    pub agreed: Vec<String>,
    /// Who said no.
    pub refused_by: Option<String>,
    /// What it is about.
    pub things: Vec<ThingRow>,
    /// The reader may say yes or no.
    pub may_decide: bool,
}

/// One thing, told without anything that stood in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThingRow {
    /// `page`, `file`, `print` or `paper`.
    pub kind: &'static str,
    /// The day it was put in.
    pub put_in_on: NaiveDate,
    /// Who put it in.
    pub put_in_by: Option<String>,
    /// Why, in the frame's language.
    pub why: String,
}

impl Page for TakenOut {
    const TEMPLATE: &'static str = "taken_out.html";
}

/// `/bog/{child}/side/{entry}/andet-barn`: whose page is it?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misfiled {
    /// The child in whose book it is.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The page's id.
    pub entry: String,
    /// The page's title.
    pub title: String,
    /// The children whose it may be.
    pub children: Vec<Choice>,
}

impl Page for Misfiled {
    const TEMPLATE: &'static str = "misfiled.html";
}
