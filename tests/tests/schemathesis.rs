//! The service keeps what its OpenAPI document promises, whatever is sent (schemathesis 4).
//!
//! `EXAMPLES=200` sends more at random for each call.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use reqwest::Method;
use serde_json::json;
use tests::client::text;
use tests::photos::distinct_jpeg;
use tests::stories::photo_entry;
use tests::{Api, Instance, oracle, setting};

/// Asks every call as one of the people, about these things.
fn keeps_its_promises(instance: &Instance, kind: &str, ids: &[(&str, &str)]) {
    let document = format!("{}/api/v1/openapi.json", instance.origin);
    let token = instance.persona(kind).token;
    oracle::schemathesis(&document, &instance.origin, &token, ids, setting("EXAMPLES", 10)).content();
}

/// The same about things that are there and that this person has made.
fn keeps_its_promises_about_what_is_there(kind: &str) {
    let instance = Instance::demo();
    let persona = instance.persona(kind);
    let (api, child) = (instance.api(&persona), &persona.children[0]);
    let media = api.upload_ok(child, "a.jpg", &distinct_jpeg(11, 300));
    let entry = api.post_entry(child, &photo_entry("Søen", "Vi var ved søen.", &media)).expect(201).json();
    let order = json!({ "age": 5, "format": "pdf" });
    let edition = api.post(&format!("/api/v1/children/{child}/editions"), &order).expect(202).json();
    let ids = [
        ("child", child.as_str()),
        ("entry", &text(&entry, "id")),
        ("media", &media),
        ("rendition", "small"),
        ("edition", &text(&edition, "id")),
        ("upload", &announced_upload(&api, child)),
    ];
    keeps_its_promises(&instance, kind, &ids);
}

fn announced_upload(api: &Api, child: &str) -> String {
    let request = api.request(Method::POST, &format!("/api/v1/children/{child}/uploads"));
    let request = request.header("Tus-Resumable", "1.0.0").header("Upload-Length", 1000);
    let place = Api::send(request).unwrap().expect(201).header("location");
    place.rsplit('/').next().unwrap().to_owned()
}

#[test]
fn promises_to_a_caseworker_are_kept() {
    keeps_its_promises_about_what_is_there("caseworker");
}

#[test]
fn promises_to_a_foster_mother_are_kept() {
    keeps_its_promises_about_what_is_there("foster_parent");
}

#[test]
fn promises_about_things_that_are_nowhere_are_kept() {
    keeps_its_promises(&Instance::demo(), "foster_parent", &[]);
}
