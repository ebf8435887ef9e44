//! A child arranges its own book: the cover all see, and the pages it alone does not want to meet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::photos::distinct_jpeg;
use tests::stories::photo_entry;
use tests::{Api, Database, Instance, Persona, Postgres};

struct Almas {
    instance: Instance,
    alma: Persona,
    child: String,
}

impl Almas {
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

    fn at(&self, what: &str) -> String {
        format!("/api/v1/children/{}/{what}", self.child)
    }

    fn book(&self, reader: &Api) -> Value {
        reader.get(&self.at("book?age=9")).expect(200).json()
    }

    /// A page with a picture, written by the foster mother: its id, and the picture's.
    fn page(&self, seed: u64) -> (String, String) {
        let mother = self.mother();
        let media = mother.upload_ok(&self.child, "a.jpg", &distinct_jpeg(seed, 5_000));
        let entry = photo_entry("Den dag vi flyttede", "Vi pakkede alt i kasser.", &media);
        (text(&mother.post_entry(&self.child, &entry).expect(201).json(), "id"), media)
    }

    fn hide(&self, page: &str, hidden: bool) -> tests::Answer {
        self.own().post(&self.at("hidden"), &json!({ "page": page, "hidden": hidden }))
    }
}

fn pages(book: &Value) -> Vec<String> {
    let chapters = book["chapters"].as_array().unwrap();
    let pages = chapters.iter().flat_map(|chapter| chapter["pages"].as_array().unwrap());
    pages.map(|page| text(page, "id")).collect()
}

fn hidden(book: &Value) -> Vec<String> {
    book["hidden"].as_array().into_iter().flatten().map(|page| text(page, "id")).collect()
}

#[test]
fn the_look_a_child_chose_is_what_everybody_sees_and_stays_through_the_leaders_corrections() {
    let almas = Almas::on(Database::Sqlite);
    let (_, picture) = almas.page(1);
    let look = json!({ "called": "Alma Bang", "book_title": "Min helt egen bog", "cloth": "berry", "cover": picture });
    let made = almas.own().post(&almas.at("look"), &look).expect(201).json();
    assert_eq!(text(&made, "id"), almas.child);
    let told = |reader: &Api| {
        let book = almas.book(reader);
        let cover = text(&book["cover"], "id");
        (text(&book, "child_name"), text(&book, "title"), text(&book, "cloth"), cover)
    };
    let chosen =
        ("Alma Bang".to_owned(), "Min helt egen bog".to_owned(), "berry".to_owned(), picture.clone());
    assert_eq!(told(&almas.own()), chosen);
    assert_eq!(told(&almas.mother()), chosen);

    // What is left out stays; an empty name is the whole name.
    almas.own().post(&almas.at("look"), &json!({ "called": "" })).expect(201);
    assert_ne!(told(&almas.own()).0, "Alma Bang");
    assert_eq!(told(&almas.own()).3, picture);

    let personas = almas.instance.personas();
    let whole = almas.own().get(&almas.at("book?age=9")).expect(200).json();
    let leader =
        personas.iter().find(|one| one.persona == "leader" && one.municipality == almas.alma.municipality);
    let corrected = json!({ "name": "Alma Vestervang Bang", "born": "2017-05-14" });
    almas.instance.api(leader.unwrap()).post(&almas.at("versions"), &corrected).expect(201);
    let after = almas.own().get(&almas.at("book?age=9")).expect(200).json();
    for kept in ["title", "cloth", "cover"] {
        assert_eq!(after[kept], whole[kept], "{kept}");
    }
}

#[test]
fn a_cover_is_a_picture_that_everybody_sees_and_a_wrong_look_is_told() {
    let almas = Almas::on(Database::Sqlite);
    let own = almas.own();
    let drawing = own.upload_ok(&almas.child, "hule.jpg", &distinct_jpeg(3, 4_000));
    own.post(&almas.at("own-pages"), &json!({ "title": "Min hule", "media": [drawing] })).expect(201);
    let refused = |look: Value| {
        let answer = own.post(&almas.at("look"), &look);
        assert_eq!(answer.status, 422, "{look}");
        let fields = answer.json()["fields"].as_array().unwrap().clone();
        fields.iter().map(|field| text(field, "field")).collect::<Vec<_>>()
    };
    assert_eq!(refused(json!({ "cover": drawing })), ["cover"], "a private page is told of by no cover");
    assert_eq!(refused(json!({ "cloth": "glitter" })), ["cloth"]);
    assert_eq!(refused(json!({ "book_title": "a".repeat(201) })), ["book_title"]);
    almas.mother().post(&almas.at("look"), &json!({ "cloth": "sky" })).refusal(403);
}

#[test]
fn a_hidden_page_is_gone_for_the_child_alone() {
    hidden_for_the_child_alone(Database::Sqlite);
}

#[test]
fn a_hidden_page_is_gone_for_the_child_alone_on_postgresql_too() {
    let postgres = Postgres::start();
    hidden_for_the_child_alone(postgres.database());
}

fn hidden_for_the_child_alone(database: Database) {
    let mut almas = Almas::on(database);
    let (page, _) = almas.page(7);
    let at = format!("/bog/{}/side/{page}", almas.child);
    let before = almas.book(&almas.mother());
    assert!(pages(&almas.book(&almas.own())).contains(&page));

    almas.hide(&page, true).expect(201);
    let own = almas.book(&almas.own());
    assert!(!pages(&own).contains(&page) && hidden(&own) == std::slice::from_ref(&page));
    almas.own().get(&at).expect(404);
    assert!(almas.own().get(&format!("/bog/{}/mine", almas.child)).expect(200).text().contains(&page));

    // The others read it as before, and nothing tells them.
    assert_eq!(almas.book(&almas.mother()), before);
    almas.mother().get(&at).expect(200);
    for person in almas.instance.personas().iter().filter(|one| one.id != almas.alma.id) {
        let book = almas.instance.api(person).get(&almas.at("book?age=9")).text();
        assert!(!book.contains("\"hidden\""), "{}", person.persona);
    }

    almas.instance.stop();
    let dump = almas.instance.run_ok(&["dump"]);
    almas.instance.run_ok(&["rebuild"]);
    assert!(almas.instance.run_ok(&["dump"]) == dump, "the index made anew is another one");
    almas.instance.start();
    assert_eq!(hidden(&almas.book(&almas.own())), std::slice::from_ref(&page));

    almas.hide(&page, false).expect(201);
    assert!(pages(&almas.book(&almas.own())).contains(&page));
    almas.own().get(&at).expect(200);
}

#[test]
fn what_is_not_in_the_book_is_not_hidden() {
    let almas = Almas::on(Database::Sqlite);
    let (page, _) = almas.page(9);
    almas.hide("018f5a10-0000-7000-8000-000000000001", true).refusal(404);
    almas.hide(&page, false).refusal(404);
    almas.mother().post(&almas.at("hidden"), &json!({ "page": page, "hidden": true })).refusal(403);
    let other = |one: &Persona| one.persona == "child" && one.id != almas.alma.id;
    let stranger = almas.instance.personas().into_iter().find(other).unwrap();
    almas
        .instance
        .api(&stranger)
        .post(&almas.at("hidden"), &json!({ "page": page, "hidden": true }))
        .refusal(404);
    assert!(pages(&almas.book(&almas.own())).contains(&page));
}
