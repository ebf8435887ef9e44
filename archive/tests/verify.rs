//! The independent check: silent on a whole archive, never silent on a damaged one.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use archive::{Code, CouldNotCheck, Mode, Outcome, Report, check_continues, verify};
use common::{Home, files_under, home_with_deposits, object, stage};

fn full(home: &Home) -> Report {
    verify(&home.paths, Mode::Full).unwrap()
}

fn codes(home: &Home) -> Vec<Code> {
    full(home).findings.into_iter().map(|finding| finding.code).collect()
}

fn overwrite(path: &Path, bytes: &[u8]) {
    File::create(path).unwrap().write_all(bytes).unwrap();
}

#[tokio::test]
async fn a_whole_archive_is_ok_without_its_keys_and_the_check_writes_nothing() {
    let home = home_with_deposits().await;
    fs::remove_dir_all(home.paths.keys()).unwrap();
    let before = files_under(home.paths.data());
    let report = full(&home);
    assert_eq!(report.findings, []);
    assert_eq!((report.objects_ok, report.objects_damaged, report.log_size), (3, 0, 4));
    assert_eq!(files_under(home.paths.data()), before);
    for count in [0, 1, 4, 9] {
        let sampled = verify(&home.paths, Mode::Sample(count)).unwrap();
        assert!(sampled.is_ok(), "{:?}", sampled.findings);
        assert_eq!(sampled.versions_not_checked, 4 - count.min(4));
    }
}

#[tokio::test]
async fn one_flipped_bit_in_any_file_of_the_root_is_found_and_names_object_and_file() {
    let home = home_with_deposits().await;
    let root = home.paths.root();
    let files = files_under(&root);
    assert_eq!(files.len(), 31);
    for path in files {
        let bytes = fs::read(&path).unwrap();
        // First, last, and one in between: the places where a checker could be careless.
        for position in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[position] ^= 1 << (position % 8);
            overwrite(&path, &changed);
            let report = full(&home);
            let shown = path.strip_prefix(&root).unwrap().to_str().unwrap();
            let found = report.findings.iter().find(|finding| finding.path == shown);
            let found = found.unwrap_or_else(|| panic!("{shown} byte {position}: {:?}", report.findings));
            assert_eq!(found.outcome, Outcome::Changed, "{shown} byte {position}");
            assert_eq!(report.findings.len(), 1, "{shown} byte {position}: {:?}", report.findings);
            if let Some(object) = found.object {
                assert!(shown.starts_with(&object.directory()));
            } else {
                assert!(!shown.contains("/v") && !shown.contains("inventory"), "{shown} names no object");
            }
        }
        overwrite(&path, &bytes);
    }
    assert!(full(&home).is_ok());
}

#[tokio::test]
async fn each_missing_file_is_found() {
    let home = home_with_deposits().await;
    let root = home.paths.root();
    for path in files_under(&root) {
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let report = full(&home);
        let shown = path.strip_prefix(&root).unwrap().to_str().unwrap();
        let found = report.findings.iter().find(|finding| finding.path == shown);
        assert_eq!(
            found.map(|found| found.outcome),
            Some(Outcome::Missing),
            "{shown}: {:?}",
            report.findings
        );
        overwrite(&path, &bytes);
    }
    assert!(full(&home).is_ok());
}

#[tokio::test]
async fn one_flipped_bit_in_any_file_of_the_log_is_found() {
    let home = home_with_deposits().await;
    let lively = ["checkpoint", "origin", "vkey", "tile/0/000.p/4", "tile/entries/000.p/4"];
    for name in lively {
        let path = home.paths.log().join(name);
        let bytes = fs::read(&path).unwrap();
        for position in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[position] ^= 2;
            overwrite(&path, &changed);
            let report = full(&home);
            assert!(
                report.findings.iter().any(|finding| finding.path.starts_with("../log/")),
                "{name} {position}"
            );
        }
        overwrite(&path, &bytes);
    }
    assert!(full(&home).is_ok());
}

#[tokio::test]
async fn an_object_that_was_taken_away_is_missed() {
    let home = home_with_deposits().await;
    fs::remove_dir_all(home.paths.root().join(object(1).directory())).unwrap();
    let report = full(&home);
    let missing: Vec<_> = report.findings.iter().filter(|f| f.code == Code::InLogButMissing).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!((missing[0].object, missing[0].path.clone()), (Some(object(1)), object(1).directory()));
    assert!(!verify(&home.paths, Mode::Sample(4)).unwrap().is_ok());
}

#[tokio::test]
async fn an_object_put_back_to_an_older_state_is_found() {
    let home = home_with_deposits().await;
    let directory = home.paths.root().join(object(2).directory());
    for name in ["inventory.json", "inventory.json.sha256"] {
        fs::copy(directory.join("v1").join(name), directory.join(name)).unwrap();
    }
    fs::remove_dir_all(directory.join("v2")).unwrap();
    // By itself it is a valid OCFL object: only the log knows better.
    assert!(codes(&home).contains(&Code::InventoryMissing));
}

