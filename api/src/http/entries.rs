//! Entries: written, read, corrected.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use renderer::book::AgeBand;
use serde::Deserialize;

use super::shapes::{EntryReceipt, EntryView};
use super::{Asked, Body, List, Part, RequestKey, created_in, cursor};
use crate::app::App;
use crate::auth::{Caller, MayContribute, MayCorrect, MayRead, MayReadEntry, sees_content};
use crate::contribute::{self, NewEntry};
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::domain::access::Ties;
use crate::domain::document::ReadPage;
use crate::domain::ids::{MediaId, PersonId};
use crate::problem::Problem;
use crate::{places, readings, redactions};

/// Write an entry. Answered when it is sealed.
#[utoipa::path(post, path = "/api/v1/children/{child}/entries", tag = "entries", request_body = NewEntry,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = EntryReceipt)))]
pub async fn create(
    app: Data<App>,
    may: MayContribute,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewEntry>().await?;
    let deposited = contribute::write(&app, &may, new, key.with(&digest)?).await?;
    Ok(created_in(&app, "entries", deposited))
}

/// Correct an entry: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/entries/{entry}/versions", tag = "entries", request_body = NewEntry,
    params(("entry" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = EntryReceipt)))]
pub async fn correct(
    app: Data<App>,
    may: MayCorrect,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewEntry>().await?;
    let deposited = contribute::correct(&app, &may, new, key.with(&digest)?).await?;
    Ok(created_in(&app, "entries", deposited))
}

/// A child's entries, newest first.
#[utoipa::path(get, path = "/api/v1/children/{child}/entries", tag = "entries",
    params(("child" = uuid::Uuid, Path), Part), responses(
    (status = 200, body = List<EntryView>)))]
pub async fn list(app: Data<App>, may: MayRead, part: Asked<Part>) -> Result<Json<List<EntryView>>, Problem> {
    let part = part.get()?;
    let slice = app.db.entries(may.child, part.cursor()?, part.limit()?).await?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Entries).await?;
    let items = views(&app, &may.caller, &may.ties, &slice.items).await?;
    Ok(Json(List { items, next_cursor: slice.next.as_ref().and_then(cursor) }))
}

/// Which version.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AtVersion {
    /// The newest when left out.
    pub version: Option<u32>,
}

/// One entry.
#[utoipa::path(get, path = "/api/v1/entries/{entry}", tag = "entries",
    params(("entry" = uuid::Uuid, Path), AtVersion), responses(
    (status = 200, body = EntryView)))]
pub async fn get(
    app: Data<App>,
    may: MayReadEntry,
    at: Asked<AtVersion>,
) -> Result<Json<EntryView>, Problem> {
    let version = at.get()?.version;
    let child = may.entry.entry.child;
    readings::record(&app, &may.caller, &may.ties, child, ReadPage::Entry(may.entry.id.0)).await?;
    // What waits today waits in all its versions.
    let open = may.sees_content();
    let mut stored = may.entry;
    if let Some(version) = version.filter(|version| open && *version != stored.version) {
        if version == 0 || version > stored.version {
            return Err(Problem::NotFound);
        }
        stored = contribute::version(&app, stored.id, child, version).await?;
    }
    let view = views(&app, &may.caller, &may.ties, std::slice::from_ref(&stored)).await?.pop();
    view.map(Json).ok_or(Problem::NotFound)
}

/// The proof that an entry stands in the log.
#[utoipa::path(get, path = "/api/v1/entries/{entry}/receipt", tag = "entries", params(("entry" = uuid::Uuid, Path)), responses(
    (status = 200, body = EntryReceipt)))]
pub async fn receipt(app: Data<App>, may: MayReadEntry) -> Result<Json<EntryReceipt>, Problem> {
    let deposit = app.db.latest_deposit(may.entry.id.0).await?.ok_or(Problem::NotFound)?;
    let leaf = deposit.leaf.ok_or(Problem::NotSealedYet)?;
    let receipt = app.archive.receipt(leaf).await?;
    Ok(Json(EntryReceipt { id: deposit.object, version: deposit.version, receipt }))
}

/// The entries as this caller may see them, with their files and their authors' names. One that waits for the caller
/// tells only that it waits; of the texts, those for a harder band than the caller may read are left out.
async fn views(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    entries: &[StoredEntry],
) -> Result<Vec<EntryView>, Problem> {
    let Some(first) = entries.first() else { return Ok(Vec::new()) };
    let secret = places::kept_from(app, caller, ties, first.entry.child).await?;
    let covers = redactions::covers_for(app, ties, first.entry.child).await?;
    let mut files: Vec<MediaId> =
        entries.iter().flat_map(|stored| &stored.entry.media).map(|file| file.id).collect();
    files.sort_unstable();
    files.dedup();
    let files = app.db.media_among(&files).await?;
    let covered: Vec<StoredMedia> = files.iter().map(|file| file.clone().under(&covers)).collect();
    let authors: Vec<PersonId> = entries.iter().map(|stored| stored.entry.author).collect();
    let names = app.db.names(&authors).await?;
    let view = |stored: &StoredEntry| {
        if !sees_content(ties, stored, caller) {
            return EntryView::waiting(stored);
        }
        let own = stored.written_by == Some(caller.id);
        let wrote = stored.entry.author == caller.id;
        let (seen, files) =
            if wrote { (stored.clone(), &files) } else { (stored.clone().under(&covers), &covered) };
        let highest = if own { AgeBand::Adult } else { ties.highest_band() };
        let author = names.get(&stored.entry.author).cloned().unwrap_or_default();
        let view = EntryView::open(&seen, files, author, highest);
        if own { view } else { view.without_place(&secret) }
    };
    Ok(entries.iter().map(view).collect())
}
