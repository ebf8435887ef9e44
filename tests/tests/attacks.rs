//! What an attacker once got through, and must not again.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use reqwest::Method;
use serde_json::{Value, json};
use tests::client::text;
use tests::photos::distinct_jpeg;
use tests::stories::{photo_entry, story, with};
use tests::{Answer, Api, Instance, Persona};

const OPEN_LINE: &str = "Vi bagte pandekager i regnvejr.";
const HARD_TITLE: &str = "Mors sygdom";
const HARD_LINE: &str = "Mor blev indlagt den aften.";
const REASON: &str = "Barnet skal først høre det af sin mor.";

/// The 9-year-old, and the grown-ups around her.
struct Scene {
    instance: Instance,
    child: Persona,
    mother: Persona,
    caseworker: Persona,
    leader: Persona,
    book: String,
}

impl Scene {
    fn new() -> Self {
        let instance = Instance::demo();
        let child = instance.child_reading_up_to(9);
        let book = child.children[0].clone();
        let mother = instance.foster_parent_of(&book);
        let people = instance.personas();
        let around = |kind: &str| {
            let mut found =
                people.iter().filter(|person| person.persona == kind && person.children.contains(&book));
            found.next().unwrap_or_else(|| panic!("no {kind} around the child")).clone()
        };
        let (caseworker, leader) = (around("caseworker"), around("leader"));
        assert_eq!(leader.municipality, child.municipality);
        Self { instance, child, mother, caseworker, leader, book }
    }

    fn api(&self, person: &Persona) -> Api {
        self.instance.api(person)
    }

    /// Writes an entry; gives its address.
    #[track_caller]
    fn written_by(&self, author: &Persona, entry: &Value) -> String {
        let written = self.api(author).post_entry(&self.book, entry).expect(201).json();
        format!("/api/v1/entries/{}", text(&written, "id"))
    }

    fn correct(&self, author: &Persona, entry: &str, to: &Value) -> Answer {
        self.api(author).post(&format!("{entry}/versions"), to)
    }

    /// The caseworker's decision, to be looked at on the next birthday and open at 17.
    fn held_back(&self) -> Value {
        let card = self.api(&self.caseworker).get(&format!("/api/v1/children/{}", self.book)).json();
        let (year, day) = card["born"].as_str().unwrap().split_at(4);
        let birthday = |age: u64| format!("{}{day}", year.parse::<u64>().unwrap() + age);
        json!({
            "state": "held_back", "reason": REASON, "decided_by": self.caseworker.id,
            "second_reader": self.leader.id, "ask": "Mette",
            "review_on": birthday(card["age"].as_u64().unwrap() + 1), "opens_on": birthday(17),
        })
    }

    /// The caseworker's version of an entry, held back.
    #[track_caller]
    fn hold_back(&self, entry: &str, content: Value) {
        let held = with(content, "readiness", self.held_back());
        self.correct(&self.caseworker, entry, &held).expect(201);
    }

    /// The child is told that the entry waits, and nothing of what stands in it.
    #[track_caller]
    fn waits_for_the_child(&self, address: &str) {
        let api = self.api(&self.child);
        let view = api.get(address).expect(200);
        tells_nothing(&view.text());
        let view = view.json();
        assert_eq!(view["readiness"]["state"], "held_back", "{view}");
        let told: Vec<&String> = view.as_object().unwrap().keys().collect();
        assert_eq!(told, ["child", "id", "readiness", "version"], "{view}");
        tells_nothing(&json!(self.entries(&self.child)).to_string());
    }

    fn entries(&self, reader: &Persona) -> Vec<Value> {
        self.api(reader).list(&format!("/api/v1/children/{}/entries", self.book))
    }
}

#[track_caller]
fn tells_nothing(answer: &str) {
    for word in [HARD_TITLE, HARD_LINE, REASON] {
        assert!(!answer.contains(word), "{answer}");
    }
}

fn hard_story() -> Value {
    story(HARD_TITLE, HARD_LINE)
}

/// A story told for three ages.
fn story_for_all_ages() -> Value {
    let told = ["7-9", "10-12", "18+"]
        .map(|band| json!({ "band": band, "language": "da", "text": format!("For {band}.") }));
    with(story("Tre aldre", ""), "texts", json!(told))
}

