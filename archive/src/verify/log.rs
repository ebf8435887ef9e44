//! The log under check: is it what its checkpoint signs, and which objects does it vouch for?

use std::collections::HashMap;
use std::ops::Range;

use super::findings::{Code, Finding};
use super::reader::{Gap, Reader};
use crate::digest::Digest;
use crate::ids::ObjectId;
use crate::log::{
    CHECKPOINT, Edge, Hash, Leaf, ORIGIN, TILE_WIDTH, TileAt, TreeHead, VERIFIER_KEY, VerifierKey,
    bundle_path, leaf_hash, parse_bundle, parse_tile, proof, root_of, tile_bytes, tile_path, width_of_tile,
};

/// What the log says of one object.
#[derive(Debug, Clone)]
pub(crate) struct Logged {
    pub(crate) object: ObjectId,
    pub(crate) versions: Vec<(u32, Digest)>,
    /// Whether every version of the object is in `versions`; not so in a sample.
    pub(crate) complete: bool,
}

/// The logged objects by the name of their directory.
pub(crate) type LoggedObjects = HashMap<String, Logged>;

/// The stored checkpoint, judged.
pub(crate) struct CheckedHead {
    pub(crate) head: TreeHead,
    pub(crate) findings: Vec<Finding>,
}

/// Reads origin, key and checkpoint. A log that cannot be judged counts as empty, with findings that say so.
pub(crate) fn check_head(log: &Reader) -> CheckedHead {
    let empty = TreeHead { size: 0, root: [0; 32] };
    let mut findings = Vec::new();
    let mut text = |name: &str| match log.read(name) {
        Ok(bytes) => String::from_utf8(bytes).ok(),
        Err(gap) => {
            findings.push(gap.at(Code::LogFileMissing, None, log.shown(name)));
            None
        }
    };
    let (origin, key, checkpoint) = (text(ORIGIN), text(VERIFIER_KEY), text(CHECKPOINT));
    if !findings.is_empty() {
        return CheckedHead { head: empty, findings };
    }
    let key = key.as_deref().and_then(VerifierKey::parse);
    let Some(key) = key else { return changed_head(log, VERIFIER_KEY, empty) };
    if origin != Some(format!("{}\n", key.origin())) {
        return changed_head(log, ORIGIN, empty);
    }
    match checkpoint.and_then(|checkpoint| key.verify(&checkpoint)) {
        Some(head) => CheckedHead { head, findings },
        None => changed_head(log, CHECKPOINT, empty),
    }
}

fn changed_head(log: &Reader, name: &str, head: TreeHead) -> CheckedHead {
    CheckedHead { head, findings: vec![Code::LogCheckpointChanged.at(None, log.shown(name))] }
}

/// Whether the log of `head` continues what `seen`, a checkpoint it once signed, vouched for.
pub(crate) fn check_continues(log: &Reader, head: TreeHead, seen: &str) -> Option<Finding> {
    let found = |code: Code| Some(code.at(None, log.shown(CHECKPOINT)));
    let key = log.read(VERIFIER_KEY).ok().and_then(|key| VerifierKey::parse(&String::from_utf8(key).ok()?));
    let Some(seen) = key.and_then(|key| key.verify(seen)) else { return found(Code::LogForked) };
    if seen.size > head.size {
        return found(Code::LogShortened);
    }
    match range_root(log, head.size, 0..seen.size) {
        Ok(root) if root == seen.root => None,
        Ok(_) => found(Code::LogForked),
        Err(finding) => Some(finding),
    }
}

/// The root over a range of leaves of the log of `size`, from its tiles.
pub(crate) fn range_root(log: &Reader, size: u64, range: Range<u64>) -> Result<Hash, Finding> {
    let mut roots = Vec::new();
    for subtree in proof::subtrees(range) {
        let tile = read_tile(log, size, subtree.tile)?;
        roots.push(root_of(&tile[subtree.slice]));
    }
    Ok(proof::join(&roots))
}

/// The leaves of bundle `number`, as far as they can be read; a partial file may have become a full one meanwhile.
pub(crate) fn read_leaves(log: &Reader, size: u64, number: u64) -> Result<Vec<Vec<u8>>, Finding> {
    let width = width_of_tile(size, TileAt { level: 0, number });
    let path = bundle_path(number, width);
    let gap = |gap: Gap| gap.at(Code::LogFileMissing, None, log.shown(&path));
    let bytes = partial_or_full(log, &path, &bundle_path(number, TILE_WIDTH)).map_err(gap)?;
    let entries = parse_bundle(&bytes).filter(|entries| entries.len() as u64 >= width);
    let entries = entries.ok_or_else(|| Code::LogEntryChanged.at(None, log.shown(&path)))?;
    Ok(entries[..width as usize].iter().map(|entry| entry.to_vec()).collect())
}

/// The hashes of a tile in the log of `size`.
pub(crate) fn read_tile(log: &Reader, size: u64, at: TileAt) -> Result<Vec<Hash>, Finding> {
    let width = width_of_tile(size, at);
    let path = tile_path(at, width);
    let gap = |gap: Gap| gap.at(Code::LogFileMissing, None, log.shown(&path));
    let bytes = partial_or_full(log, &path, &tile_path(at, TILE_WIDTH)).map_err(gap)?;
    parse_tile(&bytes, width).ok_or_else(|| Code::LogTileChanged.at(None, log.shown(&path)))
}

