//! One object under check: every file of it against its inventory, its inventories against the log.

use std::collections::BTreeMap;

use super::findings::{Code, Finding};
use super::log::Logged;
use super::reader::{Gap, Reader, join};
use super::remote::History;
use crate::digest::Digest;
use crate::ids::ObjectId;
use crate::ocfl::{DECLARATION, INVENTORY, Inventory, SIDECAR, sidecar, version_name};
use crate::s3::StoredVersion;

/// Checks the object in `directory` (its path under the root); `logged` is what the log says of it.
pub(crate) fn check(root: &Reader, directory: &str, logged: Option<&Logged>) -> Vec<Finding> {
    let object = logged.map(|logged| logged.object);
    let mut check = Check {
        root,
        directory,
        logged,
        object,
        findings: Vec::new(),
        expected: BTreeMap::new(),
        history: History::new(),
    };
    match root.history(&join(directory, "")) {
        Ok(history) => {
            check.history = history;
            check.run();
        }
        Err(error) => check.report_gap(&error.into(), Code::InLogButMissing, ""),
    }
    check.findings
}

/// What there is of a file beside what may be: `allowed` are the digests that its versions may have, the one it must have
/// now first. Nothing where no versions are kept.
pub(crate) fn strays<'a>(
    root: &Reader,
    object: Option<ObjectId>,
    path: &str,
    versions: impl Iterator<Item = &'a StoredVersion>,
    allowed: &[Digest],
) -> Vec<Finding> {
    let (markers, versions): (Vec<_>, Vec<_>) = versions.partition(|version| version.is_delete_marker);
    let mut findings = Vec::new();
    if !markers.is_empty() {
        findings.push(Code::DeleteMarker.at(object, root.shown(path)));
    }
    let is_stray = |version: &&StoredVersion| match root.digest_version(path, Some(*version)) {
        Ok(found) if version.is_latest => allowed.first() != Some(&found),
        Ok(found) => !allowed.contains(&found),
        Err(_) => true,
    };
    if versions.len() > 1 && versions.iter().any(is_stray) {
        findings.push(Code::VersionExtra.at(object, root.shown(path)));
    }
    findings
}

struct Check<'a> {
    root: &'a Reader,
    directory: &'a str,
    logged: Option<&'a Logged>,
    object: Option<ObjectId>,
    findings: Vec<Finding>,
    /// The files that belong to the object, each with the digests that versions of it may have, the newest one's first.
    expected: BTreeMap<String, Vec<Digest>>,
    /// Every version of the object's files, where versions are kept.
    history: History,
}

/// An inventory file as it was found.
struct Found {
    digest: Digest,
    parsed: Option<Inventory>,
}

