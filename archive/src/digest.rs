//! SHA-256, the archive's only digest: one everywhere, so that `sha256sum` can check everything.

use std::fmt;
use std::io::{self, Read, Write};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest. Written as 64 lower-case hexadecimal characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

/// The text is not 64 lower-case hexadecimal characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 digest of 64 lower-case hexadecimal characters")]
pub struct NotADigest;

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self(Sha256::digest(bytes.as_ref()).into())
    }

    /// Reads `reader` to its end in blocks of 256 KiB; answers the digest and the length in bytes.
    ///
    /// # Errors
    /// Those of `reader`.
    pub fn of_reader(mut reader: impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = Sha256::new();
        let mut block = vec![0; 256 * 1024];
        let mut size_bytes = 0;
        loop {
            match reader.read(&mut block) {
                Ok(0) => return Ok((Self(hasher.finalize().into()), size_bytes)),
                Ok(read) => {
                    hasher.update(&block[..read]);
                    size_bytes += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A digest from its 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        // One spelling only: upper case would name the same file twice.
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(NotADigest);
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotADigest)?;
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Digest {
    type Error = NotADigest;

    fn try_from(text: String) -> Result<Self, NotADigest> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// Hashes and counts what passes through on its way to `inner`.
pub struct HashingWriter<W> {
    inner: W,
    hasher: Sha256,
    size_bytes: u64,
}

impl<W: Write> HashingWriter<W> {
    /// Writes go to `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner, hasher: Sha256::new(), size_bytes: 0 }
    }

    /// The inner writer, the digest of all that was written, and its length in bytes.
    pub fn finish(self) -> (W, Digest, u64) {
        (self.inner, Digest(self.hasher.finalize().into()), self.size_bytes)
    }
}

impl<W: Write> Write for HashingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.size_bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_digest_of_abc_is_the_one_in_fips_180() {
        assert_eq!(Digest::of("abc").to_string(), ABC);
        assert_eq!(Digest::of_reader(&b"abc"[..]).unwrap(), (ABC.parse().unwrap(), 3));
        let mut writer = HashingWriter::new(Vec::new());
        writer.write_all(b"abc").unwrap();
        assert_eq!(writer.finish(), (b"abc".to_vec(), ABC.parse().unwrap(), 3));
    }

    #[test]
    fn only_one_spelling_of_a_digest_is_accepted() {
        assert_eq!(ABC.to_uppercase().parse::<Digest>(), Err(NotADigest));
        assert_eq!(ABC[1..].parse::<Digest>(), Err(NotADigest));
        assert_eq!("".parse::<Digest>(), Err(NotADigest));
    }
}
