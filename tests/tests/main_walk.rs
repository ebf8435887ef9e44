//! From a phone photo to the book a child reads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use tests::client::text;
use tests::photos::{self, PHONE_PHOTO, fixture};
use tests::stories::photo_entry;
use tests::{Instance, Persona, Postgres, oracle};

const TITLE: &str = "Dagen ved søen";
const LINE: &str = "Du fangede en skalle og råbte så højt, at ænderne lettede.";

struct Walk {
    child: Persona,
    mother: Persona,
    media: String,
    entry: String,
    photo: Vec<u8>,
}

/// The foster mother of the 9-year-old uploads a photo and writes one line.
fn contribute(instance: &Instance, photo: Vec<u8>, name: &str) -> Walk {
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let api = instance.api(&mother);
    let media = api.upload_ok(&child.children[0], name, &photo);
    let posted = api.post_entry(&child.children[0], &photo_entry(TITLE, LINE, &media)).expect(201).json();
    assert!(!posted["receipt"].is_null(), "the contributor gets a receipt");
    Walk { child, mother, media, entry: text(&posted, "id"), photo }
}

fn the_child_finds_it(instance: &Instance, walk: &Walk) {
    let (id, reader) = (&walk.child.children[0], instance.api(&walk.child));
    let book = reader.get(&format!("/api/v1/children/{id}/book?age=9")).expect(200).text();
    for wanted in [TITLE, LINE, walk.media.as_str()] {
        assert!(book.contains(wanted), "{wanted} is not in the book");
    }
    let browser = instance.stranger().with_cookies();
    browser.get(&walk.child.sign_in).expect(200);
    browser.get(&format!("/bog/{id}")).expect(200);
    let page = browser.get(&format!("/bog/{id}/side/{}", walk.entry)).expect(200).text();
    assert!(page.contains(TITLE) && page.contains(LINE), "the page shows title and line");
    assert!(page.contains(&walk.media), "the page shows the picture");
    let entries = reader.list(&format!("/api/v1/children/{id}/entries"));
    assert!(entries.iter().any(|entry| entry["id"] == walk.entry.as_str()));
}

#[test]
fn a_foster_mothers_photo_is_in_the_childs_book_and_in_its_pdf() {
    let instance = Instance::demo();
    let walk = contribute(&instance, fixture(PHONE_PHOTO), "IMG_0042.JPG");
    the_child_finds_it(&instance, &walk);

    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("bog.pdf");
    std::fs::write(&pdf, instance.api(&walk.child).edition(&walk.child.children[0], 9)).unwrap();
    let words = oracle::pdftotext(&pdf);
    assert!(words.contains("Dagen ved søen"), "the printed book has the title");
    assert!(words.contains("skalle"), "the printed book has the line");
}

#[test]
fn the_same_walk_goes_on_postgresql() {
    let cluster = Postgres::start();
    let instance = Instance::demo_on(cluster.database());
    let walk = contribute(&instance, fixture(PHONE_PHOTO), "IMG_0042.JPG");
    the_child_finds_it(&instance, &walk);
}

#[test]
fn the_original_is_kept_to_the_byte_and_what_is_shown_tells_nothing_else() {
    let instance = Instance::demo();
    let walk = contribute(&instance, fixture(PHONE_PHOTO), "IMG_0042.JPG");
    assert!(!photos::metadata_in(&walk.photo).is_empty(), "the fixture carries EXIF");
    let depositor = instance.api(&walk.mother);
    let original = depositor.get(&format!("/api/v1/media/{}/original", walk.media)).expect(200).body;
    assert!(original == walk.photo, "the original is not byte for byte what was sent");
    renditions_are_upright_and_silent(&instance, &walk, 4032 / 3);
    printed_pictures_are_silent(&instance, &walk);
}

