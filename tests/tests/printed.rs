//! The printed book, judged by the programs that archives and screen readers trust.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use serde_json::Value;
use tests::{Instance, Persona, oracle};

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

/// Every title anywhere in the book.
fn titles(book: &Value) -> Vec<String> {
    match book {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match (name.as_str(), value) {
                ("title", Value::String(title)) => vec![title.clone()],
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
