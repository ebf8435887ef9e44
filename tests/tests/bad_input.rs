//! Bad input gets a clear answer and loses nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::cut::{upload_cut_midway, upload_endless};
use tests::instance::files_under;
use tests::photos::{PHONE_PHOTO, distinct_jpeg, fixture, png_claiming};
use tests::stories::{photo_entry, story, with};
use tests::{Answer, Api, Disk, Instance, Persona, Postgres, oracle, wait};

/// The instance, the foster mother of the 9-year-old, and what the book held before the bad input came.
struct Scene {
    instance: Instance,
    mother: Persona,
    child: String,
    before: Vec<Value>,
}

impl Scene {
    fn new(instance: Instance) -> Self {
        let child = instance.child_reading_up_to(9).children[0].clone();
        let mother = instance.foster_parent_of(&child);
        let before = instance.api(&mother).list(&format!("/api/v1/children/{child}/entries"));
        Self { instance, mother, child, before }
    }

    fn api(&self) -> Api {
        self.instance.api(&self.mother)
    }

    fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        self.api().upload(&self.child, name, bytes)
    }

    fn post(&self, entry: &Value) -> Answer {
        self.api().post_entry(&self.child, entry)
    }

    /// The book is as it was, nothing waits half received, and the archive is whole.
    fn nothing_happened(&self) {
        let after = self.api().list(&format!("/api/v1/children/{}/entries", self.child));
        assert_eq!(after, self.before);
        let staging = self.instance.data.join("staging");
        wait::until("staging to be empty", || {
            (!staging.exists() || files_under(&staging).is_empty()).then_some(())
        });
        self.instance.run_ok(&["verify"]);
    }

    /// A good photo with a line still goes in and is read back.
    fn lives_on(&self) {
        let media = self.api().upload_ok(&self.child, "a.jpg", &distinct_jpeg(99, 10_000));
        self.post(&photo_entry("Bagefter", "Det gik godt.", &media)).expect(201);
    }
}

#[test]
fn a_file_is_what_it_contains_not_what_it_is_called() {
    let scene = Scene::new(Instance::demo());
    let html = b"<!DOCTYPE html><html><script>alert(1)</script></html>";
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>";
    let program = [&b"\x7fELF\x02\x01\x01\0"[..], &[0u8; 120]].concat();
    for (name, bytes) in [
        ("ferie.jpg", &html[..]),
        ("ferie.png", svg),
        ("ferie.heic", &program),
        ("brev.txt", b"#!/bin/sh\nrm -rf .\n"),
        ("side.html", html),
    ] {
        assert_eq!(scene.upload(name, bytes).refusal(415), "unsupported_media", "{name}");
    }
    scene.nothing_happened();
}

#[test]
fn a_truncated_or_empty_picture_is_refused() {
    let scene = Scene::new(Instance::demo());
    let photo = fixture(PHONE_PHOTO);
    for length in [0, 2, 300, photo.len() / 2, photo.len() - 2] {
        let code = scene.upload("IMG_0042.JPG", &photo[..length]).refusal(422);
        assert_eq!(code, if length == 0 { "empty_file" } else { "truncated_file" }, "{length} bytes");
    }
    scene.nothing_happened();
}

#[test]
fn a_picture_too_large_to_draw_is_refused_by_its_header() {
    let scene = Scene::new(Instance::demo());
    let answer = scene.upload("kort.png", &png_claiming(70_000, 70_000));
    assert!(answer.text().contains("100"), "the limit is named: {}", answer.text());
    assert_eq!(answer.refusal(413), "too_many_pixels");
    scene.nothing_happened();
}

#[test]
fn two_gigabytes_for_a_photo_are_refused_before_they_are_read() {
    let scene = Scene::new(Instance::demo());
    // The first would be allowed for a video, the second for nothing.
    for claimed_bytes in [1_900_000_000, 2 << 30] {
        let answer = upload_endless(&scene.instance, &scene.mother, &scene.child, claimed_bytes);
        assert_eq!(answer.status(), Some(413), "{answer:?}");
        assert!(answer.text.contains("\"limit\":"), "the limit is named: {}", answer.text);
        let is_a_photo = claimed_bytes < 2_000_000_000;
        assert!(!is_a_photo || answer.text.contains("50 MB"), "as a photo's: {}", answer.text);
        assert!(answer.sent_bytes < 80 << 20, "{} bytes were read first", answer.sent_bytes);
    }
    scene.nothing_happened();
}

