//! What the scrubber saw, sealed: the archive itself tells how it was looked after.

use crate::app::App;
use crate::deposit::{self, Slip};
use crate::domain::document::{Body, Kind};
use crate::problem::Problem;

/// Seals the events of rounds that ended and of what was found since.
pub async fn seal_new(app: &App) -> Result<(), Problem> {
    for event in app.db.unsealed_fixity_events().await? {
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
