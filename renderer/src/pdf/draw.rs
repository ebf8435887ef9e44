//! Sheets to pages: every item is drawn inside marked content that names its structure element or says it is none.

use std::collections::BTreeMap;

use kurbo::{BezPath, PathEl};
use lopdf::Stream;
use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, LineCapStyle, LineJoinStyle, LinePoint, Op, PaintMode,
    PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rgb, TextItem,
    WindingOrder,
};

use super::PdfError;
use super::faces::Faces;
use super::marks;
use crate::layout::{Area, Colour, Item, NodeId, Paper, Placed, Sheet, Stroke, Structure};
use crate::typeset::{Line, Run};

/// A sheet, drawn.
pub(super) struct Drawn {
    pub(super) content: Stream,
    /// The structure elements of its marked content, by MCID.
    pub(super) marks: Vec<NodeId>,
    /// The media's ids of its pictures, by the number in [`picture_name`].
    pub(super) pictures: Vec<String>,
}

/// The name by which a page's content calls a picture.
pub(super) fn picture_name(number: usize) -> String {
    format!("P{number}")
}

pub(super) struct Pen<'a> {
    pub(super) faces: Faces<'a>,
    paper: Paper,
    ops: Vec<Op>,
    pictures: Vec<String>,
}

/// What printpdf makes of pages. It leaves out operators it has no name for unless told otherwise; `Do` with a picture of
/// ours is one.
pub(super) fn printed(press: &PdfDocument) -> lopdf::Document {
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    press.to_lopdf_document(&options, &mut Vec::new())
}

impl<'a> Pen<'a> {
    pub(super) fn new(faces: Faces<'a>, paper: Paper) -> Self {
        Self { faces, paper, ops: Vec::new(), pictures: Vec::new() }
    }

    pub(super) fn sheet(&mut self, sheet: &Sheet, structure: &Structure) -> Result<Drawn, PdfError> {
        let marks = self.marked(sheet, structure);
        let mut press = PdfDocument::new("");
        // The page's measures are ours to write; printpdf gives its content.
        press.pages.push(PdfPage::new(Pt(0.0).into(), Pt(0.0).into(), std::mem::take(&mut self.ops)));
        let content = content(printed(&press)).map_err(|cause| PdfError::Drawing(cause.to_string()))?;
        Ok(Drawn { content, marks, pictures: std::mem::take(&mut self.pictures) })
    }

    fn marked(&mut self, sheet: &Sheet, structure: &Structure) -> Vec<NodeId> {
        let mut marks = Vec::new();
        self.clip_to_bleed();
        for group in sheet.items.chunk_by(|a, b| a.node == b.node) {
            self.begin(group, structure, &mut marks);
            for placed in group {
                self.item(&placed.item);
            }
            self.ops.push(Op::EndMarkedContent);
        }
        if self.paper.bleed {
            self.ops.push(Op::RestoreGraphicsState);
            self.ops.extend(marks::crop(self.paper));
        }
        marks
    }

