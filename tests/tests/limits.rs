//! What a large deposit costs, and what readers get of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use reqwest::Method;
use tests::client::sha256;
use tests::photos::{PHONE_PHOTO, fixture};
use tests::stories::story;
use tests::{Api, Instance};

/// Plain text of at least `megabytes`.
fn long_letter(megabytes: usize) -> Vec<u8> {
    "Kære dig. I dag regnede det, og vi bagte boller.\n".repeat(megabytes * 1_000_000 / 48).into_bytes()
}

/// The most memory the program has held so far.
fn peak_kilobytes(instance: &Instance) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", instance.process_id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("VmHWM");
    line.split_ascii_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9).children[0].clone();
    let api = instance.api(&instance.foster_parent_of(&child));
    api.upload_ok(&child, "brev.txt", &long_letter(4));
    let before = peak_kilobytes(&instance);
    let letter = long_letter(95);
    let media = api.upload_ok(&child, "breve.txt", &letter);
    let original = api.get(&format!("/api/v1/media/{media}/original")).expect(200).body;
    assert_eq!(sha256(&original), sha256(&letter));
    let grown_kilobytes = peak_kilobytes(&instance) - before;
    assert!(grown_kilobytes < 32_000, "95 MB in and out took {grown_kilobytes} kB more");
}

#[test]
fn a_document_beyond_100_megabytes_is_refused() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9).children[0].clone();
    let api = instance.api(&instance.foster_parent_of(&child));
    // The server may hang up on the rest of the body; then there is no answer to read, but nothing was taken in either.
    if let Ok(answer) = api.try_upload(&child, "breve.txt", &long_letter(103)) {
        assert_eq!(answer.refusal(413), "too_large");
    }
    instance.run_ok(&["verify"]);
}

#[test]
fn a_part_of_an_original_can_be_asked_for_and_nobody_else_may_keep_it() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9).children[0].clone();
    let api = instance.api(&instance.foster_parent_of(&child));
    let photo = fixture(PHONE_PHOTO);
    let media = api.upload_ok(&child, "a.jpg", &photo);
    let path = format!("/api/v1/media/{media}/original");
    // Parts inside one encrypted 64 KiB chunk, across two, and the last bytes.
    let size = photo.len();
    for (range, wanted) in [
        ("bytes=1000-1999".to_owned(), &photo[1000..2000]),
        ("bytes=65500-65600".to_owned(), &photo[65_500..65_601]),
        (format!("bytes={}-", size - 10), &photo[size - 10..]),
        ("bytes=-7".to_owned(), &photo[size - 7..]),
    ] {
        let answer = Api::send(api.request(Method::GET, &path).header("Range", &range)).unwrap().expect(206);
        assert!(answer.body == wanted, "{range}");
        assert!(answer.header("content-range").ends_with(&format!("/{size}")), "{range}");
        assert!(answer.header("cache-control").contains("private"), "{}", answer.header("cache-control"));
    }
    let beyond = Api::send(api.request(Method::GET, &path).header("Range", "bytes=999999999-")).unwrap();
    beyond.refusal(416);
}

#[test]
fn the_child_can_see_who_opened_its_book() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let id = &child.children[0];
    instance.api(&mother).get(&format!("/api/v1/children/{id}/book?age=9")).expect(200);
    let record = instance.api(&child).list(&format!("/api/v1/children/{id}/access-log"));
    let named = |item: &serde_json::Value| item.to_string().contains(&mother.name);
    assert!(record.iter().any(named), "{} read the book and does not stand in the record", mother.name);
}

#[test]
fn a_child_asking_above_its_age_is_told_to_wait() {
    let instance = &Instance::demo();
    let child = instance.child_reading_up_to(9);
    let answer = instance.api(&child).get(&format!("/api/v1/children/{}/book?age=15", child.children[0]));
    assert_eq!(answer.refusal(403), "not_open_yet");
    let adult = instance.foster_parent_of(&child.children[0]);
    instance.api(&adult).get(&format!("/api/v1/children/{}/book?age=15", child.children[0])).expect(200);
}

#[test]
fn a_corrected_entry_keeps_what_was_written_first() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9).children[0].clone();
    let api = instance.api(&instance.foster_parent_of(&child));
    let entry = api.post_entry(&child, &story("Turen", "Vi gik til søen.")).expect(201).json();
    let path = format!("/api/v1/entries/{}", entry["id"].as_str().unwrap());
    let corrected =
        api.post(&format!("{path}/versions"), &story("Turen", "Vi cyklede til søen.")).expect(201).json();
    assert!(!corrected["receipt"].is_null(), "a correction is a deposit with its own receipt");
    let now = api.get(&path).expect(200).text();
    assert!(now.contains("cyklede"), "{now}");
    api.get(&format!("{path}/receipt")).expect(200);
}
