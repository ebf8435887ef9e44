//! A child's adults: wishes and their answers, meetings, the contact clock, and how a talk was, which nobody meets but the
//! child and the one it chose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::{Api, Database, Instance, Persona, Postgres, oracle};

const WORDS: &str = "Jeg turde ikke sige det om fredagen.";

struct Scene {
    instance: Instance,
    alma: Persona,
    child: String,
}

impl Scene {
    fn on(database: Database) -> Self {
        let instance = Instance::demo_on(database);
        let alma = instance.child_reading_up_to(9);
        let child = alma.children[0].clone();
        Self { instance, alma, child }
    }

    fn own(&self) -> Api {
        self.instance.api(&self.alma)
    }

    fn persona(&self, kind: &str) -> Persona {
        let around = |person: &Persona| person.persona == kind && person.children.contains(&self.child);
        self.instance.personas().into_iter().find(around).unwrap_or_else(|| panic!("a {kind}"))
    }

    fn caseworker(&self) -> Api {
        self.instance.api(&self.persona("caseworker"))
    }

    fn mother(&self) -> Api {
        self.instance.api(&self.persona("foster_parent"))
    }

    fn path(&self, list: &str) -> String {
        format!("/api/v1/children/{}/{list}", self.child)
    }

    fn page(&self, page: &str) -> String {
        format!("/bog/{}/{page}", self.child)
    }

    fn wish(&self, wish: &Value) -> String {
        text(&self.own().post(&self.path("wishes"), wish).expect(201).json(), "id")
    }

    /// A page after a talk, shared with the caseworker alone.
    fn talk(&self) -> String {
        let talk = json!({
            "text": WORDS,
            "faces": [{ "question": "said", "face": 1 }, { "question": "next", "face": 4 }],
            "sharing": { "with": "some", "people": [self.persona("caseworker").id] },
        });
        text(&self.own().post(&self.path("own-pages"), &talk).expect(201).json(), "id")
    }
}

fn a_wish_is_answered_and_met(database: Database) -> Scene {
    let scene = Scene::on(database);
    let caseworker = scene.persona("caseworker").id;
    let words = "Må vi mødes på stranden?";
    let id = scene.wish(&json!({ "what": "meeting", "to": caseworker, "words": words }));
    assert!(scene.mother().get("/bidrag").expect(200).text().contains(words));
    let answers = format!("/api/v1/wishes/{id}/answers");
    scene.mother().post(&answers, &json!({ "words": "Ja, vi tager toget." })).expect(201);
    assert!(!scene.mother().get("/bidrag").expect(200).text().contains(words), "it is answered");
    let meeting =
        json!({ "with": [caseworker], "on": "2031-05-06", "at": "14:00", "place": "på molen", "wish": id });
    let made = scene.caseworker().post(&scene.path("meetings"), &meeting).expect(201).json();
    let page = scene.own().get(&scene.page("voksne")).expect(200).text();
    for told in [words, "Ja, vi tager toget.", "6. maj 2031 kl.\u{a0}14", "på molen"] {
        assert!(page.contains(told), "{told}");
    }
    // Moved, and the child reads it so.
    let mut moved = meeting.clone();
    moved["at"] = json!("15:30");
    let versions = format!("/api/v1/meetings/{}/versions", text(&made, "id"));
    assert_eq!(scene.mother().post(&versions, &moved).expect(201).json()["version"], 2);
    let listed = scene.own().list(&scene.path("meetings"));
    let listed = listed.iter().find(|one| one["id"] == made["id"]).unwrap();
    assert_eq!((&listed["at"], &listed["wish"]), (&json!("15:30"), &json!(id)));
    // Taken back, it is in no list, and in the archive.
    let back = json!({ "what": "meeting", "words": words, "withdrawn": true });
    scene.own().post(&format!("/api/v1/wishes/{id}/versions"), &back).expect(201);
    assert!(scene.own().list(&scene.path("wishes")).iter().all(|one| one["id"] != id.as_str()));
    assert!(!scene.own().get(&scene.page("voksne")).expect(200).text().contains(words));
    scene
}

#[test]
fn a_wish_is_answered_and_met_on_sqlite_and_a_rebuild_knows_it() {
    let mut scene = a_wish_is_answered_and_met(Database::Sqlite);
    scene.talk();
    scene.instance.stop();
    let before = lossy(&scene.instance.run_ok(&["dump"]));
    assert!(before.contains("Må vi mødes på stranden?") && !before.contains(WORDS));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(scene.instance.data.join(format!("livsbog.db{ending}")));
    }
    scene.instance.run_ok(&["rebuild"]);
    assert!(before == lossy(&scene.instance.run_ok(&["dump"])), "the dump after a rebuild differs");
    scene.instance.start();
    assert!(scene.caseworker().get(&scene.page("samtaler")).expect(200).text().contains(WORDS));
}

