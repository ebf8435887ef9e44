//! `/bog/{child}/sammen`: an adult gets three pictures, the child presses them, and the two of them read.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::AgeBand;
use renderer::html::{PictureTrouble, PressPictures, Purpose, ReadForTwo};

use super::{Fields, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{MayRead, session_of};
use crate::devices;
use crate::domain::access::Right;
use crate::domain::document::Role;
use crate::domain::picture_code::{INVITATION_LENGTH, Pictures};
use crate::http::Body;
use crate::problem::Problem;

/// Which side of the page somebody is on.
enum Side {
    Adult,
    Child,
}

fn side(may: &MayRead) -> Result<Side, Problem> {
    match may.ties.may(Right::ReadTogether) {
        true => Ok(Side::Adult),
        false if may.ties.roles.contains(&Role::Own) => Ok(Side::Child),
        false => Err(Problem::NotPermitted),
    }
}

/// `GET /bog/{child}/sammen`
pub async fn page(app: Data<App>, may: MayRead, request: HttpRequest) -> Result<HttpResponse, Problem> {
    match side(&may)? {
        Side::Adult => {
            let child_name = called(&app, &may).await?;
            let page = ReadForTwo { child: may.child.to_string(), child_name, pictures: vec![], until: None };
            show(&page, &frame(&app, &request, &may.caller).await?)
        }
        Side::Child => press_page(&app, &may, &Pictures::default(), None, &request).await,
    }
}

/// `POST /bog/{child}/sammen`: new pictures for the adult; for the child each press, or all of them.
pub async fn press(
    app: Data<App>,
    may: MayRead,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let side = side(&may)?;
    let fields = Fields::of(body, &may.caller).await?;
    if let Side::Adult = side {
        let (pictures, until) = devices::invite(&app, &may.caller, may.child).await?;
        let page = ReadForTwo {
            child: may.child.to_string(),
            child_name: called(&app, &may).await?,
            pictures: pictures.names().to_vec(),
            until: Some(danish_time(until)),
        };
        return show(&page, &frame(&app, &request, &may.caller).await?);
    }
    let pictures = Pictures::parse(fields.all("picture"), INVITATION_LENGTH);
    let pictures = pictures.ok_or_else(|| Problem::MalformedBody("no such pictures".into()))?;
    if pictures.len() < INVITATION_LENGTH {
        return press_page(&app, &may, &pictures, None, &request).await;
    }
    // Two sit at one screen: a program with a token does not.
    let session = session_of(&request).ok_or(Problem::NotPermitted)?;
    if devices::begin_together(&app, &session, may.child, &pictures).await? {
        return Ok(see_other(&format!("/bog/{}", may.child)));
    }
    press_page(&app, &may, &Pictures::default(), Some(PictureTrouble::NotShown), &request).await
}

/// `POST /bog/{child}/sammen/slut`
pub async fn end(
    app: Data<App>,
    may: MayRead,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    if let Some(session) = session_of(&request) {
        app.db.read_together(&session, None).await?;
    }
    Ok(see_other(&format!("/bog/{}", may.child)))
}

async fn press_page(
    app: &App,
    may: &MayRead,
    pressed: &Pictures,
    trouble: Option<PictureTrouble>,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (name, action) = (called(app, may).await?, format!("/bog/{}/sammen", may.child));
    let band = AgeBand::for_age(may.ties.age);
    let mut page = PressPictures::new(Purpose::Together, name, band, action, INVITATION_LENGTH);
    page.csrf = may.caller.csrf.clone();
    page.pressed = pressed.names().to_vec();
    page.done = pressed.len();
    page.trouble = trouble;
    show(&page, &frame(app, request, &may.caller).await?)
}

async fn called(app: &App, may: &MayRead) -> Result<String, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    Ok(child.calling_name().to_owned())
}
