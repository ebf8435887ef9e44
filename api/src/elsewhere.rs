//! Where else there may be papers about somebody: the institutions, schools and municipalities of their childhood, as the
//! register has them, and the places where everybody's may lie, which are kept as data.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use renderer::figures::denmark;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::MayTakeHome;
use crate::domain::document::{HomeKind, Placement};
use crate::domain::life::School;
use crate::problem::Problem;

/// A childhood has fewer.
const RECORDS: u64 = 500;
const KNOWN: &str = include_str!("elsewhere.toml");

/// Somewhere there may be something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PlaceElsewhere {
    #[schema(example = "Ungdomshjemmet Solbakken")]
    pub name: String,
    /// institution, school, municipality, national, health, appeals, courts or parish.
    #[schema(example = "institution")]
    pub what: String,
    /// The first year there; absent where it is everybody's.
    pub from: Option<i32>,
    /// The last year there.
    pub to: Option<i32>,
    /// Where its address is found.
    pub web: Option<String>,
}

/// A file of places.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    place: Vec<Known>,
}

/// A place where everybody's papers may lie.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    name: String,
    what: What,
    web: Option<String>,
    /// When somebody last looked whether this is right.
    looked_up: toml::value::Datetime,
}

/// What a place keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    National,
    Health,
    Appeals,
    Courts,
    Parish,
}

impl What {
    fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Health => "health",
            Self::Appeals => "appeals",
            Self::Courts => "courts",
            Self::Parish => "parish",
        }
    }
}

/// The places of the configured file, or those that come with the program.
pub fn known(file: Option<&Path>) -> Result<Vec<Known>, String> {
    let text = match file {
        Some(path) => {
            std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?
        }
        None => KNOWN.to_owned(),
    };
    read(&text)
}

fn read(text: &str) -> Result<Vec<Known>, String> {
    Ok(toml::from_str::<Places>(text).map_err(|error| error.to_string())?.place)
}

/// All of them, those of one's own childhood first.
pub async fn places(app: &App, may: &MayTakeHome) -> Result<Vec<PlaceElsewhere>, Problem> {
    let homes = app.db.placements(may.child, None, RECORDS).await?.items;
    let homes: Vec<Placement> = homes.into_iter().map(|(_, home)| home).collect();
    let schools = app.db.life::<School>(may.child, None, RECORDS).await?.items;
    let schools = schools.into_iter().map(|stored| stored.record);
    let mut places: Vec<PlaceElsewhere> = homes
        .iter()
        .filter(|home| home.home_kind == HomeKind::Institution)
        .map(|home| there("institution", home.home_name.clone(), home.from, home.to))
        .chain(schools.map(|school| there("school", school.name.clone(), school.from, school.to)))
        .collect();
    places.extend(municipalities(&homes));
    let known = app.elsewhere.iter().map(|known| PlaceElsewhere {
        name: known.name.clone(),
        what: known.what.as_str().to_owned(),
        from: None,
        to: None,
        web: known.web.clone(),
    });
    places.extend(known);
    Ok(places)
}

fn there(what: &str, name: String, from: NaiveDate, to: Option<NaiveDate>) -> PlaceElsewhere {
    let to = to.map(|to| to.year());
    PlaceElsewhere { name, what: what.to_owned(), from: Some(from.year()), to, web: None }
}

/// Each municipality one lived in, from the first year to the last.
fn municipalities(homes: &[Placement]) -> Vec<PlaceElsewhere> {
    let mut found: BTreeMap<&str, (NaiveDate, Option<NaiveDate>)> = BTreeMap::new();
    for home in homes {
        let Some(municipality) = home.municipality.as_deref().and_then(denmark::municipality) else {
            continue;
        };
        let span = found.entry(municipality.name).or_insert((home.from, home.to));
        span.0 = span.0.min(home.from);
        span.1 = span.1.zip(home.to).map(|(one, other)| one.max(other));
    }
    let place = |(name, (from, to)): (&str, _)| there("municipality", name.to_owned(), from, to);
    found.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_the_program_is_read_and_a_wrong_file_is_told_of() {
        assert!(known(None).unwrap().iter().any(|place| place.name == "Rigsarkivet"));
        let wrong = "[[place]]\nname = \"Arkivet\"\nwhat = \"moon\"\nlooked_up = 2026-11-29\n";
        assert!(read(wrong).unwrap_err().contains("moon"));
        assert!(known(Some(Path::new("/nowhere/steder.toml"))).is_err());
    }
}
