//! A paper shown page by page, each as a picture of itself.

use super::structure::{Role, Structure};
use super::{Area, Give, Item, Paper, Placed, Sheet};

/// One page of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacsimilePage {
    /// By which its picture is asked for.
    pub id: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Said of it to whoever does not see it.
    pub alt: String,
}

/// Lays out the pages on A4, each as large as it goes.
pub fn facsimile(title: &str, pages: &[FacsimilePage], give: &mut Give) -> Structure {
    let mut structure = Structure::new();
    structure.mark(title, 0);
    for (number, page) in pages.iter().enumerate() {
        let node = structure.add(Structure::DOCUMENT, Role::Figure);
        structure[node].alt = Some(page.alt.as_str().into());
        let area = fitted(page, Paper::default());
        let item = Item::Picture { id: page.id.clone(), area, window: area, radius: 0.0 };
        let sheet = Sheet { items: vec![Placed { node: Some(node), item }], links: Vec::new() };
        give(number, &sheet, &structure);
    }
    structure
}

fn fitted(page: &FacsimilePage, paper: Paper) -> Area {
    let (width, height) = (page.width.max(1) as f32, page.height.max(1) as f32);
    let scale = (paper.width() / width).min(paper.height() / height);
    let (width, height) = (width * scale, height * scale);
    Area { x: (paper.width() - width) / 2.0, y: (paper.height() - height) / 2.0, width, height }
}
