//! The faces as they go into the file: only the glyphs the book uses.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId, dictionary};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, Pt,
    TextItem,
};
use rustybuzz::ttf_parser::{self, GlyphId};
use subsetter::GlyphRemapper;

use super::PdfError;
use super::draw::printed;
use super::file::File;
use crate::typeset::{Cluster, Face, Fonts, Glyph, Line};

/// The faces of a book, with the glyphs it has used by now.
pub(super) struct Faces<'a> {
    fonts: &'a Fonts,
    subsets: BTreeMap<Face, Subset>,
}

/// A face with its glyphs renumbered.
struct Subset {
    face: Face,
    remapper: GlyphRemapper,
    /// What each glyph is read as when copied or spoken, by its number in the whole face.
    read_as: BTreeMap<u16, String>,
    /// Advance widths as the file states them, in thousandths, by the number in the whole face.
    widths: BTreeMap<u16, i64>,
}

impl Face {
    pub(super) fn resource(self) -> FontId {
        FontId(format!("F{}", self as usize))
    }
}

impl<'a> Faces<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, subsets: BTreeMap::new() }
    }

    /// Notes a glyph; answers its number in the file and its width there, in thousandths.
    pub(super) fn note(&mut self, face: Face, glyph: &Glyph) -> (u16, f32) {
        let subset = self.subsets.entry(face).or_insert_with(|| Subset::new(face));
        subset.note(glyph, self.fonts.get(face))
    }

    /// The space at the end of a line that goes on with the next word: not seen, but the words stay two when they are copied
    /// or spoken.
    pub(super) fn space_after(&mut self, line: &Line) -> Option<u16> {
        let face = line.runs.last().filter(|_| line.goes_on)?.face;
        let id = self.fonts.get(face).glyph_index(' ')?.0;
        Some(self.note(face, &Glyph { id, advance: 0.0, shift: 0.0, text: Cluster::One(' ') }).0)
    }

    /// Writes the faces, and what names them for the pages as object `id`.
    pub(super) fn write(mut self, file: &mut File, id: ObjectId) -> Result<(), PdfError> {
        let mut press = PdfDocument::new("");
        let mut specimen = Vec::new();
        for (index, subset) in self.subsets.values_mut().enumerate() {
            subset.name_glyphs(self.fonts.get(subset.face));
            press.resources.fonts.map.insert(subset.face.resource(), PdfFont::new(parsed(subset, index)?));
            specimen.extend(subset.specimen());
        }
        press.pages.push(PdfPage::new(Pt(0.0).into(), Pt(0.0).into(), specimen));
        let mut printed = printed(&press);
        let named = named(&mut printed, file.next()).map_err(|cause| PdfError::Drawing(cause.to_string()))?;
        file.object(id, named)?;
        printed.compress();
        for (number, object) in printed.objects {
            if file.add(object)? != number {
                return Err(PdfError::Drawing("the faces are not numbered one after the other".into()));
            }
        }
        Ok(())
    }
}

/// Takes what names the faces out of the specimen; only what it leads to stays, numbered from `first`.
fn named(specimen: &mut lopdf::Document, first: u32) -> Result<Object, lopdf::Error> {
    let page = specimen.page_iter().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let resources = specimen.get_object(page)?.as_dict()?.get(b"Resources")?.as_reference()?;
    let named = specimen.get_object(resources)?.as_dict()?.get(b"Font")?.as_reference()?;
    let named = specimen.objects.remove(&named).ok_or(lopdf::Error::ObjectNotFound(named))?;
    specimen.trailer = dictionary! { "Root" => named };
    specimen.prune_objects();
    specimen.renumber_objects_with(first);
    specimen.trailer.remove(b"Root").ok_or(lopdf::Error::DictKey("Root".into()))
}

impl Subset {
    fn new(face: Face) -> Self {
        Self { face, remapper: GlyphRemapper::new(), read_as: BTreeMap::new(), widths: BTreeMap::new() }
    }

