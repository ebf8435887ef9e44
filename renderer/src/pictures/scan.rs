//! A bounded reader for walking a file's structure: asking beyond the end is [`Refusal::Truncated`].

use std::io::{BufRead, BufReader, Read, Seek};

use super::Refusal;

pub(super) struct Scan<R> {
    inner: BufReader<R>,
    pos: u64,
    len: u64,
}

impl<R: Read + Seek> Scan<R> {
    pub(super) fn new(reader: R, len: u64) -> Self {
        Self { inner: BufReader::with_capacity(16 * 1024, reader), pos: 0, len }
    }

    pub(super) fn pos(&self) -> u64 {
        self.pos
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn at_end(&self) -> bool {
        self.pos >= self.len
    }

    /// The first bytes, as many as there are up to `count`; the position stays at the start.
    pub(super) fn peek_up_to(&mut self, count: usize) -> Result<Vec<u8>, Refusal> {
        self.seek(0)?;
        let mut head = vec![0; count.min(usize::try_from(self.len).unwrap_or(count))];
        self.inner.read_exact(&mut head)?;
        self.pos = head.len() as u64;
        self.seek(0)?;
        Ok(head)
    }

    pub(super) fn seek(&mut self, pos: u64) -> Result<(), Refusal> {
        if pos > self.len {
            return Err(Refusal::Truncated);
        }
        // Staying inside the buffer keeps the walk from reading the same block again and again.
        match (i64::try_from(pos), i64::try_from(self.pos)) {
            (Ok(to), Ok(from)) => self.inner.seek_relative(to - from)?,
            _ => return Err(Refusal::Unsupported),
        }
        self.pos = pos;
        Ok(())
    }

    pub(super) fn skip(&mut self, count: u64) -> Result<(), Refusal> {
        self.seek(self.pos.checked_add(count).ok_or(Refusal::Truncated)?)
    }

    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refusal> {
        if self.pos + bytes.len() as u64 > self.len {
            return Err(Refusal::Truncated);
        }
        self.inner.read_exact(bytes)?;
        self.pos += bytes.len() as u64;
        Ok(())
    }

    pub(super) fn byte(&mut self) -> Result<u8, Refusal> {
        Ok(self.take::<1>()?[0])
    }

    pub(super) fn be16(&mut self) -> Result<u16, Refusal> {
        Ok(u16::from_be_bytes(self.take()?))
    }

    pub(super) fn be32(&mut self) -> Result<u32, Refusal> {
        Ok(u32::from_be_bytes(self.take()?))
    }

    pub(super) fn be64(&mut self) -> Result<u64, Refusal> {
        Ok(u64::from_be_bytes(self.take()?))
    }

    pub(super) fn le16(&mut self) -> Result<u16, Refusal> {
        Ok(u16::from_le_bytes(self.take()?))
    }

    pub(super) fn le32(&mut self) -> Result<u32, Refusal> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    /// Steps behind the next `byte`.
    pub(super) fn skip_past(&mut self, byte: u8) -> Result<(), Refusal> {
        loop {
            let left = usize::try_from(self.len - self.pos).unwrap_or(usize::MAX);
            let buffer = self.inner.fill_buf()?;
            let seen = &buffer[..buffer.len().min(left)];
            if seen.is_empty() {
                return Err(Refusal::Truncated);
            }
            let found = seen.iter().position(|b| *b == byte);
            let step = found.map_or(seen.len(), |at| at + 1);
            self.inner.consume(step);
            self.pos += step as u64;
            if found.is_some() {
                return Ok(());
            }
        }
    }

    /// Refuses a stretch that does not lie inside the file.
    pub(super) fn must_hold(&self, offset: u64, count: u64) -> Result<(), Refusal> {
        match offset.checked_add(count) {
            Some(end) if end <= self.len => Ok(()),
            _ => Err(Refusal::Truncated),
        }
    }
}
