//! From a line of the index to the entry it asks for.

use serde::Serialize;

use super::columns::{Column, is_unknown, word};
use super::folder::place;
use super::index::Row;
use super::{Refusal, when};
use crate::auth::{MayContribute, digest};
use crate::contribute::{NewEntry, NewText};
use crate::domain::entry::Readiness;
use crate::problem::{FieldProblem, Problem};

/// What a line asks for, before its files are looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Where its files lie in the folder.
    pub files: Vec<String>,
    pub entry: NewEntry,
    pub alt: Option<String>,
    pub author: Option<String>,
    pub role: Option<String>,
    pub source: Option<String>,
}

impl Line {
    /// Reads a row. What is missing stays missing; what nobody knows is said to be unknown.
    pub fn read(row: &Row, may: &MayContribute, born: chrono::NaiveDate) -> Result<Self, Refusal> {
        let files: Vec<String> =
            row.several(Column::File).iter().map(|name| place(name)).collect::<Result<_, _>>()?;
        let owned = |column| row.get(column).map(str::to_owned);
        let known = |column| owned(column).filter(|given| !is_unknown(given));
        let named = |column| row.get(column).map(word);
        let (occurred_on, precision) =
            when_it_was(row, born).map_err(|wrong| Refusal::of(&Problem::Invalid(vec![wrong])))?;
        let title = owned(Column::Title).or_else(|| files.first().map(|name| without_ending(name)));
        let kind = named(Column::Kind);
        let text = row.get(Column::Text).map(|text| NewText {
            band: named(Column::Band).unwrap_or_else(|| "18+".into()),
            language: row.get(Column::Language).unwrap_or("da").to_lowercase(),
            text: text.to_owned(),
        });
        let people = row
            .get(Column::People)
            .map(|people| if is_unknown(people) { Vec::new() } else { row.several(Column::People) });
        let readiness = readiness(row, may.ties.age, kind.as_deref())?;
        let entry = NewEntry {
            kind,
            title,
            texts: text.into_iter().collect(),
            occurred_on: Some(occurred_on),
            precision: Some(precision),
            people,
            place: known(Column::Place),
            basis: Some(named(Column::Basis).unwrap_or_else(|| "read".into())),
            purpose: owned(Column::Purpose),
            chapter: row.get(Column::Chapter).map(str::to_lowercase),
            readiness,
            ..NewEntry::default()
        };
        let (alt, author, role) = (owned(Column::Alt), known(Column::Author), known(Column::Role));
        Ok(Self { files, entry, alt, author, role, source: owned(Column::Source) })
    }

    /// Of what kind it is, where the index does not say: as its first file is.
    pub fn kind_by_file(&mut self, media_type: &str, age: u32) {
        if self.entry.kind.is_none() {
            let kind = match media_type.split('/').next() {
                Some("image") => "photo",
                Some("audio") => "sound",
                Some("video") => "video",
                _ => "document",
            };
            self.entry.kind = Some(kind.into());
            self.entry.readiness = self.entry.readiness.take().or_else(|| first_together(kind, age, None));
        }
    }

    /// By what a line without files is known again: by its words.
    pub fn words(&self) -> String {
        digest(&serde_json::to_string(self).unwrap_or_default())
    }
}

fn when_it_was(row: &Row, born: chrono::NaiveDate) -> Result<(String, String), FieldProblem> {
    let given = row.get(Column::OccurredOn).unwrap_or_default();
    let written = when::read(given).ok_or_else(|| {
        FieldProblem::new(
            "occurred_on",
            "malformed_date",
            "Datoen skal skrives som 1994-05-03, 3.5.1994, 5.1994, 1994, ca. 1994 eller ukendt.",
            "The date is written like 1994-05-03, 3.5.1994, 5.1994, 1994, ca. 1994 or unknown.",
        )
    })?;
    let precision = row.get(Column::Precision).map_or_else(|| written.precision.to_owned(), word);
    if !when::can_be(written.precision, &precision) {
        let (da, en) = ("Datoen siger ikke så meget.", "The date does not tell as much as that.");
        return Err(FieldProblem::new("precision", "out_of_range", da, en));
    }
    // The day only orders the page then: at the beginning of the life.
    Ok((written.day.unwrap_or(born).to_string(), precision))
}

fn readiness(row: &Row, age: u32, kind: Option<&str>) -> Result<Option<Readiness>, Refusal> {
    let ask = row.get(Column::Ask);
    match row.get(Column::Readiness).map(word).as_deref() {
        None => Ok(kind.and_then(|kind| first_together(kind, age, ask))),
        Some("open") => Ok(Some(Readiness::Open)),
        Some("with_adult") => Ok(Some(together(ask))),
        Some(_) => {
            let (da, en) = ("readiness er open eller with_adult.", "readiness is open or with_adult.");
            Err(Refusal::of(&Problem::Invalid(vec![FieldProblem::new("readiness", "unknown_value", da, en)])))
        }
    }
}

/// Nobody has read the papers of a case with a child's eyes yet: a child meets them with an adult beside it. Who is grown
/// reads them as they come.
fn first_together(kind: &str, age: u32, ask: Option<&str>) -> Option<Readiness> {
    let of_a_case = matches!(kind, "document" | "decision" | "statement" | "talk");
    (of_a_case && age < 18).then(|| together(ask))
}

fn together(ask: Option<&str>) -> Readiness {
    Readiness::WithAdult { ask: ask.unwrap_or("din rådgiver").to_owned() }
}

fn without_ending(place: &str) -> String {
    let name = place.rsplit('/').next().unwrap_or(place);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).chars().take(200).collect()
}
