//! Time stamps of checkpoints (RFC 3161), kept beside the log: evidence for others, never sealed content.

use bytes::Bytes;
use futures_util::TryStreamExt;

use crate::archive::Archive;
use crate::error::Result;
use crate::paths::STAMPS;

const CHECKPOINT: &str = "checkpoint";
const REQUEST: &str = "request.tsq";
const RESPONSE: &str = "response.tsr";
const AUTHORITY: &str = "authority.pem";

/// An authority's word that it saw a checkpoint at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Names its directory under `log/stamps`; in the order of their names stamps grow younger.
    pub name: String,
    /// The signed note that was stamped.
    pub checkpoint: String,
    /// What was asked: a `TimeStampReq` in DER.
    pub request: Bytes,
    /// The answer: a `TimeStampResp` in DER.
    pub response: Bytes,
    /// The certificates the answer was judged by, in PEM.
    pub authority: Bytes,
}

impl Archive {
    /// Keeps a stamp beside the log, durable. The archive does not judge it.
    ///
    /// # Errors
    /// [`Error::Alarm`](crate::Error::Alarm) when another one of its name is there; those of the storage.
    pub async fn keep_stamp(&self, stamp: &Stamp) -> Result<()> {
        let log = self.log.store();
        let key = |file: &str| format!("{STAMPS}/{}/{file}", stamp.name);
        log.create(&key(CHECKPOINT), stamp.checkpoint.clone().into()).await?;
        log.create(&key(REQUEST), stamp.request.clone()).await?;
        log.create(&key(AUTHORITY), stamp.authority.clone()).await?;
        // Last: a directory without an answer is no stamp.
        log.create(&key(RESPONSE), stamp.response.clone()).await
    }

    /// The stamps kept beside the log, oldest first.
    ///
    /// # Errors
    /// Those of the storage.
    pub async fn stamps(&self) -> Result<Vec<Stamp>> {
        let log = self.log.store();
        let keys: Vec<String> = log.list(STAMPS).try_collect().await?;
        let answered = keys.iter().filter_map(|key| key.strip_suffix(RESPONSE)?.strip_suffix('/'));
        let mut directories: Vec<&str> = answered.collect();
        directories.sort_unstable();
        let mut stamps = Vec::new();
        for directory in directories {
            let read = |file: &'static str| async move { log.read(&format!("{directory}/{file}")).await };
            stamps.push(Stamp {
                name: directory.rsplit('/').next().unwrap_or_default().to_owned(),
                checkpoint: String::from_utf8_lossy(&read(CHECKPOINT).await?).into_owned(),
                request: read(REQUEST).await?,
                response: read(RESPONSE).await?,
                authority: read(AUTHORITY).await?,
            });
        }
        Ok(stamps)
    }
}
