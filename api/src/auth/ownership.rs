//! Who may decide as the owner of a book.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::domain::access::{Right, Ties};
use crate::domain::ids::ChildId;
use crate::domain::own_page::Gate;
use crate::problem::Problem;

/// May decide as the owner of one's own book: who keeps reading it.
#[derive(Debug, Clone)]
pub struct MayDecideAsOwner {
    pub child: ChildId,
    pub caller: Caller,
    pub ties: Ties,
}

from_request!(MayDecideAsOwner, MayDecideAsOwner::from_path);

impl MayDecideAsOwner {
    /// The same right for a child that does not stand in a path. Whoever came in by what one adult alone could have
    /// arranged lets nobody in: it could be that adult.
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        let ties = caller.with_right(app, child, Right::DecideAsOwner).await?;
        if caller.gate != Gate::Open {
            return Err(Problem::NotConfirmed);
        }
        Ok(Self { child, caller, ties })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}
