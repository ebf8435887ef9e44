//! Which of a municipality's children may be the one somebody says they were. Told to archivists alone, and never more than
//! a proposal: what decides is what two people have seen.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::app::App;
use crate::domain::access::{GROWN_AT, age_on};
use crate::domain::access_policy::{Afterwards, Closed, Opened};
use crate::domain::claim::Claim;
use crate::domain::document::{Child, Placement};
use crate::domain::ids::ChildId;
use crate::domain::names::sounds;
use crate::outsiders;
use crate::problem::Problem;

/// So many are looked at in the register, by birthday and by name.
const LOOKED_AT: u64 = 500;
/// So many are shown.
const SHOWN: usize = 12;
const HOMES: u64 = 50;

/// A child that may be the asker, and why.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub id: ChildId,
    pub child: Child,
    pub homes: Vec<Placement>,
    pub alike: Alike,
    /// Somebody comes in to this book as the one it is about.
    pub has_owner: bool,
    /// For an outsider's claim: whether it may be opened, and what the one it is about has said of it.
    pub open: Option<(Result<Opened, Closed>, Afterwards)>,
}

/// What is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    pub birthday: Birthday,
    /// So many words of the names they had as a child.
    pub names: usize,
    /// So many words of the homes and places.
    pub places: usize,
}

/// How near two birthdays are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Birthday {
    Other,
    /// One of day, month and year differs, or day and month were exchanged.
    Near,
    Same,
}

impl Birthday {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Near => "near",
            Self::Other => "other",
        }
    }
}

impl Alike {
    /// Worth looking at: the birthday, or most of a name.
    fn is_worth_a_look(self) -> bool {
        match self.birthday {
            Birthday::Same => true,
            Birthday::Near => self.names >= 1,
            Birthday::Other => self.names >= 2,
        }
    }

    /// More is nearer.
    fn rank(self) -> usize {
        let birthday = match self.birthday {
            Birthday::Same => 6,
            Birthday::Near => 3,
            Birthday::Other => 0,
        };
        birthday + 2 * self.names.min(4) + self.places.min(3)
    }
}

/// The nearest first.
pub async fn candidates(
    app: &App,
    Claim { municipality, told, outsider, .. }: &Claim,
) -> Result<Vec<Candidate>, Problem> {
    let names = sounds(&told.names_then);
    let days = nearby(told.born);
    let found = app.db.children_like(*municipality, &days, &names, LOOKED_AT).await?;
    let mut ranked: Vec<(Alike, ChildId, Child)> = Vec::with_capacity(found.len());
    for (id, child, called) in found {
        // A child that lives has its caseworker; of one that died others may ask.
        let may_be_meant = outsider.is_some() && child.died.is_some();
        if !may_be_meant && age_on(child.born, app.today()) < GROWN_AT {
            continue;
        }
        let alike = Alike {
            birthday: birthday(told.born, &days, child.born),
            names: called.intersection(&names).count(),
            places: 0,
        };
        if alike.is_worth_a_look() {
            ranked.push((alike, id, child));
        }
    }
    ranked.sort_by_key(|(alike, id, _)| (std::cmp::Reverse(alike.rank()), *id));
    ranked.truncate(3 * SHOWN);
    let places = sounds(told.places.as_deref().unwrap_or_default());
    let mut candidates = Vec::with_capacity(ranked.len());
    for (alike, id, child) in ranked {
        let homes = app.db.placements(id, None, HOMES).await?.items;
        let homes: Vec<Placement> = homes.into_iter().map(|(_, home)| home).collect();
        let alike = Alike { places: home_words(&homes).intersection(&places).count(), ..alike };
        let has_owner = app.db.own_person(id).await?.is_some();
        let open = match outsider {
            Some(outsider) => Some(outsiders::judge(app, outsider.class, id).await?),
            None => None,
        };
        candidates.push(Candidate { id, child, homes, alike, has_owner, open });
    }
    candidates.sort_by_key(|one| (std::cmp::Reverse(one.alike.rank()), one.id));
    candidates.truncate(SHOWN);
    Ok(candidates)
}

fn home_words(homes: &[Placement]) -> BTreeSet<String> {
    homes
        .iter()
        .flat_map(|home| [Some(&home.home_name), home.place.as_ref()])
        .flatten()
        .flat_map(|words| sounds(words))
        .collect()
}

fn birthday(told: NaiveDate, near: &BTreeSet<NaiveDate>, known: NaiveDate) -> Birthday {
    if told == known {
        Birthday::Same
    } else if near.contains(&known) {
        Birthday::Near
    } else {
        Birthday::Other
    }
}

/// The day itself, and those one slip of the pen away.
fn nearby(day: NaiveDate) -> BTreeSet<NaiveDate> {
    let (year, month, date) = (day.year(), day.month(), day.day());
    let exchanged = NaiveDate::from_ymd_opt(year, date, month);
    let years = [-10, -1, 1, 10].map(|by| NaiveDate::from_ymd_opt(year + by, month, date));
    let months = (1..=12).map(|month| NaiveDate::from_ymd_opt(year, month, date));
    let dates = (1..=31).map(|date| NaiveDate::from_ymd_opt(year, month, date));
    let slips = std::iter::once(exchanged).chain(years).chain(months).chain(dates);
    slips.flatten().chain([day]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_birthday_is_the_same_near_or_another() {
        let told = day("1992-06-08");
        let birthday = |known| birthday(told, &nearby(told), known);
        assert_eq!(birthday(told), Birthday::Same);
        for near in ["1992-08-06", "1991-06-08", "1992-06-18", "1992-05-08", "1982-06-08"] {
            assert_eq!(birthday(day(near)), Birthday::Near, "{near}");
        }
        assert_eq!(birthday(day("1990-01-01")), Birthday::Other);
        assert!(nearby(day("1992-02-29")).len() > 20, "a leap day has its neighbours too");
    }
}
