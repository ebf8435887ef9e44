//! Places that are secret, and how far ahead a child reads: what only some may know or open.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::{Api, Instance, Persona};

const PLACE: &str = "Skjulby";
/// Where the demo's Alma lives, on the map; nothing else there tells of it.
const ON_MAP: [&str; 2] = ["Norddjurs", "\"0707\""];

fn around(instance: &Instance, child: &str, kind: &str) -> Persona {
    let found = |person: &Persona| person.persona == kind && person.children.contains(&child.to_owned());
    instance.personas().into_iter().find(found).expect(kind)
}

/// Everything a reader can see that tells where the child is.
fn told(api: &Api, child: &str) -> String {
    let mut told = String::new();
    for path in ["book", "entries", "schools", "meetings"] {
        told += &api.get(&format!("/api/v1/children/{child}/{path}")).expect(200).text();
    }
    for path in ["", "/kapitel/homes", "/kapitel/school", "/voksne", "/moeder"] {
        told += &api.get(&format!("/bog/{child}{path}")).expect(200).text();
    }
    told + &api.get("/bidrag").text()
}

/// The picture on the line of homes, of the one that begins on this day.
fn picture_of_home(api: &Api, child: &str, from: &Value) -> Value {
    let book = api.get(&format!("/api/v1/children/{child}/book")).expect(200).json();
    let homes = book["chapters"].as_array().unwrap().iter().find(|one| one["kind"] == "homes").unwrap();
    let mut line = homes["form"]["line"].as_array().unwrap().iter();
    line.find(|stop| stop["from"] == *from).expect("the home")["picture"].clone()
}

#[test]
fn a_secret_place_is_told_to_those_who_live_there_and_decide_and_never_printed() {
    let instance = Instance::demo();
    let alma = instance.child_reading_up_to(9);
    let child = alma.children[0].clone();
    let carer = instance.api(&instance.foster_parent_of(&child));
    let path = |what: &str| format!("/api/v1/children/{child}/{what}");
    let leads = |one: &Persona| one.persona == "leader" && one.municipality == alma.municipality;
    let leader = instance.api(&instance.personas().into_iter().find(leads).unwrap());
    let support = instance.persona("support_person");
    let role = json!({ "person": support.id, "role": "support_person", "from": "2026-11-01" });
    leader.post(&path("assignments"), &role).expect(201);
    let homes = leader.list(&path("placements"));
    let lives = homes.iter().rfind(|home| home["to"].is_null()).expect("a home of today");
    let school = json!({ "kind": "club", "name": "Klubben i Skjulby", "place": PLACE, "from": "2026-11-01" });
    let school = text(&carer.post(&path("schools"), &school).expect(201).json(), "id");
    let meeting = json!({ "others": ["Mette"], "on": "2026-12-20", "place": PLACE });
    carer.post(&path("meetings"), &meeting).expect(201);
    let entry = json!({
        "kind": "story", "title": "En dag i haven", "occurred_on": "2026-11-02", "precision": "day", "place": PLACE,
        "texts": [{ "band": "3-6", "language": "da", "text": "Vi var ude." }],
    });
    carer.post_entry(&child, &entry).expect(201);
    let reader = instance.api(&support);
    let seen = told(&reader, &child);
    assert!(
        seen.contains(PLACE) && ON_MAP.iter().all(|it| seen.contains(it)),
        "as long as nothing is secret"
    );
    assert!(picture_of_home(&reader, &child, &lives["from"]).is_object(), "the hens at Birgit's");
    let home = format!("/api/v1/placements/{}/versions", text(lives, "id"));
    leader.post(&home, &json!({ "protected": true })).expect(201);
    let seen = told(&reader, &child);
    assert!(!seen.contains(PLACE) && seen.contains("Et hemmeligt sted"), "{seen}");
    assert!(ON_MAP.iter().all(|it| !seen.contains(it)) && seen.contains("home-map"), "{seen}");
    assert!(picture_of_home(&reader, &child, &lives["from"]).is_null());
    assert!(picture_of_home(&carer, &child, &lives["from"]).is_object());
    let book = reader.get(&path("book")).expect(200).json();
    let homes = book["chapters"].as_array().unwrap().iter().find(|one| one["kind"] == "homes").unwrap();
    assert!(!homes["form"].to_string().contains(lives["home_name"].as_str().unwrap()));
    assert_eq!(reader.get(&format!("/bog/{child}/skoler/{school}")).status, 404);
    for knows in [carer, instance.api(&around(&instance, &child, "caseworker"))] {
        let seen = told(&knows, &child);
        assert!(seen.contains(PLACE) && ON_MAP.iter().all(|it| seen.contains(it)));
    }
    // On paper it is nobody's.
    let out = instance.data.join("bog");
    let age = ["book", "--child", &child, "--age", "9", "--format", "html", "--out", out.to_str().unwrap()];
    instance.run_ok(&age);
    let printed = lossy(&std::fs::read(out.join("index.html")).unwrap());
    assert!(printed.contains("En dag i haven") && !printed.contains(PLACE));
    let out = instance.data.join("bog.pdf");
    instance.run_ok(&["book", "--child", &child, "--age", "9", "--out", out.to_str().unwrap()]);
    let said = Command::new("pdfinfo").arg("-struct-text").arg(&out).output().unwrap();
    let said = lossy(&said.stdout);
    assert!(
        said.contains("Favrskov") && !said.contains("Norddjurs"),
        "the other homes are on the printed map: {said}"
    );
    // It stays sealed, and is told again when it is no longer secret.
    leader.post(&home, &json!({ "protected": false })).expect(201);
    assert!(told(&reader, &child).contains(PLACE));
}

