//! `/arkiv/ny`, `/arkiv/anmodninger` and `/arkiv/{request}`: asking the archive, and answering. One page shows both sides the
//! same facts; what one may do stands beside them.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{AskArchive, Frame, Link, RequestDesk, RequestRow};
use serde::Deserialize;

use super::claims;
use super::register::{beside, field, flash, json, key, named, words};
use super::request_view::{Written, view};
use super::{Fields, frame, see_other, show};
use crate::app::App;
use crate::auth::{
    Caller, MayAnswerRequest, MayAsk, MayDecideRequest, MayFetchPackage, MayReadRequest, MaySeeRequests,
    MayWriteInRequest,
};
use crate::db::requests::RequestsOf;
use crate::deposit::Deposited;
use crate::domain::document::ReadPage;
use crate::domain::ids::ChildId;
use crate::domain::request::{Elsewhere, StoredRequest};
use crate::export::NewLock;
use crate::http::media::serve_locked;
use crate::http::requests::told_stage;
use crate::http::{Asked, Body, Part, cursor};
use crate::problem::Problem;
use crate::readings;
use crate::requests::{self, NewDecision, NewMessage, NewRequest, NewStep, deadlines};

/// Requests shown in one's own list.
const OWN: u64 = 50;

/// What the pages are opened with.
#[derive(Deserialize)]
pub struct Opened {
    pub(super) gjort: Option<String>,
    /// Where the list goes on.
    fra: Option<String>,
}

/// `GET /arkiv/ny`
pub async fn blank(app: Data<App>, caller: Caller, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let may = MayAsk::grant(&app, caller, None).await?;
    let frame = frame(&app, &request, &may.caller).await?;
    show(&asking(&app, &may, &Fields::default(), None, &frame).await?, &frame)
}

/// `POST /arkiv/ny`
pub async fn file(
    app: Data<App>,
    caller: Caller,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let may = MayAsk::grant(&app, caller, None).await?;
    let form = Fields::of(body, &may.caller).await?;
    let new = NewRequest { child: None, scope: form.some("scope"), words: form.some("words") };
    let name = named(&form, &request, &json(&new))("request");
    match requests::file(&app, &may, new, Some(name)).await {
        Ok(sealed) => Ok(see_other(&format!("/arkiv/{}?gjort=asked", sealed.id))),
        Err(problem) => {
            let problem = beside(problem)?;
            let frame = frame(&app, &request, &may.caller).await?;
            show(&asking(&app, &may, &form, Some(problem), &frame).await?, &frame)
        }
    }
}

