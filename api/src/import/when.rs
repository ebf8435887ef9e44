//! Dates as people write them in an index.

use chrono::{Datelike, NaiveDate};

use super::columns::{is_unknown, plain};

/// How much a date as it was written tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// A day inside the period; `None` where nobody knows.
    pub day: Option<NaiveDate>,
    /// The contract's name of how exactly it is known.
    pub precision: &'static str,
}

const SEASONS: [(&str, &str, u32); 4] =
    [("vinter", "winter", 1), ("foraar", "spring", 4), ("sommer", "summer", 7), ("efteraar", "autumn", 10)];
/// From the most exact on.
const ORDER: [&str; 6] = ["day", "month", "season", "year", "about", "unknown"];

/// Reads a date; `None` for one that nobody can read for certain.
pub fn read(given: &str) -> Option<Written> {
    if given.is_empty() || is_unknown(given) {
        return Some(Written { day: None, precision: "unknown" });
    }
    let text = plain(given);
    let known = |day: Option<NaiveDate>, precision| Some(Written { day: Some(day?), precision });
    for word in ["ca.", "ca ", "omkring ", "about ", "circa ", "~"] {
        if let Some(year) = text.strip_prefix(word) {
            return known(first_of(year.trim().parse().ok()?, 1), "about");
        }
    }
    if let Some((season, year)) = text.split_once(' ') {
        let season = SEASONS.iter().find(|(danish, english, _)| season == *danish || season == *english)?;
        return known(first_of(year.trim().parse().ok()?, season.2), "season");
    }
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let numbers: Vec<u32> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_year = |at: usize| parts[at].len() == 4;
    let day = |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    match *numbers.as_slice() {
        [year] if is_year(0) => known(day(year, 1, 1), "year"),
        [year, month] if is_year(0) => known(day(year, month, 1), "month"),
        [month, year] if is_year(1) => known(day(year, month, 1), "month"),
        [year, month, date] if is_year(0) => known(day(year, month, date), "day"),
        // The day first, as everywhere in Denmark.
        [date, month, year] if is_year(2) => known(day(year, month, date), "day"),
        _ => None,
    }
}

fn first_of(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1).filter(|day| day.year() >= 1000)
}

/// True where a date written like `written` can be known as exactly as `precision` says.
pub fn can_be(written: &str, precision: &str) -> bool {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    rank(precision).is_none_or(|wanted| rank(written).is_some_and(|given| given <= wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_exactly_as_they_are_written_and_never_guessed() {
        for (given, day, precision) in [
            ("1994-05-03", "1994-05-03", "day"),
            ("3.5.1994", "1994-05-03", "day"),
            ("03-05-1994", "1994-05-03", "day"),
            ("3/5/1994", "1994-05-03", "day"),
            ("1994-05", "1994-05-01", "month"),
            ("5.1994", "1994-05-01", "month"),
            ("1994", "1994-01-01", "year"),
            ("Sommer 1994", "1994-07-01", "season"),
            ("forår 1994", "1994-04-01", "season"),
            ("ca. 1994", "1994-01-01", "about"),
            ("omkring 1994", "1994-01-01", "about"),
        ] {
            let written = read(given).unwrap();
            assert_eq!((written.day, written.precision), (day.parse().ok(), precision), "{given}");
        }
        for unknown in ["", "ukendt", "Unknown", "?"] {
            assert_eq!(read(unknown), Some(Written { day: None, precision: "unknown" }));
        }
        for unread in
            ["3.5.94", "31.2.1994", "05-94", "i fjor", "1994-13", "3. maj 1994", "ca. engang", "12", "-"]
        {
            assert_eq!(read(unread), None, "{unread}");
        }
    }

    #[test]
    fn a_year_is_never_known_to_the_day() {
        assert!(!can_be("year", "day") && !can_be("unknown", "about"));
        assert!(can_be("day", "season") && can_be("year", "about") && can_be("day", "day"));
    }
}