#[test]
fn a_wish_is_answered_and_met_on_postgresql() {
    let postgres = Postgres::start();
    a_wish_is_answered_and_met(postgres.database());
}

#[test]
fn a_page_that_was_wished_for_is_found_from_the_wish_and_the_wish_from_the_page() {
    let scene = Scene::on(Database::Sqlite);
    let words = "Hvorfor hedder vores hund Plet?";
    let wish = scene.wish(&json!({ "what": "page", "words": words }));
    let other = scene.wish(&json!({ "what": "other", "words": "Jeg vil have boller." }));
    let mother = scene.mother();
    let form = format!("/bidrag?barn={}&amp;oenske={wish}", scene.child);
    assert!(mother.get("/bidrag").expect(200).text().contains(&form));
    let form = mother.get(&form.replace("&amp;", "&")).expect(200).text();
    assert!(form.contains("Alma har bedt om en side:") && form.contains(&wish));
    let entry = |wish: &str| {
        json!({
            "kind": "story", "title": "Plet var en fejl", "occurred_on": "2026-11-02", "precision": "day",
            "texts": [{ "band": "7-9", "language": "da", "text": "Pletten var maling." }], "wish": wish,
        })
    };
    // No other wish, no other child's, and nobody answers its own.
    mother.post_entry(&scene.child, &entry(&other)).refusal(404);
    scene.own().post_entry(&scene.child, &entry(&wish)).refusal(404);
    let stranger = scene.instance.child_reading_up_to(15);
    let carer = scene.instance.foster_parent_of(&stranger.children[0]);
    scene.instance.api(&carer).post_entry(&stranger.children[0], &entry(&wish)).refusal(404);
    assert_eq!(scene.instance.api(&carer).get(&format!("/bidrag?oenske={wish}")).status, 404);
    let id = text(&mother.post_entry(&scene.child, &entry(&wish)).expect(201).json(), "id");
    assert!(!mother.get("/bidrag").expect(200).text().contains(words), "it has come");
    let adults = scene.own().get(&scene.page("voksne")).expect(200).text();
    assert!(adults.contains("Her er siden:") && adults.contains(&scene.page(&format!("side/{id}"))));
    let page = |api: Api| api.get(&scene.page(&format!("side/{id}"))).expect(200).text();
    assert!(page(scene.own()).contains("Du bad om denne side."));
    assert!(page(scene.mother()).contains("Alma bad om denne side."));
    let listed =
        |api: Api| api.list(&scene.path("wishes")).into_iter().find(|one| one["id"] == wish.as_str());
    assert_eq!(listed(scene.own()).unwrap()["page"], id);
    // A correction keeps it; a page that waits is not told of.
    let mut corrected = entry(&wish);
    corrected["wish"] = Value::Null;
    corrected["readiness"] = json!({ "state": "with_adult", "ask": "Mette" });
    let versions = format!("/api/v1/entries/{id}/versions");
    scene.caseworker().post(&versions, &corrected).expect(201);
    assert_eq!(listed(scene.own()).unwrap()["page"], Value::Null);
    assert_eq!(listed(scene.caseworker()).unwrap()["page"], id);
    assert!(!scene.own().get(&scene.page("voksne")).expect(200).text().contains("Her er siden:"));
}

