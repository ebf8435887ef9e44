//! Coming back after decades: a claim told by somebody nobody knows yet, and what two archivists find.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::web::{Data, Json};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shapes::{Named, RecordReceipt};
use super::{Asked, Body, List, Part, RequestKey, created, cursor};
use crate::app::App;
use crate::auth::{MayAnswerClaim, MaySeeClaims};
use crate::claims::matching::{Candidate, candidates};
use crate::claims::{self, NewClaim, NewFinding, NewWord};
use crate::db::claims::StoredClaim;
use crate::domain::claim::{Agreement, Claim, Finding, Outcome, Word};
use crate::domain::document::{Placement, ReadPage, Role};
use crate::domain::ids::PersonId;
use crate::problem::Problem;
use crate::readings;

/// A claim that is sealed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimReceipt {
    pub id: Uuid,
    pub version: u32,
    /// Opens the claim's page, and in the end the book: `/find/{secret}`. Told this once.
    pub secret: String,
    /// The day by which the archive writes back.
    pub answer_by: NaiveDate,
    /// Proof that the deposit stands in the log (C2SP tlog-proof).
    pub receipt: String,
}

/// A claim in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimRow {
    pub id: Uuid,
    /// looking, differs, found, asked (found for somebody else, whose request lies on the desk) or not_found.
    #[schema(example = "looking")]
    pub status: &'static str,
    pub name: String,
    pub told_at: DateTime<Utc>,
    pub answer_by: NaiveDate,
    pub overdue: bool,
    /// So many archivists have looked.
    pub looked: usize,
}

/// A claim as an archivist sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimView {
    #[serde(flatten)]
    pub row: ClaimRow,
    pub version: u32,
    pub municipality: Uuid,
    /// self, next_of_kin, researcher or anyone.
    #[schema(example = "self")]
    pub asks_as: &'static str,
    /// Who an outsider is to the one who died, or what it is for.
    pub purpose: Option<String>,
    /// The outsider's request, once two have found the book.
    pub request: Option<Uuid>,
    pub names_then: String,
    pub born: NaiveDate,
    pub places: Option<String>,
    /// How the asker is reached.
    pub reach: String,
    pub messages: Vec<ClaimMessage>,
    /// What each has found. Until two have looked, and unless they differ, others' findings are not told: each looks alone.
    pub findings: Vec<FindingView>,
    /// Whose book it may be, the nearest first.
    pub candidates: Vec<CandidateView>,
}

/// What one of the two sides wrote.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimMessage {
    /// The archivist; absent where it was the asker.
    pub by: Option<Named>,
    pub at: DateTime<Utc>,
    pub words: String,
}

/// What one archivist found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingView {
    pub by: Named,
    pub at: DateTime<Utc>,
    /// False where it is not told yet.
    pub told: bool,
    pub child: Option<Uuid>,
    pub proof: Option<String>,
}

/// A child that may be the asker.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateView {
    pub child: Uuid,
    pub name: String,
    pub called_before: Option<String>,
    pub born: NaiveDate,
    pub homes: Vec<CandidateHome>,
    /// same, near (one slip of the pen away) or other.
    #[schema(example = "same")]
    pub birthday: &'static str,
    /// So many words of the names are the same.
    pub names: usize,
    /// So many words of the homes and places are.
    pub places: usize,
    /// Somebody is registered as the one the book is about.
    pub has_owner: bool,
    /// The day they died, where the register has it.
    pub died: Option<NaiveDate>,
    /// For an outsider's claim: whether the access policy or the person's own word opens the book.
    pub may_be_opened: Option<bool>,
    /// What the person said of the time after their death.
    pub said: Option<String>,
}

/// Where a candidate lived.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateHome {
    pub name: String,
    pub place: Option<String>,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// Tell that a book is yours, without a login. What there is or is not the answer does not say.
#[utoipa::path(post, path = "/api/v1/claims", tag = "claims", security(()), request_body = NewClaim, responses(
    (status = 201, body = ClaimReceipt)))]
pub async fn file(app: Data<App>, body: Body) -> Result<HttpResponse, Problem> {
    let (new, _) = body.json::<NewClaim>().await?;
    let claims::Filed { sealed, secret, answer_by } = claims::file(&app, new).await?;
    let receipt =
        ClaimReceipt { id: sealed.id, version: sealed.version, secret, answer_by, receipt: sealed.receipt };
    let no_store = (CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(HttpResponse::Created().insert_header(no_store).json(receipt))
}

/// The claims told to the archivist's municipality: those that are looked into first.
#[utoipa::path(get, path = "/api/v1/claims", tag = "claims", params(Part), responses(
    (status = 200, body = List<ClaimRow>)))]
pub async fn list(
    app: Data<App>,
    may: MaySeeClaims,
    part: Asked<Part>,
) -> Result<Json<List<ClaimRow>>, Problem> {
    let part = part.get()?;
    let slice = app.db.claims(&may.municipalities, part.cursor()?, part.limit()?).await?;
    let next_cursor = slice.next.as_ref().and_then(cursor);
    let items = slice.items.iter().map(|stored| row(stored, may.caller.today)).collect();
    Ok(Json(List { items, next_cursor }))
}

