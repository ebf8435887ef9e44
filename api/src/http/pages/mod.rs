//! The pages people see. Each asks the same use cases as the API and fills one context of `renderer::html`.

pub mod adults;
mod again;
pub mod arrange;
pub mod assets;
pub mod book;
pub mod claims;
pub mod contribute;
pub mod devices;
mod form;
pub mod front;
pub mod gifts;
pub mod goals;
pub mod holds;
pub mod leaving;
pub mod life;
pub mod logins;
pub mod look;
pub mod look_ahead;
pub mod losses;
pub mod meetings;
pub mod offices;
pub mod offline;
pub mod own_pages;
pub mod ownership;
pub mod redactions;
pub mod register;
mod registered_child;
mod request_view;
pub mod requests;
pub mod rights;
pub mod taken_out;
pub mod talks;
pub mod together;
pub mod warnings;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use renderer::book::Language;
use renderer::html::{self, Beside, Frame, Keeping, Reader, Way};

pub use again::again;

use super::{Body, language_of};
use crate::app::App;
use crate::auth::{Caller, identify, same_origin};
use crate::db::people::TiedChild;
use crate::domain::access::{Right, rights, seconds_requests};
use crate::domain::document::Role;
use crate::problem::Problem;

/// Only our own files, nothing inline, never inside another site's frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; style-src 'self'; script-src 'self'; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The fields of a form, as far as they came; a field may come several times.
#[derive(Default)]
pub struct Fields {
    pub fields: Vec<(String, String)>,
}

impl Fields {
    /// What somebody signed in sent, after the form's token was checked.
    pub async fn of(body: Body, caller: &Caller) -> Result<Self, Problem> {
        Ok(Self { fields: body.form_of(caller).await? })
    }

    /// What somebody who is not signed in sent, from a page of ours.
    pub async fn of_anybody(body: Body, request: &HttpRequest) -> Result<Self, Problem> {
        same_origin(request)?;
        Ok(Self { fields: body.form().await? })
    }

    /// The first one of this name; empty where there is none.
    pub fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.one(name).to_owned()).filter(|value| !value.is_empty())
    }

    /// Those of this name that are not blank.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let found = self.fields.iter().filter(|(field, _)| field == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect::<Vec<_>>().into_iter()
    }
}

/// Renders a page for whoever asks; nobody need be signed in.
pub fn show<P: html::Page>(page: &P, frame: &Frame) -> Result<HttpResponse, Problem> {
    let html = html::render(page, frame).map_err(|error| Problem::Internal(format!("page: {error}")))?;
    Ok(html_answer(&mut HttpResponse::Ok(), html))
}

/// Leads to another page after a form was taken.
fn see_other(place: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish()
}

fn html_answer(
    response: &mut actix_web::HttpResponseBuilder,
    html: impl MessageBody + 'static,
) -> HttpResponse {
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .content_type("text/html; charset=utf-8")
        .body(html)
}

/// What stands around a page for somebody signed in.
pub async fn frame(app: &App, request: &HttpRequest, caller: &Caller) -> Result<Frame, Problem> {
    let mut frame = bare_frame(request);
    frame.csrf = caller.csrf.clone();
    offline::mark_session(request);
    frame.reader = Some(Reader {
        name: caller.person.name.clone(),
        role_label: caller.person.title.clone(),
        ways: ways(app, caller).await?,
    });
    if let Some(together) = caller.together {
        let name = app.db.person(together.with).await?.map(|person| person.name).unwrap_or_default();
        frame.beside = Some(Beside { name, child: together.child.to_string() });
    }
    Ok(frame)
}

/// What stands around a page for somebody unknown.
pub fn bare_frame(request: &HttpRequest) -> Frame {
    let language = language_of(request);
    let other = if language == Language::Da { "en" } else { "da" };
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let reading = request.method() == actix_web::http::Method::GET;
    Frame {
        language,
        csrf: None,
        reader: None,
        path: request.path().to_owned(),
        other_language: reading.then(|| format!("/sprog/{other}?til={}", encode(here))),
        flash: None,
        look: look::of(request),
        beside: None,
        keeping: Keeping::No,
    }
}

