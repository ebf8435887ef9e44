//! Reading `retention-policy.toml`: every problem is told, each with its place.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{Anchor, ClassRules, Policy, Rule};
use crate::digest::Digest;
use crate::ids::RetentionClass;

/// Longer promises than this are typing errors.
const YEARS: std::ops::RangeInclusive<i64> = 1..=500;

/// One thing that is wrong with a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyProblem {
    /// Where, such as `class.edition.keep[0].years`.
    pub place: String,
    /// What is wrong, in Danish.
    pub da: String,
    /// What is wrong, in English.
    pub en: String,
}

#[derive(Default)]
struct Problems(Vec<PolicyProblem>);

impl Problems {
    fn add(&mut self, place: &str, da: &str, en: &str) {
        self.0.push(PolicyProblem { place: place.to_owned(), da: da.to_owned(), en: en.to_owned() });
    }

    fn unknown_keys(&mut self, place: &str, table: &Table, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
            self.add(&place, "kendes ikke her; er det en slåfejl?", "not known here; a typing error?");
        }
    }

    fn table<'a>(&mut self, place: &str, value: Option<&'a Value>) -> Option<&'a Table> {
        let table = value.and_then(Value::as_table);
        if table.is_none() {
            self.add(place, "mangler eller er ikke en tabel", "missing, or not a table");
        }
        table
    }
}

pub(super) fn parse(text: &str) -> Result<Policy, Vec<PolicyProblem>> {
    let mut problems = Problems::default();
    let table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(error) => {
            let da = format!("filen kan ikke læses som TOML: {}", error.message());
            let en = format!("the file is not TOML: {}", error.message());
            let place = error.span().map_or(String::new(), |span| line_of(text, span.start));
            return Err(vec![PolicyProblem { place, da, en }]);
        }
    };
    problems.unknown_keys("", &table, &["version", "disposal", "class"]);
    if table.get("version").and_then(Value::as_integer) != Some(1) {
        problems.add("version", "skal være 1", "must be 1");
    }
    let approvals = approvals(&table, &mut problems);
    let classes = classes(&table, &mut problems);
    if problems.0.is_empty() {
        return Ok(Policy { digest: Digest::of(text), approvals, classes });
    }
    Err(problems.0)
}

fn line_of(text: &str, offset: usize) -> String {
    let line = text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1;
    format!("linje/line {line}")
}

fn approvals(table: &Table, problems: &mut Problems) -> u8 {
    let Some(disposal) = problems.table("disposal", table.get("disposal")) else { return 2 };
    problems.unknown_keys("disposal", disposal, &["approvals"]);
    let count = disposal.get("approvals").and_then(Value::as_integer).unwrap_or(0);
    match u8::try_from(count) {
        Ok(count @ 2..=9) => count,
        _ => {
            problems.add("disposal.approvals", "skal være mellem 2 og 9", "must be from 2 to 9");
            2
        }
    }
}

fn classes(table: &Table, problems: &mut Problems) -> BTreeMap<RetentionClass, ClassRules> {
    let mut classes = BTreeMap::new();
    let Some(tables) = problems.table("class", table.get("class")) else { return classes };
    for (name, value) in tables {
        let place = format!("class.{name}");
        let Ok(class) = name.parse::<RetentionClass>() else {
            problems.add(&place, "navnet må kun have a-z, 0-9 og _", "the name may hold a-z, 0-9 and _ only");
            continue;
        };
        if let Some(table) = problems.table(&place, Some(value)) {
            classes.insert(class, class_rules(&place, table, problems));
        }
    }
    if classes.is_empty() {
        problems.add("class", "der skal være mindst en klasse", "there must be at least one class");
    }
    classes
}

fn class_rules(place: &str, table: &Table, problems: &mut Problems) -> ClassRules {
    problems.unknown_keys(place, table, &["da", "en", "keep"]);
    let mut words = |language: &str| {
        let text = table.get(language).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        if text.is_empty() {
            let place = format!("{place}.{language}");
            problems.add(
                &place,
                "mangler: sig i ord, hvad klassen er",
                "missing: say in words what the class is",
            );
        }
        text
    };
    let (da, en) = (words("da"), words("en"));
    let place = format!("{place}.keep");
    let listed = table.get("keep").and_then(Value::as_array).filter(|rules| !rules.is_empty());
    if listed.is_none() {
        problems.add(&place, "mangler: mindst en regel", "missing: at least one rule");
    }
    let mut rules = BTreeSet::new();
    for (position, value) in listed.into_iter().flatten().enumerate() {
        rules.extend(rule(&format!("{place}[{position}]"), value, problems));
    }
    ClassRules { da, en, rules }
}

fn rule(place: &str, value: &Value, problems: &mut Problems) -> Option<Rule> {
    let table = problems.table(place, Some(value))?;
    problems.unknown_keys(place, table, &["years", "from"]);
    let years = table.get("years").and_then(Value::as_integer).filter(|years| YEARS.contains(years));
    if years.is_none() {
        problems.add(
            &format!("{place}.years"),
            "skal være et helt tal fra 1 til 500",
            "must be a whole number, 1 to 500",
        );
    }
    let from = match table.get("from").and_then(Value::as_str) {
        Some("birth") => Some(Anchor::Birth),
        Some("case_closed") => Some(Anchor::CaseClosed),
        Some("deposit") => Some(Anchor::Deposit),
        _ => None,
    };
    if from.is_none() {
        let (da, en) =
            ("skal være birth, case_closed eller deposit", "must be birth, case_closed or deposit");
        problems.add(&format!("{place}.from"), da, en);
    }
    Some(Rule { from: from?, years: u16::try_from(years?).ok()? })
}
