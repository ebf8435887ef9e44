//! S3 servers of the tests' own, on the loopback address, gone when dropped: SeaweedFS, and Ceph's object gateway. The
//! tests of the archive use this file too, so it leans on nothing beside it.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

/// A server with one bucket.
pub struct S3 {
    pub bucket: &'static str,
    endpoint: String,
    key: &'static str,
    secret: &'static str,
    process: Option<Child>,
    folder: TempDir,
}

impl S3 {
    /// Starts SeaweedFS with the bucket `replica` in it, which keeps no versions.
    pub fn start() -> Self {
        let mut server = Self::seaweedfs();
        server.bucket = "replica";
        server.make("replica", &[]);
        server
    }

    /// Starts SeaweedFS with the bucket `locked`, where each new version is locked for a day in `mode`.
    pub fn locking(mode: &str) -> Self {
        Self::seaweedfs().with_locked_bucket(mode)
    }

    /// As [`locking`](S3::locking), by Ceph; nothing unless `CEPH=1` asks for it. It takes a minute to install and some to
    /// go through, which is much for every run.
    pub fn locking_ceph(mode: &str) -> Option<Self> {
        if std::env::var("CEPH").is_ok_and(|choice| choice == "1") {
            return Some(Self::ceph().with_locked_bucket(mode));
        }
        eprintln!("left out: Ceph, asked for by CEPH=1");
        None
    }