#[test]
fn what_is_told_wrongly_is_named_field_by_field() {
    let scene = Scene::on(Database::Sqlite);
    let named = |api: &Api, path: &str, body: Value| -> Vec<String> {
        let answer = api.post(path, &body).expect(422).json();
        answer["fields"].as_array().unwrap().iter().map(|error| text(error, "field")).collect()
    };
    let stranger = "00000000-0000-4000-8000-000000000000";
    let wrong = json!({ "with": [stranger], "at": "halv tre", "state": "maybe", "wish": stranger });
    for field in ["with", "on", "at", "state", "wish"] {
        assert!(named(&scene.caseworker(), &scene.path("meetings"), wrong.clone()).contains(&field.into()));
    }
    // What has not come yet was not held.
    let held = json!({ "others": ["Jens"], "on": "2099-01-01", "state": "held" });
    assert_eq!(named(&scene.caseworker(), &scene.path("meetings"), held), ["on"]);
    let nobody = json!({ "on": "2031-01-01" });
    assert_eq!(named(&scene.caseworker(), &scene.path("meetings"), nobody), ["with"]);
    let wrong =
        json!({ "what": "everything", "about": stranger, "to": stranger, "words": "x".repeat(2_001) });
    assert_eq!(named(&scene.own(), &scene.path("wishes"), wrong), ["words", "what", "about", "to"]);
    let face = |question: &str, face: u8| json!({ "question": question, "face": face });
    for faces in [json!([face("said", 5)]), json!([face("said", 1), face("said", 2)])] {
        assert_eq!(named(&scene.own(), &scene.path("own-pages"), json!({ "faces": faces })), ["faces"]);
    }
    let about = json!({ "text": "x", "about": stranger });
    assert_eq!(named(&scene.own(), &scene.path("own-pages"), about), ["about"]);
}

#[test]
fn a_child_wishes_with_one_press_and_without_scripts() {
    let scene = Scene::on(Database::Sqlite);
    let browser = Api::signed_in(&scene.instance.origin, &scene.alma.sign_in).unwrap();
    let caseworker = scene.persona("caseworker").id;
    let pressed = [("what", "meeting"), ("to", caseworker.as_str()), ("key", "k1"), ("words", "")];
    let count = || scene.own().list(&scene.path("wishes")).len();
    let before = count();
    for _ in 0..2 {
        let page = browser.send_form(&scene.page("oensker"), &pressed).expect(200).text();
        assert!(page.contains("Nu er det sagt."), "{page}");
    }
    assert_eq!(count(), before + 1, "pressed twice, said once");
    // A page that waits can be asked about where it waits.
    let entries = scene.caseworker().list(&scene.path("entries"));
    let waits = entries.iter().find(|entry| entry["readiness"]["state"] == "held_back").unwrap();
    let waits = text(waits, "id");
    let page = browser.get(&scene.page(&format!("side/{waits}"))).expect(200).text();
    assert!(page.contains(&format!("name=\"about\" value=\"{waits}\"")), "{page}");
    let asked = [("what", "page"), ("about", waits.as_str()), ("key", "k2")];
    let page = browser.send_form(&scene.page("oensker"), &asked).expect(200).text();
    assert!(page.contains("En side, der venter") && !page.contains("Et brev fra mor"));
    // The adults' forms.
    let wish = text(scene.own().list(&scene.path("wishes")).last().unwrap(), "id");
    let mette = Api::signed_in(&scene.instance.origin, &scene.persona("caseworker").sign_in).unwrap();
    let answer = [("words", "Vi læser den sammen."), ("key", "k3")];
    mette.send_form(&scene.page(&format!("oensker/{wish}/svar")), &answer).expect(200);
    let plan = [("with", caseworker.as_str()), ("on", "2031-02-03"), ("at", "10:00"), ("key", "k4")];
    let page = mette.send_form(&scene.page("moeder"), &plan).expect(200).text();
    assert!(page.contains("3. februar 2031 kl.\u{a0}10"));
    let page = mette.send_form(&scene.page("moeder"), &[("key", "k5")]).expect(200).text();
    assert!(page.contains("role=\"alert\"") && page.contains("id=\"on-problem\""), "what is wrong is said");
    // After a talk: a face at least, and the adviser reads it unless the child says otherwise.
    let page = browser.send_form(&scene.page("samtale"), &[("words", WORDS)]).expect(200).text();
    assert!(page.contains("role=\"alert\"") && page.contains(WORDS), "the words come back");
    for (sharing, reads) in [("nobody", false), ("adviser", true)] {
        let told =
            [("face-said", "1"), ("words", WORDS), ("sharing", sharing), ("key", sharing), ("meeting", "")];
        let page = browser.send_form(&scene.page("samtale"), &told).expect(200).text();
        assert!(page.contains(WORDS));
        let adviser = mette.get(&scene.page("samtaler")).expect(200).text();
        assert_eq!(adviser.contains(WORDS), reads, "{sharing}");
    }
    for path in [format!("oensker/{wish}/svar"), format!("oensker/{wish}/fortryd")] {
        let other = format!("/bog/{}/{path}", scene.instance.child_reading_up_to(15).children[0]);
        assert_eq!(mette.send_form(&other, &[]).status, 404, "{other}");
    }
}

