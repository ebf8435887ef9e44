//! Asking the archive for what it has about oneself, and the archive's answer.

use std::collections::HashMap;

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::disposals::SignedView;
use super::media::{serve_locked, serve_package};
use super::shapes::{Named, RecordReceipt};
use super::{Asked, Body, List, Part, RequestKey, created, cursor};
use crate::app::App;
use crate::auth::Caller;
use crate::auth::{
    MayAnswerRequest, MayAsk, MayDecideRequest, MayFetchPackage, MayReadRequest, MaySeeRequests,
    MayWriteInRequest,
};
use crate::domain::access_policy::AccessClass;
use crate::domain::disposal::Signed;
use crate::domain::document::{Kind, ReadPage};
use crate::domain::ids::{ChildId, PersonId, RequestId};
use crate::domain::request::{Decided, Decision, Delivery, Elsewhere, Scope, Search, StoredRequest};
use crate::export::NewLock;
use crate::problem::Problem;
use crate::readings;
use crate::requests::{self, NewDecision, NewMessage, NewRequest, NewStep};

/// A request that is sealed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestReceipt {
    pub id: Uuid,
    pub version: u32,
    #[schema(example = "received")]
    pub status: &'static str,
    /// The day by which the next answer comes; absent where all was said.
    pub deadline: Option<NaiveDate>,
    /// Proof that the deposit stands in the log (C2SP tlog-proof).
    pub receipt: String,
}

/// A request, and all that became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestView {
    pub id: Uuid,
    pub version: u32,
    /// Whose papers.
    pub child: Uuid,
    pub municipality: Uuid,
    /// received, acknowledged, searched, reviewed, proposed (a no waits for a second person), decided, delivered or withdrawn.
    #[schema(example = "acknowledged")]
    pub status: &'static str,
    /// everything or part.
    pub scope: &'static str,
    pub words: Option<String>,
    /// self; next_of_kin, researcher or anyone where somebody asks for what is another's who has died.
    #[schema(example = "self")]
    pub asks_as: &'static str,
    pub asked: SignedView,
    /// The day by which the next answer comes; absent where all was said.
    pub deadline: Option<NaiveDate>,
    /// That day has passed.
    pub overdue: bool,
    pub acknowledged: Option<AcknowledgedView>,
    pub searched: Option<SearchedView>,
    pub reviewed: Option<ReviewedView>,
    /// What is proposed or decided; a proposal is not told to the asker.
    pub decision: Option<DecisionView>,
    pub delivered: Option<DeliveredView>,
    pub messages: Vec<MessageView>,
}

/// Somebody is at it, and when the answer comes.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcknowledgedView {
    #[serde(flatten)]
    pub signed: SignedView,
    pub answer_by: NaiveDate,
    pub words: Option<String>,
}

/// What was looked for, and found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchedView {
    #[serde(flatten)]
    pub signed: SignedView,
    pub found: Vec<FoundView>,
    /// Where else there may be more.
    pub elsewhere: Vec<Elsewhere>,
    pub words: Option<String>,
}

/// How much of one kind, and from when to when.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundView {
    #[schema(value_type = String, example = "entry")]
    pub kind: Kind,
    pub count: u64,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

/// Somebody looked through it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewedView {
    #[serde(flatten)]
    pub signed: SignedView,
    pub words: Option<String>,
}

/// Yes, yes in part, or no.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionView {
    #[serde(flatten)]
    pub signed: SignedView,
    /// granted, granted_in_part or refused.
    #[schema(example = "granted")]
    pub outcome: &'static str,
    pub words: Option<String>,
    /// Why not.
    pub reason: Option<String>,
    /// The law and its section.
    pub ground: Option<String>,
    pub complain_to: Option<String>,
    pub complain_by: Option<NaiveDate>,
    /// So many pages of the book are held back, each for a reason of its own that stands there.
    pub held_back: u64,
    /// So many places are covered for somebody else's sake; `GET /api/v1/children/{child}/redactions` tells of each.
    pub covered: u64,
    /// Who agreed to a no.
    pub second: Option<SignedView>,
}

/// It can be fetched.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveredView {
    pub at: DateTime<Utc>,
    pub size_bytes: u64,
    /// So many sealed versions should be in it and are lost; it says which.
    pub missing: u64,
}

impl From<&Delivery> for DeliveredView {
    fn from(delivery: &Delivery) -> Self {
        Self { at: delivery.at, size_bytes: delivery.size_bytes, missing: delivery.missing }
    }
}

