//! The contributor's receipt: a C2SP tlog-proof. It stands by itself: the leaf's line is its `extra`, the log's key is
//! all that is needed to check it.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::leaf::Leaf;
use super::note::VerifierKey;
use super::tree::{self, Hash};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// What a checked receipt says: this version was in the log when the log had `tree_size` leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The leaf that is proven.
    pub leaf: Leaf,
    /// The size of the log that the signed checkpoint covers.
    pub tree_size: u64,
}

/// Why a receipt proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptProblem {
    /// The verifier key is not of the form `<origin>+<id>+<base64>`.
    #[error("the log's key is malformed")]
    Key,
    /// The text is not a receipt of this archive.
    #[error("not a receipt")]
    Form,
    /// The checkpoint in it was not signed by this log.
    #[error("the checkpoint is not signed by this log")]
    Signature,
    /// The leaf is not in the tree that the checkpoint signs.
    #[error("the entry is not in the log the checkpoint signs")]
    Inclusion,
}

/// The receipt's text.
pub(crate) fn format(leaf: &Leaf, proof: &[Hash], checkpoint: &str) -> String {
    let hashes: String = proof.iter().map(|hash| BASE64_STANDARD.encode(hash) + "\n").collect();
    let extra = BASE64_STANDARD.encode(leaf.line());
    format!("{HEADER}\nextra {extra}\nindex {}\n{hashes}\n{checkpoint}", leaf.index)
}

/// Checks a receipt against the log's key (the file `log/vkey`), with nothing else at hand.
///
/// # Errors
/// The first [`ReceiptProblem`] found.
pub fn check_receipt(verifier_key: &str, receipt: &str) -> Result<Receipt, ReceiptProblem> {
    let verifier = VerifierKey::parse(verifier_key).ok_or(ReceiptProblem::Key)?;
    let (proof, checkpoint) = receipt.split_once("\n\n").ok_or(ReceiptProblem::Form)?;
    let (leaf, hashes) = parse_proof(proof).ok_or(ReceiptProblem::Form)?;
    let head = verifier.verify(checkpoint).ok_or(ReceiptProblem::Signature)?;
    let hash = tree::leaf_hash(leaf.line().as_bytes());
    let root = tree::root_from_proof(leaf.index, head.size, hash, &hashes);
    if root != Some(head.root) {
        return Err(ReceiptProblem::Inclusion);
    }
    Ok(Receipt { leaf, tree_size: head.size })
}

fn parse_proof(proof: &str) -> Option<(Leaf, Vec<Hash>)> {
    let mut lines = proof.lines();
    let header = lines.next()?;
    let extra = BASE64_STANDARD.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
    let index = lines.next()?.strip_prefix("index ")?.parse().ok()?;
    let hashes = lines.map(|line| BASE64_STANDARD.decode(line).ok()?.try_into().ok());
    let leaf = Leaf::parse(index, &extra)?;
    (header == HEADER).then_some((leaf, hashes.collect::<Option<_>>()?))
}