/// One claim, and whose book it may be.
#[utoipa::path(get, path = "/api/v1/claims/{claim}", tag = "claims",
    params(("claim" = Uuid, Path)), responses((status = 200, body = ClaimView)))]
pub async fn get(app: Data<App>, may: MayAnswerClaim) -> Result<Json<ClaimView>, Problem> {
    Ok(Json(view(&app, &may).await?))
}

/// Tell what you found, and what proves it. It counts once another archivist, looking alone, has found the same.
#[utoipa::path(post, path = "/api/v1/claims/{claim}/findings", tag = "claims", request_body = NewFinding,
    params(("claim" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn find(
    app: Data<App>,
    may: MayAnswerClaim,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewFinding>().await?;
    Ok(created(claims::find(&app, &may, new, key.with(&digest)?).await?))
}

/// Write to the asker.
#[utoipa::path(post, path = "/api/v1/claims/{claim}/messages", tag = "claims", request_body = NewWord,
    params(("claim" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn say(
    app: Data<App>,
    may: MayAnswerClaim,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewWord>().await?;
    Ok(created(claims::answer(&app, &may, new, key.with(&digest)?).await?))
}

/// As whom somebody asks.
pub fn asks_as(claim: &Claim) -> &'static str {
    claim.outsider.as_ref().map_or("self", |outsider| outsider.class.as_str())
}

/// How far a claim has come, as an archivist is told.
pub fn status(claim: &Claim) -> &'static str {
    match (&claim.outcome, claim.agreement()) {
        (Some(Outcome::Found { .. }), _) => "found",
        (Some(Outcome::Asked { .. }), _) => "asked",
        (Some(Outcome::NotFound { .. }), _) => "not_found",
        (None, Agreement::Differs) => "differs",
        (None, _) => "looking",
    }
}

/// Whose book it may be, while that is looked for. That a candidate's card was seen is noted in the candidate's book.
pub async fn shown_candidates(app: &App, may: &MayAnswerClaim) -> Result<Vec<Candidate>, Problem> {
    let claim = &may.stored.claim;
    if !claim.is_open() {
        return Ok(Vec::new());
    }
    let found = candidates(app, claim).await?;
    for one in &found {
        readings::record_as(app, &may.caller, Role::Archivist, one.id, ReadPage::Card).await?;
    }
    Ok(found)
}

fn row(StoredClaim { id, claim, .. }: &StoredClaim, today: NaiveDate) -> ClaimRow {
    ClaimRow {
        id: id.0,
        status: status(claim),
        name: claim.told.name.clone(),
        told_at: claim.told_at,
        answer_by: claim.answer_by,
        overdue: claim.is_late(today),
        looked: claim.standing().count(),
    }
}

async fn view(app: &App, may: &MayAnswerClaim) -> Result<ClaimView, Problem> {
    let claim = &may.stored.claim;
    let names = app.db.names(&claim.people()).await?;
    let finding = |finding: &Finding| {
        let told = claim.tells(finding, may.caller.id);
        FindingView {
            by: Named::new(finding.signed.by, &names),
            at: finding.signed.at,
            told,
            child: finding.child.filter(|_| told).map(|child| child.0),
            proof: told.then(|| finding.proof.clone()),
        }
    };
    Ok(ClaimView {
        row: row(&may.stored, may.caller.today),
        version: may.stored.version,
        municipality: claim.municipality.0,
        asks_as: asks_as(claim),
        purpose: claim.outsider.as_ref().map(|outsider| outsider.purpose.clone()),
        request: match claim.outcome {
            Some(Outcome::Asked { request, .. }) => Some(request.0),
            _ => None,
        },
        names_then: claim.told.names_then.clone(),
        born: claim.told.born,
        places: claim.told.places.clone(),
        reach: claim.told.reach.clone(),
        messages: claim.messages.iter().map(|word| message(word, &names)).collect(),
        findings: claim.findings.iter().map(finding).collect(),
        candidates: shown_candidates(app, may).await?.into_iter().map(candidate).collect(),
    })
}

fn message(word: &Word, names: &HashMap<PersonId, String>) -> ClaimMessage {
    ClaimMessage { by: word.by.map(|by| Named::new(by, names)), at: word.at, words: word.words.clone() }
}

fn candidate(Candidate { id, child, homes, alike, has_owner, open }: Candidate) -> CandidateView {
    let home = |home: Placement| CandidateHome {
        name: home.home_name,
        place: home.place,
        from: home.from,
        to: home.to,
    };
    CandidateView {
        child: id.0,
        name: child.name,
        called_before: child.called_before,
        born: child.born,
        homes: homes.into_iter().map(home).collect(),
        birthday: alike.birthday.as_str(),
        names: alike.names,
        places: alike.places,
        has_owner,
        died: child.died,
        may_be_opened: open.as_ref().map(|(judged, _)| judged.is_ok()),
        said: open.and_then(|(_, said)| said.words),
    }
}
