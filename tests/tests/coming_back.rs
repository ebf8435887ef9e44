//! Coming back after decades: somebody without a way in says that a book is theirs, and two archivists look.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::{Administrator, lossy};
use tests::photos::Noise;
use tests::{Api, Database, Instance, Postgres, setting};

const CLAIMS: &str = "/api/v1/claims";

/// A municipality with two archivists, and the one who lived in care.
struct Archive {
    instance: Instance,
    leader: Api,
    municipality: String,
    archivists: [Api; 3],
}

impl Archive {
    fn on(database: Database) -> Self {
        Self::of(Instance::real_on(database))
    }

    fn of((instance, Administrator { token, .. }): (Instance, Administrator)) -> Self {
        let leader = Api::new(&instance.origin, Some(&token));
        let municipality = text(&leader.get("/api/v1/me").expect(200).json(), "municipality");
        let archivists = ["Søren Bækmark", "Ida Nørrelund", "Bo Dam"].map(|name| {
            let person = created(&leader, "/api/v1/people", &json!({ "name": name, "title": "arkivar" }));
            let role = json!({ "person": person, "role": "archivist", "from": "2020-01-01" });
            created(&leader, "/api/v1/assignments", &role);
            api_of(&instance, &person)
        });
        Self { instance, leader, municipality, archivists }
    }

    fn child(&self, name: &str, born: &str) -> String {
        created(&self.leader, "/api/v1/children", &json!({ "name": name, "born": born }))
    }

    fn told(&self, names: (&str, &str), born: &str, places: &str) -> Value {
        json!({ "municipality": self.municipality, "name": names.0, "names_then": names.1, "born": born,
            "places": places, "reach": "12 34 57 89" })
    }

    /// Files a claim; its id, and the secret.
    fn claim(&self, told: &Value) -> (String, String) {
        let filed = self.instance.stranger().post(CLAIMS, told).expect(201).json();
        (text(&filed, "id"), text(&filed, "secret"))
    }

    fn find(&self, archivist: usize, claim: &str, child: Option<&str>) {
        let finding = json!({ "child": child, "proof": "Pas og navneattest, set på rådhuset." });
        self.archivists[archivist].post(&format!("{CLAIMS}/{claim}/findings"), &finding).expect(201);
    }

    fn look(&self, archivist: usize, claim: &str) -> Value {
        self.archivists[archivist].get(&format!("{CLAIMS}/{claim}")).expect(200).json()
    }
}

fn created(who: &Api, path: &str, body: &Value) -> String {
    text(&who.post(path, body).expect(201).json(), "id")
}

fn api_of(instance: &Instance, person: &str) -> Api {
    let token = lossy(&instance.run_ok(&["account", "token", person])).trim().to_owned();
    Api::new(&instance.origin, Some(&token))
}

/// What somebody without a login sees of a claim; the one thing that differs from claim to claim is put aside.
fn seen(archive: &Archive, secret: &str) -> String {
    let page = archive.instance.stranger().get(&format!("/find/{secret}")).expect(200).text();
    page.replace(secret, "SECRET")
}

fn a_book_is_found(database: Database) {
    let mut archive = Archive::on(database);
    let child = archive.child("Rikke Damsgaard Holm", "1992-06-08");
    let told = archive.told(("Rikke Lund", "Rikke Damsgård"), "1992-08-06", "");
    let (claim, secret) = archive.claim(&told);

    let candidates = archive.look(0, &claim)["candidates"].clone();
    assert_eq!(text(&candidates[0], "child"), child, "{candidates}");
    assert_eq!(text(&candidates[0], "birthday"), "near", "day and month exchanged");
    assert_eq!(candidates[0]["names"], 2);
    archive.find(0, &claim, Some(&child));
    assert!(seen(&archive, &secret).contains("Arkivet leder"), "one archivist is not enough");
    let open = archive.instance.stranger().with_cookies();
    assert_eq!(open.send_form(&format!("/find/{secret}/ind"), &[]).status, 409);

    // The other looks alone.
    let others = archive.look(1, &claim);
    let finding = &others["findings"][0];
    assert!(
        finding["told"] == false && finding["child"].is_null() && finding["proof"].is_null(),
        "{finding}"
    );
    archive.find(1, &claim, Some(&child));
    assert_eq!(text(&archive.look(0, &claim), "status"), "found");

    archive.instance.stop();
    let before = archive.instance.run_ok(&["dump"]);
    archive.instance.run_ok(&["rebuild"]);
    assert!(archive.instance.run_ok(&["dump"]) == before, "everything came back");
    archive.instance.start();

    assert!(seen(&archive, &secret).contains("Din bog er fundet"));
    let own = archive.instance.stranger().with_cookies();
    let home = own.send_form(&format!("/find/{secret}/ind"), &[]).expect(200).text();
    assert!(home.contains("Hej Rikke Lund"), "by today's name: {home}");
    let me = own.get("/api/v1/me").expect(200).json();
    assert_eq!(text(&me["children"][0], "id"), child);
    // Pressed again it is the same person in the same role.
    let again = archive.instance.stranger().with_cookies();
    again.send_form(&format!("/find/{secret}/ind"), &[]).expect(200);
    assert_eq!(again.get("/api/v1/me").expect(200).json()["id"], me["id"]);
    let roles = archive.leader.list(&format!("/api/v1/children/{child}/assignments"));
    assert_eq!(roles.iter().filter(|role| role["role"] == "own").count(), 1, "{roles:?}");
    let log = own.list(&format!("/api/v1/children/{child}/access-log"));
    assert!(log.iter().any(|reading| reading["role"] == "archivist"), "that they looked is noted");
}

