//! Replicating: object by object in the order of the log, each in the order of its commit; the log after them, its
//! checkpoint last of all. So the replica's own checkpoint says what the replica has, and an interrupted run goes on there.

use std::collections::BTreeMap;

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::evidence;
use super::expected::{Expected, Kind, root_files, version_content, version_files, version_inventory};
use super::heads::{self, Stated, key_file, origin_file};
use super::place::{Comparison, Replica, Stores};
use super::report::{Difference, Replication, Side};
use super::vouched::Vouched;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::ObjectId;
use crate::log::{
    CHECKPOINT, Leaf, ORIGIN, TILE_WIDTH, TileAt, TreeHead, VERIFIER_KEY, VerifierKey, bundle_entry,
    bundle_path, erase_partials, tile_bytes, tile_path,
};
use crate::ocfl::{Inventory, sidecar};
use crate::paths::ArchivePaths;
use crate::root;
use crate::store::Taken;
use crate::verify::Code;

/// Objects copied at a time: enough to hide the way to a store, few enough for flat memory.
const IN_FLIGHT: usize = 4;

/// How much of the replica to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every sealed version: each file of the replica is read and compared by digest.
    Full,
    /// The versions sealed since the replica's own signed checkpoint. It was written when everything before it lay there
    /// whole; whether it still does is not looked at.
    New,
}

/// Copies what the replica lacks of the storage root and the log. It may be broken off anywhere and run again, and may
/// run beside the service.
///
/// # Errors
/// When it could not run to its end. What was copied stays and is used by the next run.
pub async fn replicate(paths: &ArchivePaths, to: &Replica, extent: Extent) -> Result<Replication> {
    to.expect_apart(paths)?;
    let archive = Stores::of_archive(paths)?;
    let mut report = Replication::default();
    let Some(mut history) = History::read(&archive, to, &mut report).await? else { return Ok(report) };
    let _held = to.hold().await?;
    prepare_root(to, &mut report).await?;
    let from = if extent == Extent::New { history.copied } else { 0 };
    report.log_size = history.log.head().size;
    report.versions_not_compared = from;
    let copying = Copying { archive: &archive, replica: to };
    for number in history.log.bundles(from) {
        match history.log.leaves(number).await? {
            Some(leaves) => {
                let leaves = leaves.into_iter().filter(|leaf| leaf.index >= from);
                copying.versions(leaves, &mut report).await?;
            }
            None => report.differences.push(entries_lost(number)),
        }
    }
    copying.log(&mut history, from, &mut report).await?;
    report.differences.extend(evidence::copy(&archive, to, extent).await?);
    report.differences.sort_by(|a, b| a.finding.path.cmp(&b.finding.path));
    report.differences.dedup();
    Ok(report)
}

/// The archive's log, proven, and how far the replica has followed it.
struct History {
    key: VerifierKey,
    checkpoint: Bytes,
    log: Vouched,
    /// Leaves that the replica's own checkpoint covers.
    copied: u64,
}

impl History {
    /// Nothing when the archive's log vouches for nothing, or the replica's tells another history. Writes nothing.
    async fn read(archive: &Stores, to: &Replica, report: &mut Replication) -> Result<Option<Self>> {
        let here = Stated::of_archive(&archive.log).await;
        let Some((key, head, log)) = own_log(archive, &here).await else {
            let path = format!("../log/{CHECKPOINT}");
            report.differences.push(Difference::new(Side::Archive, Code::LogCheckpointChanged, None, path));
            return Ok(None);
        };
        let there = Stated::of_replica(&to.stores.log).await?;
        let mut history = Self { checkpoint: here.checkpoint.unwrap_or_default(), log, copied: 0, key };
        let code = match there.head(&history.key) {
            _ if there.key().is_some_and(|key| key != history.key) => Code::ReplicaForeign,
            None => return Ok(Some(history)),
            Some(old) if old.size > head.size => Code::ReplicaAhead,
            Some(old) => match history.log.extends(old).await {
                Some(true) => {
                    history.copied = old.size;
                    return Ok(Some(history));
                }
                Some(false) => Code::ReplicaForked,
                None => Code::LogTileChanged,
            },
        };
        let side = if code == Code::LogTileChanged { Side::Archive } else { Side::Replica };
        report.differences.push(Difference::new(side, code, None, format!("../log/{CHECKPOINT}")));
        Ok(None)
    }
}

