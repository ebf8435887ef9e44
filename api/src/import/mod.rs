//! Taking in a folder of old papers and photographs with an index, line by line, by the same ways as the API.
//!
//! What is there already is recognised within this one child only, by the bytes. A line is known again by its files, or by
//! its words where it has none, and what it is known by is sealed with the entry: the folder can come again after a crash,
//! after a rebuild and on another's account, and nothing goes in twice.

mod account;
mod columns;
mod folder;
mod index;
mod line;
mod report;
mod when;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use bytes::Bytes;
use chrono::NaiveDate;
use futures_util::{Stream, StreamExt, stream};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use account::giver;
pub use columns::Column;
pub use report::{Fate, Refusal, Report, Told};

use self::folder::Folder;
use self::index::{INDEX, Index, Row};
use self::line::Line;
use crate::app::App;
use crate::auth::{MayContribute, digest};
use crate::contribute::{self, NewMedia};
use crate::db::deposits::Idempotency;
use crate::domain::entry::Imported;
use crate::domain::ids::MediaId;
use crate::domain::media_type::{HEAD_BYTES, clean_file_name, sniff};
use crate::problem::Problem;
use crate::upload::{self, Offered};

const BLOCK_BYTES: usize = 256 * 1024;
/// Of the files that no line names so many are named in the report.
const NAMED: usize = 1000;

/// Takes in the folder `path`, or only looks at it. `tell` hears of each line when it is done. The error tells why the
/// folder cannot be read at all.
pub async fn import(
    app: &App,
    may: &MayContribute,
    path: &Path,
    only_look: bool,
    mut tell: impl FnMut(&Told),
) -> Result<Report, String> {
    let at = |error: io::Error| format!("{}: {error}", path.display());
    let folder = Folder::open(path).map_err(at)?;
    let file =
        folder.file(INDEX).map_err(|refusal| format!("{}/{INDEX}: {}", path.display(), refusal.why))?;
    let mut index = Index::read(file).map_err(|why| format!("{}/{INDEX}: {why}", path.display()))?;
    let born = app.db.child(may.child).await.map_err(Problem::from);
    let born = born
        .and_then(|child| Ok(child.ok_or(Problem::NotFound)?.born))
        .map_err(|problem| problem.to_string())?;
    let mut intake =
        Intake { app, may, folder, born, only_look, named: HashSet::new(), seen: HashMap::new() };
    let mut report = Report { unknown_columns: index.unknown.clone(), ..Report::default() };
    while let Some(row) = index.next() {
        let told = match row {
            Ok(row) => intake.line(&row).await,
            Err((line, refusal)) => Ok(Told { line, files: Vec::new(), fate: Fate::Refused(refusal) }),
        };
        match told {
            Ok(told) => {
                tell(&told);
                report.add(told);
            }
            Err(problem) => {
                report.stopped = Some(Refusal::of(&problem));
                return Ok(report);
            }
        }
    }
    let Intake { folder, named, .. } = intake;
    (report.not_in_index, report.not_in_index_count) = folder.not_named(&named, NAMED).map_err(at)?;
    Ok(report)
}

struct Intake<'a> {
    app: &'a App,
    may: &'a MayContribute,
    folder: Folder,
    born: NaiveDate,
    only_look: bool,
    /// The places of all files that a line names.
    named: HashSet<String>,
    /// How many lines there have been with the same files, or the same words.
    seen: HashMap<String, u32>,
}

/// A file of a line, as it lies in the folder.
struct Found {
    place: String,
    file: File,
    sha256: String,
    media_type: &'static str,
}

/// What is known of a file in this child's archive.
enum There {
    /// It lies in a page.
    InPage(Uuid),
    /// It was taken in, for this line or for another one of this folder.
    Ours(MediaId),
    No,
}

