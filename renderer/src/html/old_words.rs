//! `/ordbog`: the words of old files, by the years and the laws they are from.

use serde::Serialize;

use super::Page;
use crate::book::Language;
use crate::glossary::{Entry, Glossary};

/// The years in which each law began, and the key of its words: who decided then, and where papers lie.
const ERAS: [(u16, &str); 5] =
    [(1905, "1905"), (1933, "1933"), (1976, "1976"), (1998, "1998"), (2024, "2024")];

/// The words of old files, by period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldWords {
    /// First to last; the words of all years at the end.
    pub eras: Vec<Era>,
}

/// A period with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Era {
    /// Its first year, or `always`.
    pub key: &'static str,
    /// In the order of the alphabet.
    pub words: Vec<OldWord>,
}

/// A word with what it meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldWord {
    /// The word as it stands in the files.
    pub word: String,
    /// When one met it.
    pub years: Option<String>,
    /// What it means.
    pub explanation: String,
}

impl OldWords {
    /// All of them, explained in `language`. The words themselves are Danish: the files are.
    pub fn new(language: Language) -> Self {
        let mut eras: Vec<Era> = ERAS
            .iter()
            .map(|(_, key)| *key)
            .chain(["always"])
            .map(|key| Era { key, words: Vec::new() })
            .collect();
        for entry in Glossary::in_language(Language::Da).entries() {
            let explanation = match language {
                Language::Da => &entry.grown,
                Language::En => &entry.english,
            };
            let Some(explanation) = explanation.clone() else { continue };
            let key = era(entry);
            let word = OldWord { word: entry.word.clone(), years: entry.years(language), explanation };
            if let Some(era) = eras.iter_mut().find(|era| era.key == key) {
                era.words.push(word);
            }
        }
        for era in &mut eras {
            era.words.sort_by_key(|word| word.word.to_lowercase());
        }
        Self { eras }
    }
}

/// The period in which a word began; one that ended before 1933 and whose beginning nobody knows is of the first.
fn era(entry: &Entry) -> &'static str {
    let year = entry.from.or(entry.until.map(|until| until.saturating_sub(1)));
    let Some(year) = year else { return "always" };
    ERAS.iter().rev().find(|(from, _)| *from <= year).map_or("1905", |(_, key)| key)
}

impl Page for OldWords {
    const TEMPLATE: &'static str = "old_words.html";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_once_in_the_years_it_is_from() {
        for language in [Language::Da, Language::En] {
            let words = OldWords::new(language);
            let of = |wanted: &str| -> Vec<&str> {
                let eras = words.eras.iter().filter(|era| era.key == wanted);
                eras.flat_map(|era| &era.words).map(|word| word.word.as_str()).collect()
            };
            assert_eq!(of("1905"), ["fattigvæsenet", "værgeråd"]);
            assert!(of("1933").contains(&"børneværn") && of("1998").contains(&"serviceloven"));
            assert!(of("2024").contains(&"barnets lov") && of("always").contains(&"omsorgssvigt"));
            let all: usize = words.eras.iter().map(|era| era.words.len()).sum();
            assert!(all >= 45, "{all}");
        }
    }
}
