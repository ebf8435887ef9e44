//! The Merkle tree of RFC 6962, pure: hashes in, hashes out. Leaves are grouped in tiles of 256 as C2SP tlog-tiles
//! has them: tile `n` at level `l` holds the roots of the complete subtrees of 256^l leaves.

use std::ops::Range;

use sha2::{Digest as _, Sha256};

/// A node of the tree.
pub(crate) type Hash = [u8; 32];

/// Hashes in a full tile.
pub(crate) const TILE_WIDTH: u64 = 256;

/// The hash of a leaf (RFC 6962, section 2.1).
pub(crate) fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over `hashes`, each a leaf or the root of a complete subtree of one size (the last may be smaller).
pub(crate) fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(split(many.len() as u64) as usize);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// The largest power of two below `size`.
fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The position of a tile: level and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TileAt {
    pub(crate) level: u32,
    pub(crate) number: u64,
}

/// How many hashes the tree of `size` leaves has at a tile level.
pub(crate) fn width_of_level(size: u64, level: u32) -> u64 {
    size.checked_shr(8 * level).unwrap_or(0)
}

/// How many hashes a tile holds in the tree of `size` leaves: 0 to 256.
pub(crate) fn width_of_tile(size: u64, at: TileAt) -> u64 {
    width_of_level(size, at.level).saturating_sub(at.number * TILE_WIDTH).min(TILE_WIDTH)
}

/// The last, not yet full tile of each level that has one.
pub(crate) fn partial_tiles(size: u64) -> impl Iterator<Item = (TileAt, u64)> {
    let levels = (0..8).map(move |level| {
        let width = width_of_level(size, level);
        (TileAt { level, number: width / TILE_WIDTH }, width % TILE_WIDTH)
    });
    levels.filter(|(_, width)| *width > 0)
}

/// The right edge of a tree: all that is needed to append. At most 255 hashes a level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edge {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// The edge of a tree of `size`, from its partial tiles in the order of [`partial_tiles`].
    pub(crate) fn from_partials(size: u64, partials: Vec<Vec<Hash>>) -> Self {
        let mut levels = Vec::new();
        for ((at, _), hashes) in partial_tiles(size).zip(partials) {
            levels.resize(at.level as usize, Vec::new());
            levels.push(hashes);
        }
        Self { size, levels }
    }

    /// Leaves so far.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The leaf hashes in the last tile, which is not full.
    pub(crate) fn last_leaves(&self) -> &[Hash] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// Appends a leaf; answers the tiles that became full by it, lowest first.
    pub(crate) fn push(&mut self, leaf: Hash) -> Vec<(TileAt, Vec<Hash>)> {
        let (mut full, mut carried, mut level) = (Vec::new(), leaf, 0);
        self.size += 1;
        loop {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            self.levels[level].push(carried);
            if (self.levels[level].len() as u64) < TILE_WIDTH {
                return full;
            }
            let hashes = std::mem::take(&mut self.levels[level]);
            carried = root_of(&hashes);
            let number = width_of_level(self.size, level as u32) / TILE_WIDTH - 1;
            full.push((TileAt { level: level as u32, number }, hashes));
            level += 1;
        }
    }

    /// The partial tiles with their hashes.
    pub(crate) fn partials(&self) -> impl Iterator<Item = (TileAt, &[Hash])> {
        partial_tiles(self.size).map(|(at, _)| (at, self.levels[at.level as usize].as_slice()))
    }

    /// The tree's root hash.
    pub(crate) fn root(&self) -> Hash {
        // From the right: what a level leaves over is the last, incomplete element of the level above.
        let mut rest: Option<Hash> = None;
        for hashes in &self.levels {
            let all: Vec<Hash> = hashes.iter().copied().chain(rest).collect();
            rest = (!all.is_empty()).then(|| root_of(&all));
        }
        rest.unwrap_or_else(|| root_of(&[]))
    }
}

/// The ranges of leaves whose roots prove that leaf `index` is in the tree of `size` (RFC 6962, section 2.1.1),
/// nearest first.
pub(crate) fn proof_ranges(index: u64, size: u64) -> Vec<Range<u64>> {
    let (mut ranges, mut low, mut high) = (Vec::new(), 0, size);
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            ranges.push(middle..high);
            high = middle;
        } else {
            ranges.push(low..middle);
            low = middle;
        }
    }
    ranges.reverse();
    ranges
}

