//! What is somebody else's is covered, told of, and nowhere in what is handed over; lifted, it is handed over anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Value, json};
use tests::client::{sha256, text};
use tests::instance::lossy;
use tests::photos::{contains, decode, distinct_jpeg, fixture, metadata_in};
use tests::wait::until;
use tests::{Api, Instance, Persona, Taken, oracle, setting};

const REQUESTS: &str = "/api/v1/archive-requests";
/// Words that are covered, each in a different way.
const NAME: &str = "Karla Bendtsen";
const STREET: &str = "Østerågade 44";
const ILLNESS: &str = "indlagt med en depression";
const WHOLE: &str = "Fætter Villads i fængslet";
const ON_PAPER: &str = "Tordenskjold";

/// A grown person who has asked for everything, and an archivist who has taken that on.
struct Scene {
    instance: Instance,
    rikke: Persona,
    own: Api,
    archivist: Api,
    leader: Api,
    request: String,
}

/// What the archivist found and put in.
struct Found {
    told: String,
    whole: String,
    photo: String,
    paper: String,
    scan: String,
    photo_sha256: String,
}

impl Scene {
    fn taken_on() -> Self {
        let instance = Instance::demo();
        let rikke = instance.persona("adult");
        let people = instance.personas();
        let here = |kind: &str| {
            let mut here = people.iter().filter(|person| person.municipality == rikke.municipality);
            instance.api(here.find(|person| person.persona == kind).unwrap())
        };
        let (own, archivist, leader) = (instance.api(&rikke), here("archivist"), here("leader"));
        let request = text(&own.post(REQUESTS, &json!({})).expect(201).json(), "id");
        let scene = Self { instance, rikke, own, archivist, leader, request };
        scene.step("acknowledge");
        scene
    }

    fn child(&self) -> &str {
        &self.rikke.children[0]
    }

    fn step(&self, step: &str) {
        let path = format!("{REQUESTS}/{}/steps", self.request);
        self.archivist.post(&path, &json!({ "step": step })).expect(201);
    }

    fn redactions(&self) -> String {
        format!("/api/v1/children/{}/redactions", self.child())
    }

    fn found(&self) -> Found {
        let photo = fixture("phone-gps-rotated.jpg");
        let photo_id = self.archivist.upload_ok(self.child(), &format!("{NAME} 1999.jpg"), &photo);
        let mut paper = Vec::new();
        let words = format!("Afgørelse\nSagen om {ON_PAPER} er lukket.\nBarnet bor fortsat på Solbakken.");
        let day = "2026-08-03".parse().unwrap();
        renderer::pdf::text_pdf(&format!("Afgørelse om {ON_PAPER}"), &words, day, &mut paper).unwrap();
        let paper_id = self.archivist.upload_ok(self.child(), "afgoerelse.pdf", &paper);
        let scan = self.archivist.upload_ok(self.child(), "hemmeligt.jpg", &distinct_jpeg(9, 30_000));
        let page = |title: &str, words: &str, media: &[&str]| {
            let files: Vec<Value> =
                media.iter().map(|id| json!({ "id": id, "alt": format!("Her er {NAME}.") })).collect();
            let page = json!({
                "kind": "document", "title": title, "precision": "day", "basis": "read", "occurred_on": "2002-05-04",
                "place": STREET, "people": [NAME, "Rikke"], "media": files,
                "texts": [{ "band": "18+", "language": "da", "text": words }],
            });
            text(&self.archivist.post_entry(self.child(), &page).expect(201).json(), "id")
        };
        let told = format!("Rikke besøgte {NAME} på {STREET}. Karla var {ILLNESS}. Solen skinnede den dag.");
        let told = page("Et besøg", &told, &[&photo_id, &paper_id]);
        // An earlier version is no less covered.
        let corrected = json!({
            "kind": "document", "title": "Et besøg", "precision": "day", "basis": "read", "occurred_on": "2002-05-04",
            "media": [photo_id, paper_id],
            "texts": [{ "band": "18+", "language": "da", "text": format!("{NAME} var {ILLNESS}. Solen skinnede.") }],
        });
        self.archivist.post(&format!("/api/v1/entries/{told}/versions"), &corrected).expect(201);
        let whole = page("Om familien", &format!("{WHOLE} ringede."), &[&scan]);
        // What is told beside the pages is no less covered.
        let gone = json!({
            "what": format!("Brevene fra {NAME}"), "became": "lost", "kept_by": STREET,
            "known_from": "Karla har fortalt om dem. Solen står på forsiden.",
        });
        self.archivist.post(&format!("/api/v1/children/{}/losses", self.child()), &gone).expect(201);
        page("Hilsen", &format!("Hilsen fra {}s nabo.", NAME.to_uppercase()), &[]);
        Found { told, whole, photo: photo_id, paper: paper_id, scan, photo_sha256: sha256(&photo) }
    }

