//! What became of each line.

use std::borrow::Cow;

use serde::Serialize;
use uuid::Uuid;

use crate::problem::Problem;

/// Why something was not taken in, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Stable.
    pub code: &'static str,
    pub why: Cow<'static, str>,
    pub next_step: Cow<'static, str>,
}

const ONE_MORE_TIME: &str = "Put the line right and run it again: what is there already stays as it is.";

impl Refusal {
    pub const NO_FILE: Self =
        Self::known("no_file", "the folder has no such file", "Look at the spelling, or put the file there.");
    pub const OUTSIDE: Self = Self::known(
        "outside_folder",
        "the name leads out of the folder",
        "Put the file into the folder, and name it from there on.",
    );
    pub const LINK: Self = Self::known("link", "it is a link", "Put the file itself there.");
    pub const NOT_A_FILE: Self = Self::known("not_a_file", "it is no file", "Name each file on its own.");
    pub const UNREADABLE_FILE: Self =
        Self::known("unreadable_file", "the file cannot be read", "Look at its permissions and at the disk.");
    pub const CHANGED: Self = Self::known(
        "changed",
        "the file changed while it was read",
        "Run it again when nobody works in the folder.",
    );
    pub const MORE_FIELDS: Self = Self::known(
        "columns",
        "the line has more fields than the first one",
        "Put fields with a separator in them into quotation marks.",
    );
    pub const NOT_UTF8: Self =
        Self::known("not_utf8", "the line is not UTF-8", "Save the index as \"CSV UTF-8\".");
    pub const LINE_TOO_LONG: Self =
        Self::known("line_too_long", "the line is longer than 1 MB", ONE_MORE_TIME);
    pub const UNREADABLE: Self = Self::known("unreadable", "the line cannot be read", ONE_MORE_TIME);
    pub const UNCLOSED: Self = Self::known(
        "unclosed_quote",
        "a quotation mark is opened on this line and never closed: all that follows was read as part of it",
        ONE_MORE_TIME,
    );
    pub const NOTHING: Self = Self::known(
        "nothing",
        "the line has neither a file nor a text",
        "Give it one of them, or take it away.",
    );
    pub const TAKEN_OUT: Self = Self::known(
        "taken_out",
        "it was taken in before, and somebody has taken it out of the book since",
        "See the book's register of what was taken out.",
    );

    const fn known(code: &'static str, why: &'static str, next_step: &'static str) -> Self {
        Self { code, why: Cow::Borrowed(why), next_step: Cow::Borrowed(next_step) }
    }

    pub fn of(problem: &Problem) -> Self {
        let (_, words) = problem.words();
        let why = format!("{} {}", words.title, words.detail);
        Self { code: problem.code().0, why: why.into(), next_step: words.next_step.into() }
    }
}

/// What became of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    pub line: u64,
    /// As the index names them.
    pub files: Vec<String>,
    #[serde(flatten)]
    pub fate: Fate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Fate {
    /// `entry` is missing where it was only looked at.
    TakenIn {
        #[serde(skip_serializing_if = "Option::is_none")]
        entry: Option<Uuid>,
        /// Files of the line that lie in other pages already, and were left there.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        left_out: Vec<String>,
    },
    /// By an earlier run, or because its files lie in a page of this child's already.
    AlreadyThere {
        entry: Uuid,
    },
    Refused(Refusal),
}

/// What became of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub taken_in: Vec<Told>,
    pub already_there: Vec<Told>,
    pub refused: Vec<Told>,
    /// Files that no line names; the first thousand of them.
    pub not_in_index: Vec<String>,
    pub not_in_index_count: u64,
    /// Columns that are not known: what stands in them is not taken in.
    pub unknown_columns: Vec<String>,
    /// Why it could not go on; all that stands above is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Refusal>,
}

impl Report {
    pub fn add(&mut self, told: Told) {
        match told.fate {
            Fate::TakenIn { .. } => self.taken_in.push(told),
            Fate::AlreadyThere { .. } => self.already_there.push(told),
            Fate::Refused(_) => self.refused.push(told),
        }
    }

    /// True where all that lies in the folder is in the book.
    pub fn is_all_in(&self) -> bool {
        self.refused.is_empty() && self.not_in_index_count == 0 && self.stopped.is_none()
    }
}
