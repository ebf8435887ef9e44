//! What a page is made of, measured before it is placed.

use super::Area;
use super::design::Colour;
use super::structure::NodeId;
use crate::book::Picture;
use crate::typeset::{Face, Line};

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) colour: Colour,
}

/// A paragraph, broken into lines.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// Nothing for words that are only repeated, large.
    pub(super) node: Option<NodeId>,
    pub(super) lines: Vec<Line>,
    pub(super) style: Style,
    /// White above it, in points.
    pub(super) before: f32,
}

impl Text {
    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * self.style.leading
    }
}

/// A picture in a row.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) node: NodeId,
    pub(super) id: String,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// A part of a page that is placed as one, save that a text may go on overleaf.
#[derive(Debug, Clone)]
pub(super) enum Block {
    /// A paragraph; `keep` binds it to what follows.
    Text { text: Text, keep: bool },
    /// Pictures side by side, equally high, bound to what follows.
    Row { figures: Vec<Figure>, before: f32 },
    /// Texts in a coloured box; a page that waits has a moon in its corner.
    Note { texts: Vec<Text>, fill: Colour, before: f32, moon: bool },
}

pub(super) const ROW_GAP: f32 = 10.0;
pub(super) const NOTE_PADDING: f32 = 22.0;

impl Block {
    pub(super) fn before(&self) -> f32 {
        match self {
            Self::Text { text, .. } => text.before,
            Self::Row { before, .. } | Self::Note { before, .. } => *before,
        }
    }

    pub(super) fn height(&self) -> f32 {
        match self {
            Self::Text { text, .. } => text.height(),
            Self::Row { figures, .. } => figures.iter().map(|figure| figure.height).fold(0.0, f32::max),
            Self::Note { texts, .. } => {
                2.0 * NOTE_PADDING + texts.iter().map(|text| text.before + text.height()).sum::<f32>()
            }
        }
    }

    /// What must fit on a sheet for the block to begin there.
    pub(super) fn least_height(&self) -> f32 {
        match self {
            Self::Text { text, .. } => text.lines.len().min(2) as f32 * text.style.leading,
            _ => self.height(),
        }
    }

    pub(super) fn row(&mut self) -> Option<&mut Vec<Figure>> {
        match self {
            Self::Row { figures, .. } => Some(figures),
            _ => None,
        }
    }

    pub(super) fn keeps(&self) -> bool {
        matches!(self, Self::Text { keep: true, .. } | Self::Row { .. })
    }
}

/// The height all blocks take when nothing is split.
pub(super) fn total_height(blocks: &[Block]) -> f32 {
    blocks.iter().map(|block| block.before() + block.height()).sum()
}

/// Scales a row of pictures to `width` and at most `height`, with all its pictures equally high.
pub(super) fn row_sizes(pictures: &[&Picture], width: f32, height: f32) -> Vec<(f32, f32)> {
    let ratios: Vec<f32> = pictures.iter().map(|picture| ratio(picture)).collect();
    let gaps = ROW_GAP * (ratios.len().saturating_sub(1)) as f32;
    let row = ((width - gaps) / ratios.iter().sum::<f32>()).min(height);
    ratios.into_iter().map(|ratio| (row * ratio, row)).collect()
}

/// Width to height; a picture of unknown size counts as square.
pub(super) fn ratio(picture: &Picture) -> f32 {
    (picture.width.max(1) as f32 / picture.height.max(1) as f32).clamp(0.1, 10.0)
}

/// Where a picture stands so that it fills `window`; what is cut off a tall one is cut below rather than above, where
/// the faces are.
pub(super) fn filling(window: Area, ratio: f32) -> Area {
    let (width, height) = match window.width / window.height > ratio {
        true => (window.width, window.width / ratio),
        false => (window.height * ratio, window.height),
    };
    Area {
        x: window.x - (width - window.width) / 2.0,
        y: window.y - (height - window.height) * 0.12,
        width,
        height,
    }
}

pub(super) fn shrink(figures: &mut [Figure], factor: f32) {
    for figure in figures {
        figure.width *= factor;
        figure.height *= factor;
    }
}
