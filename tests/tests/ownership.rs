//! At 18 the key changes hands: by the day of birth alone, and whom the grown person lets in reads on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use chrono::{Datelike, Days, NaiveDate, Utc};
use chrono_tz::Europe::Copenhagen;
use serde_json::{Value, json};
use tests::client::text;
use tests::instance::{Administrator, lossy};
use tests::stories::story;
use tests::taken::locked_it_opens_with_age_alone;
use tests::{Answer, Api, Database, Instance, Postgres, until};

/// Somebody who is 18 tomorrow, and everybody around them.
struct Eve {
    instance: Instance,
    /// Keeps the register, and is second reader of this one's hard pages.
    leader: Api,
    mother: Api,
    caseworker: Api,
    support: Api,
    /// Invited: writes, and does not read.
    aunt: Api,
    /// A carer of years ago.
    before: Api,
    archivist: Api,
    own: Api,
    child: String,
    ids: [String; 3],
}

impl Eve {
    fn on(database: Database) -> Self {
        let (instance, Administrator { token, id: leader_id, .. }) = Instance::real_on(database);
        let leader = Api::new(&instance.origin, Some(&token));
        let created = |path: &str, body: Value| text(&leader.post(path, &body).expect(201).json(), "id");
        let [mother, caseworker, support, aunt, before, archivist, own] = [
            ("Karen Holm", "plejemor"),
            ("Mette Lund", "rådgiver"),
            ("Inge Thorup", "støtteperson"),
            ("Asta Skovlund", "moster"),
            ("Ellen Friis", "plejemor"),
            ("Ida Bak", "arkivar"),
            ("Mikkel Vang", "barnet selv"),
        ]
        .map(|(name, title)| created("/api/v1/people", json!({ "name": name, "title": title })));
        let born = born_to_be_18_on(tomorrow());
        let child = created("/api/v1/children", json!({ "name": "Mikkel Vang", "born": born }));
        for (carer, from, to) in [(&before, "2012-01-01", Some("2019-07-31")), (&mother, "2019-08-01", None)]
        {
            let home = json!({ "home_kind": "foster_family", "home_name": "Hjemme", "carers": [carer],
                "from": from, "to": to });
            created(&format!("/api/v1/children/{child}/placements"), home);
        }
        for (person, role) in [
            (&caseworker, "caseworker"),
            (&support, "support_person"),
            (&aunt, "invited"),
            (&leader_id, "leader"),
            (&archivist, "archivist"),
            (&own, "own"),
        ] {
            let tie = json!({ "person": person, "role": role, "from": "2019-08-01" });
            created(&format!("/api/v1/children/{child}/assignments"), tie);
        }
        let ids = [&mother, &aunt, &before].map(String::clone);
        let [mother, caseworker, support, aunt, before, archivist, own] =
            [mother, caseworker, support, aunt, before, archivist, own].map(|person| {
                let token = lossy(&instance.run_ok(&["account", "token", &person])).trim().to_owned();
                Api::new(&instance.origin, Some(&token))
            });
        Self { instance, leader, mother, caseworker, support, aunt, before, archivist, own, child, ids }
    }

    fn at(&self, what: &str) -> String {
        format!("/api/v1/children/{}/{what}", self.child)
    }

    /// Moves the birthday so that it is today. It is the day of birth and the day it is that decide, and no other deed.
    fn birthday_comes(&self) {
        let record = json!({ "name": "Mikkel Vang", "born": born_to_be_18_on(today()) });
        self.leader.post(&self.at("versions"), &record).expect(201);
    }

    fn reads(&self, who: &Api) -> Answer {
        who.get(&self.at("book?age=18"))
    }

    fn choose(&self, person: &str, may: &str) -> Answer {
        self.own.post(&self.at("readers"), &json!({ "readers": [{ "person": person, "may": may }] }))
    }

    fn browser(&self, name: &str) -> Api {
        let people = self.leader.list("/api/v1/people");
        let person = people.iter().find(|one| text(one, "name") == name).expect("one of them");
        let links = format!("/api/v1/people/{}/sign-in-links", text(person, "id"));
        let link = text(&self.leader.post(&links, &json!({})).expect(201).json(), "sign_in");
        Api::signed_in(&self.instance.origin, &link).expect("lets in")
    }

    fn lists(&self, who: &Api) -> bool {
        who.list("/api/v1/children").iter().any(|child| text(child, "id") == self.child)
    }
}

fn today() -> NaiveDate {
    Utc::now().with_timezone(&Copenhagen).date_naive()
}

fn tomorrow() -> NaiveDate {
    today() + Days::new(1)
}

