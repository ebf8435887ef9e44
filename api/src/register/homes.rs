//! Where a child lives, and with whom.

use chrono::NaiveDate;
use renderer::figures::denmark;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{once, people_of};
use crate::app::App;
use crate::auth::{MayChangePlacement, MayRegisterFor};
use crate::db::deposits::Idempotency;
use crate::deposit::Deposited;
use crate::domain::document::{Body, HomeKind, Placement};
use crate::domain::ids::{MunicipalityId, PersonId, PlacementId};
use crate::fields::{check_order, day, line, required_day, required_name, unless_wrong, words};
use crate::problem::{FieldProblem, Problem};

const CARERS: usize = 100;

/// A stay in a home as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlacement {
    /// family, foster_family, weekend_family, institution, own_room or other.
    #[schema(required, example = "foster_family")]
    pub home_kind: Option<String>,
    /// Up to 200 characters.
    #[schema(required, example = "Hos Karen og Ib")]
    pub home_name: Option<String>,
    pub place: Option<String>,
    /// The code of the municipality the home is in (kommunekode, four digits), so that it stands on the map of the book;
    /// left out, it does not.
    #[schema(example = "0706")]
    pub municipality: Option<String>,
    /// People of the municipality who read and contribute while the child lives there.
    #[serde(default)]
    pub carers: Vec<Uuid>,
    /// The first day.
    #[schema(required, example = "2026-08-03")]
    pub from: Option<String>,
    /// The last day; left out while nobody knows it.
    pub to: Option<String>,
    /// The place is secret: told to those who live there and to those who decide, and never printed.
    #[serde(default)]
    pub protected: bool,
}

/// What is to be otherwise with a stay; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacementChange {
    /// The last day.
    #[schema(example = "2026-11-30")]
    pub to: Option<String>,
    /// Everybody who is a carer from now on, also those who were before.
    pub carers: Option<Vec<Uuid>>,
    /// Whether the place is secret.
    pub protected: Option<bool>,
    /// The code of the municipality the home is in; empty, it is taken off the map.
    pub municipality: Option<String>,
}

/// Registers a stay in a home.
pub async fn add(
    app: &App,
    may: &MayRegisterFor,
    new: NewPlacement,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        Ok((app.new_id(), Body::Placement(checked(app, may, new).await?)))
    })
    .await
}

/// Seals a new version of a stay: with its last day, with other carers, or with its place made secret or told again.
pub async fn change(
    app: &App,
    may: &MayChangePlacement,
    change: PlacementChange,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        let before = app.db.placement(may.placement).await?.ok_or(Problem::NotFound)?;
        Ok((may.placement.0, Body::Placement(changed(app, may, before, change).await?)))
    })
    .await
}

async fn changed(
    app: &App,
    may: &MayChangePlacement,
    mut placement: Placement,
    change: PlacementChange,
) -> Result<Placement, Problem> {
    let mut wrong = Vec::new();
    if change == PlacementChange::default() {
        let da = "Skriv en sidste dag, nye voksne, en kommune, eller om stedet er hemmeligt.";
        let en = "Give a last day, new carers, a municipality, or whether the place is secret.";
        wrong.push(FieldProblem::new("to", "required", da, en));
    }
    if let Some(to) = day(&mut wrong, "to", change.to.as_deref(), None) {
        check_order(&mut wrong, "to", Some(placement.from), Some(to));
        placement.to = Some(to);
    }
    if let Some(given) = change.carers {
        placement.carers = carers(app, &mut wrong, may.municipality, given).await?;
    }
    placement.protected = change.protected.unwrap_or(placement.protected);
    if let Some(code) = change.municipality {
        placement.municipality = on_map(&mut wrong, Some(code));
    }
    unless_wrong(wrong, placement)
}

/// A child moves: the new home, and the homes in `leaving` end on the day before. The new one is sealed first, so that a
/// move broken off midway leaves no child without carers; `named` gives each deposit its part of the request's name.
pub async fn move_to(
    app: &App,
    may: &MayRegisterFor,
    new: NewPlacement,
    leaving: &[PlacementId],
    named: impl Fn(&str) -> Idempotency,
) -> Result<(), Problem> {
    let home = checked(app, may, new).await?;
    let from = home.from;
    for id in leaving {
        left(app, may, *id, from).await?;
    }
    let new = async || Ok((app.new_id(), Body::Placement(home)));
    once(app, &may.caller, Some(named("home")), new).await?;
    for id in leaving {
        let ended = async || Ok((id.0, Body::Placement(left(app, may, *id, from).await?)));
        once(app, &may.caller, Some(named(&format!("leaving-{id}"))), ended).await?;
    }
    Ok(())
}

/// The child's stay that ends when another begins.
async fn left(
    app: &App,
    may: &MayRegisterFor,
    id: PlacementId,
    from: NaiveDate,
) -> Result<Placement, Problem> {
    let placement = app.db.placement(id).await?.filter(|placement| placement.child == may.child);
    ended_before(placement.ok_or(Problem::NotFound)?, from)
}

/// The stay, ended before `from` where it did not end earlier.
fn ended_before(mut placement: Placement, from: NaiveDate) -> Result<Placement, Problem> {
    let eve = from.pred_opt().filter(|eve| *eve >= placement.from);
    let Some(eve) = eve else {
        let da = "Barnet flyttede ind i det gamle hjem samme dag eller senere.";
        let en = "The child moved into the old home on the same day or later.";
        return Err(Problem::Invalid(vec![FieldProblem::new("from", "date_out_of_range", da, en)]));
    };
    placement.to = Some(placement.to.map_or(eve, |to| to.min(eve)));
    Ok(placement)
}

async fn checked(app: &App, may: &MayRegisterFor, new: NewPlacement) -> Result<Placement, Problem> {
    let mut wrong = Vec::new();
    let home_kind = required_name::<HomeKind>(&mut wrong, "home_kind", new.home_kind.as_deref());
    let from = required_day(&mut wrong, "from", new.from.as_deref(), None);
    let to = day(&mut wrong, "to", new.to.as_deref(), None);
    check_order(&mut wrong, "to", from, to);
    let placement = Placement {
        child: may.child,
        home_kind: home_kind.unwrap_or(HomeKind::Other),
        home_name: words(&mut wrong, "home_name", ("et navn på hjemmet", "name of the home"), new.home_name),
        place: line(&mut wrong, "place", new.place),
        municipality: on_map(&mut wrong, new.municipality),
        carers: carers(app, &mut wrong, may.municipality, new.carers).await?,
        from: from.unwrap_or(may.caller.today),
        to,
        protected: new.protected,
    };
    unless_wrong(wrong, placement)
}

/// The code of a municipality that is on the map.
fn on_map(wrong: &mut Vec<FieldProblem>, given: Option<String>) -> Option<String> {
    let code = given.filter(|code| !code.is_empty())?;
    if denmark::municipality(&code).is_none() {
        let (da, en) = ("Den kommune kender vi ikke.", "We do not know that municipality.");
        wrong.push(FieldProblem::new("municipality", "unknown_value", da, en));
    }
    Some(code)
}

async fn carers(
    app: &App,
    wrong: &mut Vec<FieldProblem>,
    municipality: MunicipalityId,
    given: Vec<Uuid>,
) -> Result<Vec<PersonId>, Problem> {
    if given.len() > CARERS {
        let (da, en) = (format!("Højst {CARERS} voksne."), format!("At most {CARERS} carers."));
        wrong.push(FieldProblem::new("carers", "too_many", da, en));
        return Ok(Vec::new());
    }
    people_of(app, municipality, given).await
}
