//! JPEG (ITU-T T.81): markers from SOI to EOI, the entropy-coded data included.

use std::io::{Read, Seek};

use super::scan::Scan;
use super::{Extent, Refusal, Walk, within_limits};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP1: u8 = 0xE1;
const EXIF_HEADER: &[u8; 6] = b"Exif\0\0";

pub(super) fn walk<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Walk, Refusal> {
    scan.skip(2)?;
    let (mut frame, mut exif, mut scanned) = (None, None, false);
    let mut marker = next_marker(scan)?;
    loop {
        match marker {
            EOI if scanned => break,
            EOI | SOI | 0x00 => return Err(Refusal::Damaged),
            0x01 | 0xD0..=0xD7 => {}
            SOS => {
                segment(scan)?;
                scanned = true;
                marker = after_entropy(scan)?;
                continue;
            }
            APP1 => exif = exif.or(exif_segment(scan)?),
            m if is_frame(m) => frame = Some(frame_header(scan)?),
            _ => {
                segment(scan)?;
            }
        }
        marker = next_marker(scan)?;
    }
    let (width, height) = frame.ok_or(Refusal::Damaged)?;
    Ok(Walk { exif, ..Walk::of(width, height) })
}

/// SOF0 to SOF15, without DHT, JPG and DAC that share the range.
pub(super) fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

fn next_marker<R: Read + Seek>(scan: &mut Scan<R>) -> Result<u8, Refusal> {
    if scan.byte()? != 0xFF {
        return Err(Refusal::Damaged);
    }
    loop {
        let byte = scan.byte()?;
        if byte != 0xFF {
            return Ok(byte);
        }
    }
}

/// Skips a segment's body; answers where it lay.
fn segment<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Extent, Refusal> {
    let len = scan.be16()?;
    let body = Extent { offset: scan.pos(), len: u64::from(len).checked_sub(2).ok_or(Refusal::Damaged)? };
    scan.skip(body.len)?;
    Ok(body)
}

fn frame_header<R: Read + Seek>(scan: &mut Scan<R>) -> Result<(u32, u32), Refusal> {
    let len = scan.be16()?;
    let _precision = scan.byte()?;
    let (height, width) = (u32::from(scan.be16()?), u32::from(scan.be16()?));
    if height == 0 {
        // The height follows the first scan (DNL); cameras and scanners do not write it so.
        return Err(Refusal::Unsupported);
    }
    within_limits(width, height)?;
    scan.skip(u64::from(len).checked_sub(7).ok_or(Refusal::Damaged)?)?;
    Ok((width, height))
}

fn exif_segment<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Option<Extent>, Refusal> {
    let start = scan.pos();
    let body = segment(scan)?;
    if body.len < EXIF_HEADER.len() as u64 {
        return Ok(None);
    }
    scan.seek(start + 2)?;
    let header: [u8; 6] = scan.take()?;
    scan.seek(body.offset + body.len)?;
    let skipped = EXIF_HEADER.len() as u64;
    Ok((&header == EXIF_HEADER).then(|| Extent { offset: body.offset + skipped, len: body.len - skipped }))
}

/// Entropy-coded data stuffs every FF with 00; restart markers stand inside it. Anything else ends it.
fn after_entropy<R: Read + Seek>(scan: &mut Scan<R>) -> Result<u8, Refusal> {
    loop {
        scan.skip_past(0xFF)?;
        let mut byte = scan.byte()?;
        while byte == 0xFF {
            byte = scan.byte()?;
        }
        if byte != 0x00 && !(0xD0..=0xD7).contains(&byte) {
            return Ok(byte);
        }
    }
}
