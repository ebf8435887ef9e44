//! Small labels that only pages need.

use chrono::{NaiveDateTime, Timelike};

use crate::book::Language;
use crate::labels::date_label;

/// A day and a time of day: "3. august 2026 kl. 14.05", "3 August 2026 at 14:05".
pub(super) fn moment_label(at: NaiveDateTime, language: Language) -> String {
    let day = date_label(at.date(), language);
    let (hour, minute) = (at.hour(), at.minute());
    match language {
        Language::Da => format!("{day} kl. {hour}.{minute:02}"),
        Language::En => format!("{day} at {hour}:{minute:02}"),
    }
}

/// One or two letters for somebody without a picture: "Alma Sofie Holm" is "AH".
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Whose: "Almas" and "Jonas\u{2019}" in Danish (Dansk Sprognævn, Retskrivningsordbogen § 33), "Alma's" in English.
pub(super) fn genitive(name: &str, language: Language) -> String {
    let hisses = name.to_lowercase().ends_with(['s', 'x', 'z']);
    match (language, hisses) {
        (Language::Da, true) => format!("{name}\u{2019}"),
        (Language::Da, false) => format!("{name}s"),
        (Language::En, _) => format!("{name}\u{2019}s"),
    }
}

/// What a file is, in a few letters that mean the same in every language: "PDF", "DOCX".
pub(super) fn file_type(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    let known = match essence {
        "application/pdf" => "PDF",
        "application/msword" => "DOC",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "DOCX",
        "application/vnd.oasis.opendocument.text" => "ODT",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "XLSX",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "PPTX",
        "text/plain" => "TXT",
        "message/rfc822" => "EML",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    if subtype.len() <= 5 { subtype.to_uppercase() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_as_one_says_it() {
        let at: NaiveDateTime = "2026-08-03T14:05:59".parse().unwrap();
        assert_eq!(moment_label(at, Language::Da), "3. august 2026 kl. 14.05");
        assert_eq!(moment_label(at, Language::En), "3 August 2026 at 14:05");
    }

    #[test]
    fn initials_are_the_first_and_the_last_name() {
        assert_eq!(initials("Alma Sofie Holm"), "AH");
        assert_eq!(initials("østen"), "Ø");
        assert_eq!(initials("  "), "");
    }

    #[test]
    fn a_book_belongs_to_somebody() {
        assert_eq!(genitive("Alma", Language::Da), "Almas");
        assert_eq!(genitive("Jonas", Language::Da), "Jonas’");
        assert_eq!(genitive("Max", Language::Da), "Max’");
        assert_eq!(genitive("Jonas", Language::En), "Jonas’s");
    }

    #[test]
    fn files_are_named_by_few_letters() {
        assert_eq!(file_type("application/pdf"), "PDF");
        assert_eq!(file_type("text/plain; charset=utf-8"), "TXT");
        assert_eq!(file_type("application/octet-stream"), "");
    }
}
