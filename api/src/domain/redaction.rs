//! What is covered in a book for the sake of somebody else: words, spots of a picture or a paper, or the whole of one.
//!
//! The original stays sealed as it is. [`Covers`] is the one place that says what a reader without the right to see beneath
//! a cover reads instead; each cover has its reason, its ground, who decided it and when somebody looks at it again.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access::Right;
use super::disposal::Signed;
use super::document::{Body, Kind, Media};
use super::entry::{Entry, EntryMedia, Imported, Readiness, Text};
use super::ids::{ChildId, EntryId, MediaId, PersonId};
use super::life::{LifeRecord, sort_key};

mod mask;
mod told;

pub use mask::Phrases;

/// All covers of one page, of one file, or of words wherever they stand in a book. Each step is a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    pub child: ChildId,
    pub of: Target,
    /// In the order they were proposed. A cover is known by its number from 1.
    pub covers: Vec<Cover>,
    /// The file with its spots covered; absent where none is, and for a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<Copy>,
    pub told_at: DateTime<Utc>,
}

/// What the covers lie on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "id")]
pub enum Target {
    Entry(EntryId),
    Media(MediaId),
    /// Words, wherever they stand.
    Book,
}

/// One cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub place: Place,
    pub matter: Matter,
    /// Why, as the person reads it: without telling what it hides.
    pub reason: String,
    /// The law and its section.
    pub ground: String,
    /// The day somebody looks at it again.
    pub review_on: NaiveDate,
    /// What lifts it before that: "når din mor siger ja".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_when: Option<String>,
    pub proposed: Signed,
    pub state: State,
}

/// Where a cover lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Place {
    /// These words, in every version.
    Words {
        words: Vec<String>,
    },
    Spot(Spot),
    /// All of it.
    Whole,
}

/// A rectangle on one page of a file, in thousandths of its width and height, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// From 1; a picture has one.
    pub page: u32,
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

impl Spot {
    /// As it is drawn.
    pub fn rectangle(&self) -> renderer::pictures::Spot {
        let Self { left, top, width, height, .. } = *self;
        renderer::pictures::Spot { left, top, width, height }
    }
}

/// What kind of thing is beneath: told in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Who somebody else is, or how they are found: a name, an address, a telephone, a CPR number.
    Identity,
    Health,
    PrivateLife,
    /// Who turned to the municipality.
    Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum State {
    /// It waits for another person, and covers nothing yet.
    Proposed,
    Standing {
        /// Who agreed; absent where it took one person.
        second: Option<Signed>,
    },
    SentBack {
        signed: Signed,
        words: String,
    },
    Lifted {
        signed: Signed,
        words: Option<String>,
    },
}

/// A file made anew with its spots covered, sealed beside the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// The version of the record that it lies in.
    pub version: u32,
    pub sha256: String,
    pub crc32: u32,
    pub size_bytes: u64,
    pub media_type: String,
    /// Pixels; only for pictures.
    pub width: Option<u32>,
    pub height: Option<u32>,
}

impl Matter {
    pub const ALL: [Self; 4] = [Self::Identity, Self::Health, Self::PrivateLife, Self::Source];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Health => "health",
            Self::PrivateLife => "private_life",
            Self::Source => "source",
        }
    }

    /// In Danish and English, as it is told in the place of what is covered.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Identity => ("hvem eller hvor en anden er", "who or where somebody else is"),
            Self::Health => ("en andens helbred", "somebody else's health"),
            Self::PrivateLife => ("en andens privatliv", "somebody else's private life"),
            Self::Source => ("hvem der har henvendt sig", "who turned to the municipality"),
        }
    }

    fn mark(self, language: &str) -> String {
        let (da, en) = self.words();
        if language.starts_with("en") { format!("[covered: {en}]") } else { format!("[dækket: {da}]") }
    }
}

impl State {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Standing { .. } => "standing",
            Self::SentBack { .. } => "sent_back",
            Self::Lifted { .. } => "lifted",
        }
    }

    /// Who took the last step, after the proposal.
    fn by(&self) -> Option<PersonId> {
        match self {
            Self::Proposed | Self::Standing { second: None } => None,
            Self::Standing { second: Some(signed) }
            | Self::SentBack { signed, .. }
            | Self::Lifted { signed, .. } => Some(signed.by),
        }
    }
}