async fn own_log(archive: &Stores, here: &Stated) -> Option<(VerifierKey, TreeHead, Vouched)> {
    let key = here.key().filter(|key| here.is_of(key))?;
    let head = here.head(&key)?;
    let log = Vouched::open(head, vec![heads::copy(&archive.log, Some(head))]).await?;
    Some((key, head, log))
}

fn entries_lost(number: u64) -> Difference {
    let path = format!("../log/{}", bundle_path(number, TILE_WIDTH));
    Difference::new(Side::Archive, Code::LogEntryChanged, None, path)
}

/// The files that make a directory a storage root and explain it.
async fn prepare_root(to: &Replica, report: &mut Replication) -> Result<()> {
    match root::prepare(&to.stores.root).await {
        Err(Error::Alarm { path, .. }) => {
            let path = path.trim_start_matches("archive/");
            report.differences.push(Difference::new(Side::Replica, Code::RootFileChanged, None, path));
            Ok(())
        }
        other => other,
    }
}

struct Copying<'a> {
    archive: &'a Stores,
    replica: &'a Replica,
}

/// What copying one object came to.
#[derive(Default)]
struct Outcome {
    differences: Vec<Difference>,
    versions: u64,
    files: u64,
    bytes: u64,
}

/// An object whose new versions lie on the replica, durable but not committed.
struct Prepared {
    object: ObjectId,
    versions: Vec<(Leaf, Inventory, Bytes)>,
    outcome: Outcome,
}

impl Outcome {
    fn differs(&mut self, side: Side, code: Code, object: ObjectId, key: &str) {
        self.differences.push(Difference::new(side, code, Some(object), key));
    }
}

