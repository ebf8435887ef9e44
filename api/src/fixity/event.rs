//! What the scrubber saw, sealed: the archive itself tells how it was looked after.

use std::sync::Arc;

use archive::Scrub;

use crate::app::App;
use crate::deposit::{self, Slip};
use crate::domain::document::{Body, Kind};
use crate::problem::Problem;

/// Seals the events of rounds that ended and of what was found since.
pub async fn seal_new(app: &App) -> Result<(), Problem> {
    let events = app.db.unsealed_fixity_events().await?;
    if events.is_empty() {
        return Ok(());
    }
    // What is to be told may be that the archive is away: an event is not sealed into an empty directory in its place.
    let there = Scrub::new(app.archive.paths(), Arc::new(|_| true)).check_there();
    there.map_err(|error| Problem::Unavailable(error.to_string()))?;
    for event in events {
        // The event's own id is the object's, so that it is never sealed twice. One that was cut off between note and
        // seal is finished like any deposit.
        if app.db.latest_version(event.id).await? > 0 {
            continue;
        }
        let Some(group) = app.db.first_municipality().await? else { return Ok(()) };
        let slip = Slip { id: event.id, version: 1, group, kind: Kind::Fixity, by: None, at: app.now() };
        deposit::document(app, slip, Body::Fixity(event.body), None, None).await?;
    }
    Ok(())
}
