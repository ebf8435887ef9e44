use std::path::Path;

use crate::error::Error;
use crate::{files, tiff};

/// The forms in which a document may be delivered (4.G.8, 5.E, 5.F), without geodata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Tiff,
    Jpeg2000,
    Mp3,
    Wav,
    /// MPEG-2 or MPEG-4.
    Mpeg,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Tiff => "tif",
            Self::Jpeg2000 => "jp2",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Mpeg => "mpg",
        }
    }

    /// Refuses a file that is something else, and a TIFF that the order does not allow.
    pub(crate) fn check(self, path: &Path) -> Result<(), Error> {
        let head = files::head(path, 16)?;
        let is_what_it_says = match self {
            Self::Tiff => return tiff::check(path),
            Self::Jpeg2000 => head.starts_with(b"\0\0\0\x0cjP  \r\n\x87\n"),
            Self::Mp3 => {
                head.starts_with(b"ID3") || matches!(head[..], [0xFF, second, ..] if second & 0xE6 == 0xE2)
            }
            Self::Wav => head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE"),
            Self::Mpeg => is_mpeg(&head),
        };
        if is_what_it_says {
            return Ok(());
        }
        Err(Error::refused(self.extension(), "the file is not of the form it is delivered as", "4.G.8"))
    }
}

/// A program stream of MPEG-2 (pack header), a transport stream, or the container of MPEG-4.
fn is_mpeg(head: &[u8]) -> bool {
    head.starts_with(&[0, 0, 1, 0xBA]) || head.first() == Some(&0x47) || head.get(4..8) == Some(b"ftyp")
}
