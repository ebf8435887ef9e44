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
    #[error("the upload stands at {0}")]
    UploadOffset(u64),
    #[error("not ready yet")]
    NotReady,
    #[error("another version was written meanwhile")]
    VersionConflict,
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

impl Words {
    fn new(title: &str, detail: impl Into<String>, next_step: &str) -> Self {
        Self { title: title.into(), detail: detail.into(), next_step: next_step.into() }
    }
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
            Self::NotOpenYet => ("not_open_yet", StatusCode::FORBIDDEN),
            Self::TooLarge { .. } => ("too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::UnsupportedMedia(_) => ("unsupported_media", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::EmptyFile => ("empty_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::TruncatedFile => ("truncated_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::DamagedFile => ("damaged_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::TooManyPixels { .. } => ("too_many_pixels", StatusCode::PAYLOAD_TOO_LARGE),
            Self::MissingFile => ("missing_file", StatusCode::UNPROCESSABLE_ENTITY),
            Self::MalformedBody(_) => ("malformed_body", StatusCode::BAD_REQUEST),
            Self::Invalid(_) => ("invalid_fields", StatusCode::UNPROCESSABLE_ENTITY),
            Self::IdempotencyKeyReused => ("idempotency_key_reused", StatusCode::UNPROCESSABLE_ENTITY),
            Self::UploadOffset(_) => ("upload_offset", StatusCode::CONFLICT),
            Self::NotReady => ("not_ready", StatusCode::CONFLICT),
            Self::VersionConflict => ("version_conflict", StatusCode::CONFLICT),
            Self::TooManyAttempts(_) => ("too_many_attempts", StatusCode::TOO_MANY_REQUESTS),
            Self::RangeOutside(_) => ("range_outside", StatusCode::RANGE_NOT_SATISFIABLE),
            Self::StorageFull => ("storage_full", StatusCode::INSUFFICIENT_STORAGE),
            Self::Unavailable(_) => ("unavailable", StatusCode::SERVICE_UNAVAILABLE),
            Self::NotSealedYet => ("not_sealed_yet", StatusCode::SERVICE_UNAVAILABLE),
            Self::Internal(_) => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// The problem for a person who reads Danish, and for one who reads English.
    pub fn words(&self) -> (Words, Words) {
        match self {
            Self::NotSignedIn => (
                Words::new(
                    "Du er ikke logget ind",
                    "Siden er kun for dem, der hører til.",
                    "Log ind, og prøv igen.",
                ),
                Words::new(
                    "You are not signed in",
                    "This is only for those it concerns.",
                    "Sign in and try again.",
                ),
            ),
            Self::SessionOver => (
                Words::new(
                    "Du er blevet logget ud",
                    "Der er gået for lang tid.",
                    "Log ind igen. Det, du har skrevet, ligger der endnu.",
                ),
                Words::new(
                    "You have been signed out",
                    "Too much time has passed.",
                    "Sign in again. What you wrote is still there.",
                ),
            ),
            Self::ForeignOrigin => (
                Words::new(
                    "Det kunne vi ikke tage imod",
                    "Formularen kom ikke fra vores egen side.",
                    "Åbn siden igen, og send derfra.",
                ),
                Words::new(
                    "We could not take that",
                    "The form did not come from our own page.",
                    "Open the page again and send from there.",
                ),
            ),
            Self::NotFound => (
                Words::new(
                    "Det findes ikke her",
                    "Enten er adressen forkert, eller også er det ikke dit.",
                    "Gå tilbage til forsiden.",
                ),
                Words::new(
                    "It is not here",
                    "Either the address is wrong, or it is not yours.",
                    "Go back to the front page.",
                ),
            ),
            Self::MethodNotAllowed => (
                Words::new(
                    "Det kan man ikke her",
                    "Adressen findes, men ikke til det.",
                    "Se hvad adressen kan, i /api/v1/openapi.json.",
                ),
                Words::new(
                    "That cannot be done here",
                    "The address exists, but not for this.",
                    "See what it can do in /api/v1/openapi.json.",
                ),
            ),
            Self::NotPermitted => (
                Words::new(
                    "Det må du ikke",
                    "Du kender barnet, men din rolle giver ikke lov til det her.",
                    "Spørg barnets rådgiver, hvis du mener, du skal kunne.",
                ),
                Words::new(
                    "You may not do that",
                    "You know the child, but your role does not allow this.",
                    "Ask the child's caseworker if you think it should.",
                ),
            ),
            Self::NotOpenYet => (
                Words::new(
                    "Det er ikke åbent endnu",
                    "Teksterne her er skrevet til nogen, der er ældre.",
                    "Spørg en af dine voksne, om I skal læse det sammen.",
                ),
                Words::new(
                    "It is not open yet",
                    "These texts are written for someone older.",
                    "Ask one of your adults to read it with you.",
                ),
            ),
            _ => self.words_about_content(),
        }
    }

    fn words_about_content(&self) -> (Words, Words) {
        match self {
            Self::TooLarge { what, limit } => too_large(*what, *limit),
            Self::UnsupportedMedia(found) => (
                Words::new(
                    "Den slags fil kan vi ikke gemme",
                    format!(
                        "Filen er {found}. Vi tager billeder, PDF, tekst, Word, OpenDocument, Excel, PowerPoint, e-mail, lyd og video."
                    ),
                    "Gem den som et billede eller en PDF, og send den igen.",
                ),
                Words::new(
                    "We cannot keep that kind of file",
                    format!(
                        "The file is {found}. We take pictures, PDF, text, Word, OpenDocument, Excel, PowerPoint, e-mail, sound and video."
                    ),
                    "Save it as a picture or a PDF and send it again.",
                ),
            ),
            Self::EmptyFile => (
                Words::new(
                    "Filen er tom",
                    "Der er ingenting i den.",
                    "Vælg filen igen, og se efter at den kan åbnes.",
                ),
                Words::new(
                    "The file is empty",
                    "There is nothing in it.",
                    "Choose the file again and check that it opens.",
                ),
            ),
            Self::TruncatedFile => (
                Words::new(
                    "Billedet er ikke helt",
                    "Det er klippet over undervejs, så noget af det mangler.",
                    "Send det fra telefonen igen, helst på wifi.",
                ),
                Words::new(
                    "The picture is not whole",
                    "It was cut off on the way, so part of it is missing.",
                    "Send it from the phone again, best on wifi.",
                ),
            ),
            Self::DamagedFile => (
                Words::new(
                    "Billedet er gået i stykker",
                    "Der er noget inde i filen, som ikke passer sammen.",
                    "Send det fra telefonen igen, eller tag et skærmbillede af det.",
                ),
                Words::new(
                    "The picture is broken",
                    "Something inside the file does not fit together.",
                    "Send it from the phone again, or take a screenshot of it.",
                ),
            ),
            Self::TooManyPixels { width, height } => (
                Words::new(
                    "Billedet er for stort at vise",
                    format!(
                        "Det er {width} x {height} punkter. Grænsen er 100 millioner punkter og 20.000 på en side."
                    ),
                    "Gem det mindre, og send det igen.",
                ),
                Words::new(
                    "The picture is too large to show",
                    format!(
                        "It is {width} x {height} pixels. The limit is 100 million pixels and 20,000 a side."
                    ),
                    "Save it smaller and send it again.",
                ),
            ),
            Self::MissingFile => (
                Words::new(
                    "Der var ingen fil med",
                    "Formularen har intet felt, der hedder file.",
                    "Vælg en fil, og send igen.",
                ),
                Words::new(
                    "There was no file",
                    "The form has no field named file.",
                    "Choose a file and send again.",
                ),
            ),
            Self::MalformedBody(why) => (
                Words::new(
                    "Vi kunne ikke læse det, du sendte",
                    format!("Det er ikke skrevet, som vi venter det: {why}"),
                    "Se formen i /api/v1/openapi.json, og send igen.",
                ),
                Words::new(
                    "We could not read what you sent",
                    format!("It is not in the form we expect: {why}"),
                    "See the form in /api/v1/openapi.json and send again.",
                ),
            ),
            Self::Invalid(fields) => {
                let join =
                    |pick: fn(&FieldProblem) -> &str| fields.iter().map(pick).collect::<Vec<_>>().join(" ");
                (
                    Words::new(
                        "Der er noget at rette",
                        join(|field| &field.da),
                        "Ret det, og send igen. Intet er gået tabt.",
                    ),
                    Words::new(
                        "There is something to put right",
                        join(|field| &field.en),
                        "Put it right and send again. Nothing is lost.",
                    ),
                )
            }
            Self::IdempotencyKeyReused => (
                Words::new(
                    "Den nøgle er brugt før",
                    "Den samme Idempotency-Key blev brugt til noget andet.",
                    "Brug en ny nøgle til noget nyt.",
                ),
                Words::new(
                    "That key was used before",
                    "The same Idempotency-Key was used for something else.",
                    "Use a new key for something new.",
                ),
            ),
            Self::UploadOffset(offset) => (
                Words::new(
                    "Vi er nået et andet sted til",
                    format!("Vi har {offset} bytes af filen."),
                    "Spørg med HEAD, og send resten.",
                ),
                Words::new(
                    "We are somewhere else in the file",
                    format!("We have {offset} bytes of it."),
                    "Ask with HEAD and send the rest.",
                ),
            ),
            _ => self.words_about_service(),
        }
    }

    fn words_about_service(&self) -> (Words, Words) {
        match self {
            Self::NotReady => (
                Words::new("Den er ikke færdig endnu", "Bogen bliver lavet lige nu.", "Prøv igen om lidt."),
                Words::new(
                    "It is not ready yet",
                    "The book is being made right now.",
                    "Try again in a moment.",
                ),
            ),
            Self::VersionConflict => (
                Words::new(
                    "Nogen rettede samtidig",
                    "Der kom en ny udgave, mens du skrev.",
                    "Hent den nyeste, og ret i den.",
                ),
                Words::new(
                    "Somebody corrected it too",
                    "A new version came while you wrote.",
                    "Fetch the newest and correct that.",
                ),
            ),
            Self::TooManyAttempts(seconds) => (
                Words::new(
                    "Vent lidt",
                    format!("Der er prøvet for mange gange. Prøv igen om {seconds} sekunder."),
                    "Vent, og prøv igen.",
                ),
                Words::new(
                    "Wait a little",
                    format!("There were too many attempts. Try again in {seconds} seconds."),
                    "Wait and try again.",
                ),
            ),
            Self::RangeOutside(size) => (
                Words::new(
                    "Så lang er filen ikke",
                    format!("Filen er {size} bytes."),
                    "Bed om et stykke inden for filen.",
                ),
                Words::new(
                    "The file is not that long",
                    format!("The file is {size} bytes."),
                    "Ask for a part within the file.",
                ),
            ),
            Self::StorageFull => (
                Words::new(
                    "Der er ikke plads lige nu",
                    "Lageret er fuldt. Det, der er gemt, er stadig gemt.",
                    "Behold filen, og prøv igen senere. Sig det til den, der driver tjenesten.",
                ),
                Words::new(
                    "There is no room right now",
                    "The storage is full. What is kept is still kept.",
                    "Keep the file and try again later. Tell whoever runs the service.",
                ),
            ),
            Self::Unavailable(_) => (
                Words::new(
                    "Vi kan ikke lige nu",
                    "En del af tjenesten svarer ikke.",
                    "Behold det, du har skrevet, og prøv igen om lidt.",
                ),
                Words::new(
                    "We cannot right now",
                    "A part of the service does not answer.",
                    "Keep what you wrote and try again in a moment.",
                ),
            ),
            Self::NotSealedYet => (
                Words::new(
                    "Vi er ikke helt færdige",
                    "Det er modtaget og bliver gemt, men vi kan ikke love det endnu.",
                    "Send igen med den samme Idempotency-Key om lidt.",
                ),
                Words::new(
                    "We are not quite done",
                    "It is received and will be kept, but we cannot promise it yet.",
                    "Send again with the same Idempotency-Key in a moment.",
                ),
            ),
            _ => (
                Words::new(
                    "Noget gik galt hos os",
                    "Det er vores fejl, ikke din.",
                    "Behold det, du har skrevet, og prøv igen om lidt.",
                ),
                Words::new(
                    "Something went wrong here",
                    "It is our fault, not yours.",
                    "Keep what you wrote and try again in a moment.",
                ),
            ),
        }
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

fn too_large(what: Limited, limit: u64) -> (Words, Words) {
    let megabytes = limit / 1_000_000;
    let (da, en) = match what {
        Limited::Photo => {
            (format!("Et billede må fylde {megabytes} MB."), format!("A picture may be {megabytes} MB."))
        }
        Limited::Document => {
            (format!("Et dokument må fylde {megabytes} MB."), format!("A document may be {megabytes} MB."))
        }
        Limited::Recording => (
            format!("Lyd og video må fylde {megabytes} MB."),
            format!("Sound and video may be {megabytes} MB."),
        ),
        Limited::Text => {
            (format!("En tekst må være på {limit} tegn."), format!("A text may be {limit} characters."))
        }
        Limited::Body => {
            (format!("Det hele må fylde {limit} bytes."), format!("The whole may be {limit} bytes."))
        }
    };
    (
        Words::new("Det er for stort", da, "Gør det mindre, eller del det i flere."),
        Words::new("It is too large", en, "Make it smaller, or split it."),
    )
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
            Self::NotReady | Self::Unavailable(_) | Self::NotSealedYet => {
                response.insert_header((header::RETRY_AFTER, 5));
            }
            Self::RangeOutside(size) => {
                response.insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
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

impl From<archive::Error> for Problem {
    fn from(error: archive::Error) -> Self {
        match error {
            archive::Error::NoSpace(_) => Self::StorageFull,
            archive::Error::Unavailable(_) => Self::Unavailable(format!("archive: {error:?}")),
            archive::Error::NotFound | archive::Error::KeyDestroyed => Self::NotFound,
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
