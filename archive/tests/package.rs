//! A package: opened by other people's tools, the same from any byte on, and loud where something is not as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use archive::package::{Broken, Draft, Package, SealedFile};
use archive::{Archive, Digest, Error};
use bytes::Bytes;
use common::{GROUP, Home, files_under, home_with_deposits, noon, object, photo};
use futures_util::{StreamExt, TryStreamExt};
use proptest::strategy::{Strategy, ValueTree};
use tempfile::TempDir;

const LARGE: u64 = 5_000_000_000;
const EDGE: u64 = 1 << 32;

fn original(number: u128) -> SealedFile {
    let bytes = photo(number);
    SealedFile {
        group: GROUP,
        object: object(number),
        version: 1,
        name: "original.age".into(),
        sha256: Digest::of(&bytes),
        crc32: crc32fast::hash(&bytes),
        size_bytes: bytes.len() as u64,
    }
}

fn begin(home: &Home, archive: &Archive) -> Draft {
    Draft::begin(archive, &home.dir.path().join("scratch"), "livsbog", noon()).unwrap()
}

fn small(home: &Home, archive: &Archive) -> Package {
    let mut draft = begin(home, archive);
    draft.info("Source-Organization", "Egebæk\nKommune");
    draft.put("index.html", "<title>Én side</title>").unwrap();
    draft.put("verify.sh", "#!/bin/sh\n").unwrap();
    draft.put("data/empty.txt", "").unwrap();
    for number in 1..=3 {
        draft.add(&format!("data/originaler/{number}.bin"), original(number)).unwrap();
    }
    let long = "lang ".repeat(100_000);
    draft.write("data/long.txt", |out| out.write_all(long.as_bytes())).unwrap();
    draft.finish().unwrap()
}

async fn bytes_of(package: &Package, range: std::ops::Range<u64>) -> Result<Vec<u8>, Broken> {
    let blocks: Vec<Bytes> = package.stream(range).try_collect().await?;
    Ok(blocks.concat())
}

async fn all(package: &Package) -> Vec<u8> {
    bytes_of(package, 0..u64::MAX).await.unwrap()
}

