//! A receipt is checked by `docs/verify.sh` alone, and a log that was put back is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use tests::client::{sha256, text};
use tests::instance::lossy;
use tests::photos::distinct_jpeg;
use tests::stories::{photo_entry, story};
use tests::{Api, Instance, oracle, until};

/// A person at home: a folder with what she was given, and the script.
struct Stranger {
    folder: TempDir,
}

impl Stranger {
    fn with_key(key: &str) -> Self {
        let stranger = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::copy(oracle::here("../docs/verify.sh"), stranger.path("verify.sh")).unwrap();
        stranger.keep("key.txt", key);
        stranger
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn keep(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// `sh verify.sh` with these arguments.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("sh");
        command.arg("verify.sh").args(arguments).current_dir(self.folder.path());
        command.output().unwrap()
    }

    fn check(&self, receipt: &str) -> Output {
        self.keep("receipt.txt", receipt);
        self.run(&["receipt.txt", "key.txt"])
    }

    #[track_caller]
    fn refuses(&self, receipt: &str) {
        says(&self.check(receipt), 1, "NEJ");
    }
}

#[track_caller]
fn says(output: &Output, code: i32, word: &str) {
    let said = format!("{}{}", lossy(&output.stdout), lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(word), "{said}");
}

fn key_of(instance: &Instance) -> String {
    lossy(&instance.run_ok(&["log", "key"]))
}

/// The foster mother of the demo's nine-year-old, and the child.
fn mother_and_child(instance: &Instance) -> (Api, String) {
    let child = instance.child_reading_up_to(9).children[0].clone();
    (instance.api(&instance.foster_parent_of(&child)), child)
}

fn object_folder(root: &Path, id: &str) -> PathBuf {
    let name = sha256(format!("urn:uuid:{id}").as_bytes());
    root.join(&name[0..2]).join(&name[2..4]).join(&name)
}

#[test]
fn the_receipt_of_an_old_upload_is_checked_by_a_stranger_with_the_script_alone() {
    let instance = Instance::demo();
    let (mother, child) = mother_and_child(&instance);
    let media = mother.upload_ok(&child, "a.jpg", &distinct_jpeg(7, 5_000));
    let entry =
        mother.post_entry(&child, &photo_entry("Søen", "Vi var ved søen.", &media)).expect(201).json();
    for number in 0..20 {
        mother.post_entry(&child, &story(&format!("Dag {number}"), "Det regnede.")).expect(201);
    }
    let (id, old) = (text(&entry, "id"), text(&entry, "receipt"));
    let fresh = text(&mother.get(&format!("/api/v1/entries/{id}/receipt")).expect(200).json(), "receipt");
    assert_ne!(old, fresh);

    let stranger = Stranger::with_key(&key_of(&instance));
    for receipt in [&old, &fresh, &old.replace('\n', "\r\n")] {
        let checked = stranger.check(receipt);
        says(&checked, 0, &format!("livsbog/1 urn:uuid:{id} v1 sha256:"));
    }
    stranger.keep("receipt.txt", &old);
    says(&stranger.run(&["receipt.txt", key_of(&instance).trim()]), 0, "JA");

    let copy = stranger.path("object");
    let folder = object_folder(&instance.storage_root(), &id);
    assert!(Command::new("cp").arg("-r").args([&folder, &copy]).status().unwrap().success());
    says(&stranger.run(&["-o", "object", "receipt.txt", "key.txt"]), 0, "object er den");
    says(
        &stranger.run(&["-o", "object/v1/inventory.json", "receipt.txt", "key.txt"]),
        0,
        "inventory.json er den",
    );
    let content = std::fs::read_dir(copy.join("v1/content")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&content).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&content, bytes).unwrap();
    says(&stranger.run(&["-o", "object", "receipt.txt", "key.txt"]), 1, "er ændret");
    std::fs::remove_file(&content).unwrap();
    says(&stranger.run(&["-o", "object", "receipt.txt", "key.txt"]), 1, "er ændret");
    let other = object_folder(&instance.storage_root(), &media).join("inventory.json");
    says(&stranger.run(&["-o", other.to_str().unwrap(), "receipt.txt", "key.txt"]), 1, "ikke den");
}

