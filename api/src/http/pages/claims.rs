//! `/find`: somebody without a way in says that a book is theirs; `/arkiv/find/{claim}`: two archivists look.

use actix_multipart::Multipart;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use archive::{GroupId, ObjectId};
use chrono::Datelike;
use futures_util::StreamExt;
use renderer::book::Language;
use renderer::html::{
    CandidateHome, CandidateRow, Choice, ClaimDesk, ClaimPage, ClaimRow, ClaimWord, FindBook, FoundBy, Frame,
    Link, OutsiderAnswer, OutsiderFields, PackageRow,
};

use super::register::{beside, field, flash, json, key, named, words};
use super::request_view::answer_to;
use super::requests::Opened;
use super::{Fields, bare_frame, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{Caller, MayAnswerClaim, archivist_of, same_origin};
use crate::claims::matching::Candidate;
use crate::claims::{self, NewClaim, NewFinding, NewWord, open_until};
use crate::db::claims::StoredClaim;
use crate::deposit::Deposited;
use crate::domain::access_policy::{Closed, InWords};
use crate::domain::claim::{Claim, Outcome, Outsider, Paper, Word};
use crate::domain::document::{ORIGINAL, Placement};
use crate::export::NewLock;
use crate::http::claims::{asks_as, shown_candidates, status};
use crate::http::media::{file_field, multipart_problem, serve, serve_locked, serve_package};
use crate::http::requests::told_stage;
use crate::http::{Asked, Body};
use crate::outsiders;
use crate::problem::Problem;

/// Claims shown beside the requests.
const CLAIMS: u64 = 50;

/// `GET /find` and `GET /find/andres`
pub async fn blank(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let frame = bare_frame(&request);
    show(&telling(&app, &Fields::default(), None, &request, frame.language).await?, &frame)
}

/// `POST /find` and `POST /find/andres`
pub async fn file(app: Data<App>, body: Body, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let form = Fields::of_anybody(body, &request).await?;
    // Who has not said as whom they ask is told so, and never taken for the one it is about.
    let said = form.some("asks_as").filter(|asks_as| asks_as != "self");
    let asks_as = asks_for_another(&request).then(|| said.unwrap_or_else(|| "?".into()));
    let new = NewClaim {
        municipality: form.some("municipality"),
        asks_as,
        purpose: form.some("purpose"),
        name: form.some("name"),
        names_then: form.some("names_then"),
        born: form.some("born"),
        places: form.some("places"),
        reach: form.some("reach"),
    };
    match claims::file(&app, new).await {
        Ok(filed) => Ok(see_other(&format!("/find/{}", filed.secret))),
        Err(problem) => {
            let (problem, frame) = (beside(problem)?, bare_frame(&request));
            show(&telling(&app, &form, Some(problem), &request, frame.language).await?, &frame)
        }
    }
}

/// True where somebody asks for what is another's who has died.
fn asks_for_another(request: &HttpRequest) -> bool {
    request.path() == "/find/andres"
}

/// Who may be given what, a line for each class.
fn rules(app: &App, language: Language) -> Vec<String> {
    app.access_policy.explain(language == Language::En).lines().map(str::to_owned).collect()
}

async fn telling(
    app: &App,
    form: &Fields,
    refused: Option<Problem>,
    request: &HttpRequest,
    language: Language,
) -> Result<FindBook, Problem> {
    let field = |name: &str| field(form, refused.as_ref(), name, language);
    let municipalities = app.db.municipalities().await?.into_iter();
    let outsider = asks_for_another(request).then(|| OutsiderFields {
        asks_as: field("asks_as"),
        purpose: field("purpose"),
        rules: rules(app, language),
    });
    Ok(FindBook {
        outsider,
        municipalities: municipalities
            .map(|(id, municipality)| Choice {
                chosen: form.one("municipality") == id.to_string(),
                id: id.to_string(),
                label: municipality.name,
                note: String::new(),
            })
            .collect(),
        municipality: field("municipality"),
        name: field("name"),
        names_then: field("names_then"),
        born: field("born"),
        places: field("places"),
        reach: field("reach"),
        today: app.today(),
        working_days: app.config.request_working_days.get(),
        problem: refused.as_ref().map(|problem| words(problem, language)),
    })
}

/// `GET /find/{secret}`
pub async fn page(
    app: Data<App>,
    secret: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let stored = claims::by_secret(&app, &secret).await?;
    asker(&app, &stored, &secret, (&Fields::default(), None), &request).await
}

/// `POST /find/{secret}/besked`
pub async fn ask(
    app: Data<App>,
    secret: Path<String>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of_anybody(body, &request).await?;
    let stored = claims::by_secret(&app, &secret).await?;
    match claims::ask(&app, stored.clone(), NewWord { words: form.some("words") }).await {
        Ok(_) => Ok(see_other(&format!("/find/{secret}#beskeder"))),
        Err(problem) => asker(&app, &stored, &secret, (&form, Some(beside(problem)?)), &request).await,
    }
}

/// `POST /find/{secret}/papir`: a copy of a paper.
pub async fn prove(
    app: Data<App>,
    secret: Path<String>,
    request: HttpRequest,
    body: Result<Multipart, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    same_origin(&request)?;
    let stored = claims::by_secret(&app, &secret).await?;
    let mut body = body.map_err(|_| Problem::MalformedBody("the body is not multipart/form-data".into()))?;
    let field = file_field(&mut body).await?;
    let named = field.content_disposition().and_then(|part| part.get_filename()).unwrap_or_default();
    let name = named.to_owned();
    // Fused: a field must not be asked again after its end.
    let bytes = Box::pin(field.map(|chunk| chunk.map_err(|error| multipart_problem(&error))).fuse());
    claims::prove(&app, stored, &name, bytes).await?;
    Ok(see_other(&format!("/find/{secret}#papirer")))
}

/// `GET /arkiv/find/{claim}/papir/{number}`: for who looks, counted from one.
pub async fn paper(
    app: Data<App>,
    may: MayAnswerClaim,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let number: usize = path.1.parse().map_err(|_| Problem::NotFound)?;
    let claim = &may.stored.claim;
    let paper = number.checked_sub(1).and_then(|index| claim.papers.get(index)).ok_or(Problem::NotFound)?;
    let (group, object) = (GroupId(claim.municipality.0), ObjectId(may.stored.id.0));
    let content = app.archive.open(group, object, paper.version, ORIGINAL).await?;
    serve(&request, content, &paper.media_type, &paper.sha256, Some(&paper.name))
}

/// `GET /find/{secret}/mappe`: what an outsider was given.
pub async fn package(
    app: Data<App>,
    secret: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let stored = claims::by_secret(&app, &secret).await?;
    let package = outsiders::package(&app, &stored).await?.package;
    serve_package(&request, &package, "sider-af-en-livsbog.zip")
}

/// `POST /find/{secret}/mappe`: the same behind a password.
pub async fn locked(
    app: Data<App>,
    secret: Path<String>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of_anybody(body, &request).await?;
    let lock = NewLock::password(form.one("password")).lock()?;
    let stored = claims::by_secret(&app, &secret).await?;
    let package = outsiders::package(&app, &stored).await?.package;
    serve_locked(package, lock, "sider-af-en-livsbog.zip.age").await
}

/// `POST /find/{secret}/ind`: in to the book.
pub async fn come_in(
    app: Data<App>,
    secret: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    same_origin(&request)?;
    let stored = claims::by_secret(&app, &secret).await?;
    Ok(see_other(&claims::come_in(&app, &stored).await?))
}

async fn asker(
    app: &App,
    StoredClaim { claim, .. }: &StoredClaim,
    secret: &str,
    (form, refused): (&Fields, Option<Problem>),
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = bare_frame(request);
    let municipality = app.db.municipality(claim.municipality).await?.ok_or(Problem::NotFound)?;
    let page = ClaimPage {
        address: format!("{}/find/{secret}", app.config.public_url()),
        secret: secret.to_owned(),
        municipality: municipality.name,
        told_on: danish_time(claim.told_at).date(),
        answer_by: claim.answer_by,
        // Whether two archivists agree yet is nobody's but theirs.
        stage: if claim.is_open() { "looking" } else { status(claim) },
        outsider: match &claim.outsider {
            Some(outsider) => Some(outsiders_answer(app, claim, outsider, secret, frame.language).await?),
            None => None,
        },
        open_until: open_until(claim),
        messages: told(app, claim).await?,
        papers: claim.papers.iter().map(|paper| paper.name.clone()).collect(),
        words: field(form, refused.as_ref(), "words", frame.language),
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    };
    show(&page, &frame)
}

/// How far an outsider's request is; a no that waits for a second person is no answer yet.
async fn outsiders_answer(
    app: &App,
    claim: &Claim,
    outsider: &Outsider,
    secret: &str,
    language: Language,
) -> Result<OutsiderAnswer, Problem> {
    let stored = outsiders::request_of(app, claim).await?;
    let request = stored.as_ref().map(|stored| &stored.request);
    let decided = request.and_then(|request| request.stage.decided());
    let terms = app.access_policy.terms(outsider.class);
    Ok(OutsiderAnswer {
        stage: stored.as_ref().map(|stored| told_stage(stored, true)),
        due: request.and_then(|request| request.due()),
        answer: match (request, decided) {
            (Some(request), Some(decided)) => Some(answer_to(app, request, &decided.decision).await?),
            _ => None,
        },
        package: request.and_then(|request| request.stage.delivery()).map(|delivery| PackageRow {
            href: format!("/find/{secret}/mappe"),
            size_bytes: delivery.size_bytes,
            missing: delivery.missing,
        }),
        rules: rules(app, language),
        ground: terms.map(|terms| {
            let InWords { da, en } = &terms.complain_to;
            (terms.ground.clone(), if language == Language::Da { da } else { en }.clone())
        }),
    })
}

async fn told(app: &App, claim: &Claim) -> Result<Vec<ClaimWord>, Problem> {
    let names = app.db.names(&claim.people()).await?;
    let word = |word: &Word| ClaimWord {
        by: word.by.map(|by| names.get(&by).cloned().unwrap_or_default()),
        at: danish_time(word.at),
        words: word.words.clone(),
    };
    Ok(claim.messages.iter().map(word).collect())
}

/// The claims on an archivist's desk, for `/arkiv/anmodninger`.
pub async fn on_desk(app: &App, caller: &Caller) -> Result<Vec<ClaimRow>, Problem> {
    let municipalities = archivist_of(app, caller).await?;
    let found = app.db.claims(&municipalities, None, CLAIMS).await?.items;
    let row = |StoredClaim { id, claim, .. }: StoredClaim| ClaimRow {
        href: format!("/arkiv/find/{id}"),
        asks_as: asks_as(&claim),
        stage: status(&claim),
        told_on: danish_time(claim.told_at).date(),
        answer_by: claim.answer_by,
        late: claim.is_late(caller.today),
        looked: claim.standing().count(),
        name: claim.told.name,
    };
    Ok(found.into_iter().map(row).collect())
}

/// `GET /arkiv/find/{claim}`
pub async fn desk(
    app: Data<App>,
    may: MayAnswerClaim,
    opened: Asked<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.get()?.gjort.as_deref(), frame.language);
    show(&sheet(&app, &may, &Fields::default(), None, &frame).await?, &frame)
}