async fn asking(
    app: &App,
    may: &MayAsk,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<AskArchive, Problem> {
    let municipality = app.db.municipality(may.municipality).await?;
    let deadlines = deadlines(app, may.caller.today);
    Ok(AskArchive {
        municipality: municipality.map(|municipality| municipality.name).unwrap_or_default(),
        acknowledge_by: deadlines.acknowledge_by,
        answer_by: deadlines.answer_by,
        part: form.one("scope") == "part",
        words: field(form, refused.as_ref(), "words", frame.language),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

/// `GET /arkiv/anmodninger`: for those who answer.
pub async fn desk(
    app: Data<App>,
    may: MaySeeRequests,
    opened: Asked<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let municipality = *may.of.municipalities.first().ok_or(Problem::NotPermitted)?;
    let of = RequestsOf { children: Vec::new(), municipalities: may.of.municipalities.clone() };
    let part = Part { cursor: opened.get()?.fra, limit: None };
    let slice = app.db.requests(&of, part.cursor()?, 50).await?;
    let more_href = slice.next.as_ref().and_then(cursor).map(|next| format!("/arkiv/anmodninger?fra={next}"));
    let rows = rows(&app, &may.caller, slice.items).await?;
    let (open, closed) = rows.into_iter().partition(|row| row.due.is_some());
    let municipality = app.db.municipality(municipality).await?.ok_or(Problem::NotFound)?.name;
    let claims = claims::on_desk(&app, &may.caller).await?;
    let covers_due = covers_due(&app, &may).await?;
    let page = RequestDesk { municipality, covers_due, claims, open, closed, more_href };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// Where somebody has to look at a cover again.
async fn covers_due(app: &App, may: &MaySeeRequests) -> Result<Vec<(Link, u64)>, Problem> {
    let mut due = Vec::new();
    for (child, count) in app.db.covers_due(&may.of.municipalities, may.caller.today, 50).await? {
        let name = app.db.child(child).await?.map(|child| child.name).unwrap_or_default();
        due.push((Link { href: format!("/bog/{child}/daekket"), words: name }, count));
    }
    Ok(due)
}

/// What somebody has asked the archive for, for `/arkiv`.
pub async fn of_child(app: &App, caller: &Caller, child: ChildId) -> Result<Vec<RequestRow>, Problem> {
    let of = RequestsOf { children: vec![child], municipalities: Vec::new() };
    rows(app, caller, app.db.requests(&of, None, OWN).await?.items).await
}

async fn rows(app: &App, caller: &Caller, found: Vec<StoredRequest>) -> Result<Vec<RequestRow>, Problem> {
    let people: Vec<_> = found.iter().flat_map(|stored| stored.request.people()).collect();
    let names = app.db.names(&people).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let row = |stored: &StoredRequest| {
        let request = &stored.request;
        RequestRow {
            href: format!("/arkiv/{}", stored.id),
            name: name(request.asked.by),
            stage: told_stage(stored, request.asked.by == caller.id),
            asked_on: crate::app::danish_time(request.asked.at).date(),
            due: request.due(),
            late: request.is_late(caller.today),
            by: request.stage.acknowledgement().map(|promise| name(promise.signed.by)),
        }
    };
    Ok(found.iter().map(row).collect())
}

/// `GET /arkiv/{request}`
pub async fn page(
    app: Data<App>,
    may: MayReadRequest,
    opened: Asked<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = may.stored.request.child;
    readings::record_as(&app, &may.caller, may.side.role(), child, ReadPage::Request(may.stored.id)).await?;
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.get()?.gjort.as_deref(), frame.language);
    show(&view(&app, &may, &Written::Nothing, None, &frame).await?, &frame)
}

/// `POST /arkiv/{request}/trin`
pub async fn step(
    app: Data<App>,
    may: MayAnswerRequest,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let places = (1..=3).filter_map(|number| {
        let name = form.some(&format!("place-{number}"))?;
        Some(Elsewhere { name, words: form.some(&format!("about-{number}")) })
    });
    let new = NewStep {
        step: form.some("step"),
        answer_by: form.some("answer_by"),
        words: form.some("words"),
        elsewhere: places.collect(),
    };
    let name = named(&form, &request, &json(&new))("step");
    let done = requests::step(&app, &may, new, Some(name)).await;
    let may = MayReadRequest { stored: may.stored, side: may.side, caller: may.caller };
    answer(&app, &may, &request, Written::Step(form), done, "step").await
}

/// `POST /arkiv/{request}/afgoerelse`
pub async fn decide(
    app: Data<App>,
    may: MayDecideRequest,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let no = |name: &str| form.some(name).filter(|_| form.one("outcome") != "granted");
    let new = NewDecision {
        outcome: form.some("outcome"),
        words: form.some("words"),
        reason: no("reason"),
        ground: no("ground"),
        complain_to: no("complain_to"),
        complain_by: no("complain_by"),
    };
    let name = named(&form, &request, &json(&new))("decision");
    let done = requests::decide(&app, &may, new, Some(name)).await;
    let may = MayReadRequest { stored: may.stored, side: may.side, caller: may.caller };
    answer(&app, &may, &request, Written::Decision(form), done, "decision").await
}

/// `POST /arkiv/{request}/besked`
pub async fn say(
    app: Data<App>,
    may: MayWriteInRequest,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewMessage { words: form.one("words").to_owned() };
    let name = named(&form, &request, &json(&new))("message");
    let done = requests::say(&app, &may, new, Some(name)).await;
    let may = MayReadRequest { stored: may.stored, side: may.side, caller: may.caller };
    answer(&app, &may, &request, Written::Message(form), done, "message").await
}

/// `POST /arkiv/{request}/pakke`: the package behind a password.
pub async fn locked(app: Data<App>, may: MayFetchPackage, body: Body) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let lock = NewLock::password(form.one("password")).lock()?;
    serve_locked(requests::fetch(&app, &may).await?.package, lock, "mine-papirer.zip.age").await
}

/// `POST /arkiv/{request}/fortryd`
pub async fn withdraw(
    app: Data<App>,
    may: MayFetchPackage,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let name = named(&form, &request, "")("withdraw");
    let done = requests::withdraw(&app, &may, Some(name)).await;
    let may = MayReadRequest { stored: may.stored, side: may.side, caller: may.caller };
    answer(&app, &may, &request, Written::Nothing, done, "withdrawn").await
}

/// Back to the request: with the word that it is done, or with the form as it was sent.
async fn answer(
    app: &App,
    may: &MayReadRequest,
    request: &HttpRequest,
    written: Written,
    outcome: Result<Deposited, Problem>,
    what: &str,
) -> Result<HttpResponse, Problem> {
    match outcome {
        Ok(_) => Ok(see_other(&format!("/arkiv/{}?gjort={what}", may.stored.id))),
        Err(problem) => {
            let problem = beside(problem)?;
            let frame = frame(app, request, &may.caller).await?;
            show(&view(app, may, &written, Some(problem), &frame).await?, &frame)
        }
    }
}
