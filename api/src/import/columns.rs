//! The columns of an index, and the words in them, in Danish and English.

/// A column of `index.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    File,
    Kind,
    Title,
    OccurredOn,
    Precision,
    Text,
    Band,
    Language,
    People,
    Place,
    Author,
    Role,
    Basis,
    Source,
    Alt,
    Chapter,
    Purpose,
    Readiness,
    Ask,
}

impl Column {
    /// In the order of the template, each with its English name, its Danish one, and what stands in it.
    pub const ALL: [(Column, &'static str, &'static str, &'static str); 19] = [
        (
            Self::File,
            "file",
            "fil",
            "where the file lies in the folder; several with | between; empty for words alone",
        ),
        (
            Self::Kind,
            "kind",
            "slags",
            "photo, story, document, sound, video, event, letter, thing, decision, talk, drawing, statement; empty: by the file",
        ),
        (Self::Title, "title", "titel", "up to 200 characters; empty: the file's name"),
        (
            Self::OccurredOn,
            "occurred_on",
            "dato",
            "1994-05-03, 3.5.1994, 5.1994, 1994, sommer 1994, ca. 1994; ukendt or empty where nobody knows",
        ),
        (
            Self::Precision,
            "precision",
            "praecision",
            "day, month, season, year, about, unknown; empty: as the date is written",
        ),
        (Self::Text, "text", "tekst", "the words, up to 50,000 characters"),
        (
            Self::Band,
            "band",
            "alder",
            "for whom they are written: 3-6, 7-9, 10-12, 13-15, 16-17, 18+; empty: 18+",
        ),
        (Self::Language, "language", "sprog", "da, en, ...; empty: da"),
        (
            Self::People,
            "people",
            "personer",
            "who is in it, with | between; empty: nobody has been asked; ukendt: nobody knows",
        ),
        (Self::Place, "place", "sted", "where"),
        (
            Self::Author,
            "author",
            "forfatter",
            "who wrote it, as the papers say; ukendt or empty where they do not",
        ),
        (Self::Role, "role", "rolle", "what that person was to the child"),
        (Self::Basis, "basis", "grundlag", "seen, heard, read; empty: read"),
        (Self::Source, "source", "kilde", "where the papers lay: a box, a case"),
        (Self::Alt, "alt", "billedtekst", "what the picture shows, for those who cannot see it"),
        (
            Self::Chapter,
            "chapter",
            "kapitel",
            "me-now, homes, family, born, why, school, days, letters, ...; empty: by kind and date",
        ),
        (Self::Purpose, "purpose", "formaal", "why it is in the book"),
        (
            Self::Readiness,
            "readiness",
            "laesning",
            "open, with_adult; empty: open, and with_adult for a case's papers in a child's book",
        ),
        (Self::Ask, "ask", "spoerg", "whom the child asks about a page that is read together"),
    ];

    /// The column with this name, in any spelling of it that Excel leaves.
    pub fn named(name: &str) -> Option<Self> {
        let name = plain(name).replace([' ', '-'], "_");
        Self::ALL.iter().find(|(_, english, danish, _)| name == *english || name == *danish).map(|it| it.0)
    }
}

/// Danish words that may stand in a column, and the contract's own names for them.
const WORDS: [(&str, &str); 24] = [
    ("foto", "photo"),
    ("billede", "photo"),
    ("historie", "story"),
    ("fortaelling", "story"),
    ("dokument", "document"),
    ("lyd", "sound"),
    ("film", "video"),
    ("begivenhed", "event"),
    ("brev", "letter"),
    ("ting", "thing"),
    ("afgoerelse", "decision"),
    ("samtale", "talk"),
    ("tegning", "drawing"),
    ("udtalelse", "statement"),
    ("dag", "day"),
    ("maaned", "month"),
    ("aarstid", "season"),
    ("aar", "year"),
    ("omkring", "about"),
    ("ukendt", "unknown"),
    ("set", "seen"),
    ("hoert", "heard"),
    ("laest", "read"),
    ("aaben", "open"),
];

/// A word of a closed list by the contract's own name; another one as it stands.
pub fn word(given: &str) -> String {
    let given = plain(given);
    match WORDS.iter().find(|(danish, _)| *danish == given) {
        Some((_, name)) => (*name).to_owned(),
        None if given == "sammen" => "with_adult".into(),
        // "7-9 år": so written, Excel does not take it for a date.
        None => given.trim_end_matches("aar").trim_end().to_owned(),
    }
}

/// True where the index says that nobody knows.
pub fn is_unknown(given: &str) -> bool {
    matches!(plain(given).as_str(), "ukendt" | "unknown" | "ved ikke" | "?")
}

/// Lower-case, without Danish letters, so that either spelling counts.
pub fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_words_are_known_in_danish_and_english() {
        assert_eq!(Column::named("Præcision"), Some(Column::Precision));
        assert_eq!(Column::named(" OCCURRED ON "), Some(Column::OccurredOn));
        assert_eq!(Column::named("journalnr"), None);
        assert_eq!(word("Afgørelse"), "decision");
        assert_eq!(word("7-9 år"), "7-9");
        assert_eq!(word("år"), "year");
        assert!(is_unknown("Ved ikke") && is_unknown("?") && !is_unknown(""));
    }
}
