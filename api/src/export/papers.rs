//! Which file of the archive comes under which name, and what is made beside it: small pictures and plain texts.

use std::collections::{HashMap, hash_map};

use archive::package::Draft;
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::life::{Life, Page, Piece};
use super::names::{dated, ending, plain, stem};
use super::outcome::Outcome;
use super::{covers, told, versions};
use crate::app::App;
use crate::domain::document::{Body, Envelope, Media};
use crate::domain::ids::MediaId;
use crate::domain::media_type;
use crate::domain::redaction::{Copy, CoveredFile};
use crate::problem::Problem;
use crate::renditions::{self, Size, Source};

/// The printed book.
pub const BOOK: &str = "data/bog/bog.pdf";
/// The longest side of a small picture.
const SMALL_PIXELS: u32 = 320;

/// Where things lie in the package.
#[derive(Default)]
pub struct Shelf {
    pub files: HashMap<Uuid, Shelved>,
    /// Plain texts, by object and version.
    pub texts: HashMap<(Uuid, u32), String>,
    /// Printed books that were sealed, the oldest first.
    pub editions: Vec<(String, NaiveDate, u32)>,
}

/// A file that somebody gave.
pub struct Shelved {
    pub path: String,
    pub name: String,
    pub media_type: String,
    pub size_bytes: u64,
    /// The copy in a format that lasts.
    pub copy: Option<String>,
    pub small: Option<SmallPicture>,
}

/// A picture made small, in pixels.
pub struct SmallPicture {
    pub path: String,
    pub width: u32,
    pub height: u32,
}

/// A path that nothing else has: a number goes before the ending where something does.
fn place(draft: &Draft, folder: &str, name: &str, ending: &str) -> String {
    let mut path = format!("{folder}/{name}{ending}");
    for number in 2.. {
        if !draft.has(&path) {
            break;
        }
        path = format!("{folder}/{name}-{number}{ending}");
    }
    path
}

/// Where a document lies as it was sealed. What is told in words, or with places covered, is not shown so.
pub fn sealed_path(piece: &Piece) -> Option<String> {
    let Piece { leaf, version, .. } = piece;
    let path = || format!("data/forseglet/{:08}-{}-v{version}.json", leaf + 1, piece.kind.as_str());
    (piece.outcome == Outcome::Present).then(path)
}

/// Puts documents, files, small pictures and texts into the draft.
pub async fn lay_out(app: &App, life: &Life, draft: &mut Draft) -> Result<Shelf, Problem> {
    let mut shelf = Shelf::default();
    let pages = where_shown(life);
    for piece in &life.pieces {
        let Some(envelope) = life.open(piece)? else { continue };
        if let Some(path) = sealed_path(piece) {
            draft.put(&path, life.documents.bytes(piece)?.unwrap_or_default())?;
        }
        match &envelope.body {
            Body::Media(media) => file(app, life, &mut shelf, &pages, &envelope, media, draft).await?,
            Body::Edition(edition) => {
                let day = told::day_of(edition.ordered_at);
                let age = edition.age;
                let path = place(draft, "data/bog", &format!("{day}-trykt-til-{age}-aar"), ".pdf");
                for file in versions::files(&envelope) {
                    draft.add(&path, file)?;
                }
                shelf.editions.push((path, day, age));
            }
            _ => text(&mut shelf, life, piece, &envelope, draft)?,
        }
    }
    Ok(shelf)
}

/// The page on which a file is shown: the first such one.
fn where_shown(life: &Life) -> HashMap<MediaId, &Page> {
    let mut places = HashMap::new();
    for page in life.pages.values() {
        for file in &page.files {
            let first = places.entry(*file).or_insert(page);
            if (page.day, &page.title) < (first.day, &first.title) {
                *first = page;
            }
        }
    }
    places
}

