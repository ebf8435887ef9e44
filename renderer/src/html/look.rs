//! How the reader wants pages to look: its own switches, kept in a cookie of a few letters that says nothing of anybody.

use serde::Serialize;

use super::Page;

/// The reader's own switches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Look {
    /// Black on white, or white on black.
    pub contrast: bool,
    /// Letters, words and lines further apart, no italics and no divided words: easier with dyslexia.
    pub easy_type: bool,
    /// Nothing moves.
    pub calm: bool,
    /// Everything larger.
    pub large: bool,
    /// Light or dark.
    pub theme: Theme,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device is.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Look {
    /// From the cookie's letters; unknown ones mean nothing.
    pub fn from_letters(letters: &str) -> Self {
        let has = |letter: char| letters.contains(letter);
        let theme = match (has('m'), has('l')) {
            (true, _) => Theme::Dark,
            (false, true) => Theme::Light,
            (false, false) => Theme::Device,
        };
        Self { contrast: has('k'), easy_type: has('o'), calm: has('r'), large: has('s'), theme }
    }

    /// The letters for the cookie.
    pub fn letters(self) -> String {
        let theme = match self.theme {
            Theme::Device => None,
            Theme::Light => Some('l'),
            Theme::Dark => Some('m'),
        };
        let switches = [(self.contrast, 'k'), (self.easy_type, 'o'), (self.calm, 'r'), (self.large, 's')];
        switches.into_iter().filter_map(|(on, letter)| on.then_some(letter)).chain(theme).collect()
    }
}

/// `/visning`: the switches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookForm {
    /// Where the reader came from and goes back to; empty for the front.
    pub back_to: String,
}

impl Page for LookForm {
    const TEMPLATE: &'static str = "look.html";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_is_read_as_it_was_written() {
        for theme in [Theme::Device, Theme::Light, Theme::Dark] {
            for bits in 0..16_u8 {
                let look = Look {
                    contrast: bits & 1 != 0,
                    easy_type: bits & 2 != 0,
                    calm: bits & 4 != 0,
                    large: bits & 8 != 0,
                    theme,
                };
                assert_eq!(Look::from_letters(&look.letters()), look);
            }
        }
        assert_eq!(Look::from_letters("<script>?").letters(), "rs", "known letters, nothing else");
        assert_eq!(Look::default().letters(), "");
    }
}
