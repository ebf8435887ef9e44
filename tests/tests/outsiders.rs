//! After a death: what is closed stays closed, what is opened takes two at every turn, and nothing of the person's own is
//! passed on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::process::Command;

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::{Administrator, lossy};
use tests::{Api, Instance, Persona, Taken, oracle, until};

const CLAIMS: &str = "/api/v1/claims";
const REQUESTS: &str = "/api/v1/archive-requests";
/// What the one who died kept for herself, and what she asked her adults for.
const OWN: &str = "Min helt egen hemmelighed om grantræet";
const WISH: &str = "Jeg ønsker mig en fast aftale om torsdagen";
const NEIGHBOUR: &str = "Karla Bendtsen";
/// Where she lived, told to everybody first and kept secret later.
const SECRET_HOME: &str = "Familien Skjultsted";

struct Scene {
    instance: Instance,
    rikke: Persona,
    own: Api,
    leader: Api,
    archivists: [Api; 2],
    born: String,
}

impl Scene {
    fn with(settings: &[(&str, &str)]) -> Self {
        let instance = Instance::demo_with(settings);
        let rikke = instance.persona("adult");
        let people = instance.personas();
        let here = |kind: &str| {
            let mut here = people.iter().filter(|person| person.municipality == rikke.municipality);
            instance.api(here.find(|person| person.persona == kind).unwrap())
        };
        let (own, leader) = (instance.api(&rikke), here("leader"));
        let second = json!({ "name": "Ida Nørrelund", "title": "arkivar" });
        let second = text(&leader.post("/api/v1/people", &second).expect(201).json(), "id");
        let role = json!({ "person": second, "role": "archivist", "from": "2020-01-01" });
        leader.post("/api/v1/assignments", &role).expect(201);
        let token = lossy(&instance.run_ok(&["account", "token", &second])).trim().to_owned();
        let archivists = [here("archivist"), Api::new(&instance.origin, Some(&token))];
        let child = format!("/api/v1/children/{}", rikke.children[0]);
        let born = text(&own.get(&child).expect(200).json(), "born");
        let lived = json!({
            "home_kind": "foster_family", "home_name": SECRET_HOME, "place": "Tranekær", "carers": [],
            "from": "2004-08-01", "to": "2004-12-20",
        });
        let lived = text(&leader.post(&format!("{child}/placements"), &lived).expect(201).json(), "id");
        let secret = json!({ "protected": true });
        leader.post(&format!("/api/v1/placements/{lived}/versions"), &secret).expect(201);
        Self { instance, rikke, own, leader, archivists, born }
    }

    fn child(&self) -> &str {
        &self.rikke.children[0]
    }

    fn of_child(&self, path: &str) -> String {
        format!("/api/v1/children/{}{path}", self.child())
    }

    fn dies(&self, died: &str) {
        let card = json!({ "name": "Rikke Lund", "born": self.born, "died": died });
        self.leader.post(&self.of_child("/versions"), &card).expect(201);
    }

    /// Files a claim as somebody else; its id, and its page.
    fn asks(&self, asks_as: &str) -> (String, String) {
        let told = json!({
            "municipality": self.rikke.municipality, "asks_as": asks_as, "purpose": "Jeg er hendes søster, og vi voksede op hver for sig.",
            "name": "Signe Lund", "names_then": "Rikke Lund", "born": self.born, "reach": "12 34 57 89",
        });
        let filed = self.instance.stranger().post(CLAIMS, &told).expect(201).json();
        (text(&filed, "id"), format!("/find/{}", text(&filed, "secret")))
    }

    fn finding(&self, archivist: usize, claim: &str, child: Option<&str>) -> tests::client::Answer {
        let finding = json!({ "child": child, "proof": "Pas, dåbsattest og skifteretsattest." });
        self.archivists[archivist].post(&format!("{CLAIMS}/{claim}/findings"), &finding)
    }

    fn comes_back_from_the_archive(mut self) {
        self.instance.stop();
        let before = lossy(&self.instance.run_ok(&["dump"]));
        self.instance.run_ok(&["rebuild"]);
        assert!(before == lossy(&self.instance.run_ok(&["dump"])), "the dump after a rebuild differs");
    }

