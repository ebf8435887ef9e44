//! Puts files into an archive and hands them over as a package: what `make bench` measures beside a plain zip program.
//!
//! `packing make DIRECTORY FOLDER` takes the files of FOLDER into a new archive; `packing write DIRECTORY [FROM]` writes the
//! package to standard output, from the byte FROM on.
#![allow(
    clippy::disallowed_methods,
    reason = "an example reads the clock, draws its own ids and keeps its secrets"
)]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use archive::package::{Draft, SealedFile};
use archive::{Archive, ArchivePaths, GroupId, ObjectId, Secrets};
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use uuid::Uuid;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const GROUP: GroupId = GroupId(Uuid::from_u128(1));

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", directory, folder] => make(Path::new(directory), Path::new(folder)).await,
        ["write", directory] => write(Path::new(directory), 0).await,
        ["write", directory, from] => write(Path::new(directory), from.parse()?).await,
        _ => Err("packing make DIRECTORY FOLDER | packing write DIRECTORY [FROM]".into()),
    }
}

async fn make(directory: &Path, folder: &Path) -> Result<(), Failure> {
    let ((root, _), (_, escrow)) = (archive::generate_identity(), archive::generate_identity());
    let seed = archive::generate_log_seed()?;
    let secrets = Secrets::from_text(&root, &escrow, &seed)?;
    let archive =
        Archive::create(&ArchivePaths::in_data_dir(directory), secrets, "packing.example.org/log").await?;
    fs::write(directory.join("secrets"), format!("{}\n{escrow}\n{}\n", root.as_str(), seed.as_str()))?;
    archive.create_group(GROUP).await?;
    let mut list = String::new();
    for file in fs::read_dir(folder)? {
        let object = ObjectId(Uuid::new_v4());
        let staging = archive.stage(object, GROUP, 1, "book_entry".parse()?, Utc::now()).await?;
        let (mut from, mut to) = (File::open(file?.path())?, staging.file("original.age")?);
        let taken =
            tokio::task::spawn_blocking(move || io::copy(&mut from, &mut to).and_then(|_| to.finish()));
        let taken = taken.await??;
        archive.seal(&staging.finish().await?).await?;
        list += &format!("{object} {} {} {}\n", taken.plain, taken.plain_crc32, taken.plain_bytes);
    }
    Ok(fs::write(directory.join("list"), list)?)
}

async fn write(directory: &Path, from: u64) -> Result<(), Failure> {
    let secrets = fs::read_to_string(directory.join("secrets"))?;
    let [root, escrow, seed] = secrets.lines().collect::<Vec<_>>()[..] else { return Err("secrets".into()) };
    let secrets = Secrets::from_text(root, escrow, seed)?;
    let archive = Archive::attach(&ArchivePaths::in_data_dir(directory), secrets).await?;
    let made_at = DateTime::from_timestamp(1_795_000_000, 0).ok_or("a time")?;
    let mut draft = Draft::begin(&archive, &directory.join("scratch"), "package", made_at)?;
    for line in fs::read_to_string(directory.join("list"))?.lines() {
        let [object, sha256, crc32, size_bytes] = line.split(' ').collect::<Vec<_>>()[..] else { continue };
        let file = SealedFile {
            group: GROUP,
            object: ObjectId(object.parse()?),
            version: 1,
            name: "original.age".to_owned(),
            sha256: sha256.parse()?,
            crc32: crc32.parse()?,
            size_bytes: size_bytes.parse()?,
        };
        draft.add(&format!("data/{object}"), file)?;
    }
    let package = draft.finish()?;
    let mut blocks = std::pin::pin!(package.stream(from..package.size_bytes()));
    let mut out = io::stdout().lock();
    while let Some(block) = blocks.next().await {
        out.write_all(&block?)?;
    }
    Ok(())
}
