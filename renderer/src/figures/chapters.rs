//! The thirteen chapters' drawings and colours: one of each, so that those who cannot read yet can find their way, on
//! the screen and on paper.

use serde::Serialize;

use crate::book::ChapterKind;
use crate::layout::Colour;

/// A chapter's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The ground.
    pub tint: Colour,
    /// The masses upon it.
    pub mid: Colour,
    /// Lines and letters.
    pub deep: Colour,
}

/// How a part of a drawing is inked; named as in the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Ink {
    /// Filled with the middle colour.
    #[serde(rename = "m")]
    Mass,
    /// A line in the deep colour.
    #[serde(rename = "l")]
    Line,
    /// Filled with the deep colour.
    #[serde(rename = "d")]
    Dot,
}

/// A part of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its ink.
    pub ink: Ink,
    /// Its outline as SVG path data, in a square with sides of [`SIDE`].
    pub path: &'static str,
}

/// The side of the square a drawing stands in.
pub const SIDE: f32 = 64.0;

/// How thick the lines are drawn, in that square.
pub const LINE: f32 = 2.4;

/// The chapter's colours, as the style sheet has them for light ground.
pub fn palette(kind: ChapterKind) -> Palette {
    let (tint, mid, deep) = match kind {
        ChapterKind::MeNow => (0xFDEEC9, 0xF6D789, 0x6F4A00),
        ChapterKind::GoodAt => (0xFFE5D3, 0xFBC49C, 0x87360F),
        ChapterKind::MyPeople => (0xFBE3E1, 0xF2BDBA, 0x8A2C44),
        ChapterKind::Homes => (0xDFEDF6, 0xB5D5EA, 0x1C4D6C),
        ChapterKind::Family => (0xE6EEDA, 0xC5D9A8, 0x3A5726),
        ChapterKind::Born => (0xEBE5F6, 0xCFC2EA, 0x543D84),
        ChapterKind::Why => (0xDBEEEA, 0xAED9D0, 0x135650),
        ChapterKind::School => (0xE3E9F9, 0xBCCBF2, 0x32428E),
        ChapterKind::Days => (0xFAE2EC, 0xF0BAD2, 0x822858),
        ChapterKind::Things => (0xF3E7D6, 0xE0C6A0, 0x6A461A),
        ChapterKind::Letters => (0xE5EDEE, 0xC0D2D6, 0x345059),
        ChapterKind::Plan => (0xDFF0DF, 0xB6DCB7, 0x205934),
        ChapterKind::Future => (0xDDEFF4, 0xAEDBE7, 0x11566C),
    };
    Palette { tint: Colour::of(tint), mid: Colour::of(mid), deep: Colour::of(deep) }
}

const fn mass(path: &'static str) -> Part {
    Part { ink: Ink::Mass, path }
}

const fn line(path: &'static str) -> Part {
    Part { ink: Ink::Line, path }
}

const fn dot(path: &'static str) -> Part {
    Part { ink: Ink::Dot, path }
}

/// The chapter's drawing, from back to front.
pub fn drawing(kind: ChapterKind) -> &'static [Part] {
    match kind {
        ChapterKind::MeNow => ME_NOW,
        ChapterKind::GoodAt => GOOD_AT,
        ChapterKind::MyPeople => MY_PEOPLE,
        ChapterKind::Homes => HOMES,
        ChapterKind::Family => FAMILY,
        ChapterKind::Born => BORN,
        ChapterKind::Why => WHY,
        ChapterKind::School => SCHOOL,
        ChapterKind::Days => DAYS,
        ChapterKind::Things => THINGS,
        ChapterKind::Letters => LETTERS,
        ChapterKind::Plan => PLAN,
        ChapterKind::Future => FUTURE,
    }
}

const ME_NOW: &[Part] = &[
    mass("M32 12c12 0 20 9 20 21S43 55 32 55 12 45 12 33s8-21 20-21Z"),
    line("M14 27c7 1 14-3 17-10 4 7 11 10 19 9"),
    dot("M22.6 36a2.4 2.4 0 1 1 4.8 0a2.4 2.4 0 1 1-4.8 0Z"),
    dot("M36.6 36a2.4 2.4 0 1 1 4.8 0a2.4 2.4 0 1 1-4.8 0Z"),
    line("M25 44c4 4 10 4 14 0M30 12c-1-4 2-6 5-6"),
];

const GOOD_AT: &[Part] = &[
    mass("m32 8 7 15 16 2-12 12 3 17-14-8-14 8 3-17L9 25l16-2Z"),
    line("m32 8 7 15 16 2-12 12 3 17-14-8-14 8 3-17L9 25l16-2ZM28 34c2 3 6 3 8 0"),
];

const MY_PEOPLE: &[Part] = &[
    mass("M11 21a9 9 0 1 1 18 0a9 9 0 1 1-18 0Z"),
    mass("M38 24a7 7 0 1 1 14 0a7 7 0 1 1-14 0Z"),
    line(
        "M20 12a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM45 17a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM5 54c0-10 6-16 15-16s15 6 15 16M40 39c10-3 19 4 19 15M5 54h54",
    ),
];

const HOMES: &[Part] = &[
    mass("M13 30v24h38V30L32 13Z"),
    line("M7 34 32 11l25 23M13 29v25h38V29M27 54V41h10v13M43 20v-9h5v14"),
    dot("M19 35h6v6h-6zM40 35h6v6h-6z"),
];

