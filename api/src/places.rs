//! Where the places that are secret are kept from somebody.

use crate::app::App;
use crate::auth::Caller;
use crate::domain::access::Ties;
use crate::domain::document::Placement;
use crate::domain::ids::ChildId;
use crate::domain::place::Secret;
use crate::problem::Problem;

/// A child has lived in fewer homes than this.
const HOMES: u64 = 500;

/// What of a child's places is kept from this caller.
pub async fn kept_from(app: &App, caller: &Caller, ties: &Ties, child: ChildId) -> Result<Secret, Problem> {
    Ok(Secret::from_reader(&homes(app, child).await?, caller.id, ties))
}

/// What of them is kept from everybody who is not around the child: from paper, and from a brother or sister.
pub async fn kept_from_all(app: &App, child: ChildId) -> Result<Secret, Problem> {
    Ok(Secret::from_all(&homes(app, child).await?))
}

async fn homes(app: &App, child: ChildId) -> Result<Vec<Placement>, Problem> {
    let homes = app.db.placements(child, None, HOMES).await?.items;
    Ok(homes.into_iter().map(|(_, home)| home).collect())
}
