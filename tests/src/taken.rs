//! A package as somebody took it home, and all that tools get out of it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::instance::{files_under, lossy};
use crate::{Api, oracle};

/// A package as it came, unpacked.
pub struct Taken {
    folder: TempDir,
    pub zip: Vec<u8>,
}

impl Taken {
    pub fn of(zip: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pakke.zip");
        std::fs::File::create(&path).unwrap().write_all(zip).unwrap();
        oracle::ask(Command::new("unzip").arg("-q").arg(&path).arg("-d").arg(folder.path())).content();
        Self { folder, zip: zip.to_vec() }
    }

    pub fn bag(&self) -> PathBuf {
        self.folder.path().join("livsbog")
    }

    pub fn files(&self) -> Vec<PathBuf> {
        files_under(&self.bag())
    }

    pub fn papers(&self) -> Vec<PathBuf> {
        self.files().into_iter().filter(|file| file.extension().is_some_and(|is| is == "pdf")).collect()
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.bag().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every byte there is, and all that three tools get out of it: the zip's own lists, the text and the innards of every PDF
    /// with all its revisions, and the strings and metadata of every file.
    pub fn extracted(&self) -> String {
        let mut all = String::new();
        let mut add = |bytes: &[u8]| {
            all.push_str(&lossy(bytes));
            // PDF and camera data may write two bytes a letter.
            for skip in [0, 1] {
                let (_, pairs) = bytes.split_at(skip.min(bytes.len()));
                let wide: Vec<u16> =
                    pairs.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                all.push_str(&String::from_utf16_lossy(&wide));
                let narrow: Vec<u16> =
                    pairs.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                all.push_str(&String::from_utf16_lossy(&narrow));
            }
        };
        add(&self.zip);
        let lists =
            Command::new("unzip").arg("-Zv").arg(self.folder.path().join("pakke.zip")).output().unwrap();
        add(&lists.stdout);
        for file in self.files() {
            add(&std::fs::read(&file).unwrap());
            add(file.to_string_lossy().as_bytes());
            let told = Command::new("ffprobe")
                .args(["-hide_banner", "-show_format", "-show_streams"])
                .arg(&file)
                .output();
            add(&told.unwrap().stdout);
        }
        for paper in self.papers() {
            add(oracle::pdftotext(&paper).as_bytes());
            let open = self.folder.path().join("open.pdf");
            let mut qpdf = Command::new("qpdf");
            qpdf.args(["--qdf", "--object-streams=disable", "--preserve-unreferenced"])
                .arg(&paper)
                .arg(&open);
            assert!(qpdf.status().unwrap().success());
            add(&std::fs::read(&open).unwrap());
            let info = Command::new("pdfinfo").arg("-meta").arg(&paper).output().unwrap();
            add(&info.stdout);
        }
        all.to_lowercase()
    }
}

/// The same package as an age file, for a recipient and with a password, from the call at `path`.
pub fn locked_it_opens_with_age_alone(own: &Api, path: &str, zip: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let [key, sealed] = ["key", "p.zip.age"].map(|name| folder.path().join(name));
    oracle::ask(Command::new("age-keygen").arg("-o").arg(&key)).content();
    let recipient = lossy(&Command::new("age-keygen").arg("-y").arg(&key).output().unwrap().stdout);
    let locked = own.post(path, &json!({ "recipient": recipient.trim() })).expect(200);
    std::fs::write(&sealed, &locked.body).unwrap();
    assert!(oracle::age_decrypt(&key, &sealed) == zip, "behind the lock is the same file");
    let locked = own.post(path, &json!({ "password": "regnvejr gulerod ni" })).expect(200);
    assert!(locked.body.starts_with(b"age-encryption.org/v1\n-> scrypt "), "a password is stretched");
    assert!(locked.body.len() > zip.len());
    for (asked, field) in [
        (json!({ "password": "for kort" }), "password"),
        (json!({ "recipient": "age1nobody" }), "recipient"),
        (json!({}), "password"),
    ] {
        let refused = own.post(path, &asked).expect(422).json();
        assert_eq!(refused["fields"][0]["field"], field, "{refused}");
    }
}
