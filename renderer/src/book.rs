//! The book as a value: everything a page or a print needs, and nothing else.
//!
//! Whoever assembles a [`Book`] has already decided what this reader may see: a page that waits carries no text and no
//! picture, so nothing held back can leak from here.

mod cloth;
mod life;

pub use cloth::Cloth;
pub use life::{DayPage, Form, Goal, GoalKind, GoalStep, PeopleGroup, Someone, Stop, StopKind};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whose reading the text is meant for. Ordered from the youngest to the grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AgeBand {
    /// Read aloud, one picture a page, at most two short sentences. Ages 0-2 read this band too.
    #[serde(rename = "3-6")]
    From3,
    /// First readers; LIX at most 20.
    #[serde(rename = "7-9")]
    From7,
    /// LIX at most 28.
    #[serde(rename = "10-12")]
    From10,
    /// LIX at most 35.
    #[serde(rename = "13-15")]
    From13,
    /// LIX at most 40.
    #[serde(rename = "16-17")]
    From16,
    /// The grown reader: everything, with author, role and basis.
    #[serde(rename = "18+")]
    Adult,
}

impl AgeBand {
    /// All bands, youngest first.
    pub const ALL: [AgeBand; 6] =
        [Self::From3, Self::From7, Self::From10, Self::From13, Self::From16, Self::Adult];

    /// The band in which a reader of `age` whole years reads.
    pub fn for_age(age: u32) -> Self {
        match age {
            0..=6 => Self::From3,
            7..=9 => Self::From7,
            10..=12 => Self::From10,
            13..=15 => Self::From13,
            16..=17 => Self::From16,
            _ => Self::Adult,
        }
    }

    /// The name used in the API and in sealed documents, for example `7-9`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::From3 => "3-6",
            Self::From7 => "7-9",
            Self::From10 => "10-12",
            Self::From13 => "13-15",
            Self::From16 => "16-17",
            Self::Adult => "18+",
        }
    }

    /// The inverse of [`AgeBand::as_str`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.as_str() == name)
    }
}

/// A language the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish, the first language.
    Da,
    /// English.
    En,
}

impl Language {
    /// BCP 47 tag: `da` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }

    /// Which way it is written, as HTML says it: `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        match self {
            Self::Da | Self::En => "ltr",
        }
    }
}

/// How exactly a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// That very day.
    Day,
    /// That month.
    Month,
    /// Winter (December to February), spring, summer or autumn of that year.
    Season,
    /// That year.
    Year,
    /// Around that year.
    About,
    /// Nobody knows; the date only orders the page.
    Unknown,
}

/// A date and how exactly it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The day, or any day inside the known period.
    pub date: NaiveDate,
    /// How much of `date` is known.
    pub precision: Precision,
}

/// The thirteen chapters, in reading order: present, past, present, future (Joy Rees).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChapterKind {
    /// Mig nu.
    MeNow,
    /// Det er jeg god til.
    GoodAt,
    /// Mine mennesker.
    MyPeople,
    /// Steder jeg har boet.
    Homes,
    /// Min familie.
    Family,
    /// Da jeg blev født.
    Born,
    /// Derfor bor jeg her.
    Why,
    /// Skole og fællesskaber.
    School,
    /// Vigtige dage.
    Days,
    /// Ting der er mine.
    Things,
    /// Breve til mig.
    Letters,
    /// Min plan.
    Plan,
    /// Fremtiden.
    Future,
}

impl ChapterKind {
    /// All chapters in reading order.
    pub const ALL: [ChapterKind; 13] = [
        Self::MeNow,
        Self::GoodAt,
        Self::MyPeople,
        Self::Homes,
        Self::Family,
        Self::Born,
        Self::Why,
        Self::School,
        Self::Days,
        Self::Things,
        Self::Letters,
        Self::Plan,
        Self::Future,
    ];

    /// The name used in URLs and in sealed documents, for example `me-now`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::MeNow => "me-now",
            Self::GoodAt => "good-at",
            Self::MyPeople => "my-people",
            Self::Homes => "homes",
            Self::Family => "family",
            Self::Born => "born",
            Self::Why => "why",
            Self::School => "school",
            Self::Days => "days",
            Self::Things => "things",
            Self::Letters => "letters",
            Self::Plan => "plan",
            Self::Future => "future",
        }
    }

    /// The inverse of [`ChapterKind::slug`].
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chapter| chapter.slug() == slug)
    }

    /// The chapter's title as the child reads it.
    pub fn title(self, language: Language) -> &'static str {
        let (danish, english) = match self {
            Self::MeNow => ("Mig nu", "Me now"),
            Self::GoodAt => ("Det er jeg god til", "What I am good at"),
            Self::MyPeople => ("Mine mennesker", "My people"),
            Self::Homes => ("Steder jeg har boet", "Places I have lived"),
            Self::Family => ("Min familie", "My family"),
            Self::Born => ("Da jeg blev født", "When I was born"),
            Self::Why => ("Derfor bor jeg her", "Why I live here"),
            Self::School => ("Skole og fællesskaber", "School and friends"),
            Self::Days => ("Vigtige dage", "Important days"),
            Self::Things => ("Ting der er mine", "Things that are mine"),
            Self::Letters => ("Breve til mig", "Letters to me"),
            Self::Plan => ("Min plan", "My plan"),
            Self::Future => ("Fremtiden", "The future"),
        };
        match language {
            Language::Da => danish,
            Language::En => english,
        }
    }
}

