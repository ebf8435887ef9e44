//! The people, the schools and the clubs in a child's life.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::PeopleGroup;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shapes::RecordReceipt;
use super::{Asked, Body, List, Part, RequestKey, created, cursor};
use crate::app::App;
use crate::auth::{MayChangeLife, MayRead, MayTell};
use crate::db::life::StoredLife;
use crate::domain::content_warning::ContentWarning;
use crate::domain::document::ReadPage;
use crate::domain::life::{LifeRecord, Relation, School, SchoolKind};
use crate::domain::loss::{Became, Loss};
use crate::domain::place::Secret;
use crate::life::{self, NewContentWarning, NewLoss, NewRelation, NewSchool, Told};
use crate::problem::Problem;
use crate::{places, readings, redactions};

/// Somebody in a child's life.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelationView {
    pub id: Uuid,
    pub version: u32,
    pub name: String,
    pub title: String,
    #[schema(value_type = String, example = "family")]
    pub group: PeopleGroup,
    pub words: Option<String>,
    pub picture: Option<Uuid>,
    pub person: Option<Uuid>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub died: Option<NaiveDate>,
    pub told_by: Uuid,
    pub told_at: DateTime<Utc>,
}

impl From<StoredLife<Relation>> for RelationView {
    fn from(StoredLife { id, version, record }: StoredLife<Relation>) -> Self {
        Self {
            id,
            version,
            name: record.name,
            title: record.title,
            group: record.group,
            words: record.words,
            picture: record.picture.map(|picture| picture.0),
            person: record.person.map(|person| person.0),
            from: record.from,
            until: record.until,
            died: record.died,
            told_by: record.told_by.0,
            told_at: record.told_at,
        }
    }
}

/// A nursery, a school or a club.
#[derive(Debug, Serialize, ToSchema)]
pub struct SchoolView {
    pub id: Uuid,
    pub version: u32,
    pub kind: SchoolKind,
    pub name: String,
    pub place: Option<String>,
    pub words: Option<String>,
    pub picture: Option<Uuid>,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub told_by: Uuid,
    pub told_at: DateTime<Utc>,
}

impl SchoolView {
    /// The school as far as the reader may know where it was: of a secret place only when and what.
    pub fn without_place(self, secret: &Secret) -> Self {
        if !secret.covers(self.from, self.to) {
            return self;
        }
        Self { name: String::new(), place: None, words: None, picture: None, ..self }
    }
}

impl From<StoredLife<School>> for SchoolView {
    fn from(StoredLife { id, version, record }: StoredLife<School>) -> Self {
        Self {
            id,
            version,
            kind: record.kind,
            name: record.name,
            place: record.place,
            words: record.words,
            picture: record.picture.map(|picture| picture.0),
            from: record.from,
            to: record.to,
            told_by: record.told_by.0,
            told_at: record.told_at,
        }
    }
}

/// Something that is known to have been there and is gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct LossView {
    pub id: Uuid,
    pub version: u32,
    pub what: String,
    pub became: Became,
    pub known_from: String,
    pub kept_by: Option<String>,
    pub words: Option<String>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub told_by: Uuid,
    pub told_at: DateTime<Utc>,
}

impl From<StoredLife<Loss>> for LossView {
    fn from(StoredLife { id, version, record }: StoredLife<Loss>) -> Self {
        Self {
            id,
            version,
            what: record.what,
            became: record.became,
            known_from: record.known_from,
            kept_by: record.kept_by,
            words: record.words,
            from: record.from,
            until: record.until,
            told_by: record.told_by.0,
            told_at: record.told_at,
        }
    }
}

/// What the reader of a page is told before it is opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContentWarningView {
    pub id: Uuid,
    pub version: u32,
    pub entry: Uuid,
    pub words: String,
    pub told_by: Uuid,
    pub told_at: DateTime<Utc>,
}

impl From<StoredLife<ContentWarning>> for ContentWarningView {
    fn from(StoredLife { id, version, record }: StoredLife<ContentWarning>) -> Self {
        let ContentWarning { entry, words, told_by, told_at, .. } = record;
        Self { id, version, entry: entry.0, words, told_by: told_by.0, told_at }
    }
}

/// The warnings before pages of a child's book, first to last.
#[utoipa::path(get, path = "/api/v1/children/{child}/content-warnings", tag = "life",
    params(("child" = uuid::Uuid, Path), Part), responses((status = 200, body = List<ContentWarningView>)))]
pub async fn content_warnings(
    app: Data<App>,
    may: MayRead,
    part: Asked<Part>,
) -> Result<Json<List<ContentWarningView>>, Problem> {
    list::<ContentWarning, _>(&app, &may, &part.get()?, ContentWarningView::from).await
}

/// Write a warning before a page; the grown reader meets it before the page, and chooses.
#[utoipa::path(post, path = "/api/v1/children/{child}/content-warnings", tag = "life", request_body = NewContentWarning,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_content_warning(
    app: Data<App>,
    may: MayTell<ContentWarning>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add::<NewContentWarning>(&app, &may, key, body).await
}

