//! What a child may, and what its adults must: in its own words, and more of them as it grows.
//!
//! What is said of the law stands in Barnets lov (LBK 282 of 17/03/2025), and of a grown reader's papers in
//! forvaltningsloven § 16. What is not certain is left out, or is something to ask about.

use serde::Serialize;

use super::Page;
use super::reading::BandChoice;
use crate::book::AgeBand;

/// Where a child's rights grow, in whole years.
const STEPS: [u32; 4] = [10, 13, 15, 18];

/// `/bog/{child}/rettigheder`, and `/rettigheder` for whoever does not say who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rights {
    /// The book from which it is opened.
    book: Option<RightsBook>,
    band: AgeBand,
    /// Whose words: `small`, `young`, `middle`, `teen`, `grown`.
    tone: &'static str,
    /// What holds in the book.
    in_book: Vec<RightsItem>,
    /// What holds when adults decide.
    by_law: Vec<RightsItem>,
    steps: Vec<RightsStep>,
    /// The other ages, where nobody said how old they are.
    bands: Vec<BandChoice>,
}

impl Page for Rights {
    const TEMPLATE: &'static str = "rights.html";
}

/// The book from which rights are opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RightsBook {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub title: String,
    /// The reader is the one it is about.
    pub own: bool,
}

/// One thing that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct RightsItem {
    /// Names its sentences.
    slug: &'static str,
    icon: &'static str,
    /// The chapter whose colour it has.
    chapter: &'static str,
    /// Where in the reader's own book it is.
    href: Option<String>,
    /// Where it stands: an act and its sections. For those who want to see for themselves.
    law: Option<Law>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Law {
    act: &'static str,
    sections: &'static str,
}

/// An age at which something is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct RightsStep {
    age: u32,
    reached: bool,
}

impl Rights {
    /// For a reader of `age` whole years, from `book` or from outside.
    pub fn new(book: Option<RightsBook>, age: u32) -> Self {
        let band = AgeBand::for_age(age);
        let tone = tone(band);
        let own = book.as_ref().filter(|book| book.own).map(|book| format!("/bog/{}", book.child));
        let bands = AgeBand::ALL.into_iter().map(|each| BandChoice::new(each, band, "/rettigheder"));
        let steps = STEPS.map(|step| RightsStep { age: step, reached: age >= step });
        Self {
            band,
            tone,
            in_book: in_book(band, own.as_deref()),
            by_law: by_law(band),
            steps: if matches!(tone, "small" | "grown") { Vec::new() } else { steps.into() },
            bands: if book.is_some() { Vec::new() } else { bands.collect() },
            book,
        }
    }

    /// True where it speaks to readers of `band`.
    #[cfg(test)]
    pub(super) fn is_for(&self, band: AgeBand) -> bool {
        self.band == band
    }
}

fn tone(band: AgeBand) -> &'static str {
    match band {
        AgeBand::From3 => "small",
        AgeBand::From7 => "young",
        AgeBand::From10 => "middle",
        AgeBand::From13 | AgeBand::From16 => "teen",
        AgeBand::Adult => "grown",
    }
}

fn item(slug: &'static str, icon: &'static str, chapter: &'static str) -> RightsItem {
    RightsItem { slug, icon, chapter, href: None, law: None }
}

fn in_book(band: AgeBand, own: Option<&str>) -> Vec<RightsItem> {
    let to = |place: &str| own.map(|book| format!("{book}/{place}"));
    let mut items = vec![
        RightsItem { href: to("hvem"), ..item("readers", "eye", "my-people") },
        item("waits", "clock", "why"),
        RightsItem { href: to("mine"), ..item("own", "lock", "born") },
    ];
    if band != AgeBand::From3 {
        items.push(RightsItem { href: to("taget-ud"), ..item("stays", "archive", "things") });
    }
    items
}

fn by_law(band: AgeBand) -> Vec<RightsItem> {
    let law = |act: &'static str, sections: &'static str| Some(Law { act, sections });
    let heard = item("heard", "talk", "plan");
    let why = item("why", "decision", "good-at");
    match band {
        AgeBand::From3 => vec![heard, why],
        AgeBand::Adult => vec![
            RightsItem { law: law("forvaltningsloven", "16"), ..item("insight", "document", "letters") },
            item("search", "place", "homes"),
        ],
        AgeBand::From7 | AgeBand::From10 | AgeBand::From13 | AgeBand::From16 => {
            let shown = |sections| law("barnets-lov", sections).filter(|_| band >= AgeBand::From13);
            vec![
                RightsItem { law: shown("5"), ..heard },
                RightsItem { law: shown("2"), ..why },
                RightsItem { law: shown("6"), ..item("beside", "hands", "homes") },
                RightsItem { law: shown("156"), ..item("visit", "calendar", "school") },
                RightsItem { law: shown("91, 92, 95"), ..item("plan", "pen", "future") },
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_child_may_grows_with_its_age_and_nothing_is_taken_back() {
        let at = |age| Rights::new(None, age);
        let slugs = |page: &Rights| {
            page.by_law.iter().map(|item| item.slug).collect::<std::collections::BTreeSet<_>>()
        };
        for (younger, older) in [(5, 8), (8, 11), (11, 14), (14, 17)] {
            assert!(slugs(&at(younger)).is_subset(&slugs(&at(older))), "{younger} to {older}");
        }
        let reached = |age| at(age).steps.iter().filter(|step| step.reached).count();
        assert_eq!([8, 9, 10, 12, 13, 15, 17].map(reached), [0, 0, 1, 1, 2, 3, 3]);
        assert!(at(5).steps.is_empty(), "the youngest are told what they may now");
    }

    #[test]
    fn only_the_one_the_book_is_about_is_led_to_what_is_its_own() {
        let book = |own| Some(RightsBook { child: "b1".into(), title: "Almas bog".into(), own });
        let leads = |page: Rights| page.in_book.iter().any(|item| item.href.is_some());
        assert!(leads(Rights::new(book(true), 9)));
        assert!(!leads(Rights::new(book(false), 9)) && !leads(Rights::new(None, 9)));
    }
}
