//! What is covered in a book for somebody else's sake: told, proposed, decided.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ContributeProblem, Field, Link, Page};
use crate::book::AgeBand;

/// `/bog/{child}/daekket`: what is covered, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the reader reads in, for the size of the words.
    pub band: AgeBand,
    /// The reader is the one whose book it is.
    pub own: bool,
    /// The reader decides about covers.
    pub decides: bool,
    /// In the order they were proposed, by page and file.
    pub covers: Vec<CoverRow>,
    /// Why what was sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// One cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverRow {
    /// The id of the record it belongs to.
    pub id: String,
    /// Its number there, from 1.
    pub number: usize,
    /// `page`, `file` or `book`.
    pub on: &'static str,
    /// The page's title, or the file's name.
    pub title: Option<String>,
    /// Where the page is.
    pub href: Option<String>,
    /// `words`, `spot` or `whole`.
    pub kind: &'static str,
    /// A spot's page, from 1.
    pub page: Option<u32>,
    /// `identity`, `health`, `private_life` or `source`.
    pub matter: &'static str,
    /// Why.
    pub reason: String,
    /// The law and its section.
    pub ground: String,
    /// When somebody looks at it again.
    pub review_on: NaiveDate,
    /// What lifts it before.
    pub review_when: Option<String>,
    /// That day has come, for whoever has to look.
    pub overdue: bool,
    /// `proposed`, `standing`, `sent_back` or `lifted`.
    pub state: &'static str,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_on: NaiveDate,
    /// Who agreed.
    pub second: Option<String>,
    /// Who sent it back, or lifted it.
    pub last_by: Option<String>,
    /// When.
    pub last_on: Option<NaiveDate>,
    /// What they said.
    pub said: Option<String>,
    /// What lies beneath, for whoever decides.
    pub beneath: Option<Beneath>,
    /// The reader may agree, or send it back.
    pub may_answer: bool,
    /// The reader may lift it.
    pub may_lift: bool,
    /// Names the answer, so that a form sent twice does one thing.
    pub key: String,
}

/// What lies beneath a cover.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Beneath {
    /// Words.
    pub lines: Vec<String>,
    /// Where the covered piece of a picture is.
    pub picture: Option<String>,
    /// Where the covered file is.
    pub file: Option<String>,
}

impl Page for Covered {
    const TEMPLATE: &'static str = "covered.html";
}

/// `/bog/{child}/daekket/ny`: something is to be covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverForm {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The page it is on.
    pub entry: Option<String>,
    /// The file it is on.
    pub media: Option<String>,
    /// What the page or file is called.
    pub title: Option<String>,
    /// What stands on the page.
    pub texts: Vec<String>,
    /// The files on it, by what they are called.
    pub files: Vec<Link>,
    /// The picture of which a spot is covered.
    pub spotted: Option<Spotted>,
    /// What was chosen: `words`, `book` or `whole`.
    pub what: String,
    /// One phrase a line.
    pub words: Field,
    /// Only what is wrong with the spot.
    pub spot: Field,
    /// Only what is wrong with covering all of it.
    pub whole: Field,
    /// Left, top, width and height, as they were typed.
    pub sides: [String; 4],
    /// What may be chosen as matter.
    pub matters: Vec<&'static str>,
    /// What is beneath.
    pub matter: Field,
    /// Why.
    pub reason: Field,
    /// The law and its section.
    pub ground: Field,
    /// When somebody looks at it again.
    pub review_on: Field,
    /// What lifts it before.
    pub review_when: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// A picture with the spots of it that are covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spotted {
    /// Where the picture is.
    pub src: String,
    /// The page of a paper, from 1.
    pub page: Option<u32>,
    /// Left, top, width and height in thousandths.
    pub spots: Vec<[u32; 4]>,
}

impl Page for CoverForm {
    const TEMPLATE: &'static str = "cover_form.html";
}
