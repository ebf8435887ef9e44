//! For the small: one large picture with the words below it, and the chapter's drawing where nobody has taken one.

use super::super::blocks::Style;
use super::super::design::{INK, WHITE};
use super::super::flow::Press;
use super::leaf::{self, Leaf};
use super::{Place, note_chapter, parts};
use crate::book::{Body, Chapter};
use crate::figures::chapters::palette;
use crate::typeset::Face;

/// A chapter of fewer pages needs no sheet to open it.
const ENOUGH_TO_OPEN: usize = 3;

pub(super) fn chapter(press: &mut Press, place: Place, chapter: &Chapter) {
    let opens = place.title.is_some() && chapter.pages.len() >= ENOUGH_TO_OPEN;
    if place.title.is_some() {
        let sheet = press.sheets.count();
        note_chapter(press, chapter, sheet);
    }
    if opens {
        opener(press, place, chapter);
    }
    let ground = if parts::is_youngest(press) { palette(chapter.kind).tint } else { WHITE };
    for (index, page) in chapter.pages.iter().enumerate() {
        let head = place.title.filter(|_| index == 0 && !opens);
        if !matches!(page.body, Body::Open { .. }) {
            leaf::waits(press, place.sect, head, chapter.kind, page);
            continue;
        }
        let leaf = Leaf {
            chapter: place.sect,
            kind: chapter.kind,
            pages: std::slice::from_ref(page),
            head,
            pictures: &page.pictures,
            ground,
        };
        leaf::place(press, &leaf);
    }
}

/// The chapter's drawing, large, in its colour.
pub(super) fn opener(press: &mut Press, place: Place, chapter: &Chapter) {
    let (width, height) = (press.paper.width(), press.paper.height());
    press.column = press.design.column(press.paper, palette(chapter.kind).tint);
    press.column.centred = true;
    press.new_sheet(press.column.ground);
    let (middle, radius) = ((width / 2.0, height * 0.4), width * 0.33);
    press.circle(middle, radius, WHITE);
    press.drawing(chapter.kind, middle, radius * 1.25);
    let size = press.design.display_size;
    let style = Style { face: Face::Title, size, leading: size * 1.2, colour: INK };
    let title = chapter.kind.title(press.book.language);
    let lines = press.lines(title, style, width - 1.6 * press.design.margin, None);
    let column = super::super::design::Column { x: 0.0, width, ..press.column };
    let below = middle.1 + radius + (height - middle.1 - radius) * 0.28;
    press.lines_at(place.title, lines, style, column, below - style.leading * 0.5);
}
