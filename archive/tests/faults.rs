//! Every write of a deposit's way fails once, in both of the ways a write can fail; then the service starts again.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::sync::Arc;

use archive::testing::{Fault, Faults};
use archive::{Archive, Mode, Result, Sealed, Staged, local_disk, verify};
use common::{GROUP, Home, ORIGIN, object, photo, stage, stage_correction};
use futures_util::{StreamExt, TryStreamExt};

/// What the service's database would hold.
#[derive(Default)]
struct Rows {
    pending: Vec<Staged>,
    acknowledged: Vec<Sealed>,
}

/// From nothing to two objects, one of them corrected.
async fn live(home: &Home, faults: &Arc<Faults>, rows: &mut Rows) -> Result<()> {
    let objects = faults.over(local_disk(&home.paths)?);
    let archive = Archive::create_over(&home.paths, home.secrets.clone(), ORIGIN, objects).await?;
    archive.create_group(GROUP).await?;
    for (number, version) in [(1, 1), (2, 1), (1, 2)] {
        let staged = match version {
            1 => stage(&archive, number).await?,
            _ => stage_correction(&archive, number, version).await?,
        };
        rows.pending.push(staged.clone());
        let sealed = archive.seal(&staged).await?;
        rows.acknowledged.push(sealed);
        rows.pending.pop();
    }
    Ok(())
}

async fn restart(home: &Home, rows: &mut Rows) -> Archive {
    let archive = Archive::create(&home.paths, home.secrets.clone(), ORIGIN).await.unwrap();
    archive.create_group(GROUP).await.unwrap();
    let found = archive.leftovers().await.unwrap();
    archive.recover_staging(found, &rows.pending).await.unwrap();
    for staged in rows.pending.drain(..) {
        rows.acknowledged.push(archive.seal(&staged).await.unwrap());
    }
    archive
}

async fn check(home: &Home, archive: &Archive, rows: &Rows, what: &str) {
    let report = verify(&home.paths, Mode::Full).unwrap();
    assert!(report.is_ok(), "{what}: {:?}", report.findings);
    assert_eq!(report.log_size, rows.acknowledged.len() as u64, "{what}: one leaf a sealed version");
    assert_eq!(std::fs::read_dir(home.paths.staging()).unwrap().count(), 0, "{what}: staging is empty");
    for sealed in &rows.acknowledged {
        let number = if sealed.object == object(1) { 1 } else { 2 };
        let content = archive.open(GROUP, sealed.object, sealed.version, "original.age").await.unwrap();
        assert_eq!(content.read_all(1 << 20).await.unwrap(), photo(number), "{what}");
    }
    let mut keys: Vec<_> = archive.keys().list().try_collect().await.unwrap();
    keys.retain(|(_, key)| !rows.acknowledged.iter().any(|sealed| sealed.object == *key));
    assert_eq!(keys, [], "{what}: no key without an object");
}

async fn fail_at_each_write(fault: Fault) {
    let mut nth = 0;
    loop {
        let (home, mut rows) = (Home::new(), Rows::default());
        std::fs::create_dir_all(home.paths.data()).unwrap();
        let faults = Faults::new(fault);
        faults.arm(nth);
        let outcome = live(&home, &faults, &mut rows).await;
        let failed = faults.disarm();
        let what = format!("{fault:?} at write {nth}, {outcome:?}");
        let archive = restart(&home, &mut rows).await;
        check(&home, &archive, &rows, &what).await;
        if !failed {
            assert!(outcome.is_ok() && nth > 30, "{what}");
            return;
        }
        nth += 1;
    }
}

#[tokio::test]
async fn a_write_that_fails_and_is_lost_loses_nothing_acknowledged() {
    fail_at_each_write(Fault::Lost).await;
}

#[tokio::test]
async fn a_write_that_fails_and_was_kept_is_used_and_not_repeated() {
    fail_at_each_write(Fault::Kept).await;
}

#[tokio::test]
async fn a_disk_that_lies_gets_nothing_acknowledged() {
    let home = Home::new();
    home.create().await;
    let faults = Faults::new(Fault::Altered);
    let objects = faults.over(local_disk(&home.paths).unwrap());
    let mut caught = 0;
    for nth in 0.. {
        let archive = Archive::attach_over(&home.paths, home.secrets.clone(), objects.clone()).await.unwrap();
        faults.arm(nth);
        let number = u128::from(nth) + 1;
        let sealed = match stage(&archive, number).await {
            Ok(staged) => archive.seal(&staged).await,
            Err(error) => Err(error),
        };
        let lied = faults.disarm();
        match sealed {
            Ok(_) if !lied => break,
            // Linking writes no bytes, so there was nothing to alter.
            Ok(sealed) => assert!(is_whole(&home, &sealed), "write {nth} was altered and acknowledged"),
            Err(_) => caught += 1,
        }
        // The log's own files are beyond repair without a replica: begin anew.
        if Archive::attach(&home.paths, home.secrets.clone()).await.is_err() {
            return assert!(caught >= 6, "{caught}");
        }
    }
    assert!(caught >= 6, "{caught}");
}

fn is_whole(home: &Home, sealed: &Sealed) -> bool {
    let report = verify(&home.paths, Mode::Full).unwrap();
    !report.findings.iter().any(|finding| finding.object == Some(sealed.object))
}

#[tokio::test]
async fn where_nothing_can_be_linked_content_is_copied() {
    let (home, mut rows) = (Home::new(), Rows::default());
    std::fs::create_dir_all(home.paths.data()).unwrap();
    live(&home, &Faults::without_links(), &mut rows).await.unwrap();
    let archive = home.attach().await;
    check(&home, &archive, &rows, "without links").await;
}

#[tokio::test]
async fn what_a_killed_upload_left_is_removed_only_when_nobody_holds_it() {
    let home = Home::new();
    let archive = home.create().await;
    let staged = stage(&archive, 1).await.unwrap();
    let other_process = home.attach().await;
    assert_eq!(other_process.leftovers().await.unwrap(), [], "a living process holds it");
    drop(archive);
    let found = other_process.leftovers().await.unwrap();
    assert_eq!(found.len(), 1);
    let kept = other_process.recover_staging(found.clone(), std::slice::from_ref(&staged)).await.unwrap();
    assert_eq!(kept, [], "its row is pending");
    assert_eq!(other_process.recover_staging(found.clone(), &[]).await.unwrap(), found);
    assert_eq!(other_process.keys().list().count().await, 0);
}

#[tokio::test]
async fn an_object_begun_and_unknown_is_set_aside_and_a_committed_one_never() {
    let home = Home::new();
    let archive = home.create().await;
    archive.seal(&stage(&archive, 1).await.unwrap()).await.unwrap();
    let begun = home.paths.root().join(object(2).directory());
    std::fs::create_dir_all(begun.join("v1/content")).unwrap();
    assert!(!verify(&home.paths, Mode::Full).unwrap().is_ok());
    let aside = archive.set_aside(object(2)).await.unwrap();
    assert!(aside.join("v1/content").is_dir());
    assert!(archive.set_aside(object(1)).await.is_err());
    assert!(verify(&home.paths, Mode::Full).unwrap().is_ok());
}
