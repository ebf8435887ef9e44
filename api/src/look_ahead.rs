//! A child's adults let it read further ahead than its age, and take that back.

use renderer::book::AgeBand;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::MayTell;
use crate::db::deposits::Idempotency;
use crate::db::life::StoredLife;
use crate::deposit::{self, Deposited};
use crate::domain::ids::ChildId;
use crate::domain::life::{LifeRecord, LookAhead};
use crate::fields::{name, unless_wrong};
use crate::problem::{FieldProblem, Problem};

/// There is one record of a child: of two first ones at the same moment the second is its next version.
static OPENING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// How far ahead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLookAhead {
    /// The hardest band the child may read, above its own; left out: its own and no further.
    #[schema(example = "10-12")]
    pub band: Option<String>,
}

/// What its adults have said last; nothing where they have not.
pub async fn of(app: &App, child: ChildId) -> Result<Option<StoredLife<LookAhead>>, Problem> {
    Ok(app.db.life::<LookAhead>(child, None, 1).await?.items.pop())
}

/// Seals how far ahead the child may read.
pub async fn set(
    app: &App,
    may: &MayTell<LookAhead>,
    new: NewLookAhead,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let mut wrong = Vec::new();
    let band = name::<AgeBand>(&mut wrong, "band", new.band.as_deref());
    if band.is_some_and(|band| band <= AgeBand::for_age(may.ties.age)) {
        let (da, en) = ("Det læser barnet allerede.", "The child reads that already.");
        wrong.push(FieldProblem::new("band", "out_of_range", da, en));
    }
    let band = unless_wrong(wrong, band)?;
    let _one_at_a_time = OPENING.lock().await;
    let before = of(app, may.child).await?;
    let next = before.map_or((app.new_id(), 1), |stored| (stored.id, stored.version + 1));
    let record = LookAhead { child: may.child, band, told_by: may.caller.id, told_at: app.now() };
    let sealed =
        deposit::for_child(app, may.caller.id, may.child, next, record.into_body(), idempotency).await;
    sealed.map_err(deposit::overtaken)
}
