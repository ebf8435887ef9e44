//! Dates, ages, names and sizes as a reader says them, in Danish and English.

use chrono::{Datelike, NaiveDate};

use crate::book::{AgeBand, Language, Precision, When};

const MONTHS_DA: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// When something happened, no more exactly than it is known: "3. august 2026", "sommeren 2026", "omkring 2019".
pub fn when_label(when: When, language: Language) -> String {
    let year = when.date.year();
    let month = month_name(when.date.month(), language);
    match (when.precision, language) {
        (Precision::Day, _) => date_label(when.date, language),
        (Precision::Month, _) => format!("{month} {year}"),
        (Precision::Season, _) => season_label(when.date, language),
        (Precision::Year, _) => year.to_string(),
        (Precision::About, Language::Da) => format!("omkring {year}"),
        (Precision::About, Language::En) => format!("around {year}"),
        (Precision::Unknown, Language::Da) => "vi ved ikke hvornår".into(),
        (Precision::Unknown, Language::En) => "we do not know when".into(),
    }
}

/// The letter that stands for somebody of whom there is no picture; empty for an empty name.
pub fn initial(name: &str) -> String {
    name.chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_default()
}

/// A whole date: "3. august 2026" or "3 August 2026".
pub fn date_label(date: NaiveDate, language: Language) -> String {
    let (day, month, year) = (date.day(), month_name(date.month(), language), date.year());
    match language {
        Language::Da => format!("{day}. {month} {year}"),
        Language::En => format!("{day} {month} {year}"),
    }
}

/// The month's name; months count from 1. Out of range gives December.
pub fn month_name(month: u32, language: Language) -> &'static str {
    let index = (month.clamp(1, 12) - 1) as usize;
    match language {
        Language::Da => MONTHS_DA[index],
        Language::En => MONTHS_EN[index],
    }
}

/// A winter is named by both its years, for December and January belong to the same one.
fn season_label(date: NaiveDate, language: Language) -> String {
    let year = date.year();
    let (danish, english) = match date.month() {
        3..=5 => ("foråret", "spring"),
        6..=8 => ("sommeren", "summer"),
        9..=11 => ("efteråret", "autumn"),
        _ => ("vinteren", "winter"),
    };
    let years = match date.month() {
        12 => format!("{year}-{}", year + 1),
        1 | 2 => format!("{}-{year}", year - 1),
        _ => year.to_string(),
    };
    match language {
        Language::Da => format!("{danish} {years}"),
        Language::En => format!("{english} {years}"),
    }
}

/// A band as its reader says it: "3-6 år", "18 år og op".
pub fn age_label(band: AgeBand, language: Language) -> String {
    match (band, language) {
        (AgeBand::Adult, Language::Da) => "18 år og op".into(),
        (AgeBand::Adult, Language::En) => "18 years and up".into(),
        (band, Language::Da) => format!("{} år", band.as_str()),
        (band, Language::En) => format!("{} years", band.as_str()),
    }
}

/// Names in a row: "Karen, Ib og Alma". Empty for nobody.
pub fn people_label(people: &[String], language: Language) -> String {
    let and = match language {
        Language::Da => "og",
        Language::En => "and",
    };
    match people {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// A file's size in decimal units, with the language's decimal mark: "2,4 MB".
pub fn size_label(bytes: u64, language: Language) -> String {
    let (value, unit) = match bytes {
        0..=999 => return format!("{bytes} B"),
        1_000..=999_499 => return format!("{} kB", (bytes + 500) / 1_000),
        999_500..=999_949_999 => (bytes as f64 / 1e6, "MB"),
        _ => (bytes as f64 / 1e9, "GB"),
    };
    let label = format!("{value:.1} {unit}");
    match language {
        Language::Da => label.replace('.', ","),
        Language::En => label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(year: i32, month: u32, day: u32, precision: Precision) -> When {
        When { date: NaiveDate::from_ymd_opt(year, month, day).expect("a real date"), precision }
    }

    #[test]
    fn a_date_is_told_no_more_exactly_than_it_is_known() {
        let cases = [
            (when(2026, 8, 3, Precision::Day), "3. august 2026", "3 August 2026"),
            (when(2026, 8, 3, Precision::Month), "august 2026", "August 2026"),
            (when(2026, 8, 3, Precision::Season), "sommeren 2026", "summer 2026"),
            (when(2026, 4, 3, Precision::Season), "foråret 2026", "spring 2026"),
            (when(2026, 11, 3, Precision::Season), "efteråret 2026", "autumn 2026"),
            (when(2026, 8, 3, Precision::Year), "2026", "2026"),
            (when(2019, 8, 3, Precision::About), "omkring 2019", "around 2019"),
            (when(1900, 1, 1, Precision::Unknown), "vi ved ikke hvornår", "we do not know when"),
        ];
        for (date, danish, english) in cases {
            assert_eq!(when_label(date, Language::Da), danish);
            assert_eq!(when_label(date, Language::En), english);
        }
    }

    #[test]
    fn december_and_january_are_the_same_winter() {
        assert_eq!(when_label(when(2019, 12, 24, Precision::Season), Language::Da), "vinteren 2019-2020");
        assert_eq!(when_label(when(2020, 1, 2, Precision::Season), Language::Da), "vinteren 2019-2020");
    }

    #[test]
    fn names_stand_in_a_row_with_an_and() {
        let names = ["Karen", "Ib", "Alma"].map(String::from);
        assert_eq!(people_label(&names, Language::Da), "Karen, Ib og Alma");
        assert_eq!(people_label(&names[..2], Language::En), "Karen and Ib");
        assert_eq!(people_label(&names[..1], Language::Da), "Karen");
        assert_eq!(people_label(&[], Language::Da), "");
    }

    #[test]
    fn sizes_use_the_readers_decimal_mark() {
        assert_eq!(size_label(999, Language::Da), "999 B");
        assert_eq!(size_label(999_499, Language::Da), "999 kB");
        assert_eq!(size_label(999_500, Language::Da), "1,0 MB");
        assert_eq!(size_label(2_380_000, Language::Da), "2,4 MB");
        assert_eq!(size_label(2_000_000_000, Language::En), "2.0 GB");
    }

    #[test]
    fn bands_are_said_in_years() {
        assert_eq!(age_label(AgeBand::From7, Language::Da), "7-9 år");
        assert_eq!(age_label(AgeBand::Adult, Language::En), "18 years and up");
    }
}
