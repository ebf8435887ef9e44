//! A stamp is worth something for as long as its authority's certificate is good. Before that ends, a newer stamp is put on
//! a list of all files of the earlier ones: "they existed when their certificate was still good". So each renewal carries
//! all before it on.

use std::collections::HashSet;

use archive::{Stamp, Stamped};
use chrono::{DateTime, TimeDelta, Utc};

use super::desk::Desk;
use super::{Authority, StampError};
use crate::app::App;

/// Stamps whose certificate ends within this time are renewed.
const BEFORE_THE_END: TimeDelta = TimeDelta::days(365);
/// A renewal by a certificate that ends hardly later would only be one more to renew.
const WORTH_IT: TimeDelta = TimeDelta::days(30);

/// What is to be said of a kept stamp.
pub struct Judged {
    pub stamp: Stamp,
    /// What it proves; or why it proves nothing.
    pub word: Result<Word, String>,
    /// Of a renewal: files that it lists and that are not there as they were.
    pub gone: Vec<String>,
}

/// What a good stamp says.
pub struct Word {
    pub time: DateTime<Utc>,
    /// The renewal that was made while its certificate was good, where that is not good any more.
    pub carried_by: Option<String>,
}

impl Judged {
    pub fn is_good(&self) -> bool {
        self.word.is_ok() && self.gone.is_empty()
    }
}

/// A good renewal: what it lists, and when.
struct Renewal {
    path: String,
    time: DateTime<Utc>,
    lines: HashSet<String>,
}

impl Renewal {
    fn lists(&self, stamp: &Stamp) -> bool {
        stamp.checksums().iter().all(|line| self.lines.contains(line))
    }
}

/// Judges all stamps that are kept, given oldest first: each by certificates that are good now, or were good when a younger
/// stamp that is good was put on its files.
pub async fn judge(stamps: Vec<Stamp>) -> Vec<Judged> {
    let known: HashSet<String> = stamps.iter().flat_map(Stamp::checksums).collect();
    let mut renewals: Vec<Renewal> = Vec::new();
    let mut judged = Vec::new();
    for stamp in stamps.into_iter().rev() {
        let word = word_of(&stamp, &renewals).await;
        let lines = listed_by(&stamp);
        let mut gone: Vec<String> = lines.difference(&known).map(|line| path_in(line)).collect();
        gone.sort_unstable();
        if let (Stamped::Earlier, Ok(word)) = (stamp.of, &word) {
            renewals.push(Renewal { path: stamp.path(), time: word.time, lines });
        }
        judged.push(Judged { stamp, word: word.map_err(|error| error.to_string()), gone });
    }
    judged.reverse();
    judged
}

fn path_in(line: &str) -> String {
    line.split_once("  ").map_or(line, |(_, path)| path).to_owned()
}

async fn word_of(stamp: &Stamp, renewals: &[Renewal]) -> Result<Word, StampError> {
    let desk = Desk::with(stamp)?;
    let now = desk.verify(None).await;
    let Err(why) = now else { return Ok(Word { time: desk.time().await?, carried_by: None }) };
    for renewal in renewals.iter().filter(|renewal| renewal.lists(stamp)) {
        if desk.verify(Some(renewal.time)).await.is_ok() {
            return Ok(Word { time: desk.time().await?, carried_by: Some(renewal.path.clone()) });
        }
    }
    let time = desk.time().await.map_err(|_| why)?;
    // Good when it was made: what it lacks is time.
    match desk.verify(Some(time)).await {
        Ok(()) => Err(StampError::Ended),
        Err(why) => Err(why),
    }
}

/// The renewals that list a stamp, oldest first: each carries it on from the one before.
pub fn renewals_of<'a>(stamp: &Stamp, stamps: &'a [Stamp]) -> impl Iterator<Item = &'a Stamp> {
    let lines = stamp.checksums();
    stamps.iter().filter(move |renewal| {
        let listed = listed_by(renewal);
        lines.iter().all(|line| listed.contains(line))
    })
}

/// Has the authority put its time on all earlier stamps that are good; answers the renewal, and those left out.
pub async fn renew(app: &App, authority: &Authority) -> Result<(Stamp, Vec<Judged>), StampError> {
    let judged = judge(app.archive.stamps().await?).await;
    let (good, bad): (Vec<_>, Vec<_>) = judged.into_iter().partition(|judged| judged.word.is_ok());
    if good.is_empty() {
        return Err(StampError::NothingToRenew);
    }
    let lines = good.iter().flat_map(|judged| judged.stamp.checksums());
    let list: String = lines.map(|line| line + "\n").collect();
    let renewal = authority.stamp(app, Stamped::Earlier, list.into()).await?;
    Ok((renewal, bad))
}

/// Renews where an authority is set, the certificate of a stamp that no renewal lists ends soon, and the authority has
/// one by now that lasts longer.
pub async fn renew_when_due(app: &App) -> Result<(), StampError> {
    let Some(authority) = Authority::configured(&app.config) else { return Ok(()) };
    let stamps = app.archive.stamps().await?;
    let listed: HashSet<String> = stamps.iter().flat_map(listed_by).collect();
    let Some(newest) = stamps.iter().rev().find(|stamp| stamp.of == Stamped::Checkpoint) else {
        return Ok(());
    };
    let newest_end = Desk::with(newest)?.end().await?;
    for stamp in &stamps {
        if stamp.checksums().iter().all(|line| listed.contains(line)) {
            continue;
        }
        let desk = Desk::with(stamp)?;
        let lasts = desk.verify(Some(app.now() + BEFORE_THE_END)).await.is_ok();
        // What is not good any more no renewal makes good; `livsbog log check` names it.
        if lasts || desk.verify(None).await.is_err() {
            continue;
        }
        let end = desk.end().await?;
        if newest_end - end >= WORTH_IT {
            let (renewal, left_out) = renew(app, &authority).await?;
            tracing::info!(
                renewal = renewal.path(),
                left_out = left_out.len(),
                "the time stamps were renewed"
            );
            return Ok(());
        }
        if end - app.now() < WORTH_IT {
            tracing::warn!(%end, "time stamps end soon, and the authority has no later certificate: set another one");
            return Ok(());
        }
    }
    Ok(())
}

fn listed_by(stamp: &Stamp) -> HashSet<String> {
    match stamp.of {
        Stamped::Checkpoint => HashSet::new(),
        Stamped::Earlier => stamp.text().lines().map(str::to_owned).collect(),
    }
}
