//! An archive in a temporary directory, for the tests beside this file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::new_without_default
)]

use std::io::Write;

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
        std::fs::write(dir.path().join("secrets"), lines).unwrap();
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