impl Intake<'_> {
    /// What becomes of a line. The error is one that ends it all.
    async fn line(&mut self, row: &Row) -> Result<Told, Problem> {
        let files = row.several(Column::File);
        self.named.extend(files.iter().filter_map(|name| folder::place(name).ok()));
        let fate = match self.fate(row).await {
            Ok(fate) => fate,
            Err(Stop::Line(refusal)) => Fate::Refused(refusal),
            Err(Stop::All(problem)) => return Err(problem),
        };
        Ok(Told { line: row.line, files, fate })
    }

    async fn fate(&mut self, row: &Row) -> Result<Fate, Stop> {
        let mut line = Line::read(row, self.may, self.born)?;
        if line.files.is_empty() && line.entry.texts.is_empty() {
            return Err(Refusal::NOTHING.into());
        }
        let mut files = Vec::new();
        for place in &line.files {
            files.push(self.find(place.clone()).await?);
        }
        if let Some(first) = files.first() {
            line.kind_by_file(first.media_type, self.may.ties.age);
        }
        let known_by = self.known_by(&line, &files);
        if let Some(entry) =
            self.app.db.entry_of_line(self.may.child, &known_by).await.map_err(Problem::from)?
        {
            return Ok(Fate::AlreadyThere { entry: entry.0 });
        }
        let (mut new, mut ours, mut elsewhere) = (Vec::new(), Vec::new(), Vec::new());
        for found in files {
            match self.there(&found.sha256).await? {
                There::InPage(entry) => elsewhere.push((found.place, entry)),
                There::Ours(media) => ours.push((found.place, Some(media))),
                There::No => {
                    ours.push((found.place.clone(), None));
                    new.push(found);
                }
            }
        }
        if let (true, Some((_, entry))) = (ours.is_empty(), elsewhere.first()) {
            return Ok(Fate::AlreadyThere { entry: *entry });
        }
        let left_out = elsewhere.into_iter().map(|(place, _)| place).collect();
        contribute::check_words(self.app, self.may, line.entry.clone()).await?;
        if self.only_look {
            return Ok(Fate::TakenIn { entry: None, left_out });
        }
        for found in new {
            let place = found.place.clone();
            let media = self.receive(found).await?;
            ours.iter_mut().filter(|(known, _)| *known == place).for_each(|(_, id)| *id = Some(media));
        }
        let entry = self.write(line, ours, known_by).await?;
        Ok(Fate::TakenIn { entry: Some(entry), left_out })
    }

    /// Opens a file and reads it once through.
    async fn find(&self, place: String) -> Result<Found, Stop> {
        let file = self.folder.file(&place)?;
        let read = tokio::task::spawn_blocking(move || look(file)).await.map_err(Problem::from)?;
        let (file, head, sha256) = read.map_err(|_| Refusal::UNREADABLE_FILE)?;
        if head.is_empty() {
            return Err(Problem::EmptyFile.into());
        }
        let media_type = sniff(&head).map_err(Problem::UnsupportedMedia)?.media_type;
        Ok(Found { place, file, sha256, media_type })
    }

    /// By what a line is known again: by its files and how many lines before it have the same ones, so that a title put
    /// right later is still the same line; by its words where it has no files.
    fn known_by(&mut self, line: &Line, files: &[Found]) -> String {
        let digests: Vec<&str> = files.iter().map(|found| found.sha256.as_str()).collect();
        if digests.is_empty() {
            return line.words();
        }
        let digests = digests.join(" ");
        let earlier = self.seen.entry(digest(&digests)).or_default();
        *earlier += 1;
        digest(&format!("{digests} {earlier}"))
    }

    async fn there(&self, sha256: &str) -> Result<There, Problem> {
        let mut ours = None;
        for stored in self.app.db.media_with_digest(self.may.child, sha256).await? {
            let held = self.may.caller.holds(self.app, &stored).await?;
            for entry in self.app.db.entries_with(stored.id).await? {
                // Another line of a folder may show the same file; what somebody wrote here stays the only page of it.
                if entry.entry.imported.is_none() || !held {
                    return Ok(There::InPage(entry.id.0));
                }
            }
            if held {
                ours = Some(stored.id);
            }
        }
        Ok(ours.map_or(There::No, There::Ours))
    }

    /// Takes a file in. Broken off and asked again it is the same deposit.
    async fn receive(&self, found: Found) -> Result<MediaId, Stop> {
        let key = digest(&format!("import {} {}", self.may.child, found.sha256));
        self.is_not_taken_out(&key, async |id| Ok(self.app.db.media(MediaId(id)).await?.is_some())).await?;
        // Once is enough for somebody to look at it.
        let (child, giver, name) = (self.may.child, self.may.caller.id, clean_file_name(&found.place));
        let length = found.file.metadata().map_err(|_| Refusal::UNREADABLE_FILE)?.len();
        if self.app.db.lies_in_quarantine(child, giver, &name, length).await.map_err(Problem::from)? {
            return Err(Problem::InfectedFile.into());
        }
        let offered = Offered {
            file_name: found.place,
            request_bytes: None,
            bytes: Box::pin(bytes_of(found.file)),
            idempotency_key: Some(key),
            scan: true,
        };
        let received = upload::receive(self.app, self.may, offered).await?;
        if received.media.sha256 == found.sha256 { Ok(received.id) } else { Err(Refusal::CHANGED.into()) }
    }

    async fn write(
        &self,
        line: Line,
        media: Vec<(String, Option<MediaId>)>,
        known_by: String,
    ) -> Result<Uuid, Stop> {
        let key = digest(&format!("import {} {known_by}", self.may.child));
        let is_there = async |id| Ok(self.app.db.entry(crate::domain::ids::EntryId(id)).await?.is_some());
        self.is_not_taken_out(&key, is_there).await?;
        let idempotency = Idempotency { key, request_digest: known_by.clone() };
        // An earlier run noted it and was cut off.
        if let Some(first) =
            crate::deposit::answered(self.app, self.may.caller.id, Some(&idempotency)).await?
        {
            return Ok(first.id);
        }
        let mut entry = line.entry;
        let alt = line.alt;
        let ids = media.iter().filter_map(|(_, id)| *id);
        entry.media = ids
            .map(|id| NewMedia::Described { id: id.0, alt: alt.clone(), words: None, reads: false })
            .collect();
        let files = media.into_iter().map(|(place, _)| place).collect();
        let imported =
            Imported { author: line.author, role: line.role, source: line.source, files, line: known_by };
        Ok(contribute::take_in(self.app, self.may, entry, imported, idempotency).await?.id)
    }

    /// What was taken in before and is in sight no more was taken out by somebody, and does not come back by itself.
    async fn is_not_taken_out(
        &self,
        key: &str,
        is_there: impl AsyncFnOnce(Uuid) -> Result<bool, Problem>,
    ) -> Result<(), Stop> {
        let earlier = self.app.db.deposit_by_key(self.may.caller.id, key).await.map_err(Problem::from)?;
        match earlier {
            Some(earlier) if earlier.leaf.is_some() && !is_there(earlier.object).await? => {
                Err(Refusal::TAKEN_OUT.into())
            }
            _ => Ok(()),
        }
    }
}

