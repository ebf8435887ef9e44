//! An instance on disk: its secrets and its configuration file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use archive::Secrets;
use zeroize::Zeroizing;

/// Why an instance cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    #[error("{0} holds no instance; make one with `livsbog init --data DIR` or try `livsbog demo`")]
    NotThere(PathBuf),
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    #[error("the secrets in {0} cannot be used: {1}")]
    Unusable(PathBuf, archive::Error),
}

const ROOT: &str = "root.key";
const ESCROW: &str = "escrow.pub";
const LOG: &str = "log.seed";

/// Where the escrow identity is put for the operator to carry away. The service never reads it.
pub fn escrow_identity_path(data: &Path) -> PathBuf {
    data.join("escrow-identity.txt")
}

fn secrets_dir(data: &Path) -> PathBuf {
    data.join("secrets")
}

/// True where an instance has been made.
pub fn exists(data: &Path) -> bool {
    secrets_dir(data).join(LOG).exists()
}

/// Makes the secrets of a fresh instance. With no `escrow` recipient given, a pair is made and its identity is left in
/// [`escrow_identity_path`], to be carried off the machine. What is there already stays.
pub fn make_secrets(data: &Path, escrow: Option<&str>) -> Result<(), InstanceError> {
    let dir = secrets_dir(data);
    make_private_dir(&dir)?;
    if exists(data) {
        return Ok(());
    }
    let (root, _) = archive::generate_identity();
    let seed = archive::generate_log_seed().map_err(|error| InstanceError::Unusable(dir.clone(), error))?;
    if let Some(recipient) = escrow {
        // Before anything is written: a mistyped recipient must not leave half an instance.
        Secrets::from_text(&root, recipient, &seed)
            .map_err(|error| InstanceError::Unusable(dir.clone(), error))?;
    }
    write_private(&dir.join(ROOT), &root)?;
    let recipient = match escrow {
        Some(recipient) => recipient.to_owned(),
        None => {
            let (identity, recipient) = archive::generate_identity();
            write_private(&escrow_identity_path(data), &identity)?;
            recipient
        }
    };
    write_private(&dir.join(ESCROW), &recipient)?;
    // Last: `exists` asks for this one.
    write_private(&dir.join(LOG), &seed)
}

/// The root key's identity; it may come from `LIVSBOG_ROOT_KEY` instead of the disk.
pub fn root_key(data: &Path) -> Result<Zeroizing<String>, InstanceError> {
    match std::env::var("LIVSBOG_ROOT_KEY") {
        Ok(root) => Ok(Zeroizing::new(root)),
        Err(_) => read_secret(data, ROOT),
    }
}

/// Every secret with its file's name, for a backup.
pub fn secret_files(data: &Path) -> Result<[(&'static str, Zeroizing<String>); 3], InstanceError> {
    Ok([(ROOT, root_key(data)?), (ESCROW, read_secret(data, ESCROW)?), (LOG, read_secret(data, LOG)?)])
}

/// Puts a secret back that [`secret_files`] gave; one that is there stays.
pub fn put_secret(data: &Path, name: &str, text: &str) -> Result<(), InstanceError> {
    let dir = secrets_dir(data);
    let path = dir.join(name);
    if ![ROOT, ESCROW, LOG].contains(&name) || path.exists() {
        return Ok(());
    }
    make_private_dir(&dir)?;
    write_private(&path, text)
}

fn read_secret(data: &Path, name: &str) -> Result<Zeroizing<String>, InstanceError> {
    let path = secrets_dir(data).join(name);
    std::fs::read_to_string(&path).map(Zeroizing::new).map_err(|error| InstanceError::Io(path, error))
}

fn make_private_dir(dir: &Path) -> Result<(), InstanceError> {
    let mut builder = std::fs::DirBuilder::new();
    let made = builder.recursive(true).mode(0o700).create(dir);
    made.map_err(|error| InstanceError::Io(dir.to_path_buf(), error))
}

/// Reads the secrets; the root key may come from `LIVSBOG_ROOT_KEY` instead of the disk.
pub fn read_secrets(data: &Path) -> Result<Secrets, InstanceError> {
    if !exists(data) {
        return Err(InstanceError::NotThere(data.to_path_buf()));
    }
    let [(_, root), (_, escrow), (_, seed)] = secret_files(data)?;
    Secrets::from_text(&root, &escrow, &seed)
        .map_err(|error| InstanceError::Unusable(secrets_dir(data), error))
}

/// Writes a file that only its owner may read, whole and durable. An existing file is replaced in one step.
pub fn write_private(path: &Path, text: &str) -> Result<(), InstanceError> {
    let attempt = || -> io::Result<()> {
        let temporary = path.with_extension("new");
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)?;
        match path.parent() {
            Some(parent) => File::open(parent)?.sync_all(),
            None => Ok(()),
        }
    };
    attempt().map_err(|error| InstanceError::Io(path.to_path_buf(), error))
}
