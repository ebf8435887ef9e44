//! The people of a municipality.

use serde::{Deserialize, Serialize};

use super::once;
use crate::app::App;
use crate::auth::{MayRegister, MayRegisterPerson};
use crate::db::deposits::Idempotency;
use crate::deposit::Deposited;
use crate::domain::document::{Body, Person};
use crate::domain::ids::MunicipalityId;
use crate::fields::{line, unless_wrong, words};
use crate::problem::Problem;

/// A person as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// Up to 200 characters.
    #[schema(required, example = "Karen Holm")]
    pub name: Option<String>,
    /// What the person is to the child in plain words; up to 200 characters.
    #[schema(required, example = "plejemor")]
    pub title: Option<String>,
    pub phone: Option<String>,
}

/// Registers a person.
pub async fn add(
    app: &App,
    may: &MayRegister,
    new: NewPerson,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        Ok((app.new_id(), Body::Person(checked(may.municipality, new)?)))
    })
    .await
}

/// Seals a new version of a person's record. What they wrote keeps the title it was written under.
pub async fn correct(
    app: &App,
    may: &MayRegisterPerson,
    new: NewPerson,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        let before = app.db.person(may.person).await?.ok_or(Problem::NotFound)?;
        Ok((may.person.0, Body::Person(checked(before.municipality, new)?)))
    })
    .await
}

fn checked(municipality: MunicipalityId, new: NewPerson) -> Result<Person, Problem> {
    let mut wrong = Vec::new();
    let person = Person {
        municipality,
        name: words(&mut wrong, "name", ("et navn", "name"), new.name),
        title: words(&mut wrong, "title", ("en titel", "title"), new.title),
        phone: line(&mut wrong, "phone", new.phone),
    };
    unless_wrong(wrong, person)
}
