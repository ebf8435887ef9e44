//! Every version that the log has of a child's: proven, read from the archive, and laid by to be read again.

use std::collections::{HashMap, HashSet};

use archive::package::{Draft, SealedFile, Spool, SpoolWriter};
use archive::{Digest, GroupId, ObjectId, check_receipt};
use bytes::Bytes;
use uuid::Uuid;

use super::life::Piece;
use super::outcome::Outcome;
use super::{Audience, Moment, covers, proofs, scratch};
use crate::app::App;
use crate::db::deposits::Deposit;
use crate::db::disposals::StoredDisposal;
use crate::domain::disposal::State;
use crate::domain::document::{self, Body, Envelope, Kind};
use crate::domain::entry::Readiness;
use crate::domain::ids::{ChildId, PersonId};
use crate::problem::Problem;

pub const PAGE: u64 = 500;
/// As long as a document may be: a batch of readings is the longest.
const DOCUMENT_BYTES: u64 = 16 * 1024 * 1024;

/// A life being read.
pub struct Reading<'a> {
    app: &'a App,
    moment: &'a Moment,
    damaged: &'a HashSet<Uuid>,
    draft: &'a mut Draft,
    documents: SpoolWriter,
    /// Everybody who is named.
    people: HashSet<PersonId>,
}

impl<'a> Reading<'a> {
    /// Receipts and inventories go into `draft`; `damaged` are objects that somebody found to be so.
    pub fn begin(
        app: &'a App,
        moment: &'a Moment,
        damaged: &'a HashSet<Uuid>,
        draft: &'a mut Draft,
    ) -> Result<Self, Problem> {
        let documents = SpoolWriter::begin(&scratch(app))?;
        Ok(Self { app, moment, damaged, draft, documents, people: HashSet::new() })
    }

    /// What was read, and who is named in it.
    pub fn finish(self) -> Result<(Spool, Vec<PersonId>), Problem> {
        Ok((self.documents.finish()?, self.people.into_iter().collect()))
    }

    /// The versions that the log had at the moment of the package.
    pub async fn every_version(&mut self, child: ChildId, audience: Audience) -> Result<Vec<Piece>, Problem> {
        let (mut pieces, mut from) = (Vec::new(), 0);
        loop {
            let page = self.app.db.versions_of(child, from, self.moment.checkpoint.size, PAGE).await?;
            let Some(last) = page.last().and_then(|last| last.leaf) else { return Ok(pieces) };
            from = last + 1;
            for deposit in page.into_iter().filter(|deposit| audience.gets(deposit.kind)) {
                pieces.push(self.version(deposit).await?);
            }
        }
    }

    /// One version: proven in the log, and read back.
    async fn version(&mut self, deposit: Deposit) -> Result<Piece, Problem> {
        let Deposit { object, version, kind, key_group, .. } = deposit;
        let leaf = deposit.leaf.unwrap_or_default();
        let sealed = self.proven(leaf, (object, version)).await?;
        let inventory = self.app.archive.inventory_file(ObjectId(object), version).await;
        let mut outcome = match &inventory {
            Ok(bytes) if Digest::of(bytes) == sealed => Outcome::Present,
            Ok(_) => Outcome::Damaged,
            Err(archive::Error::NotFound) => Outcome::Missing,
            Err(_) => return Err(inventory.err().map_or(Problem::NotFound, Into::into)),
        };
        let mut document = None;
        if outcome == Outcome::Present {
            self.draft.put(&proofs::inventory_path(leaf), inventory.unwrap_or_default())?;
            match read_document(self.app, GroupId(key_group), ObjectId(object), version, kind).await? {
                Ok((bytes, envelope)) => {
                    document = Some(self.documents.put(bytes)?);
                    outcome = content(self.app, &envelope).await?;
                    self.people.extend(people(&envelope));
                }
                Err(found) => outcome = found,
            }
        }
        if document.is_some() && self.damaged.contains(&object) {
            outcome = Outcome::Damaged;
        }
        Ok(Piece { leaf, object, version, kind, deposited_at: Some(deposit.deposited_at), document, outcome })
    }

    /// The receipt of a leaf goes into the package; answers which inventory the log has. That the index and the log tell
    /// the same is no question of completeness: where they do not, nobody may go on.
    async fn proven(&mut self, leaf: u64, (object, version): (Uuid, u32)) -> Result<Digest, Problem> {
        let receipt = self.app.archive.receipt_at(leaf, &self.moment.checkpoint.note).await?;
        let proven = check_receipt(&self.app.archive.verifier_key(), &receipt)
            .map_err(|problem| Problem::Internal(format!("receipt: {problem}")))?;
        if (proven.leaf.object.0, proven.leaf.version) != (object, version) {
            return Err(Problem::Internal(format!("the index and the log differ at leaf {leaf}")));
        }
        self.draft.put(&proofs::receipt_path(leaf), receipt)?;
        Ok(proven.leaf.inventory)
    }

    /// The versions of what was taken out: the log still has them, and nobody can open them.
    pub async fn disposed(&mut self, disposals: &[StoredDisposal]) -> Result<Vec<Piece>, Problem> {
        self.people.extend(disposals.iter().flat_map(|stored| stored.disposal.people()));
        let decided = disposals.iter().filter(|stored| stored.disposal.state == State::Decided);
        let targets: HashMap<Uuid, _> = decided
            .flat_map(|stored| {
                stored.disposal.targets.iter().map(|target| (target.object, (stored.id, target.kind)))
            })
            .collect();
        let objects: Vec<Uuid> = targets.keys().copied().collect();
        let mut pieces = Vec::new();
        for (leaf, object, version) in self.app.db.unindexed_of(&objects).await? {
            let Some((disposal, kind)) = targets.get(&object) else { continue };
            if leaf >= self.moment.checkpoint.size {
                continue;
            }
            self.proven(leaf, (object, version)).await?;
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

/// Everybody who is named in what is told of a document.
fn people(envelope: &Envelope) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = envelope.deposited_by.into_iter().collect();
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
    people
}