#[test]
fn a_connection_cut_midway_leaves_nothing() {
    let scene = Scene::new(Instance::demo());
    let photo = fixture(PHONE_PHOTO);
    for sent_bytes in [0, 1, 1_000, photo.len() / 2, photo.len()] {
        upload_cut_midway(&scene.instance, &scene.mother, &scene.child, &photo, sent_bytes);
    }
    scene.nothing_happened();
    scene.lives_on();
}

#[test]
fn a_strange_file_name_harms_nothing_and_names_no_file() {
    let scene = Scene::new(Instance::demo());
    let long = format!("{}.jpg", "æ".repeat(300));
    for (seed, name) in
        ["../../undslap.jpg", "un\0dslap.jpg", &long, "\u{202e}gpj.undslap", ""].into_iter().enumerate()
    {
        let answer = scene.upload(name, &distinct_jpeg(seed as u64 + 10, 500));
        match answer.status {
            201 => {}
            status => drop(answer.refusal(if status == 400 { 400 } else { 422 })),
        }
    }
    let escaped = |file: &std::path::PathBuf| file.to_string_lossy().contains("undslap");
    let around = scene.instance.data.parent().unwrap();
    assert_eq!(files_under(around).into_iter().find(escaped), None);
    scene.nothing_happened();
}

#[test]
fn a_text_with_scripts_is_shown_as_text() {
    let scene = Scene::new(Instance::demo());
    let nasty = "<script>alert('hej')</script><img src=x onerror=alert(1)> & \u{202e}baglæns";
    let posted = scene.post(&story("<b>Fed</b> titel", nasty)).expect(201).json();
    let browser = scene.instance.stranger().with_cookies();
    browser.get(&scene.instance.child_reading_up_to(9).sign_in).expect(200);
    let side = format!("/bog/{}/side/{}", scene.child, posted["id"].as_str().unwrap());
    let page = browser.get(&side).expect(200).text();
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("<b>Fed"));
    assert!(page.contains("&lt;script&gt;"), "the text is there, as text");
}

#[test]
fn an_entry_that_cannot_be_is_refused() {
    let scene = Scene::new(Instance::demo());
    let good = || story("Titel", "Tekst.");
    let cases: [(&str, Value, u16); 16] = [
        ("a date in the future", with(good(), "occurred_on", "2999-01-01"), 422),
        ("a date in 1850", with(good(), "occurred_on", "1850-06-01"), 422),
        ("a day that is not", with(good(), "occurred_on", "2025-02-30"), 422),
        ("an unknown precision", with(good(), "precision", "hour"), 422),
        ("an unknown kind", with(good(), "kind", "poem"), 422),
        ("no title", with(good(), "title", Value::Null), 422),
        ("an empty title", with(good(), "title", ""), 422),
        ("a title of 201 characters", with(good(), "title", "å".repeat(201)), 422),
        (
            "an unknown band",
            with(good(), "texts", json!([{"band": "8-8", "language": "da", "text": "x"}])),
            422,
        ),
        ("a story without a text", with(good(), "texts", json!([])), 422),
        ("a letter without a text", with(with(good(), "kind", "letter"), "texts", json!([])), 422),
        ("a photo without its picture", with(good(), "kind", "photo"), 422),
        ("a picture nobody knows", photo_entry("T", "T.", "00000000-0000-4000-8000-000000000000"), 404),
        ("a text of 50,001 characters", long_text("å".repeat(50_001)), 413),
        ("a body beyond 1 MB", long_text("a".repeat(1_100_000)), 413),
        ("no object at all", json!([1, 2]), 422),
    ];
    for (what, entry, status) in cases {
        let answer = scene.post(&entry);
        // A body that is no entry at all may be called malformed as well as impossible.
        let wanted = if status == 422 && answer.status == 400 { 400 } else { status };
        assert_eq!(answer.status, wanted, "{what}: {}", answer.text());
        answer.refusal(wanted);
    }
    scene.nothing_happened();
}

fn long_text(text: String) -> Value {
    with(story("T", ""), "texts", json!([{ "band": "18+", "language": "da", "text": text }]))
}

