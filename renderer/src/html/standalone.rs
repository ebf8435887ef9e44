//! The whole book on one page that needs no server: pictures lie beside it in `pictures/`, the style in `bog.css`.

use serde::Serialize;

use super::Page;
use crate::book::{self, Book, Picture};

/// The whole book, to be opened from a disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standalone {
    title: String,
    child_name: String,
    municipality: String,
    made_on: chrono::NaiveDate,
    cover: Option<Picture>,
    chapters: Vec<Chapter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Chapter {
    slug: &'static str,
    title: &'static str,
    form: Option<book::Form>,
    pages: Vec<book::Page>,
}

impl Page for Standalone {
    const TEMPLATE: &'static str = "standalone.html";
}

impl Standalone {
    /// The style that lies beside the page.
    pub const STYLE: (&'static str, &'static str) = ("bog.css", "standalone.css");

    /// All of `book`.
    pub fn new(book: &Book) -> Self {
        let chapter = |chapter: &book::Chapter| Chapter {
            slug: chapter.kind.slug(),
            title: chapter.kind.title(book.language),
            form: chapter.form.clone(),
            pages: chapter.pages.clone(),
        };
        Self {
            title: book.title.clone(),
            child_name: book.child_name.clone(),
            municipality: book.municipality.clone(),
            made_on: book.made_on,
            cover: book.cover.clone(),
            chapters: book.chapters.iter().map(chapter).collect(),
        }
    }

    /// Where the page looks for a picture.
    pub fn picture_path(id: &str) -> String {
        format!("pictures/{id}.jpg")
    }
}
