//! The one writer of the log: gathers what is waiting, writes tiles, then the checkpoint, then answers everybody.

use std::fs::File;
use std::path::PathBuf;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use futures_util::future::try_join_all;
use tokio::sync::{mpsc, oneshot};

use super::files::{self, CHECKPOINT, LOCK};
use super::leaf::{bundle_entry, parse_bundle};
use super::note::{self, TreeHead, VerifierKey};
use super::tree::{self, Edge, Hash, TILE_WIDTH, TileAt};
use crate::error::{Error, Result};
use crate::store::ErasableStore;

/// As many leaves as one batch takes: at most two tiles are touched a level.
const BATCH: usize = 256;

/// A leaf on its way into the log.
pub(super) struct Append {
    pub(super) line: Vec<u8>,
    /// No equal leaf can stand before this index.
    pub(super) search_from: u64,
    pub(super) answer: oneshot::Sender<Result<u64>>,
}

/// Writes the log; see the module.
pub(super) struct Sequencer {
    pub(super) store: ErasableStore,
    pub(super) directory: PathBuf,
    pub(super) key: SigningKey,
    pub(super) verifier: VerifierKey,
    state: Option<State>,
    /// The last head this process has seen; a later one must extend it.
    seen: Option<TreeHead>,
}

/// The log's right edge as the stored checkpoint has it.
struct State {
    checkpoint: Bytes,
    edge: Edge,
    /// The entries of the last, not yet full bundle.
    bundle: Vec<u8>,
}

/// What a batch adds: files to write before the checkpoint, partial tiles superseded after it.
#[derive(Default)]
struct Batch {
    files: Vec<(String, Bytes)>,
    superseded: Vec<String>,
    indexes: Vec<u64>,
}

impl Sequencer {
    pub(super) fn new(
        store: ErasableStore,
        directory: PathBuf,
        key: SigningKey,
        verifier: VerifierKey,
    ) -> Self {
        Self { store, directory, key, verifier, state: None, seen: None }
    }

    /// Checks the stored log against its checkpoint and clears away what an interrupted batch left.
    pub(super) async fn check(&mut self) -> Result<()> {
        let _lock = self.lock().await?;
        self.state = Some(self.load().await?);
        Ok(())
    }

    /// Serves until nobody can ask any more.
    pub(super) async fn run(mut self, mut waiting: mpsc::Receiver<Append>) {
        let mut batch = Vec::new();
        while waiting.recv_many(&mut batch, BATCH).await > 0 {
            let outcome = self.append(&batch).await;
            for (position, append) in batch.drain(..).enumerate() {
                let answer = match &outcome {
                    Ok(indexes) => Ok(indexes[position]),
                    Err(error) => Err(for_each_of_many(error)),
                };
                // Nobody waits any more: the leaf stands, and a replay finds it.
                let _ = append.answer.send(answer);
            }
        }
    }

    async fn append(&mut self, appends: &[Append]) -> Result<Vec<u64>> {
        let _lock = self.lock().await?;
        // Taken out: after a failure the next batch starts from what is stored, not from what was hoped.
        let mut state = match self.state.take() {
            Some(state) if state.checkpoint == self.store.read(CHECKPOINT).await? => state,
            _ => self.load().await?,
        };
        let batch = self.add(&mut state, appends).await?;
        if !batch.files.is_empty() {
            self.publish(&mut state, batch.files).await?;
            self.clear(batch.superseded).await;
        }
        self.state = Some(state);
        Ok(batch.indexes)
    }