#[test]
fn a_title_of_200_letters_and_a_text_of_50000_go_in() {
    let scene = Scene::new(Instance::demo());
    scene.post(&with(story("T", "Tekst."), "title", "å".repeat(200))).expect(201);
    scene.post(&long_text("å".repeat(50_000))).expect(201);
}

#[test]
fn nobody_learns_that_a_child_exists() {
    let scene = Scene::new(Instance::demo());
    let unknown = "00000000-0000-4000-8000-000000000000";
    let body = |answer: Answer| {
        let mut problem = answer.json();
        answer.refusal(404);
        for member in ["instance", "request_id", "trace_id"] {
            problem.as_object_mut().unwrap().remove(member);
        }
        problem
    };
    let foreign = foreign_child(&scene);
    for path in ["", "/entries", "/book?age=9", "/access-log"] {
        let at = |child: &str| body(scene.api().get(&format!("/api/v1/children/{child}{path}")));
        assert_eq!(at(&foreign), at(unknown), "{path}");
    }
    scene.api().upload(unknown, "a.jpg", &distinct_jpeg(3, 100)).refusal(404);
    scene.api().post_entry(&foreign, &story("T", "T.")).refusal(404);
    scene.api().get("/api/v1/children/not-an-id").refusal(404);
}

fn foreign_child(scene: &Scene) -> String {
    let people = scene.instance.personas();
    let mut strangers = people.iter().filter(|person| person.municipality != scene.mother.municipality);
    strangers.find_map(|person| person.children.first()).expect("a child of another municipality").clone()
}

#[test]
fn a_token_that_is_not_one_opens_nothing() {
    let scene = Scene::new(Instance::demo());
    for token in ["", "x", "lb_00000000000000000000000000000000", &format!("{}x", scene.mother.token)] {
        let caller = Api::new(&scene.instance.origin, Some(token));
        let answer = caller.get("/api/v1/me");
        assert!(answer.headers.contains_key("www-authenticate"), "401 says how to sign in");
        answer.refusal(401);
        caller.upload(&scene.child, "a.jpg", &distinct_jpeg(4, 100)).refusal(401);
    }
    scene.instance.stranger().get("/api/v1/children").refusal(401);
    scene.nothing_happened();
}

#[test]
fn an_idempotency_key_makes_a_second_try_harmless() {
    let scene = Scene::new(Instance::demo());
    let path = format!("/api/v1/children/{}/entries", scene.child);
    let entry = story("Én gang", "Kun én gang.");
    let send = |entry: &Value| {
        let request =
            scene.api().request(reqwest::Method::POST, &path).header("Idempotency-Key", "key-1").json(entry);
        Api::send(request).unwrap()
    };
    let first = send(&entry).expect(201).json();
    let second = send(&entry).expect(201).json();
    assert_eq!(first, second);
    let listed = scene.api().list(&path);
    assert_eq!(listed.len(), scene.before.len() + 1);
    assert_eq!(send(&story("Noget andet", "Andet.")).refusal(422), "idempotency_key_reused");
}

#[test]
fn a_full_disk_is_said_and_survived() {
    let disk = Disk::new();
    let settings = disk.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let scene = Scene::new(Instance::demo_with(&settings));
    disk.fill();
    for seed in 0..3 {
        assert_eq!(scene.upload("a.jpg", &distinct_jpeg(seed, 400_000)).refusal(507), "storage_full");
    }
    scene.instance.stranger().get("/healthz").expect(200);
    disk.make_room();
    scene.nothing_happened();
    scene.lives_on();
    oracle::ocfl_py(&scene.instance.storage_root()).content();
}

#[test]
fn a_database_that_goes_away_is_said_and_survived() {
    let cluster = Postgres::start();
    let scene = Scene::new(Instance::demo_on(cluster.database()));
    cluster.interrupt();
    assert_eq!(scene.upload("a.jpg", &distinct_jpeg(1, 5_000)).refusal(503), "unavailable");
    scene.api().get("/api/v1/me").refusal(503);
    scene.instance.stranger().get("/readyz").expect(503);
    scene.instance.stranger().get("/healthz").expect(200);
    cluster.resume();
    wait::until("the service to find its database again", || {
        (scene.instance.stranger().get("/readyz").status == 200).then_some(())
    });
    scene.nothing_happened();
    scene.lives_on();
}
