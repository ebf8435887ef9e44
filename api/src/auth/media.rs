//! Who may fetch a file, and through which page they see it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::{Caller, app_and_caller, path_id, sees_content};
use crate::app::App;
use crate::db::entries::StoredMedia;
use crate::domain::access::{Right, Ties};
use crate::domain::document::ReadPage;
use crate::domain::gift::{Gift, GiftState};
use crate::domain::ids::{ChildId, MediaId};
use crate::domain::redaction::{Copy, CoveredFile, Covers};
use crate::gifts::{self, GIFTS};
use crate::problem::Problem;
use crate::redactions;

/// May fetch one file.
#[derive(Debug, Clone)]
pub struct MayFetch {
    pub media: StoredMedia,
    pub caller: Caller,
    /// What ties the caller to the child in whose book it is seen.
    pub ties: Option<Ties>,
    /// In whose book it is seen: the child's it was deposited for, or a brother's or sister's it was given to.
    pub book: ChildId,
    /// The page through which the caller sees the file; absent for the depositor's own.
    pub through: Option<ReadPage>,
    /// May fetch the bytes as received, with camera and place data.
    pub original: bool,
    /// The copy that the caller gets instead, with spots of it covered.
    pub covered: Option<(Uuid, Copy)>,
}

from_request!(MayFetch, MayFetch::from_path);

impl MayFetch {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let id: MediaId = path_id(request, "media")?;
        let media = app.db.media(id).await?.ok_or(Problem::NotFound)?;
        let book = media.media.child;
        let ties = app.db.ties(caller.id, book, caller.today).await?;
        let ties = ties.filter(|ties| ties.may(Right::SeeCard));
        if caller.holds(app, &media).await? {
            return Ok(Self { media, caller, ties, book, through: None, original: true, covered: None });
        }
        if let Some(ties) = ties {
            let covers = redactions::covers_for(app, &ties, book).await?;
            if let Some((through, original)) = in_book(app, &caller, &ties, &media, &covers).await? {
                let (ties, through) = (Some(ties), Some(through));
                let covered = copy_of(&covers, id)?;
                let media = media.under(&covers);
                return Ok(Self { media, caller, ties, book, through, original, covered });
            }
        }
        let (book, ties, through) = given(app, &caller, &media).await?.ok_or(Problem::NotFound)?;
        let covers = redactions::covers(app, media.media.child).await?;
        // A voice has no rendition; it carries no place.
        let original = media.media.media_type.starts_with("audio/");
        let covered = copy_of(&covers, id)?;
        let media = media.under(&covers);
        Ok(Self { media, caller, ties: Some(ties), book, through: Some(through), original, covered })
    }
}

/// The copy that is read instead of a file; one that is covered whole is not there.
fn copy_of(covers: &Covers, id: MediaId) -> Result<Option<(Uuid, Copy)>, Problem> {
    match covers.file(id) {
        None => Ok(None),
        Some(CoveredFile::Copy { object, copy }) => Ok(Some((*object, copy.clone()))),
        Some(CoveredFile::Whole) => Err(Problem::NotFound),
    }
}

/// The page of the child's own book on which the caller sees the file, and whether the bytes as received are open too.
async fn in_book(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    stored: &StoredMedia,
    covers: &Covers,
) -> Result<Option<(ReadPage, bool)>, Problem> {
    let (id, media) = (stored.id, &stored.media);
    // A page that is covered shows no file.
    let entries = app.db.entries_with(id).await?.into_iter().map(|entry| entry.under(covers));
    let mut entries = entries.filter(|entry| entry.entry.media.iter().any(|file| file.id == id));
    if let Some(entry) = entries.find(|entry| sees_content(ties, entry, caller)) {
        // A sound or a paper has no rendition; a film may carry the place where it was taken.
        let as_it_is = media.width.is_none() && !media.media_type.starts_with("video/");
        let original = as_it_is || ties.may(Right::ReadOriginals);
        return Ok(Some((ReadPage::Entry(entry.id.0), original)));
    }
    if ties.may(Right::ReadBook) && app.db.pictures_life(id).await? {
        return Ok(Some((ReadPage::Book, false)));
    }
    let pages = app.db.own_pages_with(id, caller.reader()).await?;
    let page = pages.iter().find(|stored| stored.page.is_for(caller.id, ties));
    // What a child shares, it shares as it is: a voice has no rendition.
    Ok(page.map(|page| (ReadPage::OwnPage(page.id.0), media.width.is_none())))
}

/// The book of a brother or sister in which the caller reads a page with the file that was given.
async fn given(
    app: &App,
    caller: &Caller,
    stored: &StoredMedia,
) -> Result<Option<(ChildId, Ties, ReadPage)>, Problem> {
    let gifts = app.db.life::<Gift>(stored.media.child, None, GIFTS).await?.items;
    for gift in gifts.into_iter().filter(|gift| gift.record.state == GiftState::Accepted) {
        let to = gift.record.to;
        let ties = app.db.ties(caller.id, to, caller.today).await?;
        let Some(ties) = ties.filter(|ties| ties.may(Right::ReadBook)) else { continue };
        let in_book = gifts::in_book(app, to).await?;
        if in_book.iter().any(|given| given.gift.id == gift.id && given.shows(stored)) {
            return Ok(Some((to, ties, ReadPage::Gift(gift.id))));
        }
    }
    Ok(None)
}