#[test]
fn a_home_stands_on_the_map_when_somebody_has_put_it_there() {
    let mut instance = Instance::demo();
    let alma = instance.child_reading_up_to(9);
    let child = alma.children[0].clone();
    let leads = |one: &Persona| one.persona == "leader" && one.municipality == alma.municipality;
    let leader = instance.api(&instance.personas().into_iter().find(leads).unwrap());
    let placements = format!("/api/v1/children/{child}/placements");
    let home = json!({ "home_kind": "other", "home_name": "Kolonien", "from": "2026-07-01", "to": "2026-07-20",
        "municipality": "0400" });
    let mut unknown = home.clone();
    unknown["municipality"] = json!("0999");
    let refused = leader.post(&placements, &unknown).expect(422).json();
    assert_eq!(text(&refused["fields"][0], "field"), "municipality");
    let id = text(&leader.post(&placements, &home).expect(201).json(), "id");
    let page = format!("/bog/{child}/kapitel/homes");
    assert!(instance.api(&alma).get(&page).expect(200).text().contains("Bornholm"));
    instance.stop();
    let before = instance.run_ok(&["dump"]);
    instance.run_ok(&["rebuild"]);
    assert!(instance.run_ok(&["dump"]) == before);
    instance.start();
    let browser =
        Api::signed_in(&instance.origin, &instance.personas().into_iter().find(leads).unwrap().sign_in)
            .unwrap();
    let form = browser.get(&format!("/overblik/{child}")).expect(200);
    assert!(form.text().contains("Vises ikke på kortet"));
    let taken = browser
        .with_form_of(&form)
        .send_form(&format!("/overblik/{child}/hjem/{id}"), &[("municipality", "")]);
    taken.expect(200);
    let seen = instance.api(&alma).get(&page).expect(200).text();
    assert!(seen.contains("Kolonien") && !seen.contains("Bornholm"), "{seen}");
}

#[test]
fn a_child_reads_further_ahead_when_its_adults_have_opened_it_and_no_longer() {
    let mut instance = Instance::demo();
    let alma = instance.child_reading_up_to(9);
    let child = alma.children[0].clone();
    let path = format!("/api/v1/children/{child}/look-ahead");
    let book = |age: u32| format!("/api/v1/children/{child}/book?age={age}");
    let own = instance.api(&alma);
    let mother = instance.foster_parent_of(&child);
    assert_eq!(own.get(&book(11)).refusal(403), "not_open_yet");
    own.post(&path, &json!({ "band": "10-12" })).refusal(403);
    instance.api(&mother).post(&path, &json!({ "band": "3-6" })).refusal(422);
    instance.api(&mother).post(&path, &json!({ "band": "10-12" })).expect(201);
    own.get(&book(11)).expect(200);
    assert_eq!(own.get(&book(14)).refusal(403), "not_open_yet");
    let said = own.get(&path).expect(200).json();
    assert_eq!((&said["band"], &said["told_by"]), (&json!("10-12"), &Value::from(mother.id.clone())));
    // The child's own words stay what it meets first, and what waits does not open.
    assert_eq!(own.get(&format!("/api/v1/children/{child}/book")).expect(200).json()["band"], "7-9");
    assert!(own.get(&book(11)).expect(200).text().contains("held_back"));
    instance.stop();
    instance.run_ok(&["rebuild"]);
    instance.start();
    let own = instance.api(&alma);
    own.get(&book(11)).expect(200);
    assert_eq!(instance.api(&mother).post(&path, &json!({})).expect(201).json()["version"], 2);
    assert_eq!(own.get(&book(11)).refusal(403), "not_open_yet");
}
