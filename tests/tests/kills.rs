//! `kill -9` at random moments while four clients upload. Whoever was answered 201 finds the photo again, whole.
//! `KILLS` (25) is how often; `SEED` chooses the moments.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tests::client::{sha256, text};
use tests::instance::{files_under, lossy};
use tests::photos::{Noise, distinct_jpeg};
use tests::{Api, Instance, Postgres, oracle, setting, wait};

/// A photo the service said it has.
struct Acknowledged {
    media: String,
    sha256: String,
}

#[test]
fn kills_lose_nothing_that_was_acknowledged() {
    survives(Instance::demo(), setting("KILLS", 25));
}

#[test]
fn kills_lose_nothing_on_postgresql_either() {
    let cluster = Postgres::start();
    survives(Instance::demo_on(cluster.database()), setting("KILLS", 25).div_ceil(5));
}

fn survives(mut instance: Instance, kills: usize) {
    let mut noise = Noise(setting("SEED", 20_261_123) as u64 | 1);
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.foster_parent_of(&child);
    let photo_number = AtomicU64::new(1);
    let mut all = Vec::new();
    for round in 1..=kills {
        let moment = Duration::from_millis(noise.draw() % 1_200);
        let fresh = upload_until_killed(&mut instance, &mother, &child, &photo_number, moment);
        instance.start();
        all_there(&instance.api(&mother), &fresh, round);
        all.extend(fresh);
        nothing_half_made(&instance, round);
    }
    assert!(all.len() >= kills, "only {} uploads were answered in {kills} rounds", all.len());
    all_there(&instance.api(&mother), &all, kills);
    instance.stop();
    instance.run_ok(&["verify", "--full"]);
    oracle::ocfl_py(&instance.storage_root()).content();
    println!(
        "{kills} kills, {} photos answered 201, {} sent: none lost",
        all.len(),
        photo_number.into_inner() - 1
    );
}

fn upload_until_killed(
    instance: &mut Instance,
    mother: &tests::Persona,
    child: &str,
    photo_number: &AtomicU64,
    moment: Duration,
) -> Vec<Acknowledged> {
    let over = AtomicBool::new(false);
    let api = instance.api(mother);
    std::thread::scope(|scope| {
        let clients: Vec<_> =
            (0..4).map(|_| scope.spawn(|| upload_on_and_on(&api, child, photo_number, &over))).collect();
        wait::let_pass(moment);
        instance.kill();
        over.store(true, Ordering::SeqCst);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

fn upload_on_and_on(api: &Api, child: &str, number: &AtomicU64, over: &AtomicBool) -> Vec<Acknowledged> {
    let mut acknowledged = Vec::new();
    while !over.load(Ordering::SeqCst) {
        let seed = number.fetch_add(1, Ordering::SeqCst);
        let photo = distinct_jpeg(seed, Noise(seed * 7 + 1).below(600_000));
        let Ok(answer) = api.try_upload(child, &format!("{seed}.jpg"), &photo) else { break };
        let media = answer.expect(201).json();
        acknowledged.push(Acknowledged { media: text(&media, "id"), sha256: sha256(&photo) });
    }
    acknowledged
}

#[track_caller]
fn all_there(api: &Api, photos: &[Acknowledged], round: usize) {
    for photo in photos {
        let kept = api.get(&format!("/api/v1/media/{}/original", photo.media)).expect(200).body;
        assert_eq!(sha256(&kept), photo.sha256, "after kill {round}: {} is not what was sent", photo.media);
    }
}

/// After a start, recovery has finished or removed every upload that was under way.
fn nothing_half_made(instance: &Instance, round: usize) {
    let staging = instance.data.join("staging");
    let left = wait::until("staging to be empty", || {
        let left = if staging.exists() { files_under(&staging) } else { Vec::new() };
        left.is_empty().then_some(left)
    });
    assert!(left.is_empty());
    let verified = instance.run(&["verify"]);
    assert_eq!(verified.status.code(), Some(0), "after kill {round}: {}", lossy(&verified.stdout));
}
