//! The storage root's own files: what makes it an OCFL root, and what a stranger with a file browser needs to know.

use bytes::Bytes;

use crate::error::{Error, Result};
use crate::store::Store;

/// Files that make the format; they never change. The optional `ocfl_layout.json` is left out on purpose: the validator
/// ocfl-py 2.1 calls a root invalid whose layout it does not know, and it does not know 0004. The file can be added
/// any day, being no sealed content.
pub(crate) const FORMAT_FILES: [(&str, &str); 2] = [
    ("0=ocfl_1.1", "ocfl_1.1\n"),
    ("extensions/0004-hashed-n-tuple-storage-layout/config.json", include_str!("root/0004-config.json")),
];

/// Files that explain the format; a newer program may bring better words.
pub(crate) const GUIDES: [(&str, &str); 5] = [
    ("README.da.txt", include_str!("root/README.da.txt")),
    ("README.en.txt", include_str!("root/README.en.txt")),
    ("ARCHIVE-FORMAT.md", include_str!("../../docs/ARCHIVE-FORMAT.md")),
    ("VERIFY.md", include_str!("../../docs/VERIFY.md")),
    ("verify.sh", include_str!("../../docs/verify.sh")),
];

/// Writes the root's files that are missing and renews the guides; alarms when a format file is not as it must be.
pub(crate) async fn prepare(root: &Store) -> Result<()> {
    for (name, content) in FORMAT_FILES {
        root.create(name, Bytes::from_static(content.as_bytes())).await?;
    }
    for (name, content) in GUIDES {
        if root.read_if_there(name).await?.as_deref() != Some(content.as_bytes()) {
            root.replace(name, Bytes::from_static(content.as_bytes())).await?;
        }
    }
    let directories =
        FORMAT_FILES.map(|(name, _)| name.rsplit_once('/').map_or("", |(directory, _)| directory));
    root.sweep(directories.map(str::to_owned).to_vec()).await?;
    root.settle().await
}

/// Refuses where no storage root is: a disk that was unmounted leaves an empty directory, and nothing may be sealed into it.
pub(crate) async fn expect_there(root: &Store) -> Result<()> {
    let (name, _) = FORMAT_FILES[0];
    match root.read_if_there(name).await? {
        Some(_) => Ok(()),
        None => Err(Error::unavailable("the storage root is not there: is its disk mounted?")),
    }
}

/// Alarms unless this is a root this program can write to.
pub(crate) async fn check(root: &Store) -> Result<()> {
    for (name, content) in FORMAT_FILES {
        match root.read_if_there(name).await? {
            Some(found) if found == content => {}
            _ => return Err(Error::alarm(root.name(name), "not the storage root this program writes")),
        }
    }
    Ok(())
}
