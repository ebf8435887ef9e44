//! A child's own goals and dreams.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::GoalKind;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::life::list;
use super::shapes::RecordReceipt;
use super::{Asked, Body, List, Part, RequestKey, created};
use crate::app::App;
use crate::auth::{MayChangeLife, MayHelpGoal, MayRead, MayTell};
use crate::db::life::StoredLife;
use crate::domain::goal::{Goal, GoalStep};
use crate::goals::{self, NewGoal, NewStep, StepDone};
use crate::problem::Problem;

/// A goal in the child's plan, or a dream of the future.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoalView {
    pub id: Uuid,
    pub version: u32,
    #[schema(value_type = String, example = "plan")]
    pub kind: GoalKind,
    /// The child's own words.
    pub words: String,
    /// The day the child ticked it.
    pub reached_on: Option<NaiveDate>,
    /// What its adults do.
    pub steps: Vec<StepView>,
    pub told_by: Uuid,
    pub told_at: DateTime<Utc>,
}

/// What one adult does for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepView {
    pub by: Uuid,
    pub at: DateTime<Utc>,
    pub words: String,
    pub done_on: Option<NaiveDate>,
}

impl From<StoredLife<Goal>> for GoalView {
    fn from(StoredLife { id, version, record }: StoredLife<Goal>) -> Self {
        let step = |GoalStep { by, at, words, done_on }: GoalStep| StepView { by: by.0, at, words, done_on };
        Self {
            id,
            version,
            kind: record.kind,
            words: record.words,
            reached_on: record.reached_on,
            steps: record.steps.into_iter().map(step).collect(),
            told_by: record.told_by.0,
            told_at: record.told_at,
        }
    }
}

/// A child's goals and dreams, first to last; what it took away is left out.
#[utoipa::path(get, path = "/api/v1/children/{child}/goals", tag = "goals",
    params(("child" = uuid::Uuid, Path), Part), responses((status = 200, body = List<GoalView>)))]
pub async fn goals(app: Data<App>, may: MayRead, part: Asked<Part>) -> Result<Json<List<GoalView>>, Problem> {
    list::<Goal, _>(&app, &may, &part.get()?, GoalView::from).await
}

/// Say what one wants to reach.
#[utoipa::path(post, path = "/api/v1/children/{child}/goals", tag = "goals", request_body = NewGoal,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_goal(
    app: Data<App>,
    may: MayTell<Goal>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewGoal>().await?;
    Ok(created(goals::add(&app, &may, new, key.with(&digest)?).await?))
}

/// Say it anew, tick it, or take it away: a new version. The adults' steps stay.
#[utoipa::path(post, path = "/api/v1/goals/{record}/versions", tag = "goals", request_body = NewGoal,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_goal(
    app: Data<App>,
    may: MayChangeLife<Goal>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewGoal>().await?;
    Ok(created(goals::change(&app, &may, new, key.with(&digest)?).await?))
}

/// Say what one does for a child's goal.
#[utoipa::path(post, path = "/api/v1/goals/{record}/steps", tag = "goals", request_body = NewStep,
    params(("record" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_step(
    app: Data<App>,
    may: MayHelpGoal,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewStep>().await?;
    Ok(created(goals::add_step(&app, &may, new, key.with(&digest)?).await?))
}

/// Say that a step, counted from one, is done, or not yet after all.
#[utoipa::path(post, path = "/api/v1/goals/{record}/steps/{number}", tag = "goals", request_body = StepDone,
    params(("record" = uuid::Uuid, Path), ("number" = u32, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = RecordReceipt)))]
pub async fn settle_step(
    app: Data<App>,
    may: MayHelpGoal,
    path: Path<(Uuid, String)>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let number = path.1.parse().map_err(|_| Problem::NotFound)?;
    let (settled, digest) = body.json::<StepDone>().await?;
    Ok(created(goals::settle_step(&app, &may, number, &settled, key.with(&digest)?).await?))
}
