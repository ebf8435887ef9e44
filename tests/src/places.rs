//! Where somebody can come to on screen: who reads at each age, and every page they meet.

use serde::Serialize;
use serde_json::{Value, json};

use crate::client::text;
use crate::{Instance, Persona};

/// A page, and what it is: two of the same `what` have the same parts.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    pub what: String,
    pub path: String,
}

/// Somebody who reads, and where they can come.
#[derive(Debug, Clone, Serialize)]
pub struct Reader {
    /// The band a book is read in; what an adult is, where it is not a book.
    pub band: &'static str,
    pub name: String,
    pub sign_in: String,
    pub places: Vec<Place>,
}

impl Reader {
    /// The first place of each kind.
    pub fn one_of_each(&self) -> Self {
        let mut seen = std::collections::BTreeSet::new();
        let places = self.places.iter().filter(|place| seen.insert(&place.what)).cloned().collect();
        Self { places, ..self.clone() }
    }
}

/// A child in each band, on pages of its own; the middle one is Alma, as her foster mother sees that she will read.
pub fn readers(instance: &Instance) -> Vec<Reader> {
    let alma = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&alma.children[0]);
    let child = |age| instance.child_reading_up_to(age);
    vec![
        own_book(instance, "3-6", &child(6), 5),
        own_book(instance, "7-9", &alma, 9),
        reader("10-12", &mother, book(instance, &mother, 11)),
        own_book(instance, "13-15", &child(15), 14),
        own_book(instance, "16-17", &child(17), 17),
        own_book(instance, "18+", &instance.persona("adult"), 34),
    ]
}

/// Adults at their own pages, and somebody who is not signed in.
pub fn others(instance: &Instance) -> Vec<Reader> {
    let fixed = |kind: &'static str, paths: &[&str]| {
        reader(kind, &instance.persona(kind), paths.iter().map(|path| place(*path, *path)).collect())
    };
    let leader = instance.persona("leader");
    let child = format!("/overblik/{}", leader.children[0]);
    let mother = instance.persona("foster_parent");
    let asked = instance.api(&instance.persona("adult")).list("/api/v1/archive-requests");
    let request = format!("/arkiv/{}", text(&asked[0], "id"));
    let archivist = instance.persona("archivist");
    let told = json!({ "municipality": archivist.municipality, "name": "Rikke Lund", "reach": "12 34 57 89",
        "names_then": "Rikke Damsgaard", "born": "1992-06-08", "places": "Solbakken" });
    let claim = instance.stranger().post("/api/v1/claims", &told).expect(201).json();
    let claimed = format!("/find/{}", text(&claim, "secret"));
    let looked_into = format!("/arkiv/find/{}", text(&claim, "id"));
    let open = [
        "/",
        "/ind",
        "/hjaelp",
        "/find",
        "/find/andres",
        &claimed,
        "/ordbog",
        "/rettigheder?age=9",
        "/rettigheder?age=34",
        "/uden-net",
        "/visning",
        "/bog/ukendt",
    ]
    .map(|path| place(if path == claimed { "/find/" } else { path }, path));
    let known = &instance.persona("caseworker").children[0];
    let (siblings, ahead) = (format!("/bog/{known}/soeskende"), format!("/bog/{known}/laengere-frem"));
    vec![
        reader("foster_parent", &mother, around_a_book(&mother, "/bog", "/bidrag")),
        fixed("caseworker", &["/bidrag", "/bog", &siblings, &ahead]),
        fixed("leader", &["/overblik", "/overblik/voksne", "/overblik/nyt-barn", &child]),
        fixed("adult", &["/arkiv", "/arkiv/ny", &request]),
        fixed("archivist", &["/arkiv/anmodninger", &request, &looked_into]),
        Reader { band: "nobody", name: String::new(), sign_in: String::new(), places: open.to_vec() },
    ]
}

fn place(what: impl Into<String>, path: impl Into<String>) -> Place {
    Place { what: what.into(), path: path.into() }
}

