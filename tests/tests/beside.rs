//! What is told beside a page: the same, as somebody else remembers it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::{Api, Database, Instance, Persona, oracle};

const HOST: &str = "Den dag ved åen";
const ALMAS: &str = "Jeg var ikke bange. Jeg var vred.";
const CASEWORKERS: &str = "Jeg kom til åen klokken tre.";

struct Told {
    instance: Instance,
    alma: Persona,
    child: String,
    host: String,
}

impl Told {
    fn new() -> Self {
        let instance = Instance::demo_on(Database::Sqlite);
        let alma = instance.child_reading_up_to(9);
        let child = alma.children[0].clone();
        let mother = instance.api(&instance.foster_parent_of(&child));
        let host = text(&mother.post_entry(&child, &story(HOST, "Du blev bange.")).expect(201).json(), "id");
        Self { instance, alma, child, host }
    }

    fn own(&self) -> Api {
        self.instance.api(&self.alma)
    }

    fn mother(&self) -> Api {
        self.instance.api(&self.instance.foster_parent_of(&self.child))
    }

    fn caseworker(&self) -> Api {
        let around =
            |person: &Persona| person.persona == "caseworker" && person.children.contains(&self.child);
        self.instance.api(&self.instance.personas().into_iter().find(around).expect("a caseworker"))
    }

    fn remembers(&self, sharing: &str) -> String {
        let page = json!({ "text": ALMAS, "beside": self.host, "sharing": { "with": sharing } });
        let path = format!("/api/v1/children/{}/own-pages", self.child);
        text(&self.own().post(&path, &page).expect(201).json(), "id")
    }

    fn tells_too(&self, by: &Api, beside: &str) -> String {
        let mut entry = story("Set fra broen", CASEWORKERS);
        entry["beside"] = beside.into();
        text(&by.post_entry(&self.child, &entry).expect(201).json(), "id")
    }

    /// Ids of the pages from the host on, each with what it stands beside.
    fn side_by_side(&self, reader: &Api) -> Vec<(String, Option<String>)> {
        let book = reader.get(&format!("/api/v1/children/{}/book?age=9", self.child)).expect(200).json();
        let chapters = book["chapters"].as_array().unwrap();
        let pages: Vec<&Value> =
            chapters.iter().flat_map(|chapter| chapter["pages"].as_array().unwrap()).collect();
        let at = pages.iter().position(|page| text(page, "id") == self.host).expect("the host");
        let beside = |page: &Value| page["beside"].as_str().map(str::to_owned);
        let together =
            pages[at..].iter().enumerate().take_while(|(index, page)| *index == 0 || beside(page).is_some());
        let mut together: Vec<_> = together.map(|(_, page)| (text(page, "id"), beside(page))).collect();
        together[1..].sort();
        together
    }
}

fn story(title: &str, words: &str) -> Value {
    json!({
        "kind": "story", "title": title, "occurred_on": "2026-08-03", "precision": "day", "basis": "seen",
        "chapter": "days", "texts": [{ "band": "7-9", "language": "da", "text": words }],
    })
}

#[test]
fn the_childs_memory_stands_beside_the_page_and_is_its_own_until_it_shares_it() {
    let told = Told::new();
    let page = told.remembers("nobody");
    let host = Some(told.host.clone());
    assert_eq!(told.side_by_side(&told.own()), [(told.host.clone(), None), (page.clone(), host.clone())]);
    assert_eq!(told.side_by_side(&told.mother()), [(told.host.clone(), None)]);
    let seen = |reader: &Api, id: &str| {
        reader.get(&format!("/bog/{}/side/{id}", told.child)).expect(200).text().contains(ALMAS)
    };
    assert!(seen(&told.own(), &told.host) && seen(&told.own(), &page) && !seen(&told.mother(), &told.host));

    let change = json!({ "text": ALMAS, "sharing": { "with": "everyone" } });
    told.own().post(&format!("/api/v1/own-pages/{page}/versions"), &change).expect(201);
    assert_eq!(told.side_by_side(&told.mother()), [(told.host.clone(), None), (page.clone(), host)]);
    // Its own address leads to both, in equal measure.
    let both = told.mother().get(&format!("/bog/{}/side/{page}", told.child)).expect(200).text();
    assert!(both.contains(HOST) && both.contains(ALMAS) && both.contains("class=\"accounts\""));
}

