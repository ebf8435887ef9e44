//! Asking the archive for what it has about oneself: how far a request has come, and all that was said on the way.
//!
//! A stage carries what is known at it, and what was known before. A transition takes the stage before and gives the next.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::access_policy::AccessClass;
use super::disposal::Signed;
use super::document::Kind;
use super::ids::{AssignmentId, ChildId, MunicipalityId, PersonId, RequestId};
use super::working_days::{after_working_days, within_days, within_months};

/// A request with all that became of it. Each step is a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveRequest {
    /// Whose papers.
    pub child: ChildId,
    /// Who has to answer.
    pub municipality: MunicipalityId,
    pub scope: Scope,
    /// As whom somebody asks for what is another's who has died; absent where they are one's own papers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outsider: Option<AccessClass>,
    pub asked: Signed,
    pub deadlines: Deadlines,
    /// Questions and answers, in order.
    pub messages: Vec<Message>,
    pub stage: Stage,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Scope {
    Everything {
        /// What the asker adds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    Part {
        words: String,
    },
}

impl Scope {
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Everything { words } => words.as_deref(),
            Self::Part { words } => Some(words),
        }
    }
}

/// The days by which an answer is due, as they followed from the settings of the day the request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadlines {
    /// The asker knows by then that somebody is at it, and when the answer comes.
    pub acknowledge_by: NaiveDate,
    /// The answer itself.
    pub answer_by: NaiveDate,
    /// An answer promised for later than this says why.
    pub at_latest: NaiveDate,
}

impl Deadlines {
    pub fn new(asked_on: NaiveDate, working_days: u32, days: u32, months: u32) -> Self {
        let acknowledge_by = after_working_days(asked_on, working_days);
        let answer_by = within_days(asked_on, days).max(acknowledge_by);
        let at_latest = within_months(asked_on, months).max(answer_by);
        Self { acknowledge_by, answer_by, at_latest }
    }
}

/// What one of the two sides wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub words: String,
}

/// How far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage")]
pub enum Stage {
    Received(Received),
    Acknowledged(Acknowledged),
    Searched(Searched),
    Reviewed(Reviewed),
    /// No, or yes in part: it waits for a second person.
    Proposed(Proposed),
    Decided(Decided),
    Delivered(Delivered),
    Withdrawn(Withdrawn),
}

/// Nobody has looked at it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {}

/// Somebody is at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    pub acknowledgement: Acknowledgement,
}

/// It is known what there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    #[serde(flatten)]
    pub before: Acknowledged,
    pub search: Search,
}

/// Somebody has looked through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    #[serde(flatten)]
    pub before: Searched,
    pub review: Review,
}

/// A decision that one person alone cannot take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    #[serde(flatten)]
    pub before: Reviewed,
    pub decision: Decision,
}

/// It is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    #[serde(flatten)]
    pub before: Reviewed,
    pub decision: Decision,
    /// Who agreed; absent where it took one person.
    pub second: Option<Signed>,
}

/// The asker can fetch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    #[serde(flatten)]
    pub before: Decided,
    pub delivery: Delivery,
}

/// The asker took it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub withdrawn_at: DateTime<Utc>,
    /// How far it had come.
    pub before: Box<Stage>,
}

/// "We are at it, and you have our answer by then."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    pub signed: Signed,
    pub answer_by: NaiveDate,
    pub words: Option<String>,
    /// The role by which whoever is at it may read; absent where they could before.
    pub access: Option<AssignmentId>,
}

/// What was looked for, and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    pub signed: Signed,
    /// Every kind that was looked for, also where nothing was found.
    pub found: Vec<Found>,
    pub elsewhere: Vec<Elsewhere>,
    pub words: Option<String>,
}

/// How much of one kind, and from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub kind: Kind,
    pub count: u64,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

/// Somewhere else where there may be more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    #[schema(example = "Rigsarkivet")]
    pub name: String,
    /// What may lie there, and how to get at it.
    pub words: Option<String>,
}

