//! Names for files that every system has and a person can read: "2019-08-03-en-dag-ved-soeen-1.jpg".

use chrono::NaiveDate;

/// The letters and digits of a text, small, in ASCII, with hyphens between words; at most `longest` characters.
pub fn plain(text: &str, longest: usize) -> String {
    let mut name = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if let Some(spelled) = spelled(letter) {
            name += spelled;
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let cut: String = name.chars().take(longest).collect();
    cut.trim_matches('-').to_owned()
}

/// Letters of the neighbours as they are spelled where a keyboard lacks them.
fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' | 'ä' => "ae",
        'ø' | 'ö' => "oe",
        'å' => "aa",
        'ü' | 'ú' | 'ù' | 'û' => "u",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'á' | 'à' | 'â' | 'ã' => "a",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' => "o",
        'ç' | 'č' => "c",
        'ñ' => "n",
        'š' | 'ş' => "s",
        'ž' => "z",
        'ð' => "d",
        'þ' => "th",
        'ß' => "ss",
        _ => return None,
    })
}

/// The ending of a file's name with its dot, small; empty where it has none that is one.
pub fn ending(file_name: &str) -> String {
    let Some((_, ending)) = file_name.rsplit_once('.') else { return String::new() };
    let plain = (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    if plain { format!(".{}", ending.to_ascii_lowercase()) } else { String::new() }
}

/// A file's name without its ending.
pub fn stem(file_name: &str) -> &str {
    if ending(file_name).is_empty() {
        file_name
    } else {
        file_name.rsplit_once('.').map_or("", |(stem, _)| stem)
    }
}

/// A day and some words as one name.
pub fn dated(day: NaiveDate, words: &[&str]) -> String {
    let words = words.iter().map(|word| plain(word, 50)).filter(|word| !word.is_empty());
    std::iter::once(day.to_string()).chain(words).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_readable_and_leads_nowhere() {
        assert_eq!(plain("Seks unger på rad!", 50), "seks-unger-paa-rad");
        assert_eq!(plain("../../etc/passwd", 50), "etc-passwd");
        assert_eq!(plain("Ærø & Åse: \"Ø\"", 50), "aeroe-aase-oe");
        assert_eq!(plain("یاسمین", 50), "");
        assert_eq!(plain(&"lang ".repeat(40), 20), "lang-lang-lang-lang");
        assert_eq!((ending("IMG_1.JPG"), stem("IMG_1.JPG")), (".jpg".into(), "IMG_1"));
        assert_eq!((ending("referat.v2.final-udgave"), stem("uden")), (String::new(), "uden"));
        let day = NaiveDate::from_ymd_opt(2019, 8, 3).unwrap();
        assert_eq!(dated(day, &["", "En dag ved søen"]), "2019-08-03-en-dag-ved-soeen");
    }
}
