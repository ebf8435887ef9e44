//! A page composed on sheets of its own: pictures to the edges, words below them or beside.

use super::super::Area;
use super::super::blocks::{Block, Style, ratio, total_height};
use super::super::design::{Colour, Form, INK, NIGHT, WHITE};
use super::super::flow::Press;
use super::super::plate::{self, Plate};
use super::super::structure::{NodeId, Role};
use super::{note_page, parts};
use crate::book::{ChapterKind, Page, Picture};
use crate::figures::chapters::palette;
use crate::typeset::Face;

/// A picture lower than this, as a part of the sheet, is no longer large.
const LEAST_PLATE: f32 = 0.3;

/// Left over, so that sums of fractions still fit, in points.
const ROUNDING: f32 = 2.0;

/// White between the pictures and the words, as a part of the margin.
const BELOW_PLATE: f32 = 0.5;

/// A picture of which less is seen is cut too much, where there is another way.
const MUCH: f32 = 0.62;

/// One page, or several short ones that share their sheet.
pub(super) struct Leaf<'a> {
    pub(super) chapter: NodeId,
    pub(super) kind: ChapterKind,
    pub(super) pages: &'a [Page],
    /// The chapter's title, where it stands small at the head of the first page.
    pub(super) head: Option<NodeId>,
    /// The first page's pictures that are not shown already.
    pub(super) pictures: &'a [Picture],
    pub(super) ground: Colour,
}

/// A picture with its place in the structure.
type Shown<'a> = (NodeId, &'a Picture);

pub(super) fn place(press: &mut Press, leaf: &Leaf) {
    press.column = press.design.column(press.paper, leaf.ground);
    let (blocks, figures) = blocks(press, leaf);
    let most = if parts::is_youngest(press) { 1 } else { plate::MOST };
    let (first, later) = figures.split_at(figures.len().min(most));
    let needed = head_height(press, leaf) + total_height(&blocks);
    let below = press.paper.height() - press.column.bottom;
    let room = press.paper.height() - needed - below - press.design.margin * BELOW_PLATE - ROUNDING;
    let least = LEAST_PLATE * press.paper.height();
    let sheet = press.sheets.count();
    match first {
        [] => without_pictures(press, leaf, blocks, room),
        _ if room >= least => above(press, leaf, first, blocks, (least, room)),
        _ if press.next_is_left() || leaf.head.is_some() => {
            picture_sheet(press, leaf.kind, first);
            words_sheet(press, leaf, blocks);
        }
        _ => {
            words_sheet(press, leaf, blocks);
            picture_sheet(press, leaf.kind, first);
        }
    }
    for page in leaf.pages {
        note_page(press, page, sheet);
    }
    for figures in later.chunks(most) {
        picture_sheet(press, leaf.kind, figures);
    }
}

/// The words of all pages, and the pictures of the first, in reading order.
fn blocks<'a>(press: &mut Press, leaf: &Leaf<'a>) -> (Vec<Block>, Vec<Shown<'a>>) {
    let (mut blocks, mut figures) = (Vec::new(), Vec::new());
    for (index, page) in leaf.pages.iter().enumerate() {
        let sect = press.node(leaf.chapter, Role::Sect);
        let mut page_blocks = parts::heading(press, sect, page);
        if index == 0 {
            figures = leaf.pictures.iter().map(|picture| (press.figure(sect, picture), picture)).collect();
        }
        page_blocks.extend(parts::words_of(press, sect, leaf.kind, page));
        if let (true, Some(Block::Text { text, .. })) = (index > 0, page_blocks.first_mut()) {
            text.before = press.design.title_size * 1.9;
        }
        blocks.extend(page_blocks);
    }
    (blocks, figures)
}

