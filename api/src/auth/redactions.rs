//! Who may cover something in a book, who agrees to it or lifts it, and who is told of it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::life::StoredLife;
use crate::domain::access::{Right, Ties, seconds_requests};
use crate::domain::document::Role;
use crate::domain::ids::ChildId;
use crate::domain::redaction::Redaction;
use crate::problem::Problem;

/// May propose that something in a child's book be covered: whoever answers for its papers, and never in one's own.
#[derive(Debug, Clone)]
pub struct MayCover {
    pub child: ChildId,
    pub caller: Caller,
    pub ties: Ties,
}

/// May be told what is covered in a child's book, where, why, and by whom.
#[derive(Debug, Clone)]
pub struct MaySeeRedactions {
    pub child: ChildId,
    pub caller: Caller,
    /// The role under which the reading is recorded.
    pub role: Role,
    /// Agrees to covers, sends them back, and lifts them.
    pub decides: bool,
    /// Reads the book without its covers.
    pub sees_beneath: bool,
}

/// May agree to a proposed cover, send it back, or lift one that stands. Told what lies beneath this one, and no more of the
/// book.
#[derive(Debug, Clone)]
pub struct MayDecideRedaction {
    pub stored: StoredLife<Redaction>,
    pub caller: Caller,
    pub role: Role,
}

from_request!(MayCover, MayCover::from_path);
from_request!(MaySeeRedactions, MaySeeRedactions::from_path);
from_request!(MayDecideRedaction, MayDecideRedaction::from_path);

impl MayCover {
    /// The same right for a child that does not stand in a path.
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        let ties = caller.with_right(app, child, Right::Decide).await?;
        Ok(Self { child, caller, ties })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}

impl MaySeeRedactions {
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        if let Some((role, ties)) = decider(app, &caller, child).await? {
            let sees_beneath = ties.is_some_and(|ties| ties.may(Right::ReadHeldBack));
            return Ok(Self { child, caller, role, decides: true, sees_beneath });
        }
        let ties = caller.with_right(app, child, Right::ReadAccessLog).await?;
        let role = ties.acting_role().unwrap_or(Role::Invited);
        Ok(Self { child, caller, role, decides: false, sees_beneath: false })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}

impl MayDecideRedaction {
    /// For everybody else there is no such record.
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let id: Uuid = path_id(request, "record")?;
        let stored = app.db.life_record::<Redaction>(id).await?.ok_or(Problem::NotFound)?;
        let child = stored.record.child;
        if request.match_info().get("child").is_some() && path_id::<ChildId>(request, "child")? != child {
            return Err(Problem::NotFound);
        }
        if let Some((role, _)) = decider(app, &caller, child).await? {
            return Ok(Self { stored, caller, role });
        }
        let ties = caller.ties(app, child).await?;
        Err(if ties.may(Right::ReadAccessLog) { Problem::NotPermitted } else { Problem::NotFound })
    }
}

/// The role by which somebody decides about covers: one that reads what is held back, or that is the second person of a no
/// in the child's municipality. Nobody decides in their own book.
async fn decider(
    app: &App,
    caller: &Caller,
    child: ChildId,
) -> Result<Option<(Role, Option<Ties>)>, Problem> {
    let municipality = app.db.child(child).await?.ok_or(Problem::NotFound)?.municipality;
    let ties = app.db.ties(caller.id, child, caller.today).await?;
    if ties.as_ref().is_some_and(|ties| ties.roles.contains(&Role::Own)) {
        return Ok(None);
    }
    if let Some(role) = ties.as_ref().filter(|ties| ties.may(Right::ReadHeldBack)).and_then(Ties::acting_role)
    {
        return Ok(Some((role, ties)));
    }
    let roles = app.db.municipal_roles(caller.id, caller.today).await?;
    let second = roles.into_iter().find(|(role, of)| *of == municipality && seconds_requests(*role));
    Ok(second.map(|(role, _)| (role, ties)))
}
