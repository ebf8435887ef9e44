//! A file is scanned before it is sealed: what is found stays out of the book and is not lost, and no file slips past a
//! scanner that is away.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use tests::clamd::eicar;
use tests::client::{sha256, text};
use tests::instance::{files_under, lossy};
use tests::photos::distinct_jpeg;
use tests::tus::{announce, piece, place_of};
use tests::{Api, Clamd, Instance, until};

struct Scene {
    clamd: Clamd,
    instance: Instance,
    mother: Api,
    child: String,
}

impl Scene {
    fn new(settings: &[(&str, &str)]) -> Self {
        let clamd = Clamd::prepared();
        let address = clamd.address();
        let settings = [&[("LIVSBOG_SCANNER_URL", address.as_str())], settings].concat();
        let instance = Instance::demo_with(&settings);
        let persona = instance.persona("foster_parent");
        let mother = instance.api(&persona);
        Self { clamd, child: persona.children[0].clone(), instance, mother }
    }

    fn quarantined(&self) -> Vec<String> {
        let listed: Value =
            serde_json::from_slice(&self.instance.run_ok(&["quarantine", "list", "--json"])).unwrap();
        listed["quarantined"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    }

    fn original(&self, media: &str) -> Vec<u8> {
        self.mother.get(&format!("/api/v1/media/{media}/original")).expect(200).body.to_vec()
    }

    fn log_size(&self) -> u64 {
        let checkpoint = lossy(&self.instance.run_ok(&["log", "checkpoint"]));
        checkpoint.lines().nth(1).unwrap().parse().unwrap()
    }
}

#[test]
fn what_the_scanner_finds_is_put_aside_and_can_be_let_in_or_thrown_away() {
    let mut scene = Scene::new(&[]);
    scene.clamd.start();
    scene.mother.upload_ok(&scene.child, "a.jpg", &distinct_jpeg(1, 5000));
    let sealed = scene.log_size();
    let refused = scene.mother.upload(&scene.child, "brev.txt", &eicar());
    assert!(refused.text().contains("Virusscanneren"), "{}", refused.text());
    assert_eq!(refused.refusal(422), "infected_file");
    let place = place_of(announce(&scene.mother, &scene.child, eicar().len()));
    assert_eq!(piece(&scene.mother, &place, 0, &eicar()).refusal(422), "infected_file");
    assert_eq!(scene.log_size(), sealed, "nothing of it was sealed");

    let kept = scene.quarantined();
    assert_eq!(kept.len(), 2);
    assert!(scene.instance.stranger().get("/metrics").text().contains("livsbog_quarantined 2"));
    let listed = lossy(&scene.instance.run_ok(&["quarantine", "list"]));
    assert!(listed.contains("Eicar-Test") && !listed.contains("brev"), "{listed}");
    let folder = scene.instance.data.join("quarantine");
    let locked = |file| !std::fs::read(file).unwrap().windows(5).any(|window| window == b"EICAR");
    assert!(files_under(&folder).into_iter().all(locked), "encrypted");

    let released = lossy(&scene.instance.run_ok(&["quarantine", "release", &kept[0]]));
    assert_eq!(sha256(&scene.original(released.trim())), sha256(&eicar()), "to the byte");
    scene.instance.run_ok(&["quarantine", "discard", &kept[1]]);
    assert_eq!(scene.instance.run(&["quarantine", "discard", &kept[1]]).status.code(), Some(2));
    assert_eq!((scene.quarantined().len(), files_under(&folder).len()), (0, 0));
}

#[test]
fn while_the_scanner_is_away_a_file_waits_and_then_goes_in_by_itself() {
    let mut scene = Scene::new(&[]);
    let photo = distinct_jpeg(2, 5000);
    let refused = scene.mother.upload(&scene.child, "a.jpg", &photo);
    assert_eq!(refused.header("retry-after"), "5");
    assert_eq!(refused.refusal(503), "scanner_away");

    let place = place_of(announce(&scene.mother, &scene.child, photo.len()));
    assert_eq!(piece(&scene.mother, &place, 0, &photo).refusal(503), "scanner_away");
    let seen = scene.mother.get(&place).expect(200).json();
    assert_eq!((&seen["waits"], &seen["media"]), (&true.into(), &Value::Null), "visible as such");

    scene.clamd.start();
    let media = until("the file to go in", || {
        let seen = scene.mother.get(&place).expect(200).json();
        seen["media"].is_string().then(|| text(&seen, "media"))
    });
    assert_eq!(sha256(&scene.original(&media)), sha256(&photo));
    assert_eq!(scene.mother.get(&place).expect(200).json()["waits"], false);
    let asked_again = piece(&scene.mother, &place, photo.len(), &[]).expect(204);
    assert_eq!(asked_again.header("livsbog-media"), media, "whoever comes back is told");
    scene.clamd.stop();
    assert_eq!(scene.mother.upload(&scene.child, "a.jpg", &photo).refusal(503), "scanner_away");
}

#[test]
fn an_instance_may_choose_to_seal_unscanned() {
    let scene = Scene::new(&[("LIVSBOG_ACCEPT_UNSCANNED", "true")]);
    scene.mother.upload_ok(&scene.child, "a.jpg", &distinct_jpeg(3, 5000));
    assert!(scene.instance.log().contains("sealed unscanned"));
}
