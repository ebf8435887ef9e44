//! What the API answers, shape by shape.

mod entries;
mod ownership;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{AgeBand, ChapterKind};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::entries::{EntryContent, EntryView};
pub use self::ownership::{HelperView, KeptView, OwnPackageView, ReaderView};

use crate::db::devices::Opening;
use crate::db::editions::{Stage, StoredEdition};
use crate::db::entries::StoredMedia;
use crate::db::own_pages::StoredOwnPage;
use crate::domain::access::Right;
use crate::domain::document::{HomeKind, ReadPage, Reading, Role};
use crate::domain::entry::EntryMedia;
use crate::domain::ids::PersonId;
use crate::domain::own_page::{Face, Sharing};

/// Somebody who may call.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub id: Uuid,
    pub name: String,
    /// What this person is, in plain words.
    pub title: String,
    pub municipality: Uuid,
    /// Roles held in the municipality itself.
    pub municipal_roles: Vec<Role>,
    /// The children this person may see, at most 200; the rest by `GET /api/v1/children`.
    pub children: Vec<MyChild>,
}

/// A child and what the caller may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyChild {
    pub id: Uuid,
    pub roles: Vec<Role>,
    pub may: Vec<Right>,
}

/// A child as the caller may know it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChildCard {
    pub id: Uuid,
    pub name: String,
    pub age: u32,
    pub born: NaiveDate,
    pub municipality: Uuid,
    pub book_title: String,
    #[schema(value_type = String, example = "7-9")]
    pub band: AgeBand,
}

/// A file taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct MediaReceipt {
    pub id: Uuid,
    /// SHA-256 of the bytes as received, hex.
    pub sha256: String,
    pub size_bytes: u64,
    pub media_type: String,
    /// Proof that the deposit stands in the log (C2SP tlog-proof).
    pub receipt: String,
}

/// An entry taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryReceipt {
    pub id: Uuid,
    pub version: u32,
    /// Proof that the deposit stands in the log (C2SP tlog-proof).
    pub receipt: String,
}

/// A record sealed in the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordReceipt {
    pub id: Uuid,
    pub version: u32,
    /// Proof that the deposit stands in the log (C2SP tlog-proof).
    pub receipt: String,
}

/// A person of the municipality.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    pub id: Uuid,
    pub name: String,
    /// What this person is, in plain words.
    pub title: String,
    pub phone: Option<String>,
}

/// A link to hand over: it opens the service once.
#[derive(Serialize, ToSchema)]
pub struct SignInLinkView {
    /// Shown here and never again.
    pub sign_in: String,
    pub expires_at: DateTime<Utc>,
}

/// A person as another record names it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    pub id: Uuid,
    pub name: String,
}

impl Named {
    pub fn new(id: PersonId, people: &HashMap<PersonId, String>) -> Self {
        Self { id: id.0, name: people.get(&id).cloned().unwrap_or_default() }
    }
}

/// A stay in a home.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacementView {
    pub id: Uuid,
    #[schema(value_type = String, example = "foster_family")]
    pub home_kind: HomeKind,
    pub home_name: String,
    pub place: Option<String>,
    pub carers: Vec<Named>,
    /// Where it stands on the map: the municipality's code (kommunekode).
    pub municipality: Option<String>,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// The place is secret.
    pub protected: bool,
}

/// A role held by assignment.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentView {
    pub id: Uuid,
    pub person: Named,
    pub role: Role,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// A file in an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryFile {
    pub id: Uuid,
    pub media_type: String,
    pub size_bytes: u64,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub alt: Option<String>,
    /// What is said in a sound or a film: plain text, or WebVTT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The sound is the page's text, the first one where there are several, read aloud by somebody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub reads: bool,
}

impl EntryFile {
    fn of(media: &[EntryMedia], files: &[StoredMedia]) -> Vec<Self> {
        let file = |file: &EntryMedia| {
            let stored = files.iter().find(|stored| stored.id == file.id)?;
            Some(Self {
                id: stored.id.0,
                media_type: stored.media.media_type.clone(),
                size_bytes: stored.media.size_bytes,
                width: stored.media.width,
                height: stored.media.height,
                alt: file.alt.clone(),
                words: file.words.clone(),
                reads: file.reads,
            })
        };
        media.iter().filter_map(file).collect()
    }
}

/// Who wrote.
#[derive(Debug, Serialize, ToSchema)]
pub struct Author {
    pub id: Uuid,
    pub name: String,
    pub title: String,
}

