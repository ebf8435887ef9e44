//! Who may answer a page that was given, and who may end it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::life::StoredLife;
use crate::domain::access::Right;
use crate::domain::gift::Gift;
use crate::domain::ids::ChildId;
use crate::problem::Problem;

/// May say yes or no to one page: the child it is given to.
#[derive(Debug, Clone)]
pub struct MayAnswerGift {
    pub stored: StoredLife<Gift>,
    pub caller: Caller,
}

/// May take one page back, or out of the own book: the giver, and the child it was given to.
#[derive(Debug, Clone)]
pub struct MayEndGift {
    pub stored: StoredLife<Gift>,
    pub caller: Caller,
    pub is_giver: bool,
}

from_request!(MayAnswerGift, MayAnswerGift::from_path);
from_request!(MayEndGift, MayEndGift::from_path);

impl MayAnswerGift {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, in_path(app, request).await?).await
    }

    /// The same right for a gift that does not stand in a path.
    pub async fn grant(app: &App, caller: Caller, stored: StoredLife<Gift>) -> Result<Self, Problem> {
        if gives(app, &caller, stored.record.to).await? {
            return Ok(Self { stored, caller });
        }
        Err(Problem::NotFound)
    }
}

impl MayEndGift {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let stored = in_path(app, request).await?;
        let is_giver = gives(app, &caller, stored.record.child).await?;
        if is_giver || gives(app, &caller, stored.record.to).await? {
            return Ok(Self { stored, caller, is_giver });
        }
        Err(Problem::NotFound)
    }
}

/// The gift in the path. In the pages a child stands in the address too: one of the two.
async fn in_path(app: &App, request: &HttpRequest) -> Result<StoredLife<Gift>, Problem> {
    let id: Uuid = path_id(request, "record")?;
    let stored = app.db.life_record::<Gift>(id).await?.ok_or(Problem::NotFound)?;
    let named = match request.match_info().get("child") {
        Some(_) => Some(path_id::<ChildId>(request, "child")?),
        None => None,
    };
    let theirs = named.is_none_or(|child| child == stored.record.child || child == stored.record.to);
    if theirs { Ok(stored) } else { Err(Problem::NotFound) }
}

/// For everybody but the two children there is no such gift.
async fn gives(app: &App, caller: &Caller, child: ChildId) -> Result<bool, Problem> {
    let ties = app.db.ties(caller.id, child, caller.today).await?;
    Ok(ties.is_some_and(|ties| ties.may(Right::GivePages)))
}