#[test]
fn a_book_is_found_on_sqlite_and_a_rebuild_knows_it() {
    a_book_is_found(Database::Sqlite);
}

#[test]
fn a_book_is_found_on_postgresql() {
    a_book_is_found(Postgres::start().database());
}

#[test]
fn who_asks_learns_nothing_of_what_there_is() {
    let archive = Archive::on(Database::Sqlite);
    let child = archive.child("Rikke Damsgaard Holm", "1992-06-08");
    let there = archive.claim(&archive.told(("Rikke Lund", "Rikke Holm"), "1992-06-08", "Solbakken"));
    let not_there = archive.claim(&archive.told(("Rikke Lund", "Rikke Holm"), "1971-01-02", "Solbakken"));
    let same = |when: &str| {
        assert_eq!(seen(&archive, &there.1), seen(&archive, &not_there.1), "{when}");
    };
    same("as it was told");
    archive.find(0, &there.0, Some(&child));
    archive.find(0, &not_there.0, None);
    same("after one has looked");
    archive.find(1, &there.0, None);
    archive.find(1, &not_there.0, Some(&child));
    same("while they differ");
    let differs = archive.look(0, &there.0);
    assert_eq!(text(&differs, "status"), "differs");
    assert!(differs["findings"].as_array().unwrap().iter().all(|finding| finding["told"] == true));
    archive.find(0, &there.0, None);
    archive.find(1, &not_there.0, None);
    same("a book that is not proven, and none at all");
    assert_eq!(text(&archive.look(0, &there.0), "status"), "not_found");
    assert!(!seen(&archive, &there.1).contains("Damsgaard"));
    let open = archive.instance.stranger().with_cookies();
    assert_eq!(open.send_form(&format!("/find/{}/ind", there.1), &[]).status, 409);
    archive.instance.stranger().get("/find/gaet").expect(404);
}

#[test]
fn two_never_overrule_a_third_and_one_is_never_two() {
    let archive = Archive::on(Database::Sqlite);
    let child = archive.child("Bo Dam", "1980-01-02");
    let other = archive.child("Bo Dam", "1980-01-02");
    let (claim, _) = archive.claim(&archive.told(("Bo Dam", "Bo Dam"), "1980-01-02", ""));
    archive.find(0, &claim, Some(&child));
    archive.find(0, &claim, Some(&child));
    assert_eq!(text(&archive.look(0, &claim), "status"), "looking");
    archive.find(1, &claim, Some(&other));
    archive.find(2, &claim, Some(&child));
    assert_eq!(text(&archive.look(0, &claim), "status"), "differs");
    archive.find(1, &claim, Some(&child));
    assert_eq!(text(&archive.look(0, &claim), "status"), "found");
    let late = json!({ "child": other, "proof": "pas" });
    let findings = format!("{CLAIMS}/{claim}/findings");
    assert_eq!(archive.archivists[0].post(&findings, &late).refusal(409), "not_at_this_step");
}

