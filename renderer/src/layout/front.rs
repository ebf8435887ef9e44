//! What is around the chapters: cover, endpapers, contents and the last sheet.

use super::blocks::{Style, ratio};
use super::design::{Colour, Column, Form, INK, ON_CLOTH, ROOM, SOFT_INK, THREAD, WHITE};
use super::flow::Press;
use super::sheets::Numbered;
use super::structure::{NodeId, Role, Structure};
use super::{Area, Link, Size, plate, printed_chapters, words};
use crate::book::{ChapterKind, Picture};
use crate::figures::chapters::palette;
use crate::typeset::Face;

pub(super) fn cover(press: &mut Press) {
    let (width, margin) = (press.paper.width(), press.design.margin);
    press.new_sheet(Colour::of(press.book.cloth.colour()));
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    let below = match press.book.cover.as_ref() {
        Some(picture) => cover_picture(press, sect, picture),
        None => cover_drawing(press),
    };
    let size = press.design.title_size.max(24.0) * 1.6;
    let large = Style { face: Face::Title, size, leading: size * 1.18, colour: ON_CLOTH };
    let size = press.design.small_size * 1.25;
    let small = Style { face: Face::Reading, size, leading: size * 1.6, colour: THREAD };
    let column = Column { x: margin, width: width - 2.0 * margin, ..press.column };
    let title = press.lines(&press.book.title, large, column.width, None);
    let line = press.lines(&words::cover_line(press.book), small, column.width, None);
    let needed = title.len() as f32 * large.leading + line.len() as f32 * small.leading;
    let y = below + (press.paper.height() - below - needed).max(0.0) * 0.46;
    let node = press.node(sect, Role::H1);
    let y = press.lines_at(Some(node), title, large, column, y);
    let node = press.node(sect, Role::P);
    press.lines_at(Some(node), line, small, column, y + small.size * 0.5);
}

/// The picture to three edges; answers where it ends.
fn cover_picture(press: &mut Press, sect: NodeId, picture: &Picture) -> f32 {
    let (width, height) = (press.paper.width(), press.paper.height());
    let plate = plate::tallest(width, (height * 0.45, height * 0.74), &[ratio(picture)]);
    let bottom = plate.areas.first().map_or(height * 0.6, |area| area.height);
    let node = press.figure(sect, picture);
    press.photo(node, picture, Area { x: 0.0, y: 0.0, width, height: bottom });
    press.fill(Area { x: 0.0, y: bottom, width, height: 5.0 }, 0.0, THREAD);
    bottom + 5.0
}

fn cover_drawing(press: &mut Press) -> f32 {
    let (width, height) = (press.paper.width(), press.paper.height());
    let (middle, radius) = ((width / 2.0, height * 0.38), width * 0.3);
    press.circle(middle, radius, ON_CLOTH);
    press.drawing(ChapterKind::MeNow, middle, radius * 1.3);
    middle.1 + radius
}

/// The inside of the cover: all the chapters' drawings.
pub(super) fn endpaper(press: &mut Press) {
    /// Side by side.
    const COLUMNS: usize = 5;
    press.new_sheet(ROOM);
    let cell = press.paper.width() / COLUMNS as f32;
    let rows = (press.paper.height() / cell).ceil() as usize;
    let top = (press.paper.height() - rows as f32 * cell) / 2.0;
    for row in 0..rows {
        // Every other row stands between the columns of the one above.
        let shift = if row % 2 == 0 { 0.0 } else { 0.5 };
        let count = if row % 2 == 0 { COLUMNS } else { COLUMNS - 1 };
        for column in 0..count {
            let kind = ChapterKind::ALL[(row * COLUMNS + column * 3 + row) % ChapterKind::ALL.len()];
            let middle = ((column as f32 + 0.5 + shift) * cell, top + (row as f32 + 0.5) * cell);
            press.circle(middle, cell * 0.36, palette(kind).tint);
            press.drawing(kind, middle, cell * 0.42);
        }
    }
}

/// The contents' place in the book, kept until the page numbers are known.
pub(super) struct Contents {
    sheet: Option<Numbered>,
    heading: NodeId,
    list: NodeId,
}

pub(super) fn reserve_contents(press: &mut Press) -> Contents {
    press.column = press.design.column(press.paper, WHITE);
    press.new_numbered_sheet();
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    let heading = press.node(sect, Role::H1);
    let list = press.node(sect, Role::Toc);
    press.structure.mark(words::contents(press.book.language), press.sheet());
    Contents { sheet: press.sheets.lay_aside(), heading, list }
}

/// A line of the contents.
struct Entry {
    /// Nothing for what is no chapter.
    kind: Option<ChapterKind>,
    title: String,
    target: usize,
}

