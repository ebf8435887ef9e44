//! Asking the archive for what it has about oneself, and answering.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::claims::ClaimRow;
use super::{ContributeProblem, Field, Link, Page};

/// `/arkiv/ny`: asking for everything, or for a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskArchive {
    /// The municipality that has to answer.
    pub municipality: String,
    /// The day by which somebody is at it, asked today.
    pub acknowledge_by: NaiveDate,
    /// The day by which the answer comes, asked today.
    pub answer_by: NaiveDate,
    /// A part only.
    pub part: bool,
    /// In the asker's own words.
    pub words: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for AskArchive {
    const TEMPLATE: &'static str = "ask_archive.html";
}

/// `/arkiv/anmodninger`: what the municipality's archive is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestDesk {
    /// Books in which somebody has to look at a cover again, by whose they are.
    pub covers_due: Vec<(Link, u64)>,
    /// The municipality's name.
    pub municipality: String,
    /// Those who say that a book is theirs, as they came.
    pub claims: Vec<ClaimRow>,
    /// Those that wait, by the day their answer is due.
    pub open: Vec<RequestRow>,
    /// Those that are answered, newest first.
    pub closed: Vec<RequestRow>,
    /// More of them.
    pub more_href: Option<String>,
}

impl Page for RequestDesk {
    const TEMPLATE: &'static str = "request_desk.html";
}

/// One request in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestRow {
    /// Its page.
    pub href: String,
    /// Who asked.
    pub name: String,
    /// How far it is, as [`RequestView::stage`].
    pub stage: &'static str,
    /// The day it was asked.
    pub asked_on: NaiveDate,
    /// The day by which the next answer comes; absent where all was said.
    pub due: Option<NaiveDate>,
    /// That day has passed.
    pub late: bool,
    /// Who is at it.
    pub by: Option<String>,
}

/// `/arkiv/{request}`: how far it is, who is at it, and when the next answer comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestView {
    /// Its id.
    pub id: String,
    /// The reader asked for it.
    pub own: bool,
    /// Who asked.
    pub name: String,
    /// As whom somebody asks for another's papers (next_of_kin, researcher or anyone), and whose.
    pub outsider: Option<(&'static str, String)>,
    /// Who has to answer.
    pub municipality: String,
    /// Their number.
    pub phone: Option<String>,
    /// received, acknowledged, searched, reviewed, proposed, decided, delivered or withdrawn.
    pub stage: &'static str,
    /// The day by which the next answer comes; absent where all was said.
    pub due: Option<NaiveDate>,
    /// That day has passed.
    pub late: bool,
    /// A part only.
    pub part: bool,
    /// In the asker's own words.
    pub words: Option<String>,
    /// First to last.
    pub steps: Vec<RequestStep>,
    /// What was found.
    pub found: Vec<FoundRow>,
    /// Where else there may be more.
    pub elsewhere: Vec<PlaceRow>,
    /// What is decided or, where the reader answers, proposed.
    pub answer: Option<Answer>,
    /// What was granted, to be fetched.
    pub package: Option<PackageRow>,
    /// The thread.
    pub messages: Vec<MessageRow>,
    /// The reader may write in it.
    pub may_write: bool,
    /// The reader may take it back.
    pub may_withdraw: bool,
    /// What the reader may do on the archive's side.
    pub desk: Option<Desk>,
    /// What is being written.
    pub message: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for RequestView {
    const TEMPLATE: &'static str = "request.html";
}

/// One step of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestStep {
    /// received, acknowledged, searched, reviewed, decided or delivered.
    pub what: &'static str,
    /// done, now or later.
    pub state: &'static str,
    /// Who took it.
    pub who: Option<String>,
    /// When.
    pub on: Option<NaiveDate>,
    /// What they wrote.
    pub words: Option<String>,
}

/// How much of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundRow {
    /// The kind's short name.
    pub kind: &'static str,
    /// How many; none is an answer too.
    pub count: u64,
    /// From when to when, in years.
    pub years: Option<(i32, i32)>,
}

/// Somewhere else where there may be more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceRow {
    /// What it is called.
    pub name: String,
    /// What may lie there, and how to get at it.
    pub words: Option<String>,
}

/// Yes, yes in part, or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// granted, granted_in_part or refused.
    pub outcome: &'static str,
    /// Who says so.
    pub who: String,
    /// Who agreed.
    pub second: Option<String>,
    /// What they wrote.
    pub words: Option<String>,
    /// Why not.
    pub reason: Option<String>,
    /// The law and its section.
    pub ground: Option<String>,
    /// Where and how one complains.
    pub complain_to: Option<String>,
    /// The last day for it.
    pub complain_by: Option<NaiveDate>,
    /// How many pages of the book are held back.
    pub held_back: u64,
    /// How many places are covered for somebody else's sake.
    pub covered: u64,
    /// Where they are told of.
    pub covered_href: String,
}

/// What was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageRow {
    /// Where it is fetched.
    pub href: String,
    /// Length in bytes.
    pub size_bytes: u64,
    /// So many things should be in it and are lost.
    pub missing: u64,
}

/// What one of the two sides wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageRow {
    /// Who.
    pub who: String,
    /// The reader.
    pub mine: bool,
    /// Danish time.
    pub at: NaiveDateTime,
    /// What.
    pub words: String,
}

/// What somebody on the archive's side may do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Desk {
    /// acknowledge, search or review; absent where none is left.
    pub step: Option<&'static str>,
    /// Another day may be promised.
    pub may_postpone: bool,
    /// May decide.
    pub may_decide: bool,
    /// May agree to what is proposed, or send it back.
    pub may_second: bool,
    /// Proposed it, and waits for somebody else.
    pub waits: bool,
    /// The asker's book, for who may open it.
    pub book_href: Option<String>,
    /// The day of the answer.
    pub answer_by: Field,
    /// What the asker reads.
    pub words: Field,
    /// The chosen outcome.
    pub outcome: Field,
    /// Why not.
    pub reason: Field,
    /// The law and its section.
    pub ground: Field,
    /// Where one complains.
    pub complain_to: Field,
    /// The last day for it.
    pub complain_by: Field,
}
