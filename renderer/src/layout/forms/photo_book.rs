//! For those who read by themselves: spreads. A chapter opens with a picture to the edges on the left and its words on
//! the right; what the child says itself is set large.

use super::super::blocks::{Style, ratio, total_height};
use super::super::design::{Column, INK, WHITE};
use super::super::flow::Press;
use super::super::structure::{NodeId, Structure};
use super::super::{Area, Sheet, plate};
use super::leaf::{self, Leaf};
use super::{Place, note_chapter, parts, picture_book};
use crate::book::{Body, Chapter, Page, Picture};
use crate::figures::chapters::palette;
use crate::typeset::Face;

/// A chapter this long is opened by a sheet on whichever side it begins.
const LONG: usize = 3;

pub(super) fn chapter(press: &mut Press, place: Place, chapter: &Chapter) {
    if place.title.is_some() {
        let sheet = press.sheets.count();
        note_chapter(press, chapter, sheet);
    }
    let opens = place.title.is_some() && (press.next_is_left() || chapter.pages.len() >= LONG);
    let mut head = place.title.filter(|_| !opens);
    let mut shown = if opens { opener(press, place, chapter) } else { 0 };
    let mut pages = chapter.pages.as_slice();
    while let Some(page) = pages.first() {
        if !matches!(page.body, Body::Open { .. }) {
            leaf::waits(press, place.sect, head.take(), chapter.kind, page);
            pages = &pages[1..];
            continue;
        }
        let (together, later) = pages.split_at(sharing(press, chapter, pages, shown));
        let pictures = &page.pictures[shown..];
        let ground = if parts::is_own_voice(page) { palette(chapter.kind).tint } else { WHITE };
        let leaf = Leaf {
            chapter: place.sect,
            kind: chapter.kind,
            pages: together,
            head: head.take(),
            pictures,
            ground,
        };
        leaf::place(press, &leaf);
        (pages, shown) = (later, 0);
    }
}

/// How many of the pages, at least one, stand on one sheet: short ones without pictures.
fn sharing(press: &Press, chapter: &Chapter, pages: &[Page], shown: usize) -> usize {
    if pages[0].pictures.len() > shown {
        return 1;
    }
    let column = press.design.column(press.paper, WHITE);
    // Measured on a press of its own, so that nothing is left behind in the structure.
    let mut nowhere = |_: usize, _: &Sheet, _: &Structure| {};
    let mut trial = Press::new(press.book, press.fonts, press.paper, &mut nowhere);
    let mut height = 0.0;
    let mut count = 0;
    for (index, page) in pages.iter().enumerate() {
        let alike = parts::is_own_voice(page) == parts::is_own_voice(&pages[0]);
        let open = matches!(page.body, Body::Open { .. });
        if index > 0 && !(alike && open && page.pictures.is_empty()) {
            break;
        }
        let mut blocks = parts::heading(&mut trial, Structure::DOCUMENT, page);
        blocks.extend(parts::words_of(&mut trial, Structure::DOCUMENT, chapter.kind, page));
        height += total_height(&blocks) + press.design.title_size * 1.9;
        if index > 0 && height > column.height() {
            break;
        }
        count = index + 1;
    }
    count.max(1)
}

/// A whole sheet: the first page's first picture, or the chapter's drawing. Answers how many pictures it shows.
fn opener(press: &mut Press, place: Place, chapter: &Chapter) -> usize {
    let first = chapter.pages.first().and_then(|page| page.pictures.first());
    let Some(picture) = first else {
        picture_book::opener(press, place, chapter);
        return 0;
    };
    let node = press.figure(place.sect, picture);
    with_picture(press, place, chapter, node, picture);
    1
}

fn with_picture(press: &mut Press, place: Place, chapter: &Chapter, node: NodeId, picture: &Picture) {
    let (width, height) = (press.paper.width(), press.paper.height());
    let tint = palette(chapter.kind).tint;
    let plate = plate::tallest(width, (height * 0.4, height * 0.76), &[ratio(picture)]);
    let bottom = plate.areas.first().map_or(height * 0.6, |area| area.height);
    press.new_sheet(tint);
    press.photo(node, picture, Area { x: 0.0, y: 0.0, width, height: bottom });
    let margin = press.design.margin;
    let radius = press.design.display_size * 0.9;
    press.circle((margin + radius, bottom), radius, tint);
    press.drawing(chapter.kind, (margin + radius, bottom), radius * 1.25);
    let size = press.design.display_size;
    let style = Style { face: Face::Title, size, leading: size * 1.2, colour: INK };
    let column = Column { x: margin, width: width - 2.0 * margin, ..press.design.column(press.paper, tint) };
    let lines = press.lines(chapter.kind.title(press.book.language), style, column.width, None);
    let spare = (height - bottom - radius - lines.len() as f32 * style.leading).max(0.0);
    press.lines_at(place.title, lines, style, column, bottom + radius + spare * 0.3);
}
