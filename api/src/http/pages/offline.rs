//! Reading without a line: what of a book a device may keep, and for how long. `web/assets/worker.js` keeps it.
//!
//! Only the one the book is about may keep it, alone, and no longer than the session lasts; never on a device that was
//! made another child's. What is kept is a copy of its own: the open pages without the private ones, without any form and
//! without the session's token.

use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue, LOCATION};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use renderer::book::AgeBand;
use renderer::html::{Frame, Keeping, NoLine, Offline, WhetherKept};

use super::{Fields, bare_frame, frame, show};
use crate::app::{App, danish_time};
use crate::auth::{Caller, MayArrangeBook, MayRead, digest, enrolled_device, session_of};
use crate::domain::access::Right;
use crate::domain::ids::ChildId;
use crate::http::Body;
use crate::problem::Problem;

/// Tells the worker whose page it is.
const SESSION: HeaderName = HeaderName::from_static("livsbog-session");
/// On a copy: the second (Unix time) in which it is forgotten. On a page: `no` where nothing may lie on this device.
const KEEP: HeaderName = HeaderName::from_static("livsbog-keep");
/// By this the worker asks for a page as it may be kept.
pub const COPY: HeaderName = HeaderName::from_static("livsbog-copy");
/// The reader's own word that nothing is to lie on this device; it says nothing of whose word it is.
const REFUSAL: &str = "uden-net";
const REFUSAL_DAYS: i64 = 365;

/// What the worker is told beside an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    session: Option<String>,
    keep: Option<String>,
}

/// Gives every answer the marks that were left beside its request.
pub async fn marked(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let marks = marks(response.request());
    for (name, value) in [(SESSION, marks.session), (KEEP, marks.keep)] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// The marks beside `request`.
pub fn marks(request: &HttpRequest) -> Marks {
    request.extensions().get::<Marks>().cloned().unwrap_or_default()
}

/// Notes whose session the page is shown to: a digest of a digest, of no use to whoever finds it.
pub fn mark_session(request: &HttpRequest) {
    let session = session_of(request).map(|session| digest(&format!("offline {session}"))[..32].to_owned());
    let marks = Marks { session, ..marks(request) };
    request.extensions_mut().insert(marks);
}

fn mark_keep(request: &HttpRequest, keep: String) {
    let marks = Marks { keep: Some(keep), ..marks(request) };
    request.extensions_mut().insert(marks);
}

/// Whether the page is asked for as it may be kept.
pub fn is_copy(request: &HttpRequest) -> bool {
    request.headers().contains_key(COPY)
}

/// Whether a book lies on a device, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stay {
    /// It does until then.
    Until(DateTime<Utc>),
    /// The reader does not want it.
    Refused,
    /// The device is another child's own.
    Anothers,
    /// It is not this reader's to keep.
    Never,
}

/// Whether the book of `child` may lie on the device that `request` comes from.
pub async fn stay(
    app: &App,
    request: &HttpRequest,
    caller: &Caller,
    own: bool,
    child: ChildId,
) -> Result<Stay, Problem> {
    let (Some(until), Some(_), true) = (caller.until, session_of(request), own) else {
        return Ok(Stay::Never);
    };
    if request.cookie(REFUSAL).is_some() {
        return Ok(Stay::Refused);
    }
    match enrolled_device(app, request).await? {
        Some(device) if device.child != child => Ok(Stay::Anothers),
        // What two read together is not taken along by one.
        _ if caller.together.is_some() => Ok(Stay::Never),
        _ => Ok(Stay::Until(until)),
    }
}

/// The same for a page of the book.
pub async fn stay_of(app: &App, request: &HttpRequest, may: &MayRead) -> Result<Stay, Problem> {
    stay(app, request, &may.caller, may.ties.may(Right::MakeOwnPages), may.child).await
}

/// What stands around a page that may be kept, and what the worker is told of it.
pub fn told(request: &HttpRequest, frame: Frame, stay: Stay) -> Frame {
    match stay {
        Stay::Until(_) => Frame { keeping: Keeping::May, ..frame },
        Stay::Refused | Stay::Anothers => {
            mark_keep(request, "no".into());
            frame
        }
        Stay::Never => frame,
    }
}

/// What stands around a copy: nothing that needs a line, and nothing of the session.
pub fn copy_frame(request: &HttpRequest, until: DateTime<Utc>) -> Frame {
    mark_session(request);
    mark_keep(request, until.timestamp().to_string());
    let keeping = Keeping::Copy { until: danish_time(until) };
    Frame { keeping, other_language: None, ..bare_frame(request) }
}

/// `GET /bog/{child}/uden-net`: what lies on this device, for how long, and the switch.
pub async fn page(
    app: Data<App>,
    may: MayArrangeBook,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let stay = stay(&app, &request, &may.caller, true, may.child).await?;
    let page = Offline {
        child: may.child.to_string(),
        book_title: child.book_title,
        band: AgeBand::for_age(may.ties.age),
        kept: match stay {
            Stay::Until(until) => WhetherKept::Until { at: danish_time(until) },
            Stay::Refused => WhetherKept::Refused,
            Stay::Anothers => WhetherKept::Anothers,
            Stay::Never => WhetherKept::Never,
        },
    };
    let frame = frame(&app, &request, &may.caller).await?;
    // Of this page itself nothing is kept.
    show(&page, &Frame { keeping: Keeping::No, ..told(&request, frame, stay) })
}

/// `POST /bog/{child}/uden-net`: the reader's own word for this device.
pub async fn choose(may: MayArrangeBook, body: Body) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let days = if form.one("keep") == "yes" { 0 } else { REFUSAL_DAYS };
    let cookie = Cookie::build(REFUSAL, "nej").path("/").same_site(SameSite::Lax).http_only(true);
    let cookie = cookie.max_age(Duration::days(days)).finish();
    let place = format!("/bog/{}/uden-net", may.child);
    Ok(HttpResponse::SeeOther().cookie(cookie).insert_header((LOCATION, place)).finish())
}

/// `GET /uden-net`: what the worker shows where there is no line. The same for everybody.
pub async fn no_line(request: HttpRequest) -> Result<HttpResponse, Problem> {
    show(&NoLine {}, &Frame { other_language: None, ..bare_frame(&request) })
}