    fn number(&self, glyph: u16) -> u16 {
        self.remapper.get(glyph).unwrap_or(0)
    }

    fn note(&mut self, glyph: &Glyph, face: &ttf_parser::Face) -> (u16, f32) {
        let number = self.remapper.remap(glyph.id);
        if glyph.text != Cluster::None {
            self.read_as.entry(glyph.id).or_insert_with(|| glyph.text.to_string());
        }
        // Rounded down as printpdf does, for the viewer moves its pen by what the file says.
        let width = self.widths.entry(glyph.id).or_insert_with(|| {
            let advance = face.glyph_hor_advance(GlyphId(glyph.id)).unwrap_or(0);
            (f32::from(advance) * 1000.0 / f32::from(face.units_per_em())) as i64
        });
        (number, *width as f32)
    }

    /// A glyph reached by one character is read as that character, the lowest where several share it.
    fn name_glyphs(&mut self, face: &ttf_parser::Face) {
        let mut named: BTreeMap<u16, char> = BTreeMap::new();
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        for table in tables.filter(|table| table.is_unicode()) {
            table.codepoints(|code| {
                if let (Some(character), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) {
                    let known = named.entry(glyph.0).or_insert(character);
                    *known = (*known).min(character);
                }
            });
        }
        for (glyph, text) in &mut self.read_as {
            if let Some(character) = named.get(glyph) {
                *text = character.to_string();
            }
        }
    }

    /// Every glyph once, with what it is read as: from this printpdf learns what the file needs.
    fn specimen(&self) -> [Op; 2] {
        let code = |glyph: &u16| {
            let read_as = self.read_as.get(glyph).cloned().unwrap_or_default();
            Codepoint::with_cid(self.number(*glyph), 0.0, read_as)
        };
        let glyphs = self.widths.keys().map(code).collect();
        let font = PdfFontHandle::External(self.face.resource());
        [Op::SetFont { font, size: Pt(1.0) }, Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] }]
    }
}

fn parsed(subset: &Subset, index: usize) -> Result<ParsedFont, PdfError> {
    let data = subset.face.data();
    let failed = |cause: String| PdfError::Drawing(format!("{}: {cause}", subset.face.name()));
    let face = ttf_parser::Face::parse(data, 0).map_err(|cause| failed(cause.to_string()))?;
    let bytes = subsetter::subset(data, 0, &subset.remapper).map_err(|cause| failed(cause.to_string()))?;
    let widths = subset
        .read_as
        .keys()
        .chain(subset.widths.keys())
        .filter_map(|glyph| Some((subset.number(*glyph), face.glyph_hor_advance(GlyphId(*glyph))?)));
    let metrics = FontMetrics { ascent: face.ascender(), descent: face.descender() };
    // Six capitals and a plus mark a face that is not whole (ISO 32000-1, 9.6.4).
    let tag = char::from(b'A' + (index % 26) as u8);
    let name = format!("LIVSB{tag}+{}", subset.face.name());
    let mut font = ParsedFont::with_glyph_data(
        bytes,
        0,
        Some(name),
        BTreeMap::new(),
        widths.collect(),
        face.units_per_em(),
        metrics,
    );
    let bounds = face.global_bounding_box();
    font.pdf_font_metrics.units_per_em = face.units_per_em();
    font.pdf_font_metrics.x_min = bounds.x_min;
    font.pdf_font_metrics.y_min = bounds.y_min;
    font.pdf_font_metrics.x_max = bounds.x_max;
    font.pdf_font_metrics.y_max = bounds.y_max;
    font.pdf_font_metrics.us_weight_class = face.weight().to_number();
    if face.is_italic() {
        font.pdf_font_metrics.caret_slope_run = 1;
        font.pdf_font_metrics.caret_slope_rise = 5;
    }
    Ok(font)
}
