//! An instance on disk: its secrets and its configuration file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use archive::Secrets;

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
    let mut builder = std::fs::DirBuilder::new();
    builder
        .recursive(true)
        .mode(0o700)
        .create(&dir)
        .map_err(|error| InstanceError::Io(dir.clone(), error))?;
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

/// Reads the secrets; the root key may come from `LIVSBOG_ROOT_KEY` instead of the disk.
pub fn read_secrets(data: &Path) -> Result<Secrets, InstanceError> {
    if !exists(data) {
        return Err(InstanceError::NotThere(data.to_path_buf()));
    }
    let dir = secrets_dir(data);
    let read = |name: &str| {
        let path = dir.join(name);
        std::fs::read_to_string(&path).map_err(|error| InstanceError::Io(path, error))
    };
    let root = match std::env::var("LIVSBOG_ROOT_KEY") {
        Ok(root) => root,
        Err(_) => read(ROOT)?,
    };
    Secrets::from_text(root.trim(), read(ESCROW)?.trim(), read(LOG)?.trim())
        .map_err(|error| InstanceError::Unusable(dir, error))
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
