//! GIF (87a, 89a): blocks from the screen descriptor to the trailer.

use std::io::{Read, Seek};

use super::scan::Scan;
use super::{Refusal, Walk, within_limits};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const TRAILER: u8 = 0x3B;

pub(super) fn walk<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Walk, Refusal> {
    scan.skip(6)?;
    let (width, height) = (u32::from(scan.le16()?), u32::from(scan.le16()?));
    within_limits(width, height)?;
    let flags = scan.byte()?;
    scan.skip(2)?;
    colour_table(scan, flags)?;
    let mut shown = false;
    loop {
        match scan.byte()? {
            EXTENSION => scan.skip(1)?,
            IMAGE => {
                scan.skip(8)?;
                let flags = scan.byte()?;
                colour_table(scan, flags)?;
                scan.skip(1)?;
                shown = true;
            }
            TRAILER if shown => return Ok(Walk::of(width, height)),
            _ => return Err(Refusal::Damaged),
        }
        sub_blocks(scan)?;
    }
}

fn colour_table<R: Read + Seek>(scan: &mut Scan<R>, flags: u8) -> Result<(), Refusal> {
    if flags & 0x80 == 0 { Ok(()) } else { scan.skip(3 << ((flags & 7) + 1)) }
}

fn sub_blocks<R: Read + Seek>(scan: &mut Scan<R>) -> Result<(), Refusal> {
    loop {
        match scan.byte()? {
            0 => return Ok(()),
            len => scan.skip(u64::from(len))?,
        }
    }
}
