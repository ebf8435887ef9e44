//! Taking something out for good: the wrong child's, and what has passed its time. Two people, a tombstone, the keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::{files_under, lossy};
use tests::stories::{photo_entry, story, with};
use tests::{Api, Database, Family, Postgres};

const TITLE: &str = "Dagen ved søen";

fn misfiled(home: &Family, entry: &str) -> String {
    let belongs = json!({ "child": home.viggo });
    let told = home.mother.post(&format!("/api/v1/entries/{entry}/misfiled"), &belongs).expect(201);
    text(&told.json(), "id")
}

fn disposals(reader: &Api, child: &str) -> Vec<Value> {
    reader.list(&format!("/api/v1/children/{child}/disposals"))
}

fn agree(api: &Api, disposal: &str) -> tests::Answer {
    api.post(&format!("/api/v1/disposals/{disposal}/approvals"), &json!({}))
}

fn the_wrong_childs_goes_and_the_right_child_has_it(database: Database) {
    let mut home = Family::on(database);
    let (entry, media, photo) = home.photo(&home.alma, TITLE, 1);
    let corrected = with(photo_entry(TITLE, "I badede længe.", &media), "place", "Tranemose");
    home.mother.post(&format!("/api/v1/entries/{entry}/versions"), &corrected).expect(201);
    let lasting = home.instance.data.with_file_name("brev.txt");
    std::fs::write(&lasting, "Sådan så billedet ud.").unwrap();
    let lasting = lasting.to_str().unwrap();
    home.instance.run_ok(&["preserve", "--media", &media, "--copy", lasting, "--made-with", "en hånd"]);
    let order = json!({ "age": 9, "format": "pdf" });
    let book = home.caseworker.post(&format!("/api/v1/children/{}/editions", home.alma), &order).expect(202);
    let book = text(&book.json(), "id");
    home.caseworker.edition(&home.alma, 9);

    let disposal = misfiled(&home, &entry);
    // Out of sight at once, for everybody, in every way.
    for reader in [&home.mother, &home.caseworker, &home.own] {
        assert!(home.titles(reader, &home.alma).is_empty());
        reader.get(&format!("/api/v1/entries/{entry}")).refusal(404);
        reader.get(&format!("/api/v1/media/{media}/original")).refusal(404);
        reader.get(&format!("/api/v1/editions/{book}")).refusal(404);
        let shown = reader.get(&format!("/api/v1/children/{}/book?age=9", home.alma)).expect(200).text();
        assert!(!shown.contains(TITLE));
    }
    home.mother
        .post(&format!("/api/v1/entries/{entry}/misfiled"), &json!({ "child": home.viggo }))
        .refusal(404);
    // Sealed anew where it belongs, with its versions and its bytes.
    assert_eq!(home.titles(&home.mother, &home.viggo), [TITLE]);
    let copy = home.mother.list(&format!("/api/v1/children/{}/entries", home.viggo)).remove(0);
    assert_eq!(copy["version"], 2);
    let first =
        home.mother.get(&format!("/api/v1/entries/{}?version=1", text(&copy, "id"))).expect(200).text();
    assert!(first.contains("I badede.") && !first.contains("længe"));
    let file = copy["media"][0].as_str().map_or_else(|| text(&copy["media"][0], "id"), str::to_owned);
    assert_eq!(home.mother.rendition(&file, "original"), photo);
    home.mother.rendition(&file, "small");
    let kept = home.mother.get(&format!("/api/v1/media/{file}/preservation")).expect(200);
    assert_eq!(kept.text(), "Sådan så billedet ud.");

    // One person is not enough, and not everybody may.
    assert_eq!(agree(&home.mother, &disposal).refusal(403), "not_permitted");
    assert!(home.key(&home.alma, &entry).exists());
    let decided = agree(&home.caseworker, &disposal).expect(200).json();
    assert_eq!(decided["state"], "decided");
    for object in [&entry, &media, &book] {
        assert!(!home.key(&home.alma, object).exists(), "{object}");
    }
    assert_eq!(agree(&home.leader, &disposal).refusal(409), "already_decided");
    // The child can read what went: kind, day, by whom, why; and not a word of what stood in it.
    let register = disposals(&home.own, &home.alma);
    let [told] = register.as_slice() else { panic!("{register:?}") };
    assert_eq!((&told["why"], &told["state"]), (&json!("wrong_child"), &json!("decided")));
    assert_eq!(told["proposed"]["by"]["name"], "Karen Holm");
    assert_eq!(told["approvals"][0]["by"]["name"], "Mette Lund");
    let kinds: Vec<&Value> = told["things"].as_array().unwrap().iter().map(|thing| &thing["kind"]).collect();
    assert_eq!(kinds[..2], [&json!("entry"), &json!("media")]);
    assert!(kinds[2..].iter().all(|kind| **kind == "edition") && kinds.len() >= 3);
    assert_eq!(told["things"][0]["reasons"][0]["da"], "Det hørte til et andet barn og ligger nu dér.");
    let words = told.to_string();
    assert!(!words.contains(TITLE) && !words.contains(&home.viggo) && !words.contains("Viggo"), "{words}");

    assert!(home.instance.run(&["verify"]).status.success());
    let rebuilt = home.rebuilt();
    assert_eq!((&rebuilt["without_key"], &rebuilt["unreadable"]), (&json!(0), &json!(0)));
    assert!(rebuilt["disposed"].as_u64().unwrap() >= 4, "{rebuilt}");
    assert_eq!(disposals(&home.own, &home.alma), register);
}

