//! Asking that something stay, whatever the policy says.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{MayLiftHold, MayPlaceHold};
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited, Slip};
use crate::disposal::DECIDING;
use crate::domain::disposal::{Hold, Signed};
use crate::domain::document::{Body, Kind, Role};
use crate::domain::ids::{ChildId, EntryId, PersonId};
use crate::fields::{line, required_name, unless_wrong};
use crate::problem::{FieldProblem, Problem};

/// A hold as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// One entry with its files; left out: everything of the child's.
    pub entry: Option<Uuid>,
    /// `person` (the one it is about has asked), `dispute` (a complaint or a court case), `request` (somebody waits for
    /// access) or `national_archive`. In one's own book: `person`.
    #[schema(required, example = "person")]
    pub why: Option<String>,
    /// In the words of whoever asks; up to 200 characters.
    pub words: Option<String>,
}

/// Seals a hold. From here on nothing of it is disposed of.
pub async fn place(
    app: &App,
    may: &MayPlaceHold,
    new: NewHold,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let _one_at_a_time = DECIDING.lock().await;
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let mut wrong = Vec::new();
    let why = required_name::<archive::Hold>(&mut wrong, "why", new.why.as_deref());
    let words = line(&mut wrong, "words", new.words);
    let own = may.ties.roles.contains(&Role::Own);
    if own != (why == Some(archive::Hold::Person)) && why.is_some() {
        let (da, en) = match own {
            true => ("I din egen bog er grunden person.", "In your own book the reason is person."),
            false => {
                ("Kun den, det handler om, kan bede sådan.", "Only the one it is about can ask like that.")
            }
        };
        wrong.push(FieldProblem::new("why", "unknown_value", da, en));
    }
    let entry = new.entry.map(EntryId);
    if let Some(entry) = entry
        && app.db.entry(entry).await?.is_none_or(|stored| stored.entry.child != may.child)
    {
        return Err(Problem::NotFound);
    }
    let placed = Signed { by: may.caller.id, at: app.now() };
    let why = unless_wrong(wrong, why)?.unwrap_or(archive::Hold::Person);
    let hold = Hold { child: may.child, entry, why, words, placed, lifted: None };
    seal(app, app.new_id(), 1, hold, may.caller.id, idempotency).await
}

/// Seals that a hold holds no longer. Lifting it twice changes nothing.
pub async fn lift(app: &App, may: &MayLiftHold) -> Result<(), Problem> {
    let _one_at_a_time = DECIDING.lock().await;
    let hold = app.db.hold(may.id).await?.ok_or(Problem::NotFound)?;
    if hold.lifted.is_some() {
        return Ok(());
    }
    let version = app.db.latest_version(may.id.0).await? + 1;
    let lifted = Some(Signed { by: may.caller.id, at: app.now() });
    seal(app, may.id.0, version, Hold { lifted, ..hold }, may.caller.id, None).await.map(|_| ())
}

async fn seal(
    app: &App,
    id: Uuid,
    version: u32,
    hold: Hold,
    by: PersonId,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let ChildId(group) = hold.child;
    let born = app.db.child(hold.child).await?.map(|child| child.born);
    let slip = Slip { id, version, group, kind: Kind::Hold, by: Some(by), at: app.now() };
    deposit::document_once(app, slip, Body::Hold(hold), born, idempotency).await
}
