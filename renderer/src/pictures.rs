//! The one door to image bytes: what a file is, whether it is whole, and what may be shown of it.
//!
//! [`inspect`] walks a file's structure without decoding a pixel and in constant memory, because decoders read many a
//! truncated file without an error. [`renditions`] and [`print_picture`] decode, behind limits.

mod bmff;
mod covered;
mod decode;
mod exif;
mod gif;
mod jpeg;
mod png;
mod preservation;
mod print;
mod renditions;
mod scan;
mod tiff;
mod webp;

use std::io::{self, Read, Seek};

use chrono::NaiveDateTime;

pub use covered::{Spot, covered, cut_out};
pub use preservation::preservation_copy;
pub use print::{PrintPicture, print_picture};
pub use renditions::{
    LARGE_SIDE, MEDIUM_SIDE, Rendition, Renditions, SMALL_SIDE, neutral_picture, renditions,
};

use scan::Scan;

/// No picture has more pixels than this.
pub const MAX_PIXELS: u64 = 100_000_000;
/// No picture is wider or taller than this, in pixels.
pub const MAX_SIDE: u32 = 20_000;

/// A kind of picture that is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
    /// WebP (RFC 9649).
    WebP,
    /// HEIF with HEVC pictures (ISO/IEC 23008-12).
    Heic,
    /// HEIF with AV1 pictures.
    Avif,
    /// TIFF 6.0.
    Tiff,
    /// GIF 87a and 89a.
    Gif,
}

impl Format {
    /// The IANA media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Tiff => "image/tiff",
            Self::Gif => "image/gif",
        }
    }
}

/// What the structure of a whole picture tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspected {
    /// Told by content, never by name.
    pub format: Format,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// How the stored pixels are to be turned, EXIF orientation 1 to 8. HEIF carries its turning by itself: 1.
    pub orientation: u8,
    /// The camera's clock when the picture was taken, where it is told.
    pub taken_at: Option<NaiveDateTime>,
}

/// Why a file is not taken in as a picture.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// None of the accepted formats.
    #[error("the file is not a picture of an accepted kind")]
    NotAPicture,
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// The file ends before its picture does.
    #[error("the picture is not whole: the end is missing")]
    Truncated,
    /// The structure contradicts itself.
    #[error("the picture is damaged")]
    Damaged,
    /// Too large to decode safely.
    #[error("the picture is {width} x {height} pixels, more than can be taken in")]
    TooManyPixels {
        /// Width in pixels as the header says.
        width: u32,
        /// Height in pixels as the header says.
        height: u32,
    },
    /// An accepted format in a variant that is not.
    #[error("this variant of the format is not taken in")]
    Unsupported,
    /// The bytes could not be read.
    #[error("the picture could not be read")]
    Io(#[source] io::Error),
}

impl From<io::Error> for Refusal {
    fn from(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated,
            _ => Self::Io(cause),
        }
    }
}

/// Why a picture that was taken in cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// No decoder here reads it (AVIF), or the one there is gave up. The text is for the log; it holds nothing personal.
    #[error("the picture cannot be decoded: {0}")]
    Undecodable(String),
    /// Too large to decode safely.
    #[error("the picture is {width} x {height} pixels, more than can be shown")]
    TooManyPixels {
        /// Width in pixels as the header says.
        width: u32,
        /// Height in pixels as the header says.
        height: u32,
    },
}

impl From<Refusal> for PictureError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TooManyPixels { width, height } => Self::TooManyPixels { width, height },
            other => Self::Undecodable(other.to_string()),
        }
    }
}

/// Where a book's pictures come from.
pub trait PictureSource {
    /// The original bytes of a picture; `None` where there are none for this reader.
    ///
    /// # Errors
    /// When the bytes are there and could not be read or verified.
    fn original(&self, id: &str) -> Result<Option<Vec<u8>>, io::Error>;
}

/// What a walk through a file's structure finds.
struct Walk {
    width: u32,
    height: u32,
    /// Where the EXIF block lies, if there is one.
    exif: Option<Extent>,
    /// The file turns the picture by a quarter itself (HEIF `irot`).
    quarter_turned: bool,
    orientation: Option<u8>,
    taken_at: Option<NaiveDateTime>,
}

impl Walk {
    fn of(width: u32, height: u32) -> Self {
        Self { width, height, exif: None, quarter_turned: false, orientation: None, taken_at: None }
    }
}

/// A stretch of a file in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Extent {
    offset: u64,
    len: u64,
}

/// Tells what a picture is and whether all of it is there, without decoding it and without holding it in memory.
/// `len` is the length of the whole file in bytes.
///
/// # Errors
/// [`Refusal`] says why the file is not a whole picture within the limits [`MAX_PIXELS`] and [`MAX_SIDE`].
pub fn inspect(reader: impl Read + Seek, len: u64) -> Result<Inspected, Refusal> {
    if len == 0 {
        return Err(Refusal::Empty);
    }
    let mut scan = Scan::new(reader, len);
    let format = sniff(&mut scan)?;
    scan.seek(0)?;
    let walk = match format {
        Format::Jpeg => jpeg::walk(&mut scan),
        Format::Png => png::walk(&mut scan),
        Format::WebP => webp::walk(&mut scan),
        Format::Gif => gif::walk(&mut scan),
        Format::Tiff => tiff::walk(&mut scan),
        Format::Heic | Format::Avif => bmff::walk(&mut scan),
    }?;
    let camera = exif::read(&mut scan, walk.exif);
    let orientation = match format {
        Format::Heic | Format::Avif => 1,
        _ => walk.orientation.or(camera.orientation).unwrap_or(1),
    };
    let turned = walk.quarter_turned || orientation >= 5;
    let (width, height) = if turned { (walk.height, walk.width) } else { (walk.width, walk.height) };
    Ok(Inspected { format, width, height, orientation, taken_at: walk.taken_at.or(camera.taken_at) })
}

fn sniff<R: Read + Seek>(scan: &mut Scan<R>) -> Result<Format, Refusal> {
    let head = scan.peek_up_to(64)?;
    let is = |at: usize, magic: &[u8]| head.get(at..at + magic.len()) == Some(magic);
    if is(0, b"\xFF\xD8\xFF") {
        Ok(Format::Jpeg)
    } else if is(0, b"\x89PNG\r\n\x1A\n") {
        Ok(Format::Png)
    } else if is(0, b"RIFF") && is(8, b"WEBP") {
        Ok(Format::WebP)
    } else if is(0, b"GIF87a") || is(0, b"GIF89a") {
        Ok(Format::Gif)
    } else if is(0, b"II*\0") || is(0, b"MM\0*") {
        Ok(Format::Tiff)
    } else if is(0, b"II+\0") || is(0, b"MM\0+") {
        Err(Refusal::Unsupported)
    } else if is(4, b"ftyp") {
        bmff::brand(&head).ok_or(Refusal::NotAPicture)
    } else {
        Err(Refusal::NotAPicture)
    }
}

/// Refuses what would be too large to decode; asked as soon as a header has told the size.
fn within_limits(width: u32, height: u32) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Refusal::TooManyPixels { width, height });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