fn partial_or_full(log: &Reader, partial: &str, full: &str) -> Result<Vec<u8>, Gap> {
    match log.read(partial) {
        Err(Gap::Missing) if partial != full => log.read(full),
        found => found,
    }
}

/// Gathers the logged objects of the leaves `from..size` whose directory `wanted` chooses, and what of them could not be
/// read.
pub(crate) fn gather(
    log: &Reader,
    from: u64,
    size: u64,
    wanted: impl Fn(&str) -> bool,
) -> (LoggedObjects, Vec<Finding>) {
    let (mut objects, mut findings) = (LoggedObjects::new(), Vec::new());
    for number in from / TILE_WIDTH..size.div_ceil(TILE_WIDTH) {
        let leaves = read_leaves(log, size, number).unwrap_or_else(|finding| {
            findings.push(finding);
            Vec::new()
        });
        for (position, line) in leaves.iter().enumerate() {
            let index = number * TILE_WIDTH + position as u64;
            let Some(leaf) = Leaf::parse(index, line).filter(|_| index >= from) else { continue };
            let directory = leaf.object.directory();
            if wanted(&directory) {
                add(&mut objects, directory, &leaf, true);
            }
        }
    }
    (objects, findings)
}

/// Notes a leaf under its object.
pub(crate) fn add(objects: &mut LoggedObjects, directory: String, leaf: &Leaf, complete: bool) {
    let object = leaf.object;
    let logged =
        objects.entry(directory).or_insert_with(|| Logged { object, versions: Vec::new(), complete });
    logged.versions.push((leaf.version, leaf.inventory));
}

/// Checks every entry and every tile against the root that the checkpoint signs. Streams; holds one tile a level.
pub(crate) fn check_all(log: &Reader, head: TreeHead) -> Vec<Finding> {
    // Two trees, one over the tiles' hashes and one over the entries: whichever has the signed root tells which of
    // two files that disagree was changed.
    let (mut by_tiles, mut by_entries) = (Tree::default(), Tree::default());
    let (mut findings, mut disagreeing) = (Vec::new(), Vec::new());
    for number in 0..head.size.div_ceil(TILE_WIDTH) {
        let at = TileAt { level: 0, number };
        let entries = read_leaves(log, head.size, number);
        let tile = read_tile(log, head.size, at);
        let entries = entries.map(|lines| lines.iter().map(|line| leaf_hash(line)).collect::<Vec<_>>());
        match (entries, tile) {
            (Ok(entries), Ok(tile)) => {
                if entries != tile {
                    disagreeing.push(number);
                }
                by_entries.add(log, &entries);
                by_tiles.add(log, &tile);
            }
            (Ok(hashes), Err(finding)) | (Err(finding), Ok(hashes)) => {
                findings.push(finding);
                by_entries.add(log, &hashes);
                by_tiles.add(log, &hashes);
            }
            (Err(entries), Err(tile)) => {
                findings.extend([entries, tile]);
                return findings;
            }
        }
    }
    let trees = [(by_tiles, Code::LogEntryChanged), (by_entries, Code::LogTileChanged)];
    let Some((tree, code)) = trees.into_iter().find(|(tree, _)| tree.edge.root() == head.root) else {
        findings.push(Code::LogCheckpointChanged.at(None, log.shown(CHECKPOINT)));
        return findings;
    };
    for number in disagreeing {
        let width = width_of_tile(head.size, TileAt { level: 0, number });
        let path = match code {
            Code::LogTileChanged => tile_path(TileAt { level: 0, number }, width),
            _ => bundle_path(number, width),
        };
        findings.push(code.at(None, log.shown(&path)));
    }
    findings.extend(tree.finish(log));
    findings
}

/// A tree being rebuilt, and the stored upper tiles that differ from it.
#[derive(Default)]
struct Tree {
    edge: Edge,
    findings: Vec<Finding>,
}

impl Tree {
    fn add(&mut self, log: &Reader, hashes: &[Hash]) {
        for hash in hashes {
            for (at, hashes) in self.edge.push(*hash).into_iter().filter(|(at, _)| at.level > 0) {
                self.findings.extend(compare(log, at, &hashes));
            }
        }
    }

    fn finish(self, log: &Reader) -> Vec<Finding> {
        let upper = self.edge.partials().filter(|(at, _)| at.level > 0);
        let last: Vec<_> = upper.filter_map(|(at, hashes)| compare(log, at, hashes)).collect();
        self.findings.into_iter().chain(last).collect()
    }
}

fn compare(log: &Reader, at: TileAt, hashes: &[Hash]) -> Option<Finding> {
    let path = tile_path(at, hashes.len() as u64);
    match partial_or_full(log, &path, &tile_path(at, TILE_WIDTH)) {
        Ok(bytes) if bytes.starts_with(&tile_bytes(hashes)) => None,
        Ok(_) => Some(Code::LogTileChanged.at(None, log.shown(&path))),
        Err(gap) => Some(gap.at(Code::LogFileMissing, None, log.shown(&path))),
    }
}
