//! The way of a deposit: in, sealed, out again, and what interrupts it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::io::{Read, Seek, SeekFrom, Write};

use archive::{Archive, Digest, Error, check_receipt};
use common::{GROUP, Home, noon, object, photo, stage, stage_correction};
use futures_util::{StreamExt, TryStreamExt};

#[tokio::test]
async fn what_was_sealed_comes_back_byte_for_byte_and_has_a_receipt() {
    let home = Home::new();
    let archive = home.create().await;
    let staged = stage(&archive, 1).await.unwrap();
    assert_eq!(staged.files[0].plain, Digest::of(photo(1)));
    assert_eq!(staged.files[0].plain_crc32, crc32fast::hash(&photo(1)));
    let sealed = archive.seal(&staged).await.unwrap();

    let content = archive.open(GROUP, object(1), 1, "original.age").await.unwrap();
    assert_eq!(content.size_bytes(), 200_000);
    assert_eq!(content.read_all(200_000).await.unwrap(), photo(1));
    let receipt = check_receipt(&archive.verifier_key(), &sealed.receipt).unwrap();
    assert_eq!((receipt.leaf.object, receipt.leaf.version, receipt.leaf.index), (object(1), 1, sealed.leaf));
    let description = archive.describe(object(1)).await.unwrap();
    assert_eq!(description.inventory, receipt.leaf.inventory);
    assert_eq!(description.versions[0].class.as_str(), "book_entry");
    assert_eq!(description.versions[0].created, noon());
}

#[tokio::test]
async fn sealing_again_gives_the_same_leaf_and_writes_nothing_twice() {
    let home = Home::new();
    let archive = home.create().await;
    let staged = stage(&archive, 1).await.unwrap();
    let first = archive.seal(&staged).await.unwrap();
    let again = archive.seal(&staged).await.unwrap();
    assert_eq!((first.leaf, first.inventory), (again.leaf, again.inventory));
    drop(archive);
    let later = home.attach().await.seal(&staged).await.unwrap();
    assert_eq!(first.leaf, later.leaf);
    assert_eq!(home.attach().await.log_size().await.unwrap(), 1);
}

