//! HEIF and AVIF (ISO/IEC 14496-12, 23008-12): boxes, and every extent of every item lies inside the file.

use std::io::{Read, Seek};

use super::scan::Scan;
use super::{Extent, Format, Refusal, Walk, within_limits};

/// Far above any real file's; keeps what is remembered of a hostile one small.
const MAX_PROPERTIES: usize = 4096;

type Kind = [u8; 4];

/// A box: its kind and where its body lies.
#[derive(Clone, Copy)]
struct Part {
    kind: Kind,
    body: Extent,
}

impl Part {
    fn end(self) -> u64 {
        self.body.offset + self.body.len
    }
}

/// What is remembered of the `meta` box.
#[derive(Default)]
struct Meta {
    primary: Option<u32>,
    exif_item: Option<u32>,
    exif: Option<Extent>,
    idat: Option<Extent>,
    items: Option<Part>,
    properties: Vec<Property>,
    /// Indices (from 1) of the primary item's properties.
    of_primary: Vec<u16>,
    associations: Option<Part>,
}

enum Property {
    Size(u32, u32),
    Turn(u8),
    Other,
}

/// Which kind of picture a `ftyp` box promises; `head` is the file's beginning.
pub(super) fn brand(head: &[u8]) -> Option<Format> {
    let len = u32::from_be_bytes(head.get(..4)?.try_into().ok()?) as usize;
    let brands = head.get(8..len.min(head.len()))?;
    let all = brands.chunks_exact(4).enumerate().filter(|(index, _)| *index != 1).map(|(_, brand)| brand);
    let has = |wanted: &[&[u8; 4]]| all.clone().any(|brand| wanted.iter().any(|w| brand == w.as_slice()));
    if has(&[b"avif", b"avis"]) {
        Some(Format::Avif)
    } else if has(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"]) {
        Some(Format::Heic)
    } else {
        None
    }
}

pub(super) fn walk<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Walk, Refusal> {
    let end = scan.len();
    let mut meta = None;
    while !scan.at_end() {
        let part = next_box(scan, end)?;
        if &part.kind == b"meta" && meta.is_none() {
            meta = Some(read_meta(scan, part)?);
        }
        scan.seek(part.end())?;
    }
    // A file of moving pictures only has a `moov` instead.
    let mut meta = meta.ok_or(Refusal::Unsupported)?;
    if let Some(associations) = meta.associations {
        read_associations(scan, associations, &mut meta)?;
    }
    let walk = upright(&meta)?;
    let items = meta.items.ok_or(Refusal::Damaged)?;
    locate_items(scan, items, &mut meta)?;
    Ok(Walk { exif: exif_block(scan, meta.exif)?, ..walk })
}

fn next_box<R: Read + Seek>(scan: &mut Scan<R>, end: u64) -> Result<Part, Refusal> {
    let start = scan.pos();
    let size = u64::from(scan.be32()?);
    let kind = scan.take()?;
    let size = match size {
        0 => end - start,
        1 => scan.be64()?,
        size => size,
    };
    let offset = scan.pos();
    let stop = start.checked_add(size).ok_or(Refusal::Damaged)?;
    scan.must_hold(start, size)?;
    let len = stop.checked_sub(offset).ok_or(Refusal::Damaged)?;
    if stop > end {
        return Err(Refusal::Damaged);
    }
    Ok(Part { kind, body: Extent { offset, len } })
}

/// Calls `each` for the boxes between here and `end`.
fn children<R: Read + Seek>(
    scan: &mut Scan<R>,
    end: u64,
    mut each: impl FnMut(&mut Scan<R>, Part) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    while scan.pos() + 8 <= end {
        let part = next_box(scan, end)?;
        each(scan, part)?;
        scan.seek(part.end())?;
    }
    Ok(())
}