/// What sort of deposit a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// A photograph with or without words.
    Photo,
    /// A story.
    Story,
    /// A letter or paper as received.
    Document,
    /// A sound.
    Sound,
    /// A video.
    Video,
    /// Something that happened.
    Event,
    /// A letter to the child.
    Letter,
    /// A thing in the memory box.
    Thing,
    /// A decision explained.
    Decision,
    /// A talk.
    Talk,
    /// A drawing.
    Drawing,
    /// The child's or adult's own statement.
    Statement,
}

/// A picture on a page. Its bytes are asked for by `id` from a [`crate::pictures::PictureSource`] or by URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The media's id.
    pub id: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
}

/// A file on a page that is not a picture: a document, a sound, a video.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The media's id.
    pub id: String,
    /// The file's name as its giver called it.
    pub name: String,
    /// For example `application/pdf`.
    pub media_type: String,
    /// Length of the original in bytes.
    pub size_bytes: u64,
    /// What is said in it: plain text, or WebVTT with its times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// It is the page's own text, read aloud by somebody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reads: bool,
}

/// Who wrote a page, and from where they knew it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// The writer's name.
    pub name: String,
    /// The writer's role towards the child, in the book's language: "plejemor", "pædagog".
    pub role: String,
    /// When it was written, where that is known.
    pub written_on: Option<NaiveDate>,
    /// "set", "hørt", "læst", in the book's language, where it was told.
    pub basis: Option<String>,
    /// Observation or assessment, in the book's language, where it was told.
    pub stance: Option<String>,
    /// What it was written for, in the writer's own words.
    pub purpose: Option<String>,
    /// The one the book is about wrote it.
    pub is_child: bool,
}

/// What stands on a page, for this reader at this age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Body {
    /// A text, one string a paragraph; no paragraphs where the page is only pictures.
    Open {
        /// The paragraphs, plain text.
        paragraphs: Vec<String>,
        /// The language the text is written in, BCP 47.
        language: String,
        /// The band the text was written for: the reader's own, or the nearest younger one.
        written_for: Option<AgeBand>,
        /// The writer has a text for older readers and none for this age: say so, show none of it.
        older_text_waits: bool,
    },
    /// To be read together with an adult.
    WithAdult {
        /// Whom the child can ask.
        ask: String,
    },
    /// Held back: that it waits is told, never what it is.
    HeldBack {
        /// Who decided.
        decided_by: String,
        /// Whom the child can ask.
        ask: String,
        /// When it is looked at again.
        review_on: NaiveDate,
        /// The day on which it opens at the latest.
        opens_on: NaiveDate,
    },
}

/// One page of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The entry's id.
    pub id: String,
    /// What sort of deposit it shows.
    pub kind: PageKind,
    /// The page's title; on a page that waits, neutral words.
    pub title: String,
    /// What stands on it.
    pub body: Body,
    /// Empty on a page that waits.
    pub pictures: Vec<Picture>,
    /// Empty on a page that waits.
    pub attachments: Vec<Attachment>,
    /// When it happened; absent on a page that waits.
    pub when: Option<When>,
    /// Where it happened.
    pub place: Option<String>,
    /// Who is in it; an empty list may mean that nobody has said yet.
    pub people: Vec<String>,
    /// Who wrote it; absent on a page that waits.
    pub by: Option<Byline>,
    /// On a page that the child made itself: how it stands there.
    pub own: Option<Own>,
    /// The page it is told beside, which stands before it in the same chapter: the same, as somebody else remembers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// The child wished for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asked_for: bool,
    /// The brother or sister whose page it is, and who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Giver>,
    /// What the reader is told before the page is opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// A brother or sister who gave a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Giver {
    /// What the giver is to the one whose book it is, in the book's words: "søster".
    pub title: String,
    /// What the giver is called.
    pub name: String,
}

/// A page that the child made itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Own {
    /// The reader made it, and nobody else reads it.
    Private,
    /// The reader made it, and shares it.
    Sharing,
    /// The child shares it with the reader.
    Shared,
}

/// One chapter with its pages in reading order. Chapters with nothing in them are left out of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// Which chapter.
    pub kind: ChapterKind,
    /// What it tells before its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// The pages; none where the form is all there is.
    pub pages: Vec<Page>,
}

/// A child's book for one reader at one age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The child's id.
    pub child: String,
    /// What the book is called, for example "Almas bog".
    pub title: String,
    /// What the child is called.
    pub child_name: String,
    /// What the child was called before, where it wants that told beside what was written then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_before: Option<String>,
    /// For whom the texts were chosen.
    pub band: AgeBand,
    /// The language of everything around the texts.
    pub language: Language,
    /// The picture on the cover.
    pub cover: Option<Picture>,
    /// What the cover is bound in.
    pub cloth: Cloth,
    /// The municipality that keeps the book.
    pub municipality: String,
    /// The day the book was put together.
    pub made_on: NaiveDate,
    /// Chapters with something in them, in reading order.
    pub chapters: Vec<Chapter>,
    /// Pages that the reader, whose book it is, does not want to meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<Page>,
}

impl Book {
    /// All pages in reading order.
    pub fn pages(&self) -> impl Iterator<Item = (&Chapter, &Page)> {
        self.chapters.iter().flat_map(|chapter| chapter.pages.iter().map(move |page| (chapter, page)))
    }
}
