//! A scratch directory in which `openssl` reads and writes.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use archive::Stamp;
use bytes::Bytes;
use chrono::{DateTime, NaiveDateTime, Utc};
use tokio::process::Command;

use super::StampError;

pub struct Desk(tempfile::TempDir);

impl Desk {
    pub fn new() -> Result<Self, StampError> {
        tempfile::tempdir().map(Self).map_err(|error| StampError::Io("a scratch directory".into(), error))
    }

    /// With a stamp on it.
    pub fn with(stamp: &Stamp) -> Result<Self, StampError> {
        let desk = Self::new()?;
        desk.put("subject", &stamp.subject)?;
        desk.put("response.tsr", &stamp.response)?;
        desk.put("authority.pem", &stamp.authority)?;
        Ok(desk)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StampError> {
        let written = File::create(self.path(name)).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| StampError::Io(name.to_owned(), error))
    }

    pub fn take(&self, name: &str) -> Result<Bytes, StampError> {
        let bytes = std::fs::read(self.path(name));
        bytes.map(Bytes::from).map_err(|error| StampError::Io(name.to_owned(), error))
    }

    /// Whether the answer is to the question that was asked.
    pub async fn verify_answer(&self) -> Result<(), StampError> {
        let judge = "ts -verify -queryfile request.tsq -in response.tsr -CAfile authority.pem";
        self.openssl(judge).await.map(|_| ())
    }

    /// Whether the stamp on the desk holds, by certificates that were good at a time, or are good now.
    pub async fn verify(&self, at: Option<DateTime<Utc>>) -> Result<(), StampError> {
        let at = at.map(|at| format!(" -attime {}", at.timestamp())).unwrap_or_default();
        let judge = format!("ts -verify -data subject -in response.tsr -CAfile authority.pem{at}");
        self.openssl(&judge).await.map(|_| ())
    }

    /// The stamp's time.
    pub async fn time(&self) -> Result<DateTime<Utc>, StampError> {
        let said = self.openssl("ts -reply -in response.tsr -text").await?;
        let time = said.lines().find_map(|line| line.strip_prefix("Time stamp: "));
        let time = time.and_then(|time| NaiveDateTime::parse_from_str(time, "%b %e %H:%M:%S%.f %Y GMT").ok());
        time.map(|time| time.and_utc()).ok_or_else(|| StampError::Refused("a stamp without a time".into()))
    }

    /// When the certificate ends that signed the stamp.
    pub async fn end(&self) -> Result<DateTime<Utc>, StampError> {
        self.openssl("ts -reply -in response.tsr -token_out -out token").await?;
        // Whose certificate it is, not whether it is to be trusted.
        self.openssl("cms -verify -noverify -inform DER -in token -signer signer.pem -out content").await?;
        let said = self.openssl("x509 -in signer.pem -noout -enddate -dateopt iso_8601").await?;
        let end = said.strip_prefix("notAfter=");
        let end = end.and_then(|end| NaiveDateTime::parse_from_str(end, "%Y-%m-%d %H:%M:%SZ").ok());
        end.map(|end| end.and_utc()).ok_or_else(|| StampError::Refused("a certificate without an end".into()))
    }

    /// What openssl prints; its last words when it refuses.
    pub async fn openssl(&self, arguments: &str) -> Result<String, StampError> {
        let mut openssl = Command::new("openssl");
        openssl.args(arguments.split(' ')).current_dir(self.0.path()).kill_on_drop(true);
        let output = openssl.output().await.map_err(|error| StampError::Io("openssl".into(), error))?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            Ok(said(&output.stdout))
        } else {
            Err(StampError::Refused(said(&output.stderr)))
        }
    }
}
