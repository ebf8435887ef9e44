//! Asking that a book stays, or a page of it, and lifting that again. The list stands on the register of what was taken out.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renderer::html::{AskToStay, Frame, HoldRow, LiftHold};
use serde::Deserialize;
use uuid::Uuid;

use super::register::{beside, done, field, json, key, named, words};
use super::{Fields, frame, show};
use crate::app::{App, danish_time};
use crate::auth::{MayLiftHold, MayPlaceHold, may_lift, sees_content};
use crate::domain::access::{Right, Ties};
use crate::domain::disposal::Hold;
use crate::domain::document::Role;
use crate::domain::ids::{ChildId, EntryId, HoldId};
use crate::http::Body;
use crate::problem::Problem;
use crate::{holds as holding, holds::NewHold, redactions};

/// The hold in the address.
#[derive(Deserialize)]
pub struct Placed {
    child: Uuid,
}

/// The page in the address.
#[derive(Deserialize)]
pub struct OfPage {
    entry: Uuid,
}

/// `GET /bog/{child}/bliver`
pub async fn ask(app: Data<App>, may: MayPlaceHold, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let frame = frame(&app, &request, &may.caller).await?;
    show(&asking(&app, &may, &Fields::default(), None, &frame).await?, &frame)
}

/// `GET /bog/{child}/side/{entry}/bliver`
pub async fn ask_of_page(
    app: Data<App>,
    may: MayPlaceHold,
    path: Path<OfPage>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields { fields: vec![("entry".into(), path.entry.to_string())] };
    let frame = frame(&app, &request, &may.caller).await?;
    show(&asking(&app, &may, &form, None, &frame).await?, &frame)
}

/// `POST /bog/{child}/bliver`
pub async fn place(
    app: Data<App>,
    may: MayPlaceHold,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let why = if is_own(&may.ties) { Some("person".into()) } else { form.some("why") };
    let new = NewHold { entry: asked_entry(&form)?.map(|entry| entry.0), why, words: form.some("words") };
    let name = named(&form, &request, &json(&new))("hold");
    match holding::place(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(done(&format!("/bog/{}/taget-ud", may.child), "hold")),
        Err(problem) => {
            let frame = frame(&app, &request, &may.caller).await?;
            show(&asking(&app, &may, &form, Some(beside(problem)?), &frame).await?, &frame)
        }
    }
}

/// `GET /bog/{child}/bliver/{hold}`: is it to be lifted?
pub async fn ask_to_lift(
    app: Data<App>,
    may: MayLiftHold,
    path: Path<Placed>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = expect_in(&may, &path)?;
    let ties = app.db.ties(may.caller.id, child, may.caller.today).await?;
    let mut rows = rows(&app, child, ties.as_ref(), vec![(may.id, may.hold)]).await?;
    let page = LiftHold {
        child: child.to_string(),
        book_title: app.db.child(child).await?.ok_or(Problem::NotFound)?.book_title,
        hold: rows.pop().ok_or(Problem::NotFound)?,
    };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// `POST /bog/{child}/bliver/{hold}`
pub async fn lift(
    app: Data<App>,
    may: MayLiftHold,
    path: Path<Placed>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let child = expect_in(&may, &path)?;
    Fields::of(body, &may.caller).await?;
    holding::lift(&app, &may).await?;
    Ok(done(&format!("/bog/{child}/taget-ud"), "lifted"))
}

fn expect_in(may: &MayLiftHold, path: &Placed) -> Result<ChildId, Problem> {
    if may.hold.child.0 == path.child { Ok(may.hold.child) } else { Err(Problem::NotFound) }
}

fn is_own(ties: &Ties) -> bool {
    ties.roles.contains(&Role::Own)
}

fn asked_entry(form: &Fields) -> Result<Option<EntryId>, Problem> {
    form.some("entry").map(|entry| entry.parse().map_err(|_| Problem::NotFound)).transpose()
}

async fn asking(
    app: &App,
    may: &MayPlaceHold,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<AskToStay, Problem> {
    let entry = match asked_entry(form)? {
        Some(id) => app.db.entry(id).await?.filter(|found| found.entry.child == may.child).map(Some),
        None => Some(None),
    };
    let entry = match entry.ok_or(Problem::NotFound)? {
        Some(found) => Some(redactions::seen(app, &may.caller, &may.ties, found).await?),
        None => None,
    };
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    Ok(AskToStay {
        child: may.child.to_string(),
        book_title: app.db.child(may.child).await?.ok_or(Problem::NotFound)?.book_title,
        entry: entry.as_ref().map(|found| found.id.to_string()),
        title: entry
            .filter(|found| sees_content(&may.ties, found, &may.caller))
            .map(|found| found.entry.title),
        own: is_own(&may.ties),
        why: field("why"),
        words: field("words"),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

/// What somebody has asked to stay of a child's, as a reader with these ties sees it. What stands in words is for those who
/// may ask for it themselves.
pub async fn rows(
    app: &App,
    child: ChildId,
    ties: Option<&Ties>,
    mut holds: Vec<(HoldId, Hold)>,
) -> Result<Vec<HoldRow>, Problem> {
    let may = |right| ties.is_some_and(|ties| ties.may(right));
    let people: Vec<_> = holds.iter().flat_map(|(_, hold)| hold.people()).collect();
    let names = app.db.names(&people).await?;
    holds.sort_by_key(|(_, hold)| (hold.lifted.is_some(), std::cmp::Reverse(hold.placed.at)));
    let mut rows = Vec::new();
    for (id, hold) in holds {
        let name =
            |signed: crate::domain::disposal::Signed| names.get(&signed.by).cloned().unwrap_or_default();
        let page_href = match hold.entry.filter(|_| may(Right::ReadBook)) {
            Some(entry) if app.db.entry(entry).await?.is_some() => Some(format!("/bog/{child}/side/{entry}")),
            _ => None,
        };
        rows.push(HoldRow {
            id: id.to_string(),
            one_page: hold.entry.is_some(),
            page_href,
            why: why(hold.why),
            asked_by: name(hold.placed),
            asked_on: danish_time(hold.placed.at).date(),
            lifted_by: hold.lifted.map(name),
            lifted_on: hold.lifted.map(|lifted| danish_time(lifted.at).date()),
            may_lift: hold.lifted.is_none() && ties.is_some_and(|ties| may_lift(ties, &hold)),
            words: hold.words.filter(|_| may(Right::PlaceHold)),
        });
    }
    Ok(rows)
}

/// As the texts name it.
fn why(hold: archive::Hold) -> &'static str {
    match hold {
        archive::Hold::Person => "person",
        archive::Hold::Dispute => "dispute",
        archive::Hold::Request => "request",
        archive::Hold::NationalArchive => "national_archive",
    }
}
