//! Brothers and sisters give each other pages: nothing else of the one's book opens for the other, by any call, and either
//! takes a page back. What is held back, and what would tell of a secret place, is never given.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::photos::distinct_jpeg;
use tests::stories::photo_entry;
use tests::{Answer, Api, Database, Instance, Persona, Postgres};

const TITLE: &str = "Hulen bag skuret";

/// Two siblings in two municipalities, as both their books say.
struct Siblings {
    instance: Instance,
    alma: Persona,
    yasmin: Persona,
    /// The record in Alma's book.
    record: String,
}

impl Siblings {
    fn on(database: Database) -> Self {
        let instance = Instance::demo_on(database);
        let (alma, yasmin) = (instance.child_reading_up_to(9), instance.child_reading_up_to(15));
        assert_ne!(alma.municipality, yasmin.municipality);
        let mut told = Self { instance, alma, yasmin, record: String::new() };
        told.record = told.say(&told.alma, &told.yasmin, "storesøster");
        let gift = json!({ "page": { "what": "entry", "id": record_id(1) }, "sibling": told.record });
        let own = told.api(&told.alma);
        // One book alone does not make siblings.
        own.post(&list(&told.alma, "gifts"), &gift).refusal(404);
        assert!(own.list(&list(&told.alma, "siblings")).is_empty());
        told.say(&told.yasmin, &told.alma, "lillesøster");
        assert_eq!(own.list(&list(&told.alma, "siblings"))[0]["name"], "Yasmin");
        told
    }

    /// The caseworker says in one child's book that the other is its sibling.
    fn say(&self, child: &Persona, other: &Persona, title: &str) -> String {
        let sibling = json!({ "sibling": other.children[0], "title": title });
        text(
            &self.around(child, "caseworker").post(&list(child, "siblings"), &sibling).expect(201).json(),
            "id",
        )
    }

    fn api(&self, person: &Persona) -> Api {
        self.instance.api(person)
    }

    fn around(&self, child: &Persona, kind: &str) -> Api {
        let around =
            |person: &Persona| person.persona == kind && person.children.contains(&child.children[0]);
        self.api(&self.instance.personas().into_iter().find(around).expect(kind))
    }

    /// A page that Alma made and keeps to itself, with a drawing.
    fn own_page(&self) -> (String, String) {
        let own = self.api(&self.alma);
        let drawing = own.upload_ok(&self.alma.children[0], "hule.jpg", &distinct_jpeg(77, 9_000));
        let page = json!({ "title": TITLE, "text": "Kun du ved, hvor den er.", "media": [drawing] });
        (text(&own.post(&list(&self.alma, "own-pages"), &page).expect(201).json(), "id"), drawing)
    }

    fn give(&self, what: &str, page: &str) -> Answer {
        let gift = json!({ "page": { "what": what, "id": page }, "sibling": self.record });
        self.api(&self.alma).post(&list(&self.alma, "gifts"), &gift)
    }

    fn given(&self, what: &str, page: &str) -> String {
        let gift = text(&self.give(what, page).expect(201).json(), "id");
        let yes = json!({ "accept": true });
        self.api(&self.yasmin).post(&format!("/api/v1/gifts/{gift}/answers"), &yes).expect(201);
        gift
    }

    /// Whether Yasmin, and whoever reads her book, meets the page and its picture there.
    fn stands(&self, gift: &str, title: &str, picture: &str) -> bool {
        let child = &self.yasmin.children[0];
        let read = |api: Api| {
            let book = api.get(&format!("/api/v1/children/{child}/book")).expect(200).text();
            let found = |path: String| matches!(api.get(&path).status, 200 | 202);
            let seen = [
                book.contains(title),
                found(format!("/bog/{child}/side/{gift}")),
                found(format!("/api/v1/media/{picture}/small")),
            ];
            assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
            seen[0]
        };
        let (own, mother) = (read(self.api(&self.yasmin)), read(self.around(&self.yasmin, "foster_parent")));
        assert_eq!(own, mother, "the others read it as the child's own book shows it");
        own
    }
}

fn list(child: &Persona, what: &str) -> String {
    format!("/api/v1/children/{}/{what}", child.children[0])
}

fn record_id(number: u128) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