/// What one of the two sides wrote.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    pub by: Named,
    pub at: DateTime<Utc>,
    pub words: String,
}

/// Ask for everything the archive has about oneself, or for a part. Any number of times, and free.
#[utoipa::path(post, path = "/api/v1/archive-requests", tag = "archive", request_body = NewRequest,
    params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RequestReceipt)))]
pub async fn file(
    app: Data<App>,
    caller: Caller,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let may = MayAsk::grant(&app, caller.clone(), None).await;
    let (new, digest) = body.json::<NewRequest>().await?;
    let may = match new.child {
        Some(child) => MayAsk::grant(&app, caller, Some(ChildId(child))).await?,
        None => may?,
    };
    let sealed = requests::file(&app, &may, new, key.with(&digest)?).await?;
    let stored = app.db.request(RequestId(sealed.id)).await?.ok_or(Problem::NotFound)?;
    let place = format!("{}/api/v1/archive-requests/{}", app.config.public_url(), sealed.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(RequestReceipt {
        id: sealed.id,
        version: sealed.version,
        status: stored.request.stage.as_str(),
        deadline: stored.request.due(),
        receipt: sealed.receipt,
    }))
}

/// One's own requests; for an archivist those of the municipality. What waits comes first, by the day an answer is due.
#[utoipa::path(get, path = "/api/v1/archive-requests", tag = "archive", params(Part), responses(
    (status = 200, body = List<RequestView>)))]
pub async fn list(
    app: Data<App>,
    may: MaySeeRequests,
    part: Asked<Part>,
) -> Result<Json<List<RequestView>>, Problem> {
    let part = part.get()?;
    let slice = app.db.requests(&may.of, part.cursor()?, part.limit()?).await?;
    let next_cursor = slice.next.as_ref().and_then(cursor);
    Ok(Json(List { items: views(&app, &may.caller, slice.items).await?, next_cursor }))
}

/// One request: how far it is, who is at it, and when the next answer comes.
#[utoipa::path(get, path = "/api/v1/archive-requests/{request}", tag = "archive",
    params(("request" = uuid::Uuid, Path)), responses((status = 200, body = RequestView)))]
pub async fn get(app: Data<App>, may: MayReadRequest) -> Result<Json<RequestView>, Problem> {
    let page = ReadPage::Request(may.stored.id);
    readings::record_as(&app, &may.caller, may.side.role(), may.stored.request.child, page).await?;
    views(&app, &may.caller, vec![may.stored]).await?.pop().map(Json).ok_or(Problem::NotFound)
}