    async fn add(&self, state: &mut State, appends: &[Append]) -> Result<Batch> {
        let (mut batch, mut changed_levels) = (Batch::default(), 0);
        let begun_at = state.edge.size();
        let mut added: Vec<Hash> = Vec::new();
        for append in appends {
            let leaf = tree::leaf_hash(&append.line);
            // A replay of a seal whose leaf was written already must not write a second one.
            if let Some(position) = added.iter().position(|earlier| *earlier == leaf) {
                batch.indexes.push(begun_at + position as u64);
                continue;
            }
            if let Some(index) = self.find(begun_at, append.search_from, leaf, &state.edge, &added).await? {
                batch.indexes.push(index);
                continue;
            }
            batch.indexes.push(state.edge.size());
            added.push(leaf);
            state.bundle.extend(bundle_entry(&append.line));
            let full = state.edge.push(leaf);
            changed_levels = changed_levels.max(full.len() + 1);
            for (at, hashes) in full {
                self.add_full(&mut batch, state, at, &hashes);
            }
        }
        for (at, hashes) in state.edge.partials().take_while(|(at, _)| (at.level as usize) < changed_levels) {
            let path = files::tile_path(at, hashes.len() as u64);
            batch.files.push((path, tree::tile_bytes(hashes).into()));
        }
        let width = state.edge.size() % TILE_WIDTH;
        if !added.is_empty() && width > 0 {
            let path = files::bundle_path(state.edge.size() / TILE_WIDTH, width);
            batch.files.push((path, state.bundle.clone().into()));
        }
        Ok(batch)
    }

    fn add_full(&self, batch: &mut Batch, state: &mut State, at: TileAt, hashes: &[Hash]) {
        let path = files::tile_path(at, TILE_WIDTH);
        batch.files.push((path.clone(), tree::tile_bytes(hashes).into()));
        batch.superseded.push(path);
        if at.level == 0 {
            let path = files::bundle_path(at.number, TILE_WIDTH);
            batch.files.push((path.clone(), std::mem::take(&mut state.bundle).into()));
            batch.superseded.push(path);
        }
    }

    /// The index of an equal leaf stored before this batch, searched from the newest tile back to `from`.
    async fn find(
        &self,
        stored: u64,
        from: u64,
        leaf: Hash,
        edge: &Edge,
        added: &[Hash],
    ) -> Result<Option<u64>> {
        // While this batch stays in the tile it began in, the edge has all its hashes: no file is read.
        let in_memory = added.len() as u64 + stored % TILE_WIDTH < TILE_WIDTH;
        let mut number = stored / TILE_WIDTH;
        loop {
            let at = TileAt { level: 0, number };
            let width = tree::width_of_tile(stored, at);
            let hashes = match number == stored / TILE_WIDTH {
                _ if width == 0 => Vec::new(),
                true if in_memory => edge.last_leaves()[..width as usize].to_vec(),
                _ => files::read_tile(&self.store, stored, at).await?,
            };
            if let Some(position) = hashes.iter().position(|stored| *stored == leaf) {
                return Ok(Some(number * TILE_WIDTH + position as u64));
            }
            if number <= from / TILE_WIDTH {
                return Ok(None);
            }
            number -= 1;
        }
    }

    async fn publish(&mut self, state: &mut State, files: Vec<(String, Bytes)>) -> Result<()> {
        try_join_all(files.iter().map(|(path, bytes)| self.store.replace(path, bytes.clone()))).await?;
        let head = TreeHead { size: state.edge.size(), root: state.edge.root() };
        state.checkpoint = note::sign(&self.key, self.verifier.origin(), head).into();
        // The commit point of the batch: a leaf is in the log when a durable checkpoint covers it.
        self.store.replace(CHECKPOINT, state.checkpoint.clone()).await?;
        self.seen = Some(head);
        Ok(())
    }

    async fn clear(&self, superseded: Vec<String>) {
        for path in superseded {
            if let Err(error) = files::erase_partials(&self.store, &path, |_| true).await {
                tracing::warn!(%error, "superseded partial tiles stay until the next start");
            }
        }
    }

    /// Reads the edge that the stored checkpoint signs, and judges it.
    async fn load(&mut self) -> Result<State> {
        let checkpoint = self.store.read(CHECKPOINT).await?;
        let head = head_of(&self.verifier, &checkpoint)?;
        self.clear_beyond(head.size).await?;
        let mut partials = Vec::new();
        for (at, _) in tree::partial_tiles(head.size) {
            partials.push(files::read_tile(&self.store, head.size, at).await?);
        }
        let edge = Edge::from_partials(head.size, partials);
        self.check_extends(head, &edge).await?;
        self.seen = Some(head);
        let bundle = self.last_bundle(head.size, &edge).await?;
        Ok(State { checkpoint, edge, bundle })
    }