pub(super) fn contents(press: &mut Press, contents: Contents) {
    let Contents { sheet, heading, list } = contents;
    press.sheets.take_up(sheet, &press.structure);
    let (width, margin) = (press.paper.width(), press.design.margin);
    press.column = press.design.column(press.paper, WHITE);
    let column = Column { x: margin, width: width - 2.0 * margin, centred: false, ..press.column };
    let size = press.design.display_size * 0.85;
    let large = Style { face: Face::Title, size, leading: size * 1.2, colour: INK };
    let lines = press.lines(words::contents(press.book.language), large, column.width, None);
    let top = press.lines_at(Some(heading), lines, large, column, column.top) + size * 0.5;
    let kinds = printed_chapters(press.book).map(|chapter| Some(chapter.kind)).chain([None]);
    let marks = press.structure.bookmarks.iter().skip(1);
    let entries: Vec<Entry> = marks
        .zip(kinds)
        .map(|(mark, kind)| Entry { kind, title: mark.title.clone(), target: mark.sheet })
        .collect();
    // Those who do not read yet find their way by large drawings, side by side.
    let columns = if press.design.form == Form::PictureBook { 2 } else { 1 };
    let rows = entries.len().div_ceil(columns);
    let most = if columns > 1 { press.design.size * 5.0 } else { press.design.size * 3.4 };
    let row = ((column.bottom - top) / rows.max(1) as f32).min(most);
    let cell = column.width / columns as f32;
    for (index, entry) in entries.iter().enumerate() {
        let (x, y) = (margin + (index % columns) as f32 * cell, top + (index / columns) as f32 * row);
        let area = Area { x, y, width: cell, height: row };
        contents_entry(press, list, entry, area);
    }
}

fn contents_entry(press: &mut Press, list: NodeId, entry: &Entry, area: Area) {
    let item = press.node(list, Role::TocItem);
    let node = press.node(item, Role::Link);
    let radius = area.height * 0.42;
    let middle = (area.x + radius, area.y + area.height * 0.5);
    match entry.kind {
        Some(kind) => {
            press.circle(middle, radius, palette(kind).tint);
            press.drawing(kind, middle, radius * 1.25);
        }
        None => press.circle(middle, radius * 0.3, THREAD),
    }
    let size = (area.height * 0.4).min(press.design.size * if press.design.centred { 0.68 } else { 1.05 });
    let style = Style { face: Face::Reading, size, leading: size * 1.25, colour: INK };
    let soft = Style { colour: SOFT_INK, ..style };
    let number = press.lines(&(entry.target + 1).to_string(), soft, 60.0, None);
    let aside = number.first().map_or(0.0, |line| line.width) + size * 0.8;
    let x = area.x + radius * 2.0 + size * 0.7;
    let column = Column { x, width: area.x + area.width - x - aside, centred: false, ..press.column };
    let mut lines = press.lines(&entry.title, style, column.width, None);
    if let Some(last) = lines.last_mut() {
        last.goes_on = true;
    }
    let y = area.y + (area.height - lines.len() as f32 * style.leading) / 2.0;
    press.lines_at(Some(node), lines, style, column, y);
    for line in number {
        let right = Column { x: area.x + area.width - line.width - size * 0.4, ..column };
        let y = area.y + (area.height - soft.leading) / 2.0;
        press.lines_at(Some(node), vec![line], soft, right, y);
    }
    let label = words::goes_to(&entry.title, entry.target + 1, press.book.language);
    press.sheets.link(Link { area, target: entry.target, node, label });
}

pub(super) fn colophon(press: &mut Press) {
    let (width, height, margin) = (press.paper.width(), press.paper.height(), press.design.margin);
    press.column = press.design.column(press.paper, ROOM);
    press.new_sheet(ROOM);
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    let title = words::about_the_book(press.book.language);
    press.structure.mark(title, press.sheet());
    let base = if press.paper.size == Size::A5 { 0.8 } else { 1.0 };
    let large = Style { face: Face::Title, size: 22.0 * base, leading: 30.0 * base, colour: INK };
    let plain = Style { face: Face::Reading, size: 11.0 * base, leading: 17.0 * base, colour: INK };
    let column =
        Column { x: margin, width: (width - 2.0 * margin).min(380.0), centred: false, ..press.column };
    let heading = press.node(sect, Role::H1);
    let heading_lines = press.lines(title, large, column.width, None);
    let paragraphs: Vec<_> = words::colophon(press.book)
        .iter()
        .map(|paragraph| (press.node(sect, Role::P), press.lines(paragraph, plain, column.width, None)))
        .collect();
    let lines: usize = paragraphs.iter().map(|(_, lines)| lines.len()).sum();
    let needed = large.leading + lines as f32 * plain.leading + paragraphs.len() as f32 * 8.0 + 10.0;
    // At the foot of the sheet, as the last word of a book stands.
    let top = height - margin - needed;
    let mut y = press.lines_at(Some(heading), heading_lines, large, column, top) + 8.0;
    for (node, lines) in paragraphs {
        y = press.lines_at(Some(node), lines, plain, column, y) + 8.0;
    }
    let side = 40.0 * base;
    press.circle((margin + side * 0.75, top - side), side * 0.75, palette(ChapterKind::Future).tint);
    press.drawing(ChapterKind::Future, (margin + side * 0.75, top - side), side);
}
