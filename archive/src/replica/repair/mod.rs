//! Repairing: what the check finds changed, missing or unreadable is brought back from a replica whose bytes were checked
//! first. The log comes first, because it vouches for the rest. A damaged file is set aside, never deleted, and only once
//! a good one is at hand.

mod log;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use bytes::Bytes;

use super::evidence;
use super::expected::{Expected, Kind, root_files, version_content, version_files, version_inventory};
use super::place::{Comparison, Replica, Stores};
use super::report::{Difference, Repair, Side};
use super::vouched::Vouched;
use crate::archive::make_directories;
use crate::damage::{Condition, Damaged, Freed};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::ObjectId;
use crate::ocfl::{INVENTORY, Inventory};
use crate::paths::{self, ArchivePaths};
use crate::root::{FORMAT_FILES, GUIDES};
use crate::store::{Store, Taken};
use crate::verify::{Code, CouldNotCheck, Finding, Mode, verify};

/// Brings damaged and missing files of the storage root and the log back from a replica; with `dry_run` it only says
/// which ones it would. What the replica does not have whole is left as it is and named.
///
/// # Errors
/// When it could not run to its end. What was brought back stays.
pub async fn repair(paths: &ArchivePaths, from: &Replica, dry_run: bool) -> Result<Repair> {
    from.expect_apart(paths)?;
    let mut repairing = Repairing {
        paths,
        archive: Stores::of_archive(paths)?,
        from,
        dry_run,
        staged: 0,
        report: Repair::default(),
    };
    if dry_run {
        repairing.run().await?;
    } else {
        make_directories(paths.clone()).await?;
        let _alone = hold(paths.set_aside()).await?;
        repairing.clear_staging().await?;
        let outcome = repairing.run().await;
        repairing.clear_staging().await?;
        outcome?;
    }
    Ok(repairing.report)
}

/// One repair at a time: a lock on the directory goes with its holder.
async fn hold(directory: PathBuf) -> Result<File> {
    let work = move || -> Result<File> {
        let directory = File::open(directory)?;
        directory.try_lock().map_err(|_| Error::unavailable("another repair is running"))?;
        Ok(directory)
    };
    tokio::task::spawn_blocking(work).await?
}

struct Repairing<'a> {
    paths: &'a ArchivePaths,
    archive: Stores,
    from: &'a Replica,
    dry_run: bool,
    /// Files staged so far.
    staged: u64,
    report: Repair,
}

/// The part of the archive a file belongs to.
#[derive(Clone, Copy)]
enum Part {
    Root,
    Log,
}

