//! How hard a text is to read: LIX (Björnsson 1968), as used for Danish school texts.
//!
//! LIX = words / sentences + 100 x long words / words, where a long word has seven letters or more. It is unreliable
//! below about 10 and sees no meaning; headings and lists are left out by the caller.

use crate::book::AgeBand;

/// Ends in a point without ending a sentence.
const ABBREVIATIONS: [&str; 36] = [
    "adr.", "afd.", "bl.a.", "ca.", "cand.", "dr.", "dvs.", "e.g.", "evt.", "f.eks.", "fhv.", "fmd.", "fr.",
    "hr.", "i.e.", "inkl.", "jf.", "kap.", "kl.", "kr.", "maks.", "min.", "mr.", "mrs.", "nr.", "pga.",
    "pr.", "prof.", "s.", "sml.", "st.", "stk.", "tlf.", "vedr.", "f.", "ekskl.",
];

/// Ends in a point, and ends a sentence too when a capital follows.
const CLOSING_ABBREVIATIONS: [&str; 8] = ["etc.", "f.kr.", "e.kr.", "m.fl.", "m.m.", "m.v.", "mv.", "osv."];

const LONG_WORD_LETTERS: usize = 7;

/// The counts LIX is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lix {
    /// Running words, numbers included; a word with a hyphen is one.
    pub words: usize,
    /// Sentences; a paragraph without a full stop is one.
    pub sentences: usize,
    /// Words of seven letters or more; a repeated one counts each time.
    pub long_words: usize,
}

impl Lix {
    /// The reading index; nothing where there are no words.
    pub fn value(self) -> Option<f64> {
        if self.words == 0 {
            return None;
        }
        let (words, sentences) = (self.words as f64, self.sentences.max(1) as f64);
        Some(words / sentences + 100.0 * self.long_words as f64 / words)
    }
}

/// Counts a running text. Each line is a paragraph of its own.
pub fn lix(text: &str) -> Lix {
    text.lines().map(paragraph).fold(Lix::default(), |sum, next| Lix {
        words: sum.words + next.words,
        sentences: sum.sentences + next.sentences,
        long_words: sum.long_words + next.long_words,
    })
}

/// The highest LIX a text for this band should have. Nothing for the youngest, who are read to (LIX tells nothing
/// there), and for the grown.
pub fn ceiling(band: AgeBand) -> Option<u32> {
    match band {
        AgeBand::From3 | AgeBand::Adult => None,
        AgeBand::From7 => Some(20),
        AgeBand::From10 => Some(28),
        AgeBand::From13 => Some(35),
        AgeBand::From16 => Some(40),
    }
}

/// The sentences of one paragraph, as they stand. What has no letter in it belongs to the sentence before or after.
pub fn sentences(paragraph: &str) -> Vec<&str> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut begun: Option<usize> = None;
    let mut open = false;
    let mut tokens = paragraph.split_whitespace().peekable();
    while let Some(token) = tokens.next() {
        let start = token.as_ptr() as usize - paragraph.as_ptr() as usize;
        let begin = *begun.get_or_insert(start);
        open |= token.chars().any(char::is_alphanumeric);
        if open && ends_sentence(token, tokens.peek().copied()) {
            found.push((begin, start + token.len()));
            (begun, open) = (None, false);
        }
    }
    match (begun, found.last_mut()) {
        (Some(begin), _) if open => found.push((begin, paragraph.trim_end().len())),
        (Some(_), Some(last)) => last.1 = paragraph.trim_end().len(),
        _ => {}
    }
    found.into_iter().map(|(from, to)| &paragraph[from..to]).collect()
}

fn paragraph(text: &str) -> Lix {
    let words = || text.split_whitespace().filter(|token| token.chars().any(char::is_alphanumeric));
    Lix {
        words: words().count(),
        sentences: sentences(text).len(),
        long_words: words().filter(|token| letters(token) >= LONG_WORD_LETTERS).count(),
    }
}

