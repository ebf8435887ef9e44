//! Pictures as people see them: small, upright, without a trace of camera or place. Made when first needed, kept
//! encrypted under the original's own key beside the archive, and disposable.

use std::path::PathBuf;

use archive::{GroupId, ObjectId};
use renderer::pictures::{self, PictureError, Renditions};
use uuid::Uuid;

use crate::app::App;
use crate::domain::ids::{ChildId, MediaId};
use crate::domain::{document, redaction};
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

/// A picture as it lies in the archive: as it came, or its copy with spots covered.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    group: GroupId,
    object: ObjectId,
    version: u32,
    file: &'static str,
}

impl Source {
    pub fn original(child: ChildId, id: MediaId) -> Self {
        let (group, object) = (GroupId(child.0), ObjectId(id.0));
        Self { group, object, version: 1, file: document::ORIGINAL }
    }

    /// A copy that is sealed with the record `object` of its covers.
    pub fn covered(child: ChildId, object: Uuid, copy: &redaction::Copy) -> Self {
        let (group, object) = (GroupId(child.0), ObjectId(object));
        Self { group, object, version: copy.version, file: document::COVERED }
    }
}

impl Source {
    /// All of it, as it lies in the archive.
    pub async fn read(self, app: &App, most_bytes: u64) -> Result<Vec<u8>, Problem> {
        let content = app.archive.open(self.group, self.object, self.version, self.file).await?;
        Ok(content.read_all(most_bytes).await?)
    }
}

fn cache_path(app: &App, source: Source, name: &str) -> PathBuf {
    let id = source.object.0.to_string();
    app.data.join("cache").join(&id[..2]).join(format!("{id}.v{}.{name}.age", source.version))
}

/// A rendition from the cache; `None` while it is not made.
pub async fn cached(app: &App, source: Source, size: Size) -> Result<Option<Vec<u8>>, Problem> {
    kept(app, source, size.as_str()).await
}

/// The same of one that has another name than a size.
pub async fn kept(app: &App, source: Source, name: &str) -> Result<Option<Vec<u8>>, Problem> {
    let sealed = match tokio::fs::read(cache_path(app, source, name)).await {
        Ok(sealed) => sealed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Problem::Internal(format!("cache: {error}"))),
    };
    // A file the key does not open is as good as none: it is made again.
    Ok(app.archive.open_copy(source.group, source.object, &sealed).await.ok())
}

/// Makes the three renditions of a picture as it came, unless they are there.
pub async fn make(app: &App, media: MediaId) -> Result<(), Problem> {
    match app.db.media(media).await? {
        Some(stored) if stored.media.width.is_some() => {
            make_of(app, Source::original(stored.media.child, media)).await
        }
        _ => Ok(()),
    }
}

/// The same of any picture. One that cannot be decoded gets a neutral one.
pub async fn make_of(app: &App, source: Source) -> Result<(), Problem> {
    if cached(app, source, Size::Large).await?.is_some() {
        return Ok(());
    }
    let slot = app
        .picture_slots
        .clone()
        .acquire_owned()
        .await
        .map_err(|error| Problem::Internal(error.to_string()))?;
    let original = source.read(app, ORIGINAL_BYTES).await?;
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
        keep(app, source, size.as_str(), &rendition.jpeg).await?;
    }
    Ok(())
}

/// Puts something that was made of `source` into the cache, encrypted.
pub async fn keep(app: &App, source: Source, name: &str, made: &[u8]) -> Result<(), Problem> {
    let sealed = app.archive.seal_copy(source.group, source.object, made).await?;
    put(cache_path(app, source, name), sealed).await
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
