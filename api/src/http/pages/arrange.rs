//! `/bog/{child}/forside`, and what a child puts away: how it arranges its own book.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::{AgeBand, Cloth};
use renderer::html::{ArrangeCover, ClothChoice, PictureChoice, PictureView};
use uuid::Uuid;

use super::register::{beside, field, json, key, named, words};
use super::{Fields, frame, see_other, show};
use crate::app::App;
use crate::arrange::{self, Hiding, NewLook};
use crate::auth::MayArrangeBook;
use crate::books;
use crate::http::Body;
use crate::problem::Problem;

/// So many pictures are shown to choose among.
const PICTURES: usize = 24;

/// `GET /bog/{child}/forside`
pub async fn cover(
    app: Data<App>,
    may: MayArrangeBook,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let now = [
        ("called", child.called.unwrap_or_default()),
        ("called_before", child.called_before.unwrap_or_default()),
        ("book_title", child.book_title),
        ("cloth", child.cloth.as_str().to_owned()),
        ("cover", child.cover.map(|cover| cover.to_string()).unwrap_or_default()),
    ];
    let form = Fields { fields: now.map(|(name, value)| (name.to_owned(), value)).into() };
    sheet(&app, &may, &form, None, &request).await
}

/// `POST /bog/{child}/forside`
pub async fn choose_cover(
    app: Data<App>,
    may: MayArrangeBook,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewLook {
        called: Some(form.one("called").to_owned()),
        called_before: Some(form.one("called_before").to_owned()),
        book_title: form.some("book_title"),
        cloth: form.some("cloth"),
        cover: form.some("cover").map(|id| id.parse().map_err(|_| Problem::NotFound)).transpose()?,
    };
    let name = named(&form, &request, &json(&new))("look");
    match arrange::look(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(see_other(&format!("/bog/{}", may.child))),
        Err(problem) => sheet(&app, &may, &form, Some(beside(problem)?), &request).await,
    }
}

async fn sheet(
    app: &App,
    may: &MayArrangeBook,
    form: &Fields,
    refused: Option<Problem>,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = frame(app, request, &may.caller).await?;
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    let mut pictures = books::pictures_for_all(app, may.child, may.ties.age).await?;
    // The one on the cover now is always among them.
    pictures.sort_by_key(|picture| picture.id != form.one("cover"));
    pictures.truncate(PICTURES);
    let page = ArrangeCover {
        child: may.child.to_string(),
        book_title: app.db.child(may.child).await?.ok_or(Problem::NotFound)?.book_title,
        band: AgeBand::for_age(may.ties.age),
        called: field("called"),
        called_before: field("called_before"),
        title: field("book_title"),
        cloths: Cloth::ALL
            .map(|cloth| ClothChoice { cloth, chosen: cloth.as_str() == form.one("cloth") })
            .into(),
        pictures: pictures
            .iter()
            .map(|picture| PictureChoice {
                picture: PictureView::new(picture),
                chosen: picture.id == form.one("cover"),
            })
            .collect(),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    };
    show(&page, &frame)
}

/// `POST /bog/{child}/side/{entry}/skjul`: hides the page from the child, or with `again` lets it be met again.
pub async fn hide(
    app: Data<App>,
    may: MayArrangeBook,
    path: Path<(Uuid, Uuid)>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let (child, page) = path.into_inner();
    let hidden = form.some("again").is_none();
    match arrange::hide(&app, &may, Hiding { page, hidden }, None).await {
        // Pressed twice: it is out already.
        Ok(_) | Err(Problem::NotFound) if !hidden => Ok(see_other(&format!("/bog/{child}/side/{page}"))),
        Ok(_) => Ok(see_other(&format!("/bog/{child}/mine#gemt"))),
        Err(problem) => Err(problem),
    }
}