/// The ranges of leaves whose roots prove that the tree of `size` continues the one of its first `old` leaves (RFC 6962,
/// section 2.1.2), nearest first.
pub(crate) fn consistency_ranges(old: u64, size: u64) -> Vec<Range<u64>> {
    let (mut ranges, mut low, mut high) = (Vec::new(), 0, size);
    if old == 0 {
        return ranges;
    }
    while old < high {
        let middle = low + split(high - low);
        if old <= middle {
            ranges.push(middle..high);
            high = middle;
        } else {
            ranges.push(low..middle);
            low = middle;
        }
    }
    // The old tree itself is known to who asks, unless it is only its right end that stands alone here.
    if low > 0 {
        ranges.push(low..high);
    }
    ranges.reverse();
    ranges
}

/// Whether the proof shows that the tree of `size` with `root` continues the one of `old` leaves with `old_root` (RFC 9162,
/// section 2.1.4.2).
pub(crate) fn continues(old: u64, old_root: Hash, size: u64, root: Hash, proof: &[Hash]) -> bool {
    if old == 0 || old == size {
        return proof.is_empty() && (old == 0 || old_root == root);
    }
    if old > size {
        return false;
    }
    let first = if old.is_power_of_two() { Some(&old_root) } else { None };
    let mut hashes = first.into_iter().chain(proof);
    let Some(&begin) = hashes.next() else { return false };
    let (mut node, mut last) = (old - 1, size - 1);
    while node & 1 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    let (mut older, mut newer) = (begin, begin);
    for hash in hashes {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            (older, newer) = (node_hash(hash, &older), node_hash(hash, &newer));
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            newer = node_hash(&newer, hash);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    last == 0 && older == old_root && newer == root
}

/// A complete subtree, as the hashes `slice` of one tile.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Subtree {
    pub(crate) tile: TileAt,
    pub(crate) slice: Range<usize>,
}

/// The complete subtrees that make up a range beginning at a multiple of their sizes, left to right.
pub(crate) fn subtrees(range: Range<u64>) -> Vec<Subtree> {
    let (mut found, mut low) = (Vec::new(), range.start);
    while low < range.end {
        let fits = (range.end - low).ilog2();
        let height = if low == 0 { fits } else { fits.min(low.trailing_zeros()) };
        let (level, inside) = (height / 8, height % 8);
        let first = low >> (8 * level);
        let start = (first % TILE_WIDTH) as usize;
        let tile = TileAt { level, number: first / TILE_WIDTH };
        found.push(Subtree { tile, slice: start..start + (1 << inside) });
        low += 1 << height;
    }
    found
}

/// The root over the roots of a range's complete subtrees, left to right.
pub(crate) fn join(roots: &[Hash]) -> Hash {
    let mut from_right = roots.iter().rev();
    let last = from_right.next().copied().unwrap_or_else(|| root_of(&[]));
    from_right.fold(last, |right, left| node_hash(left, &right))
}

/// The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2), or nothing when its length is wrong.
pub(crate) fn root_from_proof(index: u64, size: u64, leaf: Hash, proof: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in proof {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    (last == 0).then_some(hash)
}

/// The bytes of a tile file.
pub(crate) fn tile_bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.concat()
}

