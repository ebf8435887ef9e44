//! Files: taken in, and fetched as original or rendition.

use std::ops::Range;
use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use archive::package::{Lock, Package};
use archive::{Content, GroupId, ObjectId};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::RequestKey;
use super::shapes::MediaReceipt;
use crate::app::App;
use crate::auth::{MayContribute, MayFetch};
use crate::db::entries::StoredMedia;
use crate::domain::access::Ties;
use crate::domain::document::{ReadPage, Role};
use crate::domain::media_type::ending;
use crate::domain::redaction::Spot;
use crate::domain::{document, redaction};
use crate::problem::{Limited, Problem};
use crate::renditions::{self, Size, Source};
use crate::upload::{self, Offered, Received};
use crate::{facsimile, jobs, readings};

const PDF: &str = "application/pdf";
/// How long a request waits for a rendition that is being made, before it is told to come back.
const RENDITION_WAIT: Duration = Duration::from_millis(1500);
/// Fields beside `file` may be this long together.
const OTHER_FIELDS_BYTES: usize = 64 * 1024;

/// Send a file: multipart, field `file`. Answered when it is sealed.
#[utoipa::path(post, path = "/api/v1/children/{child}/media", tag = "media",
    request_body(content_type = "multipart/form-data", content = UploadForm),
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = MediaReceipt)))]
pub async fn create(
    app: Data<App>,
    may: MayContribute,
    key: RequestKey,
    request: HttpRequest,
    body: Result<Multipart, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    let request_bytes = declared_length(&request);
    let limit = app.config.limits.recording_bytes.max(app.config.limits.document_bytes);
    if request_bytes.is_some_and(|length| length > limit + 64 * 1024) {
        return Err(Problem::TooLarge { what: Limited::Recording, limit });
    }
    let mut body = body.map_err(|_| Problem::MalformedBody("the body is not multipart/form-data".into()))?;
    let field = file_field(&mut body).await?;
    let received = receive(&app, &may, field, request_bytes, key.get()?).await?;
    let place = format!("{}/api/v1/media/{}/original", app.config.public_url(), received.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, place)).json(MediaReceipt {
        id: received.id.0,
        sha256: received.media.sha256,
        size_bytes: received.media.size_bytes,
        media_type: received.media.media_type,
        receipt: received.receipt,
    }))
}

/// The form of an upload.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
pub struct UploadForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Takes one field of a form in as a file.
pub async fn receive(
    app: &App,
    may: &MayContribute,
    field: Field,
    request_bytes: Option<u64>,
    idempotency_key: Option<String>,
) -> Result<Received, Problem> {
    let name =
        field.content_disposition().and_then(|disposition| disposition.get_filename()).unwrap_or_default();
    let offered = Offered {
        file_name: name.to_owned(),
        request_bytes,
        // Fused: a field must not be asked again after its end.
        bytes: Box::pin(field.map(|chunk| chunk.map_err(|error| multipart_problem(&error))).fuse()),
        idempotency_key,
        scan: true,
    };
    upload::receive(app, may, offered).await
}

/// The file in a form.
pub async fn file_field(body: &mut Multipart) -> Result<Field, Problem> {
    let mut skipped = 0;
    while let Some(field) = body.next().await {
        let mut field = field.map_err(|error| multipart_problem(&error))?;
        if field.name() == Some("file") {
            return Ok(field);
        }
        while let Some(chunk) = field.next().await {
            skipped += chunk.map_err(|error| multipart_problem(&error))?.len();
            if skipped > OTHER_FIELDS_BYTES {
                return Err(Problem::MissingFile);
            }
        }
    }
    Err(Problem::MissingFile)
}

pub fn multipart_problem(error: &MultipartError) -> Problem {
    match error {
        MultipartError::Payload(_) | MultipartError::Incomplete => {
            Problem::MalformedBody("the connection was cut before the file was whole".into())
        }
        _ => Problem::MalformedBody("the body is not multipart/form-data as RFC 7578 has it".into()),
    }
}

pub fn declared_length(request: &HttpRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A file: `original`, a picture's `large`, `medium` or `small`, `page-1` and so on of a PDF as a picture, or `preservation`, the
/// copy in a format that lasts. Of a file with spots covered, the covered copy comes in the original's place.
#[utoipa::path(get, path = "/api/v1/media/{media}/{rendition}", tag = "media",
    params(("media" = uuid::Uuid, Path), ("rendition" = String, Path)), responses(
    (status = 200, description = "An original as it came, a picture as JPEG", content_type = "*/*"),
    (status = 206, content_type = "*/*"),
    (status = 202, description = "Being made; come back after Retry-After seconds")))]
