//! Asking the archive: a request walked from the first word to the answer, by both sides, by API and by page.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;

use reqwest::Method;
use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::taken::locked_it_opens_with_age_alone;
use tests::wait::until;
use tests::{Api, Browser, Database, Instance, Persona, Postgres};

const REQUESTS: &str = "/api/v1/archive-requests";

struct Scene {
    instance: Instance,
    rikke: Persona,
}

impl Scene {
    fn on(database: Database) -> Self {
        let instance = Instance::demo_on(database);
        let rikke = instance.persona("adult");
        Self { instance, rikke }
    }

    fn own(&self) -> Api {
        self.instance.api(&self.rikke)
    }

    fn of_her_municipality(&self, kind: &str) -> Persona {
        let people = self.instance.personas().into_iter();
        let mut here = people.filter(|person| person.municipality == self.rikke.municipality);
        here.find(|person| person.persona == kind).unwrap()
    }

    fn archivist(&self) -> Api {
        self.instance.api(&self.of_her_municipality("archivist"))
    }

    fn leader(&self) -> Api {
        self.instance.api(&self.of_her_municipality("leader"))
    }

    fn ask(&self) -> Value {
        self.own().post(REQUESTS, &json!({ "words": "Alt om Solbakken" })).expect(201).json()
    }

    /// The request, once what it was granted is handed over.
    fn delivered(&self, id: &str) -> Value {
        until("delivered", || Some(self.look(id)).filter(|seen| seen["status"] == "delivered"))
    }

    fn look(&self, id: &str) -> Value {
        self.own().get(&format!("{REQUESTS}/{id}")).expect(200).json()
    }
}

fn step(id: &str) -> String {
    format!("{REQUESTS}/{id}/steps")
}

fn decisions(id: &str) -> String {
    format!("{REQUESTS}/{id}/decisions")
}

fn package(id: &str) -> String {
    format!("{REQUESTS}/{id}/package")
}

fn refusal() -> Value {
    json!({
        "outcome": "refused", "reason": "Det handler om en andens sygdom.", "ground": "Forvaltningsloven § 15 b",
        "complain_to": "Ankestyrelsen, ved at skrive til os.", "complain_by": "2099-01-11",
    })
}

/// Received, taken on, searched, reviewed, granted; the asker sees each step, and who took it.
fn a_request_is_walked_to_its_answer(database: Database) -> Scene {
    let scene = Scene::on(database);
    let asked = scene.ask();
    let id = text(&asked, "id");
    assert_eq!((&asked["status"], &asked["version"]), (&json!("received"), &json!(1)));
    assert!(text(&asked, "receipt").starts_with("c2sp.org/tlog-proof"), "{asked}");
    assert_eq!(scene.look(&id)["deadline"], asked["deadline"]);
    let archivist = scene.archivist();
    let listed = archivist.list(REQUESTS);
    assert!(listed.iter().any(|one| one["id"] == asked["id"] && one["overdue"] == false), "{listed:?}");
    archivist.post(&step(&id), &json!({ "step": "review" })).refusal(409);
    let late = json!({ "step": "acknowledge", "answer_by": "2099-01-04" });
    archivist.post(&step(&id), &late).refusal(422);
    archivist.post(&step(&id), &json!({ "step": "acknowledge", "words": "Jeg er i gang." })).expect(201);
    let elsewhere = json!([{ "name": "Rigsarkivet", "words": "Spædbørnshjem før 1996" }]);
    archivist.post(&step(&id), &json!({ "step": "search", "elsewhere": elsewhere })).expect(201);
    let seen = scene.look(&id);
    assert_eq!(
        (&seen["status"], &seen["acknowledged"]["words"]),
        (&json!("searched"), &json!("Jeg er i gang."))
    );
    assert_eq!(seen["deadline"], seen["acknowledged"]["answer_by"]);
    let found = seen["searched"]["found"].as_array().unwrap();
    let of = |kind: &str| found.iter().find(|one| one["kind"] == kind).unwrap();
    let entries = scene.own().list(&format!("/api/v1/children/{}/entries", scene.rikke.children[0])).len();
    assert_eq!(of("entry")["count"], entries, "every page is found: {found:?}");
    assert_eq!(of("disposal")["count"], 0, "that nothing was found is told too");
    assert!(!found.iter().any(|one| one["kind"] == "own_page"), "what is the asker's own is not counted");
    archivist.post(&step(&id), &json!({ "step": "review" })).expect(201);
    scene.own().get(&package(&id)).refusal(409);
    archivist.post(&decisions(&id), &json!({ "outcome": "granted", "words": "Værsgo." })).expect(201);
    let seen = scene.delivered(&id);
    assert_eq!(
        (&seen["decision"]["outcome"], &seen["decision"]["second"]),
        (&json!("granted"), &Value::Null)
    );
    archivist.post(&decisions(&id), &refusal()).refusal(409);
    let log = scene.own().list(&format!("/api/v1/children/{}/access-log", scene.rikke.children[0]));
    let searched = log.iter().any(|one| one["role"] == "archivist" && one["page"]["what"] == "entries");
    assert!(searched, "that somebody looked is in the access log: {log:?}");
    scene
}

