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

/// A picture of a format at risk gets a TIFF beside it, and a paper whatever somebody has made of it.
#[test]
fn a_copy_that_lasts_lies_beside_the_original_and_never_instead_of_it() {
    let mut instance = Instance::demo();
    let persona = instance.persona("foster_parent");
    let mother = instance.api(&persona);
    let child = &persona.children[0];
    let folder = tempfile::tempdir().unwrap();
    let heic = fixture("phone-gps-rotated.heic");
    let picture = mother.upload_ok(child, "IMG_0042.HEIC", &heic);
    let paper = mother.upload_ok(child, "brev.txt", "Kære Alma, i dag så vi en ræv.".as_bytes());
    let fetch = |media: &str, what: &str| mother.get(&format!("/api/v1/media/{media}/{what}"));
    fetch(&picture, "preservation").refusal(404);

    let preserve = |args: &[&str]| {
        let told = instance.run(&[&["preserve", "--json"], args].concat());
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        serde_json::from_slice::<Value>(&told.stdout).unwrap()
    };
    assert_eq!(preserve(&["--format", "fmt/1101"])["made"], 1);
    assert_eq!(preserve(&["--format", "fmt/1101"])["made"], 0, "what has a copy gets no second one");
    let tiff = fetch(&picture, "preservation").expect(200);
    assert_eq!(tiff.header("content-type"), "image/tiff");
    assert!(tiff.header("content-disposition").contains("IMG_0042.tif"));
    let path = folder.path().join("copy.tif");
    std::fs::write(&path, &tiff.body).unwrap();
    assert_eq!(oracle::pronom(&path), "fmt/353");
    assert_eq!(mother.rendition(&picture, "original"), heic);

    let pdf = folder.path().join("brev.pdf");
    std::fs::write(&pdf, "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n").unwrap();
    let copy = ["--copy", pdf.to_str().unwrap(), "--made-with", "LibreOffice 24.8"];
    let sealed = preserve(&[&["--media", paper.as_str()], copy.as_slice()].concat());
    assert_eq!(sealed["version"], 2);
    assert_eq!(fetch(&paper, "preservation").expect(200).body, std::fs::read(&pdf).unwrap());
    assert_eq!(fetch(&paper, "original").expect(200).text(), "Kære Alma, i dag så vi en ræv.");
    let strange = folder.path().join("a.exe");
    std::fs::write(&strange, [b'M', b'Z', 0, 1, 2, 3, 0xff, 0xfe]).unwrap();
    let refused = instance.run(&[
        "preserve",
        "--media",
        &paper,
        "--copy",
        strange.to_str().unwrap(),
        "--made-with",
        "x",
    ]);
    assert_eq!(refused.status.code(), Some(2));

    let listed: Value = serde_json::from_slice(&instance.run_ok(&["formats", "--json"])).unwrap();
    let heics = listed.as_array().unwrap().iter().find(|format| format["pronom"] == "fmt/1101").unwrap();
    assert_eq!((&heics["count"], &heics["preserved"]), (&Value::from(1), &Value::from(1)));
    assert!(instance.run(&["verify"]).status.success());
    instance.stop();
    let before = instance.run_ok(&["dump"]);
    instance.run_ok(&["rebuild"]);
    assert!(instance.run_ok(&["dump"]) == before);
}
