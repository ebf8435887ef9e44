//! The printed book, judged by the programs that archives and screen readers trust.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::Command;

use renderer::book::{AgeBand, Language};
use renderer::layout::{Paper, Size, sample};
use renderer::pictures::PictureSource;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Api, Instance, Persona, oracle, until};

/// Each child with its own book, and the age it is printed for.
fn readers(instance: &Instance) -> Vec<(Persona, u64)> {
    let children = [6, 9, 15, 17].map(|age| (instance.child_reading_up_to(age), age));
    children.into_iter().chain([(instance.persona("adult"), 34)]).collect()
}

fn print(instance: &Instance, child: &str, age: u64, folder: &Path) -> PathBuf {
    let path = folder.join(format!("{child}-{age}.pdf"));
    instance.run_ok(&[
        "book",
        "--child",
        child,
        "--age",
        &age.to_string(),
        "--format",
        "pdf",
        "--out",
        path.to_str().unwrap(),
    ]);
    path
}

#[test]
fn every_demo_book_is_an_archival_and_an_accessible_pdf() {
    let instance = &Instance::demo();
    let folder = tempfile::tempdir().unwrap();
    let books: Vec<PathBuf> = readers(instance)
        .iter()
        .map(|(reader, age)| print(instance, &reader.children[0], *age, folder.path()))
        .collect();
    for flavour in ["2a", "ua1"] {
        oracle::verapdf(flavour, &books).content();
    }
    for book in &books {
        oracle::qpdf(book).content();
    }
}

/// The same photograph, whichever is asked for.
struct Album(Vec<u8>);

impl Album {
    fn open() -> Self {
        Self(std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/photos/calf.jpg")).unwrap())
    }
}

impl PictureSource for Album {
    fn original(&self, _: &str) -> Result<Option<Vec<u8>>, std::io::Error> {
        Ok(Some(self.0.clone()))
    }
}

/// The renderer's sample book, in which every kind of page stands once.
fn sample_book(band: AgeBand, paper: Paper, folder: &Path) -> PathBuf {
    let path = folder.join(format!("{}-{}-{}.pdf", band.as_str(), paper.size.as_str(), paper.bleed));
    let mut file = std::fs::File::create(&path).unwrap();
    renderer::pdf::pdf(&sample::with_lives(band, Language::Da), paper, &Album::open(), &mut file).unwrap();
    path
}

#[test]
fn every_form_on_every_paper_is_an_archival_and_an_accessible_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let mut books = Vec::new();
    for band in AgeBand::ALL {
        for size in Size::ALL {
            books.extend([false, true].map(|bleed| sample_book(band, Paper { size, bleed }, folder.path())));
        }
    }
    assert_eq!(books.len(), 36);
    for flavour in ["2a", "ua1"] {
        oracle::verapdf(flavour, &books).content();
    }
    for book in &books {
        oracle::qpdf(book).content();
    }
}