#[test]
fn a_request_is_walked_to_its_answer_on_sqlite_and_a_rebuild_knows_it() {
    let mut scene = a_request_is_walked_to_its_answer(Database::Sqlite);
    let id = text(&scene.ask(), "id");
    let messages = format!("{REQUESTS}/{id}/messages");
    scene.own().post(&messages, &json!({ "words": "Er der billeder fra Lærkereden?" })).expect(201);
    scene.archivist().post(&messages, &json!({ "words": "Ja, tre." })).expect(201);
    scene.archivist().post(&decisions(&id), &refusal()).expect(201);
    scene.instance.stop();
    let before = lossy(&scene.instance.run_ok(&["dump"]));
    assert!(before.contains("livsbog/request/1") || before.contains("Er der billeder fra Lærkereden?"));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(scene.instance.data.join(format!("livsbog.db{ending}")));
    }
    scene.instance.run_ok(&["rebuild"]);
    assert!(before == lossy(&scene.instance.run_ok(&["dump"])), "the dump after a rebuild differs");
    scene.instance.start();
    scene.leader().post(&decisions(&id), &json!({ "outcome": "agreed" })).expect(201);
    assert_eq!(scene.look(&id)["messages"][1]["words"], "Ja, tre.");
}

#[test]
fn a_request_is_walked_to_its_answer_on_postgresql() {
    let postgres = Postgres::start();
    a_request_is_walked_to_its_answer(postgres.database());
}

#[test]
fn a_no_takes_two_people_and_says_everything_one_needs() {
    let scene = Scene::on(Database::Sqlite);
    let id = text(&scene.ask(), "id");
    let archivist = scene.archivist();
    for outcome in ["refused", "granted_in_part"] {
        let refused = archivist.post(&decisions(&id), &json!({ "outcome": outcome })).expect(422).json();
        let missing: Vec<String> =
            refused["fields"].as_array().unwrap().iter().map(|field| text(field, "field")).collect();
        assert_eq!(missing, ["reason", "ground", "complain_to", "complain_by"], "{outcome}");
    }
    let past = json!({ "outcome": "refused", "reason": "r", "ground": "g", "complain_to": "c", "complain_by": "2020-01-01" });
    archivist.post(&decisions(&id), &past).refusal(422);
    scene.leader().post(&decisions(&id), &refusal()).refusal(403);
    archivist.post(&decisions(&id), &refusal()).expect(201);
    let seen = scene.look(&id);
    assert_eq!(
        (&seen["status"], &seen["decision"]),
        (&json!("reviewed"), &Value::Null),
        "no answer yet: {seen}"
    );
    assert!(!seen.to_string().contains("andens sygdom"));
    for once_more in
        [refusal(), json!({ "outcome": "agreed" }), json!({ "outcome": "sent_back", "words": "?" })]
    {
        let code = archivist.post(&decisions(&id), &once_more).refusal(409);
        assert_eq!(code, "same_person");
    }
    let leader = scene.leader();
    leader.post(&decisions(&id), &json!({ "outcome": "sent_back" })).refusal(422);
    let back = json!({ "outcome": "sent_back", "words": "Hun ved det i forvejen." });
    leader.post(&decisions(&id), &back).expect(201);
    leader.post(&decisions(&id), &json!({ "outcome": "agreed" })).refusal(409);
    archivist.post(&decisions(&id), &refusal()).expect(201);
    leader.post(&decisions(&id), &json!({ "outcome": "agreed" })).expect(201);
    let seen = scene.look(&id);
    assert_eq!(seen["status"], "decided");
    for (field, words) in [("reason", "Det handler om en andens sygdom."), ("complain_by", "2099-01-11")] {
        assert_eq!(seen["decision"][field], words);
    }
    assert_eq!(seen["decision"]["second"]["by"]["name"], scene.of_her_municipality("leader").name);
    assert_eq!(seen["deadline"], Value::Null, "all is said");
    scene.own().get(&package(&id)).refusal(409);
}

