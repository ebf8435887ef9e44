//! A text by itself, without a book around it: a letter, a note, a paper about the archive.

use super::design::Colour;
use super::structure::{NodeId, Role, Structure};
use super::{Bookmark, Item, Layout, Paper, Placed, Sheet};
use crate::typeset::{Face, Fonts, Hyphenation, Line, Setting, break_lines, clean};

const INK: Colour = Colour(0, 0, 0);
const MARGIN: f32 = 60.0;
/// Type size and leading in points.
const BODY: (f32, f32) = (10.5, 15.0);
const TITLE: (f32, f32) = (16.0, 22.0);

/// Sheets that are being filled.
struct Sheets<'a> {
    fonts: &'a Fonts,
    paper: Paper,
    structure: Structure,
    sheets: Vec<Sheet>,
    y: f32,
}

/// Lays out a title and a text on A4. Every line of the text begins on a line; an empty one is a gap.
pub fn plain(title: &str, text: &str, fonts: &Fonts) -> Layout {
    let (paper, structure) = (Paper::default(), Structure::new());
    let mut sheets = Sheets { fonts, paper, structure, sheets: vec![Sheet::default()], y: MARGIN };
    let heading = sheets.structure.add(Structure::DOCUMENT, Role::H1);
    sheets.set(title, heading, Face::Title, TITLE);
    sheets.y += BODY.1;
    for line in text.lines() {
        if line.trim().is_empty() {
            sheets.y += BODY.1 / 2.0;
        } else {
            let node = sheets.structure.add(Structure::DOCUMENT, Role::P);
            sheets.set(line, node, Face::Serif, BODY);
        }
    }
    let bookmarks = vec![Bookmark { title: title.to_owned(), sheet: 0, children: Vec::new() }];
    Layout { paper, sheets: sheets.sheets, structure: sheets.structure, bookmarks }
}

impl Sheets<'_> {
    fn set(&mut self, text: &str, node: NodeId, face: Face, (size, leading): (f32, f32)) {
        let width = self.paper.width() - 2.0 * MARGIN;
        let setting = Setting { face, size, width, language: Hyphenation::of("da"), hyphenate: false };
        for line in break_lines(&clean(text, self.fonts), setting, self.fonts) {
            self.put(line, node, size, leading);
        }
    }

    fn put(&mut self, line: Line, node: NodeId, size: f32, leading: f32) {
        if self.y + leading > self.paper.height() - MARGIN {
            self.sheets.push(Sheet::default());
            self.y = MARGIN;
        }
        self.y += leading;
        let item = Item::Text { x: MARGIN, y: self.y, size, colour: INK, line };
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.items.push(Placed { node: Some(node), item });
        }
    }
}
