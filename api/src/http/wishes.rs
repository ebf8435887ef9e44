//! What a child wishes of its adults, and when they meet.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::life::{add, change, list};
use super::shapes::RecordReceipt;
use super::{Asked, Body, List, Part, RequestKey, created, cursor};
use crate::app::App;
use crate::auth::{MayAnswerWish, MayChangeLife, MayRead, MayReadWishes, MayTell, sees_content};
use crate::db::life::StoredLife;
use crate::domain::ids::EntryId;
use crate::domain::meeting::{Meeting, MeetingState, Wish, WishKind};
use crate::problem::Problem;
use crate::wishes::{self, NewAnswer, NewMeeting, NewWish};
use crate::{places, redactions};

/// A meeting of a child with its adults.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeetingView {
    pub id: Uuid,
    pub version: u32,
    pub with: Vec<Uuid>,
    pub others: Vec<String>,
    pub on: NaiveDate,
    #[schema(example = "14:00")]
    pub at: Option<String>,
    pub place: Option<String>,
    pub about: Option<String>,
    pub state: MeetingState,
    pub wish: Option<Uuid>,
    pub told_by: Uuid,
    pub told_at: DateTime<Utc>,
}

impl From<StoredLife<Meeting>> for MeetingView {
    fn from(StoredLife { id, version, record }: StoredLife<Meeting>) -> Self {
        Self {
            id,
            version,
            with: record.with.iter().map(|person| person.0).collect(),
            others: record.others,
            on: record.on,
            at: record.at.map(|at| at.format("%H:%M").to_string()),
            place: record.place,
            about: record.about,
            state: record.state,
            wish: record.wish,
            told_by: record.told_by.0,
            told_at: record.told_at,
        }
    }
}

/// A child's wish.
#[derive(Debug, Serialize, ToSchema)]
pub struct WishView {
    pub id: Uuid,
    pub version: u32,
    pub what: WishKind,
    pub about: Option<Uuid>,
    pub to: Option<Uuid>,
    pub words: Option<String>,
    pub answer: Option<AnswerView>,
    /// The page that answers it, where the caller reads it.
    pub page: Option<Uuid>,
    pub told_by: Uuid,
    pub told_at: DateTime<Utc>,
}

/// What an adult answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerView {
    pub by: Uuid,
    pub at: DateTime<Utc>,
    pub words: String,
}

impl WishView {
    fn new(StoredLife { id, version, record }: StoredLife<Wish>, pages: &HashMap<Uuid, EntryId>) -> Self {
        Self {
            id,
            version,
            what: record.what,
            about: record.about.map(|entry| entry.0),
            to: record.to.map(|person| person.0),
            words: record.words,
            answer: record.answer.map(|answer| AnswerView {
                by: answer.by.0,
                at: answer.at,
                words: answer.words,
            }),
            page: pages.get(&id).map(|page| page.0),
            told_by: record.told_by.0,
            told_at: record.told_at,
        }
    }
}

/// A child's meetings with its adults, first to last.
#[utoipa::path(get, path = "/api/v1/children/{child}/meetings", tag = "adults",
    params(("child" = uuid::Uuid, Path), Part), responses((status = 200, body = List<MeetingView>)))]
pub async fn meetings(
    app: Data<App>,
    may: MayRead,
    part: Asked<Part>,
) -> Result<Json<List<MeetingView>>, Problem> {
    let secret = places::kept_from(&app, &may.caller, &may.ties, may.child).await?;
    list::<Meeting, _>(&app, &may, &part.get()?, |stored| {
        MeetingView::from(StoredLife { record: stored.record.without_place(&secret), ..stored })
    })
    .await
}

/// Plan a meeting with the child, or tell of one that was held.
#[utoipa::path(post, path = "/api/v1/children/{child}/meetings", tag = "adults", request_body = NewMeeting,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_meeting(
    app: Data<App>,
    may: MayTell<Meeting>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add::<NewMeeting>(&app, &may, key, body).await
}

/// Move a meeting, cancel it, or tell that it was held: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/meetings/{record}/versions", tag = "adults", request_body = NewMeeting,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_meeting(
    app: Data<App>,
    may: MayChangeLife<Meeting>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    change::<NewMeeting>(&app, &may, key, body).await
}

/// What a child wishes of its adults, first to last; what it took back is left out.
#[utoipa::path(get, path = "/api/v1/children/{child}/wishes", tag = "adults",
    params(("child" = uuid::Uuid, Path), Part), responses((status = 200, body = List<WishView>)))]
pub async fn wishes(
    app: Data<App>,
    may: MayReadWishes,
    part: Asked<Part>,
) -> Result<Json<List<WishView>>, Problem> {
    let part = part.get()?;
    let slice = redactions::life::<Wish>(&app, &may.ties, may.child, part.cursor()?, part.limit()?).await?;
    let next_cursor = slice.next.as_ref().and_then(cursor);
    let asked: Vec<Uuid> = slice.items.iter().map(|wish| wish.id).collect();
    let answers = app.db.entries_that_answer(&asked).await?.into_iter();
    let seen = answers.filter(|stored| sees_content(&may.ties, stored, &may.caller));
    let pages = seen.filter_map(|stored| Some((stored.entry.wish?, stored.id))).collect();
    let views = slice.items.into_iter().map(|wish| WishView::new(wish, &pages));
    Ok(Json(List { items: views.collect(), next_cursor }))
}

/// Wish something of one's adults.
#[utoipa::path(post, path = "/api/v1/children/{child}/wishes", tag = "adults", request_body = NewWish,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_wish(
    app: Data<App>,
    may: MayTell<Wish>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add::<NewWish>(&app, &may, key, body).await
}

/// Say a wish anew, or take it back: a new version that waits for an answer again.
#[utoipa::path(post, path = "/api/v1/wishes/{record}/versions", tag = "adults", request_body = NewWish,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_wish(
    app: Data<App>,
    may: MayChangeLife<Wish>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    change::<NewWish>(&app, &may, key, body).await
}

/// Answer a wish; a later answer stands instead of an earlier one.
#[utoipa::path(post, path = "/api/v1/wishes/{record}/answers", tag = "adults", request_body = NewAnswer,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn answer_wish(
    app: Data<App>,
    may: MayAnswerWish,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewAnswer>().await?;
    Ok(created(wishes::answer(&app, &may, new, key.with(&digest)?).await?))
}
