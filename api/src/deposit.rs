//! The way of every deposit: stage, note, seal, index. A crash anywhere is finished from the note by the same function.
//!
//! 1. the bytes and their document are staged: encrypted, on disk, fsynced;
//! 2. one short transaction notes the deposit as pending: from here on it will be finished;
//! 3. the archive seals it and reads it back;
//! 4. one transaction marks it sealed and writes the rows that follow from the document.
//!
//! Only then is it acknowledged.

use std::collections::BTreeSet;

use archive::{Decision, Facts, GroupId, ObjectId, RetentionClass, Staging, Until};
use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use crate::app::{App, danish_time};
use crate::db::DbError;
use crate::db::deposits::{Idempotency, Pending};
use crate::domain::document::{Body, Envelope, Kind, RetentionPromise};
use crate::domain::ids::{ChildId, PersonId};
use crate::problem::Problem;

/// What a deposit is called and where it belongs, before its bytes arrive.
#[derive(Debug, Clone)]
pub struct Slip {
    pub id: Uuid,
    pub version: u32,
    /// The key group: a child or a municipality.
    pub group: Uuid,
    pub kind: Kind,
    pub by: Option<PersonId>,
    pub at: chrono::DateTime<chrono::Utc>,
}

/// A sealed deposit.
#[derive(Debug, Clone)]
pub struct Deposited {
    pub id: Uuid,
    pub version: u32,
    /// Proof that the deposit stands in the log (C2SP tlog-proof).
    pub receipt: String,
}

/// Opens the staging area for a deposit.
pub async fn stage(app: &App, slip: &Slip) -> Result<Staging, Problem> {
    let group = GroupId(slip.group);
    Ok(app.archive.stage(ObjectId(slip.id), group, slip.version, class_of(slip.kind)?, slip.at).await?)
}

/// Adds the document to what is staged, notes the deposit and seals it. The rest runs on its own: a caller who goes
/// away does not stop it.
pub async fn commit(
    app: &App,
    slip: Slip,
    staging: Staging,
    body: Body,
    born: Option<NaiveDate>,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let envelope = envelope(app, &slip, body, born)?;
    let bytes = serde_json::to_vec(&envelope).map_err(|error| Problem::Internal(error.to_string()))?;
    let app = app.clone();
    tokio::spawn(async move {
        staging.write(slip.kind.document_name(), bytes).await?;
        let pending = Pending { envelope, staged: staging.finish().await? };
        if let Err(error) = app.db.insert_pending(&pending, idempotency.as_ref()).await {
            app.archive.discard(&pending.staged).await?;
            return Err(if matches!(error, DbError::Duplicate) {
                Problem::NotSealedYet
            } else {
                error.into()
            });
        }
        finish(&app, &pending).await
    })
    .await?
}

/// Seals a noted deposit and writes its rows. Recovery after a crash calls exactly this.
pub async fn finish(app: &App, pending: &Pending) -> Result<Deposited, Problem> {
    let (id, version) = (pending.envelope.id, pending.envelope.version);
    let stripe = usize::from(id.as_bytes()[0]) % app.sealing.len();
    let _one_at_a_time = app.sealing[stripe].lock().await;
    if let Some(leaf) = app.db.sealed_leaf(id, version).await? {
        let receipt = app.archive.receipt(leaf).await?;
        return Ok(Deposited { id, version, receipt });
    }
    let sealed = app.archive.seal(&pending.staged).await?;
    let inventory = sealed.inventory.to_string();
    let marked =
        app.db.mark_sealed(&pending.envelope, &inventory, sealed.leaf, Some(&sealed.checkpoint)).await;
    marked.map_err(|error| match error {
        DbError::Unavailable(_) => Problem::NotSealedYet,
        other => other.into(),
    })?;
    Ok(Deposited { id, version, receipt: sealed.receipt })
}

/// Stages and seals a document that has no bytes beside it.
pub async fn document(
    app: &App,
    slip: Slip,
    body: Body,
    born: Option<NaiveDate>,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let staging = stage(app, &slip).await?;
    commit(app, slip, staging, body, born, idempotency).await
}

/// Seals a document for a request that names itself: of two that ask the same at the same moment, one deposits.
pub async fn document_once(
    app: &App,
    slip: Slip,
    body: Body,
    born: Option<NaiveDate>,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let by = slip.by;
    match (document(app, slip, body, born, idempotency.clone()).await, by) {
        // The same request, a moment earlier, noted its deposit first: its answer is ours.
        (Err(Problem::NotSealedYet), Some(by)) => {
            answered(app, by, idempotency.as_ref()).await?.ok_or(Problem::NotSealedYet)
        }
        (deposited, _) => deposited,
    }
}

