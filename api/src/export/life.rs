//! A child's life as the archive has it: every version that the log names, read back and judged.

use std::collections::{BTreeMap, HashMap, HashSet};

use archive::package::{Draft, LaidBy, SealedFile};
use archive::{Digest, GroupId, ObjectId, check_receipt};
use bytes::Bytes;
use chrono::NaiveDate;
use uuid::Uuid;

use super::outcome::{Outcome, Why};
use super::{Audience, Moment, covers, proofs};
use crate::app::App;
use crate::db::deposits::Deposit;
use crate::db::disposals::StoredDisposal;
use crate::db::rebuild::Unindexed;
use crate::domain::access::age_on;
use crate::domain::disposal::State;
use crate::domain::document::{self, Body, Child, Envelope, Kind, Role};
use crate::domain::entry::Readiness;
use crate::domain::ids::{ChildId, PersonId};
use crate::domain::life::LifeRecord;
use crate::domain::own_page::Sharing;
use crate::domain::redaction::Covers;
use crate::problem::Problem;

const PAGE: u64 = 500;
/// As long as a document may be: a batch of readings is the longest.
const DOCUMENT_BYTES: u64 = 16 * 1024 * 1024;

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
    /// Names of everybody who is named.
    pub names: HashMap<PersonId, String>,
    pub disposals: Vec<StoredDisposal>,
    /// What was covered at the moment of the package.
    pub covers: Covers,
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
    /// The document as sealed, laid by for the package, and read; absent where it is not to be had.
    pub document: Option<(LaidBy, Box<Envelope>)>,
    pub outcome: Outcome,
}

impl Piece {
    /// The document, where the reader may have it.
    pub fn open(&self) -> Option<&Envelope> {
        let (_, envelope) = self.document.as_ref()?;
        self.outcome.is_open().then_some(&**envelope)
    }

    /// How somebody would look for what is missing: the name of a file. Of what waits by a decision nothing is told.
    pub fn called(&self) -> Option<&str> {
        match &self.document.as_ref()?.1.body {
            Body::Media(media) if self.outcome.is_hole() => Some(&media.file_name),
            _ => None,
        }
    }
}

impl Life {
    pub fn name(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("", String::as_str)
    }

    /// True where the reader is the one it is about, and grown: then nothing waits for an adult beside.
    pub fn is_own_grown(&self) -> bool {
        self.audience == Audience::Owner && self.age >= 18
    }

