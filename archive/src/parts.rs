//! Parts of a file that arrives over a broken line: kept outside the archive until the file is whole, encrypted like
//! everything else. Each part is an age file to a key of the upload's own, which the caller keeps in its database.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use age::stream::StreamWriter;
use age::x25519::Identity;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::secrets::generate_identity;

/// The key of one upload's parts.
pub struct PartsKey(Identity);

impl PartsKey {
    /// A new key, and its text for the caller's database.
    pub fn generate() -> (Self, Zeroizing<String>) {
        loop {
            let (text, _) = generate_identity();
            if let Ok(key) = Self::from_text(&text) {
                return (key, text);
            }
        }
    }

    /// The key from its text.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the text is no age identity.
    pub fn from_text(text: &str) -> Result<Self> {
        text.trim().parse().map(Self).map_err(|_| Error::Invalid("a parts key is an age identity"))
    }

    /// Begins a part in a new file.
    ///
    /// # Errors
    /// [`Error::NoSpace`] or [`Error::Unavailable`].
    pub fn create(&self, path: &Path) -> Result<PartWriter> {
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
        let recipient = self.0.to_public();
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|error| Error::unavailable(error.to_string()))?;
        Ok(PartWriter(encryptor.wrap_output(BufWriter::new(file))?))
    }

    /// Opens a finished part for reading; each chunk is authenticated before a byte of it is handed out.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Alarm`] when the part does not open with this key.
    pub fn open(&self, path: &Path) -> Result<impl Read + Send + 'static + use<>> {
        let damaged = || Error::alarm("uploads", "a part does not open with its key");
        let decryptor =
            age::Decryptor::new_buffered(io::BufReader::new(File::open(path)?)).map_err(|_| damaged())?;
        decryptor.decrypt(std::iter::once(&self.0 as &dyn age::Identity)).map_err(|_| damaged())
    }
}

/// A part being written.
pub struct PartWriter(StreamWriter<BufWriter<File>>);

impl Write for PartWriter {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl PartWriter {
    /// Closes the part; it is on the disk when this returns. A part never finished cannot be opened.
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(self) -> io::Result<()> {
        let file = self.0.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_unreadable_without_its_key_and_whole_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("0");
        let (key, text) = PartsKey::generate();
        let mut part = key.create(&path).unwrap();
        part.write_all(b"en ged i haven").unwrap();
        part.finish().unwrap();
        assert!(!std::fs::read(&path).unwrap().windows(3).any(|window| window == b"ged"));
        let mut plain = Vec::new();
        PartsKey::from_text(&text).unwrap().open(&path).unwrap().read_to_end(&mut plain).unwrap();
        assert_eq!(plain, b"en ged i haven");
        assert!(PartsKey::generate().0.open(&path).is_err());
    }
}
