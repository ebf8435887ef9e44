//! Who may keep a municipality's register: people, children, homes and roles. None of these opens a book.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::domain::access::keeps_register;
use crate::domain::document::AssignedTo;
use crate::domain::ids::{AssignmentId, ChildId, MunicipalityId, PersonId, PlacementId};
use crate::problem::Problem;

/// May keep a municipality's register.
#[derive(Debug, Clone)]
pub struct MayRegister {
    pub municipality: MunicipalityId,
    pub caller: Caller,
}

/// May keep the register about one person of the municipality.
#[derive(Debug, Clone)]
pub struct MayRegisterPerson {
    pub person: PersonId,
    pub caller: Caller,
}

/// May keep the register about one child of the municipality: its card, homes and roles.
#[derive(Debug, Clone)]
pub struct MayRegisterFor {
    pub child: ChildId,
    pub municipality: MunicipalityId,
    pub caller: Caller,
}

/// May change one stay in a home.
#[derive(Debug, Clone)]
pub struct MayChangePlacement {
    pub placement: PlacementId,
    pub municipality: MunicipalityId,
    pub caller: Caller,
}

/// May end one role.
#[derive(Debug, Clone)]
pub struct MayChangeAssignment {
    pub assignment: AssignmentId,
    pub towards: AssignedTo,
    pub caller: Caller,
}

from_request!(MayRegister, MayRegister::grant);
from_request!(MayRegisterPerson, MayRegisterPerson::grant);
from_request!(MayRegisterFor, MayRegisterFor::from_path);
from_request!(MayChangePlacement, MayChangePlacement::grant);
from_request!(MayChangeAssignment, MayChangeAssignment::grant);

impl MayRegister {
    pub(super) async fn grant(app: &App, caller: Caller, _: &HttpRequest) -> Result<Self, Problem> {
        let municipality = kept(app, &caller).await?.ok_or(Problem::NotPermitted)?;
        Ok(Self { municipality, caller })
    }
}

impl MayRegisterPerson {
    async fn grant(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let municipality = kept(app, &caller).await?.ok_or(Problem::NotPermitted)?;
        let person = path_id(request, "person")?;
        let record = app.db.person(person).await?.filter(|record| record.municipality == municipality);
        record.map(|_| Self { person, caller }).ok_or(Problem::NotFound)
    }
}

impl MayRegisterFor {
    /// Whoever knows the child some other way learns that they may not; for all others there is no such child.
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        let municipality = app.db.child(child).await?.ok_or(Problem::NotFound)?.municipality;
        if kept(app, &caller).await? == Some(municipality) {
            return Ok(Self { child, municipality, caller });
        }
        caller.ties(app, child).await?;
        Err(Problem::NotPermitted)
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}

impl MayChangePlacement {
    async fn grant(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let placement = path_id(request, "placement")?;
        let child = app.db.placement(placement).await?.ok_or(Problem::NotFound)?.child;
        let MayRegisterFor { municipality, caller, .. } = MayRegisterFor::grant(app, caller, child).await?;
        Ok(Self { placement, municipality, caller })
    }
}

impl MayChangeAssignment {
    async fn grant(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let assignment = path_id(request, "assignment")?;
        let towards = app.db.assignment(assignment).await?.ok_or(Problem::NotFound)?.to;
        let caller = match towards {
            AssignedTo::Child(child) => MayRegisterFor::grant(app, caller, child).await?.caller,
            AssignedTo::Municipality(municipality) if kept(app, &caller).await? == Some(municipality) => {
                caller
            }
            AssignedTo::Municipality(_) => return Err(Problem::NotFound),
        };
        Ok(Self { assignment, towards, caller })
    }
}

/// The municipality whose register the caller keeps.
async fn kept(app: &App, caller: &Caller) -> Result<Option<MunicipalityId>, Problem> {
    let roles = app.db.municipal_roles(caller.id, caller.today).await?;
    Ok(roles.into_iter().find(|(role, _)| keeps_register(*role)).map(|(_, municipality)| municipality))
}
