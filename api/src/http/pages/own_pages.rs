//! `/bog/{child}/mine`: the pages a child makes itself.

use actix_multipart::Multipart;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::{AgeBand, Attachment, Language, Own, Picture};
use renderer::html::{
    HiddenPage, KeptFile, OwnPageForm, OwnPageTile, OwnPages, PictureView, ReaderChoice, ToldBeside,
    beginning_of,
};
use serde::Deserialize;
use uuid::Uuid;

use super::book::Older;
use super::form::form_with_files;
use super::register::words;
use super::{Fields, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{Caller, MayChangeOwnPage, MayMakeOwnPages, MayRead};
use crate::books;
use crate::contribute::{self, NewMedia};
use crate::db::entries::StoredMedia;
use crate::db::own_pages::StoredOwnPage;
use crate::domain::ids::{ChildId, MediaId};
use crate::domain::own_page::{Gate, Sharing};
use crate::http::{Asked, Part, cursor, language_of};
use crate::own_pages::{self, NewOwnPage};
use crate::problem::Problem;
use crate::redactions;

/// `GET /bog/{child}/mine`
pub async fn shelf(
    app: Data<App>,
    may: MayMakeOwnPages,
    older: Asked<Older>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let part = Part { cursor: older.get()?.fra, limit: None };
    let slice = app.db.own_pages(may.child, Some(may.caller.reader()), part.cursor()?, 50).await?;
    let next = slice.next.as_ref().and_then(cursor);
    let files = files_of(&app, &slice.items).await?;
    let page = OwnPages {
        child: may.child.to_string(),
        book_title: book_title(&app, may.child).await?,
        band: AgeBand::for_age(may.ties.age),
        pages: slice
            .items
            .iter()
            .filter(|stored| !stored.page.is_talk())
            .map(|stored| tile(stored, &files))
            .collect(),
        older_href: next.map(|next| format!("/bog/{}/mine?fra={next}", may.child)),
        hidden: hidden(&app, &may, language_of(&request)).await?,
        closed: may.caller.gate != Gate::Open,
    };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// What the child put away, newest part of its life last.
async fn hidden(app: &App, may: &MayMakeOwnPages, language: Language) -> Result<Vec<HiddenPage>, Problem> {
    let may = MayRead { child: may.child, caller: may.caller.clone(), ties: may.ties.clone() };
    let pages = books::hidden(app, &may, language).await?.into_iter();
    Ok(pages.map(|page| HiddenPage { id: page.id, title: page.title }).collect())
}

fn tile(stored: &StoredOwnPage, files: &[StoredMedia]) -> OwnPageTile {
    let page = &stored.page;
    let picture = page.media.iter().find_map(|file| picture_of(files, file.id));
    OwnPageTile {
        href: format!("/bog/{}/side/{}", page.child, stored.id),
        title: page.title.clone(),
        beginning: beginning_of(&page.text),
        picture: picture.as_ref().map(PictureView::new),
        made_on: danish_time(page.made_at).date(),
        own: if page.sharing == Sharing::Nobody { Own::Private } else { Own::Sharing },
    }
}

/// The entry beside which the child tells how it remembers the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    ved: Option<Uuid>,
}

async fn told_beside(
    app: &App,
    may: &MayMakeOwnPages,
    host: Option<Uuid>,
) -> Result<Option<ToldBeside>, Problem> {
    let Some(host) = contribute::host(app, &may.caller, &may.ties, may.child, host).await? else {
        return Ok(None);
    };
    let stored = app.db.entry(host).await?.ok_or(Problem::NotFound)?;
    let stored = redactions::seen(app, &may.caller, &may.ties, stored).await?;
    Ok(Some(ToldBeside { id: host.to_string(), title: stored.entry.title }))
}

/// `GET /bog/{child}/mine/ny`
pub async fn blank(
    app: Data<App>,
    may: MayMakeOwnPages,
    beside: Asked<Beside>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let sheet = Sheet { child: may.child, age: may.ties.age, page: None };
    let mut form = sheet.form(&app, &may.caller, &Fields::default()).await?;
    form.beside = told_beside(&app, &may, beside.get()?.ved).await?;
    show(&form, &frame(&app, &request, &may.caller).await?)
}

/// `POST /bog/{child}/mine/ny`
pub async fn make(
    app: Data<App>,
    may: MayMakeOwnPages,
    body: Result<Multipart, actix_web::Error>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let sheet = Sheet { child: may.child, age: may.ties.age, page: None };
    let mut filled = Fields::default();
    let made = async {
        let new = asked(&app, &may.caller, may.child, body, &mut filled).await?;
        let idempotency = filled.idempotency(may.child, &new);
        own_pages::make(&app, &may, new, idempotency).await
    };
    let made = made.await;
    answer(&app, &may.caller, sheet, filled, made.map(|made| made.id), &request).await
}

/// `GET /bog/{child}/mine/{page}`
pub async fn sheet(
    app: Data<App>,
    may: MayChangeOwnPage,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let sheet = Sheet { child: may.stored.page.child, age: may.ties.age, page: Some(&may.stored) };
    let form = sheet.form(&app, &may.caller, &Fields::default()).await?;
    show(&form, &frame(&app, &request, &may.caller).await?)
}

/// `POST /bog/{child}/mine/{page}`
pub async fn change(
    app: Data<App>,
    may: MayChangeOwnPage,
    body: Result<Multipart, actix_web::Error>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = may.stored.page.child;
    let sheet = Sheet { child, age: may.ties.age, page: Some(&may.stored) };
    let mut filled = Fields::default();
    let changed = async {
        let mut new = asked(&app, &may.caller, child, body, &mut filled).await?;
        let kept = may.stored.page.media.iter().filter(|file| filled.keeps(file.id));
        let kept = kept.map(|file| NewMedia::Described {
            id: file.id.0,
            alt: file.alt.clone(),
            words: file.words.clone(),
            reads: file.reads,
        });
        new.media = kept.chain(new.media).collect();
        let idempotency = filled.idempotency(child, &new);
        own_pages::change(&app, &may, new, idempotency).await
    };
    let changed = changed.await;
    answer(&app, &may.caller, sheet, filled, changed.map(|changed| changed.id), &request).await
}

/// What the form asks for, its files sealed.
async fn asked(
    app: &App,
    caller: &Caller,
    child: ChildId,
    body: Result<Multipart, actix_web::Error>,
    filled: &mut Fields,
) -> Result<NewOwnPage, Problem> {
    let mut body = body.map_err(|_| Problem::MalformedBody("the form is not multipart/form-data".into()))?;
    let (_, media) = form_with_files(app, caller, &mut body, filled, |_| Ok(child)).await?;
    Ok(NewOwnPage {
        title: filled.some("title"),
        text: filled.some("text"),
        language: None,
        media,
        chapter: None,
        sharing: filled.sharing(),
        beside: filled.some("beside").and_then(|id| id.parse().ok()),
        faces: Vec::new(),
        about: None,
    })
}

/// Leads to the page in the book; or gives everything that was written back, with what is wrong.
async fn answer(
    app: &App,
    caller: &Caller,
    sheet: Sheet<'_>,
    filled: Fields,
    sealed: Result<Uuid, Problem>,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let problem = match sealed {
        Ok(id) => return Ok(see_other(&format!("/bog/{}/side/{id}", sheet.child))),
        Err(Problem::ForeignOrigin) => return Err(Problem::ForeignOrigin),
        Err(problem) => problem,
    };
    let frame = frame(app, request, caller).await?;
    let mut form = sheet.form(app, caller, &filled).await?;
    if let Ok(host) = filled.one("beside").parse() {
        let may = MayMakeOwnPages::grant(app, caller.clone(), sheet.child).await?;
        form.beside = told_beside(app, &may, Some(host)).await?;
    }
    form.problem = Some(words(&problem, frame.language));
    show(&form, &frame)
}

impl Fields {
    fn sharing(&self) -> Sharing {
        match self.one("sharing") {
            "everyone" => Sharing::Everyone,
            "some" => Sharing::Some { people: self.all("person").filter_map(|id| id.parse().ok()).collect() },
            _ => Sharing::Nobody,
        }
    }

    fn keeps(&self, file: MediaId) -> bool {
        self.all("keep").any(|id| id == file.to_string())
    }
}

/// The sheet of a new page, or of one that is there.
struct Sheet<'a> {
    child: ChildId,
    age: u32,
    page: Option<&'a StoredOwnPage>,
}

