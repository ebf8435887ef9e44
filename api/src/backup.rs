//! `backup` and `restore`: the key store, and the rows that stand in the database alone. The rest is in storage root and
//! log, which only grow and are copied apart (see docs/OPERATIONS.md).

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use archive::{Beside, CHECKPOINT, open_backup, open_for_escrow};

use crate::app::App;
use crate::config::Config;
use crate::db::Db;
use crate::db::rebuild::Unindexed;
use crate::db::working::Working;
use crate::{instance, truth};

/// A text of bounded length: a checkpoint, a secret.
const SMALL_BYTES: u64 = 64 * 1024;
const KEYS: &str = "keys";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BackedUp {
    pub file: PathBuf,
    pub keys: u64,
    pub rows: u64,
    /// The log's length; every deposit up to here can be opened from this backup.
    pub deposits: u64,
}

/// What a restore brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Restored {
    pub keys: u64,
    pub rows: u64,
    pub rebuilt: truth::Rebuilt,
    /// Sealed after the backup was made: they are in the archive, and their keys are not in this backup.
    pub without_key: u64,
}

/// Writes a backup into the directory `to` and reads it once through. Earlier ones older than `keep_days` go.
pub async fn back_up(app: &App, to: &Path, keep_days: u32) -> Result<BackedUp, anyhow::Error> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    let now = app.now();
    let file = to.join(format!("livsbog-{}.tar.age", now.format("%Y%m%dT%H%M%SZ")));
    let unfinished = file.with_extension("part");
    let mut beside = Vec::new();
    let mut rows = 0;
    for table in Working::ALL {
        let mut lines = Vec::new();
        rows += app.db.write_working(table, &mut lines).await?;
        let name = format!("database/{}.jsonl", table.name());
        beside.push(Beside { name, bytes: lines.into(), for_escrow_only: false });
    }
    for (name, text) in instance::secret_files(&app.data)? {
        let bytes = text.as_bytes().to_vec().into();
        beside.push(Beside { name: format!("secrets/{name}.age"), bytes, for_escrow_only: true });
    }
    let out = OpenOptions::new().write(true).create_new(true).open(&unfinished);
    let out = out.with_context(|| unfinished.display().to_string())?;
    let deposits = app.archive.log_size().await?;
    let written = app.archive.back_up(BufWriter::new(out.try_clone()?), beside).await;
    let keys = written.inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
    out.sync_all()?;
    let root = instance::root_key(&app.data)?;
    let read = unfinished.clone();
    let found = tokio::task::spawn_blocking(move || {
        open_backup(BufReader::new(File::open(read)?), &root, None, |_, file| {
            io::copy(file, &mut io::sink()).map(|_| ())
        })
    });
    if found.await?? != keys {
        bail!("{}: the backup that was written can't be read back whole", unfinished.display());
    }
    fs::rename(&unfinished, &file)?;
    File::open(to)?.sync_all()?;
    let oldest = (now - chrono::TimeDelta::days(keep_days.into())).format("livsbog-%Y%m%dT%H%M%SZ.tar.age");
    forget_older(to, &oldest.to_string())?;
    Ok(BackedUp { file, keys, rows, deposits })
}

