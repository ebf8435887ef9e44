//! A real instance: from its first link to the first photo in a child's book, and everything the register refuses.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use reqwest::Method;
use serde_json::{Value, json};
use tests::client::text;
use tests::instance::{Administrator, lossy};
use tests::photos::distinct_jpeg;
use tests::stories::photo_entry;
use tests::{Answer, Api, Database, Family, Instance, Postgres};

/// A municipality with a leader, a child with its own person and a foster mother with the child in her home.
struct Started {
    instance: Instance,
    administrator: Administrator,
    leader: Api,
    child: String,
    own: String,
    mother: String,
    home: String,
}

fn person(leader: &Api, name: &str, title: &str) -> String {
    created(leader.post("/api/v1/people", &json!({ "name": name, "title": title })))
}

/// The id of what was registered, after looking at the rest of the answer.
fn created(answer: Answer) -> String {
    let record = answer.expect(201).json();
    assert_eq!(record["version"], 1);
    assert!(record["receipt"].as_str().unwrap().contains("c2sp.org/tlog-proof"), "{record}");
    text(&record, "id")
}

fn home(carer: &str, from: &str) -> Value {
    json!({ "home_kind": "foster_family", "home_name": "Hos Karen", "place": "Mols", "carers": [carer], "from": from })
}

fn role(person: &str, role: &str) -> Value {
    json!({ "person": person, "role": role, "from": "2026-01-01" })
}

/// A browser that has opened the person's new link.
fn comes_in(started: &Started, person: &str) -> Api {
    let path = format!("/api/v1/people/{person}/sign-in-links");
    let link = text(&started.leader.post(&path, &json!({})).expect(201).json(), "sign_in");
    Api::signed_in(&started.instance.origin, &link).expect("the link opens")
}

fn start() -> Started {
    start_on(Database::Sqlite)
}

fn start_on(database: Database) -> Started {
    let (instance, administrator) = Instance::real_on(database);
    let leader = Api::new(&instance.origin, Some(&administrator.token));
    let mother = person(&leader, "Karen Holm", "plejemor");
    let born = json!({ "name": "Alma Vestervang", "called": "Alma", "born": "2017-05-14" });
    let child = created(leader.post("/api/v1/children", &born));
    let home =
        created(leader.post(&format!("/api/v1/children/{child}/placements"), &home(&mother, "2024-08-01")));
    let own = person(&leader, "Alma Vestervang", "barnet selv");
    created(leader.post(&format!("/api/v1/children/{child}/assignments"), &role(&own, "own")));
    Started { instance, administrator, leader, child, own, mother, home }
}

fn book(reader: &Api, child: &str) -> Answer {
    reader.get(&format!("/api/v1/children/{child}/book?age=9"))
}

#[test]
fn a_real_instance_goes_from_its_first_link_to_a_photo_in_the_book() {
    let started = start();
    let (instance, child) = (&started.instance, &started.child);
    let first = &started.administrator.sign_in;
    let hanne = Api::signed_in(&instance.origin, first).expect("the first link opens");
    assert_eq!(hanne.get("/api/v1/me").expect(200).json()["name"], "Hanne Kvist");
    assert!(Api::signed_in(&instance.origin, first).is_none(), "the first link opens once");

    let caseworker = person(&started.leader, "Mette Lund", "rådgiver");
    let roles = format!("/api/v1/children/{child}/assignments");
    created(started.leader.post(&roles, &role(&caseworker, "caseworker")));
    book(&comes_in(&started, &caseworker), child).expect(200);

    let karen = comes_in(&started, &started.mother);
    let media = karen.upload_ok(child, "a.jpg", &distinct_jpeg(9, 400));
    karen.post_entry(child, &photo_entry("Søen", "Vi var ved søen.", &media)).expect(201);
    let found = book(&comes_in(&started, &started.own), child).expect(200).text();
    assert!(found.contains("Vi var ved søen.") && found.contains("Min bog"), "{found}");
    book(&started.leader, child).refusal(404);
}