/// Take a request on, tell what there is, tell that it was looked through, or promise another day.
#[utoipa::path(post, path = "/api/v1/archive-requests/{request}/steps", tag = "archive", request_body = NewStep,
    params(("request" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn step(
    app: Data<App>,
    may: MayAnswerRequest,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewStep>().await?;
    Ok(created(requests::step(&app, &may, new, key.with(&digest)?).await?))
}

/// Decide. A yes is one person's word; a no, in whole or in part, carries its reason, its legal ground and how to complain,
/// and counts when a second person has agreed. The steps before it that nobody took are taken with what there is.
#[utoipa::path(post, path = "/api/v1/archive-requests/{request}/decisions", tag = "archive", request_body = NewDecision,
    params(("request" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn decide(
    app: Data<App>,
    may: MayDecideRequest,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewDecision>().await?;
    Ok(created(requests::decide(&app, &may, new, key.with(&digest)?).await?))
}

/// Ask the archive something about a request, or answer.
#[utoipa::path(post, path = "/api/v1/archive-requests/{request}/messages", tag = "archive", request_body = NewMessage,
    params(("request" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn say(
    app: Data<App>,
    may: MayWriteInRequest,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewMessage>().await?;
    Ok(created(requests::say(&app, &may, new, key.with(&digest)?).await?))
}

/// Take one's request back, until it is decided. One can always ask again.
#[utoipa::path(post, path = "/api/v1/archive-requests/{request}/withdrawals", tag = "archive",
    params(("request" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn withdraw(
    app: Data<App>,
    may: MayFetchPackage,
    key: RequestKey,
) -> Result<HttpResponse, Problem> {
    Ok(created(requests::withdraw(&app, &may, key.with("")?).await?))
}

/// Everything that was granted, as one file. 409 until it is delivered.
#[utoipa::path(get, path = "/api/v1/archive-requests/{request}/package", tag = "archive",
    params(("request" = uuid::Uuid, Path)), responses(
    (status = 200, content_type = "application/zip"), (status = 206, content_type = "application/zip")))]
pub async fn package(
    app: Data<App>,
    may: MayFetchPackage,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let package = requests::fetch(&app, &may).await?.package;
    serve_package(&request, &package, "mine-papirer.zip")
}

/// The same behind a lock: an age file that `age -d` opens with the password, or with the recipient's identity. Made on its
/// way, so it cannot be fetched in parts.
#[utoipa::path(post, path = "/api/v1/archive-requests/{request}/locked-package", tag = "archive", request_body = NewLock,
    params(("request" = uuid::Uuid, Path)), responses((status = 200, content_type = "application/octet-stream")))]
pub async fn locked_package(
    app: Data<App>,
    may: MayFetchPackage,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, _) = body.json::<NewLock>().await?;
    let lock = new.lock()?;
    serve_locked(requests::fetch(&app, &may).await?.package, lock, "mine-papirer.zip.age").await
}

/// As `caller` may see them. A no that waits for a second person is no answer yet: the asker is not told what it may become.
async fn views(app: &App, caller: &Caller, found: Vec<StoredRequest>) -> Result<Vec<RequestView>, Problem> {
    let people: Vec<PersonId> = found.iter().flat_map(|stored| stored.request.people()).collect();
    let names = Names(app.db.names(&people).await?);
    Ok(found.iter().map(|stored| names.view(stored, caller)).collect())
}

struct Names(HashMap<PersonId, String>);

impl Names {
    fn signed(&self, signed: Signed) -> SignedView {
        SignedView { by: Named::new(signed.by, &self.0), at: signed.at }
    }

    fn view(&self, stored: &StoredRequest, caller: &Caller) -> RequestView {
        let StoredRequest { id, version, request } = stored;
        let stage = &request.stage;
        let asker = request.asked.by == caller.id;
        let told = stage.decision().filter(|_| !asker || stage.decided().is_some());
        RequestView {
            id: id.0,
            version: *version,
            child: request.child.0,
            municipality: request.municipality.0,
            status: told_stage(stored, asker),
            scope: match request.scope {
                Scope::Everything { .. } => "everything",
                Scope::Part { .. } => "part",
            },
            words: request.scope.words().map(str::to_owned),
            asks_as: request.outsider.map_or("self", AccessClass::as_str),
            asked: self.signed(request.asked),
            deadline: request.due(),
            overdue: request.is_late(caller.today),
            acknowledged: stage.acknowledgement().map(|step| AcknowledgedView {
                signed: self.signed(step.signed),
                answer_by: step.answer_by,
                words: step.words.clone(),
            }),
            searched: stage.search().map(|search| self.search(search)),
            reviewed: stage.review().map(|review| ReviewedView {
                signed: self.signed(review.signed),
                words: review.words.clone(),
            }),
            decision: told.map(|decision| self.decision(decision, stage.decided())),
            delivered: stage.delivery().map(DeliveredView::from),
            messages: request
                .messages
                .iter()
                .map(|message| MessageView {
                    by: Named::new(message.by, &self.0),
                    at: message.at,
                    words: message.words.clone(),
                })
                .collect(),
        }
    }

    fn search(&self, search: &Search) -> SearchedView {
        let found = search.found.iter().map(|found| FoundView {
            kind: found.kind,
            count: found.count,
            first: found.first,
            last: found.last,
        });
        SearchedView {
            signed: self.signed(search.signed),
            found: found.collect(),
            elsewhere: search.elsewhere.clone(),
            words: search.words.clone(),
        }
    }

    fn decision(&self, decision: &Decision, decided: Option<&Decided>) -> DecisionView {
        let no = decision.outcome.no();
        DecisionView {
            signed: self.signed(decision.signed),
            outcome: decision.outcome.as_str(),
            words: decision.words.clone(),
            reason: no.map(|no| no.reason.clone()),
            ground: no.map(|no| no.ground.clone()),
            complain_to: no.map(|no| no.complain_to.clone()),
            complain_by: no.map(|no| no.complain_by),
            held_back: decision.held_back,
            covered: decision.covered,
            second: decided.and_then(|decided| decided.second).map(|second| self.signed(second)),
        }
    }
}

/// How far it is, as told to one side.
pub fn told_stage(stored: &StoredRequest, asker: bool) -> &'static str {
    match stored.request.stage.as_str() {
        "proposed" if asker => "reviewed",
        stage => stage,
    }
}
