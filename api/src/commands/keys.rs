//! `livsbog keys`.

use std::io::{BufRead, Write};
use std::path::Path;

use anyhow::Context;
use archive::{divide_identity, join_identity};
use serde_json::json;
use zeroize::Zeroizing;

use super::{Instance, Outcome};
use crate::keys;

impl Instance {
    pub async fn rotate_keys(&self, escrow: Option<&str>) -> Outcome {
        let rotated = keys::rotate(&self.data, &self.config()?, escrow).await?;
        let mut words = format!("{} group keys wrapped anew", rotated.groups);
        if rotated.hand_out_the_new_key {
            words += "; give the service the new root key from now on";
        }
        self.say(&words, &json!(rotated))
    }

    pub async fn rehearse_escrow(&self, identity: &Path, sample: Option<u64>) -> Outcome {
        let identity = read_identity(identity)?;
        let rehearsed = keys::rehearse(&self.data, &self.config()?, &identity, sample).await?;
        let mut words = format!(
            "{} objects, {} files, {} bytes opened with the escrow alone; {} objects did not open",
            rehearsed.objects,
            rehearsed.files,
            rehearsed.bytes,
            rehearsed.closed.len()
        );
        for closed in &rehearsed.closed {
            words += &format!("\n{closed}");
        }
        self.say(&words, &json!(rehearsed))?;
        Ok(rehearsed.closed.is_empty())
    }

    pub fn split_identity(&self, identity: &Path, needed: u8, shares: u8) -> Outcome {
        let shares = divide_identity(&read_identity(identity)?, needed, shares)?;
        let mut out = std::io::stdout();
        for share in &shares {
            writeln!(out, "{}", share.as_str())?;
        }
        Ok(true)
    }

    pub fn join_shares(&self) -> Outcome {
        let lines = std::io::stdin().lock().lines().map(|line| line.map(Zeroizing::new));
        let mut shares = lines.collect::<Result<Vec<_>, _>>()?;
        shares.retain(|share| !share.trim().is_empty());
        let shares: Vec<&str> = shares.iter().map(|share| share.as_str()).collect();
        writeln!(std::io::stdout(), "{}", join_identity(&shares)?.as_str())?;
        Ok(true)
    }
}

/// The identity in a file as `age-keygen` writes it: its first line that is no remark.
pub(super) fn read_identity(file: &Path) -> Result<Zeroizing<String>, anyhow::Error> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let text = Zeroizing::new(text);
    let identity = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(Zeroizing::new(identity.context("no identity in the file")?.to_owned()))
}
