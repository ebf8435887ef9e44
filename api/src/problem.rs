//! Answers that say no: RFC 9457 problems with a stable code and the next step, in Danish and English. The only file that
//! names HTTP status codes. The cause of an inner failure goes to the log, never to the caller.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::db::DbError;

/// Why a request is not done.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("not signed in")]
    NotSignedIn,
    #[error("the session or token is no longer valid")]
    SessionOver,
    #[error("the request did not come from our own page")]
    ForeignOrigin,
    /// Also for what is there but not for this caller: nobody learns that something exists.
    #[error("not found")]
    NotFound,
    #[error("method not allowed")]
    MethodNotAllowed,
    #[error("not permitted")]
    NotPermitted,
    #[error("a login was refused")]
    LoginFailed,
    #[error("a login is bound to nobody")]
    LoginUnknown,
    #[error("a login is bound to somebody else")]
    LoginTaken,
    #[error("a provider of logins is away")]
    LoginAway,
    #[error("not open at this age yet")]
    NotOpenYet,
    #[error("larger than {limit}")]
    TooLarge { what: Limited, limit: u64 },
    #[error("kind of file not taken: {0}")]
    UnsupportedMedia(String),
    #[error("the file is empty")]
    EmptyFile,
    #[error("the file is cut off")]
    TruncatedFile,
    #[error("the file is damaged")]
    DamagedFile,
    #[error("the scanner found something in the file")]
    InfectedFile,
    #[error("the scanner is away")]
    ScannerAway,
    #[error("the picture has {width} x {height} pixels")]
    TooManyPixels { width: u64, height: u64 },
    #[error("the multipart body has no field `file`")]
    MissingFile,
    #[error("the body cannot be read: {0}")]
    MalformedBody(String),
    #[error("fields are wrong")]
    Invalid(Vec<FieldProblem>),
    #[error("the idempotency key was used for something else")]
    IdempotencyKeyReused,
    #[error("not the version of tus spoken here")]
    TusVersion,
    #[error("the upload stands at {0}")]
    UploadOffset(u64),
    #[error("not ready yet")]
    NotReady,
    #[error("another version was written meanwhile")]
    VersionConflict,
    #[error("nothing has passed its time")]
    NothingDue,
    #[error("this was decided before")]
    AlreadyDecided,
    #[error("another person has to agree")]
    SamePerson,
    #[error("printed before something in it was covered")]
    PrintedBefore,
    #[error("the request stands at another step")]
    NotAtThisStep,
    #[error("nothing was handed over yet")]
    NotDelivered,
    #[error("only for grown people")]
    NotGrown,
    #[error("the book is the grown person's own")]
    HandedOver,
    #[error("the one the book is about has died")]
    ClosedByDeath,
    #[error("nobody else has said yes to who came in")]
    NotConfirmed,
    #[error("the policy or a hold keeps it")]
    MustStay,
    #[error("the child has no person of its own")]
    NoOwnPerson,
    #[error("too many attempts; wait {0} s")]
    TooManyAttempts(u64),
    #[error("the range lies outside the file")]
    RangeOutside(u64),
    #[error("no room left")]
    StorageFull,
    #[error("a part is away: {0}")]
    Unavailable(String),
    #[error("the deposit is kept but not finished")]
    NotSealedYet,
    #[error("internal: {0}")]
    Internal(String),
}

/// What a limit is put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    Photo,
    Document,
    Recording,
    Text,
    Body,
}

impl Limited {
    fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Document => "document",
            Self::Recording => "recording",
            Self::Text => "text",
            Self::Body => "body",
        }
    }
}

/// One field that has to be put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's name in the request, for example `texts[0].text`.
    pub field: String,
    /// A stable code.
    pub code: &'static str,
    pub da: String,
    pub en: String,
}

impl FieldProblem {
    pub fn new(
        field: impl Into<String>,
        code: &'static str,
        da: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { field: field.into(), code, da: da.into(), en: en.into() }
    }
}

