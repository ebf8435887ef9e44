//! Reading without a line: what a device keeps, and what it shows where nothing is kept.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::Page;
use crate::book::{AgeBand, Body, Book, Own};

/// What a page is to a device that keeps the book for reading without a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Keeping {
    /// Nothing is kept of it.
    #[default]
    No,
    /// The device may ask for a copy.
    May,
    /// It is such a copy.
    Copy {
        /// It is forgotten then; local time.
        until: NaiveDateTime,
    },
}

/// `/bog/{child}/uden-net`: what lies on this device, for how long, and the switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offline {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// Whether it lies on this device.
    pub kept: WhetherKept,
}

impl Page for Offline {
    const TEMPLATE: &'static str = "offline.html";
}

/// Whether a book lies on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum WhetherKept {
    /// It does.
    Until {
        /// When it is forgotten at the latest; local time.
        at: NaiveDateTime,
    },
    /// The reader does not want it.
    Refused,
    /// The device is another child's own.
    Anothers,
    /// An adult reads too, so nothing is put on it now.
    Never,
}

/// `/uden-net`: no line, and nothing kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NoLine {}

impl Page for NoLine {
    const TEMPLATE: &'static str = "no_line.html";
}

/// The book as it may be kept: no page that waits, none that only the reader sees, none it has put away.
pub fn copy_of(book: &Book) -> Book {
    let mut copy = book.clone();
    copy.hidden = Vec::new();
    for chapter in &mut copy.chapters {
        chapter.pages.retain(|page| {
            // What a brother or sister gave may be taken back.
            let kept = page.from.is_none() && page.own.is_none_or(|own| own != Own::Private);
            matches!(page.body, Body::Open { .. }) && kept
        });
        let kept: Vec<String> = chapter.pages.iter().map(|page| page.id.clone()).collect();
        for page in &mut chapter.pages {
            page.beside = page.beside.take().filter(|other| kept.contains(other));
        }
    }
    copy.chapters.retain(|chapter| chapter.form.is_some() || !chapter.pages.is_empty());
    copy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Language, Page};
    use crate::html::samples::book;

    #[test]
    fn a_copy_holds_no_page_that_waits_and_none_that_is_private() {
        let mut whole = book(AgeBand::From7, Language::Da);
        let chapter = whole.chapters.iter_mut().find(|chapter| chapter.pages.len() > 1).unwrap();
        chapter.pages[0].own = Some(Own::Private);
        chapter.pages[1].beside = Some(chapter.pages[0].id.clone());
        let private = chapter.pages[0].id.clone();
        let copy = copy_of(&whole);
        let open = |page: &Page| matches!(page.body, Body::Open { .. });
        assert!(whole.pages().any(|(_, page)| !open(page)), "the sample has pages that wait");
        assert!(copy.pages().count() > 0 && copy.pages().all(|(_, page)| open(page)));
        assert!(copy.pages().all(|(_, page)| page.id != private && page.beside.as_ref() != Some(&private)));
    }
}