/// Percent-encodes everything that is not unreserved (RFC 3986).
pub fn encode(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Where this person may go, in the order of the menu.
async fn ways(app: &App, caller: &Caller) -> Result<Vec<Way>, Problem> {
    let mut ways = Vec::new();
    let children = app.db.tied_children(caller.id, caller.today, None, 50).await?;
    let (mut readable, mut writes, mut archive) = (Vec::new(), false, false);
    for TiedChild { id, ties, .. } in &children {
        if ties.may(Right::ReadBook) {
            readable.push(*id);
        }
        writes |= ties.may(Right::Contribute) && !ties.roles.contains(&Role::Own);
        archive |=
            ties.roles.contains(&Role::Own) && rights(Role::Own, ties.age).contains(&Right::AskArchive);
    }
    match readable.as_slice() {
        [] => {}
        [child] => ways.push(Way::Book { child: child.to_string() }),
        _ => ways.push(Way::Books),
    }
    if writes {
        ways.push(Way::Contribute);
    }
    let municipal = app.db.municipal_roles(caller.id, caller.today).await?;
    if municipal.iter().any(|(role, _)| *role == Role::Leader) {
        ways.push(Way::Overview);
    }
    if archive {
        ways.push(Way::Archive);
    }
    if municipal.iter().any(|(role, _)| seconds_requests(*role)) {
        ways.push(Way::Requests);
    }
    Ok(ways)
}

/// Where somebody lands after signing in.
pub async fn home(app: &App, caller: &Caller) -> Result<String, Problem> {
    Ok(match ways(app, caller).await?.as_slice() {
        [] => "/".into(),
        ways if ways.contains(&Way::Archive) => "/arkiv".into(),
        ways if ways.contains(&Way::Overview) => "/overblik".into(),
        ways if ways.contains(&Way::Requests) => "/arkiv/anmodninger".into(),
        ways if ways.contains(&Way::Contribute) => "/bidrag".into(),
        [Way::Book { child }, ..] => format!("/bog/{child}"),
        _ => "/bog".into(),
    })
}

/// A path on this very service; anything that could lead elsewhere is refused.
fn local_path(next: &str) -> Option<&str> {
    let safe = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.len() <= 500
        && next.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    safe.then_some(next)
}

/// Shows a problem as a page to whoever asked for a page, and sends those who are not signed in to the door.
pub async fn problems_as_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let is_page = !["/api/", "/web/", "/healthz", "/readyz", "/metrics"]
        .iter()
        .any(|prefix| request.path().starts_with(prefix));
    let response = next.call(request).await?;
    if !is_page {
        return Ok(response.map_into_boxed_body());
    }
    let request = response.request().clone();
    let Some(page) = response.response().error().and_then(|error| error.as_error::<Problem>()) else {
        return Ok(response.map_into_boxed_body());
    };
    let answer = problem_page(&request, page).await;
    Ok(ServiceResponse::new(request, answer).map_into_boxed_body())
}

async fn problem_page(request: &HttpRequest, problem: &Problem) -> HttpResponse {
    let signed_out = matches!(problem, Problem::NotSignedIn | Problem::SessionOver);
    if signed_out && request.method() == actix_web::http::Method::GET {
        let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let why = if matches!(problem, Problem::SessionOver) { "&hvorfor=udloebet" } else { "" };
        let door = format!("/ind?next={}{why}", encode(here));
        return see_other(&door);
    }
    let mut frame = bare_frame(request);
    if let Some(app) = request.app_data::<Data<App>>()
        && let Ok(Some(caller)) = identify(app, request).await
        && let Ok(known) = self::frame(app, request, &caller).await
    {
        frame = known;
    }
    let (da, en) = problem.words();
    let words = if frame.language == Language::Da { da } else { en };
    let (code, status) = problem.code();
    let page = html::Problem {
        title: words.title,
        detail: Some(words.detail),
        next_step: Some(words.next_step),
        code: code.into(),
    };
    match html::render(&page, &frame) {
        Ok(html) => html_answer(&mut HttpResponse::build(status), html),
        Err(error) => {
            tracing::error!(%error, "the problem page cannot be rendered");
            actix_web::ResponseError::error_response(problem)
        }
    }
}