#[test]
fn it_is_for_archivists_of_the_municipality_and_for_grown_people() {
    let demo = Instance::demo();
    let archivists: Vec<_> = demo.personas().into_iter().filter(|one| one.persona == "archivist").collect();
    let told = json!({ "municipality": archivists[0].municipality, "name": "Bo Dam", "names_then": "Bo Dam",
        "born": "1980-01-02", "reach": "12 34 57 89" });
    let filed = demo.stranger().post(CLAIMS, &told).expect(201).json();
    let one = format!("{CLAIMS}/{}", text(&filed, "id"));
    let finding = json!({ "child": null, "proof": "intet" });
    for person in demo.personas() {
        let api = demo.api(&person);
        let here = person.persona == "archivist" && person.municipality == archivists[0].municipality;
        assert_eq!(api.get(&one).status, if here { 200 } else { 404 }, "{}", person.name);
        assert_eq!(api.get(CLAIMS).status, if person.persona == "archivist" { 200 } else { 403 });
        if !here {
            assert_eq!(api.post(&format!("{one}/findings"), &finding).refusal(404), "not_found");
            assert_eq!(
                api.post(&format!("{one}/messages"), &json!({ "words": "Hej" })).refusal(404),
                "not_found"
            );
        }
    }
    demo.stranger().get(&one).refusal(401);
    // A child that is not grown is nobody's to find, whatever its name.
    let young = &demo.child_reading_up_to(9).children[0];
    let theirs = demo.api(&archivists[0]);
    assert_eq!(
        theirs.post(&format!("{one}/findings"), &json!({ "child": young, "proof": "pas" })).refusal(404),
        "not_found"
    );
    for (field, value) in [
        ("born", json!("2017-01-01")),
        ("born", json!("i går")),
        ("names_then", json!(" ")),
        ("municipality", json!("nogen")),
        ("reach", json!(null)),
    ] {
        let mut wrong = told.clone();
        wrong[field] = value;
        let refused = demo.stranger().post(CLAIMS, &wrong).expect(422).json();
        assert_eq!(text(&refused["fields"][0], "field"), field, "{refused}");
    }
}

#[test]
fn it_is_asked_and_answered_on_pages_without_scripts() {
    let demo = Instance::demo();
    let archivist = demo.persona("archivist");
    let asker = demo.stranger().with_cookies();
    let blank = asker.get("/find").expect(200).text();
    assert!(blank.contains("Hvad hed du som barn?"));
    let fields = [
        ("municipality", archivist.municipality.as_str()),
        ("name", "Rikke Lund"),
        ("names_then", "Rikke Damsgaard"),
        ("born", "1992-06-08"),
        ("places", "Solbakken"),
        ("reach", "12 34 57 89"),
    ];
    let mut wrong = fields;
    wrong[2].1 = "";
    let refused = asker.send_form("/find", &wrong).expect(200).text();
    assert!(refused.contains("Der mangler dit navn dengang.") && refused.contains("Solbakken"), "{refused}");
    let filed = asker.send_form("/find", &fields).expect(200).text();
    assert!(filed.contains("Gem adressen"), "{filed}");
    let place = filed.split('"').find(|part| part.starts_with("/find/")).expect("its address").to_owned();
    let asked = asker.send_form(&format!("{place}/besked"), &[("words", "Jeg er i Canada.")]).expect(200);
    assert!(asked.text().contains("Jeg er i Canada."));

    let desk = Api::signed_in(&demo.origin, &archivist.sign_in).expect("lets in");
    let page = desk.get("/arkiv/anmodninger").expect(200).text();
    let href = page.split('"').find(|part| part.starts_with("/arkiv/find/")).expect("on the desk").to_owned();
    let sheet = desk.get(&href).expect(200);
    assert!(sheet.text().contains("Jeg er i Canada."));
    let desk = desk.with_form_of(&sheet);
    let said = desk.send_form(&format!("{href}/besked"), &[("words", "Så ringer vi på video.")]).expect(200);
    assert!(said.text().contains("Det er sendt."));
    let desk = desk.with_form_of(&said);
    let finding = [("child", ""), ("proof", "Intet endnu.")];
    let found = desk.send_form(&format!("{href}/fund"), &finding).expect(200);
    assert!(found.text().contains("Det, du fandt, er gemt."));
    let answered = asker.get(&place).expect(200).text();
    assert!(answered.contains("Så ringer vi på video.") && answered.contains("Arkivet leder"), "{answered}");
}

/// Names of a generation: few of them, worn by many.
const FIRST: [&str; 12] = [
    "Mette",
    "Lene",
    "Søren",
    "Christian",
    "Camilla",
    "Thomas",
    "Maria",
    "Jan",
    "Pia",
    "Lars",
    "Anne",
    "Zenia",
];
const LAST: [&str; 10] = [
    "Jensen",
    "Nielsen",
    "Hansen",
    "Pedersen",
    "Andersen",
    "Kristensen",
    "Larsen",
    "Sørensen",
    "Aagaard",
    "Møller",
];

