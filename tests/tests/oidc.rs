//! Coming in with a login of one's own (OpenID Connect): a certified provider walked in a browser, and one that lies.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::PathBuf;

use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use tests::client::{self, text};
use tests::instance::{Administrator, lossy};
use tests::oidc::Provider;
use tests::{Api, Browser, Database, Family, Instance};

const SECRET: &str = "a secret & a half: 100%";
const SUBJECT: &str = "7f0c2d-karen";

/// Points a stopped instance at a provider.
fn trust(instance: &mut Instance, provider: &Provider) {
    let file = instance.data.join("client.secret");
    std::fs::write(&file, format!("{SECRET}\n")).unwrap();
    for (name, value) in [
        ("ISSUER", provider.issuer.as_str()),
        ("NAME", "Mols-login"),
        ("CLIENT_ID", "livsbog"),
        ("CLIENT_SECRET_FILE", file.to_str().unwrap()),
    ] {
        instance.set(&format!("LIVSBOG_OIDC_{name}"), value);
    }
}

fn served_with(provider: &Provider) -> (Instance, Administrator) {
    let (mut instance, administrator) = Instance::real();
    instance.stop();
    trust(&mut instance, provider);
    instance.start();
    (instance, administrator)
}

/// A browser that tells where it is led instead of going there.
struct Hands {
    http: Client,
    origin: String,
}

impl Hands {
    fn of(instance: &Instance) -> Self {
        let http = client::builder().redirect(Policy::none()).cookie_store(true).build().unwrap();
        Self { http, origin: instance.origin.clone() }
    }

    fn get(&self, place: &str) -> Response {
        let place =
            if place.starts_with("http") { place.to_owned() } else { format!("{}{place}", self.origin) };
        self.http.get(place).send().unwrap()
    }

    /// Where an address leads.
    fn led(&self, place: &str) -> String {
        let answer = self.get(place);
        let led = answer.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
        led.unwrap_or_else(|| panic!("{place} leads nowhere: {}", answer.status()))
    }

    /// From the sign-in page to the provider; the address with which the provider sends back.
    fn answer(&self) -> String {
        self.led(&self.led("/ind/login/login"))
    }

    fn is_in(&self) -> bool {
        self.get("/ind/login").status() == 200
    }
}

/// Whoever holds the link connects the login that the provider vouches for.
fn connect(instance: &Instance, link: &str) {
    let hands = Hands::of(instance);
    assert!(hands.led(link).starts_with("/ind/login?next="), "one is asked to connect a login first");
    let back = hands.led(&hands.led("/ind/login/login/forbind"));
    assert_eq!(hands.led(&back), "/ind/login?gjort=login");
}

#[test]
fn somebody_comes_in_with_a_login_of_their_own_and_goes_out_again() {
    let (mut instance, administrator) = Instance::real();
    instance.stop();
    let redirect_uri = format!("{}/ind/login/login/svar", instance.origin);
    let provider = Provider::certified(SECRET, &redirect_uri, &format!("{}/", instance.origin));
    trust(&mut instance, &provider);
    instance.start();
    let mut browser = Browser::phone("login")
        .with("origin", instance.origin.as_str())
        .with("issuer", provider.issuer.as_str())
        .with("name", "Mols-login")
        .with("subject", SUBJECT)
        .with("sign_in", administrator.sign_in.as_str());
    if let Some(folder) = std::env::var_os("PICTURES").map(PathBuf::from) {
        browser = browser.with_path("pictures", &folder);
    }
    let report = browser.run();
    for page in report["pages"].as_array().unwrap() {
        assert_eq!((&page["violations"], &page["sideways_px"]), (&json!([]), &json!(0)), "{page}");
    }
    assert_eq!(
        (&report["came_to"], &report["signed_out_at"], &report["in_the_end"]),
        (&json!("/bidrag"), &json!("/ud"), &json!("/"))
    );
    let unknown = text(&report, "unknown");
    assert!(
        unknown.contains("Vi kender ikke dit login endnu") && unknown.contains("login_unknown"),
        "{unknown}"
    );
    assert!(
        !report["cookies"].as_array().unwrap().contains(&json!("livsbog")),
        "nobody is signed in: {}",
        report["cookies"]
    );
    // No token in any address of ours, and nothing of a person in the log.
    for address in report["ours"].as_array().unwrap() {
        assert!(!address.as_str().unwrap().contains("token"), "{address}");
    }
    let log = instance.log();
    for secret in [SUBJECT, "a-stranger", "id_token", "eyJ", "half"] {
        assert!(!log.contains(secret), "the log holds {secret}");
    }
}

