//! The child chooses how its book looks.

use serde::Serialize;

use super::register::Field;
use super::{ContributeProblem, Page, PictureChoice};
use crate::book::{AgeBand, Cloth};

/// `/bog/{child}/forside`: the cover, the cloth, the title, and what the child is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArrangeCover {
    /// The child's id.
    pub child: String,
    /// What the book is called now.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// What the child is called.
    pub called: Field,
    /// What the child was called before, where it wants that told.
    pub called_before: Field,
    /// What the book is called.
    pub title: Field,
    /// All the cloths.
    pub cloths: Vec<ClothChoice>,
    /// Pictures that everybody sees.
    pub pictures: Vec<PictureChoice>,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for ArrangeCover {
    const TEMPLATE: &'static str = "arrange_cover.html";
}

/// A cloth to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClothChoice {
    /// Which.
    pub cloth: Cloth,
    /// It is the one that is chosen.
    pub chosen: bool,
}
