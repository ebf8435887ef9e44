//! What the one a book is about decides as its owner.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};

use super::shapes::{ReaderView, RecordReceipt};
use super::{Body, List, RequestKey, created};
use crate::app::App;
use crate::auth::MayDecideAsOwner;
use crate::ownership::{self, NewReaders};
use crate::problem::Problem;

/// Who is and was around the one the book is about, and whom of them it lets keep reading from its 18th birthday on. Asked by
/// itself alone, from 16 on.
#[utoipa::path(get, path = "/api/v1/children/{child}/readers", tag = "ownership",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<ReaderView>)))]
pub async fn readers(app: Data<App>, may: MayDecideAsOwner) -> Result<Json<List<ReaderView>>, Problem> {
    let candidates = ownership::candidates(&app, &may).await?;
    let items = candidates.into_iter().map(ReaderView::from).collect();
    Ok(Json(List { items, next_cursor: None }))
}

/// Choose who keeps reading one's book, or reads it no more. Before the 18th birthday it changes nothing; from then on it
/// counts at once, and can be chosen otherwise on any day.
#[utoipa::path(post, path = "/api/v1/children/{child}/readers", tag = "ownership", request_body = NewReaders,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn choose_readers(
    app: Data<App>,
    may: MayDecideAsOwner,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewReaders>().await?;
    Ok(created(ownership::choose(&app, &may, new, key.with(&digest)?).await?))
}
