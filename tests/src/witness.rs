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
        let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
        let (log, name) = (log.to_owned(), "vidne.example/w1".to_owned());
        let mut witness =
            Self { name, key: String::new(), url: String::new(), log, port, folder, process: None };
        witness.come_back();
        witness.key = witness.read("vkey").trim().to_owned();
        witness.url = witness.read("url");
        witness
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
