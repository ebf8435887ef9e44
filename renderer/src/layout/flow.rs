//! Placing blocks on sheets: titles stay with what they name, no paragraph leaves a line alone.

use kurbo::{Affine, BezPath};

use super::blocks::{Block, Figure, NOTE_PADDING, ROW_GAP, Style, Text, filling, ratio, shrink};
use super::design::{Colour, Column, Design, MOON, SOFT_INK, WHITE};
use super::sheets::{Give, Sheets};
use super::structure::{NodeId, Role, Structure};
use super::{Area, Item, Paper, Placed, Stroke};
use crate::book::{Book, ChapterKind, Picture};
use crate::figures::chapters::{self, Ink};
use crate::typeset::{Face, Fonts, Hyphenation, Line, Setting, break_lines, clean};

/// How far a picture may shrink to stay on the sheet it belongs to.
const LEAST_SHRINK: f32 = 0.6;

/// A book being laid out.
pub(super) struct Press<'a> {
    pub(super) book: &'a Book,
    pub(super) fonts: &'a Fonts,
    pub(super) paper: Paper,
    pub(super) design: Design,
    pub(super) column: Column,
    pub(super) structure: Structure,
    pub(super) sheets: Sheets<'a>,
    /// How far the current sheet is filled, in points from its upper edge.
    pub(super) y: f32,
}

impl<'a> Press<'a> {
    pub(super) fn new(book: &'a Book, fonts: &'a Fonts, paper: Paper, give: &'a mut Give<'a>) -> Self {
        let design = Design::of(book.band, paper);
        Self {
            book,
            fonts,
            paper,
            design,
            column: design.column(paper, WHITE),
            structure: Structure::new(),
            sheets: Sheets::new(give),
            y: 0.0,
        }
    }

    pub(super) fn finish(mut self) -> Structure {
        self.sheets.finish(&self.structure);
        self.structure
    }

    /// The number of the current sheet, from 0.
    pub(super) fn sheet(&self) -> usize {
        self.sheets.count().saturating_sub(1)
    }

    /// Whether the next sheet lies to the left in the open book. The cover is a right one.
    pub(super) fn next_is_left(&self) -> bool {
        self.sheets.count() % 2 == 1
    }

    /// The whole sheet.
    pub(super) fn whole(&self) -> Area {
        Area { x: 0.0, y: 0.0, width: self.paper.width(), height: self.paper.height() }
    }

    /// A sheet in one colour.
    pub(super) fn new_sheet(&mut self, ground: Colour) {
        self.sheets.turn(&self.structure);
        self.y = self.column.top;
        if ground != WHITE {
            self.fill(self.whole(), 0.0, ground);
        }
    }

    /// A sheet for the column to go on, with its number below. The cover is number 1.
    pub(super) fn new_numbered_sheet(&mut self) {
        self.new_sheet(self.column.ground);
        self.number();
    }

    pub(super) fn number(&mut self) {
        let size = self.design.small_size;
        let style = Style { face: Face::Reading, size, leading: size, colour: SOFT_INK };
        let number = (self.sheet() + 1).to_string();
        let below = self.paper.height() - self.design.margin * 0.5;
        for line in self.lines(&number, style, 100.0, None) {
            let x = (self.paper.width() - line.width) / 2.0;
            self.text_at(None, line, style, x, below);
        }
    }

