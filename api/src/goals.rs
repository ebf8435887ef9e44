//! The child's own goals and dreams: chosen and ticked by the child, with its adults' steps beside.

use renderer::book::GoalKind;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::{Caller, MayChangeLife, MayHelpGoal, MayTell};
use crate::db::deposits::Idempotency;
use crate::db::life::StoredLife;
use crate::deposit::{self, Deposited};
use crate::domain::goal::{Goal, GoalStep};
use crate::domain::life::LifeRecord;
use crate::fields::{required_line, required_name, unless_wrong};
use crate::problem::{FieldProblem, Problem};

/// A goal, and a step, is no longer than this.
const CHARACTERS: usize = 500;
/// So many steps a goal has at most.
const STEPS: usize = 50;

/// A goal as the child says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGoal {
    /// plan, for now, or dream, for later; as it was where it is left out of a new version.
    #[schema(example = "plan")]
    pub kind: Option<String>,
    /// In the child's own words; up to 500 characters.
    #[schema(example = "Jeg vil kunne svømme en bane.")]
    pub words: String,
    /// The child has reached it.
    #[serde(default)]
    pub reached: bool,
    /// Taken away: shown no more.
    #[serde(default)]
    pub removed: bool,
}

/// What an adult does for a goal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStep {
    /// In words the child understands; up to 500 characters.
    #[schema(example = "Jeg kører dig i svømmehallen hver tirsdag.")]
    pub words: String,
}

/// Whether a step is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepDone {
    pub done: bool,
}

/// Seals a new goal.
pub async fn add(
    app: &App,
    may: &MayTell<Goal>,
    new: NewGoal,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let blank = Goal {
        child: may.child,
        kind: GoalKind::Plan,
        words: String::new(),
        reached_on: None,
        steps: Vec::new(),
        removed: false,
        told_by: may.caller.id,
        told_at: app.now(),
    };
    let body = said(blank, new, &may.caller)?.into_body();
    deposit::for_child(app, may.caller.id, may.child, (app.new_id(), 1), body, idempotency).await
}

/// Seals the goal as the child says it now: told anew, ticked, or taken away. Its adults' steps stay.
pub async fn change(
    app: &App,
    may: &MayChangeLife<Goal>,
    new: NewGoal,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    // What it is, now or later, it stays when nothing else is said.
    let kind = new.kind.or_else(|| Some(kind_name(may.stored.record.kind).to_owned()));
    let goal = said(may.stored.record.clone(), NewGoal { kind, ..new }, &may.caller)?;
    next(app, &may.caller, &may.stored, goal, idempotency).await
}

fn kind_name(kind: GoalKind) -> &'static str {
    match kind {
        GoalKind::Plan => "plan",
        GoalKind::Dream => "dream",
    }
}

fn said(before: Goal, new: NewGoal, caller: &Caller) -> Result<Goal, Problem> {
    let mut wrong = Vec::new();
    required_line(&mut wrong, "words", &new.words, CHARACTERS);
    let kind = required_name(&mut wrong, "kind", new.kind.as_deref()).unwrap_or(before.kind);
    let reached_on = new.reached.then(|| before.reached_on.unwrap_or(caller.today));
    let words = new.words.trim().to_owned();
    unless_wrong(wrong, Goal { kind, words, reached_on, removed: new.removed, ..before })
}

/// Seals what an adult does for a goal.
pub async fn add_step(
    app: &App,
    may: &MayHelpGoal,
    new: NewStep,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let mut goal = may.stored.record.clone();
    let mut wrong = Vec::new();
    required_line(&mut wrong, "words", &new.words, CHARACTERS);
    if goal.steps.len() >= STEPS {
        let (da, en) = (format!("Højst {STEPS} skridt."), format!("At most {STEPS} steps."));
        wrong.push(FieldProblem::new("words", "too_many", da, en));
    }
    let words = unless_wrong(wrong, new.words.trim().to_owned())?;
    goal.steps.push(GoalStep { by: may.caller.id, at: app.now(), words, done_on: None });
    next(app, &may.caller, &may.stored, goal, idempotency).await
}

/// Seals that a step, counted from one, is done, or not yet after all.
pub async fn settle_step(
    app: &App,
    may: &MayHelpGoal,
    number: usize,
    settled: &StepDone,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let mut goal = may.stored.record.clone();
    let step = number.checked_sub(1).and_then(|index| goal.steps.get_mut(index)).ok_or(Problem::NotFound)?;
    step.done_on = settled.done.then(|| step.done_on.unwrap_or(may.caller.today));
    next(app, &may.caller, &may.stored, goal, idempotency).await
}

async fn next(
    app: &App,
    caller: &Caller,
    stored: &StoredLife<Goal>,
    goal: Goal,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let version = (stored.id, stored.version + 1);
    let child = goal.child;
    let sealed = deposit::for_child(app, caller.id, child, version, goal.into_body(), idempotency).await;
    sealed.map_err(deposit::overtaken)
}
