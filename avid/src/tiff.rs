//! What the order asks of a TIFF, page by page: baseline 6.0, compressed in one of four ways, no private tags (5.E).
//!
//! The layouts are those that Rigsarkivet's and Aarhus Stadsarkiv's own tests accept; `docs/AVID.md` names them.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use crate::error::Error;

const BITS_PER_SAMPLE: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const SAMPLES_PER_PIXEL: u16 = 277;
const COLOR_MAP: u16 = 320;
/// Tags from here on are private (TIFF 6.0, section 1).
const PRIVATE: u16 = 32768;
/// A document of more pages is no document.
const MOST_PAGES: usize = 100_000;

#[derive(Debug, Default)]
struct Page {
    bits: Vec<u16>,
    compression: u16,
    photometric: Option<u16>,
    samples: u16,
    has_color_map: bool,
    has_private: bool,
}

/// Refuses a file that is no TIFF, or one with a page that the order does not allow.
pub fn check(path: &Path) -> Result<(), Error> {
    let file = File::open(path).map_err(Error::at(path))?;
    let pages = match pages(BufReader::new(file)) {
        Err(error)
            if error.kind() == io::ErrorKind::InvalidData || error.kind() == io::ErrorKind::UnexpectedEof =>
        {
            return Err(Error::refused("tif", "the file is no whole TIFF", "5.E"));
        }
        pages => pages.map_err(Error::at(path))?,
    };
    if pages.is_empty() {
        return Err(Error::refused("tif", "the file has no page", "5.E"));
    }
    pages.iter().enumerate().try_for_each(|(at, page)| {
        page.judge().map_err(|why| Error::refused(format!("tif, page {}", at + 1), why, "5.E"))
    })
}

impl Page {
    fn judge(&self) -> Result<(), &'static str> {
        let bits = if self.bits.is_empty() { vec![1] } else { self.bits.clone() };
        let packed = matches!(self.compression, 5 | 32773);
        let fax = matches!(self.compression, 3 | 4);
        if self.has_private {
            return Err("a private tag");
        }
        if bits.len() != usize::from(self.samples) {
            return Err("the number of samples and their bits do not fit");
        }
        match (self.photometric, bits.as_slice()) {
            (Some(0 | 1), [1]) if packed || fax => Ok(()),
            _ if !packed => {
                Err("compressed otherwise than by LZW or PackBits (black and white: or CCITT group 3 or 4)")
            }
            (Some(0 | 1), [2 | 4 | 8]) => Ok(()),
            (Some(3), [1 | 2 | 4 | 8]) if self.has_color_map => Ok(()),
            (Some(2), [8, 8, 8] | [8, 8, 8, 8]) => Ok(()),
            (Some(5), [8, 8, 8, 8] | [8, 8, 8, 8, 8]) => Ok(()),
            _ => Err("a colour model or a depth that is not allowed"),
        }
    }
}

/// Little-endian or big-endian numbers.
struct Numbers<R> {
    file: R,
    big: bool,
}

