//! Asking the archive for what it has about oneself: filed, taken on, looked for, looked through, decided, handed over.

mod asked;
mod delivery;
mod steps;

use chrono::NaiveDate;
use uuid::Uuid;

pub use asked::{NewDecision, NewMessage, NewRequest, NewStep};
pub use delivery::{Planned, delivered, fetch, hand_over, issue_again, made, made_before, order_granted};
pub use steps::step;

use crate::app::{App, danish_time};
use crate::auth::{MayAsk, MayDecideRequest, MayFetchPackage, MayWriteInRequest, Side};
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited};
use crate::domain::disposal::Signed;
use crate::domain::document::Body;
use crate::domain::ids::PersonId;
use crate::domain::request::{ArchiveRequest, Deadlines, Message, Received, Stage, StoredRequest};
use crate::fields::{required_line, unless_wrong};
use crate::problem::Problem;
use crate::{outsiders, register};

/// What somebody writes in one go is no longer than this.
const WORDS_CHARACTERS: usize = 5_000;

/// Seals a request. There may be any number of them, and none costs anything.
pub async fn file(
    app: &App,
    may: &MayAsk,
    new: NewRequest,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let asked = Signed { by: may.caller.id, at: app.now() };
    let request = ArchiveRequest {
        child: may.child,
        municipality: may.municipality,
        scope: new.scope()?,
        outsider: None,
        asked,
        deadlines: deadlines(app, danish_time(asked.at).date()),
        messages: Vec::new(),
        stage: Stage::Received(Received {}),
    };
    let body = Body::Request(Box::new(request));
    deposit::for_child(app, may.caller.id, may.child, (app.new_id(), 1), body, idempotency).await
}

/// The days by which a request that comes on `day` is answered, as it is set now.
pub fn deadlines(app: &App, day: NaiveDate) -> Deadlines {
    let config = &app.config;
    let (working_days, days) = (config.request_working_days.get(), config.request_answer_days.get());
    Deadlines::new(day, working_days, days, config.request_months.get())
}

/// Seals what one side writes to the other. It can be written at any time, also long after.
pub async fn say(
    app: &App,
    may: &MayWriteInRequest,
    new: NewMessage,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let mut wrong = Vec::new();
    required_line(&mut wrong, "words", &new.words, WORDS_CHARACTERS);
    let words = unless_wrong(wrong, new.words.trim().to_owned())?;
    let mut request = may.stored.request.clone();
    request.messages.push(Message { by: may.caller.id, at: app.now(), words });
    seal(app, &may.stored, request, may.caller.id, idempotency).await
}

/// Seals that the asker takes the request back. What was said stays.
pub async fn withdraw(
    app: &App,
    may: &MayFetchPackage,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let request = may.stored.request.clone();
    let withdrawn = request.stage.withdraw(app.now()).ok_or(Problem::NotAtThisStep)?;
    let request = ArchiveRequest { stage: Stage::Withdrawn(withdrawn), ..request };
    seal(app, &may.stored, request, may.caller.id, idempotency).await
}

/// Seals a decision: a yes is one person's, any no takes two. What is granted is handed over by a job.
pub async fn decide(
    app: &App,
    may: &MayDecideRequest,
    new: NewDecision,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let signed = Signed { by: may.caller.id, at: app.now() };
    let request = may.stored.request.clone();
    let stage = match new.outcome.as_deref().unwrap_or_default() {
        "" => return Err(new.without_outcome()),
        "agreed" => agreed(request.stage, signed)?,
        "sent_back" => sent_back(request.stage, signed, &new)?,
        _ if may.side != Side::Archivist => return Err(Problem::NotPermitted),
        _ => steps::decided(app, may, new, signed).await?,
    };
    outsiders::check(app, &may.stored.request, &stage).await?;
    let request = ArchiveRequest { stage, ..may.stored.request.clone() };
    let sealed = seal(app, &may.stored, request, may.caller.id, idempotency).await?;
    order_granted(app).await?;
    Ok(sealed)
}

fn agreed(stage: Stage, second: Signed) -> Result<Stage, Problem> {
    match stage {
        Stage::Proposed(proposed) => proposed.agree(second).map(Stage::Decided).ok_or(Problem::SamePerson),
        _ => Err(Problem::NotAtThisStep),
    }
}

/// Somebody else does not agree: whoever proposed it reads why, and looks at it once more.
fn sent_back(stage: Stage, second: Signed, new: &NewDecision) -> Result<Stage, Problem> {
    let Stage::Proposed(proposed) = stage else { return Err(Problem::NotAtThisStep) };
    if proposed.decision.signed.by == second.by {
        return Err(Problem::SamePerson);
    }
    let mut wrong = Vec::new();
    let words = new.words.clone().unwrap_or_default();
    required_line(&mut wrong, "words", &words, WORDS_CHARACTERS);
    let words = Some(unless_wrong(wrong, words.trim().to_owned())?);
    let searched = proposed.send_back().before;
    Ok(Stage::Reviewed(searched.review(crate::domain::request::Review { signed: second, words })))
}

/// Seals the next version of a request.
async fn seal(
    app: &App,
    stored: &StoredRequest,
    request: ArchiveRequest,
    by: PersonId,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    end_access(app, &request).await?;
    let (child, next): (_, (Uuid, u32)) = (request.child, (stored.id.0, stored.version + 1));
    let body = Body::Request(Box::new(request.clone()));
    let sealed = deposit::for_child(app, by, child, next, body, idempotency).await;
    let sealed = sealed.map_err(deposit::overtaken)?;
    steps::give_access(app, &request).await?;
    Ok(sealed)
}

/// Who may read because of a request may not once it is answered. Ended before that is sealed: broken off in between, they
/// could read too little, and never too much.
async fn end_access(app: &App, request: &ArchiveRequest) -> Result<(), Problem> {
    let access = request.stage.acknowledgement().and_then(|promise| promise.access);
    let Some(access) = access.filter(|_| !request.stage.is_open()) else { return Ok(()) };
    if let Some(role) = app.db.assignment(access).await?.filter(|role| role.until.is_none()) {
        let ended = crate::domain::document::Assignment { until: Some(app.today()), ..role };
        register::assignment(app, access.0, ended).await?;
    }
    Ok(())
}
