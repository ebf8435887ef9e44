//! A time stamp authority of the tests' own: openssl signs, a small server carries (RFC 3161 over HTTP).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use crate::instance::lossy;
use crate::oracle;

/// What the authority does with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Honest,
    /// Answers with the stamp it gave the first time.
    Replaying,
    /// Signs another digest than the one it was asked about.
    Careless,
    /// Says no, as an authority that is out of order does.
    Refusing,
    /// Answers with a page, as a proxy in the way does.
    NotAtHome,
}

/// An authority with a root certificate of its own.
pub struct Authority {
    pub url: String,
    folder: Arc<TempDir>,
    mood: Arc<Mutex<Mood>>,
}

const SETTINGS: &str = "
[req]
distinguished_name = name
prompt = no
[name]
CN = The Tests' Time
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[ca]
default_ca = own
[own]
database = index
serial = certificates
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[signer]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
";

impl Authority {
    pub fn start() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("settings"), SETTINGS).unwrap();
        for (name, content) in [("serial", "01\n"), ("certificates", "01\n"), ("index", "")] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let ask = |line: &str| openssl(folder.path(), line);
        ask("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out root.key");
        ask("req -new -x509 -config settings -extensions root -key root.key -days 3650 -out root.pem");
        ask("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out signer.key");
        ask("req -new -config settings -subj /CN=Signer -key signer.key -out signer.csr");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/stamp", listener.local_addr().unwrap());
        let mood = Arc::new(Mutex::new(Mood::Honest));
        let (desk, feeling) = (folder.clone(), mood.clone());
        std::thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                let mood = *feeling.lock().unwrap();
                answer(caller, desk.path(), mood);
            }
        });
        let authority = Self { url, folder, mood };
        authority.signs_until("20 days");
        authority
    }

    /// From now on it signs with a new certificate, which ends after some time: `20 days`, `30 seconds`.
    pub fn signs_until(&self, end: &str) {
        let end = Command::new("date").args(["-u", "-d", end, "+%Y%m%d%H%M%SZ"]).output().unwrap().stdout;
        let certify = "ca -batch -notext -config settings -in signer.csr -cert root.pem -keyfile root.key -extfile settings";
        let dates = format!("-startdate 20260101000000Z -enddate {}", lossy(&end).trim());
        openssl(self.folder.path(), &format!("{certify} -extensions signer {dates} -out signer.pem"));
    }

    /// The certificate it is known by.
    pub fn certificates(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    pub fn becomes(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

fn answer(caller: TcpStream, desk: &Path, mood: Mood) {
    let mut reader = BufReader::new(caller.try_clone().unwrap());
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut question = vec![0; length];
    reader.read_exact(&mut question).unwrap();
    std::fs::write(desk.join("question.tsq"), question).unwrap();
    let sign = "ts -reply -config settings -section tsa -signer signer.pem -inkey signer.key";
    let (status, body) = match mood {
        Mood::Refusing => ("503 Service Unavailable", b"closed".to_vec()),
        Mood::NotAtHome => ("200 OK", b"<html>Welcome to the hotel's network</html>".to_vec()),
        Mood::Replaying => ("200 OK", std::fs::read(desk.join("answer.tsr")).unwrap()),
        Mood::Careless => {
            openssl(
                desk,
                "ts -query -digest 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff -sha256 -cert -out question.tsq",
            );
            openssl(desk, &format!("{sign} -queryfile question.tsq -out careless.tsr"));
            ("200 OK", std::fs::read(desk.join("careless.tsr")).unwrap())
        }
        Mood::Honest => {
            openssl(desk, &format!("{sign} -queryfile question.tsq -out answer.tsr"));
            ("200 OK", std::fs::read(desk.join("answer.tsr")).unwrap())
        }
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let mut caller = caller;
    let _ = caller.write_all(head.as_bytes()).and_then(|()| caller.write_all(&body));
}

fn openssl(folder: &Path, line: &str) {
    oracle::ask(Command::new("openssl").args(line.split(' ')).current_dir(folder)).content();
}