pub async fn get(
    app: Data<App>,
    may: MayFetch,
    path: Path<(Uuid, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (_, rendition) = path.into_inner();
    record(&app, &may, &rendition).await?;
    if let Some((object, copy)) = &may.covered {
        return covered(&app, &may, &rendition, (*object, copy), &request).await;
    }
    if let Some(number) = page_number(&rendition) {
        let StoredMedia { id, media, .. } = &may.media;
        let whole = may.original && media.media_type == PDF;
        let source = Source::original(media.child, *id);
        return if whole { paper_page(&app, source, number).await } else { Err(Problem::NotFound) };
    }
    match (rendition.as_str(), Size::parse(&rendition)) {
        ("original", _) if may.original => original_of(&app, &may.media, &request).await,
        ("preservation", _) if may.original => preservation(&app, &may, &request).await,
        ("original" | "preservation", _) => Err(Problem::NotPermitted),
        (_, Some(size)) if may.media.media.width.is_some() => picture(&app, &may, size, &request).await,
        _ => Err(Problem::NotFound),
    }
}

/// The pages show renditions on covers and in lists: fetching one tells that the book was open, not on which page. An
/// original is opened on purpose. A depositor whose place around the child has ended is recorded as invited.
async fn record(app: &App, may: &MayFetch, rendition: &str) -> Result<(), Problem> {
    let nobody = Ties::new([], 0, false);
    let page = match (rendition, may.through) {
        ("original" | "preservation", Some(page)) => page,
        // What a child keeps to itself leaves no trace that others read.
        (_, None) if may.ties.as_ref().is_some_and(|ties| ties.roles.contains(&Role::Own)) => return Ok(()),
        ("original" | "preservation", None) => ReadPage::Media(may.media.id),
        _ => ReadPage::Book,
    };
    let ties = may.ties.as_ref().unwrap_or(&nobody);
    readings::record(app, &may.caller, ties, may.book, page).await?;
    Ok(())
}

/// The bytes as received.
pub async fn original_of(
    app: &App,
    stored: &StoredMedia,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let media = &stored.media;
    let content =
        app.archive.open(GroupId(media.child.0), ObjectId(stored.id.0), 1, document::ORIGINAL).await?;
    serve(request, content, &media.media_type, &media.sha256, Some(&media.file_name))
}

fn page_number(rendition: &str) -> Option<u32> {
    rendition.strip_prefix("page-")?.parse().ok()
}

async fn paper_page(app: &App, paper: Source, number: u32) -> Result<HttpResponse, Problem> {
    Ok(shown_once(facsimile::page(app, paper, number).await?))
}

fn shown_once(jpeg: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
    response.content_type("image/jpeg").body(jpeg)
}

/// What lies beneath a spot, and no more of the file.
pub async fn beneath_spot(app: &App, stored: &StoredMedia, spot: &Spot) -> Result<HttpResponse, Problem> {
    let source = Source::original(stored.media.child, stored.id);
    let whole = if stored.media.media_type == PDF {
        facsimile::page(app, source, spot.page).await?
    } else {
        source.read(app, facsimile::PAPER_BYTES).await?
    };
    let spot = spot.rectangle();
    let cut = tokio::task::spawn_blocking(move || renderer::pictures::cut_out(&whole, spot)).await?;
    Ok(shown_once(cut.map_err(|_| Problem::NotFound)?.jpeg))
}

async fn preservation(app: &App, may: &MayFetch, request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let StoredMedia { id, media, .. } = &may.media;
    let copy = media.preservation.as_ref().ok_or(Problem::NotFound)?;
    let version = app.db.latest_deposit(id.0).await?.ok_or(Problem::NotFound)?.version;
    let group = GroupId(media.child.0);
    let content = app.archive.open(group, ObjectId(id.0), version, document::PRESERVATION).await?;
    let stem = media.file_name.rsplit_once('.').map_or(media.file_name.as_str(), |(stem, _)| stem);
    let name = format!("{stem}{}", ending(&copy.media_type));
    serve(request, content, &copy.media_type, &copy.sha256, Some(&name))
}

/// The same of a file with spots of it covered: the copy stands in the original's place.
async fn covered(
    app: &App,
    may: &MayFetch,
    rendition: &str,
    (object, copy): (Uuid, &redaction::Copy),
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let media = &may.media.media;
    match (rendition, Size::parse(rendition)) {
        ("original", _) if may.original => {
            let group = GroupId(media.child.0);
            let content = app.archive.open(group, ObjectId(object), copy.version, document::COVERED).await?;
            // The name may tell what the copy does not.
            let name = format!("fil{}", ending(&copy.media_type));
            serve(request, content, &copy.media_type, &copy.sha256, Some(&name))
        }
        ("original", _) => Err(Problem::NotPermitted),
        (page, _) if may.original && copy.media_type == PDF && page_number(page).is_some() => {
            let source = Source::covered(media.child, object, copy);
            paper_page(app, source, page_number(page).unwrap_or_default()).await
        }
        (_, Some(size)) if copy.width.is_some() => {
            let source = Source::covered(media.child, object, copy);
            renditions::make_of(app, source).await?;
            let jpeg = renditions::cached(app, source, size).await?.ok_or(Problem::NotFound)?;
            Ok(jpeg_answer(request, &copy.sha256, size, jpeg))
        }
        _ => Err(Problem::NotFound),
    }
}

async fn picture(
    app: &App,
    may: &MayFetch,
    size: Size,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let source = Source::original(may.media.media.child, may.media.id);
    let done = app.job_done.notified();
    tokio::pin!(done);
    if let Some(jpeg) = renditions::cached(app, source, size).await? {
        return Ok(jpeg_answer(request, &may.media.media.sha256, size, jpeg));
    }
    jobs::order(app, jobs::Kind::Renditions, &may.media.id.to_string()).await?;
    let deadline = tokio::time::sleep(RENDITION_WAIT);
    tokio::pin!(deadline);
    loop {
        tokio::select! {
            () = &mut done => {}
            () = &mut deadline => {
                return Ok(HttpResponse::Accepted().insert_header((header::RETRY_AFTER, 1)).finish());
            }
        }
        done.set(app.job_done.notified());
        if let Some(jpeg) = renditions::cached(app, source, size).await? {
            return Ok(jpeg_answer(request, &may.media.media.sha256, size, jpeg));
        }
    }
}

fn jpeg_answer(request: &HttpRequest, sha256: &str, size: Size, jpeg: Vec<u8>) -> HttpResponse {
    let tag = format!("\"{}-{}\"", &sha256[..32.min(sha256.len())], size.as_str());
    if matches_tag(request, &tag) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "private, max-age=600"));
    response.content_type("image/jpeg").body(jpeg)
}