#[test]
fn a_link_is_a_persons_only_one_and_opens_once() {
    let started = start();
    let path = format!("/api/v1/people/{}/sign-in-links", started.mother);
    let link = || started.leader.post(&path, &json!({})).expect(201);
    let earlier = text(&link().json(), "sign_in");
    let answer = link();
    assert_eq!(answer.header("cache-control"), "no-store");
    let later = text(&answer.json(), "sign_in");
    assert!(answer.json()["expires_at"].is_string());
    let opens = |link: &str| Api::signed_in(&started.instance.origin, link).is_some();
    assert!(!opens(&earlier), "the earlier link stopped working");
    assert!(opens(&later) && !opens(&later), "the later one opens once");
    let kept = lossy(&std::fs::read(started.instance.data.join("livsbog.db")).unwrap());
    let secret = later.rsplit('/').next().unwrap();
    assert!(!kept.contains(secret) && !started.instance.log().contains(secret), "only its digest is stored");
}

#[test]
fn after_a_move_the_old_home_is_shut_out_and_the_new_one_reads() {
    let started = start();
    let (leader, child) = (&started.leader, &started.child);
    let (old, new) = (comes_in(&started, &started.mother), person(leader, "Ib Friis", "plejefar"));
    let new_home = comes_in(&started, &new);
    book(&old, child).expect(200);
    book(&new_home, child).refusal(404);

    let stay = format!("/api/v1/placements/{}/versions", started.home);
    let ended = leader.post(&stay, &json!({ "to": "2026-05-31" })).expect(201).json();
    assert_eq!((ended["id"].as_str(), &ended["version"]), (Some(started.home.as_str()), &json!(2)));
    created(leader.post(&format!("/api/v1/children/{child}/placements"), &home(&new, "2026-06-01")));
    book(&old, child).refusal(404);
    book(&new_home, child).expect(200);

    let homes = leader.list(&format!("/api/v1/children/{child}/placements"));
    let carers: Vec<&Value> = homes.iter().map(|home| &home["carers"][0]["name"]).collect();
    assert_eq!(carers, ["Karen Holm", "Ib Friis"], "first to last");
    assert_eq!(homes[0]["to"], "2026-05-31");

    leader.post(&stay, &json!({ "carers": [new, started.mother] })).expect(201);
    let homes = leader.list(&format!("/api/v1/children/{child}/placements"));
    assert_eq!(homes[0]["carers"].as_array().unwrap().len(), 2);
    assert_eq!(homes[0]["to"], "2026-05-31", "what is left out stays");
}

#[test]
fn a_role_ends_and_so_does_what_it_gave() {
    let started = start();
    let (leader, child) = (&started.leader, &started.child);
    let mette = person(leader, "Mette Lund", "rådgiver");
    let roles = format!("/api/v1/children/{child}/assignments");
    let assignment = created(leader.post(&roles, &role(&mette, "caseworker")));
    let caseworker = comes_in(&started, &mette);
    book(&caseworker, child).expect(200);
    let end = format!("/api/v1/assignments/{assignment}/versions");
    assert_eq!(wrong_fields(leader.post(&end, &json!({ "until": "2025-12-31" }))), ["until"]);
    leader.post(&end, &json!({ "until": "2026-06-30" })).expect(201);
    book(&caseworker, child).refusal(404);
    let listed = leader.list(&roles);
    let ended = listed.iter().find(|role| role["id"] == assignment.as_str()).unwrap();
    assert_eq!((&ended["until"], &ended["person"]["name"]), (&json!("2026-06-30"), &json!("Mette Lund")));
}

