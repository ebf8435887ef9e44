//! A picture of each home, taken from a page of the book that tells of it.

use std::collections::HashMap;

use renderer::book::{ChapterKind, Form, Page, Precision, Stop};

/// Gives each home the picture of the first page that the reader reads about it. Only words are asked: what a page says
/// of its place and its day. Where the place is not told, because the address is secret, there is nothing to go by.
pub fn put(forms: &mut HashMap<ChapterKind, Form>, pages: &HashMap<ChapterKind, Vec<Page>>) {
    let (Some(Form::Line(homes)), Some(pages)) =
        (forms.get_mut(&ChapterKind::Homes), pages.get(&ChapterKind::Homes))
    else {
        return;
    };
    let found: Vec<_> = homes
        .iter()
        .map(|home| {
            let others = homes.iter().filter(|other| *other != home);
            let tells =
                |page: &&Page| tells_of(page, home) && !others.clone().any(|other| is_at(page, home, other));
            pages.iter().filter(tells).find_map(|page| page.pictures.first()).cloned()
        })
        .collect();
    for (home, picture) in homes.iter_mut().zip(found) {
        home.picture = picture;
    }
}

/// True for a page of a day the child lived there, that names the home or where it was. What a sister gave is seen on its
/// page alone.
fn tells_of(page: &Page, home: &Stop) -> bool {
    let lived = page.when.is_some_and(|when| {
        let known = !matches!(when.precision, Precision::About | Precision::Unknown);
        known && home.from <= when.date && home.to.is_none_or(|to| when.date <= to)
    });
    lived && page.own.is_none() && page.from.is_none() && names(page, home)
}

/// True where the page names another home too, that stood elsewhere: then it is about both.
fn is_at(page: &Page, home: &Stop, other: &Stop) -> bool {
    other.place != home.place && names(page, other)
}

fn names(page: &Page, home: &Stop) -> bool {
    let place = page.place.as_deref().unwrap_or_default().to_lowercase();
    let named = [Some(home.name.as_str()), home.place.as_deref()];
    named.into_iter().flatten().any(|name| !name.is_empty() && place.contains(&name.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use renderer::book::{Body, PageKind, Picture, StopKind, When};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn home(name: &str, place: Option<&str>, from: &str, to: Option<&str>) -> Stop {
        Stop {
            kind: StopKind::FosterFamily,
            name: name.into(),
            place: place.map(str::to_owned),
            municipality: None,
            words: None,
            picture: None,
            from: day(from),
            to: to.map(day),
            age: 0,
            from_birth: false,
            page: None,
        }
    }

    fn page(picture: &str, place: Option<&str>, on: &str) -> Page {
        Page {
            id: picture.into(),
            kind: PageKind::Photo,
            title: String::new(),
            body: Body::Open {
                paragraphs: vec![],
                language: "da".into(),
                written_for: None,
                older_text_waits: false,
            },
            pictures: vec![Picture { id: picture.into(), alt: String::new(), width: 4, height: 3 }],
            attachments: vec![],
            when: Some(When { date: day(on), precision: Precision::Day }),
            place: place.map(str::to_owned),
            people: vec![],
            by: None,
            own: None,
            beside: None,
            asked_for: false,
            from: None,
            warnings: Vec::new(),
        }
    }

    fn shown(homes: Vec<Stop>, pages: Vec<Page>) -> Vec<Option<String>> {
        let mut forms = HashMap::from([(ChapterKind::Homes, Form::Line(homes))]);
        put(&mut forms, &HashMap::from([(ChapterKind::Homes, pages)]));
        let Some(Form::Line(homes)) = forms.remove(&ChapterKind::Homes) else { panic!("a line") };
        homes.into_iter().map(|home| home.picture.map(|picture| picture.id)).collect()
    }

    #[test]
    fn a_home_shows_the_page_that_names_it_of_a_day_the_child_lived_there() {
        let homes = vec![
            home("Børnehuset", Some("Egebæk"), "2021-01-01", Some("2021-12-31")),
            home("Hos Karen", Some("Tranemose"), "2022-01-01", None),
        ];
        let pages = vec![
            page("before", Some("Gården i Tranemose"), "2021-05-01"),
            page("both", Some("Egebæk og Tranemose"), "2022-05-01"),
            page("elsewhere", Some("Stranden"), "2022-05-01"),
            page("hens", Some("gården i tranemose"), "2022-05-01"),
            page("later", Some("Hos Karen"), "2023-05-01"),
        ];
        assert_eq!(shown(homes, pages), [None, Some("hens".to_owned())]);
    }

    #[test]
    fn where_the_place_is_not_told_nothing_is_shown_of_it() {
        let homes = || vec![home("Et sted", None, "2022-01-01", None)];
        assert_eq!(shown(homes(), vec![page("hens", None, "2022-05-01")]), [None]);
        assert_eq!(shown(homes(), vec![page("hens", Some("Tranemose"), "2022-05-01")]), [None]);
    }

    #[test]
    fn a_day_of_which_nobody_is_sure_is_no_day_there() {
        let mut about = page("hens", Some("Tranemose"), "2022-05-01");
        about.when = Some(When { date: day("2022-05-01"), precision: Precision::About });
        assert_eq!(
            shown(vec![home("Hos Karen", Some("Tranemose"), "2022-01-01", None)], vec![about]),
            [None]
        );
    }
}
