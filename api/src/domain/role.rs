//! What somebody is to a child, or in a municipality.

use serde::{Deserialize, Serialize};

/// The roles of F2 that are held by assignment; carers hold theirs through a placement, and those the grown person chose
/// through its ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person the book is about: the child, and later the adult it became.
    Own,
    /// Foster parent or staff of the home, through an active placement.
    Carer,
    Caseworker,
    SupportPerson,
    /// Family, teacher or former carer, invited to write.
    Invited,
    /// A case system that hands over documents.
    System,
    Leader,
    Archivist,
    /// Whom the grown person lets read the book.
    ChosenReader,
    /// Whom the grown person lets read the book and write in it.
    ChosenWriter,
    /// Somebody to whom two people have given something of the book, after the death of the one it is about. Nobody holds
    /// it: it is what a reading is recorded as.
    Outsider,
}

impl Role {
    pub const ALL: [Role; 11] = [
        Self::Own,
        Self::Carer,
        Self::Caseworker,
        Self::SupportPerson,
        Self::Invited,
        Self::System,
        Self::Leader,
        Self::Archivist,
        Self::ChosenReader,
        Self::ChosenWriter,
        Self::Outsider,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Carer => "carer",
            Self::Caseworker => "caseworker",
            Self::SupportPerson => "support_person",
            Self::Invited => "invited",
            Self::System => "system",
            Self::Leader => "leader",
            Self::Archivist => "archivist",
            Self::ChosenReader => "chosen_reader",
            Self::ChosenWriter => "chosen_writer",
            Self::Outsider => "outsider",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}
