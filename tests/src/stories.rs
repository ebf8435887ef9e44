//! Entries as the foster mother of the tests writes them.

use serde_json::{Value, json};

/// A photo with one line, for a reader of seven to nine.
pub fn photo_entry(title: &str, line: &str, media: &str) -> Value {
    json!({
        "kind": "photo", "title": title, "occurred_on": "2026-06-14", "precision": "day",
        "texts": [{ "band": "7-9", "language": "da", "text": line }],
        "people": [], "place": "Søen", "basis": "seen", "media": [media],
    })
}

/// A story without a picture.
pub fn story(title: &str, text: &str) -> Value {
    json!({
        "kind": "story", "title": title, "occurred_on": "2026-06-14", "precision": "day",
        "texts": [{ "band": "7-9", "language": "da", "text": text }],
        "media": [],
    })
}

/// The same entry with one member changed.
pub fn with(mut entry: Value, member: &str, value: impl Into<Value>) -> Value {
    entry[member] = value.into();
    entry
}
