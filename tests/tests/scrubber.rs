//! The scrubber from outside: what it finds is told in every place, what passes is told nowhere, and nothing that it could
//! not look at is called well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tests::client::text;
use tests::instance::{files_under, lossy};
use tests::photos::distinct_jpeg;
use tests::{Instance, Postgres, Smtp, until};

/// How the scrubber stands, as `livsbog fixity` says.
fn fixity(instance: &Instance) -> Value {
    state(&instance.run(&["fixity", "--json"]))
}

/// Orders a round and a look at what is open.
fn again(instance: &Instance) -> Value {
    state(&instance.run(&["fixity", "--again", "--json"]))
}

#[track_caller]
fn state(output: &Output) -> Value {
    let state: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let expected = i32::from(!findings(&state).is_empty());
    assert_eq!(output.status.code(), Some(expected), "{state}");
    state
}

fn findings(state: &Value) -> &Vec<Value> {
    state["findings"].as_array().unwrap()
}

/// Waits for the end of the round that `again` ordered.
fn round_after(instance: &Instance, before: &Value) -> Value {
    until("the round to end", || {
        let now = fixity(instance);
        (now["round"].is_null() && now["last_complete"] != before["last_complete"]).then_some(now)
    })
}

fn a_round(instance: &Instance) -> Value {
    let before = again(instance);
    round_after(instance, &before)
}

fn metric(instance: &Instance, name: &str) -> f64 {
    let text = instance.stranger().get("/metrics").expect(200).text();
    let line = text.lines().find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).rsplit_once(' ').unwrap().1.parse().unwrap()
}

fn open_by_outcome(instance: &Instance) -> [f64; 5] {
    ["changed", "missing", "unreadable", "unexpected", "not-checked"]
        .map(|outcome| metric(instance, &format!("livsbog_fixity_findings{{outcome=\"{outcome}\"}}")))
}

fn content(instance: &Instance) -> Vec<PathBuf> {
    let files = files_under(&instance.storage_root()).into_iter();
    files.filter(|file| file.to_str().unwrap().contains("/content/")).collect()
}

/// One file of each object that has others beside it: without its last file a directory would be one more finding.
fn in_company(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let is_first_of_two = |pair: &[PathBuf]| pair[0].parent() == pair[1].parent();
    files.windows(2).filter(|pair| is_first_of_two(pair)).map(|pair| pair[0].clone()).collect()
}

fn shown(instance: &Instance, file: &Path) -> String {
    file.strip_prefix(instance.storage_root()).unwrap().to_str().unwrap().to_owned()
}

/// A link to itself can be listed and not read, also by the superuser.
fn make_unreadable(file: &Path) -> Vec<u8> {
    let bytes = fs::read(file).unwrap();
    fs::remove_file(file).unwrap();
    std::os::unix::fs::symlink(file, file).unwrap();
    bytes
}

fn put_back(file: &Path, bytes: &[u8]) {
    let _ = fs::remove_file(file);
    fs::write(file, bytes).unwrap();
}

/// The bodies of the sealed events, and what else stands around them, from the dump.
fn events(instance: &Instance) -> Vec<Value> {
    let dump = lossy(&instance.run_ok(&["dump"]));
    let lines = dump.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["deposit"]["kind"] == "fixity").collect()
}

fn with_mail(server: &Smtp) -> Instance {
    let settings = server.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Instance::demo_with(&settings)
}

