//! WebP (RFC 9649): RIFF chunks up to the length the file declares.

use std::io::{Read, Seek};

use super::scan::Scan;
use super::{Extent, Refusal, Walk, within_limits};

pub(super) fn walk<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Walk, Refusal> {
    scan.skip(4)?;
    let end = u64::from(scan.le32()?) + 8;
    scan.must_hold(0, end)?;
    scan.skip(4)?;
    let (mut size, mut exif, mut data) = (None, None, false);
    while scan.pos() + 8 <= end {
        let kind: [u8; 4] = scan.take()?;
        let len = u64::from(scan.le32()?);
        let offset = scan.pos();
        if offset + len > end {
            return Err(Refusal::Damaged);
        }
        match &kind {
            b"VP8X" => size = Some(canvas(scan)?),
            b"VP8 " | b"VP8L" => {
                let frame = if &kind == b"VP8 " { lossy(scan)? } else { lossless(scan)? };
                size = size.or(Some(frame));
                data = true;
            }
            b"ANMF" => data = true,
            b"EXIF" => exif = Some(without_jpeg_header(scan, Extent { offset, len })?),
            _ => {}
        }
        scan.seek(offset + len)?;
        scan.seek((offset + len + len % 2).min(end))?;
    }
    match size {
        Some((width, height)) if data => Ok(Walk { exif, ..Walk::of(width, height) }),
        _ => Err(Refusal::Damaged),
    }
}

fn canvas<R: Read + Seek>(scan: &mut Scan<R>) -> Result<(u32, u32), Refusal> {
    let b: [u8; 10] = scan.take()?;
    let le24 = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], 0]) + 1;
    let (width, height) = (le24(4), le24(7));
    within_limits(width, height)?;
    Ok((width, height))
}

/// RFC 6386 section 9.1: three bytes of frame tag, the start code, 14 bits each of width and height.
fn lossy<R: Read + Seek>(scan: &mut Scan<R>) -> Result<(u32, u32), Refusal> {
    let head: [u8; 6] = scan.take()?;
    if head[3..] != [0x9D, 0x01, 0x2A] {
        return Err(Refusal::Damaged);
    }
    let (width, height) = (u32::from(scan.le16()? & 0x3FFF), u32::from(scan.le16()? & 0x3FFF));
    within_limits(width, height)?;
    Ok((width, height))
}

fn lossless<R: Read + Seek>(scan: &mut Scan<R>) -> Result<(u32, u32), Refusal> {
    if scan.byte()? != 0x2F {
        return Err(Refusal::Damaged);
    }
    let bits = scan.le32()?;
    let (width, height) = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    within_limits(width, height)?;
    Ok((width, height))
}

/// Some writers put JPEG's `Exif\0\0` before the block.
fn without_jpeg_header<R: Read + Seek>(scan: &mut Scan<R>, extent: Extent) -> Result<Extent, Refusal> {
    if extent.len >= 6 && &scan.take::<6>()? == b"Exif\0\0" {
        return Ok(Extent { offset: extent.offset + 6, len: extent.len - 6 });
    }
    Ok(extent)
}
