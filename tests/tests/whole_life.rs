//! A whole life taken home: 18 years, six homes, pages from every year, as one package of one's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{Datelike, Months, NaiveDate, Utc};
use serde_json::{Value, json};
use tests::client::{sha256, text};
use tests::instance::{Administrator, files_under, lossy};
use tests::photos::distinct_jpeg;
use tests::wait::until_within;
use tests::{Api, Browser, Instance, oracle, setting};

/// A child's life until it is grown, and who wrote it down.
struct Life {
    instance: Instance,
    leader: Api,
    own: Api,
    child: String,
    born: NaiveDate,
    /// SHA-256 of every photograph that was given.
    photos: BTreeSet<String>,
}

impl Life {
    /// `entries` pages, each with a photograph of so many kilobytes.
    fn lived(entries: u64, kilobytes: usize) -> Self {
        let (instance, Administrator { token, .. }) = Instance::real();
        let leader = Api::new(&instance.origin, Some(&token));
        let created = |path: &str, body: Value| text(&leader.post(path, &body).expect(201).json(), "id");
        // Seventeen until everything is written: at 18 others' writing ends.
        let born = Utc::now().date_naive() - Months::new(12 * 17 + 6);
        let child = created("/api/v1/children", json!({ "name": "Mikkel Vang", "born": born }));
        let person =
            |name: &str, title: &str| created("/api/v1/people", json!({ "name": name, "title": title }));
        let (caseworker, own) = (person("Mette Lund", "rådgiver"), person("Mikkel Vang", "den unge selv"));
        for (who, role) in [(&caseworker, "caseworker"), (&own, "own")] {
            let role = json!({ "person": who, "role": role, "from": "2020-01-01" });
            created(&format!("/api/v1/children/{child}/assignments"), role);
        }
        for home in 0..6 {
            let (from, to) = (born + Months::new(36 * home), born + Months::new(36 * (home + 1)));
            let to = (home < 5).then_some(to.pred_opt().unwrap());
            let carer = person(&format!("Karen {home}"), "plejemor");
            let stay = json!({ "home_kind": "foster_family", "home_name": format!("Hjem {}", home + 1),
                "from": from, "to": to, "carers": [carer] });
            created(&format!("/api/v1/children/{child}/placements"), stay);
        }
        let [caseworker, own] = [caseworker, own].map(|person| {
            let token = lossy(&instance.run_ok(&["account", "token", &person])).trim().to_owned();
            Api::new(&instance.origin, Some(&token))
        });
        let mut life = Self { instance, leader, own, child, born, photos: BTreeSet::new() };
        life.photos = life.written(&caseworker, entries, kilobytes);
        life
    }

