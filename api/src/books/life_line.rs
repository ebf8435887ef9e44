//! A whole life on one line: the homes, the schools and the important days, with the times nobody has told of yet.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use renderer::book::{Body, ChapterKind, DayPage, Form, Page, Precision, Stop, StopKind};

use crate::domain::access::age_on;

/// So many days stand on it; of a book with more, the first of each year.
const DAYS: usize = 40;

/// The line; none where it would tell no more than the homes alone.
pub fn of(
    forms: &HashMap<ChapterKind, Form>,
    pages: &HashMap<ChapterKind, Vec<Page>>,
    born: NaiveDate,
) -> Option<Form> {
    let stops = |kind| match forms.get(&kind) {
        Some(Form::Line(stops)) => stops.clone(),
        _ => Vec::new(),
    };
    let (homes, schools) = (stops(ChapterKind::Homes), stops(ChapterKind::School));
    let told = [ChapterKind::Born, ChapterKind::Days].into_iter().filter_map(|kind| pages.get(&kind));
    let days = few(told.flatten().filter_map(|page| day(page, born)).collect());
    if homes.is_empty() || schools.is_empty() && days.is_empty() {
        return None;
    }
    // Of two that begin together the home is told first.
    let mut line: Vec<Stop> = homes.into_iter().chain(schools).chain(days).collect();
    line.sort_by_key(|stop| stop.from);
    Some(Form::Line(line))
}

/// A page of which it is known when it was, as the first told of it.
fn day(page: &Page, born: NaiveDate) -> Option<Stop> {
    let when = page.when.filter(|when| when.precision != Precision::Unknown)?;
    let told = matches!(page.body, Body::Open { .. }) && page.own.is_none() && page.beside.is_none();
    told.then(|| Stop {
        kind: StopKind::Day,
        name: page.title.clone(),
        place: None,
        municipality: None,
        words: None,
        picture: None,
        from: when.date,
        to: Some(when.date),
        age: age_on(born, when.date),
        from_birth: when.date == born && when.precision == Precision::Day,
        page: Some(DayPage { id: page.id.clone(), when }),
    })
}

fn few(mut days: Vec<Stop>) -> Vec<Stop> {
    days.sort_by_key(|stop| stop.from);
    if days.len() > DAYS {
        days.dedup_by_key(|stop| stop.from.year());
    }
    days
}

#[cfg(test)]
mod tests {
    use renderer::book::{PageKind, When};

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn page(title: &str, on: &str, precision: Precision) -> Page {
        Page {
            id: title.into(),
            kind: PageKind::Event,
            title: title.into(),
            body: Body::Open {
                paragraphs: vec![],
                language: "da".into(),
                written_for: None,
                older_text_waits: false,
            },
            pictures: vec![],
            attachments: vec![],
            when: Some(When { date: date(on), precision }),
            place: None,
            people: vec![],
            by: None,
            own: None,
            beside: None,
            asked_for: false,
            from: None,
            warnings: Vec::new(),
        }
    }

    fn home(from: &str, to: Option<&str>) -> Stop {
        let day = day(&page("Hos mor", from, Precision::Day), date("2017-05-14")).unwrap();
        Stop { kind: StopKind::Family, to: to.map(date), page: None, ..day }
    }

    fn line(homes: Vec<Stop>, born: Vec<Page>, days: Vec<Page>) -> Option<Vec<String>> {
        let forms = HashMap::from([(ChapterKind::Homes, Form::Line(homes))]);
        let pages = HashMap::from([(ChapterKind::Born, born), (ChapterKind::Days, days)]);
        let Form::Line(line) = of(&forms, &pages, date("2017-05-14"))? else { return None };
        Some(line.into_iter().map(|stop| format!("{} {}", stop.name, stop.age)).collect())
    }

    #[test]
    fn homes_and_days_stand_in_the_order_in_which_they_began() {
        let homes = || vec![home("2017-05-14", Some("2021-09-19")), home("2021-09-20", None)];
        let days = vec![
            page("Ni år", "2026-05-14", Precision::Day),
            page("En gang", "2020-01-01", Precision::Unknown),
            Page {
                beside: Some("Ni år".into()),
                ..page("Sådan husker jeg det", "2026-05-14", Precision::Day)
            },
        ];
        let born = vec![page("Klokken fem", "2017-05-14", Precision::Day)];
        let told = line(homes(), born, days).unwrap();
        assert_eq!(told, ["Hos mor 0", "Klokken fem 0", "Hos mor 4", "Ni år 9"]);
        assert_eq!(line(homes(), vec![], vec![]), None, "the homes have a line of their own");
    }

    #[test]
    fn of_a_long_book_the_first_day_of_each_year() {
        let on = |number: usize| format!("{}-0{}-01", 2018 + number % 8, 1 + number % 9);
        let days = (0..200).map(|number| page("Dag", &on(number), Precision::Day)).collect();
        assert_eq!(line(vec![home("2017-05-14", None)], vec![], days).unwrap().len(), 1 + 8);
    }
}
