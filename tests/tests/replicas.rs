//! Replicas from outside: a second archive that other people's validators accept, and everything back from it. `DAMAGES`
//! (300) files are hurt, `KILLS` (25) replications killed; `SEED` chooses which and when.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tests::client::sha256;
use tests::instance::{files_under, lossy};
use tests::photos::{Noise, distinct_jpeg};
use tests::{Instance, S3, oracle, setting, wait};

/// A directory for a replica.
fn place() -> (tempfile::TempDir, String) {
    let folder = tempfile::Builder::new().prefix("livsbog-replica-").tempdir().unwrap();
    let url = format!("file://{}", folder.path().display());
    (folder, url)
}

fn noise() -> Noise {
    Noise(setting("SEED", 20_261_123) as u64 | 1)
}

#[track_caller]
fn exits(output: &Output, code: i32) -> String {
    let said = format!("{}{}", lossy(&output.stdout), lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

#[track_caller]
fn stands_on_its_own(instance: &Instance, replica: &Path) {
    exits(&instance.run(&["verify", "--full", "--data", replica.to_str().unwrap()]), 0);
    oracle::ocfl_py(&replica.join("archive")).content();
    if let Some(verdict) = oracle::rocfl(&replica.join("archive")) {
        verdict.content();
    }
}

#[test]
fn a_replica_stands_on_its_own_and_hundreds_of_damages_are_repaired_from_it() {
    let instance = Instance::prepared();
    let (replica, url) = place();
    exits(&instance.run(&["replicate", "--to", &url]), 0);
    stands_on_its_own(&instance, replica.path());
    let before = instance.run_ok(&["dump"]);
    let root = instance.storage_root();
    let mut noise = noise();
    let damages = setting("DAMAGES", 300);
    let rounds = damages.div_ceil(50);
    for _ in 0..rounds {
        let mut hurt = Vec::new();
        for _ in 0..damages.div_ceil(rounds) {
            hurt.extend(damage(&root, &mut noise));
        }
        let said = exits(&instance.run(&["verify", "--full", "--json"]), 1);
        let named: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        for path in &hurt {
            assert!(
                is_named(&named, path) || intact(&root, replica.path(), path),
                "{path} was hurt and not named"
            );
        }
        exits(&instance.run(&["repair", "--from", &url]), 0);
        exits(&instance.run(&["verify", "--full"]), 0);
    }
    stands_on_its_own(&instance, &instance.data);
    assert_eq!(tree(&root), tree(&replica.path().join("archive")));
    instance.run_ok(&["rebuild"]);
    assert_eq!(instance.run_ok(&["dump"]), before, "the dump is equal");
    println!("{damages} damages in {rounds} rounds: all named, all repaired");
}

/// Every file under a folder with the digest of its bytes.
fn tree(folder: &Path) -> Vec<(PathBuf, String)> {
    let files = files_under(folder).into_iter();
    files
        .map(|file| (file.strip_prefix(folder).unwrap().to_owned(), sha256(&fs::read(&file).unwrap())))
        .collect()
}

/// Of an inventory and its sidecar, both hurt, the inventory alone may be named.
fn is_named(findings: &[Value], path: &str) -> bool {
    let inventory = path.trim_end_matches(".sha256");
    findings.iter().any(|finding| finding["path"] == path || finding["path"] == inventory)
}

/// A second damage may undo a first: swapped back, or flipped back.
fn intact(root: &Path, replica: &Path, path: &str) -> bool {
    fs::read(root.join(path)).ok() == fs::read(replica.join("archive").join(path)).ok()
}

/// Flips, cuts, deletes or swaps; answers the paths that were hurt.
fn damage(root: &Path, noise: &mut Noise) -> Vec<String> {
    let files = files_under(root);
    let shown = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let file = &files[noise.below(files.len())];
    let bytes = fs::read(file).unwrap();
    match noise.below(4) {
        0 => fs::remove_file(file).unwrap(),
        1 if !bytes.is_empty() => fs::write(file, &bytes[..noise.below(bytes.len())]).unwrap(),
        2 => {
            let content: Vec<&PathBuf> =
                files.iter().filter(|path| shown(path).contains("/content/")).collect();
            let pair = [content[noise.below(content.len())], content[noise.below(content.len())]];
            let [one, other] = pair.map(|path| fs::read(path).unwrap());
            fs::write(pair[0], other).unwrap();
            fs::write(pair[1], one).unwrap();
            return pair.map(|path| shown(path)).to_vec();
        }
        _ => {
            let mut changed = bytes.clone();
            match changed.len() {
                0 => changed.push(1),
                length => changed[noise.below(length)] ^= 1 << noise.below(8),
            }
            fs::write(file, changed).unwrap();
        }
    }
    vec![shown(file)]
}

#[test]
fn kills_of_a_replication_leave_nothing_that_the_next_one_does_not_put_right() {
    let instance = Instance::prepared();
    let whole = time_of_one(&instance);
    let (replica, url) = place();
    let mut noise = noise();
    let (kills, mut cut) = (setting("KILLS", 25), 0);
    while cut < kills {
        let mut process =
            instance.command(&["replicate", "--to", &url]).stdout(Stdio::null()).spawn().unwrap();
        wait::let_pass(Duration::from_micros(noise.draw() % whole.as_micros() as u64));
        let _ = process.kill();
        let is_whole = process.wait().unwrap().success();
        cut += usize::from(!is_whole);
        // The checkpoint comes last: where there is one, everything else is there too.
        if is_whole || replica.path().join("log/checkpoint").exists() {
            exits(&instance.run(&["verify", "--full", "--data", replica.path().to_str().unwrap()]), 0);
            assert_eq!(tree(&instance.storage_root()), tree(&replica.path().join("archive")));
            for part in ["archive", "log"] {
                fs::remove_dir_all(replica.path().join(part)).unwrap();
            }
        }
    }
    exits(&instance.run(&["replicate", "--to", &url]), 0);
    stands_on_its_own(&instance, replica.path());
}

fn time_of_one(instance: &Instance) -> Duration {
    let (_replica, url) = place();
    let begun = std::time::Instant::now();
    exits(&instance.run(&["replicate", "--to", &url]), 0);
    begun.elapsed()
}

#[test]
fn the_service_keeps_its_replica_up_by_itself_and_shows_how_far_it_is() {
    let (replica, url) = place();
    let mut instance = Instance::demo_with(&[("LIVSBOG_REPLICA_URL", &url)]);
    caught_up(&instance);
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    instance.api(&mother).upload_ok(&child.children[0], "a.jpg", &distinct_jpeg(1, 5_000));
    let log_size = metric(&instance, "livsbog_log_size").unwrap();
    caught_up(&instance);
    assert!(metric(&instance, "livsbog_log_size").unwrap() >= log_size);
    assert!(metric(&instance, "livsbog_replica_seconds").unwrap() < 120.0);
    assert_eq!(metric(&instance, "livsbog_replica_differences"), Some(0.0));
    instance.stop();
    exits(&instance.run(&["replicate"]), 0);
    stands_on_its_own(&instance, replica.path());
    assert_eq!(tree(&instance.storage_root()), tree(&replica.path().join("archive")));
}

#[test]
fn a_photo_is_brought_back_under_a_running_service() {
    let (_replica, url) = place();
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let photo = distinct_jpeg(1, 300_000);
    let media = instance.api(&mother).upload_ok(&child.children[0], "a.jpg", &photo);
    exits(&instance.run(&["replicate", "--to", &url]), 0);
    for file in files_under(&instance.storage_root()) {
        if file.to_str().unwrap().contains("/content/") {
            fs::write(&file, "hurt").unwrap();
        }
    }
    let path = format!("/api/v1/media/{media}/original");
    assert_ne!(instance.api(&mother).get(&path).status, 200);
    exits(&instance.run(&["repair", "--from", &url, "--dry-run"]), 0);
    exits(&instance.run(&["verify"]), 1);
    exits(&instance.run(&["repair", "--from", &url]), 0);
    assert_eq!(instance.api(&mother).get(&path).expect(200).body, photo);
    exits(&instance.run(&["verify", "--full"]), 0);
}

#[test]
fn without_a_replica_nothing_is_said_of_one() {
    let instance = Instance::demo();
    assert_eq!(metric(&instance, "livsbog_replica_seconds"), None);
    let said = exits(&instance.run(&["replicate"]), 2);
    assert!(said.contains("LIVSBOG_REPLICA_URL"), "{said}");
}

fn caught_up(instance: &Instance) {
    wait::until("the replica to catch up", || {
        (metric(instance, "livsbog_replica_deposits_missing") == Some(0.0)).then_some(())
    });
}

fn metric(instance: &Instance, name: &str) -> Option<f64> {
    let text = lossy(&instance.stranger().get("/metrics").expect(200).body);
    let line = text.lines().find(|line| line.starts_with(&format!("{name} ")))?;
    Some(line.rsplit_once(' ')?.1.parse().unwrap())
}

#[test]
fn addresses_and_settings_that_cannot_work_are_refused() {
    let instance = Instance::prepared();
    let refused = |command: &mut Command| exits(&command.output().unwrap(), 2);
    for url in ["ftp://there/replica", "file://relative", "file:///nowhere/at/all"] {
        refused(&mut instance.command(&["replicate", "--to", url]));
        refused(&mut instance.command(&["repair", "--from", url]));
    }
    let said = refused(&mut instance.command(&["replicate", "--to", "file:///nowhere/at/all"]));
    assert!(said.contains("make the directory"), "{said}");
    refused(
        instance
            .command(&["replicate", "--to", "s3://bucket/place"])
            .env("LIVSBOG_REPLICA_SECRET_ACESS_KEY", "misspelt"),
    );
    let inside = instance.storage_root();
    refused(&mut instance.command(&["replicate", "--to", &format!("file://{}", inside.display())]));
    refused(&mut instance.command(&["replicate", "--to", &format!("file://{}", instance.data.display())]));
}

#[test]
fn an_s3_store_is_a_replica_too() {
    let server = S3::start();
    let mut instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    // Long enough to go in several pieces.
    instance.api(&mother).upload_ok(&child.children[0], "a.jpg", &distinct_jpeg(1, 20_000_000));
    instance.stop();
    let run = |args: &[&str]| instance.command(args).envs(server.settings()).output().unwrap();
    exits(&run(&["replicate", "--json"]), 0);
    let said = exits(&run(&["replicate", "--json", "--full"]), 0);
    let summary: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(summary["files_copied"], 0, "{summary}");

    // Everything comes back from it.
    let before = tree(&instance.storage_root());
    fs::remove_dir_all(instance.storage_root()).unwrap();
    fs::remove_dir_all(instance.data.join("log")).unwrap();
    exits(&run(&["repair"]), 0);
    exits(&run(&["verify", "--full"]), 0);
    assert_eq!(tree(&instance.storage_root()), before);

    // What is other there is named and left; what is gone comes again.
    let content: Vec<String> = before.iter().map(|(path, _)| path.to_str().unwrap().to_owned()).collect();
    let content: Vec<&String> = content.iter().filter(|path| path.contains("/content/")).collect();
    server.overwrite(&format!("livsbog/archive/{}", content[0]), "something else");
    server.delete(&format!("livsbog/archive/{}", content[1]));
    let said = exits(&run(&["replicate", "--full"]), 1);
    assert!(said.contains("in the replica: content-changed") && said.contains(content[0].as_str()), "{said}");
    assert!(said.contains("1 files copied"), "{said}");
    let hurt = instance.storage_root().join(content[0]);
    fs::write(&hurt, "hurt").unwrap();
    exits(&run(&["repair"]), 1);
    assert_eq!(fs::read(&hurt).unwrap(), b"hurt", "a damaged replica is of no help and does no harm");
}
