//! A chapter with its pages; a long one in parts.

use chrono::Datelike;
use serde::Serialize;

use super::forms::FormView;
use super::reading::Bar;
use super::steps::Steps;
use super::{ChapterLink, Page, PictureView, Reading, beginning_of};
use crate::book::{
    AgeBand, Body, Book, ChapterKind, Giver, Own, Page as BookPage, PageKind, Precision, When,
};

/// So many pages a part of a chapter shows at most.
const PAGES_IN_A_PART: usize = 60;

/// `/bog/{child}/kapitel/{slug}`: a chapter and its pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChapterView {
    child: String,
    book_title: String,
    book_href: String,
    band: AgeBand,
    chapter: ChapterLink,
    form: Option<FormView>,
    /// The reader may tell of people and schools.
    may_tell: bool,
    /// The reader is the one the book is about.
    own_reader: bool,
    /// The parts of a long chapter; none where it is all here.
    parts: Vec<Part>,
    next_part: Option<Part>,
    pages: Vec<PageTile>,
    previous: Option<ChapterLink>,
    next: Option<ChapterLink>,
    bar: Option<Bar>,
}

/// A link to a part of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The part's address.
    pub href: String,
    /// Its years, or its number.
    pub label: String,
    /// It is the one being read.
    pub current: bool,
}

/// A page in its chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageTile {
    /// Where it leads.
    pub href: String,
    /// The page's title.
    pub title: String,
    /// What sort of deposit it shows.
    pub kind: PageKind,
    /// It waits: held back, or for an adult.
    pub waits: bool,
    /// Something stands before the page: neither its picture nor its words are shown here.
    pub warns: bool,
    /// The first picture.
    pub picture: Option<PictureView>,
    /// When it happened.
    pub when: Option<When>,
    /// The first words, where there is no picture.
    pub beginning: Option<String>,
    /// The language of the first words.
    pub language: Option<String>,
    /// The child made it itself.
    pub own: Option<Own>,
    /// The brother or sister whose page it is.
    pub from: Option<Giver>,
}

impl Page for ChapterView {
    const TEMPLATE: &'static str = "chapter.html";
}

impl ChapterView {
    /// The chapter's view, of a long one the part with this number counted from nothing; `None` when the book has no such
    /// chapter or part.
    pub fn new(book: &Book, reading: &Reading, kind: ChapterKind, part: usize) -> Option<Self> {
        let steps = Steps { book, reading };
        let at = book.chapters.iter().position(|chapter| chapter.kind == kind)?;
        let neighbour = |index: Option<usize>| {
            let chapter = book.chapters.get(index?)?;
            Some(steps.straight_link(chapter))
        };
        let pages = &book.chapters[at].pages;
        let cuts = parts_of(pages);
        let shown = &pages[cuts.get(part)?.from..cuts[part].to];
        let link = |index: usize| (cuts.len() > 1).then(|| steps.part(kind, &cuts, index, part));
        let parts: Vec<Part> = (0..cuts.len()).filter_map(link).collect();
        Some(Self {
            child: book.child.clone(),
            book_title: book.title.clone(),
            book_href: steps.book_href(),
            band: book.band,
            bar: Bar::new(book, reading, &format!("/bog/{}/kapitel/{}", book.child, kind.slug())),
            chapter: steps.chapter_link(kind),
            form: FormView::of(book, &book.chapters[at]),
            may_tell: reading.may_tell,
            own_reader: reading.own,
            next_part: parts.get(part + 1).cloned(),
            parts,
            pages: shown.iter().map(|page| steps.page_tile(page)).collect(),
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(Some(at + 1)),
        })
    }
}

/// Where a part of a chapter begins and ends, and the years it is about.
#[derive(Debug, PartialEq, Eq)]
struct Cut {
    from: usize,
    to: usize,
    years: Option<(i32, i32)>,
}

impl Cut {
    fn length(&self) -> usize {
        self.to - self.from
    }

    fn join(&mut self, next: &Cut) {
        self.to = next.to;
        self.years = match (self.years, next.years) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (one, other) => one.or(other),
        };
    }

    fn label(&self) -> Option<String> {
        let (from, to) = self.years?;
        Some(if from == to { from.to_string() } else { format!("{from}-{to}") })
    }
}