#[test]
fn a_damaged_file_is_found_told_everywhere_once_and_cleared_when_it_is_repaired() {
    let (server, replica) = (Smtp::started(), tempfile::tempdir().unwrap());
    let mut instance = with_mail(&server);
    let replica = format!("file://{}", replica.path().display());
    instance.run_ok(&["replicate", "--to", &replica]);
    let whole = a_round(&instance);
    assert_eq!((findings(&whole).len(), whole["budget_is_enough"].as_bool()), (0, Some(true)));
    assert!(server.letters().is_empty(), "no news, no letter");

    let file = content(&instance)[0].clone();
    let path = shown(&instance, &file);
    fs::write(&file, "hurt").unwrap();
    let found = a_round(&instance);
    let [finding] = &findings(&found)[..] else { panic!("{found}") };
    assert_eq!(
        (&finding["code"], &finding["outcome"], &finding["path"]),
        (&"content-changed".into(), &"changed".into(), &path.as_str().into())
    );
    let object = text(finding, "object");
    assert_eq!(found["last_complete"]["objects_damaged"], 1);
    assert_eq!(open_by_outcome(&instance), [1.0, 0.0, 0.0, 0.0, 0.0]);
    let told =
        |line: &&str| line.contains("ERROR") && line.contains("content-changed") && line.contains(&path);
    assert_eq!(instance.log().lines().filter(told).count(), 1);
    let letter = until("the letter", || server.letters().pop());
    assert_eq!((letter.from.as_str(), letter.to.as_str()), ("livsbog@example.dk", "drift@example.dk"));
    for part in ["content-changed", &object, &path, "Hent filen fra en kopi", "Bring the file back"] {
        assert!(letter.text.contains(part), "{part} in {}", letter.text);
    }
    for persona in instance.personas() {
        assert!(!format!("{}{}", letter.subject, letter.text).contains(&persona.name), "{letter:?}");
    }

    // What stands is no news.
    a_round(&instance);
    assert_eq!((server.letters().len(), instance.log().lines().filter(told).count()), (1, 1));
    assert_eq!(fixity(&instance)["findings"][0]["first_seen"], finding["first_seen"]);

    instance.run_ok(&["repair", "--from", &replica]);
    assert!(findings(&a_round(&instance)).is_empty());
    assert_eq!(open_by_outcome(&instance), [0.0; 5]);

    // Four rounds, and one event for what was new; all of it comes back from the archive alone.
    let events = until("the events to be sealed", || Some(events(&instance)).filter(|all| all.len() == 5));
    let mut outcomes: Vec<&str> =
        events.iter().map(|event| event["body"]["event_outcome"].as_str().unwrap()).collect();
    outcomes.sort_unstable();
    assert_eq!(outcomes, ["fail", "fail", "fail", "success", "success"]);
    let news = events.iter().find(|event| event["body"]["checked"].is_null()).unwrap();
    assert_eq!(news["body"]["findings"][0]["path"], path.as_str());
    assert_eq!(news["body"]["findings"][0]["object"], object.as_str());
    assert_eq!(news["deposit"]["retention_class"], "audit_event");
    instance.stop();
    let before = instance.run_ok(&["dump"]);
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    instance.run_ok(&["rebuild"]);
    assert!(before == instance.run_ok(&["dump"]), "the dump is equal");
    instance.run_ok(&["verify", "--full"]);
}

#[test]
fn five_answers_are_five_and_an_archive_that_is_away_is_never_well() {
    let instance = Instance::demo();
    let whole = a_round(&instance);
    let files = in_company(content(&instance));
    let kept: Vec<Vec<u8>> = files[..3].iter().map(|file| fs::read(file).unwrap()).collect();
    fs::write(&files[0], "hurt").unwrap();
    fs::remove_file(&files[1]).unwrap();
    make_unreadable(&files[2]);
    let note = instance.storage_root().join("note.txt");
    fs::write(&note, "?").unwrap();
    let hurt = a_round(&instance);
    assert_eq!(open_by_outcome(&instance), [1.0, 1.0, 1.0, 1.0, 0.0], "{hurt}");
    let checked = &hurt["last_complete"];
    assert_eq!(checked["objects_damaged"], 3);

    // While the disk is away no object is called well, missing or damaged.
    let away = instance.data.with_extension("away");
    fs::rename(instance.storage_root(), &away).unwrap();
    let output = instance.run(&["fixity", "--again"]);
    assert_eq!(output.status.code(), Some(2), "{}", lossy(&output.stdout));
    fs::rename(&away, instance.storage_root()).unwrap();
    again(&instance);
    fs::rename(instance.storage_root(), &away).unwrap();
    let gone = until("the scrubber to see that it cannot look", || {
        let now = fixity(&instance);
        findings(&now).iter().any(|finding| finding["outcome"] == "not-checked").then_some(now)
    });
    assert_eq!(open_by_outcome(&instance)[1], 1.0, "nothing else is missing: {gone}");
    assert_eq!(gone["last_complete"], hurt["last_complete"], "it is no complete round");

    until("the event to wait", || instance.log().contains("a fixity event was not sealed").then_some(()));
    assert!(!instance.storage_root().exists(), "nothing is sealed where the disk should be");
    fs::rename(&away, instance.storage_root()).unwrap();
    for (file, bytes) in files.iter().zip(&kept) {
        put_back(file, bytes);
    }
    fs::remove_file(note).unwrap();
    assert!(findings(&again(&instance)).is_empty(), "looked at again at once");
    assert_eq!(open_by_outcome(&instance), [0.0; 5]);
    assert_ne!(whole["last_complete"], hurt["last_complete"]);
}

#[test]
fn an_error_that_passes_is_counted_and_not_told() {
    let server = Smtp::started();
    let instance = with_mail(&server);
    let file = content(&instance)[0].clone();
    let bytes = make_unreadable(&file);
    let before = again(&instance);
    until("the first look", || instance.log().contains("something looks wrong").then_some(()));
    put_back(&file, &bytes);
    let after = round_after(&instance, &before);
    let checked = &after["last_complete"];
    assert_eq!((&checked["passing_errors"], &checked["objects_damaged"]), (&1.into(), &0.into()), "{after}");
    assert_eq!(metric(&instance, "livsbog_fixity_passing_errors"), 1.0);
    assert!(findings(&after).is_empty() && !instance.log().contains("not as it was sealed"));
    assert!(server.letters().is_empty());
}