impl Cover {
    pub fn stands(&self) -> bool {
        matches!(self.state, State::Standing { .. })
    }

    /// Since when it has been covered, where it is.
    pub fn since(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            State::Standing { second } => Some(second.map_or(self.proposed.at, |second| second.at)),
            _ => None,
        }
    }

    /// What one person alone may cover: how somebody else is found. Anything more is for two.
    pub fn takes_two(&self) -> bool {
        self.matter != Matter::Identity || matches!(self.place, Place::Whole)
    }

    /// True where it is told to the one whose book it is.
    pub fn is_told(&self) -> bool {
        matches!(self.state, State::Standing { .. } | State::Lifted { .. })
    }
}

impl Redaction {
    pub fn standing(&self) -> impl Iterator<Item = &Cover> {
        self.covers.iter().filter(|cover| cover.stands())
    }

    /// The spots that are covered now.
    pub fn spots(&self) -> Vec<Spot> {
        let spot = |cover: &Cover| match cover.place {
            Place::Spot(spot) => Some(spot),
            _ => None,
        };
        self.standing().filter_map(spot).collect()
    }

    /// Everybody who is named in it.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.covers.iter().flat_map(|cover| [Some(cover.proposed.by), cover.state.by()]).flatten()
    }
}

/// After every day on which something is.
const NOTHING_TO_LOOK_AT: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

impl LifeRecord for Redaction {
    const KIND: Kind = Kind::Redaction;
    const TELL: Right = Right::Decide;

    fn child(&self) -> ChildId {
        self.child
    }

    /// By the day somebody has to look at it again.
    fn sort_key(&self) -> String {
        let again = self.standing().map(|cover| cover.review_on).min();
        sort_key(Some(again.unwrap_or(NOTHING_TO_LOOK_AT)), self.told_at)
    }

    fn into_body(self) -> Body {
        Body::Redaction(self)
    }
}

/// Everything that is covered in one book now.
#[derive(Debug, Clone, Default)]
pub struct Covers {
    entries: HashMap<EntryId, Page>,
    everywhere: Phrases,
    /// The words of all of them, for the names of files.
    names: Phrases,
    files: HashMap<MediaId, CoveredFile>,
    latest: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Default)]
struct Page {
    words: Phrases,
    whole: Option<Cover>,
}

/// What there is of a covered file.
#[derive(Debug, Clone)]
pub enum CoveredFile {
    /// Nothing.
    Whole,
    /// A copy, sealed in the record `object`.
    Copy { object: Uuid, copy: Copy },
}

impl Covers {
    pub fn of<'a>(records: impl IntoIterator<Item = (Uuid, &'a Redaction)>) -> Self {
        let mut covers = Self::default();
        for (id, record) in records {
            covers.latest = record.standing().filter_map(Cover::since).chain(covers.latest).max();
            for cover in record.standing() {
                covers.add(record.of, cover);
            }
            if let (Target::Media(media), Some(copy)) = (record.of, &record.copy) {
                let copy = CoveredFile::Copy { object: id, copy: copy.clone() };
                covers.files.entry(media).or_insert(copy);
            }
        }
        covers
    }

    fn add(&mut self, of: Target, cover: &Cover) {
        match (&cover.place, of) {
            (Place::Words { words }, _) => {
                let phrases = match of {
                    Target::Entry(entry) => &mut self.entries.entry(entry).or_default().words,
                    Target::Book | Target::Media(_) => &mut self.everywhere,
                };
                for phrase in words {
                    phrases.add(phrase, cover.matter);
                    self.names.add(phrase, cover.matter);
                }
            }
            (Place::Whole, Target::Entry(entry)) => {
                self.entries.entry(entry).or_default().whole = Some(cover.clone());
            }
            (Place::Whole, Target::Media(media)) => {
                self.files.insert(media, CoveredFile::Whole);
            }
            (Place::Spot(_), _) | (Place::Whole, Target::Book) => {}
        }
    }

    /// When something was covered last: what was printed before shows it.
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.latest
    }

    pub fn file(&self, media: MediaId) -> Option<&CoveredFile> {
        self.files.get(&media)
    }

    /// An entry as whoever may not see beneath the covers reads it.
    #[must_use]
    pub fn over(&self, id: EntryId, entry: Entry) -> Entry {
        let page = self.entries.get(&id);
        if let Some(cover) = page.and_then(|page| page.whole.as_ref()) {
            return covered_page(entry, cover);
        }
        let page = page.map(|page| &page.words);
        let mask = Mask { covers: self, page };
        mask.entry(entry)
    }

    /// What is told of a file to whoever may not see beneath the covers.
    #[must_use]
    pub fn over_file(&self, id: MediaId, media: Media) -> Media {
        let media = Media { file_name: self.name(&media.file_name), ..media };
        match self.file(id) {
            Some(CoveredFile::Copy { copy, .. }) => Media {
                sha256: copy.sha256.clone(),
                crc32: copy.crc32,
                size_bytes: copy.size_bytes,
                media_type: copy.media_type.clone(),
                pronom: None,
                width: copy.width,
                height: copy.height,
                taken_at: None,
                preservation: None,
                ..media
            },
            _ => media,
        }
    }

    /// The name of a file; every word that is covered anywhere is covered in it.
    pub fn name(&self, name: &str) -> String {
        self.names.over(name, "da")
    }

    fn takes(&self, media: MediaId) -> bool {
        matches!(self.file(media), Some(CoveredFile::Whole))
    }
}

