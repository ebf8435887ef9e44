//! Files in pieces: the tus 1.0 protocol (core, creation, termination) at `/api/v1/children/{child}/uploads`.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{Data, Json, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::{MayContribute, MayResume};
use crate::problem::{FieldProblem, Problem};
use crate::resumable;

const VERSION: &str = "1.0.0";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: &str = "upload-offset";
const LENGTH: &str = "upload-length";

/// How far a file in pieces has come.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UploadView {
    pub id: Uuid,
    pub length_bytes: u64,
    pub received_bytes: u64,
    /// The file as sealed, once it is whole.
    pub media: Option<Uuid>,
    /// All of it is here and it is not sealed yet: it waits for the virus scanner, or for room on the disk.
    pub waits: bool,
}

/// What this server can do.
#[utoipa::path(options, path = "/api/v1/children/{child}/uploads", tag = "uploads", params(("child" = Uuid, Path)),
    security(()), responses((status = 204)))]
pub async fn options(app: Data<App>) -> HttpResponse {
    let mut answer = HttpResponse::NoContent();
    answer
        .insert_header((RESUMABLE, VERSION))
        .insert_header(("Tus-Version", VERSION))
        .insert_header(("Tus-Extension", "creation,termination"))
        .insert_header(("Tus-Max-Size", resumable::most_bytes(&app)));
    answer.finish()
}

/// Announce a file: `Upload-Length`, and `Upload-Metadata` with `filename`.
#[utoipa::path(post, path = "/api/v1/children/{child}/uploads", tag = "uploads",
    params(("child" = Uuid, Path), ("Tus-Resumable" = String, Header), ("Upload-Length" = u64, Header),
        ("Upload-Metadata" = Option<String>, Header)), responses(
    (status = 201, description = "Location: where the pieces go")))]
pub async fn create(
    app: Data<App>,
    may: MayContribute,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    check_version(&request)?;
    let length = number(&request, LENGTH)?;
    let upload = resumable::begin(&app, &may, length, &file_name(&request)).await?;
    let place = format!("{}/api/v1/children/{}/uploads/{}", app.config.public_url(), may.child, upload.id);
    Ok(tus(HttpResponse::Created())
        .insert_header((header::LOCATION, place))
        .insert_header((OFFSET, 0))
        .finish())
}

/// How far the file has come, as headers.
#[utoipa::path(head, path = "/api/v1/children/{child}/uploads/{upload}", tag = "uploads",
    params(("child" = Uuid, Path), ("upload" = Uuid, Path)), responses((status = 200), (status = 401), (status = 404)))]
pub async fn head(may: MayResume) -> HttpResponse {
    tus(HttpResponse::Ok())
        .insert_header((OFFSET, may.upload.received_bytes))
        .insert_header((LENGTH, may.upload.length_bytes))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// How far the file has come, and its media id once it is whole.
#[utoipa::path(get, path = "/api/v1/children/{child}/uploads/{upload}", tag = "uploads",
    params(("child" = Uuid, Path), ("upload" = Uuid, Path)), responses(
    (status = 200, body = UploadView)))]
pub async fn get(may: MayResume) -> Json<UploadView> {
    let upload = may.upload;
    Json(UploadView {
        id: upload.id,
        length_bytes: upload.length_bytes,
        received_bytes: upload.received_bytes,
        media: upload.media.map(|media| media.0),
        waits: upload.media.is_none() && upload.received_bytes == upload.length_bytes,
    })
}

/// Send a piece. The last one is answered when the file is sealed, with its id in `Livsbog-Media`.
#[utoipa::path(patch, path = "/api/v1/children/{child}/uploads/{upload}", tag = "uploads",
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    params(("child" = Uuid, Path), ("upload" = Uuid, Path), ("Tus-Resumable" = String, Header),
        ("Upload-Offset" = u64, Header)), responses(
    (status = 204)))]
pub async fn patch(
    app: Data<App>,
    may: MayResume,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Problem> {
    check_version(&request)?;
    if request.content_type() != "application/offset+octet-stream" {
        return Err(Problem::UnsupportedMedia(request.content_type().chars().take(80).collect()));
    }
    let offset = number(&request, OFFSET)?;
    let cut = |_| Problem::MalformedBody("the connection was cut".into());
    let reached =
        resumable::append(&app, &may, offset, body.map(move |chunk| chunk.map_err(cut)).fuse()).await?;
    let mut answer = tus(HttpResponse::NoContent());
    answer.insert_header((OFFSET, reached));
    if reached == may.upload.length_bytes {
        let media = resumable::complete(&app, &may).await?;
        answer.insert_header(("Livsbog-Media", media.to_string()));
    }
    Ok(answer.finish())
}

/// Give an upload up.
#[utoipa::path(delete, path = "/api/v1/children/{child}/uploads/{upload}", tag = "uploads",
    params(("child" = Uuid, Path), ("upload" = Uuid, Path)), responses(
    (status = 204)))]
pub async fn delete(app: Data<App>, may: MayResume) -> Result<HttpResponse, Problem> {
    resumable::discard(&app, may.upload.id).await?;
    Ok(tus(HttpResponse::NoContent()).finish())
}

fn tus(mut answer: HttpResponseBuilder) -> HttpResponseBuilder {
    answer.insert_header((RESUMABLE, VERSION));
    answer
}

fn check_version(request: &HttpRequest) -> Result<(), Problem> {
    match request.headers().get(RESUMABLE) {
        Some(version) if version == HeaderValue::from_static(VERSION) => Ok(()),
        _ => Err(Problem::TusVersion),
    }
}

fn number(request: &HttpRequest, name: &str) -> Result<u64, Problem> {
    let value =
        request.headers().get(name).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let (da, en) = (format!("{name} skal være et antal bytes."), format!("{name} is a number of bytes."));
    value.ok_or_else(|| Problem::Invalid(vec![FieldProblem::new(name, "required", da, en)]))
}

/// `filename` of `Upload-Metadata`: pairs of a key and a value in base64, parted by commas.
fn file_name(request: &HttpRequest) -> String {
    let pairs =
        request.headers().get("upload-metadata").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = pairs.split(',').filter_map(|pair| pair.trim().split_once(' '));
    let name =
        named.filter(|(key, _)| *key == "filename").find_map(|(_, value)| STANDARD.decode(value.trim()).ok());
    name.and_then(|name| String::from_utf8(name).ok()).unwrap_or_default()
}