fn a_page_is_given_taken_and_taken_back(database: Database) -> Instance {
    let told = Siblings::on(database);
    let (page, drawing) = told.own_page();
    let gift = text(&told.give("own_page", &page).expect(201).json(), "id");
    told.give("own_page", &page).refusal(422);
    // Until she says yes she knows that there is one, and nothing of it.
    let offers = told.api(&told.yasmin).list(&list(&told.yasmin, "gifts"));
    assert_eq!((&offers[0]["name"], &offers[0]["page"]), (&json!("Alma"), &Value::Null));
    assert!(!told.stands(&gift, TITLE, &drawing));
    // Nobody says yes for her.
    let answers = format!("/api/v1/gifts/{gift}/answers");
    for api in [told.around(&told.yasmin, "foster_parent"), told.api(&told.alma)] {
        api.post(&answers, &json!({ "accept": true })).refusal(404);
    }
    told.api(&told.yasmin).post(&answers, &json!({ "accept": true })).expect(201);
    told.api(&told.yasmin).post(&answers, &json!({ "accept": true })).refusal(404);
    assert!(told.stands(&gift, TITLE, &drawing));
    told.api(&told.yasmin).get(&format!("/api/v1/media/{drawing}/original")).refusal(403);
    // It is no more shared around Alma than it was.
    let mother = told.around(&told.alma, "foster_parent");
    assert!(!mother.get(&list(&told.alma, "book")).expect(200).text().contains(TITLE));
    mother.get(&format!("/api/v1/media/{drawing}/small")).refusal(404);
    mother.get(&list(&told.alma, "gifts")).refusal(403);
    let end = format!("/api/v1/gifts/{gift}");
    let delete = |api: Api| Api::send(api.request(reqwest::Method::DELETE, &end)).unwrap();
    delete(mother).refusal(404);
    delete(told.api(&told.alma)).expect(204);
    delete(told.api(&told.alma)).refusal(404);
    told.api(&told.yasmin).post(&answers, &json!({ "accept": true })).refusal(404);
    assert!(!told.stands(&gift, TITLE, &drawing));
    // Given anew, and taken out by the other one.
    let again = told.given("own_page", &page);
    assert!(told.stands(&again, TITLE, &drawing));
    let end = format!("/api/v1/gifts/{again}");
    Api::send(told.api(&told.yasmin).request(reqwest::Method::DELETE, &end)).unwrap().expect(204);
    assert!(!told.stands(&again, TITLE, &drawing));
    told.given("own_page", &page);
    told.instance
}

#[test]
fn a_page_is_given_taken_and_taken_back_on_sqlite_and_a_rebuild_knows_it() {
    let mut instance = a_page_is_given_taken_and_taken_back(Database::Sqlite);
    instance.stop();
    let before = lossy(&instance.run_ok(&["dump"]));
    assert!(before.contains("\"kind\":\"gift\""));
    assert!(!before.contains(TITLE), "a private page stands in the dump as a digest");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
    }
    instance.run_ok(&["rebuild"]);
    assert!(before == lossy(&instance.run_ok(&["dump"])), "the dump after a rebuild differs");
}

#[test]
fn a_page_is_given_taken_and_taken_back_on_postgresql() {
    let postgres = Postgres::start();
    a_page_is_given_taken_and_taken_back(postgres.database());
}

#[test]
fn nothing_else_of_the_givers_book_opens_by_any_call() {
    let told = Siblings::on(Database::Sqlite);
    let (page, drawing) = told.own_page();
    let gift = told.given("own_page", &page);
    let child = &told.alma.children[0];
    let entry = text(&told.api(&told.alma).list(&list(&told.alma, "entries"))[0], "id");
    let document = told.instance.stranger().get("/api/v1/openapi.json").expect(200).json();
    let readers = [told.api(&told.yasmin), told.around(&told.yasmin, "foster_parent")];
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        if item.get("get").is_none() || !path.contains('{') {
            continue;
        }
        for id in [child, &page, &entry, &gift] {
            let segments = path.split('/').map(|segment| match segment {
                "{child}" => child.as_str(),
                "{rendition}" => "small",
                other if other.starts_with('{') => id,
                other => other,
            });
            let path = segments.collect::<Vec<_>>().join("/");
            for reader in &readers {
                reader.get(&path).refusal(404);
                asked += 1;
            }
        }
    }
    for path in
        ["", "/kapitel/me-now", "/hvem", "/gaver", &format!("/side/{page}"), &format!("/side/{entry}")]
    {
        assert_eq!(readers[0].get(&format!("/bog/{child}{path}")).status, 404, "{path}");
    }
    assert!(asked > 100, "{asked}");
    // The one thing that is open, and only as a picture.
    assert!(matches!(readers[0].get(&format!("/api/v1/media/{drawing}/small")).status, 200 | 202));
    // What Yasmin's adults read is in Yasmin's log; Alma is not told who they are.
    readers[1].get(&format!("/bog/{}/side/{gift}", told.yasmin.children[0])).expect(200);
    let read = told.api(&told.alma).get(&list(&told.alma, "access-log")).expect(200).text();
    assert!(!read.contains("\"gift\""), "{read}");
    let read = told.api(&told.yasmin).get(&list(&told.yasmin, "access-log")).expect(200).text();
    assert!(read.contains("\"gift\""));
}

#[test]
fn what_waits_and_what_others_wrote_to_one_child_alone_is_not_given() {
    let told = Siblings::on(Database::Sqlite);
    let mut kinds = Vec::new();
    for entry in told.api(&told.alma).list(&list(&told.alma, "entries")) {
        let waits = entry.get("kind").is_none();
        let kind = entry["kind"].as_str().unwrap_or("waits").to_owned();
        let own_days = matches!(kind.as_str(), "photo" | "story" | "event" | "thing" | "drawing" | "sound");
        let answer = told.give("entry", &text(&entry, "id"));
        let expected = if own_days && !waits && entry["readiness"]["state"] == "open" { 201 } else { 422 };
        assert_eq!(answer.status, expected, "{entry}");
        kinds.push(kind);
    }
    assert!(kinds.iter().any(|kind| kind == "waits") && kinds.iter().any(|kind| kind == "letter"));
}