#[tokio::test]
async fn an_object_that_the_log_does_not_know_is_found() {
    let home = home_with_deposits().await;
    let strange = Home::new();
    let archive = strange.create().await;
    archive.seal(&stage(&archive, 9).await.unwrap()).await.unwrap();
    let (from, to) = (strange.paths.root(), home.paths.root());
    for path in files_under(&from.join(object(9).directory())) {
        let target = to.join(path.strip_prefix(&from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, target).unwrap();
    }
    assert_eq!(codes(&home), [Code::NotInLog]);
}

#[tokio::test]
async fn what_does_not_belong_is_found_wherever_it_lies() {
    let home = home_with_deposits().await;
    let (root, inside) = (home.paths.root(), home.paths.root().join(object(1).directory()));
    let cases = [
        (root.join("note.txt"), Code::RootUnexpectedFile),
        (root.join("extensions/other"), Code::RootUnexpectedFile),
        (inside.parent().unwrap().join("note.txt"), Code::ObjectMisplaced),
        (inside.join("note.txt"), Code::ObjectUnexpectedFile),
        (inside.join("v1/content/extra"), Code::ObjectUnexpectedFile),
        (inside.join("inventory.json#1"), Code::ObjectUnexpectedFile),
    ];
    for (path, code) in cases {
        File::create(&path).unwrap();
        assert_eq!(codes(&home), [code], "{}", path.display());
        fs::remove_file(&path).unwrap();
    }
    fs::create_dir(inside.join("empty")).unwrap();
    assert_eq!(codes(&home), [Code::ObjectUnexpectedFile]);
}

#[tokio::test]
async fn an_object_begun_and_not_committed_is_not_called_damaged_content() {
    let home = home_with_deposits().await;
    let directory = home.paths.root().join(object(7).directory());
    fs::create_dir_all(directory.join("v1/content")).unwrap();
    File::create(directory.join("0=ocfl_object_1.1")).unwrap().write_all(b"ocfl_object_1.1\n").unwrap();
    assert_eq!(codes(&home), [Code::ObjectIncomplete]);
}

#[tokio::test]
async fn a_seal_that_was_interrupted_is_under_way_and_not_damage_as_long_as_it_can_be_finished() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let staged = stage(&archive, 7).await.unwrap();
    let kept = home.dir.path().join("kept");
    let directory = home.paths.staging();
    copy(&directory, &kept);
    archive.seal(&staged).await.unwrap();
    copy(&kept, &directory);
    let inside = home.paths.root().join(object(7).directory());
    // As a kill right before the commit point leaves it.
    for name in ["inventory.json", "inventory.json.sha256"] {
        fs::remove_file(inside.join(name)).unwrap();
    }
    let logged = full(&home);
    assert!(!logged.is_ok(), "the log vouches for this one, so it is damage: {logged:?}");
    let strange = Home::new();
    let other = strange.create().await;
    copy(&home.paths.root().join(object(7).directory()), &strange.paths.root().join(object(7).directory()));
    assert!(!full(&strange).is_ok());
    copy(&kept, &strange.paths.staging());
    let report = full(&strange);
    assert!(report.is_ok() && report.objects_under_way == 1, "{report:?}");
    drop(other);
}

#[tokio::test]
async fn a_log_continues_every_checkpoint_it_signed_and_no_other() {
    let (home, strange) = (Home::new(), Home::new());
    let archive = home.create().await;
    let mut seen = vec![archive.checkpoint().await.unwrap().note];
    let older = home.dir.path().join("older");
    for number in 1..=9 {
        let sealed = archive.seal(&stage(&archive, number).await.unwrap()).await.unwrap();
        assert_eq!(sealed.checkpoint.size, number as u64);
        seen.push(sealed.checkpoint.note);
        if number == 5 {
            copy(&home.paths.log(), &older);
        }
    }
    for note in &seen {
        assert_eq!(check_continues(&home.paths, note), None);
    }
    let code = |note: &str| check_continues(&home.paths, note).map(|finding| finding.code);
    let other = strange.create().await.checkpoint().await.unwrap().note;
    assert_eq!(code(&other), Some(Code::LogForked), "another log's");
    assert_eq!(code(&seen[9].replace("\n9\n", "\n8\n")), Some(Code::LogForked), "signed by nobody");
    assert_eq!(code(""), Some(Code::LogForked));

    drop(archive);
    fs::remove_dir_all(home.paths.log()).unwrap();
    copy(&older, &home.paths.log());
    let code = |note: &str| check_continues(&home.paths, note).map(|finding| finding.code);
    assert_eq!(code(&seen[5]), None);
    assert_eq!(code(&seen[6]), Some(Code::LogShortened));
    // The older log goes another way: whole in itself, and as long as the one that was.
    let archive = home.attach().await;
    for number in 20..=25 {
        archive.seal(&stage(&archive, number).await.unwrap()).await.unwrap();
    }
    for note in &seen[..=5] {
        assert_eq!(code(note), None);
    }
    for note in &seen[6..] {
        assert_eq!(code(note), Some(Code::LogForked));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in files_under(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, target).unwrap();
    }
}

#[tokio::test]
async fn an_unreadable_file_is_its_own_answer() {
    let home = home_with_deposits().await;
    let content =
        files_under(&home.paths.root()).into_iter().find(|path| path.parent().unwrap().ends_with("content"));
    let content = content.unwrap();
    fs::remove_file(&content).unwrap();
    // A link to itself can be listed and not read, also by the superuser.
    std::os::unix::fs::symlink(&content, &content).unwrap();
    assert_eq!(codes(&home), [Code::Unreadable]);
}

#[tokio::test]
async fn without_an_archive_the_answer_is_that_it_could_not_check() {
    let home = Home::new();
    assert!(matches!(verify(&home.paths, Mode::Full), Err(CouldNotCheck::Root(_))));
}
