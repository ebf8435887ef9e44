//! `/bog/{child}/rettigheder` and `/rettigheder`: what a child may, and what its adults must.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{OldWords, Rights, RightsBook};

use super::{bare_frame, frame, show};
use crate::app::App;
use crate::auth::MayRead;
use crate::domain::access::Right;
use crate::domain::document::ReadPage;
use crate::http::Asked;
use crate::http::books::AtAge;
use crate::problem::Problem;
use crate::readings;

/// Whoever does not say how old they are reads what is said to those in the middle.
const NO_AGE: u32 = 10;

/// `GET /bog/{child}/rettigheder`: in the words of the child's own age.
pub async fn of_child(app: Data<App>, may: MayRead, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Book).await?;
    let own = may.ties.may(Right::MakeOwnPages);
    let book = RightsBook { child: may.child.to_string(), title: child.book_title, own };
    show(&Rights::new(Some(book), may.ties.age), &frame(&app, &request, &may.caller).await?)
}

/// `GET /ordbog`: the words of old files.
pub async fn old_words(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let frame = bare_frame(&request);
    show(&OldWords::new(frame.language), &frame)
}

/// `GET /rettigheder`: like the page with help it asks nobody who they are.
pub async fn at_age(at: Asked<AtAge>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    show(&Rights::new(None, at.get()?.age()?.unwrap_or(NO_AGE)), &bare_frame(&request))
}