/// Words covered on one page.
struct Mask<'a> {
    covers: &'a Covers,
    page: Option<&'a Phrases>,
}

impl Mask<'_> {
    fn text(&self, text: &str, language: &str) -> String {
        let text = self.page.map_or_else(|| text.to_owned(), |words| words.over(text, language));
        self.covers.everywhere.over(&text, language)
    }

    fn word(&self, text: &str) -> String {
        self.text(text, "da")
    }

    fn some(&self, text: Option<String>) -> Option<String> {
        text.map(|text| self.word(&text))
    }

    /// Every field by name: a new one has to be thought about here.
    fn entry(&self, entry: Entry) -> Entry {
        let Entry { child, kind, chapter, occurred_on, precision, basis, stance, .. } = entry;
        let Entry { beside, wish, author, written_at, .. } = entry;
        let Entry { title, place, people, texts, media, purpose, readiness, imported, author_title, .. } =
            entry;
        let media = media.into_iter().filter(|file| !self.covers.takes(file.id));
        Entry {
            child,
            kind,
            title: self.word(&title),
            chapter,
            occurred_on,
            precision,
            place: self.some(place),
            people: people.map(|people| people.iter().map(|name| self.word(name)).collect()),
            texts: texts.into_iter().map(|text| self.of_text(text)).collect(),
            media: media.map(|file| self.of_file(file)).collect(),
            basis,
            stance,
            purpose: self.some(purpose),
            readiness: self.of_readiness(readiness),
            beside,
            wish,
            imported: imported.map(|imported| self.of_origin(imported)),
            author,
            author_title: self.word(&author_title),
            written_at,
        }
    }

    fn of_text(&self, Text { band, language, text }: Text) -> Text {
        Text { band, text: self.text(&text, &language), language }
    }

    fn of_file(&self, EntryMedia { id, alt, words, reads }: EntryMedia) -> EntryMedia {
        EntryMedia { id, alt: self.some(alt), words: self.some(words), reads }
    }

    fn of_readiness(&self, readiness: Readiness) -> Readiness {
        match readiness {
            Readiness::Open => Readiness::Open,
            Readiness::WithAdult { ask } => Readiness::WithAdult { ask: self.word(&ask) },
            Readiness::HeldBack { reason, decided_by, second_reader, ask, review_on, opens_on } => {
                let (reason, ask) = (self.word(&reason), self.word(&ask));
                Readiness::HeldBack { reason, decided_by, second_reader, ask, review_on, opens_on }
            }
        }
    }

    fn of_origin(&self, Imported { author, role, source, files, line }: Imported) -> Imported {
        let (author, role, source) = (self.some(author), self.some(role), self.some(source));
        let files = files.iter().map(|file| self.covers.name(&self.word(file))).collect();
        Imported { author, role, source, files, line }
    }
}

