//! A text by itself, without a book around it: a letter, a note, a paper about the archive.

use super::design::Colour;
use super::sheets::{Give, Sheets};
use super::structure::{NodeId, Role, Structure};
use super::{Item, Paper, Placed};
use crate::typeset::{Face, Fonts, Hyphenation, Line, Setting, break_lines, clean};

const INK: Colour = Colour(0, 0, 0);
const MARGIN: f32 = 60.0;
/// Type size and leading in points.
const BODY: (f32, f32) = (10.5, 15.0);
const TITLE: (f32, f32) = (16.0, 22.0);

/// A text being set.
struct Setter<'a> {
    fonts: &'a Fonts,
    paper: Paper,
    structure: Structure,
    sheets: Sheets<'a>,
    y: f32,
}

/// Lays out a title and a text on A4. Every line of the text begins on a line; an empty one is a gap.
pub fn plain<'a>(title: &str, text: &str, fonts: &'a Fonts, give: &'a mut Give<'a>) -> Structure {
    let structure = Structure::new();
    let mut setter = Setter { fonts, paper: Paper::default(), structure, sheets: Sheets::new(give), y: 0.0 };
    setter.turn();
    let heading = setter.structure.add(Structure::DOCUMENT, Role::H1);
    setter.structure.mark(title, 0);
    setter.set(title, heading, Face::Title, TITLE);
    setter.y += BODY.1;
    for line in text.lines() {
        if line.trim().is_empty() {
            setter.y += BODY.1 / 2.0;
        } else {
            let node = setter.structure.add(Structure::DOCUMENT, Role::P);
            setter.set(line, node, Face::Serif, BODY);
        }
    }
    setter.sheets.finish(&setter.structure);
    setter.structure
}

impl Setter<'_> {
    fn turn(&mut self) {
        self.sheets.turn(&self.structure);
        self.y = MARGIN;
    }

    fn set(&mut self, text: &str, node: NodeId, face: Face, (size, leading): (f32, f32)) {
        let width = self.paper.width() - 2.0 * MARGIN;
        let setting = Setting { face, size, width, language: Hyphenation::of("da"), hyphenate: false };
        for line in break_lines(&clean(text, self.fonts), setting, self.fonts) {
            self.put(line, node, size, leading);
        }
    }

    fn put(&mut self, line: Line, node: NodeId, size: f32, leading: f32) {
        if self.y + leading > self.paper.height() - MARGIN {
            self.turn();
        }
        self.y += leading;
        let item = Item::Text { x: MARGIN, y: self.y, size, colour: INK, line };
        self.sheets.put(Placed { node: Some(node), item });
    }
}