    /// Nothing is drawn among the crop marks.
    fn clip_to_bleed(&mut self) {
        if !self.paper.bleed {
            return;
        }
        let bleed = self.paper.bleed();
        let printed = Area {
            x: -bleed,
            y: -bleed,
            width: self.paper.width() + 2.0 * bleed,
            height: self.paper.height() + 2.0 * bleed,
        };
        self.ops.push(Op::SaveGraphicsState);
        let polygon = self.rounded(printed, 0.0, PaintMode::Clip);
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn begin(&mut self, group: &[Placed], structure: &Structure, marks: &mut Vec<NodeId>) {
        let Some(node) = group[0].node else {
            return self.ops.push(Op::BeginMarkedContent { tag: "Artifact".into() });
        };
        let number = DictItem::Int(marks.len() as i64);
        marks.push(node);
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: structure[node].role.name().into(),
            properties: DictItem::Dict { map: BTreeMap::from([("MCID".to_string(), number)]) },
        });
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Text { x, y, size, colour, line } => self.text(*x, *y, *size, *colour, line),
            Item::Picture { id, area, window, radius } => self.picture(id, *area, *window, *radius),
            Item::Box { area, radius, colour } => {
                self.ops.push(Op::SetFillColor { col: ink(*colour) });
                let polygon = self.rounded(*area, *radius, PaintMode::Fill);
                self.ops.push(Op::DrawPolygon { polygon });
            }
            Item::Path { path, fill, stroke } => self.path(path, *fill, *stroke),
        }
    }

    fn text(&mut self, x: f32, y: f32, size: f32, colour: Colour, line: &Line) {
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor { col: ink(colour) });
        self.ops.push(Op::SetTextCursor { pos: self.point(x, y) });
        for (index, run) in line.runs.iter().enumerate() {
            let last = index + 1 == line.runs.len();
            self.run(run, size, line.hyphenated && last);
        }
        if let Some(space) = self.faces.space_after(line) {
            self.ops.push(Op::ShowText { items: vec![coded(space)] });
        }
        self.ops.push(Op::EndTextSection);
    }

    fn run(&mut self, run: &Run, size: f32, hyphenated: bool) {
        let mut glyphs = self.positioned(run);
        let font = PdfFontHandle::External(run.face.resource());
        self.ops.push(Op::SetFont { font, size: Pt(size) });
        let hyphen = if hyphenated { glyphs.pop() } else { None };
        self.ops.push(Op::ShowText { items: glyphs });
        if let Some(hyphen) = hyphen {
            self.hyphen(hyphen);
        }
    }

    /// The run's glyphs with the corrections that bring the viewer's pen to where shaping put it.
    fn positioned(&mut self, run: &Run) -> Vec<TextItem> {
        const NOT_VISIBLE: f32 = 1.5;
        let mut items = Vec::new();
        let (mut wanted, mut viewer) = (0.0, 0.0);
        for glyph in &run.glyphs {
            let back = viewer - (wanted + glyph.shift);
            if f32::abs(back) > NOT_VISIBLE {
                items.push(TextItem::Offset(back));
                viewer -= back;
            }
            let (number, width) = self.faces.note(run.face, glyph);
            items.push(coded(number));
            viewer += width;
            wanted += glyph.advance;
        }
        items
    }

    /// A hyphen the setting put there is read as a soft one: a word stays one word when copied or spoken.
    fn hyphen(&mut self, hyphen: TextItem) {
        let soft = DictItem::String { data: vec![0xFE, 0xFF, 0x00, 0xAD], literal: false };
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: "Span".into(),
            properties: DictItem::Dict { map: BTreeMap::from([("ActualText".to_string(), soft)]) },
        });
        self.ops.push(Op::ShowText { items: vec![hyphen] });
        self.ops.push(Op::EndMarkedContent);
    }

    fn picture(&mut self, id: &str, area: Area, window: Area, radius: f32) {
        let number = self.pictures.len();
        self.pictures.push(id.to_owned());
        let Point { x, y } = self.point(area.x, area.y + area.height);
        let matrix = CurTransMat::Raw([area.width, 0.0, 0.0, area.height, x.0, y.0]);
        self.ops.push(Op::SaveGraphicsState);
        let polygon = self.rounded(window, radius, PaintMode::Clip);
        self.ops.push(Op::DrawPolygon { polygon });
        self.ops.push(Op::SetTransformationMatrix { matrix });
        let name = DictItem::Name(picture_name(number).into_bytes());
        self.ops.push(Op::Unknown { key: "Do".into(), value: vec![name] });
        self.ops.push(Op::RestoreGraphicsState);
    }

    /// Lines and curves, filled and drawn.
    fn path(&mut self, path: &BezPath, fill: Option<Colour>, stroke: Option<Stroke>) {
        if let Some(fill) = fill {
            self.ops.push(Op::SetFillColor { col: ink(fill) });
        }
        if let Some(stroke) = stroke {
            self.ops.push(Op::SetOutlineColor { col: ink(stroke.colour) });
            self.ops.push(Op::SetOutlineThickness { pt: Pt(stroke.width) });
            self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
            self.ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
        }
        let mut pen = kurbo::Point::ZERO;
        for segment in path.elements() {
            let (name, points) = match *segment {
                PathEl::MoveTo(to) => ("m", vec![to]),
                PathEl::LineTo(to) => ("l", vec![to]),
                PathEl::QuadTo(by, to) => {
                    let raised = kurbo::QuadBez::new(pen, by, to).raise();
                    ("c", vec![raised.p1, raised.p2, to])
                }
                PathEl::CurveTo(from, by, to) => ("c", vec![from, by, to]),
                PathEl::ClosePath => ("h", Vec::new()),
            };
            pen = points.last().copied().unwrap_or(pen);
            let points = points.into_iter().map(|at| self.point(at.x as f32, at.y as f32));
            let value = points.flat_map(|at| [DictItem::Real(at.x.0), DictItem::Real(at.y.0)]).collect();
            self.ops.push(Op::Unknown { key: name.into(), value });
        }
        let painted = match (fill, stroke) {
            (Some(_), Some(_)) => "B",
            (Some(_), None) => "f",
            (None, Some(_)) => "S",
            (None, None) => "n",
        };
        self.ops.push(Op::Unknown { key: painted.into(), value: Vec::new() });
    }

    /// A place on the sheet as the file counts it: from the lower left corner of all that is printed on.
    fn point(&self, x: f32, y: f32) -> Point {
        let cut_away = self.paper.cut_away();
        Point { x: Pt(x + cut_away), y: Pt(self.paper.height() + cut_away - y) }
    }

    /// A rectangle with round corners, as four lines and four Bézier quarters.
    fn rounded(&self, area: Area, radius: f32, mode: PaintMode) -> Polygon {
        /// How far a Bézier handle stands out to draw a quarter of a circle.
        const HANDLE: f32 = 0.552_284_8;
        let r = radius.min(area.width / 2.0).min(area.height / 2.0);
        let (left, top) = (area.x, area.y);
        let (right, bottom) = (area.x + area.width, area.y + area.height);
        let mut points = Vec::new();
        let mut add = |x, y, bezier| points.push(LinePoint { p: self.point(x, y), bezier });
        // Each corner: the point before it, its sharp tip, the point after it.
        let corners = [
            ((left, top + r), (left, top), (left + r, top)),
            ((right - r, top), (right, top), (right, top + r)),
            ((right, bottom - r), (right, bottom), (right - r, bottom)),
            ((left + r, bottom), (left, bottom), (left, bottom - r)),
        ];
        for (from, tip, to) in corners {
            add(from.0, from.1, false);
            if r > 0.0 {
                let toward = |p: (f32, f32)| (p.0 + (tip.0 - p.0) * HANDLE, p.1 + (tip.1 - p.1) * HANDLE);
                add(toward(from).0, toward(from).1, true);
                add(toward(to).0, toward(to).1, true);
                add(to.0, to.1, false);
            }
        }
        Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero }
    }
}

/// The content of the only page, packed.
fn content(mut document: lopdf::Document) -> Result<Stream, lopdf::Error> {
    let page = document.page_iter().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let content = document.get_object(page)?.as_dict()?.get(b"Contents")?.as_reference()?;
    let content = document.get_object_mut(content)?.as_stream_mut()?;
    content.compress()?;
    Ok(content.clone())
}

/// A glyph as the file calls it. What it is read as is told with the faces.
fn coded(number: u16) -> TextItem {
    TextItem::GlyphIds(vec![Codepoint::with_cid(number, 0.0, String::new())])
}

fn ink(Colour(r, g, b): Colour) -> Color {
    let part = |value: u8| f32::from(value) / 255.0;
    Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}
