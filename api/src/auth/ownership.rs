//! Who may decide as the owner of a book.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::life::StoredLife;
use crate::domain::access::{Right, Ties};
use crate::domain::document::Role;
use crate::domain::ids::ChildId;
use crate::domain::own_package::OwnPackage;
use crate::domain::own_page::Gate;
use crate::problem::Problem;

/// May decide as the owner of one's own book: who keeps reading it.
#[derive(Debug, Clone)]
pub struct MayDecideAsOwner {
    pub child: ChildId,
    pub caller: Caller,
    pub ties: Ties,
}

/// May take home everything in one's own book.
#[derive(Debug, Clone)]
pub struct MayTakeHome {
    pub child: ChildId,
    pub caller: Caller,
    pub ties: Ties,
}

/// May fetch one package one has made.
#[derive(Debug, Clone)]
pub struct MayFetchOwnPackage {
    pub stored: StoredLife<OwnPackage>,
    pub caller: Caller,
    pub ties: Ties,
}

from_request!(MayDecideAsOwner, MayDecideAsOwner::from_path);
from_request!(MayTakeHome, MayTakeHome::from_path);
from_request!(MayFetchOwnPackage, MayFetchOwnPackage::from_path);

impl MayDecideAsOwner {
    /// The same right for a child that does not stand in a path. Whoever came in by what one adult alone could have
    /// arranged lets nobody in: it could be that adult.
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        let ties = caller.with_right(app, child, Right::DecideAsOwner).await?;
        confirmed(&caller)?;
        Ok(Self { child, caller, ties })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}

impl MayTakeHome {
    /// The package holds one's private pages: behind a closed gate it stays where it is.
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        let ties = caller.ties(app, child).await?;
        if !ties.may(Right::AskArchive) {
            let own = ties.roles.contains(&Role::Own);
            return Err(if own { Problem::NotGrown } else { Problem::NotPermitted });
        }
        confirmed(&caller)?;
        Ok(Self { child, caller, ties })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}

impl MayFetchOwnPackage {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let id: Uuid = path_id(request, "package")?;
        let stored = app.db.life_record::<OwnPackage>(id).await?.ok_or(Problem::NotFound)?;
        let MayTakeHome { caller, ties, .. } = MayTakeHome::grant(app, caller, stored.record.child).await?;
        Ok(Self { stored, caller, ties })
    }
}

/// Another adult has said yes to whoever let the caller in anew.
fn confirmed(caller: &Caller) -> Result<(), Problem> {
    if caller.gate == Gate::Open { Ok(()) } else { Err(Problem::NotConfirmed) }
}
