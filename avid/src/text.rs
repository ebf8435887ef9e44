//! What text may hold: characters that XML 1.0 has (5.D), without blanks around it (5.A.2).

use std::borrow::Cow;

/// A text as it may stand in a delivery: lines end in a line feed, and characters that XML does not have are
/// replaced by U+FFFD, so that it can be seen that something stood there.
pub fn cleaned(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| letter != '\r' && is_allowed(letter)) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(
        lines
            .chars()
            .map(|letter| if is_allowed(letter) { letter } else { char::REPLACEMENT_CHARACTER })
            .collect(),
    )
}

/// Whether a text can be written as it is.
pub(crate) fn is_clean(text: &str) -> bool {
    matches!(cleaned(text), Cow::Borrowed(_))
}

/// `Char` of XML 1.0, fifth edition, 2.2.
fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_seen_to_have_stood_there() {
        assert_eq!(cleaned("Hej\r\ndu\0"), "Hej\ndu\u{FFFD}");
        assert!(is_clean("Æblegrød 🍎\n\tmed fløde"));
        assert!(!is_clean("\u{FFFE}"));
    }
}