    fn cover(&self, what: &Value) -> Value {
        self.archivist.post(&self.redactions(), &filled(what)).expect(201).json()
    }

    fn refused(&self, what: &Value) -> Vec<(String, String)> {
        let answer = self.archivist.post(&self.redactions(), &filled(what)).expect(422).json();
        let problems = answer["fields"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
        problems.iter().map(|problem| (text(problem, "field"), text(problem, "code"))).collect()
    }

    fn answer(&self, by: &Api, record: &Value, number: usize, answer: &Value) -> tests::client::Answer {
        by.post(&format!("/api/v1/redactions/{}/covers/{number}/answers", text(record, "id")), answer)
    }

    fn agreed(&self, record: &Value, number: usize) {
        self.answer(&self.leader, record, number, &json!({ "answer": "agreed" })).expect(201);
    }

    /// Everything that is to be covered, is.
    fn all_covered(&self, found: &Found) -> Value {
        self.cover(&json!({ "words": [NAME, STREET, "Karla"], "matter": "identity" }));
        let ill = self.cover(&json!({ "entry": found.told, "words": [ILLNESS], "matter": "health" }));
        let whole = self.cover(&json!({ "entry": found.whole, "whole": true, "matter": "private_life" }));
        let spot = json!({ "left": 0, "top": 0, "width": 500, "height": 500 });
        self.cover(&json!({ "media": found.photo, "spot": spot, "matter": "identity" }));
        let lines = json!({ "page": 1, "left": 0, "top": 0, "width": 1000, "height": 300 });
        let paper = self.cover(&json!({ "media": found.paper, "spot": lines, "matter": "private_life" }));
        for record in [&ill, &whole, &paper] {
            self.agreed(record, 1);
        }
        ill
    }

    fn granted(&self) -> Value {
        self.step("search");
        self.step("review");
        let decisions = format!("{REQUESTS}/{}/decisions", self.request);
        let granted = json!({ "outcome": "granted" });
        let refused = self.archivist.post(&decisions, &granted).expect(422).json();
        assert_eq!(refused["fields"][0]["code"], "partly_covered", "{refused}");
        let in_part = json!({
            "outcome": "granted_in_part", "reason": "Noget handler om andre.", "ground": "Forvaltningsloven § 15 b",
            "complain_to": "Ankestyrelsen", "complain_by": "2099-01-11",
        });
        self.archivist.post(&decisions, &in_part).expect(201);
        self.leader.post(&decisions, &json!({ "outcome": "agreed" })).expect(201);
        self.delivered()
    }

    fn delivered(&self) -> Value {
        until("delivered", || {
            let seen = self.own.get(&format!("{REQUESTS}/{}", self.request)).expect(200).json();
            (seen["status"] == "delivered").then_some(seen)
        })
    }

    fn fetched(&self) -> Taken {
        let zip = self.own.get(&format!("{REQUESTS}/{}/package", self.request)).expect(200).body;
        Taken::of(&zip)
    }
    /// Every page that links lead to from the book and from the archive.
    fn reads_every_page(&self, found: &Found) {
        let child = self.child();
        // A page is seen by its links alone.
        let browser = Api::signed_in(&self.instance.origin, &self.rikke.sign_in).unwrap();
        let (mut waiting, mut seen) = (vec![format!("/bog/{child}"), "/arkiv".to_owned()], BTreeSet::new());
        while let Some(path) = waiting.pop() {
            if !seen.insert(path.clone()) || seen.len() > setting("CRAWL", 400) {
                continue;
            }
            let answer = browser.get(&path);
            let html = answer.text();
            assert_covered(&path, &html);
            let links = html
                .split("href=\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
            waiting.extend(links.filter(|link| link.starts_with("/bog/") || link.starts_with("/arkiv")));
        }
        assert!(
            seen.len() > 60
                && seen.contains(&format!("/bog/{child}/side/{}", found.told))
                && seen.contains(&format!("/bog/{child}/med")),
            "{}",
            seen.len()
        );
    }

    fn fetches_every_file(&self, found: &Found) {
        let own = &self.own;
        for size in ["small", "medium", "large"] {
            let picture = own.rendition(&found.photo, size);
            assert!(upper_left_is_covered(&picture), "{size}");
        }
        let original = own.get(&format!("/api/v1/media/{}/original", found.photo)).expect(200);
        assert!(upper_left_is_covered(&original.body) && sha256(&original.body) != found.photo_sha256);
        assert!(metadata_in(&original.body).is_empty());
        assert_covered("its name", &original.header("content-disposition"));
        let paper = own.get(&format!("/api/v1/media/{}/original", found.paper)).expect(200);
        let folder = tempfile::tempdir().unwrap();
        let pdf = folder.path().join("paper.pdf");
        std::fs::write(&pdf, &paper.body).unwrap();
        assert_covered("the paper", &oracle::pdftotext(&pdf));
        assert!(contains(&paper.body, b"%PDF-") && !contains(&paper.body, b"Torden"));
        let page = own.get(&format!("/api/v1/media/{}/page-1", found.paper)).expect(200);
        assert_eq!(
            (covered(&page.body, [0.0, 0.0, 1.0, 0.29]), covered(&page.body, [0.0, 0.31, 1.0, 1.0])),
            (1.0, 0.0)
        );
        own.get(&format!("/api/v1/media/{}/page-2", found.paper)).refusal(404);
        own.get(&format!("/api/v1/media/{}/original", found.scan)).refusal(404);
        own.get(&format!("/api/v1/media/{}/small", found.scan)).refusal(404);
    }
}

/// With a reason, a ground and a day.
fn filled(what: &Value) -> Value {
    let mut whole = json!({
        "reason": "Det handler om en anden, som ikke har sagt ja.",
        "ground": "Databeskyttelsesforordningen art. 15, stk. 4",
        "review_on": (chrono::Utc::now().date_naive() + chrono::Days::new(700)).to_string(),
    });
    whole.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
    whole
}

#[track_caller]
fn assert_covered(where_: &str, found: &str) {
    let found = found.to_lowercase();
    for word in [NAME, "Bendtsen", "Karla", STREET, ILLNESS, WHOLE, ON_PAPER] {
        assert!(!found.contains(&word.to_lowercase()), "{where_} tells »{word}«");
    }
}

/// How much of a part of a picture is covered, from left, top, right, bottom in shares of its sides.
fn covered(jpeg: &[u8], [left, top, right, bottom]: [f64; 4]) -> f64 {
    let picture = decode(jpeg).into_rgb8();
    let at = |part: f64, length: u32| ((part * f64::from(length)) as u32).min(length - 1);
    let points = (1..20).flat_map(|x| (1..20).map(move |y| (f64::from(x) / 20.0, f64::from(y) / 20.0)));
    let points: Vec<_> = points.map(|(x, y)| (left + (right - left) * x, top + (bottom - top) * y)).collect();
    let is_ink = |(x, y): &&(f64, f64)| {
        let pixel = picture.get_pixel(at(*x, picture.width()), at(*y, picture.height())).0;
        pixel.iter().zip([38, 34, 32]).all(|(is, ink): (&u8, u8)| is.abs_diff(ink) < 8)
    };
    points.iter().filter(is_ink).count() as f64 / points.len() as f64
}

fn upper_left_is_covered(jpeg: &[u8]) -> bool {
    covered(jpeg, [0.0, 0.0, 0.49, 0.49]) == 1.0 && covered(jpeg, [0.51, 0.51, 1.0, 1.0]) < 0.2
}

#[test]
fn what_is_covered_is_nowhere_in_what_is_handed_over_and_lifted_it_comes_anew() {
    let scene = Scene::taken_on();
    let found = scene.found();
    let ill = scene.all_covered(&found);
    scene.granted();
    let taken = scene.fetched();
    oracle::bagit(&taken.bag()).content();
    oracle::verapdf("2a", &taken.papers()).content();
    oracle::verapdf("ua1", &taken.papers()).content();
    let all = taken.extracted();
    assert_covered("the package", &all);
    assert!(all.contains("solen skinnede"), "what is not covered is there");
    let told = taken.read("data/daekket.txt");
    for words in
        ["Databeskyttelsesforordningen", "en andens helbred", "Et besøg", "Enig", "Ses på igen senest"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    let statement = taken.read("data/fuldstaendighed.txt");
    assert!(statement.contains("ALT ER GJORT REDE FOR") && statement.contains("dækket helt"), "{statement}");
    let mut verify = Command::new("sh");
    let said = lossy(&verify.arg("verify.sh").current_dir(taken.bag()).output().unwrap().stdout);
    assert_eq!((said.matches("JA:").count(), said.matches("NEJ:").count()), (3, 0), "{said}");
    let originals: BTreeSet<String> =
        taken.files().iter().map(|file| sha256(&std::fs::read(file).unwrap())).collect();
    assert!(!originals.contains(&found.photo_sha256));

    // Opened again by somebody of the municipality who need not read the book.
    scene.answer(&scene.own, &ill, 1, &json!({ "answer": "lifted" })).refusal(403);
    let lifted = json!({ "answer": "lifted", "words": "Hun har sagt ja." });
    scene.answer(&scene.archivist, &ill, 1, &lifted).expect(201);
    scene.answer(&scene.archivist, &ill, 1, &lifted).refusal(409);
    let seen = scene.delivered();
    let messages = seen["messages"].as_array().unwrap();
    assert!(messages.iter().any(|said| text(said, "words").contains("Hun har sagt ja.")), "{messages:?}");
    let anew = scene.fetched();
    assert!(anew.zip != taken.zip);
    let all = anew.extracted();
    assert!(all.contains(&ILLNESS.to_lowercase()), "what was lifted is there");
    assert!(!all.contains("bendtsen") && !all.contains(&WHOLE.to_lowercase()), "and nothing else");
    assert!(anew.read("data/daekket.txt").contains("Åbnet igen"));

    // What was sealed is as it was.
    let mut scene = scene;
    scene.instance.run_ok(&["verify"]);
    scene.instance.stop();
    let before = lossy(&scene.instance.run_ok(&["dump"]));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(scene.instance.data.join(format!("livsbog.db{ending}")));
    }
    scene.instance.run_ok(&["rebuild"]);
    assert!(before == lossy(&scene.instance.run_ok(&["dump"])), "the dump after a rebuild differs");
}

#[test]
fn the_owner_meets_nothing_that_is_covered_on_any_page_or_by_any_call() {
    let scene = Scene::taken_on();
    let found = scene.found();
    let child = scene.child();
    let own = &scene.own;
    let order = json!({ "age": 34, "format": "pdf" });
    let before = own.post(&format!("/api/v1/children/{child}/editions"), &order).expect(202).json();
    let before = format!("/api/v1/editions/{}/file", text(&before, "id"));
    until("the edition", || (own.get(&before).status == 200).then_some(()));
    scene.all_covered(&found);
    own.get(&before).refusal(410);
    for path in [
        format!("/api/v1/children/{child}/entries?limit=200"),
        format!("/api/v1/children/{child}/book"),
        format!("/api/v1/entries/{}", found.told),
        format!("/api/v1/entries/{}?version=1", found.told),
        format!("/api/v1/entries/{}", found.whole),
        format!("/api/v1/children/{child}/access-log"),
        format!("/api/v1/children/{child}/redactions"),
        format!("/api/v1/children/{child}/kept"),
        format!("/api/v1/children/{child}/losses"),
        format!("/bog/{child}/vaek"),
    ] {
        assert_covered(&path, &own.get(&path).expect(200).text());
    }
    scene.reads_every_page(&found);
    scene.fetches_every_file(&found);
    let printed = own.edition(child, 34);
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("book.pdf");
    std::fs::write(&pdf, &printed).unwrap();
    assert_covered("the printed book", &oracle::pdftotext(&pdf));

    // Whoever decides sees beneath; the original is what it was.
    let told = scene.archivist.get(&format!("/api/v1/entries/{}", found.told)).expect(200).text();
    assert!(told.contains(NAME), "{told}");
    let original = scene.archivist.get(&format!("/api/v1/media/{}/original", found.photo)).expect(200);
    assert_eq!(sha256(&original.body), found.photo_sha256);
    // Nobody outside is told that there is anything.
    scene.instance.stranger().get(&format!("/api/v1/children/{child}/redactions")).refusal(401);
    let others = scene.instance.persona("foster_parent");
    scene.instance.api(&others).get(&format!("/api/v1/children/{child}/redactions")).refusal(404);
}

#[test]
fn what_cannot_be_covered_is_told_field_by_field() {
    let scene = Scene::taken_on();
    let found = scene.found();
    let spot =
        |page: u32, left: u32| json!({ "page": page, "left": left, "top": 0, "width": 200, "height": 5 });
    let on = |words: &str| json!({ "entry": found.told, "words": [words], "matter": "health" });
    let with = |mut asked: Value, field: &str, value: &str| {
        asked[field] = json!(value);
        asked
    };
    for (asked, field, code) in [
        (on("Solen er blå"), "words", "not_there"),
        (on("x"), "words", "too_short"),
        (json!({ "entry": found.told, "matter": "health" }), "words", "required"),
        (json!({ "matter": "health", "whole": true }), "words", "required"),
        (json!({ "media": found.scan, "spot": spot(1, 900), "matter": "health" }), "spot", "out_of_range"),
        (json!({ "media": found.scan, "spot": spot(2, 0), "matter": "health" }), "spot", "out_of_range"),
        (json!({ "media": found.paper, "spot": spot(9, 0), "matter": "identity" }), "spot", "out_of_range"),
        (with(on(ILLNESS), "reason", &format!("Hun var {ILLNESS}.")), "reason", "tells_what_is_covered"),
        (with(on(ILLNESS), "review_on", "2020-01-01"), "review_on", "date_out_of_range"),
        (with(on(ILLNESS), "matter", "shame"), "matter", "unknown_value"),
        (with(on(ILLNESS), "ground", " "), "ground", "required"),
    ] {
        let wrong = scene.refused(&asked);
        assert!(wrong.contains(&(field.to_owned(), code.to_owned())), "{asked}: {wrong:?}");
    }
    let left = scene.instance.data.join("cache/facsimiles").read_dir();
    assert!(!left.is_ok_and(|mut left| left.next().is_some()), "no paper is left in the clear");
}

#[test]
fn what_the_person_knows_stays_open() {
    let scene = Scene::taken_on();
    let found = scene.found();
    let card = scene.own.get(&format!("/api/v1/children/{}", scene.child())).json();
    assert!(text(&card, "name").contains("Rikke"));
    // Read by the person.
    scene.own.get(&format!("/api/v1/entries/{}", found.whole)).expect(200);
    for (asked, field) in [
        (json!({ "entry": found.whole, "words": ["Rikke"], "matter": "identity" }), "words"),
        (json!({ "entry": found.whole, "whole": true, "matter": "private_life" }), "whole"),
        (json!({ "entry": found.whole, "words": [WHOLE], "matter": "private_life" }), "words"),
        (json!({ "words": [WHOLE], "matter": "private_life" }), "words"),
        (json!({ "media": found.scan, "whole": true, "matter": "private_life" }), "whole"),
    ] {
        assert_eq!(scene.refused(&asked), [(field.to_owned(), "known".to_owned())], "{asked}");
    }
}

#[test]
fn what_is_hard_takes_two_and_a_decision_waits_for_them() {
    let scene = Scene::taken_on();
    let found = scene.found();
    let ill = scene.cover(&json!({ "entry": found.told, "words": [ILLNESS], "matter": "health" }));
    assert!(scene.own.list(&scene.redactions()).is_empty(), "a proposal is told to those who decide");
    scene.answer(&scene.archivist, &ill, 1, &json!({ "answer": "agreed" })).refusal(409);
    scene.answer(&scene.leader, &ill, 1, &json!({ "answer": "sent_back" })).refusal(422);
    scene.answer(&scene.leader, &ill, 2, &json!({ "answer": "agreed" })).refusal(404);
    scene.step("search");
    scene.step("review");
    let decisions = format!("{REQUESTS}/{}/decisions", scene.request);
    let waits = scene.archivist.post(&decisions, &json!({ "outcome": "granted" })).expect(422).json();
    assert_eq!(waits["fields"][0]["code"], "covers_wait", "{waits}");
    let back = json!({ "answer": "sent_back", "words": "Det ved hun jo." });
    scene.answer(&scene.leader, &ill, 1, &back).expect(201);
    let told = scene.archivist.list(&scene.redactions());
    let cover = &told[0]["covers"][0];
    assert_eq!((&cover["state"], &cover["words"][0]), (&json!("sent_back"), &json!(ILLNESS)));
    let whole = filled(&json!({ "entry": found.told, "whole": true, "matter": "health" }));
    scene.own.post(&scene.redactions(), &whole).refusal(403);
    scene.leader.post(&scene.redactions(), &whole).refusal(404);
}

/// On the page, the archivist covers words and a spot of a paper, the leader sees what is beneath and agrees, and the owner reads
/// what is covered and why.
#[test]
fn covers_are_proposed_agreed_to_and_told_on_pages() {
    let scene = Scene::taken_on();
    let found = scene.found();
    let people = scene.instance.personas();
    let browser = |kind: &str| {
        let mut here = people.iter().filter(|person| person.municipality == scene.rikke.municipality);
        let person = here.find(|person| person.persona == kind).unwrap();
        Api::signed_in(&scene.instance.origin, &person.sign_in).unwrap()
    };
    let (archivist, leader) = (browser("archivist"), browser("leader"));
    let list = format!("/bog/{}/daekket", scene.child());
    let page = archivist.get(&format!("{list}/ny?side={}", found.told)).expect(200);
    assert!(page.text().contains(NAME) && page.text().contains("afgoerelse.pdf"));
    let because = [
        ("reason", "Det handler om en anden."),
        ("ground", "Forvaltningsloven § 15 b"),
        ("review_on", "2034-06-01"),
    ];
    let words = [
        ("entry", found.told.as_str()),
        ("what", "words"),
        ("words", ILLNESS),
        ("matter", "health"),
        ("key", "words"),
    ];
    archivist.with_form_of(&page).send_form(&list, &[&words[..], &because].concat()).expect(200);
    let page = archivist.get(&format!("{list}/ny?fil={}", found.paper)).expect(200);
    assert!(page.text().contains("page-1"), "the paper's first page is there to draw on");
    let spot = [("left", "0"), ("top", "0"), ("width", "1000"), ("height", "300"), ("page", "1")];
    let on_paper = [("media", found.paper.as_str()), ("matter", "private_life"), ("key", "spot")];
    archivist.with_form_of(&page).send_form(&list, &[&on_paper[..], &spot, &because].concat()).expect(200);

    let page = leader.get(&list).expect(200);
    assert!(page.text().contains(ILLNESS), "who decides sees what is beneath");
    let answers: Vec<String> = page
        .text()
        .split("action=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    let mine: BTreeSet<&String> = answers.iter().filter(|path| path.starts_with(&list)).collect();
    assert_eq!(mine.len(), 2, "{answers:?}");
    let under: Vec<u16> = mine.iter().map(|path| leader.get(&format!("{path}/under")).status).collect();
    assert!(under.contains(&200) && under.contains(&404), "a spot is a picture, words are none: {under:?}");
    for path in mine {
        leader.with_form_of(&page).send_form(path, &[("answer", "agreed")]).expect(200);
    }
    let told =
        Api::signed_in(&scene.instance.origin, &scene.rikke.sign_in).unwrap().get(&list).expect(200).text();
    assert!(told.contains("Forvaltningsloven") && !told.contains(ILLNESS), "{told}");
}
