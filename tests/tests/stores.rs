//! An S3 bucket with Object Lock as the archive's first place: the program on it, from init to rebuild.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::process::{Command, Output};

use serde_json::json;
use tests::client::{sha256, text};
use tests::instance::lossy;
use tests::photos::{PHONE_PHOTO, distinct_jpeg, fixture};
use tests::stories::photo_entry;
use tests::{Api, Family, Instance, S3, oracle, until};

#[track_caller]
fn exits(output: &Output, code: i32) -> String {
    let said = format!("{}{}", lossy(&output.stdout), lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

#[test]
fn a_bucket_that_locks_holds_the_archive() {
    lives_in(&S3::locking("COMPLIANCE"));
}

#[test]
fn a_bucket_of_ceph_holds_the_archive() {
    if let Some(server) = S3::locking_ceph("COMPLIANCE") {
        lives_in(&server);
    }
}

/// From init over an upload, a page, a restart and the loss of the database to other people's validator.
fn lives_in(server: &S3) {
    let Family { mut instance, mother, alma, .. } = Family::of(Instance::real_with(&server.store_settings()));
    // Long enough to go in several pieces.
    let photo = distinct_jpeg(1, 20_000_000);
    let media = mother.upload_ok(&alma, "a.jpg", &photo);
    mother.post_entry(&alma, &photo_entry("Søen", "Vi var ved søen.", &media)).expect(201);
    assert!(mother.get(&format!("/api/v1/media/{media}/original")).expect(200).body == photo);
    let book = mother.get(&format!("/api/v1/children/{alma}/book?age=9")).expect(200).text();
    assert!(book.contains("Vi var ved søen."), "{book}");
    assert_eq!(instance.stop(), Some(0));

    for name in ["archive", "keys"] {
        assert_eq!(instance.data.join(name).exists(), name == "keys", "{name}");
    }
    let keys = server.keys("livsbog/");
    assert!(keys.iter().any(|key| key.starts_with("livsbog/log/tile/")), "{keys:?}");
    assert!(!keys.iter().any(|key| key.contains("/keys/") || key.contains("staging")), "{keys:?}");

    // From here on the place is known from the instance's own settings.
    instance.unset("LIVSBOG_STORE_URL");
    let before = instance.run_ok(&["dump"]);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    instance.run_ok(&["rebuild"]);
    assert!(before == instance.run_ok(&["dump"]), "the dump before and after");
    instance.run_ok(&["verify", "--full"]);
    oracle::ocfl_py_in_bucket(&format!("s3://{}/livsbog/archive", server.bucket), &server.store_settings())
        .content();
    let shown = exits(&instance.run(&["config", "show"]), 0);
    assert!(shown.contains("s3://locked/livsbog") && !shown.contains("only-for-tests"), "{shown}");
}

/// Every byte in the bucket is looked at, what is wrong is found, and what is well is locked for as long again.
#[test]
fn the_scrubber_looks_at_a_bucket_and_rolls_its_locks_on() {
    let server = S3::locking("COMPLIANCE");
    let days = [("LIVSBOG_STORE_LOCK_DAYS", "900".to_owned())];
    let mut instance = Instance::empty_with(&[server.store_settings().as_slice(), &days].concat());
    instance.start();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let media = instance.api(&mother).upload_ok(&child.children[0], "a.jpg", &fixture(PHONE_PHOTO));
    let state = |args: &[&str]| {
        let told = instance.run(&[&["fixity", "--json"], args].concat());
        serde_json::from_slice::<serde_json::Value>(&told.stdout).unwrap()
    };
    let a_round = || {
        let before = state(&["--again"]);
        until("a round through the bucket", || {
            let now = state(&[]);
            (now["round"].is_null() && now["last_complete"] != before["last_complete"]).then_some(now)
        })
    };
    assert_eq!(a_round()["findings"], json!([]));
    let keys = server.keys("livsbog/");
    let content = keys.iter().find(|key| key.contains("/content/")).unwrap();
    let until_year = |key: &str| {
        let told = server.told("retention", key, &server.versions(key)[0]);
        let day = told.split("<RetainUntilDate>").nth(1).unwrap_or_else(|| panic!("{key}: {told}"));
        day[..4].parse::<i32>().unwrap()
    };
    // 900 days from now, where the bucket's own default is some days.
    let lasting = ["livsbog/log/checkpoint", "livsbog/archive/0=ocfl_1.1", content.as_str()];
    let years = lasting.map(until_year);
    assert!(years.iter().all(|year| *year >= years[0] && *year > 2028), "{years:?}");

    server.delete(content);
    let found = a_round();
    let codes: Vec<&str> =
        found["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["delete-marker"], "{found}");
    let path = format!("/api/v1/media/{media}/original");
    assert!(instance.api(&mother).get(&path).expect(200).body == fixture(PHONE_PHOTO));
}

/// What somebody has asked to stay cannot be deleted in the bucket either, by who may delete what is locked.
#[test]
fn a_hold_is_a_legal_hold_in_the_bucket_until_nobody_asks_any_more() {
    holds_in(&S3::locking("GOVERNANCE"));
}

#[test]
fn a_hold_is_a_legal_hold_in_a_bucket_of_ceph_too() {
    if let Some(server) = S3::locking_ceph("GOVERNANCE") {
        holds_in(&server);
    }
}

fn holds_in(server: &S3) {
    let mut instance = Instance::empty_with(&server.store_settings());
    instance.start();
    let reader = instance.child_reading_up_to(9);
    let child = &reader.children[0];
    let mother = instance.api(&instance.foster_parent_of(child));
    let decides =
        |person: &&tests::Persona| person.persona == "caseworker" && person.children.contains(child);
    let caseworker = instance.api(instance.personas().iter().find(decides).unwrap());
    let photo = |seed| mother.upload_ok(child, "a.jpg", &distinct_jpeg(seed, 20_000));
    let (held, other) = (photo(1), photo(2));
    let entry = mother.post_entry(child, &photo_entry("Søen", "Vi var ved søen.", &held)).expect(201).json();
    let files = |object: &str| {
        let name = sha256(format!("urn:uuid:{object}").as_bytes());
        server.keys(&format!("livsbog/archive/{}/{}/{name}/", &name[..2], &name[2..4]))
    };
    let status = |object: &str| {
        let told = |key: &String| server.told("legal-hold", key, &server.versions(key)[0]);
        let mut told: Vec<bool> = files(object).iter().map(|key| told(key).contains("ON")).collect();
        told.dedup();
        if let [all] = told[..] { Some(all) } else { None }
    };
    let becomes =
        |object: &str, on: bool| until("the bucket to follow", || (status(object) == Some(on)).then_some(()));
    let holds = format!("/api/v1/children/{child}/holds");
    let place = |asked| text(&caseworker.post(&holds, &asked).expect(201).json(), "id");
    let lift = |hold: &str| {
        let path = format!("/api/v1/holds/{hold}");
        Api::send(caseworker.request(reqwest::Method::DELETE, &path)).unwrap().expect(204);
    };
    let delete = |object: &str| {
        let content = files(object).into_iter().find(|key| key.contains("/content/")).unwrap();
        server.delete_version(&content, &server.versions(&content)[0])
    };

    // One entry with its files, and nothing else.
    let of_entry = place(json!({ "why": "dispute", "entry": entry["id"] }));
    becomes(&held, true);
    becomes(&text(&entry, "id"), true);
    assert_eq!(status(&other), Some(false));
    let refused = delete(&held);
    assert!((400..500).contains(&refused), "deleted what is held: {refused}");

    // Everything of the child's, by whoever starts next.
    let of_all = place(json!({ "why": "request" }));
    instance.kill();
    instance.start();
    becomes(&other, true);
    becomes(&of_all, true);
    // What came while it stands is found by the scrubber.
    let later = photo(3);
    assert_eq!(status(&later), Some(false));
    instance.run(&["fixity", "--again"]);
    becomes(&later, true);

    lift(&of_all);
    for object in [&other, &later, &of_all] {
        becomes(object, false);
    }
    assert_eq!(status(&held), Some(true), "somebody else still asks for it");
    lift(&of_entry);
    becomes(&held, false);
    assert_eq!(delete(&held), 204, "it was the hold that kept it");
}

#[test]
fn what_is_put_over_in_the_bucket_is_named_and_the_photo_still_served() {
    let server = S3::locking("GOVERNANCE");
    let mut instance = Instance::empty_with(&server.store_settings());
    instance.start();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let media = instance.api(&mother).upload_ok(&child.children[0], "a.jpg", &fixture(PHONE_PHOTO));
    instance.stop();
    let content: Vec<String> =
        server.keys("livsbog/archive/").into_iter().filter(|key| key.contains("/content/")).collect();
    for (number, key) in content.iter().enumerate() {
        if number % 2 == 0 { server.overwrite(key, "something else") } else { server.delete(key) }
    }
    instance.start();
    let path = format!("/api/v1/media/{media}/original");
    assert!(instance.api(&mother).get(&path).expect(200).body == fixture(PHONE_PHOTO));
    let told = exits(&instance.run(&["verify", "--full"]), 1);
    let count = |code: &str| told.lines().filter(|line| line.starts_with(code)).count();
    assert_eq!(count("version-extra") + count("delete-marker"), content.len(), "{told}");
    assert_eq!(count("version-extra"), content.len().div_ceil(2), "{told}");
    assert_eq!(told.lines().count(), content.len() + 1, "nothing else: {told}");
    // The database knows which versions to read. Without it they are looked up, and what lies over them is told.
    assert_eq!(instance.stop(), Some(0));
    let before = instance.run_ok(&["dump"]);
    let said = exits(&instance.run(&["rebuild"]), 0);
    assert!(said.contains("put over or deleted"), "{said}");
    assert!(before == instance.run_ok(&["dump"]), "the dump before and after");
}

#[test]
fn a_bucket_that_cannot_be_used_is_told_of_with_the_next_step_before_anything_is_made() {
    let server = S3::start();
    let init = ["init", "--municipality", "Mols Kommune", "--administrator", "Hanne Kvist"];
    let refused = |changes: &[(&str, &str)], command: &[&str], advice: [&str; 2]| {
        let instance = Instance::empty_with(&server.store_settings());
        let mut command: Command = instance.command(command);
        for (name, value) in changes {
            if value.is_empty() {
                command.env_remove(name)
            } else {
                command.env(name, value)
            };
        }
        let said = exits(&command.output().unwrap(), 2);
        assert!(advice.iter().all(|advice| said.contains(advice)), "{changes:?}: {said}");
        assert!(!instance.data.join("secrets").exists(), "half an instance: {said}");
    };
    refused(&[], &init, ["Opret bucket'en med Object Lock", "LIVSBOG_STORE_LOCK=none"]);
    let locks = [("LIVSBOG_STORE_LOCK", "compliance")];
    refused(&locks, &["demo", "--no-serve"], ["locks nothing", "default retention"]);
    refused(&[("LIVSBOG_STORE_LOCK", "some")], &init, ["LIVSBOG_STORE_LOCK=some", "governance"]);
    let nowhere = [("AWS_ENDPOINT_URL", "http://127.0.0.1:1")];
    refused(&nowhere, &init, ["Tjek AWS_ENDPOINT_URL", "does not answer"]);
    let missing = [("LIVSBOG_STORE_URL", "s3://nothere/bog")];
    refused(&missing, &init, ["there is no such bucket", "ret LIVSBOG_STORE_URL"]);
    for wrong in ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"] {
        refused(&[(wrong, "wrong")], &init, ["does not accept the credentials", "Ret AWS_ACCESS_KEY_ID"]);
    }
    let none = [("AWS_SECRET_ACCESS_KEY", ""), ("AWS_ACCESS_KEY_ID", "")];
    refused(&none, &init, ["no credentials", "Sæt AWS_ACCESS_KEY_ID"]);
    refused(&[("LIVSBOG_STORE_URL", "ftp://there/bog")], &init, ["ftp://there/bog", "s3://BUCKET/PREFIX"]);
}

#[test]
fn the_demo_goes_into_any_bucket_and_its_place_is_remembered() {
    let server = S3::start();
    let mut instance = Instance::empty_with(&server.store_settings());
    instance.run_ok(&["demo", "--no-serve"]);
    assert!(instance.log().is_empty() && !instance.data.join("archive").exists());
    instance.unset("LIVSBOG_STORE_URL");
    let told = exits(&instance.run(&["verify"]), 0);
    assert!(told.contains("objects ok"), "{told}");
    instance.start();
    let child = instance.child_reading_up_to(9);
    assert!(
        instance.api(&child).get(&format!("/api/v1/children/{}/book?age=9", child.children[0])).status == 200
    );
    instance.stop();
    // Away while it is checked: neither ok nor damaged.
    instance.set("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    exits(&instance.run(&["verify"]), 2);
}
