//! `/bog/{child}/laengere-frem`: how far ahead of its age the child may read.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::AgeBand;
use renderer::html::{BandAhead, LookAheadForm};

use super::register::{json, named};
use super::{Fields, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::MayTell;
use crate::domain::life::LookAhead;
use crate::http::Body;
use crate::look_ahead::{self, NewLookAhead};
use crate::problem::Problem;

/// `GET /bog/{child}/laengere-frem`
pub async fn sheet(
    app: Data<App>,
    may: MayTell<LookAhead>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let said = look_ahead::of(&app, may.child).await?.map(|stored| stored.record);
    let own = AgeBand::for_age(may.ties.age);
    let open = said.as_ref().and_then(|said| said.band);
    let above = AgeBand::ALL.into_iter().filter(|band| *band > own);
    let by = match &said {
        Some(said) => {
            app.db.person(said.told_by).await?.map(|person| (person.name, danish_time(said.told_at).date()))
        }
        None => None,
    };
    let page = LookAheadForm {
        child: may.child.to_string(),
        name: child.calling_name().to_owned(),
        book_title: child.book_title,
        own,
        bands: above.map(|band| BandAhead { band, chosen: open == Some(band) }).collect(),
        said: by,
        key: app.new_secret()?,
    };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// `POST /bog/{child}/laengere-frem`
pub async fn set(
    app: Data<App>,
    may: MayTell<LookAhead>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewLookAhead { band: form.some("band") };
    let name = named(&form, &request, &json(&new))("ahead");
    look_ahead::set(&app, &may, new, Some(name)).await?;
    Ok(see_other(&format!("/bog/{}", may.child)))
}
