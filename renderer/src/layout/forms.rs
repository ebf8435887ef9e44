//! Chapters and their pages, in the form that suits the reader's age.

mod leaf;
mod life;
mod map;
mod parts;
mod photo_book;
mod picture_book;
mod reader;

use super::design::Form;
use super::flow::Press;
use super::structure::{Bookmark, NodeId, Role, Structure};
use crate::book::{Chapter, Page};

/// A chapter's place in the structure.
#[derive(Debug, Clone, Copy)]
struct Place {
    sect: NodeId,
    /// None where what the chapter tells before its pages has opened it.
    title: Option<NodeId>,
}

pub(super) fn chapter(press: &mut Press, chapter: &Chapter) {
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    let mut place = Place { sect, title: Some(press.node(sect, Role::H1)) };
    if let Some(form) = &chapter.form {
        life::place(press, place, chapter, form);
        place.title = None;
    }
    match press.design.form {
        Form::PictureBook => picture_book::chapter(press, place, chapter),
        Form::PhotoBook => photo_book::chapter(press, place, chapter),
        Form::Reader => reader::chapter(press, place, chapter),
    }
}

/// Notes that the chapter begins on a sheet.
fn note_chapter(press: &mut Press, chapter: &Chapter, sheet: usize) {
    press.structure.mark(chapter.kind.title(press.book.language), sheet);
}

/// Notes that the page begins on a sheet.
fn note_page(press: &mut Press, page: &Page, sheet: usize) {
    if let Some(chapter) = press.structure.bookmarks.last_mut() {
        chapter.children.push(Bookmark { title: page.title.clone(), sheet, children: Vec::new() });
    }
}
