//! Measures and colours, by the reader's age and the paper: the younger, the larger the letters and the fewer on a sheet.

use super::paper::{Paper, Size};
use crate::book::AgeBand;
use crate::typeset::Face;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// From its usual notation, for example `0x2B2A33`.
    pub const fn of(hex: u32) -> Self {
        let [_, red, green, blue] = hex.to_be_bytes();
        Self(red, green, blue)
    }
}

pub(super) const WHITE: Colour = Colour::of(0xFF_FF_FF);
pub(super) const INK: Colour = Colour::of(0x2B_2A_33);
pub(super) const SOFT_INK: Colour = Colour::of(0x5D_58_68);
pub(super) const ROOM: Colour = Colour::of(0xF4_ED_E1);
pub(super) const ON_CLOTH: Colour = Colour::of(0xFF_F6_E3);
pub(super) const THREAD: Colour = Colour::of(0xD9_B3_6A);
pub(super) const NIGHT: Colour = Colour::of(0xDC_E6_F2);
pub(super) const MOON: Colour = Colour::of(0xF6_D7_89);

/// How a book is composed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Large pictures with few words.
    PictureBook,
    /// Pictures and texts in spreads.
    PhotoBook,
    /// Texts with their sources.
    Reader,
}

/// How a book for one age is set on one paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Design {
    pub(super) form: Form,
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) title_size: f32,
    pub(super) small_size: f32,
    /// Of chapters' titles on their own sheets, and of the cover's.
    pub(super) display_size: f32,
    pub(super) margin: f32,
    /// The widest a line of reading text gets; about 65 letters.
    pub(super) measure: f32,
    pub(super) hyphenate: bool,
    /// Few words to a sheet, in the middle of it.
    pub(super) centred: bool,
}

/// Letters on a line, as multiples of the type size.
const MEASURE: f32 = 33.0;

impl Design {
    pub(super) fn of(band: AgeBand, paper: Paper) -> Self {
        // Type, title, small, margin; a small book is held nearer, and is still no large one seen from afar.
        let [a4, square, a5] = match band {
            AgeBand::From3 => [[27.0, 33.0, 11.5, 60.0], [21.0, 26.0, 10.0, 48.0], [18.5, 23.0, 9.0, 40.0]],
            AgeBand::From7 => [[16.5, 27.0, 10.5, 64.0], [14.5, 24.0, 9.5, 56.0], [13.0, 20.5, 8.5, 42.0]],
            AgeBand::From10 => [[14.5, 27.0, 10.5, 70.0], [13.0, 24.0, 9.5, 60.0], [11.0, 20.0, 8.5, 46.0]],
            AgeBand::From13 | AgeBand::From16 => {
                [[13.0, 27.0, 10.0, 70.0], [12.0, 24.0, 9.5, 60.0], [10.0, 19.5, 8.0, 46.0]]
            }
            AgeBand::Adult => [[11.5, 20.0, 9.5, 72.0], [11.0, 19.0, 9.0, 64.0], [9.5, 16.5, 8.0, 48.0]],
        };
        let [size, title_size, small_size, margin] = match paper.size {
            Size::A4 => a4,
            Size::Square => square,
            Size::A5 => a5,
        };
        let form = match band {
            AgeBand::From3 | AgeBand::From7 => Form::PictureBook,
            AgeBand::From10 | AgeBand::From13 | AgeBand::From16 => Form::PhotoBook,
            AgeBand::Adult => Form::Reader,
        };
        let young = band <= AgeBand::From10;
        Self {
            form,
            face: if young { Face::Reading } else { Face::Serif },
            size,
            leading: size * if young { 1.6 } else { 1.52 },
            title_size,
            small_size,
            display_size: title_size * if form == Form::Reader { 1.4 } else { 1.6 },
            margin,
            measure: (size * MEASURE).min(paper.width() - 2.0 * margin),
            hyphenate: band > AgeBand::From7,
            centred: band == AgeBand::From3,
        }
    }

    /// The column of reading text.
    pub(super) fn column(&self, paper: Paper, ground: Colour) -> Column {
        let (top, bottom) = (self.margin * 1.1, paper.height() - self.margin * 1.05);
        let x = (paper.width() - self.measure) / 2.0;
        Column { x, width: self.measure, top, bottom, centred: self.centred, ground }
    }
}

/// Where texts run, on this sheet and on those they go on to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Lines stand in the middle.
    pub(super) centred: bool,
    /// The sheet's colour.
    pub(super) ground: Colour,
}

impl Column {
    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }
}
