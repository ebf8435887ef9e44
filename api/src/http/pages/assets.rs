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

/// What the worker itself may fetch, and nothing else.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";

/// `GET /worker.js`: at the root, so that it answers for every page. Browsers ask whether it is new.
pub async fn worker() -> Result<HttpResponse, Problem> {
    let asset = web::asset("worker.js").ok_or(Problem::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::CONTENT_SECURITY_POLICY, WORKER_POLICY))
        .content_type(asset.media_type)
        .body(asset.bytes))
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
