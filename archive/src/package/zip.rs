//! The zip file (PKWARE APPNOTE 6.3.10): files stored, not compressed, since pictures are so already. The fields of zip64
//! stand only where a figure needs them, so that old programs open small packages. Pure: facts in, bytes out.

use bytes::{BufMut, Bytes, BytesMut};
use chrono::{DateTime, Datelike, Timelike, Utc};

use super::{Part, Plan};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
/// Stands in a field of 32 bits whose figure stands in the zip64 field.
const ELSEWHERE: u32 = u32::MAX;
/// 4.5, the first version with zip64; 2.0 for everything else.
const VERSION_64: u16 = 45;
const VERSION: u16 = 20;
/// Made on Unix, so that the mode of the files counts.
const MADE_BY: u16 = (3 << 8) | VERSION_64;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;

fn is_large(figure: u64) -> bool {
    figure >= u64::from(ELSEWHERE)
}

/// The figure, or the mark that it stands elsewhere.
fn short(figure: u64) -> u32 {
    u32::try_from(figure).unwrap_or(ELSEWHERE)
}

/// Length of what precedes a file's bytes.
pub(super) fn local_header_bytes(top: &str, part: &Part) -> u64 {
    let extra = if is_large(part.size_bytes) { 20 } else { 0 };
    30 + name_bytes(top, part) + extra
}

/// Length of all that follows the last file, which ends at `at`.
pub(super) fn directory_bytes(top: &str, parts: &[Part], offsets: &[u64], at: u64) -> u64 {
    let entries = parts.iter().zip(offsets).map(|(part, offset)| {
        let extra = zip64_field(part.size_bytes, Some(*offset)).len() as u64;
        46 + name_bytes(top, part) + extra
    });
    let directory: u64 = entries.sum();
    let needs_64 = is_large(at) || is_large(directory) || parts.len() >= usize::from(u16::MAX);
    directory + if needs_64 { 56 + 20 } else { 0 } + 22
}

/// What precedes a file's bytes.
pub(super) fn local_header(plan: &Plan, index: usize) -> Bytes {
    let part = &plan.parts[index];
    let extra = if is_large(part.size_bytes) { zip64_field(part.size_bytes, None) } else { Bytes::new() };
    let mut out = BytesMut::with_capacity(256);
    out.put_u32_le(LOCAL);
    describe(&mut out, plan, part, part.size_bytes, &extra);
    out.put_slice(name(&plan.top, part).as_bytes());
    out.put_slice(&extra);
    out.freeze()
}

/// All that follows the last file.
pub(super) fn directory(plan: &Plan) -> Bytes {
    let mut out = BytesMut::new();
    for (part, offset) in plan.parts.iter().zip(&plan.offsets) {
        let extra = zip64_field(part.size_bytes, Some(*offset));
        out.put_u32_le(CENTRAL);
        out.put_u16_le(MADE_BY);
        describe(&mut out, plan, part, part.size_bytes.max(*offset), &extra);
        // No comment; the first disk; nothing known of the content.
        out.put_bytes(0, 6);
        let mode: u32 = if part.path.ends_with(".sh") { 0o100_755 } else { 0o100_644 };
        out.put_u32_le(mode << 16);
        out.put_u32_le(short(*offset));
        out.put_slice(name(&plan.top, part).as_bytes());
        out.put_slice(&extra);
    }
    let length = out.len() as u64;
    end(&mut out, plan.parts.len() as u64, length, plan.directory_at);
    out.freeze()
}

/// The fields that a local and a central header share, from the version to the length of the zip64 field.
fn describe(out: &mut BytesMut, plan: &Plan, part: &Part, largest: u64, extra: &Bytes) {
    let (date, time) = dos_time(plan.made_at);
    out.put_u16_le(if is_large(largest) { VERSION_64 } else { VERSION });
    out.put_u16_le(FLAGS);
    out.put_u16_le(0);
    out.put_u16_le(time);
    out.put_u16_le(date);
    out.put_u32_le(part.crc32);
    out.put_u32_le(short(part.size_bytes));
    out.put_u32_le(short(part.size_bytes));
    // A path has 200 characters at most.
    out.put_u16_le(name_bytes(&plan.top, part) as u16);
    out.put_u16_le(extra.len() as u16);
}

/// The zip64 field: size twice where it is large, and the offset where that is.
fn zip64_field(size_bytes: u64, offset: Option<u64>) -> Bytes {
    let mut figures = BytesMut::new();
    if is_large(size_bytes) {
        figures.put_u64_le(size_bytes);
        figures.put_u64_le(size_bytes);
    }
    if let Some(offset) = offset.filter(|offset| is_large(*offset)) {
        figures.put_u64_le(offset);
    }
    let mut field = BytesMut::new();
    if !figures.is_empty() {
        field.put_u16_le(1);
        field.put_u16_le(figures.len() as u16);
        field.put_slice(&figures);
    }
    field.freeze()
}

fn end(out: &mut BytesMut, count: u64, length: u64, at: u64) {
    if is_large(at) || is_large(length) || count >= u64::from(u16::MAX) {
        out.put_u32_le(END_64);
        out.put_u64_le(44);
        out.put_u16_le(MADE_BY);
        out.put_u16_le(VERSION_64);
        out.put_u64_le(0);
        out.put_u64_le(count);
        out.put_u64_le(count);
        out.put_u64_le(length);
        out.put_u64_le(at);
        out.put_u32_le(LOCATOR_64);
        out.put_u32_le(0);
        out.put_u64_le(at + length);
        out.put_u32_le(1);
    }
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    out.put_u32_le(END);
    out.put_u32_le(0);
    out.put_u16_le(count);
    out.put_u16_le(count);
    out.put_u32_le(short(length));
    out.put_u32_le(short(at));
    out.put_u16_le(0);
}

/// Date and time as MS-DOS has them: to two seconds, from 1980 on, without a zone. UTC is written.
fn dos_time(at: DateTime<Utc>) -> (u16, u16) {
    let year = (at.year() - 1980).clamp(0, 127) as u16;
    let date = (year << 9) | ((at.month() as u16) << 5) | at.day() as u16;
    let time = ((at.hour() as u16) << 11) | ((at.minute() as u16) << 5) | (at.second() / 2) as u16;
    (date, time)
}

fn name(top: &str, part: &Part) -> String {
    format!("{top}/{}", part.path)
}

fn name_bytes(top: &str, part: &Part) -> u64 {
    (top.len() + 1 + part.path.len()) as u64
}
