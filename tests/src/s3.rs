//! An S3 server of the tests' own: SeaweedFS, on the loopback address, gone when dropped.

use std::fs::File;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use crate::oracle::installed;
use crate::wait::until;

const KEY: &str = "livsbog";
const SECRET: &str = "only-for-tests";

/// A server with one bucket.
pub struct S3 {
    pub bucket: &'static str,
    endpoint: String,
    process: Child,
    folder: TempDir,
}

impl S3 {
    /// Starts a server on free ports, with the bucket `replica` in it.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("livsbog-s3-").tempdir().unwrap();
        let identity = json!({ "name": KEY, "credentials": [{ "accessKey": KEY, "secretKey": SECRET }],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"] });
        let access = folder.path().join("s3.json");
        std::fs::write(&access, json!({ "identities": [identity] }).to_string()).unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let [s3, master, volume, filer] = [(); 4].map(|()| free_pair());
        let process = Command::new(installed("seaweedfs/bin/weed"))
            .arg("server")
            .arg(format!("-dir={}", folder.path().display()))
            .args(["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3"])
            .args(["-master.volumeSizeLimitMB=64", "-volume.max=50"])
            .arg(format!("-s3.port={s3}"))
            .arg(format!("-s3.config={}", access.display()))
            .arg(format!("-master.port={master}"))
            .arg(format!("-volume.port={volume}"))
            .arg(format!("-filer.port={filer}"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .expect("SeaweedFS starts; run tests/install.sh");
        let endpoint = format!("http://127.0.0.1:{s3}");
        let mut server = Self { bucket: "replica", endpoint, process, folder };
        until("SeaweedFS to make a bucket", || server.make_bucket().then_some(()));
        server
    }

    fn make_bucket(&mut self) -> bool {
        if let Some(status) = self.process.try_wait().unwrap() {
            let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            panic!("SeaweedFS ended with {status}: {log}");
        }
        let mut made = self.curl(&["-X", "PUT", &format!("{}/{}", self.endpoint, self.bucket)]);
        made.status().is_ok_and(|status| status.success())
    }

    /// `curl` with a signature.
    fn curl(&self, args: &[&str]) -> Command {
        let mut command = Command::new("curl");
        command.args(["-sSf", "--max-time", "20", "--aws-sigv4", "aws:amz:us-east-1:s3"]);
        command.args(["--user", &format!("{KEY}:{SECRET}"), "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD"]);
        command.args(args);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn link(&self, key: &str) -> String {
        format!("{}/{}/{key}", self.endpoint, self.bucket)
    }

    /// Puts other bytes under a key, as somebody with the credentials could.
    pub fn overwrite(&self, key: &str, bytes: &str) {
        let done = self.curl(&["-X", "PUT", "--data-binary", bytes, &self.link(key)]).status();
        assert!(done.unwrap().success(), "PUT {key}");
    }

    /// Deletes a key.
    pub fn delete(&self, key: &str) {
        assert!(self.curl(&["-X", "DELETE", &self.link(key)]).status().unwrap().success(), "DELETE {key}");
    }

    /// The settings with which the program reaches its replica here.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LIVSBOG_REPLICA_URL", format!("s3://{}/livsbog", self.bucket)),
            ("LIVSBOG_REPLICA_ENDPOINT_URL", self.endpoint.clone()),
            ("LIVSBOG_REPLICA_ALLOW_HTTP", "true".into()),
            ("LIVSBOG_REPLICA_REGION", "us-east-1".into()),
            ("LIVSBOG_REPLICA_ACCESS_KEY_ID", KEY.into()),
            ("LIVSBOG_REPLICA_SECRET_ACCESS_KEY", SECRET.into()),
        ]
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port nobody listens on, nor on the one 10,000 above, which SeaweedFS takes for itself.
fn free_pair() -> u16 {
    for _ in 0..1000 {
        let port = crate::instance::free_port();
        if port < 55_000 && TcpListener::bind(("127.0.0.1", port + 10_000)).is_ok() {
            return port;
        }
        // What the system hands out is often too high: look below it.
        let lower = 20_000 + port % 30_000;
        let free = |port| TcpListener::bind(("127.0.0.1", port)).is_ok();
        if free(lower) && free(lower + 10_000) {
            return lower;
        }
    }
    panic!("no two free ports 10,000 apart")
}
