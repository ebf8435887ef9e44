//! Printed books: ordered, followed, fetched.

use actix_web::http::header;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use archive::{GroupId, ObjectId};
use serde::Deserialize;

use super::media::serve;
use super::shapes::EditionView;
use super::{Body, RequestKey, language_of};
use crate::app::App;
use crate::auth::{MayFetchEdition, MayOrder};
use crate::db::editions::Stage;
use crate::domain::document;
use crate::domain::document::ReadPage;
use crate::editions;
use crate::problem::Problem;
use crate::readings;

/// What to print.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEdition {
    /// The reader's age in whole years.
    #[schema(example = 9, maximum = 120)]
    pub age: u32,
    #[schema(example = "pdf")]
    pub format: String,
    /// `a4` (the default), `a5` or `square`, 210 by 210 mm.
    #[schema(example = "a4")]
    pub paper: Option<String>,
    /// With 3 mm of bleed and crop marks, for a printing house.
    #[serde(default)]
    pub bleed: bool,
}

/// Order a printed book. It is made in the background.
#[utoipa::path(post, path = "/api/v1/children/{child}/editions", tag = "editions", request_body = NewEdition,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 202, body = EditionView)))]
pub async fn order(
    app: Data<App>,
    may: MayOrder,
    key: RequestKey,
    request: HttpRequest,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (NewEdition { age, format, paper, bleed }, _) = body.json().await?;
    let paper = editions::paper(paper.as_deref(), bleed)?;
    let language = language_of(&request);
    let edition = editions::order(&app, &may, age, &format, paper, language, key.get()?.as_deref()).await?;
    let place = format!("{}/api/v1/editions/{}", app.config.public_url(), edition.id);
    Ok(HttpResponse::Accepted().insert_header((header::LOCATION, place)).json(EditionView::from(edition)))
}

/// How far a printed book has come.
#[utoipa::path(get, path = "/api/v1/editions/{edition}", tag = "editions", params(("edition" = uuid::Uuid, Path)), responses(
    (status = 200, body = EditionView)))]
pub async fn get(may: MayFetchEdition) -> Json<EditionView> {
    Json(may.edition.into())
}

/// The printed book itself.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/file", tag = "editions", params(("edition" = uuid::Uuid, Path)), responses(
    (status = 200, content_type = "application/pdf"), (status = 206, content_type = "application/pdf")))]
pub async fn file(
    app: Data<App>,
    may: MayFetchEdition,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Stage::Ready(edition) = &may.edition.stage else { return Err(Problem::NotReady) };
    let (child, id) = (may.edition.child, may.edition.id);
    readings::record(&app, &may.caller, &may.ties, child, ReadPage::Edition(id)).await?;
    let content = app.archive.open(GroupId(child.0), ObjectId(id.0), 1, document::EDITION).await?;
    serve(&request, content, "application/pdf", &edition.sha256, Some("bog.pdf"))
}
