//! Sessions and their cookies: a browser's, and the one by which a child's own device is known.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use chrono::TimeDelta;

use super::digest;
use crate::app::App;
use crate::db::accounts::{Credential, CredentialKind, Together, WayIn};
use crate::db::devices::Device;
use crate::domain::access::Right;
use crate::domain::ids::{OpeningId, PersonId};
use crate::domain::own_page::Gate;
use crate::problem::Problem;

/// The session cookie's name.
pub const SESSION_COOKIE: &str = "livsbog";
/// A session ends this long after sign-in.
const SESSION_HOURS: i64 = 12;
/// The cookie of a child's own device.
const DEVICE_COOKIE: &str = "enhed";
const DEVICE_DAYS: i64 = 365;

/// Opens a session for `person` and gives the cookie to send.
pub async fn open_session(app: &App, person: PersonId, way: WayIn) -> Result<Cookie<'static>, Problem> {
    let secret = app.new_secret()?;
    let now = app.now();
    let session = Credential {
        digest: digest(&secret),
        person,
        csrf: Some(app.new_secret()?),
        created_at: now,
        expires_at: Some(now + TimeDelta::hours(SESSION_HOURS)),
        way,
    };
    app.db.put_credential(CredentialKind::Session, &session).await?;
    Ok(cookie(app, secret, Duration::hours(SESSION_HOURS)))
}

/// Ends the session of this request and gives the cookie that clears it.
pub async fn close_session(app: &App, request: &HttpRequest) -> Result<Cookie<'static>, Problem> {
    if let Some(session) = session_of(request) {
        app.db.delete_credential(&session).await?;
    }
    Ok(cookie(app, String::new(), Duration::ZERO))
}

/// By what the session of this request is known to the database.
pub fn session_of(request: &HttpRequest) -> Option<String> {
    request.cookie(SESSION_COOKIE).map(|cookie| digest(cookie.value()))
}

/// The session cookie with this secret.
pub fn cookie(app: &App, secret: String, age: Duration) -> Cookie<'static> {
    kept_by_the_browser(app, SESSION_COOKIE, secret, age, SameSite::Lax)
}

/// The cookie that makes a device known for a year.
pub fn enrolment_cookie(app: &App, secret: String) -> Cookie<'static> {
    kept_by_the_browser(app, DEVICE_COOKIE, secret, Duration::days(DEVICE_DAYS), SameSite::Strict)
}

fn kept_by_the_browser(
    app: &App,
    name: &'static str,
    secret: String,
    age: Duration,
    same_site: SameSite,
) -> Cookie<'static> {
    Cookie::build(name, secret)
        .path("/")
        .http_only(true)
        .same_site(same_site)
        .secure(app.config.public_url().starts_with("https://"))
        .max_age(age)
        .finish()
}

/// The child's own device that this request comes from.
pub async fn enrolled_device(app: &App, request: &HttpRequest) -> Result<Option<Device>, Problem> {
    let Some(cookie) = request.cookie(DEVICE_COOKIE) else { return Ok(None) };
    let device = app.db.device_with(&digest(cookie.value())).await?;
    Ok(device.filter(|device| app.now() < device.at + TimeDelta::days(DEVICE_DAYS)))
}

/// Whether the own pages of a session are open: one adult alone never opens them.
pub(super) async fn gate(app: &App, opening: Option<OpeningId>) -> Result<Gate, Problem> {
    let Some(id) = opening else { return Ok(Gate::Open) };
    let opening = app.db.opening(id).await?.ok_or(Problem::SessionOver)?;
    Ok(match opening.confirmed {
        Some(_) => Gate::Open,
        None => Gate::Closed { since: opening.at, opened_by: opening.by },
    })
}

/// Who sits beside the child still, and may.
pub(super) async fn together(app: &App, together: Option<Together>) -> Result<Option<Together>, Problem> {
    let Some(together) = together.filter(|together| app.now() < together.until) else { return Ok(None) };
    let ties = app.db.ties(together.with, together.child, app.today()).await?;
    Ok(ties.filter(|ties| ties.may(Right::ReadTogether)).map(|_| together))
}
