//! `livsbog fixity`.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Instance, Outcome};
use crate::db::Db;
use crate::db::fixity::Round;
use crate::fixity::{self, Watch};

impl Instance {
    /// How the scrubber stands and what is wrong; yes when nothing is. With `again` everything that is wrong is looked
    /// at now, and a new round is ordered.
    pub async fn fixity(&self, again: bool) -> Outcome {
        // Without the archive being opened: it may be too damaged for that.
        let config = Arc::new(self.config()?);
        let (url, paths) = (config.database_url(&self.data), config.archive_paths(&self.data)?);
        let Some(mut db) = Db::connect_to_read(&url).await? else { anyhow::bail!("no database in {url}") };
        if again {
            db = Db::connect(&url).await?;
            let watch = Watch { db: db.clone(), config: Arc::clone(&config), paths, app: None };
            fixity::look_again(&watch).await?;
            fixity::begin_round(&db).await?;
        }
        let (state, open) = (fixity::state(&db, &config).await?, db.open_findings().await?);
        let mut words = vec![
            match &state.newest {
                Some(round) if round.ended_at.is_none() => {
                    format!("round under way, {:.1} %: {}", state.progress() * 100.0, in_words(round))
                }
                _ => "no round under way".into(),
            },
            match &state.complete {
                Some(round) => format!("last complete round: {}", in_words(round)),
                None => "no complete round yet".into(),
            },
        ];
        if state.is_enough == Some(false) {
            words.push("the budget is too small for the target: raise scrub_bytes_per_second".into());
        }
        words.push(format!("{} findings", state.findings.iter().map(|(_, count)| count).sum::<u64>()));
        for found in &open {
            let object = found.object.map(|object| format!(" {object}")).unwrap_or_default();
            let (code, since) = (found.code, found.first_seen.format("%Y-%m-%d %H:%M"));
            words.push(format!(
                "{}{object} {} since {since}: {}",
                code.as_str(),
                found.path,
                code.advice().en
            ));
        }
        let findings: Vec<Value> = open
            .iter()
            .map(|found| {
                let mut value = json!(found);
                value["todo"] = json!(found.code.advice());
                value
            })
            .collect();
        let value = json!({
            "round": state.newest.as_ref().filter(|round| round.ended_at.is_none()).map(as_json),
            "progress": state.progress(),
            "last_complete": state.complete.as_ref().map(as_json),
            "budget_is_enough": state.is_enough,
            "findings": findings,
        });
        self.say(&words.join("\n"), &value)?;
        Ok(open.is_empty())
    }
}

fn in_words(round: &Round) -> String {
    let checked = &round.checked;
    format!(
        "{} objects ok, {} damaged, {} under way, {} not checked; {} errors passed; {} bytes; begun {}",
        checked.objects_ok,
        checked.objects_damaged,
        checked.objects_under_way,
        checked.objects_not_checked,
        checked.passing_errors,
        checked.bytes,
        round.begun_at.format("%Y-%m-%d %H:%M"),
    )
}

fn as_json(round: &Round) -> Value {
    let mut value = json!(round.checked);
    value["begun_at"] = json!(round.begun_at);
    value["ended_at"] = json!(round.ended_at);
    value
}
