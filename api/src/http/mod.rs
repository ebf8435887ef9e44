//! Handlers: take apart the request, call a use case, answer. No SQL, no rules.

pub mod arrange;
pub mod books;
pub mod children;
pub mod claims;
pub mod devices;
pub mod disposals;
pub mod editions;
pub mod entries;
pub mod gifts;
pub mod goals;
pub mod hear_out;
pub mod life;
pub mod look_ahead;
pub mod media;
pub mod own_pages;
pub mod ownership;
pub mod pages;
pub mod redactions;
pub mod register;
pub mod requests;
pub mod service;
mod shapes;
pub mod uploads;
pub mod wishes;

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use renderer::book::Language;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use self::shapes::{EntryReceipt, RecordReceipt};
use crate::app::App;
use crate::auth::Caller;
use crate::db::deposits::Idempotency;
use crate::deposit::Deposited;
use crate::problem::{FieldProblem, Limited, Problem};

/// A list, one part at a time.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct List<T> {
    pub items: Vec<T>,
    /// Give it as `cursor` to go on; absent on the last part.
    pub next_cursor: Option<String>,
}

/// Which part of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// From the `next_cursor` of the part before.
    pub cursor: Option<String>,
    /// 1 to 200; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u64>,
}

impl Part {
    pub fn limit(&self) -> Result<u64, Problem> {
        match self.limit {
            None => Ok(50),
            Some(limit) if (1..=200).contains(&limit) => Ok(limit),
            Some(_) => {
                let (da, en) = ("limit skal være mellem 1 og 200.", "limit is between 1 and 200.");
                Err(Problem::Invalid(vec![FieldProblem::new("limit", "out_of_range", da, en)]))
            }
        }
    }

    /// The cursor's parts; `None` at the beginning.
    pub fn cursor<T: DeserializeOwned>(&self) -> Result<Option<T>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
        let parts = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let (da, en) = ("Den cursor kender vi ikke.", "We do not know that cursor.");
        parts
            .map(Some)
            .ok_or_else(|| Problem::Invalid(vec![FieldProblem::new("cursor", "unknown_value", da, en)]))
    }
}

/// A cursor as the caller gives it back.
pub fn cursor<T: Serialize>(parts: &T) -> Option<String> {
    serde_json::to_vec(parts).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// A body that is read when the handler asks for it: only then is it certain that the caller may send one at all.
pub struct Body {
    request: HttpRequest,
    payload: Payload,
}

impl FromRequest for Body {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take() }))
    }
}

impl Body {
    /// The body as JSON, and the digest of its bytes.
    pub async fn json<T: DeserializeOwned>(mut self) -> Result<(T, String), Problem> {
        if !self.request.content_type().eq_ignore_ascii_case("application/json") {
            return Err(Problem::UnsupportedMedia(self.request.content_type().chars().take(80).collect()));
        }
        let bytes = self.bytes().await?;
        let value =
            serde_json::from_slice(&bytes).map_err(|error| Problem::MalformedBody(error.to_string()))?;
        Ok((value, hex::encode(Sha256::digest(&bytes))))
    }

    /// The fields of a page's form; none at all are those of an empty form.
    pub async fn form<T: DeserializeOwned>(mut self) -> Result<T, Problem> {
        fields(&self.bytes().await?)
    }

    /// The fields of a form that somebody signed in sent, after the token in it was checked.
    pub async fn form_of<T: DeserializeOwned>(mut self, caller: &Caller) -> Result<T, Problem> {
        let bytes = self.bytes().await?;
        let token = fields::<Token>(&bytes)?;
        caller.check_form(&token.csrf)?;
        fields(&bytes)
    }

    async fn bytes(&mut self) -> Result<web::Bytes, Problem> {
        let limit = self.request.app_data::<web::Data<App>>().map_or(0, |app| app.config.limits.json_bytes);
        let bytes = web::Bytes::from_request(&self.request, &mut self.payload).await;
        bytes.map_err(|error| body_problem(&error, limit))
    }
}

