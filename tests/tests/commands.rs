//! The program on the command line: what it prints, where, and what its exit code says.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::{Command, Output};

use serde_json::Value;
use tests::instance::{lossy, program};
use tests::{Instance, Postgres};

fn bare(arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).current_dir("/").output().unwrap()
}

#[test]
fn the_printed_openapi_document_is_the_served_one() {
    let printed: Value = serde_json::from_slice(&bare(&["openapi"]).stdout).expect("JSON");
    let served = Instance::demo().stranger().get("/api/v1/openapi.json").expect(200).json();
    assert_eq!(printed, served);
    assert!(printed["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[test]
fn two_means_it_could_not_be_done() {
    let nowhere = tempfile::tempdir().unwrap();
    let empty = nowhere.path().to_str().unwrap();
    for arguments in
        [&["sing"][..], &["verify", "--loudly"], &["verify", "--data", empty], &["dump", "--data", empty]]
    {
        let output = bare(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", lossy(&output.stdout));
        assert!(!output.stderr.is_empty(), "{arguments:?} says why on stderr");
        assert!(output.stdout.is_empty(), "{arguments:?} has no result");
    }
}

#[test]
fn settings_are_shown_with_their_secrets_masked() {
    let instance = Instance::prepared();
    let mut command = instance.command(&["config", "show"]);
    command.env("LIVSBOG_DATABASE_URL", "postgres://livsbog:blaabaer@127.0.0.1/livsbog");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", lossy(&output.stderr));
    let shown = lossy(&output.stdout);
    assert!(shown.contains("127.0.0.1") && !shown.contains("blaabaer"), "{shown}");
}

#[test]
fn the_policy_explains_itself_in_words() {
    assert_eq!(bare(&["policy", "check"]).status.code(), Some(0));
    let explained = bare(&["policy", "explain", "--class", "book_entry"]);
    assert_eq!(explained.status.code(), Some(0), "{}", lossy(&explained.stderr));
    assert!(lossy(&explained.stdout).len() > 60, "{}", lossy(&explained.stdout));
}

#[test]
fn a_flipped_bit_is_told_as_lines_and_as_json() {
    let instance = Instance::prepared();
    let declaration = instance.storage_root().join("0=ocfl_1.1");
    let mut bytes = std::fs::read(&declaration).unwrap();
    bytes[0] ^= 1;
    #[expect(clippy::disallowed_methods, reason = "damage needs no durability")]
    std::fs::write(&declaration, bytes).unwrap();
    let (words, json) = (instance.run(&["verify"]), instance.run(&["verify", "--json"]));
    assert_eq!((words.status.code(), json.status.code()), (Some(1), Some(1)));
    assert!(lossy(&words.stdout).contains("0=ocfl_1.1"));
    let said = lossy(&json.stdout);
    let finding: Value =
        serde_json::from_str(said.lines().next().unwrap()).expect("a JSON object on each line");
    assert!(finding["code"].is_string() && finding["path"] == "0=ocfl_1.1", "{finding}");
}

#[test]
fn the_schema_goes_up_and_down_and_up_on_postgresql() {
    let cluster = Postgres::start();
    let mut instance = Instance::prepared();
    instance.move_to(cluster.database());
    for direction in ["up", "status", "down", "up", "status"] {
        instance.run_ok(&["migrate", direction]);
    }
}
