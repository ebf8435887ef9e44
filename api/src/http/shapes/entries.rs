//! An entry as it is answered.

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{AgeBand, ChapterKind, PageKind, Precision};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::Ref;
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Schema};
use uuid::Uuid;

use super::{Author, EntryFile};
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::domain::entry::{Basis, Imported, Readiness, Stance, Text};
use crate::domain::place::Secret;

/// An entry. One that waits for this reader has only `id`, `child`, `version` and `readiness`.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryView {
    pub id: Uuid,
    pub child: Uuid,
    pub version: u32,
    /// `open`, `with_adult` or `held_back`, with whom to ask and when it is looked at again.
    #[schema(value_type = Object)]
    pub readiness: serde_json::Value,
    #[serde(flatten)]
    #[schema(schema_with = content_or_nothing)]
    pub content: Option<EntryContent>,
}

/// All of the content, or nothing beside the four members that every entry has; never a `null` in its place.
fn content_or_nothing() -> Schema {
    let nothing = ObjectBuilder::new().max_properties(Some(4));
    AnyOfBuilder::new().item(Ref::from_schema_name("EntryContent")).item(nothing).build().into()
}

/// What stands in an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryContent {
    #[schema(value_type = String, example = "photo")]
    pub kind: PageKind,
    pub title: String,
    #[schema(value_type = Option<String>, example = "days")]
    pub chapter: Option<ChapterKind>,
    pub occurred_on: NaiveDate,
    #[schema(value_type = String, example = "day")]
    pub precision: Precision,
    pub place: Option<String>,
    pub people: Option<Vec<String>>,
    pub texts: Vec<Text>,
    pub media: Vec<EntryFile>,
    pub basis: Option<Basis>,
    pub stance: Option<Stance>,
    pub purpose: Option<String>,
    /// The entry it is told beside.
    pub beside: Option<Uuid>,
    /// The child's wish that it answers.
    pub wish: Option<Uuid>,
    /// Where it comes from, for one that was taken in with a folder of old papers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
    pub author: Author,
    pub written_at: DateTime<Utc>,
}

impl EntryView {
    /// The entry for a reader who sees its content, up to the `highest` band.
    pub fn open(stored: &StoredEntry, files: &[StoredMedia], author_name: String, highest: AgeBand) -> Self {
        let entry = &stored.entry;
        Self {
            id: stored.id.0,
            child: entry.child.0,
            version: stored.version,
            readiness: serde_json::to_value(&entry.readiness).unwrap_or_default(),
            content: Some(EntryContent {
                kind: entry.kind,
                title: entry.title.clone(),
                chapter: entry.chapter,
                occurred_on: entry.occurred_on,
                precision: entry.precision,
                place: entry.place.clone(),
                people: entry.people.clone(),
                texts: entry.texts.iter().filter(|text| text.band <= highest).cloned().collect(),
                media: EntryFile::of(&entry.media, files),
                basis: entry.basis,
                stance: entry.stance,
                purpose: entry.purpose.clone(),
                beside: entry.beside.map(|host| host.0),
                wish: entry.wish,
                imported: entry.imported.clone(),
                author: Author { id: entry.author.0, name: author_name, title: entry.author_title.clone() },
                written_at: entry.written_at,
            }),
        }
    }

    /// The entry as far as the reader may know where it was.
    pub fn without_place(mut self, secret: &Secret) -> Self {
        if let Some(content) = &mut self.content
            && secret.covers_when(content.occurred_on, content.precision)
        {
            content.place = None;
        }
        self
    }

    /// The entry for a reader for whom it waits: that it waits, whom to ask, when it is looked at again.
    pub fn waiting(stored: &StoredEntry) -> Self {
        let readiness = match &stored.entry.readiness {
            Readiness::Open => serde_json::json!({ "state": "open" }),
            Readiness::WithAdult { ask } => serde_json::json!({ "state": "with_adult", "ask": ask }),
            Readiness::HeldBack { ask, review_on, opens_on, decided_by, .. } => serde_json::json!({
                "state": "held_back", "ask": ask, "review_on": review_on, "opens_on": opens_on, "decided_by": decided_by,
            }),
        };
        Self {
            id: stored.id.0,
            child: stored.entry.child.0,
            version: stored.version,
            readiness,
            content: None,
        }
    }
}
