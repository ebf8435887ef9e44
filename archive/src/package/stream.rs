//! Writing a package from any byte on. A few threads read and decrypt, each a stretch of whole files; one hashes what
//! passes, in order. Whoever listens slowly holds them all back, and whoever goes away ends them.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, stream};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::spool::SpoolReader;
use super::{Broken, Package, Part, Plan, Source, zip};
use crate::digest::Digest;
use crate::error::Error;

const BLOCK_BYTES: u64 = 256 * 1024;
/// Blocks that wait between one thread and the next: enough for most of a photograph, so that the next stretch is
/// decrypted while this one is handed out.
const WAITING: usize = 16;
/// Stretches that are read ahead of the one being handed out.
const AHEAD: usize = 2;
/// A stretch ends with the file in which it gets this long.
const STRETCH_BYTES: u64 = 1024 * 1024;
/// Small files are handed out together.
const TOGETHER: usize = 128 * 1024;

/// What the reading thread tells the judging one.
enum Step {
    /// Headers, and the later part of a file that somebody resumes in.
    Pass(Bytes),
    /// A file begins: what follows is judged.
    Begin,
    Block(Bytes),
    /// The file of this number is whole.
    End(usize),
    Failed(Broken),
}

/// Nobody listens any more.
struct Gone;

/// Blocks that were handed out and came back. New memory for each would be a third of the work: the kernel clears it.
#[derive(Clone, Default)]
struct Blocks(Arc<Mutex<Vec<Vec<u8>>>>);

impl Blocks {
    /// The next block; the last of `left` bytes may be shorter.
    fn read(&self, reader: &mut (impl Read + ?Sized), left: u64) -> io::Result<Bytes> {
        let wanted = left.min(BLOCK_BYTES);
        let mut bytes = self.back().pop().unwrap_or_else(|| Vec::with_capacity(BLOCK_BYTES as usize));
        if reader.take(wanted).read_to_end(&mut bytes)? as u64 != wanted {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Bytes::from_owner(Block { bytes, blocks: self.clone() }))
    }

    fn back(&self) -> std::sync::MutexGuard<'_, Vec<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Block {
    bytes: Vec<u8>,
    blocks: Blocks,
}

impl AsRef<[u8]> for Block {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        self.blocks.back().push(bytes);
    }
}

impl Package {
    /// The bytes of `range` (clamped to the package) in blocks of up to 256 KiB. Every chunk of the archive is authenticated
    /// before it is handed out, and a file that is read from its beginning is compared with its digest; at the first thing
    /// that is wrong the stream ends with an error. Must be called on the runtime.
    pub fn stream(&self, range: Range<u64>) -> impl Stream<Item = Result<Bytes, Broken>> + Send + 'static {
        let range = range.start.min(self.size_bytes())..range.end.min(self.size_bytes());
        let (begun, stretches) = channel(AHEAD - 1);
        let (out, judged) = channel(WAITING);
        let (plan, judging) = (Arc::clone(&self.0), Arc::clone(&self.0));
        tokio::spawn(read_ahead(plan, range, begun));
        tokio::task::spawn_blocking(move || {
            let _ = judge(&judging, stretches, &out);
        });
        stream::unfold(judged, |mut judged| async move { Some((judged.recv().await?, judged)) })
    }

    /// Reads every file of the archive that is in the package to its end, and tells which are not what they must be.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the check itself could not run.
    pub async fn check(&self) -> crate::error::Result<Vec<Broken>> {
        let (plan, runtime) = (Arc::clone(&self.0), Handle::current());
        let work = move || {
            let sealed = plan.parts.iter().filter(|part| matches!(part.source, Source::Sealed(_)));
            sealed.filter_map(|part| check_part(&plan, &runtime, part).err()).collect()
        };
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

/// Starts reading one stretch after the other, and hands on what comes of each.
async fn read_ahead(plan: Arc<Plan>, range: Range<u64>, begun: Sender<Receiver<Step>>) {
    let (mut at, blocks) = (range.start, Blocks::default());
    while at < range.end {
        let stretch = at..plan.file_begins(at + STRETCH_BYTES).min(range.end);
        at = stretch.end;
        let Ok(turn) = begun.reserve().await else { return };
        let (steps, read) = channel(WAITING);
        let (plan, runtime, blocks) = (Arc::clone(&plan), Handle::current(), blocks.clone());
        tokio::task::spawn_blocking(move || {
            let mut reading = Reading { plan: &plan, runtime, blocks, spool: None, steps };
            let _ = reading.range(stretch);
        });
        turn.send(read);
    }
}

impl Plan {
    /// Where the first file at or after this byte begins; the end, after the last.
    fn file_begins(&self, at: u64) -> u64 {
        let next = self.offsets.partition_point(|offset| *offset < at);
        self.offsets.get(next).copied().unwrap_or(u64::MAX)
    }
}

fn check_part(plan: &Plan, runtime: &Handle, part: &Part) -> Result<(), Broken> {
    let mut reader = open(plan, runtime, part).map_err(|cause| broken(part, cause))?;
    let (mut sums, blocks) = (Sums::default(), Blocks::default());
    let mut left = part.size_bytes;
    while left > 0 {
        let block = blocks.read(&mut reader, left).map_err(|error| broken(part, damaged(error)))?;
        left -= block.len() as u64;
        sums.update(&block);
    }
    if sums.fit(part) { Ok(()) } else { Err(broken(part, differs())) }
}

struct Reading<'a> {
    plan: &'a Plan,
    runtime: Handle,
    blocks: Blocks,
    spool: Option<SpoolReader>,
    steps: Sender<Step>,
}

