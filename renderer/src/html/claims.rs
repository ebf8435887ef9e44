//! Coming back after decades: telling that a book is yours, and two archivists who look.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::register::{Choice, Field};
use super::requests::{Answer, PackageRow};
use super::{ContributeProblem, Link, Page};

/// `/find`: for whoever has no way in any more; `/find/andres`: for whoever asks for what is another's who has died.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindBook {
    /// What only an outsider is asked; absent where the book is one's own.
    pub outsider: Option<OutsiderFields>,
    /// The municipalities whose archivists can look.
    pub municipalities: Vec<Choice>,
    /// The one that was chosen.
    pub municipality: Field,
    /// The name today.
    pub name: Field,
    /// The names as a child.
    pub names_then: Field,
    /// The birthday.
    pub born: Field,
    /// Where one lived, and with whom.
    pub places: Field,
    /// How one is reached.
    pub reach: Field,
    /// The last day that can be a birthday.
    pub today: NaiveDate,
    /// The archive writes back within so many working days.
    pub working_days: u32,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// What is asked of whoever asks for another's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OutsiderFields {
    /// next_of_kin, researcher or anyone.
    pub asks_as: Field,
    /// Who one is to them, or what it is for.
    pub purpose: Field,
    /// Who may be given what, a line for each class.
    pub rules: Vec<String>,
}

impl Page for FindBook {
    const TEMPLATE: &'static str = "find_book.html";
}

/// `/find/{secret}`: how far it is, for whoever asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimPage {
    /// Where this page is found again.
    pub address: String,
    /// The last part of it.
    pub secret: String,
    /// Whose archivists look.
    pub municipality: String,
    /// The day it was told.
    pub told_on: NaiveDate,
    /// The day by which the archive writes.
    pub answer_by: NaiveDate,
    /// looking, found, asked or not_found.
    pub stage: &'static str,
    /// Somebody asks for what is another's: how that goes.
    pub outsider: Option<OutsiderAnswer>,
    /// The last day on which the book opens from here.
    pub open_until: Option<NaiveDate>,
    /// What was written.
    pub messages: Vec<ClaimWord>,
    /// The papers the asker has sent, by name.
    pub papers: Vec<String>,
    /// What the asker writes.
    pub words: Field,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// How far an outsider's request is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutsiderAnswer {
    /// received, acknowledged, searched, reviewed, decided, delivered or withdrawn; absent before there is one.
    pub stage: Option<&'static str>,
    /// The day by which the next answer comes.
    pub due: Option<NaiveDate>,
    /// Yes, yes in part, or no.
    pub answer: Option<Answer>,
    /// What was granted, to be fetched.
    pub package: Option<PackageRow>,
    /// Who may be given what, a line for each class.
    pub rules: Vec<String>,
    /// The law, and where one complains, for who is told that nothing can be opened.
    pub ground: Option<(String, String)>,
}

impl Page for ClaimPage {
    const TEMPLATE: &'static str = "claim.html";
}

/// What one of the two sides wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimWord {
    /// The archivist; absent where it was the asker.
    pub by: Option<String>,
    /// Danish time.
    pub at: NaiveDateTime,
    /// What.
    pub words: String,
}

/// A claim on the desk of those who answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimRow {
    /// Its page.
    pub href: String,
    /// Who asks, by today's name.
    pub name: String,
    /// self, next_of_kin, researcher or anyone.
    pub asks_as: &'static str,
    /// looking, differs, found, asked or not_found.
    pub stage: &'static str,
    /// The day it was told.
    pub told_on: NaiveDate,
    /// The day by which the archive writes.
    pub answer_by: NaiveDate,
    /// That day has passed and nothing was written.
    pub late: bool,
    /// So many archivists have looked.
    pub looked: usize,
}

/// `/arkiv/find/{claim}`: an archivist looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimDesk {
    /// The claim's id.
    pub id: String,
    /// self, next_of_kin, researcher or anyone.
    pub asks_as: &'static str,
    /// Who an outsider is to the one who died, or what it is for.
    pub purpose: Option<String>,
    /// The outsider's request, once two have found the book.
    pub request_href: Option<String>,
    /// looking, differs, found, asked or not_found.
    pub stage: &'static str,
    /// The name today.
    pub name: String,
    /// The names as a child.
    pub names_then: String,
    /// The birthday that is told.
    pub born: NaiveDate,
    /// Where they lived, and with whom.
    pub places: Option<String>,
    /// How they are reached.
    pub reach: String,
    /// The day it was told.
    pub told_on: NaiveDate,
    /// The day by which the archive writes.
    pub answer_by: NaiveDate,
    /// That day has passed and nothing was written.
    pub late: bool,
    /// What was written.
    pub messages: Vec<ClaimWord>,
    /// The papers the asker has sent.
    pub papers: Vec<Link>,
    /// Who has looked.
    pub found: Vec<FoundBy>,
    /// Whose book it may be, the nearest first.
    pub candidates: Vec<CandidateRow>,
    /// The one chosen in the form sent just now.
    pub child: String,
    /// What proves it.
    pub proof: Field,
    /// What is written to the asker.
    pub words: Field,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for ClaimDesk {
    const TEMPLATE: &'static str = "claim_desk.html";
}

/// What one archivist found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundBy {
    /// The archivist.
    pub who: String,
    /// The reader.
    pub own: bool,
    /// False while each looks alone.
    pub told: bool,
    /// Whose book; absent where it is nobody's here, or not proven.
    pub child: Option<String>,
    /// What proves it.
    pub proof: String,
}

/// Somebody it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateRow {
    /// The child's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// A name from before.
    pub called_before: Option<String>,
    /// The birthday.
    pub born: NaiveDate,
    /// Where they lived, first to last.
    pub homes: Vec<CandidateHome>,
    /// same, near or other.
    pub birthday: &'static str,
    /// So many words of the names are the same.
    pub names: usize,
    /// So many words of the homes are.
    pub places: usize,
    /// Somebody is registered as the one the book is about.
    pub has_owner: bool,
    /// The day they died, where the register has it.
    pub died: Option<NaiveDate>,
    /// For an outsider's claim: why it may not be opened; empty where it may.
    pub closed: Option<String>,
    /// What they said of the time after their death.
    pub said: Option<String>,
}

/// Where somebody lived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateHome {
    /// What the home is called.
    pub name: String,
    /// Town or region.
    pub place: Option<String>,
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: Option<i32>,
}
