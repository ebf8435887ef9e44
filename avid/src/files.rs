//! The folder of a delivery while it is written, and the list of its files with their MD5 (`fileIndex.xml`, 4.C.2).

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use md5::{Digest, Md5};

use crate::error::Error;
use crate::id::PackageId;
use crate::xml::Xml;

/// A delivery's folder under a name of its own until it is whole.
pub struct Files {
    name: String,
    partial: PathBuf,
    whole: PathBuf,
    index: Xml<BufWriter<File>>,
    pub count: u64,
    pub size_bytes: u64,
}

/// Where a file lies: its folder's parts below the delivery's folder, and its name.
#[derive(Debug, Clone)]
pub struct Place {
    folder: Vec<String>,
    name: String,
}

/// A file on its way out, with its digest.
pub struct Writing {
    out: BufWriter<File>,
    place: Place,
    path: PathBuf,
    md5: Md5,
    size_bytes: u64,
}

impl Place {
    pub fn new<const N: usize>(folder: [&str; N], name: impl Into<String>) -> Self {
        Self { folder: folder.map(str::to_owned).to_vec(), name: name.into() }
    }
}

impl Files {
    /// Refuses a folder that is there already: nothing is ever written over.
    pub fn begin(out: &Path, id: &PackageId) -> Result<Self, Error> {
        let name = id.folder();
        let (whole, partial) = (out.join(&name), out.join(format!("{name}.partial")));
        if whole.exists() {
            let taken =
                io::Error::new(io::ErrorKind::AlreadyExists, "is there already, and is not written over");
            return Err(Error::Io { path: whole, source: taken });
        }
        fs::create_dir_all(out).map_err(Error::at(out))?;
        fs::create_dir(&partial).map_err(Error::at(&partial))?;
        for folder in ["Indices", "Tables", "ContextDocumentation", "Schemas/standard", "Schemas/localShared"]
        {
            let folder = partial.join(folder);
            fs::create_dir_all(&folder).map_err(Error::at(&folder))?;
        }
        let path = partial.join("Indices/fileIndex.xml");
        let file = File::create_new(&path).map_err(Error::at(&path))?;
        let index =
            Xml::index(BufWriter::new(file), "fileIndex", "fileIndex.xsd").map_err(Error::at(&path))?;
        Ok(Self { name, partial, whole, index, count: 0, size_bytes: 0 })
    }

    pub fn create(&self, place: Place) -> Result<Writing, Error> {
        let folder = place.folder.iter().fold(self.partial.clone(), |path, part| path.join(part));
        fs::create_dir_all(&folder).map_err(Error::at(&folder))?;
        let path = folder.join(&place.name);
        let file = File::create_new(&path).map_err(Error::at(&path))?;
        Ok(Writing {
            out: BufWriter::with_capacity(1 << 16, file),
            place,
            path,
            md5: Md5::new(),
            size_bytes: 0,
        })
    }

    /// Notes a whole file in the index: its folder with backslashes from the delivery's own on, MD5 in capitals (figure 4.2).
    pub fn finish(&mut self, writing: Writing) -> Result<(), Error> {
        let Writing { mut out, place, path, md5, size_bytes } = writing;
        out.flush().map_err(Error::at(&path))?;
        let folder = std::iter::once(&self.name).chain(&place.folder).cloned().collect::<Vec<_>>().join("\\");
        let digest = hex::encode_upper(md5.finalize());
        let noted = self.index.element("f", |f| {
            f.text("foN", &folder)?;
            f.text("fiN", &place.name)?;
            f.text("md5", &digest)
        });
        noted.map_err(Error::at(&path))?;
        self.count += 1;
        self.size_bytes += size_bytes;
        Ok(())
    }

    /// Writes a file through `write`.
    pub fn write(
        &mut self,
        place: Place,
        write: impl FnOnce(&mut Writing) -> io::Result<()>,
    ) -> Result<(), Error> {
        let mut writing = self.create(place)?;
        write(&mut writing).map_err(Error::at(&writing.path))?;
        self.finish(writing)
    }

    /// Copies a file in; the one given stays as it is.
    pub fn copy(&mut self, place: Place, from: &Path) -> Result<(), Error> {
        let mut source = File::open(from).map_err(Error::at(from))?;
        self.write(place, |out| io::copy(&mut source, out).map(|_| ()))
    }

    /// Gives the folder its name.
    pub fn name(self) -> Result<PathBuf, Error> {
        let path = self.partial.join("Indices/fileIndex.xml");
        let closed =
            self.index.finish().and_then(|mut out| out.flush().and_then(|()| out.get_ref().sync_all()));
        closed.map_err(Error::at(&path))?;
        fs::rename(&self.partial, &self.whole).map_err(Error::at(&self.whole))?;
        Ok(self.whole)
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.md5.update(&bytes[..written]);
        self.size_bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The first bytes of a file.
pub fn head(path: &Path, length: u64) -> Result<Vec<u8>, Error> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(Error::at(path))?;
    file.take(length).read_to_end(&mut head).map_err(Error::at(path))?;
    Ok(head)
}
