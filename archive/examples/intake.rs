//! Takes files into a new archive, each as an object of its own: the way of a deposit on one page, and what
//! `make bench` measures beside other programs that take files in.
//!
//! `intake DIRECTORY FOLDER` makes the archive in DIRECTORY and takes in the files of FOLDER, 32 at a time.
#![allow(clippy::disallowed_methods, reason = "an example reads the clock and draws its own ids")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use archive::{Archive, ArchivePaths, GroupId, ObjectId, Secrets};
use chrono::Utc;
use futures_util::{StreamExt, TryStreamExt, stream};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(directory), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("intake DIRECTORY FOLDER".into());
    };
    let (root, _) = archive::generate_identity();
    let (_, escrow) = archive::generate_identity();
    let secrets = Secrets::from_text(&root, &escrow, &archive::generate_log_seed()?)?;
    let paths = ArchivePaths::in_data_dir(directory);
    let archive = Archive::create(&paths, secrets, "intake.example.org/log").await?;
    let group = GroupId(Uuid::new_v4());
    archive.create_group(group).await?;

    stream::iter(fs::read_dir(folder)?)
        .map(Ok)
        .try_for_each_concurrent(32, |file| {
            let archive = archive.clone();
            async move { tokio::spawn(async move { take_in(&archive, group, &file?.path()).await }).await? }
        })
        .await?;
    println!("{} taken in", archive.log_size().await?);
    Ok(())
}

/// When this answers, the file is encrypted, durable, read back and in the log.
async fn take_in(archive: &Archive, group: GroupId, file: &Path) -> Result<(), Failure> {
    let object = ObjectId(Uuid::new_v4());
    let staging = archive.stage(object, group, 1, "book_entry".parse()?, Utc::now()).await?;
    let (mut from, mut to) = (File::open(file)?, staging.file("original.age")?);
    tokio::task::spawn_blocking(move || io::copy(&mut from, &mut to).and_then(|_| to.finish())).await??;
    let staged = staging.finish().await?;
    archive.seal(&staged).await?;
    Ok(())
}
