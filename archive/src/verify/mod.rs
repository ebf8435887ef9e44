//! The independent check: every file under the storage root against the inventories, the inventories against the log,
//! the log against its signed checkpoint. Needs no keys and writes nothing. Memory stays flat.

mod findings;
mod log;
mod object;
mod reader;
mod remote;
mod scrub;
mod walk;

pub use findings::{Advice, Code, CouldNotCheck, Finding, Outcome, Report};
pub use reader::Pace;
pub use scrub::{Look, Looked, Place, Scrub, Section};

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use crate::log::{Leaf, TILE_WIDTH, TreeHead, leaf_hash, proof};
use crate::paths::ArchivePaths;
use crate::recover::Leftover;
use log::LoggedObjects;
use reader::Reader;
use walk::Tally;

/// How much to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Everything.
    Full,
    /// The root's own files, the checkpoint, and this many sealed versions picked at random, each with all files of
    /// its object and its proof of inclusion.
    Sample(u64),
}

/// So many leaves are held in memory at a time (about 40 MB); a longer log is gone through in several rounds.
const LEAVES_A_ROUND: u64 = 256 * 1024;

/// Checks an archive; see the module. Blocks the thread and uses all cores for hashing.
///
/// # Errors
/// [`CouldNotCheck`] when it could not run to its end, which is neither ok nor damaged.
pub fn verify(paths: &ArchivePaths, mode: Mode) -> Result<Report, CouldNotCheck> {
    let (root, log) = Reader::both(paths).map_err(CouldNotCheck::Root)?;
    let checked = log::check_head(&log);
    let mut tally = Tally { findings: checked.findings, ..Tally::default() };
    let live = Live { log: &log, head: checked.head, staging: paths.staging() };
    let not_checked = match mode {
        Mode::Full => full(&root, &live, &mut tally)?,
        Mode::Sample(count) => sample(&root, &live, count, &mut tally)?,
    };
    tally.findings.sort_by(|a, b| (&a.path, a.code.as_str()).cmp(&(&b.path, b.code.as_str())));
    Ok(Report {
        findings: tally.findings,
        objects_ok: tally.ok,
        objects_damaged: tally.damaged,
        objects_under_way: tally.under_way,
        versions_not_checked: not_checked,
        files_read: root.files.load(Ordering::Relaxed) + log.files.load(Ordering::Relaxed),
        bytes_read: root.bytes.load(Ordering::Relaxed) + log.bytes.load(Ordering::Relaxed),
        log_size: checked.head.size,
    })
}

/// Whether the log continues `seen`, a checkpoint it once signed: an older copy of the log, whole in itself, does not.
/// Read the checkpoint first and call this after, so that a log that is being written is ahead of it. Answers the first
/// thing found.
pub fn check_continues(paths: &ArchivePaths, seen: &str) -> Option<Finding> {
    let log = Reader::of_log(paths);
    let checked = log::check_head(&log);
    checked.findings.into_iter().next().or_else(|| log::check_continues(&log, checked.head, seen))
}

fn full(root: &Reader, live: &Live<'_>, tally: &mut Tally) -> Result<u64, CouldNotCheck> {
    let (log, head) = (live.log, live.head);
    tally.findings.extend(log::check_all(log, head));
    let tops = walk::top(root, tally).map_err(CouldNotCheck::Root)?;
    let rounds = head.size.div_ceil(LEAVES_A_ROUND).clamp(1, 256);
    for round in 0..rounds {
        // Directories are named by a digest, so their first byte deals them out evenly.
        let in_round = |directory: &str| {
            let byte = directory.get(..2).and_then(|hex| u64::from_str_radix(hex, 16).ok());
            byte.unwrap_or(0) * rounds / 256 == round
        };
        // What of the log cannot be read was found by `check_all`.
        let (logged, _) = log::gather(log, 0, head.size, in_round);
        let tops: Vec<&str> = tops.iter().map(String::as_str).filter(|top| in_round(top)).collect();
        walk::objects(root, &tops, logged, tally, live)?;
    }
    Ok(0)
}

/// The living archive around the check.
struct Live<'a> {
    log: &'a Reader,
    head: TreeHead,
    staging: PathBuf,
}

impl walk::Meanwhile for Live<'_> {
    fn newer(&self, directory: &str) -> Option<log::Logged> {
        let now = log::check_head(self.log).head;
        let wanted = |logged: &str| logged == directory;
        log::gather(self.log, self.head.size, now.size, wanted).0.remove(directory)
    }

    fn under_way(&self, directory: &str) -> bool {
        is_under_way(&self.staging, directory)
    }
}

fn is_under_way(staging: &Path, directory: &str) -> bool {
    // A copy of the archive has no staging; nothing is under way there.
    let staged = std::fs::read_dir(staging).into_iter().flatten().flatten();
    let objects = staged.filter_map(|entry| Leftover::parse(entry.file_name().to_str()?));
    objects.into_iter().any(|staged| staged.object.directory() == directory)
}

fn sample(root: &Reader, live: &Live<'_>, count: u64, tally: &mut Tally) -> Result<u64, CouldNotCheck> {
    let (log, head) = (live.log, live.head);
    let mut picked = LoggedObjects::new();
    let indexes = pick(head.size, count)?;
    for index in &indexes {
        match sampled_leaf(log, head, *index) {
            Ok(leaf) => log::add(&mut picked, leaf.object.directory(), &leaf, false),
            Err(finding) => tally.findings.push(finding),
        }
    }
    walk::top(root, tally).map_err(CouldNotCheck::Root)?;
    walk::objects(root, &[], picked, tally, live)?;
    Ok(head.size - indexes.len() as u64)
}

/// Different indexes below `size`, at random.
fn pick(size: u64, count: u64) -> Result<std::collections::BTreeSet<u64>, CouldNotCheck> {
    if count >= size {
        return Ok((0..size).collect());
    }
    let mut picked = std::collections::BTreeSet::new();
    while (picked.len() as u64) < count {
        picked.insert(getrandom::u64().map_err(|_| CouldNotCheck::Stopped)? % size);
    }
    Ok(picked)
}

/// The leaf `index`, proven to be in the signed tree.
fn sampled_leaf(log: &Reader, head: TreeHead, index: u64) -> Result<Leaf, Finding> {
    let changed =
        |code: Code| code.at(None, log.shown(&crate::log::bundle_path(index / TILE_WIDTH, TILE_WIDTH)));
    let lines = log::read_leaves(log, head.size, index / TILE_WIDTH)?;
    let line = &lines[(index % TILE_WIDTH) as usize];
    let leaf = Leaf::parse(index, line).ok_or_else(|| changed(Code::LogEntryChanged))?;
    let mut hashes = Vec::new();
    for range in proof::proof_ranges(index, head.size) {
        hashes.push(log::range_root(log, head.size, range)?);
    }
    let root = proof::root_from_proof(index, head.size, leaf_hash(line), &hashes);
    if root == Some(head.root) { Ok(leaf) } else { Err(changed(Code::LogEntryChanged)) }
}
