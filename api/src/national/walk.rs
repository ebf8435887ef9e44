//! A municipality's children one after the other, row by row into the delivery. A child's pages are in memory together, never
//! several children's.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use archive::{GroupId, ObjectId};
use avid::{Delivery, Document, Value};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::NationalError;
use super::convert::{ConvertError, Unconverted, convert};
use crate::app::{App, danish_time};
use crate::db::deposits::Deposit;
use crate::db::entries::StoredMedia;
use crate::domain::disposal::State;
use crate::domain::document::{AssignedTo, Body, Child, Envelope, Kind, Role};
use crate::domain::entry::{Entry, Readiness};
use crate::domain::ids::{ChildId, MediaId, MunicipalityId, PersonId};
use crate::export::read_document;

/// Records asked for together.
const PAGE: u64 = 500;

/// What is to be told of a delivery beside its rows.
#[derive(Debug, Default)]
pub struct Told {
    pub children: u64,
    /// What stays here, by kind: so many things.
    pub left_out: BTreeMap<&'static str, u64>,
    pub unconverted: Vec<(MediaId, Unconverted)>,
    /// Versions of pages that cannot be read.
    pub lost: Vec<(Uuid, u32)>,
    /// Files that stand on a page and are nowhere any more.
    pub gone: Vec<MediaId>,
    pub first_day: Option<NaiveDate>,
    pub first_deposit: Option<NaiveDate>,
    pub has_disposals: bool,
}

impl Told {
    /// True where everything that should go along does.
    pub fn is_whole(&self) -> bool {
        self.unconverted.is_empty() && self.lost.is_empty() && self.gone.is_empty()
    }
}

/// A delivery under way.
pub struct Walk<'a> {
    pub app: &'a App,
    pub delivery: Delivery,
    pub told: Told,
    scratch: &'a Path,
    log_size: u64,
    people: BTreeSet<Uuid>,
    municipalities: BTreeSet<Uuid>,
    /// Things of which somebody says that they belong to another child.
    in_dispute: HashSet<Uuid>,
    documents: u64,
}

