//! What was taken out of a book and what is to stay in it, and how an adult tells that a page belongs in another.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Choice, ContributeProblem, Field, Page};
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
    /// What somebody has asked to stay: what still holds first, then newest first.
    pub holds: Vec<HoldRow>,
    /// The reader may ask for it too.
    pub may_ask: bool,
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
    /// It lies with another child too, and one of the two goes.
    pub with_another: bool,
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

/// Something that somebody has asked to stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldRow {
    /// The hold's id.
    pub id: String,
    /// One page with its pictures and files, and not everything.
    pub one_page: bool,
    /// Where that page is, for who may open it.
    pub page_href: Option<String>,
    /// `person`, `dispute`, `request` or `national_archive`.
    pub why: &'static str,
    /// In the words of whoever asked, for who may read them.
    pub words: Option<String>,
    /// Who asked for it.
    pub asked_by: String,
    /// When.
    pub asked_on: NaiveDate,
    /// Who lifted it; absent while it holds.
    pub lifted_by: Option<String>,
    /// When.
    pub lifted_on: Option<NaiveDate>,
    /// The reader may lift it.
    pub may_lift: bool,
}

/// `/bog/{child}/bliver`: asking that the book stays, or one page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskToStay {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The page's id, where it is about one.
    pub entry: Option<String>,
    /// That page's title, for who may read it.
    pub title: Option<String>,
    /// The reader is the one the book is about, and needs no other reason.
    pub own: bool,
    /// The chosen reason.
    pub why: Field,
    /// A few words about it.
    pub words: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for AskToStay {
    const TEMPLATE: &'static str = "ask_to_stay.html";
}

/// `/bog/{child}/bliver/{hold}`: is it to stay no longer?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LiftHold {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// What would hold no longer.
    pub hold: HoldRow,
}

impl Page for LiftHold {
    const TEMPLATE: &'static str = "lift_hold.html";
}
