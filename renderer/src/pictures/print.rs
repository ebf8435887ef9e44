//! A picture as it goes into a PDF: a JPEG's own picture data where that can be, a new JPEG where it cannot.

use std::io::Cursor;

use super::decode::{decode, wide_profile};
use super::jpeg::is_frame;
use super::renditions::encode;
use super::{Format, Inspected, PictureError, inspect};

/// Paper shows more than a screen does.
const QUALITY: u8 = 90;

const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;
const COM: u8 = 0xFE;
const ICC_HEADER: &[u8] = b"ICC_PROFILE\0";

/// A JPEG without metadata, in grey or sRGB, as a PDF's `DCTDecode` filter takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintPicture {
    /// The file: no APPn but Adobe's colour transform where it is needed, no comment.
    pub jpeg: Vec<u8>,
    /// Width of the stored pixels, before turning.
    pub width: u32,
    /// Height of the stored pixels, before turning.
    pub height: u32,
    /// EXIF orientation 1 to 8 of the stored pixels, to be applied by the page's matrix.
    pub orientation: u8,
    /// 1 is grey, 3 is sRGB.
    pub components: u8,
}

/// Makes a picture ready for print. Grey and sRGB (or untagged) JPEGs keep their picture data to the byte.
///
/// # Errors
/// [`PictureError`] where the picture can neither pass through nor be decoded.
pub fn print_picture(bytes: &[u8]) -> Result<PrintPicture, PictureError> {
    let facts = inspect(Cursor::new(bytes), bytes.len() as u64)?;
    match passed_through(bytes, facts) {
        Some(picture) => Ok(picture),
        None => re_encoded(bytes),
    }
}

fn re_encoded(bytes: &[u8]) -> Result<PrintPicture, PictureError> {
    let pixels = decode(bytes)?.finish();
    let made = encode(&pixels, QUALITY)?;
    let components = if pixels.color().has_color() { 3 } else { 1 };
    let PrintPicture { jpeg, .. } =
        stripped(&made.jpeg).ok_or_else(|| PictureError::Undecodable("the encoder made no JPEG".into()))?;
    Ok(PrintPicture { jpeg, width: made.width, height: made.height, orientation: 1, components })
}

fn passed_through(bytes: &[u8], facts: Inspected) -> Option<PrintPicture> {
    if facts.format != Format::Jpeg {
        return None;
    }
    let picture = stripped(bytes)?;
    Some(PrintPicture { orientation: facts.orientation, ..picture })
}

/// One marker segment of a JPEG file, its four bytes of marker and length included.
struct Segment<'a> {
    marker: u8,
    whole: &'a [u8],
}

impl<'a> Segment<'a> {
    fn body(&self) -> &'a [u8] {
        &self.whole[4..]
    }
}

/// The picture without its metadata; nothing where a PDF cannot show the picture data as sRGB or grey.
fn stripped(bytes: &[u8]) -> Option<PrintPicture> {
    let mut jpeg = Vec::with_capacity(bytes.len());
    jpeg.extend_from_slice(&bytes[..2]);
    let mut icc = Vec::new();
    let mut frame = None;
    let mut at = 2;
    loop {
        let segment = segment_at(bytes, at)?;
        at += segment.whole.len();
        match segment.marker {
            SOS => break jpeg.extend_from_slice(segment.whole),
            APP14 if segment.body().starts_with(b"Adobe") => jpeg.extend_from_slice(segment.whole),
            APP2 if segment.body().starts_with(ICC_HEADER) => icc.push(segment.body()),
            APP0..=APP15 | COM => {}
            marker => {
                if is_frame(marker) {
                    frame = Some(frame_of(&segment)?);
                }
                jpeg.extend_from_slice(segment.whole);
            }
        }
        at = next_segment(bytes, at)?;
    }
    copy_scans(bytes, at, &mut jpeg)?;
    let (width, height, components) = frame?;
    if components == 3 && wide_profile(&assembled(icc)).is_some() {
        return None;
    }
    Some(PrintPicture { jpeg, width, height, orientation: 1, components })
}

/// Fill bytes may stand before a marker.
fn next_segment(bytes: &[u8], mut at: usize) -> Option<usize> {
    while bytes.get(at..at + 2)? == [0xFF, 0xFF] {
        at += 1;
    }
    Some(at)
}

fn segment_at(bytes: &[u8], at: usize) -> Option<Segment<'_>> {
    let [0xFF, marker, high, low] = *bytes.get(at..at + 4)? else { return None };
    let len = usize::from(u16::from_be_bytes([high, low]));
    let whole = bytes.get(at..at + 2 + len.max(2))?;
    Some(Segment { marker, whole })
}

/// PDF readers take baseline and progressive Huffman JPEGs of eight bits (ISO 32000-1, 7.4.8).
fn frame_of(segment: &Segment) -> Option<(u32, u32, u8)> {
    let body = segment.body();
    let [precision, h1, h0, w1, w0, components] = *body.get(..6)? else { return None };
    let fits = matches!(segment.marker, 0xC0..=0xC2) && precision == 8 && matches!(components, 1 | 3);
    let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
    fits.then(|| (side(w1, w0), side(h1, h0), components))
}

/// Copies everything from the first scan's data to the end of the image, except metadata between scans; what follows
/// the end (previews, films, depth maps) stays behind.
fn copy_scans(bytes: &[u8], mut at: usize, jpeg: &mut Vec<u8>) -> Option<()> {
    loop {
        let start = at;
        while !matches!(bytes.get(at..at + 2)?, [0xFF, marker] if !matches!(marker, 0x00 | 0xD0..=0xD7 | 0xFF))
        {
            at += 1;
        }
        jpeg.extend_from_slice(&bytes[start..at]);
        if bytes[at + 1] == EOI {
            jpeg.extend_from_slice(&[0xFF, EOI]);
            return Some(());
        }
        let segment = segment_at(bytes, at)?;
        at += segment.whole.len();
        if !matches!(segment.marker, APP0..=APP15 | COM) {
            jpeg.extend_from_slice(segment.whole);
        }
    }
}

/// A profile may be cut into numbered pieces (ICC.1, annex B.4).
fn assembled(mut pieces: Vec<&[u8]>) -> Vec<u8> {
    const AHEAD: usize = ICC_HEADER.len() + 2;
    pieces.sort_by_key(|piece| piece.get(ICC_HEADER.len()).copied());
    pieces.iter().filter_map(|piece| piece.get(AHEAD..)).flatten().copied().collect()
}
