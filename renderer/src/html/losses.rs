//! What is known to have been there and is gone.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ContributeProblem, Field, Page};
use crate::book::AgeBand;

/// `/bog/{child}/vaek`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Losses {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the reader reads in, for the size of the words.
    pub band: AgeBand,
    /// By the time they are about.
    pub losses: Vec<LossRow>,
    /// The reader may tell of more.
    pub may_tell: bool,
    /// What it was.
    pub what: Field,
    /// What became of it.
    pub became: Field,
    /// What may have become of it.
    pub kinds: Vec<&'static str>,
    /// How one knows that it was there.
    pub known_from: Field,
    /// Where it was seen last.
    pub kept_by: Field,
    /// What is known of how, when and by whom.
    pub words: Field,
    /// The first day it is about.
    pub from: Field,
    /// The last one.
    pub until: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// Something that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LossRow {
    /// The record's id.
    pub id: String,
    /// What it was.
    pub what: String,
    /// `destroyed`, `lost`, `withheld` or `found`.
    pub became: &'static str,
    /// How one knows that it was there.
    pub known_from: Option<String>,
    /// Where it was seen last.
    pub kept_by: Option<String>,
    /// What is known of how, when and by whom.
    pub words: Option<String>,
    /// The first day it is about.
    pub from: Option<NaiveDate>,
    /// The last one.
    pub until: Option<NaiveDate>,
    /// Who told of it.
    pub told_by: String,
    /// When.
    pub told_on: NaiveDate,
    /// The reader may tell of it anew.
    pub may_change: bool,
}

impl Page for Losses {
    const TEMPLATE: &'static str = "losses.html";
}
