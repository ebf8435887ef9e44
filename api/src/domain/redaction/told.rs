//! What was told of a life beside its pages, with words covered that are covered everywhere.

use super::{Covers, Matter};
use crate::domain::document::Body;
use crate::domain::life::LifeRecord;

impl Covers {
    /// What others told of the life, as whoever may not see beneath the covers reads it; nothing where it reads the same.
    pub fn over_record(&self, body: &Body) -> Option<Body> {
        let covered = match body {
            Body::Relation(record) => Body::Relation(record.clone().under(self)),
            Body::School(record) => Body::School(record.clone().under(self)),
            Body::Loss(record) => Body::Loss(record.clone().under(self)),
            Body::Meeting(record) => Body::Meeting(record.clone().under(self)),
            Body::Wish(record) => Body::Wish(record.clone().under(self)),
            Body::Goal(record) => Body::Goal(record.clone().under(self)),
            Body::ContentWarning(record) => Body::ContentWarning(record.clone().under(self)),
            _ => return None,
        };
        (covered != *body).then_some(covered)
    }

    /// A text that stands on no page, such as a name of somebody who came to a meeting.
    pub fn word(&self, text: &str) -> String {
        self.everywhere.over(text, "da")
    }

    pub fn some(&self, text: Option<String>) -> Option<String> {
        text.map(|text| self.word(&text))
    }

    /// True where they change what is told in a record.
    pub fn lie_on(&self, body: &Body) -> bool {
        self.over_record(body).is_some()
    }

    /// Nothing but this phrase, everywhere.
    pub fn of_phrase(phrase: &str, matter: Matter) -> Self {
        let mut covers = Self::default();
        covers.everywhere.add(phrase, matter);
        covers
    }
}
