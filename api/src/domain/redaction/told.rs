//! What was told of a life beside its pages, with words covered that are covered everywhere.

use super::{Covers, Matter};
use crate::domain::document::Body;
use crate::domain::life::LifeRecord;

impl Covers {
    /// What others told of the life, as whoever may not see beneath the covers reads it.
    #[must_use]
    pub fn over_record(&self, body: Body) -> Body {
        match body {
            Body::Relation(record) => Body::Relation(record.under(self)),
            Body::School(record) => Body::School(record.under(self)),
            Body::Loss(record) => Body::Loss(record.under(self)),
            Body::Meeting(record) => Body::Meeting(record.under(self)),
            Body::Wish(record) => Body::Wish(record.under(self)),
            Body::Goal(record) => Body::Goal(record.under(self)),
            Body::ContentWarning(record) => Body::ContentWarning(record.under(self)),
            other => other,
        }
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
        self.over_record(body.clone()) != *body
    }

    /// Nothing but this phrase, everywhere.
    pub fn of_phrase(phrase: &str, matter: Matter) -> Self {
        let mut covers = Self::default();
        covers.everywhere.add(phrase, matter);
        covers
    }
}
