//! Telling of the people and the schools in a child's life, from their chapters.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{Frame, PictureChoice, PictureView, TellLife};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::register::{beside, field, json, key, named, words};
use super::{Fields, frame, see_other, show};
use crate::app::App;
use crate::auth::{Caller, MayChangeLife, MayRead, MayTell};
use crate::books;
use crate::deposit::Deposited;
use crate::domain::access::Ties;
use crate::domain::document::Kind;
use crate::domain::ids::ChildId;
use crate::domain::life::{LifeRecord, Relation, School};
use crate::http::Body;
use crate::life::{self, NewRelation, NewSchool, Told};
use crate::problem::Problem;

/// So many pictures are shown to choose among.
const PICTURES: usize = 24;

/// The child in the address.
#[derive(Deserialize)]
pub struct OfChild {
    child: Uuid,
}

/// What is told in a form.
pub trait InForm: Told + Serialize + 'static {
    /// What the form says, and what it does not ask and stays as it was.
    fn of(form: &Fields, before: Option<&Self::Record>) -> Result<Self, Problem>
    where
        Self: Sized;
}

/// `GET /bog/{child}/mennesker/ny`, `/skoler/ny`
pub async fn blank<T: InForm>(
    app: Data<App>,
    may: MayTell<T::Record>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    Sheet::new::<T::Record>(&may).show(&app, &Fields::default(), None, &request).await
}

/// `POST /bog/{child}/mennesker/ny`, `/skoler/ny`
pub async fn add<T: InForm>(
    app: Data<App>,
    may: MayTell<T::Record>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = T::of(&form, None)?;
    let name = named(&form, &request, &json(&new))("life");
    let told = life::add(&app, &may, new, Some(name)).await;
    Sheet::new::<T::Record>(&may).done(&app, &form, told, &request).await
}

/// `GET /bog/{child}/mennesker/{record}`, `/skoler/{record}`
pub async fn sheet<T: InForm>(
    app: Data<App>,
    may: MayChangeLife<T::Record>,
    path: Path<OfChild>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = filled(&may.stored.record);
    Sheet::of(&may, &path)?.show(&app, &form, None, &request).await
}

/// `POST /bog/{child}/mennesker/{record}`, `/skoler/{record}`
pub async fn change<T: InForm>(
    app: Data<App>,
    may: MayChangeLife<T::Record>,
    path: Path<OfChild>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let sheet = Sheet::of(&may, &path)?;
    let form = Fields::of(body, &may.caller).await?;
    let new = T::of(&form, Some(&may.stored.record))?;
    let name = named(&form, &request, &json(&new))("life");
    let told = life::change(&app, &may, new, Some(name)).await;
    sheet.done(&app, &form, told, &request).await
}

impl InForm for NewRelation {
    /// Whom of the register it is about is not asked.
    fn of(form: &Fields, before: Option<&Relation>) -> Result<Self, Problem> {
        Ok(Self {
            name: form.some("name"),
            title: form.some("title"),
            group: form.some("group"),
            words: form.some("words"),
            picture: picture_in(form)?,
            person: before.and_then(|relation| relation.person).map(|person| person.0),
            from: form.some("from"),
            until: form.some("until"),
            died: form.some("died"),
            removed: form.some("removed").is_some(),
        })
    }
}

impl InForm for NewSchool {
    fn of(form: &Fields, _: Option<&School>) -> Result<Self, Problem> {
        Ok(Self {
            kind: form.some("kind"),
            name: form.some("name"),
            place: form.some("place"),
            words: form.some("words"),
            picture: picture_in(form)?,
            from: form.some("from"),
            to: form.some("to"),
            removed: form.some("removed").is_some(),
        })
    }
}

fn picture_in(form: &Fields) -> Result<Option<Uuid>, Problem> {
    form.some("picture").map(|id| id.parse().map_err(|_| Problem::NotFound)).transpose()
}

/// A record as its form would have been filled in.
fn filled<R: Serialize>(record: &R) -> Fields {
    let value = serde_json::to_value(record).unwrap_or_default();
    let said = value.as_object().into_iter().flatten();
    let fields = said.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    Fields { fields: fields.collect() }
}

/// The sheet on which it is told.
struct Sheet<'a> {
    child: ChildId,
    caller: &'a Caller,
    ties: &'a Ties,
    kind: Kind,
    record: Option<Uuid>,
}

impl<'a> Sheet<'a> {
    fn new<R: LifeRecord>(may: &'a MayTell<R>) -> Self {
        Self { child: may.child, caller: &may.caller, ties: &may.ties, kind: R::KIND, record: None }
    }

    /// In the pages the child stands in the address too.
    fn of<R: LifeRecord>(may: &'a MayChangeLife<R>, path: &OfChild) -> Result<Self, Problem> {
        let child = may.stored.record.child();
        if child.0 != path.child {
            return Err(Problem::NotFound);
        }
        Ok(Self { child, caller: &may.caller, ties: &may.ties, kind: R::KIND, record: Some(may.stored.id) })
    }

    fn is_school(&self) -> bool {
        self.kind == Kind::School
    }

    /// Back to the chapter, or once more with what is wrong.
    async fn done(
        &self,
        app: &App,
        form: &Fields,
        told: Result<Deposited, Problem>,
        request: &HttpRequest,
    ) -> Result<HttpResponse, Problem> {
        let chapter = if self.is_school() { "school" } else { "my-people" };
        match told {
            Ok(_) => Ok(see_other(&format!("/bog/{}/kapitel/{chapter}", self.child))),
            Err(problem) => self.show(app, form, Some(beside(problem)?), request).await,
        }
    }

    async fn show(
        &self,
        app: &App,
        form: &Fields,
        refused: Option<Problem>,
        request: &HttpRequest,
    ) -> Result<HttpResponse, Problem> {
        let frame = frame(app, request, self.caller).await?;
        show(&self.page(app, form, refused, &frame).await?, &frame)
    }

    async fn page(
        &self,
        app: &App,
        form: &Fields,
        refused: Option<Problem>,
        frame: &Frame,
    ) -> Result<TellLife, Problem> {
        let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
        let school = self.is_school();
        let folder = if school { "skoler" } else { "mennesker" };
        let what = self.record.map_or_else(|| "ny".to_owned(), |id| id.to_string());
        Ok(TellLife {
            child: self.child.to_string(),
            book_title: app.db.child(self.child).await?.ok_or(Problem::NotFound)?.book_title,
            band: self.ties.highest_band(),
            school,
            action: format!("/bog/{}/{folder}/{what}", self.child),
            is_change: self.record.is_some(),
            name: field("name"),
            title: field("title"),
            kind: field(if school { "kind" } else { "group" }),
            place: field("place"),
            words: field("words"),
            from: field("from"),
            until: field(if school { "to" } else { "until" }),
            died: field("died"),
            pictures: self.pictures(app, form.one("picture")).await?,
            key: key(app, form)?,
            problem: refused.as_ref().map(|problem| words(problem, frame.language)),
        })
    }

    /// Pictures of the book as this caller reads it.
    async fn pictures(&self, app: &App, chosen: &str) -> Result<Vec<PictureChoice>, Problem> {
        let may = MayRead { child: self.child, caller: self.caller.clone(), ties: self.ties.clone() };
        let pictures = books::pictures(app, &may, PICTURES).await?;
        let choice = |picture: &renderer::book::Picture| PictureChoice {
            picture: PictureView::new(picture),
            chosen: picture.id == chosen,
        };
        Ok(pictures.iter().map(choice).collect())
    }
}
