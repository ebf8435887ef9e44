//! `/bog/{child}/maal`: the child's own goals and dreams, with its adults' steps.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::{AgeBand, ChapterKind, Form, Goal as GoalView};
use renderer::html::{Frame, Goals};
use serde::Deserialize;
use uuid::Uuid;

use super::register::{beside, done, flash, json, key, named, words};
use super::{Fields, frame, show};
use crate::app::App;
use crate::auth::{MayChangeLife, MayHelpGoal, MayRead, MayTell};
use crate::books::forms;
use crate::domain::access::Right;
use crate::domain::document::ReadPage;
use crate::domain::goal::Goal;
use crate::goals::{self, NewGoal, NewStep, StepDone};
use crate::http::Body;
use crate::problem::Problem;
use crate::{readings, redactions};

/// What the page is opened with.
#[derive(Deserialize)]
pub struct Done {
    gjort: Option<String>,
}

/// `GET /bog/{child}/maal`
pub async fn page(
    app: Data<App>,
    may: MayRead,
    opened: Query<Done>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Book).await?;
    show(&sheet(&app, &may, &Fields::default(), None, &frame).await?, &frame)
}

async fn sheet(
    app: &App,
    may: &MayRead,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<Goals, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let told =
        forms::goals(app, may.child, &redactions::covers_for(app, &may.ties, may.child).await?).await?;
    let of = |chapter: ChapterKind| -> Vec<GoalView> {
        let found = told.iter().find(|(kind, _)| *kind == chapter);
        match found {
            Some((_, Form::Goals(goals))) => goals.clone(),
            _ => Vec::new(),
        }
    };
    Ok(Goals {
        child: may.child.to_string(),
        name: child.calling_name().to_owned(),
        book_title: child.book_title,
        band: AgeBand::for_age(may.ties.age),
        own: may.ties.may(Right::ChooseGoals),
        may_help: may.ties.may(Right::HelpGoals),
        plan: of(ChapterKind::Plan),
        dreams: of(ChapterKind::Future),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

/// `POST /bog/{child}/maal`: the child says what it wants.
pub async fn add(
    app: Data<App>,
    may: MayTell<Goal>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewGoal { kind: form.some("kind"), words: form.one("words").to_owned(), ..NewGoal::default() };
    let name = named(&form, &request, &json(&new))(form.one("kind"));
    match goals::add(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(done(&format!("/bog/{}/maal", may.child), "goal")),
        Err(problem) => {
            let problem = beside(problem)?;
            let frame = frame(&app, &request, &may.caller).await?;
            let may = MayRead { child: may.child, caller: may.caller, ties: may.ties };
            show(&sheet(&app, &may, &form, Some(problem), &frame).await?, &frame)
        }
    }
}

/// `POST /bog/{child}/maal/{record}`: ticked, or taken away.
pub async fn change(app: Data<App>, may: MayChangeLife<Goal>, body: Body) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let goal = &may.stored.record;
    let reached = form.some("gjort").map_or(goal.reached_on.is_some(), |ticked| ticked == "ja");
    let removed = form.some("vaek").is_some();
    let new = NewGoal { kind: None, words: goal.words.clone(), reached, removed };
    goals::change(&app, &may, new, None).await?;
    Ok(done(&format!("/bog/{}/maal", goal.child), "goal"))
}

/// `POST /bog/{child}/maal/{record}/skridt`: an adult says what it does.
pub async fn add_step(
    app: Data<App>,
    may: MayHelpGoal,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewStep { words: form.one("words").to_owned() };
    let name = named(&form, &request, &json(&new))("step");
    goals::add_step(&app, &may, new, Some(name)).await?;
    Ok(done(&format!("/bog/{}/maal", may.stored.record.child), "goal"))
}

/// `POST /bog/{child}/maal/{record}/skridt/{number}`: it is done, or not yet after all.
pub async fn settle_step(
    app: Data<App>,
    may: MayHelpGoal,
    path: Path<(Uuid, Uuid, String)>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let number = path.2.parse().map_err(|_| Problem::NotFound)?;
    let settled = StepDone { done: form.one("gjort") == "ja" };
    goals::settle_step(&app, &may, number, &settled, None).await?;
    Ok(done(&format!("/bog/{}/maal", may.stored.record.child), "goal"))
}
