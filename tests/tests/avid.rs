//! A municipality's delivery to the national archive, judged by xmllint, md5sum, tiffinfo and ffprobe.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::client::{sha256, text};
use tests::instance::{files_under, lossy};
use tests::photos::{contains, fixture};
use tests::stories::story;
use tests::{Database, Family, Instance, oracle};

const INDICES: [&str; 5] =
    ["archiveIndex", "contextDocumentationIndex", "docIndex", "fileIndex", "tableIndex"];

/// A delivery in a folder of its own.
struct Delivered {
    folder: TempDir,
    told: Value,
    code: Option<i32>,
}

impl Delivered {
    fn by(instance: &Instance, municipality: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [schemas, out] = ["standard", "out"].map(|name| folder.path().join(name));
        let schemas = std::env::var_os("BEK128").map_or_else(|| stand_ins(&schemas), PathBuf::from);
        let [schemas, out] = [&schemas, &out].map(|path| path.to_str().unwrap());
        let output = instance.run(&[
            "avid",
            "--municipality",
            municipality,
            "--out",
            out,
            "--schemas",
            schemas,
            "--id",
            "AVID.SA.17001",
            "--json",
        ]);
        let told = serde_json::from_slice(&output.stdout);
        let told = told.unwrap_or_else(|error| panic!("{error}: {}", lossy(&output.stderr)));
        Self { folder, told, code: output.status.code() }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.out().join("AVID.SA.17001.1").join(path)
    }

    fn files(&self, ending: &str) -> Vec<PathBuf> {
        let mut files = files_under(&self.path(""));
        files.retain(|file| file.extension().is_some_and(|found| found == ending));
        files
    }

    /// The number of a table's folder.
    fn table(&self, name: &str) -> PathBuf {
        let folder = format!(
            "//*[local-name()='table'][*[local-name()='name']='{name}']/*[local-name()='folder']/text()"
        );
        let folder = xpath(&self.path("Indices/tableIndex.xml"), &folder).remove(0);
        self.path(&format!("Tables/{folder}/{folder}.xml"))
    }

    /// What a column holds, row by row, without those that hold nothing.
    fn column(&self, table: &str, number: usize) -> Vec<String> {
        xpath(&self.table(table), &format!("//*[local-name()='c{number}']/text()"))
    }

    fn is_valid(&self) {
        for index in INDICES {
            let file = self.path(&format!("Indices/{index}.xml"));
            let grammar = format!("{}/../avid/tests/fixtures/{index}.rng", env!("CARGO_MANIFEST_DIR"));
            oracle::ask(xmllint().arg("--relaxng").arg(grammar).arg(&file)).content();
            if std::env::var_os("BEK128").is_some() {
                let schema = self.path(&format!("Schemas/standard/{index}.xsd"));
                oracle::ask(xmllint().arg("--schema").arg(schema).arg(&file)).content();
            }
        }
        let tables = files_under(&self.path("Tables"));
        let tables: Vec<_> =
            tables.iter().filter(|file| file.extension().is_some_and(|end| end == "xml")).collect();
        assert_eq!(tables.len(), 13);
        for table in tables {
            oracle::ask(xmllint().arg("--schema").arg(table.with_extension("xsd")).arg(table)).content();
        }
    }

    /// The list of files names all that lies there, and md5sum finds each as it says.
    fn is_whole(&self) -> bool {
        let index = self.path("Indices/fileIndex.xml");
        let [folders, names, sums] =
            ["foN", "fiN", "md5"].map(|name| xpath(&index, &format!("//*[local-name()='{name}']/text()")));
        let paths =
            folders.iter().zip(&names).map(|(folder, name)| format!("{}/{name}", folder.replace('\\', "/")));
        let paths: Vec<_> = paths.collect();
        let on_disk: BTreeSet<_> =
            files_under(&self.out()).into_iter().filter(|file| *file != index).collect();
        assert_eq!(paths.iter().map(|path| self.out().join(path)).collect::<BTreeSet<_>>(), on_disk);
        let list: String = sums.iter().zip(&paths).map(|(sum, path)| format!("{sum}  {path}\n")).collect();
        let sums = self.folder.path().join("sums");
        std::fs::write(&sums, list).unwrap();
        let mut check = Command::new("md5sum");
        check.current_dir(self.out()).args(["--status", "-c"]).arg(sums).status().unwrap().success()
    }

