//! Fields as they were asked for: each is taken as it should be, or its problem is noted beside the others.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::problem::FieldProblem;

/// Names, titles and other words on one line.
pub const WORD_CHARACTERS: usize = 200;

/// A value that the contract names, through its own serde names.
pub fn name<T: DeserializeOwned>(
    wrong: &mut Vec<FieldProblem>,
    field: &str,
    given: Option<&str>,
) -> Option<T> {
    let given = given.filter(|given| !given.is_empty())?;
    let value = serde_json::from_value(serde_json::Value::String(given.to_owned())).ok();
    if value.is_none() {
        let (da, en) =
            (format!("Feltet {field} kender vi ikke sådan."), format!("We do not know {field} like that."));
        wrong.push(FieldProblem::new(field, "unknown_value", da, en));
    }
    value
}

pub fn required_name<T: DeserializeOwned>(
    wrong: &mut Vec<FieldProblem>,
    field: &str,
    given: Option<&str>,
) -> Option<T> {
    if given.is_none_or(str::is_empty) {
        let (da, en) = (format!("Feltet {field} mangler."), format!("The field {field} is missing."));
        wrong.push(FieldProblem::new(field, "required", da, en));
        return None;
    }
    name(wrong, field, given)
}

/// Words on one line that must be there; `what` they are, in Danish and English, as one misses them: "et navn".
pub fn words(
    wrong: &mut Vec<FieldProblem>,
    field: &str,
    what: (&str, &str),
    given: Option<String>,
) -> String {
    let words = line(wrong, field, given);
    if words.is_none() {
        let (da, en) = (format!("Der mangler {}.", what.0), format!("There is no {}.", what.1));
        wrong.push(FieldProblem::new(field, "required", da, en));
    }
    words.unwrap_or_default()
}

/// A short text on one line; blank is the same as left out.
pub fn line(wrong: &mut Vec<FieldProblem>, field: &str, given: Option<String>) -> Option<String> {
    let given = given?.trim().to_owned();
    if given.chars().count() > WORD_CHARACTERS {
        let (da, en) = ("Her er der plads til 200 tegn.", "There is room for 200 characters here.");
        wrong.push(FieldProblem::new(field, "too_long", da, en));
    }
    check_characters(wrong, field, &given, false);
    (!given.is_empty()).then_some(given)
}

/// Words that must be there, of bounded length and without unreadable characters.
pub fn required_line(wrong: &mut Vec<FieldProblem>, field: &str, given: &str, most: usize) {
    if given.trim().is_empty() {
        let (da, en) = (format!("Feltet {field} mangler."), format!("The field {field} is missing."));
        wrong.push(FieldProblem::new(field, "required", da, en));
    }
    if given.chars().count() > most {
        let (da, en) =
            (format!("Feltet {field} må være på {most} tegn."), format!("{field} may be {most} characters."));
        wrong.push(FieldProblem::new(field, "too_long", da, en));
    }
    check_characters(wrong, field, given, true);
}

/// NUL and other control characters mean that something broke on the way.
pub fn check_characters(wrong: &mut Vec<FieldProblem>, field: &str, text: &str, lines: bool) {
    let allowed = |char: char| lines && matches!(char, '\n' | '\r' | '\t');
    if text.chars().any(|char| char.is_control() && !allowed(char)) {
        let (da, en) =
            ("Teksten har tegn, der ikke kan læses.", "The text has characters that cannot be read.");
        wrong.push(FieldProblem::new(field, "unreadable_characters", da, en));
    }
}

/// A day that must be there.
pub fn required_day(
    wrong: &mut Vec<FieldProblem>,
    field: &str,
    given: Option<&str>,
    today: Option<NaiveDate>,
) -> Option<NaiveDate> {
    if given.is_none_or(str::is_empty) {
        wrong.push(FieldProblem::new(field, "required", "Datoen mangler.", "The date is missing."));
    }
    day(wrong, field, given, today)
}

/// A day from 1900 on; where `today` is given, no later than that.
pub fn day(
    wrong: &mut Vec<FieldProblem>,
    field: &str,
    given: Option<&str>,
    today: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let given = given.filter(|given| !given.is_empty())?;
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN);
    let (code, da, en) = match (given.parse::<NaiveDate>(), today) {
        (Ok(day), _) if given.len() == 10 && day >= first && today.is_none_or(|today| day <= today) => {
            return Some(day);
        }
        (Ok(_), Some(today)) => (
            "date_out_of_range",
            format!("Datoen skal ligge mellem 1. januar 1900 og i dag, {today}."),
            format!("The date must lie between 1 January 1900 and today, {today}."),
        ),
        (Ok(_), None) => (
            "date_out_of_range",
            "Datoen skal ligge efter 1. januar 1900.".into(),
            "The date must lie after 1 January 1900.".into(),
        ),
        (Err(_), _) => (
            "malformed_date",
            "Datoen skal skrives som 2026-08-03.".into(),
            "The date is written like 2026-08-03.".into(),
        ),
    };
    wrong.push(FieldProblem::new(field, code, da, en));
    None
}

/// Refuses an end before the beginning.
pub fn check_order(
    wrong: &mut Vec<FieldProblem>,
    field: &str,
    from: Option<NaiveDate>,
    end: Option<NaiveDate>,
) {
    if let (Some(from), Some(end)) = (from, end)
        && end < from
    {
        let (da, en) =
            ("Den sidste dag kan ikke ligge før den første.", "The last day cannot lie before the first.");
        wrong.push(FieldProblem::new(field, "date_out_of_range", da, en));
    }
}

/// What was asked, when nothing is wrong with it.
pub fn unless_wrong<T>(wrong: Vec<FieldProblem>, asked: T) -> Result<T, crate::problem::Problem> {
    if wrong.is_empty() { Ok(asked) } else { Err(crate::problem::Problem::Invalid(wrong)) }
}
