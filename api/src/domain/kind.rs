//! What can be stored, and what follows from it: the names of its files in the archive, and how long it stays.

use serde::{Deserialize, Serialize};

/// Logical name of a file's bytes as received, beside its document.
pub const ORIGINAL: &str = "original.age";
/// Logical name of a preservation copy's bytes, beside the original.
pub const PRESERVATION: &str = "preservation.age";
/// Logical name of a printed book's bytes, beside its document.
pub const EDITION: &str = "edition.pdf.age";

/// Logical name of a file's copy with its spots covered, beside the record of the covers.
pub const COVERED: &str = "covered.age";

/// What can be stored. The file names in the archive and the retention class follow by total match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Municipality,
    Person,
    Child,
    Placement,
    Assignment,
    Media,
    Entry,
    OwnPage,
    Relation,
    School,
    Choices,
    Ownership,
    OwnPackage,
    LookAhead,
    Sibling,
    Gift,
    Goal,
    Meeting,
    Wish,
    Edition,
    Readings,
    Hold,
    Disposal,
    Request,
    Redaction,
    Loss,
    ContentWarning,
    Claim,
    Fixity,
}

impl Kind {
    pub const ALL: [Kind; 29] = [
        Self::Municipality,
        Self::Person,
        Self::Child,
        Self::Placement,
        Self::Assignment,
        Self::Media,
        Self::Entry,
        Self::OwnPage,
        Self::Relation,
        Self::School,
        Self::Choices,
        Self::Ownership,
        Self::OwnPackage,
        Self::LookAhead,
        Self::Sibling,
        Self::Gift,
        Self::Goal,
        Self::Meeting,
        Self::Wish,
        Self::Edition,
        Self::Readings,
        Self::Hold,
        Self::Disposal,
        Self::Request,
        Self::Redaction,
        Self::Loss,
        Self::ContentWarning,
        Self::Claim,
        Self::Fixity,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Person => "person",
            Self::Child => "child",
            Self::Placement => "placement",
            Self::Assignment => "assignment",
            Self::Media => "media",
            Self::Entry => "entry",
            Self::OwnPage => "own_page",
            Self::Relation => "relation",
            Self::School => "school",
            Self::Choices => "choices",
            Self::Ownership => "ownership",
            Self::OwnPackage => "own_package",
            Self::LookAhead => "look_ahead",
            Self::Sibling => "sibling",
            Self::Gift => "gift",
            Self::Goal => "goal",
            Self::Meeting => "meeting",
            Self::Wish => "wish",
            Self::Edition => "edition",
            Self::Readings => "readings",
            Self::Hold => "hold",
            Self::Disposal => "disposal",
            Self::Request => "request",
            Self::Redaction => "redaction",
            Self::Loss => "loss",
            Self::ContentWarning => "content_warning",
            Self::Claim => "claim",
            Self::Fixity => "fixity",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Logical name of the JSON document inside the OCFL object.
    pub fn document_name(self) -> &'static str {
        match self {
            Self::Municipality
            | Self::Person
            | Self::Child
            | Self::Placement
            | Self::Assignment
            | Self::Relation
            | Self::School
            | Self::Choices
            | Self::Ownership
            | Self::OwnPackage
            | Self::LookAhead
            | Self::Sibling
            | Self::Gift
            | Self::Goal
            | Self::Meeting
            | Self::Wish
            | Self::Hold
            | Self::Disposal
            | Self::Request
            | Self::Redaction
            | Self::Loss
            | Self::ContentWarning
            | Self::Claim => "record.json.age",
            Self::Media => "media.json.age",
            Self::Entry => "entry.json.age",
            Self::OwnPage => "page.json.age",
            Self::Edition => "edition.json.age",
            Self::Readings | Self::Fixity => "audit.json.age",
        }
    }

    /// The class of `retention-policy.toml` that rules it.
    pub fn retention_class(self) -> &'static str {
        match self {
            Self::Municipality | Self::Person => "register",
            Self::Child
            | Self::Placement
            | Self::Assignment
            | Self::LookAhead
            | Self::Sibling
            | Self::Ownership
            | Self::Meeting => "case_record",
            Self::Media
            | Self::Entry
            | Self::OwnPage
            | Self::Relation
            | Self::School
            | Self::Choices
            | Self::Gift
            | Self::Goal
            | Self::Wish
            | Self::Redaction
            | Self::Loss
            | Self::ContentWarning => "book_entry",
            Self::Edition => "edition",
            Self::OwnPackage
            | Self::Readings
            | Self::Hold
            | Self::Disposal
            | Self::Request
            | Self::Claim
            | Self::Fixity => "audit_event",
        }
    }
}
