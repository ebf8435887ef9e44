//! The package one takes home: whole, provable without this program, read without any, and loud where something is missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::client::{sha256, text};
use tests::instance::{files_under, lossy};
use tests::photos::{Noise, distinct_jpeg};
use tests::stories::{photo_entry, story, with};
use tests::{Browser, Family, Instance, Persona, oracle};

/// A package on somebody's desk, unpacked.
struct Taken {
    folder: TempDir,
    told: Value,
    code: Option<i32>,
}

impl Taken {
    fn from(instance: &Instance, child: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let zip = folder.path().join("pakke.zip");
        let output = instance.run(&["export", "--child", child, "--out", zip.to_str().unwrap(), "--json"]);
        assert!(zip.exists(), "{}", lossy(&output.stderr));
        let told = serde_json::from_slice(&output.stdout).expect("JSON");
        let taken = Self { folder, told, code: output.status.code() };
        oracle::ask(Command::new("unzip").arg("-tq").arg(&zip)).content();
        oracle::ask(Command::new("unzip").arg("-q").arg(&zip).arg("-d").arg(taken.folder.path())).content();
        taken
    }

    fn bag(&self) -> PathBuf {
        self.folder.path().join("livsbog")
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.bag().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn everything(&self) -> Vec<u8> {
        files_under(&self.bag()).iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
    }

    fn says(&self, words: &str) -> bool {
        tests::photos::contains(&self.everything(), words.as_bytes())
    }

    /// `verify.sh` on a machine with nothing of ours, and an environment with nothing at all.
    fn verify(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("/usr/bin/env");
        command.args(["-i", "PATH=/usr/bin:/bin", "sh", "verify.sh"]).args(arguments);
        command.current_dir(self.bag()).output().unwrap()
    }

    #[track_caller]
    fn verifies(&self) {
        let output = self.verify(&[]);
        let said = format!("{}{}", lossy(&output.stdout), lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert_eq!((said.matches("JA:").count(), said.matches("YES:").count()), (3, 3), "{said}");
    }

    #[track_caller]
    fn is_refused(&self, word: &str) {
        let output = self.verify(&[]);
        let said = format!("{}{}", lossy(&output.stdout), lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("NEJ:") && said.contains(word), "{said}");
    }

    fn is_a_bag(&self) {
        oracle::bagit(&self.bag()).content();
    }
}

fn grown(instance: &Instance) -> (Persona, String) {
    let adult = instance.persona("adult");
    let child = adult.children[0].clone();
    (adult, child)
}

/// Where the stored bytes of an object's longest file lie.
fn longest_stored(instance: &Instance, object: &str) -> PathBuf {
    let name = sha256(format!("urn:uuid:{object}").as_bytes());
    let folder = instance.storage_root().join(&name[0..2]).join(&name[2..4]).join(&name);
    files_under(&folder).into_iter().max_by_key(|file| file.metadata().unwrap().len()).unwrap()
}

#[test]
fn the_grown_one_takes_everything_home_and_others_tools_find_it_whole() {
    let instance = Instance::demo();
    let (adult, child) = grown(&instance);
    let api = instance.api(&adult);
    let photo = distinct_jpeg(3, 300_000);
    let media = api.upload_ok(&child, "Søen & båden.JPG", &photo);
    let entry = api.post_entry(&child, &photo_entry("Båden", "Vi roede.", &media)).expect(201).json();
    let corrected = with(photo_entry("Båden", "Vi roede hele dagen.", &media), "place", "Mols");
    api.post(&format!("/api/v1/entries/{}/versions", text(&entry, "id")), &corrected).expect(201);
    let own = json!({ "title": "Min egen", "text": "Kun til mig selv.", "language": "da", "media": [] });
    api.post(&format!("/api/v1/children/{child}/own-pages"), &own).expect(201);

    api.get(&format!("/api/v1/children/{child}/book")).expect(200);

    let taken = Taken::from(&instance, &child);
    assert_eq!((taken.code, &taken.told["complete"]), (Some(0), &json!(true)), "{}", taken.told);
    taken.is_a_bag();
    taken.verifies();
    let key = lossy(&instance.run_ok(&["log", "key"]));
    assert_eq!(taken.verify(&[key.trim()]).status.code(), Some(0), "by the key from elsewhere");
    assert_eq!(taken.verify(&["x+00000000+AAAA"]).status.code(), Some(1), "not by another's");

    // Every original, to the byte, under a name one can read.
    let manifest = taken.read("manifest-sha256.txt");
    let mut originals = 0;
    for entry in api.list(&format!("/api/v1/children/{child}/entries")) {
        // What waits tells of no files.
        for file in entry["media"].as_array().into_iter().flatten() {
            let id = file.as_str().map_or_else(|| text(file, "id"), str::to_owned);
            let original = api.rendition(&id, "original");
            let line = format!("{}  data/originaler/", sha256(&original));
            assert!(manifest.contains(&line), "{id} is not in the package as it was given");
            originals += 1;
        }
    }
    assert!(originals > 3, "{originals}");
    assert!(manifest.contains("data/originaler/2026/2026-06-14-baaden-soeen-baaden.jpg"), "{manifest}");
    assert!(taken.read("data/tekster/2026/2026-06-14-baaden-v1.txt").contains("Vi roede.\n"));
    assert!(taken.read("data/tekster/2026/2026-06-14-baaden-v2.txt").contains("hele dagen"));
    assert!(taken.says("Kun til mig selv."), "its own pages too");
    let statement = taken.read("data/fuldstaendighed.txt");
    assert!(statement.starts_with("ALT ER GJORT REDE FOR"), "{statement}");
    assert!(taken.read("bag-info.txt").contains("Completeness: complete"));
    assert!(taken.read("data/hvem-har-laest.csv").contains("bogen / the book"));

    let books: Vec<PathBuf> = files_under(&taken.bag().join("data/bog"));
    for flavour in ["2a", "ua1"] {
        oracle::verapdf(flavour, &books).content();
    }
}

#[test]
fn it_opens_by_a_double_click_without_any_network() {
    let instance = Instance::demo();
    let (adult, child) = grown(&instance);
    let api = instance.api(&adult);
    let mut entry = story("Dagen", "Først.");
    let id = text(&api.post_entry(&child, &entry).expect(201).json(), "id");
    entry = with(entry, "title", "Dagen ved søen");
    api.post(&format!("/api/v1/entries/{id}/versions"), &entry).expect(201);
    let taken = Taken::from(&instance, &child);
    let mut browser = Browser::phone("package").with_path("folder", &taken.bag());
    if let Ok(shots) = std::env::var("PICTURES") {
        browser = browser.with("shots", shots);
    }
    let report = browser.run();
    let pages = report["pages"].as_array().unwrap();
    assert!(pages.len() > 3, "an overview and years");
    assert!(pages[0]["words"].as_str().unwrap().contains("Alt er gjort rede for"), "{}", pages[0]["words"]);
    assert!(pages.iter().any(|page| page["pictures"].as_u64() > Some(0)), "with pictures");
    assert!(pages.iter().any(|page| page["words"].as_str().unwrap().contains("En tidligere udgave")));
    for page in pages {
        let address = &page["address"];
        assert_eq!(page["violations"], json!([]), "{address}");
        assert_eq!(page["broken_pictures"], json!([]), "{address}");
        assert_eq!(page["sideways_px"], 0, "{address}");
    }
    assert_eq!((&report["dead"], &report["asked"]), (&json!([]), &json!([])));
    assert_eq!(report["complaints"], json!([]));
}

#[test]
fn what_was_changed_in_it_afterwards_is_found_by_the_script_alone() {
    let instance = Instance::prepared();
    let (_, child) = grown(&instance);
    let taken = Taken::from(&instance, &child);
    taken.verifies();
    let mut noise = Noise(7);
    let mut spoil = |path: &str| {
        let file = taken.bag().join(path);
        let good = std::fs::read(&file).unwrap();
        let mut bad = good.clone();
        let place = noise.below(bad.len());
        bad[place] ^= 1;
        std::fs::write(&file, &bad).unwrap();
        taken.is_refused("");
        std::fs::write(&file, good).unwrap();
    };
    for path in [
        "index.html",
        "bag-info.txt",
        "manifest-sha256.txt",
        "data/fuldstaendighed.txt",
        "data/log/checkpoint.txt",
    ] {
        spoil(path);
    }
    taken.verifies();
    std::fs::write(taken.bag().join("data/ekstra.txt"), "").unwrap();
    taken.is_refused("ekstra.txt");
    std::fs::remove_file(taken.bag().join("data/ekstra.txt")).unwrap();
    // Somebody who makes the manifests anew still cannot make the log say it.
    let receipts = files_under(&taken.bag().join("data/log/kvitteringer"));
    let [first, second, ..] = receipts.as_slice() else { panic!("two receipts") };
    let good = std::fs::read(first).unwrap();
    std::fs::copy(second, first).unwrap();
    make_manifests_anew(&taken.bag());
    taken.is_refused("kvittering");
    std::fs::write(first, &good).unwrap();
    std::fs::remove_file(second).unwrap();
    make_manifests_anew(&taken.bag());
    taken.is_refused("fuldstaendighed.csv");
}

fn make_manifests_anew(bag: &Path) {
    let script = "find data -type f -exec sha256sum {} + > manifest-sha256.txt
        find . -maxdepth 1 -type f ! -name tagmanifest-sha256.txt -printf '%P\\n' | xargs sha256sum > tagmanifest-sha256.txt";
    oracle::ask(Command::new("sh").args(["-c", script]).current_dir(bag)).content();
}

#[test]
fn what_is_missing_or_damaged_in_the_storage_is_said_loudly_and_the_rest_is_there() {
    let instance = Instance::demo();
    let (adult, child) = grown(&instance);
    let api = instance.api(&adult);
    let photos: Vec<Vec<u8>> = (1..=3).map(|number| distinct_jpeg(number, 400_000)).collect();
    let media: Vec<String> = photos.iter().map(|photo| api.upload_ok(&child, "a.jpg", photo)).collect();
    for media in &media {
        api.post_entry(&child, &photo_entry("Søen", "Vi badede.", media)).expect(201);
    }
    std::fs::remove_file(longest_stored(&instance, &media[0])).unwrap();
    let gone = Taken::from(&instance, &child);
    assert_eq!((gone.code, &gone.told["missing_or_damaged"]), (Some(1), &json!(1)), "{}", gone.told);

    // In the middle of a file, where only reading all of it tells.
    let damaged = longest_stored(&instance, &media[1]);
    let mut bytes = std::fs::read(&damaged).unwrap();
    bytes[200_000] ^= 1;
    std::fs::remove_file(&damaged).unwrap();
    std::fs::write(&damaged, bytes).unwrap();
    let taken = Taken::from(&instance, &child);
    assert_eq!((taken.code, &taken.told["missing_or_damaged"]), (Some(1), &json!(2)), "{}", taken.told);
    taken.is_a_bag();
    taken.is_refused("pakken er ikke hel");
    let index = taken.read("index.html");
    assert!(index.contains("Der mangler noget"), "{index}");
    let statement = taken.read("data/fuldstaendighed.txt");
    assert!(statement.starts_with("DER MANGLER NOGET"), "{statement}");
    assert!(
        statement.contains("MANGLER: den ligger ikke i arkivet") && statement.contains("ØDELAGT"),
        "{statement}"
    );
    assert!(taken.read("bag-info.txt").contains("INCOMPLETE"));
    let manifest = taken.read("manifest-sha256.txt");
    let there: Vec<bool> = photos.iter().map(|photo| manifest.contains(&sha256(photo))).collect();
    assert_eq!(there, [false, false, true]);
}

#[test]
fn what_waits_is_told_of_and_not_in_it_and_what_was_taken_out_has_its_line() {
    let home = Family::on(tests::Database::Sqlite);
    let (entry, ..) = home.photo(&home.alma, "Det forkerte barn", 1);
    let belongs = json!({ "child": home.viggo });
    let told = home.mother.post(&format!("/api/v1/entries/{entry}/misfiled"), &belongs).expect(201);
    let decided = Taken::from(&home.instance, &home.alma);
    assert!(decided.read("data/fuldstaendighed.txt").contains("det hører til et andet barn"));
    assert!(!decided.says("Det forkerte barn"), "nobody reads it while people decide");
    let approvals = format!("/api/v1/disposals/{}/approvals", text(&told.json(), "id"));
    home.caseworker.post(&approvals, &json!({})).expect(200);

    let own = json!({ "title": "Hemmeligt", "text": "Kun Alma.", "language": "da", "media": [] });
    home.own.post(&format!("/api/v1/children/{}/own-pages", home.alma), &own).expect(201);
    let taken = Taken::from(&home.instance, &home.alma);
    assert_eq!(taken.code, Some(0), "{}", taken.told);
    let statement = taken.read("data/fuldstaendighed.txt");
    assert!(statement.contains("taget ud for altid") && statement.contains("barnets egen"), "{statement}");
    assert!(taken.read("data/udtaget.txt").contains("Det hørte til et andet barn"));
    for words in ["Det forkerte barn", "Hemmeligt", "Kun Alma.", &home.viggo] {
        assert!(!taken.says(words), "{words}");
    }
    taken.is_a_bag();
    taken.verifies();
}

#[test]
fn a_childs_held_back_pages_wait_in_its_package_too() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let taken = Taken::from(&instance, &child.children[0]);
    assert!(taken.told["held_back"].as_u64() > Some(0), "{}", taken.told);
    assert_eq!(taken.code, Some(0), "what waits by a decision is no hole");
    // The caseworker reads what waits; none of its titles is in the package.
    let caseworkers = instance.personas().into_iter().filter(|persona| persona.persona == "caseworker");
    let mut waiting = BTreeSet::new();
    for caseworker in caseworkers.filter(|persona| persona.children.contains(&child.children[0])) {
        let entries =
            instance.api(&caseworker).list(&format!("/api/v1/children/{}/entries", child.children[0]));
        let held = entries.iter().filter(|entry| entry["readiness"]["state"] == "held_back");
        waiting.extend(held.map(|entry| text(entry, "title")));
    }
    assert!(!waiting.is_empty());
    for title in waiting {
        assert!(!taken.says(&title), "{title}");
    }
    taken.verifies();
}

#[test]
fn a_locked_package_opens_with_age_and_holds_the_same() {
    let instance = Instance::prepared();
    let (_, child) = grown(&instance);
    let folder = tempfile::tempdir().unwrap();
    let [key, locked, zip] = ["key", "p.zip.age", "p.zip"].map(|name| folder.path().join(name));
    oracle::ask(Command::new("age-keygen").arg("-o").arg(&key)).content();
    let recipient = lossy(&Command::new("age-keygen").arg("-y").arg(&key).output().unwrap().stdout);
    instance.run_ok(&[
        "export",
        "--child",
        &child,
        "--out",
        locked.to_str().unwrap(),
        "--recipient",
        recipient.trim(),
    ]);
    std::fs::write(&zip, oracle::age_decrypt(&key, &locked)).unwrap();
    oracle::ask(Command::new("unzip").arg("-tq").arg(&zip)).content();
    let refused = instance.run(&["export", "--child", &child, "--out", "x", "--recipient", "age1nobody"]);
    assert_eq!(refused.status.code(), Some(2));
    let nobody = "00000000-0000-4000-8000-000000000000";
    let refused = instance.run(&["export", "--child", nobody, "--out", zip.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2), "{}", lossy(&refused.stdout));
}
