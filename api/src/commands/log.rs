//! `livsbog log`: the tamper-evident log.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;
use uuid::Uuid;

use super::{Instance, Outcome};
use crate::app::App;
use crate::config::Config;
use crate::stamps::{self, Authority, Judged, StampError};
use crate::witnesses;
use archive::{Stamp, Stamped};

/// Which checkpoint a receipt is made under.
#[derive(Debug, Clone, Copy)]
pub enum Under {
    Newest,
    Stamped,
    Cosigned,
}

impl Instance {
    pub async fn log_checkpoint(&self) -> Outcome {
        let checkpoint = self.open().await?.archive.checkpoint().await?;
        write!(std::io::stdout(), "{}", checkpoint.note)?;
        Ok(true)
    }

    pub async fn log_key(&self) -> Outcome {
        let key = self.open().await?.archive.verifier_key();
        self.say(&key, &json!({ "key": key }))
    }

    /// The receipt of an entry.
    pub async fn log_prove(&self, entry: Uuid, under: Under) -> Outcome {
        let app = self.open().await?;
        let deposit = app.db.latest_deposit(entry).await?;
        let Some(leaf) = deposit.and_then(|deposit| deposit.leaf) else {
            anyhow::bail!("no sealed deposit {entry}")
        };
        let receipt = match under {
            Under::Newest => app.archive.receipt(leaf).await?,
            Under::Stamped => return prove_stamped(&app, leaf, entry).await,
            Under::Cosigned => match witnesses::newest_cosigned(&app).await? {
                None => anyhow::bail!("no witness has cosigned a checkpoint yet"),
                Some(note) => match app.archive.receipt_at(leaf, &note).await {
                    Err(archive::Error::NotFound) => {
                        anyhow::bail!("no cosigned checkpoint covers {entry} yet")
                    }
                    receipt => receipt?,
                },
            },
        };
        write!(std::io::stdout(), "{receipt}")?;
        Ok(true)
    }

    pub async fn log_stamp(&self, tsa: Option<String>, certificates: Option<PathBuf>) -> Outcome {
        let app = self.open().await?;
        let stamp = stamps::stamp(&app, &authority(tsa, certificates, &app.config)?).await?;
        let place = app.archive.paths().in_log(&stamp.path());
        self.say(&place, &json!({ "stamp": place }))
    }

    /// Puts a time stamp on all earlier ones. No when some were left out because they are not good.
    pub async fn log_renew(&self, tsa: Option<String>, certificates: Option<PathBuf>) -> Outcome {
        let app = self.open().await?;
        let (renewal, bad) = stamps::renew(&app, &authority(tsa, certificates, &app.config)?).await?;
        for judged in &bad {
            writeln!(std::io::stderr(), "left out: {}", told(judged).0)?;
        }
        let place = app.archive.paths().in_log(&renewal.path());
        self.say(&place, &json!({ "renewal": place, "left_out": bad.len() }))?;
        Ok(bad.is_empty())
    }

    /// Whether every time stamp kept beside the log is whole, accepted by openssl and continued by the log of today; and
    /// every cosignature.
    pub async fn log_check_evidence(&self) -> Outcome {
        let app = self.open().await?;
        let mut good = true;
        for mut judged in stamps::judge(app.archive.stamps().await?).await {
            if judged.stamp.of == Stamped::Checkpoint
                && let Some(finding) = archive::check_continues(app.archive.paths(), &judged.stamp.text())
            {
                judged.word = Err(format!("{}: {}", finding.code.as_str(), finding.todo.en));
            }
            let (words, value) = told(&judged);
            good &= self.say(&words, &value)? && judged.is_good();
        }
        Ok(self.check_witnesses(&app).await? && good)
    }

    pub async fn log_check(&self, receipt: &Path) -> Outcome {
        let key = self.open().await?.archive.verifier_key();
        match archive::check_receipt(&key, &std::fs::read_to_string(receipt)?) {
            Ok(receipt) => {
                let leaf = &receipt.leaf;
                let words = format!("ok {} v{} in a log of {}", leaf.object, leaf.version, receipt.tree_size);
                self.say(&words, &json!({ "ok": true, "object": leaf.object, "version": leaf.version }))
            }
            Err(problem) => {
                self.say(&problem.to_string(), &json!({ "ok": false, "problem": problem.to_string() }))?;
                Ok(false)
            }
        }
    }
}

/// The receipt under the first checkpoint with a time stamp that covers the leaf.
async fn prove_stamped(app: &App, leaf: u64, entry: Uuid) -> Outcome {
    let stamps = app.archive.stamps().await?;
    for stamp in stamps.iter().filter(|stamp| stamp.of == Stamped::Checkpoint) {
        match app.archive.receipt_at(leaf, &stamp.text()).await {
            Err(archive::Error::NotFound) => {}
            receipt => {
                write!(std::io::stdout(), "{}", receipt?)?;
                let place = |stamp: &Stamp| app.archive.paths().in_log(&stamp.path());
                writeln!(std::io::stderr(), "its time stamp: {}", place(stamp))?;
                for renewal in stamps::renewals_of(stamp, &stamps) {
                    writeln!(std::io::stderr(), "renewed by: {}", place(renewal))?;
                }
                return Ok(true);
            }
        }
    }
    anyhow::bail!("no time stamp covers {entry} yet; `livsbog log stamp` makes one")
}

fn authority(
    url: Option<String>,
    certificates: Option<PathBuf>,
    config: &Config,
) -> Result<Authority, StampError> {
    let url = url.or_else(|| config.tsa_url.clone()).ok_or(StampError::NoAuthority)?;
    let certificates = certificates.or_else(|| config.tsa_certificates.clone());
    Ok(Authority { url, certificates: certificates.ok_or(StampError::NoAuthority)? })
}

/// What is to be said of a stamp, for people and for programs.
fn told(judged: &Judged) -> (String, serde_json::Value) {
    let (path, name) = (judged.stamp.path(), &judged.stamp.name);
    let said = match &judged.word {
        Ok(word) => {
            let carried = word.carried_by.as_ref().map(|path| format!(", carried on by {path}"));
            format!("{}{}", word.time.format("%Y-%m-%d %H:%M:%S UTC"), carried.unwrap_or_default())
        }
        Err(why) => why.clone(),
    };
    let gone = match judged.gone.as_slice() {
        [] => String::new(),
        gone => format!("; changed or gone: {}", gone.join(", ")),
    };
    let answer = if judged.is_good() { "ok" } else { "no" };
    let word = judged.word.as_ref().ok();
    let value = json!({
        "ok": judged.is_good(), "stamp": name, "path": path, "time": word.map(|word| word.time),
        "carried_by": word.and_then(|word| word.carried_by.as_deref()), "problem": judged.word.as_ref().err(),
        "gone": judged.gone,
    });
    (format!("{answer} {path} {said}{gone}"), value)
}
