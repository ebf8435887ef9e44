//! Before anybody is signed in: the way in, sign-in, help.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{self, Door, Help, HelpLine, Persona, SignIn, SignInTrouble};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{bare_frame, encode, frame, home, local_path, logins, see_other, show};
use crate::accounts;
use crate::app::App;
use crate::auth::{Caller, close_session, enrolled_device, identify, open_session, same_origin};
use crate::db::accounts::WayIn;
use crate::demo;
use crate::http::Body;
use crate::problem::Problem;

/// `/`
pub async fn way_in(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let caller = identify(&app, &request).await.unwrap_or_default();
    let frame = match &caller {
        Some(caller) => frame(&app, &request, caller).await?,
        None => bare_frame(&request),
    };
    let door = |place: &str| Door {
        href: if caller.is_some() { place.to_owned() } else { format!("/ind?next={}", encode(place)) },
    };
    let personas = demo::personas_for_page(&app)?.into_iter().map(|persona| Persona {
        role_label: persona.title.clone(),
        note: persona.note,
        name: persona.name,
        href: persona.sign_in,
    });
    let page = html::WayIn {
        read: door("/bog"),
        write: door("/bidrag"),
        archive: door("/arkiv"),
        personas: personas.collect(),
    };
    show(&page, &frame)
}

#[derive(Deserialize)]
pub struct SignInQuery {
    next: Option<String>,
    hvorfor: Option<String>,
    /// Somebody else than the child whose device it is.
    anden: Option<String>,
}

/// `GET /ind`: on a child's own device this leads to its pictures.
pub async fn sign_in_page(
    app: Data<App>,
    query: Query<SignInQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if query.anden.is_none() && enrolled_device(&app, &request).await?.is_some() {
        return Ok(see_other("/ind/billeder"));
    }
    let trouble = query.hvorfor.is_some().then_some(SignInTrouble::Expired);
    let next = query.next.clone().unwrap_or_default();
    let logins = logins::offered(&app, &next);
    show(&SignIn { next, user_name: String::new(), trouble, logins }, &bare_frame(&request))
}

#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    next: String,
    #[serde(default)]
    user_name: String,
    #[serde(default)]
    password: String,
}

/// `POST /ind`
pub async fn sign_in(app: Data<App>, body: Body, request: HttpRequest) -> Result<HttpResponse, Problem> {
    same_origin(&request)?;
    let form: SignInForm = body.form().await?;
    let trouble = match accounts::check(&app, &form.user_name, form.password).await {
        Ok(Some(person)) => {
            let cookie = open_session(&app, person, WayIn::default()).await?;
            let place = match local_path(&form.next) {
                Some(next) => next.to_owned(),
                None => home(&app, &accounts::caller(&app, person).await?).await?,
            };
            return Ok(HttpResponse::SeeOther().cookie(cookie).insert_header((LOCATION, place)).finish());
        }
        Ok(None) => SignInTrouble::Wrong,
        Err(Problem::TooManyAttempts(seconds)) => {
            SignInTrouble::TooMany { wait_minutes: u32::try_from(seconds.div_ceil(60)).unwrap_or(60) }
        }
        Err(problem) => return Err(problem),
    };
    let logins = logins::offered(&app, &form.next);
    let page = SignIn { next: form.next, user_name: form.user_name, trouble: Some(trouble), logins };
    show(&page, &bare_frame(&request))
}

/// `GET /ind/{key}`: a sign-in link. In the demo it can be used again; elsewhere it works once.
pub async fn sign_in_link(app: Data<App>, key: Path<String>) -> Result<HttpResponse, Problem> {
    let (person, way) = accounts::open_link(&app, &key).await?.ok_or(Problem::NotFound)?;
    let cookie = open_session(&app, person, way).await?;
    let caller = accounts::caller(&app, person).await?;
    let place = logins::first_of_all(&app, &caller, home(&app, &caller).await?).await?;
    Ok(HttpResponse::SeeOther().cookie(cookie).insert_header((LOCATION, place)).finish())
}

/// `POST /ud`
pub async fn sign_out(
    app: Data<App>,
    caller: Caller,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    body.form_of::<IgnoredAny>(&caller).await?;
    let cookie = close_session(&app, &request).await?;
    Ok(HttpResponse::SeeOther()
        .cookie(cookie)
        .insert_header((LOCATION, if logins::signed_in_at(&app, &request).is_some() { "/ud" } else { "/" }))
        .insert_header(("Clear-Site-Data", "\"cache\", \"storage\""))
        .finish())
}

/// `GET /hjaelp`: asks nobody who they are, sets no cookie, writes no line in any log.
pub async fn help(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let municipalities = app.db.municipalities().await?;
    let lines: Vec<HelpLine> = municipalities
        .into_iter()
        .filter_map(|(_, municipality)| {
            let help = municipality.help?;
            Some(HelpLine { name: help.name, number: help.phone, hours: help.hours, sms: false })
        })
        .collect();
    show(&Help { lines }, &bare_frame(&request))
}

#[derive(Deserialize)]
pub struct To {
    til: Option<String>,
}

/// `GET /sprog/{language}`: the reader's own choice of language, kept in a cookie that says only `da` or `en`.
pub async fn choose_language(language: Path<String>, to: Query<To>) -> Result<HttpResponse, Problem> {
    let language = if language.as_str() == "en" { "en" } else { "da" };
    let cookie =
        Cookie::build("sprog", language).path("/").same_site(SameSite::Lax).max_age(Duration::days(365));
    let place = to.til.as_deref().and_then(local_path).unwrap_or("/").to_owned();
    Ok(HttpResponse::SeeOther().cookie(cookie.finish()).insert_header((LOCATION, place)).finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_sign_in_nobody_is_sent_to_another_site() {
        assert_eq!(local_path("/bog/1?age=9"), Some("/bog/1?age=9"));
        for elsewhere in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }
}