const FAMILY: &[Part] = &[
    mass("M32 6c13 0 22 8 22 18S45 41 32 41 10 34 10 24 19 6 32 6Z"),
    line(
        "M32 58V27M32 44l11-10M32 38 21 29M32 6c13 0 22 8 22 18S45 41 32 41 10 34 10 24 19 6 32 6ZM21 58h22",
    ),
    dot("M18.4 22a2.6 2.6 0 1 1 5.2 0a2.6 2.6 0 1 1-5.2 0Z"),
    dot("M31.4 16a2.6 2.6 0 1 1 5.2 0a2.6 2.6 0 1 1-5.2 0Z"),
    dot("M41.4 26a2.6 2.6 0 1 1 5.2 0a2.6 2.6 0 1 1-5.2 0Z"),
];

const BORN: &[Part] = &[
    mass("M10 33h44c0 9-6 15-14 15H24c-8 0-14-6-14-15Z"),
    line(
        "M10 33h44c0 9-6 15-14 15H24c-8 0-14-6-14-15ZM10 33c0-12 8-20 20-21v21M12 56c12 4 28 4 40 0M20 48l-3 8M44 48l3 8",
    ),
    dot("m47 8 2 4 4 1-3 3 1 4-4-2-4 2 1-4-3-3 4-1Z"),
];

const WHY: &[Part] = &[
    mass("M12 12h32l8 7-8 7H12ZM52 30H24l-8 7 8 7h28Z"),
    line("M32 6v6M32 26v4M32 44v14M12 12h32l8 7-8 7H12ZM52 30H24l-8 7 8 7h28ZM22 58h20"),
];

const SCHOOL: &[Part] = &[
    mass("M14 27c0-10 7-16 18-16s18 6 18 16v29H14Z"),
    line(
        "M14 27c0-10 7-16 18-16s18 6 18 16v29H14ZM25 12c0-8 14-8 14 0M21 56V40h22v16M21 46h22M32 46v5M14 34H9v16h5M50 34h5v16h-5M27 25h10",
    ),
];

const DAYS: &[Part] = &[
    mass("M11 37h42v19H11Z"),
    line(
        "M11 37h42v19H11ZM11 44c4 5 7 5 10 0 4 5 7 5 11 0 4 5 7 5 11 0 3 5 6 5 10 0M22 37V25M32 37V25M42 37V25M6 56h52",
    ),
    dot("M22 13c4 4 3 9 0 9s-4-5 0-9ZM32 13c4 4 3 9 0 9s-4-5 0-9ZM42 13c4 4 3 9 0 9s-4-5 0-9Z"),
];

const THINGS: &[Part] = &[
    mass("M10 28h44v27H10Z"),
    line("M10 28h44v27H10ZM6 18h52v10H6ZM32 28v27"),
    dot("M32 18c-9 0-13-3-12-7s8-3 12 7Zm0 0c9 0 13-3 12-7s-8-3-12 7Z"),
];

const LETTERS: &[Part] = &[
    mass("M7 17h50v33H7Z"),
    line("M7 17h50v33H7ZM7 18l25 20 25-20M7 50l18-17M57 50 39 33"),
    dot("M32 33c-6-4-7-9-3-10 2 0 3 1 3 3 0-2 1-3 3-3 4 1 3 6-3 10Z"),
];

const PLAN: &[Part] = &[
    mass("m8 16 16-6 16 6 16-6v38l-16 6-16-6-16 6Z"),
    line("m8 16 16-6 16 6 16-6v38l-16 6-16-6-16 6ZM24 10v38M40 16v38M14 40c4-6 6-2 9-6M29 36c3 2 5-6 8-4"),
    dot("M48 22c4 0 6 3 5 6-1 2-3 4-5 7-2-3-4-5-5-7-1-3 1-6 5-6Z"),
];

const FUTURE: &[Part] = &[
    mass("M36 6 54 22 36 42 20 22Z"),
    line("M36 6 54 22 36 42 20 22ZM36 6v36M20 22h34M36 42c0 8-8 6-12 10-3 3-8 4-14 2"),
    dot("m27 44 5 3-1-6ZM17 55l1-6-5 2Z"),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use kurbo::{BezPath, Shape};

    use super::*;

    #[test]
    fn the_screen_and_the_paper_have_the_same_colours() {
        let sheet = web::asset("book.css").expect("the style sheet");
        let sheet = std::str::from_utf8(sheet.bytes).unwrap();
        let hex = |Colour(r, g, b): Colour| format!("#{r:02x}{g:02x}{b:02x}");
        for kind in ChapterKind::ALL {
            let Palette { tint, mid, deep } = palette(kind);
            let colours = format!("--tint: {}; --mid: {}; --deep: {};", hex(tint), hex(mid), hex(deep));
            let rule = format!("[data-chapter=\"{}\"] {{ {colours} }}", kind.slug());
            assert!(sheet.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn every_drawing_stays_in_its_square() {
        let side = f64::from(SIDE);
        for part in ChapterKind::ALL.into_iter().flat_map(drawing) {
            let bounds = BezPath::from_svg(part.path).expect(part.path).bounding_box();
            assert!(bounds.x0 >= 0.0 && bounds.y0 >= 0.0, "{}", part.path);
            assert!(bounds.x1 <= side && bounds.y1 <= side, "{}", part.path);
        }
    }
}
