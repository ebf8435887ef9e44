//! What is covered for somebody else's sake, in a package.

use std::collections::HashSet;

use archive::package::SealedFile;
use archive::{GroupId, ObjectId};
use uuid::Uuid;

use super::life::Life;
use super::outcome::{Outcome, Why};
use crate::domain::document::{self, Body, Envelope, Kind};
use crate::domain::ids::{EntryId, MediaId};
use crate::domain::redaction::{Copy, CoveredFile, Covers};
use crate::problem::Problem;

/// Finds what is covered at the moment of the package, and judges what that leaves of each version; answers the files that
/// stand on pages which show them no more.
pub fn put_over(life: &mut Life) -> Result<HashSet<Uuid>, Problem> {
    let mut records = Vec::new();
    for envelope in life.newest(&[Kind::Redaction]) {
        let Envelope { id, body, .. } = envelope?;
        if let Body::Redaction(record) = body {
            records.push((id, record));
        }
    }
    let mut under_covers = HashSet::new();
    if records.is_empty() {
        return Ok(under_covers);
    }
    life.documents.covers = Covers::of(records.iter().map(|(id, record)| (*id, record)));
    let documents = &life.documents;
    for piece in life.pieces.iter_mut().filter(|piece| piece.outcome == Outcome::Present) {
        let Some(sealed) = documents.sealed(piece)? else { continue };
        let covered = over(&documents.covers, sealed.clone());
        if let (Body::Entry(sealed), Body::Entry(covered)) = (&sealed.body, &covered.body) {
            let left: HashSet<MediaId> = covered.media.iter().map(|file| file.id).collect();
            let files = sealed.media.iter().filter(|file| !left.contains(&file.id));
            under_covers.extend(files.map(|file| file.id.0));
        }
        if let Some(why) = leave_nothing(&documents.covers, &sealed) {
            piece.outcome = Outcome::HeldBack(why);
        } else if covered != sealed {
            piece.outcome = Outcome::Covered;
        }
    }
    Ok(under_covers)
}

/// A document with the covers over it.
pub fn over(covers: &Covers, envelope: Envelope) -> Envelope {
    let id = envelope.id;
    let body = match envelope.body {
        Body::Entry(entry) => Body::Entry(covers.over(EntryId(id), entry)),
        Body::Media(media) => Body::Media(covers.over_file(MediaId(id), media)),
        told => covers.over_record(&told).unwrap_or(told),
    };
    Envelope { body, ..envelope }
}

/// Where covers leave nothing that could be given.
fn leave_nothing(covers: &Covers, sealed: &Envelope) -> Option<Why> {
    match &sealed.body {
        Body::Media(_) => match covers.file(MediaId(sealed.id))? {
            CoveredFile::Whole => Some(Why::Covered),
            CoveredFile::Copy { .. } => None,
        },
        Body::Edition(edition) => (edition.ordered_at <= covers.latest()?).then_some(Why::PrintedBefore),
        _ => None,
    }
}

/// A copy with spots covered, in the record `object`.
pub fn file(group: Uuid, object: Uuid, copy: &Copy) -> Option<SealedFile> {
    Some(SealedFile {
        group: GroupId(group),
        object: ObjectId(object),
        version: copy.version,
        name: document::COVERED.to_owned(),
        sha256: copy.sha256.parse().ok()?,
        crc32: copy.crc32,
        size_bytes: copy.size_bytes,
    })
}