/// Whoever was born then is 18 on `day`, and not the day before.
fn born_to_be_18_on(day: NaiveDate) -> String {
    let born = day.with_year(day.year() - 18).or_else(|| day.succ_opt()?.with_year(day.year() - 18));
    born.unwrap().to_string()
}

#[test]
fn reading_ends_on_the_birthday_and_the_words_stay() {
    the_key_changes_hands(Database::Sqlite);
}

#[test]
fn reading_ends_on_the_birthday_and_the_words_stay_on_postgresql_too() {
    let postgres = Postgres::start();
    the_key_changes_hands(postgres.database());
}

fn the_key_changes_hands(database: Database) {
    let mut eve = Eve::on(database);
    let written = eve.mother.post_entry(&eve.child, &story("Fyret", "Vi gik ud til fyret.")).expect(201);
    let entry = text(&written.json(), "id");
    let around = [&eve.mother, &eve.caseworker, &eve.support, &eve.leader, &eve.archivist];
    for who in around {
        eve.reads(who).expect(200);
        assert!(eve.lists(who));
    }
    assert_eq!(eve.reads(&eve.aunt).refusal(403), "not_permitted");
    assert_eq!(eve.reads(&eve.before).refusal(404), "not_found");
    let browser = eve.browser("Karen Holm");
    browser.get(&format!("/bog/{}/side/{entry}", eve.child)).expect(200);

    // Chosen the day before, it counts from the birthday on and gives nobody anything until then.
    let [mother, aunt, before] = eve.ids.clone();
    eve.choose(&aunt, "write").expect(201);
    eve.choose(&before, "read").expect(201);
    assert_eq!(eve.reads(&eve.aunt).refusal(403), "not_permitted");
    assert_eq!(eve.reads(&eve.before).refusal(404), "not_found");
    assert!(!eve.lists(&eve.before));
    eve.own.post("/api/v1/archive-requests", &json!({})).refusal(403);

    eve.birthday_comes();
    for who in [&eve.mother, &eve.caseworker, &eve.support, &eve.leader] {
        for path in [eve.at("book?age=18"), eve.at("entries"), format!("/api/v1/entries/{entry}")] {
            assert_eq!(who.get(&path).refusal(403), "handed_over", "{path}");
        }
        assert_eq!(who.post_entry(&eve.child, &story("Mere", "Mere.")).refusal(403), "handed_over");
        assert!(!eve.lists(who), "the book is not among theirs any more");
        assert!(!who.get("/api/v1/me").expect(200).text().contains(&eve.child));
    }
    // The browser that was open over the birthday is told why, at once.
    let told = browser.get(&format!("/bog/{}/side/{entry}", eve.child)).expect(403).text();
    assert!(told.contains("skiftet hænder") && !told.contains("fyret"), "{told}");
    eve.reads(&eve.archivist).expect(200);
    eve.reads(&eve.before).expect(200);
    eve.reads(&eve.aunt).expect(200);
    assert_eq!(eve.before.post_entry(&eve.child, &story("Mere", "Mere.")).refusal(403), "not_permitted");
    eve.aunt.post_entry(&eve.child, &story("Til dig", "Tillykke.")).expect(201);

    let page = eve.own.get(&format!("/api/v1/entries/{entry}")).expect(200).json();
    assert_eq!(text(&page["author"], "name"), "Karen Holm", "the words stay with their name");
    eve.own.post("/api/v1/archive-requests", &json!({})).expect(201);

    // Changed on any day: at once, and the index made anew knows it.
    eve.choose(&mother, "read").expect(201);
    eve.choose(&before, "nothing").expect(201);
    let as_chosen = |eve: &Eve| {
        browser.get(&format!("/bog/{}/side/{entry}", eve.child)).expect(200);
        assert_eq!(eve.reads(&eve.before).refusal(404), "not_found");
        assert_eq!(eve.reads(&eve.caseworker).refusal(403), "handed_over");
    };
    as_chosen(&eve);
    eve.rebuilt();
    as_chosen(&eve);
    eve.choose(&mother, "nothing").expect(201);
    assert_eq!(eve.reads(&eve.mother).refusal(403), "handed_over");
}

impl Eve {
    fn rebuilt(&mut self) {
        self.instance.stop();
        let dump = self.instance.run_ok(&["dump"]);
        self.instance.run_ok(&["rebuild"]);
        assert!(self.instance.run_ok(&["dump"]) == dump, "the index made anew is another one");
        self.instance.start();
    }
}

