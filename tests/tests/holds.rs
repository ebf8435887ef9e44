//! What somebody has asked to stay: on the page that the child reads too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::{Api, Database, Family};

const TITLE: &str = "Dagen ved søen";

/// The links on a page that lead below `path`.
fn links(page: &str, path: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.starts_with(path)).map(str::to_owned).collect()
}

/// The form's own name for its request.
fn key(page: &str) -> String {
    let value = page.split("name=\"key\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| panic!("no key in {page}")).to_owned()
}

fn holds(home: &Family) -> Vec<Value> {
    home.own.list(&format!("/api/v1/children/{}/holds", home.alma))
}

/// A municipal leader of whom the child has never heard.
fn another_leader(home: &Family) -> Api {
    let person = json!({ "name": "Bent Skov", "title": "leder" });
    let person = text(&home.leader.post("/api/v1/people", &person).expect(201).json(), "id");
    let role = json!({ "person": person, "role": "leader", "from": "2024-08-01" });
    home.leader.post("/api/v1/assignments", &role).expect(201);
    home.signed_in("Bent Skov")
}

#[test]
fn a_caseworker_asks_on_the_page_and_the_child_sees_who_and_why() {
    let home = Family::on(Database::Sqlite);
    let (entry, _, _) = home.photo(&home.alma, TITLE, 1);
    let book = format!("/bog/{}", home.alma);
    let (register, asking) = (format!("{book}/taget-ud"), format!("{book}/bliver"));
    let [caseworker, mother, child] =
        ["Mette Lund", "Karen Holm", "Alma Vestervang"].map(|name| home.signed_in(name));
    assert!(links(&caseworker.get(&register).expect(200).text(), &book).contains(&asking));
    mother.get(&asking).expect(403);
    assert_eq!(mother.send_form(&asking, &[("why", "dispute")]).status, 403);

    // A reason is needed, and what was typed is still there.
    let form = caseworker.get(&asking).expect(200).text();
    let words = ("words", "Klage til Ankestyrelsen");
    let key_of = key(&form);
    let again = caseworker.send_form(&asking, &[("key", &key_of), words]).expect(200).text();
    assert!(again.contains("aria-invalid") && again.contains("Klage til Ankestyrelsen"), "{again}");
    assert_eq!(key(&again), key_of);
    let person = [("key", key_of.as_str()), ("why", "person")];
    assert!(
        caseworker.send_form(&asking, &person).expect(200).text().contains("aria-invalid"),
        "not theirs to say"
    );
    assert!(holds(&home).is_empty());
    // Sent twice it is asked once.
    let sent = [("key", key_of.as_str()), ("why", "dispute"), words];
    for _ in 0..2 {
        let told = caseworker.send_form(&asking, &sent).expect(200).text();
        assert!(told.contains("Det bliver her nu"), "{told}");
    }
    let [hold] = holds(&home).try_into().unwrap();
    assert_eq!((&hold["why"], &hold["entry"]), (&json!("dispute"), &Value::Null));

    // One page, from that page.
    let of_page = format!("{book}/side/{entry}/bliver");
    let on_page =
        |reader: &Api| links(&reader.get(&format!("{book}/side/{entry}")).expect(200).text(), &of_page);
    assert_eq!(on_page(&caseworker).len(), 1);
    assert!(on_page(&child).is_empty());
    let form = caseworker.get(&of_page).expect(200).text();
    assert!(form.contains(TITLE), "{form}");
    let sent = [("key", key(&form)), ("entry", entry.clone()), ("why", "request".into())];
    let sent = sent.each_ref().map(|(name, value)| (*name, value.as_str()));
    caseworker.send_form(&asking, &sent).expect(200);
    caseworker.get(&format!("/bog/{}/side/{entry}/bliver", home.viggo)).expect(404);

    let told = child.get(&register).expect(200).text();
    for words in [
        "Der er en klage eller en sag.",
        "Klage til Ankestyrelsen",
        "Mette Lund bad om det",
        "En side med dens billeder",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(told.contains(&format!("href=\"{book}/side/{entry}\"")) && !told.contains(TITLE));
    assert!(links(&told, &format!("{asking}/")).is_empty(), "not the child's to lift");
    // Whoever has never met the child is told what, why and who; and neither words nor a way into the book.
    let municipal = another_leader(&home).get(&register).expect(200).text();
    assert!(
        municipal.contains("Der er en klage eller en sag.") && municipal.contains("Mette Lund bad om det")
    );
    assert!(!municipal.contains("Klage til Ankestyrelsen") && !municipal.contains(&entry));
    assert!(links(&municipal, &asking).is_empty());
    mother.get(&register).expect(403);
}

#[test]
fn lifting_is_asked_for_once_more_and_stays_known() {
    let home = Family::on(Database::Sqlite);
    let book = format!("/bog/{}", home.alma);
    let (register, asking) = (format!("{book}/taget-ud"), format!("{book}/bliver"));
    let [caseworker, child] = ["Mette Lund", "Alma Vestervang"].map(|name| home.signed_in(name));
    // The child needs no reason.
    let form = child.get(&asking).expect(200).text();
    assert!(!form.contains("name=\"why\"") && form.contains("Kun du selv kan"), "{form}");
    let told = child.send_form(&asking, &[("key", &key(&form)), ("words", "Det er mit")]).expect(200).text();
    let [mine] = links(&told, &format!("{asking}/")).try_into().unwrap();
    assert!(told.contains("har selv bedt om det"), "{told}");
    let seen = caseworker.get(&register).expect(200).text();
    assert!(seen.contains("Det er mit") && links(&seen, &format!("{asking}/")).is_empty());
    caseworker.get(&mine).expect(403);
    assert_eq!(caseworker.send_form(&mine, &[]).status, 403);

    let asked = child.get(&mine).expect(200).text();
    assert!(asked.contains("Skal det ikke blive længere?") && asked.contains("Det er mit"), "{asked}");
    assert_eq!(holds(&home)[0]["lifted"], Value::Null, "looking lifts nothing");
    let elsewhere = mine.replace(&home.alma, &home.viggo);
    child.get(&elsewhere).expect(404);
    assert_eq!(child.send_form(&elsewhere, &[]).status, 404);
    let told = child.send_form(&mine, &[]).expect(200).text();
    assert!(told.contains("Det er ophævet.") && told.contains("Alma Vestervang ophævede det"), "{told}");
    assert!(links(&told, &format!("{asking}/")).is_empty());
    assert_eq!(holds(&home)[0]["lifted"]["by"]["name"], "Alma Vestervang");
    // In English too.
    let in_english = child.get("/sprog/en?til=/").status;
    assert_eq!(in_english, 200);
    assert!(child.get(&register).expect(200).text().contains("Alma Vestervang lifted it on"));
}

#[test]
fn a_form_from_another_site_asks_for_nothing() {
    let home = Family::on(Database::Sqlite);
    let asking = format!("/bog/{}/bliver", home.alma);
    let child = home.signed_in("Alma Vestervang");
    let request = child.request(reqwest::Method::POST, &asking);
    let foreign = request.header("Content-Type", "application/x-www-form-urlencoded").body("key=a&csrf=b");
    assert_eq!(Api::send(foreign).unwrap().status, 403);
    assert!(holds(&home).is_empty());
}
