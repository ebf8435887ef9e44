//! Records: municipalities, people, children, homes and roles. Each is an object of its own; a change is a new version.
//! The caller draws the id, so that a registration broken off can be taken up again with [`is_there`].

use uuid::Uuid;

use crate::app::App;
use crate::deposit::{self, Slip};
use crate::domain::document::{AssignedTo, Assignment, Body, Child, Municipality, Person, Placement};
use crate::domain::ids::{ChildId, MunicipalityId, PersonId};
use crate::problem::Problem;

/// Registers a municipality; its records are sealed under a key group of its own.
pub async fn municipality(app: &App, id: Uuid, body: Municipality) -> Result<MunicipalityId, Problem> {
    app.archive.create_group(archive::GroupId(id)).await?;
    seal(app, id, 1, id, Body::Municipality(body), None).await?;
    Ok(MunicipalityId(id))
}

pub async fn person(app: &App, id: Uuid, body: Person) -> Result<PersonId, Problem> {
    let group = body.municipality.0;
    seal(app, id, 1, group, Body::Person(body), None).await?;
    Ok(PersonId(id))
}

/// Registers a child; everything about it is sealed under a key group of its own.
pub async fn child(app: &App, id: Uuid, body: Child) -> Result<ChildId, Problem> {
    app.archive.create_group(archive::GroupId(id)).await?;
    let born = body.born;
    seal(app, id, 1, id, Body::Child(body), Some(born)).await?;
    Ok(ChildId(id))
}

/// Writes a new version of a child's record.
pub async fn change_child(app: &App, id: ChildId, body: Child) -> Result<(), Problem> {
    let version = app.db.latest_version(id.0).await? + 1;
    let born = body.born;
    seal(app, id.0, version, id.0, Body::Child(body), Some(born)).await
}

pub async fn placement(app: &App, id: Uuid, body: Placement) -> Result<(), Problem> {
    let child = app.db.child(body.child).await?.ok_or(Problem::NotFound)?;
    seal(app, id, 1, body.child.0, Body::Placement(body), Some(child.born)).await
}

pub async fn assignment(app: &App, id: Uuid, body: Assignment) -> Result<(), Problem> {
    let (group, born) = match body.to {
        AssignedTo::Child(child) => {
            let born = app.db.child(child).await?.ok_or(Problem::NotFound)?.born;
            (child.0, Some(born))
        }
        AssignedTo::Municipality(municipality) => (municipality.0, None),
    };
    seal(app, id, 1, group, Body::Assignment(body), born).await
}

/// True where a record with this id has been registered.
pub async fn is_there(app: &App, id: Uuid) -> Result<bool, Problem> {
    Ok(app.db.latest_version(id).await? > 0)
}

async fn seal(
    app: &App,
    id: Uuid,
    version: u32,
    group: Uuid,
    body: Body,
    born: Option<chrono::NaiveDate>,
) -> Result<(), Problem> {
    let slip = Slip { id, version, group, kind: body.kind(), by: None, at: app.now() };
    deposit::document(app, slip, body, born, None).await.map(|_| ())
}
