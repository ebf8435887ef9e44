//! The faces a book is printed in. All are under the SIL Open Font License and lie in `web/fonts`.

use rustybuzz::ttf_parser::GlyphId;

/// A face of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Andika, drawn for those who are learning to read.
    Reading,
    /// Andika, bold.
    ReadingBold,
    /// Literata, for those who read with ease.
    Serif,
    /// Literata, italic.
    SerifItalic,
    /// Literata, semibold: titles.
    Title,
    /// Noto Emoji: pictures in the text, in one colour.
    Emoji,
}

impl Face {
    /// Every face, in the order of [`Face`].
    pub const ALL: [Face; 6] =
        [Self::Reading, Self::ReadingBold, Self::Serif, Self::SerifItalic, Self::Title, Self::Emoji];

    /// The PostScript name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "Andika",
            Self::ReadingBold => "Andika-Bold",
            Self::Serif => "Literata-Regular",
            Self::SerifItalic => "Literata-Italic",
            Self::Title => "Literata-SemiBold",
            Self::Emoji => "NotoEmoji-Regular",
        }
    }

    /// The font file.
    pub fn data(self) -> &'static [u8] {
        match self {
            Self::Reading => include_bytes!("../../../web/fonts/Andika-Regular.ttf"),
            Self::ReadingBold => include_bytes!("../../../web/fonts/Andika-Bold.ttf"),
            Self::Serif => include_bytes!("../../../web/fonts/Literata-Regular.ttf"),
            Self::SerifItalic => include_bytes!("../../../web/fonts/Literata-Italic.ttf"),
            Self::Title => include_bytes!("../../../web/fonts/Literata-SemiBold.ttf"),
            Self::Emoji => include_bytes!("../../../web/fonts/NotoEmoji-Regular.ttf"),
        }
    }
}

/// The faces, parsed once for a whole book.
pub struct Fonts {
    faces: Vec<rustybuzz::Face<'static>>,
}

impl Fonts {
    /// Parses every face; nothing only if a font file in the program itself were broken.
    pub fn load() -> Option<Self> {
        let faces = Face::ALL.iter().map(|face| rustybuzz::Face::from_slice(face.data(), 0));
        Some(Self { faces: faces.collect::<Option<_>>()? })
    }

    /// The parsed face.
    pub fn get(&self, face: Face) -> &rustybuzz::Face<'static> {
        &self.faces[face as usize]
    }

    /// Whether any face can show the character.
    pub fn has(&self, character: char) -> bool {
        [Face::Reading, Face::Serif, Face::Emoji].iter().any(|face| self.glyph(*face, character).is_some())
    }

    /// The face that shows `character` where `wanted` is asked for.
    pub(super) fn face_for(&self, wanted: Face, character: char) -> Face {
        let order = [wanted, Face::Reading, Face::Serif, Face::Emoji];
        order.into_iter().find(|face| self.glyph(*face, character).is_some()).unwrap_or(wanted)
    }

    fn glyph(&self, face: Face, character: char) -> Option<GlyphId> {
        self.get(face).glyph_index(character).filter(|glyph| glyph.0 != 0)
    }
}

/// Characters that belong to the one before them: they never choose a face of their own.
pub(super) fn joins(character: char) -> bool {
    matches!(character, '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{0300}'..='\u{036F}')
}