fn bands(entry: &Value) -> Vec<String> {
    let texts = entry["texts"].as_array().map(Vec::as_slice).unwrap_or_default();
    texts.iter().map(|told| text(told, "band")).collect()
}

/// Sends an entry under an idempotency key.
fn post_with_key(api: &Api, path: &str, key: &str, entry: &Value) -> Answer {
    Api::send(api.request(Method::POST, path).header("Idempotency-Key", key).json(entry)).unwrap()
}

/// Asks the same `times` at once.
fn at_once(times: usize, ask: impl Fn(usize) -> Answer + Sync) -> Vec<Answer> {
    let ask = &ask;
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..times).map(|turn| scope.spawn(move || ask(turn))).collect();
        asked.into_iter().map(|answer| answer.join().unwrap()).collect()
    })
}

#[test]
fn a_text_of_exactly_one_chunk_is_taken_in() {
    let scene = Scene::new();
    let api = scene.api(&scene.mother);
    for size in [1, 65_535, 65_536] {
        let letter = &"Det regnede igen.\n".repeat(4_000).into_bytes()[..size];
        let media = api.upload_ok(&scene.book, "brev.txt", letter);
        let original = api.get(&format!("/api/v1/media/{media}/original")).expect(200).body;
        assert!(original == letter, "{size} bytes come back as they were");
    }
}

#[test]
fn a_child_is_given_no_text_above_its_own_age() {
    let scene = Scene::new();
    let entry = scene.written_by(&scene.mother, &story_for_all_ages());
    let own = scene.written_by(&scene.child, &story_for_all_ages());
    scene.correct(&scene.mother, &entry, &story_for_all_ages()).expect(201);

    let child = scene.api(&scene.child);
    for address in [entry.clone(), format!("{entry}?version=1"), format!("{entry}?version=2")] {
        assert_eq!(bands(&child.get(&address).expect(200).json()), ["7-9"], "{address}");
    }
    assert_eq!(bands(&child.get(&own).expect(200).json()), ["7-9", "10-12", "18+"], "its own words");
    for item in scene.entries(&scene.child) {
        let is_own = item["author"]["id"] == json!(scene.child.id);
        let mut listed = bands(&item).into_iter().chain(bands(&child.get(&address(&item)).json()));
        let above = listed.find(|band| !["3-6", "7-9"].contains(&band.as_str()));
        assert!(is_own || above.is_none(), "{above:?} in {item}");
    }

    let caseworker = scene.api(&scene.caseworker).get(&entry).expect(200).json();
    assert_eq!(bands(&caseworker), ["7-9", "10-12", "18+"]);
    let listed = scene.entries(&scene.caseworker);
    let listed = listed.iter().find(|item| address(item) == entry).expect("in the list");
    assert_eq!(bands(listed), ["7-9", "10-12", "18+"]);
}

fn address(item: &Value) -> String {
    format!("/api/v1/entries/{}", text(item, "id"))
}

#[test]
fn an_older_version_that_is_held_back_stays_so() {
    let scene = Scene::new();
    let entry = scene.written_by(&scene.mother, &story("Regnvejr", OPEN_LINE));
    scene.hold_back(&entry, hard_story());
    scene.waits_for_the_child(&entry);
    let opened = with(story("Regnvejr", OPEN_LINE), "readiness", json!({ "state": "open" }));
    scene.correct(&scene.caseworker, &entry, &opened).expect(201);

    let held = format!("{entry}?version=2");
    scene.waits_for_the_child(&held);
    let now = scene.api(&scene.child).get(&entry).expect(200).json();
    assert_eq!((&now["version"], &now["title"]), (&json!(3), &json!("Regnvejr")));
    let kept = scene.api(&scene.caseworker).get(&held).expect(200).json();
    assert_eq!((&kept["title"], &kept["readiness"]["reason"]), (&json!(HARD_TITLE), &json!(REASON)));
}