/// It was looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub signed: Signed,
    pub words: Option<String>,
}

/// What was handed over: made for this moment and this state of the log it is the same to the byte, whenever it is fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub at: DateTime<Utc>,
    /// Leaves of the log that it covers.
    pub log_size: u64,
    /// The log's signed checkpoint (C2SP tlog-checkpoint).
    pub checkpoint: String,
    pub size_bytes: u64,
    /// So many sealed versions should be in it and are lost.
    pub missing: u64,
}

/// Yes, yes in part, or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub signed: Signed,
    pub words: Option<String>,
    /// So many pages of the book are held back that day, each for a reason of its own; they are not handed over.
    pub held_back: u64,
    /// So many places were covered that day, each with a reason and a ground of its own.
    #[serde(default)]
    pub covered: u64,
    #[serde(flatten)]
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    Granted,
    GrantedInPart { no: No },
    Refused { no: No },
}

/// A no that can be understood, and complained about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct No {
    pub reason: String,
    /// The law and its section.
    pub ground: String,
    /// Where and how to complain.
    pub complain_to: String,
    pub complain_by: NaiveDate,
}

impl Outcome {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::GrantedInPart { .. } => "granted_in_part",
            Self::Refused { .. } => "refused",
        }
    }

    pub fn no(&self) -> Option<&No> {
        match self {
            Self::Granted => None,
            Self::GrantedInPart { no } | Self::Refused { no } => Some(no),
        }
    }
}

impl Received {
    pub fn acknowledge(self, acknowledgement: Acknowledgement) -> Acknowledged {
        Acknowledged { acknowledgement }
    }
}

impl Acknowledged {
    pub fn search(self, search: Search) -> Searched {
        Searched { before: self, search }
    }
}

impl Searched {
    /// Looked again: what was found before stays in the version before.
    pub fn search(self, search: Search) -> Self {
        self.before.search(search)
    }

    pub fn review(self, review: Review) -> Reviewed {
        Reviewed { before: self, review }
    }
}

impl Reviewed {
    /// A yes to what is one's own is one person's word. Any no, in whole or in part, and any answer to an `outsider` waits
    /// for another person.
    pub fn decide(self, decision: Decision, outsider: bool) -> Stage {
        if decision.outcome == Outcome::Granted && !outsider {
            Stage::Decided(Decided { before: self, decision, second: None })
        } else {
            Stage::Proposed(Proposed { before: self, decision })
        }
    }
}

impl Proposed {
    /// Agreed by somebody else than who proposed it; `None` by the same person.
    pub fn agree(self, second: Signed) -> Option<Decided> {
        let Self { before, decision } = self;
        (decision.signed.by != second.by).then_some(Decided { before, decision, second: Some(second) })
    }

    /// Somebody looks at it once more.
    pub fn send_back(self) -> Reviewed {
        self.before
    }
}

impl Decided {
    /// True where there is something to hand over.
    pub fn gives(&self) -> bool {
        !matches!(self.decision.outcome, Outcome::Refused { .. })
    }

    pub fn deliver(self, delivery: Delivery) -> Delivered {
        Delivered { before: self, delivery }
    }
}

