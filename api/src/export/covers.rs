//! What is covered for somebody else's sake, in a package.

use std::collections::HashSet;

use archive::package::SealedFile;
use archive::{GroupId, ObjectId};
use uuid::Uuid;

use super::life::Life;
use super::outcome::{Outcome, Why};
use crate::domain::document::{self, Body};
use crate::domain::ids::{EntryId, MediaId};
use crate::domain::redaction::{Copy, CoveredFile, Covers};

/// Puts the covers over what is in the package, as they were at its moment; answers the files that stand on pages which show
/// none any more.
pub fn put_over(life: &mut Life) -> HashSet<Uuid> {
    let newest = life.newest();
    let records = newest.iter().filter_map(|(id, envelope)| match &envelope.body {
        Body::Redaction(record) => Some((*id, record)),
        _ => None,
    });
    life.covers = Covers::of(records);
    let covers = &life.covers;
    let mut under_covers = HashSet::new();
    for piece in &mut life.pieces {
        let Some((_, envelope)) = piece.document.as_mut().filter(|_| piece.outcome == Outcome::Present)
        else {
            continue;
        };
        let covered = match &envelope.body {
            Body::Entry(entry) => {
                let covered = covers.over(EntryId(piece.object), entry.clone());
                let left: HashSet<Uuid> = covered.media.iter().map(|file| file.id.0).collect();
                let files = entry.media.iter().map(|file| file.id.0);
                under_covers.extend(files.filter(|file| !left.contains(file)));
                Body::Entry(covered)
            }
            Body::Media(media) => {
                if let Some(CoveredFile::Whole) = covers.file(MediaId(piece.object)) {
                    piece.outcome = Outcome::HeldBack(Why::Covered);
                }
                Body::Media(covers.over_file(MediaId(piece.object), media.clone()))
            }
            Body::Edition(edition) if covers.latest().is_some_and(|latest| edition.ordered_at <= latest) => {
                piece.outcome = Outcome::HeldBack(Why::PrintedBefore);
                continue;
            }
            told => {
                let Some(covered) = covers.over_record(told) else { continue };
                covered
            }
        };
        if covered != envelope.body {
            envelope.body = covered;
            if piece.outcome == Outcome::Present {
                piece.outcome = Outcome::Covered;
            }
        }
    }
    under_covers
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
