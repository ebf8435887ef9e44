//! The log under one signed head, read from one or several copies. A file counts when the head proves it, wherever it
//! lies: tiles by the hash above them, entries by their tile.

use std::collections::HashMap;
use std::ops::Range;

use crate::error::{Error, Result};
use crate::log::{
    Edge, Hash, Leaf, TILE_WIDTH, TileAt, TreeHead, bundle_path, leaf_hash, parse_bundle, parse_tile,
    partial_tiles, proof, root_of, tile_path, width_of_tile,
};
use crate::store::Store;

/// One copy of the log. Where a file of it cannot be read, the other copies are asked.
pub(super) struct LogCopy {
    pub(super) store: Store,
    /// Leaves this copy has.
    pub(super) size: u64,
}

/// The proven log; see the module.
pub(super) struct Vouched {
    head: TreeHead,
    copies: Vec<LogCopy>,
    /// The tiles that are not full.
    edge: Vec<(TileAt, Vec<Hash>)>,
    /// The full tile used last at each level.
    recent: HashMap<u32, (u64, Vec<Hash>)>,
}

impl Vouched {
    /// Nothing when no combination of the copies' files has the root that `head` signs.
    pub(super) async fn open(head: TreeHead, copies: Vec<LogCopy>) -> Option<Self> {
        let mut levels: Vec<(TileAt, Vec<Vec<Hash>>)> = Vec::new();
        for (at, width) in partial_tiles(head.size) {
            levels.push((at, stored(&copies, at, width).await));
        }
        if let Some(edge) = fitting(head, &levels) {
            return Some(Self { head, copies, edge, recent: HashMap::new() });
        }
        // A tile can also be computed from what lies below it.
        for (at, found) in &mut levels {
            let width = width_of_tile(head.size, *at);
            for copy in &copies {
                found.extend(copy.computed(*at, width).await);
            }
        }
        let edge = fitting(head, &levels)?;
        Some(Self { head, copies, edge, recent: HashMap::new() })
    }

    pub(super) fn head(&self) -> TreeHead {
        self.head
    }

    /// Every tile of the tree that has leaves at or after `from`.
    pub(super) fn tiles(&self, from: u64) -> impl Iterator<Item = TileAt> + use<> {
        let size = self.head.size;
        let levels = (0..8).map(move |level| (level, from.checked_shr(8 * (level + 1)).unwrap_or(0)));
        levels.flat_map(move |(level, first)| {
            let tiles = (first..).map(move |number| TileAt { level, number });
            tiles.take_while(move |at| width_of_tile(size, *at) > 0)
        })
    }

    /// The numbers of the bundles that have leaves at or after `from`.
    pub(super) fn bundles(&self, from: u64) -> Range<u64> {
        from / TILE_WIDTH..self.head.size.div_ceil(TILE_WIDTH)
    }

    /// The hashes of a tile of the tree; nothing when no copy has what the head proves.
    pub(super) async fn tile(&mut self, at: TileAt) -> Option<Vec<Hash>> {
        let mut below = vec![at];
        let mut known = loop {
            let top = *below.last()?;
            if let Some(hashes) = self.known(top) {
                below.pop();
                break hashes;
            }
            // Outside the tree; inside it, the edge is met at the latest one level above.
            if top.level == 8 {
                return None;
            }
            below.push(TileAt { level: top.level + 1, number: top.number / TILE_WIDTH });
        };
        while let Some(at) = below.pop() {
            let expected = *known.get((at.number % TILE_WIDTH) as usize)?;
            known = self.full_tile(at, expected).await?;
            self.recent.insert(at.level, (at.number, known.clone()));
        }
        Some(known)
    }

    fn known(&self, at: TileAt) -> Option<Vec<Hash>> {
        let edge = self.edge.iter().find(|(edge, _)| *edge == at).map(|(_, hashes)| hashes);
        let recent = self.recent.get(&at.level).filter(|(number, _)| *number == at.number);
        edge.or(recent.map(|(_, hashes)| hashes)).cloned()
    }

    async fn full_tile(&self, at: TileAt, expected: Hash) -> Option<Vec<Hash>> {
        let fits = |hashes: &Vec<Hash>| root_of(hashes) == expected;
        for copy in &self.copies {
            if let Some(hashes) = copy.tile(at, TILE_WIDTH).await.filter(fits) {
                return Some(hashes);
            }
        }
        for copy in &self.copies {
            if let Some(hashes) = copy.computed(at, TILE_WIDTH).await.filter(fits) {
                return Some(hashes);
            }
        }
        None
    }

