//! Blocking reads over a stored object: a file where it is one, else ranges that grow while reading goes straight on.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, GetResultPayload, ObjectStore};

use crate::error::Result;
use crate::store::ReadSeek;

/// Most documents and small pictures come with the first range.
const FIRST_BYTES: u64 = 256 * 1024;
/// So much of one file is in memory at most.
const LONGEST_BYTES: u64 = 4 * 1024 * 1024;

pub(crate) struct RangeReader {
    objects: Arc<dyn ObjectStore>,
    runtime: tokio::runtime::Handle,
    path: Path,
    options: GetOptions,
    size_bytes: u64,
    position: u64,
    /// The range fetched last, and where it begins.
    window: Bytes,
    window_from: u64,
    next_bytes: u64,
}

impl RangeReader {
    /// Opens the object that `options` choose.
    pub(crate) async fn open(
        objects: Arc<dyn ObjectStore>,
        path: Path,
        options: GetOptions,
    ) -> Result<Box<dyn ReadSeek>> {
        let first = GetOptions { range: Some(GetRange::Bounded(0..FIRST_BYTES)), ..options.clone() };
        let found = objects.get_opts(&path, first).await?;
        let size_bytes = found.meta.size;
        if let GetResultPayload::File(file, _) = found.payload {
            return Ok(Box::new(file));
        }
        Ok(Box::new(Self {
            window: found.bytes().await?,
            objects,
            runtime: tokio::runtime::Handle::current(),
            path,
            options,
            size_bytes,
            position: 0,
            window_from: 0,
            next_bytes: FIRST_BYTES,
        }))
    }

    fn in_window(&self) -> Option<Range<usize>> {
        let from = usize::try_from(self.position.checked_sub(self.window_from)?).ok()?;
        (from < self.window.len()).then_some(from..self.window.len())
    }

    fn fetch(&mut self) -> io::Result<()> {
        let goes_straight_on = self.position == self.window_from + self.window.len() as u64;
        self.next_bytes =
            if goes_straight_on { (self.next_bytes * 2).min(LONGEST_BYTES) } else { FIRST_BYTES };
        let range = self.position..self.size_bytes.min(self.position + self.next_bytes);
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..self.options.clone() };
        let get = async { self.objects.get_opts(&self.path, options).await?.bytes().await };
        self.window = self.runtime.block_on(get).map_err(io::Error::other)?;
        self.window_from = self.position;
        Ok(())
    }
}

impl Read for RangeReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size_bytes || buffer.is_empty() {
            return Ok(0);
        }
        if self.in_window().is_none() {
            self.fetch()?;
        }
        let Some(range) = self.in_window() else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        let count = buffer.len().min(range.len());
        buffer[..count].copy_from_slice(&self.window[range.start..range.start + count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for RangeReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.size_bytes.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
