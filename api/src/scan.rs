//! Asking clamd about a file between stage and seal. The crates for it read only files and buffers, and what we have is a
//! stream that is decrypted as it goes.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use archive::Staging;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::domain::document;
use crate::problem::Problem;

/// A scanner that says nothing for this long is away. Large archives take their time.
const PATIENCE: Duration = Duration::from_secs(120);
const CONNECT: Duration = Duration::from_secs(5);
const CHUNK_BYTES: usize = 64 * 1024;
/// An answer is a line.
const ANSWER_BYTES: u64 = 4096;

/// Where clamd listens: `tcp://HOST:PORT` or `unix:///PATH`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scanner {
    Tcp(String),
    Unix(PathBuf),
}

impl FromStr for Scanner {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        match url.split_once("://") {
            Some(("tcp", address)) if address.contains(':') => Ok(Self::Tcp(address.to_owned())),
            Some(("unix", path)) if path.starts_with('/') => Ok(Self::Unix(path.into())),
            _ => Err("tcp://HOST:PORT or unix:///PATH".to_owned()),
        }
    }
}

impl TryFrom<String> for Scanner {
    type Error = String;

    fn try_from(url: String) -> Result<Self, String> {
        url.parse()
    }
}

impl From<Scanner> for String {
    fn from(scanner: Scanner) -> Self {
        scanner.to_string()
    }
}

impl fmt::Display for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "tcp://{address}"),
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
        }
    }
}

/// What the scanner says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// The signature that fits.
    Infected(String),
}

/// The verdict on a staged file. Without a scanner every file is clean; while it is away the file has to wait, unless the
/// settings say otherwise.
pub async fn scan(app: &App, staging: &Staging) -> Result<Verdict, Problem> {
    let Some(scanner) = app.config.scanner_url.clone() else { return Ok(Verdict::Clean) };
    let file = staging.reopen(document::ORIGINAL)?;
    match tokio::task::spawn_blocking(move || scanner.scan(file)).await? {
        Ok(verdict) => Ok(verdict),
        Err(error) if app.config.accept_unscanned => {
            tracing::warn!(%error, "the scanner is away: a file is sealed unscanned");
            Ok(Verdict::Clean)
        }
        Err(error) => {
            tracing::warn!(%error, "the scanner is away: a file waits");
            Err(Problem::ScannerAway)
        }
    }
}

impl Scanner {
    /// Sends `file` to clamd (INSTREAM) and reads what it says. Blocks the thread.
    pub fn scan(&self, file: impl Read) -> io::Result<Verdict> {
        match self {
            Self::Tcp(address) => {
                let address = address.to_socket_addrs()?.next();
                let stream = TcpStream::connect_timeout(&address.ok_or(io::ErrorKind::NotFound)?, CONNECT)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                ask(stream, file)
            }
            Self::Unix(path) => {
                let stream = UnixStream::connect(path)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                ask(stream, file)
            }
        }
    }
}

fn ask(mut stream: impl Read + Write, mut file: impl Read) -> io::Result<Verdict> {
    stream.write_all(b"zINSTREAM\0")?;
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = file.read(&mut chunk)?;
        // A scanner that has seen enough hangs up before the end: what it said is waiting to be read.
        let length = u32::try_from(read).map_err(io::Error::other)?.to_be_bytes();
        if stream.write_all(&length).and_then(|()| stream.write_all(&chunk[..read])).is_err() || read == 0 {
            break;
        }
    }
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES).read_to_end(&mut answer)?;
    verdict(&String::from_utf8_lossy(&answer))
}

/// `stream: OK` or `stream: SIGNATURE FOUND`; everything else is no verdict.
fn verdict(answer: &str) -> io::Result<Verdict> {
    let said = answer.trim_end_matches('\0').strip_prefix("stream: ");
    match (said, said.and_then(|said| said.strip_suffix(" FOUND"))) {
        (Some("OK"), _) => Ok(Verdict::Clean),
        (_, Some(signature)) => Ok(Verdict::Infected(signature.to_owned())),
        _ => Err(io::Error::other(format!("clamd says: {answer:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(verdict("stream: OK\0").unwrap(), Verdict::Clean);
        assert_eq!(verdict("stream: Eicar-Test FOUND\0").unwrap(), Verdict::Infected("Eicar-Test".into()));
        for answer in ["", "stream: OK FOUNDATION\0", "INSTREAM size limit exceeded. ERROR\0", "OK\0"] {
            assert!(verdict(answer).is_err(), "{answer:?}");
        }
    }

    #[test]
    fn an_address_reads_back_and_others_are_refused() {
        for url in ["tcp://127.0.0.1:3310", "unix:///run/clamav/clamd.ctl"] {
            assert_eq!(url.parse::<Scanner>().unwrap().to_string(), url);
        }
        for url in ["127.0.0.1:3310", "tcp://here", "unix://run"] {
            assert!(url.parse::<Scanner>().is_err(), "{url}");
        }
    }
}
