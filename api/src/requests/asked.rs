//! What the two sides send, as it comes in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::WORDS_CHARACTERS;
use crate::domain::request::{Elsewhere, No, Outcome, Scope};
use crate::fields::{required_day, required_line, required_name, unless_wrong};
use crate::problem::{FieldProblem, Problem};

/// A request for what the archive has about oneself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    /// Whose papers; the asker's own when left out.
    pub child: Option<Uuid>,
    /// everything (when left out) or part.
    #[schema(example = "everything")]
    pub scope: Option<String>,
    /// In the asker's own words; for a part: which. Up to 5,000 characters.
    pub words: Option<String>,
}

/// A step on the way to the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStep {
    /// acknowledge, search, review, or postpone: another promise.
    #[schema(required, example = "acknowledge")]
    pub step: Option<String>,
    /// With acknowledge and postpone: the day by which the answer comes; left out with acknowledge, the day that follows
    /// from the settings.
    #[schema(example = "2026-12-15")]
    pub answer_by: Option<String>,
    /// The asker reads it. Required where the answer comes later than it should.
    pub words: Option<String>,
    /// With search: where else there may be more.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
}

/// Yes, yes in part, or no; and what the second person says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// granted, granted_in_part, refused; for the second person agreed or sent_back.
    #[schema(required, example = "granted")]
    pub outcome: Option<String>,
    /// The asker reads it. With sent_back: why; required there.
    pub words: Option<String>,
    /// Why not; required with any no.
    pub reason: Option<String>,
    /// The law and its section; required with any no.
    #[schema(example = "Forvaltningsloven § 15 b")]
    pub ground: Option<String>,
    /// Where and how one complains; required with any no.
    pub complain_to: Option<String>,
    /// The last day for it; required with any no.
    #[schema(example = "2027-01-11")]
    pub complain_by: Option<String>,
}

/// A question to the archive, or its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// Up to 5,000 characters.
    pub words: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Asked {
    Everything,
    Part,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Granted,
    GrantedInPart,
    Refused,
}

impl NewRequest {
    pub(super) fn scope(&self) -> Result<Scope, Problem> {
        let mut wrong = Vec::new();
        let words = some_words(&mut wrong, self.words.as_deref());
        let asked = self.scope.as_deref().filter(|scope| !scope.is_empty()).unwrap_or("everything");
        let asked = required_name::<Asked>(&mut wrong, "scope", Some(asked));
        let scope = match (asked, words) {
            (Some(Asked::Part), None) => {
                let (da, en) = ("Skriv, hvad du gerne vil have.", "Say what you would like to have.");
                wrong.push(FieldProblem::new("words", "required", da, en));
                Scope::Everything { words: None }
            }
            (Some(Asked::Part), Some(words)) => Scope::Part { words },
            (_, words) => Scope::Everything { words },
        };
        unless_wrong(wrong, scope)
    }
}

impl NewDecision {
    /// Nobody has said what is decided.
    pub(super) fn without_outcome(&self) -> Problem {
        let mut wrong = Vec::new();
        required_name::<Said>(&mut wrong, "outcome", self.outcome.as_deref());
        Problem::Invalid(wrong)
    }

    /// What is decided. A no, in whole or in part, tells everything that is needed to understand it and to complain.
    pub(super) fn outcome(&self, today: chrono::NaiveDate) -> Result<(Outcome, Option<String>), Problem> {
        let mut wrong = Vec::new();
        let said = required_name::<Said>(&mut wrong, "outcome", self.outcome.as_deref());
        let words = some_words(&mut wrong, self.words.as_deref());
        let outcome = match said {
            None | Some(Said::Granted) => Outcome::Granted,
            Some(Said::Refused) => Outcome::Refused { no: self.no(&mut wrong, today) },
            Some(Said::GrantedInPart) => Outcome::GrantedInPart { no: self.no(&mut wrong, today) },
        };
        unless_wrong(wrong, (outcome, words))
    }

    fn no(&self, wrong: &mut Vec<FieldProblem>, today: chrono::NaiveDate) -> No {
        let fields = [
            ("reason", &self.reason, ("Skriv, hvorfor.", "Say why.")),
            ("ground", &self.ground, ("Skriv loven og paragraffen.", "Name the law and its section.")),
            ("complain_to", &self.complain_to, ("Skriv, hvor man klager.", "Say where one complains.")),
        ];
        let [reason, ground, complain_to] = fields.map(|(field, given, missing)| {
            let words = some_words_of(wrong, field, given.as_deref());
            if words.is_none() {
                wrong.push(FieldProblem::new(field, "required", missing.0, missing.1));
            }
            words.unwrap_or_default()
        });
        let complain_by = required_day(wrong, "complain_by", self.complain_by.as_deref(), None);
        if complain_by.is_some_and(|day| day < today) {
            let (da, en) = ("Fristen for at klage er gået.", "The time to complain has passed.");
            wrong.push(FieldProblem::new("complain_by", "date_out_of_range", da, en));
        }
        No { reason, ground, complain_to, complain_by: complain_by.unwrap_or(today) }
    }
}

/// Words that may be left out.
pub(super) fn some_words(wrong: &mut Vec<FieldProblem>, given: Option<&str>) -> Option<String> {
    some_words_of(wrong, "words", given)
}

fn some_words_of(wrong: &mut Vec<FieldProblem>, field: &str, given: Option<&str>) -> Option<String> {
    let given = given.map(str::trim).filter(|given| !given.is_empty())?;
    required_line(wrong, field, given, WORDS_CHARACTERS);
    Some(given.to_owned())
}
