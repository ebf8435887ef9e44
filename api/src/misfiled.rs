//! An entry in the wrong child's book: out of sight at once, sealed anew where it belongs, and disposed of where it was
//! once a second person has agreed. One who refuses says that it belongs where it was: then the copy is misfiled, and goes
//! the same way. So it is never seen in both books, and never goes from one on one person's word.

use std::collections::BTreeSet;
use std::{io, iter};

use archive::{GroupId, ObjectId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{MayContribute, MayCorrect};
use crate::db::disposals::StoredDisposal;
use crate::db::editions::Stage;
use crate::deposit::{self, Deposited, Slip};
use crate::disposal::{self, DECIDING, target, versions};
use crate::domain::disposal::{Because, Copied, Disposal, Signed, State, Target};
use crate::domain::document::{Body, Envelope, Kind, Media, ORIGINAL, PRESERVATION};
use crate::domain::entry::{Entry, EntryMedia};
use crate::domain::ids::{ChildId, DisposalId, MediaId};
use crate::jobs;
use crate::problem::{FieldProblem, Problem};

/// Printed books of one child that are looked at.
const EDITIONS: u64 = 1000;

/// Where an entry belongs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Belongs {
    /// The child whose it is.
    pub child: Uuid,
}

/// Takes an entry out of the book it does not belong in and seals a copy of it, with its files and all its versions, for
/// the child it belongs to. Answers the proposal that waits for a second person.
pub async fn report(app: &App, may: &MayCorrect, to: &MayContribute) -> Result<Deposited, Problem> {
    let from = may.entry.entry.child;
    if to.child == from {
        let (da, en) = ("Det ligger allerede hos det barn.", "It lies with that child already.");
        return Err(Problem::Invalid(vec![FieldProblem::new("child", "unknown_value", da, en)]));
    }
    let (stored, deposited) = {
        let _one_at_a_time = DECIDING.lock().await;
        // Somebody else may have been faster.
        app.db.entry(may.entry.id).await?.ok_or(Problem::NotFound)?;
        let disposal = proposal(app, may, to.child).await?;
        let deposited = disposal::seal(app, app.new_id(), 1, disposal.clone(), may.caller.id).await?;
        (StoredDisposal { id: DisposalId(deposited.id), disposal }, deposited)
    };
    // It is out of sight. Should the copying fail, the background goes on with it.
    if let Err(problem) = copy_over(app, &stored).await {
        tracing::warn!(cause = %problem, "a misfiled entry is not copied yet");
    }
    Ok(deposited)
}

async fn proposal(app: &App, may: &MayCorrect, to: ChildId) -> Result<Disposal, Problem> {
    let (from, entry) = (may.entry.entry.child, may.entry.id.0);
    let files: BTreeSet<_> = files_of(&versions(app, from, entry).await?).map(|file| file.0).collect();
    let objects: Vec<Uuid> = iter::once(entry).chain(files).collect();
    Ok(Disposal {
        child: from,
        targets: what_goes(app, from, entry, &objects).await?,
        because: Because::WrongChild {
            belongs_to: to,
            copies: objects.into_iter().map(|object| Copied { object, copy: app.new_id() }).collect(),
            answers: None,
        },
        proposed: Signed { by: may.caller.id, at: app.now() },
        approvals: Vec::new(),
        state: State::Proposed,
    })
}

/// What is to go of a misfiled entry and its files, as far as it is sealed, with the printed books that may show it.
async fn what_goes(app: &App, child: ChildId, entry: Uuid, objects: &[Uuid]) -> Result<Vec<Target>, Problem> {
    let (mut targets, mut printed) = (Vec::new(), Vec::new());
    for object in objects {
        let versions = versions(app, child, *object).await?;
        let [first, ..] = versions.as_slice() else { continue };
        if *object == entry {
            printed = printed_since(app, child, first).await?;
        } else if app.db.entries_with(MediaId(*object)).await?.iter().any(|other| other.id.0 != entry) {
            // A file that lies in another entry too goes when that one does.
            continue;
        }
        targets.push(target(first, versions.last().unwrap_or(first).deposited_at));
    }
    targets.extend(printed);
    Ok(targets)
}

/// Where it was refused that something is misfiled, its copies are: they go out of sight and are proposed in their turn.
/// Those that are proposed already, or gone, are left as they are.
pub async fn put_copies_away(app: &App, refused: &StoredDisposal, by: Signed) -> Result<(), Problem> {
    let Because::WrongChild { belongs_to: child, copies, .. } = &refused.disposal.because else {
        return Ok(());
    };
    let [first, ..] = copies.as_slice() else { return Ok(()) };
    let mut back = Vec::new();
    for copied in copies {
        if !app.db.is_proposed(copied.copy).await? {
            back.push(Copied { object: copied.copy, copy: copied.object });
        }
    }
    let objects: Vec<Uuid> = back.iter().map(|copied| copied.object).collect();
    let targets = what_goes(app, *child, first.copy, &objects).await?;
    if targets.is_empty() {
        return Ok(());
    }
    let disposal = Disposal {
        child: *child,
        because: Because::WrongChild {
            belongs_to: refused.disposal.child,
            copies: back,
            answers: Some(refused.id),
        },
        targets,
        proposed: by,
        approvals: Vec::new(),
        state: State::Proposed,
    };
    disposal::seal(app, app.new_id(), 1, disposal, by.by).await.map(|_| ())
}

