//! From text to lines of shaped glyphs: fonts with fallback, shaping, hyphenation and line breaking.

mod fonts;
mod lines;
mod shape;

pub use fonts::{Face, Fonts};
pub use lines::{Hyphenation, Line, Setting, break_lines};
pub use shape::{Cluster, Glyph, Run, shape_line};

/// The text as it can be set: no control or direction characters, every space a plain one, and every character that
/// no font here has shown as an open box, so that the reader sees that something stood there.
pub fn clean(text: &str, fonts: &Fonts) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if character.is_whitespace() && character != '\u{A0}' => cleaned.push(' '),
            _ if is_invisible(character) => {}
            _ if fonts::joins(character) || fonts.has(character) => cleaned.push(character),
            _ => cleaned.push('□'),
        }
    }
    cleaned
}

/// Controls, soft hyphens, byte-order marks and direction overrides: nothing a reader sees.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests;
