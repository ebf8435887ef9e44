//! `livsbog policy`: how long things are kept.

use std::path::PathBuf;

use archive::{Language, RetentionClass};
use serde_json::json;

use super::{Instance, Outcome};
use crate::app::load_policy;

/// What is asked for on the command line.
#[derive(clap::Subcommand)]
pub enum Asked {
    /// Judge a policy file.
    Check { file: Option<PathBuf> },
    /// The policy in words.
    Explain {
        #[arg(long)]
        class: Option<String>,
        #[arg(long, value_parser = ["da", "en"], default_value = "da")]
        language: String,
    },
}

impl Instance {
    pub fn policy(&self, asked: &Asked) -> Outcome {
        let mut config = self.config()?;
        let file = match asked {
            Asked::Explain { class, language } => {
                let policy = load_policy(&config)?;
                let language = if language == "en" { Language::English } else { Language::Danish };
                let class = class.as_deref().map(str::parse::<RetentionClass>).transpose()?;
                let words = policy.explain(language, class.as_ref());
                return self.say(words.trim_end(), &json!({ "words": words }));
            }
            Asked::Check { file } => file.clone(),
        };
        config.retention_policy = file.or(config.retention_policy);
        self.judged(load_policy(&config), |policy| {
            let digest = policy.digest();
            (format!("ok {digest}"), json!({ "ok": true, "sha256": digest }))
        })
    }
}
