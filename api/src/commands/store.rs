//! What is looked at first: where the archive lies, when that is a bucket, and settings that can never work.

use super::Instance;
use crate::config::Config;
use crate::{instance, mail, replication, witnesses};

impl Instance {
    /// Before anything is made: a bucket that cannot be used must not leave half an instance.
    pub(super) async fn look_at_bucket(&self, config: &Config) -> Result<(), anyhow::Error> {
        if let Some(bucket) = config.archive_paths(&self.data)?.bucket() {
            bucket.probe().await?;
        }
        Ok(())
    }

    /// The demo's settings are its variables of now; where its archive lies is remembered for the commands that come after.
    pub(super) fn remember_place(&self, config: &Config) -> Result<(), anyhow::Error> {
        let path = self.data.join("livsbog.toml");
        if config.store_url.is_some() && self.config.is_none() && !path.exists() {
            instance::write_private(&path, &config.place_to_toml())?;
        }
        Ok(())
    }
}

/// Refuses settings that can never work, before anything is served.
pub(super) fn check(config: &Config) -> Result<(), anyhow::Error> {
    replication::check(config)?;
    witnesses::configured(config)?;
    Ok(mail::check(config)?)
}
