//! The book's own pages, made from a [`Book`]: cover, chapter, page.

use serde::Serialize;

use super::forms::FormView;
use super::{AttachmentView, Page, PictureView};
use crate::book::{AgeBand, Body, Book, Byline, Chapter, ChapterKind, Own, PageKind, When};
use crate::book::{Language, Page as BookPage};

/// How a book is being read, as far as the pages around the text need to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The age asked for in the address, when it was; links carry it along.
    pub age: Option<u32>,
    /// The reader is an adult beside the child: sees the bar with previews and prints.
    pub adult: bool,
    /// The reader may write in this book.
    pub may_contribute: bool,
    /// The reader may tell of the people and the schools in the child's life.
    pub may_tell: bool,
    /// The reader may fetch originals and receipts.
    pub may_fetch_originals: bool,
    /// The reader may tell that the page being read belongs to another child.
    pub may_move: bool,
    /// May ask that it stay.
    pub may_hold: bool,
    /// The reader is the child, or was it: makes pages of its own.
    pub own: bool,
    /// The entry on which this reader stopped last time.
    pub continue_at: Option<String>,
}

impl Reading {
    fn query(&self) -> String {
        self.age.map(|age| format!("?age={age}")).unwrap_or_default()
    }
}

/// `/bog/{child}`: the cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cover {
    child: String,
    title: String,
    child_name: String,
    municipality: String,
    band: AgeBand,
    cover: Option<PictureView>,
    chapters: Vec<ChapterTile>,
    page_count: usize,
    start: Option<Step>,
    continue_at: Option<Step>,
    bar: Option<Bar>,
    read_by_href: String,
    own_pages_href: Option<String>,
}

impl Page for Cover {
    const TEMPLATE: &'static str = "cover.html";
}

impl Cover {
    /// The cover of `book`, with the chapters as tiles.
    pub fn new(book: &Book, reading: &Reading) -> Self {
        let steps = Steps { book, reading };
        let continue_at = reading.continue_at.as_deref().and_then(|id| steps.to(id));
        Self {
            child: book.child.clone(),
            title: book.title.clone(),
            child_name: book.child_name.clone(),
            municipality: book.municipality.clone(),
            band: book.band,
            cover: book.cover.as_ref().map(PictureView::new),
            chapters: book.chapters.iter().map(|chapter| steps.chapter_tile(chapter)).collect(),
            page_count: book.pages().count(),
            start: book.pages().next().map(|(_, page)| steps.step(page)),
            continue_at,
            bar: Bar::new(book, reading, &format!("/bog/{}", book.child)),
            read_by_href: format!("/bog/{}/hvem", book.child),
            own_pages_href: reading.own.then(|| format!("/bog/{}/mine", book.child)),
        }
    }
}

/// `/bog/{child}/kapitel/{slug}`: a chapter and its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterView {
    child: String,
    book_title: String,
    book_href: String,
    band: AgeBand,
    chapter: ChapterLink,
    form: Option<FormView>,
    /// The reader may tell of people and schools.
    may_tell: bool,
    pages: Vec<PageTile>,
    previous: Option<ChapterLink>,
    next: Option<ChapterLink>,
    bar: Option<Bar>,
}

impl Page for ChapterView {
    const TEMPLATE: &'static str = "chapter.html";
}

impl ChapterView {
    /// The chapter's view; `None` when the book has no page in it.
    pub fn new(book: &Book, reading: &Reading, kind: ChapterKind) -> Option<Self> {
        let steps = Steps { book, reading };
        let at = book.chapters.iter().position(|chapter| chapter.kind == kind)?;
        let chapter = &book.chapters[at];
        let neighbour = |index: Option<usize>| {
            index.and_then(|index| book.chapters.get(index)).map(|chapter| steps.chapter_link(chapter.kind))
        };
        let link = steps.chapter_link(kind);
        Some(Self {
            child: book.child.clone(),
            book_title: book.title.clone(),
            book_href: steps.book_href(),
            band: book.band,
            bar: Bar::new(book, reading, &format!("/bog/{}/kapitel/{}", book.child, kind.slug())),
            chapter: link,
            form: FormView::of(book, chapter),
            may_tell: reading.may_tell,
            pages: chapter.pages.iter().map(|page| steps.page_tile(page)).collect(),
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(Some(at + 1)),
        })
    }
}