#[test]
fn the_author_cannot_open_what_is_held_back() {
    let scene = Scene::new();
    for author in [&scene.mother, &scene.child] {
        let entry = scene.written_by(author, &hard_story());
        scene.hold_back(&entry, hard_story());
        let mut own_decision = scene.held_back();
        own_decision["decided_by"] = json!(author.id);
        for attempt in [
            hard_story(),
            with(hard_story(), "readiness", json!({ "state": "open" })),
            with(hard_story(), "readiness", json!({ "state": "with_adult", "ask": "Birgit" })),
            with(hard_story(), "readiness", scene.held_back()),
            with(hard_story(), "readiness", own_decision),
        ] {
            let answer = scene.correct(author, &entry, &attempt);
            assert_eq!(answer.refusal(403), "not_permitted", "{}: {attempt}", author.persona);
        }
        scene.waits_for_the_child(&entry);

        scene.correct(&scene.caseworker, &entry, &hard_story()).expect(201);
        scene.waits_for_the_child(&entry);
        let kept = scene.api(&scene.caseworker).get(&entry).expect(200).json();
        assert_eq!(kept["version"], 3);
        assert_eq!(kept["readiness"], scene.held_back());
    }
}

#[test]
fn a_held_back_picture_is_not_opened_by_another_entry() {
    let scene = Scene::new();
    let (child, mother) = (scene.api(&scene.child), scene.api(&scene.mother));
    let media = mother.upload_ok(&scene.book, "a.jpg", &distinct_jpeg(5, 900));
    let small = format!("/api/v1/media/{media}/small");
    let picture = photo_entry(HARD_TITLE, HARD_LINE, &media);
    let entry = scene.written_by(&scene.mother, &picture);
    child.rendition(&media, "small");
    scene.hold_back(&entry, picture);
    child.get(&small).refusal(404);

    let own = scene.written_by(&scene.child, &story("Min dag", OPEN_LINE));
    let before = scene.entries(&scene.child);
    let plain = photo_entry("Min dag", OPEN_LINE, &media);
    let described = with(plain.clone(), "media", json!([{ "id": media, "alt": "Billedet" }]));
    for attempt in [plain, described] {
        assert_eq!(child.post_entry(&scene.book, &attempt).refusal(404), "not_found");
        assert_eq!(scene.correct(&scene.child, &own, &attempt).refusal(404), "not_found");
        child.get(&small).refusal(404);
    }
    assert_eq!(scene.entries(&scene.child), before);
    scene.waits_for_the_child(&entry);
    scene.api(&scene.caseworker).rendition(&media, "small");
}

#[test]
fn an_idempotency_key_is_for_one_child() {
    let scene = Scene::new();
    let api = scene.api(&scene.caseworker);
    let other = scene.caseworker.children.iter().find(|id| **id != scene.book).expect("a second child");
    let entries = |child: &str| format!("/api/v1/children/{child}/entries");
    let note = story("Besøg", OPEN_LINE);
    let before = api.list(&entries(other));

    let first = post_with_key(&api, &entries(&scene.book), "besog-1", &note);
    let first = text(&first.expect(201).json(), "id");
    let there = post_with_key(&api, &entries(other), "besog-1", &note);
    assert_eq!(there.refusal(422), "idempotency_key_reused");
    assert_eq!(api.list(&entries(other)), before, "nothing is stored in the other book");

    let own = scene.entries(&scene.caseworker);
    let again = post_with_key(&api, &entries(&scene.book), "besog-1", &note).expect(201).json();
    assert_eq!(text(&again, "id"), first);
    assert_eq!(scene.entries(&scene.caseworker), own, "nor a second time in the first");
}