fn read_meta<R: Read + Seek>(scan: &mut Scan<R>, meta: Part) -> Result<Meta, Refusal> {
    let mut found = Meta::default();
    scan.skip(4)?;
    children(scan, meta.end(), |scan, part| {
        match &part.kind {
            b"pitm" => found.primary = Some(primary_item(scan)?),
            b"iloc" => found.items = Some(part),
            b"idat" => found.idat = Some(part.body),
            b"iinf" => found.exif_item = exif_item(scan, part)?,
            b"iprp" => read_properties(scan, part, &mut found)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

fn version<R: Read + Seek>(scan: &mut Scan<R>) -> Result<(u8, u32), Refusal> {
    let word = scan.be32()?;
    Ok(((word >> 24) as u8, word & 0x00FF_FFFF))
}

fn number<R: Read + Seek>(scan: &mut Scan<R>, wide: bool) -> Result<u32, Refusal> {
    if wide { scan.be32() } else { Ok(u32::from(scan.be16()?)) }
}

fn primary_item<R: Read + Seek>(scan: &mut Scan<R>) -> Result<u32, Refusal> {
    let (version, _) = version(scan)?;
    number(scan, version > 0)
}

fn exif_item<R: Read + Seek>(scan: &mut Scan<R>, iinf: Part) -> Result<Option<u32>, Refusal> {
    let (list_version, _) = version(scan)?;
    number(scan, list_version > 0)?;
    let mut exif = None;
    children(scan, iinf.end(), |scan, part| {
        let (version, _) = version(scan)?;
        if &part.kind == b"infe" && version >= 2 {
            let id = number(scan, version > 2)?;
            scan.skip(2)?;
            if &scan.take::<4>()? == b"Exif" {
                exif = exif.or(Some(id));
            }
        }
        Ok(())
    })?;
    Ok(exif)
}

fn read_properties<R: Read + Seek>(scan: &mut Scan<R>, iprp: Part, found: &mut Meta) -> Result<(), Refusal> {
    children(scan, iprp.end(), |scan, part| match &part.kind {
        b"ipco" => children(scan, part.end(), |scan, property| {
            if found.properties.len() == MAX_PROPERTIES {
                return Err(Refusal::Unsupported);
            }
            found.properties.push(match &property.kind {
                b"ispe" => {
                    scan.skip(4)?;
                    Property::Size(scan.be32()?, scan.be32()?)
                }
                b"irot" => Property::Turn(scan.byte()? & 3),
                _ => Property::Other,
            });
            Ok(())
        }),
        b"ipma" => {
            found.associations = Some(part);
            Ok(())
        }
        _ => Ok(()),
    })
}

fn read_associations<R: Read + Seek>(scan: &mut Scan<R>, ipma: Part, meta: &mut Meta) -> Result<(), Refusal> {
    scan.seek(ipma.body.offset)?;
    let (version, flags) = version(scan)?;
    for _ in 0..scan.be32()? {
        let item = number(scan, version > 0)?;
        for _ in 0..scan.byte()? {
            let index = if flags & 1 == 1 { scan.be16()? & 0x7FFF } else { u16::from(scan.byte()? & 0x7F) };
            if Some(item) == meta.primary {
                meta.of_primary.push(index);
            }
        }
        if scan.pos() > ipma.end() || meta.of_primary.len() > MAX_PROPERTIES {
            return Err(Refusal::Damaged);
        }
    }
    Ok(())
}

fn upright(meta: &Meta) -> Result<Walk, Refusal> {
    let mut walk = None;
    let mut quarters = 0;
    for index in &meta.of_primary {
        match usize::from(*index).checked_sub(1).and_then(|index| meta.properties.get(index)) {
            Some(Property::Size(width, height)) => {
                within_limits(*width, *height)?;
                walk = Some(Walk::of(*width, *height));
            }
            Some(Property::Turn(turn)) => quarters = *turn,
            _ => {}
        }
    }
    let walk = walk.ok_or(Refusal::Damaged)?;
    Ok(Walk { quarter_turned: quarters % 2 == 1, ..walk })
}

/// Walks `iloc` (23008-12 refers to 14496-12, 8.11.3) and checks each extent.
fn locate_items<R: Read + Seek>(scan: &mut Scan<R>, iloc: Part, meta: &mut Meta) -> Result<(), Refusal> {
    scan.seek(iloc.body.offset)?;
    let (version, _) = version(scan)?;
    let sizes = scan.be16()?;
    let size = |shift: u16| (sizes >> shift & 0xF) as u8;
    for _ in 0..number(scan, version == 2)? {
        let item = number(scan, version == 2)?;
        let method = if version > 0 { scan.be16()? & 0xF } else { 0 };
        scan.skip(2)?;
        let base = sized(scan, size(4))?;
        for _ in 0..scan.be16()? {
            if version > 0 {
                sized(scan, size(0))?;
            }
            let offset = base.checked_add(sized(scan, size(12))?).ok_or(Refusal::Damaged)?;
            let len = sized(scan, size(8))?;
            check_extent(scan, method, Extent { offset, len }, meta.idat)?;
            if method == 0 && Some(item) == meta.exif_item {
                meta.exif = meta.exif.or(Some(Extent { offset, len }));
            }
        }
        if scan.pos() > iloc.end() {
            return Err(Refusal::Damaged);
        }
    }
    Ok(())
}

fn sized<R: Read + Seek>(scan: &mut Scan<R>, size: u8) -> Result<u64, Refusal> {
    match size {
        0 => Ok(0),
        4 => Ok(u64::from(scan.be32()?)),
        8 => scan.be64(),
        _ => Err(Refusal::Damaged),
    }
}

fn check_extent<R: Read + Seek>(
    scan: &Scan<R>,
    method: u16,
    extent: Extent,
    idat: Option<Extent>,
) -> Result<(), Refusal> {
    match (method, idat) {
        (0, _) => scan.must_hold(extent.offset, extent.len),
        (1, Some(idat)) => match extent.offset.checked_add(extent.len) {
            Some(end) if end <= idat.len => Ok(()),
            _ => Err(Refusal::Damaged),
        },
        (1, None) => Err(Refusal::Damaged),
        // Made from other items, which are checked themselves.
        _ => Ok(()),
    }
}

/// The item begins with how far ahead the TIFF header lies (23008-12, A.2.1).
fn exif_block<R: Read + Seek>(scan: &mut Scan<R>, item: Option<Extent>) -> Result<Option<Extent>, Refusal> {
    let Some(item) = item.filter(|item| item.len > 4) else { return Ok(None) };
    scan.seek(item.offset)?;
    let skipped = u64::from(scan.be32()?) + 4;
    Ok(item
        .len
        .checked_sub(skipped)
        .filter(|len| *len > 0)
        .map(|len| Extent { offset: item.offset + skipped, len }))
}
