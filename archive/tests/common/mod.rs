//! An archive in a temporary directory, for the tests beside this file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::new_without_default
)]

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use archive::{Archive, GroupId, ObjectId, Result, Staged, testing};
use chrono::{DateTime, Utc};

pub const GROUP: GroupId = testing::GROUP;
pub const ORIGIN: &str = testing::ORIGIN;

pub struct Home {
    pub dir: tempfile::TempDir,
    home: testing::Home,
}

impl Deref for Home {
    type Target = testing::Home;

    fn deref(&self) -> &testing::Home {
        &self.home
    }
}

impl Home {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = testing::Home::new(&dir.path().join("data"), None).unwrap();
        fs::write(dir.path().join("secrets"), &home.secret_lines).unwrap();
        Self { dir, home }
    }

    pub async fn create(&self) -> Archive {
        self.open(None).await.unwrap()
    }

    pub async fn attach(&self) -> Archive {
        Archive::attach(&self.paths, self.secrets.clone()).await.unwrap()
    }
}

pub fn object(number: u128) -> ObjectId {
    testing::Home::object(number)
}

pub fn noon() -> DateTime<Utc> {
    testing::Home::noon()
}

pub fn photo(number: u128) -> Vec<u8> {
    testing::Home::original(number)
}

pub async fn stage(archive: &Archive, number: u128) -> Result<Staged> {
    testing::Home::stage(archive, number, 1).await
}

pub async fn stage_correction(archive: &Archive, number: u128, version: u32) -> Result<Staged> {
    testing::Home::stage(archive, number, version).await
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
