//! The faces as they go into the file: only the glyphs the book uses.

use std::collections::BTreeMap;

use printpdf::{Codepoint, FontId, FontMetrics, ParsedFont, PdfDocument, PdfFont};
use rustybuzz::ttf_parser::{self, GlyphId};
use subsetter::GlyphRemapper;

use super::PdfError;
use crate::layout::{Item, Layout};
use crate::typeset::{Cluster, Face, Fonts, Glyph, Line};

/// A face with its glyphs renumbered.
pub(super) struct Subset {
    face: Face,
    remapper: GlyphRemapper,
    /// What each glyph is read as when copied or spoken, by its number in the whole face.
    read_as: BTreeMap<u16, String>,
    /// Advance widths as the file states them, in thousandths, by the number in the whole face.
    widths: BTreeMap<u16, i64>,
}

impl Subset {
    pub(super) fn resource(&self) -> FontId {
        FontId(format!("F{}", self.face as usize))
    }

    fn number(&self, glyph: u16) -> u16 {
        self.remapper.get(glyph).unwrap_or(0)
    }

    /// The glyphs, by their numbers in the whole face.
    pub(super) fn glyphs(&self) -> impl Iterator<Item = u16> {
        self.widths.keys().copied()
    }

    /// A glyph as the file calls it, with what it is read as.
    pub(super) fn code(&self, glyph: u16) -> Codepoint {
        let read_as = self.read_as.get(&glyph).cloned().unwrap_or_default();
        Codepoint::with_cid(self.number(glyph), 0.0, read_as)
    }

    pub(super) fn width(&self, glyph: u16) -> f32 {
        self.widths.get(&glyph).copied().unwrap_or(0) as f32
    }
}

/// Collects the glyphs of a whole book.
pub(super) fn subsets(layout: &Layout, fonts: &Fonts) -> BTreeMap<Face, Subset> {
    let mut subsets = BTreeMap::new();
    for placed in layout.sheets.iter().flat_map(|sheet| &sheet.items) {
        let Item::Text { line, .. } = &placed.item else { continue };
        for run in &line.runs {
            let subset = subsets.entry(run.face).or_insert_with(|| Subset {
                face: run.face,
                remapper: GlyphRemapper::new(),
                read_as: BTreeMap::new(),
                widths: BTreeMap::new(),
            });
            for glyph in &run.glyphs {
                note(subset, glyph, fonts.get(run.face));
            }
        }
        if let Some((face, id)) = space_after(line, fonts)
            && let Some(subset) = subsets.get_mut(&face)
        {
            let space = Glyph { id, advance: 0.0, shift: 0.0, text: Cluster::One(' ') };
            note(subset, &space, fonts.get(face));
        }
    }
    for subset in subsets.values_mut() {
        name_glyphs(subset, fonts.get(subset.face));
    }
    subsets
}

/// The space at the end of a line that goes on with the next word: not seen, but the words stay two when they are copied
/// or spoken.
pub(super) fn space_after(line: &Line, fonts: &Fonts) -> Option<(Face, u16)> {
    let face = line.runs.last().filter(|_| line.goes_on)?.face;
    Some((face, fonts.get(face).glyph_index(' ')?.0))
}

fn note(subset: &mut Subset, glyph: &Glyph, face: &ttf_parser::Face) {
    subset.remapper.remap(glyph.id);
    if glyph.text != Cluster::None {
        subset.read_as.entry(glyph.id).or_insert_with(|| glyph.text.to_string());
    }
    // Rounded down as printpdf does, for the viewer moves its pen by what the file says.
    let advance = face.glyph_hor_advance(GlyphId(glyph.id)).unwrap_or(0);
    let width = (f32::from(advance) * 1000.0 / f32::from(face.units_per_em())) as i64;
    subset.widths.insert(glyph.id, width);
}

/// A glyph reached by one character is read as that character, the lowest where several share it.
fn name_glyphs(subset: &mut Subset, face: &ttf_parser::Face) {
    let mut named: BTreeMap<u16, char> = BTreeMap::new();
    for table in
        face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables).filter(|table| table.is_unicode())
    {
        table.codepoints(|code| {
            if let (Some(character), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) {
                let known = named.entry(glyph.0).or_insert(character);
                *known = (*known).min(character);
            }
        });
    }
    for (glyph, text) in &mut subset.read_as {
        if let Some(character) = named.get(glyph) {
            *text = character.to_string();
        }
    }
}

/// Adds the faces to the document.
pub(super) fn embed(document: &mut PdfDocument, subsets: &BTreeMap<Face, Subset>) -> Result<(), PdfError> {
    for (index, subset) in subsets.values().enumerate() {
        let font = PdfFont::new(parsed(subset, index)?);
        document.resources.fonts.map.insert(subset.resource(), font);
    }
    Ok(())
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
