//! What was taken out of a book, and moving a page to the child it belongs to.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::{AgeBand, Language};
use renderer::html::{Choice, DisposalRow, Misfiled, TakenOut, ThingRow};
use serde::Deserialize;
use uuid::Uuid;

use super::register::flash;
use super::{Fields, frame, holds, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{MayContribute, MayCorrect, MayDecideDisposal, MaySeeDisposals};
use crate::db::disposals::StoredDisposal;
use crate::domain::access::{Right, age_on};
use crate::domain::disposal::{Because, State, Target};
use crate::domain::document::{Kind, ReadPage};
use crate::domain::ids::{ChildId, PersonId};
use crate::http::{Asked, Body, Part, cursor, language_of};
use crate::problem::Problem;
use crate::{disposal, misfiled as misfiling, readings};

/// Children to choose between.
const CHILDREN: u64 = 200;

/// What the register is opened with.
#[derive(Deserialize)]
pub struct Opened {
    /// Where the list goes on.
    fra: Option<String>,
    /// What was done in the step before.
    gjort: Option<String>,
}

/// `GET /bog/{child}/taget-ud`
pub async fn register(
    app: Data<App>,
    may: MaySeeDisposals,
    opened: Asked<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    readings::record_as(&app, &may.caller, may.role, may.child, ReadPage::Disposals).await?;
    let opened = opened.get()?;
    let part = Part { cursor: opened.fra, limit: None };
    let slice = app.db.disposals(may.child, part.cursor()?, 50).await?;
    let older_href =
        slice.next.as_ref().and_then(cursor).map(|next| format!("/bog/{}/taget-ud?fra={next}", may.child));
    let page = TakenOut {
        child: may.child.to_string(),
        book_title: child.book_title,
        band: AgeBand::for_age(age_on(child.born, may.caller.today)),
        disposals: rows(&app, &may, slice.items, language_of(&request)).await?,
        older_href,
        holds: holds::rows(&app, may.child, may.ties.as_ref(), app.db.holds(may.child).await?).await?,
        may_ask: may.ties.as_ref().is_some_and(|ties| ties.may(Right::PlaceHold)),
    };
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    show(&page, &frame)
}

async fn rows(
    app: &App,
    may: &MaySeeDisposals,
    found: Vec<StoredDisposal>,
    language: Language,
) -> Result<Vec<DisposalRow>, Problem> {
    let people: Vec<PersonId> = found.iter().flat_map(|stored| stored.disposal.people()).collect();
    let names = app.db.names(&people).await?;
    let name = |person: PersonId| names.get(&person).cloned().unwrap_or_default();
    let row = |StoredDisposal { id, disposal }: StoredDisposal| {
        let words = match language {
            Language::Da => archive::Language::Danish,
            Language::En => archive::Language::English,
        };
        let thing = |target: &Target| ThingRow {
            kind: kind_of(target.kind),
            put_in_on: danish_time(target.deposited_at).date(),
            put_in_by: target.deposited_by.map(name),
            why: target.reasons(&disposal.because, words).join(" "),
        };
        DisposalRow {
            id: id.to_string(),
            state: disposal.state.as_str(),
            asked_by: name(disposal.proposed.by),
            asked_on: danish_time(disposal.proposed.at).date(),
            agreed: disposal.approvals.iter().map(|approval| name(approval.by)).collect(),
            refused_by: disposal.state.refused().map(|refused| name(refused.by)),
            things: disposal.targets.iter().map(thing).collect(),
            with_another: matches!(disposal.because, Because::WrongChild { .. }),
            may_decide: may.decides
                && disposal.state == State::Proposed
                && !disposal.is_signed_by(may.caller.id),
        }
    };
    Ok(found.into_iter().map(row).collect())
}

fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Entry | Kind::OwnPage => "page",
        Kind::Media => "file",
        Kind::Edition => "print",
        _ => "paper",
    }
}

/// Yes or no.
#[derive(Deserialize)]
struct Answer {
    answer: String,
}

/// The proposal in the address.
#[derive(Deserialize)]
pub struct Proposal {
    child: Uuid,
}

/// `POST /bog/{child}/taget-ud/{disposal}`
pub async fn answer(
    app: Data<App>,
    may: MayDecideDisposal,
    path: Path<Proposal>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    if may.stored.disposal.child.0 != path.child {
        return Err(Problem::NotFound);
    }
    match body.form_of::<Answer>(&may.caller).await?.answer.as_str() {
        "yes" => disposal::approve(&app, &may).await.map(|_| ())?,
        "no" => disposal::refuse(&app, &may).await?,
        _ => return Err(Problem::MalformedBody("neither yes nor no".into())),
    }
    Ok(see_other(&format!("/bog/{}/taget-ud", path.child)))
}

/// `GET /bog/{child}/side/{entry}/andet-barn`
pub async fn misfiled(
    app: Data<App>,
    may: MayCorrect,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.entry.entry.child).await?.ok_or(Problem::NotFound)?;
    let readable = may.ties.may(Right::ReadBook) && may.sees_content();
    let tied = app.db.tied_children(may.caller.id, may.caller.today, None, CHILDREN).await?.into_iter();
    let others = tied.filter(|other| other.id != may.entry.entry.child && other.ties.may(Right::Contribute));
    let page = Misfiled {
        child: may.entry.entry.child.to_string(),
        book_title: child.book_title,
        entry: may.entry.id.to_string(),
        title: if readable { may.entry.entry.title.clone() } else { String::new() },
        children: others
            .map(|other| Choice {
                id: other.id.to_string(),
                label: other.child.name,
                note: String::new(),
                chosen: false,
            })
            .collect(),
    };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// `POST /bog/{child}/side/{entry}/andet-barn`
pub async fn move_page(app: Data<App>, may: MayCorrect, body: Body) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let child: ChildId = form.one("to").parse().map_err(|_| Problem::NotFound)?;
    let to = MayContribute::grant(&app, may.caller.clone(), child).await?;
    misfiling::report(&app, &may, &to).await?;
    Ok(see_other(&format!("/bog/{}", may.entry.entry.child)))
}
