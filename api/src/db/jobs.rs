//! Background jobs: persistent, leased, retried. A job is a kind and a subject; ordering one that waits already changes
//! nothing.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, Set,
};
use sea_orm::{QuerySelect, sea_query::LockBehavior, sea_query::LockType};
use uuid::Uuid;

use super::tables::jobs;
use super::{Db, DbError, time_text};

/// A job that somebody has taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: Uuid,
    pub kind: String,
    pub subject: String,
    /// How often it was taken on, this time included.
    pub attempts: u32,
}

/// How many jobs wait, run and have failed for good.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCounts {
    pub waiting: u64,
    pub running: u64,
    pub failed: u64,
}

/// A worker that does not come back loses its job after this.
const LEASE: TimeDelta = TimeDelta::minutes(10);

const WAITING: &str = "waiting";
const RUNNING: &str = "running";
const FAILED: &str = "failed";

impl Db {
    /// Orders a job to run at `run_at`, unless the same one waits or runs already. A failed one gets a new chance.
    pub async fn enqueue(
        &self,
        id: Uuid,
        kind: &str,
        subject: &str,
        now: DateTime<Utc>,
        run_at: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let row = jobs::ActiveModel {
            id: Set(id),
            kind: Set(kind.into()),
            subject: Set(subject.into()),
            state: Set(WAITING.into()),
            attempts: Set(0),
            run_at: Set(time_text(run_at)),
            leased_until: Set(None),
            problem: Set(None),
            created_at: Set(time_text(now)),
        };
        let known = OnConflict::columns([jobs::Column::Kind, jobs::Column::Subject])
            .update_columns([jobs::Column::State, jobs::Column::RunAt, jobs::Column::Attempts])
            .action_and_where(jobs::Column::State.eq(FAILED))
            .to_owned();
        jobs::Entity::insert(row).on_conflict(known).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// Takes on the job that has waited longest, if one is due.
    pub async fn take_job(&self, now: DateTime<Utc>) -> Result<Option<Job>, DbError> {
        let due = time_text(now);
        let due = Condition::any()
            .add(jobs::Column::State.eq(WAITING).and(jobs::Column::RunAt.lte(&due)))
            .add(jobs::Column::State.eq(RUNNING).and(jobs::Column::LeasedUntil.lt(&due)));
        // A look without a lock first: most of the time nothing is due.
        if jobs::Entity::find().filter(due.clone()).one(&self.connection).await?.is_none() {
            return Ok(None);
        }
        let tx = self.write().await?;
        let found = jobs::Entity::find()
            .filter(due)
            .order_by_asc(jobs::Column::RunAt)
            .order_by_asc(jobs::Column::Id)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .limit(1)
            .one(&tx)
            .await?;
        let Some(row) = found else { return Ok(None) };
        let job = Job {
            id: row.id,
            kind: row.kind.clone(),
            subject: row.subject.clone(),
            attempts: row.attempts.unsigned_abs() + 1,
        };
        let mut row: jobs::ActiveModel = row.into();
        row.state = Set(RUNNING.into());
        row.attempts = Set(i32::try_from(job.attempts).unwrap_or(i32::MAX));
        row.leased_until = Set(Some(time_text(now + LEASE)));
        row.update(&tx).await?;
        tx.commit().await?;
        Ok(Some(job))
    }

    /// A job that is done leaves no trace: what it made speaks for it.
    pub async fn finish_job(&self, id: Uuid) -> Result<(), DbError> {
        jobs::Entity::delete_by_id(id).exec(&self.connection).await?;
        Ok(())
    }

    /// Puts a job back to run at `again`, or marks it failed for good. `problem` is a code, never a person's words.
    pub async fn put_back(
        &self,
        id: Uuid,
        problem: &str,
        again: Option<DateTime<Utc>>,
    ) -> Result<(), DbError> {
        let Some(row) = jobs::Entity::find_by_id(id).one(&self.connection).await? else { return Ok(()) };
        let mut row: jobs::ActiveModel = row.into();
        row.state = Set(if again.is_some() { WAITING } else { FAILED }.into());
        row.problem = Set(Some(problem.into()));
        row.leased_until = Set(None);
        if let Some(again) = again {
            row.run_at = Set(time_text(again));
        }
        row.update(&self.connection).await?;
        Ok(())
    }

    /// Gives back the jobs a stopped process left running. Only where one process works on the database.
    pub async fn release_jobs(&self) -> Result<(), DbError> {
        jobs::Entity::update_many()
            .col_expr(jobs::Column::State, sea_orm::sea_query::Expr::value(WAITING))
            .filter(jobs::Column::State.eq(RUNNING))
            .exec(&self.connection)
            .await?;
        Ok(())
    }

    pub async fn job_counts(&self) -> Result<JobCounts, DbError> {
        let count = async |state: &str| {
            jobs::Entity::find().filter(jobs::Column::State.eq(state)).count(&self.connection).await
        };
        Ok(JobCounts {
            waiting: count(WAITING).await?,
            running: count(RUNNING).await?,
            failed: count(FAILED).await?,
        })
    }
}
