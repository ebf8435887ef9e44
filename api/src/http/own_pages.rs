//! Pages that a child makes itself.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};

use super::shapes::{EntryReceipt, OwnPageView};
use super::{Asked, Body, List, Part, RequestKey, created_in, cursor};
use crate::app::App;
use crate::auth::{MayChangeOwnPage, MayMakeOwnPages, MayRead, MayReadOwnPage};
use crate::db::own_pages::StoredOwnPage;
use crate::domain::access::Right;
use crate::domain::document::ReadPage;
use crate::domain::ids::{MediaId, PersonId};
use crate::own_pages::{self, NewOwnPage};
use crate::problem::Problem;
use crate::readings;

/// Make a page of one's own. Until it is shared nobody else learns that it exists.
#[utoipa::path(post, path = "/api/v1/children/{child}/own-pages", tag = "own-pages", request_body = NewOwnPage,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = EntryReceipt)))]
pub async fn make(
    app: Data<App>,
    may: MayMakeOwnPages,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewOwnPage>().await?;
    let made = own_pages::make(&app, &may, new, key.with(&digest)?).await?;
    Ok(created_in(&app, "own-pages", made))
}

/// Change a page, share it or take it back: a new version.
#[utoipa::path(post, path = "/api/v1/own-pages/{page}/versions", tag = "own-pages", request_body = NewOwnPage,
    params(("page" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = EntryReceipt)))]
pub async fn change(
    app: Data<App>,
    may: MayChangeOwnPage,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewOwnPage>().await?;
    let changed = own_pages::change(&app, &may, new, key.with(&digest)?).await?;
    Ok(created_in(&app, "own-pages", changed))
}

/// The pages a child made, newest first, as far as they are the caller's or shared with the caller.
#[utoipa::path(get, path = "/api/v1/children/{child}/own-pages", tag = "own-pages",
    params(("child" = uuid::Uuid, Path), Part), responses(
    (status = 200, body = List<OwnPageView>)))]
pub async fn list(
    app: Data<App>,
    may: MayRead,
    part: Asked<Part>,
) -> Result<Json<List<OwnPageView>>, Problem> {
    let part = part.get()?;
    let slice = app.db.own_pages(may.child, Some(may.caller.reader()), part.cursor()?, part.limit()?).await?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Book).await?;
    let pages = slice.items.into_iter().filter(|stored| stored.page.is_for(may.caller.id, &may.ties));
    let items = views(&app, may.ties.may(Right::MakeOwnPages), pages.collect()).await?;
    Ok(Json(List { items, next_cursor: slice.next.as_ref().and_then(cursor) }))
}

/// One page.
#[utoipa::path(get, path = "/api/v1/own-pages/{page}", tag = "own-pages",
    params(("page" = uuid::Uuid, Path)), responses((status = 200, body = OwnPageView)))]
pub async fn get(app: Data<App>, may: MayReadOwnPage) -> Result<Json<OwnPageView>, Problem> {
    // That a child reads its own page is nobody's business.
    if !may.is_own() {
        let page = ReadPage::OwnPage(may.stored.id.0);
        readings::record(&app, &may.caller, &may.ties, may.stored.page.child, page).await?;
    }
    let view = views(&app, may.is_own(), vec![may.stored]).await?.pop();
    view.map(Json).ok_or(Problem::NotFound)
}

async fn views(app: &App, own: bool, pages: Vec<StoredOwnPage>) -> Result<Vec<OwnPageView>, Problem> {
    let files: Vec<MediaId> =
        pages.iter().flat_map(|stored| &stored.page.media).map(|file| file.id).collect();
    let files = app.db.media_among(&files).await?;
    let authors: Vec<PersonId> = pages.iter().map(|stored| stored.page.author).collect();
    let names = app.db.names(&authors).await?;
    let view = |stored: StoredOwnPage| {
        let name = names.get(&stored.page.author).cloned().unwrap_or_default();
        OwnPageView::new(stored, &files, name, own)
    };
    Ok(pages.into_iter().map(view).collect())
}
