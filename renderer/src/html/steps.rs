//! The links of one book in one reading.

use serde::Serialize;

use super::Reading;
use crate::book::{AgeBand, Book, Chapter, ChapterKind, Page};
use crate::leaves::leaves;

/// A link to a page of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The page's address.
    pub href: String,
    /// The page's title.
    pub title: String,
    /// It is the page being read.
    pub current: bool,
}

/// A link to a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterLink {
    /// The chapter's address.
    pub href: String,
    /// The chapter's name in addresses and for its colour and drawing.
    pub slug: &'static str,
    /// The chapter's title.
    pub title: &'static str,
}

/// Makes the links.
pub(super) struct Steps<'a> {
    /// The book.
    pub book: &'a Book,
    /// How it is read; links carry its age along.
    pub reading: &'a Reading,
}

impl Steps<'_> {
    /// To the cover.
    pub fn book_href(&self) -> String {
        self.with_query(format!("/bog/{}", self.book.child), &[])
    }

    /// To a page.
    pub fn page_href(&self, id: &str) -> String {
        self.with_query(format!("/bog/{}/side/{id}", self.book.child), &[])
    }

    /// To a leaf of a page, counted from nothing; the first one is the page itself.
    pub fn leaf_href(&self, id: &str, leaf: usize) -> String {
        let number = leaf + 1;
        let part = [("blad", number)];
        self.with_query(format!("/bog/{}/side/{id}", self.book.child), if leaf == 0 { &[] } else { &part })
    }

    /// To a part of a chapter, counted from nothing; the first one is the chapter itself.
    pub fn chapter_href(&self, kind: ChapterKind, part: usize) -> String {
        let number = [("del", part + 1)];
        let path = format!("/bog/{}/kapitel/{}", self.book.child, kind.slug());
        self.with_query(path, if part == 0 { &[] } else { &number })
    }

    fn with_query(&self, path: String, part: &[(&str, usize)]) -> String {
        let age = self.reading.age.map(|age| format!("age={age}"));
        let part = part.iter().map(|(name, number)| format!("{name}={number}"));
        let query: Vec<String> = age.into_iter().chain(part).collect();
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// To a page, with its title.
    pub fn step(&self, page: &Page) -> Step {
        Step { href: self.page_href(&page.id), title: page.title.clone(), current: false }
    }

    /// To a page, marked where it is the one being read.
    pub fn dot(&self, page: &Page, current: &str) -> Step {
        Step { current: page.id == current, ..self.step(page) }
    }

    /// To the end of a page, for whoever turns back: the youngest turn leaves.
    pub fn step_back(&self, page: &Page) -> Step {
        let last = if self.book.band == AgeBand::From3 { leaves(page).len() - 1 } else { 0 };
        Step { href: self.leaf_href(&page.id, last), ..self.step(page) }
    }

    /// To a chapter.
    pub fn chapter_link(&self, kind: ChapterKind) -> ChapterLink {
        ChapterLink {
            href: self.chapter_href(kind, 0),
            slug: kind.slug(),
            title: kind.title(self.book.language),
        }
    }

    /// To a chapter, or straight to its page where that is all there is in it.
    pub fn straight_link(&self, chapter: &Chapter) -> ChapterLink {
        let link = self.chapter_link(chapter.kind);
        match (&chapter.form, chapter.pages.as_slice()) {
            (None, [only]) => ChapterLink { href: self.page_href(&only.id), ..link },
            _ => link,
        }
    }
}
