//! Disposal: what the policy lets go, two people's agreement, the tombstone, and only then the keys.

use std::collections::BTreeSet;

use archive::{Decision, Facts, Grounds, GroupId, Misfiled, ObjectId, Promise};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::app::{App, danish_time};
use crate::auth::{MayDecideDisposal, MayDispose};
use crate::db::disposals::StoredDisposal;
use crate::deposit::{self, Deposited, Slip};
use crate::domain::disposal::{Because, Copied, Disposal, Signed, State, TARGETS, Target};
use crate::domain::document::{Body, Envelope, Kind};
use crate::domain::ids::{ChildId, DisposalId, PersonId};
use crate::holds::Held;
use crate::problem::Problem;
use crate::{misfiled, truth};

/// Holds and disposals are decided one at a time: each is written on top of what it has read.
pub static DECIDING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// An object that the policy was asked about.
#[derive(Debug)]
pub struct Planned {
    pub target: Target,
    pub decision: Decision,
}

/// What of a child's may go today, and what would but for a hold: at most [`TARGETS`] objects. Writes nothing.
pub async fn plan(app: &App, child: ChildId) -> Result<Vec<Planned>, Problem> {
    let asked = Asked::about(app, child).await?;
    let found = app.db.perhaps_due(child, asked.today, asked.case_closed.is_some(), TARGETS).await?;
    let last = app.db.count_content(child).await? == 0;
    let mut planned = Vec::new();
    for (object, kind) in found {
        // Without the child's record nobody could tell whose the rest is: it goes last.
        if kind == Kind::Child && !last {
            continue;
        }
        let (target, facts) = asked.facts(app, object).await?;
        let decision = app.policy.decide(&class(&target)?, &facts, asked.today).map_err(internal)?;
        let held = !facts.holds.is_empty();
        if held || matches!(decision, Decision::MayDispose(_)) {
            planned.push(Planned { target, decision });
        }
    }
    Ok(planned)
}

/// Proposes that what the policy lets go be disposed of.
pub async fn propose(app: &App, may: &MayDispose) -> Result<Deposited, Problem> {
    let _one_at_a_time = DECIDING.lock().await;
    let due = plan(app, may.child).await?.into_iter().filter_map(|planned| match planned.decision {
        Decision::MayDispose(warrant) => {
            Some(Target { grounds: Some(warrant.grounds().clone()), ..planned.target })
        }
        Decision::Keep { .. } => None,
    });
    let targets: Vec<Target> = due.collect();
    if targets.is_empty() {
        return Err(Problem::NothingDue);
    }
    let disposal = Disposal {
        child: may.child,
        because: Because::Retention,
        targets,
        proposed: Signed { by: may.caller.id, at: app.now() },
        approvals: Vec::new(),
        state: State::Proposed,
    };
    seal(app, app.new_id(), 1, disposal, may.caller.id).await
}

/// Agrees to a proposal. With as many as the policy asks for it is decided: the tombstone is sealed, then the keys go.
pub async fn approve(app: &App, may: &MayDecideDisposal) -> Result<State, Problem> {
    let _one_at_a_time = DECIDING.lock().await;
    let StoredDisposal { id, mut disposal } = open(app, may.stored.id).await?;
    if disposal.is_signed_by(may.caller.id) {
        return Err(Problem::SamePerson);
    }
    disposal.approvals.push(Signed { by: may.caller.id, at: app.now() });
    if disposal.signatures().count() >= usize::from(app.policy.approvals()) {
        decide(app, &mut disposal).await?;
        disposal.state = State::Decided;
    }
    let version = app.db.latest_version(id.0).await? + 1;
    seal(app, id.0, version, disposal.clone(), may.caller.id).await?;
    if disposal.state == State::Decided {
        carry_out(app, &StoredDisposal { id, disposal: disposal.clone() }).await?;
    }
    Ok(disposal.state)
}

/// Says no: everything stays, and what was out of sight is seen again. A copy with another child goes out of sight there, and is
/// proposed to be disposed of in the same way.
pub async fn refuse(app: &App, may: &MayDecideDisposal) -> Result<(), Problem> {
    let _one_at_a_time = DECIDING.lock().await;
    let stored = open(app, may.stored.id).await?;
    let signed = Signed { by: may.caller.id, at: app.now() };
    // In this order: broken off in between, it is out of sight with both, and never seen by both.
    misfiled::put_copies_away(app, &stored, signed).await?;
    let StoredDisposal { id, disposal } = stored;
    let version = app.db.latest_version(id.0).await? + 1;
    let refused = Disposal { state: State::Refused(signed), ..disposal };
    seal(app, id.0, version, refused, may.caller.id).await.map(|_| ())
}

/// Erases the keys that outlived their tombstone: of a disposal broken off, or back from a backup.
pub async fn erase_decided(app: &App) -> Result<(), Problem> {
    for stored in app.db.unfinished_disposals().await? {
        if stored.disposal.state == State::Decided {
            carry_out(app, &stored).await?;
        }
    }
    Ok(())
}

/// Goes on with what was broken off: keys, and copies for the child something belongs to.
pub async fn finish(app: &App) -> Result<(), Problem> {
    erase_decided(app).await?;
    for stored in app.db.unfinished_disposals().await? {
        misfiled::copy_over(app, &stored).await?;
    }
    Ok(())
}

