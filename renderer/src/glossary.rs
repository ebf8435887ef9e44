//! Hard words and what they mean: the words around a placement that no child should have to ask about aloud.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::book::{AgeBand, Language};

/// A hard word with its explanations.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The word as one looks it up.
    pub word: String,
    /// Every form it takes in a text, the word itself among them; small letters.
    pub forms: Vec<String>,
    /// What it means, for children; absent for a word that only somebody grown meets, in the files of those years.
    pub child: Option<String>,
    /// What it means, from 13 on.
    pub young: Option<String>,
    /// What it meant in the files of those years, where somebody grown meets it too.
    pub grown: Option<String>,
    /// The same in English, for whoever reads Danish files with it.
    pub english: Option<String>,
    /// The first year of the word or the law, where one can say it.
    pub from: Option<u16>,
    /// The last one.
    pub until: Option<u16>,
}

impl Entry {
    /// What it means, for a reader of `band`; nothing where it is not explained to them.
    pub fn explanation(&self, band: AgeBand) -> Option<&str> {
        match band {
            AgeBand::Adult => self.grown.as_deref(),
            band if band < AgeBand::From13 => self.child.as_deref(),
            _ => self.young.as_deref(),
        }
    }

    /// In which years one meets it, where one can say so: "1933–1976", "til 1976", "fra 2024".
    pub fn years(&self, language: Language) -> Option<String> {
        let word = |da: &'static str, en: &'static str| if language == Language::Da { da } else { en };
        match (self.from, self.until) {
            (Some(from), Some(until)) => Some(format!("{from}–{until}")),
            (Some(from), None) => Some(format!("{} {from}", word("fra", "from"))),
            (None, Some(until)) => Some(format!("{} {until}", word("til", "until"))),
            (None, None) => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

static DANISH: LazyLock<Glossary> = LazyLock::new(|| Glossary::read(web::GLOSSARY_DA));
static ENGLISH: LazyLock<Glossary> = LazyLock::new(|| Glossary::read(web::GLOSSARY_EN));

/// The hard words of one language.
#[derive(Debug)]
pub struct Glossary {
    entries: Vec<Entry>,
    /// Each form with its entry, the longest first.
    forms: Vec<(String, usize)>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The words as they stand.
    pub text: String,
    /// Counted from one on the page, where it is a hard word.
    pub hard: Option<usize>,
}

impl Span {
    /// Words without a hard one.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), hard: None }
    }
}

/// A hard word that stands on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HardWord {
    /// Counted from one on the page.
    pub number: usize,
    /// The word as one looks it up.
    pub word: String,
    /// When one met it, for somebody grown, where one can say so.
    pub years: Option<String>,
    /// What it means.
    pub explanation: String,
}

impl Glossary {
    /// The words of the language with this tag (BCP 47); none for a language without a list.
    pub fn of(tag: &str) -> Option<&'static Self> {
        match tag.split('-').next() {
            Some("da") => Some(&DANISH),
            Some("en") => Some(&ENGLISH),
            _ => None,
        }
    }

    /// The words of a language of the interface.
    pub fn in_language(language: Language) -> &'static Self {
        match language {
            Language::Da => &DANISH,
            Language::En => &ENGLISH,
        }
    }

    /// All words, as the file has them.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(source: &str) -> Self {
        // The file is ours and embedded; the tests read every entry of it. Without it a page has no bubbles.
        let entries = toml::from_str::<File>(source).map(|file| file.entry).unwrap_or_default();
        let of = |(at, entry): (usize, &Entry)| {
            entry.forms.iter().map(move |form| (form.to_lowercase(), at)).collect::<Vec<_>>()
        };
        let mut forms: Vec<(String, usize)> = entries.iter().enumerate().flat_map(of).collect();
        forms.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then(one.cmp(other)));
        Self { entries, forms }
    }

    /// The entry whose form begins at the start of `rest` and ends where a word ends, with the form's length in bytes.
    fn at(&self, rest: &str) -> Option<(usize, usize)> {
        self.forms.iter().find_map(|(form, entry)| {
            let length = matching(rest, form)?;
            let ends = rest[length..].chars().next().is_none_or(|next| !in_word(next));
            ends.then_some((*entry, length))
        })
    }
}

/// How many bytes of `text` are `form`, whatever the case of the letters.
fn matching(text: &str, form: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in form.chars() {
        let (_, letter) = letters.next()?;
        if letter != wanted && !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-'
}

/// Finds the hard words of one page: each is explained where it stands first.
pub struct Reader<'a> {
    glossary: Option<&'a Glossary>,
    /// Of the text.
    language: Language,
    band: AgeBand,
    found: Vec<usize>,
}

