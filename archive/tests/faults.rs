//! Every write of a deposit's way fails once, in both of the ways a write can fail; then the service starts again. And every
//! call to the system fails once, or is the last thing the process does: `SYSCALLS=1` tries each, the default each 25th.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use archive::testing::{Fault, Faults};
use archive::{Archive, ArchivePaths, Mode, Objects, Result, Sealed, Secrets, Staged, local_disk, verify};
use common::{GROUP, Home, ORIGIN, object, photo, stage, stage_correction};
use futures_util::{StreamExt, TryStreamExt};

/// What the service's database would hold.
#[derive(Default)]
struct Rows {
    pending: Vec<Staged>,
    acknowledged: Vec<Sealed>,
    /// Acknowledged by a process that is gone.
    known: Vec<Staged>,
    /// Tells of each row on standard output, for a parent that survives.
    told: bool,
}

impl Rows {
    fn note(&mut self, staged: Staged) {
        if self.told {
            println!("@pending {}", serde_json::to_string(&staged).unwrap());
        }
        self.pending.push(staged);
    }

    fn acknowledge(&mut self, sealed: Sealed) {
        if self.told {
            println!("@sealed {} {}", sealed.object, sealed.version);
        }
        self.acknowledged.push(sealed);
        self.pending.pop();
    }
}

/// From nothing to two objects, one of them corrected.
async fn live(paths: &ArchivePaths, secrets: Secrets, objects: Objects, rows: &mut Rows) -> Result<()> {
    let archive = Archive::create_over(paths, secrets, ORIGIN, objects).await?;
    archive.create_group(GROUP).await?;
    for (number, version) in [(1, 1), (2, 1), (1, 2)] {
        let staged = match version {
            1 => stage(&archive, number).await?,
            _ => stage_correction(&archive, number, version).await?,
        };
        rows.note(staged.clone());
        let sealed = archive.seal(&staged).await?;
        rows.acknowledge(sealed);
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
        let objects = faults.over(local_disk(&home.paths).unwrap());
        let outcome = live(&home.paths, home.secrets.clone(), objects, &mut rows).await;
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
    let objects = Faults::without_links().over(local_disk(&home.paths).unwrap());
    live(&home.paths, home.secrets.clone(), objects, &mut rows).await.unwrap();
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

/// Where the process under strace finds its archive, and with which secrets.
const PLACE: &str = "LIVSBOG_TEST_ARCHIVE";
/// What a deposit asks of the system: each of these fails in turn.
const CALLS: &str = "openat,write,pwrite64,ftruncate,fsync,fdatasync,syncfs,link,linkat,rename,renameat,renameat2,mkdir,\
                     mkdirat,unlink,unlinkat,rmdir";

/// The process that is hurt: not a test of its own, but what [`every_call_to_the_system_may_fail_or_be_the_last`] starts.
#[test]
#[ignore = "started by another test, under strace"]
fn a_deposit_under_strace() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let secrets = std::fs::read_to_string(format!("{place}/secrets")).unwrap();
    let [root, escrow, seed] = secrets.lines().collect::<Vec<_>>().try_into().unwrap();
    let secrets = Secrets::from_text(root, escrow, seed).unwrap();
    // One thread for files, so that "the nth call" means something.
    let runtime =
        tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).enable_all().build().unwrap();
    let paths = ArchivePaths::in_data_dir(std::path::Path::new(&place).join("data"));
    let done = runtime.block_on(async {
        let mut rows = Rows { told: true, ..Rows::default() };
        std::fs::create_dir_all(paths.data())?;
        live(&paths, secrets, local_disk(&paths)?, &mut rows).await
    });
    std::process::exit(i32::from(done.is_err()));
}

/// Runs the deposits under strace with `inject`; the calls it made by name and thread, and what it told.
fn hurt(home: &Home, inject: Option<&str>) -> (BTreeMap<String, u32>, Rows) {
    let trace = home.dir.path().join("trace");
    // A fault in the runtime's own pipe leaves nobody to wake up: that process is killed, as an operator would.
    let mut strace = Command::new("timeout");
    strace.args(["-s", "KILL", "5", "strace"]).env("RUST_BACKTRACE", "0");
    strace.args(["-f", "-qq", "--seccomp-bpf", "-e", "signal=none", "-e", &format!("trace={CALLS}"), "-o"]);
    strace.arg(&trace).args(inject.map(|inject| format!("--inject={inject}")));
    strace.arg(std::env::current_exe().unwrap());
    strace.args(["--ignored", "--exact", "a_deposit_under_strace", "--nocapture", "--test-threads=1"]);
    let told = strace.env(PLACE, home.dir.path()).stderr(Stdio::null()).output().unwrap();
    let mut counts = BTreeMap::<(String, String), u32>::new();
    for line in std::fs::read_to_string(trace).unwrap().lines() {
        let (thread, call) = line.split_once(' ').unwrap();
        let Some((name, _)) = call.trim().split_once('(') else { continue };
        *counts.entry((name.to_owned(), thread.to_owned())).or_default() += 1;
    }
    let mut most = BTreeMap::new();
    for ((name, _), count) in counts {
        let known = most.entry(name).or_default();
        *known = count.max(*known);
    }
    let mut rows = Rows::default();
    let told = String::from_utf8(told.stdout).unwrap();
    for line in told.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        if let Some((_, staged)) = line.split_once("@pending ") {
            rows.pending.push(serde_json::from_str(staged).unwrap());
        } else if line.contains("@sealed ") {
            rows.known.push(rows.pending.pop().unwrap());
        }
    }
    (most, rows)
}

#[test]
fn every_call_to_the_system_may_fail_or_be_the_last() {
    let step = std::env::var("SYSCALLS").map_or(25, |step| step.parse().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (calls, rows) = hurt(&Home::new(), None);
    assert_eq!(rows.known.len(), 3, "unhurt it goes through");
    let (mut points, mut acknowledged) = (0, 0);
    for (call, most) in &calls {
        for nth in (1..=*most).step_by(step) {
            for way in ["error=EIO", "error=ENOSPC", "signal=SIGKILL"] {
                let inject = format!("{call}:{way}:when={nth}");
                let home = Home::new();
                let (_, mut rows) = hurt(&home, Some(&inject));
                points += 1;
                acknowledged += rows.known.len();
                runtime.block_on(async {
                    // Sealing again gives what was acknowledged; were it gone, there would be nothing to seal it from.
                    let known = std::mem::take(&mut rows.known);
                    let archive = restart(&home, &mut rows).await;
                    for staged in known {
                        rows.acknowledged.push(archive.seal(&staged).await.unwrap());
                    }
                    check(&home, &archive, &rows, &inject).await;
                });
            }
        }
    }
    println!("{points} points in {calls:?}; {acknowledged} deposits acknowledged, none lost, no object torn");
}
