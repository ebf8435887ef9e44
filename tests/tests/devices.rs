//! A child comes in with four pictures on a tablet that is its own, and no adult comes to the child's own pages by that.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;

use reqwest::Method;
use serde_json::{Value, json};
use tests::client::text;
use tests::photos::distinct_jpeg;
use tests::{Answer, Api, Instance, Persona, Postgres, oracle};

const CODE: [&str; 4] = ["cat", "kite", "cat", "snail"];
const OTHER: [&str; 4] = ["moon", "hat", "fish", "tree"];
const WRONG: [&str; 4] = ["sun", "sun", "sun", "boat"];
const SECRET: &str = "Kun Viggo ved, at jeg græd bag skuret.";

/// A child of nine, and those around it.
struct Scene {
    instance: Instance,
    alma: Persona,
    child: String,
}

impl Scene {
    fn new() -> Self {
        Self::on(Instance::demo())
    }

    fn on(instance: Instance) -> Self {
        let alma = instance.child_reading_up_to(9);
        let child = alma.children[0].clone();
        Self { instance, alma, child }
    }

    fn around(&self, kind: &str) -> Persona {
        let mut people = self.instance.personas().into_iter();
        people.find(|one| one.persona == kind && one.children.contains(&self.child)).expect(kind)
    }

    fn mother(&self) -> Persona {
        self.instance.foster_parent_of(&self.child)
    }

    /// A browser in which somebody is signed in.
    fn browser_of(&self, person: &Persona) -> Api {
        Api::signed_in(&self.instance.origin, &person.sign_in).expect("the link opens")
    }

    /// A tablet that `adult` has just made the child's own.
    fn tablet_from(&self, adult: &Persona) -> Api {
        let browser = self.browser_of(adult);
        let next = browser.send_form(&format!("/enhed/{}", self.child), &[]).expect(200);
        assert!(next.path.starts_with("/ind/billeder"), "{}", next.path);
        browser
    }

    /// The same, with a code that the child has chosen; the child is in.
    fn chosen_tablet(&self) -> Api {
        let tablet = self.tablet_from(&self.mother());
        let home = choose(&tablet, &CODE).expect(200);
        assert_eq!(home.path, format!("/bog/{}", self.child));
        tablet.with_form_of(&home)
    }

    fn own_page(&self, sharing: Value) -> String {
        let own = self.instance.api(&self.alma);
        let page = json!({ "title": "Delt", "text": "Det må Birgit se.", "sharing": sharing });
        let path = format!("/api/v1/children/{}/own-pages", self.child);
        text(&own.post(&path, &page).expect(201).json(), "id")
    }

    /// Changes the database while nothing runs.
    fn set_back(&mut self, statement: &str) {
        self.instance.stop();
        let change =
            "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute(sys.argv[2]); d.commit()";
        let file = self.instance.data.join("livsbog.db");
        let done = Command::new("python3").args(["-c", change]).arg(file).arg(statement).status().unwrap();
        assert!(done.success(), "{statement}");
        self.instance.start();
    }
}

/// Presses pictures; what comes back after the last.
fn press(tablet: &Api, path: &str, pictures: &[&str]) -> Answer {
    let fields: Vec<(&str, &str)> = pictures.iter().map(|name| ("picture", *name)).collect();
    tablet.send_form(path, &fields)
}

fn come_in(tablet: &Api, code: &[&str]) -> Answer {
    press(tablet, "/ind/billeder", code)
}

fn choose(tablet: &Api, code: &[&str]) -> Answer {
    press(tablet, "/ind/billeder/ny", &[code, code].concat())
}

fn sign_out(browser: &Api) {
    browser.send_form("/ud", &[]).expect(200);
}