#[test]
fn the_last_leader_stays() {
    let started = start();
    let leader = &started.leader;
    let roles = leader.list("/api/v1/assignments");
    let own = text(&roles[0], "id");
    assert_eq!(roles[0]["person"]["id"], started.administrator.id.as_str());
    let end = |id: &str, until| {
        leader.post(&format!("/api/v1/assignments/{id}/versions"), &json!({ "until": until }))
    };
    let refused = end(&own, "2099-01-01").expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "last_leader");
    let second = person(leader, "Dorte Ellegaard", "leder");
    let until = json!({ "person": second, "role": "leader", "from": "2026-01-01", "until": "2098-12-31" });
    let passing = created(leader.post("/api/v1/assignments", &until));
    assert_eq!(end(&own, "2099-01-01").refusal(422), "invalid_fields", "the other one goes before");
    created(leader.post("/api/v1/assignments", &role(&second, "leader")));
    end(&passing, "2026-06-30").expect(201);
    end(&own, "2099-01-01").expect(201);
}

#[test]
fn a_correction_changes_what_it_names() {
    let started = start();
    let (leader, child) = (&started.leader, &started.child);
    let corrected = json!({ "name": "Karen Holm Friis", "title": "plejemor", "phone": "12 34 56 78" });
    leader.post(&format!("/api/v1/people/{}/versions", started.mother), &corrected).expect(201);
    let people = leader.list("/api/v1/people?limit=1");
    let names: Vec<&str> = people.iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Alma Vestervang", "Hanne Kvist", "Karen Holm Friis"], "by name, part by part");
    assert_eq!(people[2]["phone"], "12 34 56 78");

    let corrected = json!({ "name": "Alma Maria Vestervang", "born": "2017-05-15" });
    leader.post(&format!("/api/v1/children/{child}/versions"), &corrected).expect(201);
    let alma = comes_in(&started, &started.own);
    let card = alma.get(&format!("/api/v1/children/{child}")).expect(200).json();
    assert_eq!((&card["name"], &card["born"]), (&json!("Alma Maria Vestervang"), &json!("2017-05-15")));
    assert_eq!(card["book_title"], "Min bog");
}

#[test]
fn the_child_sees_who_looked_at_its_homes() {
    let started = start();
    started.leader.get(&format!("/api/v1/children/{}/placements", started.child)).expect(200);
    let log =
        comes_in(&started, &started.own).list(&format!("/api/v1/children/{}/access-log", started.child));
    let seen = |reading: &&Value| reading["name"] == "Hanne Kvist" && reading["page"]["what"] == "card";
    assert!(log.iter().any(|reading| seen(&reading)), "{log:#?}");
}

/// The names of the fields that were refused, each with words in both languages.
#[track_caller]
fn wrong_fields(answer: Answer) -> Vec<String> {
    let problem = answer.expect(422).json();
    assert_eq!(problem["code"], "invalid_fields");
    let fields = problem["fields"].as_array().unwrap();
    assert!(fields.iter().all(|field| field["da"] != field["en"] && field["en"].as_str().unwrap().len() > 5));
    fields.iter().map(|field| text(field, "field")).collect()
}

#[test]
fn what_is_wrong_is_said_field_by_field() {
    let started = start();
    let (leader, child, mother) = (&started.leader, &started.child, &started.mother);
    let homes = format!("/api/v1/children/{child}/placements");
    let roles = format!("/api/v1/children/{child}/assignments");
    let long = "a".repeat(201);
    for (path, asked, fields) in [
        ("/api/v1/people", json!({}), vec!["name", "title"]),
        (
            "/api/v1/people",
            json!({ "name": " \n ", "title": "a\u{7}b", "phone": long }),
            vec!["name", "title", "phone"],
        ),
        ("/api/v1/children", json!({ "name": "Bo", "born": "2999-01-01" }), vec!["born"]),
        ("/api/v1/children", json!({ "name": "Bo", "born": "1899-12-31" }), vec!["born"]),
        ("/api/v1/children", json!({ "name": long, "born": "12. maj" }), vec!["name", "born"]),
        (&homes, json!({}), vec!["home_kind", "from", "home_name"]),
        (&homes, json!({ "home_kind": "castle", "home_name": "x", "from": "2026-01-01" }), vec!["home_kind"]),
        (
            &homes,
            json!({ "home_kind": "family", "home_name": "x", "from": "2026-02-01", "to": "2026-01-31" }),
            vec!["to"],
        ),
        (&roles, json!({}), vec!["role", "from", "person"]),
        (&roles, role(mother, "carer"), vec!["role"]),
        (
            &roles,
            json!({ "person": mother, "role": "invited", "from": "2026-02-01", "until": "2026-01-31" }),
            vec!["until"],
        ),
        ("/api/v1/assignments", role(mother, "caseworker"), vec!["role"]),
        (&format!("/api/v1/placements/{}/versions", started.home), json!({}), vec!["to"]),
        (&format!("/api/v1/placements/{}/versions", started.home), json!({ "to": "2024-07-31" }), vec!["to"]),
    ] {
        assert_eq!(wrong_fields(leader.post(path, &asked)), fields, "{path} {asked}");
    }
    assert_eq!(leader.list("/api/v1/people").len(), 3, "nothing was registered");
}

