//! Brothers and sisters, and the pages they give each other.

use chrono::NaiveDate;
use serde::Serialize;

use super::register::{Choice, Field};
use super::{ContributeProblem, Page};
use crate::book::{AgeBand, Giver};

/// `/bog/{child}/gaver`: what the child gives its brothers and sisters, and what they give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gifts {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// Waiting for the child's yes or no; what they are is told when it has said yes.
    pub offers: Vec<GiftRow>,
    /// In the child's own book.
    pub got: Vec<GiftRow>,
    /// Given by the child.
    pub given: Vec<GiftRow>,
}

impl Page for Gifts {
    const TEMPLATE: &'static str = "gifts.html";
}

/// A page between two siblings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GiftRow {
    /// The gift's id.
    pub id: String,
    /// The other one.
    pub other: Giver,
    /// The page's title, where the child may know it.
    pub title: Option<String>,
    /// Where the child reads it.
    pub href: Option<String>,
    /// The other one has not answered.
    pub waits: bool,
}

/// `/bog/{child}/side/{page}/giv`: to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivePage {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// The page.
    pub page: String,
    /// Its title.
    pub title: String,
    /// It is of a kind that may be given.
    pub may_give: bool,
    /// The child's brothers and sisters.
    pub siblings: Vec<GiveTo>,
    /// Names the request, so that a form sent twice gives one page.
    pub key: String,
}

impl Page for GivePage {
    const TEMPLATE: &'static str = "give_page.html";
}

/// A brother or sister to give it to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GiveTo {
    /// The record that says they are siblings.
    pub id: String,
    /// Who.
    pub sibling: Giver,
    /// The gift, where the page was given already.
    pub gift: Option<GiftRow>,
}

/// `/bog/{child}/soeskende`: who a child's brothers and sisters are, for those who decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Siblings {
    /// The child's id, which the other municipality is told.
    pub child: String,
    /// What the child is called.
    pub name: String,
    /// What the book is called.
    pub book_title: String,
    /// Those told of.
    pub siblings: Vec<SiblingRow>,
    /// The reader's other children.
    pub others: Vec<Choice>,
    /// The other child's number, where it is of another municipality.
    pub number: Field,
    /// What they are to each other.
    pub title: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for Siblings {
    const TEMPLATE: &'static str = "siblings.html";
}

/// A brother or sister.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiblingRow {
    /// The record's id.
    pub id: String,
    /// What the other one is to this child.
    pub title: String,
    /// What the other one is called, once its own book says so too.
    pub name: Option<String>,
}

/// `/bog/{child}/laengere-frem`: how far ahead of its age the child may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookAheadForm {
    /// The child's id.
    pub child: String,
    /// What the child is called.
    pub name: String,
    /// What the book is called.
    pub book_title: String,
    /// The child's own band.
    pub own: AgeBand,
    /// Those above it.
    pub bands: Vec<BandAhead>,
    /// Who said so last, and when.
    pub said: Option<(String, NaiveDate)>,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
}

impl Page for LookAheadForm {
    const TEMPLATE: &'static str = "look_ahead.html";
}

/// A band to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandAhead {
    /// The band.
    pub band: AgeBand,
    /// It is the hardest one that is open.
    pub chosen: bool,
}
