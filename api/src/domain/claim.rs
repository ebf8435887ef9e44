//! Somebody says that a book is theirs, and has no way in any more. Two archivists look, each for themselves; what they find
//! the asker is told only once both have found the same.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::access_policy::AccessClass;
use super::disposal::Signed;
use super::ids::{AssignmentId, ChildId, MunicipalityId, PersonId, RequestId};

/// A claim with all that became of it. Each step is a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Whose archivists look.
    pub municipality: MunicipalityId,
    pub told: Told,
    /// As whom somebody asks for what is another's who has died; absent where they say the book is their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outsider: Option<Outsider>,
    pub told_at: DateTime<Utc>,
    /// The day by which the asker hears something.
    pub answer_by: NaiveDate,
    /// SHA-256 of the secret by which the asker comes back to the claim, hex.
    pub key: String,
    /// What was written to and by the asker, in order.
    pub messages: Vec<Word>,
    /// Copies of papers that prove who the asker is, in the order they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
    /// What each archivist has found, first to last; the newest of each counts.
    pub findings: Vec<Finding>,
    /// Absent while they look.
    pub outcome: Option<Outcome>,
}

/// What the asker tells, in their own words. None of it is proof. Names, birthday and places are those of the one the book
/// is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The asker's name.
    pub name: String,
    /// Every name they had as a child.
    pub names_then: String,
    pub born: NaiveDate,
    /// Where they lived, and with whom.
    pub places: Option<String>,
    /// How the asker is reached: a number, an address.
    pub reach: String,
}

/// Somebody who asks for what is not about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outsider {
    pub class: AccessClass,
    /// Who they are to the one who died, or what it is for.
    pub purpose: String,
}

/// A copy of a paper, sealed beside the version of the claim that brought it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The version that it lies in.
    pub version: u32,
    /// As the asker called the file, without directories.
    pub name: String,
    pub media_type: String,
    /// SHA-256 of the bytes as received, hex.
    pub sha256: String,
    pub size_bytes: u64,
    pub at: DateTime<Utc>,
}

/// What one of the two sides wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The archivist; absent where it was the asker.
    pub by: Option<PersonId>,
    pub at: DateTime<Utc>,
    pub words: String,
}

/// What one archivist found alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub signed: Signed,
    /// Whose book it is; absent where it is nobody's here, or not proven.
    pub child: Option<ChildId>,
    /// What proves it: the papers they have seen, and where.
    pub proof: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// Two found the same book.
    Found {
        child: ChildId,
        /// Who the asker is here from now on.
        person: PersonId,
        /// The role that ties them to the book, where there was none.
        role: AssignmentId,
        at: DateTime<Utc>,
    },
    /// Two found the same book for somebody it is not about: their request lies on the archive's desk.
    Asked {
        child: ChildId,
        /// Who the asker is in the register, from now on.
        person: PersonId,
        request: RequestId,
        at: DateTime<Utc>,
    },
    /// Two found none that is proven. The asker is not told which of the two it is.
    NotFound { at: DateTime<Utc> },
}

/// How far two archivists have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Fewer than two have looked.
    Waits,
    /// Two found the same.
    On(Option<ChildId>),
    /// They found different things, and look once more.
    Differs,
}

impl Claim {
    /// The newest finding of each archivist.
    pub fn standing(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().enumerate().filter_map(|(at, finding)| {
            let newer = self.findings[at + 1..].iter().any(|later| later.signed.by == finding.signed.by);
            (!newer).then_some(finding)
        })
    }

    /// Every one who has looked must have found the same: of three, two never overrule the third.
    pub fn agreement(&self) -> Agreement {
        let found: Vec<Option<ChildId>> = self.standing().map(|finding| finding.child).collect();
        match found.as_slice() {
            [] | [_] => Agreement::Waits,
            [first, others @ ..] if others.iter().all(|other| other == first) => Agreement::On(*first),
            _ => Agreement::Differs,
        }
    }

    /// What of others' findings an archivist may know: nothing while they look alone.
    pub fn tells(&self, finding: &Finding, reader: PersonId) -> bool {
        finding.signed.by == reader || !self.is_open() || self.agreement() == Agreement::Differs
    }

    pub fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    /// True where the asker has not heard anything by the day it was promised.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.is_open() && self.answer_by < today && self.messages.iter().all(|word| word.by.is_none())
    }

    /// Everybody who is named in it.
    pub fn people(&self) -> Vec<PersonId> {
        let looked = self.findings.iter().map(|finding| finding.signed.by);
        looked.chain(self.messages.iter().filter_map(|word| word.by)).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn claim(findings: &[(u128, Option<u128>)]) -> Claim {
        let finding = |(by, child): &(u128, Option<u128>)| Finding {
            signed: Signed { by: PersonId(Uuid::from_u128(*by)), at: DateTime::UNIX_EPOCH },
            child: child.map(|child| ChildId(Uuid::from_u128(child))),
            proof: "pas".into(),
        };
        Claim {
            municipality: MunicipalityId(Uuid::nil()),
            told: Told {
                name: "A".into(),
                names_then: "B".into(),
                born: NaiveDate::MIN,
                places: None,
                reach: "1".into(),
            },
            outsider: None,
            told_at: DateTime::UNIX_EPOCH,
            answer_by: NaiveDate::MIN,
            key: String::new(),
            messages: Vec::new(),
            papers: Vec::new(),
            findings: findings.iter().map(finding).collect(),
            outcome: None,
        }
    }

    #[test]
    fn it_takes_two_different_people_who_find_the_same() {
        let found = |number| Agreement::On(Some(ChildId(Uuid::from_u128(number))));
        assert_eq!(claim(&[]).agreement(), Agreement::Waits);
        assert_eq!(claim(&[(1, Some(7))]).agreement(), Agreement::Waits);
        assert_eq!(claim(&[(1, Some(7)), (1, Some(7))]).agreement(), Agreement::Waits, "one is not two");
        assert_eq!(claim(&[(1, Some(7)), (2, Some(7))]).agreement(), found(7));
        assert_eq!(claim(&[(1, Some(7)), (2, Some(8))]).agreement(), Agreement::Differs);
        assert_eq!(claim(&[(1, Some(7)), (2, None)]).agreement(), Agreement::Differs);
        assert_eq!(claim(&[(1, Some(7)), (2, Some(8)), (1, Some(8))]).agreement(), found(8));
        assert_eq!(claim(&[(1, Some(8)), (2, Some(7)), (3, Some(7))]).agreement(), Agreement::Differs);
        assert_eq!(claim(&[(1, None), (2, None)]).agreement(), Agreement::On(None));
    }
}
