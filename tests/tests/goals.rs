//! What a child wants to reach is the child's to say and to tick; its adults say what they do. It stands in the book and on
//! paper, and a rebuild knows it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::{Api, Instance};

const WANTED: &str = "Jeg vil sove i telt en hel nat";

/// The goal of these words, as the chapter shows it.
fn goal(api: &Api, child: &str, chapter: &str, words: &str) -> Value {
    let book = api.get(&format!("/api/v1/children/{child}/book")).expect(200).json();
    let found = book["chapters"].as_array().unwrap().iter().find(|one| one["kind"] == chapter).cloned();
    let goals = found.expect(chapter)["form"]["goals"].as_array().cloned().unwrap_or_default();
    goals.into_iter().find(|goal| goal["words"] == words).expect(words)
}

#[test]
fn a_goal_is_the_childs_own_and_its_adults_stand_beside() {
    let mut instance = Instance::demo();
    let alma = instance.child_reading_up_to(9);
    let child = alma.children[0].clone();
    let mother = instance.foster_parent_of(&child);
    let (own, carer) = (instance.api(&alma), instance.api(&mother));
    let goals = format!("/api/v1/children/{child}/goals");
    let new = |kind: &str, words: &str| own.post(&goals, &json!({ "kind": kind, "words": words }));
    new("plan", "").refusal(422);
    new("hope", WANTED).refusal(422);
    let id = text(&new("plan", WANTED).expect(201).json(), "id");
    new("dream", "Jeg vil bo ved vandet").expect(201);
    // Nobody else puts words in its mouth, or ticks for it.
    let versions = format!("/api/v1/goals/{id}/versions");
    carer.post(&versions, &json!({ "words": "Rydde op", "reached": true })).refusal(403);
    let steps = format!("/api/v1/goals/{id}/steps");
    own.post(&steps, &json!({ "words": "x" })).refusal(403);
    let step = json!({ "words": "Jeg finder teltet frem." });
    carer.post(&steps, &step).expect(201);
    carer.post(&format!("{steps}/2"), &json!({ "done": true })).refusal(404);
    carer.post(&format!("{steps}/1"), &json!({ "done": true })).expect(201);
    own.post(&versions, &json!({ "words": WANTED, "reached": true })).expect(201);
    let told = goal(&carer, &child, "plan", WANTED);
    assert!(told["reached_on"].is_string());
    assert_eq!((&told["steps"][0]["by"], &told["steps"][0]["done"]), (&json!("Birgit"), &json!(true)));
    goal(&carer, &child, "future", "Jeg vil bo ved vandet");
    // What it has taken away nobody helps with.
    let gone = text(&new("dream", "Jeg vil være høj").expect(201).json(), "id");
    let taken = json!({ "words": "Jeg vil være høj", "removed": true });
    own.post(&format!("/api/v1/goals/{gone}/versions"), &taken).expect(201);
    carer.post(&format!("/api/v1/goals/{gone}/steps"), &step).refusal(404);
    let page = own.get(&format!("/bog/{child}/kapitel/plan")).expect(200).text();
    assert!(page.contains(WANTED) && page.contains("Jeg finder teltet frem."));
    let out = instance.data.join("bog");
    let printed =
        ["book", "--child", &child, "--age", "9", "--format", "html", "--out", out.to_str().unwrap()];
    instance.run_ok(&printed);
    assert!(lossy(&std::fs::read(out.join("index.html")).unwrap()).contains(WANTED));
    instance.stop();
    let before = lossy(&instance.run_ok(&["dump"]));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    instance.run_ok(&["rebuild"]);
    assert!(before == lossy(&instance.run_ok(&["dump"])) && before.contains(WANTED));
}

#[test]
fn it_is_said_ticked_and_taken_away_on_the_page_without_scripts() {
    let instance = Instance::demo();
    let alma = instance.child_reading_up_to(9);
    let child = &alma.children[0];
    let own = Api::signed_in(&instance.origin, &alma.sign_in).expect("lets in");
    let mother = instance.foster_parent_of(child);
    let mother = Api::signed_in(&instance.origin, &mother.sign_in).expect("lets in");
    let page = format!("/bog/{child}/maal");
    let sheet = own.with_form_of(&own.get(&page).expect(200));
    sheet.send_form(&page, &[("kind", "plan"), ("words", WANTED), ("key", "a")]).expect(200);
    let goals = instance.api(&alma).list(&format!("/api/v1/children/{child}/goals"));
    let goal = text(goals.iter().find(|goal| goal["words"] == WANTED).expect(WANTED), "id");
    let hers = mother.get(&page).expect(200);
    assert!(hers.text().contains(WANTED) && !hers.text().contains("value=\"dream\""));
    let steps = format!("{page}/{goal}/skridt");
    let form = mother.with_form_of(&hers);
    form.send_form(&steps, &[("words", "Jeg finder teltet frem."), ("key", "b")]).expect(200);
    form.send_form(&format!("{steps}/1"), &[("gjort", "ja")]).expect(200);
    sheet.send_form(&format!("{page}/{goal}"), &[("gjort", "ja")]).expect(200);
    let read = own.get(&page).expect(200).text();
    assert!(read.contains("Jeg finder teltet frem.") && read.contains("Nået "));
    sheet.send_form(&format!("{page}/{goal}"), &[("vaek", "ja")]).expect(200);
    assert!(!own.get(&page).expect(200).text().contains(WANTED));
}
