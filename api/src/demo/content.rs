//! The demo's content as it is written in `demo/*.toml` (the shape is told in `demo/README.md`).

use chrono::NaiveDate;
use renderer::book::Cloth;
use serde::Deserialize;

use crate::contribute::NewText;
use crate::domain::document::{HomeKind, Role};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Content {
    pub municipality: Vec<Municipality>,
    pub child: Vec<Child>,
    pub person: Vec<Person>,
    pub placement: Vec<Placement>,
    pub assignment: Vec<Assignment>,
    pub entry: Vec<Entry>,
    pub relation: Vec<Relation>,
    pub school: Vec<School>,
    pub meeting: Vec<Meeting>,
    pub wish: Vec<Wish>,
    pub talk: Vec<Talk>,
    pub reader: Vec<Reader>,
    pub request: Vec<Request>,
    pub goal: Vec<Goal>,
    pub sibling: Vec<Sibling>,
    pub gift: Vec<Gift>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    pub key: String,
    pub name: String,
    pub help_name: String,
    pub help_phone: String,
    pub help_hours: Option<String>,
    /// Told in the papers only.
    #[expect(dead_code, reason = "part of the fiction, not of the register")]
    pub address: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Child {
    pub key: String,
    pub name: String,
    pub called: Option<String>,
    pub born: NaiveDate,
    pub municipality: String,
    pub book_title: String,
    pub cover: Option<String>,
    #[serde(default)]
    pub cloth: Cloth,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub municipality: String,
    /// Absent for people of earlier years, who have no way in any more.
    pub persona: Option<String>,
    pub role: String,
    pub phone: Option<String>,
    /// The child whose book is this person's own.
    pub child: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    pub child: String,
    pub home_kind: HomeKind,
    pub home_name: String,
    pub place: Option<String>,
    pub carers: Vec<String>,
    pub municipality: Option<String>,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    #[serde(default)]
    pub protected: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Towards a child, or in a whole municipality.
    pub child: Option<String>,
    pub municipality: Option<String>,
    pub person: String,
    pub role: Role,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub key: String,
    pub child: String,
    pub kind: String,
    pub chapter: Option<String>,
    pub title: String,
    pub occurred_on: NaiveDate,
    pub precision: String,
    pub people: Option<Vec<String>>,
    pub place: Option<String>,
    pub basis: Option<String>,
    pub author: String,
    #[serde(default)]
    pub photos: Vec<Photo>,
    #[serde(default)]
    pub texts: Vec<NewText>,
    pub readiness: Option<Readiness>,
    /// The key of an earlier entry of the same child.
    pub beside: Option<String>,
    /// The key of the child's wish that it answers.
    pub wish: Option<String>,
}

/// Somebody in a child's life, told of by `by`; the picture is a photograph that stands in the child's book.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    pub child: String,
    pub name: String,
    pub title: String,
    pub group: String,
    pub words: Option<String>,
    pub picture: Option<String>,
    pub person: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub died: Option<String>,
    pub by: String,
}

/// Whom the one the book is about lets read it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    pub child: String,
    pub person: String,
    /// read or write.
    pub may: String,
    /// The day it was chosen.
    pub from: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    pub child: String,
    pub kind: String,
    pub name: String,
    pub place: Option<String>,
    pub words: Option<String>,
    pub picture: Option<String>,
    pub from: String,
    pub to: Option<String>,
    pub by: String,
}

/// A meeting, told of by `by`; `answers` is the key of the wish it answers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    pub child: String,
    pub with: Vec<String>,
    #[serde(default)]
    pub others: Vec<String>,
    pub on: String,
    pub at: Option<String>,
    pub place: Option<String>,
    pub about: Option<String>,
    pub state: Option<String>,
    pub answers: Option<String>,
    pub by: String,
}

