//! The children of a municipality.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{once, seal};
use crate::app::App;
use crate::auth::{MayRegister, MayRegisterFor};
use crate::db::deposits::Idempotency;
use crate::deposit::Deposited;
use crate::domain::document::{AssignedTo, Assignment, Body, Child, Person, Role};
use crate::domain::ids::{ChildId, MunicipalityId, PersonId};
use crate::fields::{day, line, required_day, unless_wrong, words};
use crate::problem::{FieldProblem, Problem};

/// What a book is called until somebody finds a better name.
const BOOK_TITLE: &str = "Min bog";
/// What stands beside the child's own words.
const OWN_TITLE: &str = "barnet selv";

/// A child as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChild {
    /// The whole name; up to 200 characters.
    #[schema(required, example = "Alma Vestervang")]
    pub name: Option<String>,
    /// What the child wants to be called; the whole name when left out.
    #[schema(example = "Alma")]
    pub called: Option<String>,
    /// From 1900-01-01 to today.
    #[schema(required, example = "2017-05-14")]
    pub born: Option<String>,
    /// Left out: "Min bog" for a new child, as it was in a correction.
    pub book_title: Option<String>,
    /// The day the child's case was closed; while it is left out the case is open.
    pub case_closed: Option<String>,
    /// The day the one the book is about died, as it is proven. Left out in a correction it stays as it was; empty, nobody
    /// died. It ends who reads the book by their own or the grown person's word.
    pub died: Option<String>,
}

/// Registers a child.
pub async fn add(
    app: &App,
    may: &MayRegister,
    new: NewChild,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        let child = checked(may.municipality, new, may.caller.today, None)?;
        Ok((app.new_id(), Body::Child(child)))
    })
    .await
}

/// Seals a new version of a child's record; the cover stays as the child chose it. A new name is the name of the child's own
/// person too: what it has written is shown by today's name, and stays sealed as it was.
pub async fn correct(
    app: &App,
    may: &MayRegisterFor,
    new: NewChild,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        let before = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
        let child = checked(before.municipality, new, may.caller.today, Some(&before))?;
        if child.name != before.name {
            rename_own_person(app, may, &before.name, &child.name).await?;
        }
        Ok((may.child.0, Body::Child(child)))
    })
    .await
}

/// Seals that the one a book is about has died, as it is proven; empty where that was a mistake.
pub async fn tell_death(
    app: &App,
    may: &MayRegisterFor,
    died: &str,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    once(app, &may.caller, idempotency, async || {
        let before = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
        let mut wrong = Vec::new();
        let died = day_of_death(&mut wrong, died, before.born, may.caller.today);
        Ok((may.child.0, Body::Child(Child { died: unless_wrong(wrong, died)?, ..before })))
    })
    .await
}

fn day_of_death(
    wrong: &mut Vec<FieldProblem>,
    given: &str,
    born: NaiveDate,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let died = day(wrong, "died", Some(given), Some(today))?;
    if died < born {
        let da = format!("Dødsdagen {died} ligger før fødselsdagen.");
        let en = format!("The day of death {died} comes before the birthday.");
        wrong.push(FieldProblem::new("died", "date_out_of_range", da, en));
    }
    Some(died)
}

async fn rename_own_person(app: &App, may: &MayRegisterFor, before: &str, now: &str) -> Result<(), Problem> {
    for (id, role, person) in app.db.people_around(may.child, may.caller.today).await? {
        if role == Role::Own && person.name == before {
            let renamed = Person { name: now.to_owned(), ..person };
            seal(app, id.0, Body::Person(renamed), Some(may.caller.id), None).await?;
        }
    }
    Ok(())
}

/// Registers a child and the person it is itself, so that it can come into its own book. `named` gives each of the
/// three deposits its part of the request's name: sent again after a break, what is there already is not made twice.
pub async fn add_with_own_person(
    app: &App,
    may: &MayRegister,
    new: NewChild,
    named: impl Fn(&str) -> Idempotency,
) -> Result<ChildId, Problem> {
    let today = may.caller.today;
    let record = checked(may.municipality, new, today, None)?;
    let person = Person {
        municipality: may.municipality,
        name: record.name.clone(),
        title: OWN_TITLE.into(),
        phone: None,
    };
    let put = async |body, part| {
        let new = async || Ok((app.new_id(), body));
        once(app, &may.caller, Some(named(part)), new).await
    };
    let child = ChildId(put(Body::Child(record), "child").await?.id);
    let person = PersonId(put(Body::Person(person), "person").await?.id);
    let own = Assignment { person, role: Role::Own, to: AssignedTo::Child(child), from: today, until: None };
    put(Body::Assignment(own), "own").await?;
    Ok(child)
}

fn checked(
    municipality: MunicipalityId,
    new: NewChild,
    today: NaiveDate,
    before: Option<&Child>,
) -> Result<Child, Problem> {
    let mut wrong = Vec::new();
    let title = || before.map_or_else(|| BOOK_TITLE.into(), |before| before.book_title.clone());
    let name = words(&mut wrong, "name", ("et navn", "name"), new.name);
    let called = line(&mut wrong, "called", new.called);
    let born = required_day(&mut wrong, "born", new.born.as_deref(), Some(today)).unwrap_or(today);
    let child = Child {
        municipality,
        name,
        called,
        born,
        book_title: line(&mut wrong, "book_title", new.book_title).unwrap_or_else(title),
        cover: before.and_then(|before| before.cover),
        cloth: before.map(|before| before.cloth).unwrap_or_default(),
        called_before: before.and_then(|before| before.called_before.clone()),
        case_closed: day(&mut wrong, "case_closed", new.case_closed.as_deref(), Some(today)),
        died: match new.died.as_deref() {
            None => before.and_then(|before| before.died),
            Some(given) => day_of_death(&mut wrong, given, born, today),
        },
    };
    unless_wrong(wrong, child)
}
