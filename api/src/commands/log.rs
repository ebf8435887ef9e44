//! `livsbog log`: the tamper-evident log.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;
use uuid::Uuid;

use super::{Instance, Outcome};
use crate::stamps::{self, StampError};

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

    /// The receipt of an entry; a `stamped` one under the first checkpoint with a time stamp that covers it.
    pub async fn log_prove(&self, entry: Uuid, stamped: bool) -> Outcome {
        let app = self.open().await?;
        let deposit = app.db.latest_deposit(entry).await?;
        let Some(leaf) = deposit.and_then(|deposit| deposit.leaf) else {
            anyhow::bail!("no sealed deposit {entry}")
        };
        if !stamped {
            write!(std::io::stdout(), "{}", app.archive.receipt(leaf).await?)?;
            return Ok(true);
        }
        for stamp in app.archive.stamps().await? {
            match app.archive.receipt_at(leaf, &stamp.checkpoint).await {
                Err(archive::Error::NotFound) => {}
                receipt => {
                    write!(std::io::stdout(), "{}", receipt?)?;
                    let place = app.archive.paths().stamp(&stamp.name);
                    writeln!(std::io::stderr(), "its time stamp: {place}")?;
                    return Ok(true);
                }
            }
        }
        anyhow::bail!("no time stamp covers {entry} yet; `livsbog log stamp` makes one")
    }

    pub async fn log_stamp(&self, tsa: Option<String>, certificates: Option<PathBuf>) -> Outcome {
        let app = self.open().await?;
        let url = tsa.or_else(|| app.config.tsa_url.clone()).ok_or(StampError::NoAuthority)?;
        let certificates = certificates.or_else(|| app.config.tsa_certificates.clone());
        let stamp = stamps::stamp(&app, &url, &certificates.ok_or(StampError::NoAuthority)?).await?;
        let place = app.archive.paths().stamp(&stamp.name);
        self.say(&place, &json!({ "stamp": place }))
    }

    /// Whether every time stamp kept beside the log is whole, accepted by openssl and continued by the log of today.
    pub async fn log_check_stamps(&self) -> Outcome {
        let app = self.open().await?;
        let mut good = true;
        for stamp in app.archive.stamps().await? {
            let judged = match archive::check_continues(app.archive.paths(), &stamp.checkpoint) {
                Some(finding) => Err(format!("{}: {}", finding.code.as_str(), finding.todo.en)),
                None => stamps::check(&stamp).await.map_err(|error| error.to_string()),
            };
            let name = &stamp.name;
            let (words, value) = match &judged {
                Ok(time) => (format!("ok {name} {time}"), json!({ "ok": true, "stamp": name, "time": time })),
                Err(why) => {
                    (format!("no {name} {why}"), json!({ "ok": false, "stamp": name, "problem": why }))
                }
            };
            good &= self.say(&words, &value)? && judged.is_ok();
        }
        Ok(good)
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