/// `POST /arkiv/find/{claim}/fund`: what one found.
pub async fn find(
    app: Data<App>,
    may: MayAnswerClaim,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let child = match form.one("child") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::NotFound)?),
    };
    let new = NewFinding { child, proof: form.some("proof") };
    let name = named(&form, &request, &json(&new))("finding");
    let done = claims::find(&app, &may, new, Some(name)).await;
    answer(&app, &may, &request, &form, done, "finding").await
}

/// `POST /arkiv/find/{claim}/besked`
pub async fn say(
    app: Data<App>,
    may: MayAnswerClaim,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewWord { words: form.some("words") };
    let name = named(&form, &request, &json(&new))("message");
    let done = claims::answer(&app, &may, new, Some(name)).await;
    answer(&app, &may, &request, &form, done, "message").await
}

async fn answer(
    app: &App,
    may: &MayAnswerClaim,
    request: &HttpRequest,
    form: &Fields,
    outcome: Result<Deposited, Problem>,
    what: &str,
) -> Result<HttpResponse, Problem> {
    match outcome {
        Ok(_) => Ok(see_other(&format!("/arkiv/find/{}?gjort={what}", may.stored.id))),
        Err(problem) => {
            let problem = beside(problem)?;
            let frame = frame(app, request, &may.caller).await?;
            show(&sheet(app, may, form, Some(problem), &frame).await?, &frame)
        }
    }
}

