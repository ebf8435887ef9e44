//! Signed checkpoints: C2SP signed-note and tlog-checkpoint with Ed25519.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::tree::Hash;

/// The signature type byte of Ed25519 (C2SP signed-note).
const ED25519: u8 = 1;

/// A public key with its name and the kind of signature it makes: `<name>+<key id>+<base64>` (C2SP signed-note).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedKey {
    name: String,
    kind: u8,
    key: VerifyingKey,
}

impl NamedKey {
    pub(super) fn new(name: &str, kind: u8, key: VerifyingKey) -> Self {
        Self { name: name.to_owned(), kind, key }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn encoded(&self) -> Vec<u8> {
        [&[self.kind], self.key.as_bytes().as_slice()].concat()
    }

    pub(super) fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update(b"\n")
            .chain_update(self.encoded())
            .finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    pub(super) fn text(&self) -> String {
        format!("{}+{}+{}", self.name, hex::encode(self.id()), BASE64_STANDARD.encode(self.encoded()))
    }

    /// Reads the text form of a key of this kind; nothing when it is malformed.
    pub(super) fn parse(text: &str, expected: u8) -> Option<Self> {
        let mut parts = text.trim_end().splitn(3, '+');
        let (name, id, encoded) = (parts.next()?, parts.next()?, parts.next()?);
        let encoded = BASE64_STANDARD.decode(encoded).ok()?;
        let (kind, key) = encoded.split_first()?;
        let parsed = Self::new(name, *kind, VerifyingKey::from_bytes(key.try_into().ok()?).ok()?);
        (*kind == expected && is_origin(name) && hex::encode(parsed.id()) == id).then_some(parsed)
    }

    /// The lines beneath a note that have this key's name and id, with the bytes behind the id.
    pub(super) fn signatures<'a>(&self, note: &'a str) -> impl Iterator<Item = (&'a str, Vec<u8>)> {
        let lines = split(note).map_or("", |(_, signatures)| signatures).lines();
        lines.filter_map(|line| {
            let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
            let bytes = BASE64_STANDARD.decode(encoded).ok().filter(|_| name == self.name)?;
            let signature = bytes.strip_prefix(&self.id())?.to_vec();
            Some((line, signature))
        })
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        self.key.verify_strict(message, signature).is_ok()
    }
}

/// A note's text and the lines of those who signed it.
pub(super) fn split(note: &str) -> Option<(&str, &str)> {
    let end = note.find("\n\n")? + 1;
    Some((&note[..end], &note[end + 1..]))
}

/// Whom a log's checkpoints are checked against: `<origin>+<key id>+<base64>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerifierKey(NamedKey);

/// What a checkpoint says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TreeHead {
    pub(crate) size: u64,
    pub(crate) root: Hash,
}

impl VerifierKey {
    pub(crate) fn new(origin: &str, key: VerifyingKey) -> Self {
        Self(NamedKey::new(origin, ED25519, key))
    }

    /// The log's origin, also the key's name.
    pub(crate) fn origin(&self) -> &str {
        self.0.name()
    }

    /// The key's text form.
    pub(crate) fn text(&self) -> String {
        self.0.text()
    }

    /// Reads the text form; nothing when it is malformed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        NamedKey::parse(text, ED25519).map(Self)
    }

    /// What `checkpoint` says, if this key signed it.
    pub(crate) fn verify(&self, checkpoint: &str) -> Option<TreeHead> {
        let (text, _) = split(checkpoint).filter(|_| self.signed(checkpoint))?;
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let head =
            TreeHead { size: size.parse().ok()?, root: BASE64_STANDARD.decode(root).ok()?.try_into().ok()? };
        (origin == self.origin() && head.size.to_string() == size).then_some(head)
    }

    fn signed(&self, note: &str) -> bool {
        let Some((text, _)) = split(note) else { return false };
        self.0.signatures(note).any(|(_, signature)| {
            Signature::from_slice(&signature)
                .is_ok_and(|signature| self.0.verifies(text.as_bytes(), &signature))
        })
    }
}

impl VerifierKey {
    /// The checkpoint in a note that others may have signed too, with this key's signature alone.
    pub(crate) fn own(&self, note: &str) -> Option<(TreeHead, String)> {
        let head = self.verify(note)?;
        let (text, _) = split(note)?;
        let lines: String = self.0.signatures(note).map(|(line, _)| format!("{line}\n")).collect();
        Some((head, format!("{text}\n{lines}")))
    }
}

/// A checkpoint of `head`, signed.
pub(crate) fn sign(key: &SigningKey, origin: &str, head: TreeHead) -> String {
    let text = format!("{origin}\n{}\n{}\n", head.size, BASE64_STANDARD.encode(head.root));
    let id = NamedKey::new(origin, ED25519, key.verifying_key()).id();
    let signature = [id.as_slice(), key.sign(text.as_bytes()).to_bytes().as_slice()].concat();
    format!("{text}\n\u{2014} {origin} {}\n", BASE64_STANDARD.encode(signature))
}

/// An origin is one line without spaces or `+` (C2SP signed-note, key names).
pub(crate) fn is_origin(origin: &str) -> bool {
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
    !origin.is_empty() && origin.len() <= 200 && origin.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_example_of_the_go_note_package_verifies() {
        // golang.org/x/mod/sumdb/note: the PeterNeumann key and note of its documentation.
        let key =
            VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let text = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
        let line = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
        assert!(key.signed(&format!("{text}\n{line}\n")));
        assert!(!key.signed(&format!("{}\n{line}\n", text.replace("answer", "Answer"))));
    }

    #[test]
    fn a_checkpoint_is_accepted_only_unaltered_and_from_its_own_key() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let verifier = VerifierKey::new("livsbog.example/log", key.verifying_key());
        let head = TreeHead { size: 7, root: [9; 32] };
        let checkpoint = sign(&key, verifier.origin(), head);
        assert_eq!(verifier.verify(&checkpoint), Some(head));
        assert_eq!(VerifierKey::parse(&verifier.text()), Some(verifier.clone()));
        assert_eq!(verifier.verify(&checkpoint.replace("\n7\n", "\n8\n")), None);
        let other = VerifierKey::new(verifier.origin(), SigningKey::from_bytes(&[2; 32]).verifying_key());
        assert_eq!(other.verify(&checkpoint), None);
    }
}