#[test]
fn one_takes_a_request_back_and_asks_again_as_often_as_one_likes() {
    let scene = Scene::on(Database::Sqlite);
    let before = scene.own().list(REQUESTS).len();
    let ids: Vec<String> = (0..5).map(|_| text(&scene.ask(), "id")).collect();
    let withdrawals = |id: &str| format!("{REQUESTS}/{id}/withdrawals");
    scene.archivist().post(&withdrawals(&ids[0]), &json!({})).refusal(403);
    scene.own().post(&withdrawals(&ids[0]), &json!({})).expect(201);
    scene.own().post(&withdrawals(&ids[0]), &json!({})).refusal(409);
    scene.archivist().post(&step(&ids[0]), &json!({ "step": "acknowledge" })).refusal(409);
    let listed = scene.own().list(REQUESTS);
    assert_eq!(listed.len(), before + 5);
    assert_eq!(listed.last().unwrap()["id"], ids[0].as_str(), "what waits comes first");
    scene.own().post(REQUESTS, &json!({ "scope": "part" })).refusal(422);
}

#[test]
fn the_right_to_read_comes_with_the_request_and_goes_with_its_answer() {
    let scene = Scene::on(Database::Sqlite);
    let leader = scene.leader();
    let clerk =
        leader.post("/api/v1/people", &json!({ "name": "Ea Lund", "title": "arkivar" })).expect(201).json();
    let role = json!({ "person": clerk["id"], "role": "archivist", "from": "2026-01-01" });
    leader.post("/api/v1/assignments", &role).expect(201);
    let made = leader.post(&format!("/api/v1/people/{}/sign-in-links", text(&clerk, "id")), &json!({}));
    let browser = Api::signed_in(&scene.instance.origin, &text(&made.expect(201).json(), "sign_in")).unwrap();
    let book = format!("/bog/{}", scene.rikke.children[0]);
    assert_eq!(browser.get(&book).status, 404, "an archivist reads nobody's book");
    let id = text(&scene.ask(), "id");
    assert_eq!(browser.get(&book).status, 404, "not before the request is taken on");
    browser.get(&format!("/arkiv/{id}")).expect(200);
    browser.send_form(&format!("/arkiv/{id}/trin"), &[("step", "acknowledge")]).expect(200);
    browser.get(&book).expect(200);
    browser.send_form(&format!("/arkiv/{id}/afgoerelse"), &[("outcome", "granted")]).expect(200);
    let log = scene.own().list(&format!("/api/v1/children/{}/access-log", scene.rikke.children[0]));
    assert!(log.iter().any(|one| one["name"] == "Ea Lund" && one["page"]["what"] == "book"), "{log:?}");
}

/// From the first click on a phone to the answer, each page on the way judged by axe; `PICTURES=folder` keeps them.
#[test]
fn a_request_is_asked_and_answered_on_a_phone() {
    let scene = Scene::on(Database::Sqlite);
    let archivist = scene.of_her_municipality("archivist");
    let fetched = scene.instance.data.join("fetched.zip");
    let mut browser = Browser::phone("request")
        .with("origin", scene.instance.origin.clone())
        .with("asker", scene.rikke.sign_in.clone())
        .with("archivist", archivist.sign_in)
        .with_path("fetch", &fetched);
    if let Some(folder) = std::env::var_os("PICTURES") {
        browser = browser.with_path("pictures", Path::new(&folder));
    }
    let report = browser.run();
    for page in report["pages"].as_array().unwrap() {
        assert_eq!(page["violations"], json!([]), "{}", page["name"]);
        assert_eq!(page["sideways_px"], 0, "{}", page["name"]);
    }
    assert_eq!(report["complaints"], json!([]));
    let id = text(&report, "request").rsplit('/').next().unwrap().to_owned();
    assert_eq!(scene.look(&id)["delivered"]["missing"], 0);
    assert_eq!(report["bytes"], scene.look(&id)["delivered"]["size_bytes"]);
    let listed = Command::new("python3").args(["-m", "zipfile", "-t"]).arg(&fetched).output().unwrap();
    assert!(listed.status.success(), "{}", lossy(&listed.stderr));
}