/// The field with which a form shows that it is ours.
#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    csrf: String,
}

fn fields<T: DeserializeOwned>(form: &[u8]) -> Result<T, Problem> {
    let fields = web::Query::from_query(&String::from_utf8_lossy(form));
    fields.map(web::Query::into_inner).map_err(|error| Problem::MalformedBody(error.to_string()))
}

/// What the address asks for after its `?`, read when the handler asks for it, like [`Body`].
pub struct Asked<T> {
    request: HttpRequest,
    kind: PhantomData<T>,
}

impl<T> FromRequest for Asked<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), kind: PhantomData }))
    }
}

impl<T: DeserializeOwned> Asked<T> {
    /// The query; a field that is not known, or not as it should be, is refused.
    pub fn get(&self) -> Result<T, Problem> {
        let query = web::Query::<T>::from_query(self.request.query_string());
        query.map(web::Query::into_inner).map_err(|_| unknown_query())
    }
}

/// A query that cannot be read: its values are not repeated.
pub fn unknown_query() -> Problem {
    let (da, en) = ("Adressen har et felt, vi ikke kender.", "The address has a field we do not know.");
    Problem::Invalid(vec![FieldProblem::new("query", "unknown_value", da, en)])
}

fn body_problem(error: &actix_web::Error, limit: usize) -> Problem {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Problem::TooLarge { what: Limited::Body, limit: limit as u64 },
        _ => Problem::MalformedBody("the connection was cut".into()),
    }
}

/// The caller's own name for this request, from `Idempotency-Key`; read when the handler asks for it, like [`Body`].
pub struct RequestKey {
    request: HttpRequest,
}

impl FromRequest for RequestKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone() }))
    }
}

impl RequestKey {
    pub fn get(&self) -> Result<Option<String>, Problem> {
        match self.request.headers().get("Idempotency-Key").map(|key| key.to_str()) {
            None => Ok(None),
            Some(Ok(key)) if (1..=255).contains(&key.len()) => Ok(Some(key.to_owned())),
            Some(_) => {
                let (da, en) =
                    ("Nøglen skal have 1 til 255 ASCII-tegn.", "The key has 1 to 255 ASCII characters.");
                Err(Problem::Invalid(vec![FieldProblem::new("Idempotency-Key", "out_of_range", da, en)]))
            }
        }
    }

    /// Together with what was asked, and of whom: the same key at another address is another request.
    pub fn with(&self, body_digest: &str) -> Result<Option<Idempotency>, Problem> {
        let asked = format!("{} {}\n{body_digest}", self.request.method(), self.request.path());
        Ok(self.get()?.map(|key| Idempotency { key, request_digest: crate::auth::digest(&asked) }))
    }
}

/// The answer to a record that is sealed.
fn created(Deposited { id, version, receipt }: Deposited) -> HttpResponse {
    HttpResponse::Created().json(RecordReceipt { id, version, receipt })
}

/// The answer to a page that is sealed; `list` is where its kind is served.
fn created_in(app: &App, list: &str, Deposited { id, version, receipt }: Deposited) -> HttpResponse {
    let place = format!("{}/api/v1/{list}/{id}", app.config.public_url());
    HttpResponse::Created().insert_header((LOCATION, place)).json(EntryReceipt { id, version, receipt })
}

/// The language the reader asked for: the cookie of their own choice, then the browser's, then Danish.
pub fn language_of(request: &HttpRequest) -> Language {
    if let Some(cookie) = request.cookie("sprog") {
        return if cookie.value() == "en" { Language::En } else { Language::Da };
    }
    let header = request.headers().get(actix_web::http::header::ACCEPT_LANGUAGE);
    let first = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = first.split([',', ';', '-']).next().unwrap_or_default().trim();
    if first.eq_ignore_ascii_case("en") { Language::En } else { Language::Da }
}