/// Write it anew, or take it away: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/content-warnings/{record}/versions", tag = "life",
    request_body = NewContentWarning,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_content_warning(
    app: Data<App>,
    may: MayChangeLife<ContentWarning>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewContentWarning>().await?;
    let entry = new.entry.or(Some(may.stored.record.entry.0));
    let new = NewContentWarning { entry, ..new };
    Ok(created(life::change(&app, &may, new, key.with(&digest)?).await?))
}

/// What is known to have been there and is gone, by the time it is about.
#[utoipa::path(get, path = "/api/v1/children/{child}/losses", tag = "life",
    params(("child" = uuid::Uuid, Path), Part), responses((status = 200, body = List<LossView>)))]
pub async fn losses(
    app: Data<App>,
    may: MayRead,
    part: Asked<Part>,
) -> Result<Json<List<LossView>>, Problem> {
    let secret = places::kept_from(&app, &may.caller, &may.ties, may.child).await?;
    let view = |loss: StoredLife<Loss>| {
        let record = loss.record.without_place(&secret);
        LossView::from(StoredLife { record, ..loss })
    };
    list::<Loss, _>(&app, &may, &part.get()?, view).await
}

/// Tell of something that was there and is gone.
#[utoipa::path(post, path = "/api/v1/children/{child}/losses", tag = "life", request_body = NewLoss,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_loss(
    app: Data<App>,
    may: MayTell<Loss>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add::<NewLoss>(&app, &may, key, body).await
}

/// Tell of it anew: that it has turned up, or was told wrongly. A new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/losses/{record}/versions", tag = "life", request_body = NewLoss,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_loss(
    app: Data<App>,
    may: MayChangeLife<Loss>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    change::<NewLoss>(&app, &may, key, body).await
}

/// The people and animals in a child's life, in the order they came into it.
#[utoipa::path(get, path = "/api/v1/children/{child}/relations", tag = "life",
    params(("child" = uuid::Uuid, Path), Part), responses((status = 200, body = List<RelationView>)))]
pub async fn relations(
    app: Data<App>,
    may: MayRead,
    part: Asked<Part>,
) -> Result<Json<List<RelationView>>, Problem> {
    list::<Relation, _>(&app, &may, &part.get()?, RelationView::from).await
}

/// Tell of somebody in the child's life.
#[utoipa::path(post, path = "/api/v1/children/{child}/relations", tag = "life", request_body = NewRelation,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_relation(
    app: Data<App>,
    may: MayTell<Relation>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add::<NewRelation>(&app, &may, key, body).await
}

/// Tell of somebody anew, or take them off the book: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/relations/{record}/versions", tag = "life", request_body = NewRelation,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_relation(
    app: Data<App>,
    may: MayChangeLife<Relation>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    change::<NewRelation>(&app, &may, key, body).await
}

/// A child's nurseries, schools and clubs, first to last.
#[utoipa::path(get, path = "/api/v1/children/{child}/schools", tag = "life",
    params(("child" = uuid::Uuid, Path), Part), responses((status = 200, body = List<SchoolView>)))]
pub async fn schools(
    app: Data<App>,
    may: MayRead,
    part: Asked<Part>,
) -> Result<Json<List<SchoolView>>, Problem> {
    let secret = places::kept_from(&app, &may.caller, &may.ties, may.child).await?;
    list::<School, _>(&app, &may, &part.get()?, |school| SchoolView::from(school).without_place(&secret))
        .await
}

/// Tell of a nursery, a school or a club.
#[utoipa::path(post, path = "/api/v1/children/{child}/schools", tag = "life", request_body = NewSchool,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_school(
    app: Data<App>,
    may: MayTell<School>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    add::<NewSchool>(&app, &may, key, body).await
}

/// Tell of it anew, or take it off the book: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/schools/{record}/versions", tag = "life", request_body = NewSchool,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_school(
    app: Data<App>,
    may: MayChangeLife<School>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    change::<NewSchool>(&app, &may, key, body).await
}

pub(super) async fn list<R: LifeRecord, V>(
    app: &App,
    may: &MayRead,
    part: &Part,
    view: impl Fn(StoredLife<R>) -> V,
) -> Result<Json<List<V>>, Problem> {
    let slice = redactions::life::<R>(app, &may.ties, may.child, part.cursor()?, part.limit()?).await?;
    readings::record(app, &may.caller, &may.ties, may.child, ReadPage::Book).await?;
    let next_cursor = slice.next.as_ref().and_then(cursor);
    Ok(Json(List { items: slice.items.into_iter().map(view).collect(), next_cursor }))
}

pub(super) async fn add<T: Told + serde::de::DeserializeOwned>(
    app: &App,
    may: &MayTell<T::Record>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (told, digest) = body.json::<T>().await?;
    Ok(created(life::add(app, may, told, key.with(&digest)?).await?))
}

pub(super) async fn change<T: Told + serde::de::DeserializeOwned>(
    app: &App,
    may: &MayChangeLife<T::Record>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (told, digest) = body.json::<T>().await?;
    Ok(created(life::change(app, may, told, key.with(&digest)?).await?))
}
