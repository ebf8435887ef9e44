//! Files as they were received, in the forms that the national archive takes. Nothing is lost that need not be: pictures are
//! compressed without loss, sound becomes PCM, and what is in such a form already is left as it is.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::Duration;

use archive::{GroupId, ObjectId};
use avid::Format;
use chrono::NaiveDate;
use renderer::pdf::text_pdf;
use tempfile::TempDir;

use crate::app::App;
use crate::db::entries::StoredMedia;
use crate::domain::document::{ORIGINAL, PRESERVATION};
use crate::problem::Problem;
use crate::program::{FFMPEG, PDFTOPPM, RunError, TIFFCP, VIPSTHUMBNAIL, run};

/// The file to be converted, in its folder.
const SOURCE: &str = "original";
/// Pages are drawn at so many dots an inch.
const RESOLUTION: &str = "200";
const PICTURE: Duration = Duration::from_secs(120);
const PAPER: Duration = Duration::from_secs(900);
const RECORDING: Duration = Duration::from_secs(4 * 3600);
/// A plain text is read into memory.
const TEXT_BYTES: u64 = 16 << 20;

/// A file in a folder that goes with it.
pub struct Converted {
    pub path: PathBuf,
    pub format: Format,
    _folder: TempDir,
}

/// Why a file is not in the delivery.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unconverted {
    /// No program here makes one of the forms from this one.
    #[error("no program here converts {0}; add a PDF or a TIFF of it with `livsbog preserve`")]
    NoWay(String),
    #[error("{0}; add a copy in another format with `livsbog preserve`")]
    Program(#[from] RunError),
    /// Not in the storage, or not as it was sealed.
    #[error("it is missing or damaged; `livsbog verify` tells which file, `livsbog repair` brings it back")]
    Damaged,
}

/// Why the conversion itself could not be tried.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    #[error(transparent)]
    Unconverted(#[from] Unconverted),
    #[error(transparent)]
    Problem(#[from] Problem),
    #[error("scratch file: {0}")]
    Io(#[from] io::Error),
}

impl From<RunError> for ConvertError {
    fn from(error: RunError) -> Self {
        Self::Unconverted(error.into())
    }
}

/// A given file, from its preservation copy where that is nearer to what is wanted. `scratch` is where folders are made.
pub async fn convert(app: &App, stored: &StoredMedia, scratch: &Path) -> Result<Converted, ConvertError> {
    let copy = stored.media.preservation.as_ref().filter(|copy| way(&copy.media_type).is_some());
    let (name, media_type) = match copy {
        Some(copy) => (PRESERVATION, &copy.media_type),
        None => (ORIGINAL, &stored.media.media_type),
    };
    let Some(way) = way(media_type) else { return Err(Unconverted::NoWay(media_type.clone()).into()) };
    let folder = tempfile::Builder::new().prefix(".konvertering-").tempdir_in(scratch)?;
    fetch(app, stored, name, &folder.path().join(SOURCE)).await?;
    let (made, format) = way.walk(folder.path(), app.today()).await?;
    Ok(Converted { path: folder.path().join(made), format, _folder: folder })
}

/// A text of our own as a TIFF.
pub async fn text(
    title: &str,
    text: &str,
    day: NaiveDate,
    scratch: &Path,
) -> Result<Converted, ConvertError> {
    let folder = tempfile::Builder::new().prefix(".konvertering-").tempdir_in(scratch)?;
    print(title, text, day, &folder.path().join(SOURCE))?;
    let made = pages(folder.path()).await?;
    Ok(Converted { path: folder.path().join(made), format: Format::Tiff, _folder: folder })
}

/// How a kind of file is converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One picture, or several in a file.
    Picture {
        several: bool,
    },
    Paper,
    Text,
    Sound,
    Film,
    /// It is in a form already.
    AsItIs(Format),
}

fn way(media_type: &str) -> Option<Way> {
    Some(match media_type {
        "image/gif" | "image/tiff" => Way::Picture { several: true },
        "image/jp2" => Way::AsItIs(Format::Jpeg2000),
        "application/pdf" => Way::Paper,
        "text/plain" => Way::Text,
        "audio/mpeg" => Way::AsItIs(Format::Mp3),
        picture if picture.starts_with("image/") => Way::Picture { several: false },
        sound if sound.starts_with("audio/") => Way::Sound,
        film if film.starts_with("video/") => Way::Film,
        _ => return None,
    })
}

impl Way {
    /// Answers the name of what was made in `folder`.
    async fn walk(self, folder: &Path, day: NaiveDate) -> Result<(String, Format), ConvertError> {
        let made = match self {
            Self::Picture { several } => (picture(folder, several).await?, Format::Tiff),
            Self::Paper => (pages(folder).await?, Format::Tiff),
            Self::Text => {
                let written = read_text(&folder.join(SOURCE))?;
                print("", &written, day, &folder.join(SOURCE))?;
                (pages(folder).await?, Format::Tiff)
            }
            Self::Sound => (sound(folder).await?, Format::Wav),
            Self::Film => (film(folder).await?, Format::Mpeg),
            Self::AsItIs(format) => (SOURCE.to_owned(), format),
        };
        Ok(made)
    }
}

/// Upright, in sRGB, eight bits a sample, as large as it is, without what the camera wrote.
async fn picture(folder: &Path, several: bool) -> Result<String, RunError> {
    let source = if several { format!("{SOURCE}[n=-1]") } else { SOURCE.to_owned() };
    let arguments = [
        source.as_str(),
        "--size",
        "100000x100000>",
        "--export-profile",
        "srgb",
        "--output",
        "made.tif[compression=lzw,predictor=horizontal,strip]",
    ];
    run(VIPSTHUMBNAIL, folder, &arguments, PICTURE).await?;
    Ok("made.tif".into())
}

/// The pages of a PDF, one after the other in one TIFF.
async fn pages(folder: &Path) -> Result<String, ConvertError> {
    let draw = ["-tiff", "-tiffcompression", "lzw", "-r", RESOLUTION, SOURCE, "page"];
    run(PDFTOPPM, folder, &draw, PAPER).await?;
    let mut drawn = Vec::new();
    for file in std::fs::read_dir(folder)? {
        drawn.push(file?.file_name().to_string_lossy().into_owned());
    }
    // pdftoppm fills the numbers up with zeros.
    drawn.retain(|name| name.starts_with("page-"));
    drawn.sort();
    if drawn.is_empty() {
        return Err(RunError::Failed(PDFTOPPM).into());
    }
    let mut join = vec!["-c".to_owned(), "lzw".into()];
    join.extend(drawn);
    join.push("made.tif".into());
    run(TIFFCP, folder, &join, PAPER).await?;
    Ok("made.tif".into())
}

async fn sound(folder: &Path) -> Result<String, RunError> {
    let how = ["-map", "0:a:0", "-c:a", "pcm_s16le", "-flags:a", "+bitexact", "-f", "wav"];
    ffmpeg(folder, &how, "made.wav").await
}

/// MPEG-2 in a program stream, at the highest of its qualities; ffmpeg chooses the nearest of MPEG-2's picture rates.
async fn film(folder: &Path) -> Result<String, RunError> {
    let streams = ["-map", "0:v:0", "-map", "0:a:0?", "-threads", "1", "-f", "vob"];
    let pictures = ["-c:v", "mpeg2video", "-q:v", "2", "-pix_fmt", "yuv420p", "-flags:v", "+bitexact"];
    let sound = ["-c:a", "mp2", "-b:a", "256k", "-flags:a", "+bitexact"];
    ffmpeg(folder, &[&streams[..], &pictures, &sound].concat(), "made.mpg").await
}

/// Without what the recorder wrote, and the same bytes each time.
async fn ffmpeg(folder: &Path, how: &[&str], made: &str) -> Result<String, RunError> {
    let read = ["-nostdin", "-v", "error", "-i", SOURCE, "-map_metadata", "-1", "-fflags", "+bitexact"];
    run(FFMPEG, folder, &[&read[..], how, &[made]].concat(), RECORDING).await?;
    Ok(made.to_owned())
}

fn read_text(path: &Path) -> Result<String, ConvertError> {
    let bytes = std::fs::read(path)?;
    if bytes.len() as u64 > TEXT_BYTES {
        return Err(Unconverted::NoWay("a text of that length".into()).into());
    }
    // As it was told apart when it came in: UTF-8, or Latin-1.
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| error.as_bytes().iter().map(|byte| char::from(*byte)).collect()))
}

