//! Chapters and their pages.

use super::blocks::{Block, Figure, NOTE_PADDING, Style, Text, row_sizes, shrink, total_height};
use super::design::{CREAM, INK, MOON_RADIUS, PAPER_HEIGHT, PAPER_WIDTH, SKY, SOFT_INK, TERRACOTTA, TINTS};
use super::flow::Press;
use super::structure::{NodeId, Role, Structure};
use super::{Area, Bookmark, words};
use crate::book::{Body, Chapter, Page, Picture};
use crate::typeset::Face;

/// A second row of pictures is lower than a page's first picture.
const LATER_ROW_HEIGHT: f32 = 230.0;

pub(super) fn chapter(press: &mut Press, index: usize, chapter: &Chapter) {
    let sect = press.node(Structure::DOCUMENT, Role::Sect);
    opener(press, index, chapter, sect);
    let bookmark = Bookmark {
        title: chapter.kind.title(press.book.language).into(),
        sheet: press.sheet(),
        children: Vec::new(),
    };
    press.bookmarks.push(bookmark);
    press.new_numbered_sheet();
    for page in &chapter.pages {
        entry(press, sect, page);
    }
}

/// A whole sheet in the chapter's colour: hills and a sun, and where we are.
fn opener(press: &mut Press, index: usize, chapter: &Chapter, sect: NodeId) {
    press.new_sheet();
    let tint = TINTS[index % TINTS.len()];
    press.fill(Area { x: 0.0, y: 0.0, width: PAPER_WIDTH, height: PAPER_HEIGHT }, 0.0, tint.ground);
    press.circle(PAPER_WIDTH - 120.0, 190.0, 74.0, tint.shape);
    press.circle(110.0, PAPER_HEIGHT + 330.0, 470.0, tint.shape);
    press.circle(PAPER_WIDTH + 40.0, PAPER_HEIGHT + 380.0, 470.0, tint.shape);
    let small = Style { face: Face::ReadingBold, size: 14.0, leading: 22.0, colour: TERRACOTTA };
    let large = Style { face: Face::Title, size: 42.0, leading: 52.0, colour: INK };
    let (x, width) = (press.design.margin, press.design.width());
    let number = press.node(sect, Role::P);
    let lines = press.lines(&(index + 1).to_string(), small, width, None);
    press.lines_at(number, lines, small, x, 320.0);
    let title = press.node(sect, Role::H1);
    let lines = press.lines(chapter.kind.title(press.book.language), large, width, None);
    press.lines_at(title, lines, large, x, 346.0);
}

fn entry(press: &mut Press, chapter: NodeId, page: &Page) {
    let sect = press.node(chapter, Role::Sect);
    let mut blocks = entry_blocks(press, sect, page);
    let fresh = press.y <= press.design.top();
    let wanted = total_height(&blocks);
    if !fresh && (!press.design.shares_sheets || wanted + 40.0 > press.room()) {
        press.new_numbered_sheet();
    } else if !fresh {
        press.y += 40.0;
    }
    let room = press.room();
    fit_pictures(&mut blocks, room);
    let bookmark = Bookmark { title: page.title.clone(), sheet: press.sheet(), children: Vec::new() };
    if let Some(chapter) = press.bookmarks.last_mut() {
        chapter.children.push(bookmark);
    }
    press.flow(blocks);
}

/// A page that is a little too tall for its sheet gets smaller pictures rather than a few lines overleaf.
fn fit_pictures(blocks: &mut [Block], room: f32) {
    const LEAST: f32 = 0.55;
    let over = total_height(blocks) - room;
    let mut rows: Vec<&mut Vec<Figure>> = blocks.iter_mut().filter_map(Block::shared_row).collect();
    let height: f32 = rows.iter().filter_map(|row| row.first()).map(|figure| figure.height).sum();
    let factor = (height - over - 1.0) / height.max(1.0);
    if over <= 0.0 || factor < LEAST {
        return;
    }
    rows.iter_mut().for_each(|row| shrink(row, factor));
}

fn entry_blocks(press: &mut Press, sect: NodeId, page: &Page) -> Vec<Block> {
    let mut blocks = vec![title(press, sect, page)];
    if let Some((heading, sentences)) = words::waiting(&page.body, press.book.language) {
        blocks.push(waiting(press, sect, heading, &sentences));
        return blocks;
    }
    let mut pictures = page.pictures.iter();
    let first = pictures.next();
    if let Some(first) = first {
        let height = press.design.picture_height;
        blocks.push(row(press, sect, &[first], height, false));
    }
    blocks.extend(facts(press, sect, page, first.is_some()));
    blocks.extend(body(press, sect, page));
    let rest: Vec<&Picture> = pictures.collect();
    let a_row = if press.design.one_picture { 1 } else { 2 };
    for pair in rest.chunks(a_row) {
        let height =
            if press.design.one_picture { press.design.picture_height * 1.4 } else { LATER_ROW_HEIGHT };
        blocks.push(row(press, sect, pair, height, press.design.one_picture));
    }
    blocks.extend(closing(press, sect, page));
    blocks
}

