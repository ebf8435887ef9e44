//! What outsiders say of the archive: other people's validators, and a stranger with the escrow key and `age`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tests::client::sha256;
use tests::instance::{files_under, lossy};
use tests::photos::{self, Noise, PHONE_PHOTO, fixture};
use tests::stories::photo_entry;
use tests::{Instance, Postgres, oracle, setting};

#[test]
fn two_strangers_call_the_archive_valid_while_the_keys_are_away() {
    let mut instance = Instance::demo();
    instance.stop();
    let away = instance.data.with_extension("keys-in-the-safe");
    std::fs::rename(instance.data.join("keys"), &away).unwrap();

    oracle::ocfl_py(&instance.storage_root()).content();
    if let Some(verdict) = oracle::rocfl(&instance.storage_root()) {
        verdict.content();
    }
    let verified = instance.run(&["verify", "--full"]);
    assert_eq!(verified.status.code(), Some(0), "verification needs no keys: {}", lossy(&verified.stderr));
}

#[test]
fn the_escrow_key_and_age_open_everything_by_hand_when_the_service_has_no_secret_left() {
    let mut instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let photo = fixture(PHONE_PHOTO);
    let media = instance.api(&mother).upload_ok(&child.children[0], "a.jpg", &photo);
    instance
        .api(&mother)
        .post_entry(&child.children[0], &photo_entry("Søen", "Vi var ved søen.", &media))
        .expect(201);
    instance.stop();
    std::fs::remove_dir_all(instance.data.join("secrets")).unwrap();

    let scratch = tempfile::tempdir().unwrap();
    let keys = files_under(&instance.data.join("keys").join("objects"));
    let opened: Vec<Vec<u8>> =
        keys.iter().flat_map(|key| open_by_hand(&instance, key, scratch.path())).collect();
    assert!(
        keys.len() > 100 && opened.len() > keys.len(),
        "{} files of {} objects",
        opened.len(),
        keys.len()
    );
    assert!(opened.iter().any(|plaintext| sha256(plaintext) == sha256(&photo)), "the photo that was sent");
    assert!(opened.iter().any(|plaintext| lossy(plaintext).contains("Vi var ved søen.")), "and its line");
}

/// Escrow key -> the group's key -> the object's key -> the files of its newest version, as docs/ARCHIVE-FORMAT.md tells.
fn open_by_hand(instance: &Instance, object_key: &Path, scratch: &Path) -> Vec<Vec<u8>> {
    let object = object_key.file_stem().unwrap().to_str().unwrap();
    let group = object_key.parent().unwrap().file_name().unwrap().to_str().unwrap();
    let group_identity = scratch.join(group);
    if !group_identity.exists() {
        let escrow = instance.data.join("escrow-identity.txt");
        let group_key = instance.data.join("keys/groups").join(format!("{group}.age"));
        std::fs::write(&group_identity, oracle::age_decrypt(&escrow, &group_key)).unwrap();
    }
    let object_identity = scratch.join("object.txt");
    std::fs::write(&object_identity, oracle::age_decrypt(&group_identity, object_key)).unwrap();

    let name = sha256(format!("urn:uuid:{object}").as_bytes());
    let home = instance.storage_root().join(&name[0..2]).join(&name[2..4]).join(&name);
    let inventory: Value =
        serde_json::from_slice(&std::fs::read(home.join("inventory.json")).unwrap()).unwrap();
    let head = inventory["head"].as_str().unwrap();
    let state = inventory["versions"][head]["state"].as_object().unwrap();
    let content = state.keys().map(|digest| home.join(inventory["manifest"][digest][0].as_str().unwrap()));
    content.map(|file| oracle::age_decrypt(&object_identity, &file)).collect()
}

#[test]
fn the_database_can_be_made_anew_from_the_archive_alone() {
    let mut instance = Instance::demo();
    rebuilds_to_an_equal_dump(&mut instance, |instance| {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
        }
    });
}

#[test]
fn the_database_can_be_made_anew_on_postgresql_too() {
    let cluster = Postgres::start();
    let mut instance = Instance::demo_on(cluster.database());
    rebuilds_to_an_equal_dump(&mut instance, |instance| instance.move_to(cluster.database()));
}

