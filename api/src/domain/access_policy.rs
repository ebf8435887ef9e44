//! Who else may be given something of a book, once the one it is about has died: the access classes with their terms, and
//! what the person said while they lived. A pure function of facts and the day. Closed is what holds where nothing else does.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// The policy shipped with the program.
const EMBEDDED: &str = include_str!("../../../access-policy.toml");
/// Terms are no longer than this: what is longer is a slip of the pen.
const YEARS: u16 = 200;

/// As whom somebody asks for what is another's.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AccessClass {
    /// Children, siblings, parents, partner, foster family.
    NextOfKin,
    Researcher,
    Anyone,
}

/// What the one a book is about has said while they lived: yes, no, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Afterwards {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_of_kin: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub researcher: Option<bool>,
    /// In their own words: who, and who not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// What `access-policy.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessPolicy {
    classes: BTreeMap<AccessClass, Terms>,
}

/// What holds for one class.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// It opens when the terms have passed; otherwise by the person's own word alone.
    pub open: bool,
    /// Whole years after the death.
    pub after_death: u16,
    /// Whole years after the youngest page was written.
    pub after_writing: u16,
    /// The law and its section.
    pub ground: String,
    pub complain_to: InWords,
}

/// The same in Danish and English.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InWords {
    pub da: String,
    pub en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default)]
    class: BTreeMap<AccessClass, Terms>,
}

/// What is known of a book when it is decided about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The day the one it is about died; absent while they live.
    pub died: Option<NaiveDate>,
    /// The day the youngest page was written; absent where there is none.
    pub written: Option<NaiveDate>,
    pub said: Afterwards,
}

/// Why a book may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The one it is about said so.
    BySelf,
    /// The terms have passed.
    ByTerms,
}

/// Why it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The one it is about lives, as far as the register knows.
    Lives,
    /// The one it is about said no.
    SaidNo,
    /// The policy does not open this class.
    NotOpened,
    /// The terms last until the day before this one.
    Until(NaiveDate),
}

impl AccessClass {
    pub const ALL: [Self; 3] = [Self::NextOfKin, Self::Researcher, Self::Anyone];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::NextOfKin => "next_of_kin",
            Self::Researcher => "researcher",
            Self::Anyone => "anyone",
        }
    }

    /// In Danish and English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NextOfKin => ("De nærmeste", "Next of kin"),
            Self::Researcher => ("Forskere", "Researchers"),
            Self::Anyone => ("Alle andre", "Everybody else"),
        }
    }
}

impl Afterwards {
    fn of(&self, class: AccessClass) -> Option<bool> {
        match class {
            AccessClass::NextOfKin => self.next_of_kin,
            AccessClass::Researcher => self.researcher,
            // What everybody may read is for the law to say, in three generations.
            AccessClass::Anyone => None,
        }
    }
}

impl AccessPolicy {
    /// The policy shipped with the program.
    pub fn embedded() -> Self {
        #[expect(clippy::expect_used, reason = "the file is part of the program; a test parses it")]
        Self::parse(EMBEDDED).expect("the embedded access policy is whole")
    }

    /// Reads a policy. A class that is not named in it is closed to all but the person's own word.
    pub fn parse(text: &str) -> Result<Self, String> {
        let File { version, class } = toml::from_str(text).map_err(|error| error.to_string())?;
        if version != 1 {
            return Err(format!("version {version} is unknown; this program reads version 1"));
        }
        for (name, terms) in &class {
            let name = name.as_str();
            if terms.after_death > YEARS || terms.after_writing > YEARS {
                return Err(format!("class.{name}: a term is longer than {YEARS} years"));
            }
            let said = [&terms.ground, &terms.complain_to.da, &terms.complain_to.en];
            if said.iter().any(|said| said.trim().is_empty()) {
                return Err(format!("class.{name}: a no needs its ground and where one complains"));
            }
        }
        Ok(Self { classes: class })
    }

    pub fn terms(&self, class: AccessClass) -> Option<&Terms> {
        self.classes.get(&class)
    }

    /// Whether somebody who asks as `class` may be given something of a book.
    pub fn judge(&self, class: AccessClass, facts: &Facts, today: NaiveDate) -> Result<Opened, Closed> {
        let died = facts.died.filter(|died| *died <= today).ok_or(Closed::Lives)?;
        match facts.said.of(class) {
            Some(true) => return Ok(Opened::BySelf),
            Some(false) => return Err(Closed::SaidNo),
            None => {}
        }
        let terms = self.terms(class).filter(|terms| terms.open).ok_or(Closed::NotOpened)?;
        let written = facts.written.unwrap_or(died);
        let opens = years_after(died, terms.after_death).max(years_after(written, terms.after_writing));
        if opens <= today { Ok(Opened::ByTerms) } else { Err(Closed::Until(opens)) }
    }

    /// The policy in words, a line for each class.
    pub fn explain(&self, english: bool) -> String {
        let line = |class: AccessClass| {
            let (da, en) = class.words();
            let terms = self.terms(class).filter(|terms| terms.open);
            let words = match (terms, english) {
                (None, false) => "lukket, medmindre den, bogen handler om, selv har sagt ja".to_owned(),
                (None, true) => "closed, unless the one the book is about said yes themselves".to_owned(),
                (Some(Terms { after_death, after_writing, .. }), false) => format!(
                    "kan få svar {after_death} år efter døden og {after_writing} år efter den yngste side"
                ),
                (Some(Terms { after_death, after_writing, .. }), true) => format!(
                    "can be answered {after_death} years after the death and {after_writing} years after the \
                     youngest page"
                ),
            };
            format!("{}: {words}.\n", if english { en } else { da })
        };
        AccessClass::ALL.into_iter().map(line).collect()
    }
}

