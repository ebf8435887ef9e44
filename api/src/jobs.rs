//! Background jobs: each a kind and a subject, kept in the database, done at least once, and safe to do twice.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::app::App;
use crate::db::jobs::Job;
use crate::problem::Problem;
use crate::{
    checkpoints, deposit, disposal, editions, fixity, holds, leaving, readings, renditions, replication,
    requests, resumable, stamps,
};

/// What can be done in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Make the sizes of a picture; subject: the media's id.
    Renditions,
    /// Make and seal a printed book; subject: the edition's id.
    Edition,
    /// Seal a file in pieces that is whole and could not be sealed when it came; subject: the upload's id.
    CompleteUpload,
    /// Seal the readings that wait; subject: `all`. Orders itself again.
    SealReadings,
    /// Finish deposits that were noted and not sealed, disposals that were broken off, and files in pieces that are whole
    /// and wait; subject: `all`. Orders itself again.
    FinishDeposits,
    /// Throw away what is over: ended sessions, and pieces of files that nobody came back for; subject: `all`. Orders
    /// itself again.
    ForgetExpired,
    /// Show others the newest checkpoint of the log; subject: `all`. Orders itself again.
    PublishCheckpoint,
    /// Have the log's newest checkpoint stamped with the time, and earlier stamps renewed; subject: `all`. Orders itself
    /// again.
    StampLog,
    /// Put into a bucket what a hold says; subject: the hold, its version, and the object done last.
    LegalHold,
    /// Make and hand over what a request was granted; subject: the request's id.
    HandOver,
    /// Make what an owner takes home; subject: the package's id.
    TakeHome,
}

impl Kind {
    const ALL: [Kind; 11] = [
        Self::Renditions,
        Self::Edition,
        Self::CompleteUpload,
        Self::SealReadings,
        Self::FinishDeposits,
        Self::ForgetExpired,
        Self::PublishCheckpoint,
        Self::StampLog,
        Self::LegalHold,
        Self::HandOver,
        Self::TakeHome,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Renditions => "renditions",
            Self::Edition => "edition",
            Self::CompleteUpload => "complete_upload",
            Self::SealReadings => "seal_readings",
            Self::FinishDeposits => "finish_deposits",
            Self::ForgetExpired => "forget_expired",
            Self::PublishCheckpoint => "publish_checkpoint",
            Self::StampLog => "stamp_log",
            Self::LegalHold => "legal_hold",
            Self::HandOver => "hand_over",
            Self::TakeHome => "take_home",
        }
    }

    /// Jobs that run again and again, and how often.
    fn every(self) -> Option<TimeDelta> {
        match self {
            Self::SealReadings => Some(TimeDelta::minutes(5)),
            Self::FinishDeposits => Some(TimeDelta::minutes(2)),
            Self::ForgetExpired => Some(TimeDelta::hours(6)),
            Self::PublishCheckpoint => Some(TimeDelta::minutes(1)),
            Self::StampLog => Some(TimeDelta::days(1)),
            Self::Renditions
            | Self::Edition
            | Self::CompleteUpload
            | Self::LegalHold
            | Self::HandOver
            | Self::TakeHome => None,
        }
    }

    /// Jobs that are tried until they are done.
    fn is_never_given_up(self) -> bool {
        self.every().is_some() || self == Self::LegalHold
    }
}

const ATTEMPTS: u32 = 8;
/// Without a wake-up a worker looks for due jobs this often.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Orders a job to be done as soon as a worker is free.
pub async fn order(app: &App, kind: Kind, subject: &str) -> Result<(), Problem> {
    let now = app.now();
    app.db.enqueue(app.new_id(), kind.as_str(), subject, now, now).await?;
    app.job_ordered.notify_one();
    Ok(())
}

/// Works until told to stop; what is under way is finished first.
pub async fn work(app: App, mut stop: watch::Receiver<bool>) -> Result<(), Problem> {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.every().is_some()) {
        order(&app, kind, "all").await?;
    }
    // Beside the jobs, not one of them: the first copy of a large archive takes hours.
    let replicating = tokio::spawn(replication::keep_up(app.clone(), stop.clone()));
    let scrubbing = tokio::spawn(fixity::keep_looking(app.clone(), stop.clone()));
    while !*stop.borrow() {
        match app.db.take_job(app.now()).await {
            Ok(Some(job)) => run(&app, job).await,
            Ok(None) => idle(&app, &mut stop).await,
            Err(error) => {
                tracing::warn!(%error, "no job could be fetched");
                idle(&app, &mut stop).await;
            }
        }
    }
    scrubbing.await.map_err(|error| Problem::Internal(format!("scrubber: {error}")))?;
    replicating.await.map_err(|error| Problem::Internal(format!("replication: {error}")))
}

