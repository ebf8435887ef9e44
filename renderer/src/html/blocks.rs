//! A page's text as it is set: paragraphs, and the lists that stand among its lines.

use serde::Serialize;

use crate::book::AgeBand;
use crate::glossary::{HardWord, Reader, Span};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Words {
        /// Its words.
        spans: Vec<Span>,
    },
    /// Lines that count: "1. ", "2. ".
    Numbered {
        /// Without the numbers.
        items: Vec<Vec<Span>>,
    },
    /// Lines that begin with a dash.
    Listed {
        /// Without the dashes.
        items: Vec<Vec<Span>>,
    },
}

/// The paragraphs of a text in the language with this tag, with the hard words that stand in them.
pub(super) fn blocks(paragraphs: &[String], tag: &str, band: AgeBand) -> (Vec<Block>, Vec<HardWord>) {
    let mut reader = Reader::new(tag, band);
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
        let (mut at, mut plain_from) = (0, 0);
        while at < lines.len() {
            let Some((items, numbered)) = list(&lines[at..]) else {
                at += 1;
                continue;
            };
            push_words(&mut blocks, &mut reader, &lines[plain_from..at]);
            at += items.len();
            plain_from = at;
            let items = items.into_iter().map(|item| reader.spans(item)).collect();
            blocks.push(if numbered { Block::Numbered { items } } else { Block::Listed { items } });
        }
        push_words(&mut blocks, &mut reader, &lines[plain_from..]);
    }
    (blocks, reader.words())
}

fn push_words(blocks: &mut Vec<Block>, reader: &mut Reader<'_>, lines: &[&str]) {
    if !lines.is_empty() {
        blocks.push(Block::Words { spans: reader.spans(&lines.join("\n")) });
    }
}

/// The list that `lines` begin with, and whether it counts. One line alone is none: it may be a date.
fn list<'a>(lines: &[&'a str]) -> Option<(Vec<&'a str>, bool)> {
    let count = |line: &'a str, at: usize| line.strip_prefix(&format!("{}. ", at + 1));
    let dash = |line: &'a str, _| line.strip_prefix("- ").or_else(|| line.strip_prefix("• "));
    let run = |item: &dyn Fn(&'a str, usize) -> Option<&'a str>| -> Vec<&'a str> {
        lines.iter().enumerate().map_while(|(at, line)| item(line, at)).map(str::trim).collect()
    };
    let (counted, dashed) = (run(&count), run(&dash));
    match (counted.len(), dashed.len()) {
        (2.., _) => Some((counted, true)),
        (_, 2..) => Some((dashed, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let words = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
        let all = |items: &[Vec<Span>]| items.iter().map(|item| words(item)).collect::<Vec<_>>().join("|");
        let (blocks, _) = blocks(&[text.to_owned()], "da", AgeBand::Adult);
        blocks
            .iter()
            .map(|block| match block {
                Block::Words { spans } => words(spans),
                Block::Numbered { items } => format!("#{}", all(items)),
                Block::Listed { items } => format!("-{}", all(items)),
            })
            .collect()
    }

    #[test]
    fn lines_that_count_or_begin_with_a_dash_are_lists() {
        assert_eq!(
            told("Det har vi aftalt:\n1. Du ringer.\n2. Jeg svarer.\nSådan er det."),
            ["Det har vi aftalt:", "#Du ringer.|Jeg svarer.", "Sådan er det."]
        );
        assert_eq!(told("- Is\n- Saft"), ["-Is|Saft"]);
    }

    #[test]
    fn a_date_or_a_single_line_begins_no_list() {
        for text in [
            "2. oktober flyttede du.\n9. februar kom Lone.",
            "1. maj var vi der.\n2 timer.",
            "- Ja, sagde du.",
        ] {
            assert_eq!(told(text), [text]);
        }
        assert_eq!(told("1. maj\n3. maj"), ["1. maj\n3. maj"]);
    }
}
