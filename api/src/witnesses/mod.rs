//! Witnesses: others who sign that they saw the log grow (C2SP tlog-witness). Whoever runs a service could show different
//! people different logs; a witness that follows it sees that, and does not sign.

mod ask;
pub mod home;
mod state;

use std::collections::BTreeMap;
use std::time::Duration;

use archive::{Checkpoint, Cosigned, WitnessKey};
use chrono::TimeDelta;
use futures_util::future::join_all;

use crate::app::App;
use crate::config::Config;
use crate::fixity::Metric;
use crate::instance::InstanceError;
use ask::AskError;
pub use state::State;

/// All questions to one witness about one checkpoint end within this time.
const PATIENCE: Duration = Duration::from_secs(10);
/// A witness that did not cosign is left alone for this long.
const TRY_AGAIN: TimeDelta = TimeDelta::minutes(5);

/// Why there is no cosignature.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    #[error("witnesses: {0}: {1}")]
    Setting(String, &'static str),
    #[error("{0}")]
    State(#[from] InstanceError),
    #[error("archive: {0}")]
    Archive(#[from] archive::Error),
    #[error("no configured witness has cosigned this: {0}")]
    NotCosigned(&'static str),
}

/// A witness in the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    pub key: WitnessKey,
    /// Where it is asked; without one its cosignatures come by hand.
    pub url: Option<String>,
}

/// The witnesses in the settings; refuses what can never work.
pub fn configured(config: &Config) -> Result<Vec<Witness>, WitnessError> {
    let mut witnesses: Vec<Witness> = Vec::new();
    for setting in &config.witnesses {
        let wrong = |why| Err(WitnessError::Setting(setting.key.clone(), why));
        let Ok(key) = setting.key.parse::<WitnessKey>() else {
            return wrong("not a witness's key: <name>+<id>+<base64 of 0x04 and an Ed25519 key>");
        };
        let has_scheme = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        if setting.url.as_ref().is_some_and(|url| !has_scheme(url)) {
            return wrong("its address begins with http:// or https://");
        }
        if witnesses.iter().any(|other| other.key == key) {
            return wrong("named twice");
        }
        witnesses.push(Witness { key, url: setting.url.clone() });
    }
    Ok(witnesses)
}

/// Whether a witness that did not cosign a moment ago is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Not before some minutes have passed.
    Patient,
    AtOnce,
}

/// Has the witnesses cosign a checkpoint that they have not cosigned yet; answers the cosignatures beneath it now. A witness
/// that is away takes some seconds once in a while and nothing else.
pub async fn cosignatures(
    app: &App,
    checkpoint: &Checkpoint,
    asking: Asking,
) -> Result<String, WitnessError> {
    let witnesses = configured(&app.config)?;
    if witnesses.is_empty() {
        return Ok(String::new());
    }
    let known = &state::read(&app.data);
    let asked = witnesses.iter().map(|witness| async move {
        let before = known.get(&witness.key.text()).cloned().unwrap_or_default();
        let after = step(app, witness, checkpoint, before.clone(), asking).await;
        (witness, before, after)
    });
    let mut lines = String::new();
    let mut changed = BTreeMap::new();
    for (witness, before, after) in join_all(asked).await {
        if let Some(found) = after.cosignature_of(&witness.key, &checkpoint.note) {
            lines.push_str(&found.line);
        }
        if after != before {
            changed.insert(witness.key.text(), after);
        }
    }
    if !changed.is_empty() {
        state::note(&app.data, changed)?;
    }
    Ok(lines)
}

/// Asks one witness, if there is a reason to; answers what is known of it then.
async fn step(app: &App, witness: &Witness, checkpoint: &Checkpoint, before: State, asking: Asking) -> State {
    let Some(url) = &witness.url else { return before };
    let since = before.failed_at.map(|at| app.now() - at);
    let waits = since.is_some_and(|since| (TimeDelta::zero()..TRY_AGAIN).contains(&since));
    if waits && asking == Asking::Patient {
        return before;
    }
    if checkpoint.size == 0 || before.cosignature_of(&witness.key, &checkpoint.note).is_some() {
        return before;
    }
    let asked = ask::cosigned(app, &witness.key, url, checkpoint, before.size);
    let answer = tokio::time::timeout(PATIENCE, asked).await.unwrap_or(Err(AskError::Slow));
    let kept = match answer {
        Ok(note) => {
            keep(app, witness, before.clone(), note, checkpoint.size).await.map_err(AskError::Archive)
        }
        Err(error) => Err(error),
    };
    kept.unwrap_or_else(|error| {
        let (name, id) = (witness.key.name(), witness.key.id());
        let after = before.after_failure(&error, app.now());
        if error.is_alarm() {
            tracing::error!(name, id, "ALARM: {error}");
        } else if after.problem != before.problem {
            tracing::warn!(name, id, cause = %error, "a witness does not cosign");
        }
        after
    })
}

/// Remembers a cosigned checkpoint; the first of each day is kept beside the log for good.
async fn keep(
    app: &App,
    witness: &Witness,
    before: State,
    note: String,
    size: u64,
) -> Result<State, archive::Error> {
    let now = app.now();
    let (cosigned, kept_at) = (Some(note.clone()), before.kept_at);
    let mut after = State { size, cosigned, cosigned_at: Some(now), kept_at, ..State::default() };
    if after.kept_at.is_none_or(|at| at.date_naive() != now.date_naive()) {
        let name = now.format("%Y-%m-%dT%H%M%S%3fZ").to_string();
        app.archive.keep_cosigned(&Cosigned { key: witness.key.id(), name, note }).await?;
        after.kept_at = Some(now);
    }
    Ok(after)
}

/// Takes in a checkpoint that witnesses have cosigned by hand; answers the names of those that did.
pub async fn take_in(app: &App, note: &str) -> Result<Vec<String>, WitnessError> {
    if archive::check_continues(app.archive.paths(), note).is_some() {
        return Err(WitnessError::NotCosigned("the log does not continue it"));
    }
    let (own, known) = (app.archive.checkpoint_in(note)?, state::read(&app.data));
    let (mut names, mut changed) = (Vec::new(), BTreeMap::new());
    for witness in configured(&app.config)? {
        let Some(found) = witness.key.cosignature(note) else { continue };
        names.push(witness.key.name().to_owned());
        let before = known.get(&witness.key.text()).cloned().unwrap_or_default();
        if before.size <= own.size {
            let cosigned = own.note.clone() + &found.line;
            changed.insert(witness.key.text(), keep(app, &witness, before, cosigned, own.size).await?);
        }
    }
    if names.is_empty() {
        return Err(WitnessError::NotCosigned("no signature beneath it is a configured witness's"));
    }
    state::note(&app.data, changed)?;
    Ok(names)
}

/// The newest checkpoint that witnesses have cosigned, with all their cosignatures of it.
pub async fn newest_cosigned(app: &App) -> Result<Option<String>, WitnessError> {
    let (witnesses, known) = (configured(&app.config)?, state::read(&app.data));
    let kept = app.archive.cosigned().await?.into_iter().map(|cosigned| cosigned.note);
    let notes: Vec<String> = known.into_values().filter_map(|state| state.cosigned).chain(kept).collect();
    let mut newest: Option<(Checkpoint, BTreeMap<String, String>)> = None;
    for note in notes {
        // What cannot be read here `livsbog log check` names.
        let Ok(own) = app.archive.checkpoint_in(&note) else { continue };
        for key in witnesses.iter().map(|witness| &witness.key) {
            let Some(found) = key.cosignature(&note) else { continue };
            match &mut newest {
                Some((known, lines)) if known.note == own.note => drop(lines.insert(key.id(), found.line)),
                Some((known, _)) if known.size >= own.size => {}
                _ => newest = Some((own.clone(), BTreeMap::from([(key.id(), found.line)]))),
            }
        }
    }
    Ok(newest.map(|(own, lines)| own.note + &lines.into_values().collect::<String>()))
}

/// What is known of each configured witness.
pub fn standings(app: &App) -> Result<Vec<(Witness, State)>, WitnessError> {
    let mut known = state::read(&app.data);
    let of = |witness: Witness| {
        let state = known.remove(&witness.key.text()).unwrap_or_default();
        (witness, state)
    };
    Ok(configured(&app.config)?.into_iter().map(of).collect())
}

/// For `/metrics`; nothing where no witness is configured.
pub fn metrics(app: &App) -> Vec<Metric> {
    let standings = standings(app).unwrap_or_default();
    if standings.is_empty() {
        return Vec::new();
    }
    let count = |label, is: &dyn Fn(&State) -> bool| {
        (label, standings.iter().filter(|(_, state)| is(state)).count().to_string())
    };
    let states = vec![
        count("{state=\"cosigning\"}", &|state| state.failing_since.is_none()),
        count("{state=\"away\"}", &|state| state.failing_since.is_some() && !state.is_alarm),
        count("{state=\"alarm\"}", &|state| state.is_alarm),
    ];
    let failing = standings.iter().filter_map(|(_, state)| state.failing_since);
    let seconds = failing.map(|since| (app.now() - since).num_seconds().max(0)).max().unwrap_or(0);
    vec![
        (
            "livsbog_witnesses",
            "gauge",
            "Witnesses of the log by what they do; alarm: seen another history",
            states,
        ),
        (
            "livsbog_witness_failing_seconds",
            "gauge",
            "For how long the worst of them has not cosigned",
            vec![("", seconds.to_string())],
        ),
    ]
}
