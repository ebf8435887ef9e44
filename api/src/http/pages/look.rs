//! `/visning`: the reader's own switches. They are a cookie of a few letters; nothing here knows who is asking.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{Look, LookForm, Theme};
use serde::Deserialize;

use super::{bare_frame, frame, local_path, show};
use crate::app::App;
use crate::auth::{identify, same_origin};
use crate::http::Body;
use crate::problem::Problem;

const COOKIE: &str = "visning";

/// How whoever sent `request` wants pages to look.
pub fn of(request: &HttpRequest) -> Look {
    request.cookie(COOKIE).map(|cookie| Look::from_letters(cookie.value())).unwrap_or_default()
}

#[derive(Deserialize)]
pub struct From {
    til: Option<String>,
}

/// `GET /visning`
pub async fn form(app: Data<App>, from: Query<From>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let frame = match identify(&app, &request).await.unwrap_or_default() {
        Some(caller) => frame(&app, &request, &caller).await?,
        None => bare_frame(&request),
    };
    let back_to = from.til.as_deref().and_then(local_path).unwrap_or_default().to_owned();
    show(&LookForm { back_to }, &frame)
}

/// The form's fields; a switch that is off is not sent.
#[derive(Deserialize)]
pub struct Switches {
    contrast: Option<String>,
    easy_type: Option<String>,
    calm: Option<String>,
    large: Option<String>,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    til: String,
}

/// `POST /visning`: keeps the switches for a year, on this device alone.
pub async fn choose(body: Body, request: HttpRequest) -> Result<HttpResponse, Problem> {
    same_origin(&request)?;
    let form: Switches = body.form().await?;
    let look = Look {
        contrast: form.contrast.is_some(),
        easy_type: form.easy_type.is_some(),
        calm: form.calm.is_some(),
        large: form.large.is_some(),
        theme: match form.theme.as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Device,
        },
    };
    let cookie = Cookie::build(COOKIE, look.letters()).path("/").same_site(SameSite::Lax);
    let cookie = cookie.max_age(Duration::days(365)).http_only(true).finish();
    let place = local_path(&form.til).unwrap_or("/visning").to_owned();
    Ok(HttpResponse::SeeOther().cookie(cookie).insert_header((LOCATION, place)).finish())
}