#[test]
fn people_of_another_municipality_are_not_there() {
    let instance = Instance::demo();
    let leader = instance.persona("leader");
    let foreign =
        instance.personas().into_iter().find(|one| one.municipality != leader.municipality).unwrap();
    let own = instance
        .personas()
        .into_iter()
        .find(|one| one.persona == "child" && one.municipality == leader.municipality);
    let (api, child) = (instance.api(&leader), own.unwrap().children[0].clone());
    let nobody = "00000000-0000-4000-8000-000000000000";
    for stranger in [foreign.id.as_str(), nobody] {
        api.post(&format!("/api/v1/children/{child}/placements"), &home(stranger, "2026-01-01")).refusal(404);
        api.post(&format!("/api/v1/children/{child}/assignments"), &role(stranger, "invited")).refusal(404);
        api.post("/api/v1/assignments", &role(stranger, "archivist")).refusal(404);
        api.post(&format!("/api/v1/people/{stranger}/sign-in-links"), &json!({})).refusal(404);
    }
}

#[test]
fn the_same_request_twice_registers_once() {
    let started = start();
    let asked = |key: &str, name: &str| {
        let request = started.leader.request(Method::POST, "/api/v1/people").header("Idempotency-Key", key);
        Api::send(request.json(&json!({ "name": name, "title": "lærer" }))).unwrap()
    };
    let first = created(asked("en", "Lise Vang"));
    assert_eq!(created(asked("en", "Lise Vang")), first);
    assert_eq!(asked("en", "Lise Wang").refusal(422), "idempotency_key_reused");
    assert_ne!(created(asked("to", "Lise Vang")), first);
}

#[test]
fn the_register_stands_in_the_archive() {
    rebuilds_to_an_equal_dump(start(), |instance| {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(instance.data.join(format!("livsbog.db{ending}")));
        }
    });
}

#[test]
fn the_register_stands_in_the_archive_on_postgresql_too() {
    let cluster = Postgres::start();
    let started = start_on(cluster.database());
    rebuilds_to_an_equal_dump(started, |instance| instance.move_to(cluster.database()));
}

fn rebuilds_to_an_equal_dump(mut started: Started, lose_database: impl Fn(&mut Instance)) {
    let stay = format!("/api/v1/placements/{}/versions", started.home);
    started.leader.post(&stay, &json!({ "to": "2026-05-31" })).expect(201);
    let corrected = json!({ "name": "Karen H. Friis", "title": "plejemor" });
    started.leader.post(&format!("/api/v1/people/{}/versions", started.mother), &corrected).expect(201);
    let karen = comes_in(&started, &started.mother);
    assert_eq!(karen.get("/api/v1/me").expect(200).json()["name"], "Karen H. Friis");
    person(&started.leader, "Åse Ørsted", "lærer");
    assert_eq!(started.leader.list("/api/v1/people?limit=1").len(), 4, "part by part");
    let instance = &mut started.instance;
    instance.stop();
    let before = lossy(&instance.run_ok(&["dump"]));
    lose_database(instance);
    instance.run_ok(&["rebuild"]);
    let after = lossy(&instance.run_ok(&["dump"]));
    assert!(before.contains("Karen H. Friis") && before.contains(&started.administrator.id));
    assert_eq!(before, after);
    instance.run_ok(&["verify"]);
}