/// Seals a version of what somebody gives to a child or decides about it.
pub async fn for_child(
    app: &App,
    by: PersonId,
    child: ChildId,
    (id, version): (Uuid, u32),
    body: Body,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let slip = Slip { id, version, group: child.0, kind: body.kind(), by: Some(by), at: app.now() };
    let born = app.db.child(child).await?.map(|child| child.born);
    document_once(app, slip, body, born, idempotency).await
}

/// Why a version that was written upon another could not be sealed: somebody else sealed the next one first.
pub fn overtaken(problem: Problem) -> Problem {
    match problem {
        Problem::NotSealedYet => Problem::VersionConflict,
        other => other,
    }
}

/// The answer that the same request got before; `None` for a new one, and for one that does not name itself.
pub async fn answered(
    app: &App,
    by: PersonId,
    idempotency: Option<&Idempotency>,
) -> Result<Option<Deposited>, Problem> {
    let Some(known) = idempotency else { return Ok(None) };
    repeated(app, by, &known.key, Some(&known.request_digest)).await
}

/// The answer to a request that repeats an earlier one; `None` where there was none. The first request's deposit is
/// finished first, should it have been cut off.
pub async fn repeated(
    app: &App,
    by: PersonId,
    key: &str,
    request_digest: Option<&str>,
) -> Result<Option<Deposited>, Problem> {
    let Some(earlier) = app.db.deposit_by_key(by, key).await? else { return Ok(None) };
    if request_digest.is_some_and(|digest| digest != earlier.request_digest) {
        return Err(Problem::IdempotencyKeyReused);
    }
    if let Some(pending) = &earlier.pending {
        return finish(app, pending).await.map(Some);
    }
    let leaf = earlier.leaf.ok_or(Problem::NotSealedYet)?;
    let receipt = app.archive.receipt(leaf).await?;
    Ok(Some(Deposited { id: earlier.object, version: earlier.version, receipt }))
}

/// Finishes what an earlier process left between stage and seal, and clears what it never acknowledged. Runs before
/// anything is served. Answers how many deposits were finished.
pub async fn recover(app: &App) -> Result<usize, Problem> {
    // The leftovers are listed first: a note that is missing now can't appear later for a process that is gone.
    let leftovers = app.archive.leftovers().await?;
    let pending = app.db.pending().await?;
    let staged: Vec<_> = pending.iter().map(|pending| pending.staged.clone()).collect();
    app.archive.recover_staging(leftovers, &staged).await?;
    for pending in &pending {
        finish(app, pending).await?;
    }
    Ok(pending.len())
}

/// Deposits noted this long ago without a seal were cut off: by a database that went away, or a process that did.
const STALE: TimeDelta = TimeDelta::minutes(1);

/// Finishes what was cut off while the service kept running.
pub async fn finish_stale(app: &App) -> Result<(), Problem> {
    let now = app.now();
    for pending in app.db.pending().await? {
        if now - pending.envelope.deposited_at > STALE {
            finish(app, &pending).await?;
        }
    }
    Ok(())
}

/// The promise and the rest of what stands around every document.
fn envelope(app: &App, slip: &Slip, body: Body, born: Option<NaiveDate>) -> Result<Envelope, Problem> {
    Ok(Envelope {
        id: slip.id,
        version: slip.version,
        group: slip.group,
        deposited_by: slip.by,
        deposited_at: slip.at,
        retention: promise(app, slip, born)?,
        body,
    })
}

/// What the policy in force promises for this deposit.
fn promise(app: &App, slip: &Slip, born: Option<NaiveDate>) -> Result<RetentionPromise, Problem> {
    let class = class_of(slip.kind)?;
    let deposited = danish_time(slip.at).date();
    let unknown = |error: archive::UnknownClass| Problem::Internal(error.to_string());
    let rules = app.policy.promise(&class).map_err(unknown)?;
    let facts = Facts {
        object: ObjectId(slip.id),
        birth: born,
        case_closed: None,
        deposited,
        holds: BTreeSet::new(),
        promise: rules.clone(),
    };
    let until = match app.policy.decide(&class, &facts, deposited).map_err(unknown)? {
        Decision::Keep { until: Until::Day(day), .. } => Some(day),
        Decision::Keep { until: Until::Open, .. } => None,
        // Deposited later than its time: a paper about somebody born a hundred years ago. Disposal is decided then.
        Decision::MayDispose(_) => Some(deposited),
    };
    let class = slip.kind.retention_class().into();
    Ok(RetentionPromise { class, rules, until, policy: app.policy.digest().to_string() })
}

/// The class of the policy that rules a kind.
pub fn class_of(kind: Kind) -> Result<RetentionClass, Problem> {
    kind.retention_class()
        .parse()
        .map_err(|_| Problem::Internal("a retention class with a wrong name".into()))
}