    /// Her own way in is closed, and says why and whom to ask.
    fn own_way_in_is_closed(&self) {
        assert_eq!(self.own.get(&self.of_child("")).refusal(403), "closed_by_death");
        assert_eq!(self.own.get("/api/v1/me").expect(200).json()["children"], json!([]));
        let shut = Api::signed_in(&self.instance.origin, &self.rikke.sign_in).unwrap();
        assert!(shut.get(&format!("/bog/{}", self.child())).expect(403).text().contains("ring til kommunen"));
    }

    #[track_caller]
    fn is_closed(&self, claim: &str, words: &str) {
        let refused = self.finding(0, claim, Some(self.child())).expect(422).json();
        let problem = &refused["fields"][0];
        assert_eq!((text(problem, "field"), text(problem, "code")), ("child".into(), "closed".into()));
        assert!(text(problem, "da").contains(words), "{problem}");
    }

    fn status(&self, claim: &str) -> Value {
        self.archivists[0].get(&format!("{CLAIMS}/{claim}")).expect(200).json()
    }

    fn page(&self, place: &str) -> String {
        self.instance.stranger().get(place).expect(200).text()
    }

    fn step(&self, request: &str, step: &str) {
        self.archivists[0].post(&format!("{REQUESTS}/{request}/steps"), &json!({ "step": step })).expect(201);
    }

    fn decides(&self, by: &Api, request: &str, decision: &Value) -> tests::client::Answer {
        by.post(&format!("{REQUESTS}/{request}/decisions"), decision)
    }

    /// The request that two found, taken on, with the neighbour covered, granted by two and delivered.
    fn is_given(&self, request: &str) {
        self.step(request, "acknowledge");
        let page = json!({
            "kind": "story", "title": "En nabo", "precision": "day", "occurred_on": "2002-05-04",
            "texts": [{ "band": "18+", "language": "da", "text": format!("{NEIGHBOUR} boede ved siden af. Solen skinnede.") }],
        });
        self.archivists[0].post_entry(self.child(), &page).expect(201);
        let review = (chrono::Utc::now().date_naive() + chrono::Days::new(700)).to_string();
        let cover = json!({
            "words": [NEIGHBOUR], "matter": "identity", "reason": "Hun er en anden.", "ground": "Arkivloven § 34",
            "review_on": review,
        });
        self.archivists[0].post(&self.of_child("/redactions"), &cover).expect(201);
        self.step(request, "search");
        self.step(request, "review");
        let yes = json!({
            "outcome": "granted_in_part", "reason": "Noget handler om andre.", "ground": "Arkivloven § 34",
            "complain_to": "Kulturministeriet", "complain_by": "2099-01-11",
        });
        self.decides(&self.archivists[0], request, &yes).expect(201);
        self.decides(&self.archivists[0], request, &json!({ "outcome": "agreed" })).refusal(409);
        self.decides(&self.leader, request, &json!({ "outcome": "agreed" })).expect(201);
    }
}

