//! Replicas and repair: a replica is an archive of its own, damage is brought back from it, and nothing good is ever
//! written over. `DAMAGES` (300) is how often something is damaged, `SEED` chooses what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use archive::testing::{Fault, Faults};
use archive::{
    Archive, ArchivePaths, Checkpoint, Code, Cosigned, Extent, Mode, Objects, Replica, Replication, Side,
    Stamp, Stamped, repair, replicate, verify,
};
use common::{Home, files_under, object, stage, stage_correction};
use object_store::local::LocalFileSystem;

/// A home with a few objects, some with several versions, and a place for a replica beside it.
struct Pair {
    home: Home,
    archive: Archive,
    copy: PathBuf,
}

impl Pair {
    async fn new() -> Self {
        let home = Home::new();
        let archive = home.create().await;
        for number in 1..=5 {
            archive.seal(&stage(&archive, number).await.unwrap()).await.unwrap();
        }
        for (number, version) in [(2, 2), (4, 2), (2, 3)] {
            archive.seal(&stage_correction(&archive, number, version).await.unwrap()).await.unwrap();
        }
        let copy = home.dir.path().join("replica");
        fs::create_dir(&copy).unwrap();
        Self { home, archive, copy }
    }

    async fn replicated() -> Self {
        let pair = Self::new().await;
        assert_eq!(pair.replicate(Extent::New).await.differences, []);
        pair
    }

    fn replica(&self) -> Replica {
        Replica::on_disk(&self.copy).unwrap()
    }

    async fn replicate(&self, extent: Extent) -> Replication {
        replicate(&self.home.paths, &self.replica(), extent).await.unwrap()
    }

    async fn seal(&self, number: u128) {
        self.archive.seal(&stage(&self.archive, number).await.unwrap()).await.unwrap();
    }

    async fn correct(&self, number: u128, version: u32) {
        let staged = stage_correction(&self.archive, number, version).await.unwrap();
        self.archive.seal(&staged).await.unwrap();
    }

    fn copy_paths(&self) -> ArchivePaths {
        ArchivePaths::in_data_dir(&self.copy)
    }

    #[track_caller]
    fn both_are_whole(&self) {
        for paths in [&self.home.paths, &self.copy_paths()] {
            assert_eq!(verify(paths, Mode::Full).unwrap().findings, [], "{}", paths.data().display());
        }
        assert_eq!(contents(&self.home.paths.root()), contents(&self.copy_paths().root()));
    }

    async fn repair_all(&self) {
        let report = repair(&self.home.paths, &self.replica(), false).await.unwrap();
        assert!(report.is_whole(), "{report:#?}");
        assert_eq!(verify(&self.home.paths, Mode::Full).unwrap().findings, []);
    }
}

#[tokio::test]
async fn a_long_file_goes_in_pieces_and_not_at_all_when_its_last_byte_is_wrong() {
    let pair = Pair::replicated().await;
    let staging =
        pair.archive.stage(object(9), common::GROUP, 1, "book_entry".parse().unwrap(), common::noon());
    let staging = staging.await.unwrap();
    let mut film = staging.file("original.age").unwrap();
    (0..300_u32).for_each(|n| film.write_all(&[n as u8; 70_000]).unwrap());
    film.finish().unwrap();
    staging.write("media.json.age", "{}").await.unwrap();
    pair.archive.seal(&staging.finish().await.unwrap()).await.unwrap();
    let long = content_of(&pair.home.paths, 9);
    let last = fs::metadata(&long).unwrap().len() as usize - 1;
    assert!(last > 20_000_000);
    flip(&long, last);
    assert_eq!(pair.replicate(Extent::New).await.differences.len(), 1);
    let directory = pair.copy_paths().root().join(object(9).directory()).join("v1/content");
    assert_eq!(files_under(&directory).len(), 1, "only the other file is there, and no piece of this one");
    flip(&long, last);
    assert!(pair.replicate(Extent::New).await.is_complete());
    flip(&long, last);
    pair.repair_all().await;
    pair.both_are_whole();
}

