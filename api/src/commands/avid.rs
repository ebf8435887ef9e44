//! `livsbog avid`: a delivery to the national archive.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;

use super::{Instance, Outcome};
use crate::domain::ids::MunicipalityId;
use crate::national::{self, Order, Told};

/// What is asked for on the command line.
#[derive(clap::Args)]
pub struct Asked {
    #[arg(long)]
    municipality: uuid::Uuid,
    /// Where the delivery's folder is made.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The folder of the schemas that the national archive hands out; left out: bek128 in the data directory.
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// The number that the archive gave it; left out, it is a rehearsal.
    #[arg(long, default_value = "AVID.TEST.1")]
    id: String,
    /// An earlier delivery from here; may be told several times.
    #[arg(long, value_name = "ID")]
    previous: Vec<String>,
    /// No other delivery comes after it.
    #[arg(long)]
    last: bool,
    /// What the system is in FORM.
    #[arg(long, value_name = "VERSION/NUMBER/WORDS")]
    form: Option<String>,
}

impl Instance {
    /// No where something is not in the delivery that should be: it is made all the same, and says so.
    pub async fn avid(&self, asked: Asked) -> Outcome {
        let app = self.open().await?;
        let order = Order {
            municipality: MunicipalityId(asked.municipality),
            id: asked.id.parse()?,
            previous: asked.previous.iter().map(|id| id.parse()).collect::<Result<_, _>>()?,
            schemas: asked.schemas.unwrap_or_else(|| self.data.join("bek128")),
            out: asked.out,
            is_last: asked.last,
            form: asked.form.as_deref().map(form).transpose()?,
            day: app.today(),
        };
        let (made, told) = national::deliver(&app, &order).await?;
        let words = format!(
            "{}: {} children, {} tables, {} rows, {} documents, {} files, {} bytes",
            made.folder.display(),
            told.children,
            made.tables,
            made.rows,
            made.documents,
            made.files,
            made.size_bytes
        );
        let mut value = json!({ "folder": made.folder, "children": told.children, "tables": made.tables,
            "rows": made.rows, "documents": made.documents, "context_documents": made.context_documents,
            "files": made.files, "size_bytes": made.size_bytes, "left_out": told.left_out });
        value["not_delivered"] = json!(not_delivered(&told));
        self.say(&words, &value)?;
        if !self.json {
            let mut out = std::io::stdout();
            for line in not_delivered(&told) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(told.is_whole())
    }
}

/// A line for each thing that should be in the delivery and is not: by id, never by name.
fn not_delivered(told: &Told) -> Vec<String> {
    let unconverted = told.unconverted.iter().map(|(id, why)| format!("media {id}: {why}"));
    let gone = told.gone.iter().map(|id| format!("media {id}: stands on a page and is nowhere"));
    let lost = told.lost.iter().map(|(id, version)| format!("entry {id} version {version}: cannot be read"));
    unconverted.chain(gone).chain(lost).collect()
}

/// VERSION/NUMBER/WORDS.
fn form(text: &str) -> Result<(String, String, String), anyhow::Error> {
    let mut parts = text.splitn(3, '/').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(version), Some(number), Some(words)) => Ok((version, number, words)),
        _ => anyhow::bail!("--form is VERSION/NUMBER/WORDS"),
    }
}
