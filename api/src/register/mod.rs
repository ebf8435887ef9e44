//! Records: municipalities, people, children, homes and roles. Each is an object of its own; a change is a new version.
//! The caller draws the id, so that a registration broken off can be taken up again with [`is_there`].

pub mod children;
pub mod homes;
pub mod people;
pub mod roles;

use uuid::Uuid;

use crate::app::App;
use crate::auth::Caller;
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited, Slip};
use crate::domain::document::{AssignedTo, Assignment, Body, Child, Municipality, Person, Placement};
use crate::domain::ids::{ChildId, MunicipalityId, PersonId};
use crate::problem::Problem;

/// Changes are made one at a time: each is written on top of what it has read.
static CHANGING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Registers a municipality; its records are sealed under a key group of its own.
pub async fn municipality(app: &App, id: Uuid, body: Municipality) -> Result<MunicipalityId, Problem> {
    seal(app, id, Body::Municipality(body), None, None).await?;
    Ok(MunicipalityId(id))
}

pub async fn person(app: &App, id: Uuid, body: Person) -> Result<PersonId, Problem> {
    seal(app, id, Body::Person(body), None, None).await?;
    Ok(PersonId(id))
}

/// Registers a child; everything about it is sealed under a key group of its own.
pub async fn child(app: &App, id: Uuid, body: Child) -> Result<ChildId, Problem> {
    seal(app, id, Body::Child(body), None, None).await?;
    Ok(ChildId(id))
}

/// Writes a new version of a child's record.
pub async fn change_child(app: &App, id: ChildId, body: Child) -> Result<(), Problem> {
    seal(app, id.0, Body::Child(body), None, None).await.map(|_| ())
}

pub async fn placement(app: &App, id: Uuid, body: Placement) -> Result<(), Problem> {
    seal(app, id, Body::Placement(body), None, None).await.map(|_| ())
}

pub async fn assignment(app: &App, id: Uuid, body: Assignment) -> Result<(), Problem> {
    seal(app, id, Body::Assignment(body), None, None).await.map(|_| ())
}

/// True where a record with this id has been registered.
pub async fn is_there(app: &App, id: Uuid) -> Result<bool, Problem> {
    Ok(app.db.latest_version(id).await? > 0)
}

/// Seals the record that `checked` gives. The same request once more gets the same answer, and nothing is checked again.
pub(crate) async fn once(
    app: &App,
    by: &Caller,
    idempotency: Option<Idempotency>,
    checked: impl AsyncFnOnce() -> Result<(Uuid, Body), Problem>,
) -> Result<Deposited, Problem> {
    let _one_at_a_time = CHANGING.lock().await;
    if let Some(first) = deposit::answered(app, by.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let (id, body) = checked().await?;
    seal(app, id, body, Some(by.id), idempotency).await
}

/// Seals the first version of a new record, or the next version of one that is there.
async fn seal(
    app: &App,
    id: Uuid,
    body: Body,
    by: Option<PersonId>,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let version = app.db.latest_version(id).await? + 1;
    let (group, born) = match &body {
        Body::Person(person) => (person.municipality.0, None),
        Body::Child(child) => (id, Some(child.born)),
        Body::Placement(Placement { child, .. })
        | Body::Assignment(Assignment { to: AssignedTo::Child(child), .. }) => {
            let born = app.db.child(*child).await?.ok_or(Problem::NotFound)?.born;
            (child.0, Some(born))
        }
        Body::Assignment(Assignment { to: AssignedTo::Municipality(municipality), .. }) => {
            (municipality.0, None)
        }
        _ => (id, None),
    };
    if group == id {
        app.archive.create_group(archive::GroupId(group)).await?;
    }
    let slip = Slip { id, version, group, kind: body.kind(), by, at: app.now() };
    let sealed = deposit::document_once(app, slip, body, born, idempotency).await;
    if version > 1 { sealed.map_err(deposit::overtaken) } else { sealed }
}

/// The people of this municipality with these ids, each once; one of another answers like one that is not there.
async fn people_of(
    app: &App,
    municipality: MunicipalityId,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<PersonId>, Problem> {
    let mut people = Vec::new();
    for id in ids.into_iter().map(PersonId) {
        if !people.contains(&id) {
            people.push(id);
        }
    }
    let found = app.db.people_among(&people).await?;
    let is_ours = |id| found.get(id).is_some_and(|person: &Person| person.municipality == municipality);
    if people.iter().all(is_ours) { Ok(people) } else { Err(Problem::NotFound) }
}
