//! The log's files (C2SP tlog-tiles): where they lie and how they are read under a given checkpoint.

use std::ops::Range;

use futures_util::{StreamExt, TryStreamExt};

use super::leaf::parse_bundle;
use super::tree::{self, Hash, TILE_WIDTH, TileAt};
use crate::error::{Error, Result};
use crate::store::{ErasableStore, Store};

pub(crate) const CHECKPOINT: &str = "checkpoint";
pub(crate) const ORIGIN: &str = "origin";
pub(crate) const VERIFIER_KEY: &str = "vkey";
pub(crate) const LOCK: &str = "lock";

/// `x001/x234/067` for 1,234,067.
fn number_path(number: u64) -> String {
    let mut path = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

/// The path of a tile of `width` hashes.
pub(crate) fn tile_path(at: TileAt, width: u64) -> String {
    with_width(format!("tile/{}/{}", at.level, number_path(at.number)), width)
}

/// The path of bundle `number` when it holds `width` entries.
pub(crate) fn bundle_path(number: u64, width: u64) -> String {
    with_width(format!("tile/entries/{}", number_path(number)), width)
}

fn with_width(path: String, width: u64) -> String {
    if width == TILE_WIDTH { path } else { format!("{path}.p/{width}") }
}

/// The hashes of a tile in the tree of `size`.
pub(crate) async fn read_tile(store: &Store, size: u64, at: TileAt) -> Result<Vec<Hash>> {
    let width = tree::width_of_tile(size, at);
    let found = read_partial_or_full(store, &tile_path(at, width), &tile_path(at, TILE_WIDTH)).await?;
    let hashes = found.as_deref().and_then(|bytes| tree::parse_tile(bytes, width));
    hashes.ok_or_else(|| Error::alarm(store.name(&tile_path(at, width)), "log tile missing or damaged"))
}

/// The raw bundle `number` in the log of `size`; may hold more entries than the checkpoint covers.
pub(crate) async fn read_bundle(store: &Store, size: u64, number: u64) -> Result<Vec<u8>> {
    let width = tree::width_of_tile(size, TileAt { level: 0, number });
    let path = bundle_path(number, width);
    let found = read_partial_or_full(store, &path, &bundle_path(number, TILE_WIDTH)).await?;
    let whole =
        found.filter(|bytes| parse_bundle(bytes).is_some_and(|entries| entries.len() as u64 >= width));
    Ok(whole.ok_or_else(|| Error::alarm(store.name(&path), "log entries missing or damaged"))?.into())
}

/// A partial file goes away once the full one exists, so the full one is the second place to look.
async fn read_partial_or_full(store: &Store, partial: &str, full: &str) -> Result<Option<bytes::Bytes>> {
    match store.read_if_there(partial).await? {
        None if partial != full => store.read_if_there(full).await,
        found => Ok(found),
    }
}

/// The root over a range of leaves of the tree of `size`, from its tiles.
pub(crate) async fn range_root(store: &Store, size: u64, range: Range<u64>) -> Result<Hash> {
    let mut roots = Vec::new();
    for subtree in tree::subtrees(range) {
        let hashes = read_tile(store, size, subtree.tile).await?;
        roots.push(tree::root_of(&hashes[subtree.slice]));
    }
    Ok(tree::join(&roots))
}

/// Removes the partial files of a tile that `superseded` says are of no use any more, and their leftovers.
pub(crate) async fn erase_partials(
    store: &ErasableStore,
    full_path: &str,
    superseded: impl Fn(u64) -> bool,
) -> Result<()> {
    let mut found = store.list(&format!("{full_path}.p")).boxed();
    while let Some(key) = found.try_next().await? {
        let width = key.rsplit('/').next().and_then(|width| width.parse().ok());
        if width.is_some_and(&superseded) {
            store.erase(&key).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_lie_where_c2sp_says() {
        assert_eq!(tile_path(TileAt { level: 1, number: 1_234_067 }, 256), "tile/1/x001/x234/067");
        assert_eq!(tile_path(TileAt { level: 0, number: 273 }, 112), "tile/0/273.p/112");
        assert_eq!(bundle_path(0, 256), "tile/entries/000");
        assert_eq!(bundle_path(1_000, 1), "tile/entries/x001/000.p/1");
    }
}
