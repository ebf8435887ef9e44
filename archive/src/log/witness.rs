//! Witnesses: others who keep the newest checkpoint they saw of a log, and cosign a newer one when it continues that (C2SP
//! tlog-witness and tlog-cosignature, with Ed25519). Both sides of it, pure: what a log sends, and how it is judged.

use std::str::FromStr;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signature, Signer, SigningKey};
use zeroize::Zeroizing;

use super::note::{self, NamedKey, TreeHead, VerifierKey};
use super::tree::{self, Hash};
use crate::error::{Error, Result};

/// The signature type byte of a cosignature (C2SP tlog-cosignature).
const COSIGNATURE: u8 = 4;
/// No tree needs more hashes to show that it continues another (C2SP tlog-witness).
const PROOF_HASHES: usize = 63;

/// Whom a witness's cosignatures are checked against: `<name>+<key id>+<base64>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessKey(NamedKey);

/// The text is not the key of a witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a witness's key: <name>+<id>+<base64 of 0x04 and an Ed25519 key>")]
pub struct NotAWitness;

impl FromStr for WitnessKey {
    type Err = NotAWitness;

    fn from_str(text: &str) -> Result<Self, NotAWitness> {
        NamedKey::parse(text, COSIGNATURE).map(Self).ok_or(NotAWitness)
    }
}

/// What a witness signed beneath a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// The signature line, with its line feed.
    pub line: String,
    /// When, in seconds since 1970: this was then the longest the witness had seen of the log.
    pub time: u64,
}

impl WitnessKey {
    /// The witness's name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The key's id: eight hexadecimal characters.
    pub fn id(&self) -> String {
        hex::encode(self.0.id())
    }

    /// The key's text form.
    pub fn text(&self) -> String {
        self.0.text()
    }

    /// The witness's cosignature beneath the checkpoint `note`; nothing when there is none, or when one of those with its
    /// name and id is not its own.
    pub fn cosignature(&self, note: &str) -> Option<Cosignature> {
        let (text, _) = note::split(note)?;
        let mut found = None;
        for (line, signature) in self.0.signatures(note) {
            let (time, signature) = signature.split_first_chunk::<8>()?;
            let time = u64::from_be_bytes(*time);
            let signature = Signature::from_slice(signature).ok()?;
            if !self.0.verifies(message(time, text).as_bytes(), &signature) {
                return None;
            }
            found = Some(Cosignature { line: format!("{line}\n"), time });
        }
        found
    }
}

fn message(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// The signing side of a witness.
pub struct Witness {
    name: String,
    key: SigningKey,
}

impl Witness {
    /// A witness by its name and its seed, 64 hexadecimal characters.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the one that is malformed, never the seed.
    pub fn new(name: &str, seed_hex: &str) -> Result<Self> {
        if !note::is_origin(name) {
            return Err(Error::Invalid(
                "a witness's name is one word without '+', such as egebaek.dk/witness",
            ));
        }
        let mut seed = Zeroizing::new([0; 32]);
        hex::decode_to_slice(seed_hex.trim(), seed.as_mut_slice())
            .map_err(|_| Error::Invalid("the witness's seed is not 64 hexadecimal characters"))?;
        Ok(Self { name: name.to_owned(), key: SigningKey::from_bytes(&seed) })
    }

    /// Its public key.
    pub fn key(&self) -> WitnessKey {
        WitnessKey(NamedKey::new(&self.name, COSIGNATURE, self.key.verifying_key()))
    }

    /// The checkpoint `note` with this witness's cosignature beneath it, which says that the log was seen to grow to it and
    /// no further at `time`, in seconds since 1970. To be called after [`Submission::check`], once that state is kept.
    pub fn cosign(&self, note: &str, time: u64) -> Option<String> {
        let (text, _) = note::split(note)?;
        let signature = self.key.sign(message(time, text).as_bytes()).to_bytes();
        let signed = [self.key().0.id().as_slice(), &time.to_be_bytes(), &signature].concat();
        Some(format!("{note}\u{2014} {} {}\n", self.name, BASE64_STANDARD.encode(signed)))
    }
}

/// What a log sends to a witness: a checkpoint, and the proof that it continues an earlier state (C2SP tlog-witness,
/// add-checkpoint).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The size of the earlier state.
    pub old: u64,
    /// The proof from there (RFC 6962, section 2.1.2).
    pub(crate) proof: Vec<Hash>,
    /// The checkpoint.
    pub note: String,
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The log's key is malformed.
    #[error("the log's key is malformed")]
    Key,
    /// The checkpoint was not signed by the log.
    #[error("the checkpoint is not signed by this log")]
    Signature,
    /// What was kept of the log was not signed by it.
    #[error("what was kept of this log is not signed by it")]
    Kept,
    /// The proof is from another size than the one that was seen.
    #[error(
        "this log was seen with {seen} leaves: a proof from there is needed (livsbog log consistency {seen})"
    )]
    Conflict {
        /// The size that was seen.
        seen: u64,
    },
    /// The checkpoint does not continue what was seen: the log has two histories.
    #[error("ALARM: this log does not continue what was seen of it; keep both checkpoints and tell others")]
    Inconsistent,
}

