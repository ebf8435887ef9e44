//! The secrets the service holds while it runs, and how new ones are made.

use std::fmt;

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// What an archive needs to be opened for writing and reading. Never written anywhere by this crate.
#[derive(Clone)]
pub struct Secrets {
    /// The service's root identity; opens every group key.
    pub root: Identity,
    /// Whom group keys are also wrapped to; the identity lies offline with the escrow holders. The recipient is a
    /// secret too: who knows it can attack recorded files with a future quantum computer.
    pub escrow: Recipient,
    /// The 32-byte seed (RFC 8032) of the Ed25519 key that signs the log's checkpoints.
    pub log_seed: Zeroizing<[u8; 32]>,
}

impl Secrets {
    /// Reads the three secrets from their text forms: `AGE-SECRET-KEY-1...`, `age1...`, 64 hexadecimal characters.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the one that is malformed, never its text.
    pub fn from_text(root: &str, escrow: &str, log_seed_hex: &str) -> Result<Self> {
        let root = root.trim().parse().map_err(|_| Error::Invalid("the root key is not an age identity"))?;
        let escrow =
            escrow.trim().parse().map_err(|_| Error::Invalid("the escrow is not an age recipient"))?;
        let mut log_seed = Zeroizing::new([0; 32]);
        hex::decode_to_slice(log_seed_hex.trim(), log_seed.as_mut_slice())
            .map_err(|_| Error::Invalid("the log seed is not 64 hexadecimal characters"))?;
        Ok(Self { root, escrow, log_seed })
    }

    pub(crate) fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.log_seed)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

/// A new age identity and its recipient, as text, for setting up an instance.
pub fn generate_identity() -> (Zeroizing<String>, String) {
    let identity = Identity::generate();
    (Zeroizing::new(identity.to_string().expose_secret().to_owned()), identity.to_public().to_string())
}

/// A new seed for the log's signing key, as 64 hexadecimal characters.
///
/// # Errors
/// [`Error::Unavailable`] when the machine has no randomness to give.
pub fn generate_log_seed() -> Result<Zeroizing<String>> {
    let mut seed = Zeroizing::new([0_u8; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(|error| Error::unavailable(error.to_string()))?;
    Ok(Zeroizing::new(hex::encode(seed.as_slice())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_survive_their_text_form_and_never_print() {
        let (root, _) = generate_identity();
        let (_, escrow) = generate_identity();
        let seed = generate_log_seed().unwrap();
        let secrets = Secrets::from_text(&root, &escrow, &seed).unwrap();
        assert_eq!(format!("{secrets:?}"), "Secrets(..)");
        assert!(Secrets::from_text(&escrow, &escrow, &seed).is_err());
        assert!(Secrets::from_text(&root, &root, &seed).is_err());
        assert!(Secrets::from_text(&root, &escrow, &seed[1..]).is_err());
    }
}
