//! Somebody asks for what is another's who has died. It is closed, unless the person said yes while they lived or the access
//! policy's terms have passed; then the request goes the way of every request, and every answer to it takes two people.

use crate::app::App;
use crate::db::claims::StoredClaim;
use crate::deposit;
use crate::domain::access_policy::{AccessClass, Afterwards, Closed, Facts, Opened};
use crate::domain::claim::{Claim, Outcome, Outsider};
use crate::domain::disposal::Signed;
use crate::domain::document::{Body, Person, ReadPage, Reading, Role};
use crate::domain::ids::{ChildId, ClaimId, PersonId, RequestId, following};
use crate::domain::request::Outcome::Refused;
use crate::domain::request::{ArchiveRequest, Received, Scope, Stage, StoredRequest};
use crate::export::Export;
use crate::problem::{FieldProblem, Problem};
use crate::{ownership, register, requests};

/// What the one a book is about has said of the time after their death.
pub async fn said(app: &App, child: ChildId) -> Result<Afterwards, Problem> {
    let owned = ownership::decided(app, child).await?;
    Ok(owned.and_then(|stored| stored.record.afterwards).unwrap_or_default())
}

/// Whether the access policy lets somebody be given something of a book today, and what the one it is about has said of it.
pub async fn judge(
    app: &App,
    class: AccessClass,
    child: ChildId,
) -> Result<(Result<Opened, Closed>, Afterwards), Problem> {
    let facts = Facts {
        died: app.db.child(child).await?.ok_or(Problem::NotFound)?.died,
        written: app.db.last_written(child).await?,
        said: said(app, child).await?,
    };
    Ok((app.access_policy.judge(class, &facts, app.today()), facts.said))
}

/// What is closed cannot be found, and cannot be granted: `field` says where it was tried.
pub async fn refuse_closed(
    app: &App,
    class: AccessClass,
    child: ChildId,
    field: &'static str,
) -> Result<(), Problem> {
    let (Err(closed), _) = judge(app, class, child).await? else { return Ok(()) };
    let (da, en) = closed.words();
    Err(Problem::Invalid(vec![FieldProblem::new(field, "closed", da, en)]))
}

/// The same for an outsider's request at a stage to which a yes leads, proposed or agreed to.
pub async fn check(app: &App, request: &ArchiveRequest, stage: &Stage) -> Result<(), Problem> {
    let gives = stage.decision().is_some_and(|decision| !matches!(decision.outcome, Refused { .. }));
    match request.outsider {
        Some(class) if gives => refuse_closed(app, class, request.child, "outcome").await,
        _ => Ok(()),
    }
}

/// Lays the request on the archive's desk, for somebody of whom two archivists have found who they are and whose book they
/// mean. Done again it does nothing.
pub async fn ask(
    app: &App,
    id: ClaimId,
    claim: &Claim,
    outsider: &Outsider,
    child: ChildId,
) -> Result<Outcome, Problem> {
    let (municipality, asked_at) = (claim.municipality, app.now());
    let request = RequestId(following(&format!("livsbog/outsider/request\n{id}")));
    let person = PersonId(following(&format!("livsbog/outsider/person\n{id}")));
    let asker = Person {
        municipality,
        name: claim.told.name.clone(),
        title: title(outsider.class).into(),
        phone: None,
    };
    if app.db.person(person).await?.as_ref() != Some(&asker) {
        register::person(app, person.0, asker).await?;
    }
    if app.db.request(request).await?.is_none() {
        let body = ArchiveRequest {
            child,
            municipality,
            scope: Scope::Part { words: outsider.purpose.clone() },
            outsider: Some(outsider.class),
            asked: Signed { by: person, at: asked_at },
            deadlines: requests::deadlines(app, app.today()),
            messages: Vec::new(),
            stage: Stage::Received(Received {}),
        };
        let body = Body::Request(Box::new(body));
        deposit::for_child(app, person, child, (request.0, 1), body, None).await?;
    }
    Ok(Outcome::Asked { child, person, request, at: asked_at })
}

/// What stands beside their name in the register.
fn title(class: AccessClass) -> &'static str {
    match class {
        AccessClass::NextOfKin => "pårørende",
        AccessClass::Researcher => "forsker",
        AccessClass::Anyone => "har spurgt arkivet",
    }
}

/// The request that became of a claim; nothing where none did.
pub async fn request_of(app: &App, claim: &Claim) -> Result<Option<StoredRequest>, Problem> {
    let Some(Outcome::Asked { request, .. }) = claim.outcome else { return Ok(None) };
    Ok(app.db.request(request).await?)
}

/// What was granted, for whoever holds the claim's secret. Where the register says that the one it is about lives after all,
/// nothing is given.
pub async fn package(app: &App, StoredClaim { claim, .. }: &StoredClaim) -> Result<Export, Problem> {
    let Some(Outcome::Asked { child, person, .. }) = claim.outcome else { return Err(Problem::NotFound) };
    let stored = request_of(app, claim).await?.ok_or(Problem::NotFound)?;
    if app.db.child(child).await?.is_none_or(|child| child.died.is_none()) {
        return Err(Problem::NotPermitted);
    }
    let export = requests::delivered(app, &stored).await?;
    let (page, role) = (ReadPage::Package(stored.id), Role::Outsider);
    let reading = Reading { id: app.new_id(), reader: person, role, page, at: app.now(), companion: None };
    app.db.record_reading(child, &reading).await?;
    Ok(export)
}