/// A problem in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    pub title: String,
    pub detail: String,
    pub next_step: String,
}

/// The body of an `application/problem+json` answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemJson {
    /// Always `about:blank`: the stable name is `code`.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    #[schema(example = 404)]
    status: u16,
    /// Stable, for programs.
    #[schema(example = "not_found")]
    code: &'static str,
    /// Danish; the English words stand under `en`.
    title: String,
    detail: String,
    next_step: String,
    #[schema(value_type = Object)]
    en: Words,
    /// The limit in bytes or characters, where one was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
    /// The fields to put right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    fields: Vec<FieldProblem>,
}

impl Problem {
    /// Stable code for programs, and the HTTP status that goes with it.
    pub fn code(&self) -> (&'static str, StatusCode) {
        match self {
            Self::NotSignedIn => ("not_signed_in", StatusCode::UNAUTHORIZED),
            Self::SessionOver => ("session_over", StatusCode::UNAUTHORIZED),
            Self::ForeignOrigin => ("foreign_origin", StatusCode::FORBIDDEN),
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND),
            Self::MethodNotAllowed => ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
            Self::NotPermitted => ("not_permitted", StatusCode::FORBIDDEN),
            Self::LoginFailed => ("login_failed", StatusCode::FORBIDDEN),
            Self::LoginUnknown => ("login_unknown", StatusCode::FORBIDDEN),
            Self::LoginTaken => ("login_taken", StatusCode::CONFLICT),
            Self::LoginAway => ("login_away", StatusCode::SERVICE_UNAVAILABLE),
            Self::NotOpenYet => ("not_open_yet", StatusCode::FORBIDDEN),
            Self::TooLarge { .. } => ("too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::UnsupportedMedia(_) => ("unsupported_media", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::EmptyFile => ("empty_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::TruncatedFile => ("truncated_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::DamagedFile => ("damaged_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::InfectedFile => ("infected_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::ScannerAway => ("scanner_away", StatusCode::SERVICE_UNAVAILABLE),
            Self::TooManyPixels { .. } => ("too_many_pixels", StatusCode::PAYLOAD_TOO_LARGE),
            Self::MissingFile => ("missing_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::MalformedBody(_) => ("malformed_body", StatusCode::BAD_REQUEST),
            Self::Invalid(_) => ("invalid_fields", StatusCode::UNPROCESSABLE_ENTITY),
            Self::IdempotencyKeyReused => ("idempotency_key_reused", StatusCode::UNPROCESSABLE_ENTITY),
            Self::TusVersion => ("tus_version", StatusCode::PRECONDITION_FAILED),
            Self::UploadOffset(_) => ("upload_offset", StatusCode::CONFLICT),
            Self::NotReady => ("not_ready", StatusCode::CONFLICT),
            Self::VersionConflict => ("version_conflict", StatusCode::CONFLICT),
            Self::NothingDue => ("nothing_due", StatusCode::CONFLICT),
            Self::AlreadyDecided => ("already_decided", StatusCode::CONFLICT),
            Self::SamePerson => ("same_person", StatusCode::CONFLICT),
            Self::PrintedBefore => ("printed_before", StatusCode::GONE),
            Self::NotAtThisStep => ("not_at_this_step", StatusCode::CONFLICT),
            Self::NotDelivered => ("not_delivered", StatusCode::CONFLICT),
            Self::NotGrown => ("not_grown", StatusCode::FORBIDDEN),
            Self::HandedOver => ("handed_over", StatusCode::FORBIDDEN),
            Self::ClosedByDeath => ("closed_by_death", StatusCode::FORBIDDEN),
            Self::NotConfirmed => ("not_confirmed", StatusCode::FORBIDDEN),
            Self::MustStay => ("must_stay", StatusCode::CONFLICT),
            Self::NoOwnPerson => ("no_own_person", StatusCode::CONFLICT),
            Self::TooManyAttempts(_) => ("too_many_attempts", StatusCode::TOO_MANY_REQUESTS),
            Self::RangeOutside(_) => ("range_outside", StatusCode::RANGE_NOT_SATISFIABLE),
            Self::StorageFull => ("storage_full", StatusCode::INSUFFICIENT_STORAGE),
            Self::Unavailable(_) => ("unavailable", StatusCode::SERVICE_UNAVAILABLE),
            Self::NotSealedYet => ("not_sealed_yet", StatusCode::SERVICE_UNAVAILABLE),
            Self::Internal(_) => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// True for what is refused for the service's sake and not for what was asked: the same goes in another time.
    pub fn is_ours(&self) -> bool {
        matches!(
            self,
            Self::StorageFull
                | Self::Unavailable(_)
                | Self::NotSealedYet
                | Self::ScannerAway
                | Self::Internal(_)
        )
    }

    /// The problem for a person who reads Danish, and for one who reads English.
    pub fn words(&self) -> (Words, Words) {
        (self.words_in("da"), self.words_in("en"))
    }

    /// The texts stand in `web/texts`, under `problem-<code>-title`, `-detail` and `-next`.
    fn words_in(&self, language: &str) -> Words {
        let key = format!("problem-{}", self.code().0.replace('_', "-"));
        let say = |part: &str| {
            let text = web::text(language, &format!("{key}-{part}"), &self.facts());
            text.unwrap_or_else(|_| self.code().0.to_owned())
        };
        let detail = match self {
            Self::Invalid(fields) => {
                let pick =
                    |field: &FieldProblem| if language == "da" { field.da.clone() } else { field.en.clone() };
                fields.iter().map(pick).collect::<Vec<_>>().join(" ")
            }
            Self::TooLarge { what, .. } => say(&format!("detail-{}", what.as_str())),
            _ => say("detail"),
        };
        Words { title: say("title"), detail, next_step: say("next") }
    }

    /// What the texts may name.
    fn facts(&self) -> web::Args<'static> {
        let mut facts = web::Args::new();
        let mut set = |name: &'static str, value: String| facts.set(name, value);
        match self {
            Self::TooLarge { limit, .. } => {
                set("megabytes", (limit / 1_000_000).to_string());
                set("limit", limit.to_string());
            }
            Self::UnsupportedMedia(found) => set("found", found.clone()),
            Self::TooManyPixels { width, height } => {
                set("width", width.to_string());
                set("height", height.to_string());
            }
            Self::MalformedBody(why) => set("why", why.clone()),
            Self::UploadOffset(offset) => set("offset", offset.to_string()),
            Self::TooManyAttempts(seconds) => set("seconds", seconds.to_string()),
            Self::RangeOutside(size) => set("size", size.to_string()),
            _ => {}
        }
        facts
    }

    fn json(&self) -> ProblemJson {
        let (code, status) = self.code();
        let (da, en) = self.words();
        let limit = match self {
            Self::TooLarge { limit, .. } => Some(*limit),
            _ => None,
        };
        let fields = match self {
            Self::Invalid(fields) => fields.clone(),
            _ => Vec::new(),
        };
        ProblemJson {
            kind: "about:blank",
            status: status.as_u16(),
            code,
            title: da.title,
            detail: da.detail,
            next_step: da.next_step,
            en,
            limit,
            fields,
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code().1
    }

    fn error_response(&self) -> HttpResponse {
        let (code, status) = self.code();
        match self {
            Self::Internal(cause) => tracing::error!(code, cause, "request failed"),
            Self::Unavailable(cause) => tracing::warn!(code, cause, "request failed"),
            _ => {}
        }
        let mut response = HttpResponse::build(status);
        match self {
            Self::NotSignedIn | Self::SessionOver => {
                response.insert_header((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
            }
            Self::TooManyAttempts(seconds) => {
                response.insert_header((header::RETRY_AFTER, *seconds));
            }
            Self::NotReady
            | Self::Unavailable(_)
            | Self::NotSealedYet
            | Self::ScannerAway
            | Self::LoginAway => {
                response.insert_header((header::RETRY_AFTER, 5));
            }
            Self::RangeOutside(size) => {
                response.insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
            }
            Self::TusVersion => {
                response.insert_header(("Tus-Version", "1.0.0"));
            }
            // The rest of a body that is too large is not read: the connection cannot be used again.
            Self::TooLarge { .. } => {
                response.force_close();
            }
            _ => {}
        }
        response
            .insert_header((header::CONTENT_TYPE, "application/problem+json"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(serde_json::to_vec(&self.json()).unwrap_or_default())
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(cause) => Self::Unavailable(format!("database: {cause}")),
            other => Self::Internal(format!("database: {other}: {:?}", std::error::Error::source(&other))),
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        archive::Error::from(error).into()
    }
}

impl From<archive::Error> for Problem {
    fn from(error: archive::Error) -> Self {
        match error {
            archive::Error::NoSpace(_) => Self::StorageFull,
            archive::Error::Unavailable(_) => Self::Unavailable(format!("archive: {error:?}")),
            archive::Error::NotFound | archive::Error::KeyDestroyed => Self::NotFound,
            archive::Error::AlreadyStaged | archive::Error::OutOfOrder { .. } => Self::VersionConflict,
            other => Self::Internal(format!("archive: {other:?}")),
        }
    }
}

impl From<getrandom::Error> for Problem {
    fn from(error: getrandom::Error) -> Self {
        Self::Unavailable(format!("randomness: {error}"))
    }
}

/// A task that was to finish on its own was stopped.
impl From<tokio::task::JoinError> for Problem {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(format!("task: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_words_in_both_languages() {
        let mut problems = vec![
            Problem::NotSignedIn,
            Problem::SessionOver,
            Problem::ForeignOrigin,
            Problem::NotFound,
            Problem::MethodNotAllowed,
            Problem::NotPermitted,
            Problem::NotOpenYet,
            Problem::LoginFailed,
            Problem::LoginUnknown,
            Problem::LoginTaken,
            Problem::LoginAway,
            Problem::UnsupportedMedia("text/html".into()),
            Problem::EmptyFile,
            Problem::TruncatedFile,
            Problem::DamagedFile,
            Problem::InfectedFile,
            Problem::ScannerAway,
            Problem::TooManyPixels { width: 70_000, height: 70_000 },
            Problem::MissingFile,
            Problem::MalformedBody("?".into()),
            Problem::Invalid(vec![FieldProblem::new("title", "required", "Mangler.", "Missing.")]),
            Problem::IdempotencyKeyReused,
            Problem::TusVersion,
            Problem::UploadOffset(7),
            Problem::NotReady,
            Problem::VersionConflict,
            Problem::NothingDue,
            Problem::AlreadyDecided,
            Problem::SamePerson,
            Problem::PrintedBefore,
            Problem::NotAtThisStep,
            Problem::NotDelivered,
            Problem::NotGrown,
            Problem::MustStay,
            Problem::NoOwnPerson,
            Problem::TooManyAttempts(30),
            Problem::RangeOutside(10),
            Problem::StorageFull,
            Problem::Unavailable(String::new()),
            Problem::NotSealedYet,
            Problem::Internal("the cause".into()),
        ];
        for what in [Limited::Photo, Limited::Document, Limited::Recording, Limited::Text, Limited::Body] {
            problems.push(Problem::TooLarge { what, limit: 50_000_000 });
        }
        for problem in problems {
            let (code, _) = problem.code();
            let (da, en) = problem.words();
            for words in [da, en] {
                for text in [&words.title, &words.detail, &words.next_step] {
                    assert!(!text.is_empty() && text != code && !text.contains('$'), "{code}: {text:?}");
                    assert!(!text.contains("the cause"), "{code} tells its cause");
                }
            }
        }
    }
}
