//! The people and the schools in a child's life: told by those around it, read in the book, changed and taken out without
//! anything being lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::photos::distinct_jpeg;
use tests::{Api, Database, Instance, Persona, Postgres};

struct Told {
    instance: Instance,
    alma: Persona,
    child: String,
}

impl Told {
    fn on(database: Database) -> Self {
        let instance = Instance::demo_on(database);
        let alma = instance.child_reading_up_to(9);
        let child = alma.children[0].clone();
        Self { instance, alma, child }
    }

    fn own(&self) -> Api {
        self.instance.api(&self.alma)
    }

    fn mother(&self) -> Api {
        self.instance.api(&self.instance.foster_parent_of(&self.child))
    }

    fn path(&self, list: &str) -> String {
        format!("/api/v1/children/{}/{list}", self.child)
    }

    /// What a chapter of the child's own book tells before its pages.
    fn form(&self, chapter: &str) -> Value {
        let book = self.own().get(&self.path("book")).expect(200).json();
        let chapters = book["chapters"].as_array().unwrap();
        let found = chapters.iter().find(|one| one["kind"] == chapter);
        found.map_or(Value::Null, |chapter| chapter["form"].clone())
    }
}

fn grandmother() -> Value {
    json!({ "name": "Oldemor Ida", "title": "oldemor", "group": "family", "words": "Hun kan jodle." })
}

fn people_are_told_of_told_anew_and_taken_out(database: Database) -> Instance {
    let told = Told::on(database);
    let made = told.own().post(&told.path("relations"), &grandmother()).expect(201).json();
    assert!(told.form("my-people").to_string().contains("Oldemor Ida"));
    // An adult around the child tells it anew; the old words stay sealed.
    let versions = format!("/api/v1/relations/{}/versions", text(&made, "id"));
    let mut dead = grandmother();
    dead["died"] = json!("2024-02-11");
    assert_eq!(told.mother().post(&versions, &dead).expect(201).json()["version"], 2);
    let map = told.form("my-people");
    let people = map["people"].as_array().unwrap();
    let ida = people.iter().find(|one| one["name"] == "Oldemor Ida").unwrap();
    assert_eq!(ida["died"], 2024);
    // Taken out, it is in no list and on no page, and in the archive.
    dead["removed"] = json!(true);
    told.mother().post(&versions, &dead).expect(201);
    assert!(!told.form("my-people").to_string().contains("Oldemor Ida"));
    let listed = told.own().list(&told.path("relations"));
    assert!(listed.iter().all(|one| one["name"] != "Oldemor Ida"));
    told.instance
}

#[test]
fn people_are_told_of_told_anew_and_taken_out_on_sqlite_and_a_rebuild_knows_them() {
    let mut instance = people_are_told_of_told_anew_and_taken_out(Database::Sqlite);
    instance.stop();
    let before = lossy(&instance.run_ok(&["dump"]));
    assert!(before.contains("Oldemor Ida"), "taken out of the book, not out of the archive");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    instance.run_ok(&["rebuild"]);
    assert!(before == lossy(&instance.run_ok(&["dump"])), "the dump after a rebuild differs");
}

#[test]
fn people_are_told_of_told_anew_and_taken_out_on_postgresql() {
    let postgres = Postgres::start();
    people_are_told_of_told_anew_and_taken_out(postgres.database());
}

#[test]
fn what_is_told_wrongly_is_named_field_by_field() {
    let told = Told::on(Database::Sqlite);
    let wrong =
        json!({ "title": "x".repeat(201), "group": "enemy", "from": "2030-01-01", "until": "i morgen" });
    let answer = told.own().post(&told.path("relations"), &wrong).expect(422).json();
    let named: Vec<String> =
        answer["fields"].as_array().unwrap().iter().map(|error| text(error, "field")).collect();
    for field in ["name", "title", "group", "from", "until"] {
        assert!(named.iter().any(|one| one == field), "{field} is not among {named:?}");
    }
    let school = json!({ "kind": "school", "name": "Skolen", "from": "2024-08-12", "to": "2023-06-30" });
    let answer = told.own().post(&told.path("schools"), &school).expect(422).json();
    assert_eq!(answer["fields"][0]["field"], "to");
}

