//! The policy in words, for people who decide by it.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::{Anchor, ClassRules, Hold, Misfiled, Policy, Reason, Rule, Until};
use crate::ids::RetentionClass;

/// The language of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Dansk.
    Danish,
    /// English.
    English,
}

use Language::{Danish, English};

pub(super) fn explain(policy: &Policy, language: Language, class: Option<&RetentionClass>) -> String {
    let chosen = policy.classes.iter().filter(|(name, _)| class.is_none_or(|class| class == *name));
    let mut text: String = chosen.map(|(name, rules)| explain_class(name, rules, language)).collect();
    let approvals = policy.approvals;
    text += &match language {
        Danish => format!(
            "Intet forsvinder af sig selv. Når tiden er gået, skal {approvals} forskellige personer godkende det,\n\
             og ingen må have bedt om, at det bliver. Det, der er lovet, kan forlænges, men aldrig forkortes.\n"
        ),
        English => format!(
            "Nothing goes by itself. When the time has passed, {approvals} different people have to approve,\n\
             and nobody may have asked for it to stay. What was promised can be lengthened, never shortened.\n"
        ),
    };
    text
}

fn explain_class(name: &RetentionClass, rules: &ClassRules, language: Language) -> String {
    let about = if language == Danish { &rules.da } else { &rules.en };
    let mut text = format!("{name}: {about}.\n");
    let ends: Vec<String> = rules.rules.iter().map(|rule| rule.words(language)).collect();
    // Writing to a string never fails.
    let _ = match (language, ends.as_slice()) {
        (Danish, [one]) => writeln!(text, "  Gemmes {one}."),
        (English, [one]) => writeln!(text, "  Kept {one}."),
        (Danish, many) => writeln!(text, "  Gemmes {}; det, der varer længst, gælder.", many.join(", og ")),
        (English, many) => writeln!(text, "  Kept {}; whichever lasts longest.", many.join(", and ")),
    };
    let waits_for_case = rules.rules.iter().any(|rule| rule.from == Anchor::CaseClosed);
    if waits_for_case {
        text += match language {
            Danish => "  Så længe sagen er åben, er der ingen udløbsdag.\n",
            English => "  While the case is open there is no last day.\n",
        };
    }
    text + "\n"
}

impl Rule {
    /// `til 100 år efter barnets fødsel`.
    fn words(&self, language: Language) -> String {
        let years = self.years;
        match (language, self.from) {
            (Danish, Anchor::Birth) => format!("til {years} år efter barnets fødsel"),
            (Danish, Anchor::CaseClosed) => format!("til {years} år efter, at sagen blev lukket"),
            (Danish, Anchor::Deposit) => format!("til {years} år efter, at det blev lagt ind"),
            (English, Anchor::Birth) => format!("until {years} years after the child's birth"),
            (English, Anchor::CaseClosed) => format!("until {years} years after the case was closed"),
            (English, Anchor::Deposit) => format!("until {years} years after it was deposited"),
        }
    }
}

impl Reason {
    /// The reason in a sentence.
    pub fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::Rule { rule, until: Until::Day(day) }, Danish) => {
                format!("Gemmes {}, altså til {}.", rule.words(language), date(*day, language))
            }
            (Self::Rule { rule, until: Until::Day(day) }, English) => {
                format!("Kept {}, that is until {}.", rule.words(language), date(*day, language))
            }
            (Self::Rule { rule, until: Until::Open }, Danish) => {
                format!("Gemmes {}. Den dag kendes ikke endnu.", rule.words(language))
            }
            (Self::Rule { rule, until: Until::Open }, English) => {
                format!("Kept {}. That day is not known yet.", rule.words(language))
            }
            (Self::Hold(hold), language) => hold.words(language).to_owned(),
            (Self::Misfiled(misfiled), language) => misfiled.words(language).to_owned(),
        }
    }
}

impl Misfiled {
    fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::CopiedTo(_), Danish) => "Det hørte til et andet barn og ligger nu dér.",
            (Self::CopiedTo(_), English) => "It belonged to another child and lies there now.",
            (Self::Shows(_), Danish) => {
                "Den viste noget, der hørte til et andet barn. Den kan laves igen uden."
            }
            (Self::Shows(_), English) => {
                "It showed something that belonged to another child. It can be made again without."
            }
        }
    }
}

impl Hold {
    fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Person, Danish) => "Gemmes, fordi den, det handler om, har bedt om det.",
            (Self::Person, English) => "Kept because the person it is about has asked for it.",
            (Self::Dispute, Danish) => "Gemmes, fordi der er en klage eller en retssag.",
            (Self::Dispute, English) => "Kept because there is a complaint or a court case.",
            (Self::Request, Danish) => "Gemmes, fordi nogen har bedt om indsigt og ikke har fået svar endnu.",
            (Self::Request, English) => "Kept because somebody has asked for access and has no answer yet.",
            (Self::NationalArchive, Danish) => "Gemmes, fordi Rigsarkivet har bestemt det.",
            (Self::NationalArchive, English) => "Kept because the Danish National Archives have decided so.",
        }
    }
}

fn date(day: NaiveDate, language: Language) -> String {
    const DANISH: [&str; 12] = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    match language {
        Danish => format!("{}. {} {}", day.day(), DANISH[day.month0() as usize], day.year()),
        English => day.format("%-d %B %Y").to_string(),
    }
}
