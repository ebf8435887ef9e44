//! A demo that can be touched: two municipalities, six lives, and a way in for each person. Everything goes in through
//! the same use cases as the API.

mod adults;
mod content;
mod lives;
mod requests;
mod siblings;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use chrono::{NaiveDate, NaiveTime};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::content::{Content, Entry, Person};
use crate::accounts;
use crate::app::App;
use crate::auth::{Caller, MayContribute};
use crate::contribute::{self, NewEntry, NewMedia};
use crate::db::accounts::CredentialKind;
use crate::db::deposits::Idempotency;
use crate::domain::document::{
    AssignedTo, Assignment, Child, HelpLine, Municipality, Person as PersonRecord, Placement, Role,
};
use crate::domain::entry::Readiness;
use crate::domain::ids::{ChildId, MediaId, MunicipalityId, PersonId, following};
use crate::instance::{InstanceError, write_private};
use crate::problem::Problem;
use crate::register;
use crate::upload::{self, Offered};

/// Somebody to try the demo as; the file `personas.json` is a list of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persona {
    pub persona: String,
    pub name: String,
    /// What this person is, in plain words.
    pub title: String,
    /// One line on whose book this person has to do with.
    pub note: String,
    pub id: PersonId,
    /// Bearer token.
    pub token: String,
    /// An absolute link that opens the pages as this person.
    pub sign_in: String,
    /// Exactly the children this person may read now.
    pub children: Vec<ChildId>,
    pub municipality: MunicipalityId,
}

/// Why the demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demo's own content is wrong: {0}")]
    Content(String),
    #[error("{0}")]
    Problem(#[from] Problem),
    #[error("{0}")]
    Instance(#[from] InstanceError),
    #[error("database: {0}")]
    Db(#[from] crate::db::DbError),
}

/// What of the demo stands in the archive.
#[derive(Default)]
struct Written<'a> {
    /// Photographs by child and file.
    media: HashMap<(String, String), MediaId>,
    /// Entries by key.
    entries: HashMap<&'a str, Uuid>,
}

fn personas_path(data: &Path) -> PathBuf {
    data.join("personas.json")
}

/// Makes what of the demo is missing. Broken off, it is taken up where it stood; complete, it is left as it is.
pub async fn load(app: &App) -> Result<(), DemoError> {
    let content = content::content().map_err(|error| DemoError::Content(error.to_string()))?;
    if let Some(personas) = read_personas(&app.data) {
        return admit(app, personas).await;
    }
    let loader = Loader { app, seed: seed(app)?, content: &content };
    loader.register().await?;
    loader.readers().await?;
    let mut written = Written::default();
    for entry in &content.entry {
        loader.write(entry, &mut written).await?;
    }
    loader.covers(&written.media).await?;
    loader.lives(&written.media).await?;
    loader.adults().await?;
    loader.siblings(&written.entries).await?;
    loader.requests().await?;
    let mut personas = Vec::new();
    for person in content.person.iter().filter(|person| person.persona.is_some()) {
        personas.push(loader.persona(person).await?);
    }
    admit(app, personas).await
}

/// Lets the personas in, also after the database was lost and rebuilt, and writes the file last: it says the demo is
/// complete.
async fn admit(app: &App, mut personas: Vec<Persona>) -> Result<(), DemoError> {
    for persona in &mut personas {
        let key = persona.sign_in.rsplit('/').next().unwrap_or_default().to_owned();
        persona.sign_in = format!("{}/ind/{key}", app.config.public_url());
        accounts::put(app, CredentialKind::Token, &persona.token, persona.id, None).await?;
        accounts::put(app, CredentialKind::SignInLink, &key, persona.id, None).await?;
    }
    let text =
        serde_json::to_string_pretty(&personas).map_err(|error| DemoError::Content(error.to_string()))?;
    Ok(write_private(&personas_path(&app.data), &(text + "\n"))?)
}

fn read_personas(data: &Path) -> Option<Vec<Persona>> {
    serde_json::from_str(&std::fs::read_to_string(personas_path(data)).ok()?).ok()
}

/// The personas for the front page; none outside the demo.
pub fn personas_for_page(app: &App) -> Result<Vec<Persona>, Problem> {
    let shown = app.config.demo_sign_in.then(|| read_personas(&app.data)).flatten();
    Ok(shown.unwrap_or_default().into_iter().filter(|persona| persona.persona != "system").collect())
}

/// A secret from which the demo's ids follow: the same in this instance, other ones in the next.
fn seed(app: &App) -> Result<String, DemoError> {
    let path = app.data.join("secrets").join("demo.seed");
    if let Ok(seed) = std::fs::read_to_string(&path) {
        return Ok(seed);
    }
    let seed = app.new_secret().map_err(Problem::from)?;
    write_private(&path, &seed)?;
    Ok(seed)
}

struct Loader<'a> {
    app: &'a App,
    seed: String,
    content: &'a Content,
}

