//! `livsbog preserve`.

use std::path::Path;

use serde_json::json;
use uuid::Uuid;

use super::{Instance, Outcome};
use crate::domain::ids::MediaId;
use crate::preserve;

impl Instance {
    pub async fn preserve(&self, media: Uuid, copy: &Path, made_with: String) -> Outcome {
        let app = self.open().await?;
        let sealed = preserve::add(&app, MediaId(media), copy.to_owned(), made_with).await?;
        let words = format!("version {} of {} holds the copy", sealed.version, sealed.id);
        self.say(&words, &json!({ "media": sealed.id, "version": sealed.version, "receipt": sealed.receipt }))
    }

    pub async fn preserve_format(&self, pronom: &str) -> Outcome {
        let done = preserve::add_to_all(&self.open().await?, pronom).await?;
        let words = format!("{} copies made, {} pictures not decodable", done.made, done.undecodable.len());
        self.say(&words, &json!(done))?;
        Ok(done.undecodable.is_empty())
    }
}