impl<'a> Reader<'a> {
    /// Reads a page in the language with this tag for a reader of `band`. Whoever is read to gets no bubbles, and whoever is
    /// grown those of old files alone.
    pub fn new(tag: &str, band: AgeBand) -> Reader<'static> {
        let glossary = Glossary::of(tag).filter(|_| band > AgeBand::From3);
        let language = if tag.starts_with("en") { Language::En } else { Language::Da };
        Reader { glossary, language, band, found: Vec::new() }
    }

    /// Cuts a paragraph into plain words and hard ones.
    pub fn spans(&mut self, text: &str) -> Vec<Span> {
        let Some(glossary) = self.glossary else { return vec![Span::plain(text)] };
        let mut spans = Vec::new();
        let (mut plain_from, mut at, mut before) = (0, 0, None);
        while let Some(letter) = text[at..].chars().next() {
            let begins = in_word(letter) && !before.is_some_and(in_word);
            let hit = if begins { glossary.at(&text[at..]) } else { None };
            let is_for = |entry: &Entry| entry.explanation(self.band).is_some();
            let is_new = |(entry, _): &(usize, usize)| {
                !self.found.contains(entry) && is_for(&glossary.entries[*entry])
            };
            if let Some((entry, length)) = hit.filter(is_new) {
                if plain_from < at {
                    spans.push(Span::plain(&text[plain_from..at]));
                }
                self.found.push(entry);
                spans.push(Span { text: text[at..at + length].to_owned(), hard: Some(self.found.len()) });
                plain_from = at + length;
            }
            // What is a hard word already explained is not searched for a shorter one inside it.
            let step = hit.map_or(letter.len_utf8(), |(_, length)| length);
            before = text[at..at + step].chars().next_back();
            at += step;
        }
        if plain_from < text.len() {
            spans.push(Span::plain(&text[plain_from..]));
        }
        spans
    }

    /// The words that were found, in the order they stand.
    pub fn words(self) -> Vec<HardWord> {
        let Some(glossary) = self.glossary else { return Vec::new() };
        let word = |(at, entry): (usize, &usize)| {
            let entry = &glossary.entries[*entry];
            let explanation = entry.explanation(self.band).unwrap_or_default().to_owned();
            let years = entry.years(self.language).filter(|_| self.band == AgeBand::Adult);
            HardWord { number: at + 1, word: entry.word.clone(), years, explanation }
        };
        self.found.iter().enumerate().map(word).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::readability::{ceiling, lix};

    fn read(band: AgeBand, text: &str) -> (Vec<String>, Vec<String>) {
        let mut reader = Reader::new("da", band);
        let spans = reader.spans(text);
        assert_eq!(spans.iter().map(|span| span.text.as_str()).collect::<String>(), text, "nothing is lost");
        let hard = spans.into_iter().filter(|span| span.hard.is_some()).map(|span| span.text).collect();
        (hard, reader.words().into_iter().map(|word| word.word).collect())
    }

    #[test]
    fn whole_words_in_every_form_are_found_once_a_page() {
        let (hard, words) =
            read(AgeBand::From7, "Samværet er aflyst. Der er samvær igen på lørdag, og så en Afgørelse.");
        assert_eq!(hard, ["Samværet", "Afgørelse"]);
        assert_eq!(words, ["samvær", "afgørelse"]);
    }

    #[test]
    fn the_longest_form_wins_and_a_part_of_a_word_is_none() {
        let (hard, _) =
            read(AgeBand::From10, "Din børne- og ungerådgiver skrev. Samværsplanlægning er ikke et ord her.");
        assert_eq!(hard, ["børne- og ungerådgiver"]);
    }

    #[test]
    fn the_youngest_and_the_grown_get_no_bubbles_and_other_languages_none_either() {
        for band in [AgeBand::From3, AgeBand::Adult] {
            assert_eq!(read(band, "Samværet er aflyst."), (vec![], vec![]));
        }
        for (band, explained) in [(AgeBand::From3, 0), (AgeBand::From13, 1), (AgeBand::Adult, 1)] {
            let (_, words) = read(band, "Pigen er bortadopteret.");
            assert_eq!(words.len(), explained, "{band:?}");
        }
        assert_eq!(Reader::new("ar", AgeBand::From7).spans("samvær"), [Span::plain("samvær")]);
    }

    #[test]
    fn words_of_old_files_are_explained_to_the_grown_alone_with_their_years() {
        let text = "Børneværnet mente, at drengen var adfærdsvanskelig. Der er samvær på lørdag.";
        for band in [AgeBand::From7, AgeBand::From16] {
            assert_eq!(read(band, text).0, ["samvær"]);
        }
        let mut reader = Reader::new("da", AgeBand::Adult);
        reader.spans(text);
        let words = reader.words();
        let years: Vec<_> = words.iter().map(|word| (word.word.as_str(), word.years.as_deref())).collect();
        assert_eq!(years, [("børneværn", Some("1933–1976")), ("adfærdsvanskelig", None)]);
        let old = Glossary::in_language(Language::Da).entries().iter().filter(|entry| entry.grown.is_some());
        for entry in old {
            assert!(entry.english.is_some(), "{}", entry.word);
            assert!(entry.from.zip(entry.until).is_none_or(|(from, until)| from < until), "{}", entry.word);
        }
    }

    #[test]
    fn each_language_explains_about_thirty_words_and_no_form_twice() {
        for language in [Language::Da, Language::En] {
            let glossary = Glossary::in_language(language);
            assert!(glossary.entries().len() >= 30, "{language:?}: {}", glossary.entries().len());
            let forms: BTreeSet<&String> = glossary.forms.iter().map(|(form, _)| form).collect();
            assert_eq!(forms.len(), glossary.forms.len(), "{language:?}: a form stands twice");
            for entry in glossary.entries() {
                assert!(entry.forms.contains(&entry.word.to_lowercase()), "{}", entry.word);
            }
        }
    }

    /// A word is explained in words that its readers can read: together they keep below the ceiling of the youngest band.
    #[test]
    fn explanations_are_easier_than_the_words() {
        for language in [Language::Da, Language::En] {
            for (band, hardest) in [(AgeBand::From7, 33.0), (AgeBand::From13, 45.0)] {
                let entries = Glossary::in_language(language).entries();
                let all: Vec<&str> = entries.iter().filter_map(|entry| entry.explanation(band)).collect();
                let limit = f64::from(ceiling(band).unwrap_or_default());
                let together = lix(&all.join("\n")).value().unwrap_or_default();
                assert!(together <= limit, "{language:?} {}: {together}", band.as_str());
                for text in all {
                    let alone = lix(text).value().unwrap_or_default();
                    assert!(alone <= hardest, "{language:?} {}: {alone} {text}", band.as_str());
                }
            }
        }
    }
}
