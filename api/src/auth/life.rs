//! Who may change what is told of a child's life: whoever may tell of it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::life::StoredLife;
use crate::domain::access::{Right, Ties};
use crate::domain::life::LifeRecord;
use crate::problem::Problem;

/// May write a new version of one record about a child's life.
#[derive(Debug, Clone)]
pub struct MayChangeLife<R> {
    pub stored: StoredLife<R>,
    pub caller: Caller,
    pub ties: Ties,
}

from_request!(MayChangeLife<R: LifeRecord>, MayChangeLife::from_path);

impl<R: LifeRecord> MayChangeLife<R> {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let id: Uuid = path_id(request, "record")?;
        let stored = app.db.life_record::<R>(id).await?.ok_or(Problem::NotFound)?;
        let ties = caller.ties(app, stored.record.child()).await?;
        if ties.may(Right::TellLife) {
            return Ok(Self { stored, caller, ties });
        }
        Err(if ties.may(Right::ReadBook) { Problem::NotPermitted } else { Problem::NotFound })
    }
}
