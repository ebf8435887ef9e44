//! The drawn map of a child's homes, and the list that says the same.

use kurbo::{Affine, BezPath, Point};

use super::super::blocks::Style;
use super::super::design::{Colour, Column, INK, WHITE};
use super::super::flow::Press;
use super::super::structure::{NodeId, Role};
use super::super::{Area, Item, Stroke, words};
use super::life::size_of;
use crate::book::{ChapterKind, Stop};
use crate::figures::chapters::{self, palette};
use crate::figures::denmark::{COAST, CORNER, HomeMap, SIGN, SIZE, house};
use crate::typeset::Face;

/// So much of the sheet the map takes at most.
const HIGH: f32 = 0.6;
/// Between the dots of the way, in the map's units.
const STEP: f64 = 5.0;

/// Draws the map where one of the stops stands on it.
pub(super) fn place(press: &mut Press, sect: NodeId, kind: ChapterKind, stops: &[Stop]) {
    let Some(map) = HomeMap::of(stops) else { return };
    let figure = press.node(sect, Role::Figure);
    let language = press.book.language;
    press.structure[figure].alt = Some(words::map(&map.municipalities(), language).into());
    let (wide, high) = (SIZE.0 as f32, SIZE.1 as f32);
    let scale = (press.column.width / wide).min(press.room() * HIGH / high);
    let left = press.column.x + (press.column.width - wide * scale) / 2.0;
    let drawing = Drawing { figure, kind, scale, corner: (left, press.y) };
    drawing.ground(press);
    drawing.way(press, &map);
    drawing.signs(press, &map);
    press.y += high * scale + size_of(press) * 0.6;
    list(press, sect, &map);
    press.y += size_of(press);
}

/// Where the map stands on the sheet.
struct Drawing {
    figure: NodeId,
    kind: ChapterKind,
    scale: f32,
    corner: (f32, f32),
}

impl Drawing {
    fn to_sheet(&self) -> Affine {
        let (x, y) = self.corner;
        Affine::translate((f64::from(x), f64::from(y))) * Affine::scale(f64::from(self.scale))
    }

    fn draw(&self, press: &mut Press, path: &BezPath, fill: Option<Colour>, width: f32) {
        let colour = palette(self.kind).deep;
        let stroke = Stroke { width: width * chapters::LINE * self.scale, colour };
        let path = self.to_sheet() * path.clone();
        press.put(Some(self.figure), Item::Path { path, fill, stroke: Some(stroke) });
    }

    fn dot(&self, press: &mut Press, at: Point, radius: f32) {
        let (at, radius) = (self.to_sheet() * at, radius * self.scale);
        let (x, y) = (at.x as f32 - radius, at.y as f32 - radius);
        let area = Area { x, y, width: 2.0 * radius, height: 2.0 * radius };
        press.put(Some(self.figure), Item::Box { area, radius, colour: palette(self.kind).deep });
    }

    fn ground(&self, press: &mut Press) {
        for island in COAST.iter() {
            self.draw(press, island, Some(palette(self.kind).mid), 0.5);
        }
        let (x, y, wide, high) = CORNER;
        let mut corner = BezPath::new();
        corner.move_to((x, y));
        for to in [(x + wide, y), (x + wide, y + high), (x, y + high)] {
            corner.line_to(to);
        }
        corner.close_path();
        self.draw(press, &corner, None, 0.3);
    }

    /// From home to home, step by step.
    fn way(&self, press: &mut Press, map: &HomeMap) {
        for two in map.signs.windows(2) {
            let [from, to] = [&two[0], &two[1]].map(|sign| Point::new(sign.sign_x, sign.sign_y));
            let steps = (from.distance(to) / STEP).floor();
            for step in 1..steps as usize {
                let at = from.lerp(to, step as f64 / steps);
                self.dot(press, at, 1.1);
            }
        }
    }

    fn signs(&self, press: &mut Press, map: &HomeMap) {
        let deep = palette(self.kind).deep;
        for sign in &map.signs {
            let mut stalk = BezPath::new();
            stalk.move_to((sign.x, sign.y));
            stalk.line_to((sign.sign_x, sign.sign_y));
            self.draw(press, &stalk, None, 0.5);
            let at = Point::new(sign.x, sign.y);
            self.dot(press, at, 2.0);
        }
        for sign in &map.signs {
            self.draw(press, &house(sign.sign_x, sign.sign_y), Some(WHITE), 0.7);
            let size = SIGN as f32 * 1.1 * self.scale;
            let style = Style { face: Face::ReadingBold, size, leading: size, colour: deep };
            for line in press.lines(&sign.number.to_string(), style, 10.0 * size, None) {
                let at = self.to_sheet() * Point::new(sign.sign_x, sign.sign_y + SIGN * 0.5);
                let left = at.x as f32 - line.width / 2.0;
                press.text_at(Some(self.figure), line, style, left, at.y as f32);
            }
        }
    }
}

/// The homes by the same numbers.
fn list(press: &mut Press, sect: NodeId, map: &HomeMap) {
    let size = size_of(press) * 0.86;
    let style = Style { face: Face::Reading, size, leading: size * 1.4, colour: INK };
    for sign in &map.signs {
        let said = format!("{}. {}, {}", sign.number, sign.name, sign.municipality);
        let lines = press.lines(&said, style, press.column.width, None);
        if lines.len() as f32 * style.leading > press.room() {
            press.new_numbered_sheet();
        }
        let node = press.node(sect, Role::P);
        let column = Column { centred: false, ..press.column };
        press.y = press.lines_at(Some(node), lines, style, column, press.y);
    }
}