impl Submission {
    /// Reads what a log sends; a checkpoint alone is one that continues nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let Some(rest) = text.strip_prefix("old ") else {
            return Some(Self { old: 0, proof: Vec::new(), note: text.to_owned() });
        };
        let (head, note) = rest.split_once("\n\n")?;
        let mut lines = head.lines();
        let size = lines.next()?;
        let old: u64 = size.parse().ok()?;
        let proof = lines.map(|line| BASE64_STANDARD.decode(line).ok()?.try_into().ok());
        let proof: Vec<Hash> = proof.collect::<Option<_>>()?;
        let fits = old.to_string() == size && proof.len() <= PROOF_HASHES;
        fits.then(|| Self { old, proof, note: note.to_owned() })
    }

    /// As it is sent.
    pub fn text(&self) -> String {
        let proof: String = self.proof.iter().map(|hash| BASE64_STANDARD.encode(hash) + "\n").collect();
        format!("old {}\n{proof}\n{}", self.old, self.note)
    }

    /// Whether the log of `log_key` signed the checkpoint, and it continues `seen`, the checkpoint of that log that was
    /// cosigned last; answers its size.
    ///
    /// # Errors
    /// The first [`Refusal`] found.
    pub fn check(&self, log_key: &str, seen: Option<&str>) -> Result<u64, Refusal> {
        let key = VerifierKey::parse(log_key).ok_or(Refusal::Key)?;
        let head = key.verify(&self.note).ok_or(Refusal::Signature)?;
        let none = TreeHead { size: 0, root: tree::root_of(&[]) };
        let seen = seen.map_or(Some(none), |note| key.verify(note)).ok_or(Refusal::Kept)?;
        if self.old != seen.size || head.size < seen.size {
            return Err(Refusal::Conflict { seen: seen.size });
        }
        let continues = tree::continues(seen.size, seen.root, head.size, head.root, &self.proof);
        continues.then_some(head.size).ok_or(Refusal::Inconsistent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "livsbog.example/log";

    fn log() -> SigningKey {
        SigningKey::from_bytes(&[1; 32])
    }

    fn key() -> String {
        VerifierKey::new(LOG, log().verifying_key()).text()
    }

    fn note(leaves: &[Hash]) -> String {
        note::sign(&log(), LOG, TreeHead { size: leaves.len() as u64, root: tree::root_of(leaves) })
    }

    fn submission(old: u64, leaves: &[Hash]) -> Submission {
        let ranges = tree::consistency_ranges(old, leaves.len() as u64).into_iter();
        let proof = ranges.map(|range| tree::root_of(&leaves[range.start as usize..range.end as usize]));
        Submission { old, proof: proof.collect(), note: note(leaves) }
    }

    #[test]
    fn a_cosignature_is_accepted_only_for_its_checkpoint_and_from_its_own_key() {
        let witness = Witness::new("egebaek.example/witness", &"07".repeat(32)).unwrap();
        let note = note(&[[1; 32], [2; 32]]);
        let cosigned = witness.cosign(&note, 1_795_000_000).unwrap();
        let found = witness.key().cosignature(&cosigned).unwrap();
        assert_eq!((found.time, format!("{note}{}", found.line)), (1_795_000_000, cosigned.clone()));
        assert_eq!(witness.key().text().parse(), Ok(witness.key()));
        assert_eq!(
            VerifierKey::parse(&key()).unwrap().verify(&cosigned).unwrap().size,
            2,
            "still a checkpoint"
        );
        assert_eq!(witness.key().cosignature(&note), None);
        assert_eq!(witness.key().cosignature(&cosigned.replace("\n2\n", "\n3\n")), None);
        let other = Witness::new("egebaek.example/witness", &"08".repeat(32)).unwrap();
        assert_eq!(other.key().cosignature(&cosigned), None);
        assert!(key().parse::<WitnessKey>().is_err(), "a log's key is no witness's");
        assert!(Witness::new("two words", &"07".repeat(32)).is_err());
    }

    #[test]
    fn a_witness_keys_id_is_computed_as_the_specification_has_it() {
        // C2SP tlog-cosignature: the id is the first four bytes of SHA-256(name, line feed, 4, key).
        let witness = Witness::new("witness.example.com/w1", &"01".repeat(32)).unwrap();
        let public = witness.key.verifying_key();
        let hashed = [b"witness.example.com/w1\n\x04".as_slice(), public.as_bytes()].concat();
        assert_eq!(witness.key().id(), crate::Digest::of(hashed).to_string()[..8]);
    }

    #[test]
    fn a_witness_follows_a_log_that_grows_and_no_other() {
        let leaves: Vec<Hash> = (0..9_u8).map(|n| tree::leaf_hash(&[n])).collect();
        let first = submission(0, &leaves[..5]);
        assert_eq!(first.check(&key(), None), Ok(5));
        assert_eq!(Submission::parse(&first.text()), Some(first.clone()));
        assert_eq!(Submission::parse(&first.note).unwrap().check(&key(), None), Ok(5));
        let seen = Some(first.note.as_str());
        let next = submission(5, &leaves);
        assert_eq!(Submission::parse(&next.text()), Some(next.clone()));
        assert_eq!(next.check(&key(), seen), Ok(9));
        assert_eq!(submission(5, &leaves[..5]).check(&key(), seen), Ok(5), "the same once more");
        assert_eq!(submission(4, &leaves).check(&key(), seen), Err(Refusal::Conflict { seen: 5 }));
        assert_eq!(submission(3, &leaves[..3]).check(&key(), seen), Err(Refusal::Conflict { seen: 5 }));
        let mut other = leaves.clone();
        other[2] = [0; 32];
        assert_eq!(submission(5, &other).check(&key(), seen), Err(Refusal::Inconsistent));
        assert_eq!(submission(5, &other[..5]).check(&key(), seen), Err(Refusal::Inconsistent));
        let unproven = Submission { proof: Vec::new(), ..next.clone() };
        assert_eq!(unproven.check(&key(), seen), Err(Refusal::Inconsistent));
        let unsigned = Submission { note: next.note.replace("\n9\n", "\n8\n"), ..next };
        assert_eq!(unsigned.check(&key(), seen), Err(Refusal::Signature));
        for text in ["old 05\n\n", "old x\n\n", "old 5\nnot base64\n\n", "old 5\n"] {
            assert_eq!(Submission::parse(text), None, "{text:?}");
        }
    }
}
