//! Placing blocks on sheets: titles stay with what they name, no paragraph leaves a line alone.

use super::blocks::{Block, Figure, NOTE_PADDING, ROW_GAP, Style, Text, shrink};
use super::design::{Colour, Design, HONEY, MOON_RADIUS, PAPER_HEIGHT, PAPER_WIDTH, SOFT_INK};
use super::structure::{NodeId, Role, Structure};
use super::{Area, Bookmark, Item, Layout, Link, Placed, Sheet};
use crate::book::Book;
use crate::typeset::{Face, Fonts, Hyphenation, Line, Setting, break_lines, clean};

/// How far a picture may shrink to stay on the sheet it belongs to.
const LEAST_SHRINK: f32 = 0.6;

/// A book being laid out.
pub(super) struct Press<'a> {
    pub(super) book: &'a Book,
    pub(super) fonts: &'a Fonts,
    pub(super) design: Design,
    pub(super) structure: Structure,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) sheets: Vec<Sheet>,
    /// How far the current sheet is filled, in points from its upper edge.
    pub(super) y: f32,
}

impl<'a> Press<'a> {
    pub(super) fn new(book: &'a Book, fonts: &'a Fonts) -> Self {
        Self {
            book,
            fonts,
            design: Design::of(book.band),
            structure: Structure::new(),
            bookmarks: Vec::new(),
            sheets: Vec::new(),
            y: 0.0,
        }
    }

    pub(super) fn finish(self) -> Layout {
        Layout { sheets: self.sheets, structure: self.structure, bookmarks: self.bookmarks }
    }

    /// The number of the current sheet, from 0.
    pub(super) fn sheet(&self) -> usize {
        self.sheets.len().saturating_sub(1)
    }

    pub(super) fn new_sheet(&mut self) {
        self.sheets.push(Sheet::default());
        self.y = self.design.top();
    }

    /// A new sheet with its number below. The cover is number 1.
    pub(super) fn new_numbered_sheet(&mut self) {
        self.new_sheet();
        let style = Style { face: Face::Reading, size: 10.5, leading: 14.0, colour: SOFT_INK };
        let number = (self.sheet() + 1).to_string();
        for line in self.lines(&number, style, 100.0, None) {
            let x = (PAPER_WIDTH - line.width) / 2.0;
            self.text_at(None, line, style, x, PAPER_HEIGHT - 42.0);
        }
    }