    async fn check_extends(&self, head: TreeHead, edge: &Edge) -> Result<()> {
        let differs = |what| Err(Error::alarm(self.store.name(CHECKPOINT), what));
        if edge.root() != head.root {
            return differs("the log's tiles do not have the root its checkpoint signs");
        }
        let Some(seen) = self.seen.filter(|seen| seen.size > 0) else { return Ok(()) };
        if seen.size > head.size {
            return differs("the log is shorter than it was");
        }
        if files::range_root(&self.store, head.size, 0..seen.size).await? != seen.root {
            return differs("the log does not extend what it was");
        }
        Ok(())
    }

    async fn last_bundle(&self, size: u64, edge: &Edge) -> Result<Vec<u8>> {
        let number = size / TILE_WIDTH;
        if size.is_multiple_of(TILE_WIDTH) {
            return Ok(Vec::new());
        }
        let bundle = files::read_bundle(&self.store, size, number).await?;
        let hashes = parse_bundle(&bundle).unwrap_or_default().into_iter().map(tree::leaf_hash);
        if hashes.eq(edge.last_leaves().iter().copied()) {
            return Ok(bundle);
        }
        let path = files::bundle_path(number, size % TILE_WIDTH);
        Err(Error::alarm(self.store.name(&path), "log entries do not have the hashes of their tile"))
    }

    /// Clears away what a batch wrote that never got its checkpoint, and makes the directories durable that a killed
    /// process may have created without doing so.
    async fn clear_beyond(&self, size: u64) -> Result<()> {
        let mut directories = vec![String::new()];
        for level in 0..8 {
            let width = tree::width_of_level(size, level);
            if level > 0 && width == 0 && tree::width_of_level(size, level - 1) < TILE_WIDTH {
                break;
            }
            let number = width / TILE_WIDTH;
            let at = |number| files::tile_path(TileAt { level, number }, TILE_WIDTH);
            let mut kinds: Vec<[String; 2]> = vec![[at(number), at(number.saturating_sub(1))]];
            if level == 0 {
                let bundle = |number| files::bundle_path(number, TILE_WIDTH);
                kinds.push([bundle(number), bundle(number.saturating_sub(1))]);
            }
            for [last, full] in kinds {
                self.store.erase(&last).await?;
                files::erase_partials(&self.store, &last, |partial| partial > width % TILE_WIDTH).await?;
                if number > 0 {
                    files::erase_partials(&self.store, &full, |_| true).await?;
                }
                directories.extend(last.rsplit_once('/').map(|(directory, _)| directory.to_owned()));
                directories.push(format!("{last}.p"));
            }
        }
        self.store.sweep(directories).await?;
        self.store.settle().await
    }

    /// One process at a time writes the log. The lock goes with its holder.
    async fn lock(&self) -> Result<File> {
        let path = self.directory.join(LOCK);
        let work = move || {
            let file = File::options().create(true).truncate(false).write(true).open(path)?;
            file.lock().map(|()| file)
        };
        Ok(tokio::task::spawn_blocking(work).await??)
    }
}

/// What the stored checkpoint says, or an alarm when its signature is wrong.
pub(super) fn head_of(verifier: &VerifierKey, checkpoint: &[u8]) -> Result<TreeHead> {
    let head = std::str::from_utf8(checkpoint).ok().and_then(|text| verifier.verify(text));
    head.ok_or_else(|| Error::alarm("log/checkpoint", "the log's checkpoint is not signed by its key"))
}

/// One failed batch fails everybody in it; the cause is told to each.
fn for_each_of_many(error: &Error) -> Error {
    match error {
        Error::NoSpace(cause) => Error::NoSpace(cause.to_string().into()),
        Error::Alarm { path, what } => Error::alarm(path.clone(), what),
        other => Error::unavailable(other.to_string()),
    }
}