/// Every page that is served about the child, and every call for reading, with the talk where an id belongs.
fn addresses(scene: &Scene, talk: &str) -> Vec<String> {
    let document = scene.instance.stranger().get("/api/v1/openapi.json").expect(200).json();
    let mut addresses = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        if item.get("get").is_some() {
            let segments = path.split('/').map(|segment| match segment {
                "{child}" => scene.child.as_str(),
                "{rendition}" => "small",
                other if other.starts_with('{') => talk,
                other => other,
            });
            addresses.push(segments.collect::<Vec<_>>().join("/"));
        }
    }
    for page in ["voksne", "moeder", "samtaler", "hvem", "taget-ud", "trykt", "mine", "kapitel/me-now"] {
        addresses.push(scene.page(page));
    }
    addresses.push(scene.page(&format!("side/{talk}")));
    addresses.push(scene.page(&format!("mine/{talk}")));
    addresses.extend(["/bog", "/bidrag", "/overblik", "/arkiv"].map(str::to_owned));
    addresses.push(format!("/bog/{}", scene.child));
    addresses.push(format!("/overblik/{}", scene.child));
    addresses
}

#[test]
fn how_a_talk_was_is_met_by_nobody_but_the_child_and_the_one_it_chose() {
    let scene = Scene::on(Database::Sqlite);
    let leader = scene.instance.api(&scene.persona("leader"));
    // The children's rows; the work in the background beside them goes on by itself.
    let overview = || {
        let page = leader.get("/overblik").expect(200).text();
        page.split("class=\"rows children\"")
            .nth(1)
            .and_then(|rows| rows.split("</ul>").next())
            .unwrap()
            .to_owned()
    };
    let before = overview();
    let talk = scene.talk();
    assert_eq!(overview(), before, "nothing is counted");
    let chosen = scene.persona("caseworker").id;
    let (mut asked, mut wrong) = (0, Vec::new());
    let addresses = addresses(&scene, &talk);
    for person in scene.instance.personas().iter() {
        if person.id == scene.alma.id || person.id == chosen {
            continue;
        }
        let api = scene.instance.api(person);
        for path in &addresses {
            let answer = api.get(path);
            asked += 1;
            let told = answer.text();
            if told.contains(WORDS) || told.contains(&talk) && !path.contains(&talk) {
                wrong.push(format!("{}: {path}", person.persona));
            }
            if path.contains(&talk) && !matches!(answer.status, 403 | 404) {
                wrong.push(format!("{}: {path}: {}", person.persona, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    println!("{asked} answers, not a word of the talk in any");
    // The one it chose reads it among the talks, and the child is told of that; nobody reads it in the book.
    for api in [scene.own(), scene.caseworker()] {
        assert!(api.get(&scene.page("samtaler")).expect(200).text().contains(WORDS));
        assert!(!api.get(&scene.path("book")).expect(200).text().contains(WORDS));
    }
    let log = |api: &Api| api.get(&scene.path("access-log")).expect(200).text();
    assert!(log(&scene.own()).contains(&talk) && !log(&leader).contains(&talk));
    for word in [WORDS, &talk] {
        assert!(!scene.instance.log().contains(word), "the log names {word}");
        assert!(!scene.instance.stranger().get("/metrics").expect(200).text().contains(word));
    }
    let book = scene.instance.data.with_file_name("bog.pdf");
    std::fs::write(&book, scene.own().edition(&scene.child, 9)).unwrap();
    assert!(!oracle::pdftotext(&book).contains("fredagen"));
}

#[test]
fn the_caseworker_is_told_quietly_that_it_is_late_to_talk() {
    let instance = Instance::demo_with(&[("LIVSBOG_CONTACT_DAYS", "1")]);
    let page = |persona: &str| instance.api(&instance.persona(persona)).get("/bidrag").expect(200).text();
    assert!(page("caseworker").contains("I skulle tale sammen senest"));
    assert!(!page("foster_parent").contains("I skulle tale sammen senest"));
    let alma = instance.child_reading_up_to(17);
    let own = instance.api(&alma).get(&format!("/bog/{}/voksne", alma.children[0])).expect(200).text();
    assert!(own.contains("I skulle tale sammen senest") && own.contains("tel:12345714"), "{own}");
    // A number is kept for the child, not for everybody who reads its book.
    let carer = instance.api(&instance.foster_parent_of(&alma.children[0]));
    let page = carer.get(&format!("/bog/{}/voksne", alma.children[0])).expect(200).text();
    assert!(page.contains("Anders") && !page.contains("tel:"));
}
