//! One object under check: every file of it against its inventory, its inventories against the log.

use std::collections::BTreeSet;

use super::findings::{Code, Finding};
use super::log::Logged;
use super::reader::{Gap, Reader, join};
use crate::digest::Digest;
use crate::ids::ObjectId;
use crate::ocfl::{DECLARATION, INVENTORY, Inventory, SIDECAR, sidecar, version_name};

/// Checks the object in `directory` (its path under the root); `logged` is what the log says of it.
pub(crate) fn check(root: &Reader, directory: &str, logged: Option<&Logged>) -> Vec<Finding> {
    let mut check =
        Check { root, directory, logged, object: None, findings: Vec::new(), expected: BTreeSet::new() };
    check.run();
    check.findings
}

struct Check<'a> {
    root: &'a Reader,
    directory: &'a str,
    logged: Option<&'a Logged>,
    object: Option<ObjectId>,
    findings: Vec<Finding>,
    /// The files that belong to the object.
    expected: BTreeSet<String>,
}

/// An inventory file as it was found.
struct Found {
    digest: Digest,
    parsed: Option<Inventory>,
}

impl Check<'_> {
    fn run(&mut self) {
        self.object = self.logged.map(|logged| logged.object).or_else(|| self.object_from_inventories());
        let top = self.inventory(INVENTORY);
        if matches!(top, Err(Gap::Missing)) && self.logged.is_none() {
            // Begun and never committed: nothing in it was ever acknowledged.
            self.report(Code::ObjectIncomplete, "");
            return;
        }
        let head = self.head(top.as_ref().ok());
        let top = self.judge(INVENTORY, top, self.digest_of(head));
        let mut newest = None;
        for version in 1..=head {
            newest = self.version(version);
        }
        self.declaration();
        // Of the two copies of the newest inventory any good one tells what belongs here.
        match top.or(newest) {
            Some(inventory) => self.content(&inventory),
            None => self.content_by_name(),
        }
        self.unexpected();
    }

    fn report(&mut self, code: Code, name: &str) {
        let path = self.root.shown(&join(self.directory, name));
        self.findings.push(code.at(self.object, path));
    }

    fn report_gap(&mut self, gap: &Gap, missing: Code, name: &str) {
        let path = self.root.shown(&join(self.directory, name));
        self.findings.push(gap.at(missing, self.object, path));
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Gap> {
        self.root.read(&join(self.directory, name))
    }

    /// The object's id from any of its inventories that names an object belonging in this directory.
    fn object_from_inventories(&self) -> Option<ObjectId> {
        let names = self.root.list(self.directory).ok()?;
        let versions = names.into_iter().map(|(name, _)| format!("{name}/{INVENTORY}"));
        let id_in = |name: String| {
            let json: serde_json::Value = serde_json::from_slice(&self.read(&name).ok()?).ok()?;
            let object = ObjectId::from_urn(json.get("id")?.as_str()?)?;
            (object.directory() == self.directory).then_some(object)
        };
        std::iter::once(INVENTORY.to_owned()).chain(versions).find_map(id_in)
    }

    fn inventory(&self, name: &str) -> Result<Found, Gap> {
        let bytes = self.read(name)?;
        let parsed = self.object.and_then(|object| Inventory::parse(&bytes, object));
        Ok(Found { digest: Digest::of(&bytes), parsed })
    }

    /// The newest version that the log, a good inventory or a version directory knows of.
    fn head(&self, top: Option<&Found>) -> u32 {
        let logged = self.logged.and_then(|logged| logged.versions.iter().map(|(version, _)| *version).max());
        let inventory = top.and_then(|found| found.parsed.as_ref()).map(Inventory::head);
        logged.max(inventory).unwrap_or(1)
    }

    /// The digest that the log has for a version.
    fn digest_of(&self, version: u32) -> Option<Digest> {
        let versions = &self.logged?.versions;
        versions.iter().find(|(logged, _)| *logged == version).map(|(_, digest)| *digest)
    }

    /// Judges an inventory and the sidecar beside it; answers the inventory when it can be trusted.
    fn judge(&mut self, name: &str, found: Result<Found, Gap>, logged: Option<Digest>) -> Option<Inventory> {
        let sidecar_name = name.replace(INVENTORY, SIDECAR);
        self.expected.extend([name.to_owned(), sidecar_name.clone()]);
        let sidecar_found = self.read(&sidecar_name);
        let found = match found {
            Ok(found) => found,
            Err(gap) => {
                self.report_gap(&gap, Code::InventoryMissing, name);
                return None;
            }
        };
        let sidecar_fits = matches!(&sidecar_found, Ok(bytes) if *bytes == sidecar(found.digest));
        // Two files disagree: the log says which of them was changed, and without it the one that makes no sense.
        let good = match logged {
            Some(logged) => found.digest == logged,
            None => sidecar_fits && found.parsed.is_some(),
        };
        let vouched = logged.unwrap_or(found.digest);
        match &sidecar_found {
            Ok(bytes) if *bytes == sidecar(vouched) => {}
            Ok(_) => self.report(Code::SidecarChanged, &sidecar_name),
            Err(gap) => self.report_gap(gap, Code::SidecarMissing, &sidecar_name),
        }
        if !good {
            self.report(Code::InventoryChanged, name);
            return None;
        }
        found.parsed
    }

    fn version(&mut self, version: u32) -> Option<Inventory> {
        let name = format!("{}/{INVENTORY}", version_name(version));
        let logged = self.digest_of(version);
        let complete = self.logged.is_none_or(|logged| logged.complete);
        let found = self.inventory(&name);
        if logged.is_none() && complete && found.is_ok() {
            self.report(Code::NotInLog, &version_name(version));
        }
        self.judge(&name, found, logged)
    }

    fn declaration(&mut self) {
        let (name, content) = DECLARATION;
        self.expected.insert(name.to_owned());
        match self.read(name) {
            Ok(bytes) if bytes == content.as_bytes() => {}
            Ok(_) => self.report(Code::DeclarationChanged, name),
            Err(gap) => self.report_gap(&gap, Code::DeclarationMissing, name),
        }
    }

    fn content(&mut self, inventory: &Inventory) {
        for (path, digest) in inventory.content() {
            self.expected.insert(path.to_owned());
            match self.root.digest(&join(self.directory, path)) {
                Ok(found) if found == digest => {}
                Ok(_) => self.report(Code::ContentChanged, path),
                Err(gap) => self.report_gap(&gap, Code::ContentMissing, path),
            }
        }
    }

    /// Without any good inventory the files' own names still say what they must hold.
    fn content_by_name(&mut self) {
        for path in self.root.files_under(self.directory).unwrap_or_default() {
            let Some((version, name)) = path.split_once("/content/") else { continue };
            let Ok(digest) = name.parse::<Digest>() else { continue };
            if !version.starts_with('v') {
                continue;
            }
            self.expected.insert(path.clone());
            match self.root.digest(&join(self.directory, &path)) {
                Ok(found) if found == digest => {}
                Ok(_) => self.report(Code::ContentChanged, &path),
                Err(gap) => self.report_gap(&gap, Code::ContentMissing, &path),
            }
        }
    }

    fn unexpected(&mut self) {
        match self.root.files_under(self.directory) {
            Ok(files) => {
                for file in files.into_iter().filter(|file| !self.expected.contains(file)).collect::<Vec<_>>()
                {
                    self.report(Code::ObjectUnexpectedFile, &file);
                }
            }
            Err(error) => self.report_gap(&error.into(), Code::InLogButMissing, ""),
        }
    }
}
