//! Cosigned checkpoints (C2SP tlog-cosignature) kept beside the log: evidence for others, as time stamps are.

use futures_util::TryStreamExt;

use super::evidence::COSIGNATURES;
use super::note::TreeHead;
use super::sequencer::head_of;
use super::witness::Submission;
use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::log::Checkpoint;

/// A checkpoint with a witness's signature beneath it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The id of the witness's key.
    pub key: String,
    /// Names its file; in the order of their names they grow younger.
    pub name: String,
    /// The signed note with the cosignature.
    pub note: String,
}

impl Cosigned {
    /// Its file, from the log's directory.
    pub fn path(&self) -> String {
        format!("{COSIGNATURES}/{}/{}", self.key, self.name)
    }
}

impl Archive {
    /// What a witness is sent that has seen the log's first `old` leaves: the checkpoint `note` of this log, and the proof
    /// that it continues them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when `note` covers less than that; [`Error::Alarm`] when it is not of this log.
    pub async fn submission(&self, old: u64, note: &str) -> Result<Submission> {
        let TreeHead { size, .. } = head_of(self.log.verifier(), note.as_bytes())?;
        if old > size {
            return Err(Error::NotFound);
        }
        let proof = self.log.consistency(old, size).await?;
        Ok(Submission { old, proof, note: note.to_owned() })
    }

    /// The checkpoint of this log in a note that others may have signed too, with the log's own signature alone.
    ///
    /// # Errors
    /// [`Error::Alarm`] when the log did not sign it.
    pub fn checkpoint_in(&self, note: &str) -> Result<Checkpoint> {
        let own = self.log.verifier().own(note);
        let (TreeHead { size, .. }, note) =
            own.ok_or_else(|| Error::alarm("log", "not a checkpoint of this log"))?;
        Ok(Checkpoint { size, note })
    }

    /// Keeps a cosigned checkpoint beside the log, durable. The archive does not judge it.
    ///
    /// # Errors
    /// [`Error::Alarm`] when another one of its name is there; those of the storage.
    pub async fn keep_cosigned(&self, cosigned: &Cosigned) -> Result<()> {
        self.log.store().create(&cosigned.path(), cosigned.note.clone().into()).await
    }

    /// The cosigned checkpoints kept beside the log, those of a key together and oldest first.
    ///
    /// # Errors
    /// Those of the storage.
    pub async fn cosigned(&self) -> Result<Vec<Cosigned>> {
        let log = self.log.store();
        let mut keys: Vec<String> = log.list(COSIGNATURES).try_collect().await?;
        keys.sort_unstable();
        let mut found = Vec::new();
        for path in keys {
            let [_, key, name] = path.split('/').collect::<Vec<_>>()[..] else { continue };
            let note = String::from_utf8_lossy(&log.read(&path).await?).into_owned();
            found.push(Cosigned { key: key.to_owned(), name: name.to_owned(), note });
        }
        Ok(found)
    }
}