/// The leader in a browser.
fn at_the_desk() -> (Instance, Api, Api) {
    let (instance, administrator) = Instance::real();
    let hanne = Api::signed_in(&instance.origin, &administrator.sign_in).unwrap();
    let leader = Api::new(&instance.origin, Some(&administrator.token));
    (instance, hanne, leader)
}

/// The child's own pages that a page links to.
fn children_on(page: &str) -> Vec<String> {
    let links = page.split("href=\"/overblik/").skip(1).map(|rest| rest.split('"').next().unwrap());
    links.filter(|id| id.len() == 36).map(|id| format!("/overblik/{id}")).collect()
}

#[test]
fn a_form_sent_twice_makes_one_child() {
    let (_instance, hanne, leader) = at_the_desk();
    let form = |key: &str, name: &str| {
        let fields = [("key", key), ("name", name), ("called", ""), ("born", "2018-02-03")];
        hanne.send_form("/overblik/nyt-barn", &fields).expect(200).text()
    };
    for _ in 0..2 {
        assert!(form("en", "Bo Berg").contains("Barnet er oprettet"));
    }
    assert_eq!(children_on(&hanne.get("/overblik").text()).len(), 1);
    assert_eq!(leader.list("/api/v1/people").len(), 2, "the leader and the child itself");
    let changed = form("en", "Bo Bergmann");
    assert!(changed.contains("Den nøgle er brugt før") && changed.contains("Bo Bergmann"), "{changed}");
    form("to", "Liv Berg");
    assert_eq!(children_on(&hanne.get("/overblik").text()).len(), 2);
}

#[test]
fn a_refused_form_keeps_what_was_typed() {
    let (_instance, hanne, leader) = at_the_desk();
    let typed = [("key", "x"), ("name", " "), ("title", "plejemor \"<b>\""), ("phone", "12 34 56 78")];
    let page = hanne.send_form("/overblik/voksne", &typed).expect(200).text();
    for wanted in ["Der mangler et navn.", "plejemor &quot;&lt;b&gt;&quot;", "12 34 56 78", "value=\"x\""] {
        assert!(page.contains(wanted), "{wanted} in {page}");
    }
    assert!(page.contains("aria-describedby=\"name-problem\""), "the problem stands with its field");
    let typed = [("name", "Bo Berg"), ("called", "Bo"), ("born", "2999-01-01")];
    let page = hanne.send_form("/overblik/nyt-barn", &typed).expect(200).text();
    assert!(page.contains("Datoen skal ligge mellem") && page.contains("value=\"Bo Berg\""), "{page}");
    assert_eq!(leader.list("/api/v1/people").len(), 1, "nothing was registered");
}

#[test]
fn a_form_without_its_token_does_nothing() {
    let (_instance, hanne, leader) = at_the_desk();
    let person = person(&leader, "Karen Holm", "plejemor");
    for path in ["/overblik/nyt-barn", "/overblik/voksne", &format!("/overblik/voksne/{person}/link")] {
        let request = hanne.request(Method::POST, path).body("name=Bo&title=x&born=2018-02-03");
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        assert_eq!(Api::send(request).unwrap().status, 403, "{path}");
    }
    assert_eq!(leader.list("/api/v1/people").len(), 2);
}

