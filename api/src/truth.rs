//! The archive is the truth: `rebuild` makes the index anew from it, `dump` writes what the index holds.

use std::collections::BTreeMap;
use std::io::Write;

use archive::{GroupId, Leaf, ObjectId};
use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::db::Db;
use crate::db::deposits::Deposit;
use crate::db::rebuild::Unindexed;
use crate::disposal;
use crate::domain::document::{Envelope, Kind};
use crate::domain::ids::{EditionId, EntryId, MediaId};
use crate::problem::Problem;

const PAGE: u64 = 500;
/// A rebuild that is broken off does at most this many leaves again.
const NOTE_EVERY: u64 = 16;
/// A document is text of bounded length; a batch of readings is the longest.
const DOCUMENT_BYTES: u64 = 16 * 1024 * 1024;

/// What a rebuild found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Rebuilt {
    pub deposits: u64,
    /// Disposed of; the register of disposals tells why.
    pub disposed: u64,
    /// In the log, and there is no key: lost.
    pub without_key: u64,
    /// In the log and not readable: see `livsbog verify`.
    pub unreadable: u64,
}

/// Empties the index and fills it again from storage root, log and key store, in the order of the log: the order in
/// which everything was sealed the first time. One that was broken off goes on where it was. `progress` is told how many
/// leaves are done.
pub async fn rebuild(app: &App, mut progress: impl FnMut(u64)) -> Result<Rebuilt, Problem> {
    let from = match app.db.rebuild_stands_at().await? {
        Some(leaf) => leaf,
        None => begin(app).await?,
    };
    progress(from);
    let mut leaves = std::pin::pin!(app.archive.leaves(from));
    while let Some(leaf) = leaves.next().await {
        let leaf = leaf?;
        if leaf.index % NOTE_EVERY == 0 {
            app.db.rebuild_reached(leaf.index).await?;
        }
        match replay(app, &leaf).await {
            Ok(true) => {}
            Ok(false) => app.db.note_unindexed(&leaf, Unindexed::NoKey).await?,
            Err(problem @ (Problem::StorageFull | Problem::Unavailable(_))) => return Err(problem),
            Err(problem) => {
                tracing::error!(cause = %problem, object = %leaf.object, "a deposit cannot be read");
                app.db.note_unindexed(&leaf, Unindexed::Unreadable).await?;
            }
        }
        progress(leaf.index + 1);
    }
    app.db.finish_rebuild().await?;
    // Keys that came back with a backup after their objects were disposed of.
    disposal::erase_decided(app).await?;
    Ok(Rebuilt {
        deposits: app.db.count_sealed().await?,
        disposed: app.db.count_unindexed(0, Some(Unindexed::Disposed)).await?,
        without_key: app.db.count_unindexed(0, Some(Unindexed::NoKey)).await?,
        unreadable: app.db.count_unindexed(0, Some(Unindexed::Unreadable)).await?,
    })
}

/// An empty index, and whose key wraps which object's.
async fn begin(app: &App) -> Result<u64, Problem> {
    app.db.clear_index().await?;
    let mut keys = app.archive.keys().list();
    while let Some((group, object)) = keys.try_next().await? {
        app.db.note_key(object.0, group.0).await?;
    }
    app.db.rebuild_reached(0).await?;
    Ok(0)
}

/// Reads one sealed version and indexes it; false where its key is gone.
async fn replay(app: &App, leaf: &Leaf) -> Result<bool, Problem> {
    let Some(group) = app.db.noted_key(leaf.object.0).await? else { return Ok(false) };
    let envelope = document(app, GroupId(group), leaf.object, leaf.version).await?;
    app.db.mark_sealed(&envelope, &leaf.inventory.to_string(), leaf.index, None).await?;
    Ok(true)
}