    pub(super) fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.structure.add(parent, role)
    }

    /// A picture in the structure.
    pub(super) fn figure(&mut self, parent: NodeId, picture: &Picture) -> NodeId {
        let node = self.node(parent, Role::Figure);
        self.structure[node].alt = Some(picture.alt.as_str().into());
        node
    }

    pub(super) fn put(&mut self, node: Option<NodeId>, item: Item) {
        self.sheets.put(Placed { node, item });
    }

    /// What reaches an edge of the book reaches as far as is printed.
    fn to_edges(&self, area: Area) -> Area {
        const NEAR: f32 = 0.01;
        let (bleed, whole) = (self.paper.bleed(), self.whole());
        let beyond = |at_edge: bool| if at_edge { bleed } else { 0.0 };
        let (left, top) = (beyond(area.x <= NEAR), beyond(area.y <= NEAR));
        let right = beyond(area.x + area.width >= whole.width - NEAR);
        let bottom = beyond(area.y + area.height >= whole.height - NEAR);
        Area {
            x: area.x - left,
            y: area.y - top,
            width: area.width + left + right,
            height: area.height + top + bottom,
        }
    }

    pub(super) fn fill(&mut self, area: Area, radius: f32, colour: Colour) {
        let area = if radius > 0.0 { area } else { self.to_edges(area) };
        self.put(None, Item::Box { area, radius, colour });
    }

    pub(super) fn circle(&mut self, (x, y): (f32, f32), radius: f32, colour: Colour) {
        let area = Area { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius };
        self.fill(area, radius, colour);
    }

    /// A picture that fills its window.
    pub(super) fn photo(&mut self, node: NodeId, picture: &Picture, window: Area) {
        let window = self.to_edges(window);
        let area = filling(window, ratio(picture));
        self.put(Some(node), Item::Picture { id: picture.id.clone(), area, window, radius: 0.0 });
    }

    /// A picture seen through a circle.
    pub(super) fn portrait(&mut self, node: NodeId, picture: &Picture, (x, y): (f32, f32), radius: f32) {
        let window = Area { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius };
        let area = filling(window, ratio(picture));
        self.put(Some(node), Item::Picture { id: picture.id.clone(), area, window, radius });
    }

    /// A chapter's drawing around its middle.
    pub(super) fn drawing(&mut self, kind: ChapterKind, (x, y): (f32, f32), side: f32) {
        let scale = side / chapters::SIDE;
        let place = Affine::translate((f64::from(x - side / 2.0), f64::from(y - side / 2.0)))
            * Affine::scale(f64::from(scale));
        let colours = chapters::palette(kind);
        for part in chapters::drawing(kind) {
            // The drawings are in the program, and a test draws each.
            let Ok(path) = BezPath::from_svg(part.path) else { continue };
            let (fill, line) = match part.ink {
                Ink::Mass => (Some(colours.mid), None),
                Ink::Dot => (Some(colours.deep), None),
                Ink::Line => (None, Some(Stroke { width: chapters::LINE * scale, colour: colours.deep })),
            };
            self.put(None, Item::Path { path: place * path, fill, stroke: line });
        }
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
    pub(super) fn lines_at(
        &mut self,
        node: Option<NodeId>,
        lines: Vec<Line>,
        style: Style,
        column: Column,
        y: f32,
    ) -> f32 {
        let mut y = y;
        for line in lines {
            let x = column.x + if column.centred { (column.width - line.width) / 2.0 } else { 0.0 };
            self.text_at(node, line, style, x, y + style.leading * 0.5 + style.size * 0.34);
            y += style.leading;
        }
        y
    }

    pub(super) fn room(&self) -> f32 {
        self.column.bottom - self.y
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
        let fresh = self.y <= self.column.top;
        let room = self.room() - block.before() - following;
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
        if self.y > self.column.top {
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
            let fresh = self.y <= self.column.top;
            let now = split_at(text.lines.len(), fitting, fresh);
            let rest = text.lines.split_off(now);
            self.y = self.lines_at(text.node, text.lines, text.style, self.column, self.y);
            text.lines = rest;
            if !text.lines.is_empty() {
                self.new_numbered_sheet();
            }
        }
    }

    fn place_row(&mut self, figures: Vec<Figure>) {
        let mut x = self.column.x;
        let mut lowest = self.y;
        for figure in figures {
            let area = Area { x, y: self.y, width: figure.width, height: figure.height };
            let item = Item::Picture { id: figure.id, area, window: area, radius: 0.0 };
            self.put(Some(figure.node), item);
            x += figure.width + ROW_GAP;
            lowest = lowest.max(self.y + figure.height);
        }
        self.y = lowest;
    }

    fn place_note(&mut self, texts: Vec<Text>, fill: Colour, height: f32, moon: bool) {
        let area = Area { x: self.column.x, y: self.y, width: self.column.width, height };
        self.fill(area, 12.0, fill);
        if moon {
            let inset = NOTE_PADDING + MOON_RADIUS;
            self.moon((area.x + area.width - inset, self.y + inset), MOON_RADIUS, fill);
        }
        let column =
            Column { x: area.x + NOTE_PADDING, width: area.width - 2.0 * NOTE_PADDING, ..self.column };
        let mut y = self.y + NOTE_PADDING;
        for text in texts {
            y = self.lines_at(text.node, text.lines, text.style, column, y + text.before);
        }
        self.y += height;
    }

    /// A crescent on a ground.
    pub(super) fn moon(&mut self, (x, y): (f32, f32), radius: f32, ground: Colour) {
        self.circle((x, y), radius, MOON);
        self.circle((x - radius * 0.45, y - radius * 0.25), radius * 0.85, ground);
    }
}

/// Of the moon in the corner of a page that waits, in points.
pub(super) const MOON_RADIUS: f32 = 16.0;

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
