//! A package behind a lock: the whole zip as one age file, which `age -d` opens. What is written is not known in advance
//! then, since every age file has a key of its own.

use std::io::Write;

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::x25519::Recipient;

use crate::error::{Error, Result};

/// Whom a package is locked for.
pub struct Lock(Kind);

enum Kind {
    Recipient(Recipient),
    Password(SecretString),
}

impl Lock {
    /// Whoever has the identity of an age recipient (`age1...`).
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn recipient(text: &str) -> Result<Self> {
        let recipient = text.trim().parse().map_err(|_| Error::Invalid("not an age recipient (age1...)"))?;
        Ok(Self(Kind::Recipient(recipient)))
    }

    /// Whoever knows a password (age's scrypt).
    pub fn password(password: &str) -> Self {
        Self(Kind::Password(SecretString::from(password.to_owned())))
    }

    /// Everything written goes encrypted to `out`; whole once the writer is finished.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn close<W: Write>(&self, out: W) -> Result<StreamWriter<W>> {
        let encryptor = match &self.0 {
            Kind::Recipient(recipient) => {
                age::Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient))
                    .map_err(|error| Error::unavailable(error.to_string()))?
            }
            Kind::Password(password) => age::Encryptor::with_user_passphrase(password.clone()),
        };
        Ok(encryptor.wrap_output(out)?)
    }
}
