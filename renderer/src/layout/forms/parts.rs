//! The parts of a page, each as a block: its title, its words, and what stands small below them.

use super::super::blocks::{Block, NOTE_PADDING, Style, Text};
use super::super::design::{Form, INK, NIGHT, ROOM, SOFT_INK};
use super::super::flow::{MOON_RADIUS, Press};
use super::super::structure::{NodeId, Role};
use super::super::words;
use crate::book::{AgeBand, Body, ChapterKind, Page, PageKind};
use crate::figures::chapters;
use crate::spoken;
use crate::typeset::Face;

/// Own words as short as this are set large themselves, instead of a part of them once more.
const FEW_WORDS: usize = 45;

/// The title and, for the older, who, where and when.
pub(super) fn heading(press: &mut Press, sect: NodeId, page: &Page) -> Vec<Block> {
    let size = press.design.title_size;
    let style = Style { face: Face::Title, size, leading: size * 1.24, colour: INK };
    let node = press.node(sect, Role::H2);
    let lines = press.lines(&page.title, style, press.column.width, None);
    let title = Block::Text { text: Text { node: Some(node), lines, style, before: 0.0 }, keep: true };
    std::iter::once(title).chain(remembers(press, sect, page)).collect()
}

/// Of what is told beside another page: who remembers it so.
fn remembers(press: &mut Press, sect: NodeId, page: &Page) -> Option<Block> {
    let by = page.by.as_ref().filter(|_| page.beside.is_some())?;
    let style = small_style(press);
    let words = words::remembers(by, press.book.language);
    let lines = press.lines(&words, style, press.column.width, None);
    let node = press.node(sect, Role::P);
    Some(Block::Text { text: Text { node: Some(node), lines, style, before: style.size * 0.3 }, keep: true })
}

/// The words of a page that is open.
pub(super) fn words_of(press: &mut Press, sect: NodeId, kind: ChapterKind, page: &Page) -> Vec<Block> {
    let mut blocks = Vec::new();
    let young = press.design.form == Form::PictureBook;
    if !young {
        blocks.extend(facts(press, sect, page));
    }
    let mut paragraphs = paragraphs(press, sect, kind, page);
    if let Some((from, quote)) = quote(press, kind, page) {
        // Not beside the words it repeats.
        let at = if from == 0 { paragraphs.len() } else { 1 };
        paragraphs.insert(at.min(paragraphs.len()), quote);
    }
    blocks.extend(paragraphs);
    blocks.extend(older_text(press, sect, page));
    blocks.extend(files(press, sect, page));
    if young {
        blocks.extend(facts(press, sect, page));
    }
    blocks.extend(told_by(press, sect, page));
    blocks
}

fn small_style(press: &Press) -> Style {
    let size = press.design.small_size;
    Style { face: Face::Reading, size, leading: size * 1.45, colour: SOFT_INK }
}

/// Who, when and where: the caption of the pictures, where there are any.
fn facts(press: &mut Press, sect: NodeId, page: &Page) -> Option<Block> {
    let style = small_style(press);
    let words = words::facts(page, press.book.language);
    let lines = press.lines(&words, style, press.column.width, None);
    if lines.is_empty() {
        return None;
    }
    let node = press.node(sect, if page.pictures.is_empty() { Role::P } else { Role::Caption });
    let before = if press.design.form == Form::PictureBook { style.size * 1.6 } else { style.size * 0.5 };
    Some(Block::Text { text: Text { node: Some(node), lines, style, before }, keep: false })
}

/// What the child says itself.
pub(super) fn is_own_voice(page: &Page) -> bool {
    page.own.is_some() || page.kind == PageKind::Statement
}

fn count_words(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(|paragraph| paragraph.split_whitespace().count()).sum()
}

fn paragraphs(press: &mut Press, sect: NodeId, kind: ChapterKind, page: &Page) -> Vec<Block> {
    let Body::Open { paragraphs, language, .. } = &page.body else { return Vec::new() };
    let design = press.design;
    let plain = Style { face: design.face, size: design.size, leading: design.leading, colour: INK };
    let large = design.form == Form::PhotoBook && is_own_voice(page) && count_words(paragraphs) <= FEW_WORDS;
    let style = match design.form {
        Form::PhotoBook if large => large_style(press, kind),
        // A few words on a sheet of their own speak louder.
        Form::PhotoBook if count_words(paragraphs) <= 70 => {
            Style { size: plain.size * 1.2, leading: plain.leading * 1.2, ..plain }
        }
        _ => plain,
    };
    let foreign = (language != press.book.language.tag()).then(|| language.clone());
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let lines = press.lines(paragraph, style, press.column.width, Some(language));
        if lines.is_empty() {
            continue;
        }
        let node = press.node(sect, Role::P);
        press.structure[node].language = foreign.as_deref().map(Into::into);
        let before = style.leading * if blocks.is_empty() { 0.7 } else { 0.5 };
        blocks.push(Block::Text { text: Text { node: Some(node), lines, style, before }, keep: false });
    }
    blocks
}

