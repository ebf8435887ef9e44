//! What is there and not for this reader now, as the domain's rules have it for the one the book is about.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::Audience;
use super::life::{Life, Piece};
use super::outcome::{Outcome, Why};
use crate::app::App;
use crate::domain::document::{Body, Envelope, Kind, Role};
use crate::domain::entry::Readiness;
use crate::domain::ids::{MediaId, PersonId};
use crate::domain::life::LifeRecord;
use crate::domain::own_page::Sharing;
use crate::problem::Problem;

/// Judges what is present once more: may the reader have it now?
pub async fn judge(
    app: &App,
    life: &mut Life,
    under_covers: &HashSet<Uuid>,
    today: NaiveDate,
) -> Result<(), Problem> {
    let hidden = app.db.out_of_sight().await?;
    let around = app.db.people_around(life.id, today).await?;
    let is_own = |role| role == Role::Own && life.audience == Audience::Owner;
    let own = around.into_iter().filter(|(_, role, _)| is_own(*role)).map(|(person, ..)| person).collect();
    let (grown, outsider) = (life.is_own_grown(), life.audience == Audience::Outsider);
    let noted = Noted::of(life, &own, today)?;
    let (shown, elsewhere) = noted.files();
    for piece in &mut life.pieces {
        let Piece { object, kind, .. } = *piece;
        if piece.document.is_none() || !matches!(piece.outcome, Outcome::Present | Outcome::Covered) {
            continue;
        }
        let is_shown = shown.contains(&object);
        piece.outcome = match (kind, noted.waits.get(&object)) {
            _ if hidden.contains(&object) => Outcome::HeldBack(Why::PerhapsAnothers),
            (_, Some(why)) => Outcome::HeldBack(why.clone()),
            (Kind::Media, _) if under_covers.contains(&object) && !is_shown => {
                Outcome::HeldBack(Why::Covered)
            }
            (Kind::Media, _) if elsewhere.contains(&object) && !is_shown => {
                Outcome::HeldBack(Why::OnlyOnThose)
            }
            (Kind::Media, _) if !grown && !is_shown && noted.by_child.contains(&object) => {
                Outcome::HeldBack(Why::OwnOfChild)
            }
            // A file that stands on no page, and a place that was kept from others, are nobody else's.
            (Kind::Media, _) if outsider && !is_shown => Outcome::HeldBack(Why::NotForOthers),
            (Kind::Placement, _) if outsider && noted.secret.contains(&object) => {
                Outcome::HeldBack(Why::NotForOthers)
            }
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

/// What the documents tell of who may have what.
#[derive(Default)]
struct Noted {
    /// Why the newest version of something is not for the reader.
    waits: HashMap<Uuid, Why>,
    /// What shows a file, and the file.
    shows: Vec<(Uuid, Uuid)>,
    /// What the child gave itself.
    by_child: HashSet<Uuid>,
    /// Homes that are secret, or were.
    secret: HashSet<Uuid>,
}

impl Noted {
    fn of(life: &Life, own: &HashSet<PersonId>, today: NaiveDate) -> Result<Self, Problem> {
        let mut noted = Self::default();
        for piece in &life.pieces {
            let Some(envelope) = life.documents.covered(piece)? else { continue };
            // Versions come in order: what the last one says holds.
            match waits(&envelope, life.is_own_grown(), own, today) {
                Some(why) => noted.waits.insert(piece.object, why),
                None => noted.waits.remove(&piece.object),
            };
            noted.shows.extend(files_on(&envelope.body).into_iter().map(|file| (piece.object, file.0)));
            if by_one_of(&envelope, own) {
                noted.by_child.insert(piece.object);
            }
            if matches!(&envelope.body, Body::Placement(home) if home.protected) {
                noted.secret.insert(piece.object);
            }
        }
        Ok(noted)
    }

    /// The files that something in the package shows, and those that something not in it does.
    fn files(&self) -> (HashSet<Uuid>, HashSet<Uuid>) {
        let (mut shown, mut elsewhere) = (HashSet::new(), HashSet::new());
        for (by, file) in &self.shows {
            let files = if self.waits.contains_key(by) { &mut elsewhere } else { &mut shown };
            files.insert(*file);
        }
        (shown, elsewhere)
    }
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

fn files_on(body: &Body) -> Vec<MediaId> {
    match body {
        Body::Entry(entry) => entry.media.iter().map(|file| file.id).collect(),
        Body::OwnPage(page) => page.media.iter().map(|file| file.id).collect(),
        Body::Relation(relation) => relation.picture().into_iter().collect(),
        Body::School(school) => school.picture().into_iter().collect(),
        Body::Child(child) => child.cover.into_iter().collect(),
        _ => Vec::new(),
    }
}
