//! A witness (C2SP tlog-witness) on the loopback address, written in Python from the specification.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::instance::free_port;
use crate::{oracle, until};

pub struct Witness {
    pub name: String,
    pub key: String,
    url: String,
    log: String,
    port: u16,
    folder: TempDir,
    process: Option<Child>,
}

impl Witness {
    /// One that follows the log of this key.
    pub fn of(log: &str) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), log)
    }

    /// The same by https; the certificate of its authority is in [`authority`](Witness::authority).
    pub fn by_https(log: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ask = |line: &str| {
            oracle::ask(Command::new("openssl").args(line.split(' ')).current_dir(folder.path())).content();
        };
        std::fs::write(folder.path().join("names"), "subjectAltName=IP:127.0.0.1\n").unwrap();
        ask(
            "req -x509 -newkey rsa:2048 -nodes -subj /CN=Authority -days 30 -keyout authority.key -out authority.pem",
        );
        ask("req -newkey rsa:2048 -nodes -subj /CN=Witness -keyout tls.key -out tls.csr");
        ask(
            "x509 -req -in tls.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 30 -extfile names -out tls.pem",
        );
        Self::in_folder(folder, log)
    }

    fn in_folder(folder: TempDir, log: &str) -> Self {
        let port = free_port();
        let (log, name) = (log.to_owned(), "vidne.example/w1".to_owned());
        let mut witness =
            Self { name, key: String::new(), url: String::new(), log, port, folder, process: None };
        witness.come_back();
        witness.key = witness.read("vkey").trim().to_owned();
        witness.url = witness.read("url");
        witness
    }

    pub fn authority(&self) -> PathBuf {
        self.path("authority.pem")
    }

    /// What the settings say of it.
    pub fn setting(&self) -> String {
        format!("{} {}", self.key, self.url)
    }

    pub fn leave(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    pub fn come_back(&mut self) {
        let mut command = Command::new(oracle::installed("venv/bin/python"));
        command.arg(oracle::here("oracles/witness.py")).arg(self.folder.path());
        command.args([&self.log, &self.name]).arg(self.port.to_string()).stdin(Stdio::null());
        let _ = std::fs::remove_file(self.path("url"));
        self.process = Some(command.spawn().unwrap());
        until("the witness", || self.path("url").exists().then_some(()));
    }

    /// `good`, `liar`, `ahead`.
    pub fn becomes(&self, mood: &str) {
        std::fs::write(self.path("mood"), mood).unwrap();
    }

    /// The first lines of what it was asked.
    pub fn requests(&self) -> Vec<String> {
        self.read("requests").lines().map(str::to_owned).collect()
    }

    /// Size and root of what it cosigned last.
    pub fn seen(&self) -> String {
        self.read("seen")
    }

    pub fn has_seen(&self, state: &str) {
        std::fs::write(self.path("seen"), state).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.leave();
    }
}