/// `/bog/{child}/side/{entry}`: one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageView {
    child: String,
    child_name: String,
    book_title: String,
    book_href: String,
    band: AgeBand,
    chapter: ChapterLink,
    page: PageCard,
    previous: Option<Step>,
    next: Option<Step>,
    /// One for each page of the chapter.
    dots: Vec<Step>,
    /// Counted from one, inside the chapter.
    position: usize,
    may_fetch_originals: bool,
    bar: Option<Bar>,
}

impl Page for PageView {
    const TEMPLATE: &'static str = "page.html";
}

impl PageView {
    /// The page of the entry `id`; `None` when it is not in this book.
    pub fn new(book: &Book, reading: &Reading, id: &str) -> Option<Self> {
        let steps = Steps { book, reading };
        let all: Vec<_> = book.pages().collect();
        let at = all.iter().position(|(_, page)| page.id == id)?;
        let (chapter, page) = all[at];
        let beside = |index: Option<usize>| index.and_then(|i| all.get(i)).map(|(_, page)| steps.step(page));
        Some(Self {
            child: book.child.clone(),
            child_name: book.child_name.clone(),
            book_title: book.title.clone(),
            book_href: steps.book_href(),
            band: book.band,
            chapter: steps.chapter_link(chapter.kind),
            page: PageCard::new(page),
            previous: beside(at.checked_sub(1)),
            next: beside(Some(at + 1)),
            dots: chapter.pages.iter().map(|other| steps.dot(other, id)).collect(),
            position: chapter.pages.iter().position(|other| other.id == id)? + 1,
            may_fetch_originals: reading.may_fetch_originals,
            bar: Bar::new(book, reading, &format!("/bog/{}/side/{id}", book.child)),
        })
    }
}

/// The adults' discreet bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Bar {
    bands: Vec<BandChoice>,
    contribute_href: Option<String>,
    misfiled_href: Option<String>,
    hold_href: Option<String>,
    print_href: String,
}

impl Bar {
    fn new(book: &Book, reading: &Reading, path: &str) -> Option<Self> {
        reading.adult.then(|| Self {
            bands: AgeBand::ALL.into_iter().map(|band| BandChoice::new(band, book.band, path)).collect(),
            contribute_href: reading.may_contribute.then(|| format!("/bidrag?barn={}", book.child)),
            misfiled_href: reading.may_move.then(|| format!("{path}/andet-barn")),
            hold_href: reading.may_hold.then(|| format!("{path}/bliver")),
            print_href: format!("/bog/{}/trykt", book.child),
        })
    }
}

/// A band one can preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandChoice {
    /// The band.
    pub band: AgeBand,
    /// The same page in that band.
    pub href: String,
    /// It is the one being read.
    pub current: bool,
}

impl BandChoice {
    fn new(band: AgeBand, current: AgeBand, path: &str) -> Self {
        Self { band, href: format!("{path}?age={}", youngest_of(band)), current: band == current }
    }
}

/// The youngest age that reads in a band; asked for in the address when an adult previews it.
fn youngest_of(band: AgeBand) -> u32 {
    match band {
        AgeBand::From3 => 3,
        AgeBand::From7 => 7,
        AgeBand::From10 => 10,
        AgeBand::From13 => 13,
        AgeBand::From16 => 16,
        AgeBand::Adult => 18,
    }
}

/// A link to a page of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The page's address.
    pub href: String,
    /// The page's title.
    pub title: String,
    /// It is the page being read.
    pub current: bool,
}