/// `PERSONS` (300) grew up here, many of one name and some born on one day; each tenth comes back under another name, with a
/// slip of the pen, and as many ask who were never here. Two archivists choose the one they cannot doubt, or none.
#[test]
fn among_many_of_one_name_nobody_is_handed_anothers_book() {
    let archive = Archive::of(Instance::real_with(&[("LIVSBOG_CLAIMS_PER_HOUR", "1000000".into())]));
    let mut noise = Noise(20_261_129);
    let people: Vec<(String, String, String)> = (0..setting("PERSONS", 300))
        .map(|_| {
            let name = format!("{} {}", FIRST[noise.below(12)], LAST[noise.below(10)]);
            let born =
                format!("{}-{:02}-{:02}", 1960 + noise.below(40), 1 + noise.below(12), 1 + noise.below(28));
            (archive.child(&name, &born), name, born)
        })
        .collect();
    let (mut found, mut doubted) = (0, 0);
    for (nth, (child, name, born)) in people.iter().enumerate().filter(|(nth, _)| nth % 10 == 0) {
        let (first, last) = name.split_once(' ').unwrap();
        let spelled = last.replace("aa", "å").replace("Aa", "Å").replace('K', "Ch");
        let born = if nth % 20 == 0 { born.clone() } else { exchanged(born) };
        let told = archive.told((&format!("{first} Nyt-Navn"), &format!("{first} {spelled}")), &born, "");
        let (claim, secret) = archive.claim(&told);
        let sure: Vec<Option<String>> =
            (0..2).map(|archivist| beyond_doubt(&archive.look(archivist, &claim))).collect();
        for (archivist, chosen) in sure.iter().enumerate() {
            archive.find(archivist, &claim, chosen.as_deref());
        }
        match &sure[0] {
            Some(chosen) => {
                assert_eq!(chosen, child, "handed {name}'s to another");
                found += 1;
            }
            None => {
                assert!(!seen(&archive, &secret).contains("Din bog er fundet"));
                doubted += 1;
            }
        }
    }
    for nth in 0..people.len() / 10 {
        let name = format!("{} {}", FIRST[noise.below(12)], LAST[noise.below(10)]);
        let born =
            format!("{}-{:02}-{:02}", 1920 + noise.below(30), 1 + noise.below(12), 1 + noise.below(28));
        let (claim, _) = archive.claim(&archive.told((&name, &name), &born, ""));
        assert_eq!(beyond_doubt(&archive.look(nth % 2, &claim)), None, "{name}, {born} was never here");
    }
    println!("{} people: {found} found, {doubted} in doubt, nobody wrong", people.len());
    assert!(found > doubted, "most are found");
}

fn exchanged(born: &str) -> String {
    let (year, month, day) = (&born[..4], &born[5..7], &born[8..]);
    if day <= "12" { format!("{year}-{day}-{month}") } else { born.to_owned() }
}

/// The one candidate whose names are all the same and whose birthday fits, where no other comes near.
fn beyond_doubt(claim: &Value) -> Option<String> {
    let all = claim["candidates"].as_array().unwrap();
    let fits = |one: &&Value| one["names"].as_u64() >= Some(2) && one["birthday"] != "other";
    let mut fitting = all.iter().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then(|| text(first, "child"))
}

#[test]
fn copies_of_papers_are_sealed_with_the_claim_and_read_by_those_who_look() {
    let mut archive = Archive::on(Database::Sqlite);
    let told = archive.told(("Rikke Lund", "Rikke Holm"), "1992-06-08", "");
    let (claim, secret) = archive.claim(&told);
    let passport = tests::photos::distinct_jpeg(3, 20_000);
    let send = |bytes: &[u8]| {
        let part = reqwest::blocking::multipart::Part::bytes(bytes.to_vec()).file_name("Mit pas.jpg");
        let form = reqwest::blocking::multipart::Form::new().part("file", part);
        let post =
            archive.instance.stranger().request(reqwest::Method::POST, &format!("/find/{secret}/papir"));
        Api::send(post.multipart(form)).unwrap().status
    };
    assert_eq!(send(&passport), 200);
    assert_eq!(send(b"#!/bin/sh\necho"), 415);
    assert_eq!(send(b""), 422);
    assert!(archive.instance.stranger().get(&format!("/find/{secret}")).text().contains("Mit pas.jpg"));
    let paper = format!("/arkiv/find/{claim}/papir/1");
    let seen = archive.archivists[0].get(&paper).expect(200);
    assert!(seen.body == passport, "to the byte");
    assert_eq!(archive.archivists[0].get(&format!("/arkiv/find/{claim}/papir/2")).status, 404);
    assert_eq!(archive.leader.get(&paper).status, 404);
    for _ in 0..9 {
        send(&passport);
    }
    assert_eq!(send(&passport), 409, "ten are enough");
    archive.instance.run_ok(&["verify"]);
    archive.instance.stop();
    let before = archive.instance.run_ok(&["dump"]);
    archive.instance.run_ok(&["rebuild"]);
    assert!(archive.instance.run_ok(&["dump"]) == before, "everything came back");
}
