//! Asking that something stay, whatever the policy says.

pub mod bucket;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{MayLiftHold, MayPlaceHold};
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited};
use crate::disposal::{DECIDING, versions};
use crate::domain::disposal::{Hold, Signed};
use crate::domain::document::{Body, Role};
use crate::domain::ids::{ChildId, EntryId};
use crate::fields::{line, name, unless_wrong};
use crate::misfiled::files_of;
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

/// What somebody has asked to stay of one child's, now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held(Vec<(Hold, Option<BTreeSet<Uuid>>)>);

impl Held {
    pub async fn of(app: &App, child: ChildId) -> Result<Self, Problem> {
        let mut held = Vec::new();
        for (_, hold) in app.db.holds(child).await? {
            if hold.lifted.is_none() {
                let covered = covered(app, &hold).await?;
                held.push((hold, covered));
            }
        }
        // Who asked for it all is waiting for it all.
        if let Some(waiting) = app.db.open_request(child).await? {
            let (why, placed) = (archive::Hold::Request, waiting.request.asked);
            held.push((Hold { child, entry: None, why, words: None, placed, lifted: None }, None));
        }
        Ok(Self(held))
    }

    /// Who has asked that this object stay.
    pub fn why(&self, object: Uuid) -> BTreeSet<archive::Hold> {
        let covers =
            |covered: &Option<BTreeSet<Uuid>>| covered.as_ref().is_none_or(|it| it.contains(&object));
        self.0.iter().filter(|(_, covered)| covers(covered)).map(|(hold, _)| hold.why).collect()
    }

    /// Whether it stays.
    pub fn keeps(&self, object: Uuid) -> bool {
        !self.why(object).is_empty()
    }
}

/// What a hold covers: an entry with the files of all its versions; `None` for everything of the child's.
async fn covered(app: &App, hold: &Hold) -> Result<Option<BTreeSet<Uuid>>, Problem> {
    let Some(EntryId(entry)) = hold.entry else { return Ok(None) };
    let versions = versions(app, hold.child, entry).await?;
    Ok(Some(files_of(&versions).map(|file| file.0).chain([entry]).collect()))
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
    let why = name::<archive::Hold>(&mut wrong, "why", new.why.as_deref());
    if new.why.is_none_or(|why| why.is_empty()) {
        let (da, en) = ("Vælg, hvorfor det skal blive.", "Choose why it is to stay.");
        wrong.push(FieldProblem::new("why", "required", da, en));
    }
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
    let sealed =
        deposit::for_child(app, may.caller.id, may.child, (app.new_id(), 1), Body::Hold(hold), idempotency)
            .await?;
    bucket::order(app, sealed.id, sealed.version).await;
    Ok(sealed)
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
    deposit::for_child(
        app,
        may.caller.id,
        hold.child,
        (may.id.0, version),
        Body::Hold(Hold { lifted, ..hold }),
        None,
    )
    .await?;
    bucket::order(app, may.id.0, version).await;
    Ok(())
}
