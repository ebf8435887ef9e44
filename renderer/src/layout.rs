//! The book laid out: sheets of placed text, pictures and shapes, with the structure a screen reader follows.
//!
//! Pure: the same book gives the same sheets. Each is given away as soon as it is filled, so that a long life needs no more
//! memory than a short one; what stays is the [`Structure`]. `dump` prints both for people and golden tests.

mod blocks;
mod design;
#[cfg(test)]
mod dump;
mod facsimile;
mod flow;
mod forms;
mod front;
mod paper;
mod plain;
mod plate;
mod sheets;
mod structure;
mod words;

use kurbo::BezPath;

pub use design::Colour;
pub use facsimile::{FacsimilePage, facsimile};
pub use paper::{Paper, Size};
pub use plain::plain;
pub use sheets::Give;
pub use structure::{Bookmark, Node, NodeId, Role, Structure};

use crate::book::{Book, Chapter};
use crate::typeset::{Fonts, Line};

/// A rectangle in points, measured from the upper left corner of the sheet as it is when cut; what is printed beyond the
/// edges has coordinates there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// From the left edge.
    pub x: f32,
    /// From the upper edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
}

/// Something drawn on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line of text; `x` and `y` are where its baseline starts.
    Text {
        /// From the left edge, in points.
        x: f32,
        /// The baseline, from the upper edge, in points.
        y: f32,
        /// Type size in points.
        size: f32,
        /// The ink.
        colour: Colour,
        /// What is set.
        line: Line,
    },
    /// A picture, seen through a window.
    Picture {
        /// The media's id.
        id: String,
        /// Where the whole picture would stand.
        area: Area,
        /// What of it is seen.
        window: Area,
        /// Radius of the window's corners in points.
        radius: f32,
    },
    /// A filled box.
    Box {
        /// Where it stands.
        area: Area,
        /// Radius of its corners in points.
        radius: f32,
        /// The fill.
        colour: Colour,
    },
    /// Lines and curves, in one part or several.
    Path {
        /// Where they run, in points.
        path: BezPath,
        /// The colour of what they enclose.
        fill: Option<Colour>,
        /// How they are drawn themselves.
        stroke: Option<Stroke>,
    },
}

/// A line with round ends and corners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Thickness in points.
    pub width: f32,
    /// The ink.
    pub colour: Colour,
}

/// An item and the part of the structure it belongs to; none for mere decoration.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The structure element, or nothing for an artifact.
    pub node: Option<NodeId>,
    /// What is drawn.
    pub item: Item,
}

/// A place that leads to another sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it can be touched.
    pub area: Area,
    /// The sheet it leads to, from 0.
    pub target: usize,
    /// Its structure element.
    pub node: NodeId,
    /// Said by a screen reader.
    pub label: String,
}

/// One side of paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// In reading and drawing order.
    pub items: Vec<Placed>,
    /// Links on this sheet.
    pub links: Vec<Link>,
}

/// Lays the book out. The number of sheets is even, so that it can be bound.
pub fn lay_out<'a>(book: &'a Book, fonts: &'a Fonts, paper: Paper, give: &'a mut Give<'a>) -> Structure {
    let mut press = flow::Press::new(book, fonts, paper, give);
    front::cover(&mut press);
    front::endpaper(&mut press);
    let contents = front::reserve_contents(&mut press);
    for chapter in printed_chapters(book) {
        forms::chapter(&mut press, chapter);
    }
    if press.sheets.count().is_multiple_of(2) {
        front::endpaper(&mut press);
    }
    front::colophon(&mut press);
    front::contents(&mut press, contents);
    press.finish()
}

/// Chapters with something in them.
fn printed_chapters(book: &Book) -> impl Iterator<Item = &Chapter> {
    book.chapters.iter().filter(|chapter| chapter.form.is_some() || !chapter.pages.is_empty())
}

#[cfg(any(test, feature = "testing"))]
pub mod sample;
#[cfg(test)]
mod tests;
