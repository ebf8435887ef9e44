//! What is told of a life beside its pages, as lines: homes, schools, people, adults with a role, meetings, wishes.

use renderer::html::{LifeLine, LifeList};

use super::life::Life;
use super::told;
use crate::domain::document::{Body, HomeKind};
use crate::domain::life::{Relation, School, SchoolKind};
use crate::domain::loss::{Became, Loss};
use crate::domain::meeting::{Meeting, MeetingState, Wish};

/// The lists that have lines, in the order of the overview.
pub fn of(life: &Life) -> Vec<LifeList> {
    let newest = life.newest();
    let list = |heading, line: &dyn Fn(&Body) -> Option<LifeLine>| {
        let mut lines: Vec<LifeLine> = newest.values().filter_map(|envelope| line(&envelope.body)).collect();
        lines.sort_by(|one, other| (one.from, &one.title).cmp(&(other.from, &other.title)));
        LifeList { heading, lines }
    };
    let lists = [
        list("package-homes", &|body| home(life, body)),
        list("package-people", &person),
        list("package-schools", &school),
        list("package-adults", &|body| adult(life, body)),
        list("package-meetings", &|body| meeting(life, body)),
        list("package-wishes", &|body| wish(life, body)),
        list("package-losses", &loss),
    ];
    lists.into_iter().filter(|list| !list.lines.is_empty()).collect()
}

fn home(life: &Life, body: &Body) -> Option<LifeLine> {
    let Body::Placement(home) = body else { return None };
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
    Some(line(&home.home_name, words, Some(home.from), home.to))
}

fn person(body: &Body) -> Option<LifeLine> {
    let Body::Relation(Relation { name, title, words, from, until, died, removed: false, .. }) = body else {
        return None;
    };
    let died = died.map(|day| told::both("død", "died") + " " + &told::day(day));
    Some(line(name, [Some(title.clone()), words.clone(), died], *from, *until))
}

fn loss(body: &Body) -> Option<LifeLine> {
    let Body::Loss(Loss { what, from, until, kept_by, became, words, known_from, removed: false, .. }) = body
    else {
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

fn school(body: &Body) -> Option<LifeLine> {
    let Body::School(School { kind, name, place, words, from, to, removed: false, .. }) = body else {
        return None;
    };
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

fn adult(life: &Life, body: &Body) -> Option<LifeLine> {
    let Body::Assignment(assignment) = body else { return None };
    let role = told::role(assignment.role);
    Some(line(
        life.name(assignment.person),
        [Some(role), None, None],
        Some(assignment.from),
        assignment.until,
    ))
}

fn meeting(life: &Life, body: &Body) -> Option<LifeLine> {
    let Body::Meeting(Meeting { with, others, on, place, about, state, .. }) = body else { return None };
    let state = match state {
        MeetingState::Planned => told::both("planlagt", "planned"),
        MeetingState::Held => told::both("holdt", "held"),
        MeetingState::Cancelled => told::both("aflyst", "cancelled"),
    };
    let names = with.iter().map(|person| life.name(*person)).chain(others.iter().map(String::as_str));
    let title = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
    Some(line(&title, [about.clone(), place.clone(), Some(state)], Some(*on), Some(*on)))
}

fn wish(life: &Life, body: &Body) -> Option<LifeLine> {
    let Body::Wish(Wish { words, to, answer, withdrawn: false, told_at, .. }) = body else { return None };
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
