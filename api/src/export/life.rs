//! A child's life as the archive has it: what became of every version that the log names, and how to read it again.

use std::collections::{BTreeMap, HashMap, HashSet};

use archive::package::{Draft, Spool, Spooled};
use chrono::NaiveDate;
use uuid::Uuid;

use super::outcome::Outcome;
use super::versions::{PAGE, Reading};
use super::{Audience, Moment, covers, held_back, told};
use crate::app::App;
use crate::db::disposals::StoredDisposal;
use crate::db::rebuild::Unindexed;
use crate::domain::access::age_on;
use crate::domain::document::{Body, Child, Envelope, Kind};
use crate::domain::ids::{ChildId, MediaId, PersonId};
use crate::domain::redaction::Covers;
use crate::problem::Problem;

/// Everything the log has of one child's.
pub struct Life {
    pub id: ChildId,
    pub audience: Audience,
    pub child: Child,
    pub municipality: String,
    /// Whole years at the moment of the package.
    pub age: u32,
    pub moment: Moment,
    /// In the order of the log.
    pub pieces: Vec<Piece>,
    pub documents: Documents,
    /// The pages of the book that are in the package.
    pub pages: BTreeMap<Uuid, Page>,
    /// Names of everybody who is named.
    pub names: HashMap<PersonId, String>,
    pub disposals: Vec<StoredDisposal>,
    pub unattributed: u64,
}

/// One sealed version.
pub struct Piece {
    /// Its number in the log, from 0.
    pub leaf: u64,
    pub object: Uuid,
    pub version: u32,
    pub kind: Kind,
    /// When it was deposited; absent where only the register of disposals knows of it.
    pub deposited_at: Option<String>,
    /// Where its document is read again; absent where it is not to be had.
    pub document: Option<Spooled>,
    pub outcome: Outcome,
}

/// A page of the book in short, as its newest version has it.
pub struct Page {
    pub day: NaiveDate,
    pub title: String,
    pub files: Vec<MediaId>,
}

/// The documents of a life. A long one has more than fit in memory: they wait on the disk, and are read one at a time.
pub struct Documents {
    spool: Spool,
    /// What was covered at the moment of the package.
    pub covers: Covers,
}

impl Documents {
    /// The bytes as they were sealed, with nothing covered.
    pub fn bytes(&self, piece: &Piece) -> Result<Option<Vec<u8>>, Problem> {
        Ok(piece.document.map(|document| self.spool.get(document)).transpose()?)
    }

    /// What was sealed, with nothing covered.
    pub fn sealed(&self, piece: &Piece) -> Result<Option<Envelope>, Problem> {
        let Some(bytes) = self.bytes(piece)? else { return Ok(None) };
        // What serde says of an error may tell what stands in the document.
        let unread = |_| Problem::Internal("a document was read, and cannot be read again".to_owned());
        serde_json::from_slice(&bytes).map(Some).map_err(unread)
    }

    /// What was sealed, with the covers over it.
    pub fn covered(&self, piece: &Piece) -> Result<Option<Envelope>, Problem> {
        Ok(self.sealed(piece)?.map(|envelope| covers::over(&self.covers, envelope)))
    }
}

impl Life {
    pub fn name(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("", String::as_str)
    }

    /// The title of a page that is in the package.
    pub fn title(&self, page: Uuid) -> Option<&str> {
        self.pages.get(&page).map(|page| page.title.as_str())
    }

    /// True where the reader is the one it is about, and grown: then nothing waits for an adult beside.
    pub fn is_own_grown(&self) -> bool {
        self.audience == Audience::Owner && self.age >= 18
    }

    /// The document of a version, where the reader may have it.
    pub fn open(&self, piece: &Piece) -> Result<Option<Envelope>, Problem> {
        if piece.outcome.is_open() { self.documents.covered(piece) } else { Ok(None) }
    }

    /// The open documents of these kinds as their newest versions have them, by object and one at a time.
    pub fn newest(&self, kinds: &[Kind]) -> impl Iterator<Item = Result<Envelope, Problem>> {
        let open = self.pieces.iter().filter(|piece| kinds.contains(&piece.kind) && piece.outcome.is_open());
        // Versions of an object come in order: the last one stays.
        let newest: BTreeMap<Uuid, &Piece> = open.map(|piece| (piece.object, piece)).collect();
        newest.into_values().filter_map(|piece| self.documents.covered(piece).transpose())
    }

    /// How somebody would look for what is missing: the name of a file. Of what waits by a decision nothing is told.
    pub fn called(&self, piece: &Piece) -> Result<Option<String>, Problem> {
        if piece.kind != Kind::Media || !piece.outcome.is_hole() {
            return Ok(None);
        }
        Ok(self.documents.covered(piece)?.and_then(|envelope| match envelope.body {
            Body::Media(media) => Some(media.file_name),
            _ => None,
        }))
    }
}

/// Reads a child's life; receipts and inventories go into `draft` on the way.
pub async fn read(
    app: &App,
    id: ChildId,
    audience: Audience,
    moment: &Moment,
    damaged: &HashSet<Uuid>,
    draft: &mut Draft,
) -> Result<Life, Problem> {
    let child = app.db.child(id).await?.ok_or(Problem::NotFound)?;
    let municipality = app.db.municipality(child.municipality).await?;
    let unattributed = app.db.count_unindexed(0, Some(Unindexed::NoKey)).await?
        + app.db.count_unindexed(0, Some(Unindexed::Unreadable)).await?;
    let disposals = match audience {
        Audience::Owner => disposals(app, id).await?,
        Audience::Outsider => Vec::new(),
    };
    let mut reading = Reading::begin(app, moment, damaged, draft)?;
    let mut pieces = reading.every_version(id, audience).await?;
    pieces.extend(reading.disposed(&disposals).await?);
    pieces.sort_unstable_by_key(|piece| piece.leaf);
    let (spool, people) = reading.finish()?;
    let today = told::day_of(moment.at);
    let mut life = Life {
        id,
        audience,
        age: age_on(child.born, today),
        child,
        municipality: municipality.map(|municipality| municipality.name).unwrap_or_default(),
        moment: moment.clone(),
        pieces,
        documents: Documents { spool, covers: Covers::default() },
        pages: BTreeMap::new(),
        names: app.db.names(&people).await?,
        disposals,
        unattributed,
    };
    let under_covers = covers::put_over(&mut life)?;
    held_back::judge(app, &mut life, &under_covers, today).await?;
    life.pages = pages(&life)?;
    Ok(life)
}

fn pages(life: &Life) -> Result<BTreeMap<Uuid, Page>, Problem> {
    let mut pages = BTreeMap::new();
    for envelope in life.newest(&[Kind::Entry, Kind::OwnPage]) {
        let envelope = envelope?;
        let (day, title, media) = match envelope.body {
            Body::Entry(entry) => (entry.occurred_on, entry.title, entry.media),
            Body::OwnPage(page) => (told::day_of(page.made_at), page.title, page.media),
            _ => continue,
        };
        let files = media.iter().map(|file| file.id).collect();
        pages.insert(envelope.id, Page { day, title, files });
    }
    Ok(pages)
}

async fn disposals(app: &App, child: ChildId) -> Result<Vec<StoredDisposal>, Problem> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let slice = app.db.disposals(child, after, PAGE).await?;
        found.extend(slice.items);
        after = slice.next;
        if after.is_none() {
            return Ok(found);
        }
    }
}
