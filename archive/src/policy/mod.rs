//! How long things are kept. A pure function of facts and the day: no clock, no storage.

mod parse;
mod warrant;
mod words;

pub use parse::PolicyProblem;
pub use warrant::{Grounds, Misfiled, Warrant};
pub use words::Language;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::{ObjectId, RetentionClass};

/// The policy shipped with the program.
const EMBEDDED: &str = include_str!("../../../retention-policy.toml");

/// A retention policy: what `retention-policy.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    digest: Digest,
    approvals: u8,
    classes: BTreeMap<RetentionClass, ClassRules>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ClassRules {
    da: String,
    en: String,
    rules: BTreeSet<Rule>,
}

/// What a time to keep counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The child's birth.
    Birth,
    /// The day the child's case was closed.
    CaseClosed,
    /// The day the newest version was deposited.
    Deposit,
}

/// Keep for `years` from `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// What the years count from.
    pub from: Anchor,
    /// Whole years.
    pub years: u16,
}

/// What was promised for one object under the policies it lived through. It grows and never shrinks: each newer policy
/// can add a rule, none can take one away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Promise {
    rules: BTreeSet<Rule>,
}

impl Promise {
    /// This promise and the other.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.rules.extend(&other.rules);
        self
    }

    /// The promised rules.
    pub fn rules(&self) -> impl Iterator<Item = Rule> {
        self.rules.iter().copied()
    }
}

/// Somebody has asked that an object stay, whatever the policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// The person it is about has asked.
    Person,
    /// A complaint, an inquiry or a court case is under way.
    Dispute,
    /// A request for access has not been answered.
    Request,
    /// The national archive has decided that it be preserved.
    NationalArchive,
}

/// What is known of an object when it is decided about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The object, so that a [`Warrant`] is for this one alone.
    pub object: ObjectId,
    /// The child's birth, if it is about a child whose birth is known.
    pub birth: Option<NaiveDate>,
    /// The day the child's case was closed; none while it is open.
    pub case_closed: Option<NaiveDate>,
    /// The day the newest version was deposited.
    pub deposited: NaiveDate,
    /// Who has asked that it stay.
    pub holds: BTreeSet<Hold>,
    /// What earlier policies promised.
    pub promise: Promise,
}

/// The end of a time to keep. `Open` is later than any day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// From this day on it may go.
    Day(NaiveDate),
    /// No end is known yet.
    Open,
}

/// One reason for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A rule, and where it leads with these facts.
    Rule {
        /// The rule.
        rule: Rule,
        /// Where it leads.
        until: Until,
    },
    /// A hold.
    Hold(Hold),
    /// It lies with somebody it does not belong to.
    Misfiled(Misfiled),
}

/// What the policy says about an object on a day.
#[derive(Debug, PartialEq, Eq)]
pub enum Decision {
    /// It stays.
    Keep {
        /// Until when.
        until: Until,
        /// Why: all rules and holds that count.
        reasons: Vec<Reason>,
    },
    /// It may be disposed of, by the number of people the policy asks for.
    MayDispose(Warrant),
}

/// The policy has no such class; the object stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the retention policy has no class {0}")]
pub struct UnknownClass(pub RetentionClass);

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// Everything that is wrong with it, not only the first.
    pub fn parse(toml: &str) -> Result<Self, Vec<PolicyProblem>> {
        parse::parse(toml)
    }

    /// The policy shipped with the program.
    pub fn embedded() -> Self {
        #[expect(clippy::expect_used, reason = "the file is part of the program; a test parses it")]
        Self::parse(EMBEDDED).expect("the embedded policy is valid")
    }

    /// The text of the policy shipped with the program.
    pub fn embedded_text() -> &'static str {
        EMBEDDED
    }

    /// The digest of the policy's text, stored with each decision.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// How many different people have to approve a disposal; at least two.
    pub fn approvals(&self) -> u8 {
        self.approvals
    }

    /// The classes in the order of their names.
    pub fn classes(&self) -> impl Iterator<Item = &RetentionClass> {
        self.classes.keys()
    }

    /// What this policy promises for a class. The caller keeps it with the object and gives it back in [`Facts`].
    ///
    /// # Errors
    /// [`UnknownClass`].
    pub fn promise(&self, class: &RetentionClass) -> Result<Promise, UnknownClass> {
        let rules = self.classes.get(class).ok_or_else(|| UnknownClass(class.clone()))?;
        Ok(Promise { rules: rules.rules.clone() })
    }

    /// What is to happen with an object on the day `today`.
    ///
    /// # Errors
    /// [`UnknownClass`]: nothing may be disposed of then.
    pub fn decide(
        &self,
        class: &RetentionClass,
        facts: &Facts,
        today: NaiveDate,
    ) -> Result<Decision, UnknownClass> {
        let promise = self.promise(class)?.and(&facts.promise);
        let by_rule = promise.rules().map(|rule| Reason::Rule { rule, until: rule.until(facts) });
        let reasons: Vec<Reason> = by_rule.chain(facts.holds.iter().copied().map(Reason::Hold)).collect();
        // A policy without rules for a class does not parse, so this is never empty; were it so, the object stays.
        let until = reasons.iter().map(Reason::until).max().unwrap_or(Until::Open);
        if until > Until::Day(today) {
            return Ok(Decision::Keep { until, reasons });
        }
        Ok(self.leave(class, facts, today, reasons))
    }

    /// What is to happen with an object that was deposited to somebody it does not belong to. Its time to keep is that of
    /// the copy; a hold keeps it all the same.
    ///
    /// # Errors
    /// [`UnknownClass`]: nothing may be disposed of then.
    pub fn decide_misfiled(
        &self,
        class: &RetentionClass,
        facts: &Facts,
        misfiled: Misfiled,
        today: NaiveDate,
    ) -> Result<Decision, UnknownClass> {
        self.promise(class)?;
        if facts.holds.is_empty() {
            return Ok(self.leave(class, facts, today, vec![Reason::Misfiled(misfiled)]));
        }
        let reasons = facts.holds.iter().copied().map(Reason::Hold).collect();
        Ok(Decision::Keep { until: Until::Open, reasons })
    }

    fn leave(
        &self,
        class: &RetentionClass,
        facts: &Facts,
        today: NaiveDate,
        reasons: Vec<Reason>,
    ) -> Decision {
        Decision::MayDispose(Warrant::new(Grounds {
            object: facts.object,
            class: class.clone(),
            decided: today,
            policy: self.digest,
            approvals: self.approvals,
            reasons,
        }))
    }

    /// The policy, or one class of it, in words.
    pub fn explain(&self, language: Language, class: Option<&RetentionClass>) -> String {
        words::explain(self, language, class)
    }
}

impl Rule {
    fn until(self, facts: &Facts) -> Until {
        let from = match self.from {
            Anchor::Birth => facts.birth,
            Anchor::CaseClosed => facts.case_closed,
            Anchor::Deposit => Some(facts.deposited),
        };
        // A day beyond the calendar is as good as no end.
        from.and_then(|day| years_after(day, self.years)).map_or(Until::Open, Until::Day)
    }
}

impl Reason {
    fn until(&self) -> Until {
        match self {
            Self::Rule { until, .. } => *until,
            Self::Hold(_) => Until::Open,
            Self::Misfiled(_) => Until::Day(NaiveDate::MIN),
        }
    }
}

/// The same day so many years later; 29 February becomes 1 March, so that nothing goes a day early.
fn years_after(day: NaiveDate, years: u16) -> Option<NaiveDate> {
    let year = day.year() + i32::from(years);
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

#[cfg(test)]
mod tests;