#[test]
fn what_lies_with_the_wrong_child_goes_and_the_right_child_has_it() {
    the_wrong_childs_goes_and_the_right_child_has_it(Database::Sqlite);
}

#[test]
fn what_lies_with_the_wrong_child_goes_and_the_right_child_has_it_on_postgresql_too() {
    let postgres = Postgres::start();
    the_wrong_childs_goes_and_the_right_child_has_it(postgres.database());
}

/// The same in a browser: the foster mother's button, the leader's answer, the page the child reads.
#[test]
fn a_page_is_moved_and_taken_out_on_the_pages_too() {
    let home = Family::on(Database::Sqlite);
    let (entry, _, _) = home.photo(&home.alma, TITLE, 6);
    let [mother, caseworker, child] =
        ["Karen Holm", "Mette Lund", "Alma Vestervang"].map(|name| home.signed_in(name));
    let page = format!("/bog/{}/side/{entry}", home.alma);
    let asking = format!("{page}/andet-barn");
    assert!(mother.get(&page).expect(200).text().contains(&asking));
    assert!(!child.get(&page).expect(200).text().contains(&asking));
    child.get(&asking).expect(403);
    assert!(mother.get(&asking).expect(200).text().contains("Viggo Sandager"));
    mother.send_form(&asking, &[("to", &home.viggo)]).expect(200);
    child.get(&page).expect(404);
    assert_eq!(home.titles(&home.mother, &home.viggo), [TITLE]);

    let register = format!("/bog/{}/taget-ud", home.alma);
    let told = child.get(&register).expect(200).text();
    assert!(
        told.contains("Lagt til side")
            && told.contains("Karen Holm")
            && !told.contains("<form method=\"post\" action=\"/bog")
    );
    mother.get(&register).expect(403);
    let open = caseworker.get(&register).expect(200).text();
    let answer = open.split("action=\"").find(|part| part.starts_with(&register)).unwrap();
    let answer = answer.split('"').next().unwrap().to_owned();
    caseworker.send_form(&answer, &[("answer", "perhaps")]).expect(400);
    assert!(home.key(&home.alma, &entry).exists());
    assert!(caseworker.send_form(&answer, &[("answer", "yes")]).expect(200).text().contains("Taget ud."));
    assert!(!home.key(&home.alma, &entry).exists());
    let told = child.get(&register).expect(200).text();
    assert!(
        told.contains("Det hørte til et andet barn og ligger nu dér.")
            && told.contains("Mette Lund sagde ja.")
    );
    assert!(!told.contains(TITLE) && !told.contains("Viggo"));
}

fn refuse(api: &Api, disposal: &str) -> tests::Answer {
    api.post(&format!("/api/v1/disposals/{disposal}/refusals"), &json!({}))
}

