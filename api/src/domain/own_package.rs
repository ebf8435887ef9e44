//! Everything in one's own book, made to be taken home by its owner, who asks nobody for it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::access::Right;
use super::disposal::Signed;
use super::document::{Body, Kind};
use super::ids::ChildId;
use super::life::{LifeRecord, sort_key};
use super::request::Delivery;

/// A package as sealed: first that it was wanted, then for which moment it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPackage {
    pub child: ChildId,
    pub asked: Signed,
    /// Absent while it is being made.
    pub delivery: Option<Delivery>,
}

impl OwnPackage {
    /// When it can be fetched from; absent while it is being made.
    pub fn ready_at(&self) -> Option<DateTime<Utc>> {
        self.delivery.as_ref().map(|delivery| delivery.at)
    }
}

impl LifeRecord for OwnPackage {
    const KIND: Kind = Kind::OwnPackage;
    const TELL: Right = Right::AskArchive;

    fn child(&self) -> ChildId {
        self.child
    }

    fn sort_key(&self) -> String {
        sort_key(None, self.asked.at)
    }

    fn into_body(self) -> Body {
        Body::OwnPackage(self)
    }
}
