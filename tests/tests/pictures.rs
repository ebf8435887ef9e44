//! `make pictures`: what the book looks like to each reader, into `docs/pictures`. Not a test of anything, and run only
//! when asked for: somebody has to look at them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tests::places::{Place, Reader, others, readers};
use tests::{Browser, Instance, oracle};

/// How many stand beside each other on a sheet, by the width of the window.
const COLUMNS: [(u32, usize); 3] = [(390, 12), (820, 8), (1280, 6)];
/// All the sheets together, so that the repository stays light.
const MOST_BYTES: u64 = 3_500_000;

/// Every chapter once, and one page of each kind.
fn worth_seeing(reader: &Reader) -> Vec<Place> {
    let mut seen = BTreeSet::new();
    let each =
        reader.places.iter().filter(|place| place.what == "chapter" || seen.insert(place.what.clone()));
    each.cloned().collect()
}

/// A page that Alma made, so that her own shelf is not empty.
fn alma_writes(instance: &Instance) {
    let alma = instance.child_reading_up_to(9);
    let page = json!({
        "title": "Min hule", "text": "Den er lavet af grene.\n\nKun Mandel ved, hvor den er.", "media": [],
        "sharing": { "with": "nobody" },
    });
    let shelf = format!("/api/v1/children/{}/own-pages", alma.children[0]);
    instance.api(&alma).post(&shelf, &page).expect(201);
}

fn round(sheet: String, reader: &Reader, places: &[Place], width: u32, letters: &str) -> Value {
    json!({ "sheet": sheet, "sign_in": reader.sign_in, "places": places, "width": width, "letters": letters })
}

/// The book on paper: for whom, and on which. Given as the first sheets of each.
fn printed(instance: &Instance, folder: &Path) -> Vec<PathBuf> {
    let mut sheets = Vec::new();
    for (age, paper) in [(6, "square"), (9, "a4"), (15, "a4"), (9, "a5"), (15, "square"), (34, "a4")] {
        let who = if age == 34 { instance.persona("adult") } else { instance.child_reading_up_to(age) };
        let name = folder.join(format!("{age}-{paper}"));
        let (pdf, years) = (name.with_extension("pdf"), age.to_string());
        let child = who.children[0].as_str();
        let wanted =
            ["book", "--child", child, "--age", &years, "--format", "pdf", "--paper", paper, "--out"];
        instance.run_ok(&[&wanted[..], &[pdf.to_str().unwrap()]].concat());
        let mut poppler = Command::new("pdftoppm");
        poppler.args(["-png", "-r", "50", "-l", "8"]).arg(&pdf).arg(&name);
        oracle::ask(&mut poppler).content();
        let of_this = |path: &PathBuf| path.to_str().unwrap().contains(&format!("/{age}-{paper}-"));
        sheets.extend(tests::instance::files_under(folder).into_iter().filter(of_this));
    }
    sheets
}

#[test]
#[ignore = "makes the pictures in docs/pictures, for somebody to look at: make pictures"]
fn pictures_of_the_book() {
    let instance = &Instance::demo();
    alma_writes(instance);
    let scratch = tempfile::tempdir().unwrap();
    let mut rounds = Vec::new();
    for reader in readers(instance) {
        let places = worth_seeing(&reader);
        let band = reader.band.trim_end_matches('+');
        for (width, _) in COLUMNS {
            rounds.push(round(format!("{band}-{width}"), &reader, &places, width, "l"));
        }
        let some = [
            "cover",
            "chapter-my-people",
            "page-held_back",
            "page-statement",
            "page-photo-pictured",
            "who-read",
        ];
        let dark: Vec<Place> = reader.one_of_each().places;
        let dark: Vec<Place> = dark.into_iter().filter(|place| some.contains(&place.what.as_str())).collect();
        rounds.push(round("dark-390".into(), &reader, &dark, 390, "m"));
    }
    // What the front of the repository shows: Alma's cover, a page, her people, and her foster mother adding a photo.
    let alma = readers(instance).remove(1);
    let front = ["cover", "page-photo-pictured", "chapter-my-people"]
        .map(|what| alma.places.iter().find(|place| place.what == what).expect("in Alma's book").clone());
    rounds.push(round("front".into(), &alma, &front, 390, "l"));
    let mother = others(instance).remove(0);
    let form = mother.places.iter().find(|place| place.what == "contribute").expect("the form").clone();
    rounds.push(round("front".into(), &mother, &[form], 390, "l"));
    let mut columns = BTreeMap::from(COLUMNS.map(|(width, columns)| (width.to_string(), columns)));
    columns.insert("front".into(), 4);
    // Those around a child at their desks, the grown child at the archive, and who is not signed in.
    for (width, _) in COLUMNS {
        for reader in others(instance) {
            rounds.push(round(format!("others-{width}"), &reader, &reader.places, width, "l"));
        }
    }
    let mut tablet = round("tablet-820".into(), &mother, &[], 820, "l");
    tablet["path"] = format!("/enhed/{}", instance.child_reading_up_to(9).children[0]).into();
    let folder = oracle::here("../docs/pictures");
    let report = Browser::phone("pictures")
        .with("origin", instance.origin.as_str())
        .with("rounds", rounds)
        .with("tablet", tablet)
        .with("columns", json!(columns))
        .with("printed", json!({ "printed": printed(instance, scratch.path()) }))
        .with("minutes", 30)
        .with_path("folder", &folder)
        .run();
    let sizes: BTreeMap<String, u64> = serde_json::from_value(report["sizes"].clone()).unwrap();
    let bytes: u64 = sizes.values().sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes: {sizes:#?}");
    println!("{} sheets, {bytes} bytes", sizes.len());
}