#[test]
fn a_page_that_is_held_back_later_is_closed_and_so_is_everything_when_they_are_no_siblings() {
    let told = Siblings::on(Database::Sqlite);
    let mother = told.around(&told.alma, "foster_parent");
    let child = &told.alma.children[0];
    let photo = mother.upload_ok(child, "a.jpg", &distinct_jpeg(8, 20_000));
    let mut words = photo_entry("Vi badede i Skjulesø", "Vandet var koldt.", &photo);
    words["place"] = json!("Skjulesø");
    let entry = text(&mother.post_entry(child, &words).expect(201).json(), "id");
    let gift = told.given("entry", &entry);
    assert!(told.stands(&gift, "Vi badede i Skjulesø", &photo));
    let book = told.api(&told.yasmin).get(&list(&told.yasmin, "book")).expect(200).json().to_string();
    assert!(!book.contains("\"place\":\"Skjulesø\""), "where it was is not given along");
    let caseworker = told.around(&told.alma, "caseworker");
    let versions = format!("/api/v1/entries/{entry}/versions");
    words["readiness"] = json!({ "state": "with_adult", "ask": "Mette" });
    caseworker.post(&versions, &words).expect(201);
    assert!(!told.stands(&gift, "Vi badede i Skjulesø", &photo));
    words["readiness"] = json!({ "state": "open" });
    caseworker.post(&versions, &words).expect(201);
    assert!(told.stands(&gift, "Vi badede i Skjulesø", &photo));
    // The home becomes secret: what was given from it closes, and nothing more can be given.
    let leader = told.instance.personas().into_iter();
    let leader = leader.filter(|one| one.persona == "leader");
    let leader =
        told.api(&leader.into_iter().find(|one| one.municipality == told.alma.municipality).unwrap());
    let homes = leader.list(&list(&told.alma, "placements"));
    let home = format!("/api/v1/placements/{}/versions", text(homes.last().unwrap(), "id"));
    leader.post(&home, &json!({ "protected": true })).expect(201);
    assert!(!told.stands(&gift, "Vi badede i Skjulesø", &photo));
    let (page, _) = told.own_page();
    told.give("own_page", &page).refusal(422);
    leader.post(&home, &json!({ "protected": false })).expect(201);
    assert!(told.stands(&gift, "Vi badede i Skjulesø", &photo));
    let gone = json!({ "sibling": told.yasmin.children[0], "title": "storesøster", "removed": true });
    caseworker.post(&format!("/api/v1/siblings/{}/versions", told.record), &gone).expect(201);
    assert!(!told.stands(&gift, "Vi badede i Skjulesø", &photo));
    told.give("entry", &entry).refusal(404);
}

#[test]
fn they_do_it_on_their_pages_without_scripts() {
    let told = Siblings::on(Database::Sqlite);
    let (page, _) = told.own_page();
    let signed_in =
        |person: &Persona| Api::signed_in(&told.instance.origin, &person.sign_in).expect("lets in");
    let (alma, yasmin) = (signed_in(&told.alma), signed_in(&told.yasmin));
    let (hers, theirs) = (&told.alma.children[0], &told.yasmin.children[0]);
    let sheet = alma.get(&format!("/bog/{hers}/side/{page}/giv")).expect(200);
    let give = alma.with_form_of(&sheet);
    let to = [("til", told.record.as_str()), ("key", "k")];
    give.send_form(&format!("/bog/{hers}/side/{page}/giv"), &to).expect(200);
    assert!(yasmin.get(&format!("/bog/{theirs}")).expect(200).text().contains("venter på dit svar"));
    let list = yasmin.get(&format!("/bog/{theirs}/gaver")).expect(200);
    assert!(
        list.text().contains("Din lillesøster Alma vil give dig en side") && !list.text().contains(TITLE)
    );
    let gift = text(&told.api(&told.yasmin).list(&format!("/api/v1/children/{theirs}/gifts"))[0], "id");
    let answer = yasmin.with_form_of(&list);
    for press in ["the first", "the same once more"] {
        let said = answer.send_form(&format!("/bog/{theirs}/gaver/{gift}"), &[("svar", "ja")]);
        assert_eq!(said.status, 200, "{press}");
    }
    let read = yasmin.get(&format!("/bog/{theirs}/side/{gift}")).expect(200).text();
    assert!(read.contains(TITLE) && read.contains("Fra din lillesøster Alma"));
    assert!(
        alma.get(&format!("/bog/{hers}/side/{page}"))
            .expect(200)
            .text()
            .contains("Du har givet siden til Yasmin")
    );
    for _ in 0..2 {
        give.send_form(&format!("/bog/{hers}/gaver/{gift}/ud"), &[]).expect(200);
    }
    assert_eq!(yasmin.get(&format!("/bog/{theirs}/side/{gift}")).status, 404);
}
