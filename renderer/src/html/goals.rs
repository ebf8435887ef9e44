//! What a child wants to reach, and what its adults do for it.

use serde::Serialize;

use super::{ContributeProblem, Page};
use crate::book::{AgeBand, Goal};

/// `/bog/{child}/maal`: the child says its goals and dreams and ticks them; its adults say what they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Goals {
    /// The child's id.
    pub child: String,
    /// What the child is called.
    pub name: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// The reader is the child.
    pub own: bool,
    /// The reader may say what it does for a goal.
    pub may_help: bool,
    /// For now.
    pub plan: Vec<Goal>,
    /// For later.
    pub dreams: Vec<Goal>,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for Goals {
    const TEMPLATE: &'static str = "goals.html";
}
