//! What changes from run to run is shown by something that does not.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Every point in time on the page.
const MOMENT: &str = "2026-11-23T09:30:00Z";
const ID: &[u8] = b"hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
const TIME: &[u8] = b"dddd-dd-ddTdd:dd:dd";

/// Which made-up id stands for which real one.
#[derive(Default)]
pub struct StandIns(BTreeMap<String, String>);

impl StandIns {
    /// The text with made-up ids and times. An id first seen here gets its stand-in from `place`, so that a call put in
    /// between changes no other.
    pub fn put_into(&mut self, place: &str, text: &str) -> String {
        let mut told = String::new();
        let mut rest = text;
        let mut seen = 0;
        while let Some(next) = rest.chars().next() {
            if has_form(rest, ID) {
                let real = rest[..ID.len()].to_owned();
                seen += 1;
                told += self.0.entry(real).or_insert_with(|| made_up(&format!("{place} {seen}")));
                rest = &rest[ID.len()..];
            } else if let Some(length) = time_length(rest) {
                told += MOMENT;
                rest = &rest[length..];
            } else {
                told.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        told
    }
}

/// An id of the usual form (RFC 9562, version 4).
fn made_up(from: &str) -> String {
    let digest = hex::encode(Sha256::digest(from));
    format!(
        "{}-{}-4{}-8{}-{}",
        &digest[..8],
        &digest[8..12],
        &digest[12..15],
        &digest[15..18],
        &digest[18..30]
    )
}

fn has_form(text: &str, form: &[u8]) -> bool {
    let fits = |(byte, kind): (&u8, &u8)| match kind {
        b'h' => byte.is_ascii_hexdigit(),
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    };
    text.len() >= form.len() && text.as_bytes().iter().zip(form).all(fits)
}

/// How long the time is that the text begins with (RFC 3339, UTC).
fn time_length(text: &str) -> Option<usize> {
    let after = has_form(text, TIME).then(|| &text[TIME.len()..])?;
    let fraction = after.find(|char: char| char != '.' && !char.is_ascii_digit())?;
    after[fraction..].starts_with('Z').then_some(TIME.len() + fraction + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_their_stand_in_and_times_are_one() {
        let (one, two) = ("3f171ea7-b858-48c7-a387-4ceb3f61a7ae", "c246fab5-2ef2-4b6d-9f26-61ff20d56b0e");
        let mut stand_ins = StandIns::default();
        let first = stand_ins.put_into("a", &format!("{one} æ {two} 2031-01-02T03:04:05.678Z."));
        let again = stand_ins.put_into("b", &format!("{two} {one} 2026-06-14"));
        let ids: Vec<&str> = first.split(' ').collect();
        assert_eq!(again, format!("{} {} 2026-06-14", ids[2], ids[0]));
        assert!(!first.contains(one) && first.ends_with(&format!("{MOMENT}.")));
        assert_eq!(StandIns::default().put_into("a", one), ids[0], "another run, the same page");
    }
}