#[test]
fn a_picture_comes_from_the_childs_book_and_is_read_by_who_reads_it() {
    let told = Told::on(Database::Sqlite);
    let other = told.instance.personas().into_iter();
    let other = other
        .filter(|person| person.persona == "foster_parent")
        .find(|person| !person.children.contains(&told.child))
        .expect("another foster parent");
    let theirs = told.instance.api(&other).upload_ok(&other.children[0], "a.jpg", &distinct_jpeg(5, 400));
    let mut with = grandmother();
    with["picture"] = json!(theirs);
    told.own().post(&told.path("relations"), &with).expect(404);
    // The child's own picture, seen by nobody else until it is given to somebody on the people map.
    let own = told.own().upload_ok(&told.child, "ida.jpg", &distinct_jpeg(6, 400));
    let small = format!("/api/v1/media/{own}/small");
    told.mother().get(&small).expect(404);
    with["picture"] = json!(own);
    let made = told.own().post(&told.path("relations"), &with).expect(201).json();
    assert!(matches!(told.mother().get(&small).status, 200 | 202));
    told.mother().get(&format!("/api/v1/media/{own}/original")).expect(403);
    with["removed"] = json!(true);
    told.own().post(&format!("/api/v1/relations/{}/versions", text(&made, "id")), &with).expect(201);
    told.mother().get(&small).expect(404);
}

#[test]
fn a_time_nobody_told_of_is_a_stop_on_the_line_of_homes() {
    let told = Told::on(Database::Sqlite);
    let mikkel = told.instance.child_reading_up_to(17);
    let book = format!("/api/v1/children/{}/book", mikkel.children[0]);
    let book = told.instance.api(&mikkel).get(&book).expect(200).json();
    let homes = book["chapters"].as_array().unwrap().iter().find(|one| one["kind"] == "homes").unwrap();
    let kinds: Vec<_> =
        homes["form"]["line"].as_array().unwrap().iter().map(|stop| stop["kind"].clone()).collect();
    assert_eq!(kinds, ["family", "gap", "family", "foster_family"]);
}