/// What a screen reader says, as poppler reads it from the tags: `RENEW_PRINTED=1` writes it anew.
#[test]
fn the_tags_tell_the_words_in_reading_order() {
    let folder = tempfile::tempdir().unwrap();
    for band in [AgeBand::From3, AgeBand::From13] {
        let book = sample_book(band, Paper::default(), folder.path());
        let told = Command::new("pdfinfo").arg("-struct-text").arg(&book).output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        // Numbers of objects and measures are not what is said.
        let said = |line: &&str| !["Object", "/BBox"].iter().any(|other| line.trim().starts_with(other));
        let told: String = told.lines().filter(said).map(|line| format!("{line}\n")).collect();
        let kept =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/printed-{}.txt", band.as_str()));
        if std::env::var_os("RENEW_PRINTED").is_some() {
            std::fs::write(&kept, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&kept).unwrap();
        assert_eq!(told, expected, "RENEW_PRINTED=1 cargo nextest run -p tests -E 'binary(printed)'");
    }
}

#[test]
fn the_command_prints_on_the_paper_it_is_told() {
    let instance = &Instance::demo();
    let folder = tempfile::tempdir().unwrap();
    let child = instance.child_reading_up_to(6).children[0].clone();
    let path = folder.path().join("bog.pdf");
    let mut arguments =
        vec!["book", "--child", &child, "--age", "6", "--paper", "square", "--bleed", "--out"];
    arguments.push(path.to_str().unwrap());
    instance.run_ok(&arguments);
    let boxes = Command::new("pdfinfo").args(["-box", path.to_str().unwrap()]).output().unwrap();
    let boxes = String::from_utf8(boxes.stdout).unwrap();
    let trim = boxes.lines().find(|line| line.starts_with("TrimBox")).unwrap();
    let trim: Vec<f32> = trim.split_whitespace().skip(1).map(|side| side.parse().unwrap()).collect();
    // 210 by 210 mm, within paper that is 10 mm larger all around.
    let millimetres = |points: f32| (points * 25.4 / 72.0).round();
    assert_eq!(millimetres(trim[2] - trim[0]), 210.0);
    assert_eq!(millimetres(trim[3] - trim[1]), 210.0);
    assert_eq!(millimetres(trim[0]), 10.0);
}

#[test]
fn the_paper_is_a_part_of_what_is_ordered() {
    let instance = &Instance::demo();
    let reader = instance.child_reading_up_to(9);
    let api = instance.api(&reader);
    let path = format!("/api/v1/children/{}/editions", reader.children[0]);
    let order = |paper: &str, bleed: bool| {
        let order = json!({ "age": 9, "format": "pdf", "paper": paper, "bleed": bleed });
        let request = api.request(Method::POST, &path).header("Idempotency-Key", "to-mormor").json(&order);
        Api::send(request).unwrap()
    };
    let first = order("a5", true).expect(202).json();
    assert_eq!((&first["paper"], &first["bleed"]), (&json!("a5"), &json!(true)));
    assert_eq!(order("a5", true).expect(202).json()["id"], first["id"], "the same order");
    assert_eq!(order("square", true).refusal(422), "idempotency_key_reused");
    assert_eq!(order("a5", false).refusal(422), "idempotency_key_reused");
    let unknown = json!({ "age": 9, "format": "pdf", "paper": "a3" });
    assert_eq!(api.post(&path, &unknown).refusal(422), "invalid_fields");

    let plain = api.post(&path, &json!({ "age": 9, "format": "pdf" })).expect(202).json();
    assert_eq!((&plain["paper"], &plain["bleed"]), (&json!("a4"), &json!(false)));
    // What is sealed says it too.
    let place = format!("/api/v1/editions/{}", first["id"].as_str().unwrap());
    let sealed = until("the edition", || {
        let edition = api.get(&place).expect(200).json();
        (edition["status"] == "ready").then_some(edition)
    });
    assert_eq!((&sealed["paper"], &sealed["bleed"]), (&json!("a5"), &json!(true)));
}

#[test]
fn the_printed_letters_are_danish() {
    let instance = &Instance::demo();
    let folder = tempfile::tempdir().unwrap();
    for (reader, age) in readers(instance) {
        let child = &reader.children[0];
        let printed = words(&oracle::pdftotext(&print(instance, child, age, folder.path())));
        let book =
            instance.api(&reader).get(&format!("/api/v1/children/{child}/book?age={age}")).expect(200).json();
        let titles = titles(&book);
        assert!(
            titles.iter().any(|title| title.contains(['æ', 'ø', 'å'])),
            "a Danish book has Danish letters"
        );
        for title in titles {
            assert!(printed.contains(&words(&title)), "{title:?} is not readable in the PDF for {age}");
        }
    }
}

/// Text without the breaks and hyphens of a laid-out page.
fn words(text: &str) -> String {
    text.replace("\u{ad}", "").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every title anywhere in the book that is printed.
fn titles(book: &Value) -> Vec<String> {
    match book {
        // What a brother or sister gave can be taken back, so it is never on paper.
        Value::Object(members) if members.get("from").is_some_and(|from| !from.is_null()) => Vec::new(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match (name.as_str(), value) {
                ("title", Value::String(title)) => vec![title.clone()],
                // People stand beside each other, and pdftotext reads across; the tags tell them in order.
                ("form", _) => Vec::new(),
                _ => titles(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(titles).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_book_as_files_has_its_pages_too() {
    let instance = &Instance::demo();
    let folder = tempfile::tempdir().unwrap();
    let child = instance.child_reading_up_to(9).children[0].clone();
    let out = folder.path().join("bog");
    instance.run_ok(&[
        "book",
        "--child",
        &child,
        "--age",
        "9",
        "--format",
        "html",
        "--out",
        out.to_str().unwrap(),
    ]);
    let written = if out.is_dir() { tests::instance::files_under(&out) } else { vec![out] };
    let html = written.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect::<String>();
    assert!(html.contains("<html lang=\"da\"") && html.contains("<h1"), "pages a browser can open");
}