async fn sheet(
    app: &App,
    may: &MayAnswerClaim,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<ClaimDesk, Problem> {
    let claim = &may.stored.claim;
    let names = app.db.names(&claim.people()).await?;
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    let found = claim.standing().map(|finding| {
        let told = claim.tells(finding, may.caller.id);
        FoundBy {
            who: names.get(&finding.signed.by).cloned().unwrap_or_default(),
            own: finding.signed.by == may.caller.id,
            told,
            child: finding.child.filter(|_| told).map(|child| child.to_string()),
            proof: if told { finding.proof.clone() } else { String::new() },
        }
    });
    Ok(ClaimDesk {
        id: may.stored.id.to_string(),
        asks_as: asks_as(claim),
        purpose: claim.outsider.as_ref().map(|outsider| outsider.purpose.clone()),
        request_href: match claim.outcome {
            Some(Outcome::Asked { request, .. }) => Some(format!("/arkiv/{request}")),
            _ => None,
        },
        stage: status(claim),
        name: claim.told.name.clone(),
        names_then: claim.told.names_then.clone(),
        born: claim.told.born,
        places: claim.told.places.clone(),
        reach: claim.told.reach.clone(),
        told_on: danish_time(claim.told_at).date(),
        answer_by: claim.answer_by,
        late: claim.is_late(may.caller.today),
        messages: told(app, claim).await?,
        papers: papers(&may.stored),
        found: found.collect(),
        candidates: shown_candidates(app, may)
            .await?
            .into_iter()
            .map(|one| candidate(one, frame.language))
            .collect(),
        child: form.one("child").to_owned(),
        proof: field("proof"),
        words: field("words"),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

fn papers(stored: &StoredClaim) -> Vec<Link> {
    let link = |(index, paper): (usize, &Paper)| Link {
        href: format!("/arkiv/find/{}/papir/{}", stored.id, index + 1),
        words: paper.name.clone(),
    };
    stored.claim.papers.iter().enumerate().map(link).collect()
}

fn candidate(candidate: Candidate, language: Language) -> CandidateRow {
    let Candidate { id, child, homes, alike, has_owner, open } = candidate;
    let closed = |closed: Closed| {
        let (da, en) = closed.words();
        if language == Language::Da { da } else { en }
    };
    let home = |home: Placement| CandidateHome {
        name: home.home_name,
        place: home.place,
        from: home.from.year(),
        to: home.to.map(|to| to.year()),
    };
    CandidateRow {
        id: id.to_string(),
        name: child.name,
        called_before: child.called_before,
        born: child.born,
        homes: homes.into_iter().map(home).collect(),
        birthday: alike.birthday.as_str(),
        names: alike.names,
        places: alike.places,
        has_owner,
        died: child.died,
        closed: open.as_ref().map(|(judged, _)| judged.err().map(closed).unwrap_or_default()),
        said: open.and_then(|(_, said)| said.words),
    }
}
