//! The OCFL 1.1 object: its inventory and its file names. Pure: facts in, bytes out.

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::{ObjectId, RetentionClass};
use crate::staging::Staged;

/// The object's declaration file and its content (OCFL 1.1, section 3.3).
pub(crate) const DECLARATION: (&str, &str) = ("0=ocfl_object_1.1", "ocfl_object_1.1\n");
pub(crate) const INVENTORY: &str = "inventory.json";
pub(crate) const SIDECAR: &str = "inventory.json.sha256";

const TYPE: &str = "https://ocfl.io/1.1/spec/#inventory";
const MESSAGE: &str = "livsbog deposit; retention-class=";

/// An inventory as this archive writes it: every field in a fixed order, every map sorted, so that equal facts give
/// equal bytes. A field this archive never writes is refused on reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Inventory {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    digest_algorithm: String,
    head: String,
    manifest: BTreeMap<Digest, Vec<String>>,
    versions: BTreeMap<String, VersionBlock>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionBlock {
    created: String,
    message: String,
    user: User,
    state: BTreeMap<Digest, Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    name: String,
    address: String,
}

/// What the inventory tells about one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The version's number, from 1.
    pub version: u32,
    /// When it was made, to the second.
    pub created: DateTime<Utc>,
    /// Its retention class.
    pub class: RetentionClass,
    /// Its files.
    pub files: Vec<File>,
}

/// One file of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The name in the object, such as `entry.json.age`.
    pub name: String,
    /// SHA-256 of the stored (encrypted) bytes.
    pub stored: Digest,
}

impl Inventory {
    /// The inventory of a staged version: that of the version before with the staged files added. A staged name
    /// replaces the file of that name; the others are inherited.
    pub(crate) fn of(staged: &Staged, before: Option<&Self>) -> Self {
        let mut state = before.map(Self::head_state).unwrap_or_default();
        let mut manifest = before.map(|inventory| inventory.manifest.clone()).unwrap_or_default();
        for file in &staged.files {
            state.insert(file.name.clone(), file.stored);
            manifest.insert(file.stored, vec![content_path(staged.version, file.stored)]);
        }
        let mut versions = before.map(|inventory| inventory.versions.clone()).unwrap_or_default();
        versions.insert(version_name(staged.version), VersionBlock::of(staged, state));
        Self {
            id: staged.object.urn(),
            kind: TYPE.to_owned(),
            digest_algorithm: "sha256".to_owned(),
            head: version_name(staged.version),
            manifest,
            versions,
        }
    }

    /// The bytes of `inventory.json`.
    pub(crate) fn to_bytes(&self) -> Bytes {
        // A struct of strings and maps with string keys always serialises.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json.into()
    }

    /// Reads an inventory of this archive; nothing when it is not one, or not of `object`.
    pub(crate) fn parse(bytes: &[u8], object: ObjectId) -> Option<Self> {
        let inventory: Self = serde_json::from_slice(bytes).ok()?;
        let versions = inventory.versions.len() as u32;
        let numbered = (1..=versions).all(|version| inventory.versions.contains_key(&version_name(version)));
        let known = inventory.kind == TYPE && inventory.digest_algorithm == "sha256";
        (known && numbered && inventory.id == object.urn() && inventory.head == version_name(versions))
            .then_some(inventory)
    }

    /// The newest version's number.
    pub(crate) fn head(&self) -> u32 {
        self.versions.len() as u32
    }

    /// Whether both tell the same about version `version`.
    pub(crate) fn agrees_on(&self, version: u32, other: &Self) -> bool {
        let name = version_name(version);
        self.versions.get(&name) == other.versions.get(&name)
    }

    /// The path in the object of the file `name` of a version, and its digest.
    pub(crate) fn locate(&self, version: u32, name: &str) -> Option<(&str, Digest)> {
        let state = &self.versions.get(&version_name(version))?.state;
        let (digest, _) = state.iter().find(|(_, names)| names.iter().any(|known| known == name))?;
        Some((self.manifest.get(digest)?.first()?, *digest))
    }

    /// Every content path with its digest.
    pub(crate) fn content(&self) -> impl Iterator<Item = (&str, Digest)> {
        self.manifest.iter().flat_map(|(digest, paths)| paths.iter().map(|path| (path.as_str(), *digest)))
    }

    /// The versions in order; nothing when one does not read as this archive writes it.
    pub(crate) fn versions(&self) -> Option<Vec<Version>> {
        let number = |version: u32| self.versions.get(&version_name(version))?.describe(version);
        (1..=self.head()).map(number).collect()
    }