impl Repairing<'_> {
    async fn run(&mut self) -> Result<()> {
        let Some(mut log) = self.log().await? else { return Ok(()) };
        if self.dry_run && !self.report.repaired.is_empty() {
            // By the log as it stands every object would be called wrong.
            self.report.objects_not_checked = true;
            return Ok(());
        }
        let findings = self.check().await?;
        let damaged: BTreeSet<ObjectId> = findings.iter().filter_map(|finding| finding.object).collect();
        for (object, versions) in sealed(&mut log, &damaged).await? {
            self.object(object, &versions).await?;
        }
        for (name, content) in FORMAT_FILES.iter().chain(&GUIDES) {
            if findings.iter().any(|finding| finding.path == *name) {
                self.file(Part::Root, &Expected::small(Kind::RootFile, *name, *content), None).await?;
            }
        }
        self.evidence().await?;
        self.archive.root.settle().await?;
        self.report.left = match self.dry_run || self.report.repaired.is_empty() {
            true => without(findings, &self.report.repaired),
            false => self.check().await?,
        };
        Ok(())
    }

    async fn evidence(&mut self) -> Result<()> {
        let (brought, differences) = evidence::bring_back(&self.archive, self.from, self.dry_run).await?;
        let brought = brought.into_iter().map(|key| Code::LogFileMissing.at(None, format!("../log/{key}")));
        self.report.repaired.extend(brought);
        self.report.differences.extend(differences);
        Ok(())
    }

    async fn check(&self) -> Result<Vec<Finding>> {
        let paths = self.paths.clone();
        match tokio::task::spawn_blocking(move || verify(&paths, Mode::Full)).await? {
            Ok(report) => Ok(report.findings),
            Err(CouldNotCheck::Root(error)) => Err(error.into()),
            Err(stopped @ (CouldNotCheck::Stopped | CouldNotCheck::Log)) => Err(Error::unavailable(stopped)),
        }
    }

    /// Brings back what an object lacks, as the log has its versions, in the order of a commit.
    async fn object(&mut self, object: ObjectId, versions: &[(u32, Digest)]) -> Result<()> {
        let directory = object.directory();
        let mut inventories = BTreeMap::new();
        for (version, digest) in versions {
            match self.inventory(&directory, *version, *digest).await? {
                Some(bytes) => drop(inventories.insert(*version, bytes)),
                None => self.differs(
                    Code::InventoryMissing,
                    Some(object),
                    version_inventory(&directory, *version),
                ),
            }
        }
        let newest = inventories.last_key_value().map(|(version, bytes)| (*version, bytes.clone()));
        let Some((version, bytes)) = newest else { return Ok(()) };
        let Some(inventory) = Inventory::parse(&bytes, object) else { return Ok(()) };
        let mut files: Vec<Expected> =
            (1..=version).flat_map(|version| version_content(&directory, version, &inventory)).collect();
        files.extend(
            inventories.iter().flat_map(|(version, bytes)| version_files(&directory, *version, bytes)),
        );
        let is_head = versions.last().is_some_and(|(head, _)| *head == version);
        if is_head && !self.is_newer(&directory, &inventory, object).await? {
            files.extend(root_files(&directory, &bytes));
        }
        for file in &files {
            self.file(Part::Root, file, Some(object)).await?;
        }
        Ok(())
    }

    /// The inventory of a version, from wherever its bytes are as the log has them.
    async fn inventory(&self, directory: &str, version: u32, vouched: Digest) -> Result<Option<Bytes>> {
        let keys = [version_inventory(directory, version), format!("{directory}/{INVENTORY}")];
        for store in [&self.archive.root, &self.from.stores.root] {
            for key in &keys {
                if let Some(bytes) = store.read(key).await.ok().filter(|bytes| Digest::of(bytes) == vouched) {
                    return Ok(Some(bytes));
                }
            }
        }
        Ok(None)
    }

    /// Whether the object's root inventory is that of a later version than the log's newest: one that is being sealed, or
    /// that a lost end of the log had. It is never taken back to an older one.
    async fn is_newer(&self, directory: &str, known: &Inventory, object: ObjectId) -> Result<bool> {
        let Ok(found) = self.archive.root.read(&format!("{directory}/{INVENTORY}")).await else {
            return Ok(false);
        };
        let Some(found) = Inventory::parse(&found, object) else { return Ok(false) };
        Ok(found.head() > known.head() && (1..=known.head()).all(|version| found.agrees_on(version, known)))
    }

    /// Puts one file right. The good bytes are staged and durable before the damaged file is moved.
    async fn file(&mut self, part: Part, expected: &Expected, object: Option<ObjectId>) -> Result<()> {
        let (here, there, shown) = match part {
            Part::Root => (&self.archive.root, &self.from.stores.root, ""),
            Part::Log => (&*self.archive.log, &*self.from.stores.log, "../log/"),
        };
        let (here, there, path) = (here.clone(), there.clone(), format!("{shown}{}", expected.key));
        let (code, damaged) = match here.examine(&expected.key, expected.digest).await? {
            Condition::Good => return Ok(()),
            Condition::Missing => (expected.missing(), None),
            Condition::Damaged(damaged) if damaged.is_readable() => (expected.changed(), Some(damaged)),
            Condition::Damaged(damaged) => (Code::Unreadable, Some(damaged)),
        };
        let staged = match self.stage(&here, &there, expected).await? {
            Ok(staged) => staged,
            Err(code) => {
                self.differs(code, object, path);
                return Ok(());
            }
        };
        if !self.dry_run {
            here.settle().await?;
            match damaged {
                Some(damaged) => {
                    let freed = self.set_aside(&here, damaged).await?;
                    here.publish_again(freed, &staged, expected.digest).await?;
                }
                None => here.publish(&staged, &expected.key, expected.digest).await?,
            }
            here.settle().await?;
        }
        self.report.repaired.push(code.at(object, path));
        Ok(())
    }

    /// Stages the good bytes, or says what is wrong with the replica's. A dry run only looks.
    async fn stage(
        &mut self,
        here: &Store,
        there: &Store,
        expected: &Expected,
    ) -> Result<Result<String, Code>> {
        self.staged += 1;
        let staged = format!("{}/{STAGED}/{}", paths::STAGING, self.staged);
        let found = match &expected.bytes {
            _ if self.dry_run && expected.bytes.is_none() => {
                match self.from.compare(there, &expected.key, expected.digest).await? {
                    Comparison::Same => Taken::Whole(0),
                    Comparison::Changed => Taken::Changed,
                    Comparison::Missing => Taken::Missing,
                    Comparison::Unreadable => Taken::Unreadable,
                }
            }
            None => here.take(&staged, there, &expected.key, expected.digest).await?,
            Some(bytes) => {
                if !self.dry_run {
                    here.stage(&staged, bytes.clone()).await?;
                }
                Taken::Whole(bytes.len() as u64)
            }
        };
        Ok(match found {
            Taken::Whole(_) => Ok(staged),
            Taken::Changed => Err(expected.changed()),
            Taken::Missing => Err(expected.missing()),
            Taken::Unreadable => Err(Code::Unreadable),
        })
    }

    async fn set_aside(&mut self, store: &Store, damaged: Damaged) -> Result<Freed> {
        let directory = match &self.report.set_aside {
            Some(directory) => directory.clone(),
            None => {
                let top = self.paths.set_aside();
                let made = tokio::task::spawn_blocking(move || make_numbered(top)).await??;
                self.report.set_aside.insert(made).clone()
            }
        };
        store.set_aside(damaged, &directory).await
    }

    fn differs(&mut self, code: Code, object: Option<ObjectId>, path: impl Into<String>) {
        self.report.differences.push(Difference::new(Side::Replica, code, object, path));
    }

    async fn clear_staging(&self) -> Result<()> {
        let directory = self.paths.staging().join(STAGED);
        let work = move || match fs::remove_dir_all(directory) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        Ok(tokio::task::spawn_blocking(work).await??)
    }
}

