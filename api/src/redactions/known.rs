//! What the person demonstrably knows stays open: what they wrote, what they have read, whom they know.

use std::collections::HashSet;

use super::reveal::On;
use crate::app::{App, danish_time};
use crate::db::entries::StoredEntry;
use crate::domain::access::age_on;
use crate::domain::document::{Body, Reading, Role};
use crate::domain::entry::text_for;
use crate::domain::ids::{ChildId, EntryId, PersonId};
use crate::domain::life::Relation;
use crate::domain::redaction::{Cover, Covers, Matter, Phrases, Place, Target};
use crate::problem::{FieldProblem, Problem};
use renderer::book::AgeBand;

const RECORDS: u64 = 5_000;
/// So many readings of one person are looked through.
const READINGS: u64 = 100_000;

/// Refuses to cover what the person knows, and says how they know it.
pub async fn refuse(app: &App, child: ChildId, of: Target, on: &On, cover: &Cover) -> Result<(), Problem> {
    let person = Person::of(app, child).await?;
    let known = match &cover.place {
        Place::Words { words } => person.knows_words(app, on, words, cover.matter).await?,
        Place::Spot(_) | Place::Whole => person.has_seen(app, of, on).await?,
    };
    known.map_or(Ok(()), |known| Err(Problem::Invalid(vec![known])))
}

/// The one whose book it is, and what they have opened.
struct Person {
    child: ChildId,
    name: String,
    born: chrono::NaiveDate,
    own: HashSet<PersonId>,
    readings: Vec<(EntryId, Reading)>,
}

impl Person {
    async fn of(app: &App, id: ChildId) -> Result<Self, Problem> {
        let child = app.db.child(id).await?.ok_or(Problem::NotFound)?;
        let around = app.db.people_around(id, app.today()).await?;
        let own: HashSet<PersonId> =
            around.into_iter().filter(|(_, role, _)| *role == Role::Own).map(|(person, ..)| person).collect();
        let mut readings = Vec::new();
        for person in &own {
            readings.extend(app.db.entry_readings(*person, id, READINGS).await?);
        }
        Ok(Self { child: id, name: child.name, born: child.born, own, readings })
    }

    /// How the person knows one of these words, if they do.
    async fn knows_words(
        &self,
        app: &App,
        on: &On,
        words: &[String],
        matter: Matter,
    ) -> Result<Option<FieldProblem>, Problem> {
        for word in words {
            let mut phrase = Phrases::default();
            phrase.add(word, matter);
            if phrase.are_in(&self.name) {
                return Ok(Some(known("words", word, "er personens eget navn", "is the person's own name")));
            }
            if matter == Matter::Identity && self.has_in_life(app, word).await? {
                let (da, en) =
                    ("står blandt de mennesker, personen kender", "stands among the people the person knows");
                return Ok(Some(known("words", word, da, en)));
            }
            let alone = Covers::of_phrase(word, matter);
            if on.told().iter().any(|body| self.told(body, &alone, &phrase)) {
                return Ok(Some(known("words", word, "har personen selv fortalt", "was told by the person")));
            }
            for stored in on.entries() {
                if let Some((da, en)) = self.knows_from(stored, &phrase) {
                    return Ok(Some(known("words", word, &da, &en)));
                }
            }
        }
        Ok(None)
    }

    /// True where somebody of this name is on the person's own map of people, or around them.
    async fn has_in_life(&self, app: &App, word: &str) -> Result<bool, Problem> {
        let relations = app.db.life::<Relation>(self.child, None, RECORDS).await?.items;
        let names = relations.into_iter().map(|stored| stored.record.name);
        let around = app.db.people_around(self.child, app.today()).await?;
        let around: Vec<PersonId> = around.into_iter().map(|(person, ..)| person).collect();
        let around = app.db.names(&around).await?.into_values();
        let mut name = Phrases::default();
        name.add(word, Matter::Identity);
        Ok(names.chain(around).any(|known| name.are_in(&known)))
    }

