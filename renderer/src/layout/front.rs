//! Cover, contents and the last sheet.

use super::blocks::{Style, filling, ratio};
use super::design::{CREAM, HONEY, INK, PAPER_HEIGHT, PAPER_WIDTH, ROSE, SAGE, SOFT_INK, TINTS};
use super::flow::Press;
use super::structure::{NodeId, Role, Structure};
use super::{Area, Bookmark, Item, Link, words};
use crate::book::Picture;
use crate::typeset::Face;

const COVER_MARGIN: f32 = 56.0;

pub(super) fn cover(press: &mut Press) {
    press.new_sheet();
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    press.fill(Area { x: 0.0, y: 0.0, width: PAPER_WIDTH, height: PAPER_HEIGHT }, 0.0, CREAM);
    press.circle(90.0, PAPER_HEIGHT + 390.0, 470.0, HONEY);
    press.circle(PAPER_WIDTH + 30.0, PAPER_HEIGHT + 410.0, 470.0, ROSE);
    let below = match press.book.cover.as_ref() {
        Some(picture) => cover_picture(press, sect, picture),
        None => cover_drawing(press),
    };
    let large = Style { face: Face::Title, size: 46.0, leading: 56.0, colour: INK };
    let small = Style { face: Face::Reading, size: 15.0, leading: 24.0, colour: SOFT_INK };
    let width = PAPER_WIDTH - 2.0 * COVER_MARGIN;
    let title = press.node(sect, Role::H1);
    let lines = press.lines(&press.book.title, large, width, None);
    let y = press.lines_at(title, lines, large, COVER_MARGIN, below + 44.0);
    let line = press.node(sect, Role::P);
    let lines = press.lines(&words::cover_line(press.book), small, width, None);
    press.lines_at(line, lines, small, COVER_MARGIN, y + 10.0);
}

/// The picture over the whole width; answers where it ends.
fn cover_picture(press: &mut Press, sect: NodeId, picture: &Picture) -> f32 {
    let ratio = ratio(picture);
    let height = (PAPER_WIDTH / ratio).clamp(380.0, 590.0);
    let window = Area { x: 0.0, y: 0.0, width: PAPER_WIDTH, height };
    let node = press.node(sect, Role::Figure);
    press.structure.nodes[node].alt = Some(picture.alt.clone());
    let item = Item::Picture { id: picture.id.clone(), area: filling(window, ratio), window, radius: 0.0 };
    press.put(Some(node), item);
    press.fill(Area { x: 0.0, y: height, width: PAPER_WIDTH, height: 8.0 }, 0.0, HONEY);
    height
}

fn cover_drawing(press: &mut Press) -> f32 {
    press.circle(PAPER_WIDTH / 2.0, 270.0, 120.0, HONEY);
    press.circle(PAPER_WIDTH / 2.0, 270.0, 84.0, SAGE);
    430.0
}

/// The contents' place in the book, kept until the page numbers are known.
pub(super) struct Contents {
    sheet: usize,
    heading: NodeId,
    list: NodeId,
}

pub(super) fn reserve_contents(press: &mut Press) -> Contents {
    press.new_numbered_sheet();
    let sheet = press.sheet();
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    let heading = press.node(sect, Role::H1);
    let list = press.node(sect, Role::Toc);
    let title = words::contents(press.book.language).to_owned();
    press.bookmarks.push(Bookmark { title, sheet, children: Vec::new() });
    Contents { sheet, heading, list }
}

pub(super) fn contents(press: &mut Press, contents: Contents) {
    let (x, width) = (press.design.margin, press.design.width());
    let large = Style { face: Face::Title, size: 34.0, leading: 44.0, colour: INK };
    let lines = press.lines(words::contents(press.book.language), large, width, None);
    // What is drawn last is moved to the sheet it belongs to.
    let last = press.sheet();
    let drawn = press.sheets[last].items.len();
    let mut y = press.lines_at(contents.heading, lines, large, x, press.design.top()) + 22.0;
    let entries: Vec<(String, usize)> =
        press.bookmarks.iter().skip(1).map(|mark| (mark.title.clone(), mark.sheet)).collect();
    for (index, (title, target)) in entries.iter().enumerate() {
        y = contents_line(press, &contents, index, title, *target, y);
    }
    let items = press.sheets[last].items.split_off(drawn);
    press.sheets[contents.sheet].items.extend(items);
}

fn contents_line(press: &mut Press, at: &Contents, index: usize, title: &str, target: usize, y: f32) -> f32 {
    let size = press.design.size.clamp(14.0, 18.0);
    let style = Style { face: Face::Reading, size, leading: size * 1.5, colour: INK };
    let (x, width, row) = (press.design.margin, press.design.width(), size * 2.35);
    let entry = press.node(at.list, Role::TocItem);
    let node = press.node(entry, Role::Link);
    press.circle(x + 8.0, y + style.leading * 0.5, 8.0, TINTS[index % TINTS.len()].shape);
    let lines = press.lines(title, style, width - 90.0, None);
    press.lines_at(node, lines, style, x + 30.0, y);
    for line in press.lines(&(target + 1).to_string(), style, 60.0, None) {
        let right = x + width - line.width;
        press.lines_at(node, vec![line], style, right, y);
    }
    let rule = Area {
        x: x + 30.0,
        y: y + style.leading + (row - style.leading) * 0.35,
        width: width - 30.0,
        height: 0.6,
    };
    press.fill(rule, 0.0, HONEY);
    let label = words::goes_to(title, target + 1, press.book.language);
    let area = Area { x, y: y - 4.0, width, height: style.leading + 8.0 };
    press.link(at.sheet, Link { area, target, node, label });
    y + row
}

pub(super) fn colophon(press: &mut Press) {
    press.new_numbered_sheet();
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    let title = words::about_the_book(press.book.language);
    let bookmark = Bookmark { title: title.into(), sheet: press.sheet(), children: Vec::new() };
    press.bookmarks.push(bookmark);
    let large = Style { face: Face::Title, size: 24.0, leading: 34.0, colour: INK };
    let plain = Style { face: Face::Reading, size: 12.0, leading: 19.0, colour: INK };
    let (x, width) = (press.design.margin, press.design.width().min(400.0));
    let heading = press.node(sect, Role::H1);
    let lines = press.lines(title, large, width, None);
    let mut y = press.lines_at(heading, lines, large, x, 430.0) + 10.0;
    for paragraph in words::colophon(press.book) {
        let node = press.node(sect, Role::P);
        let lines = press.lines(&paragraph, plain, width, None);
        y = press.lines_at(node, lines, plain, x, y) + 9.0;
    }
}