#[test]
fn accounts_stay_together_through_corrections_a_rebuild_and_on_paper() {
    let mut told = Told::new();
    let mine = told.tells_too(&told.caseworker(), &told.host);
    // Told beside the one that is told beside: all stand with the same page.
    let third = told.tells_too(&told.mother(), &mine);
    let host = Some(told.host.clone());
    let mut together = [(told.host.clone(), None), (mine.clone(), host.clone()), (third, host)];
    together[1..].sort();
    assert_eq!(told.side_by_side(&told.own()), together);

    let corrected = story("Set fra broen", "Jeg kom klokken tre. Vinden var kold.");
    told.caseworker().post(&format!("/api/v1/entries/{mine}/versions"), &corrected).expect(201);
    assert_eq!(told.side_by_side(&told.own()), together);
    let kept = told.own().get(&format!("/api/v1/entries/{mine}")).expect(200).json();
    assert_eq!(text(&kept, "beside"), told.host);

    let file = told.instance.data.with_file_name("bog.pdf");
    std::fs::write(&file, told.mother().edition(&told.child, 9)).unwrap();
    let printed = oracle::pdftotext(&file);
    let at = |words: &str| printed.find(words).unwrap_or_else(|| panic!("{words} is not printed"));
    assert!(at(HOST) < at("Vinden var kold") && printed.contains("husker"), "one after the other");

    told.instance.stop();
    let dump = told.instance.run_ok(&["dump"]);
    told.instance.run_ok(&["rebuild"]);
    assert!(told.instance.run_ok(&["dump"]) == dump, "the index made anew is another one");
    told.instance.start();
    assert_eq!(told.side_by_side(&told.own()), together);
}

#[test]
fn nobody_tells_beside_what_they_do_not_read() {
    let told = Told::new();
    let own = told.own();
    let path = format!("/api/v1/children/{}/own-pages", told.child);
    let beside = |host: &str| json!({ "text": ALMAS, "beside": host });
    let mut held = story("Venter", "Det venter.");
    held["readiness"] = json!({ "state": "with_adult", "ask": "Mette" });
    let held = text(&told.caseworker().post_entry(&told.child, &held).expect(201).json(), "id");
    let other = |one: &Persona| one.persona == "child" && one.id != told.alma.id;
    let stranger = told.instance.personas().into_iter().find(other).unwrap();
    let foreign =
        told.instance.api(&stranger).list(&format!("/api/v1/children/{}/entries", stranger.children[0]));
    for host in [&held, &text(&foreign[0], "id"), "018f5a10-0000-7000-8000-000000000001"] {
        own.post(&path, &beside(host)).refusal(404);
        own.get(&format!("/bog/{}/mine/ny?ved={host}", told.child)).expect(404);
    }
    let mut entry = story("Jeg også", "Jeg var der.");
    entry["beside"] = text(&foreign[0], "id").into();
    told.mother().post_entry(&told.child, &entry).refusal(404);
}

#[test]
fn when_the_page_comes_to_wait_the_child_keeps_its_own_words_and_meets_no_others() {
    let told = Told::new();
    let page = told.remembers("everyone");
    let mine = told.tells_too(&told.caseworker(), &told.host);
    let mut waits = story(HOST, "Du blev bange.");
    waits["readiness"] = json!({ "state": "with_adult", "ask": "Birgit" });
    told.caseworker().post(&format!("/api/v1/entries/{}/versions", told.host), &waits).expect(201);
    let book = told.own().get(&format!("/api/v1/children/{}/book?age=9", told.child)).expect(200).text();
    assert!(book.contains(&page) && book.contains(ALMAS), "its own words stand alone");
    assert!(!book.contains(&mine) && !book.contains(CASEWORKERS));
    told.own().get(&format!("/bog/{}/side/{page}", told.child)).expect(200);
}
