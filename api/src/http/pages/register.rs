//! `/overblik` and below: a municipality's leader keeps the register. Every form works without scripts; what is refused
//! stands beside its field, and nothing that was typed is lost.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::Language;
use renderer::html::{
    AdultRow, Adults, ContributeProblem, Field, Flash, Frame, HandedOver, NewChild as NewChildPage, Tone,
};
use serde::{Deserialize, Serialize};

use super::registered_child::{self, Sent};
use super::{Fields, frame, see_other, show};
use crate::accounts;
use crate::app::{App, danish_time};
use crate::auth::{
    MayChangeAssignment, MayChangePlacement, MayRegister, MayRegisterFor, MayRegisterPerson, digest,
};
use crate::db::deposits::Idempotency;
use crate::db::register::RecordCursor;
use crate::domain::document::AssignedTo;
use crate::domain::ids::ChildId;
use crate::http::{Body, Part, cursor};
use crate::problem::Problem;
use crate::register::children::{self, NewChild};
use crate::register::homes::{self, PlacementChange};
use crate::register::people::{self, NewPerson};
use crate::register::roles::{self, AssignmentEnd};

/// The adults shown on one page.
const ADULTS: u64 = 100;

/// What the page is opened with.
#[derive(Deserialize)]
pub struct Opened {
    /// What was done in the step before.
    gjort: Option<String>,
    cursor: Option<String>,
}

/// `GET /overblik/nyt-barn`
pub async fn new_child(
    app: Data<App>,
    may: MayRegister,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = frame(&app, &request, &may.caller).await?;
    show(&new_child_page(&app, &may, &Fields::default(), None, &frame)?, &frame)
}

/// `POST /overblik/nyt-barn`: the child, and its own person, so that it can come into its book.
pub async fn add_child(
    app: Data<App>,
    may: MayRegister,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewChild {
        case_closed: None,
        died: None,
        name: form.some("name"),
        called: form.some("called"),
        born: form.some("born"),
        book_title: None,
    };
    let name = named(&form, &request, &json(&new));
    match children::add_with_own_person(&app, &may, new, name).await {
        Ok(child) => Ok(done(&format!("/overblik/{child}"), "child")),
        Err(problem) => {
            let frame = frame(&app, &request, &may.caller).await?;
            show(&new_child_page(&app, &may, &form, Some(beside(problem)?), &frame)?, &frame)
        }
    }
}