impl Loader<'_> {
    /// The id of what has this key, random to everybody else.
    fn id(&self, what: &str, key: &str) -> Uuid {
        following(&format!("{}\n{what}\n{key}", self.seed))
    }

    fn person(&self, key: &str) -> PersonId {
        PersonId(self.id("person", key))
    }

    fn child(&self, key: &str) -> ChildId {
        ChildId(self.id("child", key))
    }

    fn municipality(&self, key: &str) -> MunicipalityId {
        MunicipalityId(self.id("municipality", key))
    }

    async fn register(&self) -> Result<(), DemoError> {
        let app = self.app;
        for municipality in &self.content.municipality {
            let id = self.municipality(&municipality.key).0;
            if register::is_there(app, id).await? {
                continue;
            }
            let help = HelpLine {
                name: municipality.help_name.clone(),
                phone: municipality.help_phone.clone(),
                hours: municipality.help_hours.clone(),
            };
            let body = Municipality { name: municipality.name.clone(), help: Some(help) };
            register::municipality(app, id, body).await?;
        }
        for person in &self.content.person {
            let id = self.person(&person.key).0;
            if !register::is_there(app, id).await? {
                register::person(app, id, self.person_record(person)).await?;
            }
        }
        for child in &self.content.child {
            let id = self.child(&child.key).0;
            if !register::is_there(app, id).await? {
                register::child(app, id, self.child_record(child, None)).await?;
            }
        }
        self.register_ties().await
    }

    async fn register_ties(&self) -> Result<(), DemoError> {
        let app = self.app;
        for placement in &self.content.placement {
            let id = self.id("placement", &format!("{} {}", placement.child, placement.from));
            if !register::is_there(app, id).await? {
                register::placement(app, id, self.placement_record(placement)).await?;
            }
        }
        let named = self.content.assignment.iter().map(|assignment| {
            let to = match (&assignment.child, &assignment.municipality) {
                (Some(child), _) => AssignedTo::Child(self.child(child)),
                (None, municipality) => {
                    AssignedTo::Municipality(self.municipality(municipality.as_deref().unwrap_or_default()))
                }
            };
            let person = self.person(&assignment.person);
            Assignment { person, role: assignment.role, to, from: assignment.from, until: assignment.to }
        });
        let own = self.content.person.iter().filter_map(|person| {
            let child = person.child.as_ref()?;
            let born = self.content.child.iter().find(|known| known.key == *child)?.born;
            let to = AssignedTo::Child(self.child(child));
            Some(Assignment {
                person: self.person(&person.key),
                role: Role::Own,
                to,
                from: born,
                until: None,
            })
        });
        for assignment in named.chain(own) {
            let key =
                serde_json::to_string(&assignment).map_err(|error| DemoError::Content(error.to_string()))?;
            let id = self.id("assignment", &key);
            if !register::is_there(app, id).await? {
                register::assignment(app, id, assignment).await?;
            }
        }
        Ok(())
    }

    fn person_record(&self, person: &Person) -> PersonRecord {
        PersonRecord {
            municipality: self.municipality(&person.municipality),
            name: person.name.clone(),
            title: person.role.clone(),
            phone: person.phone.clone(),
        }
    }

    fn child_record(&self, child: &content::Child, cover: Option<MediaId>) -> Child {
        Child {
            municipality: self.municipality(&child.municipality),
            name: child.name.clone(),
            called: child.called.clone(),
            born: child.born,
            book_title: child.book_title.clone(),
            cover,
            cloth: child.cloth,
            called_before: None,
            case_closed: None,
            died: None,
        }
    }

    fn placement_record(&self, placement: &content::Placement) -> Placement {
        Placement {
            child: self.child(&placement.child),
            home_kind: placement.home_kind,
            home_name: placement.home_name.clone(),
            place: placement.place.clone(),
            carers: placement.carers.iter().map(|carer| self.person(carer)).collect(),
            municipality: placement.municipality.clone(),
            from: placement.from,
            to: placement.to,
            protected: placement.protected,
        }
    }

    /// Uploads an entry's photographs and writes it, as its author did on the day.
    async fn write<'a>(&self, entry: &'a Entry, written: &mut Written<'a>) -> Result<(), DemoError> {
        let wrong = |why: &str| DemoError::Content(format!("{}: {why}", entry.key));
        let may =
            self.author(entry).await?.ok_or_else(|| wrong("its author has no place around the child"))?;
        let mut files = Vec::new();
        for photo in &entry.photos {
            let bytes = content::photo(&photo.file).ok_or_else(|| wrong("no such photo"))?;
            let received = self.upload(&may, &entry.key, &photo.file, bytes).await?;
            written.media.insert((entry.child.clone(), photo.file.clone()), received);
            files.push(NewMedia::Described {
                id: received.0,
                alt: Some(photo.alt.clone()),
                words: None,
                reads: false,
            });
        }
        let at = may.caller.today.and_time(NaiveTime::from_hms_opt(18, 30, 0).unwrap_or_default()).and_utc();
        let mut new = self.new_entry(entry, files);
        if let Some(key) = &entry.beside {
            let host = written.entries.get(key.as_str()).ok_or_else(|| wrong("nothing to stand beside"))?;
            new.beside = Some(*host);
        }
        if let Some(key) = &entry.wish {
            new.wish = Some(self.wished(key).await?);
        }
        let idempotency = Idempotency { key: format!("demo {}", entry.key), request_digest: String::new() };
        let sealed = contribute::write_as_of(self.app, &may, new, at, Some(idempotency)).await;
        let sealed = sealed.map_err(|problem| {
            DemoError::Content(format!("{}: {problem}: {}", entry.key, problem.words().1.detail))
        })?;
        written.entries.insert(&entry.key, sealed.id);
        Ok(())
    }

    /// The author's right to write, on the day it happened when they were around the child then, else today.
    async fn author(&self, entry: &Entry) -> Result<Option<MayContribute>, DemoError> {
        let id = self.person(&entry.author);
        let Some(person) = self.app.db.person(id).await? else { return Ok(None) };
        // Holding a page back is decided now, by those who are around the child now.
        let first = if entry.readiness.is_some() { self.app.today() } else { entry.occurred_on };
        for today in [first, self.app.today()] {
            let caller = Caller::new(id, person.clone(), today);
            match MayContribute::grant(self.app, caller, self.child(&entry.child)).await {
                Ok(may) => return Ok(Some(may)),
                Err(Problem::NotFound | Problem::NotPermitted | Problem::HandedOver) => {}
                Err(problem) => return Err(problem.into()),
            }
        }
        Ok(None)
    }

    async fn upload(
        &self,
        may: &MayContribute,
        key: &str,
        file: &str,
        bytes: &'static [u8],
    ) -> Result<MediaId, Problem> {
        let offered = Offered {
            file_name: file.to_owned(),
            request_bytes: None,
            bytes: stream::iter([Ok(Bytes::from_static(bytes))]),
            idempotency_key: Some(format!("demo {key} {file}")),
            // Embedded in the program.
            scan: false,
        };
        Ok(upload::receive(self.app, may, offered).await?.id)
    }

    fn new_entry(&self, entry: &Entry, media: Vec<NewMedia>) -> NewEntry {
        NewEntry {
            kind: Some(entry.kind.clone()),
            title: Some(entry.title.clone()),
            texts: entry.texts.clone(),
            occurred_on: Some(entry.occurred_on.to_string()),
            precision: Some(entry.precision.clone()),
            people: entry.people.clone(),
            place: entry.place.clone(),
            media,
            basis: entry.basis.clone(),
            chapter: entry.chapter.clone(),
            readiness: entry.readiness.as_ref().map(|readiness| self.readiness(readiness)),
            ..NewEntry::default()
        }
    }

    fn readiness(&self, readiness: &content::Readiness) -> Readiness {
        let first_name = |key: &str| {
            let person = self.content.person.iter().find(|person| person.key == key);
            person.and_then(|person| person.name.split(' ').next()).unwrap_or(key).to_owned()
        };
        match readiness {
            content::Readiness::WithAdult { ask } => Readiness::WithAdult { ask: first_name(ask) },
            content::Readiness::HeldBack { reason, decided_by, second_reader, ask, review_on, opens_on } => {
                let (review_on, opens_on) = still_waiting(*review_on, *opens_on, self.app.today());
                Readiness::HeldBack {
                    reason: reason.clone(),
                    decided_by: self.person(decided_by),
                    second_reader: self.person(second_reader),
                    ask: first_name(ask),
                    review_on,
                    opens_on,
                }
            }
        }
    }

    /// Each child chooses the picture for its cover: a second version of its record.
    async fn covers(&self, media: &HashMap<(String, String), MediaId>) -> Result<(), DemoError> {
        for child in &self.content.child {
            let cover = child.cover.as_ref().and_then(|file| media.get(&(child.key.clone(), file.clone())));
            let id = self.child(&child.key);
            let known = self.app.db.child(id).await?;
            if cover.is_some() && known.is_some_and(|known| known.cover.is_none()) {
                register::change_child(self.app, id, self.child_record(child, cover.copied())).await?;
            }
        }
        Ok(())
    }

    async fn persona(&self, person: &Person) -> Result<Persona, DemoError> {
        let app = self.app;
        let id = self.person(&person.key);
        let children = app.db.tied_children(id, app.today(), None, 200).await?;
        let names: Vec<&str> = children.iter().map(|tied| tied.child.calling_name()).collect();
        let persona = person.persona.clone().unwrap_or_default();
        let note = match (persona.as_str(), names.as_slice()) {
            (_, []) => String::new(),
            ("child" | "adult", _) => self.own_note(person, app.today()),
            (_, names) => names.join(", "),
        };
        Ok(Persona {
            persona,
            name: person.name.clone(),
            title: person.role.clone(),
            note,
            id,
            token: app.new_secret().map_err(Problem::from)?,
            sign_in: app.new_secret().map_err(Problem::from)?,
            children: children.into_iter().map(|tied| tied.id).collect(),
            municipality: self.municipality(&person.municipality),
        })
    }

    fn own_note(&self, person: &Person, today: NaiveDate) -> String {
        let child = self.content.child.iter().find(|child| Some(&child.key) == person.child.as_ref());
        child
            .map(|child| format!("{} år", crate::domain::access::age_on(child.born, today)))
            .unwrap_or_default()
    }
}

/// The days on which a page is looked at again and opens, no earlier than tomorrow: a demo made years after it was written
/// still has pages that wait.
fn still_waiting(review_on: NaiveDate, opens_on: NaiveDate, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let review_on = review_on.max(today.succ_opt().unwrap_or(today));
    (review_on, opens_on.max(review_on))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_wait_also_in_a_demo_made_later() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (review, opens) = (day("2027-05-14"), day("2035-05-14"));
        assert_eq!(still_waiting(review, opens, day("2026-11-23")), (review, opens));
        assert_eq!(still_waiting(review, opens, day("2027-05-14")), (day("2027-05-15"), opens));
        assert_eq!(still_waiting(review, opens, day("2040-01-31")), (day("2040-02-01"), day("2040-02-01")));
    }
}
