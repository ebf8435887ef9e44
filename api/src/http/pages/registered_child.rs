//! What stands on `/overblik/{child}`: homes, roles, and the forms to change them.

use chrono::NaiveDate;
use renderer::book::Language;
use renderer::html::{Choice, Field, Frame, Giving, HomeRow, Moving, RegisteredChild, RoleRow};
use uuid::Uuid;

use super::Fields;
use super::register::{field, key, words};
use crate::app::App;
use crate::auth::MayRegisterFor;
use crate::domain::access::{age_on, is_active};
use crate::domain::document::{AssignedTo, Assignment, HomeKind, Person, Placement, ReadPage, Role};
use crate::domain::ids::{AssignmentId, PersonId, PlacementId};
use crate::problem::Problem;
use crate::readings;
use crate::register::homes::NewPlacement;
use crate::register::roles::NewAssignment;

/// Homes and roles shown; nobody has had as many.
const RECORDS: u64 = 500;
/// Adults to choose between.
const ADULTS: u64 = 1000;

/// The form that was sent and is shown again.
pub enum Sent {
    Nothing,
    Home(Fields),
    Role(Fields),
    Death(Fields),
    End(Fields, AssignmentId),
}

/// The home that a form asks for, and the homes that are left for it.
pub fn asked_home(form: &Fields) -> Result<(NewPlacement, Vec<PlacementId>), Problem> {
    let new = NewPlacement {
        home_kind: form.some("home_kind"),
        home_name: form.some("home_name"),
        place: form.some("place"),
        municipality: form.some("municipality"),
        carers: form.all("carers").map(id::<Uuid>).collect::<Result<_, _>>()?,
        from: form.some("from"),
        to: None,
        protected: form.some("protected").is_some(),
    };
    Ok((new, form.all("leaving").map(id).collect::<Result<_, _>>()?))
}