/// Whole, in two parts that fit together, after a restart, and by nobody else.
#[test]
fn what_was_granted_is_fetched_and_a_broken_line_goes_on_where_it_was() {
    let mut scene = Scene::on(Database::Sqlite);
    let id = text(&scene.ask(), "id");
    scene.archivist().post(&decisions(&id), &json!({ "outcome": "granted" })).expect(201);
    let delivered = scene.delivered(&id)["delivered"].clone();
    let whole = scene.own().get(&package(&id)).expect(200);
    let size = delivered["size_bytes"].as_u64().unwrap();
    assert_eq!(whole.header("content-length"), size.to_string());
    assert_eq!((whole.body.len() as u64, &delivered["missing"]), (size, &json!(0)));
    assert_eq!(whole.header("content-type"), "application/zip");
    let tag = whole.header("etag");
    scene.instance.stop();
    scene.instance.start();
    let part = |range: &str, of: &str| {
        let request = scene.own().request(Method::GET, &package(&id));
        Api::send(request.header("Range", range).header("If-Range", of)).unwrap()
    };
    let half = size / 2;
    let mut joined = part(&format!("bytes=0-{}", half - 1), &tag).expect(206).body;
    joined.extend(part(&format!("bytes={half}-"), &tag).expect(206).body);
    assert!(joined == whole.body, "the parts are the whole, also after a restart");
    part("bytes=5-9", "\"another\"").expect(200);
    for (who, status) in [(scene.archivist(), 403), (scene.leader(), 403)] {
        who.get(&package(&id)).refusal(status);
    }
    let log = scene.own().list(&format!("/api/v1/children/{}/access-log", scene.rikke.children[0]));
    assert!(log.iter().any(|one| one["page"]["what"] == "package"), "{log:?}");
    locked_it_opens_with_age_alone(&scene.own(), &format!("{REQUESTS}/{id}/locked-package"), &whole.body);
}

/// Her own statement stands beside the municipality's words, for everybody who reads them, and those stay what they were.
#[test]
fn what_she_remembers_stands_beside_a_decision_wherever_it_is_read() {
    const HERS: &str = "Der var ingen, der spurgte mig.";
    let scene = Scene::on(Database::Sqlite);
    let child = scene.rikke.children[0].clone();
    let of = |list: &str| format!("/api/v1/children/{child}/{list}");
    let entries = scene.own().list(&of("entries"));
    let decision = text(entries.iter().find(|entry| entry["kind"] == "decision").expect("a decision"), "id");
    let page = format!("/bog/{child}/side/{decision}");
    let before = scene.own().get(&format!("/api/v1/entries/{decision}")).expect(200).json();
    let offered = scene.own().get(&page).expect(200).text();
    assert!(offered.contains(&format!("/bog/{child}/mine/ny?ved={decision}")), "the page asks for her words");
    let statement = json!({
        "kind": "statement", "title": "Sådan husker jeg det", "occurred_on": "2026-11-01", "precision": "day",
        "texts": [{ "band": "18+", "language": "da", "text": HERS }], "beside": decision,
    });
    scene.own().post_entry(&child, &statement).expect(201);
    for reader in [scene.own(), scene.archivist()] {
        assert!(reader.get(&page).expect(200).text().contains(HERS));
    }
    let after = scene.own().get(&format!("/api/v1/entries/{decision}")).expect(200).json();
    assert_eq!((&after["version"], &after["texts"]), (&before["version"], &before["texts"]));
}