impl Reading<'_> {
    fn range(&mut self, range: Range<u64>) -> Result<(), Gone> {
        // The last part that begins at or before the first byte.
        let first = self.plan.offsets.partition_point(|offset| *offset <= range.start).saturating_sub(1);
        for index in first..self.plan.parts.len() {
            let at = self.plan.offsets[index];
            if at >= range.end {
                return Ok(());
            }
            let header = zip::local_header(self.plan, index);
            let content_at = at + header.len() as u64;
            self.pass(&header, at, &range)?;
            let part = &self.plan.parts[index];
            let content = within(content_at..content_at + part.size_bytes, &range);
            // An empty file has nothing to be judged by.
            if !content.is_empty() {
                let from = content.start - content_at..content.end - content_at;
                if let Err(failed) = self.content(index, from)? {
                    return self.send(Step::Failed(failed));
                }
            }
        }
        if range.end > self.plan.directory_at {
            self.pass(&zip::directory(self.plan), self.plan.directory_at, &range)?;
        }
        Ok(())
    }

    /// Hands on what of `bytes`, which lie at `at`, is in `range`.
    fn pass(&self, bytes: &Bytes, at: u64, range: &Range<u64>) -> Result<(), Gone> {
        let wanted = within(at..at + bytes.len() as u64, range);
        if wanted.is_empty() {
            return Ok(());
        }
        self.send(Step::Pass(bytes.slice((wanted.start - at) as usize..(wanted.end - at) as usize)))
    }

    /// Hands on the bytes `range` of a file.
    fn content(&mut self, index: usize, range: Range<u64>) -> Result<Result<(), Broken>, Gone> {
        let part = &self.plan.parts[index];
        let from_beginning = range.start == 0;
        if from_beginning {
            self.send(Step::Begin)?;
        }
        let mut sealed = None;
        let mut place = range.start;
        while place < range.end {
            let block = match &part.source {
                Source::Made { at } => self.made(at + place, range.end - place),
                Source::Sealed(_) => self.sealed(&mut sealed, part, place, range.end),
            };
            let block = match block {
                Ok(block) => block,
                Err(cause) => return Ok(Err(broken(part, cause))),
            };
            place += block.len() as u64;
            self.send(if from_beginning { Step::Block(block) } else { Step::Pass(block) })?;
        }
        if from_beginning && place == part.size_bytes {
            self.send(Step::End(index))?;
        }
        Ok(Ok(()))
    }

    fn sealed(
        &self,
        reader: &mut Option<Box<dyn ReadSeek>>,
        part: &Part,
        place: u64,
        end: u64,
    ) -> Result<Bytes, Error> {
        let reader = match reader {
            Some(reader) => reader,
            None => {
                let mut opened = open(self.plan, &self.runtime, part)?;
                if place > 0 {
                    opened.seek(SeekFrom::Start(place)).map_err(damaged)?;
                }
                reader.insert(opened)
            }
        };
        self.blocks.read(reader, end - place).map_err(damaged)
    }

    fn made(&mut self, at: u64, left: u64) -> Result<Bytes, Error> {
        let spool = match &mut self.spool {
            Some(spool) => spool,
            None => self.spool.insert(self.plan.spool.open()?),
        };
        // Seeking decrypts a chunk anew; mostly it is there already.
        if spool.stream_position()? != at {
            spool.seek(SeekFrom::Start(at))?;
        }
        Ok(self.blocks.read(spool, left)?)
    }

    fn send(&self, step: Step) -> Result<(), Gone> {
        self.steps.blocking_send(step).map_err(|_| Gone)
    }
}