/// Whoever refuses says that it belongs where it was: then the copy is what lies with the wrong child.
fn what_is_refused_is_seen_again_and_its_copy_goes(database: Database) {
    let mut home = Family::on(database);
    let (entry, media, photo) = home.photo(&home.alma, TITLE, 2);
    let disposal = misfiled(&home, &entry);
    let copy = home.mother.list(&format!("/api/v1/children/{}/entries", home.viggo)).remove(0);
    let (copy, file) = (text(&copy, "id"), text(&copy["media"][0], "id"));
    let order = json!({ "age": 8, "format": "pdf" });
    let book = home.caseworker.post(&format!("/api/v1/children/{}/editions", home.viggo), &order).expect(202);
    let book = text(&book.json(), "id");
    home.caseworker.edition(&home.viggo, 8);
    assert_eq!(refuse(&home.leader, &disposal).expect(200).json()["state"], "refused");
    assert_eq!(agree(&home.caseworker, &disposal).refusal(409), "already_decided");
    let in_its_own_book_alone = |home: &Family| {
        assert_eq!(home.titles(&home.own, &home.alma), [TITLE]);
        assert_eq!(home.mother.rendition(&media, "original"), photo);
        for reader in [&home.mother, &home.caseworker] {
            assert!(home.titles(reader, &home.viggo).is_empty());
            for gone in
                [format!("entries/{copy}"), format!("media/{file}/original"), format!("editions/{book}")]
            {
                reader.get(&format!("/api/v1/{gone}")).refusal(404);
            }
        }
    };
    in_its_own_book_alone(&home);

    // Nothing goes on one person's word, there as here.
    let [proposed] = disposals(&home.leader, &home.viggo).try_into().unwrap();
    assert_eq!((&proposed["why"], &proposed["state"]), (&json!("wrong_child"), &json!("proposed")));
    assert_eq!(proposed["proposed"]["by"]["name"], "Hanne Kvist");
    let kinds: Vec<&Value> =
        proposed["things"].as_array().unwrap().iter().map(|thing| &thing["kind"]).collect();
    assert!(kinds.starts_with(&[&json!("entry"), &json!("media"), &json!("edition")]), "{kinds:?}");
    let words = proposed.to_string();
    assert!(!words.contains(TITLE) && !words.contains("Alma") && !words.contains(&home.alma), "{words}");
    let answer = text(&proposed, "id");
    assert_eq!(agree(&home.leader, &answer).refusal(409), "same_person");
    home.rebuilt();
    in_its_own_book_alone(&home);
    assert_eq!(agree(&home.caseworker, &answer).expect(200).json()["state"], "decided");
    for object in [&copy, &file, &book] {
        assert!(!home.key(&home.viggo, object).exists(), "{object}");
    }
    assert!(home.key(&home.alma, &entry).exists() && home.key(&home.alma, &media).exists());
    in_its_own_book_alone(&home);
    home.rebuilt();
    in_its_own_book_alone(&home);
    assert!(home.instance.run(&["verify"]).status.success());
}

#[test]
fn what_is_refused_is_seen_again_and_its_copy_goes_with_another_persons_word() {
    what_is_refused_is_seen_again_and_its_copy_goes(Database::Sqlite);
}

#[test]
fn what_is_refused_is_seen_again_and_its_copy_goes_on_postgresql_too() {
    let postgres = Postgres::start();
    what_is_refused_is_seen_again_and_its_copy_goes(postgres.database());
}

#[test]
fn whoever_refuses_what_a_refusal_proposed_leads_it_back() {
    let home = Family::on(Database::Sqlite);
    let (entry, media, photo) = home.photo(&home.alma, TITLE, 7);
    refuse(&home.leader, &misfiled(&home, &entry)).expect(200);
    let [answer] = disposals(&home.leader, &home.viggo).try_into().unwrap();
    refuse(&home.caseworker, &text(&answer, "id")).expect(200);
    assert_eq!(home.titles(&home.mother, &home.viggo), [TITLE]);
    assert!(home.titles(&home.own, &home.alma).is_empty());
    home.own.get(&format!("/api/v1/media/{media}/original")).refusal(404);
    let proposed = disposals(&home.own, &home.alma).remove(0);
    assert_eq!(
        (&proposed["state"], &proposed["proposed"]["by"]["name"]),
        (&json!("proposed"), &json!("Mette Lund"))
    );
    agree(&home.leader, &text(&proposed, "id")).expect(200);
    assert!(!home.key(&home.alma, &entry).exists());
    let copy = home.mother.list(&format!("/api/v1/children/{}/entries", home.viggo)).remove(0);
    assert_eq!(home.mother.rendition(&text(&copy["media"][0], "id"), "original"), photo);
}

