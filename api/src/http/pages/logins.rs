//! Coming in with a login of one's own (OpenID Connect), connecting it, and signing out of it.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{self, Login, SignedOut};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::register::{done, flash};
use super::{bare_frame, encode, frame, home, local_path, show};
use crate::accounts;
use crate::app::App;
use crate::auth::{Caller, open_session, session_of};
use crate::config::OidcSetting;
use crate::db::accounts::WayIn;
use crate::domain::ids::PersonId;
use crate::http::Body;
use crate::oidc::{self, Answer, Arrived, Purpose, Sent};
use crate::problem::Problem;

/// What the browser holds while somebody signs in elsewhere.
const UNDER_WAY: &str = "undervejs";
/// Where somebody signed in, so that they can sign out there too.
const SIGNED_IN_AT: &str = "login";
const OURS: &str = "/ind/login";

/// `?next=` and what was done in the step before.
#[derive(Deserialize)]
pub struct Opened {
    next: Option<String>,
    gjort: Option<String>,
}

/// `GET /ind/login/{provider}`: on to the provider.
pub async fn go(
    app: Data<App>,
    provider: Path<String>,
    opened: Query<Opened>,
) -> Result<HttpResponse, Problem> {
    let setting = oidc::setting(&app, &provider)?;
    let next = opened.next.as_deref().and_then(local_path).map(str::to_owned);
    Ok(sent(&app, oidc::begin(&app, setting, Purpose::SignIn { next }).await?))
}

/// `GET /ind/login/{provider}/forbind`: the same, to connect the login to whoever is signed in.
pub async fn connect(
    app: Data<App>,
    _: Caller,
    provider: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let setting = oidc::setting(&app, &provider)?;
    let session = session_of(&request).ok_or(Problem::NotPermitted)?;
    Ok(sent(&app, oidc::begin(&app, setting, Purpose::Bind { session }).await?))
}

/// `GET /ind/login/{provider}/svar`: back from the provider.
pub async fn back(
    app: Data<App>,
    provider: Path<String>,
    answer: Query<Answer>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let setting = oidc::setting(&app, &provider)?;
    let browser = request.cookie(UNDER_WAY);
    let browser = browser.as_ref().map(Cookie::value);
    let session = session_of(&request);
    match oidc::arrive(&app, setting, &answer, browser, session.as_deref()).await? {
        Arrived::Bound => Ok(done(OURS, "login")),
        Arrived::In { person, way, next } => let_in(&app, setting, (person, way), next).await,
    }
}

async fn let_in(
    app: &App,
    setting: &OidcSetting,
    (person, way): (PersonId, WayIn),
    next: Option<String>,
) -> Result<HttpResponse, Problem> {
    let place = match next {
        Some(next) => next,
        None => home(app, &accounts::caller(app, person).await?).await?,
    };
    Ok(HttpResponse::SeeOther()
        .cookie(open_session(app, person, way).await?)
        .cookie(kept(app, SIGNED_IN_AT, setting.id.clone(), "/", Duration::hours(12)))
        .cookie(kept(app, UNDER_WAY, String::new(), OURS, Duration::ZERO))
        .insert_header((LOCATION, place))
        .finish())
}

/// `GET /ind/login`: which logins open the service for whoever is signed in.
pub async fn list(
    app: Data<App>,
    caller: Caller,
    opened: Query<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    let bound = app.db.bindings_of(caller.id).await?;
    let logins = app.config.oidc.iter().map(|setting| {
        let is_bound = bound.iter().any(|binding| binding.issuer == setting.issuer);
        let forget = is_bound.then(|| format!("{OURS}/{}/fjern", setting.id));
        Login { name: setting.name.clone(), href: format!("{OURS}/{}/forbind", setting.id), forget }
    });
    let next = match opened.next.as_deref().and_then(local_path) {
        Some(next) => next.to_owned(),
        None => home(&app, &caller).await?,
    };
    show(&html::Logins { logins: logins.collect(), next }, &frame)
}

/// `POST /ind/login/{provider}/fjern`: from now on it opens nothing.
pub async fn forget(
    app: Data<App>,
    caller: Caller,
    provider: Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    body.form_of::<IgnoredAny>(&caller).await?;
    app.db.forget_bindings(caller.id, &oidc::setting(&app, &provider)?.issuer).await?;
    Ok(done(OURS, "loginaway"))
}

/// `GET /ud`: signed out here; a link to sign out at the provider too.
pub async fn signed_out(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut login = None;
    if let Some(setting) = signed_in_at(&app, &request)
        // It has such a place or not; that it is away is nobody's trouble here.
        && let Ok(Some(href)) = oidc::sign_out_place(&app, setting).await
    {
        login = Some(Login { name: setting.name.clone(), href, forget: None });
    }
    let mut page = show(&SignedOut { login }, &bare_frame(&request))?;
    let gone = kept(&app, SIGNED_IN_AT, String::new(), "/", Duration::ZERO);
    page.add_cookie(&gone).map_err(|error| Problem::Internal(format!("cookie: {error}")))?;
    Ok(page)
}

/// The provider at which whoever asks has signed in.
pub fn signed_in_at<'a>(app: &'a App, request: &HttpRequest) -> Option<&'a OidcSetting> {
    oidc::setting(app, request.cookie(SIGNED_IN_AT)?.value()).ok()
}

/// What one can sign in with, and where it leads.
pub fn offered(app: &App, next: &str) -> Vec<Login> {
    let next = local_path(next).map(|next| format!("?next={}", encode(next))).unwrap_or_default();
    let login = |setting: &OidcSetting| {
        let href = format!("{OURS}/{}{next}", setting.id);
        Login { name: setting.name.clone(), href, forget: None }
    };
    app.config.oidc.iter().map(login).collect()
}

/// Where somebody who came by a link goes first: to connecting a login, where there is one and none is connected.
pub async fn first_of_all(app: &App, caller: &Caller, home: String) -> Result<String, Problem> {
    let needs_none = app.config.oidc.is_empty() || !app.db.bindings_of(caller.id).await?.is_empty();
    Ok(if needs_none { home } else { format!("{OURS}?next={}", encode(&home)) })
}

fn sent(app: &App, Sent { place, browser }: Sent) -> HttpResponse {
    HttpResponse::SeeOther()
        .cookie(kept(app, UNDER_WAY, browser, OURS, Duration::minutes(10)))
        .insert_header((LOCATION, place))
        .finish()
}

/// Lax, not strict: it has to come along from the provider's page.
fn kept(app: &App, name: &'static str, value: String, path: &'static str, age: Duration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(path)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.public_url().starts_with("https://"))
        .max_age(age)
        .finish()
}
