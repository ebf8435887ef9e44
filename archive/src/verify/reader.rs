//! Reading while checking: raw files, counted. Independent of the store that wrote them. Where a bucket keeps versions, a
//! file is read in the version that fits, and what else there is of it is for the check to judge.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::findings::{Code, Finding};
use super::remote::{History, Remote};
use crate::digest::Digest;
use crate::ids::ObjectId;
use crate::paths::{self, ArchivePaths};
use crate::s3::StoredVersion;

/// Longer than any inventory or log file of this archive; a longer one is not ours.
pub(crate) const SMALL_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Told of every so many bytes that were read, while they are read: it may wait, and says whether to read on.
pub type Pace = Arc<dyn Fn(u64) -> bool + Send + Sync>;

/// Reads under one directory.
pub(crate) struct Reader {
    place: Place,
    /// What stands before a path in a finding.
    shown: &'static str,
    pace: Option<Pace>,
    stopped: AtomicBool,
    pub(crate) files: AtomicU64,
    pub(crate) bytes: AtomicU64,
}

enum Place {
    Disk(PathBuf),
    /// With the directory's name there.
    Bucket(Remote, &'static str),
}

impl Place {
    fn new(paths: &ArchivePaths, directory: PathBuf, name: &'static str) -> Self {
        match paths.bucket() {
            None => Self::Disk(directory),
            Some(bucket) => Self::Bucket(Remote::new(bucket), name),
        }
    }
}

/// Requests to a bucket under way at a time.
const REQUESTS: usize = 8;

/// Why a file has no bytes for the checker.
pub(crate) enum Gap {
    Missing,
    Unreadable,
}

impl Gap {
    /// The finding for this gap; `missing` is the code when the file is not there.
    pub(crate) fn at(&self, missing: Code, object: Option<ObjectId>, path: String) -> Finding {
        match self {
            Self::Missing => missing.at(object, path),
            Self::Unreadable => Code::Unreadable.at(object, path),
        }
    }
}

impl From<io::Error> for Gap {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            _ => Self::Unreadable,
        }
    }
}

impl Reader {
    /// The readers of storage root and log.
    ///
    /// # Errors
    /// When the storage root cannot be listed.
    pub(crate) fn both(paths: &ArchivePaths) -> io::Result<(Self, Self)> {
        let (root, log) = (Self::of_root(paths), Self::of_log(paths));
        match &root.place {
            Place::Disk(directory) => drop(fs::read_dir(directory)?),
            Place::Bucket(remote, _) => remote.check()?,
        }
        Ok((root, log))
    }

    /// The reader of the storage root. Nobody is asked anything yet.
    pub(crate) fn of_root(paths: &ArchivePaths) -> Self {
        Self::new(Place::new(paths, paths.root(), paths::ROOT), "")
    }

    /// The reader of the log.
    pub(crate) fn of_log(paths: &ArchivePaths) -> Self {
        Self::new(Place::new(paths, paths.log(), paths::LOG), "../log/")
    }

