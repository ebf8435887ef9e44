//! Photographs over HTTP, eight at a time: encrypted, sealed, logged and read back here, hashed and synced there.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tests::photos::{Noise, distinct_jpeg};
use tests::{Api, Instance, setting};

use crate::report::{Row, middle};
use crate::side::{Peer, cpu_seconds};

struct Round {
    per_second: f64,
    cpu_s: f64,
}

pub fn measure() -> Vec<Row> {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    let peer = Peer::actix("");
    let bare = Api::new(&peer.origin, None);
    let mut photos = photographs(setting("PHOTOS", 48));
    let megabytes = photos.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..setting("ROUNDS", 5) {
        mark(&mut photos, round);
        let to_us = |photo: &[u8]| mother.upload(&child, "IMG.JPG", photo).status;
        ours.push(send_all(&photos, instance.process_id(), to_us));
        let to_them = |photo: &[u8]| {
            let request = bare.request(reqwest::Method::PUT, "/photo").body(photo.to_vec());
            Api::send(request).unwrap().status
        };
        theirs.push(send_all(&photos, peer.process_id(), to_them));
    }
    let rate = |rounds: &[Round]| middle(rounds.iter().map(|round| round.per_second));
    let cpu = |rounds: &[Round]| middle(rounds.iter().map(|round| round.cpu_s));
    vec![Row {
        what: format!("upload, {} photos, {megabytes:.0} MB, 8 at a time", photos.len()),
        unit: "photos/s",
        ours: rate(&ours),
        ours_cpu_s: cpu(&ours),
        peer: "actix PUT + sha256 + fsync".to_owned(),
        theirs: rate(&theirs),
        theirs_cpu_s: cpu(&theirs),
        wanted: Some(0.5),
    }]
}

/// Valid JPEGs of 3 to 6 MB whose bulk is noise, as a photo's is.
fn photographs(count: usize) -> Vec<Vec<u8>> {
    let mut noise = Noise(20_261_123);
    (1..=count as u64).map(|seed| distinct_jpeg(seed, 3_000_000 + noise.below(3_000_000))).collect()
}

/// Makes every photo new, so that nothing can be recognised from an earlier round.
fn mark(photos: &mut [Vec<u8>], round: usize) {
    for photo in photos {
        photo[6..14].copy_from_slice(&(round as u64 + 1).to_be_bytes());
    }
}

fn send_all(photos: &[Vec<u8>], process: u32, send: impl Fn(&[u8]) -> u16 + Sync) -> Round {
    let next = AtomicUsize::new(0);
    let before = cpu_seconds(process);
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some(photo) = photos.get(next.fetch_add(1, Ordering::Relaxed)) {
                    assert_eq!(send(photo), 201);
                }
            });
        }
    });
    let seconds = started.elapsed().as_secs_f64();
    Round { per_second: photos.len() as f64 / seconds, cpu_s: cpu_seconds(process) - before }
}