/// Pictures on the upper part of the sheet, to its edges, and the words below.
fn above(press: &mut Press, leaf: &Leaf, figures: &[Shown], blocks: Vec<Block>, (least, room): (f32, f32)) {
    let (width, height) = (press.paper.width(), press.paper.height());
    let high = room.min(height * 0.76);
    let ratios: Vec<f32> = figures.iter().map(|(_, picture)| ratio(picture)).collect();
    let plate = plate::tallest(width, (least, high), &ratios);
    let cut = plate.seen < MUCH;
    if cut && width >= height && press.next_is_left() {
        picture_sheet(press, leaf.kind, figures);
        return words_sheet(press, leaf, blocks);
    }
    press.new_numbered_sheet();
    let bottom = match ratios.as_slice() {
        [ratio] if cut && ratio * high < width => beside_drawing(press, leaf, figures, high, *ratio),
        _ => {
            show(press, figures, &plate, 0.0);
            plate.areas.iter().map(|area| area.y + area.height).fold(0.0, f32::max)
        }
    };
    words_below(press, leaf, blocks, bottom);
}

/// A tall picture whole at the outer edge, and the chapter's drawing in what is left beside it.
fn beside_drawing(press: &mut Press, leaf: &Leaf, figures: &[Shown], height: f32, ratio: f32) -> f32 {
    let (width, shown) = (press.paper.width(), ratio * height);
    let left = width - shown;
    press.fill(Area { x: 0.0, y: 0.0, width: left, height }, 0.0, palette(leaf.kind).tint);
    press.drawing(leaf.kind, (left / 2.0, height / 2.0), (left * 0.62).min(height * 0.5));
    let area = Area { x: left, y: 0.0, width: shown, height };
    show(press, figures, &Plate { areas: vec![area], seen: 1.0 }, 0.0);
    height
}

/// Places the words below what ends at `bottom`, with the white that is left shared between above and below.
fn words_below(press: &mut Press, leaf: &Leaf, blocks: Vec<Block>, bottom: f32) {
    press.y = bottom + press.design.margin * BELOW_PLATE;
    let spare = press.room() - total_height(&blocks) - head_height(press, leaf);
    press.y += spare.max(0.0) * if press.design.centred { 0.45 } else { 0.2 };
    if leaf.head.is_some() && !leaf.pictures.is_empty() {
        emblem(press, leaf, bottom);
    }
    head(press, leaf);
    press.flow(blocks);
}

/// The drawing of the chapter takes the picture's place for the small; the older read on plain paper.
fn without_pictures(press: &mut Press, leaf: &Leaf, blocks: Vec<Block>, room: f32) {
    let (width, height) = (press.paper.width(), press.paper.height());
    let colours = palette(leaf.kind);
    if press.design.form != Form::PictureBook || room < 0.14 * height {
        return words_sheet(press, leaf, blocks);
    }
    press.new_numbered_sheet();
    let plate = room.min(height * if leaf.ground == WHITE { 0.46 } else { 0.6 });
    let middle = (width / 2.0, plate * if leaf.ground == WHITE { 0.5 } else { 0.56 });
    if leaf.ground == WHITE {
        press.fill(Area { x: 0.0, y: 0.0, width, height: plate }, 0.0, colours.tint);
        press.drawing(leaf.kind, middle, (plate * 0.68).min(width * 0.5));
    } else {
        let radius = (plate * 0.42).min(width * 0.36);
        press.circle(middle, radius, WHITE);
        press.drawing(leaf.kind, middle, radius * 1.2);
    }
    words_below(press, leaf, blocks, plate);
}

/// Words alone, a little above the middle of their sheet.
fn words_sheet(press: &mut Press, leaf: &Leaf, blocks: Vec<Block>) {
    press.new_numbered_sheet();
    let spare = press.column.height() - total_height(&blocks) - head_height(press, leaf);
    if spare > press.paper.height() * 0.3 {
        corner(press, leaf);
    }
    press.y += spare.max(0.0) * if press.design.centred { 0.42 } else { 0.32 };
    head(press, leaf);
    press.flow(blocks);
}

/// The chapter's colour in the outer corner, above words that do not fill their sheet.
fn corner(press: &mut Press, leaf: &Leaf) {
    let (width, colours) = (press.paper.width(), palette(leaf.kind));
    let left = press.sheets.count().is_multiple_of(2);
    let (radius, x) = (width * 0.25, if left { 0.0 } else { width });
    press.circle((x, 0.0), radius, if leaf.ground == WHITE { colours.tint } else { WHITE });
    let inwards = radius * if left { 0.42 } else { -0.42 };
    press.drawing(leaf.kind, (x + inwards, radius * 0.42), radius * 0.42);
}

