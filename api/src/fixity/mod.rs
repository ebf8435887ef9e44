//! The scrubber: looks at the whole archive, place by place, for as long as the service runs, and tells what it found. It
//! changes nothing in the archive but for its own sealed events.

mod alarm;
mod event;
mod scrubber;
mod target;

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use archive::{ArchivePaths, Outcome, Pace};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::app::{App, new_id, now};
use crate::config::Config;
use crate::db::fixity::Round;
use crate::db::{Db, DbError};
use crate::mail::Post;

pub use scrubber::look_again;

/// How often it is asked whether there is something to tell.
const TELL_EVERY: Duration = Duration::from_secs(2);
/// After a failure it is tried again, later each time, up to this.
const TRY_AGAIN_AT_MOST: TimeDelta = TimeDelta::minutes(30);

/// Looks at the archive and tells what is found, until told to stop.
pub async fn keep_looking(app: App, mut stop: watch::Receiver<bool>) {
    let brake = Arc::new(Brake::default());
    let looking =
        tokio::spawn(scrubber::run(Watch::of(&app), app.data.clone(), Arc::clone(&brake), stop.clone()));
    let telling = tokio::spawn(tell(app, stop.clone()));
    while !*stop.borrow() && stop.changed().await.is_ok() {}
    brake.pull();
    for (task, ended) in [("looking", looking.await), ("telling", telling.await)] {
        if let Err(error) = ended {
            tracing::error!(task, %error, "the scrubber crashed; what it did not reach is not checked");
        }
    }
}

/// Seals events and writes letters. Nothing is lost by a failure: what was not told stands in the database.
async fn tell(app: App, mut stop: watch::Receiver<bool>) {
    let post = match Post::configured(&app.config) {
        Ok(post) => post,
        Err(error) => {
            tracing::error!(%error, "no mail is sent");
            None
        }
    };
    let (mut sealing, mut mailing) = (Patience::default(), Patience::default());
    while !*stop.borrow() {
        let turn = async {
            if sealing.is_over(app.now()) {
                let sealed = event::seal_new(&app).await;
                sealing.after(&sealed, app.now(), "a fixity event was not sealed");
            }
            if let Some(post) = post.as_ref().filter(|_| mailing.is_over(app.now())) {
                let told = alarm::tell(&app, post).await;
                mailing.after(&told, app.now(), "no mail about findings was sent");
            }
            tokio::time::sleep(TELL_EVERY).await;
        };
        tokio::select! {
            () = turn => {}
            _ = stop.changed() => {}
        }
    }
}

/// Waits longer after each failure in a row.
#[derive(Default)]
struct Patience {
    failures: u32,
    until: Option<DateTime<Utc>>,
}

impl Patience {
    fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now >= until)
    }

    fn after<E: std::fmt::Display>(&mut self, done: &Result<(), E>, now: DateTime<Utc>, what: &'static str) {
        match done {
            Ok(()) => *self = Self::default(),
            Err(error) => {
                tracing::warn!(%error, "{what}; it will be tried again");
                let wait = TimeDelta::seconds(5 << self.failures.min(10)).min(TRY_AGAIN_AT_MOST);
                *self = Self { failures: self.failures + 1, until: Some(now + wait) };
            }
        }
    }
}

/// Holds reading back to the budget, and breaks it off when the service stops.
#[derive(Default)]
struct Brake {
    pulled: Mutex<bool>,
    told: Condvar,
}

impl Brake {
    fn pull(&self) {
        *self.pulled.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.told.notify_all();
    }

    fn pace(self: &Arc<Self>, bytes_per_second: u64) -> Pace {
        let brake = Arc::clone(self);
        Arc::new(move |size_bytes| {
            let pulled = brake.pulled.lock().unwrap_or_else(PoisonError::into_inner);
            let wait = target::wait_after(size_bytes, bytes_per_second);
            let waited = brake.told.wait_timeout_while(pulled, wait, |pulled| !*pulled);
            !*waited.unwrap_or_else(PoisonError::into_inner).0
        })
    }
}

/// What the scrubber needs: less than the service, so that it can be asked when nothing else can be opened any more.
#[derive(Clone)]
pub struct Watch {
    pub db: Db,
    pub config: Arc<Config>,
    pub paths: ArchivePaths,
    /// The whole service, for what is done to a bucket in passing; absent where it was not opened.
    pub app: Option<App>,
}

impl Watch {
    fn of(app: &App) -> Self {
        let paths = app.archive.paths().clone();
        Self { db: app.db.clone(), config: Arc::clone(&app.config), paths, app: Some(app.clone()) }
    }
}

/// How the scrubber stands, for `/metrics` and `livsbog fixity`.
#[derive(Debug, Clone)]
pub struct State {
    /// The round under way, or the last one.
    pub newest: Option<Round>,
    /// The last one that left nothing out.
    pub complete: Option<Round>,
    pub findings: [(Outcome, u64); 5],
    /// Whether the budget suffices for the target; nothing until that can be told.
    pub is_enough: Option<bool>,
}

impl State {
    pub fn progress(&self) -> f64 {
        self.newest.as_ref().map_or(0.0, target::progress)
    }

    /// Since every byte that was there then has been looked at.
    pub fn oldest_look(&self) -> Option<DateTime<Utc>> {
        self.complete.as_ref().map(|round| round.begun_at)
    }
}

