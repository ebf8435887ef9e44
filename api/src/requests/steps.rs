//! The archivist's way from a request to its decision.

use chrono::NaiveDate;
use renderer::book::Precision;

use super::asked::some_words;
use super::{NewDecision, NewStep, seal};
use crate::app::App;
use crate::auth::{MayAnswerRequest, MayDecideRequest};
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited};
use crate::domain::access::Right;
use crate::domain::disposal::Signed;
use crate::domain::document::{AssignedTo, Assignment, Kind, ReadPage, Role};
use crate::domain::entry::Readiness;
use crate::domain::ids::{AssignmentId, ChildId};
use crate::domain::redaction;
use crate::domain::request::{
    Acknowledgement, ArchiveRequest, Decision, Elsewhere, Found, Outcome, Review, Reviewed, Search, Stage,
};
use crate::fields::{day, line, required_day, required_name, unless_wrong};
use crate::problem::{FieldProblem, Problem};
use crate::{readings, redactions, register};

/// What is looked for. Pages of the asker's own and how they arranged their book are theirs, and no archivist counts them.
const LOOKED_FOR: [Kind; 12] = [
    Kind::Entry,
    Kind::Media,
    Kind::Placement,
    Kind::Assignment,
    Kind::Relation,
    Kind::School,
    Kind::Meeting,
    Kind::Edition,
    Kind::Readings,
    Kind::Hold,
    Kind::Disposal,
    Kind::Loss,
];
/// So many other places are named at most.
const PLACES: usize = 50;
/// So many entries of one life are looked at.
const ENTRIES: u64 = 100_000;
const HOMES: u64 = 1_000;

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Acknowledge,
    Search,
    Review,
    Postpone,
}

/// Seals a step on the way.
pub async fn step(
    app: &App,
    may: &MayAnswerRequest,
    new: NewStep,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let mut wrong = Vec::new();
    let Some(step) = required_name::<Step>(&mut wrong, "step", new.step.as_deref()) else {
        return Err(Problem::Invalid(wrong));
    };
    let request = may.stored.request.clone();
    let signed = Signed { by: may.caller.id, at: app.now() };
    let stage = match (step, request.stage) {
        (Step::Acknowledge, Stage::Received(stage)) => {
            Stage::Acknowledged(stage.acknowledge(acknowledgement(app, may, &new, signed).await?))
        }
        (Step::Search, Stage::Acknowledged(stage)) => {
            Stage::Searched(stage.search(search(app, may, new, signed).await?))
        }
        (Step::Search, Stage::Searched(stage)) => {
            Stage::Searched(stage.search(search(app, may, new, signed).await?))
        }
        (Step::Review, Stage::Searched(stage)) => {
            let words = some_words(&mut wrong, new.words.as_deref());
            Stage::Reviewed(stage.review(unless_wrong(wrong, Review { signed, words })?))
        }
        (Step::Postpone, stage) => postponed(may, stage, &new)?,
        _ => return Err(Problem::NotAtThisStep),
    };
    let request = ArchiveRequest { stage, ..may.stored.request.clone() };
    seal(app, &may.stored, request, may.caller.id, idempotency).await
}

/// The stage to which a decision leads.
pub(super) async fn decided(
    app: &App,
    may: &MayDecideRequest,
    new: NewDecision,
    signed: Signed,
) -> Result<Stage, Problem> {
    let request = &may.stored.request;
    let (outcome, words) = new.outcome(may.caller.today)?;
    if let Stage::Proposed(proposed) = &request.stage
        && proposed.decision.outcome.as_str() == outcome.as_str()
    {
        // Two people who say the same are agreed; one who says it twice is still one.
        return proposed.clone().agree(signed).map(Stage::Decided).ok_or(Problem::SamePerson);
    }
    let covered = covered(app, request.child, &outcome).await?;
    let held_back = held_back(app, request.child, may.caller.today).await?;
    let decision = Decision { signed, words, held_back, covered, outcome };
    let outsider = request.outsider.is_some();
    Ok(reviewed(app, request, signed).await?.decide(decision, outsider))
}

