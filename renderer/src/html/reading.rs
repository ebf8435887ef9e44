//! How a book is being read, and its cover.

use serde::Serialize;

use super::steps::Steps;
use super::{ChapterLink, Page, PictureView, Step};
use crate::book::{AgeBand, Book, Chapter, Cloth};

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
    /// Where the reader covers something on this page for somebody else's sake.
    pub cover_href: Option<String>,
    /// Where the reader writes a warning before this page.
    pub warn_href: Option<String>,
    /// May sit beside the child and open the pages for two.
    pub may_sit_beside: bool,
    /// May make a device the child's own.
    pub may_enrol: bool,
    /// The reader is the child, or was it: makes pages of its own.
    pub own: bool,
    /// May say how far ahead of its age the child reads.
    pub may_open_bands: bool,
    /// May say who the child's brothers and sisters are.
    pub may_tell_siblings: bool,
    /// The child has brothers or sisters to give pages to; so many of theirs wait for its answer.
    pub gifts: Option<usize>,
    /// The page being read may be given to one of them.
    pub may_give: bool,
    /// Those of them it was given to, by what they are called.
    pub given_to: Vec<String>,
    /// The hardest band that the child's adults have opened to it, above its own.
    pub ahead: Option<AgeBand>,
    /// The reader decides who keeps reading from 18 on.
    pub may_decide_as_owner: bool,
    /// The entry on which this reader stopped last time.
    pub continue_at: Option<String>,
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
    cloth: Cloth,
    chapters: Vec<ChapterTile>,
    page_count: usize,
    start: Option<Step>,
    continue_at: Option<GoOn>,
    bar: Option<Bar>,
    read_by_href: String,
    own_pages_href: Option<String>,
    arrange_href: Option<String>,
    owner_href: Option<String>,
    adults_href: String,
    gifts_href: Option<String>,
    /// So many pages from brothers and sisters wait for an answer.
    offers: usize,
    /// Where the child reads further ahead, or back to its own words.
    ahead: Option<BandChoice>,
}

impl Page for Cover {
    const TEMPLATE: &'static str = "cover.html";
}

impl Cover {
    /// The cover of `book`, with the chapters as tiles.
    pub fn new(book: &Book, reading: &Reading) -> Self {
        let steps = Steps { book, reading };
        Self {
            child: book.child.clone(),
            title: book.title.clone(),
            child_name: book.child_name.clone(),
            municipality: book.municipality.clone(),
            band: book.band,
            cover: book.cover.as_ref().map(PictureView::new),
            cloth: book.cloth,
            chapters: book.chapters.iter().map(|chapter| steps.chapter_tile(chapter)).collect(),
            page_count: book.pages().count(),
            start: book.pages().next().map(|(_, page)| steps.step(page)),
            continue_at: reading.continue_at.as_deref().and_then(|id| steps.go_on(id)),
            bar: Bar::new(book, reading, &format!("/bog/{}", book.child)),
            read_by_href: format!("/bog/{}/hvem", book.child),
            own_pages_href: reading.own.then(|| format!("/bog/{}/mine", book.child)),
            arrange_href: reading.own.then(|| format!("/bog/{}/forside", book.child)),
            owner_href: reading.may_decide_as_owner.then(|| format!("/bog/{}/ejer", book.child)),
            adults_href: format!("/bog/{}/voksne", book.child),
            gifts_href: reading.gifts.map(|_| format!("/bog/{}/gaver", book.child)),
            offers: reading.gifts.unwrap_or_default(),
            ahead: reading.ahead.map(|ahead| steps.ahead(ahead)),
        }
    }
}

/// Where the reader stopped last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoOn {
    /// The page's address.
    pub href: String,
    /// The page's title.
    pub title: String,
    /// The chapter it stands in, for its colour and drawing.
    pub slug: &'static str,
    /// The page's own picture.
    pub picture: Option<PictureView>,
}

/// A chapter on the cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterTile {
    /// Where it leads: the chapter, or its only page.
    pub chapter: ChapterLink,
    /// Number of pages.
    pub pages: usize,
    /// The first picture in it that is not the cover's own.
    pub picture: Option<PictureView>,
}

impl Steps<'_> {
    fn go_on(&self, id: &str) -> Option<GoOn> {
        let (chapter, page) = self.book.pages().find(|(_, page)| page.id == id)?;
        let Step { href, title, .. } = self.step(page);
        let picture = page.pictures.first().map(PictureView::new);
        Some(GoOn { href, title, slug: chapter.kind.slug(), picture })
    }

    /// To the words for older ones; from there back to the child's own.
    fn ahead(&self, ahead: AgeBand) -> BandChoice {
        let path = format!("/bog/{}", self.book.child);
        match self.reading.age {
            Some(_) => BandChoice { band: ahead, href: path, current: true },
            None => BandChoice::new(ahead, self.book.band, &path),
        }
    }

    fn chapter_tile(&self, chapter: &Chapter) -> ChapterTile {
        let on_cover = self.book.cover.as_ref().map(|cover| &cover.id);
        let mut pictures = chapter.pages.iter().flat_map(|page| &page.pictures);
        ChapterTile {
            chapter: self.straight_link(chapter),
            pages: chapter.pages.len(),
            picture: pictures.find(|picture| Some(&picture.id) != on_cover).map(PictureView::new),
        }
    }
}

/// The adults' discreet bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Bar {
    bands: Vec<BandChoice>,
    contribute_href: Option<String>,
    misfiled_href: Option<String>,
    hold_href: Option<String>,
    cover_href: Option<String>,
    warn_href: Option<String>,
    print_href: String,
    for_two_href: Option<String>,
    device_href: Option<String>,
    ahead_href: Option<String>,
    siblings_href: Option<String>,
}

impl Bar {
    /// For an adult at `path`; a child has none.
    pub fn new(book: &Book, reading: &Reading, path: &str) -> Option<Self> {
        reading.adult.then(|| Self {
            bands: AgeBand::ALL.into_iter().map(|band| BandChoice::new(band, book.band, path)).collect(),
            contribute_href: reading.may_contribute.then(|| format!("/bidrag?barn={}", book.child)),
            misfiled_href: reading.may_move.then(|| format!("{path}/andet-barn")),
            hold_href: reading.may_hold.then(|| format!("{path}/bliver")),
            cover_href: reading.cover_href.clone(),
            warn_href: reading.warn_href.clone(),
            print_href: format!("/bog/{}/trykt", book.child),
            for_two_href: reading.may_sit_beside.then(|| format!("/bog/{}/sammen", book.child)),
            device_href: reading.may_enrol.then(|| format!("/enhed/{}", book.child)),
            ahead_href: reading.may_open_bands.then(|| format!("/bog/{}/laengere-frem", book.child)),
            siblings_href: reading.may_tell_siblings.then(|| format!("/bog/{}/soeskende", book.child)),
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
    /// The choice of `band` at `path`, while `current` is being read.
    pub(super) fn new(band: AgeBand, current: AgeBand, path: &str) -> Self {
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