fn matches_tag(request: &HttpRequest, tag: &str) -> bool {
    let sent = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    sent.is_some_and(|sent| sent.split(',').any(|one| one.trim() == tag))
}

/// Streams a file out of the archive, whole or the range asked for. Decrypted and authenticated piece by piece; a piece
/// that was tampered with breaks the connection instead of being sent.
pub fn serve(
    request: &HttpRequest,
    content: Content,
    media_type: &str,
    sha256: &str,
    file_name: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let whole = Whole {
        size_bytes: content.size_bytes(),
        tag: format!("\"{sha256}\""),
        media_type,
        file_name: file_name.unwrap_or("fil"),
        cache: "private, no-cache",
    };
    serve_ranges(request, &whole, |range| content.stream(range))
}

/// A file as it is served, whole or in part.
struct Whole<'a> {
    size_bytes: u64,
    /// A strong one, in its quotation marks (RFC 9110 8.8.3).
    tag: String,
    media_type: &'a str,
    file_name: &'a str,
    /// What may be kept of it on the way.
    cache: &'static str,
}

/// Streams a package somebody takes home, or one range of it.
pub fn serve_package(
    request: &HttpRequest,
    package: &Package,
    file_name: &str,
) -> Result<HttpResponse, Problem> {
    let whole = Whole {
        size_bytes: package.size_bytes(),
        tag: format!("\"{}\"", package.fingerprint()),
        media_type: "application/zip",
        file_name,
        cache: "private, no-store",
    };
    serve_ranges(request, &whole, |range| package.stream(range))
}