    pub(super) fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.structure.add(parent, role)
    }

    pub(super) fn put(&mut self, node: Option<NodeId>, item: Item) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.items.push(Placed { node, item });
        }
    }

    pub(super) fn link(&mut self, sheet: usize, link: Link) {
        self.sheets[sheet].links.push(link);
    }

    pub(super) fn fill(&mut self, area: Area, radius: f32, colour: Colour) {
        self.put(None, Item::Box { area, radius, colour });
    }

    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        let area = Area { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius };
        self.fill(area, radius, colour);
    }

    /// Breaks a text; `language` is the text's, where its words may be cut.
    pub(super) fn lines(&self, text: &str, style: Style, width: f32, language: Option<&str>) -> Vec<Line> {
        let setting = Setting {
            face: style.face,
            size: style.size,
            width,
            language: Hyphenation::of(language.unwrap_or(self.book.language.tag())),
            hyphenate: self.design.hyphenate && language.is_some(),
        };
        break_lines(&clean(text, self.fonts), setting, self.fonts)
    }

    /// Places one line with its baseline at `y`.
    pub(super) fn text_at(&mut self, node: Option<NodeId>, line: Line, style: Style, x: f32, y: f32) {
        self.put(node, Item::Text { x, y, size: style.size, colour: style.colour, line });
    }

    /// Places lines from `y` downwards; answers where the next would begin.
    pub(super) fn lines_at(&mut self, node: NodeId, lines: Vec<Line>, style: Style, x: f32, y: f32) -> f32 {
        let mut y = y;
        for line in lines {
            self.text_at(Some(node), line, style, x, y + style.leading * 0.5 + style.size * 0.34);
            y += style.leading;
        }
        y
    }

    pub(super) fn room(&self) -> f32 {
        self.design.bottom() - self.y
    }

    pub(super) fn flow(&mut self, blocks: Vec<Block>) {
        let mut blocks = blocks.into_iter().peekable();
        while let Some(mut block) = blocks.next() {
            let following = match blocks.peek() {
                Some(next) if block.keeps() => next.before() + next.least_height(),
                _ => 0.0,
            };
            self.make_room(&mut block, following);
            self.place(block);
        }
    }

    /// Shrinks a picture a little, or turns the sheet.
    fn make_room(&mut self, block: &mut Block, following: f32) {
        let fresh = self.y <= self.design.top();
        let room = self.room() - block.before() - following;
        let own_sheet = matches!(block, Block::Row { own_sheet: true, .. });
        if own_sheet && !fresh {
            return self.new_numbered_sheet();
        }
        if block.least_height() <= room {
            return;
        }
        if let Block::Row { figures, .. } = block {
            let height = figures.iter().map(|figure| figure.height).fold(0.0, f32::max);
            if room >= height * LEAST_SHRINK || fresh {
                return shrink(figures, (room / height).clamp(0.2, 1.0));
            }
        }
        if !fresh {
            self.new_numbered_sheet();
        }
    }

    fn place(&mut self, block: Block) {
        if self.y > self.design.top() {
            self.y += block.before();
        }
        let height = block.height();
        match block {
            Block::Text { text, .. } => self.place_text(text),
            Block::Row { figures, .. } => self.place_row(figures),
            Block::Note { texts, fill, moon, .. } => self.place_note(texts, fill, height, moon),
        }
    }

    fn place_text(&mut self, mut text: Text) {
        while !text.lines.is_empty() {
            let fitting = (self.room() / text.style.leading + 0.01).max(0.0) as usize;
            let fresh = self.y <= self.design.top();
            let now = split_at(text.lines.len(), fitting, fresh);
            let rest = text.lines.split_off(now);
            self.y = self.lines_at(text.node, text.lines, text.style, self.design.margin, self.y);
            text.lines = rest;
            if !text.lines.is_empty() {
                self.new_numbered_sheet();
            }
        }
    }

    fn place_row(&mut self, figures: Vec<Figure>) {
        let gaps = ROW_GAP * figures.len().saturating_sub(1) as f32;
        let width: f32 = figures.iter().map(|figure| figure.width).sum::<f32>() + gaps;
        let centred = (self.design.width() - width).max(0.0) / 2.0;
        let mut x = self.design.margin + if self.design.one_picture { centred } else { 0.0 };
        let mut lowest = self.y;
        for figure in figures {
            let area = Area { x, y: self.y, width: figure.width, height: figure.height };
            let item = Item::Picture { id: figure.id, area, window: area, radius: 10.0 };
            self.put(Some(figure.node), item);
            x += figure.width + ROW_GAP;
            lowest = lowest.max(self.y + figure.height);
        }
        self.y = lowest;
    }

    fn place_note(&mut self, texts: Vec<Text>, fill: Colour, height: f32, moon: bool) {
        let area = Area { x: self.design.margin, y: self.y, width: self.design.width(), height };
        self.fill(area, 16.0, fill);
        if moon {
            let (x, y) =
                (area.x + area.width - NOTE_PADDING - MOON_RADIUS, self.y + NOTE_PADDING + MOON_RADIUS);
            self.circle(x, y, MOON_RADIUS, HONEY);
            self.circle(x - 9.0, y - 5.0, MOON_RADIUS * 0.85, fill);
        }
        let mut y = self.y + NOTE_PADDING;
        for text in texts {
            y = self.lines_at(text.node, text.lines, text.style, area.x + NOTE_PADDING, y + text.before);
        }
        self.y += height;
    }
}

/// How many of `count` lines go on this sheet when `fitting` would fit: at least two stay and at least two move on.
fn split_at(count: usize, fitting: usize, fresh: bool) -> usize {
    if fitting >= count {
        return count;
    }
    let now = if count - fitting == 1 { fitting.saturating_sub(1) } else { fitting };
    match (now, fresh) {
        (0 | 1, true) => fitting.max(1).min(count),
        (0 | 1, false) => 0,
        _ => now,
    }
}

#[cfg(test)]
mod tests {
    use super::split_at;

    #[test]
    fn no_line_of_a_paragraph_is_left_alone() {
        assert_eq!(split_at(5, 9, false), 5);
        assert_eq!(split_at(5, 3, false), 3);
        assert_eq!(split_at(5, 4, false), 3, "two lines move on, not one");
        assert_eq!(split_at(5, 1, false), 0, "one line does not stay behind");
        assert_eq!(split_at(3, 2, false), 0, "three lines stay together");
        assert_eq!(split_at(3, 2, true), 2, "unless a sheet holds no more");
        assert_eq!(split_at(9, 0, true), 1);
    }
}