#[test]
fn a_provider_that_lies_lets_nobody_in() {
    let provider = Provider::liar();
    let (instance, administrator) = served_with(&provider);
    connect(&instance, &administrator.sign_in);
    let comes_in = |how: Value| {
        provider.lies(how);
        let hands = Hands::of(&instance);
        let answer = hands.get(&hands.answer());
        (answer.status().as_u16(), hands.is_in())
    };
    let honest = [
        json!({}),
        json!({"key": "ec"}),
        json!({"rotate": true}),
        json!({"key": "ec"}),
        json!({"claims": {"exp": -30}}),
        json!({"claims": {"aud": ["livsbog", "other"], "azp": "livsbog"}}),
    ];
    for how in honest {
        assert_eq!(comes_in(how.clone()), (303, true), "{how}");
    }
    for lie in [
        json!({"claims": {"nonce": "another"}}),
        json!({"claims": {"nonce": null}}),
        json!({"claims": {"aud": "another"}}),
        json!({"claims": {"aud": ["livsbog", "other"]}}),
        json!({"claims": {"azp": "another"}}),
        json!({"claims": {"iss": "https://another.example.dk"}}),
        json!({"claims": {"exp": -120}}),
        json!({"claims": {"exp": null}}),
        json!({"claims": {"nbf": 120}}),
        json!({"claims": {"iat": 120}}),
        json!({"claims": {"sub": null}}),
        json!({"sub": "010190-1234"}),
        json!({"alg": "none"}),
        json!({"alg": "HS256"}),
        json!({"alg": "RS384"}),
        json!({"key": "ec", "alg": "RS256"}),
        json!({"foreign": true}),
        json!({"foreign": true, "kid": "another"}),
        json!({"tampered": true}),
        json!({"error": true}),
        json!({"iss": "https://another.example.dk"}),
        json!({"iss": ""}),
        json!({"state": "another"}),
        json!({"no_token": true}),
        json!({"token_status": 500}),
    ] {
        assert_eq!(comes_in(lie.clone()), (403, false), "{lie}");
    }
    // One that calls itself otherwise, or lies on an open line, is not asked at all.
    for how in [
        json!({"issuer": "https://another.example.dk"}),
        json!({"authorize": "http://broker.example.dk/authorize"}),
    ] {
        let (mut instance, _) = served_with(&provider);
        provider.lies(how.clone());
        assert_eq!(Hands::of(&instance).get("/ind/login/login").status(), 503, "{how}");
        instance.stop();
    }
}

#[test]
fn an_answer_counts_once_in_the_browser_that_was_sent_and_leads_nowhere_else() {
    let provider = Provider::liar();
    let (instance, administrator) = served_with(&provider);
    connect(&instance, &administrator.sign_in);
    let (hands, thief) = (Hands::of(&instance), Hands::of(&instance));
    let answer = hands.answer();
    assert_eq!(thief.get(&answer).status(), 403, "in another browser");
    assert_eq!(hands.get(&answer).status(), 403, "and then it is used up");
    let answer = hands.answer();
    assert_eq!((hands.get(&answer).status().as_u16(), hands.is_in()), (303, true));
    let again = Hands::of(&instance);
    again.answer();
    assert_eq!(again.get(&answer).status(), 403, "an answer of before, replayed");
    for forged in
        ["/ind/login/login/svar", "/ind/login/login/svar?code=a&state=b", "/ind/login/login/svar?state="]
    {
        assert_eq!(again.get(forged).status(), 403, "{forged}");
    }
    assert_eq!(again.get("/ind/login/another").status(), 404);
    assert!(!again.is_in() && !thief.is_in());

    // What goes out names the settings' own address, whatever host is asked for, and asks for proof of possession.
    let sent = again
        .http
        .get(format!("{}/ind/login/login", instance.origin))
        .header("Host", "evil.example")
        .send()
        .unwrap();
    let place = sent.headers()["location"].to_str().unwrap().to_owned();
    assert!(place.contains("code_challenge_method=S256") && place.contains("nonce="), "{place}");
    assert!(!place.contains("evil.example"), "{place}");
    for (next, place) in
        [("/bidrag", "/bidrag"), ("//evil.example", "/overblik"), ("https://evil.example", "/overblik")]
    {
        let hands = Hands::of(&instance);
        let back = hands.led(&hands.led(&format!("/ind/login/login?next={next}")));
        assert_eq!(hands.led(&back), place, "{next}");
    }
}