#[test]
fn a_whole_life_stands_on_one_line_and_each_day_leads_to_its_page() {
    let told = Told::on(Database::Sqlite);
    let line = told.form("days")["line"].clone();
    let stops = line.as_array().expect("a line");
    let starts: Vec<&str> = stops.iter().map(|stop| stop["from"].as_str().unwrap()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    let kinds: Vec<&str> = stops.iter().map(|stop| stop["kind"].as_str().unwrap()).collect();
    for kind in ["family", "institution", "foster_family", "kindergarten", "school", "club", "day"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    let own = told.own();
    let page = own.get(&format!("/bog/{}/kapitel/days", told.child)).expect(200).text();
    for stop in stops.iter().filter(|stop| stop["kind"] == "day") {
        let href = format!("/bog/{}/side/{}", told.child, stop["page"]["id"].as_str().unwrap());
        assert!(page.contains(&href));
        own.get(&href).expect(200);
    }
}

#[test]
fn what_is_gone_is_told_found_again_and_goes_along_home() {
    let told = Told::on(Database::Sqlite);
    let album = json!({ "what": "Albummet fra Lærkevej", "became": "lost", "known_from": "Jeg har haft det i hånden." });
    let made = told.own().post(&told.path("losses"), &album).expect(201).json();
    let wrong = told.mother().post(&told.path("losses"), &json!({ "became": "eaten" })).expect(422).json();
    let fields: Vec<String> =
        wrong["fields"].as_array().unwrap().iter().map(|one| text(one, "field")).collect();
    assert_eq!(fields, ["what", "became", "known_from"]);
    let seen = told.mother().list(&told.path("losses"));
    assert_eq!((&seen[0]["what"], &seen[0]["became"]), (&json!("Albummet fra Lærkevej"), &json!("lost")));
    let browser = Api::signed_in(&told.instance.origin, &told.alma.sign_in).unwrap();
    let path = format!("/bog/{}/vaek", told.child);
    let page = browser.get(&path).expect(200);
    assert!(page.text().contains("Albummet fra Lærkevej"));
    let found = format!("{path}/{}", text(&made, "id"));
    let page = browser.with_form_of(&page).send_form(&found, &[("now", "found")]).expect(200);
    assert!(page.text().contains("Det er fundet."), "{}", page.text());
    let other = told.instance.personas().into_iter().find(|one| one.persona == "adult").unwrap();
    let versions = format!("/api/v1/losses/{}/versions", text(&made, "id"));
    told.instance.api(&other).post(&versions, &album).refusal(404);
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("pakke.zip");
    told.instance.run_ok(&["export", "--child", &told.child, "--out", zip.to_str().unwrap()]);
    let unzipped = std::process::Command::new("unzip")
        .args(["-p", zip.to_str().unwrap(), "livsbog/index.html"])
        .output();
    assert!(lossy(&unzipped.unwrap().stdout).contains("Albummet fra Lærkevej"));
}

#[test]
fn a_warning_stands_before_the_page_for_the_grown_reader_who_chooses() {
    let instance = Instance::demo();
    let rikke = instance.persona("adult");
    let here = |kind: &str| {
        let people =
            instance.personas().into_iter().filter(|person| person.municipality == rikke.municipality);
        people.into_iter().find(|person| person.persona == kind).unwrap()
    };
    let (own, archivist) = (instance.api(&rikke), instance.api(&here("archivist")));
    let request = text(&own.post("/api/v1/archive-requests", &json!({})).expect(201).json(), "id");
    let step = json!({ "step": "acknowledge" });
    archivist.post(&format!("/api/v1/archive-requests/{request}/steps"), &step).expect(201);
    let child = &rikke.children[0];
    let page = json!({
        "kind": "document", "title": "Politiets rapport", "precision": "day", "basis": "read",
        "occurred_on": "2004-02-03", "media": [],
        "texts": [{ "band": "18+", "language": "da", "text": "Klokken 22.14 blev vi kaldt ud." }],
    });
    let entry = text(&archivist.post_entry(child, &page).expect(201).json(), "id");
    let warnings = format!("/api/v1/children/{child}/content-warnings");
    let warning = json!({ "entry": entry, "words": "Her står om vold. Det endte godt." });
    own.post(&warnings, &warning).refusal(403);
    let made = archivist.post(&warnings, &warning).expect(201).json();
    let stray = json!({ "entry": "00000000-0000-4000-8000-000000000000", "words": "Pas på." });
    archivist.post(&warnings, &stray).refusal(422);

    let browser = Api::signed_in(&instance.origin, &rikke.sign_in).unwrap();
    let path = format!("/bog/{child}/side/{entry}");
    let before = browser.get(&path).expect(200).text();
    assert!(before.contains("Her står om vold.") && !before.contains("22.14"), "{before}");
    let chapter = browser.get(&format!("/bog/{child}/kapitel/school")).expect(200).text();
    assert!(
        chapter.contains("Politiets rapport") && !chapter.contains("22.14"),
        "no line of it shows in the chapter"
    );
    let log = own.list(&format!("/api/v1/children/{child}/access-log"));
    let opened = |log: &[Value]| log.iter().any(|one| one["page"]["id"] == entry && one["role"] == "own");
    assert!(!opened(&log), "a page nobody has opened was not read");
    assert!(browser.get(&format!("{path}?laest=ja")).expect(200).text().contains("22.14"));
    assert!(opened(&own.list(&format!("/api/v1/children/{child}/access-log"))));

    let gone = json!({ "words": "Her står om vold. Det endte godt.", "removed": true });
    archivist.post(&format!("/api/v1/content-warnings/{}/versions", text(&made, "id")), &gone).expect(201);
    assert!(browser.get(&path).expect(200).text().contains("22.14"));
}
