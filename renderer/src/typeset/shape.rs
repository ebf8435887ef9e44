//! Shaping: which glyphs, how far each moves the pen.

use rustybuzz::{Direction, Feature, UnicodeBuffer, ttf_parser::Tag};

use super::fonts::{Face, Fonts, joins};

/// A glyph in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// The glyph's number in its face.
    pub id: u16,
    /// How far it moves the pen, in thousandths of the size.
    pub advance: f32,
    /// How far it stands to the right of the pen, in thousandths of the size.
    pub shift: f32,
    /// The characters it shows.
    pub text: Cluster,
}

/// The characters behind a glyph. Nearly always one, and the book of a whole life has a million glyphs: no place on the heap
/// for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cluster {
    /// A further glyph of a group, whose first one carries them all.
    None,
    /// One character.
    One(char),
    /// Several.
    Many(Box<str>),
}

impl Cluster {
    fn of(text: &str) -> Self {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Self::None,
            (Some(one), None) => Self::One(one),
            _ => Self::Many(text.into()),
        }
    }

    /// Bytes of them in UTF-8.
    pub fn len_utf8(&self) -> usize {
        match self {
            Self::None => 0,
            Self::One(one) => one.len_utf8(),
            Self::Many(text) => text.len(),
        }
    }
}

impl std::fmt::Display for Cluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::One(one) => one.fmt(f),
            Self::Many(text) => text.fmt(f),
        }
    }
}

/// Neighbouring glyphs of one face.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Their face.
    pub face: Face,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
}

impl Run {
    /// The run's width in thousandths of the size.
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    /// The characters the run shows.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.to_string()).collect()
    }
}

/// Shapes a line of clean text, changing face where `face` lacks a character.
pub fn shape_line(text: &str, face: Face, fonts: &Fonts) -> Vec<Run> {
    itemize(text, face, fonts).into_iter().map(|(face, part)| shape(part, face, fonts)).collect()
}

fn itemize<'a>(text: &'a str, wanted: Face, fonts: &Fonts) -> Vec<(Face, &'a str)> {
    let mut parts: Vec<(Face, &str)> = Vec::new();
    let mut start = 0;
    let mut current = None;
    for (at, character) in text.char_indices() {
        let face = match current {
            Some(face) if joins(character) => face,
            _ => fonts.face_for(wanted, character),
        };
        if let Some(before) = current.filter(|before| *before != face) {
            parts.push((before, &text[start..at]));
            start = at;
        }
        current = Some(face);
    }
    parts.extend(current.map(|face| (face, &text[start..])));
    parts
}

fn shape(text: &str, face: Face, fonts: &Fonts) -> Run {
    let font = fonts.get(face);
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.set_direction(Direction::LeftToRight);
    let shaped = rustybuzz::shape(font, &features(face), buffer);
    let thousandths = 1000.0 / font.units_per_em() as f32;
    let infos = shaped.glyph_infos();
    let glyphs =
        infos.iter().zip(shaped.glyph_positions()).enumerate().map(|(index, (info, position))| Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: position.x_advance as f32 * thousandths,
            shift: position.x_offset as f32 * thousandths,
            text: Cluster::of(cluster(text, infos, index)),
        });
    Run { face, glyphs: glyphs.collect() }
}

/// Letters stay letters, so that each can be copied and read aloud; emoji are made of joined characters.
fn features(face: Face) -> Vec<Feature> {
    match face {
        Face::Emoji => Vec::new(),
        _ => [b"liga", b"clig", b"dlig"].map(|tag| Feature::new(Tag::from_bytes(tag), 0, ..)).to_vec(),
    }
}

/// The characters behind a glyph: its first glyph carries the whole group's.
fn cluster<'a>(text: &'a str, infos: &[rustybuzz::GlyphInfo], index: usize) -> &'a str {
    let start = infos[index].cluster as usize;
    if index > 0 && infos[index - 1].cluster as usize == start {
        return "";
    }
    let later = infos[index..].iter().map(|info| info.cluster as usize).find(|next| *next > start);
    &text[start..later.unwrap_or(text.len())]
}