fn new_child_page(
    app: &App,
    may: &MayRegister,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<NewChildPage, Problem> {
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    Ok(NewChildPage {
        name: field("name"),
        called: field("called"),
        born: field("born"),
        today: may.caller.today,
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

/// `GET /overblik/voksne`
pub async fn adults(
    app: Data<App>,
    may: MayRegister,
    opened: Query<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    let part = Part { cursor: opened.cursor.clone(), limit: None };
    show(&adults_page(&app, &may, &Fields::default(), None, part.cursor()?, &frame).await?, &frame)
}

/// `POST /overblik/voksne`: a new adult.
pub async fn add_adult(
    app: Data<App>,
    may: MayRegister,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewPerson { name: form.some("name"), title: form.some("title"), phone: form.some("phone") };
    let name = named(&form, &request, &json(&new))("person");
    match people::add(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(done("/overblik/voksne", "adult")),
        Err(problem) => {
            let frame = frame(&app, &request, &may.caller).await?;
            show(&adults_page(&app, &may, &form, Some(beside(problem)?), None, &frame).await?, &frame)
        }
    }
}

async fn adults_page(
    app: &App,
    may: &MayRegister,
    form: &Fields,
    refused: Option<Problem>,
    after: Option<RecordCursor>,
    frame: &Frame,
) -> Result<Adults, Problem> {
    let slice = app.db.people(may.municipality, after, ADULTS).await?;
    let ids: Vec<_> = slice.items.iter().map(|(id, _)| *id).collect();
    let subjects = app.db.subjects_among(&ids).await?;
    let adults = slice.items.into_iter().filter(|(id, _)| !subjects.contains(id)).map(|(id, person)| {
        AdultRow { id: id.to_string(), name: person.name, title: person.title, phone: person.phone }
    });
    let municipality = app.db.municipality(may.municipality).await?.ok_or(Problem::NotFound)?;
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    Ok(Adults {
        municipality: municipality.name,
        adults: adults.collect(),
        more_href: slice
            .next
            .as_ref()
            .and_then(cursor)
            .map(|cursor| format!("/overblik/voksne?cursor={cursor}")),
        open: refused.is_some(),
        name: field("name"),
        title: field("title"),
        phone: field("phone"),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

/// `POST /overblik/voksne/{person}/link`: a link to hand over, shown on this answer and nowhere else.
pub async fn hand_over(
    app: Data<App>,
    may: MayRegisterPerson,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let person = app.db.person(may.person).await?.ok_or(Problem::NotFound)?;
    let link = accounts::issue_link(&app, may.person, Some(&may.caller)).await?;
    let child = form.one("child").parse::<ChildId>().ok();
    let page = HandedOver {
        name: person.name,
        sign_in: link.href,
        expires_at: danish_time(link.expires_at),
        back_href: child.map_or("/overblik/voksne".into(), |child| format!("/overblik/{child}")),
    };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// `GET /overblik/{child}`
pub async fn child(
    app: Data<App>,
    may: MayRegisterFor,
    opened: Query<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    show(&registered_child::page(&app, &may, &Sent::Nothing, None, &frame).await?, &frame)
}

/// `POST /overblik/{child}/hjem`: the child moves.
pub async fn move_home(
    app: Data<App>,
    may: MayRegisterFor,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let (new, leaving) = registered_child::asked_home(&form)?;
    let name = named(&form, &request, &json(&(&new, &leaving)));
    let moved = homes::move_to(&app, &may, new, &leaving, name).await;
    answer(&app, &may, &request, Sent::Home(form), moved, "home").await
}

/// `POST /overblik/{child}/hjem/{placement}`: the place is secret, or no longer; it is on the map, or not.
pub async fn tell_place(
    app: Data<App>,
    may: MayChangePlacement,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let child = app.db.placement(may.placement).await?.ok_or(Problem::NotFound)?.child;
    let given =
        |name: &str| form.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let protected = given("protected").map(|word| word == "yes");
    let change =
        PlacementChange { protected, municipality: given("municipality"), ..PlacementChange::default() };
    let name = named(&form, &request, &json(&change))("place");
    homes::change(&app, &may, change, Some(name)).await?;
    Ok(done(&format!("/overblik/{child}"), "place"))
}

/// `POST /overblik/{child}/roller`: an adult gets a role.
pub async fn give_role(
    app: Data<App>,
    may: MayRegisterFor,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = registered_child::asked_role(&form)?;
    let name = named(&form, &request, &json(&new))("role");
    let given = roles::give(&app, &may, new, Some(name)).await;
    answer(&app, &may, &request, Sent::Role(form), given.map(drop), "role").await
}

/// `POST /overblik/{child}/roller/{assignment}`: a role ends.
pub async fn end_role(
    app: Data<App>,
    may: MayChangeAssignment,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let end = AssignmentEnd { until: form.some("until") };
    let name = named(&form, &request, &json(&end))("end");
    let ended = roles::end(&app, &may, end, Some(name)).await;
    let AssignedTo::Child(child) = may.towards else { return Err(Problem::NotFound) };
    let of_child = MayRegisterFor::grant(&app, may.caller.clone(), child).await?;
    answer(&app, &of_child, &request, Sent::End(form, may.assignment), ended.map(drop), "end").await
}

/// `POST /overblik/{child}/doed`: the one the book is about has died.
pub async fn tell_death(
    app: Data<App>,
    may: MayRegisterFor,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let name = named(&form, &request, form.one("died"));
    let told = children::tell_death(&app, &may, form.one("died"), Some(name("death"))).await;
    answer(&app, &may, &request, Sent::Death(form), told.map(drop), "death").await
}

/// Back to the child's page: with the word that it is done, or with the form as it was sent.
async fn answer(
    app: &App,
    may: &MayRegisterFor,
    request: &HttpRequest,
    sent: Sent,
    outcome: Result<(), Problem>,
    what: &str,
) -> Result<HttpResponse, Problem> {
    match outcome {
        Ok(()) => Ok(done(&format!("/overblik/{}", may.child), what)),
        Err(problem) => {
            let frame = frame(app, request, &may.caller).await?;
            show(&registered_child::page(app, may, &sent, Some(beside(problem)?), &frame).await?, &frame)
        }
    }
}

/// The problem, where it can stand on the form; what is not there, or not theirs, is a page of its own.
pub(super) fn beside(problem: Problem) -> Result<Problem, Problem> {
    match problem {
        Problem::NotFound | Problem::NotPermitted => Err(problem),
        problem => Ok(problem),
    }
}

pub(super) fn done(place: &str, what: &str) -> HttpResponse {
    see_other(&format!("{place}?gjort={what}"))
}

pub(super) fn flash(done: Option<&str>, language: Language) -> Option<Flash> {
    let done = done.filter(|done| done.bytes().all(|byte| byte.is_ascii_lowercase()))?;
    let text = web::text(language.tag(), &format!("done-{done}"), &web::Args::new()).ok()?;
    Some(Flash { tone: Tone::Good, text })
}

/// A field as it was typed, with what is wrong with it.
pub fn field(form: &Fields, refused: Option<&Problem>, name: &str, language: Language) -> Field {
    let wrong = match refused {
        Some(Problem::Invalid(fields)) => fields.iter().find(|field| field.field == name),
        _ => None,
    };
    let problem =
        wrong.map(|field| if language == Language::Da { field.da.clone() } else { field.en.clone() });
    Field { value: form.one(name).to_owned(), problem }
}

/// The problem in words; what is wrong with a field stands beside the field too.
pub fn words(problem: &Problem, language: Language) -> ContributeProblem {
    let (da, en) = problem.words();
    let words = if language == Language::Da { da } else { en };
    ContributeProblem { title: words.title, detail: Some(words.detail), next_step: Some(words.next_step) }
}

/// The form's own name for its request: kept as long as the form is, so that it can be sent again.
pub fn key(app: &App, form: &Fields) -> Result<String, Problem> {
    match form.one("key") {
        "" => Ok(app.new_secret()?),
        key => Ok(key.to_owned()),
    }
}

/// Gives each deposit that a form asks for its name: the form's own, and what it is a part of.
pub(super) fn named(
    form: &Fields,
    request: &HttpRequest,
    asked: &str,
) -> impl Fn(&str) -> Idempotency + use<> {
    let request_digest = digest(&format!("{}\n{asked}", request.path()));
    let key = form.one("key").to_owned();
    move |part| Idempotency { key: digest(&format!("{key} {part}")), request_digest: request_digest.clone() }
}

pub(super) fn json(asked: &impl Serialize) -> String {
    serde_json::to_string(asked).unwrap_or_default()
}