fn renditions_are_upright_and_silent(instance: &Instance, walk: &Walk, ratio_of: u32) {
    let reader = instance.api(&walk.child);
    for (size, longest) in [("small", 320), ("medium", 1280), ("large", 2048)] {
        let bytes = reader.rendition(&walk.media, size);
        assert_eq!(photos::metadata_in(&bytes), Vec::<String>::new(), "{size}");
        let picture = photos::decode(&bytes);
        assert_eq!(picture.width().max(picture.height()), longest, "{size}");
        if ratio_of > 0 {
            assert!(picture.height() > picture.width(), "{size} stands upright");
            let (above, below) = photos::light_above_and_below(&picture);
            assert!(above > below, "{size}: the sky ({above:.0}) is above the ground ({below:.0})");
        }
    }
}

fn printed_pictures_are_silent(instance: &Instance, walk: &Walk) {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("bog.pdf");
    std::fs::write(&pdf, instance.api(&walk.child).edition(&walk.child.children[0], 9)).unwrap();
    let bytes = std::fs::read(&pdf).unwrap();
    for mark in [&b"Exif\0\0"[..], b"GPSLatitude"] {
        assert!(!photos::contains(&bytes, mark), "the PDF carries the camera's data");
    }
    let pictures = oracle::pdfimages(&pdf, &folder.path().join("pictures"));
    assert!(!pictures.is_empty(), "the PDF has pictures");
    for picture in pictures {
        let metadata = photos::metadata_in(&std::fs::read(&picture).unwrap());
        assert_eq!(metadata, Vec::<String>::new(), "{}", picture.display());
    }
}

#[test]
fn a_heic_from_an_iphone_goes_the_same_way() {
    let instance = Instance::demo();
    let names = photos::fixtures_ending(".heic");
    assert!(!names.is_empty(), "there is a HEIC among the fixtures");
    for name in names {
        let walk = contribute(&instance, fixture(&name), &name);
        let depositor = instance.api(&walk.mother);
        let original = depositor.get(&format!("/api/v1/media/{}/original", walk.media)).expect(200).body;
        assert!(original == walk.photo, "{name}: the original is not byte for byte what was sent");
        renditions_are_upright_and_silent(&instance, &walk, 0);
    }
}

#[test]
fn a_second_demo_start_finds_everything_as_it_was() {
    let mut instance = Instance::demo();
    let walk = contribute(&instance, fixture(PHONE_PHOTO), "IMG_0042.JPG");
    let path = format!("/api/v1/children/{}/entries", walk.child.children[0]);
    let before = instance.api(&walk.child).list(&path);
    let people = instance.personas();

    assert_eq!(instance.stop(), Some(0), "SIGTERM ends it well");
    instance.start();

    assert_eq!(instance.api(&walk.child).list(&path), before);
    let again = instance.personas();
    let tokens = |personas: &[Persona]| personas.iter().map(|one| one.token.clone()).collect::<Vec<_>>();
    assert_eq!(tokens(&again), tokens(&people), "tokens outlive a restart");
    instance.stranger().with_cookies().get(&walk.child.sign_in).expect(200);
    instance.stranger().with_cookies().get(&walk.child.sign_in).expect(200);
}

#[test]
fn the_demo_has_the_people_the_contract_promises() {
    let instance = &Instance::demo();
    let people = instance.personas();
    let kinds =
        "foster_parent institution_staff caseworker leader archivist child adult support_person system";
    for kind in kinds.split(' ') {
        assert!(people.iter().any(|person| person.persona == kind), "{kind} is missing");
    }
    let municipalities: std::collections::BTreeSet<_> =
        people.iter().map(|person| &person.municipality).collect();
    assert!(municipalities.len() >= 2);
    for age in [6, 9, 15, 17] {
        let child = instance.child_reading_up_to(age);
        assert_eq!(child.children.len(), 1, "a child reads its own book");
        instance.foster_parent_of(&child.children[0]);
    }
    for person in &people {
        let listed = instance.api(person).list("/api/v1/children");
        let mut ids: Vec<&str> = listed.iter().filter_map(|child| child["id"].as_str()).collect();
        let mut promised: Vec<&str> = person.children.iter().map(String::as_str).collect();
        ids.sort_unstable();
        promised.sort_unstable();
        assert_eq!(ids, promised, "{} ({})", person.name, person.persona);
    }
    assert!(instance.data.join("livsbog.db").exists());
}
