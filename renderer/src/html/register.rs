//! The pages on which a municipality's leader keeps the register: a child's homes and roles, a new child, the adults,
//! and a link to come in by. No content of any book.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::{ContributeProblem, Page};

/// What stands in a field of a form, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Field {
    /// As it was typed.
    pub value: String,
    /// One sentence in the frame's language.
    pub problem: Option<String>,
}

/// Something to tick or to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What the form sends.
    pub id: String,
    /// What the reader sees.
    pub label: String,
    /// A few more words.
    pub note: String,
    /// Ticked or chosen beforehand.
    pub chosen: bool,
}

/// `/overblik/{child}`: where a child lives, and who stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisteredChild {
    /// The child's id.
    pub child: String,
    /// The child's name.
    pub name: String,
    /// Whole years.
    pub age: u32,
    /// Those of today first, then the others, newest first.
    pub homes: Vec<HomeRow>,
    /// Those that last first, the child itself before all.
    pub roles: Vec<RoleRow>,
    /// The form for a new home.
    pub moving: Moving,
    /// The form for a new role.
    pub giving: Giving,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
    /// The day they died, where it is known, or as it was sent just now.
    pub died: Field,
    /// The last day that can be one.
    pub today: NaiveDate,
}

impl Page for RegisteredChild {
    const TEMPLATE: &'static str = "registered_child.html";
}

/// A stay in a home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeRow {
    /// What the home is called.
    pub name: String,
    /// foster_family and the like.
    pub kind: String,
    /// Town or region.
    pub place: Option<String>,
    /// The code of its municipality on the map; empty where it is not on it.
    pub municipality: String,
    /// The names of the adults there.
    pub carers: Vec<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// The child lives there today.
    pub now: bool,
    /// The placement's id.
    pub id: String,
    /// The place is secret.
    pub protected: bool,
}

/// A role towards the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleRow {
    /// The assignment's id.
    pub id: String,
    /// Who holds it.
    pub person: String,
    /// The holder's id.
    pub person_id: String,
    /// What that person is, in plain words.
    pub title: String,
    /// caseworker and the like.
    pub role: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// Held today or later.
    pub lasts: bool,
    /// The last day as the form for ending it has it.
    pub ending: Field,
}

/// The form for a new home.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Moving {
    /// Unfolded from the beginning.
    pub open: bool,
    /// The chosen kind of home.
    pub home_kind: Field,
    /// What the home is called.
    pub home_name: Field,
    /// Town or region.
    pub place: Field,
    /// The code of its municipality.
    pub municipality: Field,
    /// The first day.
    pub from: Field,
    /// The place is secret.
    pub protected: bool,
    /// The municipality's adults.
    pub carers: Vec<Choice>,
    /// The homes of today, which may end the day before.
    pub leaving: Vec<Choice>,
}

/// The form for a new role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Giving {
    /// Unfolded from the beginning.
    pub open: bool,
    /// The municipality's adults.
    pub people: Vec<Choice>,
    /// What is wrong with the choice of person.
    pub person: Field,
    /// The chosen role.
    pub role: Field,
    /// The first day.
    pub from: Field,
}

/// `/overblik/nyt-barn`: a new child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewChild {
    /// The whole name.
    pub name: Field,
    /// What the child wants to be called.
    pub called: Field,
    /// The birthday.
    pub born: Field,
    /// Today, the latest birthday.
    pub today: NaiveDate,
    /// Names the request, so that a form sent twice makes one child.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for NewChild {
    const TEMPLATE: &'static str = "new_child.html";
}

/// `/overblik/voksne`: the municipality's adults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adults {
    /// The municipality's name.
    pub municipality: String,
    /// By name.
    pub adults: Vec<AdultRow>,
    /// Further adults.
    pub more_href: Option<String>,
    /// The form is unfolded from the beginning.
    pub open: bool,
    /// The new adult's name.
    pub name: Field,
    /// What the new adult is to the children.
    pub title: Field,
    /// The new adult's telephone.
    pub phone: Field,
    /// Names the request, so that a form sent twice makes one person.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for Adults {
    const TEMPLATE: &'static str = "adults.html";
}

/// One adult.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdultRow {
    /// The person's id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// What the person is, in plain words.
    pub title: String,
    /// The number to ring.
    pub phone: Option<String>,
}

/// The answer to making a link: the only place where it is shown.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct HandedOver {
    /// For whom.
    pub name: String,
    /// The link.
    pub sign_in: String,
    /// Until when, local time.
    pub expires_at: NaiveDateTime,
    /// Where the leader came from.
    pub back_href: String,
}

impl Page for HandedOver {
    const TEMPLATE: &'static str = "handed_over.html";
}
