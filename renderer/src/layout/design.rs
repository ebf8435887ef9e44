//! Measures and colours, by the reader's age: the younger, the larger the letters and the fewer on a sheet.

use crate::book::AgeBand;
use crate::typeset::Face;

/// A4 in points.
pub const PAPER_WIDTH: f32 = 595.276;
/// A4 in points.
pub const PAPER_HEIGHT: f32 = 841.89;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

pub(super) const INK: Colour = Colour(0x2B, 0x2A, 0x33);
pub(super) const SOFT_INK: Colour = Colour(0x62, 0x5D, 0x6C);
pub(super) const TERRACOTTA: Colour = Colour(0xA8, 0x4A, 0x2A);
pub(super) const CREAM: Colour = Colour(0xFC, 0xF3, 0xE3);
pub(super) const HONEY: Colour = Colour(0xF4, 0xD9, 0xA8);
pub(super) const SAGE: Colour = Colour(0xDC, 0xE7, 0xDA);
pub(super) const SKY: Colour = Colour(0xDC, 0xE8, 0xF2);
pub(super) const ROSE: Colour = Colour(0xF6, 0xE1, 0xDA);

/// Of the moon on a page that waits, in points.
pub(super) const MOON_RADIUS: f32 = 20.0;

/// A chapter's ground and the shapes upon it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tint {
    pub(super) ground: Colour,
    pub(super) shape: Colour,
}

/// Chapters take these in turn, so that a child knows where it is by the colour.
pub(super) const TINTS: [Tint; 4] = [
    Tint { ground: CREAM, shape: HONEY },
    Tint { ground: Colour(0xEE, 0xF4, 0xEC), shape: Colour(0xC6, 0xDB, 0xC3) },
    Tint { ground: Colour(0xED, 0xF3, 0xF9), shape: Colour(0xC3, 0xD9, 0xEB) },
    Tint { ground: Colour(0xFB, 0xEF, 0xEB), shape: Colour(0xF0, 0xCC, 0xC0) },
];

/// How a book for one age is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Design {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) title_size: f32,
    pub(super) small_size: f32,
    pub(super) margin: f32,
    /// The widest a line of reading text gets; about 65 letters.
    pub(super) measure: f32,
    /// The tallest a page's first picture gets.
    pub(super) picture_height: f32,
    pub(super) hyphenate: bool,
    /// One picture a sheet, none beside another.
    pub(super) one_picture: bool,
    /// A page may share its sheet with the one before.
    pub(super) shares_sheets: bool,
}

impl Design {
    pub(super) fn of(band: AgeBand) -> Self {
        let base = Self {
            face: Face::Serif,
            size: 12.0,
            leading: 18.5,
            title_size: 22.0,
            small_size: 9.5,
            margin: 76.0,
            measure: 400.0,
            picture_height: 330.0,
            hyphenate: true,
            one_picture: false,
            shares_sheets: true,
        };
        let young = Self { face: Face::Reading, hyphenate: false, shares_sheets: false, ..base };
        let wide = PAPER_WIDTH - 2.0 * 64.0;
        match band {
            AgeBand::From3 => Self {
                size: 24.0,
                leading: 39.0,
                title_size: 32.0,
                small_size: 13.0,
                margin: 64.0,
                measure: wide,
                picture_height: 420.0,
                one_picture: true,
                ..young
            },
            AgeBand::From7 => Self {
                size: 16.5,
                leading: 27.0,
                title_size: 27.0,
                small_size: 11.5,
                margin: 64.0,
                measure: wide,
                picture_height: 360.0,
                ..young
            },
            AgeBand::From10 => Self {
                size: 14.0,
                leading: 22.5,
                title_size: 24.0,
                small_size: 10.5,
                margin: 70.0,
                measure: 430.0,
                hyphenate: true,
                ..young
            },
            AgeBand::From13 | AgeBand::From16 => base,
            AgeBand::Adult => Self { size: 11.5, leading: 17.5, ..base },
        }
    }

    /// From margin to margin.
    pub(super) fn width(&self) -> f32 {
        PAPER_WIDTH - 2.0 * self.margin
    }

    pub(super) fn top(&self) -> f32 {
        72.0
    }

    pub(super) fn bottom(&self) -> f32 {
        PAPER_HEIGHT - 84.0
    }
}
