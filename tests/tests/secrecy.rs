//! Nothing personal stands in a path, an inventory, a key, the log of the archive, a metric or the program's own log.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use tests::client::sha256;
use tests::instance::files_under;
use tests::photos::{PHONE_PHOTO, contains, fixture};
use tests::stories::photo_entry;
use tests::{Instance, Persona};

const TITLE: &str = "Hemmelighedsfuld titel";
const LINE: &str = "Kun barnet skal læse om blåbærgrøden.";
const FILE_NAME: &str = "Ida-og-farmor.jpg";

/// Every word that belongs to somebody.
fn personal(instance: &Instance, photo: &[u8]) -> Vec<String> {
    let people = instance.personas();
    let of = |person: &Persona| [person.name.clone(), person.token.clone()];
    let mut words: Vec<String> = people.iter().flat_map(of).collect();
    words.extend([TITLE, LINE, FILE_NAME, &sha256(photo)].map(str::to_owned));
    words
}

#[test]
fn what_is_stored_in_the_clear_names_nobody() {
    let mut instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let photo = fixture(PHONE_PHOTO);
    let api = instance.api(&mother);
    let media = api.upload_ok(&child.children[0], FILE_NAME, &photo);
    api.post_entry(&child.children[0], &photo_entry(TITLE, LINE, &media)).expect(201);
    api.get(&format!("/api/v1/children/{}/book?age=9", child.children[0])).expect(200);
    api.get("/api/v1/children/nobody-of-this-name").refusal(404);
    let metrics = instance.stranger().get("/metrics").expect(200).text();
    let words = personal(&instance, &photo);
    instance.stop();

    for word in &words {
        assert!(!metrics.contains(word.as_str()), "a metric names {word}");
        assert!(!instance.log().contains(word.as_str()), "the log names {word}");
    }
    for folder in ["archive", "keys", "log", "staging", "set-aside"] {
        names_nobody(&instance.data.join(folder), &words);
    }
}

fn names_nobody(folder: &Path, words: &[String]) {
    if !folder.exists() {
        return;
    }
    for file in files_under(folder) {
        let (path, bytes) = (file.to_string_lossy(), std::fs::read(&file).unwrap());
        let is_sealed = bytes.starts_with(b"age-encryption.org/v1");
        for word in words {
            assert!(!path.contains(word.as_str()), "{path} is called {word}");
            assert!(is_sealed || !contains(&bytes, word.as_bytes()), "{path} says {word}");
        }
    }
}

#[test]
fn a_picture_is_for_this_reader_alone_to_keep() {
    let instance = &Instance::demo();
    let child = instance.child_reading_up_to(9);
    let api = instance.api(&child);
    let id = &child.children[0];
    for path in [format!("/api/v1/children/{id}/book?age=9"), format!("/api/v1/children/{id}/entries")] {
        let answer = api.get(&path).expect(200);
        let kept = answer.header("cache-control");
        assert!(kept.contains("private") || kept.contains("no-store"), "{path}: {kept:?}");
    }
}