    /// True where the person told it with this phrase in it.
    fn told(&self, body: &Body, alone: &Covers, phrase: &Phrases) -> bool {
        let told_by = match body {
            Body::Wish(wish) => return wish.words.as_ref().is_some_and(|words| phrase.are_in(words)),
            Body::Goal(goal) => return phrase.are_in(&goal.words),
            Body::Relation(record) => record.told_by,
            Body::School(record) => record.told_by,
            Body::Loss(record) => record.told_by,
            _ => return false,
        };
        self.own.contains(&told_by) && alone.lie_on(body)
    }

    fn knows_from(&self, stored: &StoredEntry, phrase: &Phrases) -> Option<(String, String)> {
        let entry = &stored.entry;
        let wrote =
            self.own.contains(&entry.author) || stored.written_by.is_some_and(|by| self.own.contains(&by));
        if wrote && entry.texts.iter().any(|text| phrase.are_in(&text.text)) {
            return Some(("har personen selv skrevet".into(), "was written by the person".into()));
        }
        let read = self.readings.iter().filter(|(id, _)| *id == stored.id);
        let mut shown = read.filter(|(_, reading)| {
            let day = danish_time(reading.at).date();
            let band = AgeBand::for_age(age_on(self.born, day));
            let texts = ["da", "en"].map(|language| text_for(&entry.texts, band, language));
            entry.readiness.is_open(day)
                && (phrase.are_in(&entry.title)
                    || texts.into_iter().flatten().any(|text| phrase.are_in(&text.text)))
        });
        shown.next().map(|(_, reading)| {
            let day = danish_time(reading.at).date();
            (
                format!("har personen selv læst i bogen den {day}"),
                format!("was read by the person in the book on {day}"),
            )
        })
    }

    /// How the person has seen a page or a file, if they have.
    async fn has_seen(&self, app: &App, of: Target, on: &On) -> Result<Option<FieldProblem>, Problem> {
        let (what, entries) = match (of, on) {
            (Target::Media(media), On::Media(stored)) => {
                if stored.deposited_by.is_some_and(|by| self.own.contains(&by)) {
                    let (da, en) = ("har personen selv givet", "was given by the person");
                    return Ok(Some(known("whole", &stored.media.file_name, da, en)));
                }
                (stored.media.file_name.clone(), app.db.entries_with(media).await?)
            }
            (_, On::Entry(stored)) => {
                if self.own.contains(&stored.entry.author) {
                    let (da, en) = ("har personen selv skrevet", "was written by the person");
                    return Ok(Some(known("whole", &stored.entry.title, da, en)));
                }
                (stored.entry.title.clone(), vec![stored.as_ref().clone()])
            }
            _ => return Ok(None),
        };
        let opened = |stored: &StoredEntry| {
            let read = self.readings.iter().find(|(id, reading)| {
                *id == stored.id && stored.entry.readiness.is_open(danish_time(reading.at).date())
            });
            read.map(|(_, reading)| danish_time(reading.at).date())
        };
        Ok(entries.iter().find_map(opened).map(|day| {
            let (da, en) =
                (format!("har personen selv åbnet den {day}"), format!("was opened by the person on {day}"));
            known("whole", &what, &da, &en)
        }))
    }
}

impl On {
    fn entries(&self) -> &[StoredEntry] {
        match self {
            Self::Entry(stored) => std::slice::from_ref(stored.as_ref()),
            Self::Media(_) => &[],
            Self::Book { entries, .. } => entries,
        }
    }
}

fn known(field: &'static str, what: &str, da: &str, en: &str) -> FieldProblem {
    let (da, en) = (
        format!("»{what}« {da}. Det, personen kender, bliver ikke dækket."),
        format!("\"{what}\" {en}. What the person knows is not covered."),
    );
    FieldProblem::new(field, "known", da, en)
}