/// Seals a version of a proposal under its child.
pub async fn seal(
    app: &App,
    id: Uuid,
    version: u32,
    disposal: Disposal,
    by: PersonId,
) -> Result<Deposited, Problem> {
    let born = app.db.child(disposal.child).await?.map(|child| child.born);
    let group = disposal.child.0;
    let slip = Slip { id, version, group, kind: Kind::Disposal, by: Some(by), at: app.now() };
    deposit::document(app, slip, Body::Disposal(disposal), born, None).await
}

async fn open(app: &App, id: DisposalId) -> Result<StoredDisposal, Problem> {
    let stored = app.db.disposal(id).await?.ok_or(Problem::NotFound)?;
    if stored.disposal.state == State::Proposed { Ok(stored) } else { Err(Problem::AlreadyDecided) }
}

/// Asks the policy about every target anew: a hold may have come, or the case was opened again.
async fn decide(app: &App, disposal: &mut Disposal) -> Result<(), Problem> {
    let asked = Asked::about(app, disposal.child).await?;
    misfiled::expect_copied(app, &disposal.because).await?;
    for target in &mut disposal.targets {
        let (_, facts) = asked.facts(app, target.object).await?;
        let class = class(target)?;
        let decision = match &disposal.because {
            Because::Retention => app.policy.decide(&class, &facts, asked.today),
            Because::WrongChild { copies, .. } => {
                let misfiled = misfiled_as(copies, target.object)?;
                app.policy.decide_misfiled(&class, &facts, misfiled, asked.today)
            }
        };
        match decision.map_err(internal)? {
            Decision::MayDispose(warrant) => target.grounds = Some(warrant.grounds().clone()),
            Decision::Keep { .. } => return Err(Problem::MustStay),
        }
    }
    Ok(())
}

fn misfiled_as(copies: &[Copied], object: Uuid) -> Result<Misfiled, Problem> {
    let copied = copies.iter().find(|copied| copied.object == object);
    // A printed book has no copy: it shows the first of those that have, the entry.
    let shown = copies.first().map(|copied| Misfiled::Shows(ObjectId(copied.object)));
    copied
        .map(|copied| Misfiled::CopiedTo(ObjectId(copied.copy)))
        .or(shown)
        .ok_or_else(|| Problem::Internal("a move without copies".into()))
}

async fn carry_out(app: &App, stored: &StoredDisposal) -> Result<(), Problem> {
    let disposal = &stored.disposal;
    let signed: BTreeSet<Uuid> = disposal.signatures().map(|signed| signed.by.0).collect();
    for target in &disposal.targets {
        let warrant = target.grounds.as_ref().and_then(Grounds::uphold);
        let warrant = warrant.ok_or_else(|| Problem::Internal("a disposal without grounds".into()))?;
        app.archive.dispose(&warrant, GroupId(disposal.child.0), &signed).await?;
    }
    Ok(app.db.disposal_carried_out(stored.id).await?)
}

/// What is the same for everything of one child's on one day.
struct Asked {
    child: ChildId,
    birth: Option<NaiveDate>,
    case_closed: Option<NaiveDate>,
    held: Held,
    today: NaiveDate,
}

impl Asked {
    async fn about(app: &App, child: ChildId) -> Result<Self, Problem> {
        let record = app.db.child(child).await?;
        Ok(Self {
            child,
            birth: record.as_ref().map(|record| record.born),
            case_closed: record.and_then(|record| record.case_closed),
            held: Held::of(app, child).await?,
            today: app.today(),
        })
    }

    /// What the archive itself says of an object, all its versions together.
    async fn facts(&self, app: &App, object: Uuid) -> Result<(Target, Facts), Problem> {
        let versions = versions(app, self.child, object).await?;
        let newest = versions.last().ok_or(Problem::NotFound)?;
        let promise = versions
            .iter()
            .fold(Promise::default(), |promise, version| promise.and(&version.retention.rules));
        let facts = Facts {
            object: ObjectId(object),
            birth: self.birth,
            case_closed: self.case_closed,
            deposited: danish_time(newest.deposited_at).date(),
            holds: self.held.why(object),
            promise,
        };
        Ok((target(&versions[0], newest.deposited_at), facts))
    }
}

/// An object told without its content: whose it was, and when it came; `at` is its newest version's time.
pub fn target(first: &Envelope, at: DateTime<Utc>) -> Target {
    Target {
        object: first.id,
        kind: first.body.kind(),
        deposited_by: first.deposited_by,
        deposited_at: at,
        grounds: None,
    }
}

/// All sealed versions of an object, oldest first.
pub async fn versions(app: &App, child: ChildId, object: Uuid) -> Result<Vec<Envelope>, Problem> {
    let newest = app.db.latest_deposit(object).await?.map_or(0, |newest| newest.version);
    let mut versions = Vec::new();
    for version in 1..=newest {
        versions.push(truth::document(app, GroupId(child.0), ObjectId(object), version).await?);
    }
    Ok(versions)
}

fn class(target: &Target) -> Result<archive::RetentionClass, Problem> {
    deposit::class_of(target.kind)
}

fn internal(error: archive::UnknownClass) -> Problem {
    Problem::Internal(error.to_string())
}
