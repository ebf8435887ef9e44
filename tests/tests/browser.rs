//! What people meet: a foster mother's phone, a child's tablet, and axe's opinion of every page.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::photos::PHONE_PHOTO;
use tests::{Browser, Instance, Persona, oracle};

fn as_persona(browser: Browser, instance: &Instance, persona: &Persona) -> Browser {
    browser.with("origin", instance.origin.as_str()).with("sign_in", persona.sign_in.as_str())
}

#[track_caller]
fn no_complaints(report: &Value) {
    assert_eq!(report["complaints"], json!([]), "the browser's console");
}

fn contribute(javascript: bool) {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let mother = instance.foster_parent_of(&child.children[0]);
    let line = "Du fangede en skalle og råbte så højt, at ænderne lettede.";
    let report = as_persona(Browser::phone("contribute"), &instance, &mother)
        .with("child", child.children[0].as_str())
        .with("javascript", javascript)
        .with_path("photo", &oracle::here("fixtures").join(PHONE_PHOTO))
        .with("line", line)
        .run();
    no_complaints(&report);
    assert!(report["taps"].as_u64().unwrap() <= 4, "{} taps", report["taps"]);
    for moment in ["before", "after"] {
        assert_eq!(report[moment]["violations"], json!([]), "{moment}");
        assert_eq!(report[moment]["sideways_px"], 0, "{moment}");
    }
    let book = format!("/api/v1/children/{}/book?age=9", child.children[0]);
    let book = instance.api(&child).get(&book).expect(200).text();
    assert!(
        book.contains(line) && book.contains(report["entry"].as_str().unwrap()),
        "the child finds it in the book"
    );
}

#[test]
fn browser_a_photo_with_a_line_takes_four_taps_on_a_phone() {
    contribute(true);
}

#[test]
fn browser_a_photo_with_a_line_goes_in_without_javascript() {
    contribute(false);
}

/// The book's cover, its chapters and the pages of its entries.
fn book_paths(instance: &Instance, reader: &Persona) -> Vec<String> {
    let child = &reader.children[0];
    let entries = instance.api(reader).list(&format!("/api/v1/children/{child}/entries"));
    let pages = entries.iter().map(|entry| format!("/bog/{child}/side/{}", entry["id"].as_str().unwrap()));
    let fixed = [format!("/bog/{child}"), format!("/bog/{child}/hvem"), format!("/bog/{child}/trykt")];
    fixed.into_iter().chain(pages).collect()
}

#[track_caller]
fn judge(browser: Browser, paths: Vec<String>) {
    let report = browser.with("paths", paths).run();
    no_complaints(&report);
    for page in report["pages"].as_array().unwrap() {
        let clean = page["violations"] == json!([])
            && page["sideways_px"] == 0
            && page["status"] == 200
            && page["headings"] == 1
            && page["language"].is_string()
            && page["broken_pictures"] == json!([]);
        assert!(clean, "{page:#}");
    }
}

#[test]
fn browser_every_page_of_a_childs_book_is_accessible_on_a_phone() {
    let instance = &Instance::demo();
    for age in [6, 9, 15, 17] {
        let child = instance.child_reading_up_to(age);
        judge(as_persona(Browser::phone("pages"), instance, &child), book_paths(instance, &child));
    }
}

#[test]
fn browser_the_book_is_accessible_on_a_tablet() {
    let instance = &Instance::demo();
    let child = instance.child_reading_up_to(9);
    let tablet = Browser::phone("pages").with("width", 820).with("height", 1180);
    judge(as_persona(tablet, instance, &child), book_paths(instance, &child));
}

#[test]
fn browser_the_adults_pages_are_accessible() {
    let instance = &Instance::demo();
    for (kind, paths) in [
        ("foster_parent", vec!["/bidrag", "/bog"]),
        ("caseworker", vec!["/bidrag", "/bog"]),
        ("leader", vec!["/overblik", "/overblik/voksne", "/overblik/nyt-barn"]),
        ("adult", vec!["/arkiv"]),
    ] {
        let paths = paths.into_iter().map(str::to_owned).collect();
        judge(as_persona(Browser::phone("pages"), instance, &instance.persona(kind)), paths);
    }
}

#[test]
fn browser_help_needs_no_sign_in_and_leaves_no_trace() {
    let instance = &Instance::demo();
    let answer = instance.stranger().get("/hjaelp").expect(200);
    assert!(!answer.headers.contains_key("set-cookie"), "no cookie");
    assert!(answer.text().contains("116 111") || answer.text().contains("116111"), "BørneTelefonen is there");
    let open = Browser::phone("pages").with("origin", instance.origin.as_str());
    judge(open, vec!["/".to_owned(), "/hjaelp".to_owned()]);
    assert!(!instance.log().contains("/hjaelp"), "the log knows nothing of it");
}

#[test]
fn browser_a_book_is_read_to_its_end_by_key_and_by_link() {
    let instance = &Instance::demo();
    let child = instance.child_reading_up_to(9);
    let read = |keys: bool, javascript: bool| {
        let browser = as_persona(Browser::phone("turn_pages"), instance, &child)
            .with("child", child.children[0].as_str());
        let report = browser.with("keys", keys).with("javascript", javascript).run();
        no_complaints(&report);
        report["seen"].as_array().unwrap().clone()
    };
    let by_key = read(true, true);
    assert!(by_key.len() >= 14, "only {} pages", by_key.len());
    assert_eq!(read(false, false), by_key, "the same way without JavaScript");
}

fn keep_the_register(javascript: bool) {
    let (instance, administrator) = Instance::real();
    let report = Browser::phone("register")
        .with("origin", instance.origin.as_str())
        .with("sign_in", administrator.sign_in.as_str())
        .with("javascript", javascript);
    let report = match std::env::var("PICTURES") {
        Ok(folder) => report.with("pictures", folder).run(),
        Err(_) => report.run(),
    };
    no_complaints(&report);
    for page in report["pages"].as_array().unwrap() {
        assert!(page["violations"] == json!([]) && page["sideways_px"] == 0, "{page:#}");
    }
    assert!(report["refused"].as_str().unwrap().contains("flyttede ind"), "{}", report["refused"]);
    assert_eq!(report["kept"], "Hos Ib", "what was typed is still there");
    let text = report["text"].as_str().unwrap();
    for words in ["Hos Karen", "31. maj 2026", "Hos Ib", "Bor her nu", "30. juni 2026", "Barnet selv"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(report["back"], report["child"]);

    let link = report["link"].as_str().unwrap();
    let secret = link.rsplit('/').next().unwrap();
    assert!(!instance.log().contains(secret), "the link is in no log");
    let alma = tests::Api::signed_in(&instance.origin, link).expect("the child comes in");
    let child = report["child"].as_str().unwrap().rsplit('/').next().unwrap();
    let book = alma.get(&format!("/api/v1/children/{child}/book?age=9")).expect(200).text();
    assert!(book.contains("Min bog") && book.contains("Alma"), "{book}");
    assert!(tests::Api::signed_in(&instance.origin, link).is_none(), "once");
}

#[test]
fn browser_a_leader_keeps_the_register_on_a_phone() {
    keep_the_register(true);
}

#[test]
fn browser_a_leader_keeps_the_register_without_javascript() {
    keep_the_register(false);
}
