//! Going through the storage root: one thread lists, the others check objects. What looks wrong is looked at once more
//! at the end, because a deposit may have been sealed in the meantime.

use std::io;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::findings::{Code, CouldNotCheck, Finding};
use super::log::{Logged, LoggedObjects};
use super::object;
use super::reader::{Reader, join};
use crate::digest::Digest;
use crate::root::{FORMAT_FILES, GUIDES};

/// What was counted so far.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) findings: Vec<Finding>,
    pub(crate) ok: u64,
    pub(crate) damaged: u64,
    pub(crate) under_way: u64,
}

/// Checks the root's own files; answers the names of the top directories that hold objects.
pub(crate) fn top(root: &Reader, tally: &mut Tally) -> io::Result<Vec<String>> {
    for (name, content) in FORMAT_FILES.iter().chain(&GUIDES) {
        match root.read(name) {
            Ok(bytes) if bytes == content.as_bytes() => {}
            Ok(_) => tally.findings.push(Code::RootFileChanged.at(None, root.shown(name))),
            Err(gap) => tally.findings.push(gap.at(Code::RootFileMissing, None, root.shown(name))),
        }
    }
    for (name, content) in FORMAT_FILES {
        let history = root.history(name)?;
        let versions = history.get(name).into_iter().flatten();
        tally.findings.extend(object::strays(root, None, name, versions, &[Digest::of(content)]));
    }
    let ours = |path: &str| FORMAT_FILES.iter().chain(&GUIDES).any(|(name, _)| *name == path);
    let mut tops = Vec::new();
    for (name, is_directory) in root.list("")? {
        if is_directory && is_hex(&name, 2) {
            tops.push(name);
        } else if is_directory {
            let files = root.files_under(&name)?.into_iter().map(|file| join(&name, &file));
            let strange = files.filter(|file| !ours(file));
            tally.findings.extend(strange.map(|file| Code::RootUnexpectedFile.at(None, file)));
        } else if !ours(&name) {
            tally.findings.push(Code::RootUnexpectedFile.at(None, name));
        }
    }
    Ok(tops)
}

/// What goes on while the check runs.
pub(crate) trait Meanwhile {
    /// What the log has learnt of an object since it was read.
    fn newer(&self, directory: &str) -> Option<Logged>;
    /// Whether a version of the object is being sealed or waits for it.
    fn under_way(&self, directory: &str) -> bool;
}

/// Checks the objects under `tops`, and those of `logged` wherever they lie.
pub(crate) fn objects(
    root: &Reader,
    tops: &[&str],
    logged: LoggedObjects,
    tally: &mut Tally,
    meanwhile: &impl Meanwhile,
) -> Result<(), CouldNotCheck> {
    let shared = Shared { root, logged: Mutex::new(logged), suspects: Mutex::default(), ok: Mutex::new(0) };
    let strange = std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<String>(64);
        let receive = Arc::new(Mutex::new(receive));
        let workers: Vec<_> = (0..root.workers())
            .map(|_| {
                let receive = Arc::clone(&receive);
                scope.spawn(|| shared.work(receive))
            })
            .collect();
        // The workers alone hold the receiver: should all of them crash, sending fails instead of waiting for ever.
        drop(receive);
        let strange = list(root, tops, |directory| {
            // Fails only when every worker crashed, which is learnt from joining them.
            let _ = send.send(directory);
        });
        drop(send);
        let crashed = workers.into_iter().map(|worker| worker.join()).filter(Result::is_err).count();
        if crashed == 0 { Ok(strange) } else { Err(CouldNotCheck::Stopped) }
    })?;
    tally.findings.extend(strange);
    let (suspects, left, ok) = shared.into_parts()?;
    tally.ok += ok;
    // Those the walk did not meet are either missing or, in a sample, all there is to look at.
    let unmet = left.into_iter().map(|(directory, logged)| (directory, Some(logged)));
    for (directory, logged) in suspects.into_iter().chain(unmet) {
        let before = meanwhile.under_way(&directory);
        let logged = merged(logged, meanwhile.newer(&directory));
        let (findings, under_way) =
            look_again(root, &directory, logged.as_ref(), before, |at| meanwhile.under_way(at));
        match (findings.is_empty(), under_way) {
            (true, true) => tally.under_way += 1,
            (true, false) => tally.ok += 1,
            (false, _) => tally.damaged += 1,
        }
        tally.findings.extend(findings);
    }
    Ok(())
}