#[test]
fn a_login_opens_for_its_person_alone_and_for_no_longer_than_it_is_bound() {
    let provider = Provider::liar();
    let (mut instance, administrator) = served_with(&provider);
    let before = lossy(&instance.run_ok(&["dump"]));
    let unknown = Hands::of(&instance);
    let page = unknown.get(&unknown.answer());
    assert_eq!(page.status(), 403);
    assert!(!page.text().unwrap().contains("Hanne"), "nothing tells who is there");
    assert!(lossy(&instance.run_ok(&["dump"])) == before && !unknown.is_in(), "nobody is made");

    connect(&instance, &administrator.sign_in);
    let leader = Api::new(&instance.origin, Some(&administrator.token));
    let other =
        leader.post("/api/v1/people", &json!({"name": "Karen Holm", "title": "plejemor"})).expect(201).json();
    let link = |person: &str| {
        text(
            &leader.post(&format!("/api/v1/people/{person}/sign-in-links"), &json!({})).expect(201).json(),
            "sign_in",
        )
    };
    let second = Hands::of(&instance);
    second.led(&link(&text(&other, "id")));
    let back = second.led(&second.led("/ind/login/login/forbind"));
    assert_eq!(second.get(&back).status(), 409, "a login belongs to one person");
    // Who signs out on the way binds nothing.
    provider.lies(json!({"sub": "karen"}));
    let back = second.led(&second.led("/ind/login/login/forbind"));
    second.led(&link(&text(&other, "id")));
    assert_ne!(second.get(&back).status(), 303);

    // A backup keeps it, and the archive knows nothing of it.
    let backups = tempfile::tempdir().unwrap();
    let made = lossy(&instance.run_ok(&["backup", "--to", backups.path().to_str().unwrap()]));
    instance.stop();
    for name in ["livsbog.db", "livsbog.db-wal", "livsbog.db-shm"] {
        let _ = std::fs::remove_file(instance.data.join(name));
    }
    std::fs::rename(instance.data.join("keys"), instance.data.join("keys.before")).unwrap();
    instance.run_ok(&["restore", "--from", made.trim()]);
    instance.start();
    provider.lies(json!({}));
    let hands = Hands::of(&instance);
    assert_eq!(hands.led(&hands.answer()), "/overblik");
    let browser = Api::new(&instance.origin, None).with_cookies();
    let page = browser.get("/ind/login/login").expect(200);
    let browser = browser.with_form_of(&page);
    browser.send_form("/ind/login/login/fjern", &[]).expect(200);
    let gone = Hands::of(&instance);
    assert_eq!(gone.get(&gone.answer()).status(), 403, "what was removed opens nothing");
}

#[test]
fn a_login_bound_by_a_leaders_link_opens_no_more_of_a_childs_own_pages_than_the_link() {
    let provider = Provider::liar();
    let mut family = Family::on(Database::Sqlite);
    let own = json!({"title": "Hemmeligt", "text": "Kun mit.", "language": "da"});
    family.own.post(&format!("/api/v1/children/{}/own-pages", family.alma), &own).expect(201);
    family.instance.stop();
    trust(&mut family.instance, &provider);
    family.instance.start();
    let people = family.leader.list("/api/v1/people");
    let alma = people.iter().find(|one| text(one, "name") == "Alma Vestervang").unwrap();
    let link = family.leader.post(&format!("/api/v1/people/{}/sign-in-links", text(alma, "id")), &json!({}));
    connect(&family.instance, &text(&link.expect(201).json(), "sign_in"));
    let hands = Hands::of(&family.instance);
    hands.led(&hands.answer());
    let shelf = hands.get(&format!("/bog/{}/mine", family.alma));
    assert_eq!(shelf.status(), 200);
    assert!(
        !shelf.text().unwrap().contains("Hemmeligt"),
        "the leader who held the link could have bound a login"
    );
}
