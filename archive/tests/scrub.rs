//! The check place by place: it says what `verify` says, goes on where it was, and takes no crash for an answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use archive::{Code, CouldNotCheck, Finding, Look, Mode, Outcome, Pace, Place, Scrub, verify};
use common::{Home, files_under, home_with_deposits, object, stage, stage_correction};

fn unhurried() -> Pace {
    Arc::new(|_| true)
}

fn scrub(home: &Home) -> Scrub {
    Scrub::new(&home.paths, unhurried())
}

fn place(number: u128) -> Place {
    object(number).directory().parse().unwrap()
}

/// One round; the places that were well, and those that were not with what was found there.
fn round(scrub: &Scrub) -> Result<(Vec<Place>, Vec<Finding>), CouldNotCheck> {
    let (mut well, mut found, mut cursor) = (Vec::new(), Vec::new(), None);
    loop {
        let mut section = scrub.section(cursor.as_ref())?;
        loop {
            let looked = scrub.look(&mut section, 1)?;
            if looked.last().is_none() {
                break;
            }
            well.extend(looked.well);
            for (place, look) in scrub.look_again(&looked.suspects)? {
                match look {
                    Look::Found(findings) => found.extend(findings),
                    Look::Well | Look::UnderWay => well.push(place),
                }
            }
        }
        match section.end {
            Some(end) => cursor = Some(end),
            None => return Ok((well, found)),
        }
    }
}

fn content_of(home: &Home, number: u128) -> PathBuf {
    let directory = home.paths.root().join(object(number).directory());
    files_under(&directory).into_iter().find(|path| path.parent().unwrap().ends_with("content")).unwrap()
}

fn flip(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    fs::write(path, changed).unwrap();
    bytes
}

#[tokio::test]
async fn a_round_looks_at_every_place_once_and_in_order() {
    let home = home_with_deposits().await;
    let scrub = scrub(&home);
    let (well, found) = round(&scrub).unwrap();
    assert_eq!(found, []);
    assert!(well.is_sorted() && well.len() == 1 + 256 + 3, "{}", well.len());
    for number in 1..=3 {
        assert_eq!(well.iter().filter(|at| **at == place(number)).count(), 1);
    }
    let stored: u64 =
        files_under(&home.paths.root()).iter().map(|file| fs::metadata(file).unwrap().len()).sum();
    assert!(scrub.bytes_read() >= stored, "every byte: {} of {stored}", scrub.bytes_read());
}

#[tokio::test]
async fn it_says_what_verify_says_of_every_damage() {
    let home = home_with_deposits().await;
    let mut said = 0;
    for path in files_under(&home.paths.root()).into_iter().chain(files_under(&home.paths.log())) {
        if path.file_name().unwrap() == "lock" {
            continue;
        }
        for damage in [
            |path: &Path| flip(path),
            |path: &Path| {
                let bytes = fs::read(path).unwrap();
                fs::remove_file(path).unwrap();
                bytes
            },
        ] {
            let bytes = damage(&path);
            let mut expected = verify(&home.paths, Mode::Full).unwrap().findings;
            let in_log = expected.iter().any(|finding| finding.path.starts_with("../log/"));
            let mut found = match round(&scrub(&home)) {
                Ok((_, found)) => found,
                // Without a log nothing is said of objects; the frame says what is wrong with it.
                Err(CouldNotCheck::Log) if in_log => frame(&home),
                Err(error) => panic!("{}: {error}", path.display()),
            };
            found.sort_by(|a, b| (&a.path, a.code.as_str()).cmp(&(&b.path, b.code.as_str())));
            expected.retain(|finding| !in_log || finding.path.starts_with("../log/"));
            if in_log {
                found.retain(|finding| finding.path.starts_with("../log/"));
            }
            assert_eq!(found, expected, "{}", path.display());
            said += expected.len();
            fs::write(&path, bytes).unwrap();
        }
    }
    assert!(said > 60, "{said}");
    assert_eq!(round(&scrub(&home)).unwrap().1, []);
}

#[tokio::test]
async fn a_root_that_is_away_is_no_damage() {
    let home = home_with_deposits().await;
    let (root, away) = (home.paths.root(), home.dir.path().join("away"));
    fs::rename(&root, &away).unwrap();
    for is_empty_directory in [false, true] {
        if is_empty_directory {
            fs::create_dir(&root).unwrap();
        }
        let scrub = scrub(&home);
        assert!(matches!(scrub.section(Some(&Place::frame())), Err(CouldNotCheck::Root(_))));
        assert!(matches!(scrub.look_again(&[place(1), Place::frame()]), Err(CouldNotCheck::Root(_))));
    }
}

