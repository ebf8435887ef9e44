//! `livsbog replicate` and `livsbog repair`.

use std::io::Write;

use archive::{Difference, Finding, Side};
use serde_json::json;

use super::{Instance, Outcome};
use crate::config::Config;
use crate::replication;

impl Instance {
    pub async fn replicate(&self, to: Option<String>, full: bool) -> Outcome {
        let config = self.config()?;
        let url = self.replica_url(to, &config)?;
        let paths = config.archive_paths(&self.data)?;
        let done = replication::run(&self.data, &paths, &url, full).await?;
        self.print_differences(&done.differences)?;
        let words = format!(
            "{}: log {}; {} versions compared, {} not; {} files copied, {} bytes; {} differences",
            if done.is_complete() { "complete" } else { "NOT complete" },
            done.log_size,
            done.versions_compared,
            done.versions_not_compared,
            done.files_copied,
            done.bytes_copied,
            done.differences.len(),
        );
        self.say(
            &words,
            &json!({ "complete": done.is_complete(), "log_size": done.log_size,
            "versions_compared": done.versions_compared, "versions_not_compared": done.versions_not_compared,
            "files_copied": done.files_copied, "bytes_copied": done.bytes_copied,
            "differences": done.differences.len() }),
        )?;
        Ok(done.is_complete())
    }

    pub async fn repair(&self, from: Option<String>, dry_run: bool) -> Outcome {
        let config = self.config()?;
        let url = self.replica_url(from, &config)?;
        let paths = config.archive_paths(&self.data)?;
        let done = archive::repair(&paths, &replication::open(&url)?, dry_run).await?;
        let what = if dry_run { "would be repaired" } else { "repaired" };
        done.repaired.iter().try_for_each(|finding| self.print_finding(what, finding))?;
        self.print_differences(&done.differences)?;
        done.left.iter().try_for_each(|finding| self.print_finding("not repaired", finding))?;
        let mut words = format!("{} files {what}, {} findings left", done.repaired.len(), done.left.len());
        if let Some(directory) = &done.set_aside {
            words = format!("{words}; the damaged files lie in {}", directory.display());
        }
        if done.objects_not_checked {
            words = format!("{words}; objects not checked: the log has to be repaired first");
        }
        self.say(
            &words,
            &json!({ "whole": done.is_whole(), "repaired": done.repaired.len(), "left": done.left.len(),
            "set_aside": done.set_aside, "objects_not_checked": done.objects_not_checked }),
        )?;
        Ok(done.is_whole())
    }

    fn replica_url(&self, given: Option<String>, config: &Config) -> Result<String, anyhow::Error> {
        let url = given.or_else(|| config.replica_url.clone());
        url.ok_or_else(|| anyhow::anyhow!("no replica: give its URL here or as LIVSBOG_REPLICA_URL"))
    }

    fn print_differences(&self, differences: &[Difference]) -> Result<(), std::io::Error> {
        differences.iter().try_for_each(|difference| {
            let what = if difference.side == Side::Archive { "in the archive" } else { "in the replica" };
            self.print_finding(what, &difference.finding)
        })
    }

    fn print_finding(&self, what: &str, finding: &Finding) -> Result<(), std::io::Error> {
        let mut out = std::io::stdout();
        if self.json {
            let mut line = json!(finding);
            line["what"] = json!(what);
            return writeln!(out, "{line}");
        }
        let object = finding.object.map(|object| format!(" {object}")).unwrap_or_default();
        writeln!(out, "{what}: {}{object} {}: {}", finding.code.as_str(), finding.path, finding.todo.en)
    }
}