#[test]
fn a_child_chooses_four_pictures_and_comes_in_with_them() {
    let scene = Scene::new();
    let tablet = scene.tablet_from(&scene.mother());
    assert_eq!(tablet.get("/bidrag").path, "/ind/billeder/ny", "the adult is signed out, the child chooses");
    // Press for press, as a browser without scripts sends them.
    let mut pressed: Vec<&str> = Vec::new();
    for picture in [CODE, CODE].concat() {
        pressed.push(picture);
        let page = press(&tablet, "/ind/billeder/ny", &pressed).expect(200);
        if pressed.len() < 8 {
            let kept = page.text().matches("type=\"hidden\" name=\"picture\"").count();
            assert_eq!(kept, pressed.len(), "what was pressed is carried along");
        } else {
            assert_eq!(page.path, format!("/bog/{}", scene.child));
        }
    }
    let home = tablet.get("/bog").expect(200);
    let tablet = tablet.with_form_of(&home);
    assert_eq!(tablet.get("/api/v1/me").expect(200).json()["id"], json!(scene.alma.id));
    sign_out(&tablet);
    let door = tablet.get("/ind").expect(200);
    assert_eq!(door.path, "/ind/billeder", "signed out, the tablet is still the child's");
    assert!(door.text().contains("Hej Alma"), "{}", door.text());
    assert!(tablet.get("/ind?anden=1").expect(200).text().contains("name=\"password\""));
    assert!(come_in(&tablet, &WRONG).expect(200).text().contains("Det var ikke dine billeder"));
    assert!(come_in(&tablet, &["cat", "kite", "snail", "cat"]).path.starts_with("/ind/"), "the order counts");
    assert_eq!(come_in(&tablet, &CODE).expect(200).path, format!("/bog/{}", scene.child));
}

