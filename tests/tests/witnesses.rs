//! Witnesses of the log: asked over HTTP, one that was written from the specification alone; and by hand, two services of
//! ours for each other. What they sign is judged by `docs/verify.sh`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tests::client::text;
use tests::instance::lossy;
use tests::stories::story;
use tests::witness::Witness;
use tests::{Instance, oracle, until};

/// An entry of the foster mother's; its id.
fn write(instance: &Instance, title: &str) -> String {
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    text(&mother.post_entry(&child, &story(title, "Solen skinnede.")).expect(201).json(), "id")
}

fn key_of(instance: &Instance) -> String {
    lossy(&instance.run_ok(&["log", "key"])).trim().to_owned()
}

fn size_of(note: &str) -> u64 {
    note.lines().nth(1).unwrap().parse().unwrap()
}

/// `livsbog log ask-witnesses`; its exit code and what it says of the one witness.
fn ask(instance: &Instance) -> (Option<i32>, Value) {
    let output = instance.run(&["log", "ask-witnesses", "--json"]);
    let said = serde_json::from_slice(&output.stdout);
    (output.status.code(), said.unwrap_or_else(|_| panic!("{}", lossy(&output.stderr))))
}

fn verify_sh(instance: &Instance, receipt: &str, witness: &str) -> (Option<i32>, String) {
    let file = instance.data.with_extension("receipt");
    std::fs::write(&file, receipt).unwrap();
    let mut script = Command::new("sh");
    script.arg(oracle::here("../docs/verify.sh")).args(["-w", witness]);
    let verdict = oracle::ask(script.arg(&file).arg(key_of(instance)));
    (verdict.code, verdict.text)
}

fn kept(instance: &Instance) -> Vec<PathBuf> {
    let directory = instance.data.join("log/cosignatures");
    if directory.exists() { tests::instance::files_under(&directory) } else { Vec::new() }
}

#[track_caller]
fn exits(output: &Output, code: i32) -> String {
    assert_eq!(output.status.code(), Some(code), "{}{}", lossy(&output.stdout), lossy(&output.stderr));
    lossy(&output.stdout)
}

#[test]
fn the_published_checkpoint_is_cosigned_and_a_stranger_checks_it() {
    let folder = tempfile::tempdir().unwrap();
    let published = folder.path().join("checkpoint");
    let mut instance = Instance::prepared();
    let witness = Witness::of(&key_of(&instance));
    instance.set("LIVSBOG_WITNESSES", &witness.setting());
    instance.set("LIVSBOG_CHECKPOINT_FILE", published.to_str().unwrap());
    instance.start();
    let shown = || std::fs::read_to_string(&published).unwrap_or_default();
    let line = format!("\u{2014} {} ", witness.name);
    let first = until("a cosigned checkpoint", || Some(shown()).filter(|note| note.contains(&line)));
    let entry = write(&instance, "Ny dag");
    until("the next one", || {
        Some(shown()).filter(|note| size_of(note) > size_of(&first) && note.contains(&line))
    });
    assert!(
        witness.requests().contains(&format!("old {}", size_of(&first))),
        "with a proof from the one before"
    );
    assert_eq!(kept(&instance).len(), 1, "the first of a day is kept");
    let metrics = instance.stranger().get("/metrics").text();
    assert!(metrics.contains("livsbog_witnesses{state=\"cosigning\"} 1"), "{metrics}");
    instance.stop();

    let said = exits(&instance.run(&["log", "check"]), 0);
    assert!(said.contains("ok cosignatures/") && said.contains("ok witness"), "{said}");
    let receipt = exits(&instance.run(&["log", "prove", &entry, "--cosigned"]), 0);
    assert!(receipt.ends_with(&shown()), "under the newest checkpoint that is cosigned:\n{receipt}");
    let (code, said) = verify_sh(&instance, &receipt, &witness.key);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(&format!("JA: vidnet {} så loggen", witness.name)), "{said}");
    let other = Witness::of(&key_of(&instance));
    let (code, said) = verify_sh(&instance, &receipt, &other.key);
    assert_eq!(code, Some(1), "another key of the same name: {said}");
    let bare = exits(&instance.run(&["log", "prove", &entry]), 0);
    assert_eq!(verify_sh(&instance, &bare, &witness.key).0, Some(1), "no cosignature");
    let timeless = with_other_time(&receipt, &line);
    assert_eq!(verify_sh(&instance, &timeless, &witness.key).0, Some(1), "the time is signed too");

    let file = &kept(&instance)[0];
    let note = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, with_other_time(&note, &line)).unwrap();
    let said = exits(&instance.run(&["log", "check"]), 1);
    assert!(said.contains("no cosignatures/"), "{said}");
}