impl Closed {
    /// Why not, in Danish and English.
    pub fn words(self) -> (String, String) {
        match self {
            Self::Lives => (
                "Registret siger ikke, at den, bogen handler om, er død. En levendes bog åbnes ikke for andre. Er \
                 dødsfaldet bevist, skriver lederen det i registret først."
                    .into(),
                "The register does not say that the one the book is about has died. A living person's book is not \
                 opened for others. Where the death is proven, the leader enters it in the register first."
                    .into(),
            ),
            Self::SaidNo => (
                "Den, bogen handler om, har sagt nej til det.".into(),
                "The one the book is about has said no to it.".into(),
            ),
            Self::NotOpened => (
                "Kommunen åbner ikke for denne slags, og den, bogen handler om, har ikke sagt ja.".into(),
                "The municipality does not open for this class, and the one the book is about has not said yes."
                    .into(),
            ),
            Self::Until(day) => (
                format!("Fristen er ikke gået: der kan åbnes fra {day}."),
                format!("The term has not passed: it can be opened from {day}."),
            ),
        }
    }
}

/// The same day so many years later; from a leap day the first of March.
fn years_after(day: NaiveDate, years: u16) -> NaiveDate {
    let year = day.year() + i32::from(years);
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn open(after_death: u16, after_writing: u16) -> AccessPolicy {
        let terms = |name: &str| {
            format!(
                "[class.{name}]\nopen = true\nafter_death = {after_death}\nafter_writing = {after_writing}\n\
                 ground = \"§\"\ncomplain_to = {{ da = \"K\", en = \"C\" }}\n"
            )
        };
        let classes: String = AccessClass::ALL.map(|class| terms(class.as_str())).concat();
        AccessPolicy::parse(&format!("version = 1\n{classes}")).unwrap()
    }

    fn facts(died: &str, written: &str, said: Option<bool>) -> Facts {
        let said = Afterwards { next_of_kin: said, researcher: said, words: None };
        Facts { died: Some(day(died)), written: Some(day(written)), said }
    }

    #[test]
    fn as_shipped_everything_is_closed_but_to_those_the_person_named() {
        let (shipped, today) = (AccessPolicy::embedded(), day("2226-01-01"));
        for class in AccessClass::ALL {
            let silent = facts("2026-01-01", "2020-01-01", None);
            assert_eq!(shipped.judge(class, &silent, today), Err(Closed::NotOpened), "{class:?}");
        }
        let yes = facts("2026-01-01", "2020-01-01", Some(true));
        assert_eq!(shipped.judge(AccessClass::NextOfKin, &yes, today), Ok(Opened::BySelf));
        assert_eq!(shipped.judge(AccessClass::Anyone, &yes, today), Err(Closed::NotOpened));
        assert_eq!(AccessPolicy::parse("version = 1").unwrap().terms(AccessClass::Anyone), None);
    }

    #[test]
    fn nobody_elses_while_one_lives_and_a_no_stays_a_no() {
        let policy = open(0, 0);
        let living = Facts { died: None, ..facts("2026-01-01", "2020-01-01", Some(true)) };
        assert_eq!(policy.judge(AccessClass::NextOfKin, &living, day("2126-01-01")), Err(Closed::Lives));
        let not_yet = facts("2026-01-02", "2020-01-01", Some(true));
        assert_eq!(policy.judge(AccessClass::NextOfKin, &not_yet, day("2026-01-01")), Err(Closed::Lives));
        let no = facts("2026-01-01", "2020-01-01", Some(false));
        for class in [AccessClass::NextOfKin, AccessClass::Researcher] {
            assert_eq!(policy.judge(class, &no, day("2126-01-01")), Err(Closed::SaidNo));
        }
    }

    #[test]
    fn both_terms_must_have_passed_and_they_pass_on_their_day() {
        let (policy, anyone) = (open(10, 75), AccessClass::Anyone);
        let facts = facts("2060-03-01", "2024-02-29", None);
        assert_eq!(policy.judge(anyone, &facts, day("2099-02-28")), Err(Closed::Until(day("2099-03-01"))));
        assert_eq!(policy.judge(anyone, &facts, day("2099-03-01")), Ok(Opened::ByTerms));
        let late = Facts { died: Some(day("2095-01-01")), ..facts };
        assert_eq!(policy.judge(anyone, &late, day("2099-03-01")), Err(Closed::Until(day("2105-01-01"))));
        let unwritten = Facts { written: None, ..late };
        assert_eq!(
            policy.judge(anyone, &unwritten, day("2099-03-01")),
            Err(Closed::Until(day("2170-01-01")))
        );
    }

    #[test]
    fn a_policy_that_is_not_whole_is_refused() {
        let whole = "[class.anyone]\nopen = true\nafter_death = 10\nafter_writing = 75\nground = \"§ 23\"\n\
                     complain_to = { da = \"K\", en = \"C\" }\n";
        assert!(AccessPolicy::parse(&format!("version = 1\n{whole}")).is_ok());
        for wrong in [
            format!("version = 2\n{whole}"),
            format!("version = 1\n{whole}more = 1\n"),
            format!("version = 1\n{}", whole.replace("anyone", "neighbours")),
            format!("version = 1\n{}", whole.replace("75", "750")),
            format!("version = 1\n{}", whole.replace("§ 23", " ")),
            format!("version = 1\n{}", whole.replace("open = true\n", "")),
        ] {
            assert!(AccessPolicy::parse(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn it_says_itself_in_words() {
        assert!(AccessPolicy::embedded().explain(false).contains("De nærmeste: lukket"));
        assert!(open(10, 75).explain(true).contains("Everybody else: can be answered 10 years"));
    }
}