/// A copy that is on its way elsewhere already is not proposed a second time.
#[test]
fn a_copy_that_was_told_of_before_the_refusal_stays_with_what_was_proposed() {
    let home = Family::on(Database::Sqlite);
    let (entry, _, _) = home.photo(&home.alma, TITLE, 8);
    let disposal = misfiled(&home, &entry);
    let copy = home.mother.list(&format!("/api/v1/children/{}/entries", home.viggo)).remove(0);
    let back = json!({ "child": home.alma });
    home.mother.post(&format!("/api/v1/entries/{}/misfiled", text(&copy, "id")), &back).expect(201);
    refuse(&home.leader, &disposal).expect(200);
    assert!(home.titles(&home.mother, &home.viggo).is_empty());
    assert_eq!(disposals(&home.leader, &home.viggo).len(), 1);
}

#[test]
fn a_file_that_lies_in_another_entry_too_stays_there() {
    let home = Family::on(Database::Sqlite);
    let (entry, media, photo) = home.photo(&home.alma, TITLE, 3);
    let other = photo_entry("Om aftenen", "Alma sov på vejen hjem.", &media);
    home.mother.post_entry(&home.alma, &other).expect(201);
    let disposal = misfiled(&home, &entry);
    agree(&home.caseworker, &disposal).expect(200);
    assert_eq!(home.titles(&home.own, &home.alma), ["Om aftenen"]);
    assert_eq!(home.mother.rendition(&media, "original"), photo);
    assert_eq!(home.titles(&home.mother, &home.viggo), [TITLE]);
}

#[test]
fn a_hold_keeps_even_what_lies_with_the_wrong_child() {
    let home = Family::on(Database::Sqlite);
    let (entry, media, _) = home.photo(&home.alma, TITLE, 4);
    let holds = format!("/api/v1/children/{}/holds", home.alma);
    home.own.post(&holds, &json!({ "why": "dispute" })).refusal(422);
    home.caseworker.post(&holds, &json!({ "why": "person" })).refusal(422);
    home.mother.post(&holds, &json!({ "why": "dispute" })).refusal(403);
    let dispute = json!({ "why": "dispute", "entry": entry, "words": "Klage til Ankestyrelsen" });
    let hold = text(&home.caseworker.post(&holds, &dispute).expect(201).json(), "id");
    let disposal = misfiled(&home, &entry);
    // It covers the entry's files too.
    assert_eq!(agree(&home.caseworker, &disposal).refusal(409), "must_stay");
    assert!(home.key(&home.alma, &media).exists());
    let lift = format!("/api/v1/holds/{hold}");
    let delete = |api: &Api| Api::send(api.request(reqwest::Method::DELETE, &lift)).unwrap();
    delete(&home.own).refusal(403);
    delete(&home.caseworker).expect(204);
    delete(&home.caseworker).expect(204);
    let told = home.own.list(&holds);
    assert_eq!(told[0]["lifted"]["by"]["name"], "Mette Lund");
    assert_eq!(agree(&home.caseworker, &disposal).expect(200).json()["state"], "decided");
    assert!(!home.key(&home.alma, &media).exists());
}

#[test]
fn keys_that_come_back_with_a_backup_are_erased_again() {
    let mut home = Family::on(Database::Sqlite);
    let (entry, media, _) = home.photo(&home.alma, TITLE, 5);
    let keys = [&entry, &media].map(|object| {
        let key = home.key(&home.alma, object);
        (key.clone(), std::fs::read(&key).unwrap())
    });
    let disposal = misfiled(&home, &entry);
    agree(&home.caseworker, &disposal).expect(200);
    for (key, bytes) in &keys {
        std::fs::write(key, bytes).unwrap();
    }
    home.rebuilt();
    assert!(keys.iter().all(|(key, _)| !key.exists()));
    assert!(home.titles(&home.own, &home.alma).is_empty());
}

