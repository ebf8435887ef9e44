//! What is told of a life beside its pages, as lines: homes, schools, people, adults with a role, meetings, wishes.

use renderer::html::{LifeLine, LifeList};

use super::life::Life;
use super::told;
use crate::domain::document::{Assignment, Body, HomeKind, Kind, Placement};
use crate::domain::life::{Relation, School, SchoolKind};
use crate::domain::loss::{Became, Loss};
use crate::domain::meeting::{Meeting, MeetingState, Wish};
use crate::problem::Problem;

const LISTS: [(&str, Kind); 7] = [
    ("package-homes", Kind::Placement),
    ("package-people", Kind::Relation),
    ("package-schools", Kind::School),
    ("package-adults", Kind::Assignment),
    ("package-meetings", Kind::Meeting),
    ("package-wishes", Kind::Wish),
    ("package-losses", Kind::Loss),
];

/// The lists that have lines, in the order of the overview.
pub fn of(life: &Life) -> Result<Vec<LifeList>, Problem> {
    let mut lists = Vec::new();
    for (heading, kind) in LISTS {
        let mut lines = Vec::new();
        for envelope in life.newest(&[kind]) {
            lines.extend(told(life, &envelope?.body));
        }
        lines.sort_by(|one, other| (one.from, &one.title).cmp(&(other.from, &other.title)));
        if !lines.is_empty() {
            lists.push(LifeList { heading, lines });
        }
    }
    Ok(lists)
}

fn told(life: &Life, body: &Body) -> Option<LifeLine> {
    match body {
        Body::Placement(it) => Some(home(life, it)),
        Body::Relation(it) => person(it),
        Body::School(it) => school(it),
        Body::Assignment(it) => Some(adult(life, it)),
        Body::Meeting(it) => Some(meeting(life, it)),
        Body::Wish(it) => wish(life, it),
        Body::Loss(it) => loss(it),
        _ => None,
    }
}

fn home(life: &Life, home: &Placement) -> LifeLine {
    let kind = match home.home_kind {
        HomeKind::Family => told::both("Familie", "Family"),
        HomeKind::FosterFamily => told::both("Plejefamilie", "Foster family"),
        HomeKind::WeekendFamily => told::both("Aflastningsfamilie", "Weekend family"),
        HomeKind::Institution => told::both("Døgninstitution", "Institution"),
        HomeKind::OwnRoom => told::both("Eget værelse", "A room of your own"),
        HomeKind::Other => told::both("Et andet hjem", "Another home"),
    };
    let carers: Vec<&str> = home.carers.iter().map(|carer| life.name(*carer)).collect();
    let words = [Some(kind), home.place.clone(), (!carers.is_empty()).then(|| carers.join(", "))];
    line(&home.home_name, words, Some(home.from), home.to)
}

fn person(relation: &Relation) -> Option<LifeLine> {
    let Relation { name, title, words, from, until, died, removed: false, .. } = relation else {
        return None;
    };
    let died = died.map(|day| told::both("død", "died") + " " + &told::day(day));
    Some(line(name, [Some(title.clone()), words.clone(), died], *from, *until))
}

fn loss(loss: &Loss) -> Option<LifeLine> {
    let Loss { what, from, until, kept_by, became, words, known_from, removed: false, .. } = loss else {
        return None;
    };
    let (da, en) = match became {
        Became::Destroyed => ("smidt ud eller makuleret", "thrown out or shredded"),
        Became::Lost => ("ingen ved, hvor det er", "nobody knows where it is"),
        Became::Withheld => {
            ("ligger et andet sted og bliver ikke givet ud", "lies somewhere else and is not given out")
        }
        Became::Found => ("fundet", "it has turned up"),
    };
    let known = told::both("ved det fra", "known from") + ": " + known_from;
    Some(line(what, [Some(told::both(da, en)), kept_by.clone(), words.clone(), Some(known)], *from, *until))
}

fn school(school: &School) -> Option<LifeLine> {
    let School { kind, name, place, words, from, to, removed: false, .. } = school else { return None };
    let kind = match kind {
        SchoolKind::Nursery => told::both("Vuggestue eller dagpleje", "Nursery"),
        SchoolKind::Kindergarten => told::both("Børnehave", "Kindergarten"),
        SchoolKind::School => told::both("Skole", "School"),
        SchoolKind::AfterSchool => told::both("Fritidshjem eller klub", "After-school club"),
        SchoolKind::Club => told::both("Sport, musik, spejder", "Sports, music, scouts"),
        SchoolKind::Other => told::both("Noget andet", "Something else"),
    };
    Some(line(name, [Some(kind), place.clone(), words.clone()], Some(*from), *to))
}

fn adult(life: &Life, assignment: &Assignment) -> LifeLine {
    let role = told::role(assignment.role);
    line(life.name(assignment.person), [Some(role)], Some(assignment.from), assignment.until)
}

fn meeting(life: &Life, meeting: &Meeting) -> LifeLine {
    let Meeting { with, others, on, place, about, state, .. } = meeting;
    let state = match state {
        MeetingState::Planned => told::both("planlagt", "planned"),
        MeetingState::Held => told::both("holdt", "held"),
        MeetingState::Cancelled => told::both("aflyst", "cancelled"),
    };
    let names = with.iter().map(|person| life.name(*person)).chain(others.iter().map(String::as_str));
    let title = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
    line(&title, [about.clone(), place.clone(), Some(state)], Some(*on), Some(*on))
}

fn wish(life: &Life, wish: &Wish) -> Option<LifeLine> {
    let Wish { words, to, answer, withdrawn: false, told_at, .. } = wish else { return None };
    let to = to.map(|person| told::both("til", "to") + " " + life.name(person));
    let answer = answer.as_ref().map(|answer| format!("{}: {}", life.name(answer.by), answer.words));
    let title = words.clone().unwrap_or_else(|| told::both("Et ønske", "A wish"));
    let day = told::day_of(*told_at);
    Some(line(&title, [to, answer, None], Some(day), Some(day)))
}

fn line(
    title: &str,
    words: impl IntoIterator<Item = Option<String>>,
    from: Option<chrono::NaiveDate>,
    to: Option<chrono::NaiveDate>,
) -> LifeLine {
    let words: Vec<String> = words.into_iter().flatten().filter(|words| !words.is_empty()).collect();
    LifeLine { title: title.to_owned(), words: words.join(" · "), from, to }
}