async fn file(
    app: &App,
    life: &Life,
    shelf: &mut Shelf,
    pages: &HashMap<MediaId, &Page>,
    envelope: &Envelope,
    media: &Media,
    draft: &mut Draft,
) -> Result<(), Problem> {
    // Of a file with spots covered, the copy stands in the place of all there is.
    let copy = match life.documents.covers.file(MediaId(envelope.id)) {
        Some(CoveredFile::Copy { object, copy }) => Some((*object, copy)),
        _ => None,
    };
    let files = match copy {
        Some((object, copy)) => covers::file(envelope.group, object, copy).into_iter().collect(),
        None => versions::files(envelope),
    };
    let mut files = files.into_iter();
    let given = told::day_of(envelope.deposited_at);
    let (day, title) = match pages.get(&MediaId(envelope.id)) {
        Some(page) => (page.day, page.title.as_str()),
        None => (given, ""),
    };
    let folder = format!("data/originaler/{}", day.year());
    let name = dated(day, &[title, stem(&media.file_name)]);
    if let hash_map::Entry::Vacant(free) = shelf.files.entry(envelope.id) {
        let ending = match copy {
            Some((_, copy)) => format!("-daekket{}", media_type::ending(&copy.media_type)),
            None => ending(&media.file_name),
        };
        let path = place(draft, &folder, &name, &ending);
        let Some(original) = files.next() else { return Ok(()) };
        draft.add(&path, original)?;
        let shelved = Shelved {
            path,
            name: media.file_name.clone(),
            media_type: media.media_type.clone(),
            size_bytes: media.size_bytes,
            copy: None,
            small: small(app, envelope, media, copy, draft).await?,
        };
        free.insert(shelved);
    } else {
        files.next();
    }
    if let (Some(copy), Some(preservation)) = (files.next(), &media.preservation) {
        let ending = media_type::ending(&preservation.media_type);
        let path = place(draft, &folder, &format!("{name}-kopi-i-varigt-format"), ending);
        draft.add(&path, copy)?;
        if let Some(shelved) = shelf.files.get_mut(&envelope.id) {
            shelved.copy = Some(path);
        }
    }
    Ok(())
}

/// A small picture, where one can be made.
async fn small(
    app: &App,
    envelope: &Envelope,
    media: &Media,
    copy: Option<(Uuid, &Copy)>,
    draft: &mut Draft,
) -> Result<Option<SmallPicture>, Problem> {
    let (Some(width), Some(height)) = (media.width, media.height) else { return Ok(None) };
    let id = envelope.id;
    let source = match copy {
        Some((object, copy)) => Source::covered(media.child, object, copy),
        None => Source::original(media.child, MediaId(id)),
    };
    // A picture that cannot be read is told of when it is packed.
    if renditions::make_of(app, source).await.is_err() {
        return Ok(None);
    }
    let Some(jpeg) = renditions::cached(app, source, Size::Small).await? else { return Ok(None) };
    let path = format!("data/smaa-billeder/{id}.jpg");
    draft.put(&path, jpeg)?;
    let longest = width.max(height).max(1);
    let side = |length: u32| (length * SMALL_PIXELS.min(longest) / longest).max(1);
    Ok(Some(SmallPicture { path, width: side(width), height: side(height) }))
}

/// A version of a page as plain text.
fn text(
    shelf: &mut Shelf,
    life: &Life,
    piece: &Piece,
    envelope: &Envelope,
    draft: &mut Draft,
) -> Result<(), Problem> {
    let (day, title, words) = match &envelope.body {
        Body::Entry(entry) => (entry.occurred_on, entry.title.as_str(), told::entry(life, envelope, entry)),
        Body::OwnPage(page) => {
            (told::day_of(page.made_at), page.title.as_str(), told::own_page(life, envelope, page))
        }
        _ => return Ok(()),
    };
    let title = if plain(title, 1).is_empty() { "side" } else { title };
    let name = format!("{}-v{}", dated(day, &[title]), piece.version);
    let path = place(draft, &format!("data/tekster/{}", day.year()), &name, ".txt");
    draft.put(&path, words)?;
    shelf.texts.insert((piece.object, piece.version), path);
    Ok(())
}
