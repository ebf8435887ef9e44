//! A page that a child makes itself is the child's alone until it shares it: in no answer, list, count, print, log or
//! metric does anybody else meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::photos::distinct_jpeg;
use tests::{Answer, Api, Database, Instance, Persona, Postgres, oracle};

const TITLE: &str = "Hulen bag skuret";
const WORDS: &str = "Kun Viggo ved, at jeg græd der.";
const FILE: &str = "hule-tegning.jpg";

/// A child of nine with a page of its own.
struct Made {
    instance: Instance,
    alma: Persona,
    child: String,
    page: String,
    drawing: String,
}

impl Made {
    fn on(database: Database) -> Self {
        let instance = Instance::demo_on(database);
        let alma = instance.child_reading_up_to(9);
        let child = alma.children[0].clone();
        let own = instance.api(&alma);
        let drawing = own.upload_ok(&child, FILE, &distinct_jpeg(77, 9_000));
        let path = format!("/api/v1/children/{child}/own-pages");
        let page =
            text(&own.post(&path, &page(&drawing, json!({ "with": "nobody" }))).expect(201).json(), "id");
        Self { instance, alma, child, page, drawing }
    }

    fn own(&self) -> Api {
        self.instance.api(&self.alma)
    }

    fn mother(&self) -> Persona {
        self.instance.foster_parent_of(&self.child)
    }

    fn caseworker(&self) -> Persona {
        let around =
            |person: &Persona| person.persona == "caseworker" && person.children.contains(&self.child);
        self.instance.personas().into_iter().find(around).expect("a caseworker")
    }

    fn another_child(&self) -> Persona {
        let other = |person: &Persona| person.persona == "child" && person.id != self.alma.id;
        self.instance.personas().into_iter().find(other).expect("another child")
    }

    fn share(&self, sharing: Value) -> Answer {
        let path = format!("/api/v1/own-pages/{}/versions", self.page);
        self.own().post(&path, &page(&self.drawing, sharing))
    }

    /// Whether this reader meets the page in the book, and may ask for it and for its drawing.
    fn reads(&self, reader: &Persona) -> bool {
        let api = self.instance.api(reader);
        let book = api.get(&format!("/api/v1/children/{}/book?age=9", self.child)).expect(200).text();
        let found = |path: String| matches!(api.get(&path).status, 200 | 202);
        let pages = api.list(&format!("/api/v1/children/{}/own-pages", self.child));
        let seen = [
            book.contains(TITLE),
            pages.iter().any(|one| text(one, "id") == self.page),
            found(format!("/api/v1/own-pages/{}", self.page)),
            found(format!("/api/v1/media/{}/small", self.drawing)),
            found(format!("/bog/{}/side/{}", self.child, self.page)),
        ];
        assert!(seen.iter().all(|one| *one == seen[0]), "{}: {seen:?}", reader.persona);
        seen[0]
    }
}

fn page(drawing: &str, sharing: Value) -> Value {
    json!({ "title": TITLE, "text": WORDS, "media": [drawing], "sharing": sharing })
}

/// Every address that is served for reading, with the child, the page and the drawing where an id belongs.
fn addresses(made: &Made) -> Vec<String> {
    let document = made.instance.stranger().get("/api/v1/openapi.json").expect(200).json();
    let mut addresses = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        if item.get("get").is_none() {
            continue;
        }
        for id in [&made.child, &made.page, &made.drawing] {
            let segments = path.split('/').map(|segment| match segment {
                "{child}" => made.child.as_str(),
                "{rendition}" => "original",
                other if other.starts_with('{') => id,
                other => other,
            });
            addresses.push(segments.collect::<Vec<_>>().join("/"));
        }
    }
    let book = format!("/bog/{}", made.child);
    for chapter in
        ["me-now", "good-at", "my-people", "homes", "why", "days", "things", "letters", "plan", "future"]
    {
        addresses.push(format!("{book}/kapitel/{chapter}"));
    }
    for page in ["", "/hvem", "/taget-ud", "/trykt", "/mine", "/mine/ny", "/voksne", "/moeder", "/samtaler"] {
        addresses.push(format!("{book}{page}"));
    }
    for page in [format!("{book}/mine/{}", made.page), format!("{book}/side/{}", made.page)] {
        addresses.push(page);
    }
    addresses.extend(["/bog", "/bidrag", "/overblik", "/arkiv"].map(str::to_owned));
    addresses.push(format!("/overblik/{}", made.child));
    addresses.sort();
    addresses.dedup();
    addresses
}

/// What of the page stands in an answer; what was asked for itself does not count as told.
fn told<'a>(made: &'a Made, path: &str, answer: &Answer) -> Vec<&'a str> {
    let told = answer.text();
    let known = [TITLE, WORDS, FILE, made.page.as_str(), made.drawing.as_str()];
    known.into_iter().filter(|word| told.contains(word) && !path.contains(word)).collect()
}

