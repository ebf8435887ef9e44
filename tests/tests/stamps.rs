//! The log's checkpoints stamped by a time stamp authority, and the stamps judged by strangers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tests::client::text;
use tests::instance::lossy;
use tests::stories::story;
use tests::tsa::{Authority, Mood};
use tests::{Instance, oracle, until};

fn stamp(instance: &Instance, authority: &Authority) -> Output {
    let certificates = authority.certificates();
    instance.run(&["log", "stamp", "--tsa", &authority.url, "--certificates", certificates.to_str().unwrap()])
}

#[track_caller]
fn stamped(instance: &Instance, authority: &Authority) -> PathBuf {
    let output = stamp(instance, authority);
    assert_eq!(output.status.code(), Some(0), "{}", lossy(&output.stderr));
    lossy(&output.stdout).trim().into()
}

fn stamps(instance: &Instance) -> usize {
    std::fs::read_dir(instance.data.join("log/stamps")).map_or(0, |entries| entries.count())
}

/// An entry of the foster mother's; its id.
fn write(instance: &Instance, title: &str) -> String {
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    text(&mother.post_entry(&child, &story(title, "Solen skinnede.")).expect(201).json(), "id")
}

fn verify_sh(instance: &Instance, stamp: &Path, receipt: &str) -> (Option<i32>, String) {
    let file = instance.data.with_extension("receipt");
    std::fs::write(&file, receipt).unwrap();
    let key = lossy(&instance.run_ok(&["log", "key"]));
    let verdict = oracle::ask(
        Command::new("sh")
            .arg(oracle::here("../docs/verify.sh"))
            .arg("-s")
            .arg(stamp)
            .arg(&file)
            .arg(key.trim()),
    );
    (verdict.code, verdict.text)
}

#[test]
fn a_stamped_receipt_is_judged_by_strangers_and_a_stamp_fits_no_other_checkpoint() {
    let (instance, authority) = (Instance::demo(), Authority::start());
    let early = write(&instance, "Tidligt");
    let first = stamped(&instance, &authority);
    let late = write(&instance, "Sent");
    let second = stamped(&instance, &authority);
    assert_ne!(first, second);

    for (entry, stamp, other) in [(&early, &first, &second), (&late, &second, &first)] {
        let proven = instance.run(&["log", "prove", entry, "--stamped"]);
        assert_eq!(proven.status.code(), Some(0), "{}", lossy(&proven.stderr));
        assert!(lossy(&proven.stderr).contains(stamp.to_str().unwrap()), "the first stamp that covers it");
        let receipt = lossy(&proven.stdout);
        let (code, said) = verify_sh(&instance, stamp, &receipt);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("JA: tidsstemplet siger") && said.contains(entry.as_str()), "{said}");
        let (code, said) = verify_sh(&instance, other, &receipt);
        assert_eq!(code, Some(1), "{said}");
    }
    let third = write(&instance, "Senest");
    let unproven = instance.run(&["log", "prove", &third, "--stamped"]);
    assert_eq!(unproven.status.code(), Some(2), "no stamp covers it yet");
    assert!(unproven.stdout.is_empty());
    let request = oracle::ask(
        Command::new("openssl").args(["ts", "-query", "-text", "-in"]).arg(first.join("request.tsq")),
    );
    assert!(
        request.text.contains("Hash Algorithm: sha256") && request.text.contains("Certificate required: yes")
    );
    instance.run_ok(&["verify"]);
}

#[test]
fn only_a_good_answer_is_kept() {
    let (instance, authority, stranger) = (Instance::prepared(), Authority::start(), Authority::start());
    stamped(&instance, &authority);
    assert_eq!(stamps(&instance), 1);
    for mood in [Mood::Replaying, Mood::Careless, Mood::NotAtHome, Mood::Refusing] {
        authority.becomes(mood);
        let output = stamp(&instance, &authority);
        assert_eq!(output.status.code(), Some(2), "{mood:?}: {}", lossy(&output.stdout));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{mood:?}");
    }
    authority.becomes(Mood::Honest);
    let (url, certificates) = (&authority.url, stranger.certificates());
    for (tsa, certificates) in [
        (url.as_str(), certificates.as_path()),
        ("http://127.0.0.1:1/", authority.certificates().as_path()),
        ("https://127.0.0.1/", authority.certificates().as_path()),
        (url.as_str(), Path::new("nowhere.pem")),
    ] {
        let output =
            instance.run(&["log", "stamp", "--tsa", tsa, "--certificates", certificates.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{tsa}: {}", lossy(&output.stdout));
    }
    assert_eq!(instance.run(&["log", "stamp"]).status.code(), Some(2), "no authority is set");
    assert_eq!(stamps(&instance), 1, "nothing else was kept");
}

#[test]
fn a_changed_stamp_is_named() {
    let (instance, authority) = (Instance::prepared(), Authority::start());
    instance.run_ok(&["log", "check"]);
    let good = stamped(&instance, &authority);
    let bad = stamped(&instance, &authority);
    instance.run_ok(&["log", "check"]);
    let response = bad.join("response.tsr");
    let mut bytes = std::fs::read(&response).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&response, bytes).unwrap();
    let output = instance.run(&["log", "check", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", lossy(&output.stderr));
    let said = lossy(&output.stdout);
    let judged: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!((&judged[0]["ok"], &judged[0]["stamp"]), (&true.into(), &name(&good).into()), "{said}");
    assert_eq!((&judged[1]["ok"], &judged[1]["stamp"]), (&false.into(), &name(&bad).into()), "{said}");
}

#[test]
fn a_stamp_tells_of_a_log_that_was_put_back_when_no_database_remembers_it() {
    let (mut instance, authority) = (Instance::prepared(), Authority::start());
    let (log, before) = (instance.data.join("log"), instance.data.with_extension("log-before"));
    let copy = |from: &Path, to: &Path| {
        assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
    };
    copy(&log, &before);
    instance.start();
    write(&instance, "En dag mere");
    instance.stop();
    stamped(&instance, &authority);
    copy(&log.join("stamps"), &before);
    std::fs::remove_dir_all(&log).unwrap();
    std::fs::rename(&before, &log).unwrap();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    let output = instance.run(&["log", "check"]);
    assert_eq!(output.status.code(), Some(1), "{}", lossy(&output.stderr));
    assert!(lossy(&output.stdout).contains("log-shortened"), "{}", lossy(&output.stdout));
}

#[test]
fn with_an_authority_set_the_newest_checkpoint_is_stamped_by_itself() {
    let authority = Authority::start();
    let certificates = authority.certificates();
    let settings = [
        ("LIVSBOG_TSA_URL", authority.url.as_str()),
        ("LIVSBOG_TSA_CERTIFICATES", certificates.to_str().unwrap()),
    ];
    let instance = Instance::demo_with(&settings);
    until("the first stamp", || (stamps(&instance) == 1).then_some(()));
    instance.run_ok(&["log", "check"]);
}
