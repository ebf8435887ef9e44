//! Pages and books are kept in memory while nothing changes. Nobody ever reads an old one.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::json;
use tests::client::text;
use tests::stories::{story, with};
use tests::{Api, Database, Instance, Persona, Postgres};

const FIRST: &str = "Vi fandt en snegl i skoven.";
const SECOND: &str = "Vi fandt to snegle i skoven.";

/// A child's page, written by her foster mother, in both their browsers.
struct Scene {
    instance: Instance,
    mother: Persona,
    child: Api,
    own: Api,
    entry: String,
    page: String,
    book: String,
}

impl Scene {
    fn on(database: Database) -> Self {
        let instance = Instance::demo_on(database);
        let child = instance.child_reading_up_to(9);
        let book = child.children[0].clone();
        let mother = instance.foster_parent_of(&book);
        let written = instance.api(&mother).post_entry(&book, &story("Sneglen", FIRST)).expect(201).json();
        let entry = text(&written, "id");
        let page = format!("/bog/{book}/side/{entry}");
        let [child, own] =
            [&child, &mother].map(|person| Api::signed_in(&instance.origin, &person.sign_in).unwrap());
        let scene = Self { instance, mother, child, own, entry, page, book };
        for browser in [&scene.child, &scene.own] {
            for _ in 0..3 {
                assert!(browser.get(&scene.page).expect(200).text().contains(FIRST));
            }
        }
        scene
    }

    fn correct(&self, entry: &serde_json::Value) {
        let versions = format!("/api/v1/entries/{}/versions", self.entry);
        self.instance.api(&self.mother).post(&versions, entry).expect(201);
    }
}

/// True where the browser was sent to the door.
fn is_shown_the_door(browser: &Api, page: &str) -> bool {
    browser.get(page).expect(200).text().contains("name=\"user_name\"")
}

fn what_changes_is_seen_at_once(database: Database) {
    let scene = Scene::on(database);
    scene.correct(&story("Sneglen", SECOND));
    for browser in [&scene.child, &scene.own] {
        let page = browser.get(&scene.page).expect(200).text();
        assert!(page.contains(SECOND) && !page.contains(FIRST), "the correction");
    }
    let chapter = format!("/bog/{}/kapitel/days", scene.book);
    scene.child.get(&chapter).expect(200);
    let together = json!({ "state": "with_adult", "ask": "Birgit" });
    scene.correct(&with(story("Sneglen", SECOND), "readiness", together));
    for page in [&scene.page, &chapter] {
        assert!(!scene.child.get(page).expect(200).text().contains("snegl"), "it waits for an adult: {page}");
    }
    assert!(scene.own.get(&scene.page).expect(200).text().contains(SECOND), "the adult reads on");

    scene.own.get(&format!("/bog/{}", scene.book)).expect(200);
    let leader = scene
        .instance
        .personas()
        .into_iter()
        .find(|one| one.persona == "leader" && one.municipality == scene.mother.municipality);
    let leader = scene.instance.api(&leader.unwrap());
    for home in leader.list(&format!("/api/v1/children/{}/placements", scene.book)) {
        if home["to"].is_null() {
            let stay = format!("/api/v1/placements/{}/versions", text(&home, "id"));
            leader.post(&stay, &json!({ "to": "2026-06-30" })).expect(201);
        }
    }
    scene.own.get(&scene.page).expect(404);

    scene.child.send_form("/ud", &[]);
    assert!(is_shown_the_door(&scene.child, &scene.page), "after signing out");
}

#[test]
fn a_kept_page_is_given_only_while_nothing_has_changed() {
    what_changes_is_seen_at_once(Database::Sqlite);
}

#[test]
fn a_kept_page_is_given_only_while_nothing_has_changed_on_postgresql_too() {
    let postgres = Postgres::start();
    what_changes_is_seen_at_once(postgres.database());
}

#[test]
fn a_kept_page_is_its_readers_alone() {
    let scene = Scene::on(Database::Sqlite);
    let stranger = Api::new(&scene.instance.origin, None).with_cookies();
    assert!(is_shown_the_door(&stranger, &scene.page));
    let people = scene.instance.personas();
    let other = people.iter().find(|one| one.persona == "child" && !one.children.contains(&scene.book));
    let other = Api::signed_in(&scene.instance.origin, &other.unwrap().sign_in).unwrap();
    other.get(&scene.page).expect(404);

    let token = |page: &str| page.split("name=\"csrf\" content=\"").nth(1).unwrap()[..43].to_owned();
    let again = Api::signed_in(&scene.instance.origin, &scene.mother.sign_in).unwrap();
    let [first, second] = [&scene.own, &again].map(|browser| token(&browser.get(&scene.page).text()));
    assert_ne!(first, second, "each session has a token of its own");
    let danish = scene.own.get(&scene.page).text();
    scene.own.get("/sprog/en").expect(200);
    assert_ne!(danish, scene.own.get(&scene.page).text(), "and its own language");
}

#[test]
fn a_page_shown_again_is_one_reading() {
    let scene = Scene::on(Database::Sqlite);
    let log = scene.child.list(&format!("/api/v1/children/{}/access-log", scene.book));
    let of_page = |reading: &&serde_json::Value| {
        reading["page"].to_string().contains(&scene.entry) && reading["name"] == scene.mother.name.as_str()
    };
    assert_eq!(log.iter().filter(of_page).count(), 1, "{log:#?}");
}
