//! Every page, for every age, in every look and both languages: what axe says, and whether anything sticks out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use serde_json::{Value, json};
use tests::places::{Place, Reader, others, readers};
use tests::{Browser, Instance, oracle};

/// What the reader chose on `/visning`, as the letters of its cookie; and whether the device is dark.
const LOOKS: [(&str, &str, bool); 7] = [
    ("dark device", "", true),
    ("dark", "m", false),
    ("light on a dark device", "l", true),
    ("high contrast", "k", false),
    ("high contrast in the dark", "km", false),
    ("easy type, large and calm", "ors", false),
    ("all at once", "korsm", true),
];

fn round(
    reader: &Reader,
    places: &[Place],
    language: &str,
    (name, letters, dark): (&str, &str, bool),
) -> Value {
    json!({
        "name": format!("{}, {language}, {name}", reader.band),
        "sign_in": reader.sign_in,
        "places": places,
        "language": language,
        "letters": letters,
        "dark": dark,
    })
}

#[track_caller]
fn walk(browser: Browser, instance: &Instance, rounds: Vec<Value>) -> Value {
    let begun = std::time::Instant::now();
    let rounds_seen = rounds.len();
    let report =
        browser.with("origin", instance.origin.as_str()).with("rounds", rounds).with("minutes", 90).run();
    let pages = report["pages"].as_u64().unwrap();
    println!("{pages} pages in {rounds_seen} rounds, {} s", begun.elapsed().as_secs());
    let lines = |what: &str| -> Vec<String> {
        let all = report[what].as_array().unwrap().iter();
        all.map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    let found: Vec<String> = lines("problems").into_iter().chain(lines("complaints")).collect();
    assert!(found.is_empty(), "{} on {pages} pages:\n{}", found.len(), found.join("\n"));
    report
}

/// Each page of each book once in Danish by day on a phone; one of each kind again in English on a tablet, on a desk, and in
/// every look and language, each band meeting every look and every kind of page meeting them all. `MATRIX=full` takes every kind in every band, look and language.
#[test]
fn browser_every_page_at_every_age_in_every_look_and_language_is_accessible() {
    let instance = &Instance::demo();
    let whole = std::env::var("MATRIX").is_ok_and(|size| size == "full");
    let mut rounds = Vec::new();
    for (nth, reader) in readers(instance).iter().chain(&others(instance)).enumerate() {
        let mut first = round(reader, &reader.places, "da", ("by day", "l", false));
        first["pictures"] = true.into();
        rounds.push(first);
        let kinds = reader.one_of_each().places;
        for (language, width) in [("en", 820), ("da", 1280)] {
            let mut wide = round(reader, &kinds, language, ("by day", "l", false));
            wide["width"] = width.into();
            rounds.push(wide);
        }
        for (turn, look) in LOOKS.into_iter().enumerate() {
            for (other, language) in ["da", "en"].into_iter().enumerate() {
                let mine =
                    |(at, _): &(usize, &Place)| whole || (at + nth) % (2 * LOOKS.len()) == 2 * turn + other;
                let places: Vec<Place> =
                    kinds.iter().enumerate().filter(mine).map(|(_, it)| it.clone()).collect();
                if !places.is_empty() {
                    rounds.push(round(reader, &places, language, look));
                }
            }
        }
    }
    walk(Browser::phone("matrix"), instance, rounds);
}

fn one_of_each(instance: &Instance, widths: &[u32]) -> Vec<Value> {
    let all = readers(instance).into_iter().chain(others(instance));
    let kinds: Vec<Reader> = all.map(|reader| reader.one_of_each()).collect();
    let at = |reader: &Reader, width: u32| {
        let mut round = round(reader, &reader.places, "da", ("by day", "l", false));
        round["width"] = width.into();
        round
    };
    widths.iter().flat_map(|width| kinds.iter().map(|reader| at(reader, *width))).collect()
}

#[test]
fn browser_nothing_is_cut_off_at_four_hundred_percent() {
    let instance = &Instance::demo();
    walk(Browser::phone("zoom"), instance, one_of_each(instance, &[320]));
}

#[test]
fn browser_every_page_turns_round_for_a_language_from_right_to_left() {
    let instance = &Instance::demo();
    walk(Browser::phone("mirrored"), instance, one_of_each(instance, &[390, 1280]));
}

/// The pages a child goes through by the keyboard. What stands on them is the demo's, and the same every day.
const WALKED: [&str; 8] = [
    "cover",
    "chapter-my-people",
    "page-statement",
    "page-with_adult",
    "own-page-form",
    "tell-person",
    "help",
    "look",
];

#[test]
fn browser_everything_is_reached_by_the_keyboard_and_says_what_it_is() {
    let instance = &Instance::demo();
    let mut rounds = Vec::new();
    for reader in readers(instance) {
        let walked = |place: &Place| WALKED.contains(&place.what.as_str());
        let places: Vec<Place> = reader.one_of_each().places.into_iter().filter(walked).collect();
        rounds.push(round(&reader, &places, "da", ("by day", "l", false)));
    }
    let report = walk(Browser::phone("walk"), instance, rounds);
    let mut told = String::new();
    for (page, stops) in report["walks"].as_object().unwrap() {
        let stops: Vec<&str> = stops.as_array().unwrap().iter().map(|stop| stop.as_str().unwrap()).collect();
        told.push_str(&format!("## {page}\n{}\n\n", stops.join("\n")));
    }
    let golden = oracle::here("fixtures").join("walk.txt");
    if std::env::var_os("RENEW_WALK").is_some() {
        std::fs::write(&golden, &told).unwrap();
    }
    let kept = std::fs::read_to_string(&golden).unwrap_or_default();
    for (line, (now, before)) in told.lines().zip(kept.lines()).enumerate() {
        assert_eq!(now, before, "line {} of fixtures/walk.txt; RENEW_WALK=1 writes it anew", line + 1);
    }
    assert_eq!(told.lines().count(), kept.lines().count(), "fixtures/walk.txt");
}

#[test]
fn browser_every_page_reads_and_every_form_is_sent_without_javascript() {
    let instance = &Instance::demo();
    let alma = readers(instance).into_iter().find(|reader| reader.band == "7-9").unwrap();
    let rounds = vec![round(&alma, &alma.places, "da", ("by day", "l", false))];
    walk(Browser::phone("plain").with("javascript", false), instance, rounds);
}