#[test]
fn the_devices_cookie_is_a_secret_that_only_this_site_gets() {
    let scene = Scene::new();
    let mother = scene.instance.api(&scene.mother());
    let made = mother.post(&format!("/api/v1/children/{}/devices", scene.child), &json!({})).expect(201);
    let cookie = made.header("set-cookie");
    for part in ["enhed=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=31536000"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(secret.len(), 43, "256 bits");
    assert!(!made.text().contains(secret), "it stands in the cookie alone");
    let stored = std::fs::read(scene.instance.data.join("livsbog.db")).unwrap();
    let wal = std::fs::read(scene.instance.data.join("livsbog.db-wal")).unwrap_or_default();
    let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
    assert!(!holds(&stored) && !holds(&wal), "only its digest is stored");
}

#[test]
fn without_the_cookie_there_is_no_such_page() {
    let scene = Scene::new();
    let words = |answer: Answer| {
        answer.expect(404).text().replace("/ind/billeder/ny", "").replace("/ind/billeder", "")
    };
    let stranger = scene.instance.stranger();
    let unknown = words(stranger.get("/ind/ingenting")).replace("/ind/ingenting", "");
    for path in ["/ind/billeder", "/ind/billeder/ny"] {
        assert_eq!(words(stranger.get(path)), unknown, "{path}");
        press(&stranger, path, &CODE).expect(404);
        let forged = stranger.request(Method::GET, path).header("Cookie", "enhed=AAAA");
        Api::send(forged).unwrap().expect(404);
    }
}

#[test]
fn a_weak_code_and_one_that_differs_are_told_kindly() {
    let scene = Scene::new();
    let tablet = scene.tablet_from(&scene.mother());
    let four = press(&tablet, "/ind/billeder/ny", &["cat"; 4]).expect(200).text();
    assert!(four.contains("Fire ens er nemme at gætte"), "{four}");
    let eight = press(&tablet, "/ind/billeder/ny", &["cat"; 8]).expect(200).text();
    assert!(eight.contains("Fire ens er nemme at gætte"));
    let differs = press(&tablet, "/ind/billeder/ny", &[CODE, OTHER].concat()).expect(200).text();
    assert!(differs.contains("De var ikke ens"));
    press(&tablet, "/ind/billeder/ny", &["dragon"]).expect(400);
    assert!(come_in(&tablet, &CODE).path.starts_with("/ind/"), "nothing was chosen by that");
}

#[test]
fn a_code_is_chosen_in_time_or_not_at_all() {
    let mut scene = Scene::new();
    let tablet = scene.tablet_from(&scene.mother());
    scene.set_back("UPDATE picture_codes SET choose_until = '2026-01-01T00:00:00.000Z'");
    assert!(choose(&tablet, &CODE).expect(200).text().contains("Du har ingen billeder endnu"));
    // An adult lets the child choose again; then only once.
    let path = format!("/enhed/{}/glemt", scene.child);
    scene.browser_of(&scene.mother()).send_form(&path, &[]).expect(200);
    let home = choose(&tablet, &CODE).expect(200);
    assert_eq!(home.path, format!("/bog/{}", scene.child));
    sign_out(&tablet.with_form_of(&home));
    assert!(choose(&tablet, &OTHER).expect(200).path.ends_with("/ind/billeder"), "the time is used up");
    assert!(come_in(&tablet, &OTHER).text().contains("Det var ikke dine billeder"));
}

#[test]
fn five_wrong_codes_wait_ten_are_locked_and_a_restart_changes_nothing() {
    five_and_ten(Scene::new(), true);
}

#[test]
fn wrong_codes_are_counted_on_postgresql_too() {
    let cluster = Postgres::start();
    five_and_ten(Scene::on(Instance::demo_on(cluster.database())), false);
}

fn five_and_ten(mut scene: Scene, can_set_back: bool) {
    let first = scene.chosen_tablet();
    sign_out(&first);
    let (second, third) = (scene.tablet_from(&scene.mother()), scene.tablet_from(&scene.mother()));
    for _ in 0..3 {
        assert!(come_in(&first, &WRONG).expect(200).text().contains("ikke dine billeder"));
    }
    for _ in 0..2 {
        assert!(come_in(&second, &WRONG).expect(200).text().contains("ikke dine billeder"));
    }
    // Three on one and two on the other: five for the child.
    let waits = |tablet: &Api| come_in(tablet, &CODE).expect(200).text().contains("om 15 minutter");
    assert!(waits(&first) && waits(&second), "the right one waits too");
    scene.instance.stop();
    scene.instance.start();
    assert!(waits(&first) && waits(&second), "after a restart as well");
    if !can_set_back {
        return;
    }
    for table in ["picture_codes", "devices"] {
        scene.set_back(&format!("UPDATE {table} SET wait_until = '2026-01-01T00:00:00.000Z'"));
    }
    // Each device counts its own as well: the last five are spread over two.
    for tablet in [&second, &third, &third, &third, &third] {
        assert!(come_in(tablet, &WRONG).expect(200).text().contains("ikke dine billeder"));
    }
    scene.instance.stop();
    scene.instance.start();
    let locked =
        |tablet: &Api| come_in(tablet, &CODE).expect(200).text().contains("Bed en voksen om at lukke op");
    assert!(locked(&first) && locked(&second));
    let opened = scene.browser_of(&scene.mother()).send_form(&format!("/enhed/{}/luk-op", scene.child), &[]);
    opened.expect(200);
    assert_eq!(come_in(&first, &CODE).expect(200).path, format!("/bog/{}", scene.child));
}

#[test]
fn many_at_once_are_no_more_tries_than_one_after_another() {
    let scene = Scene::new();
    let tablet = scene.chosen_tablet();
    sign_out(&tablet);
    let answers: Vec<String> = std::thread::scope(|threads| {
        let tries: Vec<_> =
            (0..16).map(|_| threads.spawn(|| come_in(&tablet, &WRONG).expect(200).text())).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let tried = answers.iter().filter(|answer| answer.contains("ikke dine billeder")).count();
    let told_to_wait = answers.iter().filter(|answer| answer.contains("om 15 minutter")).count();
    assert_eq!((tried, told_to_wait), (5, 11));
}

/// What the session meets of a page of the child's own that is shared with nobody.
fn meets(session: &Api, child: &str, page: &str, drawing: &str) -> bool {
    let own = session.get(&format!("/api/v1/children/{child}/own-pages")).expect(200).text();
    let seen = [
        own.contains(page),
        session.get(&format!("/api/v1/own-pages/{page}")).status == 200,
        session.get(&format!("/bog/{child}/side/{page}")).status == 200,
        session.get(&format!("/bog/{child}/mine/{page}")).status == 200,
        session.get(&format!("/bog/{child}/mine")).expect(200).text().contains(page),
        session.get(&format!("/bog/{child}/kapitel/me-now")).text().contains("Hulen"),
        session.get(&format!("/api/v1/children/{child}/book?age=9")).expect(200).text().contains(SECRET),
        session.get(&format!("/api/v1/media/{drawing}/original")).status == 200,
    ];
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
    seen[0]
}

/// A page of the child's own with a drawing, shared with nobody.
fn private_page(scene: &Scene) -> (String, String) {
    let own = scene.instance.api(&scene.alma);
    let drawing = own.upload_ok(&scene.child, "hule.jpg", &distinct_jpeg(91, 9_000));
    let page = json!({ "title": "Hulen", "text": SECRET, "media": [drawing] });
    let path = format!("/api/v1/children/{}/own-pages", scene.child);
    (text(&own.post(&path, &page).expect(201).json(), "id"), drawing)
}

#[test]
fn a_foster_mother_who_chooses_a_new_code_does_not_read_the_childs_own_pages() {
    let scene = Scene::new();
    let (page, drawing) = private_page(&scene);
    let mother = scene.mother();
    let shared = scene.own_page(json!({ "with": "some", "people": [mother.id] }));
    // She makes a tablet of her own the child's, and presses four pictures herself.
    let tablet = scene.chosen_tablet();
    assert!(!meets(&tablet, &scene.child, &page, &drawing), "the first code");
    let shelf = tablet.get(&format!("/bog/{}/mine", scene.child)).expect(200).text();
    assert!(shelf.contains("De åbner, når to voksne siger ja"));
    assert!(shelf.contains(&shared), "what is shared with her she reads anyway");
    let new = json!({ "title": "Ny", "text": "I dag." });
    let path = format!("/api/v1/children/{}/own-pages", scene.child);
    let since = text(&tablet.post(&path, &new).expect(201).json(), "id");
    tablet.get(&format!("/api/v1/own-pages/{since}")).expect(200);

    // The drawing is not opened by lying on a new page either.
    let taken = json!({ "title": "Se", "text": "her", "media": [drawing] });
    tablet.post(&path, &taken).refusal(404);

    // Her own yes is none, and the leader's neither, nor the child's.
    let openings = format!("/api/v1/children/{}/openings", scene.child);
    let caseworker = scene.instance.api(&scene.around("caseworker"));
    let opening = text(&caseworker.get(&openings).expect(200).json()["items"][0], "id");
    let yes = format!("{openings}/{opening}/confirmations");
    assert_eq!(scene.instance.api(&mother).post(&yes, &json!({})).refusal(409), "same_person");
    scene.browser_of(&mother).send_form(&format!("/enhed/{}/ja/{opening}", scene.child), &[]).expect(409);
    tablet.post(&yes, &json!({})).refusal(403);
    scene.instance.api(&scene.around("leader")).post(&yes, &json!({})).refusal(403);
    assert!(!meets(&tablet, &scene.child, &page, &drawing));

    caseworker.post(&yes, &json!({})).expect(204);
    assert!(meets(&tablet, &scene.child, &page, &drawing), "two adults have said yes");
    assert_eq!(caseworker.post(&yes, &json!({})).refusal(409), "already_decided");

    // A new code closes them again, ends what began with the old one, and is chosen by nobody unseen.
    scene.browser_of(&mother).send_form(&format!("/enhed/{}/glemt", scene.child), &[]).expect(200);
    let again = choose(&tablet, &OTHER).expect(200);
    let tablet = tablet.with_form_of(&again);
    assert!(!meets(&tablet, &scene.child, &page, &drawing), "a new code");
    assert!(
        meets(&scene.browser_of(&scene.alma), &scene.child, &page, &drawing),
        "the child's other way in stays"
    );
    let who = tablet.get(&format!("/bog/{}/hvem", scene.child)).expect(200).text();
    for words in
        ["lod dig vælge en ny kode", "gav dig din tablet", "sagde også ja", "En voksen mere skal sige ja"]
    {
        assert!(who.contains(words), "{words}");
    }
}

#[test]
fn a_new_code_ends_the_sessions_of_the_old_one() {
    let scene = Scene::new();
    let thief = scene.chosen_tablet();
    scene.browser_of(&scene.mother()).send_form(&format!("/enhed/{}/glemt", scene.child), &[]).expect(200);
    let own = scene.tablet_from(&scene.mother());
    choose(&own, &OTHER).expect(200);
    thief.get("/api/v1/me").refusal(401);
    assert!(come_in(&thief, &CODE).text().contains("ikke dine billeder"));
}

#[test]
fn a_code_that_was_opened_again_is_closed_for_own_pages_as_a_new_one() {
    let mut scene = Scene::new();
    let (page, drawing) = private_page(&scene);
    let tablet = scene.chosen_tablet();
    scene.set_back("UPDATE openings SET confirmed_by = opened_by, confirmed_at = at");
    let tablet_now = tablet.with_form_of(&tablet.get("/bog").expect(200));
    assert!(meets(&tablet_now, &scene.child, &page, &drawing));
    sign_out(&tablet_now);
    // She guesses, nine at a time, and opens it herself each time: when she is in, she is in by her own opening.
    scene.browser_of(&scene.mother()).send_form(&format!("/enhed/{}/luk-op", scene.child), &[]).expect(200);
    let home = come_in(&tablet, &CODE).expect(200);
    assert_eq!(home.path, format!("/bog/{}", scene.child));
    assert!(!meets(&tablet.with_form_of(&home), &scene.child, &page, &drawing));
}

#[test]
fn a_leader_who_keeps_the_childs_link_does_not_read_its_own_pages() {
    let scene = Scene::new();
    let (page, drawing) = private_page(&scene);
    let municipal = |one: &Persona| one.persona == "leader" && one.municipality == scene.alma.municipality;
    let leader = scene.instance.personas().into_iter().find(municipal).unwrap();
    let path = format!("/api/v1/people/{}/sign-in-links", scene.alma.id);
    let link = text(&scene.instance.api(&leader).post(&path, &json!({})).expect(201).json(), "sign_in");
    let session = Api::signed_in(&scene.instance.origin, &link).expect("the link opens");
    assert!(!meets(&session, &scene.child, &page, &drawing));
    let who = session.get(&format!("/bog/{}/hvem", scene.child)).expect(200).text();
    assert!(who.contains("lavede et link til dig"), "the child reads who made it");
    // One yes beside the leader's is enough, a foster mother's too.
    let of_child = scene.browser_of(&scene.mother());
    let waiting = of_child.get(&format!("/enhed/{}", scene.child)).expect(200).text();
    let yes = format!("/enhed/{}/ja/", scene.child);
    let opening = waiting.split(&yes).nth(1).and_then(|rest| rest.split('"').next()).expect("a yes to say");
    of_child.send_form(&format!("{yes}{opening}"), &[]).expect(200);
    assert!(meets(&session, &scene.child, &page, &drawing));
}

#[test]
fn a_device_taken_out_of_use_is_out_at_once() {
    let scene = Scene::new();
    let tablet = scene.chosen_tablet();
    let mother = scene.instance.api(&scene.mother());
    let devices = mother.list(&format!("/api/v1/children/{}/devices", scene.child));
    assert_eq!(devices.len(), 1);
    let device = format!("/api/v1/devices/{}", text(&devices[0], "id"));
    let revoke = |api: &Api| Api::send(api.request(Method::DELETE, &device)).unwrap();
    let other = |one: &Persona| one.persona == "foster_parent" && !one.children.contains(&scene.child);
    let other = scene.instance.personas().into_iter().find(other).unwrap();
    assert_eq!(revoke(&scene.instance.api(&other)).refusal(404), "not_found");
    revoke(&scene.instance.api(&scene.alma)).refusal(403);
    tablet.get("/api/v1/me").expect(200);
    revoke(&mother).expect(204);
    tablet.get("/api/v1/me").refusal(401);
    come_in(&tablet, &CODE).expect(404);
    revoke(&mother).refusal(404);
    assert!(mother.list(&format!("/api/v1/children/{}/devices", scene.child)).is_empty());
}

#[test]
fn no_picture_of_a_code_is_logged_counted_or_stored_in_the_clear() {
    let scene = Scene::new();
    let tablet = scene.chosen_tablet();
    sign_out(&tablet);
    come_in(&tablet, &OTHER).expect(200);
    come_in(&tablet, &CODE).expect(200);
    let stored = tests::instance::lossy(&std::fs::read(scene.instance.data.join("livsbog.db")).unwrap());
    let log = scene.instance.log();
    let metrics = scene.instance.stranger().get("/metrics").expect(200).text();
    for told in [&stored, &log, &metrics] {
        for pictures in [CODE, OTHER] {
            for between in [" ", ",", "+", "&picture=", "\",\""] {
                assert!(!told.contains(&pictures.join(between)));
            }
        }
        assert!(!told.contains("picture="));
    }
}

/// The pictures that an adult is shown.
fn invitation(adult: &Api, child: &str) -> Vec<String> {
    let page = adult.send_form(&format!("/bog/{child}/sammen"), &[]).expect(200).text();
    let shown = page.split("class=\"shown-signs\"").nth(1).and_then(|rest| rest.split("</ol>").next());
    let names = shown.expect("pictures").split("<span>").skip(1);
    names.map(|rest| english(rest.split('<').next().unwrap()).to_owned()).collect()
}

fn english(name: &str) -> &'static str {
    let names = [
        ("Kat", "cat"),
        ("Båd", "boat"),
        ("Sol", "sun"),
        ("Æble", "apple"),
        ("Hus", "house"),
        ("Fisk", "fish"),
        ("Stjerne", "star"),
        ("Træ", "tree"),
        ("Bold", "ball"),
        ("Fugl", "bird"),
        ("Blomst", "flower"),
        ("Bil", "car"),
        ("Måne", "moon"),
        ("Snegl", "snail"),
        ("Hue", "hat"),
        ("Drage", "kite"),
    ];
    names.iter().find(|(danish, _)| *danish == name).unwrap_or_else(|| panic!("{name}")).1
}

fn press_together(session: &Api, child: &str, pictures: &[String]) -> Answer {
    let pictures: Vec<&str> = pictures.iter().map(String::as_str).collect();
    press(session, &format!("/bog/{child}/sammen"), &pictures)
}

/// A page for two, and one that is held back.
fn for_two_and_held_back(scene: &Scene) -> (String, String) {
    let caseworker = scene.instance.api(&scene.around("caseworker"));
    let with = |readiness: Value, words: &str| {
        let entry = json!({
            "kind": "story", "title": words, "occurred_on": "2026-05-01", "precision": "day",
            "texts": [{ "band": "7-9", "language": "da", "text": words }], "readiness": readiness,
        });
        text(&caseworker.post_entry(&scene.child, &entry).expect(201).json(), "id")
    };
    let for_two = with(json!({ "state": "with_adult", "ask": "Birgit" }), "Den dag mor blev syg");
    let held = json!({
        "state": "held_back", "reason": "Mor siger det selv.", "decided_by": scene.around("caseworker").id,
        "second_reader": scene.around("leader").id, "ask": "Mette",
        "review_on": "2027-03-01", "opens_on": "2034-03-01",
    });
    (for_two, with(held, "Det mor gjorde"))
}

#[test]
fn two_read_a_page_for_two_and_nothing_else_opens() {
    let mut scene = Scene::new();
    let (for_two, held_back) = for_two_and_held_back(&scene);
    let child = scene.child.clone();
    let alma = scene.browser_of(&scene.alma);
    let birgit = scene.browser_of(&scene.mother());
    let reads = |session: &Api, page: &str, words: &str| {
        let html = session.get(&format!("/bog/{child}/side/{page}")).expect(200).text().contains(words);
        let data = session.get(&format!("/api/v1/entries/{page}")).expect(200).text().contains(words);
        assert_eq!(html, data, "{page}");
        html
    };
    assert!(!reads(&alma, &for_two, "mor blev syg"), "alone it waits");
    let closed = alma.get(&format!("/bog/{child}/side/{for_two}")).text();
    assert!(closed.contains(&format!("/bog/{child}/sammen")), "the page leads to the pictures");

    let pictures = invitation(&birgit, &child);
    assert_eq!(pictures.len(), 3);
    let home = press_together(&alma, &child, &pictures).expect(200);
    assert_eq!(home.path, format!("/bog/{child}"));
    assert!(home.text().contains("Du læser sammen med Birgit"), "every page says so");
    assert!(reads(&alma, &for_two, "mor blev syg"));
    assert!(!reads(&alma, &held_back, "Det mor gjorde"), "held back stays closed");
    assert!(!reads(&scene.instance.api(&scene.alma), &for_two, "mor blev syg"), "in that session alone");

    // It stands in the record with both names, and not as the child's own reading.
    let log = alma.get(&format!("/api/v1/children/{child}/access-log")).expect(200).json();
    let together = log["items"].as_array().unwrap().iter().find(|one| one["page"]["id"] == json!(for_two));
    assert_eq!(together.unwrap()["companion"], json!(scene.mother().id), "{log}");
    let who = alma.get(&format!("/bog/{child}/hvem")).expect(200).text();
    assert!(who.contains("sammen med Birgit"));

    let after = alma.send_form(&format!("/bog/{child}/sammen/slut"), &[]).expect(200).text();
    assert!(!after.contains("Du læser sammen"));
    assert!(!reads(&alma, &for_two, "mor blev syg"), "they are done");
    assert!(press_together(&alma, &child, &pictures).text().contains("passede ikke"), "pictures open once");

    let pictures = invitation(&birgit, &child);
    press_together(&alma, &child, &pictures).expect(200);
    assert!(reads(&alma, &for_two, "mor blev syg"));
    scene.set_back("UPDATE credentials SET companion_until = '2026-01-01T00:00:00.000Z'");
    let alma = alma.with_form_of(&alma.get("/bog").expect(200));
    assert!(!reads(&alma, &for_two, "mor blev syg"), "the time is over");
}

#[test]
fn what_two_read_is_not_taken_along() {
    let scene = Scene::new();
    let caseworker = scene.instance.api(&scene.around("caseworker"));
    let photo = caseworker.upload_ok(&scene.child, "svaert.jpg", &distinct_jpeg(12, 9_000));
    let entry = json!({
        "kind": "story", "title": "Svært", "occurred_on": "2026-05-01", "precision": "day", "media": [photo],
        "texts": [{ "band": "7-9", "language": "da", "text": "Svært." }],
        "readiness": { "state": "with_adult", "ask": "Birgit" },
    });
    caseworker.post_entry(&scene.child, &entry).expect(201);
    let alma = scene.browser_of(&scene.alma);
    press_together(&alma, &scene.child, &invitation(&scene.browser_of(&scene.mother()), &scene.child))
        .expect(200);
    let fetched = alma.get(&format!("/api/v1/media/{photo}/small")).status;
    assert!(matches!(fetched, 200 | 202), "{fetched}");
    let taken = json!({ "title": "Se", "text": "her", "media": [photo] });
    alma.post(&format!("/api/v1/children/{}/own-pages", scene.child), &taken).refusal(404);
}

#[test]
fn pictures_for_two_are_not_guessed_and_are_for_one_child() {
    let mut scene = Scene::new();
    let child = scene.child.clone();
    let alma = scene.browser_of(&scene.alma);
    let birgit = scene.browser_of(&scene.mother());
    let wrong = |right: &[String]| {
        let first = if right[0] == "cat" { "sun" } else { "cat" };
        vec![first.to_owned(), right[1].clone(), right[2].clone()]
    };
    let pictures = invitation(&birgit, &child);
    for _ in 0..5 {
        assert!(press_together(&alma, &child, &wrong(&pictures)).expect(200).text().contains("passede ikke"));
    }
    assert!(
        press_together(&alma, &child, &pictures).text().contains("passede ikke"),
        "five, and new ones are needed"
    );

    let pictures = invitation(&birgit, &child);
    scene.set_back("UPDATE invitations SET until = '2026-01-01T00:00:00.000Z'");
    assert!(press_together(&alma, &child, &pictures).text().contains("passede ikke"), "ten minutes");

    // An adult around two children invites one of them; the other does not get in by it.
    let mette = scene.around("caseworker");
    let other = mette.children.iter().find(|one| **one != child).expect("a caseworker of two");
    let is_other = |one: &Persona| one.persona == "child" && one.children.contains(other);
    if let Some(elias) = scene.instance.personas().into_iter().find(is_other) {
        let pictures = invitation(&scene.browser_of(&mette), &child);
        let elias = scene.browser_of(&elias);
        assert!(press_together(&elias, other, &pictures).text().contains("passede ikke"));
        press_together(&elias, &child, &pictures).expect(404);
    }
    // A child invites nobody, and a leader sits beside nobody.
    scene.browser_of(&scene.around("leader")).get(&format!("/bog/{child}/sammen")).expect(403);
    let own = alma.send_form(&format!("/bog/{child}/sammen"), &[]).expect(200).text();
    assert!(!own.contains("shown-signs"));
}

#[test]
fn a_backup_carries_devices_and_codes() {
    let scene = Scene::new();
    scene.chosen_tablet();
    let folder = tempfile::tempdir().unwrap();
    let told = scene.instance.run_ok(&["backup", "--to", folder.path().to_str().unwrap(), "--json"]);
    let backup: Value = serde_json::from_slice(&told).unwrap();
    let tar = folder.path().join("backup.tar");
    let root = scene.instance.data.join("secrets/root.key");
    std::fs::write(&tar, oracle::age_decrypt(&root, Path::new(backup["file"].as_str().unwrap()))).unwrap();
    let unpacked = Command::new("tar").arg("-xf").arg(&tar).arg("-C").arg(folder.path()).status();
    assert!(unpacked.unwrap().success());
    for (file, words) in [("devices", "digest"), ("picture_codes", "$argon2id$"), ("openings", "enrolled")] {
        let path = folder.path().join(format!("database/{file}.jsonl"));
        let rows = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}", path.display()));
        assert!(rows.contains(words), "{file}: {rows}");
    }
}

#[test]
fn only_those_who_care_for_a_child_see_to_its_devices() {
    let scene = Scene::new();
    let child = &scene.child;
    let pages = [
        (Method::GET, format!("/enhed/{child}")),
        (Method::POST, format!("/enhed/{child}")),
        (Method::POST, format!("/enhed/{child}/glemt")),
        (Method::POST, format!("/enhed/{child}/luk-op")),
    ];
    let may = ["foster_parent", "institution_staff", "caseworker"];
    for person in scene.instance.personas() {
        // Who may is not asked to: each of these changes something.
        let own = person.children.contains(child);
        if own && may.contains(&person.persona.as_str()) {
            continue;
        }
        let api = scene.instance.api(&person);
        for (method, path) in &pages {
            let wanted = match (own, person.persona.as_str(), method) {
                (true, "archivist", &Method::GET) => 200,
                (true, ..) => 403,
                (false, ..) => 404,
            };
            let answer = Api::send(api.request(method.clone(), path)).unwrap();
            assert_eq!(answer.status, wanted, "{} {path} {}", method, person.persona);
        }
    }
    scene.instance.stranger().post(&format!("/enhed/{child}"), &json!({})).expect(401);
    assert_eq!(scene.instance.stranger().get(&format!("/enhed/{child}")).path, "/ind");
}
