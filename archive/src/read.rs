//! Reading: every chunk of 64 KiB is authenticated before a byte of it is handed out.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;

use age::stream::StreamReader;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};

use crate::archive::Archive;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId};
use crate::ocfl::{INVENTORY, Inventory, SIDECAR, Version, sidecar, version_name};
use crate::store::ReadSeek;

/// How much a stream hands out at a time: four of age's chunks.
const BLOCK_BYTES: u64 = 256 * 1024;

/// What the inventories tell about an object; needs no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The object.
    pub object: ObjectId,
    /// SHA-256 of the newest version's `inventory.json`.
    pub inventory: Digest,
    /// All versions in order, the newest last. There is at least one.
    pub versions: Vec<Version>,
}

/// The plaintext of one stored file. age's asynchronous reader cannot seek, so blocks are read on the runtime's
/// blocking threads.
pub struct Content {
    reader: Plaintext,
    size_bytes: u64,
}

type Plaintext = StreamReader<BufReader<Box<dyn ReadSeek>>>;

impl Archive {
    /// Opens the file `name` as version `version` of the object has it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::KeyDestroyed`]; [`Error::Alarm`] when inventory or content are not what was
    /// sealed (damage further inside the file shows when it is read).
    pub async fn open(&self, group: GroupId, object: ObjectId, version: u32, name: &str) -> Result<Content> {
        let directory = object.directory();
        let inventory = self.inventory(object, &directory, version).await?.0;
        let (path, stored) = inventory.locate(version, name).ok_or(Error::NotFound)?;
        let key = format!("{directory}/{path}");
        let identity = self.keys.object(group, object).await?;
        let missing = |error| match error {
            Error::NotFound => Error::alarm(self.root.name(&key), "content missing"),
            other => other,
        };
        let file = self.root.open(&key, stored).await.map_err(missing)?;
        let opened = tokio::task::spawn_blocking(move || Content::open(file, &identity)).await?;
        opened.map_err(|error| damaged(&self.root.name(&key), error))
    }

    /// What the inventories tell about an object.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nothing of it is committed; [`Error::Alarm`] when its inventory is damaged.
    pub async fn describe(&self, object: ObjectId) -> Result<Description> {
        self.describe_with(object, 1).await
    }

    /// [`describe`](Archive::describe), by an inventory that knows `version`.
    ///
    /// # Errors
    /// As `describe`.
    pub async fn describe_with(&self, object: ObjectId, version: u32) -> Result<Description> {
        let directory = object.directory();
        let (inventory, digest) = self.inventory(object, &directory, version).await?;
        let unknown = || Error::alarm(self.root.name(&directory), "not an inventory of this archive");
        let versions = inventory.versions().ok_or_else(unknown)?;
        Ok(Description { object, inventory: digest, versions })
    }

    /// The bytes of a version's own `inventory.json`, whose digest stands in the version's leaf of the log.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Unavailable`].
    pub async fn inventory_file(&self, object: ObjectId, version: u32) -> Result<Bytes> {
        self.root.read(&format!("{}/{}/{INVENTORY}", object.directory(), version_name(version))).await
    }

    /// The object's inventory that knows `version`. Where a store keeps earlier versions of a file, one of those serves
    /// when what lies there now was put over it.
    async fn inventory(
        &self,
        object: ObjectId,
        directory: &str,
        version: u32,
    ) -> Result<(Inventory, Digest)> {
        let key = format!("{directory}/{INVENTORY}");
        let newest = match self.root.read(&key).await {
            Ok(bytes) => self.judge_inventory(object, directory, &bytes, version).await,
            Err(error) => Err(error),
        };
        if !matches!(newest, Err(Error::NotFound | Error::Alarm { .. })) {
            return newest;
        }
        for bytes in self.root.earlier(&key).await? {
            if let Ok(found) = self.judge_inventory(object, directory, &bytes, version).await {
                tracing::error!(key = self.root.name(&key), "put over or deleted; an earlier version serves");
                return Ok(found);
            }
        }
        newest
    }

    async fn judge_inventory(
        &self,
        object: ObjectId,
        directory: &str,
        bytes: &Bytes,
        version: u32,
    ) -> Result<(Inventory, Digest)> {
        let digest = Digest::of(bytes);
        let alarm = || {
            Error::alarm(
                self.root.name(&format!("{directory}/{INVENTORY}")),
                "not an inventory of this object",
            )
        };
        let inventory = Inventory::parse(bytes, object).ok_or_else(alarm)?;
        if inventory.head() < version {
            return Err(Error::NotFound);
        }
        // The version's own sidecar, not the root's: it is written before the commit point and never torn.
        let checksum = format!("{directory}/{}/{SIDECAR}", version_name(inventory.head()));
        self.root.expect_ever(&checksum, &sidecar(digest)).await?;
        Ok((inventory, digest))
    }
}

impl Content {
    fn open(file: Box<dyn ReadSeek>, identity: &age::x25519::Identity) -> io::Result<Self> {
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let decryptor =
            age::Decryptor::new_buffered(BufReader::with_capacity(64 * 1024, file)).map_err(invalid)?;
        let mut reader = decryptor.decrypt(std::iter::once(identity as _)).map_err(invalid)?;
        // Authenticates the last chunk, and with it the length.
        let size_bytes = reader.seek(SeekFrom::End(0))?;
        reader.rewind()?;
        Ok(Self { reader, size_bytes })
    }

    /// Length of the plaintext in bytes.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// All of it, if it is no longer than `limit_bytes`.
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Alarm`] when the content was tampered with.
    pub async fn read_all(mut self, limit_bytes: u64) -> Result<Vec<u8>> {
        if self.size_bytes > limit_bytes {
            return Err(Error::TooLong { limit_bytes });
        }
        let work = move || {
            let mut bytes = Vec::with_capacity(self.size_bytes as usize);
            self.reader.read_to_end(&mut bytes).map(|_| bytes)
        };
        tokio::task::spawn_blocking(work).await?.map_err(|error| damaged("content", error))
    }

    /// The bytes of `range` (clamped to the file) in blocks of up to 256 KiB, for the body of an answer. Ends with an
    /// error where tampering begins; nothing after it is handed out.
    pub fn stream(self, range: Range<u64>) -> impl Stream<Item = Result<Bytes>> + Send + 'static {
        let end = range.end.min(self.size_bytes);
        let blocks =
            stream::try_unfold((self.reader, range.start), move |(mut reader, position)| async move {
                if position >= end {
                    return Ok::<_, Error>(None);
                }
                let work = move || {
                    let mut block = vec![0; BLOCK_BYTES.min(end - position) as usize];
                    if reader.stream_position()? != position {
                        reader.seek(SeekFrom::Start(position))?;
                    }
                    reader.read_exact(&mut block).map(|()| (block, reader))
                };
                let (block, reader) =
                    tokio::task::spawn_blocking(work).await?.map_err(|error| damaged("content", error))?;
                let next = position + block.len() as u64;
                Ok(Some((Bytes::from(block), (reader, next))))
            });
        blocks.boxed()
    }

    /// A blocking reader, for a thread that may block.
    pub fn into_reader(self) -> impl Read + Seek + Send + 'static {
        self.reader
    }
}

/// A failed authentication is an alarm; a failed disk is not.
pub(crate) fn damaged(path: &str, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            Error::alarm(path, "the content is not what was sealed")
        }
        _ => error.into(),
    }
}
