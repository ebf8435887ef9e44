//! How far ahead of its age a child may read.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use chrono::{DateTime, Utc};
use renderer::book::AgeBand;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shapes::RecordReceipt;
use super::{Body, RequestKey, created};
use crate::app::App;
use crate::auth::{MayRead, MayTell};
use crate::domain::life::LookAhead;
use crate::look_ahead::{self, NewLookAhead};
use crate::problem::Problem;

/// How far ahead, and who opened it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookAheadView {
    /// The hardest band that is open; absent: the child's own.
    #[schema(value_type = Option<String>, example = "10-12")]
    pub band: Option<AgeBand>,
    pub told_by: Option<Uuid>,
    pub told_at: Option<DateTime<Utc>>,
}

/// How far ahead of its age the child may read, and who said so when.
#[utoipa::path(get, path = "/api/v1/children/{child}/look-ahead", tag = "look-ahead",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = LookAheadView)))]
pub async fn get(app: Data<App>, may: MayRead) -> Result<Json<LookAheadView>, Problem> {
    let stored = look_ahead::of(&app, may.child).await?;
    let record = stored.as_ref().map(|stored| &stored.record);
    Ok(Json(LookAheadView {
        band: record.and_then(|record| record.band),
        told_by: record.map(|record| record.told_by.0),
        told_at: record.map(|record| record.told_at),
    }))
}

/// Open a harder band for the child, or close it again.
#[utoipa::path(post, path = "/api/v1/children/{child}/look-ahead", tag = "look-ahead", request_body = NewLookAhead,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn set(
    app: Data<App>,
    may: MayTell<LookAhead>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewLookAhead>().await?;
    Ok(created(look_ahead::set(&app, &may, new, key.with(&digest)?).await?))
}
