//! Signing in with a login that somebody else vouches for: the municipality's broker, by OpenID Connect (authorization code
//! with PKCE). It tells who somebody is; what they may do still follows from their roles. Nobody is registered by this: a
//! login opens the service for the one person it was bound to, in a session of that person's.

mod provider;
mod token;

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::sync::Cache;
use reqwest::Url;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use self::provider::Provider;
use self::token::{Expected, Refused};
use crate::app::App;
use crate::auth::digest;
use crate::config::OidcSetting;
use crate::db::accounts::{CredentialKind, WayIn};
use crate::db::bindings::Binding;
use crate::domain::ids::PersonId;
use crate::problem::Problem;

/// So long somebody may take to sign in over there.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// So many may be at it at once; beyond, the oldest begin again.
const AT_ONCE: usize = 10_000;

/// What is known of providers, and who is over there right now. In memory: after a restart somebody presses once more.
pub struct Logins {
    /// Each behind a lock of its own: one that is slow to answer holds nobody else up.
    found: HashMap<String, Mutex<Option<Arc<Provider>>>>,
    begun: Cache<String, Begun>,
}

impl Logins {
    /// At these providers.
    pub fn at(providers: &[OidcSetting]) -> Self {
        let found = providers.iter().map(|setting| (setting.id.clone(), Mutex::default())).collect();
        Self { found, begun: Cache::new(AT_ONCE) }
    }
}

/// Somebody is over there.
#[derive(Clone)]
struct Begun {
    provider: String,
    /// SHA-256 of the secret that their browser holds.
    browser: String,
    nonce: String,
    verifier: String,
    purpose: Purpose,
    until: DateTime<Utc>,
}

/// What for.
#[derive(Clone)]
pub enum Purpose {
    /// To come in, and go on to a path of ours.
    SignIn { next: Option<String> },
    /// To bind the login to the person of this session.
    Bind { session: String },
}

/// Where somebody is sent.
pub struct Sent {
    /// The provider's address.
    pub place: String,
    /// What their browser keeps meanwhile.
    pub browser: String,
}

/// What came back with somebody.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Who came back.
pub enum Arrived {
    In { person: PersonId, way: WayIn, next: Option<String> },
    Bound,
}

/// The provider with this name in our addresses.
pub fn setting<'a>(app: &'a App, id: &str) -> Result<&'a OidcSetting, Problem> {
    app.config.oidc.iter().find(|setting| setting.id == id).ok_or(Problem::NotFound)
}

/// Begins a login: where to send somebody.
pub async fn begin(app: &App, setting: &OidcSetting, purpose: Purpose) -> Result<Sent, Problem> {
    let provider = found(app, setting, false).await?;
    let (state, browser) = (app.new_secret()?, app.new_secret()?);
    let (nonce, verifier) = (app.new_secret()?, app.new_secret()?);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    let mut place = url(&provider.metadata.authorization_endpoint)?;
    let scopes: Vec<&str> =
        std::iter::once("openid").chain(setting.scopes.iter().map(String::as_str)).collect();
    place
        .query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &setting.client_id)
        .append_pair("redirect_uri", &redirect_uri(app, setting))
        .append_pair("scope", &scopes.join(" "))
        .append_pair("state", &state)
        .append_pair("nonce", &nonce)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    if !setting.acr.is_empty() {
        place.query_pairs_mut().append_pair("acr_values", &setting.acr.join(" "));
    }
    let begun = Begun {
        provider: setting.id.clone(),
        browser: digest(&browser),
        nonce,
        verifier,
        purpose,
        until: app.now() + PATIENCE,
    };
    app.logins.begun.insert(digest(&state), begun);
    Ok(Sent { place: place.into(), browser })
}

/// Takes somebody in who comes back. Each answer counts once, in the browser that was sent, and in time.
pub async fn arrive(
    app: &App,
    setting: &OidcSetting,
    answer: &Answer,
    browser: Option<&str>,
    session: Option<&str>,
) -> Result<Arrived, Problem> {
    let state = digest(answer.state.as_deref().unwrap_or_default());
    let begun = app.logins.begun.remove(&state).map(|(_, begun)| begun);
    let is_theirs = |begun: &Begun| {
        begun.provider == setting.id
            && browser.is_some_and(|browser| digest(browser) == begun.browser)
            && app.now() < begun.until
    };
    let Some(begun) = begun.filter(is_theirs) else {
        return Err(failed(setting, "no such login is under way"));
    };
    let subject = whose(app, setting, answer, &begun).await?;
    let login = digest(&format!("{}\n{subject}", setting.issuer));
    match begun.purpose {
        Purpose::SignIn { next } => {
            let Some(binding) = app.db.binding(&login).await? else {
                tracing::info!(provider = setting.id, "a login that is bound to nobody");
                return Err(Problem::LoginUnknown);
            };
            let way = WayIn { opening: binding.opening, ..WayIn::default() };
            Ok(Arrived::In { person: binding.person, way, next })
        }
        Purpose::Bind { session: begun_in } => {
            // Whoever signed out meanwhile, or in as somebody else, binds nothing.
            let session = session.filter(|session| *session == begun_in).unwrap_or_default();
            bind(app, setting, &login, session).await
        }
    }
}