#[test]
fn an_altered_receipt_is_refused() {
    let instance = Instance::demo();
    let (mother, child) = mother_and_child(&instance);
    let receipt = |title: &str| {
        text(&mother.post_entry(&child, &story(title, "Solen skinnede.")).expect(201).json(), "receipt")
    };
    let (one, other) = (receipt("En dag"), receipt("Næste dag"));
    let stranger = Stranger::with_key(&key_of(&instance));
    says(&stranger.check(&one), 0, "JA");

    let line = |text: &str, number: usize| text.lines().nth(number).unwrap().to_owned();
    let without = |number: usize| {
        let kept = one.lines().enumerate().filter(|(at, _)| *at != number);
        kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
    };
    let (proof, checkpoint) = one.split_once("\n\n").unwrap();
    let (_, other_checkpoint) = other.split_once("\n\n").unwrap();
    let size = line(checkpoint, 1);
    let altered = [
        ("another leaf", one.replace(&line(&one, 1), &line(&other, 1))),
        ("another place", one.replace(&line(&one, 2), &line(&other, 2))),
        (
            "a place with a path alike",
            one.replace(&line(&one, 2), &format!("index {}", (1 << (proof.lines().count() - 3)) - 1)),
        ),
        ("another path", one.replace(&line(&one, 3), &line(&one, 4))),
        ("a shorter path", without(3)),
        ("a longer path", format!("{proof}\n{}\n\n{checkpoint}", line(&one, 3))),
        ("another size", one.replace(&format!("\n{size}\n"), "\n7\n")),
        ("another root", one.replace(&line(checkpoint, 2), &line(other_checkpoint, 2))),
        ("another checkpoint", format!("{proof}\n\n{other_checkpoint}")),
        ("another name", one.replace("livsbog-log", "livsbog-bog")),
        (
            "no signature",
            one.lines().filter(|line| !line.starts_with('—')).map(|line| format!("{line}\n")).collect(),
        ),
        ("a number read in two ways", one.replace("index ", "index 0")),
        ("half of it", one[..one.len() / 2].to_owned()),
        ("its first line", line(&one, 0)),
        ("nothing", String::new()),
    ];
    for (what, text) in altered {
        assert_ne!(text, one, "{what}");
        println!("{what}");
        stranger.refuses(&text);
    }
    for cut in (0..one.trim_end().len()).filter(|at| one.is_char_boundary(*at)).step_by(37) {
        stranger.refuses(&one[..cut]);
    }
}

#[test]
fn another_logs_key_and_what_is_no_key_are_told_apart() {
    let (instance, (another, _)) = (Instance::demo(), Instance::real());
    let (mother, child) = mother_and_child(&instance);
    let entry = mother.post_entry(&child, &story("En dag", "Solen skinnede.")).expect(201).json();
    let stranger = Stranger::with_key(&key_of(&another));
    assert_ne!(key_of(&instance), key_of(&another));
    stranger.refuses(&text(&entry, "receipt"));
    stranger.keep("key.txt", "livsbog.example.dk/log");
    says(&stranger.run(&["receipt.txt", "key.txt"]), 2, "KAN IKKE");
    says(&stranger.run(&["nowhere.txt", "key.txt"]), 2, "KAN IKKE");
    says(&stranger.run(&["receipt.txt"]), 2, "RECEIPT");
    says(&stranger.run(&["-x", "receipt.txt", "key.txt"]), 2, "RECEIPT");
}

/// Lets an instance seal one deposit more and then puts the log back that it had before.
fn with_the_log_put_back(instance: &mut Instance) -> PathBuf {
    instance.stop();
    let (log, before) = (instance.data.join("log"), instance.data.with_extension("log-before"));
    copy(&log, &before);
    instance.start();
    let (mother, child) = mother_and_child(instance);
    mother.post_entry(&child, &story("Snart væk", "Det her står i loggen.")).expect(201);
    instance.stop();
    let newest = instance.data.with_extension("log-newest");
    std::fs::rename(&log, &newest).unwrap();
    std::fs::rename(&before, &log).unwrap();
    newest
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

#[track_caller]
fn refuses_to_start(instance: &Instance, why: &str) {
    for command in [&["rebuild"][..], &["work"], &["serve", "--listen", "127.0.0.1:0"]] {
        let output = instance.run(command);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", lossy(&output.stderr));
        assert!(lossy(&output.stderr).contains(why), "{command:?}: {}", lossy(&output.stderr));
    }
}

fn verified(instance: &Instance) -> (Option<i32>, String) {
    let output = instance.run(&["verify", "--json"]);
    (output.status.code(), lossy(&output.stdout))
}

#[test]
fn an_older_log_put_back_is_refused_and_named_though_every_digest_in_it_fits() {
    let mut instance = Instance::demo();
    let newest = with_the_log_put_back(&mut instance);
    let log = instance.data.join("log");
    let before = files_with_digests(&log);
    refuses_to_start(&instance, "log-shortened");
    assert_eq!(files_with_digests(&log), before, "a refused log is left as it was found");
    let (code, said) = verified(&instance);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("log-shortened") && said.contains("../log/checkpoint"), "{said}");

    std::fs::remove_dir_all(&log).unwrap();
    std::fs::rename(&newest, &log).unwrap();
    assert_eq!(verified(&instance), (Some(0), String::new()));
    instance.start();
}

