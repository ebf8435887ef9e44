//! Time stamps (RFC 3161): an authority that has nothing to do with us signs when it saw a checkpoint of the log. The
//! program `openssl` asks the question and judges the answer, as any stranger can with the files that are kept.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use archive::Stamp;
use bytes::Bytes;
use tokio::process::Command;

use crate::app::App;
use crate::problem::Problem;

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

/// Has the newest checkpoint stamped by the authority at `url`; `certificates` are those it is known by. Only an answer
/// that openssl accepts is kept.
pub async fn stamp(app: &App, url: &str, certificates: &Path) -> Result<Stamp, StampError> {
    if !url.starts_with("http://") {
        return Err(StampError::Address(url.to_owned()));
    }
    let checkpoint = app.archive.checkpoint().await?.note;
    let desk = Desk::new()?;
    desk.put("checkpoint", checkpoint.as_bytes())?;
    let authority = std::fs::read(certificates)
        .map_err(|error| StampError::Io(certificates.display().to_string(), error))?;
    desk.put("authority.pem", &authority)?;
    desk.openssl(&["ts", "-query", "-data", "checkpoint", "-sha256", "-cert", "-out", "request.tsq"]).await?;
    let request = desk.take("request.tsq")?;
    let response = ask(url, request.clone()).await?;
    desk.put("response.tsr", &response)?;
    let judge = ["-queryfile", "request.tsq", "-in", "response.tsr", "-CAfile", "authority.pem"];
    desk.openssl(&[&["ts", "-verify"], judge.as_slice()].concat()).await?;
    let name = app.now().format("%Y-%m-%dT%H%M%S%3fZ").to_string();
    let stamp = Stamp { name, checkpoint, request, response, authority: authority.into() };
    app.archive.keep_stamp(&stamp).await?;
    Ok(stamp)
}

/// Has the newest checkpoint stamped where an authority is set and the log has grown since the last time.
pub async fn stamp_when_grown(app: &App) -> Result<(), StampError> {
    let (Some(url), Some(certificates)) = (&app.config.tsa_url, &app.config.tsa_certificates) else {
        return Ok(());
    };
    let newest = app.archive.checkpoint().await?.note;
    if app.archive.stamps().await?.last().is_some_and(|stamp| stamp.checkpoint == newest) {
        return Ok(());
    }
    stamp(app, url, certificates).await.map(|_| ())
}

/// Whether a kept stamp still says what it said; answers its time in the authority's words.
pub async fn check(stamp: &Stamp) -> Result<String, StampError> {
    let desk = Desk::new()?;
    desk.put("checkpoint", stamp.checkpoint.as_bytes())?;
    desk.put("response.tsr", &stamp.response)?;
    desk.put("authority.pem", &stamp.authority)?;
    let judge = ["-data", "checkpoint", "-in", "response.tsr", "-CAfile", "authority.pem"];
    desk.openssl(&[&["ts", "-verify"], judge.as_slice()].concat()).await?;
    let said = desk.openssl(&["ts", "-reply", "-in", "response.tsr", "-text"]).await?;
    let time = said.lines().find_map(|line| line.strip_prefix("Time stamp: "));
    time.map(str::to_owned).ok_or_else(|| StampError::Refused("a stamp without a time".into()))
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

/// A scratch directory for openssl.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Result<Self, StampError> {
        tempfile::tempdir().map(Self).map_err(|error| StampError::Io("a scratch directory".into(), error))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StampError> {
        let written = File::create(self.path(name)).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| StampError::Io(name.to_owned(), error))
    }

    fn take(&self, name: &str) -> Result<Bytes, StampError> {
        let bytes = std::fs::read(self.path(name));
        bytes.map(Bytes::from).map_err(|error| StampError::Io(name.to_owned(), error))
    }

    /// What openssl prints; its last words when it refuses.
    async fn openssl(&self, arguments: &[&str]) -> Result<String, StampError> {
        let mut openssl = Command::new("openssl");
        openssl.args(arguments).current_dir(self.0.path()).kill_on_drop(true);
        let output = openssl.output().await.map_err(|error| StampError::Io("openssl".into(), error))?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            Ok(said(&output.stdout))
        } else {
            Err(StampError::Refused(said(&output.stderr)))
        }
    }
}
