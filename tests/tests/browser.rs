//! What people meet: a foster mother's phone, a child's tablet, and axe's opinion of every page.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tests::client::{sha256, text};
use tests::photos::{PHONE_PHOTO, distinct_jpeg};
use tests::{Browser, Instance, Line, Persona, oracle};

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
    let asked = |what: &str| report["asked"].as_array().unwrap().iter().any(|asked| asked == what);
    assert_eq!((asked("PATCH uploads"), asked("POST media")), (javascript, false), "in pieces");
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

#[track_caller]
fn judge(browser: Browser, paths: Vec<String>) -> Value {
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
    report
}

/// The switches are pressed where they are; every look on every page is in `matrix.rs`.
#[test]
fn browser_a_book_looks_as_its_reader_chose() {
    let instance = &Instance::demo();
    let child = instance.child_reading_up_to(9);
    let cover = format!("/bog/{}", child.children[0]);
    let all = ["dark", "contrast", "easy_type", "large", "calm"].as_slice();
    let dark = json!({ "theme": "dark", "contrast": "high", "type": "easy", "size": "large", "calm": "" });
    let light = json!({ "theme": "device", "contrast": "high", "size": "large" });
    for (look, kept) in [(all, dark), (&["contrast", "large"], light)] {
        let browser = as_persona(Browser::phone("pages"), instance, &child).with("look", look);
        assert_eq!(judge(browser, vec![cover.clone()])["pages"][0]["look"], kept);
    }
}

#[test]
fn browser_what_is_to_stay_is_accessible_to_who_asks_for_it() {
    let instance = &Instance::demo();
    let caseworker = instance.persona("caseworker");
    let (api, child) = (instance.api(&caseworker), &caseworker.children[0]);
    let entry = text(&api.list(&format!("/api/v1/children/{child}/entries"))[0], "id");
    let asked = json!({ "why": "dispute", "entry": entry, "words": "Klage til Ankestyrelsen" });
    let hold = api.post(&format!("/api/v1/children/{child}/holds"), &asked).expect(201).json();
    let paths = [
        format!("/bog/{child}/taget-ud"),
        format!("/bog/{child}/bliver"),
        format!("/bog/{child}/side/{entry}/bliver"),
        format!("/bog/{child}/bliver/{}", text(&hold, "id")),
    ];
    for (width, height) in [(390, 844), (820, 1180), (1280, 900)] {
        let browser = Browser::phone("pages").with("width", width).with("height", height);
        judge(as_persona(browser, instance, &caseworker), paths.to_vec());
    }
}

#[test]
fn browser_help_needs_no_sign_in_and_leaves_no_trace() {
    let instance = &Instance::demo();
    let answer = instance.stranger().get("/hjaelp").expect(200);
    assert!(!answer.headers.contains_key("set-cookie"), "no cookie");
    assert!(answer.text().contains("116 111") || answer.text().contains("116111"), "BørneTelefonen is there");
    let open = Browser::phone("pages").with("origin", instance.origin.as_str());
    judge(open, vec!["/".to_owned(), "/hjaelp".to_owned(), "/visning".to_owned()]);
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

#[test]
fn browser_a_page_is_read_aloud_sentence_by_sentence_where_there_is_a_voice_for_it() {
    let instance = &Instance::demo();
    let child = instance.child_reading_up_to(9);
    let entries = instance.api(&child).list(&format!("/api/v1/children/{}/entries", child.children[0]));
    let tree = entries.iter().find(|entry| entry["title"] == "Ned med hovedet først").unwrap();
    let path = format!("/bog/{}/side/{}", child.children[0], text(tree, "id"));
    let read = |voice: &str| {
        let browser = as_persona(Browser::phone("aloud"), instance, &child).with("path", path.as_str());
        let report = browser.with("voice", voice).run();
        no_complaints(&report);
        report
    };
    let report = read("da-DK");
    let said = report["said"].as_array().unwrap();
    let words: Vec<String> = said.iter().map(|said| text(said, "text").trim().to_owned()).collect();
    let begins = ["Ned med hovedet først", "Op er ikke svært, siger du.", "Det er ned, der er svært."];
    assert_eq!(words[..3], begins, "title, then sentence by sentence");
    for each in said {
        assert_eq!((&each["lang"], &each["marked"]), (&json!("da"), &json!([each["text"]])));
    }
    assert_eq!((&report["pressed"], &report["after"]), (&json!("true"), &json!("false")));
    assert_eq!(report["left_marked"], false, "stopped");
    assert_eq!(read("de-DE")["offered"], false, "a German voice reads no Danish");
}

/// The child draws, writes and says something on a tablet; the page is its own.
#[test]
fn browser_a_child_makes_a_page_of_its_own() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let browser = Browser::phone("own_page").with("width", 820).with("height", 1180);
    let report = as_persona(browser, &instance, &child).with("child", child.children[0].as_str()).run();
    no_complaints(&report);
    for page in report["pages"].as_array().unwrap() {
        assert_eq!(page["violations"], json!([]), "{}", page["name"]);
        assert_eq!(page["sideways_px"], 0, "{}", page["name"]);
    }
    let pages = instance.api(&child).list(&format!("/api/v1/children/{}/own-pages", child.children[0]));
    let kinds: Vec<_> =
        pages[0]["media"].as_array().unwrap().iter().map(|file| text(file, "media_type")).collect();
    assert_eq!(kinds, ["image/png", "audio/webm"], "a drawing and a voice");
    assert_eq!(pages[0]["media"][1]["reads"], true, "that reads the text, also after the page was changed");
    assert_eq!(pages[0]["sharing"]["with"], "everyone", "shared at last");
}