impl Check<'_> {
    fn run(&mut self) {
        self.object = self.object.or_else(|| self.object_from_inventories());
        let newest = self.logged_head().and_then(|(_, digest)| digest);
        let top = self.inventory(INVENTORY, newest);
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
        self.strays();
    }

    fn report(&mut self, code: Code, name: &str) {
        let path = self.root.shown(&join(self.directory, name));
        self.findings.push(code.at(self.object, path));
    }

    fn report_gap(&mut self, gap: &Gap, missing: Code, name: &str) {
        let path = self.root.shown(&join(self.directory, name));
        self.findings.push(gap.at(missing, self.object, path));
    }

    /// The versions of a file that are to be looked through, the newest first; none where there is but one.
    fn versions(&self, path: &str) -> impl Iterator<Item = &StoredVersion> {
        let found = self.history.get(path).filter(|versions| versions.len() > 1);
        found.into_iter().flatten().filter(|version| !version.is_delete_marker)
    }

    /// A small file, in the version that fits where there are several; else in the newest.
    fn read(&self, name: &str, fits: impl Fn(&[u8]) -> bool) -> Result<Vec<u8>, Gap> {
        let path = join(self.directory, name);
        let mut newest = None;
        for version in self.versions(&path) {
            let found = self.root.read_version(&path, Some(version));
            match found {
                Ok(bytes) if fits(&bytes) => return Ok(bytes),
                other => newest = newest.or(Some(other)),
            }
        }
        newest.unwrap_or_else(|| self.root.read(&path))
    }

    /// The digest of a file, of the version that has `vouched` where there are several; else of the newest.
    fn digest(&self, name: &str, vouched: Digest) -> Result<Digest, Gap> {
        let path = join(self.directory, name);
        let mut newest = None;
        for version in self.versions(&path) {
            match self.root.digest_version(&path, Some(version)) {
                Ok(found) if found == vouched => return Ok(found),
                other => newest = newest.or(Some(other)),
            }
        }
        newest.unwrap_or_else(|| self.root.digest_version(&path, None))
    }

    fn expect(&mut self, name: impl Into<String>, digest: Digest) {
        self.expected.insert(name.into(), vec![digest]);
    }

    /// The object's id from any of its inventories that names an object belonging in this directory.
    fn object_from_inventories(&self) -> Option<ObjectId> {
        let names = self.root.list(self.directory).ok()?;
        let versions = names.into_iter().map(|(name, _)| format!("{name}/{INVENTORY}"));
        let id_in = |name: String| {
            let json: serde_json::Value = serde_json::from_slice(&self.read(&name, |_| true).ok()?).ok()?;
            let object = ObjectId::from_urn(json.get("id")?.as_str()?)?;
            (object.directory() == self.directory).then_some(object)
        };
        std::iter::once(INVENTORY.to_owned()).chain(versions).find_map(id_in)
    }

    fn inventory(&self, name: &str, logged: Option<Digest>) -> Result<Found, Gap> {
        let parse = |bytes: &[u8]| self.object.and_then(|object| Inventory::parse(bytes, object));
        let known = self.logged_head().map_or(0, |(head, _)| head);
        // One newer than the log is what is being sealed, or what the log has lost.
        let newer = |bytes: &[u8]| parse(bytes).is_some_and(|inventory| inventory.head() > known);
        let bytes = self.read(name, |bytes| Some(Digest::of(bytes)) == logged || newer(bytes))?;
        Ok(Found { digest: Digest::of(&bytes), parsed: parse(&bytes) })
    }

    /// The newest version that the log has, and its digest.
    fn logged_head(&self) -> Option<(u32, Option<Digest>)> {
        let head = self.logged?.versions.iter().map(|(version, _)| *version).max()?;
        Some((head, self.digest_of(head)))
    }

    /// The newest version that the log, a good inventory or a version directory knows of.
    fn head(&self, top: Option<&Found>) -> u32 {
        let logged = self.logged_head().map(|(head, _)| head);
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
        let now: Option<Digest> = logged.or(found.as_ref().ok().map(|found| found.digest));
        self.expected.insert(name.to_owned(), now.into_iter().collect());
        let checksum = now.map(|digest| Digest::of(sidecar(digest)));
        self.expected.insert(sidecar_name.clone(), checksum.into_iter().collect());
        let found = match found {
            Ok(found) => found,
            Err(gap) => {
                self.report_gap(&gap, Code::InventoryMissing, name);
                return None;
            }
        };
        let vouched = logged.unwrap_or(found.digest);
        let sidecar_found = self.read(&sidecar_name, |bytes| bytes == sidecar(vouched));
        let sidecar_fits = matches!(&sidecar_found, Ok(bytes) if *bytes == sidecar(found.digest));
        // Two files disagree: the log says which of them was changed, and without it the one that makes no sense.
        let good = match logged {
            Some(logged) => found.digest == logged,
            None => sidecar_fits && found.parsed.is_some(),
        };
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
        let found = self.inventory(&name, logged);
        if logged.is_none() && complete && found.is_ok() {
            self.report(Code::NotInLog, &version_name(version));
        }
        self.judge(&name, found, logged)
    }

    fn declaration(&mut self) {
        let (name, content) = DECLARATION;
        self.expect(name, Digest::of(content));
        match self.read(name, |bytes| bytes == content.as_bytes()) {
            Ok(bytes) if bytes == content.as_bytes() => {}
            Ok(_) => self.report(Code::DeclarationChanged, name),
            Err(gap) => self.report_gap(&gap, Code::DeclarationMissing, name),
        }
    }

    fn content(&mut self, inventory: &Inventory) {
        for (path, digest) in inventory.content() {
            self.expect(path, digest);
            match self.digest(path, digest) {
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
            self.expect(path.clone(), digest);
            match self.digest(&path, digest) {
                Ok(found) if found == digest => {}
                Ok(_) => self.report(Code::ContentChanged, &path),
                Err(gap) => self.report_gap(&gap, Code::ContentMissing, &path),
            }
        }
    }

    fn unexpected(&mut self) {
        match self.root.files_under(self.directory) {
            Ok(files) => {
                for file in
                    files.into_iter().filter(|file| !self.expected.contains_key(file)).collect::<Vec<_>>()
                {
                    self.report(Code::ObjectUnexpectedFile, &file);
                }
            }
            Err(error) => self.report_gap(&error.into(), Code::InLogButMissing, ""),
        }
    }

    /// What was put over the object's files, and their deletions. Of the two files that each version replaces, those of
    /// every version may be there.
    fn strays(&mut self) {
        let logged = self.logged.map_or(&[][..], |logged| logged.versions.as_slice());
        for (_, digest) in logged {
            let earlier = [(INVENTORY, *digest), (SIDECAR, Digest::of(sidecar(*digest)))];
            for (name, digest) in earlier {
                self.expected.entry(name.to_owned()).or_default().push(digest);
            }
        }
        let complete = self.logged.is_none_or(|logged| logged.complete);
        for (path, versions) in std::mem::take(&mut self.history) {
            let name = path.strip_prefix(self.directory).unwrap_or(&path).trim_start_matches('/');
            // A sample does not know the versions before.
            let told = complete || ![INVENTORY, SIDECAR].contains(&name);
            let Some(allowed) = self.expected.get(name).filter(|_| told) else { continue };
            self.findings.extend(strays(self.root, self.object, &path, versions.iter(), allowed));
        }
    }
}
