//! What is known to have been there and is gone: told, added to, found again.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{Frame, LossRow, Losses};
use serde::Deserialize;

use super::life::InForm;
use super::register::{beside, done, field, flash, json, key, named, words};
use super::{Fields, frame, show};
use crate::app::{App, danish_time};
use crate::auth::{MayChangeLife, MayRead, MayTell};
use crate::db::life::StoredLife;
use crate::domain::access::Right;
use crate::domain::document::ReadPage;
use crate::domain::ids::PersonId;
use crate::domain::loss::{Became, Loss};
use crate::http::{Asked, Body};
use crate::life::{self, NewLoss};
use crate::problem::Problem;
use crate::{places, readings, redactions};

/// So many are shown.
const LOSSES: u64 = 500;

/// What the list is opened with.
#[derive(Deserialize)]
pub struct Opened {
    /// What was done in the step before.
    gjort: Option<String>,
}

/// `GET /bog/{child}/vaek`
pub async fn list(
    app: Data<App>,
    may: MayRead,
    opened: Asked<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.get()?.gjort.as_deref(), frame.language);
    show(&page(&app, &may, &Fields::default(), None, &frame).await?, &frame)
}

/// `POST /bog/{child}/vaek`
pub async fn add(
    app: Data<App>,
    may: MayTell<Loss>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewLoss::of(&form, None)?;
    let name = named(&form, &request, &json(&new))("loss");
    match life::add(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(done(&format!("/bog/{}/vaek", may.child), "loss")),
        Err(problem) => {
            let frame = frame(&app, &request, &may.caller).await?;
            let reads = MayRead::grant(&app, may.caller.clone(), may.child).await?;
            show(&page(&app, &reads, &form, Some(beside(problem)?), &frame).await?, &frame)
        }
    }
}

/// `POST /bog/{child}/vaek/{record}`: it has turned up, or was told wrongly.
pub async fn change(
    app: Data<App>,
    may: MayChangeLife<Loss>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let Loss { child, what, from, until, kept_by, words, known_from, became, .. } = may.stored.record.clone();
    let removed = form.one("now") == "wrong";
    let became = if form.one("now") == "found" { Became::Found } else { became };
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let new = NewLoss {
        what: Some(what),
        became: Some(became.as_str().into()),
        known_from: Some(known_from),
        kept_by,
        words,
        from: day(from),
        until: day(until),
        removed,
    };
    let name = named(&form, &request, &json(&new))(&format!("loss {}", may.stored.id));
    life::change(&app, &may, new, Some(name)).await?;
    Ok(done(&format!("/bog/{child}/vaek"), "loss"))
}

impl InForm for NewLoss {
    fn of(form: &Fields, _: Option<&Loss>) -> Result<Self, Problem> {
        Ok(Self {
            what: form.some("what"),
            became: form.some("became"),
            known_from: form.some("known_from"),
            kept_by: form.some("kept_by"),
            words: form.some("words"),
            from: form.some("from"),
            until: form.some("until"),
            removed: false,
        })
    }
}

async fn page(
    app: &App,
    may: &MayRead,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<Losses, Problem> {
    readings::record(app, &may.caller, &may.ties, may.child, ReadPage::Book).await?;
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let secret = places::kept_from(app, &may.caller, &may.ties, may.child).await?;
    let found = redactions::life::<Loss>(app, &may.ties, may.child, None, LOSSES).await?.items;
    let told_by: Vec<PersonId> = found.iter().map(|stored| stored.record.told_by).collect();
    let names = app.db.names(&told_by).await?;
    let row = |StoredLife { id, record, .. }: StoredLife<Loss>| {
        let record = record.without_place(&secret);
        LossRow {
            id: id.to_string(),
            what: record.what,
            became: record.became.as_str(),
            known_from: Some(record.known_from).filter(|words| !words.is_empty()),
            kept_by: record.kept_by,
            words: record.words,
            from: record.from,
            until: record.until,
            told_by: names.get(&record.told_by).cloned().unwrap_or_default(),
            told_on: danish_time(record.told_at).date(),
            may_change: may.ties.may(Right::Contribute),
        }
    };
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    Ok(Losses {
        child: may.child.to_string(),
        book_title: child.book_title,
        band: may.ties.highest_band(),
        losses: found.into_iter().map(row).collect(),
        may_tell: may.ties.may(Right::Contribute),
        what: field("what"),
        became: field("became"),
        kinds: Became::ALL.iter().filter(|kind| **kind != Became::Found).map(|kind| kind.as_str()).collect(),
        known_from: field("known_from"),
        kept_by: field("kept_by"),
        words: field("words"),
        from: field("from"),
        until: field("until"),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}