impl Copying<'_> {
    /// Copies the versions of some leaves: first what a version consists of, then, once that is durable, the root
    /// inventories that commit them.
    async fn versions(&self, leaves: impl Iterator<Item = Leaf>, report: &mut Replication) -> Result<()> {
        let mut objects: BTreeMap<ObjectId, Vec<Leaf>> = BTreeMap::new();
        for leaf in leaves {
            objects.entry(leaf.object).or_default().push(leaf);
        }
        let prepared: Vec<Prepared> = stream::iter(objects)
            .map(|(object, leaves)| self.prepare(object, leaves))
            .buffer_unordered(IN_FLIGHT)
            .try_collect()
            .await?;
        self.replica.stores.root.settle().await?;
        let outcomes: Vec<Outcome> = stream::iter(prepared)
            .map(|prepared| self.commit(prepared))
            .buffer_unordered(IN_FLIGHT)
            .try_collect()
            .await?;
        self.replica.stores.root.settle().await?;
        for outcome in outcomes {
            report.differences.extend(outcome.differences);
            report.versions_compared += outcome.versions;
            report.files_copied += outcome.files;
            report.bytes_copied += outcome.bytes;
        }
        Ok(())
    }

    async fn prepare(&self, object: ObjectId, leaves: Vec<Leaf>) -> Result<Prepared> {
        let directory = object.directory();
        let mut prepared = Prepared { object, versions: Vec::new(), outcome: Outcome::default() };
        for leaf in leaves {
            let own = format!("{directory}/v{}", leaf.version);
            let swept = vec![directory.clone(), format!("{own}/content"), own];
            self.replica.sweep(&self.replica.stores.root, swept).await?;
            let Some((inventory, bytes)) = self.inventory(&directory, &leaf, &mut prepared.outcome).await?
            else {
                break;
            };
            let content = version_content(&directory, leaf.version, &inventory);
            for expected in content.into_iter().chain(version_files(&directory, leaf.version, &bytes)) {
                self.ensure(&expected, object, &mut prepared.outcome).await?;
            }
            prepared.versions.push((leaf, inventory, bytes));
        }
        Ok(prepared)
    }

    /// The version's inventory from the archive, if it is the one the log has.
    async fn inventory(
        &self,
        directory: &str,
        leaf: &Leaf,
        outcome: &mut Outcome,
    ) -> Result<Option<(Inventory, Bytes)>> {
        let key = version_inventory(directory, leaf.version);
        let code = match self.archive.root.read(&key).await {
            Ok(bytes) if Digest::of(&bytes) == leaf.inventory => {
                let parsed = Inventory::parse(&bytes, leaf.object);
                let strange =
                    || Error::alarm(self.archive.root.name(&key), "not an inventory of this object");
                return parsed.ok_or_else(strange).map(|inventory| Some((inventory, bytes)));
            }
            Ok(_) => Code::InventoryChanged,
            Err(Error::NotFound) => Code::InventoryMissing,
            Err(_) => Code::Unreadable,
        };
        outcome.differs(Side::Archive, code, leaf.object, &key);
        Ok(None)
    }

    /// Copies a file that the replica lacks; names one that is other there than it must be.
    async fn ensure(&self, expected: &Expected, object: ObjectId, outcome: &mut Outcome) -> Result<()> {
        let (from, to) = (&self.archive.root, &self.replica.stores.root);
        match self.replica.compare(to, &expected.key, expected.digest).await? {
            Comparison::Same => return Ok(()),
            Comparison::Changed => outcome.differs(Side::Replica, expected.changed(), object, &expected.key),
            Comparison::Unreadable => outcome.differs(Side::Replica, Code::Unreadable, object, &expected.key),
            Comparison::Missing => match &expected.bytes {
                Some(bytes) => {
                    to.create_unsynced(&expected.key, bytes.clone()).await?;
                    outcome.files += 1;
                    outcome.bytes += bytes.len() as u64;
                }
                None => match to.take(&to.name(&expected.key), from, &expected.key, expected.digest).await? {
                    Taken::Whole(size_bytes) => {
                        outcome.files += 1;
                        outcome.bytes += size_bytes;
                    }
                    Taken::Changed => {
                        outcome.differs(Side::Archive, expected.changed(), object, &expected.key)
                    }
                    Taken::Missing => {
                        outcome.differs(Side::Archive, expected.missing(), object, &expected.key)
                    }
                    Taken::Unreadable => {
                        outcome.differs(Side::Archive, Code::Unreadable, object, &expected.key)
                    }
                },
            },
        }
        Ok(())
    }

    /// Names the newest of the prepared versions in the object's root inventory. Where anything of the object is wrong
    /// the replica keeps what it has: a whole older version is better than a torn new one.
    async fn commit(&self, prepared: Prepared) -> Result<Outcome> {
        let Prepared { object, versions, mut outcome } = prepared;
        let Some((newest, inventory, bytes)) = versions.last() else { return Ok(outcome) };
        if !outcome.differences.is_empty() {
            return Ok(outcome);
        }
        let (to, directory) = (&self.replica.stores.root, object.directory());
        let [root, checksum] = root_files(&directory, bytes);
        let found = to.read_if_there(&root.key).await?;
        let place = place(found.as_ref(), &versions[0].0, newest, inventory, bytes);
        match place {
            Place::Committed | Place::Before => {}
            Place::First => to.create_unsynced(&root.key, bytes.clone()).await?,
            Place::Next => to.replace(&root.key, bytes.clone()).await?,
            Place::Gap => outcome.differs(Side::Replica, Code::InventoryMissing, object, &root.key),
            Place::Other => outcome.differs(Side::Replica, Code::InventoryChanged, object, &root.key),
        }
        if matches!(place, Place::Committed | Place::First | Place::Next) {
            self.checksum(&directory, newest.version, &checksum, object, &mut outcome).await?;
        }
        let written = u64::from(matches!(place, Place::First | Place::Next));
        outcome.files += written;
        outcome.bytes += written * bytes.len() as u64;
        outcome.versions += versions.len() as u64;
        Ok(outcome)
    }

    /// The root inventory's sidecar. That of an earlier version is what an interruption before this line leaves behind.
    async fn checksum(
        &self,
        directory: &str,
        newest: u32,
        expected: &Expected,
        object: ObjectId,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let to = &self.replica.stores.root;
        let Some(found) = to.read_if_there(&expected.key).await? else {
            return self.ensure(expected, object, outcome).await;
        };
        if expected.bytes.as_ref() == Some(&found) {
            return Ok(());
        }
        for version in 1..newest {
            let earlier = to.digest(&version_inventory(directory, version)).await?;
            if found == sidecar(earlier) {
                return to.replace(&expected.key, expected.bytes.clone().unwrap_or_default()).await;
            }
        }
        outcome.differs(Side::Replica, expected.changed(), object, &expected.key);
        Ok(())
    }

    /// The log's files, then its checkpoint: from here on the replica says that it has everything up to there.
    async fn log(&self, history: &mut History, from: u64, report: &mut Replication) -> Result<()> {
        let (to, size) = (&self.replica.stores.log, history.log.head().size);
        self.replica.sweep(to, vec![String::new()]).await?;
        for at in history.log.tiles(from) {
            match history.log.tile(at).await {
                Some(hashes) => {
                    let path = tile_path(at, hashes.len() as u64);
                    self.ensure_log(Expected::small(Kind::Tile, path, tile_bytes(&hashes)), report).await?;
                }
                None => {
                    let path = format!("../log/{}", tile_path(at, TILE_WIDTH));
                    report.differences.push(Difference::new(Side::Archive, Code::LogTileChanged, None, path));
                }
            }
        }
        for number in history.log.bundles(from) {
            match history.log.entries(number).await {
                Some(entries) => {
                    let path = bundle_path(number, entries.len() as u64);
                    let bundle: Vec<u8> = entries.iter().flat_map(|entry| bundle_entry(entry)).collect();
                    self.ensure_log(Expected::small(Kind::Entries, path, bundle), report).await?;
                }
                None => report.differences.push(entries_lost(number)),
            }
        }
        let (origin, key) = (origin_file(&history.key), key_file(&history.key));
        self.ensure_log(Expected::small(Kind::Head, ORIGIN, origin), report).await?;
        self.ensure_log(Expected::small(Kind::Head, VERIFIER_KEY, key), report).await?;
        to.settle().await?;
        self.checkpoint(history, report).await?;
        if report.is_complete()
            && let Err(error) = self.clear_superseded(history.copied, size).await
        {
            tracing::warn!(%error, "superseded partial tiles stay at the replica");
        }
        Ok(())
    }

    async fn ensure_log(&self, expected: Expected, report: &mut Replication) -> Result<()> {
        let to = &self.replica.stores.log;
        let code = match self.replica.compare(to, &expected.key, expected.digest).await? {
            Comparison::Same => return Ok(()),
            Comparison::Missing => {
                return to.create_unsynced(&expected.key, expected.bytes.unwrap_or_default()).await;
            }
            Comparison::Changed => expected.changed(),
            Comparison::Unreadable => Code::Unreadable,
        };
        let path = format!("../log/{}", expected.key);
        report.differences.push(Difference::new(Side::Replica, code, None, path));
        Ok(())
    }

    async fn checkpoint(&self, history: &History, report: &mut Replication) -> Result<()> {
        let to = &self.replica.stores.log;
        let there = Stated::of_replica(to).await?;
        let head = there.head(&history.key);
        if head.is_some_and(|head| head.size > history.log.head().size) {
            // Another run has come further meanwhile.
            return Ok(());
        }
        if there.checkpoint.is_some() && head.is_none() {
            let path = format!("../log/{CHECKPOINT}");
            report.differences.push(Difference::new(Side::Replica, Code::LogCheckpointChanged, None, path));
        }
        // A checkpoint over a gap would hide the gap from the next run.
        if report.is_complete() && there.checkpoint.as_ref() != Some(&history.checkpoint) {
            to.replace(CHECKPOINT, history.checkpoint.clone()).await?;
        }
        Ok(())
    }

    /// The tiles that were partial under the replica's last checkpoint and are full now.
    async fn clear_superseded(&self, before: u64, now: u64) -> Result<()> {
        for level in 0..8 {
            let at = TileAt { level, number: before.checked_shr(8 * (level + 1)).unwrap_or(0) };
            if crate::log::width_of_tile(now, at) < TILE_WIDTH {
                break;
            }
            let mut full = vec![tile_path(at, TILE_WIDTH)];
            full.extend((level == 0).then(|| bundle_path(at.number, TILE_WIDTH)));
            for path in full {
                erase_partials(&self.replica.stores.log, &path, |_| true).await?;
            }
        }
        Ok(())
    }
}

/// What the replica's root inventory says, seen from the versions being copied.
enum Place {
    /// There is none, and the first version is among those copied.
    First,
    /// An ancestor: an earlier version of the same history.
    Next,
    /// The newest of those copied.
    Committed,
    /// A newer one of the same history.
    Before,
    /// There is none, and the versions before those copied should have left one.
    Gap,
    /// Something else.
    Other,
}

fn place(found: Option<&Bytes>, first: &Leaf, newest: &Leaf, inventory: &Inventory, bytes: &Bytes) -> Place {
    let Some(found) = found else {
        return if first.version == 1 { Place::First } else { Place::Gap };
    };
    if found == bytes {
        return Place::Committed;
    }
    // Only an inventory as this archive writes it counts, to the byte.
    let parsed = Inventory::parse(found, newest.object).filter(|parsed| parsed.to_bytes() == *found);
    let Some(parsed) = parsed else { return Place::Other };
    let shared = parsed.head().min(newest.version);
    if !(1..=shared).all(|version| parsed.agrees_on(version, inventory)) {
        return Place::Other;
    }
    if parsed.head() < newest.version { Place::Next } else { Place::Before }
}
