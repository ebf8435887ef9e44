//! Providers of logins: a certified one, and one that can lie.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::browser::node;
use crate::client::Api;
use crate::oracle::{here, installed};

/// A provider of logins that listens.
pub struct Provider {
    pub issuer: String,
    process: Child,
}

impl Provider {
    /// `npm oidc-provider` for a client whose secret is `secret`, which sends people back to `redirect_uri`.
    pub fn certified(secret: &str, redirect_uri: &str, front: &str) -> Self {
        let facts = serde_json::json!({ "secret": secret, "redirect_uri": redirect_uri, "front": front });
        Self::start("provider.mjs", &facts)
    }

    /// One that does as it is told by [`Provider::lies`].
    pub fn liar() -> Self {
        Self::start("liar.mjs", &Value::Null)
    }

    fn start(script: &str, facts: &Value) -> Self {
        let mut process = Command::new(node())
            .arg(here("browser").join(script))
            .env("MODULES", installed("node/node_modules"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node is installed by tests/install.sh");
        process
            .stdin
            .take()
            .expect("piped")
            .write_all(facts.to_string().as_bytes())
            .expect("it takes its facts");
        let mut issuer = String::new();
        BufReader::new(process.stdout.take().expect("piped")).read_line(&mut issuer).expect("it says where");
        assert!(!issuer.is_empty(), "tests/browser/{script} did not start");
        Self { issuer: issuer.trim().to_owned(), process }
    }

    /// How it lies from now on; nothing: not at all.
    pub fn lies(&self, how: Value) {
        Api::new(&self.issuer, None).post("/mood", &how).expect(200);
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
