//! The check in small pieces, at a pace, for a service that looks at its archive for as long as it runs. The rules are
//! those of [`verify()`](super::verify()): this only says where to look next.
//!
//! An archive is made of places in a fixed order: its frame, then for each top directory what lies between the objects,
//! and the objects. A cursor is the name of the last place done. An object that comes behind the cursor has its turn in
//! the next round, one that comes before it in this one: objects are dealt out evenly by a digest.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::Ordering;

use super::findings::{Code, Finding};
use super::log::{self, LoggedObjects};
use super::reader::{Pace, Reader};
use super::walk::{self, Tally};
use super::{CouldNotCheck, is_under_way};
use crate::ids::ObjectId;
use crate::paths::ArchivePaths;
use crate::root::{FORMAT_FILES, GUIDES};

/// Leaves held in memory for one section of a round (about 10 MB).
const LEAVES_A_SECTION: u64 = 64 * 1024;
const TOPS: u64 = 256;

/// A part of the archive that is looked at as a whole. Ordered as a round goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

enum Part {
    Frame,
    Between,
    Object,
}

impl Place {
    /// The log and the storage root's own files: where a round begins.
    pub fn frame() -> Self {
        Self(".".into())
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.part(), Part::Object)
    }

    /// How much of a round is done after this place, from 0 to 1.
    pub fn progress(&self) -> f64 {
        let digits: String = self.0.chars().filter(char::is_ascii_hexdigit).collect();
        // `ab` and `ab/cd/abcd...` alike: the digest's first eight digits, as far as there are any.
        let object = digits.get(4..).filter(|digest| digest.len() == 64).unwrap_or(&digits);
        let begin = format!("{object:0<8}");
        let number = u32::from_str_radix(begin.get(..8).unwrap_or("0"), 16).unwrap_or(0);
        f64::from(number) / f64::from(u32::MAX)
    }

    fn part(&self) -> Part {
        match self.0.len() {
            1 => Part::Frame,
            2 => Part::Between,
            _ => Part::Object,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let is_object = || {
            let parts: Vec<&str> = name.split('/').collect();
            matches!(parts[..], [top, second, digest] if walk::is_hex(digest, 64)
                && digest.get(..2) == Some(top) && digest.get(2..4) == Some(second))
        };
        let is_place = name == "." || walk::is_hex(name, 2) || is_object();
        if is_place { Ok(Self(name.into())) } else { Err(()) }
    }
}

/// What a look at a place says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// All of it is as it was sealed.
    Well,
    /// A version is being sealed, or waits for it; the rest is well.
    UnderWay,
    /// This is not; never empty.
    Found(Vec<Finding>),
}

/// Some places of a section, looked at once.
#[derive(Debug, Default)]
pub struct Looked {
    /// Those that are well.
    pub well: Vec<Place>,
    /// The objects among them.
    pub objects: Vec<ObjectId>,
    /// Those that deserve [another look](Scrub::look_again) before anything is said.
    pub suspects: Vec<Place>,
    /// Those of the suspects of which a version was being sealed: no error, if they are well later.
    pub busy: Vec<Place>,
}

impl Looked {
    /// The last place of them: the cursor after it.
    pub fn last(&self) -> Option<&Place> {
        self.well.iter().chain(&self.suspects).max()
    }
}

/// A part of a round: some places behind a cursor, with what the log says of them.
pub struct Section {
    places: VecDeque<Place>,
    logged: LoggedObjects,
    /// Leaves of the log when it was read.
    log_size: u64,
    strange: BTreeSet<String>,
    /// The cursor after this section, whatever was in it; nothing where the round ends.
    pub end: Option<Place>,
}

/// Looks at an archive place by place. Needs no keys and writes nothing. Every call blocks its thread.
pub struct Scrub {
    root: Reader,
    log: Reader,
    staging: PathBuf,
}

impl Scrub {
    /// Reads as fast as `pace` lets it, from the disk and not from what the machine remembers of it.
    pub fn new(paths: &ArchivePaths, pace: Pace) -> Self {
        let root = Reader::of_root(paths).paced(Pace::clone(&pace));
        Self { root, log: Reader::of_log(paths).paced(pace), staging: paths.staging() }
    }

    /// Bytes read so far, of content and of the log.
    pub fn bytes_read(&self) -> u64 {
        self.root.bytes.load(Ordering::Relaxed) + self.log.bytes.load(Ordering::Relaxed)
    }