    /// The open documents of the newest versions, by object.
    pub fn newest(&self) -> BTreeMap<Uuid, &Envelope> {
        let open = self.pieces.iter().filter_map(|piece| Some((piece.object, piece.open()?)));
        // Versions of an object come in order: the last one stays.
        open.collect()
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
    let mut pieces = Vec::new();
    let mut from = 0;
    loop {
        let page = app.db.versions_of(id, from, moment.checkpoint.size, PAGE).await?;
        let Some(last) = page.last().and_then(|last| last.leaf) else { break };
        from = last + 1;
        for deposit in page.into_iter().filter(|deposit| audience.gets(deposit.kind)) {
            pieces.push(piece(app, deposit, moment, damaged, draft).await?);
        }
    }
    let disposals = match audience {
        Audience::Owner => disposals(app, id).await?,
        Audience::Outsider => Vec::new(),
    };
    pieces.extend(disposed(app, &disposals, moment, draft).await?);
    pieces.sort_unstable_by_key(|piece| piece.leaf);
    let today = crate::app::danish_time(moment.at).date();
    let municipality = app.db.municipality(child.municipality).await?.map(|municipality| municipality.name);
    let unattributed = app.db.count_unindexed(0, Some(Unindexed::NoKey)).await?
        + app.db.count_unindexed(0, Some(Unindexed::Unreadable)).await?;
    let mut life = Life {
        id,
        audience,
        age: age_on(child.born, today),
        child,
        municipality: municipality.unwrap_or_default(),
        moment: moment.clone(),
        pieces,
        names: HashMap::new(),
        disposals,
        covers: Covers::default(),
        unattributed,
    };
    life.names = app.db.names(&people(&life)).await?;
    let under_covers = covers::put_over(&mut life);
    hold_back(app, &mut life, &under_covers, today).await?;
    Ok(life)
}

/// One version: proven in the log, and read back.
async fn piece(
    app: &App,
    deposit: Deposit,
    moment: &Moment,
    damaged: &HashSet<Uuid>,
    draft: &mut Draft,
) -> Result<Piece, Problem> {
    let Deposit { object, version, kind, key_group, .. } = deposit;
    let leaf = deposit.leaf.unwrap_or_default();
    let sealed = proven(app, leaf, (object, version), moment, draft).await?;
    let inventory = app.archive.inventory_file(ObjectId(object), version).await;
    let mut outcome = match &inventory {
        Ok(bytes) if Digest::of(bytes) == sealed => Outcome::Present,
        Ok(_) => Outcome::Damaged,
        Err(archive::Error::NotFound) => Outcome::Missing,
        Err(_) => return Err(inventory.err().map_or(Problem::NotFound, Into::into)),
    };
    let mut document = None;
    if outcome == Outcome::Present {
        draft.put(&proofs::inventory_path(leaf), inventory.unwrap_or_default())?;
        match read_document(app, GroupId(key_group), ObjectId(object), version, kind).await? {
            Ok((bytes, envelope)) => document = Some((draft.lay_by(bytes)?, Box::new(envelope))),
            Err(found) => outcome = found,
        }
    }
    if let (Outcome::Present, Some((_, envelope))) = (&outcome, &document) {
        outcome = content(app, envelope).await?;
        if damaged.contains(&object) {
            outcome = Outcome::Damaged;
        }
    }
    let deposited_at = Some(deposit.deposited_at);
    Ok(Piece { leaf, object, version, kind, deposited_at, document, outcome })
}

/// The receipt of a leaf goes into the package; answers which inventory the log has. That the index and the log tell the
/// same is no question of completeness: where they do not, nobody may go on.
async fn proven(
    app: &App,
    leaf: u64,
    (object, version): (Uuid, u32),
    moment: &Moment,
    draft: &mut Draft,
) -> Result<Digest, Problem> {
    let receipt = app.archive.receipt_at(leaf, &moment.checkpoint.note).await?;
    let proven = check_receipt(&app.archive.verifier_key(), &receipt)
        .map_err(|problem| Problem::Internal(format!("receipt: {problem}")))?;
    if (proven.leaf.object.0, proven.leaf.version) != (object, version) {
        return Err(Problem::Internal(format!("the index and the log differ at leaf {leaf}")));
    }
    draft.put(&proofs::receipt_path(leaf), receipt)?;
    Ok(proven.leaf.inventory)
}

/// The document of a version, or what is wrong with it.
pub async fn read_document(
    app: &App,
    group: GroupId,
    object: ObjectId,
    version: u32,
    kind: Kind,
) -> Result<Result<(Bytes, Envelope), Outcome>, Problem> {
    let content = match app.archive.open(group, object, version, kind.document_name()).await {
        Ok(content) => content.read_all(DOCUMENT_BYTES).await,
        Err(error) => Err(error),
    };
    let bytes = match content {
        Ok(bytes) => bytes,
        Err(error) => return Ok(Err(judged(error)?)),
    };
    Ok(serde_json::from_slice(&bytes).map(|envelope| (bytes.into(), envelope)).map_err(|_| Outcome::Damaged))
}

/// Whether the files beside a document are there, and as long as it says. Their every byte is held against it when they are
/// written.
async fn content(app: &App, envelope: &Envelope) -> Result<Outcome, Problem> {
    for file in files(envelope) {
        let found = app.archive.open(file.group, file.object, file.version, &file.name).await;
        match found {
            Ok(content) if content.size_bytes() == file.size_bytes => {}
            Ok(_) => return Ok(Outcome::Damaged),
            Err(error) => return judged(error),
        }
    }
    Ok(Outcome::Present)
}

/// What an error of the archive says of a file. Where nobody could look, there is no answer.
fn judged(error: archive::Error) -> Result<Outcome, Problem> {
    match error {
        archive::Error::KeyDestroyed => Ok(Outcome::NoKey),
        archive::Error::NotFound | archive::Error::Alarm { what: "content missing", .. } => {
            Ok(Outcome::Missing)
        }
        archive::Error::Alarm { .. } | archive::Error::TooLong { .. } => Ok(Outcome::Damaged),
        other => Err(other.into()),
    }
}

/// The files beside a document, with what was noted of them.
pub fn files(envelope: &Envelope) -> Vec<SealedFile> {
    let file = |name: &str, sha256: &str, crc32, size_bytes| {
        Some(SealedFile {
            group: GroupId(envelope.group),
            object: ObjectId(envelope.id),
            version: envelope.version,
            name: name.to_owned(),
            sha256: sha256.parse().ok()?,
            crc32,
            size_bytes,
        })
    };
    let found = match &envelope.body {
        Body::Media(media) => {
            let copy = media
                .preservation
                .as_ref()
                .and_then(|copy| file(document::PRESERVATION, &copy.sha256, copy.crc32, copy.size_bytes));
            vec![file(document::ORIGINAL, &media.sha256, media.crc32, media.size_bytes), copy]
        }
        Body::Redaction(record) => {
            let here = record.copy.as_ref().filter(|copy| copy.version == envelope.version);
            vec![here.and_then(|copy| covers::file(envelope.group, envelope.id, copy))]
        }
        Body::Edition(edition) => {
            vec![file(document::EDITION, &edition.sha256, edition.crc32, edition.size_bytes)]
        }
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
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

/// The versions of what was taken out: the log still has them, and nobody can open them.
async fn disposed(
    app: &App,
    disposals: &[StoredDisposal],
    moment: &Moment,
    draft: &mut Draft,
) -> Result<Vec<Piece>, Problem> {
    let decided = disposals.iter().filter(|stored| stored.disposal.state == State::Decided);
    let targets: HashMap<Uuid, _> = decided
        .flat_map(|stored| {
            stored.disposal.targets.iter().map(|target| (target.object, (stored.id, target.kind)))
        })
        .collect();
    let objects: Vec<Uuid> = targets.keys().copied().collect();
    let mut pieces = Vec::new();
    for (leaf, object, version) in app.db.unindexed_of(&objects).await? {
        let Some((disposal, kind)) = targets.get(&object) else { continue };
        if leaf >= moment.checkpoint.size {
            continue;
        }
        proven(app, leaf, (object, version), moment, draft).await?;
        let outcome = Outcome::Disposed(*disposal);
        pieces.push(Piece {
            leaf,
            object,
            version,
            kind: *kind,
            deposited_at: None,
            document: None,
            outcome,
        });
    }
    Ok(pieces)
}

/// Everybody who is named in what is told.
fn people(life: &Life) -> Vec<PersonId> {
    let mut people: Vec<PersonId> =
        life.disposals.iter().flat_map(|stored| stored.disposal.people()).collect();
    for (_, envelope) in life.pieces.iter().filter_map(|piece| piece.document.as_ref()) {
        people.extend(envelope.deposited_by);
        match &envelope.body {
            Body::Entry(entry) => {
                people.push(entry.author);
                if let Readiness::HeldBack { decided_by, .. } = entry.readiness {
                    people.push(decided_by);
                }
            }
            Body::OwnPage(page) => people.push(page.author),
            Body::Placement(placement) => people.extend(&placement.carers),
            Body::Assignment(assignment) => people.push(assignment.person),
            Body::Meeting(meeting) => people.extend(&meeting.with),
            Body::Wish(wish) => people.extend(wish.to.into_iter().chain(wish.answer.as_ref().map(|a| a.by))),
            Body::Goal(goal) => people.extend(goal.steps.iter().map(|step| step.by)),
            Body::Hold(hold) => people.extend(hold.people()),
            Body::Request(request) => people.extend(request.people()),
            Body::Redaction(record) => people.extend(record.people()),
            Body::Readings(readings) => {
                let of = |reading: &document::Reading| [Some(reading.reader), reading.companion];
                people.extend(readings.readings.iter().flat_map(of).flatten());
            }
            _ => {}
        }
    }
    people.sort_unstable();
    people.dedup();
    people
}

/// What is there and not for this reader now, as the domain's rules have it for the one the book is about.
async fn hold_back(
    app: &App,
    life: &mut Life,
    under_covers: &HashSet<Uuid>,
    today: NaiveDate,
) -> Result<(), Problem> {
    let hidden = app.db.out_of_sight().await?;
    let around = app.db.people_around(life.id, today).await?;
    let is_own = |role| role == Role::Own && life.audience == Audience::Owner;
    let own: HashSet<PersonId> =
        around.into_iter().filter(|(_, role, _)| is_own(*role)).map(|(person, ..)| person).collect();
    let (grown, outsider) = (life.is_own_grown(), life.audience == Audience::Outsider);
    let newest: HashMap<Uuid, Option<Why>> = life
        .pieces
        .iter()
        .filter_map(|piece| Some((piece.object, &*piece.document.as_ref()?.1)))
        .map(|(object, envelope)| (object, waits(envelope, grown, &own, today)))
        .collect();
    let (shown, elsewhere) = referred(life, &newest);
    for piece in &mut life.pieces {
        let Some((_, envelope)) = &piece.document else { continue };
        if !matches!(piece.outcome, Outcome::Present | Outcome::Covered) {
            continue;
        }
        let waits = newest.get(&piece.object).cloned().flatten();
        piece.outcome = match (piece.kind, waits) {
            _ if hidden.contains(&piece.object) => Outcome::HeldBack(Why::PerhapsAnothers),
            (_, Some(why)) => Outcome::HeldBack(why),
            (Kind::Media, _) if under_covers.contains(&piece.object) && !shown.contains(&piece.object) => {
                Outcome::HeldBack(Why::Covered)
            }
            (Kind::Media, _) if elsewhere.contains(&piece.object) && !shown.contains(&piece.object) => {
                Outcome::HeldBack(Why::OnlyOnThose)
            }
            (Kind::Media, _) if !grown && !shown.contains(&piece.object) && by_one_of(envelope, &own) => {
                Outcome::HeldBack(Why::OwnOfChild)
            }
            // A file that stands on no page, and a place that was kept from others, are nobody else's.
            (Kind::Media, _) if outsider && !shown.contains(&piece.object) => {
                Outcome::HeldBack(Why::NotForOthers)
            }
            (Kind::Placement, _) if outsider && is_secret(envelope) => Outcome::HeldBack(Why::NotForOthers),
            (kind, _) if is_told_in_words(kind) => Outcome::Told,
            _ => continue,
        };
    }
    Ok(())
}

/// Readings, holds, disposals, requests and covers are told in words: the sealed form of a disposal names another child, that
/// of a request a no that nobody else has agreed to, that of a cover what is beneath.
fn is_told_in_words(kind: Kind) -> bool {
    matches!(kind, Kind::Readings | Kind::Hold | Kind::Disposal | Kind::Request | Kind::Redaction)
}

fn is_secret(envelope: &Envelope) -> bool {
    matches!(&envelope.body, Body::Placement(home) if home.protected)
}

fn by_one_of(envelope: &Envelope, people: &HashSet<PersonId>) -> bool {
    envelope.deposited_by.is_some_and(|by| people.contains(&by))
}

/// Why the newest version of something is not for the reader: nothing where it is.
fn waits(envelope: &Envelope, grown: bool, own: &HashSet<PersonId>, today: NaiveDate) -> Option<Why> {
    match &envelope.body {
        Body::Entry(entry) => match &entry.readiness {
            readiness if readiness.is_open(today) || by_one_of(envelope, own) => None,
            Readiness::HeldBack { reason, decided_by, ask, review_on, opens_on, .. } => Some(Why::Waits {
                reason: reason.clone(),
                decided_by: *decided_by,
                ask: ask.clone(),
                review_on: *review_on,
                opens_on: *opens_on,
            }),
            _ => (!grown).then_some(Why::WithAdult),
        },
        Body::OwnPage(page) => (!grown && page.sharing != Sharing::Everyone).then_some(Why::OwnOfChild),
        Body::Choices(_) | Body::Gift(_) | Body::Ownership(_) => (!grown).then_some(Why::OwnOfChild),
        _ => None,
    }
}

/// The files that something in the package shows, and those that something not in it does.
fn referred(life: &Life, newest: &HashMap<Uuid, Option<Why>>) -> (HashSet<Uuid>, HashSet<Uuid>) {
    let (mut shown, mut elsewhere) = (HashSet::new(), HashSet::new());
    for piece in &life.pieces {
        let Some((_, envelope)) = &piece.document else { continue };
        let waits = newest.get(&piece.object).is_some_and(Option::is_some);
        let to = if waits { &mut elsewhere } else { &mut shown };
        match &envelope.body {
            Body::Entry(entry) => to.extend(entry.media.iter().map(|file| file.id.0)),
            Body::OwnPage(page) => to.extend(page.media.iter().map(|file| file.id.0)),
            Body::Relation(relation) => to.extend(relation.picture().map(|id| id.0)),
            Body::School(school) => to.extend(school.picture().map(|id| id.0)),
            Body::Child(child) => to.extend(child.cover.map(|id| id.0)),
            _ => {}
        }
    }
    (shown, elsewhere)
}
