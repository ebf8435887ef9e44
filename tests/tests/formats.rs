//! Every original's format is known by its PRONOM identifier, as the archives' own tool gives it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use tests::photos::{PHONE_PHOTO, fixture};
use tests::{Instance, oracle};

/// How many originals there are by PRONOM identifier.
fn counted(instance: &Instance) -> BTreeMap<String, u64> {
    let listed: Value = serde_json::from_slice(&instance.run_ok(&["formats", "--json"])).unwrap();
    let mut counted = BTreeMap::new();
    for format in listed.as_array().unwrap() {
        let pronom = format["pronom"].as_str().unwrap();
        let pronom = if pronom.is_empty() { "UNKNOWN" } else { pronom };
        *counted.entry(pronom.to_owned()).or_default() += format["count"].as_u64().unwrap();
    }
    counted
}

#[test]
fn the_formats_in_the_archive_are_those_that_siegfried_finds() {
    let instance = Instance::demo();
    let persona = instance.persona("foster_parent");
    let mother = instance.api(&persona);
    let folder = tempfile::tempdir().unwrap();
    let pdf = |version| format!("%PDF-{version}\n1 0 obj\nendobj\n%%EOF\n").into_bytes();
    let wave =
        b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\0\0\0\0"
            .to_vec();
    let files = [
        ("a.jpg", fixture(PHONE_PHOTO)),
        ("b.heic", fixture("phone-gps-rotated.heic")),
        ("c.webp", fixture("lossy-exif.webp")),
        ("d.avif", fixture("tiny.avif")),
        ("e.pdf", pdf("1.4")),
        ("f.pdf", pdf("1.7")),
        ("g.pdf", pdf("2.0")),
        ("h.txt", "Kære Alma, i dag så vi en ræv.".into()),
        ("i.wav", wave),
    ];
    let mut expected = counted(&instance);
    assert!(!expected.contains_key("UNKNOWN"), "the demo's own: {expected:?}");
    for (name, bytes) in files {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        mother.upload_ok(&persona.children[0], name, &bytes);
        *expected.entry(oracle::pronom(&path)).or_default() += 1;
    }
    assert_eq!(counted(&instance), expected);
}
