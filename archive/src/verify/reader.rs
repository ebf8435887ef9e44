//! Reading while checking: raw files, counted. Independent of the store that wrote them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::findings::{Code, Finding};
use crate::digest::Digest;
use crate::ids::ObjectId;

/// Longer than any inventory or log file of this archive; a longer one is not ours.
const SMALL_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Told of every so many bytes that were read, while they are read: it may wait, and says whether to read on.
pub type Pace = Arc<dyn Fn(u64) -> bool + Send + Sync>;

/// Reads under one directory.
pub(crate) struct Reader {
    directory: PathBuf,
    /// What stands before a path in a finding.
    shown: &'static str,
    pace: Option<Pace>,
    stopped: AtomicBool,
    pub(crate) files: AtomicU64,
    pub(crate) bytes: AtomicU64,
}

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
    pub(crate) fn new(directory: PathBuf, shown: &'static str) -> Self {
        let (files, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { directory, shown, pace: None, stopped: AtomicBool::new(false), files, bytes }
    }

    /// The same at a pace, from the disk and not from what the machine remembers of it.
    pub(crate) fn paced(directory: PathBuf, shown: &'static str, pace: Pace) -> Self {
        Self { pace: Some(pace), ..Self::new(directory, shown) }
    }

    /// Whether the pace broke it off: what was not read since says nothing.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The path as a finding shows it.
    pub(crate) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.shown)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.directory.join(path)
    }

    /// Whether there is such a directory.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.path(path).is_dir()
    }

    /// All bytes of a small file.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, Gap> {
        let path = self.path(path);
        let size_bytes = fs::symlink_metadata(&path)?.len();
        if size_bytes > SMALL_FILE_BYTES {
            return Err(Gap::Unreadable);
        }
        // One byte more, so that the end is seen without growing.
        let mut bytes = Vec::with_capacity(size_bytes as usize + 1);
        self.open(&path)?.read_to_end(&mut bytes)?;
        self.count(bytes.len() as u64);
        Ok(bytes)
    }

    /// The digest of a file of any length.
    pub(crate) fn digest(&self, path: &str) -> Result<Digest, Gap> {
        let path = self.path(path);
        // A link would let content live elsewhere while its name stays here.
        if !fs::symlink_metadata(&path)?.is_file() {
            return Err(Gap::Unreadable);
        }
        let (digest, size_bytes) = Digest::of_reader(self.open(&path)?)?;
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
        let mut names = Vec::new();
        for entry in fs::read_dir(self.path(path))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            names.push((name, entry.file_type()?.is_dir()));
        }
        names.sort();
        Ok(names)
    }

    /// Every file under `path`, by its path from there; an empty directory is listed with a `/` behind it.
    pub(crate) fn files_under(&self, path: &str) -> io::Result<Vec<String>> {
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

/// Whether a directory can be listed at all.
pub(crate) fn check_listable(directory: &Path) -> io::Result<()> {
    fs::read_dir(directory).map(|_| ())
}
