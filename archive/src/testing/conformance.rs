//! What every store must do, whatever it is made of: one set of checks for a disk, a faulty one and real S3 servers.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use uuid::Uuid;

use super::{Fault, Faults};
use crate::archive::{Archive, storage};
use crate::error::Result;
use crate::ids::{GroupId, ObjectId};
use crate::paths::ArchivePaths;
use crate::replica::{Extent, Replica, replicate};
use crate::s3::Bucket;
use crate::seal::Sealed;
use crate::secrets::{Secrets, generate_identity, generate_log_seed};
use crate::staging::Staged;
use crate::store::Storage;
use crate::verify::{Mode, Report, verify};

/// Whose keys the objects have.
pub const GROUP: GroupId = GroupId(Uuid::from_u128(0xa));
/// The log's name.
pub const ORIGIN: &str = "livsbog.example.dk/log";
/// Longer than what goes to a bucket in one piece.
const LONG_BYTES: u32 = 20_000_000;

/// An archive of a test's own, with its secrets.
pub struct Home {
    /// Where it lies.
    pub paths: ArchivePaths,
    /// Its secrets.
    pub secrets: Secrets,
    /// The same as text, a line each: the root identity, the escrow's recipient, the log's seed.
    pub secret_lines: String,
    /// The identity that the escrow holders keep offline.
    pub escrow: String,
}

impl Home {
    /// In the directory `data`, with storage root and log in `bucket` where one is given.
    ///
    /// # Errors
    /// When no secrets can be made.
    pub fn new(data: &Path, bucket: Option<Bucket>) -> Result<Self> {
        std::fs::create_dir_all(data)?;
        let paths = ArchivePaths::in_data_dir(data);
        let paths = bucket.into_iter().fold(paths, ArchivePaths::with_bucket);
        let ((root, _), (escrow, recipient)) = (generate_identity(), generate_identity());
        let seed = generate_log_seed()?;
        let secrets = Secrets::from_text(&root, &recipient, &seed)?;
        let secret_lines = format!("{}\n{recipient}\n{}\n", root.as_str(), seed.as_str());
        Ok(Self { paths, secrets, secret_lines, escrow: escrow.to_string() })
    }

    /// The archive, made where there is none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn open(&self, faults: Option<&Arc<Faults>>) -> Result<Archive> {
        let storage = storage(&self.paths)?;
        self.open_over(faults.map_or_else(|| storage.clone(), |faults| faults.over_all(storage.clone())))
            .await
    }

    /// [`open`](Home::open) over these stores.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn open_over(&self, storage: Storage) -> Result<Archive> {
        let archive = Archive::create_over(&self.paths, self.secrets.clone(), ORIGIN, storage).await?;
        archive.create_group(GROUP).await?;
        Ok(archive)
    }

    /// Stages and seals a version of an object: the first one long, later ones replacing a small file of it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn deposit(&self, archive: &Archive, number: u128, version: u32) -> Result<Sealed> {
        archive.seal(&Self::stage(archive, number, version).await?).await
    }

    /// Stages what [`deposit`](Home::deposit) seals.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn stage(archive: &Archive, number: u128, version: u32) -> Result<Staged> {
        stage(archive, number, version, 200_000).await
    }

    /// The whole check.
    ///
    /// # Panics
    /// When it cannot run to its end.
    pub async fn check(&self) -> Report {
        let paths = self.paths.clone();
        #[expect(clippy::expect_used, reason = "a test ends here")]
        tokio::task::spawn_blocking(move || verify(&paths, Mode::Full)).await.expect("runs").expect("checks")
    }

    /// The object of a number.
    pub fn object(number: u128) -> ObjectId {
        ObjectId(Uuid::from_u128(number))
    }

    /// When everything is deposited.
    pub fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default()
    }

    /// What [`deposit`](Home::deposit) sealed as the original of an object: no picture, several of age's chunks long.
    pub fn original(number: u128) -> Vec<u8> {
        bytes(number, 200_000)
    }

    /// The original of an object, as `version` has it.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn read(&self, archive: &Archive, number: u128, version: u32) -> Result<Vec<u8>> {
        let content = archive.open(GROUP, Self::object(number), version, "original.age").await?;
        content.read_all(u64::MAX).await
    }
}

fn bytes(number: u128, length: u32) -> Vec<u8> {
    (0..length).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 ^ number as u8).collect()
}

async fn stage(archive: &Archive, number: u128, version: u32, length: u32) -> Result<Staged> {
    let class = "book_entry".parse()?;
    let staging = archive.stage(Home::object(number), GROUP, version, class, Home::noon()).await?;
    if version == 1 {
        let mut original = staging.file("original.age")?;
        original.write_all(&bytes(number, length))?;
        original.finish()?;
    }
    staging.write("media.json.age", format!("{{\"number\":{number},\"version\":{version}}}")).await?;
    staging.finish().await
}