/// Every file under `directory` with its bytes.
fn contents(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files_under(directory)
        .into_iter()
        .map(|path| (path.strip_prefix(directory).unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

#[tokio::test]
async fn a_replica_is_an_archive_of_its_own_and_a_second_run_copies_nothing() {
    let pair = Pair::new().await;
    let first = pair.replicate(Extent::New).await;
    assert_eq!((first.log_size, first.versions_compared, first.versions_not_compared), (8, 8, 0));
    pair.both_are_whole();
    assert!(!pair.copy.join("keys").exists(), "keys are no part of a replica");
    for (extent, compared) in [(Extent::New, 0), (Extent::Full, 8)] {
        let again = pair.replicate(extent).await;
        assert!(again.is_complete());
        assert_eq!((again.files_copied, again.versions_compared), (0, compared), "{extent:?}");
    }
}

#[tokio::test]
async fn what_is_new_follows_across_the_border_of_a_log_tile() {
    let pair = Pair::replicated().await;
    let mut seen = vec![pair.archive.checkpoint().await.unwrap()];
    for number in 100..350 {
        pair.seal(number).await;
        seen.push(pair.archive.checkpoint().await.unwrap());
        if number % 60 == 0 {
            let report = pair.replicate(Extent::New).await;
            assert!(
                report.is_complete() && report.versions_compared == 60.min(u64::from(number as u32) - 99),
                "{report:?}"
            );
        }
    }
    pair.correct(2, 4).await;
    let report = pair.replicate(Extent::New).await;
    assert_eq!((report.log_size, report.versions_compared), (259, 50));
    witnesses_may_follow(&pair.archive, &seen).await;
    pair.both_are_whole();
    let partials: Vec<_> = files_under(&pair.copy.join("log/tile"))
        .into_iter()
        .filter(|path| path.to_str().unwrap().contains("000.p"))
        .collect();
    assert_eq!(partials.len(), 1, "only the upper level is not full: {partials:?}");
    assert!(pair.replicate(Extent::Full).await.is_complete());
}

/// Whatever state of the log a witness has seen, the proof from there to the newest one fits.
async fn witnesses_may_follow(archive: &Archive, seen: &[Checkpoint]) {
    let (key, newest) = (archive.verifier_key(), archive.checkpoint().await.unwrap());
    for earlier in seen {
        let submission = archive.submission(earlier.size, &newest.note).await.unwrap();
        assert_eq!(submission.check(&key, Some(&earlier.note)), Ok(newest.size), "from {}", earlier.size);
        let back = archive.submission(newest.size, &earlier.note).await;
        assert!(matches!(back, Err(archive::Error::NotFound)), "nothing leads back");
    }
}

#[tokio::test]
async fn a_damaged_file_of_the_archive_is_named_and_neither_copied_nor_vouched_for() {
    let pair = Pair::replicated().await;
    pair.seal(9).await;
    pair.seal(10).await;
    let damaged = content_of(&pair.home.paths, 9);
    let intact = fs::read(&damaged).unwrap();
    flip(&damaged, 70_000);
    let report = pair.replicate(Extent::New).await;
    let [difference] = &report.differences[..] else { panic!("{report:?}") };
    assert_eq!((difference.side, difference.finding.code), (Side::Archive, Code::ContentChanged));
    assert_eq!(difference.finding.object, Some(object(9)));
    assert!(!report.is_complete());
    let copied = pair.copy_paths().root().join(damaged.strip_prefix(pair.home.paths.root()).unwrap());
    assert!(!copied.exists());
    // The others are there, and the replica's checkpoint does not claim what it lacks.
    assert!(content_of(&pair.copy_paths(), 10).exists());
    fs::write(&damaged, intact).unwrap();
    assert!(pair.replicate(Extent::New).await.is_complete());
    pair.both_are_whole();
}

#[tokio::test]
async fn damage_at_the_replica_is_named_and_never_written_over() {
    let pair = Pair::replicated().await;
    let root = pair.copy_paths().root();
    let before = contents(&pair.home.paths.root());
    for path in files_under(&root) {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let intact = fs::read(&path).unwrap();
        flip(&path, intact.len() / 2);
        let hurt = fs::read(&path).unwrap();
        let report = pair.replicate(Extent::Full).await;
        if [".txt", ".md", ".sh"].iter().any(|guide| name.ends_with(guide)) {
            // The guides come from the program and are renewed.
            assert_eq!(fs::read(&path).unwrap(), intact, "{name}");
            continue;
        }
        let named = report.differences.iter().any(|d| d.side == Side::Replica && d.finding.path == name);
        assert!(named, "{name}: {report:?}");
        assert_eq!(fs::read(&path).unwrap(), hurt, "{name}");
        assert_eq!(contents(&pair.home.paths.root()), before, "{name}");
        fs::write(&path, intact).unwrap();
    }
    pair.both_are_whole();
}

#[tokio::test]
async fn what_the_replica_lost_comes_again_and_its_older_state_is_led_on() {
    let pair = Pair::replicated().await;
    for path in files_under(&pair.copy_paths().root()) {
        fs::remove_file(&path).unwrap();
        let report = pair.replicate(Extent::Full).await;
        assert!(report.is_complete(), "{}: {report:?}", path.display());
        pair.both_are_whole();
    }
    let directory = pair.copy_paths().root().join(object(2).directory());
    for name in ["inventory.json", "inventory.json.sha256"] {
        fs::copy(directory.join("v1").join(name), directory.join(name)).unwrap();
    }
    assert!(pair.replicate(Extent::Full).await.is_complete());
    pair.both_are_whole();
}

#[tokio::test]
async fn a_replica_can_be_repaired_from_its_archive_the_same_way() {
    let pair = Pair::replicated().await;
    flip(&content_of(&pair.copy_paths(), 3), 5);
    let archive = Replica::on_disk(pair.home.paths.data()).unwrap();
    assert!(repair(&pair.copy_paths(), &archive, false).await.unwrap().is_whole());
    pair.both_are_whole();
}

#[tokio::test]
async fn another_archives_replica_is_not_touched() {
    let (pair, other) = (Pair::replicated().await, Pair::new().await);
    let before = contents(&pair.copy);
    let report = replicate(&other.home.paths, &pair.replica(), Extent::Full).await.unwrap();
    assert_eq!(report.differences[0].finding.code, Code::ReplicaForeign);
    assert_eq!(contents(&pair.copy), before);
    let report = repair(&other.home.paths, &pair.replica(), false).await.unwrap();
    assert_eq!(report.differences[0].finding.code, Code::ReplicaForeign);
    assert!(other.replicate(Extent::New).await.is_complete());
    assert!(
        replicate(&pair.home.paths, &Replica::on_disk(pair.home.paths.data()).unwrap(), Extent::New)
            .await
            .is_err(),
        "an archive is no replica of itself"
    );
}

#[tokio::test]
async fn an_archive_put_back_in_time_is_known_by_its_replica_and_led_on_by_repair() {
    let pair = Pair::new().await;
    let old = pair.home.dir.path().join("old");
    for part in ["archive", "log"] {
        copy_tree(&pair.home.paths.data().join(part), &old.join(part));
    }
    pair.seal(8).await;
    pair.correct(2, 4).await;
    assert!(pair.replicate(Extent::New).await.is_complete());
    for part in ["archive", "log"] {
        fs::remove_dir_all(pair.home.paths.data().join(part)).unwrap();
        copy_tree(&old.join(part), &pair.home.paths.data().join(part));
    }
    assert_eq!(
        verify(&pair.home.paths, Mode::Full).unwrap().findings,
        [],
        "by itself the old state is whole"
    );
    let before = contents(&pair.copy);
    let report = pair.replicate(Extent::Full).await;
    assert_eq!(report.differences[0].finding.code, Code::ReplicaAhead);
    assert_eq!(contents(&pair.copy), before, "an older archive writes nothing over a newer replica");
    pair.repair_all().await;
    pair.both_are_whole();
    assert_eq!(pair.home.attach().await.log_size().await.unwrap(), 10);
}

#[tokio::test]
async fn two_histories_under_one_key_are_left_for_a_person() {
    let pair = Pair::new().await;
    let old = pair.home.dir.path().join("old");
    copy_tree(pair.home.paths.data(), &old);
    pair.seal(8).await;
    assert!(pair.replicate(Extent::New).await.is_complete());
    let other = ArchivePaths::in_data_dir(&old);
    fs::create_dir(other.staging()).unwrap();
    fs::create_dir(other.set_aside()).unwrap();
    let archive = Archive::attach(&other, pair.home.secrets.clone()).await.unwrap();
    archive.seal(&stage(&archive, 9).await.unwrap()).await.unwrap();
    archive.seal(&stage(&archive, 10).await.unwrap()).await.unwrap();
    let before = (contents(&pair.copy), contents(&other.root()));
    let copied = replicate(&other, &pair.replica(), Extent::Full).await.unwrap();
    assert_eq!(copied.differences[0].finding.code, Code::ReplicaForked);
    let repaired = repair(&other, &pair.replica(), false).await.unwrap();
    assert_eq!(repaired.differences[0].finding.code, Code::ReplicaForked);
    assert_eq!((contents(&pair.copy), contents(&other.root())), before);
}

#[tokio::test]
async fn everything_comes_back_from_the_replica_alone() {
    let pair = Pair::replicated().await;
    for part in ["archive", "log"] {
        fs::remove_dir_all(pair.home.paths.data().join(part)).unwrap();
    }
    pair.repair_all().await;
    pair.both_are_whole();
    let archive = pair.home.attach().await;
    archive.seal(&stage(&archive, 11).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_dry_run_says_what_it_would_do_and_writes_nothing() {
    let pair = Pair::replicated().await;
    flip(&content_of(&pair.home.paths, 1), 9);
    fs::remove_file(pair.home.paths.root().join(object(4).directory()).join("inventory.json")).unwrap();
    let before = contents(pair.home.paths.data());
    let report = repair(&pair.home.paths, &pair.replica(), true).await.unwrap();
    assert_eq!(report.repaired.len(), 2, "{report:?}");
    assert!(report.is_whole());
    assert_eq!(contents(pair.home.paths.data()), before);
}

#[tokio::test]
async fn where_both_sides_are_damaged_nothing_is_moved_and_it_is_said() {
    let pair = Pair::replicated().await;
    let (here, there) = (content_of(&pair.home.paths, 1), content_of(&pair.copy_paths(), 1));
    flip(&here, 9);
    flip(&there, 100_000);
    flip(&content_of(&pair.home.paths, 3), 1);
    let hurt = [fs::read(&here).unwrap(), fs::read(&there).unwrap()];
    for dry_run in [true, false] {
        let report = repair(&pair.home.paths, &pair.replica(), dry_run).await.unwrap();
        assert!(!report.is_whole());
        assert_eq!(report.repaired.len(), 1, "{report:?}");
        assert_eq!(report.differences.len(), 1, "{report:?}");
        assert_eq!((report.differences[0].side, report.left.len()), (Side::Replica, 1), "{report:?}");
    }
    assert_eq!([fs::read(&here).unwrap(), fs::read(&there).unwrap()], hurt);
}

#[tokio::test]
async fn a_checkpoint_older_than_the_entries_here_is_not_put_back() {
    let pair = Pair::replicated().await;
    pair.seal(8).await;
    flip(&pair.home.paths.log().join("checkpoint"), 60);
    let before = contents(&pair.home.paths.log());
    let report = repair(&pair.home.paths, &pair.replica(), false).await.unwrap();
    assert_eq!(report.differences[0].finding.code, Code::ReplicaBehind);
    assert_eq!(contents(&pair.home.paths.log()), before);
}

#[tokio::test]
async fn a_version_the_replica_has_not_got_yet_is_never_taken_back() {
    let pair = Pair::replicated().await;
    pair.correct(2, 4).await;
    let directory = pair.home.paths.root().join(object(2).directory());
    let newest = fs::read(directory.join("inventory.json")).unwrap();
    flip(&directory.join("v1/inventory.json.sha256"), 3);
    pair.repair_all().await;
    assert_eq!(fs::read(directory.join("inventory.json")).unwrap(), newest);
    // The log's tail is younger than the replica's, and its tile is computed from the entries.
    flip(&pair.home.paths.log().join("tile/0/000.p/9"), 100);
    pair.repair_all().await;
}

#[tokio::test]
async fn a_version_that_the_log_lost_is_never_taken_back_to_an_older_one() {
    let pair = Pair::replicated().await;
    let old = contents(&pair.home.paths.log());
    pair.correct(2, 4).await;
    fs::remove_dir_all(pair.home.paths.log()).unwrap();
    for (name, bytes) in old {
        let path = pair.home.paths.log().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let directory = pair.home.paths.root().join(object(2).directory());
    let newest = fs::read(directory.join("inventory.json")).unwrap();
    flip(&directory.join("v1/inventory.json"), 3);
    let report = repair(&pair.home.paths, &pair.replica(), false).await.unwrap();
    assert_eq!(report.repaired.len(), 1, "{report:?}");
    assert!(!report.is_whole(), "the log does not know the newest version");
    assert_eq!(fs::read(directory.join("inventory.json")).unwrap(), newest);
}

#[tokio::test]
async fn what_a_killed_replication_left_is_swept_and_two_at_a_time_are_refused() {
    let pair = Pair::replicated().await;
    pair.seal(9).await;
    let content = pair.copy_paths().root().join(object(9).directory()).join("v1/content");
    fs::create_dir_all(&content).unwrap();
    let layout = pair.copy_paths().root().join("extensions/0004-hashed-n-tuple-storage-layout");
    for half in [content.join("5f70#1"), layout.join("config.json#1")] {
        fs::write(half, "half").unwrap();
    }
    let lock = fs::File::options().write(true).open(pair.copy.join("log/lock")).unwrap();
    lock.lock().unwrap();
    assert!(replicate(&pair.home.paths, &pair.replica(), Extent::New).await.is_err());
    drop(lock);
    assert!(pair.replicate(Extent::New).await.is_complete());
    pair.both_are_whole();
}

#[tokio::test]
async fn what_cannot_be_read_is_its_own_answer_on_either_side() {
    let pair = Pair::replicated().await;
    pair.seal(9).await;
    for (paths, side, extent) in [
        (pair.copy_paths(), Side::Replica, Extent::Full),
        (pair.home.paths.clone(), Side::Archive, Extent::New),
    ] {
        let path = content_of(&paths, if side == Side::Replica { 3 } else { 9 });
        let intact = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        // A link to itself can be listed and not read, also by the superuser.
        std::os::unix::fs::symlink(&path, &path).unwrap();
        if side == Side::Archive {
            fs::remove_dir_all(pair.copy_paths().root().join(object(9).directory())).unwrap();
        }
        let report = pair.replicate(extent).await;
        let [difference] = &report.differences[..] else { panic!("{report:?}") };
        assert_eq!((difference.side, difference.finding.code), (side, Code::Unreadable));
        fs::remove_file(&path).unwrap();
        fs::write(&path, intact).unwrap();
    }
    assert!(pair.replicate(Extent::New).await.is_complete());
    pair.both_are_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_write_to_the_replica_may_fail_in_either_way_and_the_next_run_goes_on() {
    for fault in [Fault::Lost, Fault::Kept] {
        let mut points = 0;
        loop {
            let pair = Pair::new().await;
            let faults = Faults::new(fault);
            fs::create_dir_all(pair.copy.join("log")).unwrap();
            let disk = LocalFileSystem::new_with_prefix(&pair.copy).unwrap();
            let objects = faults.over(Objects::remote(Arc::new(disk)));
            faults.arm(points);
            let first = replicate(&pair.home.paths, &Replica::in_store(objects.clone()), Extent::New).await;
            let reached = faults.disarm();
            assert_eq!(first.is_err(), reached, "{fault:?} {points}: {first:?}");
            if !reached {
                break;
            }
            let second = replicate(&pair.home.paths, &Replica::in_store(objects), Extent::New).await.unwrap();
            assert!(second.is_complete(), "{fault:?} {points}: {second:?}");
            pair.both_are_whole();
            points += if points < 40 { 1 } else { 7 };
        }
        assert!(points > 55, "only {points} writes");
    }
}

#[tokio::test]
async fn random_damages_are_found_with_the_right_code_and_brought_back() {
    let pair = Pair::replicated().await;
    let damages = std::env::var("DAMAGES").map_or(300, |text| text.parse().unwrap());
    let mut noise = Noise(std::env::var("SEED").map_or(20_261_123, |text| text.parse().unwrap()) | 1);
    let mut kinds = [0; 8];
    for round in 0..damages {
        let kind = round % kinds.len();
        let expected = damage(&pair, kind, &mut noise);
        kinds[kind] += 1;
        let report = verify(&pair.home.paths, Mode::Full).unwrap();
        for (code, path) in &expected {
            let found = report.findings.iter().any(|finding| finding.code == *code && finding.path == *path);
            assert!(found, "round {round}, kind {kind}: no {code:?} {path} in {:#?}", report.findings);
        }
        pair.repair_all().await;
    }
    pair.both_are_whole();
    println!("{damages} damages found and repaired, by kind {kinds:?}");
}

#[tokio::test]
async fn many_damages_at_once_are_brought_back_too() {
    let pair = Pair::replicated().await;
    let mut noise = Noise(77);
    for round in 0..10 {
        for number in 0..12 {
            // The log's head is hurt in some rounds only: without it nothing else can be judged.
            damage(&pair, if number == 7 && round % 3 > 0 { 0 } else { number % 8 }, &mut noise);
        }
        assert!(!verify(&pair.home.paths, Mode::Full).unwrap().is_ok());
        pair.repair_all().await;
        pair.both_are_whole();
    }
}

/// Damages something in one of eight ways; answers what the check must say of it.
fn damage(pair: &Pair, kind: usize, noise: &mut Noise) -> Vec<(Code, String)> {
    let (root, log) = (pair.home.paths.root(), pair.home.paths.log());
    let files: Vec<PathBuf> = files_under(&root);
    let shown = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    let file = files[noise.below(files.len())].clone();
    let name = shown(&file);
    match kind {
        0 => {
            flip(&file, noise.below(fs::metadata(&file).unwrap().len() as usize));
            vec![(changed(&name), name)]
        }
        1 => {
            let bytes = fs::read(&file).unwrap();
            fs::write(&file, &bytes[..noise.below(bytes.len())]).unwrap();
            vec![(changed(&name), name)]
        }
        2 => {
            fs::remove_file(&file).unwrap();
            vec![(missing(&name), name)]
        }
        3 => {
            let content: Vec<_> = files.iter().filter(|path| shown(path).contains("/content/")).collect();
            let one = noise.below(content.len());
            let other = (one + 1 + noise.below(content.len() - 1)) % content.len();
            swap(content[one], content[other]);
            [one, other].map(|number| (Code::ContentChanged, shown(content[number]))).to_vec()
        }
        4 => swap_inventories(&root, noise),
        5 => put_back(&root, noise),
        6 => {
            let names = ["tile/0/000.p/8", "tile/entries/000.p/8"];
            let pick = noise.below(2);
            let path = log.join(names[pick]);
            // In the middle of a leaf: the lengths between them are another kind of damage.
            flip(&path, 40 + noise.below(20));
            let code = [Code::LogTileChanged, Code::LogEntryChanged][pick];
            vec![(code, format!("../log/{}", names[pick]))]
        }
        _ => {
            let name = ["checkpoint", "vkey", "origin"][noise.below(3)];
            if noise.below(2) == 0 {
                fs::remove_file(log.join(name)).unwrap();
                return vec![(Code::LogFileMissing, format!("../log/{name}"))];
            }
            flip(&log.join(name), 2);
            vec![(Code::LogCheckpointChanged, format!("../log/{name}"))]
        }
    }
}

/// Inventory and sidecar of two objects, swapped: each pair fits in itself.
fn swap_inventories(root: &Path, noise: &mut Noise) -> Vec<(Code, String)> {
    let one = noise.below(5);
    let other = (one + 1 + noise.below(4)) % 5;
    let [one, other] = [one, other].map(|number| object(number as u128 + 1).directory());
    for name in ["inventory.json", "inventory.json.sha256", "v1/inventory.json", "v1/inventory.json.sha256"] {
        swap(&root.join(&one).join(name), &root.join(&other).join(name));
    }
    let codes = |directory: String| {
        [
            (Code::InventoryChanged, format!("{directory}/inventory.json")),
            (Code::InventoryChanged, format!("{directory}/v1/inventory.json")),
        ]
    };
    [codes(one), codes(other)].concat()
}

/// An object put back to an older version, whole and valid by itself.
fn put_back(root: &Path, noise: &mut Noise) -> Vec<(Code, String)> {
    let (number, head) = [(2, 3), (4, 2)][noise.below(2)];
    let older = 1 + noise.below(head - 1);
    let name = object(number).directory();
    let directory = root.join(&name);
    for file in ["inventory.json", "inventory.json.sha256"] {
        // A file hurt before may be away.
        let _ = fs::copy(directory.join(format!("v{older}")).join(file), directory.join(file));
    }
    for version in older + 1..=head {
        let _ = fs::remove_dir_all(directory.join(format!("v{version}")));
    }
    vec![
        (Code::InventoryChanged, format!("{name}/inventory.json")),
        (Code::InventoryMissing, format!("{name}/v{head}/inventory.json")),
    ]
}

fn changed(name: &str) -> Code {
    match name {
        name if name.contains("/content/") => Code::ContentChanged,
        name if name.ends_with("inventory.json") => Code::InventoryChanged,
        name if name.ends_with("inventory.json.sha256") => Code::SidecarChanged,
        name if name.ends_with("0=ocfl_object_1.1") => Code::DeclarationChanged,
        _ => Code::RootFileChanged,
    }
}

fn missing(name: &str) -> Code {
    match changed(name) {
        Code::ContentChanged => Code::ContentMissing,
        Code::InventoryChanged => Code::InventoryMissing,
        Code::SidecarChanged => Code::SidecarMissing,
        Code::DeclarationChanged => Code::DeclarationMissing,
        _ => Code::RootFileMissing,
    }
}

/// The longest content file of an object's first version.
fn content_of(paths: &ArchivePaths, number: u128) -> PathBuf {
    let files = files_under(&paths.root().join(object(number).directory()).join("v1/content"));
    files.into_iter().max_by_key(|path| fs::metadata(path).unwrap().len()).unwrap()
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    match bytes.get_mut(at) {
        Some(byte) => *byte ^= 1,
        None => bytes.push(1),
    }
    fs::write(path, bytes).unwrap();
}

fn swap(one: &Path, other: &Path) {
    let (first, second) = (fs::read(one), fs::read(other));
    if let (Ok(first), Ok(second)) = (first, second) {
        fs::write(one, second).unwrap();
        fs::write(other, first).unwrap();
    }
}

fn copy_tree(from: &Path, to: &Path) {
    for (name, bytes) in contents(from) {
        fs::create_dir_all(to.join(&name).parent().unwrap()).unwrap();
        fs::write(to.join(name), bytes).unwrap();
    }
}

/// Numbers that look random and are the same every time.
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

fn stamp(of: Stamped, name: &str, subject: &str) -> Stamp {
    let bytes = |text: &str| format!("{name}: {text}").into();
    let (request, response, authority) = (bytes("asked"), bytes("answered"), bytes("by whom"));
    Stamp { of, name: name.into(), subject: subject.to_owned().into(), request, response, authority }
}

#[tokio::test]
async fn what_others_say_of_the_log_goes_along_and_comes_back() {
    let pair = Pair::replicated().await;
    pair.archive
        .keep_stamp(&stamp(Stamped::Checkpoint, "2026-11-23T100000000Z", "a checkpoint"))
        .await
        .unwrap();
    pair.archive.keep_stamp(&stamp(Stamped::Earlier, "2026-11-23T110000000Z", "a list")).await.unwrap();
    let (key, name, note) = ("1a2b3c4d".into(), "2026-11-23T120000000Z".into(), "a checkpoint".into());
    pair.archive.keep_cosigned(&Cosigned { key, name, note }).await.unwrap();
    assert!(pair.replicate(Extent::New).await.is_complete());
    let directories = [("stamps", 4), ("renewals", 4), ("cosignatures", 1)];
    let [here, there] = [pair.home.paths.log(), pair.copy_paths().log()];
    for (directory, files) in directories {
        assert_eq!(contents(&here.join(directory)), contents(&there.join(directory)));
        assert_eq!(files_under(&there.join(directory)).len(), files);
    }
    pair.both_are_whole();

    let lost = "renewals/2026-11-23T110000000Z/response.tsr";
    fs::rename(there.join(lost), there.join(format!("{lost}#1"))).unwrap();
    assert!(pair.replicate(Extent::New).await.is_complete());
    assert_eq!(
        contents(&here.join("renewals")),
        contents(&there.join("renewals")),
        "half of a file is swept"
    );
    fs::remove_file(here.join(lost)).unwrap();
    assert_eq!(pair.archive.stamps().await.unwrap().len(), 1);
    let report = pair.replicate(Extent::New).await;
    let found = &report.differences[..];
    assert_eq!((found.len(), found[0].side, found[0].finding.code), (1, Side::Archive, Code::LogFileMissing));
    assert_eq!(found[0].finding.path, format!("../log/{lost}"));
    let looked = repair(&pair.home.paths, &pair.replica(), true).await.unwrap();
    assert_eq!((looked.repaired.len(), here.join(lost).exists()), (1, false), "a dry run writes nothing");
    pair.repair_all().await;
    assert_eq!(pair.archive.stamps().await.unwrap().len(), 2);

    let changed = there.join("stamps/2026-11-23T100000000Z/response.tsr");
    flip(&changed, 3);
    assert!(pair.replicate(Extent::New).await.is_complete(), "what is there is not looked at");
    let report = pair.replicate(Extent::Full).await;
    assert_eq!(report.differences[0].finding.code, Code::LogEvidenceDiffers, "{report:?}");
    let report = repair(&pair.home.paths, &pair.replica(), false).await.unwrap();
    assert_eq!((report.repaired.len(), report.differences.len()), (0, 1), "nobody knows which one is good");
    fs::remove_file(&changed).unwrap();
    assert!(pair.replicate(Extent::Full).await.is_complete());
}