/// What a seal under way, or one that waits for the service to start, looks like before it is done.
fn passes(code: Code) -> bool {
    let begun = matches!(code, Code::ObjectIncomplete | Code::NotInLog | Code::ObjectUnexpectedFile);
    // In a bucket the new inventory lies over the old one before the log knows of it.
    begun || matches!(code, Code::SidecarChanged | Code::SidecarMissing | Code::VersionExtra)
}

/// Looks once more at an object that looked wrong; answers also whether a version of it is under way. `before` is whether
/// one was before the log was read, in this order: what was not under way then must stand in `logged`.
pub(crate) fn look_again(
    root: &Reader,
    directory: &str,
    logged: Option<&Logged>,
    before: bool,
    under_way: impl Fn(&str) -> bool,
) -> (Vec<Finding>, bool) {
    let mut findings = look(root, directory, logged);
    let under_way = before || under_way(directory);
    findings.retain(|finding| !(under_way && passes(finding.code)));
    (findings, under_way)
}

/// What is wrong with an object, as it lies there now.
pub(crate) fn look(root: &Reader, directory: &str, logged: Option<&Logged>) -> Vec<Finding> {
    match (root.has(directory), logged) {
        (false, Some(logged)) => vec![Code::InLogButMissing.at(Some(logged.object), root.shown(directory))],
        (false, None) => Vec::new(),
        (true, logged) => object::check(root, directory, logged),
    }
}

pub(crate) fn merged(known: Option<Logged>, newer: Option<Logged>) -> Option<Logged> {
    match (known, newer) {
        (Some(mut known), Some(newer)) => {
            known.versions.extend(newer.versions);
            Some(known)
        }
        (known, newer) => known.or(newer),
    }
}

struct Shared<'a> {
    root: &'a Reader,
    logged: Mutex<LoggedObjects>,
    suspects: Mutex<Vec<(String, Option<Logged>)>>,
    ok: Mutex<u64>,
}

impl Shared<'_> {
    fn work(&self, receive: Arc<Mutex<Receiver<String>>>) {
        loop {
            let next = receive.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(directory) = next else { return };
            let logged = self.logged.lock().unwrap_or_else(PoisonError::into_inner).remove(&directory);
            if object::check(self.root, &directory, logged.as_ref()).is_empty() {
                *self.ok.lock().unwrap_or_else(PoisonError::into_inner) += 1;
            } else {
                self.suspects.lock().unwrap_or_else(PoisonError::into_inner).push((directory, logged));
            }
        }
    }

    #[allow(clippy::type_complexity)]
    fn into_parts(self) -> Result<(Vec<(String, Option<Logged>)>, LoggedObjects, u64), CouldNotCheck> {
        // A poisoned lock is a checker that crashed, and a crash is never ok.
        let suspects = self.suspects.into_inner().map_err(|_| CouldNotCheck::Stopped)?;
        let left = self.logged.into_inner().map_err(|_| CouldNotCheck::Stopped)?;
        Ok((suspects, left, self.ok.into_inner().map_err(|_| CouldNotCheck::Stopped)?))
    }
}

/// Hands on the directories of objects; answers what lies between them and does not belong.
pub(crate) fn list(root: &Reader, tops: &[&str], mut found: impl FnMut(String)) -> Vec<Finding> {
    let mut strange = Vec::new();
    for top in tops {
        for second in level(root, top, 2, "", &mut strange) {
            let prefix = second.replace('/', "");
            level(root, &second, 64, &prefix, &mut strange).into_iter().for_each(&mut found);
        }
    }
    strange
}

fn level(root: &Reader, path: &str, length: usize, prefix: &str, strange: &mut Vec<Finding>) -> Vec<String> {
    let names = match root.list(path) {
        Ok(names) => names,
        Err(_) => {
            strange.push(Code::Unreadable.at(None, root.shown(path)));
            return Vec::new();
        }
    };
    let mut directories = Vec::new();
    for (name, is_directory) in names {
        let found = join(path, &name);
        if is_directory && is_hex(&name, length) && name.starts_with(prefix) {
            directories.push(found);
        } else {
            strange.push(Code::ObjectMisplaced.at(None, root.shown(&found)));
        }
    }
    directories
}

pub(super) fn is_hex(name: &str, length: usize) -> bool {
    name.len() == length && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