    /// Whether there is a storage root at all: a directory that holds none of the root's own files is where a disk should be
    /// mounted.
    ///
    /// # Errors
    /// [`CouldNotCheck::Root`] where there is none.
    pub fn check_there(&self) -> Result<(), CouldNotCheck> {
        let names = self.root.list("").map_err(CouldNotCheck::Root)?;
        let mut own = FORMAT_FILES.iter().chain(&GUIDES);
        if own.any(|(own, _)| names.iter().any(|(name, _)| name == own)) {
            return Ok(());
        }
        Err(CouldNotCheck::Root(io::ErrorKind::NotFound.into()))
    }

    /// The part of a round that follows a cursor; its first part is the frame alone.
    ///
    /// # Errors
    /// [`CouldNotCheck`], also while the log cannot be read: without it nothing can be said of an object. A look at
    /// [the frame](Place::frame) tells why.
    pub fn section(&self, after: Option<&Place>) -> Result<Section, CouldNotCheck> {
        let Some(after) = after else {
            let frame = Place::frame();
            let (places, end) = (VecDeque::from([frame.clone()]), Some(frame));
            let (logged, strange) = (LoggedObjects::new(), BTreeSet::new());
            return Ok(Section { places, logged, log_size: 0, strange, end });
        };
        self.check_there()?;
        let head = log::check_head(&self.log);
        let tops_at_a_time = (TOPS * LEAVES_A_SECTION).checked_div(head.head.size).unwrap_or(TOPS);
        let first = after.0.get(..2).and_then(|top| u64::from_str_radix(top, 16).ok()).unwrap_or(0);
        let past = (first + tops_at_a_time.max(1)).min(TOPS);
        let tops: Vec<String> = (first..past).map(|top| format!("{top:02x}")).collect();
        let (logged, unread) = log::gather(&self.log, 0, head.head.size, |directory| {
            directory.get(..2).is_some_and(|top| tops.iter().any(|here| here == top))
        });
        if !head.findings.is_empty() || !unread.is_empty() {
            return Err(self.not_now(CouldNotCheck::Log));
        }
        let mut names: BTreeSet<String> = logged.keys().chain(&tops).cloned().collect();
        let present: Vec<&str> = tops.iter().map(String::as_str).filter(|top| self.root.has(top)).collect();
        let strange = walk::list(&self.root, &present, |directory| {
            names.insert(directory);
        });
        let strange = strange.iter().filter_map(|finding| Some(finding.path.get(..2)?.to_owned())).collect();
        let places = names.into_iter().map(Place).filter(|place| place > after).collect();
        // `~` stands behind everything that a top directory can hold.
        let end = (past < TOPS).then(|| Place(format!("{:02x}~", past - 1)));
        Ok(Section { places, logged, log_size: head.head.size, strange, end })
    }

    /// Looks at the next places of a section, until so many bytes were read or all were looked at; nothing where all
    /// were before.
    ///
    /// # Errors
    /// [`CouldNotCheck::Stopped`] when the pace said to stop; these places were not looked at.
    pub fn look(&self, section: &mut Section, size_bytes: u64) -> Result<Looked, CouldNotCheck> {
        let (mut looked, begun) = (Looked::default(), self.bytes_read());
        while self.bytes_read() - begun < size_bytes.max(1) {
            let Some(place) = section.places.pop_front() else { break };
            let is_well = match place.part() {
                Part::Frame => guarded(|| self.check_frame()).is_ok_and(|found| found.is_empty()),
                Part::Between => !section.strange.contains(&place.0),
                Part::Object => guarded(|| self.is_well(&place.0, section)).unwrap_or(false),
            };
            self.check_going()?;
            if is_well {
                looked.objects.extend(section.logged.get(&place.0).map(|logged| logged.object));
                looked.well.push(place);
                continue;
            }
            if self.is_under_way(&place.0) {
                looked.busy.push(place.clone());
            }
            looked.suspects.push(place);
        }
        Ok(looked)
    }

    fn is_well(&self, directory: &str, section: &Section) -> bool {
        let logged = section.logged.get(directory);
        if walk::look(&self.root, directory, logged).is_empty() {
            return true;
        }
        // A version that was sealed since the section was begun is no error that passed.
        let head = log::check_head(&self.log).head;
        let newer = log::gather(&self.log, section.log_size, head.size, |newer| newer == directory).0;
        let logged = newer.into_values().next().and_then(|newer| walk::merged(logged.cloned(), Some(newer)));
        logged.is_some_and(|logged| walk::look(&self.root, directory, Some(&logged)).is_empty())
    }

