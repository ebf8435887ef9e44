//! For the grown: texts one after the other, with their sources, and pictures beside the words they belong to.

use super::super::Area;
use super::super::blocks::{Block, Figure, Style, row_sizes, shrink, total_height};
use super::super::design::{INK, WHITE};
use super::super::flow::Press;
use super::super::structure::{NodeId, Role};
use super::{Place, note_chapter, note_page, parts};
use crate::book::{Chapter, ChapterKind, Page, Picture};
use crate::figures::chapters::palette;
use crate::typeset::Face;

/// Between two pages on one sheet, as a part of the title's size.
const BETWEEN: f32 = 2.2;

/// A chapter begins on the sheet of the one before when so much of it is left.
const ENOUGH: f32 = 0.5;

pub(super) fn chapter(press: &mut Press, place: Place, chapter: &Chapter) {
    press.column = press.design.column(press.paper, WHITE);
    if place.title.is_none() {
        return entries_on_a_new_sheet(press, place, chapter);
    }
    let first = press.structure.bookmarks.len() <= 1;
    if first || press.room() < press.column.height() * ENOUGH {
        press.new_numbered_sheet();
    } else {
        press.y += press.design.title_size * BETWEEN;
    }
    let sheet = press.sheet();
    note_chapter(press, chapter, sheet);
    head(press, place, chapter.kind);
    entries(press, place, chapter);
}

fn entries_on_a_new_sheet(press: &mut Press, place: Place, chapter: &Chapter) {
    if !chapter.pages.is_empty() {
        press.new_numbered_sheet();
    }
    entries(press, place, chapter);
}

fn entries(press: &mut Press, place: Place, chapter: &Chapter) {
    for (index, page) in chapter.pages.iter().enumerate() {
        entry(press, place.sect, chapter.kind, page, index == 0);
    }
}

/// The chapter's drawing and name above a line.
fn head(press: &mut Press, place: Place, kind: ChapterKind) {
    let size = press.design.display_size;
    let style = Style { face: Face::Title, size, leading: size * 1.25, colour: INK };
    let column = press.column;
    let side = size * 1.3;
    press.drawing(kind, (column.x + side / 2.0, press.y + style.leading * 0.5), side);
    let aside = super::super::design::Column {
        x: column.x + side * 1.35,
        width: column.width - side * 1.35,
        ..column
    };
    let lines = press.lines(kind.title(press.book.language), style, aside.width, None);
    press.y = press.lines_at(place.title, lines, style, aside, press.y) + size * 0.35;
    let rule = Area { x: column.x, y: press.y, width: column.width, height: 1.0 };
    press.fill(rule, 0.0, palette(kind).deep);
    press.y += size * 0.8;
}

fn entry(press: &mut Press, chapter: NodeId, kind: ChapterKind, page: &Page, first: bool) {
    let sect = press.node(chapter, Role::Sect);
    let mut blocks = entry_blocks(press, sect, kind, page);
    let between = if first { 0.0 } else { press.design.title_size * BETWEEN };
    let wanted = total_height(&blocks);
    if !first && wanted + between > press.room() && !fits_when_shrunk(&blocks, press.room() - between) {
        press.new_numbered_sheet();
    } else {
        press.y += between;
    }
    let room = press.room();
    fit_pictures(&mut blocks, room);
    let sheet = press.sheet();
    note_page(press, page, sheet);
    press.flow(blocks);
}

fn entry_blocks(press: &mut Press, sect: NodeId, kind: ChapterKind, page: &Page) -> Vec<Block> {
    let mut blocks = parts::heading(press, sect, page);
    if let Some(card) = parts::waiting_card(press, sect, page) {
        blocks.push(card);
        return blocks;
    }
    for (index, pair) in rows(&page.pictures).into_iter().enumerate() {
        let height = press.paper.height() * if index == 0 { 0.36 } else { 0.26 };
        blocks.push(row(press, sect, pair, height));
    }
    blocks.extend(parts::words_of(press, sect, kind, page));
    blocks
}

/// The first alone, the others two by two.
fn rows(pictures: &[Picture]) -> Vec<&[Picture]> {
    let (first, later) = pictures.split_at(pictures.len().min(1));
    first.chunks(1).chain(later.chunks(2)).collect()
}

fn row(press: &mut Press, sect: NodeId, pictures: &[Picture], height: f32) -> Block {
    let pictures: Vec<&Picture> = pictures.iter().collect();
    let sizes = row_sizes(&pictures, press.column.width, height);
    let figures = pictures.iter().zip(sizes).map(|(picture, (width, height))| {
        let node = press.figure(sect, picture);
        Figure { node, id: picture.id.clone(), width, height }
    });
    Block::Row { figures: figures.collect(), before: press.design.size }
}

/// The factor by which all pictures of the page must shrink for it to fit `room`.
fn factor(blocks: &[Block], room: f32) -> f32 {
    let rows = blocks.iter().filter(|block| matches!(block, Block::Row { .. }));
    let height: f32 = rows.map(Block::height).sum();
    (height - (total_height(blocks) - room) - 1.0) / height.max(1.0)
}

const LEAST: f32 = 0.55;

fn fits_when_shrunk(blocks: &[Block], room: f32) -> bool {
    factor(blocks, room) >= LEAST
}

/// A page that is a little too tall for its sheet gets smaller pictures rather than a few lines overleaf.
fn fit_pictures(blocks: &mut [Block], room: f32) {
    let factor = factor(blocks, room);
    if (LEAST..1.0).contains(&factor) {
        blocks.iter_mut().filter_map(Block::row).for_each(|row| shrink(row, factor));
    }
}