/// A link to a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterLink {
    /// The chapter's address.
    pub href: String,
    /// The chapter's name in addresses and for its colour and drawing.
    pub slug: &'static str,
    /// The chapter's title.
    pub title: &'static str,
}

/// A chapter on the cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterTile {
    /// Where it leads.
    pub chapter: ChapterLink,
    /// Number of pages.
    pub pages: usize,
    /// The first picture in it.
    pub picture: Option<PictureView>,
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
}

/// One page with everything that stands on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageCard {
    /// The entry's id.
    pub id: String,
    /// What sort of deposit it shows.
    pub kind: PageKind,
    /// The title.
    pub title: String,
    /// The text, or why it waits.
    pub body: BodyView,
    /// The pictures.
    pub pictures: Vec<PictureView>,
    /// Sounds, videos and papers.
    pub attachments: Vec<AttachmentView>,
    /// When it happened.
    pub when: Option<When>,
    /// Where.
    pub place: Option<String>,
    /// Who is in it.
    pub people: Vec<String>,
    /// Who wrote it.
    pub by: Option<Byline>,
    /// The child made it itself.
    pub own: Option<Own>,
}

/// What stands on a page: [`Body`], unchanged.
pub type BodyView = Body;

impl PageCard {
    fn new(page: &BookPage) -> Self {
        Self {
            id: page.id.clone(),
            kind: page.kind,
            title: page.title.clone(),
            body: page.body.clone(),
            pictures: page.pictures.iter().map(PictureView::new).collect(),
            attachments: page.attachments.iter().map(AttachmentView::new).collect(),
            when: page.when,
            place: page.place.clone(),
            people: page.people.clone(),
            by: page.by.clone(),
            own: page.own,
        }
    }
}

/// Makes the links of one book in one reading.
struct Steps<'a> {
    book: &'a Book,
    reading: &'a Reading,
}

impl Steps<'_> {
    fn language(&self) -> Language {
        self.book.language
    }

    fn book_href(&self) -> String {
        format!("/bog/{}{}", self.book.child, self.reading.query())
    }

    fn page_href(&self, id: &str) -> String {
        format!("/bog/{}/side/{id}{}", self.book.child, self.reading.query())
    }

    fn step(&self, page: &BookPage) -> Step {
        Step { href: self.page_href(&page.id), title: page.title.clone(), current: false }
    }

    fn dot(&self, page: &BookPage, current: &str) -> Step {
        Step { current: page.id == current, ..self.step(page) }
    }

    fn to(&self, id: &str) -> Option<Step> {
        self.book.pages().find(|(_, page)| page.id == id).map(|(_, page)| self.step(page))
    }

    fn chapter_link(&self, kind: ChapterKind) -> ChapterLink {
        ChapterLink {
            href: format!("/bog/{}/kapitel/{}{}", self.book.child, kind.slug(), self.reading.query()),
            slug: kind.slug(),
            title: kind.title(self.language()),
        }
    }

    fn chapter_tile(&self, chapter: &Chapter) -> ChapterTile {
        ChapterTile {
            chapter: self.chapter_link(chapter.kind),
            pages: chapter.pages.len(),
            picture: chapter.pages.iter().find_map(|page| page.pictures.first()).map(PictureView::new),
        }
    }

    fn page_tile(&self, page: &BookPage) -> PageTile {
        let (waits, beginning, language) = match &page.body {
            Body::Open { paragraphs, language, .. } => {
                (false, paragraphs.first().map(|text| beginning_of(text)), Some(language.clone()))
            }
            Body::WithAdult { .. } | Body::HeldBack { .. } => (true, None, None),
        };
        PageTile {
            href: self.page_href(&page.id),
            title: page.title.clone(),
            kind: page.kind,
            waits,
            picture: page.pictures.first().map(PictureView::new),
            when: page.when,
            beginning,
            language,
            own: page.own,
        }
    }
}

/// The first words of a text, cut between words.
pub fn beginning_of(text: &str) -> String {
    const LONGEST: usize = 120;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(words, _)| words);
    format!("{whole} …")
}
