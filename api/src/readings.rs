//! Who opened what: durable before the page is answered, sealed in batches.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::auth::Caller;
use crate::db::Slice;
use crate::db::readings::ReadingCursor;
use crate::deposit::{self, Slip};
use crate::domain::access::Ties;
use crate::domain::document::{Body, Kind, ReadPage, Reading, Readings, Role};
use crate::domain::ids::{ChildId, OwnPageId};
use crate::problem::Problem;

/// A batch is sealed when its oldest reading is this old.
const BATCH_AGE: TimeDelta = TimeDelta::minutes(15);
const BATCH_SIZE: u64 = 1000;

/// Records that `caller` opens `page`. Call it before answering: a page that cannot be recorded is not shown. Answers
/// until when opening it again is the same reading.
pub async fn record(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    child: ChildId,
    page: ReadPage,
) -> Result<DateTime<Utc>, Problem> {
    record_as(app, caller, ties.acting_role().unwrap_or(Role::Invited), child, page).await
}

/// The same for somebody whose right comes from the municipality, not from a place around the child.
pub async fn record_as(
    app: &App,
    caller: &Caller,
    role: Role,
    child: ChildId,
    page: ReadPage,
) -> Result<DateTime<Utc>, Problem> {
    let companion = caller.together.filter(|together| together.child == child).map(|together| together.with);
    let reading = Reading { id: app.new_id(), reader: caller.id, role, page, at: app.now(), companion };
    Ok(app.db.record_reading(child, &reading).await?)
}

/// Who read a child's book, newest first, as `caller` may know it: somebody whom a page of the child's own is not for does
/// not learn here that it exists.
pub async fn told(
    app: &App,
    caller: &Caller,
    child: ChildId,
    before: Option<ReadingCursor>,
    limit: u64,
) -> Result<Slice<Reading, ReadingCursor>, Problem> {
    let mut slice = app.db.readings(child, before, limit).await?;
    for reading in &mut slice.items {
        if let ReadPage::OwnPage(id) = reading.page
            && app.db.own_page(OwnPageId(id), caller.reader()).await?.is_none()
        {
            reading.page = ReadPage::Book;
        }
    }
    Ok(slice)
}

/// Seals the readings that have waited long enough; all of them when `everything`. One object for each child and batch.
pub async fn seal_batches(app: &App, everything: bool) -> Result<(), Problem> {
    let before = if everything { app.now() + TimeDelta::seconds(1) } else { app.now() - BATCH_AGE };
    for child in app.db.children_with_unsealed_readings(before).await? {
        loop {
            let readings = app.db.unsealed_readings(child, BATCH_SIZE).await?;
            let full = readings.len() as u64 == BATCH_SIZE;
            if readings.is_empty() {
                break;
            }
            let slip = Slip {
                id: app.new_id(),
                version: 1,
                group: child.0,
                kind: Kind::Readings,
                by: None,
                at: app.now(),
            };
            deposit::document(app, slip, Body::Readings(Readings { child, readings }), None, None).await?;
            if !full {
                break;
            }
        }
    }
    Ok(())
}