/// Hands on what passes, and holds it against the digests.
fn judge(
    plan: &Plan,
    mut stretches: Receiver<Receiver<Step>>,
    out: &Sender<Result<Bytes, Broken>>,
) -> Result<(), Gone> {
    let mut sums = Sums::default();
    let mut waiting = BytesMut::new();
    let send = |bytes: Bytes| out.blocking_send(Ok(bytes)).map_err(|_| Gone);
    let steps = std::iter::from_fn(|| stretches.blocking_recv())
        .flat_map(|mut stretch| std::iter::from_fn(move || stretch.blocking_recv()));
    for step in steps {
        let bytes = match step {
            Step::Begin => {
                sums = Sums::default();
                continue;
            }
            Step::End(index) if sums.fit(&plan.parts[index]) => continue,
            Step::End(index) => {
                return out.blocking_send(Err(broken(&plan.parts[index], differs()))).map_err(|_| Gone);
            }
            Step::Failed(failed) => return out.blocking_send(Err(failed)).map_err(|_| Gone),
            Step::Block(bytes) => {
                sums.update(&bytes);
                bytes
            }
            Step::Pass(bytes) => bytes,
        };
        if waiting.len() + bytes.len() < TOGETHER {
            waiting.extend_from_slice(&bytes);
            continue;
        }
        if !waiting.is_empty() {
            send(waiting.split().freeze())?;
        }
        send(bytes)?;
    }
    if waiting.is_empty() { Ok(()) } else { send(waiting.freeze()) }
}

#[derive(Default)]
struct Sums {
    sha256: Sha256,
    crc32: crc32fast::Hasher,
    size_bytes: u64,
}

impl Sums {
    fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.crc32.update(bytes);
        self.size_bytes += bytes.len() as u64;
    }

    fn fit(&self, part: &Part) -> bool {
        let sha256 = Digest::from_bytes(self.sha256.clone().finalize().into());
        (sha256, self.crc32.clone().finalize(), self.size_bytes) == (part.sha256, part.crc32, part.size_bytes)
    }
}

trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// The plaintext of a file of the archive, when it is as long as was noted.
fn open(plan: &Plan, runtime: &Handle, part: &Part) -> Result<Box<dyn ReadSeek>, Error> {
    let Source::Sealed(file) = &part.source else {
        return Err(Error::Invalid("not a file of the archive"));
    };
    let content = runtime.block_on(plan.archive.open(file.group, file.object, file.version, &file.name))?;
    if content.size_bytes() != part.size_bytes {
        return Err(differs());
    }
    Ok(Box::new(content.into_reader()))
}

fn within(of: Range<u64>, range: &Range<u64>) -> Range<u64> {
    of.start.max(range.start)..of.end.min(range.end)
}

fn broken(part: &Part, cause: Error) -> Broken {
    match &part.source {
        Source::Made { .. } => Broken { object: None, name: "spool".to_owned(), cause },
        Source::Sealed(file) => Broken { object: Some(file.object), name: file.name.clone(), cause },
    }
}

fn differs() -> Error {
    Error::alarm("content", "not what was noted when it was taken in")
}

/// A failed authentication is an alarm; a failed disk is not.
fn damaged(error: io::Error) -> Error {
    crate::read::damaged("content", error)
}
