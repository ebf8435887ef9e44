//! An instance on disk: its secrets and its configuration file.

use std::fs::{File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use archive::Secrets;
use zeroize::Zeroizing;

/// Why an instance cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    #[error("{0} holds no instance; make one with `livsbog init --data DIR` or try `livsbog demo`")]
    NotThere(PathBuf),
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    #[error("{0} is in use: stop the service first, and start it again afterwards")]
    InUse(PathBuf),
    #[error("LIVSBOG_ROOT_KEY_COMMAND gave no key: {0}")]
    Command(String),
    #[error("the secrets in {0} cannot be used: {1}")]
    Unusable(PathBuf, archive::Error),
}

const ROOT: &str = "root.key";
const NEXT_ROOT: &str = "root.key.next";
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

/// The root key's identity: from `LIVSBOG_ROOT_KEY`, from what `LIVSBOG_ROOT_KEY_COMMAND` prints, or from the disk.
pub fn root_key(data: &Path) -> Result<Zeroizing<String>, InstanceError> {
    if let Ok(root) = std::env::var("LIVSBOG_ROOT_KEY") {
        return Ok(Zeroizing::new(root));
    }
    match std::env::var("LIVSBOG_ROOT_KEY_COMMAND") {
        Ok(command) => printed_by(&command),
        Err(_) => read_secret(data, ROOT),
    }
}

/// What a command of the operator's, say one that asks a vault, prints on its standard output.
fn printed_by(command: &str) -> Result<Zeroizing<String>, InstanceError> {
    let output = Command::new("sh").args(["-c", command]).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| InstanceError::Command(error.to_string()))?;
    let printed = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(InstanceError::Command(output.status.to_string()));
    }
    let text = std::str::from_utf8(&printed).map_err(|error| InstanceError::Command(error.to_string()))?;
    Ok(Zeroizing::new(text.trim().to_owned()))
}

/// True where the root key lies on this disk and nothing hands it out instead.
pub fn keeps_root_key(data: &Path) -> bool {
    let handed_out = ["LIVSBOG_ROOT_KEY", "LIVSBOG_ROOT_KEY_COMMAND"];
    secrets_dir(data).join(ROOT).exists() && handed_out.iter().all(|name| std::env::var_os(name).is_none())
}

/// The root key that a rotation moves to; made once, and found again when the rotation was broken off.
pub fn next_root_key(data: &Path) -> Result<Zeroizing<String>, InstanceError> {
    let path = secrets_dir(data).join(NEXT_ROOT);
    if !path.exists() {
        write_private(&path, &archive::generate_identity().0)?;
    }
    read_secret(data, NEXT_ROOT)
}

/// Ends a rotation: the next root key, where it lies here, is the root key now.
pub fn finish_rotation(data: &Path, escrow: &str, root_lies_here: bool) -> Result<(), InstanceError> {
    let dir = secrets_dir(data);
    write_private(&dir.join(ESCROW), escrow)?;
    let (next, root) = (dir.join(NEXT_ROOT), dir.join(ROOT));
    if root_lies_here && next.exists() {
        let put = std::fs::rename(&next, &root).and_then(|()| File::open(&dir)?.sync_all());
        put.map_err(|error| InstanceError::Io(root, error))?;
    }
    Ok(())
}

/// Says for as long as it is held that a service uses the instance.
pub fn in_use(data: &Path) -> Result<File, InstanceError> {
    lock(data, File::try_lock_shared)
}

/// Says for as long as it is held that nobody else uses the instance on this machine.
pub fn alone(data: &Path) -> Result<File, InstanceError> {
    lock(data, File::try_lock)
}

fn lock(data: &Path, lock: impl Fn(&File) -> Result<(), TryLockError>) -> Result<File, InstanceError> {
    let dir = secrets_dir(data);
    let file = File::open(&dir).map_err(|_| InstanceError::NotThere(data.to_path_buf()))?;
    match lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(InstanceError::InUse(data.to_path_buf())),
        Err(TryLockError::Error(error)) => Err(InstanceError::Io(dir, error)),
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

/// Makes a directory that only its owner may enter, unless it is there.
pub fn make_private_dir(dir: &Path) -> Result<(), InstanceError> {
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
    write_whole(path, text, 0o600)
}

/// The same for a file that everybody may read.
pub fn write_public(path: &Path, text: &str) -> Result<(), InstanceError> {
    write_whole(path, text, 0o644)
}

fn write_whole(path: &Path, text: &str, mode: u32) -> Result<(), InstanceError> {
    let attempt = || -> io::Result<()> {
        let temporary = path.with_extension("new");
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        // Not by `open`: the process's mask would take from it.
        file.set_permissions(Permissions::from_mode(mode))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)?;
        match path.parent() {
            Some(parent) if parent.as_os_str().is_empty() => File::open(".")?.sync_all(),
            Some(parent) => File::open(parent)?.sync_all(),
            None => Ok(()),
        }
    };
    attempt().map_err(|error| InstanceError::Io(path.to_path_buf(), error))
}
