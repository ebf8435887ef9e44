//! What a chapter tells before its pages, on sheets of its colour: the people map, the line of homes or schools, and the
//! child's own goals.

use kurbo::BezPath;

use super::super::blocks::{Style, Text};
use super::super::design::{Colour, Column, INK, WHITE};
use super::super::flow::Press;
use super::super::structure::{NodeId, Role};
use super::super::{Item, Stroke, words};
use super::{Place, map, note_chapter};
use crate::book::{self, Chapter, ChapterKind, Goal, PeopleGroup, Picture, Someone, Stop, StopKind};
use crate::figures::chapters::{self, palette};
use crate::labels::initial;
use crate::typeset::Face;

/// The type is no larger than this, so that a family fits on a sheet.
const LARGEST: f32 = 17.0;

/// The circle of an important day, as a part of a home's.
const DAY: f32 = 0.28;

/// White between rows, as a part of the type size.
const BETWEEN: f32 = 1.1;

/// A circle with its words beside it.
struct Row<'a> {
    picture: Option<(NodeId, &'a Picture)>,
    letter: String,
    texts: Vec<Text>,
}

pub(super) fn place(press: &mut Press, place: Place, chapter: &Chapter, form: &book::Form) {
    let margin = press.design.margin;
    let column = press.design.column(press.paper, palette(chapter.kind).tint);
    press.column = Column { x: margin, width: press.paper.width() - 2.0 * margin, centred: false, ..column };
    let sheet = press.sheets.count();
    note_chapter(press, chapter, sheet);
    press.new_numbered_sheet();
    head(press, place, chapter.kind);
    match form {
        book::Form::People(people) => people_map(press, place.sect, chapter.kind, people),
        book::Form::Line(stops) => {
            if chapter.kind == ChapterKind::Homes {
                map::place(press, place.sect, chapter.kind, stops);
            }
            line(press, place.sect, chapter.kind, stops);
        }
        book::Form::Goals(goals) => goal_list(press, place.sect, chapter.kind, goals),
    }
}

/// The chapter's drawing and its name.
fn head(press: &mut Press, place: Place, kind: ChapterKind) {
    let size = press.design.display_size;
    let side = size * 1.7;
    let column = press.column;
    press.drawing(kind, (column.x + side / 2.0, press.y + side / 2.0), side);
    let style = Style { face: Face::Title, size, leading: size * 1.2, colour: palette(kind).deep };
    let beside = Column { x: column.x + side * 1.3, width: column.width - side * 1.3, ..column };
    let lines = press.lines(kind.title(press.book.language), style, beside.width, None);
    let high = lines.len() as f32 * style.leading;
    let top = press.y + ((side - high) / 2.0).max(0.0);
    let bottom = press.lines_at(place.title, lines, style, beside, top);
    press.y = bottom.max(press.y + side) + size * 0.6;
}

pub(super) fn size_of(press: &Press) -> f32 {
    press.design.size.min(LARGEST)
}

fn people_map(press: &mut Press, sect: NodeId, kind: ChapterKind, people: &[Someone]) {
    // Two beside each other, where the sheet is wide enough for both.
    let columns = if press.column.width > 24.0 * size_of(press) { 2 } else { 1 };
    for group in PeopleGroup::ALL {
        let members: Vec<&Someone> = people.iter().filter(|someone| someone.group == group).collect();
        if members.is_empty() {
            continue;
        }
        let part = press.node(sect, Role::Sect);
        let heading = press.node(part, Role::H2);
        let mut heading = Some((heading, words::group(group, press.book.language)));
        for members in members.chunks(columns) {
            let width = press.column.width / columns as f32;
            let rows: Vec<Row> =
                members.iter().map(|someone| somebody(press, part, someone, width)).collect();
            row(press, kind, heading.take(), &rows, width);
        }
    }
}

