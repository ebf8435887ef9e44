//! The text of a leaf: one line a sealed version, nothing personal in it.

use crate::digest::Digest;
use crate::ids::ObjectId;

/// One leaf of the log: which version of which object was sealed, by the digest of that version's inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The position in the log, from 0.
    pub index: u64,
    /// The sealed object.
    pub object: ObjectId,
    /// The sealed version.
    pub version: u32,
    /// SHA-256 of `v<version>/inventory.json`.
    pub inventory: Digest,
}

impl Leaf {
    /// `livsbog/1 urn:uuid:<object> v<version> sha256:<digest>` and a line feed.
    pub(crate) fn line(&self) -> String {
        format!("livsbog/1 {} v{} sha256:{}\n", self.object.urn(), self.version, self.inventory)
    }

    /// Reads a leaf's line in its one spelling.
    pub(crate) fn parse(index: u64, line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?;
        let mut words = text.strip_suffix('\n')?.strip_prefix("livsbog/1 ")?.split(' ');
        let leaf = Self {
            index,
            object: ObjectId::from_urn(words.next()?)?,
            version: words.next()?.strip_prefix('v')?.parse().ok()?,
            inventory: words.next()?.strip_prefix("sha256:")?.parse().ok()?,
        };
        (leaf.line() == text).then_some(leaf)
    }
}

/// Entries as a bundle holds them: a big-endian 16-bit length before each (C2SP tlog-tiles).
pub(crate) fn bundle_entry(line: &[u8]) -> Vec<u8> {
    [(line.len() as u16).to_be_bytes().as_slice(), line].concat()
}

/// The entries of a bundle, or nothing when it is cut off.
pub(crate) fn parse_bundle(mut bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bundle.is_empty() {
        let (length, rest) = bundle.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        entries.push(entry);
        bundle = rest;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_leaf_reads_back_from_its_line_and_from_no_other_spelling() {
        let leaf =
            Leaf { index: 3, object: ObjectId(Uuid::from_u128(5)), version: 2, inventory: Digest::of("x") };
        let line = leaf.line();
        assert_eq!(Leaf::parse(3, line.as_bytes()), Some(leaf));
        for other in [line.replace("v2", "v02"), line.replace('\n', ""), line.replace("sha256:", "sha256: ")]
        {
            assert_eq!(Leaf::parse(3, other.as_bytes()), None, "{other:?}");
        }
    }

    #[test]
    fn a_cut_bundle_is_no_bundle() {
        let bundle = [bundle_entry(b"one\n"), bundle_entry(b"two\n")].concat();
        assert_eq!(parse_bundle(&bundle).unwrap(), [b"one\n", b"two\n"]);
        assert_eq!(parse_bundle(&bundle[..bundle.len() - 1]), None);
    }
}