fn title(press: &mut Press, sect: NodeId, page: &Page) -> Block {
    let size = press.design.title_size;
    let style = Style { face: Face::Title, size, leading: size * 1.28, colour: INK };
    let node = press.node(sect, Role::H2);
    let lines = press.lines(&page.title, style, press.design.width(), None);
    Block::Text { text: Text { node, lines, style, before: 0.0 }, keep: true }
}

fn row(press: &mut Press, sect: NodeId, pictures: &[&Picture], height: f32, own_sheet: bool) -> Block {
    let sizes = row_sizes(pictures, press.design.width(), height);
    let figures = pictures.iter().zip(sizes).map(|(picture, (width, height))| {
        let node = press.node(sect, Role::Figure);
        press.structure.nodes[node].alt = Some(picture.alt.clone());
        Figure { node, id: picture.id.clone(), width, height }
    });
    Block::Row { figures: figures.collect(), before: 16.0, keep: !own_sheet, own_sheet }
}

/// Who, when and where: the caption of the picture, or a line below the title.
fn facts(press: &mut Press, sect: NodeId, page: &Page, captions: bool) -> Option<Block> {
    let words = words::facts(page, press.book.language);
    let size = press.design.small_size;
    let style = Style { face: Face::Reading, size, leading: size * 1.45, colour: SOFT_INK };
    let lines = press.lines(&words, style, press.design.width(), None);
    if lines.is_empty() {
        return None;
    }
    let node = press.node(sect, if captions { Role::Caption } else { Role::P });
    Some(Block::Text { text: Text { node, lines, style, before: 8.0 }, keep: false })
}

fn body(press: &mut Press, sect: NodeId, page: &Page) -> Vec<Block> {
    let Body::Open { paragraphs, language, .. } = &page.body else { return Vec::new() };
    let design = press.design;
    let style = Style { face: design.face, size: design.size, leading: design.leading, colour: INK };
    let foreign = (language != press.book.language.tag()).then(|| language.clone());
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let lines = press.lines(paragraph, style, design.measure, Some(language));
        if lines.is_empty() {
            continue;
        }
        let node = press.node(sect, Role::P);
        press.structure.nodes[node].language = foreign.clone();
        let before = if blocks.is_empty() { design.leading * 0.8 } else { design.leading * 0.5 };
        blocks.push(Block::Text { text: Text { node, lines, style, before }, keep: false });
    }
    blocks
}

/// What stands below the text: what waits for later, the papers that belong to the page, and who wrote it.
fn closing(press: &mut Press, sect: NodeId, page: &Page) -> Vec<Block> {
    let language = press.book.language;
    let size = press.design.small_size;
    let plain = Style { face: Face::Reading, size, leading: size * 1.45, colour: SOFT_INK };
    let mut blocks = Vec::new();
    if matches!(page.body, Body::Open { older_text_waits: true, .. }) {
        let node = press.node(sect, Role::P);
        let style = Style { colour: INK, size: size + 2.0, leading: (size + 2.0) * 1.45, ..plain };
        let lines = press.lines(words::older_text(language), style, press.design.width() - 60.0, None);
        let texts = vec![Text { node, lines, style, before: 0.0 }];
        blocks.push(Block::Note { texts, fill: CREAM, before: 18.0, moon: false });
    }
    for file in &page.attachments {
        let words = words::attachment(&file.name, file.size_bytes, language);
        blocks.push(small(press, sect, &words, plain, 12.0));
    }
    if let Some(by) = &page.by {
        let style =
            Style { face: Face::SerifItalic, size: size + 1.0, leading: (size + 1.0) * 1.45, ..plain };
        blocks.push(small(press, sect, &words::byline(by, language), style, 14.0));
    }
    blocks
}

fn small(press: &mut Press, sect: NodeId, words: &str, style: Style, before: f32) -> Block {
    let node = press.node(sect, Role::P);
    let lines = press.lines(words, style, press.design.width(), None);
    Block::Text { text: Text { node, lines, style, before }, keep: false }
}

/// A calm, closed page.
fn waiting(press: &mut Press, sect: NodeId, heading: &str, sentences: &[String]) -> Block {
    let size = press.design.size.min(20.0);
    let width = press.design.width() - 2.0 * NOTE_PADDING;
    let strong = Style { face: Face::Title, size: size + 4.0, leading: (size + 4.0) * 1.35, colour: INK };
    let plain = Style { face: press.design.face, size, leading: size * 1.6, colour: INK };
    let mut texts = Vec::new();
    for (index, sentence) in std::iter::once(heading).chain(sentences.iter().map(String::as_str)).enumerate()
    {
        let style = if index == 0 { strong } else { plain };
        let node = press.node(sect, Role::P);
        // The heading leaves room for the moon beside it.
        let lines =
            press.lines(sentence, style, if index == 0 { width - 2.0 * MOON_RADIUS } else { width }, None);
        texts.push(Text { node, lines, style, before: if index == 0 { 0.0 } else { 10.0 } });
    }
    Block::Note { texts, fill: SKY, before: 24.0, moon: true }
}