#[test]
fn only_the_one_the_book_is_about_chooses_and_only_among_its_own_people() {
    let eve = Eve::on(Database::Sqlite);
    let [mother, ..] = eve.ids.clone();
    let readers = eve.own.list(&eve.at("readers"));
    let names: Vec<String> = readers.iter().map(|one| text(one, "name")).collect();
    assert_eq!(names, ["Asta Skovlund", "Inge Thorup", "Karen Holm", "Mette Lund", "Ellen Friis"]);
    assert!(readers.iter().all(|one| text(one, "may") == "nothing"), "nobody is let in unasked");

    let choice = json!({ "readers": [{ "person": mother, "may": "read" }] });
    for who in [&eve.mother, &eve.caseworker, &eve.leader, &eve.archivist, &eve.aunt] {
        assert_eq!(who.get(&eve.at("readers")).refusal(403), "not_permitted");
        assert_eq!(who.post(&eve.at("readers"), &choice).refusal(403), "not_permitted");
    }
    assert_eq!(eve.before.post(&eve.at("readers"), &choice).refusal(404), "not_found");

    let stranger = json!({ "name": "En fremmed", "title": "ingen" });
    let stranger = text(&eve.leader.post("/api/v1/people", &stranger).expect(201).json(), "id");
    assert_eq!(eve.choose(&stranger, "read").refusal(404), "not_found");
    assert_eq!(eve.choose("018f5a10-0000-7000-8000-000000000001", "read").refusal(404), "not_found");
    let archivist = eve.leader.list("/api/v1/people");
    let archivist = archivist.iter().find(|one| text(one, "name") == "Ida Bak").unwrap();
    assert_eq!(eve.choose(&text(archivist, "id"), "read").refusal(404), "not_found", "an office");
    assert_eq!(eve.choose(&mother, "all").refusal(422), "invalid_fields");
    assert_eq!(eve.own.post(&eve.at("readers"), &json!({ "readers": [] })).refusal(422), "invalid_fields");
    let role = json!({ "person": mother, "role": "chosen_reader", "from": "2026-01-01" });
    assert_eq!(eve.leader.post(&eve.at("assignments"), &role).refusal(422), "invalid_fields");

    let younger = json!({ "name": "Mikkel Vang", "born": born_to_be_18_on(today() + Days::new(800)) });
    eve.leader.post(&eve.at("versions"), &younger).expect(201);
    assert_eq!(eve.own.get(&eve.at("readers")).refusal(403), "not_permitted", "from 16 on");
}

#[test]
fn one_adult_alone_lets_nobody_in() {
    let eve = Eve::on(Database::Sqlite);
    let [mother, ..] = eve.ids.clone();
    // The leader keeps the link for itself.
    let as_mikkel = eve.browser("Mikkel Vang");
    let page = format!("/bog/{}/ejer", eve.child);
    assert!(as_mikkel.get(&page).expect(403).text().contains("voksen mere"));
    as_mikkel.send_form(&page, &[(&format!("may-{mother}"), "write")]).expect(403);
    assert!(eve.own.list(&eve.at("readers")).iter().all(|one| text(one, "may") == "nothing"));
}

#[test]
fn it_is_chosen_on_a_page_without_scripts() {
    let instance = Instance::demo();
    let mikkel = instance.child_reading_up_to(17);
    let child = &mikkel.children[0];
    let browser = Api::signed_in(&instance.origin, &mikkel.sign_in).unwrap();
    let page = format!("/bog/{child}/ejer");
    assert!(
        browser.get(&format!("/bog/{child}")).expect(200).text().contains(&page),
        "led there from the cover"
    );
    let shown = browser.get(&page).expect(200).text();
    assert!(shown.contains("Når du fylder 18") && shown.contains("Poul Erik"), "{shown}");
    let readers = instance.api(&mikkel).list(&format!("/api/v1/children/{child}/readers"));
    let carer = readers.iter().find(|one| text(one, "name").starts_with("Poul Erik")).unwrap();
    let field = format!("may-{}", text(carer, "person"));
    let sent = browser.send_form(&page, &[("key", "k1"), (&field, "write")]).expect(200).text();
    assert!(sent.contains("Dine valg er gemt"), "{sent}");
    let after = instance.api(&mikkel).list(&format!("/api/v1/children/{child}/readers"));
    let chosen: Vec<&Value> = after.iter().filter(|one| text(one, "may") != "nothing").collect();
    assert!(chosen.len() == 1 && chosen[0]["person"] == carer["person"] && text(chosen[0], "may") == "write");

    // Others who read the book are told nothing of it.
    let mother = instance.foster_parent_of(child);
    let theirs = Api::signed_in(&instance.origin, &mother.sign_in).unwrap();
    assert!(!theirs.get(&format!("/bog/{child}")).expect(200).text().contains(&page));
    theirs.get(&page).expect(403);

    // The grown reader meets the same page, with who she has let in.
    let rikke = instance.persona("adult");
    let browser = Api::signed_in(&instance.origin, &rikke.sign_in).unwrap();
    let page = browser.get(&format!("/bog/{}/ejer", rikke.children[0])).expect(200).text();
    assert!(page.contains("Bogen er din") && page.contains("Inge"), "{page}");
}

