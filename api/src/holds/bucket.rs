//! Legal hold in a bucket: what somebody has asked to stay cannot be deleted there either, however long ago its lock ended.
//! The bucket follows what the archive says of holds: jobs go through what a hold covers when it was placed and when it was
//! lifted, and the scrubber looks again at every object it passes.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use archive::ObjectId;
use uuid::Uuid;

use super::{Held, covered};
use crate::app::App;
use crate::domain::ids::{ChildId, HoldId};
use crate::jobs;
use crate::problem::Problem;

/// So many objects are brought up by one job; for a larger child it orders the next.
const OBJECTS_A_JOB: usize = 50;

/// Whether the archive lies in a bucket that keeps legal holds.
fn is_kept(app: &App) -> bool {
    app.archive.honours().is_some_and(|honours| honours.legal_hold)
}

/// Orders that the bucket follow a hold, as version `version` of it says. On a disk there is nothing to do. What could not be
/// ordered is left to the scrubber: the hold itself stands.
pub(super) async fn order(app: &App, hold: Uuid, version: u32) {
    if !is_kept(app) {
        return;
    }
    if let Err(problem) = order_step(app, hold, version, None).await {
        tracing::warn!(cause = %problem, "the bucket follows a hold when the scrubber comes by");
    }
}

/// Each version of a hold is a walk of its own: one that came while an earlier one is under way is not taken for it.
async fn order_step(app: &App, hold: Uuid, version: u32, after: Option<Uuid>) -> Result<(), Problem> {
    let after = after.map(|after| format!(" {after}")).unwrap_or_default();
    jobs::order(app, jobs::Kind::LegalHold, &format!("{hold} {version}{after}")).await
}

/// Brings the next objects of a walk to what the holds say, and orders the rest. Done again after a crash, it does the same.
pub async fn follow(app: &App, subject: &str) -> Result<(), Problem> {
    let malformed = || Problem::Internal("a job's subject is no hold".into());
    let mut parts = subject.split(' ');
    let hold: Uuid = parts.next().and_then(|id| id.parse().ok()).ok_or_else(malformed)?;
    let version: u32 = parts.next().and_then(|version| version.parse().ok()).ok_or_else(malformed)?;
    let after = parts.next().map(|after| after.parse::<Uuid>().map_err(|_| malformed())).transpose()?;
    let Some(about) = app.db.hold(HoldId(hold)).await? else { return Ok(()) };
    let objects = match covered(app, &about).await? {
        Some(objects) => {
            let rest = (after.map_or(Unbounded, Excluded), Unbounded);
            objects.range(rest).copied().take(OBJECTS_A_JOB).collect()
        }
        None => app.db.objects_of(about.child, after, OBJECTS_A_JOB as u64).await?,
    };
    settle(app, about.child, &objects).await?;
    match objects.last() {
        Some(last) => order_step(app, hold, version, Some(*last)).await,
        None => Ok(()),
    }
}

/// The same for objects of anybody's, in passing. What was disposed of is held by nobody; what the index does not know is left
/// as it is.
pub async fn settle_all(app: &App, objects: &[ObjectId]) -> Result<(), Problem> {
    if !is_kept(app) {
        return Ok(());
    }
    let mut groups: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (object, group) in app.db.groups_of(objects).await? {
        groups.entry(group).or_default().push(object);
    }
    for (group, objects) in groups {
        settle(app, ChildId(group), &objects).await?;
    }
    for object in app.db.disposed_among(objects).await? {
        app.archive.set_legal_hold(object, false).await?;
    }
    Ok(())
}

/// Brings objects of one child's to what the holds say. All are tried; the first failure is told.
async fn settle(app: &App, child: ChildId, objects: &[Uuid]) -> Result<(), Problem> {
    let mut held = Held::of(app, child).await?;
    loop {
        let mut outcome = Ok(());
        for object in objects {
            let set = app.archive.set_legal_hold(ObjectId(*object), held.keeps(*object)).await;
            outcome = outcome.and(set.map(drop));
        }
        outcome?;
        // Whoever else brings the bucket up may have known less: what came meanwhile counts.
        let now = Held::of(app, child).await?;
        if now == held {
            return Ok(());
        }
        held = now;
    }
}
