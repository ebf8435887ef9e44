//! Where each page stands in the book.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{Body, ChapterKind, Page};
use uuid::Uuid;

/// By when it happened, when it was written, and its id.
pub type Place = (NaiveDate, DateTime<Utc>, Uuid);

/// A page and where it belongs.
#[derive(Debug, Clone)]
pub struct Placed {
    pub chapter: ChapterKind,
    pub place: Place,
    pub page: Page,
}

/// Takes the pages out that the reader does not want to meet, with what others tell beside them.
pub fn take_out(pages: &mut Vec<Placed>, hidden: &BTreeSet<Uuid>) -> Vec<Page> {
    let is_hidden = |placed: &Placed| hidden.contains(&placed.place.2);
    let mut out: Vec<Placed> = pages.extract_if(.., |placed| is_hidden(placed)).collect();
    let beside_hidden = |page: &Page| {
        let host = page.beside.as_ref().and_then(|host| host.parse().ok());
        page.own.is_none() && host.is_some_and(|host| hidden.contains(&host))
    };
    pages.retain(|placed| !beside_hidden(&placed.page));
    out.sort_by_key(|placed| placed.place);
    out.into_iter().map(|placed| placed.page).collect()
}

/// The pages of each chapter in reading order, what is told beside another one right after it.
pub fn by_chapter(pages: Vec<Placed>) -> HashMap<ChapterKind, Vec<Page>> {
    let open: HashMap<String, bool> = pages
        .iter()
        .filter(|placed| placed.page.beside.is_none())
        .map(|placed| (placed.page.id.clone(), matches!(placed.page.body, Body::Open { .. })))
        .collect();
    let mut told: HashMap<String, Vec<Placed>> = HashMap::new();
    let mut chapters: HashMap<ChapterKind, Vec<Placed>> = HashMap::new();
    for mut placed in pages {
        let host = placed.page.beside.take();
        match host.map(|host| (open.get(&host).copied(), host)) {
            Some((Some(true), host)) => {
                placed.page.beside = Some(host.clone());
                told.entry(host).or_default().push(placed);
            }
            // Of a page that waits nobody tells; what the child itself remembers is its own.
            Some((Some(false), _)) if placed.page.own.is_none() => {}
            _ => chapters.entry(placed.chapter).or_default().push(placed),
        }
    }
    let in_order = |(kind, mut pages): (ChapterKind, Vec<Placed>)| {
        pages.sort_by_key(|placed| placed.place);
        // The present begins with the newest; the past is told from its beginning.
        if kind == ChapterKind::MeNow {
            pages.reverse();
        }
        let with_others = pages.into_iter().flat_map(|placed| {
            let mut others = told.remove(&placed.page.id).unwrap_or_default();
            // In an order that favours nobody, and stays when one of them is corrected.
            others.sort_by_key(|placed| placed.place.2);
            std::iter::once(placed).chain(others)
        });
        (kind, with_others.map(|placed| placed.page).collect())
    };
    chapters.into_iter().map(in_order).collect()
}

#[cfg(test)]
mod tests {
    use renderer::book::{Own, PageKind};

    use super::*;

    fn id(number: u128) -> String {
        Uuid::from_u128(number).to_string()
    }

    fn placed(number: u128, chapter: ChapterKind, beside: Option<u128>) -> Placed {
        let day = NaiveDate::from_ymd_opt(2020, 1, number as u32).unwrap();
        let body = Body::Open {
            paragraphs: vec![],
            language: "da".into(),
            written_for: None,
            older_text_waits: false,
        };
        let page = Page {
            id: id(number),
            kind: PageKind::Story,
            title: String::new(),
            body,
            pictures: vec![],
            attachments: vec![],
            when: None,
            place: None,
            people: vec![],
            by: None,
            own: None,
            beside: beside.map(id),
            asked_for: false,
            from: None,
            warnings: Vec::new(),
        };
        Placed { chapter, place: (day, DateTime::UNIX_EPOCH, Uuid::from_u128(number)), page }
    }

    fn waiting(mut placed: Placed) -> Placed {
        placed.page.body = Body::WithAdult { ask: "Karen".into() };
        placed
    }

    fn own(mut placed: Placed) -> Placed {
        placed.page.own = Some(Own::Private);
        placed
    }

    /// Ids with what each is beside, by chapter.
    fn order(pages: Vec<Placed>, kind: ChapterKind) -> Vec<(String, Option<String>)> {
        let pages = by_chapter(pages).remove(&kind).unwrap_or_default();
        pages.into_iter().map(|page| (page.id, page.beside)).collect()
    }

    #[test]
    fn what_is_told_beside_a_page_follows_it_into_its_chapter() {
        use ChapterKind::{Days, MeNow};
        let pages = vec![
            placed(9, MeNow, Some(2)),
            placed(2, Days, None),
            placed(3, Days, None),
            placed(5, Days, Some(2)),
        ];
        let beside = Some(id(2));
        assert_eq!(
            order(pages, Days),
            [(id(2), None), (id(5), beside.clone()), (id(9), beside), (id(3), None)]
        );
    }

    #[test]
    fn the_present_begins_with_the_newest_and_keeps_them_together() {
        use ChapterKind::MeNow;
        let pages = vec![placed(1, MeNow, None), placed(2, MeNow, None), placed(3, MeNow, Some(1))];
        assert_eq!(order(pages, MeNow), [(id(2), None), (id(1), None), (id(3), Some(id(1)))]);
    }

    #[test]
    fn nobody_tells_of_a_page_that_waits_but_the_child_keeps_its_own_words() {
        use ChapterKind::{Days, MeNow};
        let pages =
            || vec![waiting(placed(1, Days, None)), placed(2, Days, Some(1)), own(placed(3, MeNow, Some(1)))];
        assert_eq!(order(pages(), Days), [(id(1), None)]);
        assert_eq!(order(pages(), MeNow), [(id(3), None)], "it stands alone");
        // The page is gone from the book altogether: what was told beside it stands for itself.
        assert_eq!(order(vec![placed(2, Days, Some(1))], Days), [(id(2), None)]);
    }

    #[test]
    fn what_others_tell_of_a_hidden_page_is_hidden_with_it() {
        use ChapterKind::Days;
        let mut pages = vec![placed(1, Days, None), placed(2, Days, Some(1)), own(placed(3, Days, Some(1)))];
        let out = take_out(&mut pages, &BTreeSet::from([Uuid::from_u128(1)]));
        assert_eq!(out.iter().map(|page| page.id.clone()).collect::<Vec<_>>(), [id(1)]);
        assert_eq!(order(pages, Days), [(id(3), None)]);
    }
}
