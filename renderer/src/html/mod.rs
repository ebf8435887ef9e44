//! The book and the pages around it as HTML: one typed context for each template, rendered strictly.
//!
//! A template that asks for something its context does not have is an error, never an empty space. Everything a context
//! holds is escaped; templates contain no inline style and no inline script, so a `default-src 'self'` policy holds.

mod adults;
mod arrange;
mod blocks;
mod chapter;
mod claims;
mod contribute;
mod devices;
mod engine;
mod files;
mod forms;
mod front;
mod gifts;
mod goals;
mod life;
mod look;
mod losses;
mod offices;
mod offline;
mod old_words;
mod own_pages;
mod ownership;
mod package;
mod page;
mod reading;
mod redactions;
mod register;
mod requests;
mod rights;
#[cfg(any(test, feature = "testing"))]
pub mod samples;
mod standalone;
mod steps;
mod taken_out;
#[cfg(test)]
mod tests;
mod warnings;
mod who_read;
mod words;

pub use adults::{
    AdultCard, Ago, ChildWaits, ContactClock, FormerAdult, MeetingLine, MeetingRow, Meetings, MyAdults,
    Phone, PlanMeeting, TalkFace, TalkForm, TalkRow, Talks, WishRow, WishedPage, day_label, meeting_label,
};
pub use arrange::{ArrangeCover, ClothChoice};
pub use blocks::Block;
pub use chapter::{ChapterView, PageTile, Part};
pub use claims::{
    CandidateHome, CandidateRow, ClaimDesk, ClaimPage, ClaimRow, ClaimWord, FindBook, FoundBy,
    OutsiderAnswer, OutsiderFields,
};
pub use contribute::{
    ChildChoice, Contribute, Contribution, ContributionState, Draft, DraftText, Problem as ContributeProblem,
    Sent, ToldBeside, WishedFor,
};
pub use devices::{
    ChildOfDevice, DeviceRow, Devices, LetIn, PictureTrouble, PressPictures, Purpose, ReadForTwo, WaitingYes,
    WhoseDevice,
};
pub use engine::{Error, render};
pub use files::{AttachmentView, FileKind, PictureView};
pub use front::{
    Door, Help, HelpLine, Login, Logins, Persona, Problem, Shelf, ShelfBook, SignIn, SignInTrouble,
    SignedOut, WayIn,
};
pub use gifts::{BandAhead, GiftRow, Gifts, GivePage, GiveTo, LookAheadForm, SiblingRow, Siblings};
pub use goals::Goals;
pub use life::{PictureChoice, TellLife};
pub use look::{Look, LookForm, Theme};
pub use losses::{LossRow, Losses};
pub use offices::{
    ArchiveHome, AuthorCount, ChildRow, Edition, EditionStatus, Editions, JobCounts, KindCount, Overview,
    YearCount,
};
pub use offline::{Keeping, NoLine, Offline, WhetherKept, copy_of};
pub use own_pages::{HiddenPage, KeptFile, OwnPageForm, OwnPageTile, OwnPages, ReaderChoice};
pub use ownership::{
    AfterwardsFields, Elsewhere, ElsewhereRow, Helper, KeepPaper, KeepPerson, Leaving, Owner, PackageMade,
    PaperFile, ReaderRow,
};
pub use package::{
    LifeLine, LifeList, Link, NotHere, PackageFile, PackageIndex, PackagePage, PackageText, PackageVersion,
    PackageYear, Small, YearTile,
};
pub use page::{BodyView, PageCard, PageView};
pub use reading::{BandChoice, ChapterTile, Cover, GoOn, Reading, beginning_of};
pub use redactions::{Beneath, CoverForm, CoverRow, Covered, Spotted};

pub use old_words::{Era, OldWord, OldWords};
pub use register::{
    AdultRow, Adults, Choice, Field, Giving, HandedOver, HomeRow, Moving, NewChild, RegisteredChild, RoleRow,
};
pub use requests::{
    Answer, AskArchive, Desk, FoundRow, MessageRow, PackageRow, PlaceRow, RequestDesk, RequestRow,
    RequestStep, RequestView,
};
pub use rights::{Rights, RightsBook};
pub use standalone::Standalone;
pub use steps::{ChapterLink, Step};
pub use taken_out::{AskToStay, DisposalRow, HoldRow, LiftHold, Misfiled, TakenOut, ThingRow};
pub use warnings::{Forewarned, WarningForm, WarningRow};
pub use who_read::{ReadingRow, WhoRead};

use serde::Serialize;

use crate::book::Language;

/// A context together with the template it fills.
pub trait Page: Serialize {
    /// The template's name under `web/templates`, for example `cover.html`.
    const TEMPLATE: &'static str;
}

/// What stands around every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The language of everything around the texts.
    pub language: Language,
    /// The session's token against cross-site requests; absent when nobody is signed in and no form is shown.
    pub csrf: Option<String>,
    /// Who is signed in.
    pub reader: Option<Reader>,
    /// The path of this page, for marking where in the menu the reader is.
    pub path: String,
    /// The same page in the other language; the link is left out when absent.
    pub other_language: Option<String>,
    /// A message from the step before, shown once.
    pub flash: Option<Flash>,
    /// How the reader wants it to look.
    pub look: Look,
    /// An adult reads beside the child.
    pub beside: Option<Beside>,
    /// What the page is to a device that keeps the book.
    pub keeping: Keeping,
}

/// An adult reads beside the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// The adult's name.
    pub name: String,
    /// The child's id.
    pub child: String,
}

/// Who is signed in, as the page greets them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reader {
    /// The person's name.
    pub name: String,
    /// What the person is to the child or the municipality, in the frame's language: "plejemor".
    pub role_label: String,
    /// Where this person may go, in the order of the menu.
    pub ways: Vec<Way>,
}

/// A place in the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Way {
    /// The one book this person reads.
    Book {
        /// The child's id.
        child: String,
    },
    /// The books this person may read, when there are several: `/bog`.
    Books,
    /// Write in a book: `/bidrag`.
    Contribute,
    /// The municipality's overview: `/overblik`.
    Overview,
    /// The grown reader's archive: `/arkiv`.
    Archive,
    /// What the municipality's archive is asked for: `/arkiv/anmodninger`.
    Requests,
}

/// A message from the step before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flash {
    /// Whether it went well.
    pub tone: Tone,
    /// One or two sentences in the frame's language.
    pub text: String,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It went well.
    Good,
    /// It did not, and here is what to do.
    Sorry,
}