    fn rows_are_counted(&self) {
        let index = self.path("Indices/tableIndex.xml");
        let rows = xpath(&index, "//*[local-name()='rows']/text()");
        for (at, rows) in rows.iter().enumerate() {
            let table = self.path(&format!("Tables/table{0}/table{0}.xml", at + 1));
            assert_eq!(
                xpath(&table, "count(//*[local-name()='row'])"),
                std::slice::from_ref(rows),
                "table {}",
                at + 1
            );
        }
    }

    /// Every page of every TIFF as the order allows it, by libtiff's word.
    fn pictures_are_allowed(&self) {
        for tiff in self.files("tif") {
            let said = oracle::ask(Command::new("tiffinfo").arg(&tiff)).text;
            let pages = said.matches("TIFF Directory at").count();
            assert!(pages > 0, "{}", tiff.display());
            assert_eq!(said.matches("Compression Scheme: LZW").count(), pages, "{said}");
            assert_eq!(said.matches("Bits/Sample: 8").count(), pages, "{said}");
            assert!(!said.contains("Tag 3") && !said.contains("ICC") && !said.contains("XMP"), "{said}");
        }
    }
}

/// Schemas that say they are none, where the real ones are not at hand.
fn stand_ins(folder: &Path) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    for name in INDICES.into_iter().chain(["researchIndex", "XMLSchema"]) {
        let w3c = "http://www.w3.org/2001/XMLSchema";
        let space = if name == "XMLSchema" { w3c } else { "http://www.sa.dk/xmlns/diark/1.0" };
        let schema = format!(
            "<!-- a stand-in for a test -->\n<xs:schema xmlns:xs=\"{w3c}\" targetNamespace=\"{space}\"/>\n"
        );
        std::fs::write(folder.join(format!("{name}.xsd")), schema).unwrap();
    }
    folder.to_owned()
}

fn xmllint() -> Command {
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet"]);
    command
}

fn xpath(file: &Path, expression: &str) -> Vec<String> {
    let output = Command::new("xmllint").args(["--xpath", expression]).arg(file).output().unwrap();
    lossy(&output.stdout).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What ffmpeg makes of its own test pictures and tones.
fn recorded(name: &str, arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    oracle::ask(Command::new("ffmpeg").args(["-nostdin", "-v", "error"]).args(arguments).arg(&file))
        .content();
    std::fs::read(file).unwrap()
}

const TWO_PAGES: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj\n4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n\
    trailer<</Root 1 0 R>>\n%%EOF\n";

#[test]
fn the_demo_municipality_is_delivered_and_others_tools_find_it_right() {
    let instance = Instance::prepared();
    let before: Vec<_> = files_under(&instance.storage_root())
        .iter()
        .map(|file| sha256(&std::fs::read(file).unwrap()))
        .collect();
    let leader = instance.persona("leader");
    let delivered = Delivered::by(&instance, &leader.municipality);
    assert_eq!(delivered.code, Some(0), "{}", delivered.told);
    delivered.is_valid();
    delivered.rows_are_counted();
    delivered.pictures_are_allowed();
    assert!(delivered.is_whole());

    let documents = delivered.files("tif").len() - 2;
    assert_eq!(
        (&delivered.told["documents"], &delivered.told["context_documents"]),
        (&json!(documents), &json!(2))
    );
    assert!(documents > 5, "the demo has photographs");
    assert_eq!(delivered.column("Dokument", 3).len(), documents);
    assert_eq!(delivered.column("Kommune", 1), [leader.municipality]);
    assert_eq!(delivered.told["children"], json!(delivered.column("Barn", 1).len()));

    // Sealed content is as it was.
    let after: Vec<_> = files_under(&instance.storage_root())
        .iter()
        .map(|file| sha256(&std::fs::read(file).unwrap()))
        .collect();
    assert_eq!(before, after);

    // One altered byte is seen.
    let victim = delivered.files("tif").remove(0);
    let mut bytes = std::fs::read(&victim).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&victim, bytes).unwrap();
    assert!(!delivered.is_whole());
}

