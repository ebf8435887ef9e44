//! The words around the texts, in Danish and English.

use chrono::{Datelike, NaiveDate};

use crate::book::{AgeBand, Body, Book, Byline, GoalStep, Language, Page, PeopleGroup, Stop, StopKind};
use crate::labels::{age_label, date_label, people_label, size_label, when_label};

pub(super) fn contents(language: Language) -> &'static str {
    match language {
        Language::Da => "Indhold",
        Language::En => "Contents",
    }
}

pub(super) fn about_the_book(language: Language) -> &'static str {
    match language {
        Language::Da => "Om denne bog",
        Language::En => "About this book",
    }
}

/// Below the title on the cover: the day it was made, and the name where the title does not say it.
pub(super) fn cover_line(book: &Book) -> String {
    match book.title.contains(&book.child_name) {
        true => date_label(book.made_on, book.language),
        false => format!("{} · {}", book.child_name, date_label(book.made_on, book.language)),
    }
}

pub(super) fn goes_to(title: &str, number: usize, language: Language) -> String {
    match language {
        Language::Da => format!("{title}, side {number}"),
        Language::En => format!("{title}, page {number}"),
    }
}

/// What the map of the homes shows, for whoever does not see it.
pub(super) fn map(municipalities: &[String], language: Language) -> String {
    let places = people_label(municipalities, language);
    match language {
        Language::Da => format!("Et kort over Danmark med et lille hus, hvor du har boet: {places}."),
        Language::En => format!("A map of Denmark with a little house where you have lived: {places}."),
    }
}

/// Who, when and where: "Alma og Karen · Skagen · sommeren 2026".
pub(super) fn facts(page: &Page, language: Language) -> String {
    let people = people_label(&page.people, language);
    let place = page.place.clone().unwrap_or_default();
    let when = page.when.map(|when| when_label(when, language)).unwrap_or_default();
    let parts: Vec<String> = [people, place, when].into_iter().filter(|part| !part.is_empty()).collect();
    capitalized(&parts.join(" · "))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Who told it: for the small by first name and no more, for the grown with the date and the source.
pub(super) fn byline(by: &Byline, book: &Book) -> String {
    let language = book.language;
    let first = by.name.split_whitespace().next().unwrap_or_default();
    if book.band <= AgeBand::From7 {
        return match (language, first == book.child_name, by.role.is_empty()) {
            (Language::Da, true, _) => format!("Fortalt af {first} selv"),
            (Language::En, true, _) => format!("Told by {first}"),
            (Language::Da, false, false) => format!("Fortalt af {first}, {}", by.role),
            (Language::En, false, false) => format!("Told by {first}, {}", by.role),
            (Language::Da, false, true) => format!("Fortalt af {first}"),
            (Language::En, false, true) => format!("Told by {first}"),
        };
    }
    let date = by.written_on.map(|day| format!(", {}", date_in_text(day, language))).unwrap_or_default();
    let who = if by.role.is_empty() { by.name.clone() } else { format!("{}, {}", by.name, by.role) };
    let basis = by.basis.as_deref().filter(|basis| !basis.is_empty());
    let basis = match (basis, book.band, language) {
        (None, _, _) | (_, AgeBand::From10, _) => String::new(),
        (Some(basis), AgeBand::Adult, Language::Da) => format!(". Kilde: {basis}"),
        (Some(basis), AgeBand::Adult, Language::En) => format!(". Source: {basis}"),
        (Some(basis), _, _) => format!(" ({basis})"),
    };
    match language {
        Language::Da => format!("Skrevet af {who}{date}{basis}"),
        Language::En => format!("Written by {who}{date}{basis}"),
    }
}

/// Above what is told beside another page.
pub(super) fn remembers(by: &Byline, language: Language) -> String {
    let first = by.name.split_whitespace().next().unwrap_or_default();
    match language {
        Language::Da => format!("Sådan husker {first} det"),
        Language::En => format!("This is how {first} remembers it"),
    }
}

/// The sentence to set large: the longest that is short enough, and one in which the writer speaks of itself if there
/// is one. In the language's quotation marks.
/// With the number of the paragraph it stands in.
pub(super) fn telling_sentence(paragraphs: &[String], language: Language) -> Option<(usize, String)> {
    const LENGTH: std::ops::RangeInclusive<usize> = 24..=100;
    let sentences = paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
        paragraph.split_inclusive(['.', '!', '?']).map(move |sentence| (index, sentence.trim()))
    });
    let length = |text: &str| text.chars().count();
    let fits = |(_, text): &(usize, &str)| {
        LENGTH.contains(&length(text)) && !text.contains(['"', '»', '„', '“', ':']) && !text.ends_with("..")
    };
    let of_itself =
        |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "jeg" | "Jeg" | "I"));
    let (index, told) = sentences.filter(fits).max_by_key(|(_, text)| (of_itself(text), length(text)))?;
    Some(match language {
        Language::Da => (index, format!("»{told}«")),
        Language::En => (index, format!("“{told}”")),
    })
}

pub(super) fn attachment(name: &str, size_bytes: u64, language: Language) -> String {
    let size = size_label(size_bytes, language);
    match language {
        Language::Da => format!("Hører til siden: {name} ({size}). Du finder den i bogen på skærmen."),
        Language::En => {
            format!("Belongs to this page: {name} ({size}). You find it in the book on the screen.")
        }
    }
}

pub(super) fn older_text(language: Language) -> &'static str {
    match language {
        Language::Da => "Her ligger en tekst til dig, når du bliver ældre.",
        Language::En => "A text is waiting here for when you are older.",
    }
}

