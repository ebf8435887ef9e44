//! Telling of somebody, or of a school, in a child's life.

use serde::Serialize;

use super::register::Field;
use super::{ContributeProblem, Page, PictureView};
use crate::book::AgeBand;

/// `/bog/{child}/mennesker/ny`, `/bog/{child}/skoler/ny`, and the same with the record's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TellLife {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band of the one who tells, for the size of the words.
    pub band: AgeBand,
    /// It is a school that is told of, not somebody.
    pub school: bool,
    /// Where the form goes.
    pub action: String,
    /// Something told before is told anew.
    pub is_change: bool,
    /// The name.
    pub name: Field,
    /// What they are to the child.
    pub title: Field,
    /// How somebody came into the child's life, or what sort of school it is.
    pub kind: Field,
    /// The town.
    pub place: Field,
    /// A line.
    pub words: Field,
    /// The first day.
    pub from: Field,
    /// The last day.
    pub until: Field,
    /// The day somebody died.
    pub died: Field,
    /// Pictures of the book to choose among.
    pub pictures: Vec<PictureChoice>,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for TellLife {
    const TEMPLATE: &'static str = "tell_life.html";
}

/// A picture of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureChoice {
    /// The picture.
    pub picture: PictureView,
    /// It is the one that is chosen.
    pub chosen: bool,
}