#[test]
fn every_kind_of_file_is_converted_or_told_of_and_the_childs_own_stays() {
    let family = Family::on(Database::Sqlite);
    let (mother, child) = (&family.mother, family.alma.as_str());
    let sound = recorded("s.m4a", &["-f", "lavfi", "-i", "sine=440:d=1", "-c:a", "aac"]);
    let film = recorded("f.mp4", &["-f", "lavfi", "-i", "testsrc=d=1:r=30:s=160x120", "-c:v", "mpeg4"]);
    let mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Hej\r\nDate: Mon, 1 Jun 2026 10:00:00 +0200\r\n\r\nHej";
    let files: [(&str, &[u8]); 6] = [
        ("båden.heic", &fixture("phone-gps-rotated.heic")),
        ("brev.pdf", TWO_PAGES),
        ("sang.m4a", &sound),
        ("film.mp4", &film),
        ("noter.txt", "Kære Alma.\nVi så en ræv.".as_bytes()),
        ("mail.eml", mail.as_bytes()),
    ];
    let mut mail_id = String::new();
    for (name, bytes) in files {
        let media = mother.upload_ok(child, name, bytes);
        let kind = json!({ "kind": "document", "title": name, "occurred_on": "2026-06-14", "precision": "day", "media": [media] });
        mother.post_entry(child, &kind).expect(201);
        mail_id = media;
    }
    let told = mother.post_entry(child, &story("En dag", "Første udgave.")).expect(201).json();
    mother
        .post(&format!("/api/v1/entries/{}/versions", text(&told, "id")), &story("En dag", "Anden udgave."))
        .expect(201);
    let own = json!({ "title": "Min egen", "text": "Kun til mig selv.", "language": "da", "media": [] });
    family.own.post(&format!("/api/v1/children/{child}/own-pages"), &own).expect(201);

    let municipality =
        text(&mother.get(&format!("/api/v1/children/{child}")).expect(200).json(), "municipality");
    let delivered = Delivered::by(&family.instance, &municipality);
    assert_eq!(delivered.code, Some(1), "a mail has no way: {}", delivered.told);
    let missing = delivered.told["not_delivered"].as_array().unwrap();
    assert_eq!(missing.len(), 1, "{}", delivered.told);
    let missing = missing[0].as_str().unwrap();
    assert!(
        missing.contains(&mail_id) && missing.contains("livsbog preserve") && !missing.contains("mail.eml"),
        "{missing}"
    );

    delivered.is_valid();
    delivered.rows_are_counted();
    delivered.pictures_are_allowed();
    assert!(delivered.is_whole());
    let names = xpath(&delivered.path("Indices/docIndex.xml"), "//*[local-name()='oFn']/text()");
    assert_eq!(
        names.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        BTreeSet::from(["båden.heic", "brev.pdf", "sang.m4a", "film.mp4", "noter.txt"])
    );
    assert_eq!((delivered.files("wav").len(), delivered.files("mpg").len()), (1, 1));
    let probe = |file: &Path, word: &str| {
        let output = Command::new("ffprobe")
            .args(["-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0"])
            .arg(file)
            .output()
            .unwrap();
        assert!(lossy(&output.stdout).contains(word), "{}", lossy(&output.stdout));
    };
    probe(&delivered.files("wav")[0], "pcm_s16le");
    probe(&delivered.files("mpg")[0], "mpeg2video");

    assert_eq!(delivered.column("Tekst", 6), ["Første udgave.", "Anden udgave."]);
    let everything: Vec<u8> =
        delivered.files("xml").iter().flat_map(|file| std::fs::read(file).unwrap()).collect();
    assert!(
        !contains(&everything, "Kun til mig selv".as_bytes())
            && !contains(&everything, "Min egen".as_bytes())
    );
    assert_eq!(delivered.told["left_out"]["own_page"], json!(1));
}

#[test]
fn what_cannot_be_begun_says_why_and_leaves_nothing() {
    let instance = Instance::prepared();
    let municipality = instance.persona("leader").municipality;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let schemas = stand_ins(&folder.path().join("standard"));
    let arguments = ["avid", "--municipality", &municipality, "--out", out.to_str().unwrap()];

    let output = instance.run(&arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(lossy(&output.stderr).contains("archiveIndex.xsd"), "{}", lossy(&output.stderr));

    let with = [&arguments[..], &["--schemas", schemas.to_str().unwrap()]].concat();
    let output = instance.command(&with).env("PATH", "/nowhere").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(lossy(&output.stderr).contains("Debian package"), "{}", lossy(&output.stderr));
    assert!(!out.exists());

    let stranger = "00000000-0000-4000-8000-000000000000";
    let output = instance.run(&["avid", "--municipality", stranger, "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", lossy(&output.stderr));
}
