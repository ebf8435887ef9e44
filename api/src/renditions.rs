//! Pictures as people see them: small, upright, without a trace of camera or place. Made when first needed, kept
//! encrypted under the original's own key beside the archive, and disposable.

use std::path::PathBuf;

use archive::{GroupId, ObjectId};
use renderer::pictures::{self, PictureError, Renditions};

use crate::app::App;
use crate::db::entries::StoredMedia;
use crate::domain::document;
use crate::domain::ids::MediaId;
use crate::problem::Problem;

/// The sizes, by their longest side in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 320
    Small,
    /// 1280
    Medium,
    /// 2048
    Large,
}

impl Size {
    pub const ALL: [Size; 3] = [Self::Small, Self::Medium, Self::Large];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.as_str() == name)
    }
}

/// Pictures are at most this long: see `Limits::photo_bytes`, with room for one configured larger.
const ORIGINAL_BYTES: u64 = 256 * 1024 * 1024;

fn cache_path(app: &App, media: MediaId, size: Size) -> PathBuf {
    let id = media.to_string();
    app.data.join("cache").join(&id[..2]).join(format!("{id}.{}.age", size.as_str()))
}

/// A rendition from the cache; `None` while it is not made.
pub async fn cached(app: &App, stored: &StoredMedia, size: Size) -> Result<Option<Vec<u8>>, Problem> {
    let sealed = match tokio::fs::read(cache_path(app, stored.id, size)).await {
        Ok(sealed) => sealed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Problem::Internal(format!("cache: {error}"))),
    };
    // A file the key does not open is as good as none: it is made again.
    Ok(app.archive.open_copy(GroupId(stored.media.child.0), ObjectId(stored.id.0), &sealed).await.ok())
}

/// Makes the three renditions of a picture, unless they are there. A picture that cannot be decoded gets a neutral one.
pub async fn make(app: &App, media: MediaId) -> Result<(), Problem> {
    let Some(stored) = app.db.media(media).await? else { return Ok(()) };
    if stored.media.width.is_none() || cached(app, &stored, Size::Large).await?.is_some() {
        return Ok(());
    }
    let slot = app
        .picture_slots
        .clone()
        .acquire_owned()
        .await
        .map_err(|error| Problem::Internal(error.to_string()))?;
    let (group, object) = (GroupId(stored.media.child.0), ObjectId(media.0));
    let original =
        app.archive.open(group, object, 1, document::ORIGINAL).await?.read_all(ORIGINAL_BYTES).await?;
    let made = tokio::task::spawn_blocking(move || {
        let _slot = slot;
        pictures::renditions(&original)
    })
    .await?;
    let made = match made {
        Ok(made) => made,
        Err(PictureError::Undecodable(_) | PictureError::TooManyPixels { .. }) => neutral(),
    };
    for (size, rendition) in
        [(Size::Small, made.small), (Size::Medium, made.medium), (Size::Large, made.large)]
    {
        let sealed = app.archive.seal_copy(group, object, &rendition.jpeg).await?;
        put(cache_path(app, media, size), sealed).await?;
    }
    Ok(())
}

fn neutral() -> Renditions {
    let picture = pictures::neutral_picture();
    Renditions { small: picture.clone(), medium: picture.clone(), large: picture }
}

/// Puts a file into the cache in one step. Not fsynced: what a power cut takes is made again.
async fn put(path: PathBuf, bytes: bytes::Bytes) -> Result<(), Problem> {
    tokio::task::spawn_blocking(move || -> std::io::Result<()> {
        let parent = path.parent().unwrap_or(&path);
        std::fs::create_dir_all(parent)?;
        let mut file = tempfile::NamedTempFile::new_in(parent)?;
        std::io::Write::write_all(&mut file, &bytes)?;
        file.persist(&path)?;
        Ok(())
    })
    .await?
    .map_err(|error| match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Problem::StorageFull,
        _ => Problem::Internal(format!("cache: {error}")),
    })
}
