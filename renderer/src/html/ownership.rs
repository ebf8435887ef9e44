//! At 18 the book changes hands: what happens, who keeps reading, and what one takes along.

use chrono::NaiveDate;
use serde::Serialize;

use super::{ContributeProblem, Edition, Field, Page, Phone};
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
    /// What is said of the time after one's death; absent while one is not grown.
    pub afterwards: Option<AfterwardsFields>,
}

/// Who else may be given something once the owner is dead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AfterwardsFields {
    /// yes, no or nothing.
    pub next_of_kin: Field,
    /// yes, no or nothing.
    pub researcher: Field,
    /// Who, and who not.
    pub words: Field,
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

/// `/bog/{child}/med`: the leaving pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaving {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the reader reads in.
    pub band: AgeBand,
    /// The book is the reader's own already.
    pub grown: bool,
    /// This page, to look again.
    pub here: String,
    /// Printed books, the newest first.
    pub editions: Vec<Edition>,
    /// Packages, the newest first.
    pub packages: Vec<PackageMade>,
    /// Papers that stand in the book.
    pub papers: Vec<KeepPaper>,
    /// Those around the reader today, and those who were.
    pub people: Vec<KeepPerson>,
    /// Somebody is kept at hand.
    pub any_kept: bool,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
}

/// Everything in the book as one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageMade {
    /// Its id.
    pub id: String,
    /// Where it is fetched; absent while it is being made.
    pub href: Option<String>,
    /// The day it was made, or wanted.
    pub made_on: NaiveDate,
    /// How large it is.
    pub size_bytes: u64,
    /// What should be in it and is lost.
    pub missing: u64,
}

/// A paper in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeepPaper {
    /// The page's id.
    pub id: String,
    /// The page.
    pub href: String,
    /// What the page is called.
    pub title: String,
    /// The day it tells of.
    pub day: NaiveDate,
    /// Its files, as far as they are fetched as they came.
    pub files: Vec<PaperFile>,
    /// It is kept at hand.
    pub kept: bool,
}

/// A file of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperFile {
    /// Where it is fetched.
    pub href: String,
    /// As the giver called it.
    pub name: String,
}

/// Somebody to keep at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeepPerson {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they are to the reader.
    pub title: String,
    /// Where they are reached.
    pub phone: Option<Phone>,
    /// They are kept at hand.
    pub kept: bool,
}

/// `/bog/{child}/andre-steder`: where else there may be papers about a grown reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// The reader's id as the book's child.
    pub child: String,
    /// The book's title.
    pub book_title: String,
    /// The name today.
    pub name: String,
    /// The name from then, where it is another.
    pub name_then: Option<String>,
    /// The birthday.
    pub born: NaiveDate,
    /// Those of one's own childhood first.
    pub places: Vec<ElsewhereRow>,
}

impl Page for Elsewhere {
    const TEMPLATE: &'static str = "elsewhere.html";
}

/// A place where there may be something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElsewhereRow {
    /// What it is called.
    pub name: String,
    /// institution, school, municipality, national, health, appeals, courts or parish.
    pub what: String,
    /// The first year there; absent where it is everybody's.
    pub from: Option<i32>,
    /// The last year there.
    pub to: Option<i32>,
    /// Where its address is found.
    pub web: Option<String>,
}

/// `/bog/{child}/hjaelper`: somebody who reads along today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Helper {
    /// The child's id.
    pub child: String,
    /// The book's title.
    pub book_title: String,
    /// Whose link was made just now, and the link: shown once.
    pub shown: Option<(String, String)>,
    /// What the helper is called.
    pub name: Field,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for Helper {
    const TEMPLATE: &'static str = "helper.html";
}

impl Page for Leaving {
    const TEMPLATE: &'static str = "leaving.html";
}