/// That a page is there, and why it is covered; nothing of what it is.
fn covered_page(entry: Entry, cover: &Cover) -> Entry {
    let (da, en) = cover.matter.words();
    let day = cover.review_on;
    let told = |language: &str, text: String| Text {
        band: renderer::book::AgeBand::ALL[0],
        language: language.into(),
        text,
    };
    let (reason, ground) = (&cover.reason, &cover.ground);
    Entry {
        title: "En side, der er dækket".into(),
        place: None,
        people: None,
        texts: vec![
            told(
                "da",
                format!("Siden er dækket: {da}. {reason} ({ground}.) Nogen ser på det igen senest {day}."),
            ),
            told("en", format!("The page is covered: {en}. {reason} ({ground}.) Looked at again by {day}.")),
        ],
        media: Vec::new(),
        basis: None,
        stance: None,
        purpose: None,
        imported: None,
        author_title: String::new(),
        ..entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(of: Target, place: Place, matter: Matter) -> Redaction {
        let at = DateTime::UNIX_EPOCH;
        let by = PersonId(Uuid::nil());
        let cover = Cover {
            place,
            matter,
            reason: "Det handler om en anden.".into(),
            ground: "Databeskyttelsesloven § 22".into(),
            review_on: NaiveDate::MIN,
            review_when: None,
            proposed: Signed { by, at },
            state: State::Standing { second: None },
        };
        Redaction { child: ChildId(Uuid::nil()), of, covers: vec![cover], copy: None, told_at: at }
    }

    fn entry() -> Entry {
        serde_json::from_value(serde_json::json!({
            "child": Uuid::nil(), "kind": "story", "title": "Besøg hos Karla Bendtsen", "chapter": null,
            "occurred_on": "2009-05-04", "precision": "day", "place": "Karla Bendtsens have",
            "people": ["Karla Bendtsen", "Sofie"],
            "texts": [{"band": "18+", "language": "da", "text": "Vi drak saft hos karla  bendtsen."}],
            "media": [{"id": Uuid::from_u128(7), "alt": "Karla Bendtsen vinker", "words": null}],
            "basis": null, "stance": null, "purpose": null, "readiness": {"state": "open"},
            "imported": {"author": "Karla Bendtsen", "role": null, "source": null,
                "files": ["breve/Karla Bendtsen.pdf"], "line": "00"},
            "author": Uuid::nil(), "author_title": "ven af Karla Bendtsen", "written_at": "2009-05-04T10:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn covered_words_are_in_no_field_of_the_page() {
        let id = EntryId(Uuid::from_u128(1));
        let words = Place::Words { words: vec!["Karla Bendtsen".into()] };
        let record = record(Target::Entry(id), words, Matter::Identity);
        let covers = Covers::of([(Uuid::nil(), &record)]);
        let covered = serde_json::to_string(&covers.over(id, entry())).unwrap().to_lowercase();
        assert!(!covered.contains("karla") && !covered.contains("bendtsen"), "{covered}");
        assert!(covered.contains("sofie") && covered.contains("saft"), "{covered}");
        let other = EntryId(Uuid::from_u128(2));
        assert_eq!(
            covers.over(other, entry()).title,
            "Besøg hos Karla Bendtsen",
            "another page is as it was"
        );
        assert_eq!(covers.name("Karla Bendtsen.pdf"), "[dækket: hvem eller hvor en anden er].pdf");
    }

    #[test]
    fn a_covered_page_tells_why_and_nothing_of_what_it_was() {
        let id = EntryId(Uuid::from_u128(1));
        let record = record(Target::Entry(id), Place::Whole, Matter::Health);
        let covers = Covers::of([(Uuid::nil(), &record)]);
        let covered = serde_json::to_string(&covers.over(id, entry())).unwrap();
        for gone in ["Karla", "Sofie", "saft", "breve", "ven af"] {
            assert!(!covered.contains(gone), "{covered}");
        }
        assert!(covered.contains("Databeskyttelsesloven"), "{covered}");
    }

    #[test]
    fn what_waits_and_what_was_lifted_covers_nothing() {
        let id = EntryId(Uuid::from_u128(1));
        let signed = Signed { by: PersonId(Uuid::nil()), at: DateTime::UNIX_EPOCH };
        for state in [State::Proposed, State::Lifted { signed, words: None }] {
            let mut record = record(Target::Entry(id), Place::Whole, Matter::Health);
            record.covers[0].state = state;
            assert_eq!(Covers::of([(Uuid::nil(), &record)]).over(id, entry()), entry());
        }
    }
}