/// A heading and a few sentences for a page that waits; nothing for one that is open.
pub(super) fn waiting(body: &Body, language: Language) -> Option<(&'static str, Vec<String>)> {
    match (body, language) {
        (Body::Open { .. }, _) => None,
        (Body::WithAdult { ask }, Language::Da) => Some((
            "Denne side læser du sammen med en voksen.",
            vec![format!("Du kan spørge {ask}. I finder en tid, der passer dig.")],
        )),
        (Body::WithAdult { ask }, Language::En) => Some((
            "You read this page together with an adult.",
            vec![format!("You can ask {ask}. You find a time together that suits you.")],
        )),
        (Body::HeldBack { decided_by, ask, review_on, opens_on }, Language::Da) => Some((
            "Denne side venter på dig.",
            vec![
                format!("Du kan spørge {ask} om den."),
                format!("Det er besluttet af {decided_by}. Vi ser på det igen {}.", on(*review_on, language)),
                format!("Siden åbner senest {}.", on(*opens_on, language)),
            ],
        )),
        (Body::HeldBack { decided_by, ask, review_on, opens_on }, Language::En) => Some((
            "This page is waiting for you.",
            vec![
                format!("You can ask {ask} about it."),
                format!("It was decided by {decided_by}. We look at it again {}.", on(*review_on, language)),
                format!("The page opens {} at the latest.", on(*opens_on, language)),
            ],
        )),
    }
}

fn on(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Da => format!("den {}", date_in_text(date, language)),
        Language::En => format!("on {}", date_in_text(date, language)),
    }
}

/// A day is not torn from its month at the end of a line.
fn date_in_text(date: NaiveDate, language: Language) -> String {
    date_label(date, language).replacen(' ', "\u{A0}", 1)
}

/// What the last sheet says.
pub(super) fn colophon(book: &Book) -> Vec<String> {
    let (date, band) = (date_in_text(book.made_on, book.language), age_label(book.band, book.language));
    let (title, keeper) = (&book.title, &book.municipality);
    match book.language {
        Language::Da => vec![
            format!("{title} er sat sammen den {date}. Teksterne er valgt til en læser på {band}."),
            format!(
                "{keeper} passer på bogen og på alt det, der ligger bag den: billeder, fortællinger og papirer."
            ),
            "Bogen bliver ved med at vokse. Der kan være kommet nye sider til siden den dag.".into(),
            "Skrifterne hedder Andika og Literata og er frie for alle (SIL Open Font License).".into(),
        ],
        Language::En => vec![
            format!("{title} was put together on {date}. The texts were chosen for a reader of {band}."),
            format!("{keeper} looks after the book and everything behind it: pictures, stories and papers."),
            "The book keeps growing. New pages may have come since that day.".into(),
            "The typefaces are called Andika and Literata and are free for all (SIL Open Font License)."
                .into(),
        ],
    }
}

/// A sentence that stands on the screen too.
fn shared(key: &str, args: &web::Args, language: Language) -> String {
    web::text(language.tag(), key, args).unwrap_or_default()
}

fn with(name: &'static str, value: String) -> web::Args<'static> {
    let mut args = web::Args::new();
    args.set(name, value);
    args
}

pub(super) fn group(group: PeopleGroup, language: Language) -> String {
    shared(&format!("people-{}", group.as_str()), &web::Args::new(), language)
}

pub(super) fn died(year: i32, language: Language) -> String {
    shared("person-died", &with("year", year.to_string()), language)
}

pub(super) fn before(language: Language) -> String {
    shared("person-before", &web::Args::new(), language)
}

pub(super) fn gap(language: Language) -> String {
    shared("line-gap", &web::Args::new(), language)
}

/// "2017–2021", "Siden 2022", and of a day its date.
pub(super) fn years(stop: &Stop, language: Language) -> String {
    if let Some(page) = &stop.page {
        return when_label(page.when, language);
    }
    let from = stop.from.year();
    match stop.to.map(|day| day.year()) {
        None => shared("line-since", &with("year", from.to_string()), language),
        Some(to) if to == from => from.to_string(),
        Some(to) => format!("{from}–{to}"),
    }
}

/// How old the child was, or that it is there now.
pub(super) fn stay(stop: &Stop, language: Language) -> String {
    let none = web::Args::new();
    match (stop.kind, stop.to) {
        (StopKind::Gap, _) => shared("line-gap-ask", &none, language),
        (kind, None) if kind.is_school() => shared("line-school-now", &none, language),
        (StopKind::WeekendFamily, None) => shared("line-weekend-now", &none, language),
        (_, None) => shared("line-home-now", &none, language),
        (StopKind::Day, _) if stop.from_birth => shared("line-day-born", &none, language),
        (_, Some(_)) if stop.from_birth => shared("line-born", &none, language),
        (_, Some(_)) => {
            let mut age = web::Args::new();
            age.set("age", stop.age);
            shared("line-age", &age, language)
        }
    }
}

/// What an adult does for a goal: "Birgit: Jeg kører dig. · Gjort".
pub(super) fn step(step: &GoalStep, language: Language) -> String {
    let done = if step.done {
        format!(" · {}", shared("step-done", &web::Args::new(), language))
    } else {
        String::new()
    };
    format!("{}: {}{done}", step.by, step.words)
}

pub(super) fn reached(day: NaiveDate, language: Language) -> String {
    shared("goal-reached", &with("day", date_label(day, language)), language)
}