fn large_style(press: &Press, kind: ChapterKind) -> Style {
    let size = press.design.title_size * 0.94;
    Style { face: Face::SerifItalic, size, leading: size * 1.36, colour: chapters::palette(kind).deep }
}

/// A sentence of the child's own, once more and large. It is read where it stands, so here it is decoration.
fn quote(press: &mut Press, kind: ChapterKind, page: &Page) -> Option<(usize, Block)> {
    let Body::Open { paragraphs, .. } = &page.body else { return None };
    let fitting = press.design.form == Form::PhotoBook && is_own_voice(page);
    if !fitting || count_words(paragraphs) <= FEW_WORDS {
        return None;
    }
    let style = large_style(press, kind);
    let (from, sentence) = words::telling_sentence(paragraphs, press.book.language)?;
    let lines = press.lines(&sentence, style, press.column.width, None);
    let text = Text { node: None, lines, style, before: style.leading * 0.8 };
    Some((from, Block::Text { text, keep: true }))
}

/// That a text waits for later.
fn older_text(press: &mut Press, sect: NodeId, page: &Page) -> Option<Block> {
    if !matches!(page.body, Body::Open { older_text_waits: true, .. }) {
        return None;
    }
    let size = press.design.small_size + 1.5;
    let style = Style { face: Face::Reading, size, leading: size * 1.45, colour: INK };
    let node = press.node(sect, Role::P);
    let width = press.column.width - 2.0 * NOTE_PADDING;
    let lines = press.lines(words::older_text(press.book.language), style, width, None);
    let texts = vec![Text { node: Some(node), lines, style, before: 0.0 }];
    Some(Block::Note { texts, fill: ROOM, before: style.leading, moon: false })
}

/// The papers, sounds and films that belong to the page.
fn files(press: &mut Press, sect: NodeId, page: &Page) -> Vec<Block> {
    let style = small_style(press);
    let mut blocks = Vec::new();
    for file in &page.attachments {
        let words = words::attachment(&file.name, file.size_bytes, press.book.language);
        blocks.push(small(press, sect, &words, style, style.size));
        // On paper nobody speaks: what is said is there to be read. The page's own text stands there already.
        let said = file.words.as_deref().filter(|_| !file.reads).map(spoken::paragraphs).unwrap_or_default();
        blocks.extend(said.iter().map(|words| small(press, sect, words, style, style.size * 0.5)));
    }
    blocks
}

fn told_by(press: &mut Press, sect: NodeId, page: &Page) -> Option<Block> {
    let by = page.by.as_ref()?;
    let style = small_style(press);
    let young = press.design.form == Form::PictureBook;
    let size = style.size + if young { 0.0 } else { 1.0 };
    let style = match young {
        true => style,
        false => Style { face: Face::SerifItalic, size, leading: size * 1.45, ..style },
    };
    let before = match (young, page.when.is_some() || page.place.is_some()) {
        (true, true) => 0.0,
        _ => style.size * 1.2,
    };
    let words = words::byline(by, press.book);
    Some(small(press, sect, &words, style, before))
}

fn small(press: &mut Press, sect: NodeId, words: &str, style: Style, before: f32) -> Block {
    let node = press.node(sect, Role::P);
    let lines = press.lines(words, style, press.column.width, None);
    Block::Text { text: Text { node: Some(node), lines, style, before }, keep: false }
}

/// What a page that waits says: one heading and a few sentences, in texts.
pub(super) fn waiting(press: &mut Press, sect: NodeId, page: &Page, width: f32) -> Option<Vec<Text>> {
    let (heading, sentences) = words::waiting(&page.body, press.book.language)?;
    let size = press.design.size.clamp(11.0, 20.0);
    let strong = Style { face: Face::Title, size: size * 1.2, leading: size * 1.6, colour: INK };
    let plain = Style { face: press.design.face, size, leading: size * 1.6, colour: INK };
    let mut texts = Vec::new();
    for (index, sentence) in std::iter::once(heading).chain(sentences.iter().map(String::as_str)).enumerate()
    {
        let (style, before) = if index == 0 { (strong, 0.0) } else { (plain, size * 0.6) };
        let node = press.node(sect, Role::P);
        let lines = press.lines(sentence, style, width, None);
        texts.push(Text { node: Some(node), lines, style, before });
    }
    Some(texts)
}

/// The same on a page among others: a calm, closed card.
pub(super) fn waiting_card(press: &mut Press, sect: NodeId, page: &Page) -> Option<Block> {
    // The heading leaves room for the moon beside it.
    let width = press.column.width - 2.0 * NOTE_PADDING - 2.0 * MOON_RADIUS;
    let texts = waiting(press, sect, page, width)?;
    Some(Block::Note { texts, fill: NIGHT, before: 14.0, moon: true })
}

/// Whether the reader is read to.
pub(super) fn is_youngest(press: &Press) -> bool {
    press.book.band == AgeBand::From3
}
