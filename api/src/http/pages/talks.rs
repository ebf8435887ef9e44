//! `/bog/{child}/samtale`: how a talk was for the child, and `/bog/{child}/samtaler`: one after the other.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::AgeBand;
use renderer::html::{Frame, ReaderChoice, TalkFace, TalkForm, TalkRow, Talks};
use serde::Deserialize;

use super::adults::{Done, Telling};
use super::register::{beside, flash, key, words};
use super::{Fields, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::around::{Around, called};
use crate::auth::{MayMakeOwnPages, MayRead};
use crate::db::own_pages::StoredOwnPage;
use crate::domain::access::Right;
use crate::domain::document::{ReadPage, Role};
use crate::domain::ids::PersonId;
use crate::domain::own_page::{Face, OwnPage, Question, Sharing};
use crate::http::Body;
use crate::own_pages::{self, NewOwnPage};
use crate::problem::{FieldProblem, Problem};
use crate::readings;

/// So many talks are shown, and so many meetings can be chosen.
const TALKS: usize = 100;
const MEETINGS: usize = 6;
/// Among so many pages of the child's own they are looked for.
const PAGES: u64 = 1_000;

/// What the page is opened with.
#[derive(Deserialize)]
pub struct Opened {
    /// The meeting it is about.
    om: Option<String>,
}

/// `GET /bog/{child}/samtale`
pub async fn form(
    app: Data<App>,
    may: MayMakeOwnPages,
    opened: Query<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = frame(&app, &request, &may.caller).await?;
    let mut filled = Fields::default();
    filled.fields.extend(opened.om.clone().map(|meeting| ("meeting".to_owned(), meeting)));
    show(&sheet(&app, &may, &filled, None, &frame).await?, &frame)
}

/// `POST /bog/{child}/samtale`
pub async fn tell(
    app: Data<App>,
    may: MayMakeOwnPages,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let filled = Fields::of(body, &may.caller).await?;
    let new = asked(&app, &may, &filled).await;
    let told = async {
        let new = new?;
        let idempotency = filled.idempotency(may.child, &new);
        own_pages::make(&app, &may, new, idempotency).await
    };
    match told.await {
        Ok(_) => Ok(see_other(&format!("/bog/{}/samtaler?gjort=talk", may.child))),
        Err(problem) => {
            let problem = beside(problem)?;
            let frame = frame(&app, &request, &may.caller).await?;
            show(&sheet(&app, &may, &filled, Some(problem), &frame).await?, &frame)
        }
    }
}

/// `GET /bog/{child}/samtaler`
pub async fn list(
    app: Data<App>,
    may: MayRead,
    done: Query<Done>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(done.gjort.as_deref(), frame.language);
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let around = Around::of(&app, may.child, &may.caller, &may.ties).await?;
    let own = may.ties.may(Right::MakeOwnPages);
    let talks = talks_of(&app, &may).await?;
    // That a child reads its own pages is nobody's business.
    for stored in talks.iter().filter(|_| !own) {
        let page = ReadPage::OwnPage(stored.id.0);
        readings::record(&app, &may.caller, &may.ties, may.child, page).await?;
    }
    let page = Talks {
        child: may.child.to_string(),
        child_name: child.calling_name().to_owned(),
        book_title: child.book_title,
        band: AgeBand::for_age(may.ties.age),
        own,
        talks: talks.iter().map(|stored| row(stored, &around, own)).collect(),
    };
    show(&page, &frame)
}

/// The talks this reader may read, newest first.
pub async fn talks_of(app: &App, may: &MayRead) -> Result<Vec<StoredOwnPage>, Problem> {
    let pages = app.db.own_pages(may.child, Some(may.caller.reader()), None, PAGES).await?.items;
    let talks = pages
        .into_iter()
        .filter(|stored| stored.page.is_talk() && stored.page.is_for(may.caller.id, &may.ties));
    Ok(talks.take(TALKS).collect())
}

fn row(stored: &StoredOwnPage, around: &Around, own: bool) -> TalkRow {
    let page = &stored.page;
    let about = around.meetings.iter().find(|meeting| Some(meeting.id) == page.about);
    TalkRow {
        id: stored.id.to_string(),
        on: about.map_or_else(|| danish_time(page.made_at).date(), |meeting| meeting.record.on),
        with: about.map(|meeting| around.who_comes(&meeting.record)).unwrap_or_default(),
        place: about.and_then(|meeting| meeting.record.place.clone()),
        faces: Question::ALL.iter().map(|question| face_of(page, *question)).collect(),
        words: page.text.clone(),
        shared: own && page.sharing != Sharing::Nobody,
    }
}

fn face_of(page: &OwnPage, question: Question) -> TalkFace {
    let given = page.faces.iter().find(|face| face.question == question);
    TalkFace { question: question.as_str(), face: given.map_or(0, |face| face.face) }
}

/// The child's caseworkers today: with them it is shared, if the child wants to.
async fn advisers(app: &App, may: &MayMakeOwnPages) -> Result<Vec<(PersonId, String)>, Problem> {
    let around = app.db.people_around(may.child, may.caller.today).await?;
    let advisers = around.into_iter().filter(|(_, role, _)| *role == Role::Caseworker);
    Ok(advisers.map(|(id, _, person)| (id, called(&person.name).to_owned())).collect())
}

async fn asked(app: &App, may: &MayMakeOwnPages, filled: &Fields) -> Result<NewOwnPage, Problem> {
    let faces: Vec<Face> = Question::ALL.into_iter().filter_map(|question| filled.face(question)).collect();
    if faces.is_empty() {
        let (da, en) = ("Vælg mindst ét ansigt.", "Choose one face at least.");
        return Err(Problem::Invalid(vec![FieldProblem::new("faces", "required", da, en)]));
    }
    let people: Vec<PersonId> = advisers(app, may).await?.into_iter().map(|(id, _)| id).collect();
    let alone = people.is_empty() || filled.one("sharing") != "adviser";
    Ok(NewOwnPage {
        text: filled.some("words"),
        sharing: if alone { Sharing::Nobody } else { Sharing::Some { people } },
        faces,
        about: filled.some("meeting").map(|id| id.parse().map_err(|_| Problem::NotFound)).transpose()?,
        ..NewOwnPage::default()
    })
}

impl Fields {
    fn face(&self, question: Question) -> Option<Face> {
        let face = self.one(&format!("face-{}", question.as_str())).parse().ok()?;
        Some(Face { question, face })
    }
}

async fn sheet(
    app: &App,
    may: &MayMakeOwnPages,
    filled: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<TalkForm, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let around = Around::of(app, may.child, &may.caller, &may.ties).await?;
    let told = Telling { app, around: &around, language: frame.language };
    let meant = filled.one("meeting");
    let held = around.held().take(MEETINGS).enumerate().map(|(at, stored)| {
        let id = stored.id.to_string();
        let with = around.who_comes(&stored.record);
        let name = format!("{}, {}", told.meeting(&stored.record).when, with.join(", "));
        ReaderChoice { chosen: if meant.is_empty() { at == 0 } else { id == meant }, id, name }
    });
    let advisers: Vec<String> = advisers(app, may).await?.into_iter().map(|(_, name)| name).collect();
    let question = |question: Question| TalkFace {
        question: question.as_str(),
        face: filled.face(question).map_or(0, |face| face.face),
    };
    Ok(TalkForm {
        child: may.child.to_string(),
        book_title: child.book_title,
        band: AgeBand::for_age(may.ties.age),
        questions: Question::ALL.into_iter().map(question).collect(),
        meetings: held.collect(),
        words: filled.one("words").to_owned(),
        adviser: (!advisers.is_empty()).then(|| renderer::labels::people_label(&advisers, frame.language)),
        alone: filled.one("sharing") == "nobody",
        key: key(app, filled)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}