fn letters(token: &str) -> usize {
    token.chars().filter(|c| c.is_alphabetic()).count()
}

fn ends_sentence(token: &str, next: Option<&str>) -> bool {
    let Some(next) = next else { return true };
    let bare = token.trim_end_matches(['"', '\'', '”', '“', '’', '»', '«', ')', ']']);
    let capital = next.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    if !bare.ends_with('.') || bare.ends_with("..") {
        return bare.ends_with(['!', '?']) || bare.ends_with(['.', '…']) && capital;
    }
    let word = bare.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if ABBREVIATIONS.contains(&word.as_str()) {
        return false;
    }
    let numbered = word.trim_end_matches('.').chars().all(|c| c.is_ascii_digit() || c == '.');
    if numbered || CLOSING_ABBREVIATIONS.contains(&word.as_str()) {
        return capital;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> u32 {
        lix(text).value().expect("a text with words").round() as u32
    }

    #[test]
    fn twenty_words_a_sentence_with_a_fifth_long_is_forty() {
        let sentence = "vi går en tur i dag og ser på fugle ved den store blå sø med fodbold plejemor bedstefar sommerhus.";
        assert_eq!(lix(sentence), Lix { words: 20, sentences: 1, long_words: 4 });
        assert_eq!(value(sentence), 40);
        assert_eq!(value(&[sentence; 3].join(" ")), 40);
    }

    #[test]
    fn seven_letters_are_long_and_six_are_not() {
        assert_eq!(lix("Søster børnene").long_words, 1);
        assert_eq!(lix("æøåæøå æøåæøåæ").long_words, 1);
    }

    #[test]
    fn abbreviations_and_numbers_do_not_end_a_sentence() {
        let text = "Vi så bl.a. en ko, f.eks. den brune, kl. 17.30 den 3. august. Den vejede 5.678 gram!";
        assert_eq!(lix(text).sentences, 2);
        assert_eq!(lix("Vi købte mælk, brød osv. Så gik vi hjem.").sentences, 2);
        assert_eq!(lix("Vi købte mælk, brød osv. og gik hjem.").sentences, 1);
        assert_eq!(lix("Du kom den 17. Vi var glade.").sentences, 2);
    }

    #[test]
    fn quotes_exclamations_and_bare_paragraphs_are_sentences() {
        assert_eq!(lix("»Kom her!« Hun lo. \"Hvorfor?\" Fordi").sentences, 4);
        assert_eq!(lix("Min dag\nVi badede").sentences, 2);
        assert_eq!(lix("Og så … gik vi hjem.").sentences, 1);
    }

    #[test]
    fn sentences_are_cut_as_they_stand() {
        assert_eq!(
            sentences(" Vi så bl.a. en ko.  »Muh!« – sagde den. Og så … "),
            ["Vi så bl.a. en ko.", "»Muh!«", "– sagde den.", "Og så …"]
        );
        assert_eq!(sentences("Ja. – "), ["Ja. –"]);
        assert_eq!(sentences(" – "), [""; 0]);
    }

    #[test]
    fn nothing_to_read_has_no_value() {
        assert_eq!(lix("").value(), None);
        assert_eq!(lix(" – … \n ").value(), None);
    }

    #[test]
    fn a_childs_text_is_easier_than_a_case_note() {
        let child = "Du flyttede ind hos Karen og Ib. Du fik dit eget rum. Hunden Bob var glad.";
        let note = "Anbringelsesgrundlaget vurderes fortsat at være til stede, idet forældrekompetencerne \
                    trods iværksatte foranstaltninger ikke skønnes tilstrækkelige.";
        assert!(value(child) <= ceiling(AgeBand::From7).expect("first readers have a ceiling"));
        assert!(value(note) > ceiling(AgeBand::From16).expect("the young have a ceiling"));
    }
}
