//! A package behind a lock: the whole zip as one age file, which `age -d` opens. What is written is not known in advance
//! then, since every age file has a key of its own.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::x25519::Recipient;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};

use super::{Broken, Package};
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

/// What was encrypted and not handed on yet.
#[derive(Clone, Default)]
struct Outbox(Arc<Mutex<Vec<u8>>>);

impl Outbox {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Outbox {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A package on its way behind a lock.
struct Closing {
    package: Pin<Box<dyn Stream<Item = std::result::Result<Bytes, Broken>> + Send>>,
    writer: StreamWriter<Outbox>,
    outbox: Outbox,
}

impl Package {
    /// The whole package behind a lock, encrypted on its way. What breaks off begins anew: each time it is another file. With a
    /// password it takes a second to begin. Must be called on the runtime.
    ///
    /// # Errors
    /// Where the lock cannot be closed.
    pub fn locked(
        &self,
        lock: &Lock,
    ) -> Result<impl Stream<Item = std::result::Result<Bytes, Broken>> + Send + use<>> {
        let outbox = Outbox::default();
        let writer = lock.close(outbox.clone())?;
        let closing = Closing { package: Box::pin(self.stream(0..self.size_bytes())), writer, outbox };
        Ok(stream::unfold(Some(closing), |closing| async { closing?.next().await }))
    }
}

impl Closing {
    /// The next piece; writing into memory cannot fail, and a file that lacks its end is no whole one to age.
    async fn next(mut self) -> Option<(std::result::Result<Bytes, Broken>, Option<Self>)> {
        loop {
            match self.package.next().await {
                Some(Ok(block)) => self.writer.write_all(&block).ok()?,
                Some(Err(broken)) => return Some((Err(broken), None)),
                None => {
                    self.writer.finish().ok()?;
                    return Some((Ok(self.outbox.take()), None));
                }
            }
            let made = self.outbox.take();
            if !made.is_empty() {
                return Some((Ok(made), Some(self)));
            }
        }
    }
}