/// What a child wishes, and what it was answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    pub key: String,
    pub child: String,
    pub what: String,
    pub to: Option<String>,
    pub words: Option<String>,
    pub answered_by: Option<String>,
    pub answer: Option<String>,
}

/// What somebody grown asks the archive for, and who takes it on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub child: String,
    pub words: Option<String>,
    pub taken_by: Option<String>,
    /// What whoever takes it on writes.
    pub answer: Option<String>,
}

/// What a child wants to reach, and what its adults do for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    pub child: String,
    pub kind: String,
    pub words: String,
    #[serde(default)]
    pub reached: bool,
    #[serde(default)]
    pub steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub by: String,
    pub words: String,
    #[serde(default)]
    pub done: bool,
}

/// That another child of the demo is this one's brother or sister.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sibling {
    pub child: String,
    pub sibling: String,
    pub title: String,
    pub by: String,
}

/// A page that a child gives a sibling: an entry by its key, and whether the other one has said yes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    pub child: String,
    pub to: String,
    pub page: String,
    #[serde(default)]
    pub taken: bool,
}

/// How a talk was for the child: a face from 1 to 4 for each question, and its own words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    pub child: String,
    /// The day of the meeting.
    pub on: String,
    pub faces: [u8; 4],
    #[serde(default)]
    pub words: String,
    /// The child has chosen nobody.
    #[serde(default)]
    pub alone: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    pub file: String,
    pub alt: String,
}

/// People stand here by their keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case", tag = "state")]
pub enum Readiness {
    WithAdult {
        ask: String,
    },
    HeldBack {
        reason: String,
        decided_by: String,
        second_reader: String,
        ask: String,
        review_on: NaiveDate,
        opens_on: NaiveDate,
    },
}

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../../demo/photos/", $name)).as_slice())),*]
    };
}

include!("photos.rs");

const FILES: [&str; 7] = [
    include_str!("../../../demo/people.toml"),
    include_str!("../../../demo/alma.toml"),
    include_str!("../../../demo/elias.toml"),
    include_str!("../../../demo/freja.toml"),
    include_str!("../../../demo/yasmin.toml"),
    include_str!("../../../demo/mikkel.toml"),
    include_str!("../../../demo/rikke.toml"),
];

/// Everything in the demo's files, in one.
pub fn content() -> Result<Content, toml::de::Error> {
    let mut all = Content::default();
    for file in FILES {
        let part: Content = toml::from_str(file)?;
        all.municipality.extend(part.municipality);
        all.child.extend(part.child);
        all.person.extend(part.person);
        all.placement.extend(part.placement);
        all.assignment.extend(part.assignment);
        all.entry.extend(part.entry);
        all.relation.extend(part.relation);
        all.school.extend(part.school);
        all.meeting.extend(part.meeting);
        all.wish.extend(part.wish);
        all.talk.extend(part.talk);
        all.reader.extend(part.reader);
        all.request.extend(part.request);
        all.goal.extend(part.goal);
        all.sibling.extend(part.sibling);
        all.gift.extend(part.gift);
    }
    Ok(all)
}

/// A photograph's bytes.
pub fn photo(name: &str) -> Option<&'static [u8]> {
    PHOTOS.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_photo_that_is_named_is_there_and_every_photo_is_used() {
        let content = content().unwrap();
        let has = |key: &str| content.person.iter().any(|person| person.key == key);
        for entry in &content.entry {
            assert!(has(&entry.author), "{}: author {}", entry.key, entry.author);
            assert!(content.child.iter().any(|child| child.key == entry.child), "{}", entry.key);
            for picture in &entry.photos {
                assert!(photo(&picture.file).is_some(), "{}: {}", entry.key, picture.file);
                assert!(!picture.alt.is_empty(), "{}", entry.key);
            }
        }
        for (name, _) in PHOTOS {
            let used =
                content.entry.iter().flat_map(|entry| &entry.photos).any(|picture| picture.file == *name);
            assert!(used, "{name} stands in no entry");
        }
    }
}
