//! A page that the child makes itself: its own, until it shares it.

use chrono::{DateTime, Utc};
use renderer::book::ChapterKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access::{Right, Ties};
use super::entry::EntryMedia;
use super::ids::{ChildId, EntryId, PersonId};

/// A page as sealed. A kind of its own, not an entry with a mark: no question for entries can ever answer with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPage {
    pub child: ChildId,
    /// May be empty: a drawing needs no name.
    pub title: String,
    pub text: String,
    /// BCP 47, for example `da`.
    pub language: String,
    /// Photographs, drawings, voices.
    pub media: Vec<EntryMedia>,
    pub chapter: Option<ChapterKind>,
    pub sharing: Sharing,
    /// The entry it is told beside: how the child remembers the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<EntryId>,
    /// How a talk was for the child: one face for each question. A page with faces stands among the talks, not in the book.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faces: Vec<Face>,
    /// The meeting it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Uuid>,
    pub author: PersonId,
    /// When its first version was made.
    pub made_at: DateTime<Utc>,
}

/// How one thing about a talk was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Face {
    pub question: Question,
    /// From 1, not at all, to 4, very much.
    #[schema(minimum = 1, maximum = 4)]
    pub face: u8,
}

/// What a child is asked after a talk. In our own words: the published scales are others'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Could you say what you wanted to?
    Said,
    /// Did you understand what you talked about?
    Understood,
    /// Do you know what happens now?
    Next,
    /// Were time and place good for you?
    Place,
}

impl Question {
    pub const ALL: [Self; 4] = [Self::Said, Self::Understood, Self::Next, Self::Place];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Understood => "understood",
            Self::Next => "next",
            Self::Place => "place",
        }
    }
}

/// With whom the child shares a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "with", deny_unknown_fields)]
pub enum Sharing {
    /// The child alone reads it.
    #[default]
    Nobody,
    /// Everybody who may read the book.
    Everyone,
    /// Those of them whom the child has chosen.
    Some {
        #[schema(value_type = Vec<uuid::Uuid>)]
        people: Vec<PersonId>,
    },
}

/// Whether the own pages of whoever is signed in are open. Who came in by what one adult alone could have arranged does
/// not meet those that were there before, until another adult has said yes too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    Open,
    /// Pages made before `since` are closed, but for those that `opened_by`, who let the child in anew, reads anyway.
    Closed {
        since: DateTime<Utc>,
        opened_by: PersonId,
    },
}

impl Gate {
    /// True where something that was there at `at` is closed.
    pub fn closes(self, at: DateTime<Utc>) -> bool {
        matches!(self, Self::Closed { since, .. } if at < since)
    }
}

impl OwnPage {
    /// How a talk was.
    pub fn is_talk(&self) -> bool {
        !self.faces.is_empty()
    }

    /// True where `reader` may read the page: the person whose book it is, and those it is shared with as long as they
    /// may read the book at all.
    pub fn is_for(&self, reader: PersonId, ties: &Ties) -> bool {
        let shared = match &self.sharing {
            Sharing::Nobody => false,
            Sharing::Everyone => true,
            Sharing::Some { people } => people.contains(&reader),
        };
        ties.may(Right::MakeOwnPages) || shared && ties.may(Right::ReadBook)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::document::Role;

    #[test]
    fn a_page_is_for_the_one_whose_book_it_is_and_those_it_is_shared_with() {
        let [alma, mother, teacher] = [1, 2, 3].map(|number| PersonId(Uuid::from_u128(number)));
        let page = |sharing| OwnPage {
            child: ChildId(Uuid::nil()),
            title: String::new(),
            text: String::new(),
            language: "da".into(),
            media: Vec::new(),
            chapter: None,
            sharing,
            beside: None,
            faces: Vec::new(),
            about: None,
            author: alma,
            made_at: DateTime::UNIX_EPOCH,
        };
        let around = |role| Ties::new([role], 9, false);
        let readers = |sharing: Sharing| {
            let page = page(sharing);
            [(alma, Role::Own), (mother, Role::Carer), (teacher, Role::Invited)]
                .map(|(reader, role)| page.is_for(reader, &around(role)))
        };
        assert_eq!(readers(Sharing::Nobody), [true, false, false]);
        assert_eq!(
            readers(Sharing::Everyone),
            [true, true, false],
            "who does not read the book does not read it"
        );
        assert_eq!(readers(Sharing::Some { people: vec![mother] }), [true, true, false]);
        assert_eq!(readers(Sharing::Some { people: vec![teacher] }), [true, false, false]);
    }
}