/// The role that a form asks for.
pub fn asked_role(form: &Fields) -> Result<NewAssignment, Problem> {
    let person = form.some("person").map(|person| id(&person)).transpose()?;
    Ok(NewAssignment { person, role: form.some("role"), from: form.some("from"), until: None })
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// The page, with the form that was refused as it was sent. Looking at it is recorded like every look at the card.
pub async fn page(
    app: &App,
    may: &MayRegisterFor,
    sent: &Sent,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<RegisteredChild, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    readings::record_as(app, &may.caller, Role::Leader, may.child, ReadPage::Card).await?;
    let today = may.caller.today;
    let placements = app.db.placements(may.child, None, RECORDS).await?.items;
    let adults = adults(app, may).await?;
    let (moving, giving) = (
        moving(sent, refused.as_ref(), &placements, &adults, today, frame.language),
        giving(sent, refused.as_ref(), &adults, today, frame.language),
    );
    let form = match sent {
        Sent::Nothing => &Fields::default(),
        Sent::Home(form) | Sent::Role(form) | Sent::Death(form) | Sent::End(form, _) => form,
    };
    Ok(RegisteredChild {
        child: may.child.to_string(),
        name: child.name,
        age: age_on(child.born, today),
        homes: homes(app, placements, today).await?,
        roles: roles(app, may, sent, refused.as_ref(), frame.language).await?,
        moving,
        giving,
        died: match sent {
            Sent::Death(form) => field(form, refused.as_ref(), "died", frame.language),
            _ => Field { value: child.died.map(|day| day.to_string()).unwrap_or_default(), problem: None },
        },
        today,
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

/// The municipality's adults by name: everybody but those whom a book is about.
async fn adults(app: &App, may: &MayRegisterFor) -> Result<Vec<Choice>, Problem> {
    let people = app.db.people(may.municipality, None, ADULTS).await?.items;
    let ids: Vec<_> = people.iter().map(|(id, _)| *id).collect();
    let subjects = app.db.subjects_among(&ids).await?;
    let choice = |(id, person): (PersonId, Person)| Choice {
        id: id.to_string(),
        label: person.name,
        note: person.title,
        chosen: false,
    };
    Ok(people.into_iter().filter(|(id, _)| !subjects.contains(id)).map(choice).collect())
}

/// Homes of today first, then the others, newest first.
async fn homes(
    app: &App,
    placements: Vec<(PlacementId, Placement)>,
    today: NaiveDate,
) -> Result<Vec<HomeRow>, Problem> {
    let carers: Vec<PersonId> =
        placements.iter().flat_map(|(_, placement)| placement.carers.clone()).collect();
    let names = app.db.names(&carers).await?;
    let mut rows: Vec<HomeRow> = placements
        .into_iter()
        .rev()
        .map(|(id, placement)| HomeRow {
            id: id.to_string(),
            protected: placement.protected,
            now: is_active(placement.from, placement.to, today),
            kind: kind_name(placement.home_kind),
            name: placement.home_name,
            place: placement.place,
            municipality: placement.municipality.unwrap_or_default(),
            carers: placement.carers.iter().filter_map(|carer| names.get(carer).cloned()).collect(),
            from: placement.from,
            until: placement.to,
        })
        .collect();
    rows.sort_by_key(|home| !home.now);
    Ok(rows)
}

/// As the texts and the form name it.
fn kind_name(kind: HomeKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

async fn roles(
    app: &App,
    may: &MayRegisterFor,
    sent: &Sent,
    refused: Option<&Problem>,
    language: Language,
) -> Result<Vec<RoleRow>, Problem> {
    let assignments = app.db.assignments(AssignedTo::Child(may.child), None, RECORDS).await?.items;
    let holders: Vec<PersonId> = assignments.iter().map(|(_, assignment)| assignment.person).collect();
    let people = app.db.people_among(&holders).await?;
    let today = may.caller.today;
    let row = |(id, assignment): (AssignmentId, Assignment)| {
        let person = people.get(&assignment.person);
        RoleRow {
            id: id.to_string(),
            person: person.map(|person| person.name.clone()).unwrap_or_default(),
            person_id: assignment.person.to_string(),
            title: person.map(|person| person.title.clone()).unwrap_or_default(),
            role: assignment.role.as_str().into(),
            from: assignment.from,
            until: assignment.until,
            lasts: assignment.until.is_none_or(|until| until >= today),
            ending: match sent {
                Sent::End(form, ending) if *ending == id => field(form, refused, "until", language),
                _ => Field { value: assignment.until.unwrap_or(today).to_string(), problem: None },
            },
        }
    };
    let mut rows: Vec<RoleRow> = assignments.into_iter().map(row).collect();
    rows.sort_by_key(|role| (!role.lasts, role.role != Role::Own.as_str()));
    Ok(rows)
}

fn moving(
    sent: &Sent,
    refused: Option<&Problem>,
    placements: &[(PlacementId, Placement)],
    adults: &[Choice],
    today: NaiveDate,
    language: Language,
) -> Moving {
    let again = match sent {
        Sent::Home(form) => Some(form),
        _ => None,
    };
    let ticked = |list: &str, id: &str| again.is_some_and(|form| form.all(list).any(|one| one == id));
    let lasting = placements.iter().filter(|(_, home)| is_active(home.from, home.to, today));
    let leaving = lasting.map(|(id, home)| Choice {
        id: id.to_string(),
        label: home.home_name.clone(),
        note: String::new(),
        // Who moves still goes to the same weekend family.
        chosen: again
            .map_or(home.home_kind != HomeKind::WeekendFamily, |_| ticked("leaving", &id.to_string())),
    });
    let carers = adults.iter().map(|adult| Choice { chosen: ticked("carers", &adult.id), ..adult.clone() });
    let field = |name: &str| again.map_or_else(Field::default, |form| field(form, refused, name, language));
    let from = Field { value: today.to_string(), problem: None };
    Moving {
        open: again.is_some() || placements.is_empty(),
        home_kind: field("home_kind"),
        home_name: field("home_name"),
        place: field("place"),
        municipality: field("municipality"),
        from: if again.is_some() { field("from") } else { from },
        protected: again.is_some_and(|form| form.some("protected").is_some()),
        carers: carers.collect(),
        leaving: leaving.collect(),
    }
}

fn giving(
    sent: &Sent,
    refused: Option<&Problem>,
    adults: &[Choice],
    today: NaiveDate,
    language: Language,
) -> Giving {
    let Sent::Role(form) = sent else {
        let from = Field { value: today.to_string(), problem: None };
        return Giving { people: adults.to_vec(), from, ..Giving::default() };
    };
    let field = |name: &str| field(form, refused, name, language);
    let people =
        adults.iter().map(|adult| Choice { chosen: adult.id == form.one("person"), ..adult.clone() });
    Giving {
        open: true,
        people: people.collect(),
        person: field("person"),
        role: field("role"),
        from: field("from"),
    }
}