#[test]
fn what_the_owner_opened_is_given_by_two_and_nothing_of_her_own() {
    let scene = Scene::with(&[]);
    let (own, child) = (&scene.own, scene.child());
    own.post(&scene.of_child("/own-pages"), &json!({ "title": "Mit", "text": OWN })).expect(201);
    let shared = json!({ "title": "Delt", "text": OWN, "sharing": { "with": "everyone" } });
    own.post(&scene.of_child("/own-pages"), &shared).expect(201);
    own.post(&scene.of_child("/wishes"), &json!({ "what": "other", "words": WISH })).expect(201);
    let pages = own.list(&scene.of_child("/entries?limit=200"));
    let open = pages.iter().filter(|page| page["readiness"]["state"] == "open").count();

    // She lives: nobody can be found to be owed anything, whatever she has said.
    own.post(&scene.of_child("/afterwards"), &json!({ "next_of_kin": "maybe" })).refusal(422);
    let said = json!({ "next_of_kin": "yes", "words": "Min søster Signe, og ingen andre." });
    own.post(&scene.of_child("/afterwards"), &said).expect(201);
    let (claim, page) = scene.asks("next_of_kin");
    scene.is_closed(&claim, "levendes bog");
    // Somebody who is not close is not helped by her yes to those who are.
    let (researcher, researchers_page) = scene.asks("researcher");
    scene.dies("2026-03-02");
    scene.is_closed(&researcher, "Kommunen åbner ikke");
    for archivist in [0, 1] {
        scene.finding(archivist, &researcher, None).expect(201);
    }
    let told = scene.page(&researchers_page);
    assert!(told.contains("Enten er der ingen bog") && told.contains("§§ 22 og 34"), "{told}");

    scene.own_way_in_is_closed();

    // One archivist opens nothing, and nothing is told of it.
    scene.finding(0, &claim, Some(child)).expect(201);
    assert_eq!(text(&scene.status(&claim), "status"), "looking");
    assert!(scene.page(&page).contains("ser på det, hver for sig"));
    assert_eq!(text(&scene.status(&claim)["candidates"][0], "died"), "2026-03-02");
    scene.finding(1, &claim, Some(child)).expect(201);
    let found = scene.status(&claim);
    let request = text(&found, "request");
    assert_eq!((text(&found, "status"), text(&found, "asks_as")), ("asked".into(), "next_of_kin".into()));
    let seen = scene.archivists[1].get(&format!("{REQUESTS}/{request}")).expect(200).json();
    assert_eq!(
        (text(&seen, "asks_as"), text(&seen["asked"]["by"], "name")),
        ("next_of_kin".into(), "Signe Lund".into())
    );
    assert!(text(&seen, "words").contains("hendes søster"));
    scene.instance.stranger().get(&format!("{page}/mappe")).expect(409);

    scene.is_given(&request);
    let stranger = scene.instance.stranger();
    let zip = until("delivered", || {
        let answer = stranger.get(&format!("{page}/mappe"));
        (answer.status == 200).then_some(answer.body)
    });
    assert!(scene.page(&page).contains("siderne er her"));
    given(&zip, open + 1);
    locked(&stranger, &format!("{page}/mappe"), &zip);

    // Given to nobody else, and noted.
    stranger.get(&format!("{researchers_page}/mappe")).expect(404);
    scene.instance.run_ok(&["verify"]);

    // It was a mistake: she is back, and nothing more is given.
    scene.dies("");
    own.get(&scene.of_child("")).expect(200);
    let log = own.list(&scene.of_child("/access-log"));
    assert!(log.iter().any(|reading| reading["role"] == "outsider"), "{log:?}");
    stranger.get(&format!("{page}/mappe")).expect(403);
    own.get(&format!("{REQUESTS}/{request}")).refusal(404);
    own.post(&format!("{REQUESTS}/{request}/withdrawals"), &json!({})).refusal(404);

    scene.comes_back_from_the_archive();
}

/// The same behind a password, by the form of the asker's page.
fn locked(stranger: &Api, path: &str, zip: &[u8]) {
    stranger.send_form(path, &[("password", "for kort")]).expect(422);
    let locked = stranger.send_form(path, &[("password", "regnvejr gulerod ni")]).expect(200).body;
    assert!(locked.starts_with(b"age-encryption.org/v1\n-> scrypt ") && locked.len() > zip.len());
}

/// The pages of the book, and not a word beside them.
fn given(zip: &[u8], open: usize) {
    let taken = Taken::of(zip);
    oracle::bagit(&taken.bag()).content();
    oracle::verapdf("2a", &taken.papers()).content();
    let mut verify = Command::new("sh");
    let said = lossy(&verify.arg("verify.sh").current_dir(taken.bag()).output().unwrap().stdout);
    assert_eq!((said.matches("JA:").count(), said.matches("NEJ:").count()), (3, 0), "{said}");
    let all = taken.extracted();
    for never in [OWN, WISH, NEIGHBOUR, SECRET_HOME, "Min søster Signe"] {
        assert!(!all.contains(&never.to_lowercase()), "»{never}« was given");
    }
    assert!(all.contains("solen skinnede"));
    for path in ["data/hvem-har-laest.csv", "data/anmodninger.txt", "data/udtaget.txt", "data/bog/bog.pdf"] {
        assert!(!taken.bag().join(path).exists(), "{path}");
    }
    let kinds: std::collections::BTreeSet<String> = taken
        .read("data/fuldstaendighed.csv")
        .lines()
        .skip(1)
        .map(|line| line.split("\",\"").nth(3).unwrap().to_owned())
        .collect();
    let known = ["entry", "media", "placement", "redaction"].map(str::to_owned);
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), known);
    let years: usize = taken
        .files()
        .iter()
        .filter(|file| file.to_string_lossy().contains("data/aar/"))
        .map(|file| std::fs::read_to_string(file).unwrap().matches("<article").count())
        .sum();
    assert_eq!(years, open, "what waits for somebody or something is not given");
    let index = taken.read("index.html");
    assert!(index.contains("Sider af en livsbog") && index.contains("et andet menneskes liv"), "{index}");
    assert!(taken.read("LAES-MIG.txt").contains("som er død"));
}

