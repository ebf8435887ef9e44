//! The paper a book is printed on, in points (72 to the inch).

use serde::{Deserialize, Serialize};

const MILLIMETRE: f32 = 72.0 / 25.4;

/// What is printed beyond the edge and cut away, so that no white shows where the knife is a little off.
const BLEED: f32 = 3.0 * MILLIMETRE;

/// From the book's edge to the edge of the paper it is cut from: the bleed and the crop marks.
const CUT_AWAY: f32 = 10.0 * MILLIMETRE;

/// How large the book is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 148 by 210 mm.
    A5,
    /// 210 by 210 mm.
    Square,
}

impl Size {
    /// All sizes, the one most have paper for first.
    pub const ALL: [Size; 3] = [Self::A4, Self::A5, Self::Square];

    /// The name used in the API and in sealed documents, for example `a4`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::Square => "square",
        }
    }

    /// The inverse of [`Size::as_str`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.as_str() == name)
    }
}

/// The paper a book is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Paper {
    /// How large the book is.
    pub size: Size,
    /// Printed beyond the edges and with crop marks, for a printing house; without, for a printer at home.
    pub bleed: bool,
}

impl Paper {
    /// The book's width in points.
    pub fn width(self) -> f32 {
        MILLIMETRE
            * match self.size {
                Size::A4 | Size::Square => 210.0,
                Size::A5 => 148.0,
            }
    }

    /// The book's height in points.
    pub fn height(self) -> f32 {
        MILLIMETRE
            * match self.size {
                Size::A4 => 297.0,
                Size::A5 | Size::Square => 210.0,
            }
    }

    /// How far what reaches an edge is printed beyond it, in points.
    pub fn bleed(self) -> f32 {
        if self.bleed { BLEED } else { 0.0 }
    }

    /// From the book's edge to the edge of the paper it is cut from, in points.
    pub fn cut_away(self) -> f32 {
        if self.bleed { CUT_AWAY } else { 0.0 }
    }
}
