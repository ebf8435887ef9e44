//! What is sealed: one JSON document a deposit, in an envelope that says what it is.
//!
//! These shapes are the archive's promise (`docs/ARCHIVE-FORMAT.md`, part 2). A change is a new schema number beside the
//! old one, never another meaning of an old field: sealed documents cannot be converted.

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::Cloth;
use renderer::layout::Size;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::claim::Claim;
use super::content_warning::ContentWarning;
use super::disposal::{Disposal, Hold};
use super::entry::Entry;
use super::fixity::Fixity;
use super::gift::{Gift, Sibling};
use super::goal::Goal;
use super::ids::{ChildId, EditionId, MediaId, MunicipalityId, PersonId, RequestId};
pub use super::kind::{COVERED, EDITION, Kind, ORIGINAL, PRESERVATION};
use super::life::{Choices, LookAhead, Relation, School};
use super::loss::Loss;
use super::meeting::{Meeting, Wish};
use super::own_package::OwnPackage;
use super::own_page::OwnPage;
use super::ownership::Ownership;
use super::redaction::Redaction;
use super::request::ArchiveRequest;
pub use super::role::Role;

/// A document with what every deposit carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// The OCFL object's id; also the id of what the body describes.
    pub id: Uuid,
    /// Version of the object, from 1.
    pub version: u32,
    /// The key group: a child or a municipality.
    pub group: Uuid,
    /// Who deposited it; absent where the service did so itself.
    pub deposited_by: Option<PersonId>,
    pub deposited_at: DateTime<Utc>,
    pub retention: RetentionPromise,
    #[serde(flatten)]
    pub body: Body,
}

/// What was promised at the time of deposit; a later policy may only lengthen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionPromise {
    pub class: String,
    /// The rules that were in force.
    pub rules: archive::Promise,
    /// Where they lead: the first day on which disposal may be considered; absent where no such day is known yet.
    pub until: Option<NaiveDate>,
    /// SHA-256 of the policy that was in force, hex.
    pub policy: String,
}

/// Every kind of document, told apart by its schema.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "schema", content = "body")]
pub enum Body {
    #[serde(rename = "livsbog/municipality/1")]
    Municipality(Municipality),
    #[serde(rename = "livsbog/person/1")]
    Person(Person),
    #[serde(rename = "livsbog/child/1")]
    Child(Child),
    #[serde(rename = "livsbog/placement/1")]
    Placement(Placement),
    #[serde(rename = "livsbog/assignment/1")]
    Assignment(Assignment),
    #[serde(rename = "livsbog/media/1")]
    Media(Media),
    #[serde(rename = "livsbog/entry/1")]
    Entry(Entry),
    #[serde(rename = "livsbog/own-page/1")]
    OwnPage(OwnPage),
    #[serde(rename = "livsbog/relation/1")]
    Relation(Relation),
    #[serde(rename = "livsbog/school/1")]
    School(School),
    #[serde(rename = "livsbog/choices/1")]
    Choices(Choices),
    #[serde(rename = "livsbog/look-ahead/1")]
    LookAhead(LookAhead),
    #[serde(rename = "livsbog/sibling/1")]
    Sibling(Sibling),
    #[serde(rename = "livsbog/gift/1")]
    Gift(Gift),
    #[serde(rename = "livsbog/goal/1")]
    Goal(Goal),
    #[serde(rename = "livsbog/ownership/1")]
    Ownership(Ownership),
    #[serde(rename = "livsbog/own-package/1")]
    OwnPackage(OwnPackage),
    #[serde(rename = "livsbog/meeting/1")]
    Meeting(Meeting),
    #[serde(rename = "livsbog/wish/1")]
    Wish(Wish),
    #[serde(rename = "livsbog/edition/1")]
    Edition(Edition),
    #[serde(rename = "livsbog/readings/1")]
    Readings(Readings),
    #[serde(rename = "livsbog/hold/1")]
    Hold(Hold),
    #[serde(rename = "livsbog/disposal/1")]
    Disposal(Disposal),
    #[serde(rename = "livsbog/request/1")]
    Request(Box<ArchiveRequest>),
    #[serde(rename = "livsbog/redaction/1")]
    Redaction(Redaction),
    #[serde(rename = "livsbog/loss/1")]
    Loss(Loss),
    #[serde(rename = "livsbog/content-warning/1")]
    ContentWarning(ContentWarning),
    #[serde(rename = "livsbog/claim/1")]
    Claim(Box<Claim>),
    #[serde(rename = "livsbog/fixity/1")]
    Fixity(Fixity),
}

impl Body {
    /// The kind's short name, for the database and for `dump`.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Municipality(_) => Kind::Municipality,
            Self::Person(_) => Kind::Person,
            Self::Child(_) => Kind::Child,
            Self::Placement(_) => Kind::Placement,
            Self::Assignment(_) => Kind::Assignment,
            Self::Media(_) => Kind::Media,
            Self::Entry(_) => Kind::Entry,
            Self::OwnPage(_) => Kind::OwnPage,
            Self::Relation(_) => Kind::Relation,
            Self::School(_) => Kind::School,
            Self::Choices(_) => Kind::Choices,
            Self::LookAhead(_) => Kind::LookAhead,
            Self::Sibling(_) => Kind::Sibling,
            Self::Gift(_) => Kind::Gift,
            Self::Goal(_) => Kind::Goal,
            Self::Ownership(_) => Kind::Ownership,
            Self::OwnPackage(_) => Kind::OwnPackage,
            Self::Meeting(_) => Kind::Meeting,
            Self::Wish(_) => Kind::Wish,
            Self::Edition(_) => Kind::Edition,
            Self::Readings(_) => Kind::Readings,
            Self::Hold(_) => Kind::Hold,
            Self::Disposal(_) => Kind::Disposal,
            Self::Request(_) => Kind::Request,
            Self::Redaction(_) => Kind::Redaction,
            Self::Loss(_) => Kind::Loss,
            Self::ContentWarning(_) => Kind::ContentWarning,
            Self::Claim(_) => Kind::Claim,
            Self::Fixity(_) => Kind::Fixity,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    pub name: String,
    /// The children's own way in, shown on the help page.
    pub help: Option<HelpLine>,
}