#[test]
fn a_malformed_request_does_not_tell_that_a_child_exists() {
    let scene = Scene::new();
    let people = scene.instance.personas();
    let mut foreign = people.iter().filter(|person| person.municipality != scene.mother.municipality);
    let foreign = foreign.find_map(|person| person.children.first()).expect("a child elsewhere");
    let (mother, nobody) =
        (scene.api(&scene.mother), Api::new(&scene.instance.origin, Some("no-such-token")));
    let own = story("Titel", OPEN_LINE);
    let ask = |child: &str, how: &str| {
        let request = mother.request(Method::POST, &format!("/api/v1/children/{child}/entries"));
        let request = match how {
            "malformed JSON" => request.header("Content-Type", "application/json").body("{\"kind\": "),
            "a wrong content type" => request.header("Content-Type", "text/plain").body(own.to_string()),
            _ => request.header("Idempotency-Key", "").json(&own),
        };
        Api::send(request).unwrap()
    };
    for (how, status) in [("malformed JSON", 400), ("a wrong content type", 415), ("an empty key", 422)] {
        ask(&scene.book, how).refusal(status);
        assert_eq!(ask(foreign, how).refusal(404), "not_found", "{how}");
    }
    let entry = scene.written_by(&scene.mother, &own);
    for path in [
        format!("/api/v1/children/{}/entries?limit=many", scene.book),
        format!("/api/v1/children/{}/entries?nothing=1", scene.book),
        format!("/api/v1/children/{}/book?age=nine", scene.book),
        format!("{entry}?version=first"),
    ] {
        mother.get(&path).refusal(422);
        nobody.get(&path).refusal(401);
        if path.contains(&scene.book) {
            mother.get(&path.replace(&scene.book, foreign)).refusal(404);
        }
    }
}

#[test]
fn corrections_at_the_same_moment_exclude_each_other() {
    let scene = Scene::new();
    let entry = scene.written_by(&scene.mother, &story("Regnvejr", OPEN_LINE));
    let api = scene.api(&scene.mother);
    let path = format!("{entry}/versions");
    let answers = at_once(8, |turn| api.post(&path, &story(&format!("Regnvejr {turn}"), "Vi blev våde.")));
    let mut taken_in = 0;
    for answer in answers {
        match answer.status {
            201 => taken_in += 1,
            _ => assert_eq!(answer.refusal(409), "version_conflict"),
        }
    }
    assert!(taken_in > 0, "one of them is first");
    assert_eq!(api.get(&entry).expect(200).json()["version"], taken_in + 1);
}

#[test]
fn a_request_repeated_at_the_same_moment_is_done_once() {
    let scene = Scene::new();
    let api = scene.api(&scene.mother);
    let path = format!("/api/v1/children/{}/entries", scene.book);
    let before = scene.entries(&scene.mother).len();
    let answers = at_once(12, |_| post_with_key(&api, &path, "regn-1", &story("Regnvejr", OPEN_LINE)));
    let mut ids: Vec<String> =
        answers.into_iter().map(|answer| text(&answer.expect(201).json(), "id")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(scene.entries(&scene.mother).len(), before + 1);
}

#[test]
fn whom_to_ask_is_a_name() {
    let scene = Scene::new();
    let before = scene.entries(&scene.caseworker);
    for ask in ["a".repeat(1_000), String::new(), "Mette\0".to_owned()] {
        for readiness in [json!({ "state": "with_adult" }), scene.held_back()] {
            let entry = with(hard_story(), "readiness", with(readiness, "ask", ask.as_str()));
            let answer = scene.api(&scene.caseworker).post_entry(&scene.book, &entry);
            assert_eq!(answer.json()["fields"][0]["field"], "readiness.ask", "{}", answer.text());
            assert_eq!(answer.refusal(422), "invalid_fields");
        }
    }
    assert_eq!(scene.entries(&scene.caseworker), before);
}

#[test]
fn a_form_without_its_token_changes_nothing_whatever_else_it_lacks() {
    let scene = Scene::new();
    let browser = Api::new(&scene.instance.origin, None).with_cookies();
    browser.get(&scene.mother.sign_in).expect(200);
    let order = format!("/bog/{}/trykt", scene.book);
    for (path, body) in
        [("/ud", ""), ("/ud", "csrf=guessed"), (&order, ""), (&order, "age=9"), (&order, "csrf=&age=9")]
    {
        let request = browser.request(Method::POST, path).header("Accept", "text/html").body(body);
        let answer = Api::send(request.header("Content-Type", "application/x-www-form-urlencoded")).unwrap();
        assert!(answer.expect(403).text().contains("foreign_origin"), "{path} {body}");
    }
    browser.get("/bidrag").expect(200);
    assert!(!browser.get(&order).expect(200).text().contains("/file"), "nothing was ordered");
}