#[test]
fn the_registers_pages_are_the_leaders() {
    let instance = Instance::demo();
    let hanne = instance.persona("leader");
    let of_hannes = |one: &tests::Persona| one.persona == "child" && one.municipality == hanne.municipality;
    let child = instance.personas().into_iter().find(of_hannes).unwrap().children[0].clone();
    let home = instance.api(&hanne).list(&format!("/api/v1/children/{child}/assignments"));
    let child_pages = [
        format!("/overblik/{child}/hjem"),
        format!("/overblik/{child}/roller"),
        format!("/overblik/{child}/roller/{}", text(&home[0], "id")),
    ];
    for one in instance.personas() {
        let browser = Api::signed_in(&instance.origin, &one.sign_in).unwrap();
        let leads = one.persona == "leader" && one.municipality == hanne.municipality;
        let (page, form) = match (leads, one.children.contains(&child)) {
            (true, _) => (200, 200),
            (false, true) => (403, 403),
            (false, false) => (404, 404),
        };
        assert_eq!(browser.get(&format!("/overblik/{child}")).status, page, "{}", one.persona);
        for path in &child_pages {
            assert_eq!(browser.send_form(path, &[]).status, form, "{} {path}", one.persona);
        }
        let all = if one.persona == "leader" { 200 } else { 403 };
        for path in ["/overblik/voksne", "/overblik/nyt-barn"] {
            assert_eq!(browser.get(path).status, all, "{} {path}", one.persona);
            assert_eq!(browser.send_form(path, &[]).status, all, "{} {path}", one.persona);
        }
        let link = format!("/overblik/voksne/{}/link", hanne.id);
        let made = match (leads, one.persona.as_str()) {
            (true, _) => 200,
            (false, "leader") => 404,
            _ => 403,
        };
        assert_eq!(browser.send_form(&link, &[]).status, made, "{}", one.persona);
    }
}

#[test]
fn a_new_name_is_shown_everywhere_and_nothing_that_was_is_written_over() {
    let mut family = Family::on(Database::Sqlite);
    let child = family.alma.clone();
    let path = |what: &str| format!("/api/v1/children/{child}/{what}");
    let story = json!({
        "kind": "story", "title": "Almas første tand", "occurred_on": "2024-09-02", "precision": "day",
        "texts": [{ "band": "7-9", "language": "da", "text": "Alma tabte en tand." }],
    });
    let entry = text(&family.mother.post_entry(&child, &story).expect(201).json(), "id");
    let page = json!({ "title": "Min hule", "sharing": { "with": "everyone" } });
    family.own.post(&path("own-pages"), &page).expect(201);
    let new = json!({ "name": "Storm Vestervang", "called": "Storm", "born": "2017-05-14" });
    family.leader.post(&path("versions"), &new).expect(201);
    let book = |api: &Api| api.get(&path("book")).expect(200).json();
    let seen = book(&family.mother);
    assert_eq!(seen["child_name"], "Storm");
    assert!(seen.to_string().contains("Alma tabte en tand."), "what was written stays");
    assert!(!seen.to_string().contains("Alma Vestervang"), "who made the own page goes by today's name");
    assert_eq!(family.own.get("/api/v1/me").expect(200).json()["name"], "Storm Vestervang");
    let names = family.leader.list("/api/v1/people").iter().map(|one| text(one, "name")).collect::<Vec<_>>();
    assert!(names.contains(&"Storm Vestervang".to_owned()));
    // What it was called then is told only where the child wants it.
    let read = format!("/bog/{child}/side/{entry}");
    let mother = family.signed_in("Karen Holm");
    assert!(!mother.get(&read).expect(200).text().contains("Dengang blev"));
    family.own.post(&path("look"), &json!({ "called_before": "Alma" })).expect(201);
    assert!(mother.get(&read).expect(200).text().contains("Dengang blev Storm kaldt Alma."));
    family.own.post(&path("look"), &json!({ "called_before": "Al" })).expect(201);
    assert!(!mother.get(&read).expect(200).text().contains("Dengang blev"), "another name begins like it");
    family.own.post(&path("look"), &json!({ "called_before": "" })).expect(201);
    assert!(!mother.get(&read).expect(200).text().contains("Dengang blev"));
    family.rebuilt();
    assert_eq!(book(&family.mother)["child_name"], "Storm");
}
