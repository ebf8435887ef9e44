//! The log comes first: its signed checkpoint, from this side or the other, vouches for everything else.

use std::fs::File;
use std::path::PathBuf;

use bytes::Bytes;
use futures_util::TryStreamExt;

use super::{Part, Repairing};
use crate::error::Result;
use crate::log::{
    CHECKPOINT, LOCK, ORIGIN, TILE_WIDTH, TileAt, TreeHead, VERIFIER_KEY, VerifierKey, bundle_entry,
    bundle_path, tile_bytes, tile_path, width_of_tile,
};
use crate::replica::expected::{Expected, Kind};
use crate::replica::heads::{self, Stated, key_file, origin_file};
use crate::replica::vouched::Vouched;
use crate::store::Store;
use crate::verify::Code;

/// The log that counts.
struct Chosen {
    key: VerifierKey,
    checkpoint: Bytes,
    log: Vouched,
}

impl Repairing<'_> {
    /// Repairs the log; answers it, proven, or nothing when none can be trusted.
    pub(super) async fn log(&mut self) -> Result<Option<Vouched>> {
        // A service that runs waits with its next leaf meanwhile.
        let _lock = if self.dry_run { None } else { Some(lock(self.paths.log().join(LOCK)).await?) };
        let Some(chosen) = self.choose().await? else { return Ok(None) };
        let Chosen { key, checkpoint, mut log } = chosen;
        let own = heads::copy(&self.archive.log, Some(log.head()));
        for at in log.tiles(0).collect::<Vec<_>>() {
            let path = tile_path(at, width_of_tile(log.head().size, at));
            let Some(hashes) = log.tile(at).await else {
                self.differs_in_log(Code::LogTileChanged, &path);
                continue;
            };
            if own.tile(at, hashes.len() as u64).await.as_ref() != Some(&hashes) {
                self.file(Part::Log, &Expected::small(Kind::Tile, path, tile_bytes(&hashes)), None).await?;
            }
        }
        for number in log.bundles(0) {
            let path = bundle_path(number, width_of_tile(log.head().size, TileAt { level: 0, number }));
            let Some(entries) = log.entries(number).await else {
                self.differs_in_log(Code::LogEntryChanged, &path);
                continue;
            };
            if own.entries(number, entries.len()).await.as_ref() != Some(&entries) {
                let bundle: Vec<u8> = entries.iter().flat_map(|entry| bundle_entry(entry)).collect();
                self.file(Part::Log, &Expected::small(Kind::Entries, path, bundle), None).await?;
            }
        }
        let tops = [(ORIGIN, origin_file(&key)), (VERIFIER_KEY, key_file(&key)), (CHECKPOINT, checkpoint)];
        for (name, bytes) in tops {
            self.file(Part::Log, &Expected::small(Kind::Head, name, bytes), None).await?;
        }
        Ok(Some(log))
    }

    fn differs_in_log(&mut self, code: Code, path: &str) {
        self.differs(code, None, format!("../log/{path}"));
    }

    /// Which log counts: the archive's own as long as its checkpoint is signed, unless the replica's is the same log
    /// further on. Two histories under one key are for a person to look at.
    async fn choose(&mut self) -> Result<Option<Chosen>> {
        let here = Stated::of_archive(&self.archive.log).await;
        let there = Stated::of_replica(&self.from.stores.log).await?;
        let key = match (here.key(), there.key()) {
            (Some(own), Some(other)) if own != other => {
                self.differs_in_log(Code::ReplicaForeign, VERIFIER_KEY);
                return Ok(None);
            }
            (Some(key), _) | (None, Some(key)) => key,
            (None, None) => {
                self.differs_in_log(Code::LogCheckpointChanged, VERIFIER_KEY);
                return Ok(None);
            }
        };
        let (mine, theirs) = (here.head(&key), there.head(&key));
        let mine = mine.zip(here.checkpoint);
        let theirs = theirs.zip(there.checkpoint);
        let copies = [mine.as_ref().map(|(head, _)| *head), theirs.as_ref().map(|(head, _)| *head)];
        let (older, newer) = match (mine, theirs) {
            (Some(mine), Some(theirs)) if theirs.0.size > mine.0.size => (Some(mine.0), theirs),
            (Some(mine), theirs) => (theirs.map(|theirs| theirs.0), mine),
            // An older checkpoint than the entries here would take acknowledged deposits out of the log.
            (None, Some(theirs)) if leaves_in(&self.archive.log).await? > theirs.0.size => {
                self.differs_in_log(Code::ReplicaBehind, CHECKPOINT);
                return Ok(None);
            }
            (None, Some(theirs)) => (None, theirs),
            (None, None) => {
                self.differs_in_log(Code::LogCheckpointChanged, CHECKPOINT);
                return Ok(None);
            }
        };
        let (head, checkpoint) = newer;
        let Some(mut log) = self.proven(head, copies).await else {
            self.differs_in_log(Code::LogTileChanged, "tile");
            return Ok(None);
        };
        let extends = match older {
            Some(older) => log.extends(older).await,
            None => Some(true),
        };
        match extends {
            Some(true) => return Ok(Some(Chosen { key, checkpoint, log })),
            Some(false) => self.differs_in_log(Code::ReplicaForked, CHECKPOINT),
            None => self.differs_in_log(Code::LogTileChanged, "tile"),
        }
        Ok(None)
    }

    async fn proven(&self, head: TreeHead, [mine, theirs]: [Option<TreeHead>; 2]) -> Option<Vouched> {
        // Without a checkpoint of its own a copy may still have every file of this one.
        let here = heads::copy(&self.archive.log, mine.or(Some(head)));
        let there = heads::copy(&self.from.stores.log, theirs.or(Some(head)));
        Vouched::open(head, vec![here, there]).await
    }
}

/// How many leaves the stored entries reach to, whatever any checkpoint covers.
async fn leaves_in(log: &Store) -> Result<u64> {
    let mut found = log.list("tile/entries");
    let mut leaves = 0;
    while let Some(key) = found.try_next().await? {
        let (path, width) = key.split_once(".p/").unwrap_or((&key, ""));
        let mut groups = path.trim_start_matches("tile/entries/").split('/');
        let number = groups.try_fold(0, |number, group| {
            group.trim_start_matches('x').parse::<u64>().ok().map(|group| number * 1000 + group)
        });
        if let Some(number) = number {
            leaves = leaves.max(number * TILE_WIDTH + width.parse().unwrap_or(TILE_WIDTH));
        }
    }
    Ok(leaves)
}

/// The lock that whoever writes the log holds; it goes with its holder.
async fn lock(path: PathBuf) -> Result<File> {
    let work = move || {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        file.lock().map(|()| file)
    };
    Ok(tokio::task::spawn_blocking(work).await??)
}
