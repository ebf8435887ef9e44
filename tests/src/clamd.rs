//! A virus scanner of the tests' own, which knows one harmless signature.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::instance::free_port;
use crate::wait::until;

/// The test file that every scanner calls a virus (EICAR), in two parts: whole it would alarm the machine's own scanner.
pub fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

/// clamd on a port of its own, gone when dropped.
pub struct Clamd {
    folder: TempDir,
    pub port: u16,
    process: Option<Child>,
}

impl Clamd {
    /// Ready to be started; its address is known already.
    pub fn prepared() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let (data, path) = (folder.path().join("signatures"), folder.path());
        std::fs::create_dir(&data).unwrap();
        std::fs::write(data.join("test.hdb"), "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n").unwrap();
        let settings = format!(
            "TCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {}\nForeground yes\nLogFile {}\nTemporaryDirectory {}\n\
             StreamMaxLength 100M\n",
            data.display(),
            path.join("clamd.log").display(),
            path.display(),
        );
        std::fs::write(path.join("clamd.conf"), settings).unwrap();
        Self { folder, port, process: None }
    }

    pub fn address(&self) -> String {
        format!("tcp://127.0.0.1:{}", self.port)
    }

    pub fn start(&mut self) {
        assert!(Path::new("/usr/sbin/clamd").exists(), "clamd is not here; run tests/install.sh");
        let config = self.folder.path().join("clamd.conf");
        let mut clamd = Command::new("/usr/sbin/clamd");
        clamd.arg("--config-file").arg(config).stdout(Stdio::null()).stderr(Stdio::null());
        self.process = Some(clamd.spawn().unwrap());
        let port = self.port;
        until("clamd to listen", || TcpStream::connect(("127.0.0.1", port)).ok());
    }

    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.stop();
    }
}
