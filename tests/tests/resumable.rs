//! Files in pieces over a bad line: tus 1.0.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use reqwest::Method;
use serde_json::Value;
use tests::client::{sha256, text};
use tests::photos::distinct_jpeg;
use tests::tus::{announce, piece, place_of};
use tests::{Api, Instance, Persona};

fn foster_mother(instance: &Instance) -> (Persona, String, Api) {
    let persona = instance.persona("foster_parent");
    let child = persona.children[0].clone();
    let api = instance.api(&persona);
    (persona, child, api)
}

#[test]
fn a_photo_in_three_pieces_survives_a_restart_and_is_kept_to_the_byte() {
    let mut instance = Instance::demo();
    let (persona, child, api) = foster_mother(&instance);
    let photo = distinct_jpeg(7, 900);
    let path = {
        let place = place_of(announce(&api, &child, photo.len()));
        place[place.find("/api/").unwrap()..].to_owned()
    };
    let (first, second) = (photo.len() / 3, photo.len() / 2);
    piece(&api, &path, 0, &photo[..first]).expect(204);
    instance.kill();
    instance.start();
    let api = instance.api(&persona);
    let asked = Api::send(api.request(Method::HEAD, &path)).unwrap().expect(200);
    assert_eq!(asked.header("upload-offset"), first.to_string());
    assert_eq!(asked.header("upload-length"), photo.len().to_string());
    piece(&api, &path, first, &photo[first..second]).expect(204);
    let last = piece(&api, &path, second, &photo[second..]).expect(204);
    let media = last.header("livsbog-media");
    let kept = api.get(&format!("/api/v1/media/{media}/original")).expect(200);
    assert_eq!(sha256(&kept.body), sha256(&photo));
    let done: Value = api.get(&path).expect(200).json();
    assert_eq!(text(&done, "media"), media);
}

#[test]
fn a_piece_at_the_wrong_place_is_told_where_to_go_on() {
    let instance = Instance::demo();
    let (_, child, api) = foster_mother(&instance);
    let place = place_of(announce(&api, &child, 1000));
    piece(&api, &place, 0, &[b'a'; 400]).expect(204);
    assert_eq!(piece(&api, &place, 0, &[b'a'; 400]).refusal(409), "upload_offset");
    assert_eq!(piece(&api, &place, 500, &[b'a'; 400]).refusal(409), "upload_offset");
    let last = piece(&api, &place, 400, &[b'a'; 600]).expect(204);
    assert_eq!(last.header("upload-offset"), "1000");
}

#[test]
fn what_is_refused_whole_is_refused_in_pieces_too() {
    let instance = Instance::demo();
    let (_, child, api) = foster_mother(&instance);
    assert_eq!(announce(&api, &child, 3_000_000_000).refusal(413), "too_large");
    assert_eq!(announce(&api, &child, 0).refusal(422), "empty_file");
    let page = b"<!doctype html><script>alert(1)</script>";
    let place = place_of(announce(&api, &child, page.len()));
    assert_eq!(piece(&api, &place, 0, page).refusal(415), "unsupported_media");
    Api::send(api.request(Method::HEAD, &place)).unwrap().expect(404);
    let without =
        api.request(Method::POST, &format!("/api/v1/children/{child}/uploads")).header("Upload-Length", 5);
    assert_eq!(Api::send(without).unwrap().refusal(412), "tus_version");
}

#[test]
fn an_upload_is_its_own_contributors_alone_and_can_be_given_up() {
    let instance = Instance::demo();
    let (_, child, api) = foster_mother(&instance);
    let place = place_of(announce(&api, &child, 1000));
    let caseworker = instance.api(&instance.persona("caseworker"));
    assert_eq!(piece(&caseworker, &place, 0, b"x").refusal(404), "not_found");
    Api::send(api.request(Method::DELETE, &place)).unwrap().expect(204);
    Api::send(api.request(Method::HEAD, &place)).unwrap().expect(404);
}
