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