#[test]
fn log_and_archive_put_back_together_are_found_by_what_the_database_remembers() {
    let mut instance = Instance::demo();
    instance.stop();
    let root_before = instance.data.with_extension("archive-before");
    copy(&instance.storage_root(), &root_before);
    instance.start();
    with_the_log_put_back(&mut instance);
    std::fs::remove_dir_all(instance.storage_root()).unwrap();
    std::fs::rename(&root_before, instance.storage_root()).unwrap();
    let (code, said) = verified(&instance);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("log-shortened") && said.lines().count() == 1,
        "nothing else gives it away: {said}"
    );
    refuses_to_start(&instance, "log-shortened");
}

#[test]
fn a_log_that_was_written_anew_from_an_older_copy_is_refused() {
    let mut instance = Instance::demo();
    with_the_log_put_back(&mut instance);
    // Another history, signed with the same key: the older log under a database that remembers nothing.
    let data = instance.data.clone();
    let database = |ending: &str| data.join(format!("livsbog.db{ending}"));
    let kept = instance.data.with_extension("db-before");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::rename(database(ending), kept.with_extension(format!("db{ending}")));
    }
    instance.run_ok(&["rebuild"]);
    instance.start();
    let (mother, child) = mother_and_child(&instance);
    for day in ["En anden dag", "Endnu en", "Og en til", "Den fjerde"] {
        mother.post_entry(&child, &story(day, "Noget andet.")).expect(201);
    }
    instance.stop();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(database(ending));
        let _ = std::fs::rename(kept.with_extension(format!("db{ending}")), database(ending));
    }
    refuses_to_start(&instance, "log-forked");
    let (code, said) = verified(&instance);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("log-forked"), "{said}");
}

#[test]
fn a_database_that_is_away_is_no_yes() {
    let instance = Instance::prepared();
    let away = ("LIVSBOG_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing");
    let output = instance.command(&["verify"]).env(away.0, away.1).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", lossy(&output.stderr));
    let declaration = instance.storage_root().join("0=ocfl_1.1");
    std::fs::remove_file(declaration).unwrap();
    let output = instance.command(&["verify"]).env(away.0, away.1).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "damage is told all the same: {}", lossy(&output.stderr));
}

#[test]
fn a_copy_without_a_database_is_judged_by_itself() {
    let instance = Instance::prepared();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    instance.run_ok(&["verify"]);
    assert!(!instance.data.join("livsbog.db").exists(), "a check makes nothing");
}

fn files_with_digests(folder: &Path) -> Vec<(PathBuf, String)> {
    let files = tests::instance::files_under(folder).into_iter();
    files.map(|file| (file.clone(), sha256(&std::fs::read(&file).unwrap()))).collect()
}

#[test]
fn the_newest_checkpoint_is_published_for_all_and_never_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let published = folder.path().join("checkpoint");
    let mut instance = Instance::demo_with(&[("LIVSBOG_CHECKPOINT_FILE", published.to_str().unwrap())]);
    instance.stop();
    let (log, before) = (instance.data.join("log"), instance.data.with_extension("log-before"));
    copy(&log, &before);
    instance.start();
    let newest = |instance: &Instance| lossy(&instance.run_ok(&["log", "checkpoint"]));
    let shown = || std::fs::read_to_string(&published).unwrap_or_default();
    until("the first checkpoint", || (shown() == newest(&instance)).then_some(()));
    let first = shown();
    let (mother, child) = mother_and_child(&instance);
    mother.post_entry(&child, &story("Ny dag", "Og en ny linje i loggen.")).expect(201);
    until("the next checkpoint", || (shown() != first && shown() == newest(&instance)).then_some(()));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&published).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o644, "a web server may read it");
    let beside: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(beside.len(), 1, "nothing half-written lies beside it");

    instance.stop();
    std::fs::rename(&log, instance.data.with_extension("log-newest")).unwrap();
    std::fs::rename(&before, &log).unwrap();
    let kept = shown();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    refuses_to_start(&instance, "checkpoint_file");
    assert_eq!(shown(), kept);
    let (code, said) = verified(&instance);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("log-shortened"), "{said}");
}
