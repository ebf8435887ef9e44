//! `livsbog import`.

use std::io::Write;
use std::path::Path;

use uuid::Uuid;

use super::{Instance, Outcome, recover};
use crate::domain::ids::{ChildId, PersonId};
use crate::import::{self, Column, Fate, Report, Told};
use crate::instance;
use crate::problem::Problem;

/// How far it has come is told after so many lines.
const TELL_EVERY: u64 = 100;

impl Instance {
    pub async fn import(&self, child: Uuid, folder: &Path, by: Option<Uuid>, only_look: bool) -> Outcome {
        let alone = instance::alone(&self.data).ok();
        let app = self.open().await?;
        if alone.is_some() {
            // Nobody serves who would: what an import before this one left is finished first.
            recover(&app).await?;
        }
        drop(alone);
        let _in_use = instance::in_use(&self.data)?;
        let child = ChildId(child);
        anyhow::ensure!(app.db.child(child).await?.is_some(), "no child {child}");
        let may = match import::giver(&app, child, by.map(PersonId)).await {
            Err(Problem::NotFound | Problem::NotPermitted) => anyhow::bail!(
                "{} may not write in this child's book today: give a role towards the child first, or name somebody who has one with --by",
                by.map_or("the municipality's own account".into(), |by| format!("person {by}"))
            ),
            may => may?,
        };
        let mut done = 0;
        let report = import::import(&app, &may, folder, only_look, |told| {
            done += 1;
            if done % TELL_EVERY == 0 {
                let _ = writeln!(std::io::stderr(), "{done} lines done");
            }
            if !self.json {
                let _ = writeln!(std::io::stdout(), "{}", words(told));
            }
        });
        let report = report.await.map_err(|why| anyhow::anyhow!(why))?;
        self.tell_of(&report, only_look)?;
        match &report.stopped {
            Some(why) => {
                anyhow::bail!("it could not go on: {} {} Run it again afterwards.", why.why, why.next_step)
            }
            None => Ok(report.is_all_in()),
        }
    }

    fn tell_of(&self, report: &Report, only_look: bool) -> Result<(), anyhow::Error> {
        let mut out = std::io::stdout();
        if self.json {
            writeln!(out, "{}", serde_json::to_string(report)?)?;
            return Ok(());
        }
        for column in &report.unknown_columns {
            writeln!(out, "column {}: not known, and not taken in", shown(column))?;
        }
        for file in &report.not_in_index {
            writeln!(
                out,
                "{}: in the folder and in no line of the index: give it a line, or take it away",
                shown(file)
            )?;
        }
        let verb = if only_look { "would be taken in" } else { "taken in" };
        let (taken_in, there, refused) =
            (report.taken_in.len(), report.already_there.len(), report.refused.len());
        let left = report.not_in_index_count;
        writeln!(
            out,
            "{taken_in} {verb}, {there} already there, {refused} refused, {left} files in no line"
        )?;
        Ok(())
    }
}

fn words(told: &Told) -> String {
    let files = if told.files.is_empty() { "words alone".into() } else { shown(&told.files.join(" | ")) };
    let fate = match &told.fate {
        Fate::TakenIn { entry, left_out } => {
            let entry = entry.map_or("well".into(), |entry| format!("entry {entry}"));
            let left_out =
                left_out.iter().map(|file| format!("; {} is in another page already", shown(file)));
            format!("taken in: {entry}{}", left_out.collect::<String>())
        }
        Fate::AlreadyThere { entry } => format!("already there: entry {entry}"),
        Fate::Refused(refusal) => {
            format!("REFUSED ({}): {} {}", refusal.code, shown(&refusal.why), refusal.next_step)
        }
    };
    format!("line {}, {files}: {fate}", told.line)
}

/// What comes from an index speaks to a terminal in letters only.
fn shown(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).take(300).collect()
}

/// An index to fill in, on standard output, and what goes into each column, on standard error. Needs no instance.
pub fn template() -> Outcome {
    let names: Vec<&str> = Column::ALL.iter().map(|(_, name, ..)| *name).collect();
    // The mark and the semicolons let Danish Excel open it as it is meant.
    writeln!(std::io::stdout(), "\u{feff}{}", names.join(";"))?;
    let mut err = std::io::stderr();
    writeln!(err, "Save this as index.csv in the folder, one line for each page of the book:\n")?;
    for (_, english, danish, what) in Column::ALL {
        writeln!(err, "  {english} ({danish}): {what}")?;
    }
    writeln!(
        err,
        "\nOnly file, or text, has to be there. Leave empty what nobody knows. docs/OPERATIONS.md tells the rest."
    )?;
    Ok(true)
}
