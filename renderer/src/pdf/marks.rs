//! Crop marks: where the printing house cuts.

use printpdf::{Color, Line, LinePoint, Op, Point, Pt, Rgb};

use crate::layout::Paper;

/// How far the marks stay from what is printed, in points.
const AWAY: f32 = 3.0;

/// Two hair lines at each corner, outside what is printed, and no part of the book.
pub(super) fn crop(paper: Paper) -> Vec<Op> {
    let black = Color::Rgb(Rgb { r: 0.0, g: 0.0, b: 0.0, icc_profile: None });
    let mut ops = vec![
        Op::BeginMarkedContent { tag: "Artifact".into() },
        Op::SetOutlineColor { col: black },
        Op::SetOutlineThickness { pt: Pt(0.25) },
    ];
    let edge = paper.cut_away();
    let (width, height) = (paper.width() + 2.0 * edge, paper.height() + 2.0 * edge);
    let length = edge - paper.bleed() - AWAY;
    for (x, outwards) in [(edge, 0.0), (width - edge, width)] {
        for (y, downwards) in [(edge, 0.0), (height - edge, height)] {
            let inwards = |far: f32| if far > 0.0 { far - length } else { length };
            ops.push(hair_line((x, downwards), (x, inwards(downwards))));
            ops.push(hair_line((outwards, y), (inwards(outwards), y)));
        }
    }
    ops.push(Op::EndMarkedContent);
    ops
}

fn hair_line(from: (f32, f32), to: (f32, f32)) -> Op {
    let at = |(x, y)| LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier: false };
    Op::DrawLine { line: Line { points: vec![at(from), at(to)], is_closed: false } }
}
