//! Who opened a child's book: by person and day, so that a child sees faces and not rows.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::{LetIn, Page};
use crate::book::AgeBand;

/// `/bog/{child}/hvem`: who opened my book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhoRead {
    child: String,
    book_title: String,
    band: AgeBand,
    /// Others, who read last first.
    readers: Vec<Reader>,
    /// The one the book is about.
    own: Option<Reader>,
    older_href: Option<String>,
    /// Who let the child in anew, the newest first.
    pub let_in: Vec<LetIn>,
}

impl Page for WhoRead {
    const TEMPLATE: &'static str = "who_read.html";
}

/// Somebody has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingRow {
    /// The name.
    pub who: String,
    /// What that person is to the child; "dig selv" for the one the book is about, in the frame's language.
    pub role: String,
    /// It was the one the book is about.
    pub own: bool,
    /// Local time.
    pub at: NaiveDateTime,
    /// What was read: a page's title, "forsiden", "en PDF", in the frame's language.
    pub what: String,
}

/// One person with the days on which it read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Reader {
    who: String,
    role: String,
    /// Newest first.
    days: Vec<Day>,
}

/// What somebody read on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Day {
    day: NaiveDate,
    /// Each thing once, the last one first.
    what: Vec<String>,
}

impl WhoRead {
    /// The page about `readings`, newest first, for a reader of `band`.
    pub fn new(
        child: String,
        book_title: String,
        band: AgeBand,
        readings: &[ReadingRow],
        older_href: Option<String>,
    ) -> Self {
        let (own, others): (Vec<_>, Vec<_>) = readings.iter().partition(|reading| reading.own);
        let own = by_person(&own).into_iter().next();
        Self { child, book_title, band, readers: by_person(&others), own, older_href, let_in: Vec::new() }
    }
}

fn by_person(readings: &[&ReadingRow]) -> Vec<Reader> {
    let mut readers: Vec<Reader> = Vec::new();
    for reading in readings {
        let known = readers.iter().position(|known| known.who == reading.who && known.role == reading.role);
        let at = known.unwrap_or_else(|| {
            readers.push(Reader { who: reading.who.clone(), role: reading.role.clone(), days: Vec::new() });
            readers.len() - 1
        });
        let days = &mut readers[at].days;
        let day = reading.at.date();
        if days.last().is_none_or(|last| last.day != day) {
            days.push(Day { day, what: Vec::new() });
        }
        if let Some(last) = days.last_mut()
            && !last.what.contains(&reading.what)
        {
            last.what.push(reading.what.clone());
        }
    }
    readers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_openings_on_a_day_are_one_line_and_own_ones_stand_apart() {
        let row = |who: &str, own, at: &str, what: &str| ReadingRow {
            who: who.into(),
            role: "din rådgiver".into(),
            own,
            at: at.parse().unwrap_or_default(),
            what: what.into(),
        };
        let rows = [
            row("Mette", false, "2026-11-20T15:00:00", "bogen"),
            row("Alma", true, "2026-11-20T14:00:00", "bogen"),
            row("Karen", false, "2026-11-20T13:00:00", "bogen"),
            row("Mette", false, "2026-11-20T12:00:00", "siden »Æbler«"),
            row("Mette", false, "2026-11-20T11:00:00", "bogen"),
            row("Mette", false, "2026-11-19T11:00:00", "bogen"),
        ];
        let page = WhoRead::new("b1".into(), "Almas bog".into(), AgeBand::From7, &rows, None);
        let names: Vec<&str> = page.readers.iter().map(|reader| reader.who.as_str()).collect();
        assert_eq!(names, ["Mette", "Karen"]);
        let days: Vec<usize> = page.readers[0].days.iter().map(|day| day.what.len()).collect();
        assert_eq!(days, [2, 1]);
        assert_eq!(page.own.map(|own| own.who).as_deref(), Some("Alma"));
    }
}