/// Streams a package behind a lock, as an age file. Each time it is another file, so none is gone on with.
pub async fn serve_locked(package: Package, lock: Lock, file_name: &str) -> Result<HttpResponse, Problem> {
    // A password is stretched for a second.
    let stream = tokio::task::spawn_blocking(move || package.locked(&lock)).await??;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_DISPOSITION, disposition(Some(file_name))))
        .content_type("application/octet-stream")
        .streaming(stream))
}

/// Streams a file or one range of it, so that what was broken off can be gone on with.
fn serve_ranges<S, E>(
    request: &HttpRequest,
    whole: &Whole<'_>,
    stream: impl FnOnce(Range<u64>) -> S,
) -> Result<HttpResponse, Problem>
where
    S: Stream<Item = Result<Bytes, E>> + 'static,
    E: Into<Box<dyn std::error::Error>> + 'static,
{
    let (size, tag) = (whole.size_bytes, whole.tag.clone());
    if matches_tag(request, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    // Part of another file than the one begun would not fit: then it comes whole (RFC 9110 13.1.5).
    let begun = request.headers().get(header::IF_RANGE);
    let fits = begun.is_none_or(|begun| begun.as_bytes() == tag.as_bytes());
    let range = if fits { requested_range(request, size)? } else { None };
    let mut response = if range.is_some() { HttpResponse::PartialContent() } else { HttpResponse::Ok() };
    if let Some(range) = &range {
        response.insert_header((
            header::CONTENT_RANGE,
            format!("bytes {}-{}/{size}", range.start, range.end - 1),
        ));
    }
    let range = range.unwrap_or(0..size);
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CACHE_CONTROL, whole.cache))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CONTENT_DISPOSITION, disposition(Some(whole.file_name))))
        .no_chunking(range.end - range.start);
    Ok(response.content_type(whole.media_type.to_owned()).streaming(stream(range)))
}

/// RFC 6266 with RFC 5987 for letters beyond ASCII.
fn disposition(file_name: Option<&str>) -> HeaderValue {
    let name = file_name.unwrap_or("fil");
    let ascii: String = name
        .chars()
        .map(|char| if char.is_ascii_alphanumeric() || " .-_".contains(char) { char } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    HeaderValue::from_str(&format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

/// RFC 9110 14.2, one range of bytes. Several ranges at once are answered with the whole.
fn requested_range(request: &HttpRequest, size: u64) -> Result<Option<Range<u64>>, Problem> {
    let Some(value) = request.headers().get(header::RANGE).and_then(|value| value.to_str().ok()) else {
        return Ok(None);
    };
    let Some(range) = value.strip_prefix("bytes=") else { return Ok(None) };
    if range.contains(',') {
        return Ok(None);
    }
    let Some((first, last)) = range.split_once('-') else { return Ok(None) };
    let (first, last) = (first.trim(), last.trim());
    let range = match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.is_empty() => first..size,
        (None, Some(suffix)) if first.is_empty() => size.saturating_sub(suffix)..size,
        _ => return Ok(None),
    };
    if range.start >= range.end { Err(Problem::RangeOutside(size)) } else { Ok(Some(range)) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn range(value: &str, size: u64) -> Result<Option<Range<u64>>, Problem> {
        requested_range(&TestRequest::default().insert_header((header::RANGE, value)).to_http_request(), size)
    }

    #[test]
    fn ranges_as_rfc_9110_has_them() {
        assert_eq!(range("bytes=0-0", 10).unwrap(), Some(0..1));
        assert_eq!(range("bytes=5-", 10).unwrap(), Some(5..10));
        assert_eq!(range("bytes=-3", 10).unwrap(), Some(7..10));
        assert_eq!(range("bytes=-30", 10).unwrap(), Some(0..10));
        assert_eq!(range("bytes=0-99", 10).unwrap(), Some(0..10));
        assert_eq!(range("bytes=0-1,3-4", 10).unwrap(), None);
        assert_eq!(range("bytes=7-3", 10).unwrap(), None);
        assert!(matches!(range("bytes=10-", 10), Err(Problem::RangeOutside(10))));
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let header = disposition(Some("sømmer\"; x=\r\n.jpg"));
        let header = header.to_str().unwrap();
        assert!(!header.contains('\r') && header.matches('"').count() == 2);
        assert!(header.contains("filename*=UTF-8''s%C3%B8mmer"));
    }
}
