//! The pages before the book: choosing a way in, signing in, help, and what went wrong.

use serde::Serialize;

use super::{Page, PictureView};
use crate::book::{AgeBand, Cloth};

/// `/`: choose your way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayIn {
    /// Where "I want to read my book" leads.
    pub read: Door,
    /// Where "I want to write in a book" leads.
    pub write: Door,
    /// Where "I lived away from home and want to see my archive" leads.
    pub archive: Door,
    /// The persons one can try the demo as; empty outside the demo.
    pub personas: Vec<Persona>,
}

impl Page for WayIn {
    const TEMPLATE: &'static str = "way_in.html";
}

/// Where a door leads: to sign-in, or straight on for somebody already signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Door {
    /// A path of ours.
    pub href: String,
}

/// A person one can try the demo as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Persona {
    /// The invented person's name.
    pub name: String,
    /// What the person is, in the frame's language.
    pub role_label: String,
    /// What one can see as this person, one short sentence.
    pub note: String,
    /// The sign-in link.
    pub href: String,
}

/// `/ind`: sign in with a local account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignIn {
    /// The path to continue to afterwards.
    pub next: String,
    /// What was typed before, kept after a wrong try.
    pub user_name: String,
    /// Why the last try did not work.
    pub trouble: Option<SignInTrouble>,
    /// Logins of people's own that one can come in with.
    pub logins: Vec<Login>,
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "sign_in.html";
}

/// A login of one's own, such as MitID.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Login {
    /// What people call it.
    pub name: String,
    /// Where one is sent on to it.
    pub href: String,
    /// Where one takes it away again; only for one that is connected.
    pub forget: Option<String>,
}

/// `/ind/login`: which logins of one's own open the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logins {
    /// All that one can connect.
    pub logins: Vec<Login>,
    /// Where one goes on to.
    pub next: String,
}

impl Page for Logins {
    const TEMPLATE: &'static str = "logins.html";
}

/// `/ud`: signed out here, and perhaps not at the place where one signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedOut {
    /// The login one came with, where one can sign out of it too.
    pub login: Option<Login>,
}

impl Page for SignedOut {
    const TEMPLATE: &'static str = "signed_out.html";
}

/// Why a sign-in did not work, told without saying whether the name exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum SignInTrouble {
    /// The name and the password do not belong together.
    Wrong,
    /// Too many tries.
    TooMany {
        /// Whole minutes until the next try.
        wait_minutes: u32,
    },
    /// The link or the session is too old.
    Expired,
}

/// `/bog`: the books this person may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shelf {
    /// One for each child, in the order to show them.
    pub books: Vec<ShelfBook>,
}

impl Page for Shelf {
    const TEMPLATE: &'static str = "shelf.html";
}

/// A book on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShelfBook {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub title: String,
    /// What the child is called.
    pub child_name: String,
    /// The picture on the cover.
    pub cover: Option<PictureView>,
    /// What it is bound in.
    pub cloth: Cloth,
    /// The band the child reads in.
    pub band: AgeBand,
}

/// `/hjaelp`: help now. Needs no sign-in; is rendered with a frame without reader and token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Help {
    /// The municipalities' own numbers. Children's national lines stand in the template.
    pub lines: Vec<HelpLine>,
}

impl Page for Help {
    const TEMPLATE: &'static str = "help.html";
}

/// A number one can ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelpLine {
    /// Who answers.
    pub name: String,
    /// As it is written: "70 12 34 56".
    pub number: String,
    /// When somebody answers, in the frame's language.
    pub hours: Option<String>,
    /// Whether one can write a text message to it.
    pub sms: bool,
}

/// What went wrong, in plain words and with the next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// One short sentence in the frame's language.
    pub title: String,
    /// What happened.
    pub detail: Option<String>,
    /// What the reader can do now.
    pub next_step: Option<String>,
    /// The stable code, to tell support.
    pub code: String,
}

impl Page for Problem {
    const TEMPLATE: &'static str = "problem.html";
}
