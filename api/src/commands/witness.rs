//! `livsbog log`, as far as witnesses are concerned: the cosignatures of this log, and being a witness of another.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::{Instance, Outcome};
use crate::app::{App, now};
use crate::witnesses::home::Home;
use crate::witnesses::{self, Asking, State, Witness};

impl Instance {
    /// What a witness is to be given that has seen so many leaves of this log.
    pub async fn log_consistency(&self, old: u64) -> Outcome {
        let app = self.open().await?;
        let newest = app.archive.checkpoint().await?;
        anyhow::ensure!(old <= newest.size, "the log has {} leaves", newest.size);
        write!(std::io::stdout(), "{}", app.archive.submission(old, &newest.note).await?.text())?;
        Ok(true)
    }

    /// Asks the configured witnesses now, whatever they said a moment ago.
    pub async fn log_ask_witnesses(&self) -> Outcome {
        let app = self.open().await?;
        witnesses::cosignatures(&app, &app.archive.checkpoint().await?, Asking::AtOnce).await?;
        let mut good = true;
        for (witness, state) in witnesses::standings(&app)? {
            good &= state.failing_since.is_none();
            self.say_standing(&witness, &state)?;
        }
        Ok(good)
    }

    /// Takes in a checkpoint that a witness has cosigned by hand.
    pub async fn log_cosigned(&self, file: &Path) -> Outcome {
        let app = self.open().await?;
        let names = witnesses::take_in(&app, &std::fs::read_to_string(file)?).await?;
        self.say(&format!("cosigned by {}", names.join(", ")), &json!({ "witnesses": names }))
    }

    /// The key of the witness that lives in `home`; with a `name` it is made where there is none.
    pub fn log_witness_key(&self, home: &Path, name: Option<&str>) -> Outcome {
        let home = Home::open(home)?;
        if let Some(name) = name {
            home.make_key(name)?;
        }
        let key = home.witness()?.key().text();
        self.say(&key, &json!({ "key": key }))
    }

    /// Cosigns another log's checkpoint when it continues the one cosigned before.
    pub fn log_cosign(&self, file: &Path, log: &str, home: &Path) -> Outcome {
        let key = if Path::new(log).is_file() { std::fs::read_to_string(log)? } else { log.to_owned() };
        let time = u64::try_from(now().timestamp())?;
        match Home::open(home)?.cosign(key.trim(), &std::fs::read_to_string(file)?, time)? {
            Ok(cosigned) => write!(std::io::stdout(), "{cosigned}")?,
            Err(refusal) => {
                writeln!(std::io::stderr(), "not cosigned: {refusal}")?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether every cosigned checkpoint kept beside the log is what it says, and no witness has seen another history.
    pub(super) async fn check_witnesses(&self, app: &App) -> Outcome {
        let standings = witnesses::standings(app)?;
        let mut good = true;
        for kept in app.archive.cosigned().await? {
            let path = kept.path();
            let witness = standings.iter().find(|(witness, _)| witness.key.id() == kept.key);
            let Some((witness, _)) = witness else {
                let words = format!("-- {path} no configured witness has this key");
                self.say(&words, &json!({ "ok": null, "path": path }))?;
                continue;
            };
            let problem = match archive::check_continues(app.archive.paths(), &kept.note) {
                Some(finding) => Some(format!("{}: {}", finding.code.as_str(), finding.todo.en)),
                None if witness.key.cosignature(&kept.note).is_none() => {
                    Some("the signature is not this witness's".into())
                }
                None => None,
            };
            good &= problem.is_none();
            let words = match &problem {
                None => format!("ok {path} {}", witness.key.name()),
                Some(problem) => format!("no {path} {problem}"),
            };
            self.say(&words, &json!({ "ok": problem.is_none(), "path": path, "problem": problem }))?;
        }
        for (witness, state) in &standings {
            good &= !state.is_alarm;
            self.say_standing(witness, state)?;
        }
        Ok(good)
    }

    fn say_standing(&self, witness: &Witness, state: &State) -> Outcome {
        let name = witness.key.name();
        let cosigned = match state.cosigned_at {
            Some(at) => format!("cosigned {} leaves at {}", state.size, at.format("%Y-%m-%d %H:%M:%S UTC")),
            None => "has cosigned nothing yet".into(),
        };
        let failing = state.failing_since.zip(state.problem.as_ref());
        let failing =
            failing.map(|(since, problem)| format!("; since {}: {problem}", since.format("%Y-%m-%d %H:%M")));
        let word = match (state.is_alarm, &failing) {
            (true, _) => "ALARM",
            (false, Some(_)) => "away",
            (false, None) => "ok",
        };
        let value = json!({
            "ok": !state.is_alarm, "witness": name, "size": state.size, "cosigned_at": state.cosigned_at,
            "failing_since": state.failing_since, "problem": state.problem, "alarm": state.is_alarm,
        });
        self.say(&format!("{word} witness {name} {cosigned}{}", failing.unwrap_or_default()), &value)
    }
}