/// The hashes in a tile file of at least `width` hashes; nothing when it is shorter or not whole.
pub(crate) fn parse_tile(bytes: &[u8], width: u64) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    (rest.is_empty() && hashes.len() as u64 >= width).then(|| hashes[..width as usize].to_vec())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaves(size: u64) -> Vec<Hash> {
        (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    #[test]
    fn the_empty_tree_and_the_empty_leaf_have_the_roots_of_rfc_6962() {
        assert_eq!(
            hex::encode(root_of(&[])),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            hex::encode(leaf_hash(&[])),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
    }

    #[test]
    fn the_root_of_eight_known_leaves_is_the_one_of_the_certificate_transparency_test_vectors() {
        let entries: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let hashes: Vec<Hash> = entries.map(leaf_hash).to_vec();
        assert_eq!(
            hex::encode(root_of(&hashes)),
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        );
    }

    #[test]
    fn appending_one_by_one_gives_the_same_root_as_the_definition_across_tile_borders() {
        let all = leaves(70_000);
        let mut edge = Edge::default();
        let mut full = 0;
        for (count, leaf) in all.iter().enumerate() {
            full += edge.push(*leaf).len();
            let size = count + 1;
            if size < 600 || size % 9_973 == 0 || (65_530..65_540).contains(&size) {
                assert_eq!(edge.root(), root_of(&all[..size]), "size {size}");
            }
        }
        assert_eq!(full, 70_000 / 256 + 1);
        let partials = edge.partials().map(|(_, hashes)| hashes.to_vec()).collect();
        assert_eq!(Edge::from_partials(70_000, partials).root(), edge.root());
    }

    proptest! {
        #[test]
        fn each_leaf_has_a_proof_and_no_other_leaf_fits_it(size in 1_u64..900, pick in any::<prop::sample::Index>()) {
            let all = leaves(size);
            let index = pick.index(size as usize) as u64;
            let proof: Vec<Hash> =
                proof_ranges(index, size).into_iter().map(|r| root_of(&all[r.start as usize..r.end as usize])).collect();
            let root = root_of(&all);
            prop_assert_eq!(root_from_proof(index, size, all[index as usize], &proof), Some(root));
            prop_assert_ne!(root_from_proof(index, size, leaf_hash(b"another"), &proof), Some(root));
            if size > 1 {
                prop_assert_ne!(root_from_proof((index + 1) % size, size, all[index as usize], &proof), Some(root));
                prop_assert_eq!(root_from_proof(index, size, all[index as usize], &proof[1..]), None);
            }
        }

        #[test]
        fn each_tree_is_proven_to_continue_every_earlier_one_and_no_other(size in 1_u64..900, pick in any::<prop::sample::Index>()) {
            let all = leaves(size);
            let old = pick.index(size as usize + 1) as u64;
            let proof: Vec<Hash> =
                consistency_ranges(old, size).into_iter().map(|r| root_of(&all[r.start as usize..r.end as usize])).collect();
            let (before, root) = (root_of(&all[..old as usize]), root_of(&all));
            prop_assert!(continues(old, before, size, root, &proof));
            prop_assert!(proof.len() <= 63);
            let other = leaf_hash(b"another");
            prop_assert!(!continues(old, before, size, other, &proof) || old == 0);
            prop_assert!(!continues(old, other, size, root, &proof) || old == 0);
            for at in 0..proof.len() {
                let mut changed = proof.clone();
                changed[at] = other;
                prop_assert!(!continues(old, before, size, root, &changed));
            }
            if let [_, shorter @ ..] = &proof[..] {
                prop_assert!(!continues(old, before, size, root, shorter));
            }
            prop_assert!(!continues(old, before, size, root, &[proof.clone(), vec![other]].concat()));
        }

        #[test]
        fn the_roots_of_a_consistency_proof_are_those_of_whole_subtrees(size in 2_u64..900, pick in any::<prop::sample::Index>()) {
            let old = 1 + pick.index(size as usize - 1) as u64;
            for range in consistency_ranges(old, size) {
                let leaves: u64 = subtrees(range.clone()).iter().map(|s| s.slice.len() as u64 * 256_u64.pow(s.tile.level)).sum();
                prop_assert_eq!(leaves, range.end - range.start);
            }
        }

        #[test]
        fn a_range_is_the_join_of_its_complete_subtrees(size in 1_u64..900, pick in any::<prop::sample::Index>()) {
            let all = leaves(size);
            for range in proof_ranges(pick.index(size as usize) as u64, size) {
                let roots: Vec<Hash> = subtrees(range.clone()).iter().map(|subtree| {
                    let per_hash = 256_u64.pow(subtree.tile.level);
                    let first = (subtree.tile.number * 256 + subtree.slice.start as u64) * per_hash;
                    let count = subtree.slice.len() as u64 * per_hash;
                    root_of(&all[first as usize..(first + count) as usize])
                }).collect();
                prop_assert_eq!(join(&roots), root_of(&all[range.start as usize..range.end as usize]));
            }
        }
    }
}
