//! Covering somebody else's private matters in a book: proposed, agreed to by another person where it takes two, looked at
//! again, lifted. What is sealed stays; [`crate::domain::redaction::Covers`] says what is read instead.

mod asked;
mod copy;
mod known;
mod reveal;

use uuid::Uuid;

pub use asked::{NewAnswer, NewCover, NewSpot};
pub use reveal::{On, Reads, on, reads, texts};

use crate::app::App;
use crate::auth::{Caller, MayCover, MayDecideRedaction};
use crate::db::Slice;
use crate::db::deposits::Idempotency;
use crate::db::entries::StoredEntry;
use crate::db::life::StoredLife;
use crate::db::register::RecordCursor;
use crate::deposit::{self, Deposited, Slip};
use crate::domain::access::{Right, Ties};
use crate::domain::disposal::Signed;
use crate::domain::document::{Body, COVERED};
use crate::domain::ids::{ChildId, PersonId};
use crate::domain::life::LifeRecord;
use crate::domain::redaction::{Copy, Cover, Covers, Redaction, State, Target};
use crate::problem::{FieldProblem, Problem};
use crate::requests;

/// So many pages and files of one book are covered at most.
const RECORDS: u64 = 10_000;
/// So many covers lie on one page or file at most.
const COVERS: usize = 500;

/// A child's records of covers, first to last.
pub async fn of_child(app: &App, child: ChildId) -> Result<Vec<StoredLife<Redaction>>, Problem> {
    let slice = app.db.life::<Redaction>(child, None, RECORDS).await?;
    match slice.next {
        None => Ok(slice.items),
        // Better no book than one that shows what is covered.
        Some(_) => Err(Problem::Internal("more covers than are read at once".into())),
    }
}

/// Everything that is covered in a child's book.
pub async fn covers(app: &App, child: ChildId) -> Result<Covers, Problem> {
    let records = of_child(app, child).await?;
    Ok(Covers::of(records.iter().map(|stored| (stored.id, &stored.record))))
}

/// What is covered for whoever stands in these ties to the child: nothing for those who decide about it.
pub async fn covers_for(app: &App, ties: &Ties, child: ChildId) -> Result<Covers, Problem> {
    if ties.may(Right::ReadHeldBack) { Ok(Covers::default()) } else { covers(app, child).await }
}

/// A child's records of one kind, as whoever stands in these ties reads them.
pub async fn life<R: LifeRecord>(
    app: &App,
    ties: &Ties,
    child: ChildId,
    after: Option<RecordCursor>,
    limit: u64,
) -> Result<Slice<StoredLife<R>, RecordCursor>, Problem> {
    let covers = covers_for(app, ties, child).await?;
    life_under(app, &covers, child, after, limit).await
}

/// The same as these covers leave them.
pub async fn life_under<R: LifeRecord>(
    app: &App,
    covers: &Covers,
    child: ChildId,
    after: Option<RecordCursor>,
    limit: u64,
) -> Result<Slice<StoredLife<R>, RecordCursor>, Problem> {
    let Slice { items, next } = app.db.life::<R>(child, after, limit).await?;
    let under = |stored: StoredLife<R>| StoredLife { record: stored.record.under(covers), ..stored };
    Ok(Slice { items: items.into_iter().map(under).collect(), next })
}

/// When something was opened again last, and what was said about it.
pub struct LastLifted {
    pub signed: Signed,
    pub words: Option<String>,
}

pub async fn last_lifted(app: &App, child: ChildId) -> Result<Option<LastLifted>, Problem> {
    let records = of_child(app, child).await?;
    let covers = records.into_iter().flat_map(|stored| stored.record.covers);
    let lifted = covers.filter_map(|cover| match cover.state {
        State::Lifted { signed, words } => Some(LastLifted { signed, words }),
        _ => None,
    });
    Ok(lifted.max_by_key(|lifted| lifted.signed.at))
}

/// An entry as `caller` reads it, who stands in these ties to its child. Whoever wrote it knows what it says.
pub async fn seen(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    stored: StoredEntry,
) -> Result<StoredEntry, Problem> {
    if stored.entry.author == caller.id {
        return Ok(stored);
    }
    let covers = covers_for(app, ties, stored.entry.child).await?;
    Ok(stored.under(&covers))
}