#[test]
fn nobody_else_meets_a_page_of_ones_own_in_anything_that_is_served() {
    let made = Made::on(Database::Sqlite);
    // The child looks at it in every way there is; that leaves no trace others read.
    made.own().get(&format!("/bog/{}/side/{}", made.child, made.page)).expect(200);
    made.own().get(&format!("/api/v1/media/{}/original", made.drawing)).expect(200);
    made.own().get(&format!("/api/v1/own-pages/{}", made.page)).expect(200);
    let (addresses, mut asked, mut wrong) = (addresses(&made), 0, Vec::new());
    for person in made.instance.personas().iter().filter(|person| person.id != made.alma.id) {
        let api = made.instance.api(person);
        for path in &addresses {
            let answer = api.get(path);
            asked += 1;
            let told = told(&made, path, &answer);
            let about_it = path.contains(&made.page) || path.contains(&made.drawing);
            if !told.is_empty() || about_it && answer.status != 404 && answer.status != 403 {
                wrong.push(format!("{}: {path}: {} {told:?}", person.persona, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    println!("{asked} answers, not a word of the page in any");

    let book = made.instance.api(&made.mother()).edition(&made.child, 9);
    let file = made.instance.data.with_file_name("bog.pdf");
    std::fs::write(&file, book).unwrap();
    assert!(!oracle::pdftotext(&file).contains(TITLE));
    for word in [TITLE, WORDS, FILE, &made.page, &made.drawing] {
        assert!(!made.instance.log().contains(word), "the log names {word}");
        assert!(!made.instance.stranger().get("/metrics").expect(200).text().contains(word));
    }
    let dump = lossy(&made.instance.run_ok(&["dump"]));
    assert!(!dump.contains(TITLE) && !dump.contains(WORDS));
}

#[test]
fn nobody_else_gets_at_it_by_writing() {
    let made = Made::on(Database::Sqlite);
    for person in [made.mother(), made.caseworker()] {
        let api = made.instance.api(&person);
        let entry = json!({ "kind": "photo", "title": "Tyvstart", "occurred_on": "2026-11-01", "precision": "day", "media": [made.drawing] });
        api.post_entry(&made.child, &entry).refusal(404);
        api.post(
            &format!("/api/v1/own-pages/{}/versions", made.page),
            &page(&made.drawing, json!({ "with": "everyone" })),
        )
        .refusal(404);
        api.post(&format!("/api/v1/children/{}/own-pages", made.child), &json!({ "text": "Jeg er Alma." }))
            .refusal(403);
        for path in ["misfiled", "versions"] {
            api.post(&format!("/api/v1/entries/{}/{path}", made.page), &json!({})).refusal(404);
        }
        assert!(!made.reads(&person));
    }
    assert!(made.reads(&made.alma));
}

fn a_shared_page_is_read_by_those_it_is_for_and_taken_back(database: Database) {
    let mut made = Made::on(database);
    let (mother, caseworker) = (made.mother(), made.caseworker());
    made.share(json!({ "with": "some", "people": [mother.id] })).expect(201);
    assert!(made.reads(&mother) && !made.reads(&caseworker) && made.reads(&made.alma));
    // That the mother read it, the child is told; the caseworker is told of no such page.
    let log = |reader: &Persona| {
        made.instance
            .api(reader)
            .get(&format!("/api/v1/children/{}/access-log", made.child))
            .expect(200)
            .text()
    };
    assert!(log(&made.alma).contains(&made.page) && !log(&caseworker).contains(&made.page));

    made.share(json!({ "with": "everyone" })).expect(201);
    assert!(made.reads(&mother) && made.reads(&caseworker));
    let stranger = made.another_child();
    made.instance.api(&stranger).get(&format!("/api/v1/own-pages/{}", made.page)).refusal(404);

    made.instance.stop();
    let before = made.instance.run_ok(&["dump"]);
    made.instance.run_ok(&["rebuild"]);
    assert!(made.instance.run_ok(&["dump"]) == before, "the index made anew is another one");
    made.instance.start();
    assert!(made.reads(&caseworker));

    made.share(json!({ "with": "nobody" })).expect(201);
    assert!(!made.reads(&mother) && !made.reads(&caseworker) && made.reads(&made.alma));
    let page = made.own().get(&format!("/api/v1/own-pages/{}", made.page)).expect(200).json();
    assert_eq!((page["version"].as_u64(), &page["sharing"]["with"]), (Some(4), &json!("nobody")));
}

#[test]
fn a_shared_page_is_read_by_those_it_is_for_and_taken_back_on_sqlite() {
    a_shared_page_is_read_by_those_it_is_for_and_taken_back(Database::Sqlite);
}

#[test]
fn a_shared_page_is_read_by_those_it_is_for_and_taken_back_on_postgresql() {
    let postgres = Postgres::start();
    a_shared_page_is_read_by_those_it_is_for_and_taken_back(postgres.database());
}

#[test]
fn a_page_is_refused_with_what_is_wrong_with_it() {
    let made = Made::on(Database::Sqlite);
    let path = format!("/api/v1/children/{}/own-pages", made.child);
    let refused = |page: Value| made.own().post(&path, &page).refusal(422);
    assert_eq!(refused(json!({})), "invalid_fields");
    assert_eq!(
        refused(json!({ "text": "x", "sharing": { "with": "some", "people": [] } })),
        "invalid_fields"
    );
    let stranger = made.another_child().id;
    assert_eq!(
        refused(json!({ "text": "x", "sharing": { "with": "some", "people": [stranger] } })),
        "invalid_fields"
    );
    made.own().post(&path, &json!({ "media": [made.drawing] })).expect(201);
}