pub async fn state(db: &Db, config: &Config) -> Result<State, DbError> {
    let (newest, complete) = (db.newest_round().await?, db.last_complete_round().await?);
    let mut findings = Outcome::ALL.map(|outcome| (outcome, 0));
    for (outcome, count) in &mut findings {
        *count = db.count_findings(*outcome).await?;
    }
    let expected = newest.as_ref().and_then(|newest| target::expected_bytes(newest, complete.as_ref()));
    let (rate, days) = (config.scrub_bytes_per_second.get(), config.scrub_days.get());
    let is_enough = expected.map(|bytes| target::is_enough(rate, bytes, days));
    Ok(State { newest, complete, findings, is_enough })
}

/// A metric's name, type and words, and its values by label.
pub type Metric = (&'static str, &'static str, &'static str, Vec<(&'static str, String)>);

/// How the scrubber stands, for Prometheus.
pub fn metrics(state: &State, now: DateTime<Utc>) -> Vec<Metric> {
    let gauge = |name, help, value: String| (name, "gauge", help, vec![("", value)]);
    let since = |at: Option<DateTime<Utc>>| {
        at.map_or("+Inf".to_owned(), |at| (now - at).num_seconds().max(0).to_string())
    };
    let checked = state.newest.as_ref().map(|round| round.checked).unwrap_or_default();
    let ended_at = state.complete.as_ref().and_then(|round| round.ended_at);
    let label = |outcome| match outcome {
        Outcome::Changed => "{outcome=\"changed\"}",
        Outcome::Missing => "{outcome=\"missing\"}",
        Outcome::Unreadable => "{outcome=\"unreadable\"}",
        Outcome::Unexpected => "{outcome=\"unexpected\"}",
        Outcome::NotChecked => "{outcome=\"not-checked\"}",
    };
    let findings = state.findings.iter().map(|(outcome, count)| (label(*outcome), count.to_string()));
    let objects = vec![
        ("{answer=\"ok\"}", checked.objects_ok.to_string()),
        ("{answer=\"under-way\"}", checked.objects_under_way.to_string()),
        ("{answer=\"damaged\"}", checked.objects_damaged.to_string()),
        ("{answer=\"not-checked\"}", checked.objects_not_checked.to_string()),
    ];
    vec![
        ("livsbog_fixity_findings", "gauge", "What is wrong in the archive now", findings.collect()),
        ("livsbog_fixity_round_objects", "gauge", "Objects the scrubber's round has looked at", objects),
        gauge("livsbog_fixity_round_bytes", "Bytes the scrubber's round has read", checked.bytes.to_string()),
        gauge(
            "livsbog_fixity_round_progress",
            "How much of the scrubber's round is done, as a fraction",
            format!("{:.4}", state.progress()),
        ),
        gauge(
            "livsbog_fixity_passing_errors",
            "Errors of the round that were gone at a second look",
            checked.passing_errors.to_string(),
        ),
        gauge(
            "livsbog_fixity_complete_seconds",
            "Seconds since a round ended that left nothing out",
            since(ended_at),
        ),
        gauge(
            "livsbog_fixity_oldest_look_seconds",
            "Every byte that was there so many seconds ago was looked at since",
            since(state.oldest_look()),
        ),
        gauge(
            "livsbog_fixity_budget_is_enough",
            "Whether the scrubber's budget suffices for its target",
            state.is_enough.map_or("NaN".to_owned(), |is_enough| u8::from(is_enough).to_string()),
        ),
    ]
}

/// Orders a new round, unless one is under way; answers whether it did.
pub async fn begin_round(db: &Db) -> Result<bool, DbError> {
    let newest = db.newest_round().await?;
    if newest.is_some_and(|round| round.ended_at.is_none()) {
        return Ok(false);
    }
    db.begin_round(new_id(), now()).await?;
    Ok(true)
}

/// Held by the one scrubber of an instance: `serve` and `work` may run side by side.
fn only_one(data: &Path) -> Option<std::fs::File> {
    let file = std::fs::File::options().create(true).append(true).open(data.join("fixity.lock")).ok()?;
    file.try_lock().is_ok().then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_tried_again_later_each_time_and_for_ever() {
        let (mut patience, mut now) = (Patience::default(), DateTime::UNIX_EPOCH);
        let mut waits = Vec::new();
        for _ in 0..20 {
            assert!(patience.is_over(now));
            patience.after(&Err("away"), now, "nothing was sent");
            let until = patience.until.unwrap();
            assert!(!patience.is_over(until - TimeDelta::seconds(1)));
            waits.push((until - now).num_seconds());
            now = until;
        }
        assert!(waits.is_sorted() && waits[0] == 5 && waits[19] == 1800, "{waits:?}");
        patience.after(&Ok::<(), &str>(()), now, "");
        assert!(patience.is_over(now));
    }

    #[test]
    fn a_pulled_brake_ends_the_longest_wait() {
        let brake = Arc::new(Brake::default());
        let pace = brake.pace(u64::MAX);
        assert!(pace(1_000_000));
        let slow = brake.pace(1);
        let waiting = std::thread::spawn(move || slow(u64::MAX));
        brake.pull();
        assert!(!waiting.join().unwrap());
        assert!(!pace(1));
    }
}