/// Binds a login to the person of a session. A session that somebody let the person into anew passes on what it may not
/// open yet: a login bound in it opens no more of the person's own pages than the session itself.
async fn bind(app: &App, setting: &OidcSetting, login: &str, session: &str) -> Result<Arrived, Problem> {
    let now = app.now();
    let session = app.db.credential(CredentialKind::Session, session).await?;
    let session = session.filter(|session| session.expires_at.is_some_and(|end| now < end));
    let session = session.ok_or_else(|| failed(setting, "the session in which it began is over"))?;
    // Who holds a child's tablet while it is signed in must not come back as the child from elsewhere.
    if session.way.device.is_some() {
        return Err(Problem::NotPermitted);
    }
    let binding = Binding {
        login: login.to_owned(),
        person: session.person,
        issuer: setting.issuer.clone(),
        opening: session.way.opening,
        at: now,
    };
    if app.db.put_binding(&binding).await? { Ok(Arrived::Bound) } else { Err(Problem::LoginTaken) }
}

/// Whom the provider says it is.
async fn whose(app: &App, setting: &OidcSetting, answer: &Answer, begun: &Begun) -> Result<String, Problem> {
    if answer.error.is_some() {
        return Err(failed(setting, "the provider says no"));
    }
    let provider = found(app, setting, false).await?;
    let names_its_issuer = provider.metadata.authorization_response_iss_parameter_supported;
    match &answer.iss {
        Some(issuer) if *issuer != setting.issuer => return Err(failed(setting, "another issuer answers")),
        None if names_its_issuer => return Err(failed(setting, "the answer does not name its issuer")),
        _ => {}
    }
    let code = answer.code.as_deref().unwrap_or_default();
    let token = provider.token(setting, code, &begun.verifier, &redirect_uri(app, setting)).await;
    let token = token.map_err(|error| failed(setting, &error.to_string()))?;
    let expected = Expected {
        issuer: &setting.issuer,
        client_id: &setting.client_id,
        nonce: &begun.nonce,
        now: app.now(),
        acr: &setting.acr,
        claim: &setting.claim,
    };
    let subject = match token::subject(&token, &provider.keys, &expected) {
        Err(Refused::UnknownKey) => {
            let provider = found(app, setting, true).await?;
            token::subject(&token, &provider.keys, &expected)
        }
        judged => judged,
    };
    subject.map_err(|refused| failed(setting, &refused.to_string()))
}

/// Where somebody signs out at the provider too, where it has such a place. No token goes along: the provider asks.
pub async fn sign_out_place(app: &App, setting: &OidcSetting) -> Result<Option<String>, Problem> {
    let provider = found(app, setting, false).await?;
    let Some(place) = &provider.metadata.end_session_endpoint else { return Ok(None) };
    let mut place = url(place)?;
    let back = format!("{}/", app.config.public_url());
    place
        .query_pairs_mut()
        .append_pair("client_id", &setting.client_id)
        .append_pair("post_logout_redirect_uri", &back);
    Ok(Some(place.into()))
}

/// Where providers send people back to: from the settings alone, never from a request.
fn redirect_uri(app: &App, setting: &OidcSetting) -> String {
    format!("{}/ind/login/{}/svar", app.config.public_url(), setting.id)
}

/// The provider as it was found within the hour, or `anew`.
async fn found(app: &App, setting: &OidcSetting, anew: bool) -> Result<Arc<Provider>, Problem> {
    let now = app.now();
    let mut known = app.logins.found.get(&setting.id).ok_or(Problem::NotFound)?.lock().await;
    if let Some(provider) = known.as_ref().filter(|provider| !anew && provider.is_fresh(now)) {
        return Ok(provider.clone());
    }
    let provider = Provider::find(setting, now).await.map_err(|error| {
        tracing::warn!(provider = setting.id, %error, "a provider of logins is away");
        Problem::LoginAway
    })?;
    Ok(known.insert(Arc::new(provider)).clone())
}

fn url(place: &str) -> Result<Url, Problem> {
    Url::parse(place).map_err(|error| Problem::Internal(format!("a provider's address: {error}")))
}

/// What went wrong is for the log; whoever tried is told to try again, and nothing of what is there.
fn failed(setting: &OidcSetting, why: &str) -> Problem {
    tracing::warn!(provider = setting.id, why, "a login was refused");
    Problem::LoginFailed
}
