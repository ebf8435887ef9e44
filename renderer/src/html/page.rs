//! One page of the book; for the youngest one leaf of it.

use serde::Serialize;

use super::blocks::{Block, blocks};
use super::reading::Bar;
use super::steps::Steps;
use super::{AttachmentView, ChapterLink, Page, PictureView, Reading, Step};
use crate::book::{AgeBand, Body, Book, Byline, Giver, Own, Page as BookPage, PageKind, When};
use crate::glossary::{HardWord, Span};
use crate::leaves::{Leaf, leaves};

/// A text of so many letters is long enough for two columns.
const LONG_TEXT: usize = 1100;

/// More dots than this tell nothing.
const DOTS: usize = 12;

/// A list of contents is as long as this at most.
const CONTENTS: usize = 60;

/// `/bog/{child}/side/{entry}`: one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageView {
    child: String,
    child_name: String,
    book_title: String,
    book_href: String,
    band: AgeBand,
    chapter: ChapterLink,
    /// The page, and what others tell beside it.
    cards: Vec<PageCard>,
    previous: Option<Step>,
    next: Option<Step>,
    /// One for each page of the chapter, for the youngest one for each leaf of the page; none where there are too many.
    dots: Vec<Step>,
    /// So many pages, or leaves, there are.
    count: usize,
    /// Counted from one, among them.
    position: usize,
    /// The chapter's pages, where they are few enough to stand beside.
    contents: Vec<Step>,
    /// Every chapter, to go to by its drawing.
    chapters: Vec<ChapterLink>,
    may_fetch_originals: bool,
    /// The reader is the one the book is about.
    own_reader: bool,
    /// Where the reader tells how it remembers the same.
    tell_beside_href: Option<String>,
    /// Where the child gives the page to a brother or sister.
    give_href: Option<String>,
    /// Those it was given to.
    given_to: Vec<String>,
    /// The page calls the child by the name it had then, and the child wants that told.
    called_then: Option<String>,
    bar: Option<Bar>,
}

impl Page for PageView {
    const TEMPLATE: &'static str = "page.html";
}

impl PageView {
    /// The page of the entry `id`, for the youngest the leaf with this number counted from nothing; `None` when it is not in
    /// this book. A page with fewer leaves shows its last one.
    pub fn new(book: &Book, reading: &Reading, id: &str, leaf: usize) -> Option<Self> {
        let steps = Steps { book, reading };
        let small = book.band == AgeBand::From3;
        // The youngest turn to one page at a time; the others see side by side what is told of the same.
        let (_, asked) = book.pages().find(|(_, page)| page.id == id)?;
        let id = asked.beside.as_deref().filter(|_| !small).unwrap_or(id);
        let is_turned_to = |page: &BookPage| small || page.beside.is_none();
        let all: Vec<_> = book.pages().filter(|(_, page)| is_turned_to(page)).collect();
        let at = all.iter().position(|(_, page)| page.id == id)?;
        let (chapter, page) = all[at];
        let beside = chapter.pages.iter().filter(|other| !small && other.beside.as_deref() == Some(id));
        let turned_to: Vec<&BookPage> = chapter.pages.iter().filter(|page| is_turned_to(page)).collect();
        let before = at.checked_sub(1).map(|before| steps.step_back(all[before].1));
        let after = all.get(at + 1).map(|(_, page)| steps.step(page));
        let up_to = |most: usize| -> Vec<Step> {
            let pages = Some(&turned_to).filter(|pages| pages.len() <= most);
            pages.into_iter().flatten().map(|other| steps.dot(other, id)).collect()
        };
        let chapters = book.chapters.iter().map(|each| steps.straight_link(each));
        let view = Self {
            child: book.child.clone(),
            child_name: book.child_name.clone(),
            book_title: book.title.clone(),
            book_href: steps.book_href(),
            band: book.band,
            chapter: steps.chapter_link(chapter.kind),
            cards: std::iter::once(page).chain(beside).map(|page| PageCard::new(page, book.band)).collect(),
            previous: before,
            next: after,
            dots: up_to(DOTS),
            count: turned_to.len(),
            position: turned_to.iter().position(|other| other.id == id)? + 1,
            contents: up_to(CONTENTS),
            chapters: chapters.collect(),
            may_fetch_originals: reading.may_fetch_originals,
            own_reader: reading.own,
            tell_beside_href: tell_beside(book, reading, page),
            give_href: reading.may_give.then(|| format!("/bog/{}/side/{id}/giv", book.child)),
            given_to: reading.given_to.clone(),
            called_then: book.called_before.clone().filter(|name| names(page, name)),
            bar: Bar::new(book, reading, &format!("/bog/{}/side/{id}", book.child)),
        };
        Some(if small { view.at_leaf(&steps, page, leaf) } else { view })
    }

