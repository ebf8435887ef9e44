//! An entry: something that happened, kept with who tells it and how they know.

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{AgeBand, ChapterKind, PageKind, Precision};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{ChildId, EntryId, MediaId, PersonId};

/// An entry as sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub child: ChildId,
    pub kind: PageKind,
    pub title: String,
    pub chapter: Option<ChapterKind>,
    pub occurred_on: NaiveDate,
    pub precision: Precision,
    pub place: Option<String>,
    /// Absent: nobody has been asked. Empty: asked, and nobody knows.
    pub people: Option<Vec<String>>,
    pub texts: Vec<Text>,
    pub media: Vec<EntryMedia>,
    pub basis: Option<Basis>,
    pub stance: Option<Stance>,
    pub purpose: Option<String>,
    pub readiness: Readiness,
    /// The entry it is told beside: the same, as somebody else remembers it. That one stands beside none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<EntryId>,
    /// The child's wish that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wish: Option<Uuid>,
    /// Where it comes from; absent where it was written here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
    pub author: PersonId,
    /// What the author was to the child when writing, in plain words.
    pub author_title: String,
    pub written_at: DateTime<Utc>,
}

/// One fact told for one age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    #[schema(value_type = String, example = "7-9")]
    pub band: AgeBand,
    /// BCP 47, for example `da`.
    pub language: String,
    pub text: String,
}

/// A file in an entry, with words for those who cannot see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryMedia {
    pub id: MediaId,
    pub alt: Option<String>,
    /// What is said in a sound or a film: plain text, or WebVTT with its times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The sound is the page's text, the first one where there are several, read aloud by somebody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reads: bool,
}

/// Where an entry comes from that was taken in with a folder of old papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Imported {
    /// Who wrote it, as the papers say; null: they do not.
    pub author: Option<String>,
    /// What that person was to the child then, in plain words.
    pub role: Option<String>,
    /// Where the papers lay: a box, a case.
    pub source: Option<String>,
    /// Where its files lay in the folder.
    pub files: Vec<String>,
    /// By what the same line is known when the folder comes again: SHA-256, hex.
    pub line: String,
}

/// How the author knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Seen,
    Heard,
    Read,
}

/// Whether a text tells what was observed or what the author thinks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    Observation,
    Assessment,
}

/// Whether the child reads the page now. Hidden is not deleted, held back is not secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "state", deny_unknown_fields)]
pub enum Readiness {
    #[default]
    Open,
    /// To be read together with an adult.
    WithAdult {
        /// Whom the child can ask.
        ask: String,
    },
    /// Waits until somebody opens it, and no longer than `opens_on`.
    HeldBack {
        reason: String,
        #[schema(value_type = uuid::Uuid)]
        decided_by: PersonId,
        #[schema(value_type = uuid::Uuid)]
        second_reader: PersonId,
        ask: String,
        review_on: NaiveDate,
        opens_on: NaiveDate,
    },
}

impl Readiness {
    /// True where the child itself may read the page on `today`.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        match self {
            Self::Open => true,
            Self::WithAdult { .. } => false,
            Self::HeldBack { opens_on, .. } => *opens_on <= today,
        }
    }
}

/// The texts of one entry that a reader of `band` may be shown: its own band or the nearest younger one, in `language`
/// where there is one. Never a harder text silently.
pub fn text_for<'a>(texts: &'a [Text], band: AgeBand, language: &str) -> Option<&'a Text> {
    texts.iter().filter(|text| text.band <= band).max_by_key(|text| (text.language == language, text.band))
}

/// True where there are texts, but all for older readers.
pub fn only_older_texts(texts: &[Text], band: AgeBand) -> bool {
    !texts.is_empty() && texts.iter().all(|text| text.band > band)
}

/// The chapter an entry belongs to when its author named none.
pub fn default_chapter(kind: PageKind, occurred_on: NaiveDate, today: NaiveDate) -> ChapterKind {
    match kind {
        PageKind::Letter => ChapterKind::Letters,
        PageKind::Thing => ChapterKind::Things,
        PageKind::Decision => ChapterKind::Why,
        PageKind::Talk => ChapterKind::Plan,
        PageKind::Document => ChapterKind::School,
        _ if (today - occurred_on).num_days() <= 183 => ChapterKind::MeNow,
        _ => ChapterKind::Days,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(band: AgeBand, language: &str) -> Text {
        Text { band, language: language.into(), text: format!("{} {language}", band.as_str()) }
    }

    #[test]
    fn a_reader_gets_its_own_band_or_the_nearest_younger_one_and_never_a_harder() {
        let texts = [text(AgeBand::From3, "da"), text(AgeBand::From10, "da"), text(AgeBand::Adult, "da")];
        let chosen = |band| text_for(&texts, band, "da").map(|text| text.band);
        assert_eq!(chosen(AgeBand::From3), Some(AgeBand::From3));
        assert_eq!(chosen(AgeBand::From7), Some(AgeBand::From3));
        assert_eq!(chosen(AgeBand::From13), Some(AgeBand::From10));
        assert_eq!(chosen(AgeBand::Adult), Some(AgeBand::Adult));
        assert_eq!(text_for(&texts[1..], AgeBand::From7, "da"), None);
        assert!(only_older_texts(&texts[1..], AgeBand::From7));
    }

    #[test]
    fn the_readers_language_goes_before_the_nearest_band() {
        let texts = [text(AgeBand::From7, "en"), text(AgeBand::From10, "da")];
        assert_eq!(text_for(&texts, AgeBand::From13, "en").map(|text| text.band), Some(AgeBand::From7));
        assert_eq!(text_for(&texts, AgeBand::From13, "kl").map(|text| text.band), Some(AgeBand::From10));
    }

    #[test]
    fn a_held_back_page_opens_on_its_latest_day_by_itself() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let held = Readiness::HeldBack {
            reason: String::new(),
            decided_by: PersonId(uuid::Uuid::nil()),
            second_reader: PersonId(uuid::Uuid::nil()),
            ask: String::new(),
            review_on: day("2027-01-01"),
            opens_on: day("2030-05-01"),
        };
        assert!(!held.is_open(day("2030-04-30")));
        assert!(held.is_open(day("2030-05-01")));
    }
}