/// Seals a proposal. What one person may cover is covered at once.
pub async fn propose(
    app: &App,
    may: &MayCover,
    new: NewCover,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let signed = Signed { by: may.caller.id, at: app.now() };
    let (of, mut cover) = new.cover(may.caller.today, signed)?;
    let on = on(app, may.child, of).await?;
    asked::check_place(&on, &cover)?;
    known::refuse(app, may.child, of, &on, &cover).await?;
    if !cover.takes_two() {
        cover.state = State::Standing { second: None };
    }
    let before = of_child(app, may.child).await?.into_iter().find(|stored| stored.record.of == of);
    let (id, version, mut record) = match before {
        Some(StoredLife { id, version, record }) => (id, version + 1, record),
        None => {
            let (child, told_at) = (may.child, signed.at);
            (app.new_id(), 1, Redaction { child, of, covers: Vec::new(), copy: None, told_at })
        }
    };
    if record.covers.len() >= COVERS {
        let (da, en) = (
            "Her er dækket så meget, at siden må dækkes helt.",
            "So much is covered here that all of it has to be.",
        );
        return Err(Problem::Invalid(vec![FieldProblem::new("whole", "too_many", da, en)]));
    }
    record.covers.push(cover);
    seal(app, may.caller.id, (id, version), record, idempotency).await
}

/// Seals what somebody says to one cover, counted from one: another person agrees to it or sends it back; or it is lifted,
/// and whoever has a package from before gets a new one.
pub async fn answer(
    app: &App,
    may: &MayDecideRedaction,
    number: usize,
    new: NewAnswer,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        requests::issue_again(app, may.stored.record.child).await?;
        return Ok(first);
    }
    let signed = Signed { by: may.caller.id, at: app.now() };
    let mut record = may.stored.record.clone();
    let cover =
        number.checked_sub(1).and_then(|index| record.covers.get_mut(index)).ok_or(Problem::NotFound)?;
    cover.state = answered(cover, new, signed)?;
    let child = record.child;
    let next = (may.stored.id, may.stored.version + 1);
    let sealed = seal(app, may.caller.id, next, record, idempotency).await?;
    requests::issue_again(app, child).await?;
    Ok(sealed)
}

fn answered(cover: &Cover, new: NewAnswer, signed: Signed) -> Result<State, Problem> {
    let said = new.said()?;
    match (&cover.state, said) {
        (State::Proposed, asked::Said::Agreed | asked::Said::SentBack(_))
            if cover.proposed.by == signed.by =>
        {
            Err(Problem::SamePerson)
        }
        (State::Proposed, asked::Said::Agreed) => Ok(State::Standing { second: Some(signed) }),
        (State::Proposed, asked::Said::SentBack(words)) => Ok(State::SentBack { signed, words }),
        (State::Standing { .. }, asked::Said::Lifted(words)) => Ok(State::Lifted { signed, words }),
        _ => Err(Problem::AlreadyDecided),
    }
}

/// Seals the next version of a record, with the file made anew where other spots of it are covered now.
async fn seal(
    app: &App,
    by: PersonId,
    (id, version): (Uuid, u32),
    mut record: Redaction,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let child = record.child;
    let spots = record.spots();
    let before = app.db.life_record::<Redaction>(id).await?.map(|stored| stored.record);
    let as_before = before.as_ref().is_some_and(|before| before.spots() == spots);
    if spots.is_empty() {
        record.copy = None;
    }
    let media = match record.of {
        Target::Media(media) if !spots.is_empty() && !as_before => media,
        _ => {
            let body = record.into_body();
            return overtaken(deposit::for_child(app, by, child, (id, version), body, idempotency).await);
        }
    };
    let made = copy::make(app, media, &spots).await?;
    let slip = Slip { id, version, group: child.0, kind: Redaction::KIND, by: Some(by), at: app.now() };
    let staging = deposit::stage(app, &slip).await?;
    let mut writer = staging.file(COVERED)?;
    let written = tokio::task::spawn_blocking(move || {
        std::io::Write::write_all(&mut writer, &made.bytes)?;
        Ok::<_, archive::Error>((writer.finish()?, made))
    });
    let (file, made) = written.await??;
    record.copy = Some(Copy {
        version,
        sha256: file.plain.to_string(),
        crc32: file.plain_crc32,
        size_bytes: file.plain_bytes,
        media_type: made.media_type.into(),
        width: made.size.map(|(width, _)| width),
        height: made.size.map(|(_, height)| height),
    });
    let born = app.db.child(child).await?.map(|child| child.born);
    overtaken(deposit::commit(app, slip, staging, Body::Redaction(record), born, idempotency).await)
}

fn overtaken(sealed: Result<Deposited, Problem>) -> Result<Deposited, Problem> {
    sealed.map_err(deposit::overtaken)
}
