//! Warnings before a page: met by the grown reader first, written by those who know the page.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::AgeBand;
use renderer::html::{Forewarned, Frame, WarningForm, WarningRow};
use serde::Deserialize;
use uuid::Uuid;

use super::register::{beside, done, field, json, key, named, words};
use super::{Fields, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{MayChangeLife, MayRead, MayTell};
use crate::books;
use crate::domain::content_warning::ContentWarning;
use crate::domain::document::{ReadPage, Role};
use crate::domain::ids::{EntryId, PersonId};
use crate::http::{Body, language_of};
use crate::life::{self, NewContentWarning};
use crate::problem::Problem;
use crate::{readings, redactions};

/// So many warnings of one book are looked through.
const WARNINGS: u64 = 5_000;

/// The page in the address.
#[derive(Deserialize)]
pub struct OfPage {
    entry: Uuid,
}

/// What stands before a page for whoever has to choose first; nothing where there is no warning for this reader.
pub async fn before(
    app: &App,
    may: &MayRead,
    entry: Uuid,
    request: &HttpRequest,
) -> Result<Option<HttpResponse>, Problem> {
    if !may.ties.roles.contains(&Role::Own) || may.ties.highest_band() != AgeBand::Adult {
        return Ok(None);
    }
    let book = books::of_reader(app, may, language_of(request)).await?;
    let id = entry.to_string();
    let Some((chapter, page)) = book.pages().find(|(_, page)| page.id == id) else { return Ok(None) };
    if page.warnings.is_empty() {
        return Ok(None);
    }
    readings::record(app, &may.caller, &may.ties, may.child, ReadPage::Book).await?;
    let view = Forewarned {
        child: may.child.to_string(),
        book_title: book.title.clone(),
        title: page.title.clone(),
        warnings: page.warnings.clone(),
        read_href: format!("/bog/{}/side/{id}?laest=ja", may.child),
        back_href: format!("/bog/{}/kapitel/{}", may.child, chapter.kind.slug()),
    };
    show(&view, &frame(app, request, &may.caller).await?).map(Some)
}

/// `GET /bog/{child}/side/{entry}/advarsel`
pub async fn sheet(
    app: Data<App>,
    may: MayTell<ContentWarning>,
    path: Path<OfPage>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = frame(&app, &request, &may.caller).await?;
    show(&page(&app, &may, path.entry, &Fields::default(), None, &frame).await?, &frame)
}

/// `POST /bog/{child}/side/{entry}/advarsel`
pub async fn add(
    app: Data<App>,
    may: MayTell<ContentWarning>,
    path: Path<OfPage>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewContentWarning { entry: Some(path.entry), words: form.some("words"), removed: false };
    let name = named(&form, &request, &json(&new))("warning");
    match life::add(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(done(&format!("/bog/{}/side/{}", may.child, path.entry), "warning")),
        Err(problem) => {
            let frame = frame(&app, &request, &may.caller).await?;
            show(&page(&app, &may, path.entry, &form, Some(beside(problem)?), &frame).await?, &frame)
        }
    }
}

/// `POST /bog/{child}/advarsel/{record}`: it is shown no more.
pub async fn remove(
    app: Data<App>,
    may: MayChangeLife<ContentWarning>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    let ContentWarning { child, entry, words, .. } = may.stored.record.clone();
    let new = NewContentWarning { entry: Some(entry.0), words: Some(words), removed: true };
    life::change(&app, &may, new, None).await?;
    Ok(see_other(&format!("/bog/{child}/side/{entry}/advarsel")))
}

async fn page(
    app: &App,
    may: &MayTell<ContentWarning>,
    entry: Uuid,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<WarningForm, Problem> {
    let stored = app.db.entry(EntryId(entry)).await?.filter(|stored| stored.entry.child == may.child);
    let stored = stored.ok_or(Problem::NotFound)?;
    readings::record(app, &may.caller, &may.ties, may.child, ReadPage::Entry(entry)).await?;
    let found = redactions::life::<ContentWarning>(app, &may.ties, may.child, None, WARNINGS).await?.items;
    let here: Vec<_> = found.into_iter().filter(|warning| warning.record.entry.0 == entry).collect();
    let people: Vec<PersonId> = here.iter().map(|warning| warning.record.told_by).collect();
    let names = app.db.names(&people).await?;
    let rows = here.into_iter().map(|warning| WarningRow {
        id: warning.id.to_string(),
        who: names.get(&warning.record.told_by).cloned().unwrap_or_default(),
        on: danish_time(warning.record.told_at).date(),
        words: warning.record.words,
    });
    Ok(WarningForm {
        child: may.child.to_string(),
        book_title: app.db.child(may.child).await?.ok_or(Problem::NotFound)?.book_title,
        entry: entry.to_string(),
        title: stored.entry.title,
        warnings: rows.collect(),
        words: field(form, refused.as_ref(), "words", frame.language),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}