/// What was sealed as one version of an object, from the archive itself.
pub async fn document(
    app: &App,
    group: GroupId,
    object: ObjectId,
    version: u32,
) -> Result<Envelope, Problem> {
    let description = app.archive.describe_with(object, version).await?;
    let names =
        description.versions.iter().filter(|known| known.version == version).flat_map(|known| &known.files);
    let name = names
        .map(|file| file.name.as_str())
        .find(|name| name.ends_with(".json.age"))
        .ok_or_else(|| Problem::Internal("a deposit without a document".into()))?;
    let bytes = app.archive.open(group, object, version, name).await?.read_all(DOCUMENT_BYTES).await?;
    serde_json::from_slice(&bytes).map_err(|error| Problem::Internal(format!("document: {error}")))
}

/// Writes everything the archive vouches for as canonical JSON lines, in the order of object and version. Private texts
/// stand as digests. Reads only the database.
pub async fn dump(db: &Db, out: &mut dyn Write) -> Result<u64, Problem> {
    let mut after = None;
    let mut lines = 0;
    loop {
        let page = db.sealed_after(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(lines) };
        after = Some((last.object, last.version));
        for deposit in &page {
            let line = json!({ "deposit": deposit, "body": body(db, deposit).await? });
            writeln!(out, "{line}").map_err(|error| Problem::Internal(format!("dump: {error}")))?;
            lines += 1;
        }
    }
}

/// How many originals there are of one format, and how many of them have a preservation copy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FormatCount {
    pub originals: u64,
    pub preserved: u64,
}

/// The originals by PRONOM identifier (empty where it is not known) and media type.
pub async fn formats(db: &Db) -> Result<BTreeMap<(String, String), FormatCount>, Problem> {
    let (mut formats, mut after) = (BTreeMap::new(), None);
    loop {
        let page = db.all_media(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(formats) };
        after = Some(last.id);
        for stored in page {
            let format = (stored.media.pronom.unwrap_or_default(), stored.media.media_type);
            let count: &mut FormatCount = formats.entry(format).or_default();
            count.originals += 1;
            count.preserved += u64::from(stored.media.preservation.is_some());
        }
    }
}

/// What the index holds about the object; null for a version that a newer one replaced.
async fn body(db: &Db, deposit: &Deposit) -> Result<Value, Problem> {
    let newest = db.latest_deposit(deposit.object).await?;
    if newest.is_some_and(|newest| newest.version != deposit.version) {
        return Ok(Value::Null);
    }
    let id = deposit.object;
    let value = match deposit.kind {
        Kind::Entry => entry(db, EntryId(id)).await?,
        Kind::OwnPage => own_page(db, id).await?,
        Kind::Media => db.media(MediaId(id)).await?.map(|stored| json!(stored.media)),
        Kind::Edition => db.edition(EditionId(id)).await?.map(|edition| match edition.stage {
            crate::db::editions::Stage::Ready(ready) => json!(ready),
            other => json!(other.as_str()),
        }),
        Kind::Readings => Some(json!(db.readings_in(id).await?)),
        kind => db.record_body(kind, id).await?.and_then(|body| serde_json::from_str(&body).ok()),
    };
    Ok(value.unwrap_or(Value::Null))
}

/// Nothing of a page that is the child's alone: a digest of the whole tells whether it is the same.
async fn own_page(db: &Db, id: Uuid) -> Result<Option<Value>, Problem> {
    let Some(page) = db.own_page_of_anybody(id).await? else { return Ok(None) };
    let digest = hex::encode(Sha256::digest(json!(page).to_string()));
    Ok(Some(json!({ "child": page.child, "sha256": digest })))
}

async fn entry(db: &Db, id: EntryId) -> Result<Option<Value>, Problem> {
    let Some(stored) = db.entry(id).await? else { return Ok(None) };
    let mut value = json!(stored.entry);
    for text in value["texts"].as_array_mut().into_iter().flatten() {
        let digest = text["text"].as_str().map(|text| hex::encode(Sha256::digest(text)));
        text["text"] = json!({ "sha256": digest });
    }
    Ok(Some(value))
}
