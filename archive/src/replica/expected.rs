//! What belongs to an object, by what the log vouches for: each file with its digest, in the order of the commit.

use bytes::Bytes;

use crate::digest::Digest;
use crate::ocfl::{DECLARATION, INVENTORY, Inventory, SIDECAR, sidecar, version_name};
use crate::verify::Code;

/// A file as it must be.
#[derive(Clone)]
pub(super) struct Expected {
    /// The path in its store.
    pub(super) key: String,
    pub(super) digest: Digest,
    /// The bytes where they are known; content is known by its digest alone.
    pub(super) bytes: Option<Bytes>,
    kind: Kind,
}

/// The kinds of files, for the codes of findings.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Content,
    Inventory,
    Sidecar,
    Declaration,
    RootFile,
    Head,
    Tile,
    Entries,
}

impl Expected {
    pub(super) fn small(kind: Kind, key: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { key: key.into(), digest: Digest::of(&bytes), bytes: Some(bytes), kind }
    }

    fn content(key: String, digest: Digest) -> Self {
        Self { key, digest, bytes: None, kind: Kind::Content }
    }

    /// The code when other bytes are there.
    pub(super) fn changed(&self) -> Code {
        match self.kind {
            Kind::Content => Code::ContentChanged,
            Kind::Inventory => Code::InventoryChanged,
            Kind::Sidecar => Code::SidecarChanged,
            Kind::Declaration => Code::DeclarationChanged,
            Kind::RootFile => Code::RootFileChanged,
            Kind::Head => Code::LogCheckpointChanged,
            Kind::Tile => Code::LogTileChanged,
            Kind::Entries => Code::LogEntryChanged,
        }
    }

    /// The code when nothing is there.
    pub(super) fn missing(&self) -> Code {
        match self.kind {
            Kind::Content => Code::ContentMissing,
            Kind::Inventory => Code::InventoryMissing,
            Kind::Sidecar => Code::SidecarMissing,
            Kind::Declaration => Code::DeclarationMissing,
            Kind::RootFile => Code::RootFileMissing,
            Kind::Head | Kind::Tile | Kind::Entries => Code::LogFileMissing,
        }
    }
}

/// The path of a version's own inventory.
pub(super) fn version_inventory(directory: &str, version: u32) -> String {
    format!("{directory}/{}/{INVENTORY}", version_name(version))
}

/// The content that version `version` brought.
pub(super) fn version_content(directory: &str, version: u32, inventory: &Inventory) -> Vec<Expected> {
    let own = format!("{}/", version_name(version));
    let content = inventory.content().filter(|(path, _)| path.starts_with(&own));
    content.map(|(path, digest)| Expected::content(format!("{directory}/{path}"), digest)).collect()
}

/// The small files that stand beside a version's content: its inventory, the sidecar, the object's declaration.
pub(super) fn version_files(directory: &str, version: u32, inventory: &Bytes) -> [Expected; 3] {
    let key = version_inventory(directory, version);
    let checksum = key.replace(INVENTORY, SIDECAR);
    [
        Expected::small(Kind::Inventory, key, inventory.clone()),
        Expected::small(Kind::Sidecar, checksum, sidecar(Digest::of(inventory))),
        Expected::small(Kind::Declaration, format!("{directory}/{}", DECLARATION.0), DECLARATION.1),
    ]
}

/// The object's root inventory, the commit point, and its sidecar.
pub(super) fn root_files(directory: &str, bytes: &Bytes) -> [Expected; 2] {
    [
        Expected::small(Kind::Inventory, format!("{directory}/{INVENTORY}"), bytes.clone()),
        Expected::small(Kind::Sidecar, format!("{directory}/{SIDECAR}"), sidecar(Digest::of(bytes))),
    ]
}