/// A chapter that is not too long is one part; a long one is cut where a year ends, and a year that is too long inside it.
fn parts_of(pages: &[BookPage]) -> Vec<Cut> {
    if pages.len() <= PAGES_IN_A_PART {
        return vec![Cut { from: 0, to: pages.len(), years: None }];
    }
    let mut cuts: Vec<Cut> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let year = year_of(page);
        let next = Cut { from: at, to: at + 1, years: year.map(|year| (year, year)) };
        match cuts.last_mut() {
            // A page that tells no year stands with the ones before it.
            Some(last)
                if last.length() < PAGES_IN_A_PART
                    && (next.years.is_none() || last.years.is_none() || last.years == next.years) =>
            {
                last.join(&next);
            }
            _ => cuts.push(next),
        }
    }
    cuts.into_iter().fold(Vec::new(), |mut joined: Vec<Cut>, next| {
        match joined.last_mut() {
            Some(last) if last.length() + next.length() <= PAGES_IN_A_PART => last.join(&next),
            _ => joined.push(next),
        }
        joined
    })
}

fn year_of(page: &BookPage) -> Option<i32> {
    let when = page.when.filter(|when| when.precision != Precision::Unknown)?;
    Some(when.date.year())
}

impl Steps<'_> {
    /// Two parts of the same years are told apart by their numbers.
    fn part(&self, kind: ChapterKind, cuts: &[Cut], index: usize, current: usize) -> Part {
        let alike = |cut: &&Cut| cut.years == cuts[index].years;
        let of_years = cuts.iter().filter(alike).count();
        let number = cuts[..=index].iter().filter(alike).count();
        let label = match cuts[index].label() {
            Some(years) if of_years > 1 => format!("{years} ({number})"),
            Some(years) => years,
            None => (index + 1).to_string(),
        };
        Part { href: self.chapter_href(kind, index), label, current: index == current }
    }

    fn page_tile(&self, page: &BookPage) -> PageTile {
        let (waits, beginning, language) = match &page.body {
            Body::Open { paragraphs, language, .. } => {
                (false, paragraphs.first().map(|text| beginning_of(text)), Some(language.clone()))
            }
            Body::WithAdult { .. } | Body::HeldBack { .. } => (true, None, None),
        };
        let warns = !page.warnings.is_empty();
        PageTile {
            warns,
            href: self.page_href(&page.id),
            title: page.title.clone(),
            kind: page.kind,
            waits,
            picture: page.pictures.first().filter(|_| !warns).map(PictureView::new),
            when: page.when,
            beginning: beginning.filter(|_| !warns),
            language,
            own: page.own,
            from: page.from.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::html::samples::book;

    fn pages(years: impl IntoIterator<Item = i32>) -> Vec<BookPage> {
        let sample = book(AgeBand::From7, crate::book::Language::Da).chapters[0].pages[0].clone();
        let on = |year| When {
            date: NaiveDate::from_ymd_opt(year, 5, 1).unwrap_or_default(),
            precision: Precision::Day,
        };
        years
            .into_iter()
            .enumerate()
            .map(|(at, year)| BookPage { id: format!("e{at}"), when: Some(on(year)), ..sample.clone() })
            .collect()
    }

    fn labels(pages: &[BookPage]) -> Vec<(usize, Option<String>)> {
        parts_of(pages).iter().map(|cut| (cut.length(), cut.label())).collect()
    }

    #[test]
    fn a_chapter_of_sixty_pages_is_whole() {
        assert_eq!(labels(&pages([2019; 60])), [(60, None)]);
    }

    #[test]
    fn a_long_chapter_is_cut_between_years_and_few_years_stand_together() {
        let years = [(2017, 10), (2018, 20), (2019, 45), (2020, 130), (2021, 3)];
        let all = years.iter().flat_map(|(year, count)| std::iter::repeat_n(*year, *count));
        let some = |years: &str| Some(years.to_owned());
        assert_eq!(
            labels(&pages(all)),
            [
                (30, some("2017-2018")),
                (45, some("2019")),
                (60, some("2020")),
                (60, some("2020")),
                (13, some("2020-2021"))
            ]
        );
    }

    #[test]
    fn a_chapter_of_two_thousand_pages_is_read_through_in_parts_and_never_more_than_sixty_at_once() {
        let mut whole = book(AgeBand::From7, crate::book::Language::Da);
        whole.chapters[0].pages = pages((0..2000).map(|at| 2008 + at / 110));
        let reading = Reading::default();
        let mut seen = 0;
        for part in 0.. {
            let Some(view) = ChapterView::new(&whole, &reading, ChapterKind::MeNow, part) else { break };
            assert!(view.pages.len() <= PAGES_IN_A_PART && view.parts[part].current);
            seen += view.pages.len();
        }
        assert_eq!(seen, 2000);
    }
}