/// Where good bytes wait for their place. No deposit is staged under this name.
const STAGED: &str = "repair";

/// A directory of its own for the files that one repair set aside.
fn make_numbered(top: PathBuf) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let directory = top.join(format!("repair-{number}"));
        match fs::create_dir(&directory) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|()| directory),
        }
    }
}

/// The sealed versions of some objects, in order.
async fn sealed(
    log: &mut Vouched,
    objects: &BTreeSet<ObjectId>,
) -> Result<BTreeMap<ObjectId, Vec<(u32, Digest)>>> {
    let mut sealed: BTreeMap<ObjectId, Vec<(u32, Digest)>> = BTreeMap::new();
    if objects.is_empty() {
        return Ok(sealed);
    }
    for number in log.bundles(0) {
        let Some(leaves) = log.leaves(number).await? else { continue };
        for leaf in leaves.into_iter().filter(|leaf| objects.contains(&leaf.object)) {
            sealed.entry(leaf.object).or_default().push((leaf.version, leaf.inventory));
        }
    }
    Ok(sealed)
}

/// The findings that bringing back `repaired` does not settle.
fn without(mut findings: Vec<Finding>, repaired: &[Finding]) -> Vec<Finding> {
    let settles = |done: &Finding, path: &str| {
        done.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    findings.retain(|finding| !repaired.iter().any(|done| settles(done, &finding.path)));
    findings
}
