//! Round after round through the archive.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use archive::{Code, CouldNotCheck, Finding, Look, Looked, Pace, Place, Scrub, Section};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use uuid::Uuid;

use super::{Brake, Watch, only_one, state, target};
use crate::app::{new_id, now};
use crate::checkpoints::{self, CheckpointError};
use crate::db::DbError;
use crate::db::fixity::Round;
use crate::domain::fixity::{Checked, Found};
use crate::holds;

/// While nothing is due it is asked this often.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// An error that is gone after this is no alarm.
const PAUSE: Duration = Duration::from_secs(10);
/// What is wrong is looked at again after this: it may have been repaired.
const OPEN_EVERY: TimeDelta = TimeDelta::hours(1);
const OPEN_AT_A_TIME: usize = 200;
/// So many new findings of one look stand in the log by name.
const LOGGED: usize = 50;
/// While the log or the root cannot be read, or the database does not answer.
const TRY_AGAIN: Duration = Duration::from_secs(60);

/// Why a step was not done.
#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error("database: {0}")]
    Db(#[from] DbError),
    #[error(transparent)]
    Blocked(CouldNotCheck),
    /// The service ends.
    #[error("stopped")]
    Stopped,
    #[error("the checker crashed: {0}")]
    Crashed(#[from] tokio::task::JoinError),
}

impl From<CouldNotCheck> for StepError {
    fn from(error: CouldNotCheck) -> Self {
        match error {
            CouldNotCheck::Stopped => Self::Stopped,
            other => Self::Blocked(other),
        }
    }
}

/// Looks until told to stop. Only one does at a time; another waits for its turn.
pub(super) async fn run(
    watch: Watch,
    data: Arc<PathBuf>,
    brake: Arc<Brake>,
    mut stop: watch::Receiver<bool>,
) {
    let started = now();
    let pace = brake.pace(watch.config.scrub_bytes_per_second.get());
    let mut scrubber = Scrubber {
        eye: Eye::new(watch.clone(), pace),
        watch,
        section: None,
        started,
        open_looked_at: started,
        warned_of: None,
    };
    let mut lock = None;
    while !*stop.borrow() {
        lock = lock.or_else(|| only_one(&data));
        let turn = async {
            let wait = if lock.is_some() { scrubber.turn().await } else { LOOK_EVERY };
            tokio::time::sleep(wait).await;
        };
        // What is broken off here was not kept, and is looked at again by whoever goes on.
        tokio::select! {
            () = turn => {}
            _ = stop.changed() => {}
        }
    }
}

/// Looks again at everything that is wrong, at once and as fast as the disk is; for a person who has repaired something.
pub async fn look_again(watch: &Watch) -> anyhow::Result<()> {
    let eye = Eye::new(watch.clone(), Arc::new(|_| true));
    eye.look_and_settle(&watch.db.places_with_findings().await?).await?;
    Ok(())
}

struct Scrubber {
    watch: Watch,
    eye: Eye,
    /// Where the round under way is; made anew from its cursor after a start.
    section: Option<Section>,
    started: DateTime<Utc>,
    open_looked_at: DateTime<Utc>,
    /// The round of which it was said that the budget is too small.
    warned_of: Option<Uuid>,
}

impl Scrubber {
    /// Does something if there is a reason to; answers how long to wait.
    async fn turn(&mut self) -> Duration {
        let done = match self.step().await {
            Err(StepError::Blocked(why)) => self.blocked(why).await.map(|()| TRY_AGAIN),
            done => done,
        };
        match done {
            Ok(wait) => wait,
            Err(StepError::Stopped) => LOOK_EVERY,
            Err(error) => {
                tracing::error!(%error, "the archive is not being checked");
                self.section = None;
                TRY_AGAIN
            }
        }
    }

    async fn step(&mut self) -> Result<Duration, StepError> {
        if now() - self.open_looked_at >= OPEN_EVERY {
            let mut places = self.watch.db.places_with_findings().await?;
            places.truncate(OPEN_AT_A_TIME);
            self.eye.look_and_settle(&places).await?;
            self.open_looked_at = now();
        }
        let newest = self.watch.db.newest_round().await?;
        match newest {
            Some(round) if round.ended_at.is_none() => self.go_on(round).await,
            newest => {
                let days = self.watch.config.scrub_days.get();
                if now() < target::next_round(newest.as_ref(), days, self.started) {
                    return Ok(LOOK_EVERY);
                }
                self.watch.db.begin_round(new_id(), now()).await?;
                Ok(Duration::ZERO)
            }
        }
    }

    /// The next places of the round.
    async fn go_on(&mut self, mut round: Round) -> Result<Duration, StepError> {
        let before = self.eye.scrub.bytes_read();
        if round.place.is_none() {
            self.section = None;
        }
        let section = match self.section.take() {
            Some(section) => section,
            None => self.eye.section(round.place.clone()).await?,
        };
        let rate = self.watch.config.scrub_bytes_per_second.get();
        let (mut section, looked) = self.eye.look(section, target::step_bytes(rate)).await?;
        match looked.last().cloned() {
            Some(last) => {
                self.settle(&mut round.checked, looked).await?;
                round.place = Some(last);
            }
            None => match section.end.take() {
                Some(end) => section = self.eye.section(Some(end)).await?,
                None => round.ended_at = Some(now()),
            },
        }
        round.checked.bytes += self.eye.scrub.bytes_read() - before;
        self.watch.db.keep_round(&round).await?;
        self.section = round.ended_at.is_none().then_some(section);
        self.tell_of(&round).await?;
        Ok(Duration::ZERO)
    }

    /// Locks what is well for as long again, where the store has locks, and sees that what is to stay is held there. What was
    /// disposed of is let go.
    async fn keep_in_bucket(&self, looked: &Looked) -> Result<(), StepError> {
        let Some(app) = self.watch.app.as_ref().filter(|_| self.watch.paths.bucket().is_some()) else {
            return Ok(());
        };
        let archive = &app.archive;
        let until = now() + TimeDelta::days(self.watch.config.store_lock_days.into());
        let disposed = self.watch.db.disposed_among(&looked.objects).await?;
        for object in looked.objects.iter().filter(|object| !disposed.contains(object)) {
            if let Err(error) = archive.renew_locks(*object, until).await {
                tracing::warn!(%object, %error, "a lock could not be renewed; the next round tries again");
            }
        }
        if looked.well.contains(&Place::frame())
            && let Err(error) = archive.renew_locks_of_log(until).await
        {
            tracing::warn!(%error, "the log's locks could not be renewed; the next round tries again");
        }
        if let Err(problem) = holds::bucket::settle_all(app, &looked.objects).await {
            tracing::warn!(cause = %problem, "the bucket does not follow the holds; the next round tries again");
        }
        Ok(())
    }

    /// Counts what is well; looks again, after a pause, at what is not.
    async fn settle(&mut self, checked: &mut Checked, mut looked: Looked) -> Result<(), StepError> {
        let frame = Place::frame();
        if looked.well.contains(&frame) && !self.eye.continuity().await?.is_empty() {
            looked.well.retain(|place| *place != frame);
            looked.suspects.push(frame);
        }
        let open: BTreeSet<Place> = self.watch.db.places_with_findings().await?.into_iter().collect();
        self.keep_in_bucket(&looked).await?;
        checked.objects_ok += looked.well.iter().filter(|place| place.is_object()).count() as u64;
        for place in looked.well.iter().filter(|place| open.contains(place)) {
            self.watch.db.settle_place(place, &[], Uuid::nil(), now(), Uuid::nil).await?;
        }
        if looked.suspects.is_empty() {
            return Ok(());
        }
        tracing::info!(places = looked.suspects.len(), "something looks wrong and is looked at again");
        tokio::time::sleep(PAUSE).await;
        for (place, look) in self.eye.look_and_settle(&looked.suspects).await? {
            let counts = match look {
                Look::Found(found) if found.iter().any(|found| found.code == Code::NotChecked) => {
                    &mut checked.objects_not_checked
                }
                Look::Found(_) => &mut checked.objects_damaged,
                Look::UnderWay => &mut checked.objects_under_way,
                Look::Well => {
                    checked.passing_errors += u64::from(!looked.busy.contains(&place));
                    &mut checked.objects_ok
                }
            };
            *counts += u64::from(place.is_object());
        }
        Ok(())
    }

    /// Nothing can be said of any object. That is told as what it is, and the cursor stays where it was.
    async fn blocked(&mut self, why: CouldNotCheck) -> Result<(), StepError> {
        tracing::error!(%why, "the archive cannot be checked");
        self.section = None;
        tokio::time::sleep(PAUSE).await;
        match self.eye.look_and_settle(&[Place::frame()]).await {
            Err(StepError::Blocked(_)) => {
                let code = Code::NotChecked;
                let (outcome, todo) = (code.outcome(), code.advice());
                let finding = Finding { code, outcome, object: None, path: String::new(), todo };
                let (db, frame) = (&self.watch.db, Place::frame());
                log_new(&db.settle_place(&frame, &[finding], new_id(), now(), new_id).await?);
                Ok(())
            }
            looked => looked.map(|_| ()),
        }
    }

    async fn tell_of(&mut self, round: &Round) -> Result<(), StepError> {
        if self.warned_of != Some(round.id)
            && state(&self.watch.db, &self.watch.config).await?.is_enough == Some(false)
        {
            let (rate, days) = (self.watch.config.scrub_bytes_per_second, self.watch.config.scrub_days);
            tracing::warn!(%rate, %days, "the scrubber's budget is too small for the archive: raise scrub_bytes_per_second");
            self.warned_of = Some(round.id);
        }
        if round.ended_at.is_some() {
            let checked = &round.checked;
            tracing::info!(
                ok = checked.objects_ok,
                under_way = checked.objects_under_way,
                damaged = checked.objects_damaged,
                not_checked = checked.objects_not_checked,
                bytes = checked.bytes,
                "the whole archive was looked at"
            );
        }
        Ok(())
    }
}

/// Reads the archive, on threads that may wait.
struct Eye {
    watch: Watch,
    scrub: Arc<Scrub>,
}

impl Eye {
    fn new(watch: Watch, pace: Pace) -> Self {
        Self { scrub: Arc::new(Scrub::new(&watch.paths, pace)), watch }
    }

    async fn section(&self, after: Option<Place>) -> Result<Section, StepError> {
        let scrub = Arc::clone(&self.scrub);
        Ok(tokio::task::spawn_blocking(move || scrub.section(after.as_ref())).await??)
    }

    async fn look(&self, mut section: Section, size_bytes: u64) -> Result<(Section, Looked), StepError> {
        let scrub = Arc::clone(&self.scrub);
        let looked = move || scrub.look(&mut section, size_bytes).map(|looked| (section, looked));
        Ok(tokio::task::spawn_blocking(looked).await??)
    }

    /// Looks at places anew and keeps what is wrong there.
    async fn look_and_settle(&self, places: &[Place]) -> Result<Vec<(Place, Look)>, StepError> {
        let (scrub, wanted) = (Arc::clone(&self.scrub), places.to_vec());
        let mut looks = tokio::task::spawn_blocking(move || scrub.look_again(&wanted)).await??;
        let (event, mut new) = (new_id(), Vec::new());
        for (place, look) in &mut looks {
            let mut findings = match &look {
                Look::Found(findings) => findings.clone(),
                Look::Well | Look::UnderWay => Vec::new(),
            };
            if *place == Place::frame() {
                let more = self.continuity().await?;
                findings.extend(
                    more.into_iter().filter(|finding| !findings.contains(finding)).collect::<Vec<_>>(),
                );
            }
            new.extend(self.watch.db.settle_place(place, &findings, event, now(), new_id).await?);
            if !findings.is_empty() {
                *look = Look::Found(findings);
            }
        }
        log_new(&new);
        Ok(looks)
    }

    /// What the log says to the checkpoints that were seen before.
    async fn continuity(&self) -> Result<Vec<Finding>, StepError> {
        let seen = match checkpoints::seen(Some(&self.watch.db), &self.watch.config).await {
            Ok(seen) => seen,
            Err(CheckpointError::Db(error)) => return Err(error.into()),
            Err(_) => return Err(StepError::Blocked(CouldNotCheck::Log)),
        };
        let paths = self.watch.paths.clone();
        match tokio::task::spawn_blocking(move || seen.check(&paths)).await? {
            Err(CheckpointError::PutBack { finding, .. }) => Ok(vec![finding]),
            _ => Ok(Vec::new()),
        }
    }
}

/// Says in the log what is new. A disk that dies does not fill it.
fn log_new(new: &[Found]) {
    for found in new.iter().take(LOGGED) {
        let object = found.object.map(|object| object.to_string()).unwrap_or_default();
        let (code, outcome, path) = (found.code.as_str(), found.outcome.as_str(), &found.path);
        tracing::error!(
            code,
            outcome,
            object,
            path,
            "the archive is not as it was sealed; see livsbog fixity"
        );
    }
    if new.len() > LOGGED {
        tracing::error!(
            findings = new.len(),
            "the archive is not as it was sealed in more places than are named here"
        );
    }
}