/// Pictures alone: over the whole sheet where that cuts little, else across it on the chapter's ground.
pub(super) fn picture_sheet(press: &mut Press, kind: ChapterKind, figures: &[Shown]) {
    let whole = press.whole();
    let ratios: Vec<f32> = figures.iter().map(|(_, picture)| ratio(picture)).collect();
    let full = plate::filled(whole, &ratios);
    if full.seen >= MUCH {
        press.new_sheet(WHITE);
        return show(press, figures, &full, 0.0);
    }
    let plate = plate::tallest(whole.width, (whole.height * 0.2, whole.height), &ratios);
    let height = plate.areas.iter().map(|area| area.y + area.height).fold(0.0, f32::max);
    press.new_sheet(palette(kind).tint);
    show(press, figures, &plate, (whole.height - height) * 0.42);
}

fn show(press: &mut Press, figures: &[Shown], plate: &Plate, down: f32) {
    for ((node, picture), area) in figures.iter().zip(&plate.areas) {
        press.photo(*node, picture, Area { y: area.y + down, ..*area });
    }
}

fn head_style(press: &Press, leaf: &Leaf) -> Style {
    let size = press.design.small_size * 1.3;
    Style { face: Face::ReadingBold, size, leading: size * 1.5, colour: palette(leaf.kind).deep }
}

fn head_height(press: &Press, leaf: &Leaf) -> f32 {
    leaf.head.map_or(0.0, |_| head_style(press, leaf).leading + press.design.small_size * 0.8)
}

/// The chapter's name, small.
fn head(press: &mut Press, leaf: &Leaf) {
    let Some(node) = leaf.head else { return };
    let style = head_style(press, leaf);
    let name = leaf.kind.title(press.book.language);
    let lines = press.lines(name, style, press.column.width, None);
    let column = press.column;
    press.lines_at(Some(node), lines, style, column, press.y);
    press.y += head_height(press, leaf);
}

/// The chapter's drawing, small, on the edge of the picture above.
fn emblem(press: &mut Press, leaf: &Leaf, edge: f32) {
    let radius = press.design.small_size * 2.6;
    let x = match press.column.centred {
        true => press.paper.width() / 2.0,
        false => press.paper.width() - press.design.margin - radius,
    };
    press.circle((x, edge), radius, leaf.ground);
    press.drawing(leaf.kind, (x, edge), radius * 1.24);
}

/// A page that waits has a sheet of its own: night, a moon, and whom to ask.
pub(super) fn waits(
    press: &mut Press,
    chapter: NodeId,
    head: Option<NodeId>,
    kind: ChapterKind,
    page: &Page,
) {
    let sheet = press.sheets.count();
    let sect = press.node(chapter, Role::Sect);
    press.column = press.design.column(press.paper, NIGHT);
    press.column.centred = true;
    let heading = parts::heading(press, sect, page);
    let Some(texts) = parts::waiting(press, sect, page, press.column.width) else { return };
    press.new_numbered_sheet();
    let (width, height) = (press.paper.width(), press.paper.height());
    press.moon((width / 2.0, height * 0.24), width * 0.11, NIGHT);
    press.y = height * 0.4;
    if let Some(node) = head {
        let leaf = Leaf { chapter, kind, pages: &[], head, pictures: &[], ground: NIGHT };
        let style = head_style(press, &leaf);
        let lines = press.lines(kind.title(press.book.language), style, press.column.width, None);
        press.y = press.lines_at(Some(node), lines, Style { colour: INK, ..style }, press.column, press.y);
    }
    let mut blocks = heading;
    for text in texts {
        blocks.push(Block::Text { text, keep: false });
    }
    if let Some(Block::Text { text, .. }) = blocks.get_mut(1) {
        text.before = press.design.margin * 0.5;
    }
    press.flow(blocks);
    note_page(press, page, sheet);
}
