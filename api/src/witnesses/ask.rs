//! Asking a witness to cosign (C2SP tlog-witness, `add-checkpoint`).

use archive::{Checkpoint, WitnessKey};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;

use crate::app::App;

/// Longer than any number of cosignatures.
const ANSWER_BYTES: usize = 64 * 1024;
/// Somebody else may submit a checkpoint of this log meanwhile, but not for ever.
const ROUNDS: u32 = 4;
const SIZE_TYPE: &str = "text/x.tlog.size";

/// Why a witness did not cosign.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("it does not answer in time")]
    Slow,
    #[error("it cannot be reached: {0}")]
    Away(reqwest::Error),
    #[error("it does not know this log: give its operator the key that `livsbog log key` prints")]
    Unknown,
    #[error("it knows another key of this log than the one that signs")]
    OtherKey,
    #[error("it answers with HTTP {0}")]
    Status(u16),
    #[error("its answer is longer than any cosignature")]
    TooLong,
    #[error("what it signed is no cosignature of this checkpoint by its key")]
    NotCosigned,
    #[error("others submit checkpoints of this log at the same time")]
    Unsettled,
    #[error(
        "it has seen this log with {seen} leaves, and here are {here}: the log was put back, or another one is shown"
    )]
    Ahead { seen: u64, here: u64 },
    #[error("it has seen this log with {0} leaves, and they were others: two histories are shown")]
    Forked(u64),
    #[error(transparent)]
    Archive(#[from] archive::Error),
}

impl From<reqwest::Error> for AskError {
    fn from(error: reqwest::Error) -> Self {
        // Its address may hold a password.
        Self::Away(error.without_url())
    }
}

impl AskError {
    /// Whether somebody has seen another history than ours.
    pub fn is_alarm(&self) -> bool {
        matches!(self, Self::Ahead { .. } | Self::Forked(_))
    }
}

enum Answer {
    Lines(String),
    /// The size that it has seen, where it says so.
    Conflict(Option<u64>),
    Inconsistent,
}

/// The checkpoint with the witness's cosignature beneath it. `seen` is what it is thought to have seen.
pub async fn cosigned(
    app: &App,
    key: &WitnessKey,
    url: &str,
    checkpoint: &Checkpoint,
    seen: u64,
) -> Result<String, AskError> {
    let client = Client::builder().redirect(Policy::none()).build()?;
    let url = format!("{}/add-checkpoint", url.trim_end_matches('/'));
    let mut old = seen.min(checkpoint.size);
    for _ in 0..ROUNDS {
        let submission = app.archive.submission(old, &checkpoint.note).await?;
        match send(&client, &url, submission.text()).await? {
            Answer::Lines(lines) => {
                let found = key.cosignature(&format!("{}{lines}", checkpoint.note));
                let found = found.ok_or(AskError::NotCosigned)?;
                return Ok(checkpoint.note.clone() + &found.line);
            }
            Answer::Conflict(Some(seen)) if seen > checkpoint.size => {
                let here = app.archive.log_size().await?;
                return Err(if seen > here { AskError::Ahead { seen, here } } else { AskError::Unsettled });
            }
            Answer::Conflict(Some(seen)) if seen != old => old = seen,
            // It has seen as many leaves, and they had another root.
            Answer::Conflict(_) if old == checkpoint.size => return Err(AskError::Forked(old)),
            Answer::Conflict(_) => return Err(AskError::Status(409)),
            Answer::Inconsistent => return Err(AskError::Forked(old)),
        }
    }
    Err(AskError::Unsettled)
}

async fn send(client: &Client, url: &str, body: String) -> Result<Answer, AskError> {
    let mut answer = client.post(url).body(body).send().await?;
    let status = answer.status().as_u16();
    let tells_size = answer.headers().get(CONTENT_TYPE).is_some_and(|found| found == SIZE_TYPE);
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > ANSWER_BYTES {
            return Err(AskError::TooLong);
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match status {
        200 => Ok(Answer::Lines(text)),
        409 => Ok(Answer::Conflict(text.trim_end().parse().ok().filter(|_| tells_size))),
        422 => Ok(Answer::Inconsistent),
        403 => Err(AskError::OtherKey),
        404 => Err(AskError::Unknown),
        other => Err(AskError::Status(other)),
    }
}
