//! The files on a page, with the addresses they are served at.

use serde::Serialize;

use crate::book::{Attachment, Picture};
use crate::spoken;

/// Longest sides of the renditions in pixels, as served under `/api/v1/media/{id}/{name}`.
const RENDITIONS: [(&str, u32); 3] = [("small", 320), ("medium", 1280), ("large", 2048)];

/// A picture with its addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureView {
    /// The media's id.
    pub id: String,
    /// What it shows, in words.
    pub alt: String,
    /// Width in pixels, upright, of the largest rendition.
    pub width: u32,
    /// Height in pixels, upright, of the largest rendition.
    pub height: u32,
    /// The address for browsers that choose none of `srcset`.
    pub src: String,
    /// The renditions with their widths.
    pub srcset: String,
    /// The address of the largest rendition.
    pub large: String,
}

impl PictureView {
    /// The addresses and sizes of `picture`'s renditions.
    pub fn new(picture: &Picture) -> Self {
        let address = |name: &str| format!("/api/v1/media/{}/{name}", picture.id);
        let (width, height) = scaled(picture, RENDITIONS[2].1);
        let mut srcset: Vec<(u32, String)> = RENDITIONS
            .iter()
            .map(|(name, longest)| (scaled(picture, *longest).0, format!("{} ", address(name))))
            .collect();
        // A small original has several renditions of one width; a browser may be told of only one.
        srcset.dedup_by_key(|(width, _)| *width);
        Self {
            id: picture.id.clone(),
            alt: picture.alt.clone(),
            width,
            height,
            src: address("medium"),
            srcset: srcset.iter().map(|(w, url)| format!("{url}{w}w")).collect::<Vec<_>>().join(", "),
            large: address("large"),
        }
    }
}

/// The size of a rendition whose longest side is at most `longest`; never enlarged, never nothing.
fn scaled(picture: &Picture, longest: u32) -> (u32, u32) {
    let side = picture.width.max(picture.height).max(1);
    let fit = |length: u32| {
        let scaled = u64::from(length) * u64::from(longest.min(side)) / u64::from(side);
        u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
    };
    (fit(picture.width), fit(picture.height))
}

/// A file on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    /// The address of the original.
    pub href: String,
    /// The file's name as its giver called it.
    pub name: String,
    /// For example `application/pdf`.
    pub media_type: String,
    /// Length in bytes.
    pub size_bytes: u64,
    /// How it is shown.
    pub shown_as: FileKind,
    /// The media's id.
    pub id: String,
    /// What is said in it, to be read.
    pub words: Vec<String>,
    /// The words have their times, so that they can be shown while they are said.
    pub timed: bool,
    /// It is the page's own text, read aloud by somebody.
    pub reads: bool,
}

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A player for listening.
    Sound,
    /// A player for watching.
    Video,
    /// A tile to fetch it.
    File,
}

impl AttachmentView {
    /// The address of `file`, and how it is shown.
    pub fn new(file: &Attachment) -> Self {
        let shown_as = match file.media_type.split('/').next() {
            Some("audio") => FileKind::Sound,
            Some("video") => FileKind::Video,
            _ => FileKind::File,
        };
        Self {
            href: format!("/api/v1/media/{}/original", file.id),
            name: match shown_as {
                FileKind::File => file.name.clone(),
                FileKind::Sound | FileKind::Video => spoken::name(&file.name).to_owned(),
            },
            media_type: file.media_type.clone(),
            size_bytes: file.size_bytes,
            shown_as,
            id: file.id.clone(),
            words: file.words.as_deref().map(spoken::paragraphs).unwrap_or_default(),
            timed: file.words.as_deref().is_some_and(spoken::is_timed),
            reads: file.reads && matches!(shown_as, FileKind::Sound),
        }
    }
}
