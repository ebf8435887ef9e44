//! TIFF 6.0: every directory, and every strip, tile and value it points to, lies inside the file.

use std::io::{Read, Seek};

use chrono::NaiveDateTime;

use super::exif::date_time;
use super::scan::Scan;
use super::{Refusal, Walk, within_limits};

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const STRIP_OFFSETS: u16 = 273;
const ORIENTATION: u16 = 274;
const STRIP_LENGTHS: u16 = 279;
const DATE_TIME: u16 = 306;
const TILE_OFFSETS: u16 = 324;
const TILE_LENGTHS: u16 = 325;
const EXIF_DIRECTORY: u16 = 34665;
const DATE_TIME_ORIGINAL: u16 = 36867;

const ASCII: u16 = 2;
const SHORT: u16 = 3;
/// More pages than any scanned case file; also what ends a ring of directories.
const MAX_DIRECTORIES: usize = 4096;

#[derive(Clone, Copy)]
struct Order {
    little: bool,
}

/// One field of a directory: `count` values of `kind`, lying at `offset`.
#[derive(Clone, Copy)]
struct Field {
    kind: u16,
    count: u32,
    offset: u64,
}

#[derive(Default)]
struct Directory {
    size: [Option<u32>; 2],
    starts: Option<Field>,
    lengths: Option<Field>,
    orientation: Option<u8>,
    taken_at: Option<NaiveDateTime>,
    exif: Option<u32>,
}

pub(super) fn walk<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Walk, Refusal> {
    let order = Order { little: &scan.take::<2>()? == b"II" };
    scan.skip(2)?;
    let mut next = order.u32(scan)?;
    let mut walk = None;
    for _ in 0..MAX_DIRECTORIES {
        if next == 0 {
            return walk.ok_or(Refusal::Damaged);
        }
        let (directory, following) = directory(scan, order, next)?;
        let page = page(scan, order, &directory)?;
        walk = walk.or(Some(page));
        next = following;
    }
    Err(Refusal::Damaged)
}

/// Checks one page's pixels and answers its size.
fn page<R: Read + Seek>(scan: &mut Scan<R>, order: Order, directory: &Directory) -> Result<Walk, Refusal> {
    let [Some(width), Some(height)] = directory.size else { return Err(Refusal::Damaged) };
    within_limits(width, height)?;
    let (Some(starts), Some(lengths)) = (directory.starts, directory.lengths) else {
        return Err(Refusal::Unsupported);
    };
    if starts.count == 0 || starts.count != lengths.count {
        return Err(Refusal::Damaged);
    }
    for index in 0..starts.count {
        let start = order.value(scan, starts, index)?;
        let length = order.value(scan, lengths, index)?;
        scan.must_hold(u64::from(start), u64::from(length))?;
    }
    let mut walk = Walk::of(width, height);
    walk.orientation = directory.orientation;
    walk.taken_at = exif_date(scan, order, directory.exif).or(directory.taken_at);
    Ok(walk)
}

fn exif_date<R: Read + Seek>(scan: &mut Scan<R>, order: Order, at: Option<u32>) -> Option<NaiveDateTime> {
    let (exif, _) = directory(scan, order, at?).ok()?;
    exif.taken_at
}

fn directory<R: Read + Seek>(scan: &mut Scan<R>, order: Order, at: u32) -> Result<(Directory, u32), Refusal> {
    scan.seek(u64::from(at))?;
    let fields = u64::from(order.u16(scan)?);
    let first = scan.pos();
    let mut found = Directory::default();
    for index in 0..fields {
        scan.seek(first + 12 * index)?;
        let tag = order.u16(scan)?;
        let field = field(scan, order)?;
        note(scan, order, tag, field, &mut found)?;
    }
    scan.seek(first + 12 * fields)?;
    let next = order.u32(scan)?;
    Ok((found, next))
}

fn field<R: Read + Seek>(scan: &mut Scan<R>, order: Order) -> Result<Field, Refusal> {
    let (kind, count) = (order.u16(scan)?, order.u32(scan)?);
    let width: u64 = match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    };
    let len = width * u64::from(count);
    let offset = if len <= 4 { scan.pos() } else { u64::from(order.u32(scan)?) };
    scan.must_hold(offset, len)?;
    Ok(Field { kind, count, offset })
}

fn note<R: Read + Seek>(
    scan: &mut Scan<R>,
    order: Order,
    tag: u16,
    field: Field,
    found: &mut Directory,
) -> Result<(), Refusal> {
    match tag {
        WIDTH => found.size[0] = Some(order.value(scan, field, 0)?),
        HEIGHT => found.size[1] = Some(order.value(scan, field, 0)?),
        STRIP_OFFSETS | TILE_OFFSETS => found.starts = Some(field),
        STRIP_LENGTHS | TILE_LENGTHS => found.lengths = Some(field),
        ORIENTATION => {
            let value = order.value(scan, field, 0)?;
            found.orientation = u8::try_from(value).ok().filter(|value| (1..=8).contains(value));
        }
        DATE_TIME | DATE_TIME_ORIGINAL if field.kind == ASCII && field.count == 20 => {
            scan.seek(field.offset)?;
            found.taken_at = date_time(&scan.take::<20>()?);
        }
        EXIF_DIRECTORY => found.exif = Some(order.value(scan, field, 0)?),
        _ => {}
    }
    Ok(())
}

impl Order {
    fn u16<R: Read + Seek>(self, scan: &mut Scan<R>) -> Result<u16, Refusal> {
        if self.little { scan.le16() } else { scan.be16() }
    }

    fn u32<R: Read + Seek>(self, scan: &mut Scan<R>) -> Result<u32, Refusal> {
        if self.little { scan.le32() } else { scan.be32() }
    }

    /// The `index`th value of a field of whole numbers.
    fn value<R: Read + Seek>(self, scan: &mut Scan<R>, field: Field, index: u32) -> Result<u32, Refusal> {
        if index >= field.count {
            return Err(Refusal::Damaged);
        }
        if field.kind == SHORT {
            scan.seek(field.offset + 2 * u64::from(index))?;
            return Ok(u32::from(self.u16(scan)?));
        }
        scan.seek(field.offset + 4 * u64::from(index))?;
        self.u32(scan)
    }
}
