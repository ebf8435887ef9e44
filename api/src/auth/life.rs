//! Who may tell of a child's life, and tell it anew: whoever has the right of that kind of record.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::life::StoredLife;
use crate::domain::access::{Right, Ties};
use crate::domain::document::Kind;
use crate::domain::goal::Goal;
use crate::domain::ids::ChildId;
use crate::domain::life::LifeRecord;
use crate::domain::meeting::Wish;
use crate::problem::Problem;
use crate::{places, redactions};

/// May write a record of one kind about a child's life.
#[derive(Debug, Clone)]
pub struct MayTell<R> {
    pub child: ChildId,
    pub caller: Caller,
    pub ties: Ties,
    kind: PhantomData<R>,
}

/// May write a new version of one record about a child's life.
#[derive(Debug, Clone)]
pub struct MayChangeLife<R> {
    pub stored: StoredLife<R>,
    pub caller: Caller,
    pub ties: Ties,
}

/// May answer one wish of a child.
#[derive(Debug, Clone)]
pub struct MayAnswerWish {
    pub stored: StoredLife<Wish>,
    pub caller: Caller,
}

/// May say what one does for a child's goal, as long as the child has not taken it away.
#[derive(Debug, Clone)]
pub struct MayHelpGoal {
    pub stored: StoredLife<Goal>,
    pub caller: Caller,
}

from_request!(MayTell<R: LifeRecord>, MayTell::from_path);
from_request!(MayChangeLife<R: LifeRecord>, MayChangeLife::from_path);
from_request!(MayAnswerWish, MayAnswerWish::from_path);
from_request!(MayHelpGoal, MayHelpGoal::from_path);

impl<R: LifeRecord> MayTell<R> {
    /// The same right for a child that does not stand in a path.
    pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
        let ties = caller.with_right(app, child, R::TELL).await?;
        Ok(Self { child, caller, ties, kind: PhantomData })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        Self::grant(app, caller, path_id(request, "child")?).await
    }
}

impl<R: LifeRecord> MayChangeLife<R> {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let (stored, ties) = with_right::<R>(app, &caller, request, R::TELL).await?;
        // What is covered in it would be written over by what stands there instead. In wishes and goals that is others' words,
        // which the child does not send.
        if !matches!(R::KIND, Kind::Wish | Kind::Goal) {
            let covers = redactions::covers_for(app, &ties, stored.record.child()).await?;
            if covers.lie_on(&stored.record.clone().into_body()) {
                return Err(Problem::NotPermitted);
            }
        }
        Ok(Self { stored, caller, ties })
    }
}

impl MayAnswerWish {
    /// The same right for a wish that does not stand in a path.
    pub async fn grant(app: &App, caller: Caller, stored: StoredLife<Wish>) -> Result<Self, Problem> {
        caller.with_right(app, stored.record.child, Right::AnswerWishes).await?;
        Ok(Self { stored, caller })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let (stored, _) = with_right(app, &caller, request, Right::AnswerWishes).await?;
        Ok(Self { stored, caller })
    }
}

impl MayHelpGoal {
    /// The same right for a goal that does not stand in a path.
    pub async fn grant(app: &App, caller: Caller, stored: StoredLife<Goal>) -> Result<Self, Problem> {
        caller.with_right(app, stored.record.child, Right::HelpGoals).await?;
        Ok(Self { stored, caller })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let (stored, _) = with_right::<Goal>(app, &caller, request, Right::HelpGoals).await?;
        if stored.record.removed {
            return Err(Problem::NotFound);
        }
        Ok(Self { stored, caller })
    }
}

/// The record in the path. In the pages its child stands in the address too.
async fn with_right<R: LifeRecord>(
    app: &App,
    caller: &Caller,
    request: &HttpRequest,
    right: Right,
) -> Result<(StoredLife<R>, Ties), Problem> {
    let id: Uuid = path_id(request, "record")?;
    let stored = app.db.life_record::<R>(id).await?.ok_or(Problem::NotFound)?;
    let child = stored.record.child();
    if request.match_info().get("child").is_some() && path_id::<ChildId>(request, "child")? != child {
        return Err(Problem::NotFound);
    }
    let ties = caller.ties(app, child).await?;
    // Where the child was is not told anew by somebody who must not know it.
    if let Some((from, to)) = stored.record.lasted()
        && places::kept_from(app, caller, &ties, child).await?.covers(from, to)
    {
        return Err(Problem::NotFound);
    }
    if ties.may(right) {
        return Ok((stored, ties));
    }
    Err(if ties.may(Right::ReadBook) { Problem::NotPermitted } else { Problem::NotFound })
}
