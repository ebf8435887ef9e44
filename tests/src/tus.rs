//! Files in pieces, by hand (tus 1.0).

use reqwest::Method;

use crate::{Answer, Api};

/// Announces a file of so many bytes.
pub fn announce(api: &Api, child: &str, length: usize) -> Answer {
    let request = api
        .request(Method::POST, &format!("/api/v1/children/{child}/uploads"))
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", length)
        // "sommer.jpg"
        .header("Upload-Metadata", "filename c29tbWVyLmpwZw==");
    Api::send(request).unwrap()
}

/// Sends a piece.
pub fn piece(api: &Api, place: &str, offset: usize, bytes: &[u8]) -> Answer {
    let request = api
        .request(Method::PATCH, place)
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Offset", offset)
        .header("Content-Type", "application/offset+octet-stream")
        .body(bytes.to_vec());
    Api::send(request).unwrap()
}

/// Where an announced file goes.
pub fn place_of(answer: Answer) -> String {
    answer.expect(201).header("location")
}
