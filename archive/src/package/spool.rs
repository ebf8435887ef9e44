//! What is read or made for a package waits on the disk and not in memory: encrypted to a key that is only in memory, in a
//! file without a name, so that nothing is left when the process ends.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use age::stream::{StreamReader, StreamWriter};
use age::x25519::Identity;

use crate::digest::{Digest, HashingWriter};
use crate::error::{Error, Result};

/// A spool being written.
pub struct SpoolWriter {
    file: Arc<File>,
    identity: Identity,
    writer: StreamWriter<BufWriter<Shared>>,
    at: u64,
}

/// Bytes in a spool.
#[derive(Debug, Clone, Copy)]
pub struct Spooled {
    pub(super) at: u64,
    pub(super) size_bytes: u64,
    pub(super) sha256: Digest,
    pub(super) crc32: u32,
}

/// A finished spool.
pub struct Spool {
    file: Arc<File>,
    identity: Identity,
    /// For those who read a little here and there: opening takes a key exchange, and the last chunk stays decrypted.
    reader: Mutex<Option<SpoolReader>>,
}

/// The plaintext of a spool, from any byte on.
pub(super) type SpoolReader = StreamReader<Shared>;

impl SpoolWriter {
    /// Begins a spool in the folder `scratch`.
    ///
    /// # Errors
    /// [`Error::NoSpace`], [`Error::Unavailable`].
    pub fn begin(scratch: &Path) -> Result<Self> {
        std::fs::create_dir_all(scratch)?;
        let file = Arc::new(tempfile::tempfile_in(scratch)?);
        let identity = Identity::generate();
        let recipient = identity.to_public();
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|error| Error::unavailable(error.to_string()))?;
        let out = BufWriter::new(Shared { file: Arc::clone(&file), at: 0 });
        Ok(Self { writer: encryptor.wrap_output(out)?, file, identity, at: 0 })
    }

    /// Puts some bytes into the spool.
    ///
    /// # Errors
    /// As [`begin`](SpoolWriter::begin).
    pub fn put(&mut self, bytes: impl AsRef<[u8]>) -> Result<Spooled> {
        self.write(|out| out.write_all(bytes.as_ref()))
    }

    pub(super) fn write(&mut self, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Spooled> {
        let mut out =
            HashingWriter::new(Summing { inner: &mut self.writer, crc32: crc32fast::Hasher::new() });
        make(&mut out)?;
        let (summing, sha256, size_bytes) = out.finish();
        let spooled = Spooled { at: self.at, size_bytes, sha256, crc32: summing.crc32.finalize() };
        self.at += size_bytes;
        Ok(spooled)
    }

    /// From here on it can be read.
    ///
    /// # Errors
    /// As [`begin`](SpoolWriter::begin).
    pub fn finish(self) -> Result<Spool> {
        self.writer.finish()?.flush()?;
        Ok(Spool { file: self.file, identity: self.identity, reader: Mutex::default() })
    }
}

impl Spool {
    /// What was put into this spool.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the disk does not give it back as it was written.
    pub fn get(&self, spooled: Spooled) -> Result<Vec<u8>> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let reader = match &mut *reader {
            Some(reader) => reader,
            none => none.insert(self.open()?),
        };
        reader.seek(SeekFrom::Start(spooled.at))?;
        let mut bytes = vec![0; spooled.size_bytes as usize];
        reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn open(&self) -> io::Result<SpoolReader> {
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let decryptor =
            age::Decryptor::new(Shared { file: Arc::clone(&self.file), at: 0 }).map_err(invalid)?;
        decryptor.decrypt(std::iter::once(&self.identity as &dyn age::Identity)).map_err(invalid)
    }
}

/// The CRC-32 of what passes through.
struct Summing<W> {
    inner: W,
    crc32: crc32fast::Hasher,
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.crc32.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A file that several read at once, each at a place of its own.
pub(super) struct Shared {
    file: Arc<File>,
    at: u64,
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write_at(bytes, self.at)?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Shared {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(bytes, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_read_at_any_place_and_a_changed_byte_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = SpoolWriter::begin(folder.path()).unwrap();
        let file = Arc::clone(&writer.file);
        let texts: Vec<String> = (0..500).map(|number| format!("side {number} ").repeat(number)).collect();
        let spooled: Vec<Spooled> = texts.iter().map(|text| writer.put(text).unwrap()).collect();
        let spool = writer.finish().unwrap();
        for index in [499, 0, 250, 251, 3, 498] {
            assert_eq!(spool.get(spooled[index]).unwrap(), texts[index].as_bytes());
        }
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());

        let mut byte = [0];
        file.read_exact_at(&mut byte, 500_000).unwrap();
        file.write_all_at(&[!byte[0]], 500_000).unwrap();
        let damaged = spooled.iter().filter(|spooled| spool.get(**spooled).is_err()).count();
        assert!((1..500).contains(&damaged), "{damaged}");
    }
}
