//! Words covered in a text, however they are written there: in capitals, with other spaces, with an ending.

use std::ops::Range;

use super::Matter;

/// From so many characters on, a phrase is covered inside longer words too, and the whole word with it: "Bendtsens",
/// "Bendtsen-sagen". Shorter ones stand for themselves, or "Bo" would cover Bornholm.
const INSIDE_WORDS: usize = 5;

/// Words to be covered, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Phrases(Vec<(String, Matter)>);

impl Phrases {
    /// A phrase with no letter or digit covers nothing.
    pub fn add(&mut self, phrase: &str, matter: Matter) {
        let folded = Folded::of(phrase.trim()).text;
        if folded.chars().any(char::is_alphanumeric) {
            self.0.push((folded, matter));
        }
    }

    /// True where one of them stands in `text`.
    pub fn are_in(&self, text: &str) -> bool {
        !self.0.is_empty() && !self.found(&Folded::of(text)).is_empty()
    }

    /// The text with a word about each in its place.
    pub fn over(&self, text: &str, language: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let folded = Folded::of(text);
        let mut covered = String::with_capacity(text.len());
        let mut done = 0;
        for (range, matter) in self.found(&folded) {
            let range = folded.place(range);
            if range.start >= done {
                covered += &text[done..range.start];
                covered += &matter.mark(language);
            }
            // What overlaps is one cover, as long as the longer of the two.
            done = done.max(range.end);
        }
        covered + &text[done..]
    }

    /// Where they stand in what is folded, first to last.
    fn found(&self, folded: &Folded) -> Vec<(Range<usize>, Matter)> {
        let mut found = Vec::new();
        for (phrase, matter) in &self.0 {
            let mut from = 0;
            while let Some(at) = folded.text[from..].find(phrase.as_str()) {
                let start = from + at;
                found.extend(
                    folded
                        .widened(start..start + phrase.len(), phrase.chars().count())
                        .map(|range| (range, *matter)),
                );
                // The next one may begin within this one.
                from = start + folded.text[start..].chars().next().map_or(1, char::len_utf8);
            }
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found
    }
}

/// A text in small letters, with one space between words and nothing that is not seen.
struct Folded {
    text: String,
    /// For each byte of `text`, where it comes from; one more for the end.
    from: Vec<usize>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let (mut text, mut from) = (String::with_capacity(original.len()), Vec::new());
        for (at, character) in original.char_indices() {
            // Soft hyphen, zero-width space and joiners, and a mark of byte order are not seen.
            if matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}') {
                continue;
            }
            let before = text.len();
            if character.is_whitespace() {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            } else {
                text.extend(character.to_lowercase());
            }
            from.extend(std::iter::repeat_n(at, text.len() - before));
        }
        from.push(original.len());
        Self { text, from }
    }

    fn place(&self, range: Range<usize>) -> Range<usize> {
        self.from[range.start]..self.from[range.end]
    }

    /// What is covered of the text for a phrase found at `range`; nothing where it is only a part of a short word.
    fn widened(&self, range: Range<usize>, characters: usize) -> Option<Range<usize>> {
        let (before, found, after) =
            (&self.text[..range.start], &self.text[range.clone()], &self.text[range.end..]);
        let letters = |text: &mut dyn Iterator<Item = char>| -> usize {
            text.take_while(|character| character.is_alphanumeric()).map(char::len_utf8).sum()
        };
        let head = found.starts_with(char::is_alphanumeric).then(|| letters(&mut before.chars().rev()));
        let tail = found.ends_with(char::is_alphanumeric).then(|| letters(&mut after.chars()));
        let (head, tail) = (head.unwrap_or(0), tail.unwrap_or(0));
        let whole = range.start - head..range.end + tail;
        let stands_alone = head == 0 && (tail == 0 || &after[..tail] == "s");
        (stands_alone || characters >= INSIDE_WORDS).then_some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(phrases: &[&str], text: &str) -> String {
        let mut all = Phrases::default();
        phrases.iter().for_each(|phrase| all.add(phrase, Matter::Health));
        all.over(text, "da").replace("[dækket: en andens helbred]", "#")
    }

    #[test]
    fn a_phrase_is_found_however_it_is_written() {
        assert_eq!(over(&["Karla Bendtsen"], "KARLA\n Bendt\u{ad}sens hus og karla bendtsen"), "# hus og #");
        assert_eq!(over(&["Østerågade 4"], "bor på ØSTERÅGADE 4, 2. sal"), "bor på #, 2. sal");
        assert_eq!(over(&["misbrug"], "Stofmisbruget"), "#");
    }

    #[test]
    fn a_short_word_stands_for_itself() {
        assert_eq!(
            over(&["Bo"], "Bo rejste til Bornholm med Bos bil og Jumbo"),
            "# rejste til Bornholm med # bil og Jumbo"
        );
        assert_eq!(over(&["a b"], "xa b a b"), "xa b #");
    }

    #[test]
    fn covers_that_overlap_are_one() {
        assert_eq!(
            over(&["Karla Bendtsen", "Bendtsen fra Odense"], "Karla Bendtsen fra Odense var her"),
            "# var her"
        );
        assert_eq!(over(&["an an an"], "an an an an"), "#");
        assert_eq!(over(&[" ", "–"], "En tekst – helt åben"), "En tekst – helt åben");
    }

    #[test]
    fn letters_that_grow_when_folded_are_cut_where_they_stand() {
        assert_eq!(over(&["İpek Åberg"], "Hos İPEK ÅBERG i dag"), "Hos # i dag");
    }
}