#[test]
fn a_no_stays_a_no_and_terms_open_on_their_day() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("access-policy.toml");
    let class = |name: &str, after_death: u32, after_writing: u32| {
        format!(
            "[class.{name}]\nopen = true\nafter_death = {after_death}\nafter_writing = {after_writing}\n\
             ground = \"Arkivloven § 34\"\ncomplain_to = {{ da = \"Kulturministeriet\", en = \"The ministry\" }}\n"
        )
    };
    let classes = class("next_of_kin", 0, 0) + &class("researcher", 0, 0) + &class("anyone", 10, 75);
    std::fs::write(&policy, format!("version = 1\n{classes}")).unwrap();
    let scene = Scene::with(&[("LIVSBOG_ACCESS_POLICY", policy.to_str().unwrap())]);
    let explained = lossy(&scene.instance.run_ok(&["access", "explain", "--language", "en"]));
    assert!(
        explained.contains("Everybody else: can be answered 10 years after the death and 75 years"),
        "{explained}"
    );
    scene.instance.run_ok(&["access", "check"]);
    let wrong = folder.path().join("wrong.toml");
    std::fs::write(&wrong, format!("version = 1\n{}", classes.replace("75", "750"))).unwrap();
    let refused = scene.instance.run(&["access", "check", wrong.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1), "{}", lossy(&refused.stdout));
    assert!(lossy(&refused.stdout).contains("longer than 200 years"));

    scene.own.post(&scene.of_child("/afterwards"), &json!({ "next_of_kin": "no" })).expect(201);
    scene.dies("2026-03-02");
    let (kin, _) = scene.asks("next_of_kin");
    scene.is_closed(&kin, "har sagt nej");
    let (anyone, _) = scene.asks("anyone");
    scene.is_closed(&anyone, "Fristen er ikke gået");
    let (researcher, _) = scene.asks("researcher");
    scene.finding(0, &researcher, Some(scene.child())).expect(201);
    scene.finding(1, &researcher, Some(scene.child())).expect(201);
    let request = text(&scene.status(&researcher), "request");

    // A yes is two people's, and judged again when it is said: here the policy's word is gone with her death.
    scene.step(&request, "acknowledge");
    let yes = json!({ "outcome": "granted" });
    scene.decides(&scene.archivists[0], &request, &yes).expect(201);
    let seen = scene.archivists[1].get(&format!("{REQUESTS}/{request}")).expect(200).json();
    assert_eq!(text(&seen, "status"), "proposed", "a yes to an outsider waits for a second person");
    scene.dies("");
    let refused = scene.decides(&scene.leader, &request, &json!({ "outcome": "agreed" })).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "closed", "{refused}");
    // Nor by another archivist who says the same once more.
    let refused = scene.decides(&scene.archivists[1], &request, &yes).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "closed", "{refused}");
    let no = json!({
        "outcome": "refused", "reason": "Hun lever.", "ground": "Arkivloven § 34",
        "complain_to": "Kulturministeriet", "complain_by": "2099-01-11",
    });
    scene.decides(&scene.archivists[1], &request, &no).expect(201);
    scene.decides(&scene.leader, &request, &json!({ "outcome": "agreed" })).expect(201);
}