fn print(title: &str, text: &str, day: NaiveDate, path: &Path) -> Result<(), ConvertError> {
    let mut out = BufWriter::new(File::create(path)?);
    text_pdf(title, text, day, &mut out).map_err(io::Error::other)?;
    Ok(io::Write::flush(&mut out)?)
}

/// Every byte is authenticated on its way; what fails is not converted.
async fn fetch(app: &App, stored: &StoredMedia, name: &str, to: &Path) -> Result<(), ConvertError> {
    let version =
        if name == ORIGINAL { 1 } else { app.db.latest_version(stored.id.0).await.map_err(Problem::from)? };
    let (group, object) = (GroupId(stored.media.child.0), ObjectId(stored.id.0));
    let content = match app.archive.open(group, object, version, name).await {
        Ok(content) => content,
        Err(error) => return Err(judged(error)),
    };
    let to = to.to_owned();
    let copied = tokio::task::spawn_blocking(move || {
        let mut out = File::create(to)?;
        io::copy(&mut content.into_reader(), &mut out)
    });
    match copied.await.map_err(Problem::from)? {
        Ok(_) => Ok(()),
        Err(error) => match error.get_ref().and_then(|cause| cause.downcast_ref()) {
            Some(archive::Error::Alarm { .. }) => Err(Unconverted::Damaged.into()),
            _ => Err(error.into()),
        },
    }
}

fn judged(error: archive::Error) -> ConvertError {
    match error {
        archive::Error::NotFound | archive::Error::KeyDestroyed | archive::Error::Alarm { .. } => {
            Unconverted::Damaged.into()
        }
        other => Problem::from(other).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_taken_in_has_a_way_or_is_told_of() {
        assert_eq!(way("image/heic"), Some(Way::Picture { several: false }));
        assert_eq!(way("image/gif"), Some(Way::Picture { several: true }));
        assert_eq!(way("application/pdf"), Some(Way::Paper));
        assert_eq!(way("audio/mpeg"), Some(Way::AsItIs(Format::Mp3)));
        assert_eq!(way("audio/webm"), Some(Way::Sound));
        assert_eq!(way("video/mp4"), Some(Way::Film));
        assert_eq!(way("application/msword"), None);
        assert_eq!(way("message/rfc822"), None);
    }
}
