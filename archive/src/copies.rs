//! Disposable copies kept outside the archive, such as the small sizes of a picture: encrypted to the object's own key,
//! so that they can be read by nobody once that key is destroyed.

use std::io::Read;

use bytes::Bytes;

use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId};

impl Archive {
    /// Encrypts a copy to the object's key: an age file of a few hundred bytes more.
    ///
    /// # Errors
    /// [`Error::KeyDestroyed`]; [`Error::Unavailable`] when the key store does not answer.
    pub async fn seal_copy(&self, group: GroupId, object: ObjectId, plain: &[u8]) -> Result<Bytes> {
        let identity = self.keys.object(group, object).await?;
        let sealed = age::encrypt(&identity.to_public(), plain)
            .map_err(|error| Error::unavailable(error.to_string()))?;
        Ok(sealed.into())
    }

    /// Decrypts what [`seal_copy`](Archive::seal_copy) made.
    ///
    /// # Errors
    /// [`Error::KeyDestroyed`]; [`Error::Alarm`] when the copy is not what was made for this object.
    pub async fn open_copy(&self, group: GroupId, object: ObjectId, sealed: &[u8]) -> Result<Vec<u8>> {
        let identity = self.keys.object(group, object).await?;
        let damaged = || Error::alarm("cache", "a copy does not open with its object's key");
        let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| damaged())?;
        let mut reader =
            decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(|_| damaged())?;
        let mut plain = Vec::with_capacity(sealed.len());
        reader.read_to_end(&mut plain).map_err(|_| damaged())?;
        Ok(plain)
    }
}