    fn seaweedfs() -> Self {
        let (key, secret) = ("livsbog", "only-for-tests");
        let folder = folder();
        let identity = json!({ "name": key, "credentials": [{ "accessKey": key, "secretKey": secret }],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"] });
        let access = folder.path().join("s3.json");
        std::fs::write(&access, json!({ "identities": [identity] }).to_string()).unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let [s3, master, volume, filer] = [(); 4].map(|()| free_pair());
        let process = Command::new(here("../target/oracles/seaweedfs/bin/weed"))
            .arg("server")
            .arg(format!("-dir={}", folder.path().display()))
            .args(["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3"])
            .args(["-master.volumeSizeLimitMB=64", "-volume.max=50"])
            // Services nobody asks for, on ports of which a machine has one.
            .args(["-s3.port.iceberg=0", "-s3.port.lance=0"])
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
        Self { bucket: "", endpoint, key, secret, process: Some(process), folder }
    }

    fn ceph() -> Self {
        let folder = folder();
        let [port, monitor] = [(); 2].map(|()| free_port());
        let log = File::create(folder.path().join("log")).unwrap();
        let mut up = Command::new(here("../tests/oracles/ceph-up.sh"));
        up.arg(folder.path().join("ceph"))
            .args([port, monitor].map(|port| port.to_string()))
            .stdin(Stdio::null());
        let up = up.stdout(log.try_clone().unwrap()).stderr(log).status().unwrap();
        let said = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        let endpoint = format!("http://127.0.0.1:{port}");
        let (key, secret) = ("AKIDAKID", "SKSKSKSK");
        let server = Self { bucket: "", endpoint, key, secret, process: None, folder };
        // Whatever of it did start is stopped when `server` goes.
        assert!(up.success(), "Ceph starts; run CEPH=1 tests/install.sh: {said}");
        server
    }

    /// Makes a bucket as soon as the server can.
    fn make(&mut self, bucket: &str, args: &[&str]) {
        let link = format!("{}/{bucket}", self.endpoint);
        let deadline = Instant::now() + Duration::from_secs(120);
        while self.curl(&[args, &["-X", "PUT", &link]].concat()).1 != 200 {
            if let Some(status) = self.process.as_mut().and_then(|process| process.try_wait().unwrap()) {
                let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                panic!("SeaweedFS ended with {status}: {log}");
            }
            assert!(Instant::now() < deadline, "waited two minutes in vain for a bucket");
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    fn with_locked_bucket(mut self, mode: &str) -> Self {
        self.bucket = "locked";
        self.make("locked", &["-H", "x-amz-bucket-object-lock-enabled: true"]);
        let lock = format!(
            "<ObjectLockConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><ObjectLockEnabled>Enabled\
             </ObjectLockEnabled><Rule><DefaultRetention><Mode>{mode}</Mode><Days>1</Days></DefaultRetention></Rule>\
             </ObjectLockConfiguration>"
        );
        let link = format!("{}/locked?object-lock=", self.endpoint);
        assert_eq!(self.curl(&["-X", "PUT", "--data-binary", &lock, &link]).1, 200, "a default retention");
        self
    }

    /// `curl` with a signature; what came back and its status.
    fn curl(&self, args: &[&str]) -> (String, u16) {
        let mut command = Command::new("curl");
        command.args([
            "-sS",
            "--max-time",
            "20",
            "--aws-sigv4",
            "aws:amz:us-east-1:s3",
            "-w",
            "\n%{http_code}",
        ]);
        command.args(["--user", &format!("{}:{}", self.key, self.secret)]);
        command.args(["-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD"]).args(args).stdin(Stdio::null());
        let output = command.stderr(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let (body, status) = said.rsplit_once('\n').unwrap_or_default();
        (body.to_owned(), status.parse().unwrap_or(0))
    }

    fn link(&self, key: &str) -> String {
        format!("{}/{}/{}", self.endpoint, self.bucket, key.replace('=', "%3D"))
    }

    /// Puts other bytes under a key, as somebody with the credentials could.
    pub fn overwrite(&self, key: &str, bytes: &str) {
        let status = self.curl(&["-X", "PUT", "--data-binary", bytes, &self.link(key)]).1;
        assert_eq!(status, 200, "PUT {key}");
    }

    /// What is under a key now.
    pub fn read(&self, key: &str) -> Vec<u8> {
        let (bytes, status) = self.curl(&[&self.link(key)]);
        assert_eq!(status, 200, "GET {key}");
        bytes.into_bytes()
    }

    /// Deletes a key, which in a bucket with versions hides it.
    pub fn delete(&self, key: &str) {
        assert_eq!(self.curl(&["-X", "DELETE", &self.link(key)]).1, 204, "DELETE {key}");
    }

    /// Deletes one version for good, if the server lets it; its status.
    pub fn delete_version(&self, key: &str, version: &str) -> u16 {
        let bypass = "x-amz-bypass-governance-retention: true";
        self.curl(&["-X", "DELETE", "-H", bypass, &format!("{}?versionId={version}", self.link(key))]).1
    }

    /// Locks one version until `until` (RFC 3339), if the server lets it; its status.
    pub fn lock(&self, key: &str, version: &str, mode: &str, until: &str) -> u16 {
        let body =
            format!("<Retention><Mode>{mode}</Mode><RetainUntilDate>{until}</RetainUntilDate></Retention>");
        let link = format!("{}?retention=&versionId={version}", self.link(key));
        self.curl(&["-X", "PUT", "--data-binary", &body, &link]).1
    }

    /// What the server says of a version's lock (`retention`) or hold (`legal-hold`).
    pub fn told(&self, what: &str, key: &str, version: &str) -> String {
        self.curl(&[&format!("{}?{what}=&versionId={version}", self.link(key))]).0
    }

    /// The ids of the versions and delete markers of a key, or of all keys under one that ends in a slash.
    pub fn versions(&self, key: &str) -> Vec<String> {
        let prefix = key.replace('/', "%2F").replace('=', "%3D");
        let link = format!("{}/{}?prefix={prefix}&versions=", self.endpoint, self.bucket);
        let page = self.curl(&[&link]).0;
        let entries = page.split("<Key>").skip(1);
        let found = entries.filter_map(|entry| entry.split_once('<'));
        let wanted = found.filter(|(name, _)| *name == key || key.ends_with('/'));
        let id = |entry: &str| Some(entry.split_once("<VersionId>")?.1.split('<').next()?.to_owned());
        wanted.filter_map(|(_, entry)| id(entry)).collect()
    }

    /// The keys under a prefix.
    pub fn keys(&self, prefix: &str) -> Vec<String> {
        let (mut keys, mut after) = (Vec::new(), String::new());
        loop {
            let prefix = prefix.replace('/', "%2F");
            let after_key = after.replace('/', "%2F").replace('=', "%3D");
            let link = format!(
                "{}/{}?list-type=2&prefix={prefix}&start-after={after_key}",
                self.endpoint, self.bucket
            );
            let page = self.curl(&[&link]).0;
            let found = page.split("<Key>").skip(1).filter_map(|rest| rest.split('<').next());
            keys.extend(found.map(str::to_owned));
            if !page.contains("<IsTruncated>true<") {
                return keys;
            }
            after = keys.last().cloned().unwrap_or_default();
        }
    }

    /// The settings with which the program reaches its archive here.
    pub fn store_settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LIVSBOG_STORE_URL", format!("s3://{}/livsbog", self.bucket)),
            ("AWS_ENDPOINT_URL", self.endpoint.clone()),
            ("AWS_REGION", "us-east-1".into()),
            ("AWS_ACCESS_KEY_ID", self.key.into()),
            ("AWS_SECRET_ACCESS_KEY", self.secret.into()),
        ]
    }

    /// The settings with which the program reaches its replica here.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LIVSBOG_REPLICA_URL", format!("s3://{}/livsbog", self.bucket)),
            ("LIVSBOG_REPLICA_ENDPOINT_URL", self.endpoint.clone()),
            ("LIVSBOG_REPLICA_ALLOW_HTTP", "true".into()),
            ("LIVSBOG_REPLICA_REGION", "us-east-1".into()),
            ("LIVSBOG_REPLICA_ACCESS_KEY_ID", self.key.into()),
            ("LIVSBOG_REPLICA_SECRET_ACCESS_KEY", self.secret.into()),
        ]
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        match &mut self.process {
            Some(process) => {
                let _ = process.kill();
                let _ = process.wait();
            }
            None => {
                let ceph = self.folder.path().join("ceph");
                let _ = Command::new(here("../tests/oracles/ceph-down.sh")).arg(ceph).status();
            }
        }
    }
}

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("livsbog-s3-").tempdir().unwrap()
}

/// A place beside this package or another.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A port nobody listens on, nor on the one 10,000 above, which SeaweedFS takes for itself.
fn free_pair() -> u16 {
    for _ in 0..1000 {
        let port = free_port();
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