#[test]
fn browser_a_child_makes_a_page_of_its_own_without_javascript() {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let report = as_persona(Browser::phone("own_page"), &instance, &child)
        .with("child", child.children[0].as_str())
        .with("javascript", false)
        .run();
    no_complaints(&report);
    let pages = instance.api(&child).list(&format!("/api/v1/children/{}/own-pages", child.children[0]));
    assert_eq!(text(&pages[0], "title"), "Min hule");
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

/// A foster mother with one child, and photos of hers in a folder.
struct Sender {
    instance: Instance,
    mother: Persona,
    folder: tempfile::TempDir,
}

const LINE: &str = "Vi så en hejre ved åen.";

impl Sender {
    fn new() -> Self {
        let instance = Instance::demo();
        let mother = instance.persona("foster_parent");
        Self { instance, mother, folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Her phone with a photo on it, at `origin`.
    fn browser(&self, script: &str, origin: &str, photo: &Path) -> Browser {
        let sign_in = self.mother.sign_in.replace(&self.instance.origin, origin);
        let browser = Browser::phone(script).with("origin", origin).with("sign_in", sign_in);
        browser.with("child", self.mother.children[0].as_str()).with_path("photo", photo).with("line", LINE)
    }

    /// The book holds exactly this photo under the line.
    #[track_caller]
    fn has_in_book(&self, report: &Value, photo: &[u8]) {
        let api = self.instance.api(&self.mother);
        let entries = api.list(&format!("/api/v1/children/{}/entries", self.mother.children[0]));
        let written: Vec<&Value> = entries.iter().filter(|entry| entry["title"] == LINE).collect();
        assert_eq!(written.len(), 1, "one page, however often it was sent");
        assert_eq!(written[0]["id"], report["entry"]);
        let media = written[0]["media"].as_array().unwrap();
        assert_eq!(media.len(), 1, "one photo: {media:?}");
        let original = format!("/api/v1/media/{}/original", text(&media[0], "id"));
        assert_eq!(sha256(&api.get(&original).expect(200).body), sha256(photo));
    }
}

#[track_caller]
fn only_a_bad_line(report: &Value) {
    for complaint in report["complaints"].as_array().unwrap() {
        assert!(complaint.as_str().unwrap().contains("Failed to load resource"), "{complaint}");
    }
}

#[track_caller]
fn clean(state: &Value) {
    assert_eq!((&state["violations"], &state["sideways_px"]), (&json!([]), &json!(0)), "{state:#}");
}

#[test]
fn browser_a_line_that_breaks_loses_nothing_and_sends_nothing_twice() {
    let sender = Sender::new();
    let photo = distinct_jpeg(41, 12_000_000);
    let path = sender.file("aaen.jpg", &photo);
    let line = Line::breaking_after(6_000_000, 3, &sender.instance);
    let report = sender.browser("bad_line", &line.origin, &path).with("photo_bytes", photo.len()).run();
    only_a_bad_line(&report);
    clean(&report["waiting"]);
    let words = text(&report["waiting"], "words");
    assert!(words.contains("Vi venter på nettet. Intet er tabt"), "{words}");
    let bar = report["waiting"]["bar"].as_f64().unwrap();
    assert!((30.0..60.0).contains(&bar), "the bar stands where the line broke: {bar}");
    assert_eq!(report["lost"], json!([1, 1]), "answers that never came");
    sender.has_in_book(&report, &photo);
    let more = line.sent_bytes() - photo.len();
    assert!(more < 300_000, "{more} bytes besides the photo");
}

#[test]
fn browser_a_photo_half_sent_goes_on_where_it_was_when_it_is_chosen_again() {
    let sender = Sender::new();
    let photo = distinct_jpeg(42, 9_000_000);
    let path = sender.file("hejren.jpg", &photo);
    let report = sender.browser("unfinished", &sender.instance.origin, &path).run();
    only_a_bad_line(&report);
    let memory = text(&report["before"], "memory");
    assert!(memory.contains("/uploads/") && !memory.contains("hejren"), "{memory}");
    assert_eq!(report["offsets"], json!([4 << 20, 8 << 20]));
    assert_eq!(report["after"]["memory"], "", "forgotten when it is done");
    sender.has_in_book(&report, &photo);
}

#[test]
fn browser_signing_out_forgets_what_was_half_sent() {
    let sender = Sender::new();
    let path = sender.file("hejren.jpg", &distinct_jpeg(43, 5_000_000));
    let report = sender.browser("unfinished", &sender.instance.origin, &path).with("sign_out", true).run();
    only_a_bad_line(&report);
    assert!(text(&report["before"], "memory").contains("/uploads/"));
    assert_eq!(report["after"], json!({ "memory": "", "databases": 0 }));
}

#[test]
fn browser_a_refused_file_is_named_and_the_others_go_in() {
    let sender = Sender::new();
    let photo = distinct_jpeg(44, 300_000);
    let path = sender.file("hejren.jpg", &photo);
    let page = sender.file("ikke-et-billede.jpg", b"<!doctype html><script>alert(1)</script>");
    let report =
        sender.browser("refused_file", &sender.instance.origin, &path).with_path("page", &page).run();
    only_a_bad_line(&report);
    let refused = &report["refused"];
    clean(refused);
    let words = text(refused, "words");
    assert!(
        words.contains("ikke-et-billede.jpg kom ikke med") && words.contains("Resten er nået frem"),
        "{words}"
    );
    assert_eq!(
        (&refused["marked"], &refused["files"], &refused["line"]),
        (&json!(1), &json!(2), &json!(LINE))
    );
    assert_eq!(report["announced"], 2, "each file is sent once");
    sender.has_in_book(&report, &photo);
}

#[test]
fn browser_a_child_chooses_four_pictures_and_reads_for_two() {
    pictures_for_a_tablet(true);
}

#[test]
fn browser_a_child_comes_in_with_pictures_without_javascript() {
    pictures_for_a_tablet(false);
}

fn pictures_for_a_tablet(javascript: bool) {
    let instance = Instance::demo();
    let alma = instance.child_reading_up_to(9);
    let report = Browser::phone("devices")
        .with("origin", instance.origin.as_str())
        .with("adult", instance.foster_parent_of(&alma.children[0]).sign_in)
        .with("child", alma.children[0].as_str())
        .with("javascript", javascript);
    let report = match std::env::var("PICTURES") {
        Ok(folder) => report.with("pictures", folder).run(),
        Err(_) => report.run(),
    };
    no_complaints(&report);
    assert_eq!(report["small"], json!([]), "drawings of 72 pixels, and 44 for whatever is pressed");
    for page in report["pages"].as_array().unwrap() {
        assert!(page["violations"] == json!([]) && page["sideways_px"] == 0, "{page:#}");
    }
}

/// What is written on a page that was opened where there is no line.
const OFFLINE: &str = "Du læser uden net";
const NO_LINE: &str = "Der er ikke net lige nu";

fn paths(of: &Value) -> Vec<&str> {
    of.as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect()
}

#[test]
fn browser_a_book_is_read_without_a_line_and_nothing_of_it_stays_for_the_next_one() {
    let instance = Instance::demo();
    let alma = instance.child_reading_up_to(9);
    let (api, child) = (instance.api(&alma), alma.children[0].as_str());
    let own =
        json!({ "title": "Hemmelig hule", "text": "Bag de tre graner.", "sharing": { "with": "nobody" } });
    let private = api.post(&format!("/api/v1/children/{child}/own-pages"), &own).expect(201).json();
    let private = json!({ "id": private["id"], "title": own["title"] });
    let book = api.get(&format!("/api/v1/children/{child}/book?age=9")).expect(200).json();
    let pages =
        book["chapters"].as_array().unwrap().iter().flat_map(|chapter| chapter["pages"].as_array().unwrap());
    let pages: Vec<&Value> = pages.collect();
    let waiting = pages.iter().find(|page| page["body"]["state"] != "open").expect("a page that waits");
    let other = instance.child_reading_up_to(15);
    let report = as_persona(Browser::phone("offline"), &instance, &alma)
        .with("workers", true)
        .with("minutes", 6)
        .with("adult", instance.foster_parent_of(child).sign_in)
        .with("other", other.sign_in.as_str())
        .with("child", child)
        .with("private_page", text(&private, "id"))
        .with("waiting_page", text(waiting, "id"));
    let report = match std::env::var("PICTURES") {
        Ok(folder) => report.with("pictures", folder).run(),
        Err(_) => report.run(),
    };
    only_a_bad_line(&report);
    assert_eq!(report["adult"], json!({ "kept": [], "workers": 0 }), "an adult takes nobody's book along");
    what_is_kept_is_open_and_tells_no_secret(&report, child, &[&private, waiting]);

    for name in ["cover", "chapter", "page"] {
        let page = &report["offline"][name];
        assert!(text(page, "text").contains(OFFLINE), "{name}: {}", page["text"]);
        assert_eq!(
            (&page["styled"], &page["font"], &page["forms"]),
            (&json!(true), &json!(true), &json!(0)),
            "{name}"
        );
        let pictures = page["pictures"].as_array().unwrap();
        assert!(pictures.iter().all(|shown| shown == true), "{name}: {pictures:?}");
        clean(page);
    }
    assert!(!report["offline"]["page"]["pictures"].as_array().unwrap().is_empty());
    assert!(text(&report["offline"], "home").contains(OFFLINE), "/bog leads to the cover");
    for name in ["private", "waiting"] {
        assert!(text(&report["offline"], name).contains(NO_LINE), "{name}: {}", report["offline"][name]);
    }
    assert!(text(&report["offline"]["nothing"], "text").contains("116 111"), "one can ring without a line");
    clean(&report["offline"]["nothing"]);

    assert!(text(&report["ended"], "text").contains(NO_LINE), "the session has ended: {}", report["ended"]);
    for moment in ["ended", "signed_out"] {
        assert_eq!(report[moment]["kept"], json!([]), "{moment}");
    }
    for after in [&report["signed_out"]["text"], &report["signed_out"]["page"], &report["signed_out_offline"]]
    {
        let after = after.as_str().unwrap();
        assert!(!after.contains(OFFLINE) && !after.contains("Alma"), "{after}");
    }
    let others: Vec<&str> =
        paths(&report["other"]["kept"]).into_iter().filter(|path| path.contains(child)).collect();
    assert!(others.is_empty(), "of the first child's: {others:?}");
    assert!(text(&report["other"], "text").contains(NO_LINE), "{}", report["other"]["text"]);
}

/// The caches hold pages of this book and their pictures, and nothing that is nobody else's business.
#[track_caller]
fn what_is_kept_is_open_and_tells_no_secret(report: &Value, child: &str, closed: &[&Value]) {
    let kept = report["taken"].as_array().unwrap();
    assert!(kept.len() > 20, "{} of the book", kept.len());
    assert_eq!(report["names"].as_array().unwrap().len(), 1, "one session's: {}", report["names"]);
    for it in kept {
        let (path, page) = (text(it, "path"), text(it, "text"));
        let ours = path.starts_with(&format!("/bog/{child}")) || path.starts_with("/api/v1/media/");
        assert!(ours && !path.ends_with("/original"), "{path}");
        assert!(!page.contains("csrf") && !page.contains("<form"), "{path} has a form");
        for closed in closed {
            assert!(!page.contains(&text(closed, "title")) && !page.contains(&text(closed, "id")), "{path}");
        }
    }
}
