//! A book laid out and held whole, and as text: for people and golden tests.

use std::collections::BTreeMap;
use std::fmt::Write;

use kurbo::Shape;

use super::structure::{NodeId, Structure};
use super::{Item, Paper, Placed, Sheet, lay_out};
use crate::book::Book;
use crate::typeset::{Fonts, Run};

/// All sheets in order, and what they belong to.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) sheets: Vec<Sheet>,
    pub(super) structure: Structure,
}

pub(super) fn layout(book: &Book, fonts: &Fonts, paper: Paper) -> Layout {
    let mut sheets = BTreeMap::new();
    let mut give = |number: usize, sheet: &Sheet, _: &Structure| {
        assert!(sheets.insert(number, sheet.clone()).is_none(), "sheet {number} comes twice");
    };
    let structure = lay_out(book, fonts, paper, &mut give);
    Layout { sheets: sheets.into_values().collect(), structure }
}

impl Layout {
    /// Every sheet with what stands where (in whole points), then the structure and the bookmarks.
    pub(super) fn dump(&self) -> String {
        let mut out = String::new();
        for (index, sheet) in self.sheets.iter().enumerate() {
            out.push_str(&format!("sheet {}\n", index + 1));
            dump_sheet(&mut out, sheet, &self.structure);
        }
        out.push_str("structure\n");
        dump_node(&mut out, &self.structure, Structure::DOCUMENT, 1);
        out.push_str("bookmarks\n");
        for chapter in &self.structure.bookmarks {
            out.push_str(&format!("  {} -> {}\n", chapter.title, chapter.sheet + 1));
            for page in &chapter.children {
                out.push_str(&format!("    {} -> {}\n", page.title, page.sheet + 1));
            }
        }
        out
    }
}

fn dump_sheet(out: &mut String, sheet: &Sheet, structure: &Structure) {
    for group in sheet.items.chunk_by(|a, b| drawn(a) && drawn(b) && a.node == b.node) {
        let placed = &group[0];
        let role = placed.node.map_or("-", |node| structure[node].role.name());
        // Writing to a string cannot fail.
        let _ = match &placed.item {
            Item::Text { x, y, size, line, .. } => {
                let face = line.runs.first().map_or("", |run| run.face.name());
                let text: String = line.runs.iter().map(Run::text).collect();
                writeln!(out, "  {role:8}{x:4.0},{y:4.0}  {face} {size}  {text}")
            }
            Item::Picture { id, window: w, .. } => {
                writeln!(
                    out,
                    "  {role:8}{:4.0},{:4.0}  picture {id} {:.0} x {:.0}",
                    w.x, w.y, w.width, w.height
                )
            }
            Item::Path { path, .. } => {
                let b = path.bounding_box();
                writeln!(out, "  {role:8}{:4.0},{:4.0}  drawing, {} paths", b.x0, b.y0, group.len())
            }
            Item::Box { area: a, .. } => {
                writeln!(out, "  {role:8}{:4.0},{:4.0}  box {:.0} x {:.0}", a.x, a.y, a.width, a.height)
            }
        };
    }
    for link in &sheet.links {
        let _ = writeln!(
            out,
            "  link    {:4.0},{:4.0}  {} -> {}",
            link.area.x,
            link.area.y,
            link.label,
            link.target + 1
        );
    }
}

/// Paths beside each other are one drawing.
fn drawn(placed: &Placed) -> bool {
    matches!(placed.item, Item::Path { .. })
}

fn dump_node(out: &mut String, structure: &Structure, id: NodeId, depth: usize) {
    let node = &structure[id];
    let alt = node.alt.as_ref().map(|alt| format!(" \"{alt}\"")).unwrap_or_default();
    let language = node.language.as_ref().map(|language| format!(" [{language}]")).unwrap_or_default();
    let _ = writeln!(out, "{:indent$}{}{alt}{language}", "", node.role.name(), indent = depth * 2);
    for child in &node.children {
        dump_node(out, structure, *child, depth + 1);
    }
}