/// Why a line, or all of them, is not taken in.
enum Stop {
    Line(Refusal),
    All(Problem),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Line(refusal)
    }
}

impl From<Problem> for Stop {
    /// What fails for our sake would fail for every line: it ends the run, and the next one goes on from there.
    fn from(problem: Problem) -> Self {
        if problem.is_ours() { Self::All(problem) } else { Self::Line(Refusal::of(&problem)) }
    }
}

/// A file with its beginning and its SHA-256, hex, wound back to its start.
fn look(mut file: File) -> io::Result<(File, Vec<u8>, String)> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let mut hasher = Sha256::new();
    hasher.update(&head);
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        match file.read(&mut block)? {
            0 => break,
            read => hasher.update(&block[..read]),
        }
    }
    file.rewind()?;
    Ok((file, head, hex::encode(hasher.finalize())))
}

fn bytes_of(file: File) -> impl Stream<Item = Result<Bytes, Problem>> {
    stream::unfold(Some(file), |file| async move { block_of(file?).await }).fuse()
}

/// The next bytes of a file, and the file where there may be more.
async fn block_of(file: File) -> Option<(Result<Bytes, Problem>, Option<File>)> {
    let read = tokio::task::spawn_blocking(move || {
        let mut block = Vec::with_capacity(BLOCK_BYTES);
        let read = (&file).take(BLOCK_BYTES as u64).read_to_end(&mut block);
        read.map(|_| (Bytes::from(block), file))
    });
    match read.await {
        Ok(Ok((block, _))) if block.is_empty() => None,
        Ok(Ok((block, file))) => Some((Ok(block), Some(file))),
        Ok(Err(error)) => Some((Err(Problem::MalformedBody(format!("the file: {error}"))), None)),
        Err(error) => Some((Err(error.into()), None)),
    }
}