    /// The entries of bundle `number`, as far as the head covers them; nothing when no copy has what the head proves.
    pub(super) async fn entries(&mut self, number: u64) -> Option<Vec<Vec<u8>>> {
        let at = TileAt { level: 0, number };
        let hashes = self.tile(at).await?;
        for copy in &self.copies {
            let entries = copy.entries(number, hashes.len()).await.unwrap_or_default();
            if entries.iter().map(|entry| leaf_hash(entry)).eq(hashes.iter().copied()) {
                return Some(entries);
            }
        }
        None
    }

    /// The leaves of bundle `number`, as [`entries`](Vouched::entries).
    ///
    /// # Errors
    /// [`Error::Alarm`] when the head proves an entry that is no leaf of this archive.
    pub(super) async fn leaves(&mut self, number: u64) -> Result<Option<Vec<Leaf>>> {
        let Some(entries) = self.entries(number).await else { return Ok(None) };
        let numbered = (number * TILE_WIDTH..).zip(&entries);
        let leaves: Option<Vec<Leaf>> = numbered.map(|(index, entry)| Leaf::parse(index, entry)).collect();
        let strange =
            || Error::alarm(format!("log/{}", bundle_path(number, TILE_WIDTH)), "not a leaf of this log");
        leaves.ok_or_else(strange).map(Some)
    }

    /// Whether `earlier` is this log as it was: its first `earlier.size` leaves have that root. Nothing when the tiles
    /// to tell it are lost.
    pub(super) async fn extends(&mut self, earlier: TreeHead) -> Option<bool> {
        if earlier.size > self.head.size {
            return Some(false);
        }
        let mut roots = Vec::new();
        for subtree in proof::subtrees(0..earlier.size) {
            roots.push(root_of(&self.tile(subtree.tile).await?[subtree.slice]));
        }
        Some(proof::join(&roots) == earlier.root)
    }
}

impl LogCopy {
    /// The stored tile's first `width` hashes.
    pub(super) async fn tile(&self, at: TileAt, width: u64) -> Option<Vec<Hash>> {
        let own = width_of_tile(self.size, at);
        parse_tile(&self.partial_or_full(&tile_path(at, own), &tile_path(at, TILE_WIDTH)).await?, width)
    }

    /// The stored bundle's first `width` entries.
    pub(super) async fn entries(&self, number: u64, width: usize) -> Option<Vec<Vec<u8>>> {
        let own = width_of_tile(self.size, TileAt { level: 0, number });
        let full = bundle_path(number, TILE_WIDTH);
        let bytes = self.partial_or_full(&bundle_path(number, own), &full).await?;
        let entries = parse_bundle(&bytes).filter(|entries| entries.len() >= width)?;
        Some(entries[..width].iter().map(|entry| entry.to_vec()).collect())
    }

    /// The first `width` hashes of a tile from what lies below it.
    async fn computed(&self, at: TileAt, width: u64) -> Option<Vec<Hash>> {
        let Some(level) = at.level.checked_sub(1) else {
            let entries = self.entries(at.number, width as usize).await?;
            return Some(entries.iter().map(|entry| leaf_hash(entry)).collect());
        };
        let mut hashes = Vec::new();
        for number in (at.number * TILE_WIDTH..).take(width as usize) {
            hashes.push(root_of(&self.tile(TileAt { level, number }, TILE_WIDTH).await?));
        }
        Some(hashes)
    }

    /// A partial file goes away once the full one exists, so the full one is the second place to look.
    async fn partial_or_full(&self, partial: &str, full: &str) -> Option<bytes::Bytes> {
        match self.store.read(partial).await {
            Err(_) if partial != full => self.store.read(full).await.ok(),
            found => found.ok(),
        }
    }
}

/// What the copies hold of a tile, each different answer once.
async fn stored(copies: &[LogCopy], at: TileAt, width: u64) -> Vec<Vec<Hash>> {
    let mut found = Vec::new();
    for copy in copies {
        let hashes = copy.tile(at, width).await;
        found.extend(hashes.filter(|hashes| !found.contains(hashes)));
    }
    found
}

/// Of all combinations of the tiles found, the one that has the root.
fn fitting(head: TreeHead, levels: &[(TileAt, Vec<Vec<Hash>>)]) -> Option<Vec<(TileAt, Vec<Hash>)>> {
    let combinations: usize = levels.iter().map(|(_, found)| found.len()).product();
    let combination = |mut number: usize| -> Vec<(TileAt, Vec<Hash>)> {
        let pick = |(at, found): &(TileAt, Vec<Vec<Hash>>)| {
            let picked = found[number % found.len()].clone();
            number /= found.len();
            (*at, picked)
        };
        levels.iter().map(pick).collect()
    };
    (0..combinations).map(combination).find(|edge| {
        let hashes = edge.iter().map(|(_, hashes)| hashes.clone()).collect();
        Edge::from_partials(head.size, hashes).root() == head.root
    })
}
