//! `/bog/{child}/moeder`: when a child and its adults meet.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::AgeBand;
use renderer::html::{Frame, MeetingRow, Meetings, PlanMeeting, ReaderChoice};
use serde::Deserialize;
use uuid::Uuid;

use super::adults::{Telling, wish_of};
use super::register::{beside, field, flash, json, key, named, words};
use super::talks::talks_of;
use super::{Fields, frame, see_other, show};
use crate::app::App;
use crate::around::Around;
use crate::auth::{MayChangeLife, MayRead, MayTell};
use crate::db::life::StoredLife;
use crate::domain::access::Right;
use crate::domain::document::ReadPage;
use crate::domain::meeting::{Meeting, MeetingState};
use crate::http::Body;
use crate::life;
use crate::problem::Problem;
use crate::readings;
use crate::wishes::NewMeeting;

/// So many past meetings are shown.
const PAST: usize = 100;

/// What the page is opened with.
#[derive(Deserialize)]
pub struct Opened {
    gjort: Option<String>,
    /// The wish that a new meeting answers.
    oenske: Option<Uuid>,
}

/// `GET /bog/{child}/moeder`
pub async fn page(
    app: Data<App>,
    may: MayRead,
    opened: Query<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Book).await?;
    let mut form = Fields::default();
    if let Some(wish) = opened.oenske {
        form.fields.push(("wish".into(), wish.to_string()));
    }
    show(&meetings(&app, &may, &form, None, &frame).await?, &frame)
}

/// `POST /bog/{child}/moeder`: a meeting is planned, or was held.
pub async fn add(
    app: Data<App>,
    may: MayTell<Meeting>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let id = |id: &str| id.parse().map_err(|_| Problem::NotFound);
    let new = NewMeeting {
        with: form.all("with").map(id).collect::<Result<_, _>>()?,
        others: form.some("others").into_iter().collect(),
        on: form.some("on"),
        at: form.some("at"),
        place: form.some("place"),
        about: form.some("about"),
        state: form.some("held").map(|_| "held".into()),
        wish: form.some("wish").as_deref().map(id).transpose()?,
    };
    let name = named(&form, &request, &json(&new))("meeting");
    let place = format!("/bog/{}/moeder?gjort=meeting", may.child);
    match life::add(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(see_other(&place)),
        Err(problem) => {
            let problem = beside(problem)?;
            let frame = frame(&app, &request, &may.caller).await?;
            let may = MayRead { child: may.child, caller: may.caller, ties: may.ties };
            show(&meetings(&app, &may, &form, Some(problem), &frame).await?, &frame)
        }
    }
}

/// `POST /bog/{child}/moeder/{record}`: a meeting was held, or is cancelled.
pub async fn settle(
    app: Data<App>,
    may: MayChangeLife<Meeting>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let meeting = &may.stored.record;
    let new = NewMeeting {
        with: meeting.with.iter().map(|person| person.0).collect(),
        others: meeting.others.clone(),
        on: Some(meeting.on.to_string()),
        at: meeting.at.map(|at| at.to_string()),
        place: meeting.place.clone(),
        about: meeting.about.clone(),
        state: form.some("state"),
        wish: meeting.wish,
    };
    life::change(&app, &may, new, None).await?;
    Ok(see_other(&format!("/bog/{}/moeder?gjort=meeting", meeting.child)))
}

async fn meetings(
    app: &App,
    may: &MayRead,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<Meetings, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let around = Around::of(app, may.child, &may.caller, &may.ties).await?;
    let told = Telling { app, around: &around, language: frame.language };
    let row = |stored: &StoredLife<Meeting>| MeetingRow {
        id: stored.id.to_string(),
        line: told.meeting(&stored.record),
        with: around.who_comes(&stored.record),
        state: match stored.record.state {
            MeetingState::Planned => "planned",
            MeetingState::Held => "held",
            MeetingState::Cancelled => "cancelled",
        },
        has_come: stored.record.on <= around.today,
    };
    let is_coming = |stored: &&StoredLife<Meeting>| {
        stored.record.state == MeetingState::Planned && stored.record.on >= around.today
    };
    let own = may.ties.may(Right::Wish);
    let keeps = may.ties.may(Right::KeepMeetings);
    Ok(Meetings {
        child: may.child.to_string(),
        child_name: child.calling_name().to_owned(),
        book_title: child.book_title.clone(),
        band: AgeBand::for_age(may.ties.age),
        own,
        coming: around.coming().map(row).collect(),
        past: around.meetings.iter().rev().filter(|stored| !is_coming(stored)).take(PAST).map(row).collect(),
        clock: told.clock(),
        talks: own || !talks_of(app, may).await?.is_empty(),
        form: if keeps { Some(plan(app, &around, &told, form, refused, frame)?) } else { None },
    })
}

fn plan(
    app: &App,
    around: &Around,
    told: &Telling<'_>,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<PlanMeeting, Problem> {
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    let wish = wish_of(around, form.one("wish").parse().ok());
    let asked = wish.and_then(|stored| stored.record.to).map(|person| person.to_string());
    let chosen = |id: &str| form.all("with").any(|with| with == id) || asked.as_deref() == Some(id);
    let people = around.now().into_iter().map(|tie| {
        let id = tie.id.to_string();
        let name = format!("{}, {}", tie.person.name, tie.person.title);
        ReaderChoice { chosen: chosen(&id), id, name }
    });
    Ok(PlanMeeting {
        people: people.collect(),
        others: field("others"),
        on: field("on"),
        at: field("at"),
        place: field("place"),
        about: field("about"),
        held: form.some("held").is_some(),
        wish: wish.map(|stored| told.wish_without_page(stored)),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}
