//! Entries as the foster mother of the tests writes them.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::Instance;

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

/// Has a child's foster mother tell `count` stories, eight at a time.
pub fn tell(instance: &Instance, child: &str, count: usize) {
    let mother = instance.api(&instance.foster_parent_of(child));
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while next.fetch_add(1, Ordering::Relaxed) < count {
                    mother.post_entry(child, &story("En dag", &"Vi gik en tur. ".repeat(60))).expect(201);
                }
            });
        }
    });
}