#[test]
fn a_rebuild_that_is_killed_goes_on_where_it_was() {
    let mut instance = Instance::demo();
    instance.stop();
    let before = instance.run_ok(&["dump"]);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    let mut noise = Noise(20_261_123);
    let mut began_at = Vec::new();
    while began_at.len() < 40 && began_at.iter().filter(|leaf| **leaf > 0).count() < 3 {
        let mut rebuild = instance.command(&["rebuild"]);
        let mut rebuild = rebuild.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut said = BufReader::new(rebuild.stderr.take().unwrap()).lines().map_while(Result::ok);
        let begun = said.find_map(|line| line.strip_suffix(" leaves done")?.parse::<u64>().ok());
        began_at.extend(begun);
        tests::wait::let_pass(Duration::from_millis(noise.below(600) as u64));
        rebuild.kill().unwrap();
        rebuild.wait().unwrap();
    }
    assert!(began_at.iter().any(|leaf| *leaf > 0), "none went on: {began_at:?}");
    instance.run_ok(&["rebuild"]);
    same_lines(&before, &instance.run_ok(&["dump"]));
}

fn rebuilds_to_an_equal_dump(instance: &mut Instance, lose_database: impl Fn(&mut Instance)) {
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let media =
        instance.api(&mother).upload_ok(&child.children[0], "a.jpg", &photos::distinct_jpeg(1, 5_000));
    instance
        .api(&mother)
        .post_entry(&child.children[0], &photo_entry("Søen", "Æblegrød på åen.", &media))
        .expect(201);
    instance.stop();

    let before = instance.run_ok(&["dump"]);
    assert!(before.len() > 1_000, "the dump tells something");
    lose_database(instance);
    instance.run_ok(&["rebuild"]);
    let after = instance.run_ok(&["dump"]);
    same_lines(&before, &after);
    instance.run_ok(&["verify", "--full"]);
}

#[track_caller]
fn same_lines(before: &[u8], after: &[u8]) {
    let lines = |bytes: &[u8]| lossy(bytes).lines().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (lines(before), lines(after));
    let lost: Vec<&String> = before.iter().filter(|line| !after.contains(line)).take(5).collect();
    let new: Vec<&String> = after.iter().filter(|line| !before.contains(line)).take(5).collect();
    assert!(before == after, "lost by rebuild: {lost:#?}\nnew after rebuild: {new:#?}");
}

#[test]
fn one_flipped_bit_anywhere_is_found_and_named() {
    let mut instance = Instance::demo();
    instance.stop();
    let root = instance.storage_root();
    let files = files_under(&root);
    let mut noise = Noise(0x1f2e_3d4c_5b6a_7988);
    let mut chosen = one_of_each_kind(&files);
    while chosen.len() < setting("FLIPS", 40) {
        chosen.push(files[noise.below(files.len())].clone());
    }
    for file in chosen {
        let intact = std::fs::read(&file).unwrap();
        let at = noise.below(intact.len().max(1));
        let mut hurt = intact.clone();
        match hurt.get_mut(at) {
            Some(byte) => *byte ^= 1 << noise.below(8),
            None => hurt.push(1),
        }
        std::fs::write(&file, &hurt).unwrap();
        is_named(&instance, &root, &file, at);
        std::fs::write(&file, &intact).unwrap();
    }
    instance.run_ok(&["verify", "--full"]);
}

/// The first file of each kind: declarations, inventories, sidecars, read-mes, content.
fn one_of_each_kind(files: &[PathBuf]) -> Vec<PathBuf> {
    let mut seen = std::collections::BTreeSet::new();
    let kind = |file: &PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.len() == 64 { "content".to_owned() } else { name }
    };
    files.iter().filter(|file| seen.insert(kind(file))).cloned().collect()
}

fn is_named(instance: &Instance, root: &Path, file: &Path, at: usize) {
    let path = file.strip_prefix(root).unwrap().to_str().unwrap();
    let verified = instance.run(&["verify", "--full", "--json"]);
    let said = lossy(&verified.stdout);
    assert_eq!(verified.status.code(), Some(1), "byte {at} of {path} was flipped and verify said: {said}");
    let findings: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let finding = findings.iter().find(|finding| finding["path"] == path);
    let finding =
        finding.unwrap_or_else(|| panic!("byte {at} of {path} was flipped; verify names only: {said}"));
    assert!(finding["code"].is_string(), "{finding}");
    if let Some(object) = object_around(root, file) {
        let named = finding["object"].as_str().unwrap_or_default();
        assert!(!named.is_empty() && object.ends_with(named), "{object}: {finding}");
    }
}

/// The id of the object a file belongs to; taken from its version's inventory when the root one is the hurt file.
fn object_around(root: &Path, file: &Path) -> Option<String> {
    let home = file
        .ancestors()
        .take_while(|folder| *folder != root)
        .find(|folder| folder.join("0=ocfl_object_1.1").exists())?;
    let inventories = [home.join("v1/inventory.json"), home.join("inventory.json")];
    let intact = inventories.iter().find(|inventory| inventory.as_path() != file)?;
    let inventory: Value = serde_json::from_slice(&std::fs::read(intact).ok()?).ok()?;
    inventory["id"].as_str().map(str::to_owned)
}