impl Stage {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Received(_) => "received",
            Self::Acknowledged(_) => "acknowledged",
            Self::Searched(_) => "searched",
            Self::Reviewed(_) => "reviewed",
            Self::Proposed(_) => "proposed",
            Self::Decided(_) => "decided",
            Self::Delivered(_) => "delivered",
            Self::Withdrawn(_) => "withdrawn",
        }
    }

    /// True while somebody still has to do something.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Received(_)
            | Self::Acknowledged(_)
            | Self::Searched(_)
            | Self::Reviewed(_)
            | Self::Proposed(_) => true,
            Self::Decided(decided) => decided.gives(),
            Self::Delivered(_) | Self::Withdrawn(_) => false,
        }
    }

    /// Taken back by the asker; `None` once it is decided.
    pub fn withdraw(self, withdrawn_at: DateTime<Utc>) -> Option<Withdrawn> {
        match self {
            Self::Decided(_) | Self::Delivered(_) | Self::Withdrawn(_) => None,
            open => Some(Withdrawn { withdrawn_at, before: Box::new(open) }),
        }
    }

    pub fn acknowledgement(&self) -> Option<&Acknowledgement> {
        match self {
            Self::Acknowledged(stage) => Some(&stage.acknowledgement),
            Self::Withdrawn(stage) => stage.before.acknowledgement(),
            _ => self.searched().map(|stage| &stage.before.acknowledgement),
        }
    }

    pub fn search(&self) -> Option<&Search> {
        self.searched().map(|stage| &stage.search)
    }

    pub fn review(&self) -> Option<&Review> {
        self.reviewed().map(|stage| &stage.review)
    }

    /// What is proposed, or decided.
    pub fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Proposed(stage) => Some(&stage.decision),
            Self::Withdrawn(stage) => stage.before.decision(),
            _ => self.decided().map(|stage| &stage.decision),
        }
    }

    pub fn decided(&self) -> Option<&Decided> {
        match self {
            Self::Decided(stage) => Some(stage),
            Self::Delivered(stage) => Some(&stage.before),
            _ => None,
        }
    }

    pub fn delivery(&self) -> Option<&Delivery> {
        match self {
            Self::Delivered(stage) => Some(&stage.delivery),
            _ => None,
        }
    }

    fn searched(&self) -> Option<&Searched> {
        match self {
            Self::Searched(stage) => Some(stage),
            _ => self.reviewed().map(|stage| &stage.before),
        }
    }

    fn reviewed(&self) -> Option<&Reviewed> {
        match self {
            Self::Reviewed(stage) => Some(stage),
            Self::Proposed(stage) => Some(&stage.before),
            _ => self.decided().map(|stage| &stage.before),
        }
    }

    /// The same stage with another promise. Before anything was promised, and once it is decided, as it is.
    pub fn postpone(self, acknowledgement: Acknowledgement) -> Self {
        let acknowledged = Acknowledged { acknowledgement };
        match self {
            Self::Acknowledged(_) => Self::Acknowledged(acknowledged),
            Self::Searched(stage) => Self::Searched(Searched { before: acknowledged, ..stage }),
            Self::Reviewed(stage) => Self::Reviewed(stage.postpone(acknowledged)),
            Self::Proposed(stage) => {
                Self::Proposed(Proposed { before: stage.before.postpone(acknowledged), ..stage })
            }
            other => other,
        }
    }
}

impl Reviewed {
    fn postpone(self, acknowledged: Acknowledged) -> Self {
        Self { before: Searched { before: acknowledged, ..self.before }, ..self }
    }
}

impl ArchiveRequest {
    /// The day by which the next answer comes; `None` where all was said.
    pub fn due(&self) -> Option<NaiveDate> {
        if !self.stage.is_open() {
            return None;
        }
        Some(self.stage.acknowledgement().map_or(self.deadlines.acknowledge_by, |promise| promise.answer_by))
    }

    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due().is_some_and(|due| due < today)
    }

    /// Everybody who is named in it, some more than once.
    pub fn people(&self) -> Vec<PersonId> {
        let stage = &self.stage;
        let signed = [
            Some(&self.asked),
            stage.acknowledgement().map(|step| &step.signed),
            stage.search().map(|step| &step.signed),
            stage.review().map(|step| &step.signed),
            stage.decision().map(|step| &step.signed),
            stage.decided().and_then(|stage| stage.second.as_ref()),
        ];
        let signed = signed.into_iter().flatten().map(|signed| signed.by);
        signed.chain(self.messages.iter().map(|message| message.by)).collect()
    }
}

