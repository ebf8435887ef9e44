//! What a camera wrote: how the pixels are to be turned and when they were taken.

use std::io::{Read, Seek};

use ::exif::{Exif, In, Reader, Tag, Value};
use chrono::{Datelike, NaiveDateTime};

use super::Extent;
use super::scan::Scan;

/// Camera blocks are a few kB; a maker note with a preview stays below 64 kB in JPEG.
const MAX_EXIF_BYTES: u64 = 1024 * 1024;

#[derive(Default)]
pub(super) struct Camera {
    pub(super) orientation: Option<u8>,
    pub(super) taken_at: Option<NaiveDateTime>,
}

/// Reads the block at `extent`. A block that cannot be read tells nothing; it is no reason to refuse a photograph.
pub(super) fn read<R: Read + Seek>(scan: &mut Scan<R>, extent: Option<Extent>) -> Camera {
    extent
        .and_then(|extent| block(scan, extent))
        .and_then(parse)
        .map(|exif| camera(&exif))
        .unwrap_or_default()
}

fn block<R: Read + Seek>(scan: &mut Scan<R>, extent: Extent) -> Option<Vec<u8>> {
    if extent.len > MAX_EXIF_BYTES {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(extent.len).ok()?];
    scan.seek(extent.offset).ok()?;
    scan.fill(&mut bytes).ok()?;
    Some(bytes)
}

/// Many writers leave small faults behind; what could be read is used.
fn parse(bytes: Vec<u8>) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    reader.read_raw(bytes).or_else(|error| error.distill_partial_result(|_| {})).ok()
}

fn camera(exif: &Exif) -> Camera {
    let orientation = exif
        .get_field(Tag::Orientation, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|value| u8::try_from(value).ok())
        .filter(|value| (1..=8).contains(value));
    let taken_at = [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime]
        .into_iter()
        .filter_map(|tag| exif.get_field(tag, In::PRIMARY))
        .find_map(|field| match &field.value {
            Value::Ascii(lines) => lines.first().and_then(|line| date_time(line)),
            _ => None,
        });
    Camera { orientation, taken_at }
}

/// `2026:08:03 14:05:00`; cameras without a set clock write zeros, which is no date.
pub(super) fn date_time(ascii: &[u8]) -> Option<NaiveDateTime> {
    let text = std::str::from_utf8(ascii).ok()?.trim_end_matches('\0').trim();
    let taken = NaiveDateTime::parse_from_str(text, "%Y:%m:%d %H:%M:%S").ok()?;
    (taken.year() >= 1900).then_some(taken)
}
