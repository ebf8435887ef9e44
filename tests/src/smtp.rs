//! A mail server of the tests' own (aiosmtpd), and the letters it took, as Python's own library reads them.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;
use tempfile::TempDir;

use crate::instance::free_port;
use crate::oracle::{ask, installed};
use crate::wait::until;

/// A letter as its reader sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct Letter {
    pub to: String,
    pub from: String,
    pub subject: String,
    pub text: String,
}

/// A server on a port of its own, gone when dropped.
pub struct Smtp {
    folder: TempDir,
    port: u16,
    process: Option<Child>,
}

const READ: &str = "
import email, email.policy, json, mailbox, sys
read = lambda file: email.message_from_binary_file(file, policy=email.policy.default)
letters = mailbox.Maildir(sys.argv[1], factory=read)
print(json.dumps([{'to': m['to'], 'from': m['from'], 'subject': m['subject'], 'text': m.get_content()}
                  for m in (letters[key] for key in sorted(letters.keys()))]))
";

impl Smtp {
    /// Ready to be started; its address is known already.
    pub fn prepared() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), port: free_port(), process: None }
    }

    pub fn started() -> Self {
        let mut server = Self::prepared();
        server.start(&[]);
        server
    }

    /// Settings with which the program writes to `drift@example.dk` here.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LIVSBOG_MAIL_URL", format!("smtp://127.0.0.1:{}", self.port)),
            ("LIVSBOG_MAIL_FROM", "livsbog@example.dk".into()),
            ("LIVSBOG_MAIL_TO", "drift@example.dk".into()),
        ]
    }

    fn start(&mut self, more: &[&str]) {
        let server = Command::new(installed("venv/bin/python"))
            .env("PYTHONPATH", installed("aiosmtpd"))
            .args(["-m", "aiosmtpd", "-n", "-l", &format!("127.0.0.1:{}", self.port)])
            .args(more)
            .args(["-c", "aiosmtpd.handlers.Mailbox"])
            .arg(self.maildir())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(server.expect("aiosmtpd starts; run tests/install.sh"));
        let port = self.port;
        until("the mail server to listen", || TcpStream::connect(("127.0.0.1", port)).ok());
    }

    /// Opens its doors, in the clear.
    pub fn open(&mut self) {
        self.start(&[]);
    }

    /// Opens its doors to those who speak TLS (STARTTLS); answers the certificate it is known by.
    pub fn open_under_tls(&mut self) -> PathBuf {
        let [certificate, key] = ["cert.pem", "key.pem"].map(|name| self.folder.path().join(name));
        let line = "req -x509 -newkey rsa:2048 -nodes -days 20 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE";
        ask(Command::new("openssl")
            .args(line.split(' '))
            .arg("-out")
            .arg(&certificate)
            .arg("-keyout")
            .arg(&key))
        .content();
        let [shown, secret] = [&certificate, &key].map(|path| path.to_str().unwrap().to_owned());
        self.start(&["--tlscert", &shown, "--tlskey", &secret]);
        certificate
    }

    fn maildir(&self) -> PathBuf {
        self.folder.path().join("letters")
    }

    /// The letters that came so far.
    pub fn letters(&self) -> Vec<Letter> {
        if !self.maildir().exists() {
            return Vec::new();
        }
        let output =
            Command::new(installed("venv/bin/python")).args(["-c", READ]).arg(self.maildir()).output();
        serde_json::from_slice(&output.unwrap().stdout).expect("letters that Python can read")
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