/// A request with its id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRequest {
    pub id: RequestId,
    pub version: u32,
    pub request: ArchiveRequest,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn signed(by: u128) -> Signed {
        Signed { by: PersonId(Uuid::from_u128(by)), at: DateTime::UNIX_EPOCH }
    }

    fn reviewed() -> Reviewed {
        let day = NaiveDate::MIN;
        let acknowledgement =
            Acknowledgement { signed: signed(1), answer_by: day, words: None, access: None };
        let found = vec![Found { kind: Kind::Entry, count: 24, first: Some(day), last: None }];
        let search = Search { signed: signed(1), found, elsewhere: Vec::new(), words: None };
        let review = Review { signed: signed(1), words: None };
        Received {}.acknowledge(acknowledgement).search(search).review(review)
    }

    fn refused() -> Decision {
        let no = No {
            reason: "r".into(),
            ground: "g".into(),
            complain_to: "c".into(),
            complain_by: NaiveDate::MIN,
        };
        Decision {
            signed: signed(1),
            words: None,
            held_back: 0,
            covered: 0,
            outcome: Outcome::Refused { no },
        }
    }

    #[test]
    fn a_yes_takes_one_person_and_a_no_takes_two() {
        let yes = Decision { outcome: Outcome::Granted, ..refused() };
        assert!(matches!(reviewed().decide(yes.clone(), false), Stage::Decided(decided) if decided.gives()));
        let Stage::Proposed(proposed) = reviewed().decide(refused(), false) else { panic!("decided by one") };
        assert_eq!(proposed.clone().agree(signed(1)), None, "not by the same person");
        let decided = proposed.agree(signed(2)).unwrap();
        assert!(!decided.gives() && !Stage::Decided(decided).is_open());
        assert!(
            matches!(reviewed().decide(yes, true), Stage::Proposed(_)),
            "to an outsider any answer takes two"
        );
    }

    #[test]
    fn every_stage_is_sealed_and_read_back_and_knows_what_came_before() {
        let Stage::Proposed(proposed) = reviewed().decide(refused(), false) else { panic!() };
        let decided = proposed.clone().agree(signed(2)).unwrap();
        let (at, checkpoint) = (DateTime::UNIX_EPOCH, "bog.example/log\n7\n".to_owned());
        let delivery = Delivery { at, log_size: 7, checkpoint, size_bytes: 8_000_000_000, missing: 0 };
        let stages = [
            Stage::Received(Received {}),
            Stage::Acknowledged(reviewed().before.before),
            Stage::Searched(reviewed().before),
            Stage::Reviewed(reviewed()),
            Stage::Decided(decided.clone()),
            Stage::Delivered(decided.deliver(delivery)),
            Stage::Withdrawn(Stage::Proposed(proposed).withdraw(DateTime::UNIX_EPOCH).unwrap()),
        ];
        for stage in stages {
            let sealed = serde_json::to_string(&stage).unwrap();
            assert_eq!(serde_json::from_str::<Stage>(&sealed).unwrap(), stage);
            assert_eq!(stage.acknowledgement().is_some(), stage.as_str() != "received", "{sealed}");
        }
    }

    #[test]
    fn what_is_decided_cannot_be_taken_back() {
        let Stage::Proposed(proposed) = reviewed().decide(refused(), false) else { panic!() };
        let decided = Stage::Decided(proposed.agree(signed(2)).unwrap());
        assert!(decided.withdraw(DateTime::UNIX_EPOCH).is_none());
        assert!(Stage::Received(Received {}).withdraw(DateTime::UNIX_EPOCH).is_some());
    }

    #[test]
    fn the_deadlines_stand_in_order() {
        let deadlines = Deadlines::new("2026-11-30".parse().unwrap(), 7, 15, 1);
        let days =
            [deadlines.acknowledge_by, deadlines.answer_by, deadlines.at_latest].map(|day| day.to_string());
        assert_eq!(days, ["2026-12-09", "2026-12-15", "2026-12-30"]);
        let strict = Deadlines::new("2026-11-30".parse().unwrap(), 20, 1, 1);
        assert!(strict.acknowledge_by <= strict.answer_by && strict.answer_by <= strict.at_latest);
    }
}
