//! PNG (ISO/IEC 15948): chunks from IHDR to IEND, each with its CRC.

use std::io::{Read, Seek};

use super::scan::Scan;
use super::{Extent, Refusal, Walk, within_limits};

const IDAT: [u8; 4] = *b"IDAT";

pub(super) fn walk<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Walk, Refusal> {
    scan.skip(8)?;
    let (mut walk, mut exif, mut data) = (None, None, false);
    loop {
        let len = u64::from(scan.be32()?);
        let kind: [u8; 4] = scan.take()?;
        let offset = scan.pos();
        match (&kind, &walk) {
            (b"IHDR", None) if len == 13 => walk = Some(header(scan)?),
            (b"IHDR", _) | (_, None) => return Err(Refusal::Damaged),
            (b"eXIf", _) => exif = exif.or(Some(Extent { offset, len })),
            _ => data |= kind == IDAT,
        }
        scan.seek(offset)?;
        checked(scan, kind, len)?;
        if &kind == b"IEND" {
            break;
        }
    }
    match walk {
        Some(walk) if data => Ok(Walk { exif, ..walk }),
        _ => Err(Refusal::Damaged),
    }
}

fn header<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Walk, Refusal> {
    let (width, height) = (scan.be32()?, scan.be32()?);
    within_limits(width, height)?;
    Ok(Walk::of(width, height))
}

/// Reads a chunk's data in pieces and compares its CRC.
fn checked<R: Read + Seek>(scan: &mut Scan<R>, kind: [u8; 4], len: u64) -> Result<(), Refusal> {
    scan.must_hold(scan.pos(), len)?;
    let mut crc = crc32fast::Hasher::new();
    crc.update(&kind);
    let mut buffer = [0; 8 * 1024];
    let mut left = len;
    while left > 0 {
        let piece = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        scan.fill(&mut buffer[..piece])?;
        crc.update(&buffer[..piece]);
        left -= piece as u64;
    }
    if scan.be32()? == crc.finalize() { Ok(()) } else { Err(Refusal::Damaged) }
}