/// Goes through all that is asked of a store. `home` makes a place of its own for each part, by a name.
///
/// # Errors
/// Those of the store.
///
/// # Panics
/// Where the store is not as it must be.
pub async fn conforms(home: impl Fn(&str) -> Home, every: usize) -> Result<()> {
    keeps_and_gives(&home("keeps")).await?;
    replays_after_every_cut(&home, every).await?;
    is_copied_from(&home("copied")).await
}

async fn keeps_and_gives(home: &Home) -> Result<()> {
    let archive = home.open(None).await?;
    let long = stage(&archive, 1, 1, LONG_BYTES).await?;
    let sealed = archive.seal(&long).await?;
    assert_eq!(archive.seal(&long).await?.leaf, sealed.leaf, "sealed twice is sealed once");
    home.deposit(&archive, 2, 1).await?;
    home.deposit(&archive, 2, 2).await?;
    // Whoever comes new to it finds the same.
    let archive = home.open(None).await?;
    assert!(home.read(&archive, 1, 1).await? == bytes(1, LONG_BYTES), "the long file");
    assert!(home.read(&archive, 2, 2).await? == Home::original(2), "inherited by the correction");
    let content = archive.open(GROUP, Home::object(1), 1, "original.age").await?;
    let range: Vec<_> = content.stream(9_000_000..9_700_000).try_collect().await?;
    assert!(range.concat() == bytes(1, LONG_BYTES)[9_000_000..9_700_000], "a range");
    assert_eq!(archive.describe(Home::object(2)).await?.versions.len(), 2);
    assert_eq!(archive.leaves(0).try_collect::<Vec<_>>().await?.len(), 3);
    let report = home.check().await;
    assert!(report.is_ok(), "{:?}", report.findings);
    assert_eq!((report.objects_ok, report.log_size), (2, 3));
    Ok(())
}

/// Every write of a deposit and its correction fails once, lost or kept; then the service starts again.
async fn replays_after_every_cut(home: &impl Fn(&str) -> Home, every: usize) -> Result<()> {
    for fault in [Fault::Lost, Fault::Kept] {
        for nth in (0..).step_by(every) {
            let home = home(&format!("{fault:?}-{nth}"));
            let faults = Faults::new(fault);
            faults.arm(nth);
            let (mut pending, mut kept) = (Vec::new(), Vec::new());
            let outcome = live(&home, &faults, &mut pending, &mut kept).await;
            let failed = faults.disarm();
            let archive = home.open(None).await?;
            let found = archive.leftovers().await?;
            archive.recover_staging(found, &pending).await?;
            for staged in pending {
                kept.push(archive.seal(&staged).await?);
            }
            let report = home.check().await;
            assert!(report.is_ok(), "{fault:?} at {nth}, {outcome:?}: {:?}", report.findings);
            assert_eq!(report.log_size, kept.len() as u64, "{fault:?} at {nth}: one leaf a version");
            for sealed in kept {
                assert!(home.read(&archive, 1, sealed.version).await? == Home::original(1));
            }
            if !failed {
                assert!(outcome.is_ok() && nth > 15, "{fault:?} at {nth}: {outcome:?}");
                break;
            }
        }
    }
    Ok(())
}

async fn live(
    home: &Home,
    faults: &Arc<Faults>,
    pending: &mut Vec<Staged>,
    kept: &mut Vec<Sealed>,
) -> Result<()> {
    let archive = home.open(Some(faults)).await?;
    for version in [1, 2] {
        let staged = Home::stage(&archive, 1, version).await?;
        pending.push(staged.clone());
        kept.push(archive.seal(&staged).await?);
        pending.pop();
    }
    Ok(())
}

async fn is_copied_from(home: &Home) -> Result<()> {
    let archive = home.open(None).await?;
    for number in 1..=3 {
        home.deposit(&archive, number, 1).await?;
    }
    let place = home.paths.data().join("replica");
    std::fs::create_dir_all(&place)?;
    let done = replicate(&home.paths, &Replica::on_disk(&place)?, Extent::Full).await?;
    assert!(done.is_complete(), "{:?}", done.differences);
    let (secret_lines, escrow) = (home.secret_lines.clone(), home.escrow.clone());
    let paths = ArchivePaths::in_data_dir(place);
    let copy = Home { paths, secrets: home.secrets.clone(), secret_lines, escrow };
    let report = copy.check().await;
    assert!(report.is_ok() && report.objects_ok == 3, "{:?}", report.findings);
    Ok(())
}
