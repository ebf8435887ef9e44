//! One set of checks over every kind of store: a disk, SeaweedFS, and Ceph's object gateway where `CEPH=1` asks for it;
//! and what the service's own credentials can do against a locked bucket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, dead_code)]

#[path = "../../tests/src/s3.rs"]
mod s3;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use archive::testing::{Home, conforms};
use archive::{
    Bucket, Code, Error, Extent, LockMode, Renewed, Replica, StoreLock, VersionIds, repair, replicate,
};
use chrono::{TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use s3::S3;

fn bucket(server: &S3, part: &str, lock: StoreLock) -> Bucket {
    let settings = server.store_settings().into_iter();
    let settings: Vec<_> = settings.map(|(name, value)| (name.to_lowercase(), value)).collect();
    Bucket::at(&format!("s3://{}/{part}", server.bucket), &settings).unwrap().with_lock(lock)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_does_what_every_store_must() {
    let dir = tempfile::tempdir().unwrap();
    conforms(|name| Home::new(&dir.path().join(name), None).unwrap(), 1).await.unwrap();
}

async fn does_what_every_store_must(server: &S3, every: usize) {
    let dir = tempfile::tempdir().unwrap();
    let home =
        |name: &str| Home::new(&dir.path().join(name), Some(bucket(server, name, StoreLock::Any))).unwrap();
    conforms(home, every).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn seaweedfs_does_what_every_store_must() {
    does_what_every_store_must(&S3::locking("COMPLIANCE"), 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ceph_does_what_every_store_must() {
    let Some(server) = S3::locking_ceph("COMPLIANCE") else { return };
    does_what_every_store_must(&server, 7).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn seaweedfs_keeps_what_is_locked_and_it_is_served_whatever_is_put_over_it() {
    withstands(&S3::locking("COMPLIANCE")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ceph_keeps_what_is_locked_and_it_is_served_whatever_is_put_over_it() {
    let Some(server) = S3::locking_ceph("COMPLIANCE") else { return };
    withstands(&server).await;
}

/// The keys of an object's files, below the bucket.
fn keys(server: &S3, number: u128) -> Vec<String> {
    server.keys(&format!("a/archive/{}/", Home::object(number).directory()))
}

/// Attempts by the service's own credentials: to delete, to shorten, to put something over, to hide, to roll back.
async fn withstands(server: &S3) {
    let dir = tempfile::tempdir().unwrap();
    let wanted = StoreLock::Mode(LockMode::Compliance);
    let home = Home::new(&dir.path().join("data"), Some(bucket(server, "a", wanted))).unwrap();
    let archive = home.open(None).await.unwrap();
    let honours = archive.honours().unwrap();
    assert!(honours.versions && honours.refuses_deletion && honours.legal_hold);
    assert_eq!(honours.default_lock, Some((LockMode::Compliance, 1)));
    for number in 1..=5 {
        home.deposit(&archive, number, 1).await.unwrap();
    }
    home.deposit(&archive, 4, 2).await.unwrap();
    let mut refused = 0;
    for number in 1..=5 {
        for key in keys(server, number) {
            for version in server.versions(&key) {
                assert!((400..500).contains(&server.delete_version(&key, &version)), "deleted {key}");
                let soon = (Utc::now() + TimeDelta::minutes(5)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
                for mode in ["COMPLIANCE", "GOVERNANCE"] {
                    let status = server.lock(&key, &version, mode, &soon);
                    assert!((400..500).contains(&status), "shortened {key} to {mode}: {status}");
                }
                refused += 3;
            }
        }
    }
    assert!(refused > 100, "{refused}");
    assert!(home.check().await.is_ok());

    let content = |number| keys(server, number).into_iter().filter(|key| key.contains("/content/"));
    let root = |number| format!("a/archive/{}/inventory.json", Home::object(number).directory());
    for key in content(1) {
        server.overwrite(&key, "something else");
    }
    for key in content(2).chain([root(2)]) {
        server.delete(&key);
    }
    server.overwrite(&root(3), "{}");
    server.overwrite(&format!("{}.sha256", root(3)), "nothing inventory.json\n");
    server.overwrite(&root(3).replace("inventory.json", "v1/inventory.json"), "{}");
    server.overwrite(&root(3).replace("inventory.json", "v1/inventory.json.sha256"), "nothing");
    // The older inventory, which is one of this archive, put over the newer.
    let bytes = std::str::from_utf8(&old_inventory(server, &root(4))).unwrap().to_owned();
    server.overwrite(&root(4), &bytes);

    // Who has never read before and who has: both are served what was sealed.
    for reader in [home.open(None).await.unwrap(), archive] {
        for (number, version) in [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2), (5, 1)] {
            let served = home.read(&reader, number, version).await;
            assert!(served.unwrap() == Home::original(number), "{number} v{version}");
        }
        assert_eq!(reader.describe_with(Home::object(4), 2).await.unwrap().versions.len(), 2);
    }
    let report = home.check().await;
    let found: HashSet<_> = report.findings.iter().map(|found| (found.object.unwrap(), found.code)).collect();
    let expected = [
        (Home::object(1), Code::VersionExtra),
        (Home::object(2), Code::DeleteMarker),
        (Home::object(3), Code::VersionExtra),
        (Home::object(4), Code::VersionExtra),
    ];
    assert_eq!(found, HashSet::from(expected), "{:#?}", report.findings);
    assert_eq!((report.objects_ok, report.objects_damaged), (1, 4));
    assert_eq!(report.findings.len(), 2 + 3 + 4 + 1, "each file: {:#?}", report.findings);
}

fn old_inventory(server: &S3, root: &str) -> Vec<u8> {
    server.read(&root.replace("inventory.json", "v1/inventory.json"))
}

#[tokio::test(flavor = "multi_thread")]
async fn seaweedfs_rolls_locks_on_and_holds() {
    rolls_on(&S3::locking("GOVERNANCE")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ceph_rolls_locks_on_and_holds() {
    let Some(server) = S3::locking_ceph("GOVERNANCE") else { return };
    rolls_on(&server).await;
}

/// Locks are extended and never shortened, one object at a time; a hold keeps what no lock keeps.
async fn rolls_on(server: &S3) {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::new(&dir.path().join("data"), Some(bucket(server, "a", StoreLock::Any))).unwrap();
    let archive = home.open(None).await.unwrap();
    home.deposit(&archive, 1, 1).await.unwrap();
    home.deposit(&archive, 1, 2).await.unwrap();
    home.deposit(&archive, 2, 1).await.unwrap();
    let files = server.versions(&format!("a/archive/{}/", Home::object(1).directory())).len() as u64;
    // Two versions: their content, two inventories each with a sidecar, and the two root files twice.
    assert_eq!(files, 3 + 4 + 4 + 1);
    let until = Utc::now() + TimeDelta::days(400);
    let renewed = archive.renew_locks(Home::object(1), until).await.unwrap();
    assert_eq!(renewed, Renewed { extended: files, unchanged: 0 });
    for earlier in [until, until - TimeDelta::days(100)] {
        let again = archive.renew_locks(Home::object(1), earlier).await.unwrap();
        assert_eq!(again, Renewed { extended: 0, unchanged: files }, "never shortened");
    }
    let day = until.format("%Y-%m-%d").to_string();
    for key in keys(server, 1) {
        for version in server.versions(&key).into_iter().take(1) {
            assert!(server.told("retention", &key, &version).contains(&day), "{key}");
        }
    }
    let other = &keys(server, 2)[0];
    let version = &server.versions(other)[0];
    assert!(!server.told("retention", other, version).contains(&day), "another object's lock is its own");

    let log = archive.renew_locks_of_log(until).await.unwrap();
    assert!(log.extended >= 3 + 7, "{log:?}");
    assert_eq!(archive.renew_locks_of_log(until).await.unwrap().extended, 0);

    assert_eq!(archive.set_legal_hold(Home::object(2), true).await.unwrap(), 7);
    assert_eq!(archive.set_legal_hold(Home::object(2), true).await.unwrap(), 0, "as it was");
    assert!(server.told("legal-hold", other, version).contains("ON"));
    assert!((400..500).contains(&server.delete_version(other, version)), "held, whatever is bypassed");
    assert_eq!(archive.set_legal_hold(Home::object(2), false).await.unwrap(), 7);
    assert!(server.told("legal-hold", other, version).contains("OFF"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_over_is_put_right_from_a_replica() {
    let (server, dir) = (S3::locking("COMPLIANCE"), tempfile::tempdir().unwrap());
    let home = Home::new(&dir.path().join("data"), Some(bucket(&server, "a", StoreLock::Any))).unwrap();
    let archive = home.open(None).await.unwrap();
    home.deposit(&archive, 1, 1).await.unwrap();
    let place = dir.path().join("replica");
    std::fs::create_dir(&place).unwrap();
    let replica = || Replica::on_disk(&place).unwrap();
    assert!(replicate(&home.paths, &replica(), Extent::Full).await.unwrap().is_complete());
    for key in keys(&server, 1) {
        server.overwrite(&key, "something else");
    }
    server.overwrite("a/log/checkpoint", "something else");
    let done = repair(&home.paths, &replica(), false).await.unwrap();
    assert_eq!(done.repaired.len(), 1 + 7, "{done:?}");
    // The traces stay, and are named until their lock ends and somebody removes them.
    let left: HashSet<_> = done.left.iter().map(|finding| finding.code).collect();
    assert_eq!(left, HashSet::from([Code::VersionExtra]), "{done:?}");
    let aside = done.set_aside.unwrap().join("log/checkpoint");
    assert_eq!(std::fs::read_to_string(aside).unwrap(), "something else");
    let archive = home.open(None).await.unwrap();
    assert!(home.read(&archive, 1, 1).await.unwrap() == Home::original(1));
}

/// What a service's database would keep.
#[derive(Default)]
struct Kept(Mutex<HashMap<String, String>>);

impl VersionIds for Kept {
    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<String>> {
        ready(self.0.lock().unwrap().get(key).cloned()).boxed()
    }

    fn keep(&self, ids: Vec<(String, String)>) -> BoxFuture<'_, ()> {
        self.0.lock().unwrap().extend(ids);
        ready(()).boxed()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn version_ids_are_kept_and_a_wrong_one_does_no_harm() {
    let (server, dir) = (S3::locking("COMPLIANCE"), tempfile::tempdir().unwrap());
    let home = Home::new(&dir.path().join("data"), Some(bucket(&server, "a", StoreLock::Any))).unwrap();
    let kept = Arc::new(Kept::default());
    let open = async || {
        let storage = archive::storage(&home.paths).unwrap();
        storage.keep_version_ids_in(Arc::clone(&kept) as _);
        home.open_over(storage).await.unwrap()
    };
    home.deposit(&open().await, 1, 1).await.unwrap();
    let sealed = kept.0.lock().unwrap().clone();
    assert_eq!(sealed.len(), 2 + 3, "content, version inventory, sidecar, declaration: {sealed:?}");
    let content = sealed.keys().filter(|key| key.contains("/content/"));
    let content: Vec<String> = content.map(|key| format!("a/{key}")).collect();
    for key in &content {
        assert_eq!(server.versions(key), [sealed[key.strip_prefix("a/").unwrap()].clone()]);
        server.overwrite(key, "something else");
    }
    assert!(home.read(&open().await, 1, 1).await.unwrap() == Home::original(1));
    assert_eq!(*kept.0.lock().unwrap(), sealed, "read by what was kept");
    // Of another bucket, or gone.
    let wrong = server.versions("a/log/origin").remove(0);
    kept.0.lock().unwrap().values_mut().for_each(|version| *version = wrong.clone());
    assert!(home.read(&open().await, 1, 1).await.unwrap() == Home::original(1));
    for key in &content {
        assert_eq!(server.versions(key).len(), 2);
    }
    let again = kept.0.lock().unwrap().clone();
    assert!(sealed.iter().any(|(key, version)| again[key] == *version), "put right by the reading");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_locks_nothing_is_used_only_when_that_is_wanted() {
    let (server, dir) = (S3::start(), tempfile::tempdir().unwrap());
    let open = async |part: &str, lock| {
        let home = Home::new(&dir.path().join(part), Some(bucket(&server, part, lock))).unwrap();
        let archive = home.open(None).await?;
        home.deposit(&archive, 1, 1).await?;
        assert!(home.check().await.is_ok());
        assert_eq!(archive.renew_locks(Home::object(1), Utc::now()).await?, Renewed::default());
        Ok::<_, Error>(archive)
    };
    for lock in [StoreLock::Any, StoreLock::Mode(LockMode::Governance)] {
        assert!(matches!(open("refused", lock).await, Err(Error::Bucket(_))));
    }
    assert_eq!(server.keys("refused"), Vec::<String>::new(), "nothing is written first");
    let taken = open("taken", StoreLock::None).await.unwrap();
    let honours = taken.honours().unwrap();
    assert_eq!((honours.default_lock, honours.refuses_deletion, honours.legal_hold), (None, false, false));
    assert_eq!(taken.set_legal_hold(Home::object(1), true).await.unwrap(), 0);
}
