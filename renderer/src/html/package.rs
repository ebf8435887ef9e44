//! The pages of a package that somebody takes home: opened from a disk by a double click, without a server, a script or
//! another file. Danish, with English beside.

use chrono::NaiveDate;
use serde::Serialize;

use super::Page;

/// The first page: whether it is all there, and the way to everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageIndex {
    /// The whole name of whom it is about.
    pub name: String,
    /// Their birthday.
    pub born: NaiveDate,
    /// Who kept it.
    pub municipality: String,
    /// The day the package was made.
    pub made_on: NaiveDate,
    /// Whether everything that the log has is accounted for.
    pub whole: bool,
    /// Versions that the log has, and how many of them are here.
    pub versions: usize,
    /// Of those, how many are here.
    pub present: usize,
    /// What is not here, in words.
    pub not_here: Vec<NotHere>,
    /// Lines of the log that belong to nobody any more.
    pub unattributed: u64,
    /// It is for somebody else than the one it is about: without the printed book and without registers.
    pub outsider: bool,
    /// Printed books from before.
    pub editions: Vec<Link>,
    /// The years with pages, the first one first.
    pub years: Vec<YearTile>,
    /// Homes, schools, people, meetings and wishes: each a list with its heading's key.
    pub lists: Vec<LifeList>,
    /// Files that stand on no page.
    pub loose: Vec<PackageFile>,
}

/// Something that the log has and the package has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotHere {
    /// It should be here: no decision keeps it away.
    pub hole: bool,
    /// What it is, and why.
    pub words: String,
}

/// A way to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Relative address.
    pub href: String,
    /// Its words.
    pub words: String,
}

/// A year with its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearTile {
    /// The year.
    pub year: i32,
    /// Relative address of its page.
    pub href: String,
    /// How many pages it has.
    pub pages: usize,
    /// A picture from it.
    pub picture: Option<Small>,
}

/// Lines about a life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LifeList {
    /// Key of its heading among the texts.
    pub heading: &'static str,
    /// Its lines.
    pub lines: Vec<LifeLine>,
}

/// Something in a life, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LifeLine {
    /// What or who.
    pub title: String,
    /// More about it; may be empty.
    pub words: String,
    /// From when, where that is known.
    pub from: Option<NaiveDate>,
    /// Until when.
    pub to: Option<NaiveDate>,
}

/// A small picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Small {
    /// Relative address.
    pub src: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A file that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageFile {
    /// Relative address of the original.
    pub href: String,
    /// As its giver called it.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// Words for those who cannot see it.
    pub alt: String,
    /// What is said in it, to be read.
    pub words: Vec<String>,
    /// It small, where it is a picture.
    pub small: Option<Small>,
    /// The copy in a format that lasts.
    pub copy: Option<String>,
}

/// The pages of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageYear {
    /// Whom it is about.
    pub name: String,
    /// The year.
    pub year: i32,
    /// The year before that has pages.
    pub before: Option<Link>,
    /// The next one.
    pub after: Option<Link>,
    /// Its pages, the first one first.
    pub pages: Vec<PackagePage>,
}

/// A page with all its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackagePage {
    /// Its place on the page.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// What it is, when and where, in words: Danish and English.
    pub facts: Vec<String>,
    /// The page it is told beside.
    pub beside: Option<Link>,
    /// The newest version.
    pub newest: PackageVersion,
    /// Those before, the newest first.
    pub earlier: Vec<PackageVersion>,
    /// Its files.
    pub files: Vec<PackageFile>,
    /// How many files stand on it that are not in the package.
    pub files_not_here: usize,
}

/// A version of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageVersion {
    /// From 1.
    pub number: u32,
    /// The title then.
    pub title: String,
    /// Who, when, how they know.
    pub facts: Vec<String>,
    /// Its texts.
    pub texts: Vec<PackageText>,
    /// Relative address of the plain text.
    pub plain: Option<String>,
    /// Relative address of the document as sealed.
    pub sealed: Option<String>,
    /// Relative address of the receipt.
    pub receipt: String,
}

/// A text for readers of an age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageText {
    /// BCP 47.
    pub language: String,
    /// For whom; empty where that is not said.
    pub audience: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

impl Page for PackageIndex {
    const TEMPLATE: &'static str = "package_index.html";
}

impl Page for PackageYear {
    const TEMPLATE: &'static str = "package_year.html";
}