impl Sheet<'_> {
    /// Filled with what came back from a try that failed, else with what is on the page.
    async fn form(&self, app: &App, caller: &Caller, filled: &Fields) -> Result<OwnPageForm, Problem> {
        let tried = !filled.fields.is_empty();
        let page = self.page.map(|stored| &stored.page);
        let or_page = |field: &str, on_page: Option<&String>| match on_page {
            Some(words) if !tried => words.clone(),
            _ => filled.one(field).to_owned(),
        };
        let sharing = match page {
            Some(page) if !tried => page.sharing.clone(),
            _ => filled.sharing(),
        };
        let readers = own_pages::readers(app, self.child, caller).await?.into_iter();
        let is_chosen = |id| matches!(&sharing, Sharing::Some { people } if people.contains(&id));
        let files = match self.page {
            Some(stored) => files_of(app, std::slice::from_ref(stored)).await?,
            None => Vec::new(),
        };
        Ok(OwnPageForm {
            child: self.child.to_string(),
            book_title: book_title(app, self.child).await?,
            band: AgeBand::for_age(self.age),
            action: match self.page {
                Some(stored) => format!("/bog/{}/mine/{}", self.child, stored.id),
                None => format!("/bog/{}/mine/ny", self.child),
            },
            is_change: self.page.is_some(),
            title: or_page("title", page.map(|page| &page.title)),
            text: or_page("text", page.map(|page| &page.text)),
            files: page
                .iter()
                .flat_map(|page| &page.media)
                .filter_map(|file| kept(&files, file.id))
                .collect(),
            readers: readers
                .map(|(id, name)| ReaderChoice { id: id.to_string(), name, chosen: is_chosen(id) })
                .collect(),
            sharing: match &sharing {
                Sharing::Nobody => "nobody",
                Sharing::Everyone => "everyone",
                Sharing::Some { .. } => "some",
            },
            beside: None,
            key: app.new_secret()?,
            problem: None,
        })
    }
}