async fn idle(app: &App, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = app.job_ordered.notified() => {}
        () = tokio::time::sleep(LOOK_EVERY) => {}
        _ = stop.changed() => {}
    }
}

/// Does every job that is due, and answers how many. For commands that end, and for tests.
pub async fn drain(app: &App) -> Result<u32, Problem> {
    let mut done = 0;
    while let Some(job) = app.db.take_job(app.now()).await? {
        run(app, job).await;
        done += 1;
    }
    Ok(done)
}

async fn run(app: &App, job: Job) {
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == job.kind);
    let outcome = match kind {
        Some(kind) => perform(app, kind, &job.subject).await,
        None => Err(Problem::Internal(format!("a job of unknown kind {}", job.kind))),
    };
    let settled = match (&outcome, kind) {
        (Ok(()), Some(kind)) => settle(app, &job, kind).await,
        (Ok(()), None) => Ok(()),
        (Err(problem), kind) => give_back(app, &job, kind, problem).await,
    };
    if let Err(error) = settled {
        tracing::warn!(kind = job.kind, %error, "a job's outcome could not be noted; it will be done again");
    }
    app.job_done.notify_waiters();
}

async fn perform(app: &App, kind: Kind, subject: &str) -> Result<(), Problem> {
    let id = || subject.parse().map_err(|_| Problem::Internal("a job's subject is no id".into()));
    match kind {
        Kind::Renditions => renditions::make(app, crate::domain::ids::MediaId(id()?)).await,
        Kind::Edition => editions::make(app, crate::domain::ids::EditionId(id()?)).await,
        Kind::CompleteUpload => resumable::complete_alone(app, id()?).await,
        Kind::SealReadings => readings::seal_batches(app, false).await,
        Kind::FinishDeposits => {
            deposit::finish_stale(app).await?;
            disposal::finish(app).await?;
            requests::order_granted(app).await?;
            resumable::complete_waiting(app).await
        }
        Kind::ForgetExpired => {
            app.db.delete_expired_credentials(app.now()).await?;
            resumable::discard_stale(app).await
        }
        Kind::PublishCheckpoint => Ok(checkpoints::publish(app).await?),
        Kind::StampLog => {
            stamps::stamp_when_grown(app).await?;
            Ok(stamps::renew_when_due(app).await?)
        }
        Kind::LegalHold => holds::bucket::follow(app, subject).await,
        Kind::HandOver => requests::hand_over(app, crate::domain::ids::RequestId(id()?)).await,
        Kind::TakeHome => leaving::make(app, id()?).await,
    }
}

async fn settle(app: &App, job: &Job, kind: Kind) -> Result<(), Problem> {
    app.db.finish_job(job.id).await?;
    if let Some(every) = kind.every() {
        let now = app.now();
        app.db.enqueue(app.new_id(), kind.as_str(), &job.subject, now, now + every).await?;
    }
    Ok(())
}

/// Tries again later, a little later each time; after the last attempt the job stands as failed, for a person to see.
async fn give_back(app: &App, job: &Job, kind: Option<Kind>, problem: &Problem) -> Result<(), Problem> {
    let (code, _) = problem.code();
    tracing::warn!(kind = job.kind, attempt = job.attempts, code, cause = %problem, "a job failed");
    let last = job.attempts >= ATTEMPTS && !kind.is_some_and(Kind::is_never_given_up);
    let wait = TimeDelta::seconds(5 * i64::from(2_u32.pow(job.attempts.min(8))));
    app.db.put_back(job.id, code, (!last).then(|| app.now() + wait)).await?;
    if last
        && kind == Some(Kind::Edition)
        && let Ok(id) = job.subject.parse()
    {
        app.db.edition_failed(id, code).await?;
    }
    Ok(())
}
