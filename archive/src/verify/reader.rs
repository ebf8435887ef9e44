//! Reading while checking: raw files, counted. Independent of the store that wrote them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::findings::{Code, Finding};
use crate::digest::Digest;
use crate::ids::ObjectId;

/// Longer than any inventory or log file of this archive; a longer one is not ours.
const SMALL_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Reads under one directory.
pub(crate) struct Reader {
    directory: PathBuf,
    /// What stands before a path in a finding.
    shown: &'static str,
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
        Self { directory, shown, files: AtomicU64::new(0), bytes: AtomicU64::new(0) }
    }

    /// The path as a finding shows it.
    pub(crate) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.shown)
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.directory.join(path)
    }

    /// All bytes of a small file.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, Gap> {
        let path = self.path(path);
        if fs::symlink_metadata(&path)?.len() > SMALL_FILE_BYTES {
            return Err(Gap::Unreadable);
        }
        let bytes = fs::read(path)?;
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
        let (digest, size_bytes) = Digest::of_reader(File::open(path)?)?;
        self.count(size_bytes);
        Ok(digest)
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
