//! The pages a child makes itself: the shelf of them, and the sheet on which one is made.

use chrono::NaiveDate;
use serde::Serialize;

use super::contribute::Problem;
use super::{AttachmentView, Page, PictureView, ToldBeside};
use crate::book::{AgeBand, Attachment, Own, Picture};

/// `/bog/{child}/mine`: the child's own pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnPages {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in, for the size of the words.
    pub band: AgeBand,
    /// Newest first.
    pub pages: Vec<OwnPageTile>,
    /// Older ones.
    pub older_href: Option<String>,
    /// Pages the child does not want to meet.
    pub hidden: Vec<HiddenPage>,
    /// The pages there were before are closed until another adult has said yes.
    pub closed: bool,
}

impl Page for OwnPages {
    const TEMPLATE: &'static str = "own_pages.html";
}

/// A page the child hid from itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HiddenPage {
    /// The page's id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// One of the child's own pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnPageTile {
    /// The page in the book.
    pub href: String,
    /// May be empty.
    pub title: String,
    /// The first words.
    pub beginning: String,
    /// The first picture.
    pub picture: Option<PictureView>,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// Whether it is shared.
    pub own: Own,
}

/// `/bog/{child}/mine/ny` and `/bog/{child}/mine/{page}`: the sheet on which a page is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnPageForm {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in, for the size of the words.
    pub band: AgeBand,
    /// Where the form goes; the page's own address where one is changed.
    pub action: String,
    /// A page that is there already is changed.
    pub is_change: bool,
    /// The title.
    pub title: String,
    /// The words.
    pub text: String,
    /// The files on the page already; each can be taken off.
    pub files: Vec<KeptFile>,
    /// `nobody`, `everyone` or `some`.
    pub sharing: &'static str,
    /// Those who may read the book.
    pub readers: Vec<ReaderChoice>,
    /// The page beside which the child tells how it remembers the same.
    pub beside: Option<ToldBeside>,
    /// Makes sending twice the same as sending once.
    pub key: String,
    /// Why the last try failed.
    pub problem: Option<Problem>,
}

impl Page for OwnPageForm {
    const TEMPLATE: &'static str = "own_page_form.html";
}

/// A file on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptFile {
    /// The media's id.
    pub id: String,
    /// As a picture.
    pub picture: Option<PictureView>,
    /// As a sound, a film or a paper.
    pub attachment: Option<AttachmentView>,
}

impl KeptFile {
    /// A picture on the page.
    pub fn picture(picture: &Picture) -> Self {
        Self { id: picture.id.clone(), picture: Some(PictureView::new(picture)), attachment: None }
    }

    /// Another file on the page.
    pub fn attachment(file: &Attachment) -> Self {
        Self { id: file.id.clone(), picture: None, attachment: Some(AttachmentView::new(file)) }
    }
}

/// Somebody a page can be shared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReaderChoice {
    /// The person's id.
    pub id: String,
    /// The name, and what the person is to the child.
    pub name: String,
    /// The page is shared with this person.
    pub chosen: bool,
}
