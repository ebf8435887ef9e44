//! Who may decide what is disposed of, who may ask that it stay, and who may read what went.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::disposals::StoredDisposal;
use crate::domain::access::{Right, Ties, decides_disposal};
use crate::domain::disposal::Hold;
use crate::domain::document::Role;
use crate::domain::ids::{ChildId, DisposalId, HoldId};
use crate::problem::Problem;

/// May read a child's register of disposals.
#[derive(Debug, Clone)]
pub struct MaySeeDisposals {
    pub child: ChildId,
    pub caller: Caller,
    /// The role under which the reading is recorded.
    pub role: Role,
    /// May decide about them too.
    pub decides: bool,
    /// Where the reader stands around the child.
    pub ties: Option<Ties>,
}

/// May propose that something of a child's be disposed of.
#[derive(Debug, Clone)]
pub struct MayDispose {
    pub child: ChildId,
    pub caller: Caller,
}

/// May agree to one proposal, or refuse it.
#[derive(Debug, Clone)]
pub struct MayDecideDisposal {
    pub stored: StoredDisposal,
    pub caller: Caller,
}

/// May ask that something of a child's stay.
#[derive(Debug, Clone)]
pub struct MayPlaceHold {
    pub child: ChildId,
    pub caller: Caller,
    pub ties: Ties,
}

/// May lift one hold: the person's own is lifted by the person alone.
#[derive(Debug, Clone)]
pub struct MayLiftHold {
    pub id: HoldId,
    pub hold: Hold,
    pub caller: Caller,
}

from_request!(MaySeeDisposals, MaySeeDisposals::from_path);
from_request!(MayDispose, MayDispose::from_path);
from_request!(MayDecideDisposal, MayDecideDisposal::from_path);
from_request!(MayPlaceHold, MayPlaceHold::from_path);
from_request!(MayLiftHold, MayLiftHold::from_path);

impl MaySeeDisposals {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let child = path_id(request, "child")?;
        if let Some(role) = municipal_role(app, &caller, child).await? {
            let ties = app.db.ties(caller.id, child, caller.today).await?;
            return Ok(Self { child, caller, role, decides: true, ties });
        }
        let ties = caller.with_right(app, child, Right::ReadAccessLog).await?;
        let role = ties.acting_role().unwrap_or(Role::Invited);
        Ok(Self { child, caller, role, decides: ties.may(Right::Dispose), ties: Some(ties) })
    }
}

impl MayDispose {
    /// The same right for a child named on the command line.
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        if municipal_role(app, &caller, child).await?.is_none() {
            caller.with_right(app, child, Right::Dispose).await?;
        }
        Ok(Self { child, caller })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}

impl MayDecideDisposal {
    /// The same right for a proposal named on the command line.
    pub async fn grant(app: &App, caller: Caller, id: DisposalId) -> Result<Self, Problem> {
        let stored = app.db.disposal(id).await?.ok_or(Problem::NotFound)?;
        let MayDispose { caller, .. } = MayDispose::grant(app, caller, stored.disposal.child).await?;
        Ok(Self { stored, caller })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "disposal")?).await
    }
}

impl MayPlaceHold {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let child = path_id(request, "child")?;
        let ties = caller.with_right(app, child, Right::PlaceHold).await?;
        Ok(Self { child, caller, ties })
    }
}

impl MayLiftHold {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let id = path_id(request, "hold")?;
        let hold = app.db.hold(id).await?.ok_or(Problem::NotFound)?;
        let ties = caller.with_right(app, hold.child, Right::PlaceHold).await?;
        if may_lift(&ties, &hold) { Ok(Self { id, hold, caller }) } else { Err(Problem::NotPermitted) }
    }
}

/// True where somebody around the child may lift a hold.
pub fn may_lift(ties: &Ties, hold: &Hold) -> bool {
    ties.may(Right::PlaceHold)
        && match hold.why {
            archive::Hold::Person => ties.roles.contains(&Role::Own),
            _ => ties.may(Right::Dispose),
        }
}

/// The role in the child's municipality that lets the caller decide.
async fn municipal_role(app: &App, caller: &Caller, child: ChildId) -> Result<Option<Role>, Problem> {
    let municipality = app.db.child(child).await?.ok_or(Problem::NotFound)?.municipality;
    let roles = app.db.municipal_roles(caller.id, caller.today).await?;
    let deciding = roles.into_iter().find(|(role, of)| *of == municipality && decides_disposal(*role));
    Ok(deciding.map(|(role, _)| role))
}