/// How many covers stand. What waits for a second person is settled before, and a yes to everything means everything.
async fn covered(app: &App, child: ChildId, outcome: &Outcome) -> Result<u64, Problem> {
    let records = redactions::of_child(app, child).await?;
    let covers = || records.iter().flat_map(|stored| &stored.record.covers);
    let waiting = covers().filter(|cover| cover.state == redaction::State::Proposed).count();
    let standing = covers().filter(|cover| cover.stands()).count() as u64;
    let wrong = |code, da: String, en: String| {
        Err(Problem::Invalid(vec![FieldProblem::new("outcome", code, da, en)]))
    };
    if waiting > 0 && !matches!(outcome, Outcome::Refused { .. }) {
        let da = format!("{waiting} steder venter på en andens ja. Det skal afgøres først.");
        let en = format!("{waiting} covers wait for another person's yes. That is settled first.");
        return wrong("covers_wait", da, en);
    }
    if standing > 0 && *outcome == Outcome::Granted {
        let da =
            format!("{standing} steder er dækket. Så er svaret ja til noget af det, med grund og klagevej.");
        let en = format!(
            "{standing} places are covered. So the answer is yes in part, with reason and complaint."
        );
        return wrong("partly_covered", da, en);
    }
    Ok(standing)
}

/// Who decides has been through it all: the steps nobody took are taken with what is there.
async fn reviewed(app: &App, request: &ArchiveRequest, signed: Signed) -> Result<Reviewed, Problem> {
    let answer_by = request.deadlines.answer_by;
    let promise = Acknowledgement { signed, answer_by, words: None, access: None };
    let review = Review { signed, words: None };
    let look = async || -> Result<Search, Problem> {
        let found = found(app, request.child).await?;
        Ok(Search { signed, found, elsewhere: Vec::new(), words: None })
    };
    Ok(match request.stage.clone() {
        Stage::Received(stage) => stage.acknowledge(promise).search(look().await?).review(review),
        Stage::Acknowledged(stage) => stage.search(look().await?).review(review),
        Stage::Searched(stage) => stage.review(review),
        Stage::Reviewed(stage) => stage,
        Stage::Proposed(stage) => stage.send_back(),
        Stage::Decided(_) | Stage::Delivered(_) | Stage::Withdrawn(_) => return Err(Problem::NotAtThisStep),
    })
}

/// Pages of the book that somebody holds back today: what is handed over goes without them.
async fn held_back(app: &App, child: ChildId, today: NaiveDate) -> Result<u64, Problem> {
    let entries = app.db.entries(child, None, ENTRIES).await?.items;
    let is_held =
        |readiness: &Readiness| matches!(readiness, Readiness::HeldBack { .. }) && !readiness.is_open(today);
    Ok(entries.iter().filter(|stored| is_held(&stored.entry.readiness)).count() as u64)
}

/// A promise, and with it the right to read what somebody asked for.
async fn acknowledgement(
    app: &App,
    may: &MayAnswerRequest,
    new: &NewStep,
    signed: Signed,
) -> Result<Acknowledgement, Problem> {
    let mut wrong = Vec::new();
    let (request, today) = (&may.stored.request, may.caller.today);
    let given = day(&mut wrong, "answer_by", new.answer_by.as_deref(), None);
    let answer_by = given.unwrap_or(request.deadlines.answer_by.max(today));
    let words = some_words(&mut wrong, new.words.as_deref());
    check_promise(&mut wrong, request, answer_by, words.as_ref(), today);
    let promise = unless_wrong(wrong, Acknowledgement { signed, answer_by, words, access: None })?;
    let ties = app.db.ties(signed.by, request.child, today).await?;
    if ties.is_some_and(|ties| ties.may(Right::ReadHeldBack)) {
        return Ok(promise);
    }
    Ok(Acknowledgement { access: Some(AssignmentId(app.new_id())), ..promise })
}