/// What has passed its time: an entry about somebody born in 1900.
#[test]
fn what_has_passed_its_time_goes_when_two_agree_and_not_before() {
    let home = Family::on(Database::Sqlite);
    let file = |name: &str, api: &Api| {
        let path = home.instance.data.with_file_name(name);
        std::fs::write(&path, api.token()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (caseworker, leader) = (file("caseworker", &home.caseworker), file("leader", &home.leader));
    let corrected = json!({ "name": "Alma Vestervang", "born": "1900-03-04" });
    home.leader.post(&format!("/api/v1/children/{}/versions", home.alma), &corrected).expect(201);
    // She is grown: only archivists have a way to what is hers.
    for api in [&home.caseworker, &home.leader] {
        let person = text(&api.get("/api/v1/me").expect(200).json(), "id");
        let role = json!({ "person": person, "role": "archivist", "from": "2026-01-01" });
        home.leader.post(&format!("/api/v1/children/{}/assignments", home.alma), &role).expect(201);
    }
    let told = with(story(TITLE, "Vi badede."), "occurred_on", "1912-07-01");
    let entry = text(&home.caseworker.post_entry(&home.alma, &told).expect(201).json(), "id");
    let plan = || {
        let told = lossy(&home.instance.run_ok(&["dispose", "plan", "--json"]));
        told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
    };
    let [planned] = plan().try_into().unwrap();
    assert_eq!((text(&planned, "object"), &planned["may_go"]), (entry.clone(), &json!(true)));
    let in_words = lossy(&home.instance.run_ok(&["dispose", "plan"]));
    assert!(
        in_words.contains("Kept until 100 years after the child's birth, that is until 4 March 2000."),
        "{in_words}"
    );

    // She asks that all of it stay.
    let holds = format!("/api/v1/children/{}/holds", home.alma);
    let hold = text(&home.own.post(&holds, &json!({ "why": "person" })).expect(201).json(), "id");
    assert_eq!(plan()[0]["may_go"], false);
    let apply = |args: &[&str]| home.instance.run(&[&["dispose", "apply", "--json"], args].concat());
    let proposing = ["--child", home.alma.as_str(), "--token-file", caseworker.as_str()];
    let refused = apply(&proposing);
    assert_eq!(refused.status.code(), Some(1));
    assert!(lossy(&refused.stdout).contains("nothing_due"));
    Api::send(home.caseworker.request(reqwest::Method::DELETE, &format!("/api/v1/holds/{hold}")))
        .unwrap()
        .refusal(403);
    Api::send(home.own.request(reqwest::Method::DELETE, &format!("/api/v1/holds/{hold}")))
        .unwrap()
        .expect(204);

    let proposed = apply(&proposing);
    assert!(proposed.status.success(), "{}", lossy(&proposed.stderr));
    let proposed: Value = serde_json::from_slice(&proposed.stdout).unwrap();
    let disposal = text(&proposed, "disposal");
    assert!(plan().is_empty(), "what is proposed is not proposed again");
    assert_eq!(home.titles(&home.own, &home.alma), [TITLE], "it stays in the book until two agree");
    let again = apply(&["--disposal", &disposal, "--token-file", &caseworker]);
    assert_eq!(again.status.code(), Some(1));
    assert!(lossy(&again.stdout).contains("same_person"));
    let decided = apply(&["--disposal", &disposal, "--token-file", &leader]);
    assert!(decided.status.success(), "{}", lossy(&decided.stderr));
    assert!(!home.key(&home.alma, &entry).exists());
    assert!(home.titles(&home.own, &home.alma).is_empty());
    let register = disposals(&home.own, &home.alma);
    let reason = &register[0]["things"][0]["reasons"][0]["en"];
    assert_eq!(reason, "Kept until 100 years after the child's birth, that is until 4 March 2000.");
}

#[test]
fn nothing_of_what_was_disposed_of_lies_on_in_the_database_file() {
    let mut home = Family::on(Database::Sqlite);
    let secret = "Kanalrundfart i regnvejr";
    let told = story(secret, "Ingen andre skal læse det.");
    let entry = text(&home.mother.post_entry(&home.alma, &told).expect(201).json(), "id");
    let disposal = misfiled(&home, &entry);
    agree(&home.caseworker, &disposal).expect(200);
    home.instance.stop();
    let bytes = files_under(&home.instance.data)
        .into_iter()
        .filter(|file| file.to_str().unwrap().contains("livsbog.db"));
    let found: usize = bytes
        .map(|file| std::fs::read(file).unwrap())
        .map(|bytes| bytes.windows(secret.len()).filter(|window| *window == secret.as_bytes()).count())
        .sum();
    assert_eq!(found, 1, "the copy alone");
}