#[test]
fn a_round_survives_a_kill_and_looks_at_nothing_twice() {
    let mut instance = Instance::prepared();
    let objects = instance_objects(&instance);
    instance.set("LIVSBOG_SCRUB_BYTES_PER_SECOND", "400000");
    instance.start();
    let ordered = again(&instance);
    let killed = until("some of the round", || {
        let now = fixity(&instance);
        (now["round"]["objects_ok"].as_u64()? > 20).then_some(now)
    });
    instance.kill();
    let kept = fixity(&instance);
    assert!(kept["progress"].as_f64().unwrap() < 1.0, "{kept}");
    assert!(kept["round"]["objects_ok"].as_u64() >= killed["round"]["objects_ok"].as_u64());

    instance.set("LIVSBOG_SCRUB_BYTES_PER_SECOND", "500000000");
    instance.start();
    let ended = round_after(&instance, &ordered);
    let checked = &ended["last_complete"];
    assert_eq!(checked["begun_at"], kept["round"]["begun_at"], "it is the same round");
    assert_eq!(checked["objects_ok"].as_u64(), Some(objects), "each object once: {ended}");
    assert_eq!(metric(&instance, "livsbog_fixity_round_progress"), 1.0);

    // What came since has its turn in the next round: one event, and what is sealed now.
    let child = instance.persona("foster_parent");
    instance.api(&child).upload_ok(&child.children[0], "a.jpg", &distinct_jpeg(1, 5_000));
    let next = a_round(&instance);
    assert!(next["last_complete"]["objects_ok"].as_u64() >= Some(objects + 1), "{next}");
}

/// The objects that a round has to look at.
fn instance_objects(instance: &Instance) -> u64 {
    let files = files_under(&instance.storage_root());
    files.iter().filter(|file| file.ends_with("0=ocfl_object_1.1")).count() as u64
}

#[test]
fn a_letter_waits_for_a_mail_server_that_is_away_and_the_scrubber_does_not() {
    let mut server = Smtp::prepared();
    let instance = with_mail(&server);
    let file = content(&instance)[0].clone();
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, "hurt").unwrap();
    a_round(&instance);
    until("a letter to fail", || instance.log().contains("no mail about findings was sent").then_some(()));
    put_back(&file, &bytes);
    assert!(findings(&a_round(&instance)).is_empty(), "rounds go on, and what is well again is cleared");
    server.open();
    let letter = until("the letter", || server.letters().pop());
    assert!(letter.text.contains("content-changed") && letter.text.contains("i orden igen"), "{letter:?}");
    assert!(letter.subject.contains("skal ses efter"), "{letter:?}");
    assert!(!instance.log().contains("drift@example.dk"), "no address in the log");
}

#[test]
fn letters_go_under_tls_and_only_to_a_server_that_is_known() {
    let mut server = Smtp::prepared();
    let certificate = server.open_under_tls();
    let mut instance = Instance::prepared();
    for (name, value) in server.settings() {
        instance.set(name, &value);
    }
    let (_, address) = &server.settings()[0];
    instance.set("LIVSBOG_MAIL_URL", &format!("{address}?tls=required"));
    instance.start();
    fs::write(&content(&instance)[0], "hurt").unwrap();
    a_round(&instance);
    until("a refusal", || instance.log().contains("no mail about findings was sent").then_some(()));
    assert!(server.letters().is_empty());
    instance.stop();
    instance.set("SSL_CERT_FILE", certificate.to_str().unwrap());
    instance.start();
    until("the letter", || server.letters().pop());
}

#[test]
fn the_scrubber_keeps_its_memory_in_postgresql_too() {
    let cluster = Postgres::start();
    let instance = Instance::demo_on(cluster.database());
    a_round(&instance);
    let file = content(&instance)[0].clone();
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, "hurt").unwrap();
    assert_eq!(findings(&a_round(&instance)).len(), 1);
    assert_eq!(open_by_outcome(&instance), [1.0, 0.0, 0.0, 0.0, 0.0]);
    until("the events to be sealed", || Some(events(&instance)).filter(|all| all.len() == 3));
    put_back(&file, &bytes);
    assert!(findings(&again(&instance)).is_empty());
}

#[test]
fn settings_that_cannot_work_are_refused_and_the_password_is_never_shown() {
    let mut instance = Instance::prepared();
    let refused = |instance: &Instance, what: &str| {
        let output = instance.run(&["work"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(lossy(&output.stderr).contains(what), "{}", lossy(&output.stderr));
    };
    for name in ["LIVSBOG_SCRUB_DAYS", "LIVSBOG_SCRUB_BYTES_PER_SECOND"] {
        instance.set(name, "0");
        refused(&instance, name);
        instance.set(name, "7");
    }
    instance.set("LIVSBOG_MAIL_URL", "smtps://bog:hemmelig@mail.example.dk");
    refused(&instance, "mail_to");
    instance.set("LIVSBOG_MAIL_FROM", "livsbog@example.dk");
    instance.set("LIVSBOG_MAIL_TO", "nobody");
    refused(&instance, "mail_to");
    let shown = lossy(&instance.run_ok(&["config", "show"]));
    assert!(shown.contains("mail.example.dk") && !shown.contains("hemmelig"), "{shown}");
    assert!(shown.contains("scrub_days = 7"), "{shown}");
}