    fn head_state(&self) -> BTreeMap<String, Digest> {
        let block = self.versions.get(&self.head);
        let state = block.into_iter().flat_map(|block| &block.state);
        state.flat_map(|(digest, names)| names.iter().map(|name| (name.clone(), *digest))).collect()
    }
}

impl VersionBlock {
    fn of(staged: &Staged, files: BTreeMap<String, Digest>) -> Self {
        let mut state: BTreeMap<Digest, Vec<String>> = BTreeMap::new();
        for (name, digest) in files {
            state.entry(digest).or_default().push(name);
        }
        Self {
            created: staged.created.to_rfc3339_opts(SecondsFormat::Secs, true),
            message: format!("{MESSAGE}{}", staged.class),
            user: User { name: "livsbog".to_owned(), address: "urn:livsbog:service".to_owned() },
            state,
        }
    }

    fn describe(&self, version: u32) -> Option<Version> {
        let files = self.state.iter().flat_map(|(stored, names)| {
            names.iter().map(|name| File { name: name.clone(), stored: *stored })
        });
        Some(Version {
            version,
            created: DateTime::parse_from_rfc3339(&self.created).ok()?.to_utc(),
            class: self.message.strip_prefix(MESSAGE)?.parse().ok()?,
            files: files.collect(),
        })
    }
}

/// The sidecar of an inventory with the given digest.
pub(crate) fn sidecar(inventory: Digest) -> Bytes {
    // Two spaces, so that `sha256sum -c` reads it too; OCFL allows any run of blanks.
    format!("{inventory}  {INVENTORY}\n").into()
}

/// `v3` for 3.
pub(crate) fn version_name(version: u32) -> String {
    format!("v{version}")
}

/// Where a version's content file lies in the object: named by what it holds.
pub(crate) fn content_path(version: u32, stored: Digest) -> String {
    format!("v{version}/content/{stored}")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::GroupId;
    use crate::staging::StagedFile;

    fn file(name: &str) -> StagedFile {
        StagedFile {
            name: name.to_owned(),
            slot: 0,
            plain: Digest::of(name),
            plain_crc32: 0,
            plain_bytes: 1,
            stored: Digest::of(format!("stored {name}")),
            stored_bytes: 2,
        }
    }

    fn staged(version: u32, names: &[&str]) -> Staged {
        Staged {
            object: ObjectId(Uuid::from_u128(1)),
            group: GroupId(Uuid::from_u128(2)),
            version,
            class: "book_entry".parse().unwrap(),
            created: DateTime::from_timestamp(1_795_000_000, 999).unwrap(),
            files: names.iter().map(|name| file(name)).collect(),
            log_size_at_stage: 0,
        }
    }

    #[test]
    fn an_inventory_reads_back_and_holds_no_digest_of_plaintext() {
        let staged = staged(1, &["original.age", "media.json.age"]);
        let inventory = Inventory::of(&staged, None);
        let bytes = inventory.to_bytes();
        assert_eq!(Inventory::parse(&bytes, staged.object), Some(inventory.clone()));
        assert_eq!(Inventory::parse(&bytes, ObjectId(Uuid::from_u128(9))), None);
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(!text.contains(&staged.files[0].plain.to_string()));
        assert!(!text.contains(&staged.group.to_string()));
        let versions = inventory.versions().unwrap();
        assert_eq!(versions[0].class.as_str(), "book_entry");
        assert_eq!(versions[0].created.timestamp(), 1_795_000_000);
    }

    #[test]
    fn a_correction_replaces_the_file_it_names_and_inherits_the_others() {
        let first = Inventory::of(&staged(1, &["original.age", "entry.json.age"]), None);
        let mut correction = staged(2, &["entry.json.age"]);
        correction.files[0].stored = Digest::of("corrected");
        let second = Inventory::of(&correction, Some(&first));
        assert_eq!(second.locate(2, "original.age"), first.locate(1, "original.age"));
        assert_eq!(second.locate(1, "entry.json.age"), first.locate(1, "entry.json.age"));
        let corrected = content_path(2, Digest::of("corrected"));
        assert_eq!(second.locate(2, "entry.json.age"), Some((corrected.as_str(), Digest::of("corrected"))));
        assert!(second.agrees_on(1, &first));
    }

    #[test]
    fn an_inventory_with_a_field_this_archive_never_writes_is_not_accepted() {
        let staged = staged(1, &["original.age"]);
        let text = String::from_utf8(Inventory::of(&staged, None).to_bytes().to_vec()).unwrap();
        let odd = text.replacen('{', "{\"fixity\": {},", 1);
        assert_eq!(Inventory::parse(odd.as_bytes(), staged.object), None);
    }
}