/// A telephone that somebody answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLine {
    pub name: String,
    pub phone: String,
    /// When, in plain words.
    pub hours: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub municipality: MunicipalityId,
    pub name: String,
    /// What the person is to the child in plain words, "plejemor"; shown beside everything the person writes.
    pub title: String,
    pub phone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    pub municipality: MunicipalityId,
    pub name: String,
    /// What the child wants to be called; the whole name when absent.
    pub called: Option<String>,
    pub born: NaiveDate,
    pub book_title: String,
    /// The picture the child chose for the cover.
    pub cover: Option<MediaId>,
    /// What the child's book is bound in.
    #[serde(default)]
    pub cloth: Cloth,
    /// What the child was called before, where it wants that to be told beside what was written then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_before: Option<String>,
    /// The day the child's case was closed; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_closed: Option<NaiveDate>,
    /// The day the one the book is about died.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died: Option<NaiveDate>,
}

impl Child {
    /// What the child is called.
    pub fn calling_name(&self) -> &str {
        self.called.as_deref().unwrap_or(&self.name)
    }
}

/// A stay in a home. The carers read and contribute from `from` to `to`, both days included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub child: ChildId,
    pub home_kind: HomeKind,
    pub home_name: String,
    pub place: Option<String>,
    /// Where it stands on the map: the municipality's code (kommunekode), four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    pub carers: Vec<PersonId>,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// The place is secret: told to those who live there and to those who decide, and never printed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomeKind {
    Family,
    FosterFamily,
    /// Respite care: every other weekend.
    WeekendFamily,
    Institution,
    OwnRoom,
    Other,
}

/// A role held towards a child or in a municipality, from a day to a day, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub person: PersonId,
    pub role: Role,
    pub to: AssignedTo,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignedTo {
    Child(ChildId),
    Municipality(MunicipalityId),
}

/// A file as received; its bytes lie beside this document in the same object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub child: ChildId,
    /// SHA-256 of the bytes as received, hex.
    pub sha256: String,
    /// CRC-32 of the same bytes, kept so that a zip's offsets are known before it is written.
    pub crc32: u32,
    pub size_bytes: u64,
    pub media_type: String,
    /// The format's PRONOM identifier, where the file's beginning tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronom: Option<String>,
    /// As the giver called it, without directories and control characters.
    pub file_name: String,
    /// Pixels, upright; only for pictures.
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// What the camera wrote, local time without zone; only for pictures that carry it.
    pub taken_at: Option<String>,
    /// The same in a format that lasts, made later; from the object's second version on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preservation: Option<Preservation>,
}

/// A copy in a format that lasts. Its bytes lie beside the original, which stays what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preservation {
    pub sha256: String,
    pub crc32: u32,
    pub size_bytes: u64,
    pub media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronom: Option<String>,
    /// The program, with its version.
    pub made_with: String,
    pub made_at: DateTime<Utc>,
}

/// A printed book; its bytes lie beside this document in the same object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    pub child: ChildId,
    /// The reader's age in whole years for which the texts were chosen.
    pub age: u32,
    pub format: String,
    pub language: String,
    #[serde(default)]
    pub paper: Size,
    /// With bleed and crop marks, for a printing house.
    #[serde(default)]
    pub bleed: bool,
    pub ordered_by: PersonId,
    pub ordered_at: DateTime<Utc>,
    pub sha256: String,
    pub crc32: u32,
    pub size_bytes: u64,
}

/// A batch of readings of one child's book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readings {
    pub child: ChildId,
    pub readings: Vec<Reading>,
}

/// Somebody opened a part of a child's book. Openings of the same page within ten minutes are one reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub id: Uuid,
    pub reader: PersonId,
    pub role: Role,
    pub page: ReadPage,
    pub at: DateTime<Utc>,
    /// The adult beside the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companion: Option<PersonId>,
}

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "id")]
pub enum ReadPage {
    /// The book as a whole: cover, contents, the assembled data.
    Book,
    /// One entry, on its page or through one of its pictures.
    Entry(Uuid),
    /// A page that the child made and shared.
    OwnPage(Uuid),
    /// A page that a brother or sister gave the child.
    Gift(Uuid),
    /// A file outside any entry.
    Media(MediaId),
    /// A printed book.
    Edition(EditionId),
    /// The child's card: name, age, homes.
    Card,
    /// The list of entries.
    Entries,
    /// The record of readings itself.
    AccessLog,
    /// The register of what was taken out.
    Disposals,
    /// A request for everything the archive has, with its answer.
    Request(RequestId),
    /// Everything the archive has, handed over.
    Package(RequestId),
}