impl<'a> Walk<'a> {
    pub async fn begin(app: &'a App, delivery: Delivery, scratch: &'a Path) -> Result<Self, NationalError> {
        let in_dispute = app.db.out_of_sight().await?;
        let log_size = app.archive.checkpoint().await?.size;
        let (people, municipalities) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self {
            app,
            delivery,
            told: Told::default(),
            scratch,
            log_size,
            people,
            municipalities,
            in_dispute,
            documents: 0,
        })
    }

    /// Everything of a municipality's.
    pub async fn municipality(&mut self, id: MunicipalityId) -> Result<(), NationalError> {
        self.municipalities.insert(id.0);
        self.roles(AssignedTo::Municipality(id)).await?;
        let mut after = None;
        loop {
            let page = self.app.db.all_children(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            for child_id in page {
                match self.app.db.child(child_id).await? {
                    Some(child) if child.municipality == id => self.child(child_id, &child).await?,
                    _ => {}
                }
            }
        }
        self.people().await?;
        self.names_of_municipalities().await
    }

    async fn child(&mut self, id: ChildId, child: &Child) -> Result<(), NationalError> {
        self.told.children += 1;
        let row = [
            uuid(id.0),
            uuid(child.municipality.0),
            text(&child.name),
            maybe(child.called.as_deref()),
            Value::Date(child.born),
            text(&child.book_title),
            child.case_closed.map_or(Value::Null, Value::Date),
            child.died.map_or(Value::Null, Value::Date),
        ];
        self.delivery.row("Barn", &row)?;
        self.about(child.born);
        self.stays(id).await?;
        let own = self.roles(AssignedTo::Child(id)).await?;
        let disposals = self.app.db.disposals(id, None, PAGE).await?.items;
        self.told.has_disposals |=
            disposals.iter().any(|stored| matches!(stored.disposal.state, State::Decided));
        let pages = self.pages(id, &own).await?;
        self.write_pages(id, &pages).await
    }

    async fn stays(&mut self, child: ChildId) -> Result<(), NationalError> {
        let mut after = None;
        loop {
            let slice = self.app.db.placements(child, after, PAGE).await?;
            for (id, stay) in slice.items {
                let row = [
                    uuid(id.0),
                    uuid(child.0),
                    word(&stay.home_kind)?,
                    text(&stay.home_name),
                    maybe(stay.place.as_deref()),
                    Value::Date(stay.from),
                    stay.to.map_or(Value::Null, Value::Date),
                ];
                self.delivery.row("Anbringelse", &row)?;
                let carers: BTreeSet<_> = stay.carers.iter().map(|carer| carer.0).collect();
                for carer in carers {
                    let carer = self.person(PersonId(carer));
                    self.delivery.row("Anbringelse_voksen", &[uuid(id.0), carer])?;
                }
            }
            after = slice.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    /// Answers whom the book is about.
    async fn roles(&mut self, to: AssignedTo) -> Result<HashSet<PersonId>, NationalError> {
        let (mut own, mut after) = (HashSet::new(), None);
        loop {
            let slice = self.app.db.assignments(to, after, PAGE).await?;
            for (id, role) in slice.items {
                let (child, municipality) = match role.to {
                    AssignedTo::Child(child) => (uuid(child.0), Value::Null),
                    AssignedTo::Municipality(municipality) => (Value::Null, uuid(municipality.0)),
                };
                own.extend((role.role == Role::Own).then_some(role.person));
                let (from, until) = (Value::Date(role.from), role.until.map_or(Value::Null, Value::Date));
                let who = self.person(role.person);
                self.delivery.row(
                    "Rolle",
                    &[uuid(id.0), who, text(role.role.as_str()), child, municipality, from, until],
                )?;
            }
            after = slice.next;
            if after.is_none() {
                return Ok(own);
            }
        }
    }

    /// A child's pages that go along, all versions of each in order. The others are counted.
    async fn pages(
        &mut self,
        child: ChildId,
        own: &HashSet<PersonId>,
    ) -> Result<BTreeMap<Uuid, Vec<Envelope>>, NationalError> {
        let (mut pages, mut from) = (BTreeMap::<Uuid, Vec<Envelope>>::new(), 0);
        loop {
            let deposits = self.app.db.versions_of(child, from, self.log_size, PAGE).await?;
            let Some(last) = deposits.last().and_then(|last| last.leaf) else { break };
            from = last + 1;
            for deposit in deposits {
                if let Some(envelope) = self.page(deposit).await? {
                    pages.entry(envelope.id).or_default().push(envelope);
                }
            }
        }
        let Self { told, in_dispute, .. } = self;
        pages.retain(|page, versions| {
            let why = if in_dispute.contains(page) {
                "disputed"
            } else if versions.iter().any(|version| is_by(version, own)) {
                "written_by_child"
            } else {
                return true;
            };
            *told.left_out.entry(why).or_default() += 1;
            false
        });
        Ok(pages)
    }

    /// A version of a page; nothing where it is something else, or cannot be read.
    async fn page(&mut self, deposit: Deposit) -> Result<Option<Envelope>, NationalError> {
        let Deposit { object, version, kind, key_group, .. } = deposit;
        if kind != Kind::Entry {
            // Files go along where a page shows them, and what stands in tables of its own is no page.
            let elsewhere = matches!(kind, Kind::Media | Kind::Child | Kind::Placement | Kind::Assignment);
            if version == 1 && !elsewhere {
                *self.told.left_out.entry(kind.as_str()).or_default() += 1;
            }
            return Ok(None);
        }
        match read_document(self.app, GroupId(key_group), ObjectId(object), version, kind).await? {
            Ok((_, envelope)) => Ok(Some(envelope)),
            Err(_) => {
                self.told.lost.push((object, version));
                Ok(None)
            }
        }
    }

    async fn write_pages(
        &mut self,
        child: ChildId,
        pages: &BTreeMap<Uuid, Vec<Envelope>>,
    ) -> Result<(), NationalError> {
        let mut files = HashMap::new();
        for (page, versions) in pages {
            let entries = versions.iter().filter_map(|envelope| match &envelope.body {
                Body::Entry(entry) => Some((envelope, entry)),
                _ => None,
            });
            let beside = entries.clone().next_back().and_then(|(_, entry)| entry.beside);
            // Beside a page that stays here it stands alone.
            let beside =
                beside.filter(|beside| pages.contains_key(&beside.0)).map_or(Value::Null, |id| uuid(id.0));
            self.delivery.row("Side", &[uuid(*page), uuid(child.0), beside])?;
            for (envelope, entry) in entries {
                self.write_version(envelope, entry)?;
                self.write_files(child, envelope, entry, &mut files).await?;
            }
        }
        Ok(())
    }

    fn write_version(&mut self, envelope: &Envelope, entry: &Entry) -> Result<(), NationalError> {
        self.about(entry.occurred_on);
        self.deposited(envelope.deposited_at);
        let key = [uuid(envelope.id), Value::Integer(envelope.version.into())];
        let mut row = key.to_vec();
        row.extend([
            word(&entry.kind)?,
            text(&entry.title),
            entry.chapter.map_or(Value::Null, |chapter| text(chapter.slug())),
            Value::Date(entry.occurred_on),
            word(&entry.precision)?,
            maybe(entry.place.as_deref()),
            maybe(entry.purpose.as_deref()),
            entry.basis.map_or(Ok(Value::Null), |basis| word(&basis))?,
            entry.stance.map_or(Ok(Value::Null), |stance| word(&stance))?,
            self.person(entry.author),
            text(&entry.author_title),
            envelope.deposited_by.map_or(Value::Null, |person| self.person(person)),
            time(entry.written_at),
            time(envelope.deposited_at),
        ]);
        row.extend(self.readiness(&entry.readiness));
        self.delivery.row("Udgave", &row)?;
        for (at, told) in entry.texts.iter().enumerate() {
            let told = [text(told.band.as_str()), text(&told.language), text(&told.text)];
            self.numbered("Tekst", &key, at, told)?;
        }
        for (at, name) in entry.people.iter().flatten().enumerate() {
            self.numbered("Nævnt", &key, at, [text(name)])?;
        }
        if let Some(papers) = &entry.imported {
            let told = [&papers.author, &papers.role, &papers.source].map(|told| maybe(told.as_deref()));
            self.delivery.row("Gammelt_papir", &[key.as_slice(), &told].concat())?;
        }
        Ok(())
    }

    fn readiness(&mut self, readiness: &Readiness) -> [Value; 5] {
        match readiness {
            Readiness::Open => [text("open"), Value::Null, Value::Null, Value::Null, Value::Null],
            Readiness::WithAdult { .. } => {
                [text("with_adult"), Value::Null, Value::Null, Value::Null, Value::Null]
            }
            Readiness::HeldBack { reason, decided_by, second_reader, opens_on, .. } => [
                text("held_back"),
                text(reason),
                self.person(*decided_by),
                self.person(*second_reader),
                Value::Date(*opens_on),
            ],
        }
    }

    /// The files of a version; each is delivered once, where the first page shows it.
    async fn write_files(
        &mut self,
        child: ChildId,
        envelope: &Envelope,
        entry: &Entry,
        known: &mut HashMap<MediaId, bool>,
    ) -> Result<(), NationalError> {
        let key = [uuid(envelope.id), Value::Integer(envelope.version.into())];
        for (at, shown) in entry.media.iter().enumerate() {
            let is_there = match known.get(&shown.id) {
                Some(is_there) => *is_there,
                None => {
                    let is_there = self.write_file(child, shown.id).await?;
                    known.insert(shown.id, is_there);
                    is_there
                }
            };
            if is_there {
                let [alt, said] = [&shown.alt, &shown.words].map(|words| maybe(words.as_deref()));
                let shown = [uuid(shown.id.0), alt, said, Value::Boolean(shown.reads)];
                self.numbered("Udgave_dokument", &key, at, shown)?;
            }
        }
        Ok(())
    }

    /// Answers whether there is such a file.
    async fn write_file(&mut self, child: ChildId, id: MediaId) -> Result<bool, NationalError> {
        let stored = self.app.db.media(id).await?.filter(|stored| stored.media.child == child);
        let Some(stored) = stored else {
            self.told.gone.push(id);
            return Ok(false);
        };
        let number = match convert(self.app, &stored, self.scratch).await {
            Ok(made) => {
                self.documents += 1;
                let original_name = stored.media.file_name.clone();
                let (file, format) = (made.path.clone(), made.format);
                self.delivery.document(&Document {
                    id: self.documents,
                    parent: None,
                    original_name,
                    file,
                    format,
                })?;
                Some(self.documents)
            }
            Err(ConvertError::Unconverted(why)) => {
                self.told.unconverted.push((id, why));
                None
            }
            Err(error) => return Err(error.into()),
        };
        self.write_facts(&stored, number).await?;
        Ok(true)
    }

    async fn write_facts(&mut self, stored: &StoredMedia, number: Option<u64>) -> Result<(), NationalError> {
        let media = &stored.media;
        let given = self.app.db.deposited_at(stored.id.0).await?.unwrap_or_default();
        let whole = |number: u64| i64::try_from(number).map_or(Value::Null, Value::Integer);
        let row = [
            uuid(stored.id.0),
            uuid(media.child.0),
            number.map_or(Value::Null, whole),
            Value::Integer(if number.is_some() { 1 } else { 3 }),
            text(&media.file_name),
            text(&media.media_type),
            whole(media.size_bytes),
            text(&media.sha256),
            time(given),
            stored.deposited_by.map_or(Value::Null, |person| self.person(person)),
        ];
        Ok(self.delivery.row("Dokument", &row)?)
    }

    async fn people(&mut self) -> Result<(), NationalError> {
        let ids: Vec<_> = std::mem::take(&mut self.people).into_iter().collect();
        for some in ids.chunks(PAGE as usize) {
            let found =
                self.app.db.people_among(&some.iter().copied().map(PersonId).collect::<Vec<_>>()).await?;
            for id in some {
                let person = found.get(&PersonId(*id));
                let name = maybe(person.map(|person| person.name.as_str()));
                let title = maybe(person.map(|person| person.title.as_str()));
                self.delivery.row("Person", &[uuid(*id), name, title])?;
            }
        }
        Ok(())
    }

    async fn names_of_municipalities(&mut self) -> Result<(), NationalError> {
        for id in std::mem::take(&mut self.municipalities) {
            let found = self.app.db.municipality(MunicipalityId(id)).await?;
            let name = maybe(found.as_ref().map(|municipality| municipality.name.as_str()));
            self.delivery.row("Kommune", &[uuid(id), name])?;
        }
        Ok(())
    }

    /// A row of a table in which a version of a page has several, in order.
    fn numbered<const N: usize>(
        &mut self,
        table: &str,
        key: &[Value; 2],
        at: usize,
        told: [Value; N],
    ) -> Result<(), NationalError> {
        let number = Value::Integer(i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1));
        let row = [key.as_slice(), &[number], told.as_slice()].concat();
        Ok(self.delivery.row(table, &row)?)
    }

    /// A person named in a row, to be told of in the end.
    fn person(&mut self, id: PersonId) -> Value {
        self.people.insert(id.0);
        uuid(id.0)
    }

    fn about(&mut self, day: NaiveDate) {
        self.told.first_day = Some(self.told.first_day.map_or(day, |first| first.min(day)));
    }

    fn deposited(&mut self, at: DateTime<Utc>) {
        let day = danish_time(at).date();
        self.told.first_deposit = Some(self.told.first_deposit.map_or(day, |first| first.min(day)));
    }
}

/// Whether one of these people wrote a version of a page, or its first.
fn is_by(version: &Envelope, people: &HashSet<PersonId>) -> bool {
    let first = matches!(&version.body, Body::Entry(entry) if people.contains(&entry.author));
    first || version.deposited_by.is_some_and(|person| people.contains(&person))
}

fn uuid(id: Uuid) -> Value {
    Value::Text(id.to_string())
}

fn text(text: &str) -> Value {
    Value::Text(avid::cleaned(text).into_owned())
}

fn maybe(told: Option<&str>) -> Value {
    told.map_or(Value::Null, text)
}

fn time(at: DateTime<Utc>) -> Value {
    Value::Timestamp(danish_time(at))
}

/// The name that sealed documents have for it.
fn word<T: Serialize>(value: &T) -> Result<Value, NationalError> {
    let named = serde_json::to_value(value).ok().and_then(|named| named.as_str().map(text));
    named.ok_or(NationalError::Nameless)
}
