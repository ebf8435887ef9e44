//! Styles, scripts, fonts and icons, from inside the program.

use actix_web::http::header;
use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::problem::Problem;

/// Which edition of the file the page was made with.
#[derive(Deserialize)]
pub struct Edition {
    v: Option<String>,
}

pub async fn get(
    path: Path<String>,
    edition: Query<Edition>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let asset = web::asset(&path).ok_or(Problem::NotFound)?;
    let tag = format!("\"{}\"", asset.etag);
    let lasting = asset.lasting || edition.v.as_deref() == Some(&*asset.etag);
    let caching = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(&tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, caching))
        .content_type(asset.media_type)
        .body(asset.bytes))
}
