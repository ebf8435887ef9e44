//! `livsbog access`: who else may be given something, once the one a book is about has died.

use std::path::PathBuf;

use serde_json::json;

use super::{Instance, Outcome};
use crate::app::load_access_policy;

/// What is asked for on the command line.
#[derive(clap::Subcommand)]
pub enum Asked {
    /// Judge an access policy file.
    Check { file: Option<PathBuf> },
    /// The access policy in words.
    Explain {
        #[arg(long, value_parser = ["da", "en"], default_value = "da")]
        language: String,
    },
}

impl Instance {
    pub fn access(&self, asked: &Asked) -> Outcome {
        let mut config = self.config()?;
        let file = match asked {
            Asked::Explain { language } => {
                let words = load_access_policy(&config)?.explain(language == "en");
                return self.say(words.trim_end(), &json!({ "words": words }));
            }
            Asked::Check { file } => file.clone(),
        };
        config.access_policy = file.or(config.access_policy);
        self.judged(load_access_policy(&config), |_| ("ok".into(), json!({ "ok": true })))
    }
}
