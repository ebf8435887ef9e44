//! What others say of the log, kept beside it: never sealed, vouched for by nobody here, and never written again. Each
//! file is judged by whoever trusts the one that signed it.

/// Time stamps of checkpoints, a directory each.
pub(crate) const STAMPS: &str = "stamps";
/// Time stamps of lists of earlier stamps, a directory each.
pub(crate) const RENEWALS: &str = "renewals";

/// Checkpoints with a witness's cosignature, a directory for each key.
pub(crate) const COSIGNATURES: &str = "cosignatures";

/// Every directory of evidence, from the log's.
pub(crate) const EVIDENCE: [&str; 3] = [STAMPS, RENEWALS, COSIGNATURES];
