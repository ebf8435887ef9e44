//! On whose account a folder is taken in, where nobody is named: the municipality's own, a person of its register with the
//! role of a system towards the child. Nobody signs in as it, and it reads no book. A leader ends the role like any other.

use uuid::Uuid;

use crate::accounts;
use crate::app::App;
use crate::auth::MayContribute;
use crate::domain::document::{AssignedTo, Assignment, Person, Role};
use crate::domain::ids::{self, ChildId, PersonId};
use crate::problem::Problem;
use crate::register;

/// What stands beside what was taken in.
const TITLE: &str = "lagt ind fra gamle papirer";

/// The right to give to `child`: `by`'s own, or that of the municipality's account, registered when it is first needed.
pub async fn giver(app: &App, child: ChildId, by: Option<PersonId>) -> Result<MayContribute, Problem> {
    let person = match by {
        Some(person) => person,
        None => registered(app, child).await?,
    };
    if app.db.person(person).await?.is_none() {
        return Err(Problem::NotFound);
    }
    MayContribute::grant(app, accounts::caller(app, person).await?, child).await
}

async fn registered(app: &App, child: ChildId) -> Result<PersonId, Problem> {
    let municipality = app.db.child(child).await?.ok_or(Problem::NotFound)?.municipality;
    // Random to everybody else, and the same whenever it is asked for.
    let person = PersonId(following("person", municipality.0));
    if !register::is_there(app, person.0).await? {
        let name = app.db.municipality(municipality).await?.ok_or(Problem::NotFound)?.name;
        let body = Person { municipality, name, title: TITLE.into(), phone: None };
        register::person(app, person.0, body).await?;
    }
    let role = following("role", child.0);
    if !register::is_there(app, role).await? {
        let (to, from) = (AssignedTo::Child(child), app.today());
        let body = Assignment { person, role: Role::System, to, from, until: None };
        register::assignment(app, role, body).await?;
    }
    Ok(person)
}

fn following(what: &str, id: Uuid) -> Uuid {
    ids::following(&format!("livsbog import {what} {id}"))
}
