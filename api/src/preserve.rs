//! Copies in formats that last, sealed as a new version beside an original that stays what it is.

use std::io::{self, Cursor, Read};
use std::path::PathBuf;

use archive::{GroupId, ObjectId};
use renderer::pictures::{self, PictureError};

use crate::app::App;
use crate::db::entries::StoredMedia;
use crate::deposit::{self, Deposited, Slip};
use crate::domain::document::{Body, Kind, Media, ORIGINAL, PRESERVATION, Preservation};
use crate::domain::format::puid;
use crate::domain::ids::MediaId;
use crate::domain::media_type::{HEAD_BYTES, sniff_copy};
use crate::problem::Problem;

/// Originals looked at together.
const PAGE: u64 = 500;
/// A picture to be decoded is at most this long, as for its renditions.
const PICTURE_BYTES: u64 = 256 * 1024 * 1024;

/// A copy on its way in.
struct Copy {
    bytes: Box<dyn Read + Send>,
    made_with: String,
}

/// What was made of all pictures of one format.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Preserved {
    pub made: u64,
    /// No decoder here reads them.
    pub undecodable: Vec<MediaId>,
}

/// Seals a copy that some program has made of an original. It is told apart by its content; memory does not grow with it.
pub async fn add(app: &App, id: MediaId, file: PathBuf, made_with: String) -> Result<Deposited, Problem> {
    let stored = app.db.media(id).await?.ok_or(Problem::NotFound)?;
    let opened = tokio::task::spawn_blocking(move || std::fs::File::open(file)).await?;
    let bytes = opened.map_err(|error| Problem::MalformedBody(format!("the copy: {error}")))?;
    seal(app, stored, Copy { bytes: Box::new(bytes), made_with }).await
}

/// Makes and seals a TIFF of every picture of the format `pronom` that has no copy yet. Broken off it can be called again.
pub async fn add_to_all(app: &App, pronom: &str) -> Result<Preserved, Problem> {
    let (mut done, mut after) = (Preserved::default(), None);
    loop {
        let page = app.db.all_media(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(done) };
        after = Some(last.id);
        for stored in page {
            let at_risk = stored.media.pronom.as_deref() == Some(pronom) && stored.media.width.is_some();
            if !at_risk || stored.media.preservation.is_some() {
                continue;
            }
            match tiff(app, &stored).await? {
                Ok(tiff) => {
                    let made_with = format!("livsbog {}", env!("CARGO_PKG_VERSION"));
                    seal(app, stored, Copy { bytes: Box::new(Cursor::new(tiff)), made_with }).await?;
                    done.made += 1;
                }
                Err(_) => done.undecodable.push(stored.id),
            }
        }
    }
}

async fn tiff(app: &App, stored: &StoredMedia) -> Result<Result<Vec<u8>, PictureError>, Problem> {
    let (group, object) = (GroupId(stored.media.child.0), ObjectId(stored.id.0));
    let original = app.archive.open(group, object, 1, ORIGINAL).await?.read_all(PICTURE_BYTES).await?;
    Ok(tokio::task::spawn_blocking(move || pictures::preservation_copy(&original)).await?)
}

async fn seal(app: &App, stored: StoredMedia, copy: Copy) -> Result<Deposited, Problem> {
    let StoredMedia { id, deposited_by, media } = stored;
    let version = app.db.latest_version(id.0).await? + 1;
    let (group, at) = (media.child.0, app.now());
    let slip = Slip { id: id.0, version, group, kind: Kind::Media, by: deposited_by, at };
    let staging = deposit::stage(app, &slip).await?;
    let mut writer = staging.file(PRESERVATION)?;
    let Copy { mut bytes, made_with } = copy;
    let written = tokio::task::spawn_blocking(move || -> Result<_, archive::Error> {
        let mut head = Vec::new();
        bytes.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        io::copy(&mut Cursor::new(&head).chain(bytes), &mut writer)?;
        Ok((head, writer.finish()?))
    });
    let (head, file) = written.await??;
    let media_type = sniff_copy(&head).map_err(Problem::UnsupportedMedia)?;
    let preservation = Preservation {
        sha256: file.plain.to_string(),
        crc32: file.plain_crc32,
        size_bytes: file.plain_bytes,
        media_type: media_type.to_owned(),
        pronom: puid(&head, media_type).map(str::to_owned),
        made_with,
        made_at: at,
    };
    let born = app.db.child(media.child).await?.map(|child| child.born);
    let body = Body::Media(Media { preservation: Some(preservation), ..media });
    deposit::commit(app, slip, staging, body, born, None).await
}
