//! `/bog/{child}/ejer`: what happens at 18, and who keeps reading.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Datelike;
use renderer::book::{AgeBand, Language};
use renderer::html::{self, AfterwardsFields, Field, Owner, ReaderRow};

use super::adults::Done;
use super::register::{beside, field, flash, json, key, named, words};
use super::{Fields, frame, see_other, show};
use crate::app::App;
use crate::auth::MayDecideAsOwner;
use crate::domain::access::{GROWN_AT, grown_on};
use crate::http::Body;
use crate::outsiders;
use crate::ownership::{self, Candidate, NewAfterwards, NewHelper, NewReader, NewReaders};
use crate::problem::Problem;

/// A person's field in the form begins so; their id follows.
const FIELD: &str = "may-";

/// `GET /bog/{child}/ejer`
pub async fn page(
    app: Data<App>,
    may: MayDecideAsOwner,
    done: Query<Done>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    sheet(&app, &may, &Fields::default(), (done.gjort.as_deref(), None), &request).await
}

/// `POST /bog/{child}/ejer`: who keeps reading.
pub async fn choose(
    app: Data<App>,
    may: MayDecideAsOwner,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = asked(&form)?;
    let name = named(&form, &request, &json(&new))("readers");
    match ownership::choose(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(see_other(&format!("/bog/{}/ejer?gjort=readers#laeser", may.child))),
        Err(problem) => sheet(&app, &may, &form, (None, Some(beside(problem)?)), &request).await,
    }
}

/// `POST /bog/{child}/ejer/bagefter`: who else may be given something once the owner is dead.
pub async fn say_afterwards(
    app: Data<App>,
    may: MayDecideAsOwner,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewAfterwards {
        next_of_kin: form.some("next_of_kin"),
        researcher: form.some("researcher"),
        words: form.some("words"),
    };
    let name = named(&form, &request, &json(&new))("afterwards");
    match ownership::say_afterwards(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(see_other(&format!("/bog/{}/ejer?gjort=afterwards#bagefter", may.child))),
        Err(problem) => sheet(&app, &may, &form, (None, Some(beside(problem)?)), &request).await,
    }
}

/// `GET /bog/{child}/hjaelper`: somebody who reads along today.
pub async fn helper(
    app: Data<App>,
    may: MayDecideAsOwner,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    helpers_sheet(&app, &may, &Fields::default(), (None, None), &request).await
}

/// `POST /bog/{child}/hjaelper`
pub async fn invite(
    app: Data<App>,
    may: MayDecideAsOwner,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    match ownership::invite(&app, &may, NewHelper { name: form.some("name") }).await {
        Ok(helper) => {
            let shown = (helper.name, helper.link.href);
            helpers_sheet(&app, &may, &Fields::default(), (Some(shown), None), &request).await
        }
        Err(problem) => helpers_sheet(&app, &may, &form, (None, Some(beside(problem)?)), &request).await,
    }
}

async fn helpers_sheet(
    app: &App,
    may: &MayDecideAsOwner,
    form: &Fields,
    (shown, refused): (Option<(String, String)>, Option<Problem>),
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = frame(app, request, &may.caller).await?;
    let page = html::Helper {
        child: may.child.to_string(),
        book_title: app.db.child(may.child).await?.ok_or(Problem::NotFound)?.book_title,
        shown,
        name: field(form, refused.as_ref(), "name", frame.language),
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    };
    show(&page, &frame)
}

fn asked(form: &Fields) -> Result<NewReaders, Problem> {
    let of_people =
        form.fields.iter().filter_map(|(name, value)| Some((name.strip_prefix(FIELD)?, value.clone())));
    let readers = of_people.map(|(id, may)| {
        let person = id.parse().map_err(|_| Problem::NotFound)?;
        Ok(NewReader { person, may })
    });
    Ok(NewReaders { readers: readers.collect::<Result<_, Problem>>()? })
}

async fn sheet(
    app: &App,
    may: &MayDecideAsOwner,
    form: &Fields,
    (done, refused): (Option<&str>, Option<Problem>),
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(app, request, &may.caller).await?;
    frame.flash = flash(done, frame.language);
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let today = may.caller.today;
    let (around, before) = ownership::candidates(app, may)
        .await?
        .into_iter()
        .partition(|one: &Candidate| one.until.is_none_or(|until| today <= until));
    let rows = |people: Vec<Candidate>| people.into_iter().map(|one| row(one, form)).collect();
    let page = Owner {
        child: may.child.to_string(),
        book_title: child.book_title,
        band: AgeBand::for_age(may.ties.age),
        grown: may.ties.age >= GROWN_AT,
        birthday: grown_on(child.born),
        around: rows(around),
        before: rows(before),
        afterwards: afterwards(app, may, form, refused.as_ref(), frame.language).await?,
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    };
    show(&page, &frame)
}

/// As it was sent just now, or as it was said before. A young person is not asked about death.
async fn afterwards(
    app: &App,
    may: &MayDecideAsOwner,
    form: &Fields,
    refused: Option<&Problem>,
    language: Language,
) -> Result<Option<AfterwardsFields>, Problem> {
    if may.ties.age < GROWN_AT {
        return Ok(None);
    }
    let said = outsiders::said(app, may.child).await?;
    let sent_now = form.fields.iter().any(|(name, _)| name == "next_of_kin");
    let yes_or_no = |said: Option<bool>| said.map(|yes| if yes { "yes" } else { "no" }.to_owned());
    let of = |name: &str, before: Option<String>| {
        let sent = field(form, refused, name, language);
        let value = if sent_now { sent.value } else { before.unwrap_or_default() };
        Field { value, problem: sent.problem }
    };
    Ok(Some(AfterwardsFields {
        next_of_kin: of("next_of_kin", yes_or_no(said.next_of_kin)),
        researcher: of("researcher", yes_or_no(said.researcher)),
        words: of("words", said.words),
    }))
}

fn row(one: Candidate, form: &Fields) -> ReaderRow {
    let chosen = form.some(&format!("{FIELD}{}", one.id)).unwrap_or_else(|| one.may().to_owned());
    ReaderRow {
        id: one.id.to_string(),
        may: chosen,
        name: one.person.name,
        title: one.person.title,
        from: one.from.year(),
        to: one.until.map(|until| until.year()),
    }
}