/// The same with the last character of the cosignature's time changed: base64 without its padding, so the eleventh digit.
fn with_other_time(note: &str, line: &str) -> String {
    let at = note.find(line).unwrap() + line.len() + 14;
    let mut bytes = note.as_bytes().to_vec();
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_witness_that_is_away_or_wrong_disturbs_nobody_and_one_that_saw_another_history_is_an_alarm() {
    let mut instance = Instance::demo();
    let mut witness = Witness::of(&key_of(&instance));
    instance.set("LIVSBOG_WITNESSES", &witness.setting());
    witness.leave();
    let (code, said) = ask(&instance);
    assert_eq!((code, &said["alarm"]), (Some(1), &false.into()), "{said}");
    assert!(said["problem"].as_str().unwrap().contains("cannot be reached"), "{said}");
    assert!(exits(&instance.run(&["log", "check"]), 0).contains("away witness"));

    witness.come_back();
    witness.becomes("liar");
    let (code, said) = ask(&instance);
    assert_eq!(code, Some(1), "{said}");
    assert!(said["problem"].as_str().unwrap().contains("no cosignature"), "{said}");
    assert!(kept(&instance).is_empty());

    // It has noted that state all the same: asked from 0 again it says from where.
    witness.becomes("good");
    write(&instance, "Fra den størrelse, vidnet så");
    let (code, said) = ask(&instance);
    assert_eq!((code, &said["problem"]), (Some(0), &Value::Null), "{said}");
    let [.., first, second] = &witness.requests()[..] else { panic!("{:?}", witness.requests()) };
    assert_eq!(first, "old 0");
    assert_ne!(second, "old 0");

    let seen = witness.seen();
    witness.becomes("ahead");
    write(&instance, "Vidnet har set mere");
    let (code, said) = ask(&instance);
    assert_eq!((code, &said["alarm"]), (Some(1), &true.into()), "{said}");
    exits(&instance.run(&["log", "check"]), 1);
    instance.stop();
    instance.start();
    let metrics = instance.stranger().get("/metrics").text();
    assert!(metrics.contains("livsbog_witnesses{state=\"alarm\"} 1"), "{metrics}");
    witness.becomes("good");
    assert_eq!(ask(&instance).0, Some(0), "it has seen our history after all");
    exits(&instance.run(&["log", "check"]), 0);

    let size = witness.seen().split(' ').next().unwrap().to_owned();
    for (other, why) in [(seen.split(' ').next().unwrap(), "of other leaves"), (&size, "as long and another")]
    {
        witness.has_seen(&format!("{other} {}", "ab".repeat(32)));
        let state = instance.data.join("witnesses.json");
        std::fs::remove_file(&state).unwrap();
        let (code, said) = ask(&instance);
        assert_eq!((code, &said["alarm"]), (Some(1), &true.into()), "{why}: {said}");
        assert!(said["problem"].as_str().unwrap().contains("two histories"), "{why}: {said}");
    }
    witness.has_seen(&seen);
    assert_eq!(ask(&instance).0, Some(0));
}

#[test]
fn a_witness_is_asked_by_https_when_its_certificate_is_good() {
    let mut instance = Instance::prepared();
    let witness = Witness::by_https(&key_of(&instance));
    instance.set("LIVSBOG_WITNESSES", &witness.setting());
    let (code, said) = ask(&instance);
    assert_eq!(code, Some(1), "nobody here knows its authority: {said}");
    assert!(witness.requests().is_empty());
    instance.set("SSL_CERT_FILE", witness.authority().to_str().unwrap());
    let (code, said) = ask(&instance);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_witness_that_never_ends_is_left_alone() {
    let mut instance = Instance::prepared();
    let key = Witness::of(&key_of(&instance)).key.clone();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    instance.set("LIVSBOG_WITNESSES", &format!("{key} http://{}", listener.local_addr().unwrap()));
    let (code, said) = ask(&instance);
    assert_eq!(code, Some(1), "{said}");
    assert!(said["problem"].as_str().unwrap().contains("in time"), "nobody takes the call: {said}");
    std::thread::spawn(move || {
        for mut caller in listener.incoming().flatten() {
            let _ = caller.read(&mut [0; 4096]);
            let _ = caller.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while caller.write_all(&[b'x'; 4096]).is_ok() {}
        }
    });
    let (code, said) = ask(&instance);
    assert_eq!(code, Some(1), "{said}");
    assert!(said["problem"].as_str().unwrap().contains("longer than"), "{said}");
}

#[test]
fn a_wrong_setting_is_refused_before_anything_is_served() {
    let mut instance = Instance::prepared();
    let witness = Witness::of(&key_of(&instance));
    let log_key = key_of(&instance);
    for (setting, why) in [
        (format!("{log_key} http://127.0.0.1:1"), "not a witness's key"),
        (format!("{} ftp://127.0.0.1", witness.key), "http://"),
        (format!("{0}, {0}", witness.setting()), "named twice"),
    ] {
        instance.set("LIVSBOG_WITNESSES", &setting);
        let output = instance.run(&["work"]);
        assert_eq!(output.status.code(), Some(2), "{setting}");
        assert!(lossy(&output.stderr).contains(why), "{setting}: {}", lossy(&output.stderr));
    }
}

#[test]
fn two_services_are_each_others_witness_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let keep = |name: &str, text: &str| std::fs::write(path(name), text).unwrap();
    let (mut ours, theirs) = (Instance::demo(), Instance::prepared());
    let (log, home) = (key_of(&ours), path("witness"));
    let cosign =
        |file: &str, log: &str| theirs.run(&["log", "cosign", &path(file), "--log", log, "--seen", &home]);
    let nobody = theirs.run(&["log", "witness-key", "--seen", &home]);
    assert_eq!(nobody.status.code(), Some(2), "no key is made without a name");
    let key =
        exits(&theirs.run(&["log", "witness-key", "--seen", &home, "--name", "egebaek.example/vidne"]), 0);
    assert_eq!(exits(&theirs.run(&["log", "witness-key", "--seen", &home]), 0), key);
    ours.set("LIVSBOG_WITNESSES", key.trim());

    let early = write(&ours, "Tidligt");
    keep("first", &exits(&ours.run(&["log", "checkpoint"]), 0));
    let first = exits(&cosign("first", &log), 0);
    keep("cosigned", &first);
    exits(&ours.run(&["log", "cosigned", &path("cosigned")]), 0);
    let receipt = exits(&ours.run(&["log", "prove", &early, "--cosigned"]), 0);
    let (code, said) = verify_sh(&ours, &receipt, key.trim());
    assert_eq!(code, Some(0), "{said}");

    let late = write(&ours, "Sent");
    let uncosigned = ours.run(&["log", "prove", &late, "--cosigned"]);
    assert_eq!(uncosigned.status.code(), Some(2), "{}", lossy(&uncosigned.stdout));
    keep("second", &exits(&ours.run(&["log", "checkpoint"]), 0));
    let refused = cosign("second", &log);
    exits(&refused, 1);
    let from = size_of(&first).to_string();
    assert!(
        lossy(&refused.stderr).contains(&format!("livsbog log consistency {from}")),
        "it says what it needs"
    );
    keep("proof", &exits(&ours.run(&["log", "consistency", &from]), 0));
    keep("cosigned", &exits(&cosign("proof", &log), 0));
    exits(&cosign("first", &log), 1);
    exits(&cosign("proof", &key_of(&theirs)), 1);
    exits(&ours.run(&["log", "cosigned", &path("cosigned")]), 0);
    exits(&ours.run(&["log", "prove", &late, "--cosigned"]), 0);
    exits(&ours.run(&["log", "cosigned", &path("second")]), 2);
    exits(&theirs.run(&["log", "cosigned", &path("cosigned")]), 2);
    exits(&ours.run(&["log", "check"]), 0);

    // The same key and name, and another history: the log as it was, led on differently.
    let seen = |directory: &str| {
        let files = tests::instance::files_under(folder.path().join(directory).as_path());
        files.into_iter().find(|file| file.extension().is_some_and(|ending| ending == "checkpoint")).unwrap()
    };
    let forged = std::fs::read_to_string(path("proof")).unwrap().replace(
        &format!("old {from}\n"),
        &format!("old {}\n", size_of(&std::fs::read_to_string(path("second")).unwrap())),
    );
    keep("forged", &forged);
    let refused = cosign("forged", &log);
    exits(&refused, 1);
    assert!(
        lossy(&refused.stderr).contains("ALARM"),
        "a proof that does not fit: {}",
        lossy(&refused.stderr)
    );
    let kept = std::fs::read_to_string(seen("witness")).unwrap();
    assert_eq!(size_of(&kept), size_of(&std::fs::read_to_string(path("second")).unwrap()));
}
