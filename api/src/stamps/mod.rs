//! Time stamps (RFC 3161): an authority that has nothing to do with us signs when it saw a checkpoint of the log. The
//! program `openssl` asks the question and judges the answer, as any stranger can with the files that are kept.

mod desk;
mod renewal;

use std::io;
use std::path::PathBuf;

use archive::{Stamp, Stamped};
use bytes::Bytes;

use crate::app::App;
use crate::config::Config;
use crate::problem::Problem;
use desk::Desk;
pub use renewal::{Judged, judge, renew, renew_when_due, renewals_of};

/// Why there is no stamp.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    #[error("no time stamp authority: set tsa_url and tsa_certificates, or give --tsa and --certificates")]
    NoAuthority,
    #[error("{0} is not asked: an authority's address begins with http:// (its answer is signed)")]
    Address(String),
    #[error("the time stamp authority does not answer: {0}")]
    Away(#[from] reqwest::Error),
    #[error("the time stamp authority answers with HTTP {0}")]
    Status(u16),
    #[error("the answer is longer than any time stamp")]
    TooLong,
    #[error("openssl refuses: {0}")]
    Refused(String),
    #[error("its authority's certificate has ended, and no renewal that was made before carries it on")]
    Ended,
    #[error("no good time stamp is there to renew")]
    NothingToRenew,
    #[error("{0}: {1}")]
    Io(String, io::Error),
    #[error("archive: {0}")]
    Archive(#[from] archive::Error),
}

impl From<StampError> for Problem {
    fn from(error: StampError) -> Self {
        match error {
            StampError::Archive(cause) => cause.into(),
            StampError::Away(_) | StampError::Status(_) => Self::Unavailable(error.to_string()),
            other => Self::Internal(other.to_string()),
        }
    }
}

const RESPONSE_BYTES: usize = 1024 * 1024;

/// A time stamp authority.
pub struct Authority {
    pub url: String,
    /// The certificates it is known by, in PEM.
    pub certificates: PathBuf,
}

impl Authority {
    /// The one in the settings.
    pub fn configured(config: &Config) -> Option<Self> {
        Some(Self { url: config.tsa_url.clone()?, certificates: config.tsa_certificates.clone()? })
    }

    /// Has the authority put its time on `subject`. Only an answer that openssl accepts is kept.
    async fn stamp(&self, app: &App, of: Stamped, subject: Bytes) -> Result<Stamp, StampError> {
        if !self.url.starts_with("http://") {
            return Err(StampError::Address(self.url.clone()));
        }
        let desk = Desk::new()?;
        desk.put("subject", &subject)?;
        let authority = std::fs::read(&self.certificates)
            .map_err(|error| StampError::Io(self.certificates.display().to_string(), error))?;
        desk.put("authority.pem", &authority)?;
        desk.openssl("ts -query -data subject -sha256 -cert -out request.tsq").await?;
        let request = desk.take("request.tsq")?;
        let response = ask(&self.url, request.clone()).await?;
        desk.put("response.tsr", &response)?;
        desk.verify_answer().await?;
        let name = app.now().format("%Y-%m-%dT%H%M%S%3fZ").to_string();
        let stamp = Stamp { of, name, subject, request, response, authority: authority.into() };
        app.archive.keep_stamp(&stamp).await?;
        Ok(stamp)
    }
}

/// Has the newest checkpoint stamped.
pub async fn stamp(app: &App, authority: &Authority) -> Result<Stamp, StampError> {
    let checkpoint = app.archive.checkpoint().await?.note;
    authority.stamp(app, Stamped::Checkpoint, checkpoint.into()).await
}

/// Has the newest checkpoint stamped where an authority is set and the log has grown since the last time.
pub async fn stamp_when_grown(app: &App) -> Result<(), StampError> {
    let Some(authority) = Authority::configured(&app.config) else { return Ok(()) };
    let newest = app.archive.checkpoint().await?.note;
    let stamps = app.archive.stamps().await?;
    let mut checkpoints = stamps.iter().filter(|stamp| stamp.of == Stamped::Checkpoint);
    if checkpoints.next_back().is_some_and(|stamp| stamp.subject == newest) {
        return Ok(());
    }
    stamp(app, &authority).await.map(|_| ())
}

async fn ask(url: &str, request: Bytes) -> Result<Bytes, StampError> {
    let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
    let question = client.post(url).header("Content-Type", "application/timestamp-query").body(request);
    let mut answer = question.send().await?;
    if !answer.status().is_success() {
        return Err(StampError::Status(answer.status().as_u16()));
    }
    let mut response = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        response.extend_from_slice(&piece);
        if response.len() > RESPONSE_BYTES {
            return Err(StampError::TooLong);
        }
    }
    Ok(response.into())
}
