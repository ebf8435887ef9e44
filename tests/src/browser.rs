//! A real browser, driven by the scripts in `tests/browser`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::oracle::{here, installed};

/// One run of a script in Chromium: a viewport and the script's own arguments.
pub struct Browser {
    script: String,
    facts: serde_json::Map<String, Value>,
}

impl Browser {
    /// Prepares `tests/browser/{script}.mjs` at a phone's 390x844.
    pub fn phone(script: &str) -> Self {
        Self { script: script.to_owned(), facts: serde_json::Map::new() }
            .with("width", 390)
            .with("height", 844)
    }

    /// Gives the script a fact it needs.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// A path as a fact.
    pub fn with_path(self, name: &str, path: &Path) -> Self {
        self.with(name, path.to_str().expect("a path in UTF-8"))
    }

    /// Runs the script; fails with its words unless it ended well. Gives what it reported as JSON.
    pub fn run(self) -> Value {
        let mut script = Command::new(node())
            .arg(here("browser").join(format!("{}.mjs", self.script)))
            .env("MODULES", installed("node/node_modules"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node is installed by tests/install.sh");
        let facts = Value::Object(self.facts).to_string();
        script.stdin.take().expect("piped").write_all(facts.as_bytes()).expect("the script takes its facts");
        let output = script.wait_with_output().expect("the script ends");
        let words = crate::instance::lossy(&output.stderr);
        assert!(output.status.success(), "tests/browser/{}.mjs: {words}", self.script);
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{}: {error}: {words}", self.script))
    }
}

/// Node from tests/install.sh where the machine's own is too old or missing.
pub fn node() -> PathBuf {
    let ours = here("../target/oracles/venv/bin/node");
    if ours.exists() { ours } else { PathBuf::from("node") }
}
