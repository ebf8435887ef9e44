//! Who looks into a claim: the archivists of the municipality it was told to.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::claims::StoredClaim;
use crate::domain::access::answers_requests;
use crate::domain::ids::MunicipalityId;
use crate::problem::Problem;

/// May see the claims told to the municipalities one is an archivist of.
#[derive(Debug, Clone)]
pub struct MaySeeClaims {
    pub municipalities: Vec<MunicipalityId>,
    pub caller: Caller,
}

/// May look into one claim, and write to whoever made it.
#[derive(Debug, Clone)]
pub struct MayAnswerClaim {
    pub stored: StoredClaim,
    pub caller: Caller,
}

from_request!(MaySeeClaims, MaySeeClaims::of_caller);
from_request!(MayAnswerClaim, MayAnswerClaim::from_path);

impl MaySeeClaims {
    async fn of_caller(app: &App, caller: Caller, _: &HttpRequest) -> Result<Self, Problem> {
        let municipalities = archivist_of(app, &caller).await?;
        if municipalities.is_empty() {
            Err(Problem::NotPermitted)
        } else {
            Ok(Self { municipalities, caller })
        }
    }
}

impl MayAnswerClaim {
    /// For everybody else there is no such claim.
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let stored = app.db.claim(path_id(request, "claim")?).await?.ok_or(Problem::NotFound)?;
        let here = archivist_of(app, &caller).await?.contains(&stored.claim.municipality);
        if here { Ok(Self { stored, caller }) } else { Err(Problem::NotFound) }
    }
}

/// Where somebody is an archivist today.
pub async fn archivist_of(app: &App, caller: &Caller) -> Result<Vec<MunicipalityId>, Problem> {
    let roles = app.db.municipal_roles(caller.id, caller.today).await?;
    Ok(roles.into_iter().filter(|(role, _)| answers_requests(*role)).map(|(_, at)| at).collect())
}
