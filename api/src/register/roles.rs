//! Roles towards a child, and roles in the municipality itself.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{once, people_of};
use crate::app::App;
use crate::auth::{Caller, MayChangeAssignment, MayRegister, MayRegisterFor};
use crate::db::deposits::Idempotency;
use crate::deposit::Deposited;
use crate::domain::access::{Span, is_assignable, is_municipal, span};
use crate::domain::document::{AssignedTo, Assignment, Body, Role};
use crate::domain::ids::MunicipalityId;
use crate::fields::{check_order, day, required_day, required_name, unless_wrong};
use crate::problem::{FieldProblem, Problem};

/// A role as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssignment {
    /// A person of the municipality.
    #[schema(required)]
    pub person: Option<Uuid>,
    /// Towards a child: own, caseworker, support_person, invited, system, archivist or leader. In the municipality
    /// itself: leader or archivist. Carers hold their role through a placement.
    #[schema(required, example = "caseworker")]
    pub role: Option<String>,
    /// The first day.
    #[schema(required, example = "2026-08-03")]
    pub from: Option<String>,
    /// The last day; left out while nobody knows it.
    pub until: Option<String>,
}

/// The end of a role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentEnd {
    /// The last day.
    #[schema(required, example = "2026-11-30")]
    pub until: Option<String>,
}

/// Gives a person a role towards a child.
pub async fn give(
    app: &App,
    may: &MayRegisterFor,
    new: NewAssignment,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let to = AssignedTo::Child(may.child);
    assign(app, &may.caller, may.municipality, to, new, idempotency).await
}

/// Gives a person a role in the municipality itself.
pub async fn give_municipal(
    app: &App,
    may: &MayRegister,
    new: NewAssignment,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let to = AssignedTo::Municipality(may.municipality);
    assign(app, &may.caller, may.municipality, to, new, idempotency).await
}

/// Seals a new version of a role, with its last day.
pub async fn end(
    app: &App,
    may: &MayChangeAssignment,
    end: AssignmentEnd,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        let before = app.db.assignment(may.assignment).await?.ok_or(Problem::NotFound)?;
        Ok((may.assignment.0, Body::Assignment(ended(app, may, before, end).await?)))
    })
    .await
}

async fn ended(
    app: &App,
    may: &MayChangeAssignment,
    before: Assignment,
    end: AssignmentEnd,
) -> Result<Assignment, Problem> {
    let mut wrong = Vec::new();
    let until = required_day(&mut wrong, "until", end.until.as_deref(), None);
    check_order(&mut wrong, "until", Some(before.from), until);
    if let (Role::Leader, AssignedTo::Municipality(municipality)) = (before.role, before.to)
        && !app.db.has_lasting_leader(municipality, may.assignment, may.caller.today).await?
    {
        let da = "Der skal være en anden leder, før den sidste kan holde op.";
        let en = "There must be another leader before the last one can stop.";
        wrong.push(FieldProblem::new("until", "last_leader", da, en));
    }
    unless_wrong(wrong, Assignment { until, ..before })
}

async fn assign(
    app: &App,
    by: &Caller,
    municipality: MunicipalityId,
    to: AssignedTo,
    new: NewAssignment,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, by, idempotency, async || {
        Ok((app.new_id(), Body::Assignment(checked(app, municipality, to, new).await?)))
    })
    .await
}

async fn checked(
    app: &App,
    municipality: MunicipalityId,
    to: AssignedTo,
    new: NewAssignment,
) -> Result<Assignment, Problem> {
    let mut wrong = Vec::new();
    let role = role(&mut wrong, to, new.role.as_deref());
    let from = required_day(&mut wrong, "from", new.from.as_deref(), None);
    let until = day(&mut wrong, "until", new.until.as_deref(), None);
    check_order(&mut wrong, "until", from, until);
    let person = people_of(app, municipality, new.person).await?.pop();
    if person.is_none() {
        let (da, en) = ("Vælg en person.", "Choose a person.");
        wrong.push(FieldProblem::new("person", "required", da, en));
    }
    match (person, role, from) {
        (Some(person), Some(role), Some(from)) => {
            unless_wrong(wrong, Assignment { person, role, to, from, until })
        }
        _ => Err(Problem::Invalid(wrong)),
    }
}

fn role(wrong: &mut Vec<FieldProblem>, to: AssignedTo, given: Option<&str>) -> Option<Role> {
    let role = required_name::<Role>(wrong, "role", given)?;
    let (fits, da, en) = match to {
        AssignedTo::Child(_) if span(role) == Span::Grown => {
            (false, "Det vælger den, bogen handler om, selv.", "That is chosen by the one the book is about.")
        }
        AssignedTo::Child(_) => (
            is_assignable(role),
            "De voksne i barnets hjem får deres rolle gennem hjemmet. Skriv dem på hjemmet.",
            "The adults of the child's home hold their role through the home. Name them there.",
        ),
        AssignedTo::Municipality(_) => (
            is_municipal(role),
            "I kommunen selv er man leder eller arkivar.",
            "In the municipality itself one is a leader or an archivist.",
        ),
    };
    if !fits {
        wrong.push(FieldProblem::new("role", "unknown_value", da, en));
    }
    Some(role)
}