#[test]
fn the_grown_owner_takes_everything_home_and_asks_nobody() {
    let mut eve = Eve::on(Database::Sqlite);
    let secret = json!({ "title": "Kun min", "text": "Det, jeg ikke viser nogen." });
    eve.own.post(&eve.at("own-pages"), &secret).expect(201);
    let packages = eve.at("packages");
    assert_eq!(eve.own.post(&packages, &json!({})).refusal(403), "not_grown");
    eve.choose(&eve.ids[0].clone(), "write").expect(201);
    eve.birthday_comes();
    for (who, code) in
        [(&eve.caseworker, "handed_over"), (&eve.mother, "not_permitted"), (&eve.archivist, "not_permitted")]
    {
        assert_eq!(who.post(&packages, &json!({})).refusal(403), code);
    }
    assert_eq!(eve.before.post(&packages, &json!({})).refusal(404), "not_found");

    let ordered = eve.own.post(&packages, &json!({})).expect(202);
    let one = format!("/api/v1/packages/{}", text(&ordered.json(), "id"));
    assert!(ordered.header("Location").ends_with(&one));
    until("the package", || (text(&eve.own.get(&one).expect(200).json(), "status") == "ready").then_some(()));
    let told = eve.own.get(&one).expect(200).json();
    let file = eve.own.get(&format!("{one}/file")).expect(200);
    assert_eq!(told["size_bytes"], file.body.len());
    assert_eq!(told["missing"], 0);
    assert!(file.body.starts_with(b"PK"), "a zip");
    for (who, code) in [(&eve.mother, 403), (&eve.archivist, 403), (&eve.caseworker, 403), (&eve.before, 404)]
    {
        who.get(&one).expect(code);
        who.get(&format!("{one}/file")).expect(code);
        who.post(&format!("{one}/locked-file"), &json!({ "password": "regnvejr gulerod ni" })).expect(code);
    }
    locked_it_opens_with_age_alone(&eve.own, &format!("{one}/locked-file"), &file.body);

    eve.rebuilt();
    let again = eve.own.get(&format!("{one}/file")).expect(200);
    assert!(again.body == file.body, "made again it is the same to the byte");
    assert_eq!(again.header("ETag"), file.header("ETag"));
    assert_eq!(eve.own.list(&packages).len(), 1);
    let log = eve.own.list(&eve.at("access-log"));
    assert!(
        log.iter().any(|reading| text(&reading["page"], "what") == "package"),
        "that it was fetched is noted"
    );
}

#[test]
fn papers_and_people_are_kept_at_hand() {
    let mut eve = Eve::on(Database::Sqlite);
    let paper = json!({ "kind": "document", "title": "Svendebrev", "occurred_on": "2026-06-20", "precision": "day",
        "media": [eve.caseworker.upload_ok(&eve.child, "brev.txt", b"Bestaaet.")] });
    let paper = text(&eve.caseworker.post_entry(&eve.child, &paper).expect(201).json(), "id");
    let other =
        text(&eve.mother.post_entry(&eve.child, &story("Ikke et papir", "Nej.")).expect(201).json(), "id");
    let mother = eve.ids[0].clone();
    let mothers = json!({ "name": "Karen; Holm", "title": "plejemor", "phone": "12 34 57 14" });
    eve.leader.post(&format!("/api/v1/people/{mother}/versions"), &mothers).expect(201);

    let kept = eve.at("kept");
    eve.own.post(&kept, &json!({ "papers": [paper], "people": [mother] })).expect(201);
    assert_eq!(eve.own.post(&kept, &json!({ "papers": [other] })).refusal(404), "not_found", "not a paper");
    assert_eq!(eve.own.post(&kept, &json!({ "people": [eve.child] })).refusal(404), "not_found");
    assert_eq!(eve.mother.get(&kept).refusal(403), "not_permitted");
    eve.rebuilt();
    let told = eve.own.get(&kept).expect(200).json();
    assert_eq!(told["papers"].as_array().unwrap().len(), 1);
    assert!(told["papers"][0]["kept"] == true && text(&told["papers"][0], "entry") == paper);
    let people: Vec<&Value> =
        told["people"].as_array().unwrap().iter().filter(|one| one["kept"] == true).collect();
    assert!(people.len() == 1 && text(people[0], "phone") == "12 34 57 14");
    assert!(eve.own.list(&eve.at("readers")).iter().all(|one| text(one, "may") == "nothing"));

    let cards = eve.own.get(&format!("/bog/{}/med/mennesker.vcf", eve.child)).expect(200);
    assert!(cards.header("Content-Type").starts_with("text/vcard"));
    let cards = cards.text();
    assert!(
        cards.contains("FN:Karen\\; Holm\r\n") && cards.contains("TEL;TYPE=VOICE:12 34 57 14\r\n"),
        "{cards}"
    );
    assert_eq!(cards.matches("BEGIN:VCARD").count(), 1, "only those who were chosen");

    // What is left out stays.
    eve.own.post(&kept, &json!({ "people": [] })).expect(201);
    let told = eve.own.get(&kept).expect(200).json();
    assert!(told["papers"][0]["kept"] == true);
    assert!(told["people"].as_array().unwrap().iter().all(|one| one["kept"] == false));
}

