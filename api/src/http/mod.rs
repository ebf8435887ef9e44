//! Handlers: take apart the request, call a use case, answer. No SQL, no rules.

pub mod books;
pub mod children;
pub mod editions;
pub mod entries;
pub mod hear_out;
pub mod media;
pub mod pages;
pub mod service;
mod shapes;

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use renderer::book::Language;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::db::deposits::Idempotency;
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

/// A JSON body together with the digest of its bytes.
pub struct Body<T> {
    pub value: T,
    pub digest: String,
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = request.app_data::<web::Data<App>>().map_or(0, |app| app.config.limits.json_bytes);
        let is_json = request.content_type().eq_ignore_ascii_case("application/json");
        let content_type: String = request.content_type().chars().take(80).collect();
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_json {
                return Err(Problem::UnsupportedMedia(content_type));
            }
            let bytes = bytes.await.map_err(|error| body_problem(&error, limit))?;
            let value =
                serde_json::from_slice(&bytes).map_err(|error| Problem::MalformedBody(error.to_string()))?;
            Ok(Self { value, digest: hex::encode(Sha256::digest(&bytes)) })
        })
    }
}

fn body_problem(error: &actix_web::Error, limit: usize) -> Problem {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Problem::TooLarge { what: Limited::Body, limit: limit as u64 },
        _ => Problem::MalformedBody("the connection was cut".into()),
    }
}

/// The caller's own name for this request, from `Idempotency-Key`.
pub struct RequestKey(pub Option<String>);

impl RequestKey {
    /// Together with what was asked.
    pub fn with(self, request_digest: &str) -> Option<Idempotency> {
        self.0.map(|key| Idempotency { key, request_digest: request_digest.to_owned() })
    }
}

impl FromRequest for RequestKey {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = request.headers().get("Idempotency-Key");
        std::future::ready(match key.map(|key| key.to_str()) {
            None => Ok(Self(None)),
            Some(Ok(key)) if (1..=255).contains(&key.len()) => Ok(Self(Some(key.to_owned()))),
            Some(_) => {
                let (da, en) =
                    ("Nøglen skal have 1 til 255 ASCII-tegn.", "The key has 1 to 255 ASCII characters.");
                Err(Problem::Invalid(vec![FieldProblem::new("Idempotency-Key", "out_of_range", da, en)]))
            }
        })
    }
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
