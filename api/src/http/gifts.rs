//! Brothers and sisters, and the pages they give each other.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::life::{add, change};
use super::shapes::RecordReceipt;
use super::{Body, List, RequestKey, created};
use crate::app::App;
use crate::auth::{MayAnswerGift, MayChangeLife, MayEndGift, MayRead, MayTell};
use crate::domain::access::Right;
use crate::domain::document::ReadPage;
use crate::domain::gift::{Gift, GiftState, GivenPage, Sibling};
use crate::gifts::{self, Between, GiftAnswer, NewGift, NewSibling};
use crate::problem::Problem;
use crate::readings;

/// A brother or sister.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiblingView {
    /// The record in this child's book.
    pub id: Uuid,
    /// What the other one is to this child.
    pub title: String,
    /// What the other one is called; absent until the other one's book says that they are siblings too.
    pub name: Option<String>,
    /// The other child; told to those who decide.
    pub sibling: Option<Uuid>,
}

/// A page that one of two siblings gives the other.
#[derive(Debug, Serialize, ToSchema)]
pub struct GiftView {
    pub id: Uuid,
    pub version: u32,
    /// True where this child gives it.
    pub given: bool,
    /// What the other one is called, and what it is to this child.
    pub name: String,
    pub title: String,
    /// Which page of the own book it is; told to the giver alone.
    pub page: Option<GivenPage>,
    /// Offered or accepted; what was ended is not listed.
    pub state: GiftState,
    pub offered_at: DateTime<Utc>,
}

impl From<Between> for GiftView {
    fn from(Between { gift, other, given }: Between) -> Self {
        Self {
            id: gift.id,
            version: gift.version,
            given,
            name: other.name,
            title: other.title,
            page: given.then_some(gift.record.page),
            state: gift.record.state,
            offered_at: gift.record.told_at,
        }
    }
}

/// A child's brothers and sisters. Those whose own book does not say so yet are told to those who decide, without a name.
#[utoipa::path(get, path = "/api/v1/children/{child}/siblings", tag = "siblings",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<SiblingView>)))]
pub async fn siblings(app: Data<App>, may: MayRead) -> Result<Json<List<SiblingView>>, Problem> {
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Card).await?;
    let decides = may.ties.may(Right::Decide);
    let known = gifts::siblings(&app, may.child).await?;
    let told = gifts::told_siblings(&app, may.child).await?.into_iter();
    let views = told.filter_map(|stored| {
        let other = known.iter().find(|known| known.id == stored.id);
        (decides || other.is_some()).then(|| SiblingView {
            id: stored.id,
            title: stored.record.title,
            name: other.map(|other| other.record.calling_name().to_owned()),
            sibling: decides.then_some(stored.record.sibling.0),
        })
    });
    Ok(Json(List { items: views.collect(), next_cursor: None }))
}

/// Tell that another child is this one's brother or sister. It counts as soon as the other one's book says so too.
#[utoipa::path(post, path = "/api/v1/children/{child}/siblings", tag = "siblings", request_body = NewSibling,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_sibling(
    app: Data<App>,
    may: MayTell<Sibling>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add::<NewSibling>(&app, &may, key, body).await
}

/// Tell it anew, or that it was wrong: what they have given each other is closed from then on.
#[utoipa::path(post, path = "/api/v1/siblings/{record}/versions", tag = "siblings", request_body = NewSibling,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_sibling(
    app: Data<App>,
    may: MayChangeLife<Sibling>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    change::<NewSibling>(&app, &may, key, body).await
}

/// The pages a child gives its siblings and is given by them, first to last; for the child alone.
#[utoipa::path(get, path = "/api/v1/children/{child}/gifts", tag = "siblings",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<GiftView>)))]
pub async fn list(app: Data<App>, may: MayTell<Gift>) -> Result<Json<List<GiftView>>, Problem> {
    let items = gifts::between(&app, may.child).await?.into_iter().map(GiftView::from).collect();
    Ok(Json(List { items, next_cursor: None }))
}

/// Give a sibling a page. It is seen in the sibling's book, by all who read it, once the sibling says yes.
#[utoipa::path(post, path = "/api/v1/children/{child}/gifts", tag = "siblings", request_body = NewGift,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn give(
    app: Data<App>,
    may: MayTell<Gift>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewGift>().await?;
    Ok(created(gifts::give(&app, &may, new, key.with(&digest)?).await?))
}

/// Say yes or no to a page from a sibling.
#[utoipa::path(post, path = "/api/v1/gifts/{record}/answers", tag = "siblings", request_body = GiftAnswer,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn answer(
    app: Data<App>,
    may: MayAnswerGift,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (answer, digest) = body.json::<GiftAnswer>().await?;
    Ok(created(gifts::answer(&app, &may, &answer, key.with(&digest)?).await?))
}

/// Take a page back, or out of the own book: either of the two may, at any time.
#[utoipa::path(delete, path = "/api/v1/gifts/{record}", tag = "siblings",
    params(("record" = uuid::Uuid, Path)), responses((status = 204)))]
pub async fn end(app: Data<App>, may: MayEndGift) -> Result<HttpResponse, Problem> {
    gifts::end(&app, &may, None).await?;
    Ok(HttpResponse::NoContent().finish())
}
