//! A package to hand over: files of the archive and files made for it, as one BagIt bag (RFC 8493) in one zip.
//!
//! Length, CRC-32 and SHA-256 of every file are known before the first byte is written, so the length of the whole and
//! every offset in it are too: [`Package::stream`] begins at any byte, and the same draft always gives the same bytes.
//! Nothing of the content is kept: it is decrypted and checked on its way out, in constant memory.

mod bag;
mod lock;
mod paths;
mod spool;
mod stream;
mod zip;

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::archive::Archive;
use crate::digest::{Digest, HashingWriter};
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId};
pub use lock::Lock;
pub use spool::{Spool, SpoolWriter, Spooled};

/// A file of the archive, with what was noted of its plaintext when it was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// Whose keys open it.
    pub group: GroupId,
    /// The object it lies in.
    pub object: ObjectId,
    /// The version that has it.
    pub version: u32,
    /// Its name in the object, such as `original.age`.
    pub name: String,
    /// SHA-256 of the plaintext.
    pub sha256: Digest,
    /// CRC-32 of the plaintext.
    pub crc32: u32,
    /// Length of the plaintext in bytes.
    pub size_bytes: u64,
}

/// Why a package broke off: a file is not what was noted of it, or could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{name} of {object}: {cause}", object = .object.map_or_else(|| "the package itself".to_owned(), |id| id.to_string()))]
pub struct Broken {
    /// The object; absent where something made for the package was lost.
    pub object: Option<ObjectId>,
    /// The file's name in the object.
    pub name: String,
    /// What is wrong.
    #[source]
    pub cause: Error,
}

/// A package being put together. Files come in the order in which they were added.
pub struct Draft {
    archive: Archive,
    top: String,
    made_at: DateTime<Utc>,
    spool: SpoolWriter,
    info: Vec<(String, String)>,
    parts: Vec<Part>,
    /// Digests of the paths in small letters: the paths themselves would be kept twice.
    taken: HashSet<Digest>,
}

/// A package, ready to be written as often as one likes. Cheap to clone.
#[derive(Clone)]
pub struct Package(Arc<Plan>);

struct Plan {
    archive: Archive,
    spool: Spool,
    top: String,
    made_at: DateTime<Utc>,
    parts: Vec<Part>,
    /// Where each part's zip header begins.
    offsets: Vec<u64>,
    directory_at: u64,
    size_bytes: u64,
    fingerprint: Digest,
}

struct Part {
    path: Box<str>,
    sha256: Digest,
    crc32: u32,
    size_bytes: u64,
    source: Source,
}

enum Source {
    /// Made for the package; it begins there in the spool.
    Made {
        at: u64,
    },
    Sealed(Box<Sealed>),
}

struct Sealed {
    group: GroupId,
    object: ObjectId,
    version: u32,
    name: String,
}

impl Draft {
    /// Begins a package whose files lie in the folder `top`. What is made for it waits in `scratch`, encrypted and without
    /// a name, for as long as the package lives. `made_at` is written into it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name that not every system has; [`Error::NoSpace`], [`Error::Unavailable`].
    pub fn begin(archive: &Archive, scratch: &Path, top: &str, made_at: DateTime<Utc>) -> Result<Self> {
        paths::check(top)?;
        Ok(Self {
            archive: archive.clone(),
            top: top.to_owned(),
            made_at,
            spool: SpoolWriter::begin(scratch)?,
            info: Vec::new(),
            parts: Vec::new(),
            taken: HashSet::new(),
        })
    }

    /// A line of `bag-info.txt`: a word, and one line about it.
    pub fn info(&mut self, label: &str, value: impl Into<String>) {
        self.info.push((label.to_owned(), value.into()));
    }

    /// True where something lies at `path` already, in any spelling.
    pub fn has(&self, path: &str) -> bool {
        self.taken.contains(&spelled(path))
    }

    /// Adds a file of the archive. Below `data/` it is payload, elsewhere it tells of the bag.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a path that not every system has, or that is there already in any spelling.
    pub fn add(&mut self, path: &str, file: SealedFile) -> Result<()> {
        let SealedFile { group, object, version, name, sha256, crc32, size_bytes } = file;
        let source = Source::Sealed(Box::new(Sealed { group, object, version, name }));
        self.push(Part { path: path.into(), sha256, crc32, size_bytes, source })
    }

    /// Adds a file made for the package.
    ///
    /// # Errors
    /// As [`add`](Draft::add); [`Error::NoSpace`], [`Error::Unavailable`].
    pub fn put(&mut self, path: &str, bytes: impl AsRef<[u8]>) -> Result<()> {
        let spooled = self.spool.put(bytes)?;
        self.place(path, spooled)
    }

    /// Adds a file made for the package, as it is being written. Blocks the thread.
    ///
    /// # Errors
    /// As [`put`](Draft::put); those of `make`.
    pub fn write(&mut self, path: &str, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let spooled = self.spool.write(make)?;
        self.place(path, spooled)
    }

    /// Closes the bag: its manifests are made, and every offset is known.
    ///
    /// # Errors
    /// As [`put`](Draft::put).
    pub fn finish(mut self) -> Result<Package> {
        bag::close(&mut self)?;
        let mut offsets = Vec::with_capacity(self.parts.len());
        let mut at = 0;
        for part in &self.parts {
            offsets.push(at);
            at += zip::local_header_bytes(&self.top, part) + part.size_bytes;
        }
        let fingerprint = fingerprint(&self);
        let Self { archive, top, made_at, spool, parts, .. } = self;
        let spool = spool.finish()?;
        let size_bytes = at + zip::directory_bytes(&top, &parts, &offsets, at);
        Ok(Package(Arc::new(Plan {
            archive,
            spool,
            top,
            made_at,
            parts,
            offsets,
            directory_at: at,
            size_bytes,
            fingerprint,
        })))
    }

    fn place(&mut self, path: &str, spooled: Spooled) -> Result<()> {
        let Spooled { at, size_bytes, sha256, crc32 } = spooled;
        let source = Source::Made { at };
        self.push(Part { path: path.into(), sha256, crc32, size_bytes, source })
    }

    fn push(&mut self, part: Part) -> Result<()> {
        paths::check(&part.path)?;
        if !self.taken.insert(spelled(&part.path)) {
            return Err(Error::Invalid("a package holds one file of a name"));
        }
        self.parts.push(part);
        Ok(())
    }
}

impl Package {
    /// Length of the zip file in bytes.
    pub fn size_bytes(&self) -> u64 {
        self.0.size_bytes
    }

    /// Tells packages apart: equal for equal bytes.
    pub fn fingerprint(&self) -> Digest {
        self.0.fingerprint
    }

    /// How many files lie in it.
    pub fn files(&self) -> usize {
        self.0.parts.len()
    }
}

impl Part {
    fn is_payload(&self) -> bool {
        self.path.starts_with("data/")
    }
}

/// The same for all spellings that some systems take for one.
fn spelled(path: &str) -> Digest {
    Digest::of(path.to_ascii_lowercase().as_bytes())
}

fn fingerprint(draft: &Draft) -> Digest {
    let mut facts = HashingWriter::new(io::sink());
    // Nothing is kept of it, and that cannot fail.
    let _ = writeln!(facts, "{}\n{}", draft.top, draft.made_at.timestamp());
    for part in &draft.parts {
        let _ = writeln!(facts, "{} {} {:08x} {}", part.sha256, part.size_bytes, part.crc32, part.path);
    }
    facts.finish().1
}