#[tokio::test]
async fn a_correction_is_a_new_version_and_the_old_one_stays_readable() {
    let home = Home::new();
    let archive = home.create().await;
    let first = stage(&archive, 1).await.unwrap();
    archive.seal(&first).await.unwrap();
    let second = stage_correction(&archive, 1, 2).await.unwrap();
    archive.seal(&second).await.unwrap();
    let read = async |version, name| {
        archive.open(GROUP, object(1), version, name).await.unwrap().read_all(1 << 20).await.unwrap()
    };
    assert_eq!(read(1, "media.json.age").await, b"{\"number\":1,\"version\":1}");
    assert_eq!(read(2, "media.json.age").await, b"{\"number\":1,\"version\":2}");
    assert_eq!(read(2, "original.age").await, photo(1));
    // A late replay of the first version neither fails nor undoes the second.
    archive.seal(&first).await.unwrap();
    assert_eq!(archive.describe(object(1)).await.unwrap().versions.len(), 2);
    let leaves: Vec<_> = archive.leaves(0).try_collect().await.unwrap();
    assert_eq!(leaves.iter().map(|leaf| leaf.version).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn a_version_without_the_one_before_it_is_not_sealed() {
    let home = Home::new();
    let archive = home.create().await;
    assert!(matches!(stage_correction(&archive, 1, 2).await, Err(Error::KeyDestroyed)));
    let first = stage(&archive, 1).await.unwrap();
    let second = stage_correction(&archive, 1, 2).await.unwrap();
    assert!(matches!(archive.seal(&second).await, Err(Error::OutOfOrder { version: 2 })));
    archive.seal(&first).await.unwrap();
    archive.seal(&second).await.unwrap();
}

#[tokio::test]
async fn other_content_under_the_same_version_is_an_alarm_and_changes_nothing() {
    let home = Home::new();
    let archive = home.create().await;
    let staged = stage(&archive, 1).await.unwrap();
    archive.seal(&staged).await.unwrap();
    let other = stage(&archive, 1).await.unwrap();
    assert!(matches!(archive.seal(&other).await, Err(Error::Alarm { .. })));
    let content = archive.open(GROUP, object(1), 1, "original.age").await.unwrap();
    assert_eq!(content.read_all(1 << 20).await.unwrap(), photo(1));
    assert_eq!(archive.log_size().await.unwrap(), 1);
}

#[tokio::test]
async fn an_interrupted_upload_leaves_nothing() {
    let home = Home::new();
    let archive = home.create().await;
    let staging = archive.stage(object(1), GROUP, 1, "book_entry".parse().unwrap(), noon()).await.unwrap();
    let mut original = staging.file("original.age").unwrap();
    original.write_all(&photo(1)).unwrap();
    drop(original);
    drop(staging);
    assert_eq!(std::fs::read_dir(home.paths.staging()).unwrap().count(), 0);
    assert_eq!(archive.keys().list().count().await, 0);

    let staged = stage(&archive, 2).await.unwrap();
    archive.discard(&staged).await.unwrap();
    assert_eq!(std::fs::read_dir(home.paths.staging()).unwrap().count(), 0);
    assert_eq!(archive.keys().list().count().await, 0);
}

#[tokio::test]
async fn a_staged_file_can_be_examined_before_it_is_sealed_and_lies_encrypted_on_the_disk() {
    let home = Home::new();
    let archive = home.create().await;
    let staging = archive.stage(object(1), GROUP, 1, "book_entry".parse().unwrap(), noon()).await.unwrap();
    staging.write("original.age", photo(1)).await.unwrap();
    let mut reader = staging.reopen("original.age").unwrap();
    let mut tail = Vec::new();
    reader.seek(SeekFrom::End(-10)).unwrap();
    reader.read_to_end(&mut tail).unwrap();
    assert_eq!(tail, photo(1)[199_990..]);
    assert!(staging.reopen("media.json.age").is_err());
    let staged = staging.finish().await.unwrap();
    let stored = std::fs::read(home.paths.staging().join(format!("{GROUP}.{}.1/0", object(1)))).unwrap();
    assert!(stored.starts_with(b"age-encryption.org/v1\n"));
    assert_eq!(Digest::of(stored), staged.files[0].stored);
}

#[tokio::test]
async fn any_range_can_be_read_also_at_the_borders_of_chunks() {
    let home = Home::new();
    let archive = home.create().await;
    archive.seal(&stage(&archive, 1).await.unwrap()).await.unwrap();
    for range in
        [0..1, 65_535..65_537, 65_536..131_072, 131_072..131_073, 199_999..200_000, 199_990..900_000, 0..0]
    {
        let content = archive.open(GROUP, object(1), 1, "original.age").await.unwrap();
        let blocks: Vec<_> = content.stream(range.clone()).try_collect().await.unwrap();
        let end = (range.end as usize).min(200_000);
        assert_eq!(blocks.concat(), photo(1)[range.start as usize..end], "{range:?}");
    }
    let beyond = archive.open(GROUP, object(1), 1, "original.age").await.unwrap().stream(300_000..400_000);
    assert_eq!(beyond.count().await, 0);
}

#[tokio::test]
async fn tampered_content_is_an_alarm_and_never_handed_out() {
    let home = Home::new();
    let archive = home.create().await;
    let staged = stage(&archive, 1).await.unwrap();
    archive.seal(&staged).await.unwrap();
    let content = home.paths.root().join(object(1).directory()).join("v1/content");
    let path = content.join(staged.files[0].stored.to_string());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100_000] ^= 1;
    std::fs::File::create(&path).unwrap().write_all(&bytes).unwrap();
    let opened = archive.open(GROUP, object(1), 1, "original.age").await.unwrap();
    let blocks: Vec<_> = opened.stream(0..200_000).collect().await;
    assert!(blocks.iter().all(|block| matches!(block, Err(Error::Alarm { .. }))));
}

#[tokio::test]
async fn several_seal_at_once_and_each_has_its_own_leaf() {
    let home = Home::new();
    let archive = home.create().await;
    let mut sealing = tokio::task::JoinSet::new();
    for number in 0..300 {
        let archive = archive.clone();
        sealing.spawn(async move {
            let staged = stage_small(&archive, number).await;
            let sealed = archive.seal(&staged).await.unwrap();
            let receipt = check_receipt(&archive.verifier_key(), &sealed.receipt).unwrap();
            assert_eq!((receipt.leaf.object, receipt.leaf.index), (object(number), sealed.leaf));
            sealed.leaf
        });
    }
    let mut leaves = sealing.join_all().await;
    leaves.sort();
    assert_eq!(leaves, (0..300).collect::<Vec<_>>());
    let again = home.attach().await;
    for leaf in [0, 255, 256, 299] {
        let receipt = check_receipt(&again.verifier_key(), &again.receipt(leaf).await.unwrap()).unwrap();
        assert_eq!((receipt.leaf.index, receipt.tree_size), (leaf, 300));
    }
    assert_eq!(again.leaves(250).count().await, 50);
    assert!(!home.paths.log().join("tile/0/000.p").exists(), "superseded partial tiles are gone");
}

async fn stage_small(archive: &Archive, number: u128) -> archive::Staged {
    let class = "audit_event".parse().unwrap();
    let staging = archive.stage(object(number), GROUP, 1, class, noon()).await.unwrap();
    staging.write("audit.json.age", "{}").await.unwrap();
    staging.finish().await.unwrap()
}

#[tokio::test]
async fn two_processes_share_one_log() {
    let home = Home::new();
    let (one, two) = (home.create().await, home.attach().await);
    for number in 0..6 {
        let archive = if number % 2 == 0 { &one } else { &two };
        let sealed = archive.seal(&stage_small(archive, number).await).await.unwrap();
        assert_eq!(sealed.leaf, number as u64);
    }
    assert_eq!(one.log_size().await.unwrap(), 6);
}

#[tokio::test]
async fn a_log_that_lost_leaves_while_it_was_open_is_an_alarm() {
    let home = Home::new();
    let archive = home.create().await;
    let old = std::fs::read(home.paths.log().join("checkpoint")).unwrap();
    archive.seal(&stage_small(&archive, 1).await).await.unwrap();
    std::fs::File::create(home.paths.log().join("checkpoint")).unwrap().write_all(&old).unwrap();
    let staged = stage_small(&archive, 2).await;
    assert!(matches!(archive.seal(&staged).await, Err(Error::Alarm { .. })));
}

#[tokio::test]
async fn an_archive_does_not_open_with_other_secrets() {
    let (home, other) = (Home::new(), Home::new());
    home.create().await;
    let opened = Archive::attach(&home.paths, other.secrets.clone()).await;
    assert!(matches!(opened, Err(Error::WrongSecrets)));
    let empty = Archive::attach(&other.paths, other.secrets.clone()).await;
    assert!(matches!(empty, Err(Error::Alarm { .. })));
    std::fs::remove_dir_all(other.paths.data()).unwrap();
    let missing = Archive::attach(&other.paths, other.secrets.clone()).await;
    assert!(matches!(missing, Err(Error::NotFound)));
}

#[tokio::test]
async fn nothing_is_sealed_where_the_storage_root_went_away() {
    let home = Home::new();
    let archive = home.create().await;
    archive.seal(&stage(&archive, 1).await.unwrap()).await.unwrap();
    let staged = stage(&archive, 2).await.unwrap();
    let away = home.dir.path().join("unmounted");
    std::fs::rename(home.paths.root(), &away).unwrap();
    std::fs::create_dir(home.paths.root()).unwrap();
    let refused = archive.seal(&staged).await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    assert_eq!(std::fs::read_dir(home.paths.root()).unwrap().count(), 0, "nothing was put in its place");
    std::fs::remove_dir(home.paths.root()).unwrap();
    std::fs::rename(&away, home.paths.root()).unwrap();
    archive.seal(&staged).await.unwrap();
    assert_eq!(archive.log_size().await.unwrap(), 2);
}