/// The printed books that may show the entry.
async fn printed_since(app: &App, child: ChildId, entry: &Envelope) -> Result<Vec<Target>, Problem> {
    let editions = app.db.editions(child, EDITIONS).await?.into_iter();
    let since = editions.filter(|edition| {
        matches!(edition.stage, Stage::Ready(_)) && edition.ordered_at >= entry.deposited_at
    });
    let target = |edition: crate::db::editions::StoredEdition| Target {
        object: edition.id.0,
        kind: Kind::Edition,
        deposited_by: Some(edition.ordered_by),
        deposited_at: edition.ordered_at,
        grounds: None,
    };
    Ok(since.map(target).collect())
}

/// The files that any of these versions of an entry names.
pub fn files_of(versions: &[Envelope]) -> impl Iterator<Item = MediaId> {
    let entries = versions.iter().filter_map(|version| match &version.body {
        Body::Entry(entry) => Some(entry),
        _ => None,
    });
    entries.flat_map(|entry| &entry.media).map(|file| file.id)
}

/// Seals the copies that are not sealed yet, the files before the entry that names them; until somebody says no.
pub async fn copy_over(app: &App, stored: &StoredDisposal) -> Result<(), Problem> {
    let Because::WrongChild { belongs_to, copies, answers: None } = &stored.disposal.because else {
        return Ok(());
    };
    let from = stored.disposal.child;
    for copied in copies.iter().rev() {
        let there = app.db.latest_version(copied.copy).await?;
        if app.db.latest_version(copied.object).await? <= there {
            continue;
        }
        let versions = versions(app, from, copied.object).await?;
        for envelope in versions.into_iter().filter(|envelope| envelope.version > there) {
            if refused(app, stored.id).await?.is_some() {
                break;
            }
            copy_version(app, from, *belongs_to, *copied, copies, envelope).await?;
        }
    }
    let _one_at_a_time = DECIDING.lock().await;
    // Who said no meanwhile saw the copies that were there by then.
    match refused(app, stored.id).await? {
        Some(by) => put_copies_away(app, stored, by).await,
        None => Ok(()),
    }
}

async fn refused(app: &App, id: DisposalId) -> Result<Option<Signed>, Problem> {
    Ok(app.db.disposal(id).await?.and_then(|stored| stored.disposal.state.refused()))
}

/// Nothing goes before its copy is sealed, with all its versions.
pub async fn expect_copied(app: &App, because: &Because) -> Result<(), Problem> {
    let Because::WrongChild { copies, answers, .. } = because else { return Ok(()) };
    for copied in copies {
        let there = app.db.latest_deposit(copied.copy).await?.ok_or(Problem::NotReady)?.version;
        let here = app.db.latest_deposit(copied.object).await?.map_or(0, |here| here.version);
        // What was added to a copy is not taken back to where it is a copy of.
        if answers.is_none() && there < here {
            return Err(Problem::NotReady);
        }
    }
    Ok(())
}

async fn copy_version(
    app: &App,
    from: ChildId,
    to: ChildId,
    copied: Copied,
    copies: &[Copied],
    envelope: Envelope,
) -> Result<(), Problem> {
    let Envelope { version, deposited_by: by, body, .. } = envelope;
    let slip = Slip { id: copied.copy, version, group: to.0, kind: body.kind(), by, at: app.now() };
    let born = app.db.child(to).await?.map(|child| child.born);
    match body {
        Body::Media(media) => {
            copy_file(app, from, copied.object, slip, Media { child: to, ..media }, born).await
        }
        Body::Entry(entry) => {
            let copy_of = |file: EntryMedia| {
                let known = copies.iter().find(|copied| copied.object == file.id.0)?;
                Some(EntryMedia { id: MediaId(known.copy), ..file })
            };
            let media = entry.media.into_iter().filter_map(copy_of).collect();
            let body = Body::Entry(Entry { child: to, media, beside: None, wish: None, ..entry });
            deposit::document(app, slip, body, born, None).await.map(|_| ())
        }
        _ => Err(Problem::Internal("only entries and files are moved".into())),
    }
}

async fn copy_file(
    app: &App,
    from: ChildId,
    object: Uuid,
    slip: Slip,
    media: Media,
    born: Option<chrono::NaiveDate>,
) -> Result<(), Problem> {
    // The original came with the first version, a preservation copy with each later one.
    let (name, digest) = match &media.preservation {
        Some(copy) if slip.version > 1 => (PRESERVATION, copy.sha256.clone()),
        _ => (ORIGINAL, media.sha256.clone()),
    };
    let content = app.archive.open(GroupId(from.0), ObjectId(object), slip.version, name).await?;
    let staging = deposit::stage(app, &slip).await?;
    let mut writer = staging.file(name)?;
    let written = tokio::task::spawn_blocking(move || -> Result<_, archive::Error> {
        io::copy(&mut content.into_reader(), &mut writer)?;
        Ok(writer.finish()?)
    });
    if written.await??.plain.to_string() != digest {
        return Err(Problem::Internal("a copy differs from what it is a copy of".into()));
    }
    let id = slip.id;
    deposit::commit(app, slip, staging, Body::Media(media), born, None).await?;
    jobs::order(app, jobs::Kind::Renditions, &id.to_string()).await
}