fn asked(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn other_peoples_tools_open_it_and_its_manifests_are_true() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let package = small(&home, &archive);
    let zip = all(&package).await;
    assert_eq!(zip.len() as u64, package.size_bytes());
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("p.zip"), &zip).unwrap();
    asked("unzip", &["-tq", "p.zip"], folder.path());
    let python = "import zipfile; z = zipfile.ZipFile('p.zip'); assert z.testzip() is None; z.extractall()";
    asked("python3", &["-c", python], folder.path());
    let bag = folder.path().join("livsbog");
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        asked("sha256sum", &["--strict", "-c", manifest], &bag);
    }
    let info = std::fs::read_to_string(bag.join("bag-info.txt")).unwrap();
    assert!(info.contains("Source-Organization: Egebæk Kommune\n"), "one line each: {info}");
    assert!(info.contains("Payload-Oxum: 1100000.5\n"), "{info}");
    assert_eq!(std::fs::read(bag.join("data/originaler/2.bin")).unwrap(), photo(2));
    assert_eq!(files_under(&bag).len(), package.files());
    // Nothing of the package's own files lies readable in the scratch folder, and no name is left.
    assert!(files_under(&home.dir.path().join("scratch")).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_draft_gives_the_same_bytes_from_any_byte_on() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let (package, again) = (small(&home, &archive), small(&home, &archive));
    let whole = all(&package).await;
    assert!(whole == all(&again).await && package.fingerprint() == again.fingerprint());
    let mut other = begin(&home, &archive);
    other.put("index.html", "another").unwrap();
    assert_ne!(other.finish().unwrap().fingerprint(), package.fingerprint());

    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let places = (0..whole.len(), 1..400_000_usize);
    for _ in 0..60 {
        let (from, length) = places.new_tree(&mut runner).unwrap().current();
        let to = (from + length).min(whole.len());
        let part = bytes_of(&again, from as u64..to as u64).await.unwrap();
        assert!(part == whole[from..to], "{from}..{to}");
    }
    assert!(bytes_of(&package, whole.len() as u64..u64::MAX).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_damaged_or_gone_breaks_it_off_and_is_named() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let package = small(&home, &archive);
    assert!(package.check().await.unwrap().is_empty());
    let (second, third) = (stored(&home, &archive, 2).await, stored(&home, &archive, 3).await);
    let mut bytes = std::fs::read(&second).unwrap();
    bytes[150_000] ^= 1;
    std::fs::remove_file(&second).unwrap();
    std::fs::write(&second, bytes).unwrap();
    std::fs::remove_file(third).unwrap();

    let broken = bytes_of(&package, 0..u64::MAX).await.unwrap_err();
    assert_eq!((broken.object, broken.name.as_str()), (Some(object(2)), "original.age"));
    let found = package.check().await.unwrap();
    assert_eq!(
        found.iter().map(|broken| broken.object).collect::<Vec<_>>(),
        [Some(object(2)), Some(object(3))]
    );
    assert!(found.iter().all(|broken| matches!(broken.cause, Error::Alarm { .. })), "{found:?}");
}

/// Where an original's stored bytes lie.
async fn stored(home: &Home, archive: &Archive, number: u128) -> PathBuf {
    let description = archive.describe(object(number)).await.unwrap();
    let original = description.versions[0].files.iter().find(|file| file.name == "original.age").unwrap();
    let content = home.paths.data().join("archive").join(object(number).directory()).join("v1/content");
    content.join(original.stored.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_noted_wrongly_at_intake_is_told_at_the_end_of_the_file() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    for wrong in [
        SealedFile { sha256: Digest::of("something else"), ..original(1) },
        SealedFile { crc32: 7, ..original(1) },
        SealedFile { size_bytes: 199_999, ..original(1) },
        SealedFile { name: "other.age".into(), ..original(1) },
    ] {
        let mut draft = begin(&home, &archive);
        draft.add("data/1.bin", wrong).unwrap();
        let package = draft.finish().unwrap();
        assert!(bytes_of(&package, 0..u64::MAX).await.is_err());
        assert_eq!(package.check().await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_leaves_nothing_running() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    for blocks in 0..4 {
        let package = small(&home, &archive);
        let mut stream = package.stream(0..u64::MAX).boxed();
        for _ in 0..blocks {
            stream.next().await.unwrap().unwrap();
        }
        drop(stream);
        assert!(!all(&package).await.is_empty(), "and whoever comes next gets it all");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn large_figures_stand_in_the_fields_of_zip64() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let mut draft = begin(&home, &archive);
    draft.add("data/large.bin", SealedFile { size_bytes: LARGE, ..original(1) }).unwrap();
    // Just too long for 32 bits, and just not.
    draft.add("data/edge.bin", SealedFile { size_bytes: EDGE, ..original(1) }).unwrap();
    draft.add("data/below.bin", SealedFile { size_bytes: EDGE - 2, ..original(1) }).unwrap();
    for number in 0..70_000 {
        draft.put(&format!("data/{number}.txt"), "").unwrap();
    }
    let package = draft.finish().unwrap();
    let made = sparse(&package, LARGE + 2 * EDGE - 2).await;
    let python = "import zipfile; z = zipfile.ZipFile('p.zip'); i = z.infolist(); \
        print(len(i), [x.file_size for x in i[:3]], i[5].filename, z.read(i[-1])[:9], z.read('livsbog/bagit.txt')[:5], \
        [z.open(x).read(1) for x in i[:3]])";
    let told = asked("python3", &["-c", python], made.path());
    assert!(told.starts_with("70007 [5000000000, 4294967296, 4294967294] livsbog/data/2.txt"), "{told}");
    assert!(told.contains("b'BagIt'"), "{told}");
    let listed = asked("unzip", &["-Z", "-h", "p.zip"], made.path());
    assert!(listed.contains("70007"), "{listed}");
}

/// The package with nothing but a hole where its three large files are, which end after some more than `large`.
async fn sparse(package: &Package, large: u64) -> TempDir {
    use std::os::unix::fs::FileExt;
    let folder = TempDir::new().unwrap();
    let file = std::fs::File::create(folder.path().join("p.zip")).unwrap();
    // Each header is read by itself: up to the first byte of content, which breaks off as it is not there in that length.
    let mut starts = vec![0];
    for size in [LARGE, EDGE, EDGE - 2] {
        let at: u64 = *starts.last().unwrap();
        let name = ["large", "edge", "below"][starts.len() - 1];
        let header = 30 + format!("livsbog/data/{name}.bin").len() as u64 + if size >= EDGE { 20 } else { 0 };
        file.write_all_at(&bytes_of(package, at..at + header).await.unwrap(), at).unwrap();
        starts.push(at + header + size);
    }
    let rest = *starts.last().unwrap();
    assert!(rest > large);
    let mut at = rest;
    let mut blocks = package.stream(rest..u64::MAX).boxed();
    while let Some(block) = blocks.next().await {
        let block = block.unwrap();
        file.write_all_at(&block, at).unwrap();
        at += block.len() as u64;
    }
    assert_eq!(at, package.size_bytes());
    folder
}

#[tokio::test]
async fn names_that_some_system_has_not_or_that_lead_elsewhere_are_refused() {
    let home = home_with_deposits().await;
    let archive = home.attach().await;
    let mut draft = begin(&home, &archive);
    draft.put("data/a.txt", "").unwrap();
    let long = "x".repeat(181);
    for bad in
        ["data/A.txt", "../x", "/x", "data//x", "data/.x", "data/x.", "data/æ", "a b", "a\nb", "", &long]
    {
        assert!(matches!(draft.put(bad, ""), Err(Error::Invalid(_))), "{bad:?}");
    }
    assert!(Draft::begin(&archive, home.dir.path(), "../up", noon()).is_err());
}