#[test]
fn the_grown_owner_is_told_where_else_to_ask_with_a_letter_for_each() {
    let instance = Instance::demo();
    let rikke = instance.persona("adult");
    let (own, child) = (instance.api(&rikke), &rikke.children[0]);
    let places = own.get(&format!("/api/v1/children/{child}/elsewhere")).expect(200).json();
    let named = |name: &str| {
        let all = places["items"].as_array().unwrap();
        all.iter()
            .find(|place| text(place, "name").contains(name))
            .unwrap_or_else(|| panic!("{name}: {all:?}"))
            .clone()
    };
    let home = named("Solbakken");
    assert_eq!(
        (&home["what"], &home["from"], &home["to"]),
        (&json!("institution"), &json!(2007), &json!(2010))
    );
    assert_eq!(named("Favrskov")["what"], "municipality");
    assert_eq!(named("Rigsarkivet")["web"], "https://www.rigsarkivet.dk");
    let page = own.get(&format!("/bog/{child}/andre-steder")).expect(200).text();
    assert!(page.contains("Jeg beder om at se alt") && page.contains("2007–2010"), "{page}");
    let mikkel = instance.child_reading_up_to(17);
    let young = format!("/api/v1/children/{}/elsewhere", mikkel.children[0]);
    assert_eq!(instance.api(&mikkel).get(&young).refusal(403), "not_grown");
    let theirs = format!("/api/v1/children/{child}/elsewhere");
    assert_eq!(instance.api(&instance.persona("support_person")).get(&theirs).refusal(403), "not_permitted");
    assert_eq!(instance.api(&mikkel).get(&theirs).refusal(404), "not_found");
}

#[test]
fn a_helper_reads_along_for_one_day_and_only_the_grown_one_lets_them_in() {
    let instance = Instance::demo();
    let rikke = instance.persona("adult");
    let child = &rikke.children[0];
    let own = instance.api(&rikke);
    let helpers = format!("/api/v1/children/{child}/helpers");
    own.post(&helpers, &json!({ "name": " " })).refusal(422);
    let made = own.post(&helpers, &json!({ "name": "Signe" })).expect(201).json();
    assert_eq!(text(&made, "until"), today().to_string());
    let helper = Api::signed_in(&instance.origin, &text(&made, "link")).expect("the link opens");
    assert!(helper.get(&format!("/bog/{child}")).status == 200);
    assert!(Api::signed_in(&instance.origin, &text(&made, "link")).is_none(), "once");
    assert_eq!(helper.get(&format!("/bog/{child}/ejer")).status, 403);
    let log = own.list(&format!("/api/v1/children/{child}/access-log"));
    assert!(log.iter().any(|one| one["name"] == "Signe"), "{log:?}");
    let readers = own.list(&format!("/api/v1/children/{child}/readers"));
    let signe = readers.iter().find(|one| one["name"] == "Signe").unwrap();
    // Ended before the day is.
    let out = json!({ "readers": [{ "person": signe["person"], "may": "nothing" }] });
    own.post(&format!("/api/v1/children/{child}/readers"), &out).expect(201);
    assert_eq!(helper.get(&format!("/bog/{child}")).status, 404);
    let mut people = instance.personas().into_iter();
    let young = people.find(|one| {
        one.persona == "child"
            && instance.api(one).get(&format!("/api/v1/children/{}", one.children[0])).json()["age"].as_u64()
                >= Some(16)
    });
    let young = young.unwrap();
    let helpers = format!("/api/v1/children/{}/helpers", young.children[0]);
    instance.api(&young).post(&helpers, &json!({ "name": "Signe" })).refusal(403);
}
