//! An archive in a temporary directory, for the tests beside this file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::new_without_default
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use archive::{Archive, ArchivePaths, GroupId, ObjectId, Result, Secrets, Staged};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub const GROUP: GroupId = GroupId(Uuid::from_u128(0xa));
pub const ORIGIN: &str = "livsbog.example.dk/log";

pub struct Home {
    pub dir: tempfile::TempDir,
    pub paths: ArchivePaths,
    pub secrets: Secrets,
    /// The identity that the escrow holders keep offline.
    pub escrow: String,
}

impl Home {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let paths = ArchivePaths::in_data_dir(dir.path().join("data"));
        let (root, _) = archive::generate_identity();
        let (escrow, recipient) = archive::generate_identity();
        let seed = archive::generate_log_seed().unwrap();
        let secrets = Secrets::from_text(&root, &recipient, &seed).unwrap();
        let lines = format!("{}\n{recipient}\n{}\n", root.as_str(), seed.as_str());
        fs::write(dir.path().join("secrets"), lines).unwrap();
        Self { dir, paths, secrets, escrow: escrow.to_string() }
    }

    pub async fn create(&self) -> Archive {
        let archive = Archive::create(&self.paths, self.secrets.clone(), ORIGIN).await.unwrap();
        archive.create_group(GROUP).await.unwrap();
        archive
    }

    pub async fn attach(&self) -> Archive {
        Archive::attach(&self.paths, self.secrets.clone()).await.unwrap()
    }
}

pub fn object(number: u128) -> ObjectId {
    ObjectId(Uuid::from_u128(number))
}

pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

/// A picture that is no picture, several of age's chunks long.
pub fn photo(number: u128) -> Vec<u8> {
    (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 ^ number as u8).collect()
}

pub async fn stage(archive: &Archive, number: u128) -> Result<Staged> {
    let class = "book_entry".parse()?;
    let staging = archive.stage(object(number), GROUP, 1, class, noon()).await?;
    let mut original = staging.file("original.age")?;
    original.write_all(&photo(number))?;
    original.finish()?;
    staging.write("media.json.age", format!("{{\"number\":{number}}}")).await?;
    staging.finish().await
}

pub async fn stage_correction(archive: &Archive, number: u128, version: u32) -> Result<Staged> {
    let class = "book_entry".parse()?;
    let staging = archive.stage(object(number), GROUP, version, class, noon()).await?;
    staging.write("media.json.age", format!("{{\"version\":{version}}}")).await?;
    staging.finish().await
}

/// Three objects, the second corrected once.
pub async fn home_with_deposits() -> Home {
    let home = Home::new();
    let archive = home.create().await;
    for number in 1..=3 {
        archive.seal(&stage(&archive, number).await.unwrap()).await.unwrap();
    }
    archive.seal(&stage_correction(&archive, 2, 2).await.unwrap()).await.unwrap();
    home
}

/// Every file below a directory, in order.
pub fn files_under(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files.extend(files_under(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    files
}