/// Removes our backups whose name, which is their time, comes before `oldest`.
fn forget_older(directory: &Path, oldest: &str) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.starts_with("livsbog-") && name.ends_with(".tar.age") && name.len() == oldest.len();
        if ours && name.as_str() < oldest {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Brings keys and rows back beside the storage root and the log that lie in `data`, and makes the index anew from them.
/// `identity` opens the backup: the root key's, or the escrow's, which also brings the service's secrets back.
/// Nothing that is there is overwritten.
pub async fn restore(
    data: &Path,
    config: Config,
    from: &Path,
    identity: Option<&str>,
    progress: impl FnMut(u64),
) -> Result<Restored, anyhow::Error> {
    let paths = config.archive_paths(data)?;
    let root = instance::exists(data).then(|| instance::root_key(data)).transpose()?;
    let identity = match (identity, &root) {
        (Some(identity), _) => identity.to_owned(),
        (None, Some(root)) => root.to_string(),
        (None, None) => bail!("the secrets are gone: give the escrow's identity with --identity FILE"),
    };
    if paths.bucket().is_none() && (!paths.root().is_dir() || !paths.log().is_dir()) {
        bail!(
            "bring `archive/` and `log/` back to {} first, from where they are copied to",
            paths.data().display()
        );
    }
    if fs::read_dir(paths.keys()).is_ok_and(|mut keys| keys.next().is_some()) {
        bail!(
            "{} holds keys already, and a restore overwrites nothing; if they come from one that was broken off, remove \
             them and run it again",
            paths.keys().display()
        );
    }
    is_unused(&config.database_url(data)).await?;
    for directory in [paths.staging(), paths.set_aside(), paths.log()] {
        fs::create_dir_all(directory)?;
    }
    // Keys and rows wait here until all of them have come out of the backup.
    let waiting = tempfile::tempdir_in(paths.staging())?;
    let unpacked = {
        let (from, waiting, data) = (from.to_owned(), waiting.path().to_owned(), data.to_owned());
        tokio::task::spawn_blocking(move || unpack(&from, &identity, &waiting, &data)).await??
    };
    fs::rename(waiting.path().join(KEYS), paths.keys())?;
    File::open(paths.data())?.sync_all()?;
    let app = App::open(data, config).await?;
    let size = app.archive.log_size().await?;
    if size < unpacked.deposits {
        bail!(
            "the log ends at {size} and the backup was made at {}: an older archive was put back",
            unpacked.deposits
        );
    }
    let mut restored = Restored { keys: unpacked.keys, ..Restored::default() };
    restored.rebuilt = truth::rebuild(&app, progress).await?;
    for table in Working::ALL {
        let Ok(file) = File::open(waiting.path().join(table.name())) else { continue };
        restored.rows += app.db.read_working(table, &mut BufReader::new(file)).await?;
    }
    restored.without_key = app.db.count_unindexed(unpacked.deposits, Some(Unindexed::NoKey)).await?;
    app.db.close().await?;
    Ok(restored)
}

/// A database that holds an index belongs to somebody.
async fn is_unused(url: &str) -> Result<(), anyhow::Error> {
    let db = Db::connect(url).await?;
    db.migrate_up().await?;
    if db.count_sealed().await? > 0 {
        bail!("the database is in use: a restore wants an empty one");
    }
    Ok(db.close().await?)
}

struct Unpacked {
    keys: u64,
    deposits: u64,
}

fn unpack(from: &Path, identity: &str, waiting: &Path, data: &Path) -> Result<Unpacked, anyhow::Error> {
    let file = File::open(from).with_context(|| from.display().to_string())?;
    let mut checkpoint = String::new();
    let mut secrets = Vec::new();
    let keys = waiting.join(KEYS);
    fs::create_dir(&keys)?;
    let keys = open_backup(BufReader::new(file), identity, Some(&keys), |name, file| {
        match name.split_once('/') {
            None if name == CHECKPOINT => drop(file.take(SMALL_BYTES).read_to_string(&mut checkpoint)?),
            Some(("secrets", name)) => {
                let mut bytes = Vec::new();
                file.take(SMALL_BYTES).read_to_end(&mut bytes)?;
                secrets.push((name.trim_end_matches(".age").to_owned(), bytes));
            }
            Some(("database", name)) => {
                if let Some(table) = name.strip_suffix(".jsonl").and_then(Working::named) {
                    io::copy(file, &mut File::create_new(waiting.join(table.name()))?)?;
                }
            }
            _ => {}
        }
        Ok(())
    });
    let keys = keys.with_context(|| from.display().to_string())?;
    if !instance::exists(data) {
        for (name, sealed) in secrets {
            let text =
                open_for_escrow(&sealed, identity).context("only the escrow's identity opens the secrets")?;
            instance::put_secret(data, &name, std::str::from_utf8(&text)?)?;
        }
    }
    let deposits = checkpoint.lines().nth(1).and_then(|size| size.parse().ok());
    Ok(Unpacked { keys, deposits: deposits.context("the backup has no checkpoint: it is not whole")? })
}

impl Restored {
    /// What came back, and what did not, in words.
    pub fn told(&self) -> String {
        let Self { keys, rows, rebuilt, without_key } = self;
        let mut told = format!(
            "{keys} keys, {rows} rows, {} deposits; {} without a key, {} unreadable",
            rebuilt.deposits, rebuilt.without_key, rebuilt.unreadable
        );
        if *without_key > 0 {
            told += &format!(
                "\n{without_key} were sealed after this backup and can't be opened: look for a newer backup, or for keys/ itself"
            );
        }
        told
    }
}
