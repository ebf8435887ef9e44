//! Time stamps (RFC 3161), kept beside the log: evidence for others, never sealed content. What is stamped is a checkpoint,
//! or, so that stamps outlive their authority's certificate, the digests of all files of earlier stamps (what RFC 4998
//! calls renewal, in files that `sha256sum` and `openssl` read).

use bytes::Bytes;
use futures_util::TryStreamExt;

use super::evidence::{RENEWALS, STAMPS};
use crate::archive::Archive;
use crate::digest::Digest;
use crate::error::Result;

const REQUEST: &str = "request.tsq";
const RESPONSE: &str = "response.tsr";
const AUTHORITY: &str = "authority.pem";

/// What an authority put its time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stamped {
    /// A checkpoint of the log.
    Checkpoint,
    /// A list of earlier stamps: their renewal.
    Earlier,
}

impl Stamped {
    const BOTH: [Self; 2] = [Self::Checkpoint, Self::Earlier];

    fn directory(self) -> &'static str {
        match self {
            Self::Checkpoint => STAMPS,
            Self::Earlier => RENEWALS,
        }
    }

    /// The name of the file that was stamped.
    pub fn file(self) -> &'static str {
        match self {
            Self::Checkpoint => "checkpoint",
            Self::Earlier => "earlier.sha256",
        }
    }
}

/// An authority's word that it saw something at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// What it saw.
    pub of: Stamped,
    /// Names its directory; in the order of their names stamps grow younger.
    pub name: String,
    /// The bytes that were stamped: a signed note, or lines as `sha256sum` writes them.
    pub subject: Bytes,
    /// What was asked: a `TimeStampReq` in DER.
    pub request: Bytes,
    /// The answer: a `TimeStampResp` in DER.
    pub response: Bytes,
    /// The certificates the answer was judged by, in PEM.
    pub authority: Bytes,
}

impl Stamp {
    /// Its directory, from the log's.
    pub fn path(&self) -> String {
        format!("{}/{}", self.of.directory(), self.name)
    }

    /// What was stamped, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.subject).into_owned()
    }

    /// Its files as `sha256sum` lists them, from the log's directory.
    pub fn checksums(&self) -> Vec<String> {
        let line = |(name, bytes): (&str, &Bytes)| format!("{}  {}/{name}", Digest::of(bytes), self.path());
        self.files().map(line).to_vec()
    }

    /// In the order they are written. Last the answer: a directory without one is no stamp.
    fn files(&self) -> [(&'static str, &Bytes); 4] {
        [
            (self.of.file(), &self.subject),
            (REQUEST, &self.request),
            (AUTHORITY, &self.authority),
            (RESPONSE, &self.response),
        ]
    }
}

impl Archive {
    /// Keeps a stamp beside the log, durable. The archive does not judge it.
    ///
    /// # Errors
    /// [`Error::Alarm`](crate::Error::Alarm) when another one of its name is there; those of the storage.
    pub async fn keep_stamp(&self, stamp: &Stamp) -> Result<()> {
        for (name, bytes) in stamp.files() {
            self.log.store().create(&format!("{}/{name}", stamp.path()), bytes.clone()).await?;
        }
        Ok(())
    }

    /// The stamps kept beside the log, of both kinds, oldest first. A file that is not there is empty.
    ///
    /// # Errors
    /// Those of the storage.
    pub async fn stamps(&self) -> Result<Vec<Stamp>> {
        let log = self.log.store();
        let mut stamps = Vec::new();
        for of in Stamped::BOTH {
            let keys: Vec<String> = log.list(of.directory()).try_collect().await?;
            for directory in keys.iter().filter_map(|key| key.strip_suffix(RESPONSE)?.strip_suffix('/')) {
                let read = async |file: &str| {
                    Ok::<_, crate::Error>(
                        log.read_if_there(&format!("{directory}/{file}")).await?.unwrap_or_default(),
                    )
                };
                stamps.push(Stamp {
                    of,
                    name: directory.rsplit('/').next().unwrap_or_default().to_owned(),
                    subject: read(of.file()).await?,
                    request: read(REQUEST).await?,
                    response: read(RESPONSE).await?,
                    authority: read(AUTHORITY).await?,
                });
            }
        }
        stamps.sort_by(|one, other| (&one.name, one.of).cmp(&(&other.name, other.of)));
        Ok(stamps)
    }
}
