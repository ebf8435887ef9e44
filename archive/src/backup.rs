//! A backup of what the storage root and the log can't give back: the key store, and whatever the caller puts beside it.
//! One tar file inside one age file, for the service's root key and for the escrow: `age -d` and `tar -x` open it.
//!
//! Keep backups apart from the content and for days, not for years: a key that was erased lives on in them.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use age::x25519::Identity;
use bytes::Bytes;
use futures_util::TryStreamExt;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::keys::is_key;
use crate::paths::KEYS;

/// The log's checkpoint in a backup: every object in the log up to here had its key, when it had one, in this backup.
pub const CHECKPOINT: &str = "checkpoint";

/// A file that goes into a backup beside the keys.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Its path in the tar file.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// True for a secret of the service itself: only the escrow can open it, also for whoever holds the root key.
    pub for_escrow_only: bool,
}

impl Archive {
    /// Writes a backup to `out` and answers how many keys are in it. `beside` goes in first; then the newest checkpoint;
    /// the keys last, so that none is missing that the checkpoint vouches for.
    ///
    /// # Errors
    /// [`Error::Unavailable`] and [`Error::NoSpace`]; what was written then is no backup.
    pub async fn back_up(&self, out: impl Write + Send + 'static, beside: Vec<Beside>) -> Result<u64> {
        let secrets = Arc::clone(self.keys.secrets());
        let (sender, mut files) = mpsc::channel::<(String, Bytes)>(64);
        let packing = tokio::task::spawn_blocking(move || -> Result<()> {
            let escrow = [&secrets.escrow as &dyn age::Recipient];
            let (root, mut sealed) = (secrets.root.to_public(), Vec::new());
            for file in beside {
                let bytes = if file.for_escrow_only { encrypt(&escrow, &file.bytes)? } else { file.bytes };
                sealed.push((file.name, bytes));
            }
            let both = [&root as &dyn age::Recipient, escrow[0]];
            let encryptor = age::Encryptor::with_recipients(both.into_iter()).map_err(Error::unavailable)?;
            let mut tar = tar::Builder::new(encryptor.wrap_output(out)?);
            for (name, bytes) in sealed {
                append(&mut tar, &name, &bytes)?;
            }
            while let Some((name, bytes)) = files.blocking_recv() {
                append(&mut tar, &name, &bytes)?;
            }
            Ok(tar.into_inner()?.finish()?.flush()?)
        });
        // A packer that gave up drops its end; its own error, awaited below, says why.
        let _ = sender.send((CHECKPOINT.to_owned(), self.checkpoint().await?.note.into())).await;
        let mut keys = std::pin::pin!(self.keys.files());
        let mut count = 0;
        while let Some(key) = keys.try_next().await? {
            // Erased meanwhile: disposed of.
            let Some(bytes) = self.keys.file(&key).await? else { continue };
            if sender.send((format!("{KEYS}/{key}"), bytes)).await.is_err() {
                break;
            }
            count += 1;
        }
        drop(sender);
        packing.await??;
        Ok(count)
    }
}

/// Opens a backup with the root's or the escrow's `identity` (`AGE-SECRET-KEY-1...`) and goes through it to its end. Keys
/// are written into the directory `keys`, when it is given, durably; everything else goes to `beside`. Answers how many
/// keys there were. What is there already is never overwritten. Blocks the thread.
///
/// # Errors
/// [`Error::WrongSecrets`] when it does not open; [`Error::Unavailable`] when it is cut short or changed, or when
/// a key is there already.
pub fn open_backup(
    backup: impl Read,
    identity: &str,
    keys: Option<&Path>,
    mut beside: impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
) -> Result<u64> {
    let identity: Identity = identity.trim().parse().map_err(|_| Error::WrongSecrets)?;
    let decryptor = age::Decryptor::new(backup).map_err(Error::unavailable)?;
    let plain = decryptor.decrypt(std::iter::once(&identity as _)).map_err(|_| Error::WrongSecrets)?;
    let mut tar = tar::Archive::new(plain);
    let mut count = 0;
    for entry in tar.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        match name.strip_prefix(KEYS).and_then(|rest| rest.strip_prefix('/')) {
            Some(key) if is_key(key) => {
                if let Some(keys) = keys {
                    write_new(&keys.join(key), &mut entry)?;
                }
                count += 1;
            }
            Some(_) => return Err(Error::unavailable(format!("{name} is not a key's name"))),
            None => beside(&name, &mut entry)?,
        }
    }
    // To the last byte: only then is it known that nothing was cut off.
    io::copy(&mut tar.into_inner(), &mut io::sink())?;
    if let Some(keys) = keys {
        rustix::fs::syncfs(fs::File::open(keys)?).map_err(io::Error::from)?;
    }
    Ok(count)
}

/// Opens one file that was put in for the escrow only.
///
/// # Errors
/// [`Error::WrongSecrets`].
pub fn open_for_escrow(bytes: &[u8], identity: &str) -> Result<Zeroizing<Vec<u8>>> {
    let identity: Identity = identity.trim().parse().map_err(|_| Error::WrongSecrets)?;
    Ok(Zeroizing::new(age::decrypt(&identity, bytes).map_err(|_| Error::WrongSecrets)?))
}

fn encrypt(recipients: &[&dyn age::Recipient], bytes: &[u8]) -> Result<Bytes> {
    let encryptor =
        age::Encryptor::with_recipients(recipients.iter().copied()).map_err(Error::unavailable)?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(bytes)?;
    writer.finish()?;
    Ok(sealed.into())
}

fn append(tar: &mut tar::Builder<impl Write>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    tar.append_data(&mut header, name, bytes)
}

fn write_new(path: &Path, from: &mut dyn Read) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Error::unavailable("the key store is not empty"),
        _ => error.into(),
    })?;
    io::copy(from, &mut file)?;
    Ok(())
}
