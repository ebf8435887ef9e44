//! Signed checkpoints: C2SP signed-note and tlog-checkpoint with Ed25519.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::tree::Hash;

/// The signature type byte of Ed25519 (C2SP signed-note).
const ED25519: u8 = 1;

/// Whom a log's checkpoints are checked against: `<origin>+<key id>+<base64>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerifierKey {
    origin: String,
    key: VerifyingKey,
}

/// What a checkpoint says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TreeHead {
    pub(crate) size: u64,
    pub(crate) root: Hash,
}

impl VerifierKey {
    pub(crate) fn new(origin: &str, key: VerifyingKey) -> Self {
        Self { origin: origin.to_owned(), key }
    }

    /// The log's origin, also the key's name.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    fn encoded_key(&self) -> Vec<u8> {
        [&[ED25519], self.key.as_bytes().as_slice()].concat()
    }

    fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.origin)
            .chain_update(b"\n")
            .chain_update(self.encoded_key())
            .finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// The key's text form.
    pub(crate) fn text(&self) -> String {
        let encoded = BASE64_STANDARD.encode(self.encoded_key());
        format!("{}+{}+{encoded}", self.origin, hex::encode(self.id()))
    }

    /// Reads the text form; nothing when it is malformed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim_end().splitn(3, '+');
        let (origin, id, encoded) = (parts.next()?, parts.next()?, parts.next()?);
        let encoded = BASE64_STANDARD.decode(encoded).ok()?;
        let (kind, key) = encoded.split_first()?;
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        let parsed = Self::new(origin, key);
        (*kind == ED25519 && hex::encode(parsed.id()) == id).then_some(parsed)
    }

    /// What `checkpoint` says, if this key signed it.
    pub(crate) fn verify(&self, checkpoint: &str) -> Option<TreeHead> {
        let split = checkpoint.find("\n\n")? + 1;
        let (text, signatures) = (&checkpoint[..split], &checkpoint[split + 1..]);
        let signed = signatures.lines().any(|line| self.signed(text, line));
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let head =
            TreeHead { size: size.parse().ok()?, root: BASE64_STANDARD.decode(root).ok()?.try_into().ok()? };
        (signed && origin == self.origin && head.size.to_string() == size).then_some(head)
    }

    fn signed(&self, text: &str, line: &str) -> bool {
        let signature = line.strip_prefix("\u{2014} ").and_then(|line| line.split_once(' '));
        let Some((_, encoded)) = signature.filter(|(name, _)| *name == self.origin) else { return false };
        let Ok(bytes) = BASE64_STANDARD.decode(encoded) else { return false };
        let Some((id, signature)) = bytes.split_first_chunk::<4>() else { return false };
        let signature = Signature::from_slice(signature);
        *id == self.id() && signature.is_ok_and(|s| self.key.verify_strict(text.as_bytes(), &s).is_ok())
    }
}

/// A checkpoint of `head`, signed.
pub(crate) fn sign(key: &SigningKey, origin: &str, head: TreeHead) -> String {
    let text = format!("{origin}\n{}\n{}\n", head.size, BASE64_STANDARD.encode(head.root));
    let id = VerifierKey::new(origin, key.verifying_key()).id();
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
        assert!(key.signed(text, line));
        assert!(!key.signed(&text.replace("answer", "Answer"), line));
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