fn kept(files: &[StoredMedia], id: MediaId) -> Option<KeptFile> {
    if let Some(picture) = picture_of(files, id) {
        return Some(KeptFile::picture(&picture));
    }
    let stored = files.iter().find(|stored| stored.id == id)?;
    Some(KeptFile::attachment(&Attachment {
        words: None,
        reads: false,
        id: id.to_string(),
        name: stored.media.file_name.clone(),
        media_type: stored.media.media_type.clone(),
        size_bytes: stored.media.size_bytes,
    }))
}

fn picture_of(files: &[StoredMedia], id: MediaId) -> Option<Picture> {
    let stored = files.iter().find(|stored| stored.id == id)?;
    let (width, height) = (stored.media.width?, stored.media.height?);
    Some(Picture { id: id.to_string(), alt: String::new(), width, height })
}

async fn files_of(app: &App, pages: &[StoredOwnPage]) -> Result<Vec<StoredMedia>, Problem> {
    let files: Vec<MediaId> =
        pages.iter().flat_map(|stored| &stored.page.media).map(|file| file.id).collect();
    Ok(app.db.media_among(&files).await?)
}

async fn book_title(app: &App, child: ChildId) -> Result<String, Problem> {
    Ok(app.db.child(child).await?.ok_or(Problem::NotFound)?.book_title)
}