/// Who has taken a request on may read what it asks for, by a role that is sealed like any other. Given after the promise is
/// sealed, and at the next step where that was broken off.
pub(super) async fn give_access(app: &App, request: &ArchiveRequest) -> Result<(), Problem> {
    let Some(promise) = request.stage.acknowledgement().filter(|_| request.stage.is_open()) else {
        return Ok(());
    };
    let Some(access) = promise.access else { return Ok(()) };
    if register::is_there(app, access.0).await? {
        return Ok(());
    }
    let (person, to) = (promise.signed.by, AssignedTo::Child(request.child));
    let role = Assignment { person, role: Role::Archivist, to, from: app.today(), until: None };
    register::assignment(app, access.0, role).await
}

fn postponed(may: &MayAnswerRequest, stage: Stage, new: &NewStep) -> Result<Stage, Problem> {
    let (request, today) = (&may.stored.request, may.caller.today);
    let promise = match stage.acknowledgement().cloned() {
        Some(promise) if stage.is_open() && stage.decided().is_none() => promise,
        _ => return Err(Problem::NotAtThisStep),
    };
    let mut wrong = Vec::new();
    let answer_by = required_day(&mut wrong, "answer_by", new.answer_by.as_deref(), None).unwrap_or(today);
    let words = some_words(&mut wrong, new.words.as_deref());
    check_promise(&mut wrong, request, answer_by, words.as_ref(), today);
    Ok(stage.postpone(unless_wrong(wrong, Acknowledgement { answer_by, words, ..promise })?))
}

/// A day that has passed is no promise, and a late one has a reason.
fn check_promise(
    wrong: &mut Vec<FieldProblem>,
    request: &ArchiveRequest,
    answer_by: NaiveDate,
    words: Option<&String>,
    today: NaiveDate,
) {
    if answer_by < today {
        let (da, en) = ("Svaret kan ikke komme før i dag.", "The answer cannot come before today.");
        wrong.push(FieldProblem::new("answer_by", "date_out_of_range", da, en));
    }
    if answer_by > request.deadlines.at_latest && words.is_none() {
        let day = request.deadlines.at_latest;
        let (da, en) = (
            format!("Skriv, hvorfor svaret først kommer efter {day}."),
            format!("Say why the answer comes later than {day}."),
        );
        wrong.push(FieldProblem::new("words", "required", da, en));
    }
}

/// Looks for what there is. It is a reading: the asker sees that somebody looked.
async fn search(app: &App, may: &MayAnswerRequest, new: NewStep, signed: Signed) -> Result<Search, Problem> {
    let mut wrong = Vec::new();
    let words = some_words(&mut wrong, new.words.as_deref());
    let places = new.elsewhere.into_iter().take(PLACES);
    let elsewhere: Vec<Elsewhere> = places
        .filter_map(|place| {
            let name = line(&mut wrong, "elsewhere", Some(place.name))?;
            Some(Elsewhere { name, words: some_words(&mut wrong, place.words.as_deref()) })
        })
        .collect();
    unless_wrong(wrong, ())?;
    let child = may.stored.request.child;
    readings::record_as(app, &may.caller, may.side.role(), child, ReadPage::Entries).await?;
    Ok(Search { signed, found: found(app, child).await?, elsewhere, words })
}

/// What there is of each kind, and for pages and homes from when to when they tell.
async fn found(app: &App, child: ChildId) -> Result<Vec<Found>, Problem> {
    let entries = app.db.entries(child, None, ENTRIES).await?.items;
    let told =
        entries.iter().map(|stored| &stored.entry).filter(|entry| entry.precision != Precision::Unknown);
    let told: Vec<NaiveDate> = told.map(|entry| entry.occurred_on).collect();
    let homes = app.db.placements(child, None, HOMES).await?.items;
    let lived: Vec<NaiveDate> =
        homes.iter().flat_map(|(_, home)| [Some(home.from), home.to]).flatten().collect();
    let found = |(kind, count): (Kind, u64)| {
        let days = match kind {
            Kind::Entry => told.as_slice(),
            Kind::Placement => lived.as_slice(),
            _ => &[],
        };
        Found { kind, count, first: days.iter().min().copied(), last: days.iter().max().copied() }
    };
    Ok(app.db.holdings(child, &LOOKED_FOR).await?.into_iter().map(found).collect())
}