/// A heading, where there is one, and somebody or two beside each other below it.
fn row(press: &mut Press, kind: ChapterKind, heading: Option<(NodeId, String)>, rows: &[Row], width: f32) {
    let size = size_of(press);
    let style =
        Style { face: Face::Title, size: size * 1.15, leading: size * 2.0, colour: palette(kind).deep };
    let radius = radius(press);
    let high = rows.iter().map(Row::height).fold(2.0 * radius, f32::max);
    let above = if heading.is_some() { style.leading } else { 0.0 };
    if above + high > press.room() {
        press.new_numbered_sheet();
    }
    if let Some((node, words)) = heading {
        let lines = press.lines(&words, style, press.column.width, None);
        press.y = press.lines_at(Some(node), lines, style, press.column, press.y);
    }
    let (left, top) = (press.column.x, press.y);
    for (index, row) in rows.iter().enumerate() {
        let x = left + index as f32 * width;
        circle(press, row, kind, (x + radius, top + radius), radius);
        beside(press, row, (x + 2.4 * radius, top), width - 2.6 * radius);
    }
    press.y = top + high + size * BETWEEN;
}

fn radius(press: &Press) -> f32 {
    size_of(press) * 1.7
}

impl Row<'_> {
    fn height(&self) -> f32 {
        self.texts.iter().map(|text| text.before + text.height()).sum()
    }
}

fn somebody<'a>(press: &mut Press, sect: NodeId, someone: &'a Someone, width: f32) -> Row<'a> {
    let picture = someone.picture.as_ref().map(|picture| (press.figure(sect, picture), picture));
    let width = width - 2.6 * radius(press);
    let language = press.book.language;
    let ended = match (someone.died, someone.before) {
        (Some(year), _) => Some(words::died(year, language)),
        (None, true) => Some(words::before(language)),
        (None, false) => None,
    };
    let said = [Some(someone.title.clone()), someone.words.clone(), ended];
    let texts = told(press, sect, &someone.name, said.into_iter().flatten(), width);
    Row { picture, letter: initial(&someone.name), texts }
}

/// A name, and below it what is said of it; each is read by itself.
fn told(
    press: &mut Press,
    sect: NodeId,
    name: &str,
    said: impl Iterator<Item = String>,
    width: f32,
) -> Vec<Text> {
    let size = size_of(press);
    let strong = Style { face: Face::ReadingBold, size, leading: size * 1.35, colour: INK };
    let plain = Style { face: Face::Reading, size: size * 0.86, leading: size * 1.25, colour: INK };
    let words = std::iter::once((name.to_owned(), strong)).chain(said.map(|words| (words, plain)));
    let text = |(words, style): (String, Style)| Text {
        node: Some(press.node(sect, Role::P)),
        lines: press.lines(&words, style, width, None),
        style,
        before: 0.0,
    };
    words.map(text).collect()
}

/// A picture seen through a circle, or a letter on white.
fn circle(press: &mut Press, row: &Row, kind: ChapterKind, middle: (f32, f32), radius: f32) {
    press.circle(middle, radius, WHITE);
    match row.picture {
        Some((node, picture)) => press.portrait(node, picture, middle, radius * 0.92),
        None => letter(press, &row.letter, palette(kind).deep, middle, radius),
    }
}

fn letter(press: &mut Press, letter: &str, colour: Colour, (x, y): (f32, f32), radius: f32) {
    let style = Style { face: Face::Title, size: radius, leading: radius, colour };
    for line in press.lines(letter, style, 4.0 * radius, None) {
        let left = x - line.width / 2.0;
        press.text_at(None, line, style, left, y + radius * 0.34);
    }
}

fn beside(press: &mut Press, row: &Row, (x, top): (f32, f32), width: f32) {
    let column = Column { x, width, centred: false, ..press.column };
    let mut y = top;
    for text in &row.texts {
        y = press.lines_at(text.node, text.lines.clone(), text.style, column, y);
    }
}

