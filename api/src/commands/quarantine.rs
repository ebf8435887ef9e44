//! `livsbog quarantine`.

use serde_json::json;
use uuid::Uuid;

use super::{Instance, Outcome};
use crate::quarantine;

const MOST: u64 = 1000;

impl Instance {
    pub async fn list_quarantine(&self) -> Outcome {
        let kept = self.open().await?.db.all_quarantined(MOST).await?;
        let line = |file: &crate::db::quarantine::Quarantined| {
            format!(
                "{} {} {} bytes, {}, for child {} by {}",
                file.id,
                file.at.to_rfc3339(),
                file.length_bytes,
                file.signature,
                file.child,
                file.person
            )
        };
        let words: Vec<String> = kept.iter().map(line).collect();
        let ids: Vec<Uuid> = kept.iter().map(|file| file.id).collect();
        self.say(&words.join("\n"), &json!({ "quarantined": ids }))
    }

    pub async fn release_quarantined(&self, id: Uuid) -> Outcome {
        let media = quarantine::release(&self.open().await?, id).await?;
        self.say(&media.to_string(), &json!({ "media": media }))
    }

    pub async fn discard_quarantined(&self, id: Uuid) -> Outcome {
        quarantine::discard(&self.open().await?, id).await?;
        self.say("thrown away", &json!({ "discarded": id }))
    }
}
