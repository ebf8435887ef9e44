//! A page of a book that was shown is shown again as it was, while nothing has changed.
//!
//! The same request, the same index, the same day: the same answer, the decision that this reader may have it included.

use actix_web::body::{self, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::{html_answer, offline};
use crate::app::App;
use crate::fresh::Answer;

/// Stands beside an answer that may be given again until then.
pub struct GoodUntil(pub DateTime<Utc>);

/// Answers what was answered before; keeps what says [`GoodUntil`].
pub async fn again(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = request.app_data::<Data<App>>().cloned();
    let (Some(app), true) = (app, request.method() == Method::GET && request.path().starts_with("/bog/"))
    else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let key = key(&app, request.request());
    let stamp = app.fresh.stamp(&app.db).await;
    if let Some(kept) = stamp.and_then(|stamp| app.fresh.answers.get(&key, stamp))
        && app.now() < kept.until
    {
        request.extensions_mut().insert(kept.marks);
        return Ok(request.into_response(html_answer(&mut HttpResponse::Ok(), kept.html)));
    }
    let response = next.call(request).await?;
    let until = response.response().extensions().get::<GoodUntil>().map(|good| good.0);
    let (Some(stamp), Some(until)) = (stamp, until) else { return Ok(response.map_into_boxed_body()) };
    let (request, response) = response.into_parts();
    let (response, html) = response.into_parts();
    let html = body::to_bytes(html).await.map_err(Into::into)?;
    let marks = offline::marks(&request);
    app.fresh.answers.put(key, stamp, Answer { html: html.clone(), until, marks }, html.len());
    Ok(ServiceResponse::new(request, response.set_body(html).map_into_boxed_body()))
}

/// A digest of everything in the request, and of the day, that a page may depend on.
fn key(app: &App, request: &HttpRequest) -> [u8; 32] {
    let mut key = Sha256::new();
    let mut add = |part: &[u8]| {
        key.update(part.len().to_be_bytes());
        key.update(part);
    };
    add(app.today().to_string().as_bytes());
    add(request.uri().to_string().as_bytes());
    for name in [header::COOKIE, header::AUTHORIZATION, header::ACCEPT_LANGUAGE, offline::COPY] {
        for value in request.headers().get_all(&name) {
            add(name.as_str().as_bytes());
            add(value.as_bytes());
        }
    }
    key.finalize().into()
}