fn reader(band: &'static str, who: &Persona, places: Vec<Place>) -> Reader {
    Reader { band, name: who.name.clone(), sign_in: who.sign_in.clone(), places }
}

/// What an adult beside a child has besides the book: the shelf, the form, somebody to tell of.
fn around_a_book(who: &Persona, shelf: &str, write: &str) -> Vec<Place> {
    let about = |what: &str| format!("/bog/{}/{what}", who.children[0]);
    vec![
        place("shelf", shelf),
        place("contribute", write),
        place("tell-person", about("mennesker/ny")),
        place("tell-school", about("skoler/ny")),
    ]
}

fn own_book(instance: &Instance, band: &'static str, child: &Persona, age: u64) -> Reader {
    let mut places = book(instance, child, age);
    let about = |what: &str| format!("/bog/{}/{what}", child.children[0]);
    // The pages around the child's own book. A new one belongs here.
    let own = [
        ("own-pages", about("mine")),
        ("own-page-form", about("mine/ny")),
        ("tell-person", about("mennesker/ny")),
        ("tell-school", about("skoler/ny")),
        ("arrange-cover", about("forside")),
        ("my-adults", about("voksne")),
        ("gifts", about("gaver")),
        ("goals", about("maal")),
        ("meetings", about("moeder")),
        ("talk", about("samtale")),
        ("talks", about("samtaler")),
        ("who-read", about("hvem")),
        ("rights", about("rettigheder")),
        ("offline", about("uden-net")),
        ("taken-out", about("taget-ud")),
        ("covered", about("daekket")),
        ("losses", about("vaek")),
        ("stays", about("bliver")),
        ("print", about("trykt")),
        ("look", "/visning".into()),
        ("help", "/hjaelp".into()),
    ];
    places.extend(own.into_iter().map(|(what, path)| place(what, path)));
    if age >= 16 {
        places.push(place("owner", about("ejer")));
        places.push(place("leaving", about("med")));
        if age >= 18 {
            places.push(place("elsewhere", about("andre-steder")));
            places.push(place("helper", about("hjaelper")));
        }
    }
    let relations = instance.api(child).get(&format!("/api/v1/children/{}/relations", child.children[0]));
    if let Some(first) = relations.expect(200).json()["items"].as_array().and_then(|all| all.first()) {
        places.push(place("tell-person-anew", about(&format!("mennesker/{}", text(first, "id")))));
    }
    reader(band, child, places)
}

/// The cover, each chapter and each page of the book, as it reads at `age`.
fn book(instance: &Instance, who: &Persona, age: u64) -> Vec<Place> {
    let child = &who.children[0];
    let preview = if who.persona == "foster_parent" { format!("?age={age}") } else { String::new() };
    let book = instance.api(who).get(&format!("/api/v1/children/{child}/book?age={age}")).expect(200).json();
    let mut places = vec![place("cover", format!("/bog/{child}{preview}"))];
    for chapter in book["chapters"].as_array().expect("chapters") {
        let kind = text(chapter, "kind");
        let what = match kind.as_str() {
            "my-people" | "homes" | "school" => format!("chapter-{kind}"),
            _ => "chapter".to_owned(),
        };
        places.push(place(what, format!("/bog/{child}/kapitel/{kind}{preview}")));
        for page in chapter["pages"].as_array().expect("pages") {
            places.push(place(look_of(page), format!("/bog/{child}/side/{}{preview}", text(page, "id"))));
        }
    }
    places
}

/// Pages of the same kind, with as many pictures, are made of the same parts.
fn look_of(page: &Value) -> String {
    let state = page["body"]["state"].as_str().unwrap_or_default();
    if state != "open" {
        return format!("page-{state}");
    }
    let pictured = page["pictures"].as_array().is_some_and(|pictures| !pictures.is_empty());
    format!("page-{}{}", text(page, "kind"), if pictured { "-pictured" } else { "" })
}