    fn written(&self, by: &Api, entries: u64, kilobytes: usize) -> BTreeSet<String> {
        let (next, given) = (AtomicU64::new(0), Mutex::new(BTreeSet::new()));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let nth = next.fetch_add(1, Ordering::Relaxed);
                        if nth >= entries {
                            return;
                        }
                        let photo = distinct_jpeg(nth + 1, kilobytes * 1000);
                        given.lock().unwrap().insert(sha256(&photo));
                        let media = by.upload_ok(&self.child, &format!("IMG_{nth}.JPG"), &photo);
                        by.post_entry(&self.child, &self.page(nth, entries, &media)).expect(201);
                    }
                });
            }
        });
        given.into_inner().unwrap()
    }

    fn page(&self, nth: u64, entries: u64, media: &str) -> Value {
        let months = u32::try_from(nth * 12 * 17 / entries).unwrap();
        json!({
            "kind": "photo", "title": format!("Dag {}", nth + 1), "precision": "day", "basis": "seen",
            "occurred_on": self.born + Months::new(months), "media": [media],
            "texts": [{ "band": "7-9", "language": "da", "text": "Vi gik en tur om søen. ".repeat(12) }],
        })
    }

    /// Moves the birthday back, so that the one it is about is grown.
    fn grows_up(&self) {
        let record = json!({ "name": "Mikkel Vang", "born": self.born - Months::new(12) });
        self.leader.post(&format!("/api/v1/children/{}/versions", self.child), &record).expect(201);
    }

    /// The service's memory at its highest, in megabytes.
    fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.instance.process_id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// Orders the package, and fetches it in two parts.
    fn taken_home(&self, folder: &Path) -> PathBuf {
        let begun = Instant::now();
        let ordered = self.own.post(&format!("/api/v1/children/{}/packages", self.child), &json!({}));
        let one = format!("/api/v1/packages/{}", text(&ordered.expect(202).json(), "id"));
        // Every byte is read before it is promised.
        let size = until_within(Duration::from_secs(3600), "the package", || {
            let told = self.own.get(&one).expect(200).json();
            (told["status"] == "ready").then(|| {
                assert_eq!(told["missing"], 0);
                told["size_bytes"].as_u64().unwrap()
            })
        });
        println!("{size} bytes, made in {:.1} s", begun.elapsed().as_secs_f64());
        let (zip, link) = (folder.join("min-bog.zip"), format!("{}{one}/file", self.instance.origin));
        let curl = |more: &[&str]| {
            let mut curl = Command::new("curl");
            curl.args(["-sSf", "-H", &format!("Authorization: Bearer {}", self.own.token()), "-o"]).arg(&zip);
            assert!(curl.args(more).arg(&link).status().unwrap().success());
        };
        let begun = Instant::now();
        curl(&["--range", &format!("0-{}", size / 3)]);
        curl(&["-C", "-"]);
        assert_eq!(zip.metadata().unwrap().len(), size, "whole, after a line that broke");
        println!(
            "fetched in {:.1} s; the service took {} MB at most",
            begun.elapsed().as_secs_f64(),
            self.most_memory()
        );
        zip
    }
}

/// `LIFE_ENTRIES` (40) pages with photographs of `LIFE_PHOTO_KB` (30); 4000 and 2000 are a life of 8 GB,
/// for a `TMPDIR` on a disk.
#[test]
fn a_whole_life_is_taken_home_and_every_tool_finds_it_whole() {
    let mut life = Life::lived(setting("LIFE_ENTRIES", 40) as u64, setting("LIFE_PHOTO_KB", 30));
    life.grows_up();
    life.instance.stop();
    life.instance.start();
    let folder = tempfile::tempdir().unwrap();
    let zip = life.taken_home(folder.path());
    oracle::ask(Command::new("unzip").arg("-q").arg(&zip).arg("-d").arg(folder.path())).content();
    std::fs::remove_file(&zip).unwrap();
    let bag = folder.path().join("livsbog");
    oracle::bagit(&bag).content();

    let manifest = std::fs::read_to_string(bag.join("manifest-sha256.txt")).unwrap();
    let originals = manifest.lines().filter(|line| line.contains("  data/originaler/"));
    let originals: BTreeSet<String> = originals.map(|line| line[..64].to_owned()).collect();
    assert!(originals == life.photos, "every original, to the byte, and nothing else");

    let mut verify = Command::new("/usr/bin/env");
    verify.args(["-i", "PATH=/usr/bin:/bin", "sh", "verify.sh"]).current_dir(&bag);
    let said = lossy(&verify.output().unwrap().stdout);
    assert_eq!((said.matches("JA:").count(), said.matches("NEJ:").count()), (3, 0), "{said}");

    let papers: Vec<PathBuf> =
        files_under(&bag).into_iter().filter(|file| file.extension().is_some_and(|is| is == "pdf")).collect();
    assert!(!papers.is_empty());
    for papers in papers.chunks(200) {
        oracle::verapdf("2a", papers).content();
    }
    println!("{} PDFs, {} originals", papers.len(), originals.len());

    let report = Browser::phone("package").with_path("folder", &bag).with("minutes", 30).run();
    let pages = report["pages"].as_array().unwrap();
    let years = u32::try_from(pages.len()).unwrap();
    assert!(years > 17, "an overview, and a page for each of {} years", 2026 - life.born.year());
    assert!(pages.iter().all(|page| page["violations"] == json!([]) && page["broken_pictures"] == json!([])));
    assert_eq!((&report["dead"], &report["asked"]), (&json!([]), &json!([])));
}
