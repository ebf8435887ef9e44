//! What is said in a sound or a film is asked for, kept, shown and printed; and somebody's own voice reads a page.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::client::text;
use tests::instance::lossy;
use tests::photos::distinct_jpeg;
use tests::stories::{photo_entry, story, with};
use tests::{Api, Browser, Instance, Persona, oracle};

const WAVE: &[u8] =
    b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\0\0\0\0";
const FILM: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08free";
const TIMED: &str = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Karen>Kan du høre gøgen?\n\n00:02.000 --> 00:03.000\n<v Alma>Ja!\n";

struct Told {
    instance: Instance,
    alma: Persona,
    child: String,
    mother: Api,
}

impl Told {
    fn new() -> Self {
        let instance = Instance::demo();
        let alma = instance.child_reading_up_to(9);
        let child = alma.children[0].clone();
        let mother = instance.api(&instance.foster_parent_of(&child));
        Self { instance, alma, child, mother }
    }

    /// An entry with this file, of which `said` tells more.
    fn tell(&self, entry: Value, name: &str, bytes: &[u8], said: Value) -> (String, String) {
        let media = self.mother.upload_ok(&self.child, name, bytes);
        let mut file = said;
        file["id"] = media.clone().into();
        let sealed = self.mother.post_entry(&self.child, &with(entry, "media", json!([file])));
        (text(&sealed.expect(201).json(), "id"), media)
    }

    fn page(&self, entry: &str) -> String {
        let path = format!("/bog/{}/side/{entry}", self.child);
        self.instance.api(&self.alma).get(&path).expect(200).text()
    }
}

#[test]
fn what_is_said_in_a_film_is_read_on_its_page_and_shown_while_it_is_said() {
    let told = Told::new();
    let said = json!({ "alt": null, "words": TIMED });
    let (entry, film) = told.tell(story("Gøgen", "Vi hørte gøgen."), "goegen.mp4", FILM, said);
    let kept = told.mother.get(&format!("/api/v1/entries/{entry}")).expect(200).json();
    assert_eq!(text(&kept["media"][0], "words"), TIMED.trim(), "as it was given");
    let page = told.page(&entry);
    for words in ["Karen: Kan du høre gøgen?", "Alma: Ja!"] {
        assert!(page.contains(words), "{words}");
    }
    let subtitles = format!("/bog/{}/side/{entry}/undertekst/{film}", told.child);
    assert!(page.contains(&format!("src=\"{subtitles}\"")), "the film has a track");
    let alma = told.instance.api(&told.alma);
    let answer = alma.get(&subtitles).expect(200);
    assert_eq!(
        (answer.header("content-type").as_str(), answer.text().as_str()),
        ("text/vtt; charset=utf-8", TIMED.trim())
    );
    let other = told.instance.child_reading_up_to(15);
    told.instance.api(&other).get(&subtitles).expect(404);

    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("bog.pdf");
    let asked = ["book", "--child", &told.child, "--age", "9", "--format", "pdf", "--out"];
    told.instance.run_ok(&[&asked[..], &[pdf.to_str().unwrap()]].concat());
    let printed = oracle::pdftotext(&pdf);
    assert!(printed.contains("Karen: Kan du høre gøgen?") && !printed.contains("-->"), "printed to be read");
}

#[test]
fn only_what_is_heard_has_words() {
    let told = Told::new();
    let photo = told.mother.upload_ok(&told.child, "gren.jpg", &distinct_jpeg(61, 9_000));
    let film = told.mother.upload_ok(&told.child, "gren.mp4", FILM);
    for (said, field) in [
        (json!({ "id": photo, "alt": null, "words": "Hej" }), "media.words"),
        (json!({ "id": photo, "alt": null, "reads": true }), "media.reads"),
        (json!({ "id": film, "alt": null, "reads": true }), "media.reads"),
        (json!({ "id": film, "alt": null, "words": "WEBVTT\n\nHej" }), "media.words"),
    ] {
        let entry = with(photo_entry("En gren", "Den er stor.", &photo), "media", json!([said]));
        let refused = told.mother.post_entry(&told.child, &entry).expect(422).text();
        assert!(refused.contains(field), "{said}: {refused}");
    }
}

#[test]
fn a_voice_reads_the_text_that_it_reads_and_no_other() {
    let told = Told::new();
    let texts = json!([
        { "band": "7-9", "language": "da", "text": "Vi så en ræv ved skoven." },
        { "band": "3-6", "language": "da", "text": "Se, en ræv!" },
    ]);
    let said = json!({ "alt": null, "reads": true });
    let (entry, voice) = told.tell(with(story("Ræven", ""), "texts", texts), "raeven.wav", WAVE, said);
    let path = |age: u32| format!("/bog/{}/side/{entry}?age={age}", told.child);
    let (at_nine, at_five) =
        (told.mother.get(&path(9)).expect(200).text(), told.mother.get(&path(5)).expect(200).text());
    assert!(at_nine.contains("data-voice") && at_nine.contains("Læst højt"), "{at_nine}");
    assert!(at_five.contains("Se, en ræv!") && !at_five.contains("data-voice"), "{at_five}");
    assert!(at_five.contains(&voice), "it is there to be heard all the same");
}

#[test]
fn a_child_reads_a_page_of_its_own_aloud_and_a_rebuild_knows_the_voice() {
    let mut told = Told::new();
    let alma = told.instance.api(&told.alma);
    let voice = alma.upload_ok(&told.child, "stemme.wav", WAVE);
    let own = json!({
        "title": "Min hule", "text": "Den er lavet af grene.", "sharing": { "with": "nobody" },
        "media": [{ "id": voice, "alt": null, "words": "Pst!", "reads": true }],
    });
    let sealed = alma.post(&format!("/api/v1/children/{}/own-pages", told.child), &own).expect(201).json();
    let page = text(&sealed, "id");
    assert!(told.page(&page).contains("data-voice"));
    told.mother.get(&format!("/bog/{}/side/{page}", told.child)).expect(404);

    told.instance.stop();
    let dump = told.instance.run_ok(&["dump"]);
    assert!(!lossy(&dump).contains("Pst!"), "what is said on a page of the child's own is the child's own");
    told.instance.run_ok(&["rebuild"]);
    assert!(told.instance.run_ok(&["dump"]) == dump, "the index made anew is another one");
    told.instance.start();
    assert!(told.page(&page).contains("data-voice"));
}

#[test]
fn browser_a_page_is_read_by_the_voice_of_somebody_and_by_the_browsers_where_that_cannot_be_played() {
    let told = Told::new();
    let said = json!({ "alt": null, "words": null, "reads": true });
    let (entry, voice) = told.tell(story("Ræven", "Vi så en ræv."), "raeven.wav", WAVE, said);
    let page = told.page(&entry);
    assert!(page.contains(&format!("data-voice=\"/api/v1/media/{voice}/original\"")), "{page}");
    let report = Browser::phone("voice")
        .with("origin", told.instance.origin.as_str())
        .with("sign_in", told.alma.sign_in.as_str())
        .with("path", format!("/bog/{}/side/{entry}", told.child))
        .run();
    assert_eq!(report["played"], json!([format!("/api/v1/media/{voice}/original")]), "somebody's own voice");
    assert_eq!(report["spoken_meanwhile"], 0);
    assert_eq!((&report["pressed"], &report["after"]), (&json!("true"), &json!("false")));
    assert!(report["spoken_instead"].as_u64().unwrap() > 0, "the browser's, where it cannot be played");
}