    /// Looks at some places anew, with what the log says now, and says what is wrong with each. What is being sealed is
    /// no finding.
    ///
    /// # Errors
    /// As [`section`](Self::section) where objects are among them, and as [`look`](Self::look).
    pub fn look_again(&self, places: &[Place]) -> Result<Vec<(Place, Look)>, CouldNotCheck> {
        self.check_there()?;
        // In this order: what was not under way before the log was read must stand in it.
        let busy: BTreeSet<&str> =
            places.iter().map(|place| place.0.as_str()).filter(|at| self.is_under_way(at)).collect();
        let logged = self.logged_of(places)?;
        let mut looks = Vec::new();
        for place in places {
            let at = place.0.as_str();
            let found = guarded(|| match place.part() {
                Part::Frame => (self.check_frame(), false),
                Part::Between => (walk::list(&self.root, &self.if_present(at), |_| ()), false),
                Part::Object => {
                    let busy = busy.contains(at);
                    walk::look_again(&self.root, at, logged.get(at), busy, |at| self.is_under_way(at))
                }
            });
            self.check_going()?;
            let look = match found {
                Ok((findings, true)) if findings.is_empty() => Look::UnderWay,
                Ok((findings, _)) if findings.is_empty() => Look::Well,
                Ok((findings, _)) => Look::Found(findings),
                Err(Crashed) => {
                    let object = logged.get(at).map(|logged| logged.object);
                    Look::Found(vec![Code::NotChecked.at(object, at)])
                }
            };
            looks.push((place.clone(), look));
        }
        // A disk that went away meanwhile took no single file.
        self.check_there()?;
        Ok(looks)
    }

    fn logged_of(&self, places: &[Place]) -> Result<LoggedObjects, CouldNotCheck> {
        let wanted: BTreeSet<&str> = places
            .iter()
            .filter(|place| matches!(place.part(), Part::Object))
            .map(|place| place.0.as_str())
            .collect();
        if wanted.is_empty() {
            return Ok(LoggedObjects::new());
        }
        let head = log::check_head(&self.log);
        let (logged, unread) =
            log::gather(&self.log, 0, head.head.size, |directory| wanted.contains(directory));
        if head.findings.is_empty() && unread.is_empty() {
            Ok(logged)
        } else {
            Err(self.not_now(CouldNotCheck::Log))
        }
    }

    fn check_frame(&self) -> Vec<Finding> {
        let checked = log::check_head(&self.log);
        let mut tally = Tally { findings: checked.findings, ..Tally::default() };
        tally.findings.extend(log::check_all(&self.log, checked.head));
        if walk::top(&self.root, &mut tally).is_err() {
            tally.findings.push(Code::Unreadable.at(None, self.root.shown("")));
        }
        tally.findings
    }

    fn if_present<'a>(&self, top: &'a str) -> Vec<&'a str> {
        Some(top).filter(|top| self.root.has(top)).into_iter().collect()
    }

    fn is_under_way(&self, directory: &str) -> bool {
        is_under_way(&self.staging, directory)
    }

    fn check_going(&self) -> Result<(), CouldNotCheck> {
        let stopped = self.root.is_stopped() || self.log.is_stopped();
        if stopped { Err(CouldNotCheck::Stopped) } else { Ok(()) }
    }

    /// `why`, unless the pace is what kept it from reading.
    fn not_now(&self, why: CouldNotCheck) -> CouldNotCheck {
        self.check_going().err().unwrap_or(why)
    }
}

struct Crashed;

/// A checker that crashes has found nothing, and has not found that all is well.
fn guarded<T>(check: impl FnOnce() -> T) -> Result<T, Crashed> {
    catch_unwind(AssertUnwindSafe(check)).map_err(|_| Crashed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written_and_nothing_else_is() {
        let digest = "ab".repeat(32);
        let object = format!("ab/ab/{digest}");
        for name in [".", "00", "ff", &object] {
            assert_eq!(name.parse::<Place>().unwrap().to_string(), name);
        }
        for name in ["", "/", "..", "0", "AB", "ab/", &format!("ab/cd/{digest}"), &digest] {
            assert_eq!(name.parse::<Place>(), Err(()), "{name}");
        }
    }

    #[test]
    fn a_round_goes_from_the_frame_through_the_directories() {
        let object = |top: &str| format!("{top}/{top}/{}", top.repeat(32)).parse::<Place>().unwrap();
        let order = [Place::frame(), Place("00".into()), object("00"), Place("7f".into()), object("7f")];
        assert!(order.is_sorted());
        let progress: Vec<f64> = order.iter().map(Place::progress).collect();
        assert!(progress.is_sorted(), "{progress:?}");
        assert_eq!(progress[0], 0.0);
        assert!((0.49..0.51).contains(&progress[4]) && object("ff").progress() == 1.0, "{progress:?}");
        assert!((0.49..0.51).contains(&Place("7f~".into()).progress()));
    }
}
