//! The judges can say no: each is shown something bad before its yes is believed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;

use serde_json::json;
use tests::{Browser, Disk, Postgres, oracle};

#[test]
fn neither_ocfl_judge_accepts_an_object_with_a_changed_byte() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::write(root.join("0=ocfl_1.1"), "ocfl_1.1\n").unwrap();
    let object = root.join("object");
    std::fs::create_dir_all(object.join("v1")).unwrap();
    std::fs::write(object.join("0=ocfl_object_1.1"), "ocfl_object_1.1\n").unwrap();
    std::fs::write(object.join("inventory.json"), "{}").unwrap();
    assert_eq!(oracle::ocfl_py(root).code, Some(1));
    assert!(oracle::rocfl(root).is_none_or(|verdict| verdict.code != Some(0)));
}

#[test]
fn verapdf_refuses_a_page_without_a_structure() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("bare.pdf");
    std::fs::write(&pdf, bare_pdf()).unwrap();
    for flavour in ["2a", "ua1"] {
        let verdict = oracle::verapdf(flavour, std::slice::from_ref(&pdf));
        assert_eq!(verdict.code, Some(1), "{}", verdict.text);
    }
}

/// One empty page: no structure tree, no metadata, no language.
fn bare_pdf() -> String {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    ];
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = pdf.len();
    pdf + &table + &format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n")
}

#[test]
fn the_browser_sees_a_picture_without_words_and_a_page_too_wide() {
    let page = "<title>x</title><main><h1 style='width:900px'>x</h1><img src='data:,'></main>";
    let origin = serve("200 OK", "text/html", page);
    let report = Browser::phone("pages").with("origin", origin).with("paths", json!(["/"])).run();
    let page = &report["pages"][0];
    assert!(page["violations"].to_string().contains("image-alt"), "{page}");
    assert!(page["sideways_px"].as_u64().unwrap() > 0, "{page}");
    assert_eq!(page["broken_pictures"], json!(["data:,"]));
}

#[test]
fn schemathesis_sees_each_kind_of_lie_and_believes_the_truth() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("openapi.json");
    let shape =
        json!({ "type": "object", "required": ["age"], "properties": { "age": { "type": "integer" } } });
    let answer = json!({ "description": "", "content": { "application/json": { "schema": shape } } });
    let promise = json!({
        "openapi": "3.1.0", "info": { "title": "A child", "version": "1" },
        "paths": { "/child": { "get": { "responses": { "200": answer } } } },
    });
    std::fs::write(&document, promise.to_string()).unwrap();
    let ask = |status, kind, body| {
        oracle::schemathesis(document.to_str().unwrap(), &serve(status, kind, body), "", &[], 1)
    };
    ask("200 OK", "application/json", r#"{"age":9}"#).content();
    for (status, kind, body, seen) in [
        ("500 Internal Server Error", "application/json", r#"{"age":9}"#, "Server error"),
        ("201 Created", "application/json", r#"{"age":9}"#, "Undocumented status code"),
        ("200 OK", "text/html", r#"{"age":9}"#, "Undocumented Content-Type"),
        ("200 OK", "application/json", r#"{"age":"nine"}"#, "Response violates schema"),
    ] {
        let verdict = ask(status, kind, body);
        assert!(verdict.code == Some(1) && verdict.text.contains(seen), "{seen}: {}", verdict.text);
    }
}

/// Serves one answer to whoever asks, for as long as the test lives.
fn serve(status: &'static str, kind: &'static str, page: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut line in listener.incoming().flatten() {
            let _ = line.read(&mut [0; 4096]);
            let length = page.len();
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
            );
            let _ = line.write_all(format!("{head}{page}").as_bytes());
        }
    });
    origin
}

#[test]
fn a_full_disk_refuses_and_an_empty_one_takes() {
    let disk = Disk::new();
    let folder = tempfile::tempdir().unwrap();
    let write = || {
        let source = oracle::here("Cargo.toml");
        Command::new("cp").arg(source).arg(folder.path().join("note")).envs(disk.settings()).output().unwrap()
    };
    assert!(write().status.success());
    disk.fill();
    assert!(!write().status.success());
    disk.make_room();
    assert!(write().status.success());
}

#[test]
fn a_postgresql_of_our_own_goes_away_and_comes_back() {
    let cluster = Postgres::start();
    let url = cluster.url();
    let ask = || Command::new("psql").args([&url, "-qAtc", "select 6 * 7"]).output().unwrap();
    assert_eq!(ask().stdout, b"42\n");
    cluster.interrupt();
    assert!(!ask().status.success());
    cluster.resume();
    assert_eq!(ask().stdout, b"42\n");
}
