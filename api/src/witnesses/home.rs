//! The other side: being a witness of somebody else's log, by hand. A directory holds the witness's key and the newest
//! checkpoint it cosigned of each log; nothing of the instance is needed.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use archive::{Digest, Refusal, Submission, Witness};

use crate::instance::{InstanceError, make_private_dir, write_private};

const KEY: &str = "key";

/// Why nothing could be said of a checkpoint.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    #[error("{0} holds no key of a witness; livsbog log witness-key --name NAME makes one")]
    NoKey(PathBuf),
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    #[error(transparent)]
    Unwritable(#[from] InstanceError),
    #[error(transparent)]
    Key(#[from] archive::Error),
    #[error("this is neither a checkpoint nor what `livsbog log consistency` prints")]
    Form,
}

/// A witness's directory, held for as long as this lives: two at a time could sign two histories.
pub struct Home {
    directory: PathBuf,
    _alone: File,
}

impl Home {
    /// Opens the directory, and makes it where it is not.
    pub fn open(directory: &Path) -> Result<Self, HomeError> {
        make_private_dir(directory)?;
        let alone = File::open(directory).and_then(|file| file.lock().map(|()| file));
        let alone = alone.map_err(|error| HomeError::Io(directory.to_path_buf(), error))?;
        Ok(Self { directory: directory.to_path_buf(), _alone: alone })
    }

    /// Makes the witness's key, unless there is one.
    pub fn make_key(&self, name: &str) -> Result<(), HomeError> {
        let path = self.directory.join(KEY);
        if path.exists() {
            return Ok(());
        }
        let seed = archive::generate_log_seed()?;
        // A name that cannot be one is refused before anything is written.
        Witness::new(name, &seed)?;
        Ok(write_private(&path, &format!("{name}\n{}\n", *seed))?)
    }

    /// The witness, by its key.
    pub fn witness(&self) -> Result<Witness, HomeError> {
        let path = self.directory.join(KEY);
        let text = std::fs::read_to_string(&path).map(zeroize::Zeroizing::new);
        let text = text.map_err(|_| HomeError::NoKey(self.directory.clone()))?;
        let (name, seed) = text.split_once('\n').ok_or_else(|| HomeError::NoKey(self.directory.clone()))?;
        Ok(Witness::new(name, seed)?)
    }

    /// Cosigns what a log submits at `time`, in seconds since 1970, when it continues what was cosigned before.
    pub fn cosign(&self, log_key: &str, text: &str, time: u64) -> Result<Result<String, Refusal>, HomeError> {
        let witness = self.witness()?;
        let submission = Submission::parse(text).ok_or(HomeError::Form)?;
        // By its name: a log that changes its key does not become another one.
        let origin = log_key.split('+').next().unwrap_or_default();
        let path = self.directory.join(format!("{}.checkpoint", Digest::of(origin)));
        let seen = match std::fs::read_to_string(&path) {
            Ok(note) => Some(note),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(HomeError::Io(path, error)),
        };
        if let Err(refusal) = submission.check(log_key, seen.as_deref()) {
            return Ok(Err(refusal));
        }
        // Before it signs: what it forgot it could sign against.
        if seen.as_ref() != Some(&submission.note) {
            write_private(&path, &submission.note)?;
        }
        Ok(witness.cosign(&submission.note, time).ok_or(Refusal::Signature))
    }
}
