//! How a child arranges its own book.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::shapes::RecordReceipt;
use super::{Body, RequestKey, created};
use crate::app::App;
use crate::arrange::{self, Hiding, NewLook};
use crate::auth::MayArrangeBook;
use crate::problem::Problem;

/// Choose the book's cloth, cover and title, and what one is called in it: a new version of the child's record.
#[utoipa::path(post, path = "/api/v1/children/{child}/look", tag = "own-pages", request_body = NewLook,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn look(
    app: Data<App>,
    may: MayArrangeBook,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewLook>().await?;
    Ok(created(arrange::look(&app, &may, new, key.with(&digest)?).await?))
}

/// Hide a page from oneself, or meet it again. Everybody else reads it as before, and is not told.
#[utoipa::path(post, path = "/api/v1/children/{child}/hidden", tag = "own-pages", request_body = Hiding,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn hide(
    app: Data<App>,
    may: MayArrangeBook,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (hiding, digest) = body.json::<Hiding>().await?;
    Ok(created(arrange::hide(&app, &may, hiding, key.with(&digest)?).await?))
}