    fn new(place: Place, shown: &'static str) -> Self {
        let (files, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { place, shown, pace: None, stopped: AtomicBool::new(false), files, bytes }
    }

    /// The same at a pace, from the disk and not from what the machine remembers of it.
    pub(crate) fn paced(self, pace: Pace) -> Self {
        Self { pace: Some(pace), ..self }
    }

    /// Whether the pace broke it off: what was not read since says nothing.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The path as a finding shows it.
    pub(crate) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.shown)
    }

    /// How many files are worth reading at a time.
    pub(crate) fn workers(&self) -> usize {
        match self.place {
            // Two for each core: while one waits for the disk, the other hashes.
            Place::Disk(_) => 2 * std::thread::available_parallelism().map_or(2, usize::from),
            Place::Bucket(..) => REQUESTS,
        }
    }

    /// Whether anything lies under a directory, be it deleted in a bucket that remembers.
    pub(crate) fn has(&self, path: &str) -> bool {
        match &self.place {
            Place::Disk(directory) => directory.join(path).is_dir(),
            Place::Bucket(remote, top) => remote.has(format!("{}/", join(top, path))).unwrap_or(true),
        }
    }

    /// Every version of the files under a directory, by their paths; nothing where no versions are kept.
    pub(crate) fn history(&self, path: &str) -> io::Result<History> {
        match &self.place {
            Place::Disk(_) => Ok(History::new()),
            Place::Bucket(remote, top) => {
                let skip = top.len() + 1;
                let history = remote.history(join(top, path))?;
                Ok(history.into_iter().map(|(key, versions)| (key[skip..].to_owned(), versions)).collect())
            }
        }
    }

    /// All bytes of a small file.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, Gap> {
        self.read_version(path, None)
    }

    /// [`read`](Reader::read) of one version.
    pub(crate) fn read_version(&self, path: &str, version: Option<&StoredVersion>) -> Result<Vec<u8>, Gap> {
        let bytes = match &self.place {
            Place::Disk(directory) => {
                let path = directory.join(path);
                let size_bytes = fs::symlink_metadata(&path)?.len();
                if size_bytes > SMALL_FILE_BYTES {
                    return Err(Gap::Unreadable);
                }
                // One byte more, so that the end is seen without growing.
                let mut bytes = Vec::with_capacity(size_bytes as usize + 1);
                self.open(&path)?.read_to_end(&mut bytes)?;
                bytes
            }
            Place::Bucket(remote, top) => {
                let bytes = remote.read(join(top, path), id(version))?;
                self.go_on(bytes.len())?;
                bytes
            }
        };
        self.count(bytes.len() as u64);
        Ok(bytes)
    }

    /// The digest of one version of a file of any length.
    pub(crate) fn digest_version(&self, path: &str, version: Option<&StoredVersion>) -> Result<Digest, Gap> {
        let (digest, size_bytes) = match &self.place {
            Place::Disk(directory) => {
                let path = directory.join(path);
                // A link would let content live elsewhere while its name stays here.
                if !fs::symlink_metadata(&path)?.is_file() {
                    return Err(Gap::Unreadable);
                }
                Digest::of_reader(self.open(&path)?)?
            }
            Place::Bucket(remote, top) => {
                let found = remote.digest(join(top, path), id(version))?;
                self.go_on(found.1 as usize)?;
                found
            }
        };
        self.count(size_bytes);
        Ok(digest)
    }

    fn open(&self, path: &Path) -> io::Result<Opened<'_>> {
        let opened = Opened { file: File::open(path)?, reader: self };
        opened.forget();
        Ok(opened)
    }

    /// Tells the pace; an error when it says to stop.
    fn go_on(&self, size_bytes: usize) -> io::Result<()> {
        let Some(pace) = &self.pace else { return Ok(()) };
        if self.is_stopped() || !pace(size_bytes as u64) {
            self.stopped.store(true, Ordering::Relaxed);
            return Err(io::Error::other("stopped"));
        }
        Ok(())
    }

    fn count(&self, size_bytes: u64) {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(size_bytes, Ordering::Relaxed);
    }

    /// Names in a directory with whether each is a directory itself, sorted. Links count as files.
    pub(crate) fn list(&self, path: &str) -> io::Result<Vec<(String, bool)>> {
        let mut names = match &self.place {
            Place::Disk(directory) => list_disk(&directory.join(path))?,
            Place::Bucket(remote, top) => remote.list(join(top, path))?,
        };
        names.sort();
        Ok(names)
    }

    /// Every file under `path`, by its path from there; an empty directory is listed with a `/` behind it.
    pub(crate) fn files_under(&self, path: &str) -> io::Result<Vec<String>> {
        if let Place::Bucket(remote, top) = &self.place {
            return remote.files_under(join(top, path));
        }
        let (mut files, mut waiting) = (Vec::new(), vec![String::new()]);
        while let Some(directory) = waiting.pop() {
            let names = self.list(&join(path, &directory))?;
            if names.is_empty() && !directory.is_empty() {
                files.push(format!("{directory}/"));
            }
            for (name, is_directory) in names {
                let found = join(&directory, &name);
                if is_directory { waiting.push(found) } else { files.push(found) }
            }
        }
        Ok(files)
    }
}

fn id(version: Option<&StoredVersion>) -> Option<String> {
    version.map(|version| version.version.clone())
}

fn list_disk(directory: &Path) -> io::Result<Vec<(String, bool)>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        names.push((name, entry.file_type()?.is_dir()));
    }
    Ok(names)
}

struct Opened<'a> {
    file: File,
    reader: &'a Reader,
}

impl Opened<'_> {
    /// A scrubber is to see the disk, and to push nothing out of memory that the service needs. A file system that has no
    /// such hint does without.
    fn forget(&self) {
        if self.reader.pace.is_some() {
            let _ = rustix::fs::fadvise(&self.file, 0, None, rustix::fs::Advice::DontNeed);
        }
    }
}

impl Read for Opened<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(block)?;
        self.reader.go_on(read)?;
        Ok(read)
    }
}

impl Drop for Opened<'_> {
    fn drop(&mut self) {
        self.forget();
    }
}

/// `a/b`, or `b` where `a` is nothing.
pub(crate) fn join(directory: &str, name: &str) -> String {
    match (directory, name) {
        ("", name) => name.to_owned(),
        (directory, "") => directory.to_owned(),
        (directory, name) => format!("{directory}/{name}"),
    }
}