/// A box for each goal, ticked where it was reached, and beside it the child's words and what its adults do.
fn goal_list(press: &mut Press, sect: NodeId, kind: ChapterKind, goals: &[Goal]) {
    let (size, side) = (size_of(press), 2.0 * radius(press) * 0.8);
    let width = press.column.width - 1.6 * side;
    for goal in goals {
        let language = press.book.language;
        let steps = goal.steps.iter().map(|step| words::step(step, language));
        let reached = goal.reached_on.map(|day| words::reached(day, language));
        let texts = told(press, sect, &goal.words, steps.chain(reached), width);
        let row = Row { picture: None, letter: String::new(), texts };
        let high = row.height().max(side);
        if high > press.room() {
            press.new_numbered_sheet();
        }
        tick(press, kind, (press.column.x, press.y), side, goal.reached_on.is_some());
        let top = press.y + ((side - row.height()) / 2.0).max(0.0);
        beside(press, &row, (press.column.x + 1.5 * side, top), width);
        press.y += high + size * BETWEEN;
    }
}

/// A box, with a tick in it or without.
fn tick(press: &mut Press, kind: ChapterKind, (x, y): (f32, f32), side: f32, ticked: bool) {
    let at = |across: f32, down: f32| (f64::from(x + across * side), f64::from(y + down * side));
    let mut path = BezPath::new();
    path.move_to(at(0.0, 0.0));
    for corner in [at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0)] {
        path.line_to(corner);
    }
    path.close_path();
    let stroke = Stroke { width: chapters::LINE * 1.6, colour: palette(kind).deep };
    press.put(None, Item::Path { path, fill: Some(WHITE), stroke: Some(stroke) });
    if ticked {
        let mut path = BezPath::new();
        path.move_to(at(0.22, 0.52));
        path.line_to(at(0.42, 0.72));
        path.line_to(at(0.8, 0.28));
        press.put(None, Item::Path { path, fill: None, stroke: Some(stroke) });
    }
}

fn line(press: &mut Press, sect: NodeId, kind: ChapterKind, stops: &[Stop]) {
    let (size, radius) = (size_of(press), radius(press));
    let width = press.column.width - 3.2 * radius;
    for (index, stop) in stops.iter().enumerate() {
        let row = stop_row(press, sect, stop, width);
        let high = row.height().max(2.0 * radius) + size * 1.6;
        if high - size * 1.6 > press.room() {
            press.new_numbered_sheet();
        }
        let (x, y) = (press.column.x + radius, press.y + radius);
        let goes_on = index + 1 < stops.len() && press.room() > high + 2.0 * radius;
        if goes_on {
            way(press, kind, stop.kind == StopKind::Gap, x, (y, y + high));
        }
        match stop.kind {
            StopKind::Gap => {
                press.circle((x, y), radius, palette(kind).tint);
                letter(press, "?", palette(kind).deep, (x, y), radius);
            }
            StopKind::Day => press.circle((x, y), radius * DAY, palette(kind).deep),
            _ => circle(press, &row, kind, (x, y), radius),
        }
        let top = press.y + ((2.0 * radius - row.height()) / 2.0).max(0.0);
        beside(press, &row, (x + 1.8 * radius, top), width);
        press.y += high;
    }
}

fn stop_row<'a>(press: &mut Press, sect: NodeId, stop: &'a Stop, width: f32) -> Row<'a> {
    let picture = stop.picture.as_ref().map(|picture| (press.figure(sect, picture), picture));
    let language = press.book.language;
    let name = if stop.kind == StopKind::Gap { words::gap(language) } else { stop.name.clone() };
    let said = [
        Some(words::years(stop, language)),
        stop.place.clone(),
        Some(words::stay(stop, language)),
        stop.words.clone(),
    ];
    let texts = told(press, sect, &name, said.into_iter().flatten(), width);
    Row { picture, letter: initial(&stop.name), texts }
}

/// From one stop to the next; dots where nobody knows.
fn way(press: &mut Press, kind: ChapterKind, unknown: bool, x: f32, (from, to): (f32, f32)) {
    let colours = palette(kind);
    if unknown {
        let mut y = from;
        while y < to {
            press.circle((x, y), 1.6, colours.mid);
            y += 9.0;
        }
        return;
    }
    let mut path = BezPath::new();
    path.move_to((f64::from(x), f64::from(from)));
    path.line_to((f64::from(x), f64::from(to)));
    let stroke = Some(Stroke { width: chapters::LINE * 1.6, colour: colours.mid });
    press.put(None, Item::Path { path, fill: None, stroke });
}