#[test]
fn the_forms_work_without_scripts_and_tell_what_is_wrong() {
    let scene = Scene::with(&[]);
    let asker = scene.instance.stranger().with_cookies();
    let blank = asker.get("/find/andres").expect(200).text();
    assert!(blank.contains("De nærmeste: lukket"), "{blank}");
    let municipality = scene.rikke.municipality.clone();
    let fields = |asks_as: &'static str, purpose: &'static str| {
        vec![
            ("municipality", municipality.clone()),
            ("asks_as", asks_as.to_owned()),
            ("purpose", purpose.to_owned()),
            ("name", "Signe Lund".to_owned()),
            ("names_then", "Rikke Lund".to_owned()),
            ("born", scene.born.clone()),
            ("reach", "12 34 57 89".to_owned()),
        ]
    };
    let send = |fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        asker.send_form("/find/andres", &fields).expect(200).text()
    };
    for (asks_as, purpose) in
        [("", "Jeg er hendes søster."), ("self", "Jeg er hendes søster."), ("next_of_kin", "")]
    {
        let refused = send(&fields(asks_as, purpose));
        assert!(refused.contains("field-problem") && refused.contains("Signe Lund"), "{asks_as}: {refused}");
    }
    let filed = send(&fields("next_of_kin", "Jeg er hendes søster."));
    assert!(filed.contains("To arkivarer ser på det"), "{filed}");
    let place =
        filed.split('"').find(|part| part.starts_with("/find/") && part.len() > 30).unwrap().to_owned();
    scene.instance.stranger().get(&format!("{place}/mappe")).expect(404);

    // What the owner says of the time after, and what the leader writes.
    let own = Api::signed_in(&scene.instance.origin, &scene.rikke.sign_in).unwrap();
    let page = format!("/bog/{}/ejer", scene.child());
    let owner = own.get(&page).expect(200);
    assert!(owner.text().contains("Når du ikke lever mere"));
    let own = own.with_form_of(&owner);
    let said = [("next_of_kin", "yes"), ("researcher", "no"), ("words", "Kun Signe.")];
    let saved = own.send_form(&format!("{page}/bagefter"), &said).expect(200).text();
    assert!(saved.contains("Kun Signe.") && saved.contains("Det er gemt"), "{saved}");
    let young = scene.instance.child_reading_up_to(17);
    let young_api = scene.instance.api(&young);
    let afterwards = format!("/api/v1/children/{}/afterwards", young.children[0]);
    young_api.post(&afterwards, &json!({ "next_of_kin": "yes" })).refusal(403);

    let leader = scene.instance.personas();
    let leader = leader
        .iter()
        .find(|person| person.persona == "leader" && person.municipality == scene.rikke.municipality)
        .unwrap();
    let leader = Api::signed_in(&scene.instance.origin, &leader.sign_in).unwrap();
    let page = format!("/overblik/{}", scene.child());
    let leader = leader.with_form_of(&leader.get(&page).expect(200));
    let refused = leader.send_form(&format!("{page}/doed"), &[("died", "1901-01-01")]).expect(200).text();
    assert!(refused.contains("ligger før fødselsdagen"), "{refused}");
    let told = leader.send_form(&format!("{page}/doed"), &[("died", "2026-03-02")]).expect(200).text();
    assert!(told.contains("2026-03-02"), "{told}");
    assert_eq!(scene.own.get(&scene.of_child("")).refusal(403), "closed_by_death");
}

#[test]
fn who_reads_a_child_that_died_reads_on_until_the_register_ends_it() {
    let (instance, Administrator { token, .. }) = Instance::real();
    let leader = Api::new(&instance.origin, Some(&token));
    let created = |path: &str, body: &Value| text(&leader.post(path, body).expect(201).json(), "id");
    let child = created("/api/v1/children", &json!({ "name": "Alma Dam", "born": "2017-05-14" }));
    let carer = created("/api/v1/people", &json!({ "name": "Karen Dam", "title": "plejemor" }));
    let home = json!({ "home_kind": "foster_family", "home_name": "Hos Karen", "carers": [carer], "from": "2020-01-01" });
    created(&format!("/api/v1/children/{child}/placements"), &home);
    let token = lossy(&instance.run_ok(&["account", "token", &carer])).trim().to_owned();
    let carer = Api::new(&instance.origin, Some(&token));
    let card = format!("/api/v1/children/{child}");
    carer.get(&card).expect(200);
    let death = json!({ "name": "Alma Dam", "born": "2017-05-14", "died": "2026-10-03" });
    leader.post(&format!("{card}/versions"), &death).expect(201);
    carer.get(&card).expect(200);
    // A correction that says nothing of it takes nothing back.
    leader
        .post(&format!("{card}/versions"), &json!({ "name": "Alma Maria Dam", "born": "2017-05-14" }))
        .expect(201);
    let wrong = json!({ "name": "Alma Dam", "born": "2017-05-14", "died": "2017-01-01" });
    leader.post(&format!("{card}/versions"), &wrong).refusal(422);
}