/// A page that a child made itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPageView {
    pub id: Uuid,
    pub child: Uuid,
    pub version: u32,
    /// May be empty.
    pub title: String,
    pub text: String,
    pub language: String,
    pub media: Vec<EntryFile>,
    #[schema(value_type = Option<String>, example = "me-now")]
    pub chapter: Option<ChapterKind>,
    /// After a talk: a face from 1 to 4 for each question.
    pub faces: Vec<Face>,
    /// The meeting it is about.
    pub about: Option<Uuid>,
    /// With whom it is shared; told to the one whose book it is alone.
    pub sharing: Option<Sharing>,
    /// The entry it is told beside.
    pub beside: Option<Uuid>,
    pub author: Author,
    pub made_at: DateTime<Utc>,
}

impl OwnPageView {
    /// The page for somebody who may read it; `own` for the one whose book it is.
    pub fn new(stored: StoredOwnPage, files: &[StoredMedia], author: String, own: bool) -> Self {
        let StoredOwnPage { id, version, page } = stored;
        Self {
            id: id.0,
            child: page.child.0,
            version,
            title: page.title,
            text: page.text,
            language: page.language,
            media: EntryFile::of(&page.media, files),
            chapter: page.chapter,
            faces: page.faces,
            about: page.about,
            sharing: own.then_some(page.sharing),
            beside: page.beside.map(|host| host.0),
            author: Author { id: page.author.0, name: author, title: String::new() },
            made_at: page.made_at,
        }
    }
}

/// A printed book.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionView {
    pub id: Uuid,
    pub child: Uuid,
    pub age: u32,
    /// `a4`, `a5` or `square`.
    pub paper: &'static str,
    /// With bleed and crop marks.
    pub bleed: bool,
    /// `pending`, `ready` or `failed`.
    pub status: &'static str,
    pub ordered_at: DateTime<Utc>,
    pub size_bytes: Option<u64>,
    pub sha256: Option<String>,
    /// Why it failed, as a code.
    pub problem: Option<String>,
}

impl From<StoredEdition> for EditionView {
    fn from(edition: StoredEdition) -> Self {
        let status = edition.stage.as_str();
        let paper = edition.stage.paper();
        let (size_bytes, sha256, problem) = match edition.stage {
            Stage::Ready(ready) => (Some(ready.size_bytes), Some(ready.sha256), None),
            Stage::Failed { problem, .. } => (None, None, Some(problem)),
            Stage::Ordered(_) => (None, None, None),
        };
        Self {
            id: edition.id.0,
            child: edition.child.0,
            age: edition.age,
            paper: paper.size.as_str(),
            bleed: paper.bleed,
            status,
            ordered_at: edition.ordered_at,
            size_bytes,
            sha256,
            problem,
        }
    }
}

/// Somebody opened something.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingView {
    pub reader: Uuid,
    pub name: String,
    pub role: Role,
    pub at: DateTime<Utc>,
    /// book, entry, media, edition, card, entries or access_log, with an id where it has one.
    #[schema(value_type = Object)]
    pub page: ReadPage,
    /// The adult who read beside the child.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub companion: Option<Uuid>,
}

impl ReadingView {
    pub fn new(reading: Reading, name: String) -> Self {
        Self {
            reader: reading.reader.0,
            name,
            role: reading.role,
            at: reading.at,
            page: reading.page,
            companion: reading.companion.map(|person| person.0),
        }
    }
}

/// A child's own device.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeviceView {
    pub id: Uuid,
    pub enrolled_by: Uuid,
    pub at: DateTime<Utc>,
    /// When the child last came in on it.
    pub last_used: Option<DateTime<Utc>>,
    /// After too many wrong codes; an adult opens it again.
    pub locked: bool,
}

/// Somebody let a child come in anew.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OpeningView {
    pub id: Uuid,
    /// enrolled (the first code), forgotten, locked or link.
    #[schema(value_type = String)]
    pub why: &'static str,
    pub by: Uuid,
    pub at: DateTime<Utc>,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl From<Opening> for OpeningView {
    fn from(opening: Opening) -> Self {
        Self {
            id: opening.id.0,
            why: opening.why.as_str(),
            by: opening.by.0,
            at: opening.at,
            confirmed_by: opening.confirmed.map(|(by, _)| by.0),
            confirmed_at: opening.confirmed.map(|(_, at)| at),
        }
    }
}