fn pages<R: Read + Seek>(mut file: R) -> io::Result<Vec<Page>> {
    let mut order = [0; 2];
    file.read_exact(&mut order)?;
    let big = match &order {
        b"II" => false,
        b"MM" => true,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    let mut numbers = Numbers { file, big };
    if numbers.short()? != 42 {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut pages = Vec::new();
    let mut next = numbers.long()?;
    while next != 0 {
        if pages.len() == MOST_PAGES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let (page, after) = numbers.page(next)?;
        pages.push(page);
        next = after;
    }
    Ok(pages)
}

impl<R: Read + Seek> Numbers<R> {
    fn short(&mut self) -> io::Result<u16> {
        let mut bytes = [0; 2];
        self.file.read_exact(&mut bytes)?;
        Ok(if self.big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&mut self) -> io::Result<u32> {
        let mut bytes = [0; 4];
        self.file.read_exact(&mut bytes)?;
        Ok(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// One image file directory, and where the next one lies.
    fn page(&mut self, at: u32) -> io::Result<(Page, u32)> {
        self.file.seek(SeekFrom::Start(at.into()))?;
        let entries = self.short()?;
        let mut page = Page { compression: 1, samples: 1, ..Page::default() };
        for entry in 0..entries {
            self.file.seek(SeekFrom::Start(u64::from(at) + 2 + 12 * u64::from(entry)))?;
            self.entry(&mut page)?;
        }
        self.file.seek(SeekFrom::Start(u64::from(at) + 2 + 12 * u64::from(entries)))?;
        Ok((page, self.long()?))
    }

    fn entry(&mut self, page: &mut Page) -> io::Result<()> {
        let (tag, _kind, count) = (self.short()?, self.short()?, self.long()?);
        match tag {
            BITS_PER_SAMPLE if (1..=8).contains(&count) => {
                if count > 2 {
                    let at = self.long()?;
                    self.file.seek(SeekFrom::Start(at.into()))?;
                }
                page.bits = (0..count).map(|_| self.short()).collect::<io::Result<_>>()?;
            }
            COMPRESSION => page.compression = self.short()?,
            PHOTOMETRIC => page.photometric = Some(self.short()?),
            SAMPLES_PER_PIXEL => page.samples = self.short()?,
            COLOR_MAP => page.has_color_map = true,
            PRIVATE.. => page.has_private = true,
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A TIFF of directories only: each a list of tags with a short value.
    fn tiff(pages: &[&[(u16, u16)]]) -> Vec<u8> {
        let mut bytes = b"II\x2a\0\x08\0\0\0".to_vec();
        for (at, tags) in pages.iter().enumerate() {
            bytes.extend((tags.len() as u16).to_le_bytes());
            for (tag, value) in *tags {
                bytes.extend(tag.to_le_bytes());
                bytes.extend(3u16.to_le_bytes());
                bytes.extend(1u32.to_le_bytes());
                bytes.extend(value.to_le_bytes());
                bytes.extend([0, 0]);
            }
            let next = if at + 1 < pages.len() { bytes.len() as u32 + 4 } else { 0 };
            bytes.extend(next.to_le_bytes());
        }
        bytes
    }

    fn judge(pages_of: &[&[(u16, u16)]]) -> Result<(), &'static str> {
        pages(Cursor::new(tiff(pages_of))).unwrap().iter().try_for_each(Page::judge)
    }

    #[test]
    fn each_page_is_judged() {
        let fax: &[_] = &[(BITS_PER_SAMPLE, 1), (COMPRESSION, 4), (PHOTOMETRIC, 0)];
        let grey: &[_] = &[(BITS_PER_SAMPLE, 8), (COMPRESSION, 5), (PHOTOMETRIC, 1)];
        assert_eq!(judge(&[fax, grey]), Ok(()));
        let bare: &[_] = &[(BITS_PER_SAMPLE, 8), (COMPRESSION, 1), (PHOTOMETRIC, 1)];
        assert!(judge(&[fax, bare]).unwrap_err().contains("compressed otherwise"));
        assert!(judge(&[&[(BITS_PER_SAMPLE, 8), (COMPRESSION, 4), (PHOTOMETRIC, 1)]]).is_err());
        assert!(judge(&[&[(BITS_PER_SAMPLE, 16), (COMPRESSION, 5), (PHOTOMETRIC, 1)]]).is_err());
        assert!(judge(&[&[(BITS_PER_SAMPLE, 8), (COMPRESSION, 5), (PHOTOMETRIC, 3)]]).is_err());
        let private: &[_] = &[(BITS_PER_SAMPLE, 8), (COMPRESSION, 5), (PHOTOMETRIC, 1), (34675, 1)];
        assert_eq!(judge(&[private]), Err("a private tag"));
    }

    #[test]
    fn what_is_cut_off_or_goes_round_is_no_tiff() {
        let whole = tiff(&[&[(BITS_PER_SAMPLE, 8)]]);
        for length in 0..whole.len() {
            assert!(pages(Cursor::new(&whole[..length])).is_err(), "{length}");
        }
        let mut round = whole.clone();
        let end = round.len() - 4;
        round[end..].copy_from_slice(&8u32.to_le_bytes());
        assert!(pages(Cursor::new(round)).is_err());
    }
}