fn frame(home: &Home) -> Vec<Finding> {
    let mut looks = scrub(home).look_again(&[Place::frame()]).unwrap();
    match looks.pop() {
        Some((_, Look::Found(findings))) => findings,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_object_that_was_taken_away_and_a_stray_file_are_found() {
    let home = home_with_deposits().await;
    fs::remove_dir_all(home.paths.root().join(object(1).directory())).unwrap();
    let top = home.paths.root().join(&object(2).directory()[..2]);
    fs::write(top.join("note.txt"), "?").unwrap();
    let mut expected = verify(&home.paths, Mode::Full).unwrap().findings;
    let (_, mut found) = round(&scrub(&home)).unwrap();
    let key = |finding: &Finding| finding.path.clone();
    expected.sort_by_key(key);
    found.sort_by_key(key);
    assert_eq!((found.len(), found), (2, expected));
}

#[tokio::test]
async fn an_error_that_goes_away_is_well_at_the_second_look() {
    let home = home_with_deposits().await;
    let content = content_of(&home, 1);
    let bytes = fs::read(&content).unwrap();
    fs::remove_file(&content).unwrap();
    // A link to itself can be listed and not read, also by the superuser.
    std::os::unix::fs::symlink(&content, &content).unwrap();
    let scrub = scrub(&home);
    let mut section = scrub.section(Some(&Place::frame())).unwrap();
    let looked = scrub.look(&mut section, u64::MAX).unwrap();
    assert_eq!((&looked.suspects, looked.busy.len()), (&vec![place(1)], 0));
    assert_eq!(looked.objects.len(), 2);
    let look = |at| scrub.look_again(&[at]).unwrap().remove(0).1;
    let Look::Found(findings) = look(place(1)) else { panic!("it is unreadable still") };
    assert_eq!(findings[0].outcome, Outcome::Unreadable);
    fs::remove_file(&content).unwrap();
    fs::write(&content, bytes).unwrap();
    assert_eq!(look(place(1)), Look::Well);
}

#[tokio::test]
async fn a_checker_that_crashes_has_not_checked_and_never_says_well() {
    let home = home_with_deposits().await;
    let whole = fs::metadata(content_of(&home, 1)).unwrap().len();
    let pace: Pace = Arc::new(move |bytes| {
        assert!(bytes != whole, "a crash in the middle of a file");
        true
    });
    let (well, found) = round(&Scrub::new(&home.paths, pace)).unwrap();
    assert!(!well.contains(&place(1)));
    let found = found.iter().find(|finding| finding.path == place(1).to_string()).unwrap();
    assert_eq!(
        (found.code, found.outcome, found.object),
        (Code::NotChecked, Outcome::NotChecked, Some(object(1)))
    );
}

#[tokio::test]
async fn what_is_stopped_in_the_middle_was_not_looked_at() {
    let home = home_with_deposits().await;
    let left = Arc::new(AtomicU64::new(u64::MAX));
    let allowed = Arc::clone(&left);
    let pace: Pace = Arc::new(move |_| {
        allowed.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok()
    });
    let scrub = Scrub::new(&home.paths, pace);
    let mut section = scrub.section(Some(&Place::frame())).unwrap();
    left.store(5, Ordering::SeqCst);
    assert!(matches!(scrub.look(&mut section, u64::MAX), Err(CouldNotCheck::Stopped)));
    assert!(matches!(scrub.look_again(&[place(1)]), Err(CouldNotCheck::Stopped)));
    assert!(matches!(scrub.section(Some(&Place::frame())), Err(CouldNotCheck::Stopped)));
}

#[tokio::test]
async fn a_look_ends_when_its_bytes_are_used_up() {
    let home = home_with_deposits().await;
    let scrub = scrub(&home);
    let mut section = scrub.section(Some(&Place::frame())).unwrap();
    let mut objects = 0;
    loop {
        let before = scrub.bytes_read();
        let looked = scrub.look(&mut section, 1).unwrap();
        let Some(last) = looked.last() else { break };
        // Places without bytes cost nothing; the object that uses the bytes up ends the look.
        let here = looked.well.iter().filter(|place| place.to_string().len() > 2).count();
        assert!(here <= 1, "{looked:?}");
        assert_eq!(here == 1, scrub.bytes_read() > before, "{last}");
        // Who goes on from here begins behind it.
        let mut rest = scrub.section(Some(last)).unwrap();
        assert!(!scrub.look(&mut rest, u64::MAX).unwrap().well.contains(last), "{last}");
        objects += here;
    }
    assert_eq!(objects, 3);
}

#[tokio::test]
async fn an_object_that_comes_during_a_round_has_its_turn_in_it_or_in_the_next() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let scrub = scrub(&home);
    let middle: Place = "80".parse().unwrap();
    scrub.section(Some(&middle)).unwrap();
    for number in 10..30 {
        archive.seal(&stage(&archive, number).await.unwrap()).await.unwrap();
    }
    // The rest of the round that stands in the middle, and then the next one.
    let mut section = scrub.section(Some(&middle)).unwrap();
    let rest = scrub.look(&mut section, u64::MAX).unwrap();
    let (next, found) = round(&scrub).unwrap();
    assert_eq!((rest.suspects, found), (vec![], vec![]));
    for number in 10..30 {
        let at = place(number);
        assert_eq!(rest.well.contains(&at), at > middle, "{at}");
        assert!(next.contains(&at), "{at}");
    }
}

#[tokio::test]
async fn what_is_being_sealed_is_no_finding() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let scrub = scrub(&home);
    let mut section = scrub.section(Some(&Place::frame())).unwrap();
    // A new version of an object that this section knows without it, and one that waits for its seal.
    archive.seal(&stage_correction(&archive, 1, 2).await.unwrap()).await.unwrap();
    let staged = stage_correction(&archive, 3, 2).await.unwrap();
    let inside = home.paths.root().join(object(3).directory());
    fs::create_dir_all(inside.join("v2/content")).unwrap();
    fs::write(inside.join("v2/content/half"), "half").unwrap();
    let looked = scrub.look(&mut section, u64::MAX).unwrap();
    assert!(looked.well.contains(&place(1)), "sealed meanwhile");
    assert_eq!((&looked.suspects, &looked.busy), (&vec![place(3)], &vec![place(3)]));
    let looks = scrub.look_again(&looked.suspects).unwrap();
    assert_eq!(looks, [(place(3), Look::UnderWay)]);
    drop(staged);
}
