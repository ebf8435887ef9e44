//! The assembled book as data.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{Asked, language_of};
use crate::app::App;
use crate::auth::MayRead;
use crate::books;
use crate::domain::document::ReadPage;
use crate::problem::{FieldProblem, Problem};

/// At which age the book is read.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AtAge {
    /// Whole years; the child's own age when left out.
    #[param(maximum = 120)]
    pub age: Option<u32>,
}

impl AtAge {
    pub fn age(&self) -> Result<Option<u32>, Problem> {
        match self.age {
            Some(age) if age > 120 => {
                let (da, en) = ("Alderen skal være mellem 0 og 120.", "The age is between 0 and 120.");
                Err(Problem::Invalid(vec![FieldProblem::new("age", "out_of_range", da, en)]))
            }
            age => Ok(age),
        }
    }
}

/// A child's book at an age.
#[utoipa::path(get, path = "/api/v1/children/{child}/book", tag = "book", params(("child" = uuid::Uuid, Path), AtAge),
    responses(
    (status = 200, description = "The book: chapters with pages", body = Object)))]
pub async fn get(
    app: Data<App>,
    may: MayRead,
    at: Asked<AtAge>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let opened = books::open(&app, &may, at.get()?.age()?, language_of(&request), ReadPage::Book).await?;
    Ok(HttpResponse::Ok().json(&*opened.book))
}