    /// The page cut down to one leaf, which is turned to its neighbours before the page is.
    fn at_leaf(self, steps: &Steps<'_>, page: &BookPage, at: usize) -> Self {
        let leaves = leaves(page);
        let at = at.min(leaves.len() - 1);
        let step = |leaf: usize| Step {
            href: steps.leaf_href(&page.id, leaf),
            title: page.title.clone(),
            current: leaf == at,
        };
        let last = at + 1 == leaves.len();
        Self {
            cards: self.cards.into_iter().map(|card| card.at_leaf(&leaves[at], at, last)).collect(),
            previous: at.checked_sub(1).map(step).or(self.previous),
            next: if last { self.next } else { Some(step(at + 1)) },
            dots: (0..leaves.len()).take_while(|_| leaves.len() <= DOTS).map(step).collect(),
            count: leaves.len(),
            position: at + 1,
            ..self
        }
    }
}

/// To where the reader tells how it remembers the same: a page of its own for the child, an entry for the others.
fn tell_beside(book: &Book, reading: &Reading, page: &BookPage) -> Option<String> {
    let open = matches!(page.body, Body::Open { .. }) && page.own.is_none() && page.from.is_none();
    match (open, reading.own, reading.may_contribute) {
        (true, true, _) => Some(format!("/bog/{}/mine/ny?ved={}", book.child, page.id)),
        (true, false, true) => Some(format!("/bidrag?barn={}&ved={}", book.child, page.id)),
        _ => None,
    }
}

/// True where the page's title or words have the name, alone or with the s that says whose.
fn names(page: &BookPage, name: &str) -> bool {
    let Body::Open { paragraphs, .. } = &page.body else { return false };
    let open = |rest: &str| !rest.starts_with(char::is_alphabetic);
    let told = |text: &String| {
        text.match_indices(name).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            let ends = open(after) || after.strip_prefix('s').is_some_and(open);
            ends && !before.ends_with(char::is_alphabetic)
        })
    };
    page.from.is_none() && (told(&page.title) || paragraphs.iter().any(told))
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
    /// The text as it is, or why it waits.
    pub body: BodyView,
    /// The text as it is set.
    pub blocks: Vec<Block>,
    /// The hard words in it.
    pub hard_words: Vec<HardWord>,
    /// Long enough for two columns.
    pub long: bool,
    /// The child's own words.
    pub own_voice: bool,
    /// It is the first leaf, or all of the page.
    pub begins: bool,
    /// It is the last leaf, or all of the page.
    pub ends: bool,
    /// Who tells it, as a small child calls somebody: by the first name.
    pub teller: Option<String>,
    /// The pictures.
    pub pictures: Vec<PictureView>,
    /// Sounds, videos and papers.
    pub attachments: Vec<AttachmentView>,
    /// The address of the text read aloud by somebody.
    pub voice: Option<String>,
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
    /// It is told beside another.
    pub beside: bool,
    /// The child wished for it.
    pub asked_for: bool,
    /// The brother or sister whose page it is.
    pub from: Option<Giver>,
}

/// What stands on a page: [`Body`], unchanged.
pub type BodyView = Body;

impl PageCard {
    fn new(page: &BookPage, band: AgeBand) -> Self {
        let (blocks, hard_words, letters) = match &page.body {
            Body::Open { paragraphs, language, .. } => {
                let (blocks, hard_words) = blocks(paragraphs, language, band);
                (blocks, hard_words, paragraphs.iter().map(|text| text.chars().count()).sum())
            }
            Body::WithAdult { .. } | Body::HeldBack { .. } => (Vec::new(), Vec::new(), 0),
        };
        Self {
            id: page.id.clone(),
            kind: page.kind,
            title: page.title.clone(),
            body: page.body.clone(),
            blocks,
            hard_words,
            long: letters > LONG_TEXT,
            own_voice: page.own.is_some() || page.by.as_ref().is_some_and(|by| by.is_child),
            begins: true,
            ends: true,
            teller: page.by.as_ref().and_then(|by| by.name.split_whitespace().next()).map(str::to_owned),
            pictures: page.pictures.iter().map(PictureView::new).collect(),
            voice: page
                .attachments
                .iter()
                .map(AttachmentView::new)
                .find(|file| file.reads)
                .map(|file| file.href),
            attachments: page.attachments.iter().map(AttachmentView::new).collect(),
            when: page.when,
            place: page.place.clone(),
            people: page.people.clone(),
            by: page.by.clone(),
            own: page.own,
            beside: page.beside.is_some(),
            asked_for: page.asked_for,
            from: page.from.clone(),
        }
    }

    /// What stands on one leaf: its picture and its sentences. Files, and who tells it, wait for the last one.
    fn at_leaf(self, leaf: &Leaf<'_>, at: usize, last: bool) -> Self {
        let words = || Block::Words { spans: vec![Span::plain(leaf.sentences.join(" "))] };
        Self {
            blocks: (!leaf.sentences.is_empty()).then(words).into_iter().collect(),
            pictures: leaf.picture.map(PictureView::new).into_iter().collect(),
            attachments: if last { self.attachments } else { Vec::new() },
            begins: at == 0,
            ends: last,
            ..self
        }
    }
}
