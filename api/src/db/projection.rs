//! From a sealed document to rows. The one way into the index, used alike by a fresh deposit, by recovery after a crash
//! and by `rebuild`: what is not in the sealed document cannot be in these tables.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::tables::*;
use super::{DbError, time_text, to_json};
use crate::db::rebuild::Unindexed;
use crate::domain::claim::Claim;
use crate::domain::disposal::{Disposal, Hold, State};
use crate::domain::document::{
    AssignedTo, Assignment, Body, Child, Edition, Envelope, Media, Municipality, Person, Placement, Readings,
    Role,
};
use crate::domain::entry::{Entry, EntryMedia};
use crate::domain::fixity::Fixity;
use crate::domain::life::LifeRecord;
use crate::domain::names::sounds;
use crate::domain::own_page::{OwnPage, Sharing};
use crate::domain::ownership::Ownership;
use crate::domain::request::ArchiveRequest;

/// Writes the rows that follow from `envelope`. A newer version replaces the rows of an older one.
pub(super) async fn project(tx: &DatabaseTransaction, envelope: &Envelope) -> Result<(), DbError> {
    let id = envelope.id;
    match &envelope.body {
        Body::Municipality(body) => municipality(tx, id, body).await,
        Body::Person(body) => person(tx, id, body).await,
        Body::Child(body) => child(tx, id, body).await,
        Body::Placement(body) => placement(tx, id, body).await,
        Body::Assignment(body) => assignment(tx, id, body).await,
        Body::Media(body) => media(tx, envelope, body).await,
        Body::Entry(body) => entry(tx, envelope, body).await,
        Body::OwnPage(body) => own_page(tx, envelope, body).await,
        Body::Relation(body) => life_record(tx, envelope, body).await,
        Body::School(body) => life_record(tx, envelope, body).await,
        Body::Choices(body) => life_record(tx, envelope, body).await,
        Body::LookAhead(body) => life_record(tx, envelope, body).await,
        Body::Sibling(body) => life_record(tx, envelope, body).await,
        Body::Gift(body) => life_record(tx, envelope, body).await,
        Body::Goal(body) => life_record(tx, envelope, body).await,
        Body::Ownership(body) => ownership(tx, envelope, body).await,
        Body::OwnPackage(body) => life_record(tx, envelope, body).await,
        Body::Redaction(body) => life_record(tx, envelope, body).await,
        Body::Loss(body) => life_record(tx, envelope, body).await,
        Body::ContentWarning(body) => life_record(tx, envelope, body).await,
        Body::Meeting(body) => life_record(tx, envelope, body).await,
        Body::Wish(body) => life_record(tx, envelope, body).await,
        Body::Edition(body) => edition(tx, id, body).await,
        Body::Readings(body) => readings(tx, id, body).await,
        Body::Hold(body) => hold(tx, id, body).await,
        Body::Disposal(body) => disposal(tx, id, body).await,
        Body::Request(body) => request(tx, envelope, body).await,
        Body::Claim(body) => claim(tx, envelope, body).await,
        Body::Fixity(body) => fixity(tx, id, body).await,
    }
}

async fn municipality(tx: &DatabaseTransaction, id: Uuid, body: &Municipality) -> Result<(), DbError> {
    let row =
        municipalities::ActiveModel { id: Set(id), name: Set(body.name.clone()), body: Set(to_json(body)?) };
    municipalities::Entity::delete_by_id(id).exec(tx).await?;
    municipalities::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn person(tx: &DatabaseTransaction, id: Uuid, body: &Person) -> Result<(), DbError> {
    let row = people::ActiveModel {
        id: Set(id),
        municipality: Set(body.municipality.0),
        name: Set(body.name.clone()),
        body: Set(to_json(body)?),
    };
    people::Entity::delete_by_id(id).exec(tx).await?;
    people::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn child(tx: &DatabaseTransaction, id: Uuid, body: &Child) -> Result<(), DbError> {
    let row = children::ActiveModel {
        id: Set(id),
        municipality: Set(body.municipality.0),
        born: Set(body.born.to_string()),
        died: Set(body.died.map(|day| day.to_string())),
        body: Set(to_json(body)?),
    };
    children::Entity::delete_by_id(id).exec(tx).await?;
    children::Entity::insert(row).exec_without_returning(tx).await?;
    call(tx, id, body).await
}

/// A child keeps every name it ever had: by any of them it is found again.
async fn call(tx: &DatabaseTransaction, id: Uuid, body: &Child) -> Result<(), DbError> {
    let names = [Some(&body.name), body.called.as_ref(), body.called_before.as_ref()];
    let words: BTreeSet<String> = names.into_iter().flatten().flat_map(|name| sounds(name)).collect();
    if words.is_empty() {
        return Ok(());
    }
    let rows = words.into_iter().map(|word| called::ActiveModel { child: Set(id), word: Set(word) });
    let known = OnConflict::columns([called::Column::Child, called::Column::Word]).do_nothing().to_owned();
    called::Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}

async fn placement(tx: &DatabaseTransaction, id: Uuid, body: &Placement) -> Result<(), DbError> {
    let row = placements::ActiveModel {
        id: Set(id),
        child: Set(body.child.0),
        since: Set(body.from.to_string()),
        until: Set(body.to.map(|day| day.to_string())),
        body: Set(to_json(body)?),
    };
    placements::Entity::delete_by_id(id).exec(tx).await?;
    placements::Entity::insert(row).exec_without_returning(tx).await?;
    let ties = body.carers.iter().map(|carer| ties::ActiveModel {
        source: Set(id),
        person: Set(carer.0),
        child: Set(body.child.0),
        role: Set(Role::Carer.as_str().into()),
        since: Set(body.from.to_string()),
        until: Set(body.to.map(|day| day.to_string())),
    });
    replace_ties(tx, id, ties.collect()).await
}

async fn assignment(tx: &DatabaseTransaction, id: Uuid, body: &Assignment) -> Result<(), DbError> {
    let (child, municipality) = match body.to {
        AssignedTo::Child(child) => (Some(child.0), None),
        AssignedTo::Municipality(municipality) => (None, Some(municipality.0)),
    };
    let row = assignments::ActiveModel {
        id: Set(id),
        person: Set(body.person.0),
        role: Set(body.role.as_str().into()),
        child: Set(child),
        municipality: Set(municipality),
        since: Set(body.from.to_string()),
        until: Set(body.until.map(|day| day.to_string())),
        body: Set(to_json(body)?),
    };
    assignments::Entity::delete_by_id(id).exec(tx).await?;
    assignments::Entity::insert(row).exec_without_returning(tx).await?;
    let tie = child.map(|child| ties::ActiveModel {
        source: Set(id),
        person: Set(body.person.0),
        child: Set(child),
        role: Set(body.role.as_str().into()),
        since: Set(body.from.to_string()),
        until: Set(body.until.map(|day| day.to_string())),
    });
    replace_ties(tx, id, tie.into_iter().collect()).await
}

async fn replace_ties(
    tx: &DatabaseTransaction,
    source: Uuid,
    rows: Vec<ties::ActiveModel>,
) -> Result<(), DbError> {
    ties::Entity::delete_many().filter(ties::Column::Source.eq(source)).exec(tx).await?;
    if !rows.is_empty() {
        ties::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn media(tx: &DatabaseTransaction, envelope: &Envelope, body: &Media) -> Result<(), DbError> {
    let row = media::ActiveModel {
        id: Set(envelope.id),
        child: Set(body.child.0),
        deposited_by: Set(envelope.deposited_by.map(|person| person.0)),
        media_type: Set(body.media_type.clone()),
        sha256: Set(body.sha256.clone()),
        body: Set(to_json(body)?),
    };
    media::Entity::delete_by_id(envelope.id).exec(tx).await?;
    media::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn entry(tx: &DatabaseTransaction, envelope: &Envelope, body: &Entry) -> Result<(), DbError> {
    let id = envelope.id;
    let row = entries::ActiveModel {
        id: Set(id),
        version: Set(stored_version(envelope.version)?),
        child: Set(body.child.0),
        kind: Set(kind_name(body)?),
        author: Set(body.author.0),
        deposited_by: Set(envelope.deposited_by.map(|person| person.0)),
        occurred_on: Set(body.occurred_on.to_string()),
        written_at: Set(time_text(body.written_at)),
        import_line: Set(body.imported.as_ref().map(|imported| imported.line.clone())),
        wish: Set(body.wish),
        body: Set(to_json(body)?),
    };
    entries::Entity::delete_by_id(id).exec(tx).await?;
    entries::Entity::insert(row).exec_without_returning(tx).await?;
    replace_files(tx, id, &body.media).await
}

async fn replace_files(tx: &DatabaseTransaction, page: Uuid, media: &[EntryMedia]) -> Result<(), DbError> {
    entry_media::Entity::delete_many().filter(entry_media::Column::Entry.eq(page)).exec(tx).await?;
    let mut files: Vec<Uuid> = media.iter().map(|file| file.id.0).collect();
    files.sort_unstable();
    files.dedup();
    if !files.is_empty() {
        let rows =
            files.into_iter().map(|file| entry_media::ActiveModel { entry: Set(page), media: Set(file) });
        entry_media::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn own_page(tx: &DatabaseTransaction, envelope: &Envelope, body: &OwnPage) -> Result<(), DbError> {
    let id = envelope.id;
    let row = own_pages::ActiveModel {
        id: Set(id),
        version: Set(stored_version(envelope.version)?),
        child: Set(body.child.0),
        author: Set(body.author.0),
        everyone: Set(body.sharing == Sharing::Everyone),
        made_at: Set(time_text(body.made_at)),
        body: Set(to_json(body)?),
    };
    own_pages::Entity::delete_by_id(id).exec(tx).await?;
    own_pages::Entity::insert(row).exec_without_returning(tx).await?;
    own_page_readers::Entity::delete_many().filter(own_page_readers::Column::Page.eq(id)).exec(tx).await?;
    if let Sharing::Some { people } = &body.sharing {
        let readers = people.iter().map(|person| person.0).collect::<std::collections::BTreeSet<_>>();
        let rows = readers
            .into_iter()
            .map(|person| own_page_readers::ActiveModel { page: Set(id), person: Set(person) });
        own_page_readers::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    replace_files(tx, id, &body.media).await
}

async fn life_record<R: LifeRecord>(
    tx: &DatabaseTransaction,
    envelope: &Envelope,
    body: &R,
) -> Result<(), DbError> {
    let id = envelope.id;
    let row = life_records::ActiveModel {
        id: Set(id),
        version: Set(stored_version(envelope.version)?),
        child: Set(body.child().0),
        kind: Set(R::KIND.as_str().into()),
        sort_key: Set(body.sort_key()),
        towards: Set(body.towards().map(|child| child.0)),
        removed: Set(body.is_removed()),
        body: Set(to_json(body)?),
    };
    life_records::Entity::delete_by_id(id).exec(tx).await?;
    life_records::Entity::insert(row).exec_without_returning(tx).await?;
    let picture = body.picture().map(|id| EntryMedia { id, alt: None, words: None, reads: false });
    replace_files(tx, id, picture.as_slice()).await
}

/// Whom the owner lets in is tied to the book like anybody else; when that counts, the access rules say.
async fn ownership(tx: &DatabaseTransaction, envelope: &Envelope, body: &Ownership) -> Result<(), DbError> {
    let ties = body.readers.iter().map(|chosen| ties::ActiveModel {
        source: Set(envelope.id),
        person: Set(chosen.person.0),
        child: Set(body.child.0),
        role: Set(chosen.role().as_str().into()),
        since: Set(chosen.since.to_string()),
        until: Set(chosen.until.map(|until| until.to_string())),
    });
    replace_ties(tx, envelope.id, ties.collect()).await?;
    life_record(tx, envelope, body).await
}

fn kind_name(body: &Entry) -> Result<String, DbError> {
    Ok(to_json(&body.kind)?.trim_matches('"').to_owned())
}

async fn edition(tx: &DatabaseTransaction, id: Uuid, body: &Edition) -> Result<(), DbError> {
    let row = editions::ActiveModel {
        id: Set(id),
        child: Set(body.child.0),
        age: Set(i32::try_from(body.age).unwrap_or(i32::MAX)),
        ordered_by: Set(body.ordered_by.0),
        ordered_at: Set(time_text(body.ordered_at)),
        state: Set("ready".into()),
        problem: Set(None),
        body: Set(to_json(body)?),
        idempotency_key: Set(None),
    };
    // The order's own row holds the idempotency key: it is kept.
    let update = OnConflict::column(editions::Column::Id)
        .update_columns([editions::Column::State, editions::Column::Problem, editions::Column::Body])
        .to_owned();
    editions::Entity::insert(row).on_conflict(update).exec_without_returning(tx).await?;
    Ok(())
}

async fn readings(tx: &DatabaseTransaction, batch: Uuid, body: &Readings) -> Result<(), DbError> {
    let rows = body.readings.iter().map(|reading| {
        Ok(readings::ActiveModel {
            id: Set(reading.id),
            child: Set(body.child.0),
            reader: Set(reading.reader.0),
            role: Set(reading.role.as_str().into()),
            page: Set(to_json(&reading.page)?),
            at: Set(time_text(reading.at)),
            batch: Set(Some(batch)),
            companion: Set(reading.companion.map(|person| person.0)),
        })
    });
    let rows = rows.collect::<Result<Vec<_>, DbError>>()?;
    let update = OnConflict::column(readings::Column::Id).update_column(readings::Column::Batch).to_owned();
    for rows in rows.chunks(200) {
        readings::Entity::insert_many(rows.to_vec())
            .on_conflict(update.clone())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn hold(tx: &DatabaseTransaction, id: Uuid, body: &Hold) -> Result<(), DbError> {
    let row = holds::ActiveModel {
        id: Set(id),
        child: Set(body.child.0),
        placed_at: Set(time_text(body.placed.at)),
        body: Set(to_json(body)?),
    };
    holds::Entity::delete_by_id(id).exec(tx).await?;
    holds::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn request(
    tx: &DatabaseTransaction,
    envelope: &Envelope,
    body: &ArchiveRequest,
) -> Result<(), DbError> {
    let id = envelope.id;
    let row = requests::ActiveModel {
        id: Set(id),
        version: Set(stored_version(envelope.version)?),
        child: Set(body.child.0),
        municipality: Set(body.municipality.0),
        stage: Set(body.stage.as_str().into()),
        open: Set(body.stage.is_open()),
        sort_key: Set(super::requests::sort_key(body)),
        body: Set(to_json(body)?),
    };
    requests::Entity::delete_by_id(id).exec(tx).await?;
    requests::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn claim(tx: &DatabaseTransaction, envelope: &Envelope, body: &Claim) -> Result<(), DbError> {
    let row = claims::ActiveModel {
        id: Set(envelope.id),
        version: Set(stored_version(envelope.version)?),
        municipality: Set(body.municipality.0),
        asker_key: Set(body.key.clone()),
        sort_key: Set(super::claims::sort_key(body)),
        body: Set(to_json(body)?),
    };
    claims::Entity::delete_by_id(envelope.id).exec(tx).await?;
    claims::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn disposal(tx: &DatabaseTransaction, id: Uuid, body: &Disposal) -> Result<(), DbError> {
    let row = disposals::ActiveModel {
        id: Set(id),
        child: Set(body.child.0),
        proposed_at: Set(time_text(body.proposed.at)),
        state: Set(body.state.as_str().into()),
        body: Set(to_json(body)?),
    };
    disposals::Entity::delete_by_id(id).exec(tx).await?;
    disposals::Entity::insert(row).exec_without_returning(tx).await?;
    disposal_targets::Entity::delete_many()
        .filter(disposal_targets::Column::Disposal.eq(id))
        .exec(tx)
        .await?;
    match body.state {
        State::Proposed => {
            let hidden = body.hides();
            let rows = body.targets.iter().map(|target| disposal_targets::ActiveModel {
                object: Set(target.object),
                disposal: Set(id),
                hidden: Set(hidden),
            });
            // Of two proposals about one object, which the use cases do not make, the newer one counts.
            let newer = OnConflict::column(disposal_targets::Column::Object)
                .update_columns([disposal_targets::Column::Disposal, disposal_targets::Column::Hidden])
                .to_owned();
            for rows in rows.collect::<Vec<_>>().chunks(200) {
                disposal_targets::Entity::insert_many(rows.to_vec())
                    .on_conflict(newer.clone())
                    .exec_without_returning(tx)
                    .await?;
            }
        }
        State::Refused(_) => {}
        State::Decided => {
            for target in &body.targets {
                forget(tx, target.object).await?;
            }
        }
    }
    Ok(())
}

/// Takes out of the index whatever it says of an object; that the log names it stays known.
async fn forget(tx: &DatabaseTransaction, object: Uuid) -> Result<(), DbError> {
    let versions = deposits::Entity::find().filter(deposits::Column::Object.eq(object)).all(tx).await?;
    for row in versions {
        let Some(leaf) = row.leaf else { continue };
        let named = unindexed::ActiveModel {
            leaf: Set(leaf),
            object: Set(object),
            version: Set(row.version),
            why: Set(Unindexed::Disposed.as_str().into()),
        };
        unindexed::Entity::insert(named).on_conflict_do_nothing().exec_without_returning(tx).await?;
    }
    // After the key went, a rebuild has found these without one.
    unindexed::Entity::update_many()
        .col_expr(unindexed::Column::Why, Unindexed::Disposed.as_str().into())
        .filter(unindexed::Column::Object.eq(object))
        .exec(tx)
        .await?;
    deposits::Entity::delete_many().filter(deposits::Column::Object.eq(object)).exec(tx).await?;
    children::Entity::delete_by_id(object).exec(tx).await?;
    placements::Entity::delete_by_id(object).exec(tx).await?;
    assignments::Entity::delete_by_id(object).exec(tx).await?;
    ties::Entity::delete_many().filter(ties::Column::Source.eq(object)).exec(tx).await?;
    media::Entity::delete_by_id(object).exec(tx).await?;
    entries::Entity::delete_by_id(object).exec(tx).await?;
    own_pages::Entity::delete_by_id(object).exec(tx).await?;
    own_page_readers::Entity::delete_many()
        .filter(own_page_readers::Column::Page.eq(object))
        .exec(tx)
        .await?;
    life_records::Entity::delete_by_id(object).exec(tx).await?;
    entry_media::Entity::delete_many().filter(entry_media::Column::Entry.eq(object)).exec(tx).await?;
    editions::Entity::delete_by_id(object).exec(tx).await?;
    readings::Entity::delete_many().filter(readings::Column::Batch.eq(object)).exec(tx).await?;
    holds::Entity::delete_by_id(object).exec(tx).await?;
    disposals::Entity::delete_by_id(object).exec(tx).await?;
    requests::Entity::delete_by_id(object).exec(tx).await?;
    Ok(())
}

async fn fixity(tx: &DatabaseTransaction, id: Uuid, body: &Fixity) -> Result<(), DbError> {
    let row = fixity_events::ActiveModel { id: Set(id), body: Set(to_json(body)?) };
    fixity_events::Entity::delete_by_id(id).exec(tx).await?;
    fixity_events::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Empties the index, so that it can be made anew from the archive. The service's working tables stay.
pub(super) async fn clear(tx: &DatabaseTransaction) -> Result<(), DbError> {
    for table in [
        "deposits",
        "municipalities",
        "people",
        "children",
        "placements",
        "assignments",
        "unindexed",
        "ties",
        "media",
        "entries",
        "own_pages",
        "own_page_readers",
        "life_records",
        "entry_media",
        "editions",
        "readings",
        "holds",
        "disposals",
        "disposal_targets",
        "requests",
        "claims",
        "called",
        "fixity_events",
    ] {
        tx.execute_unprepared(&format!("DELETE FROM {table}")).await?;
    }
    Ok(())
}

pub(super) fn stored_version(version: u32) -> Result<i32, DbError> {
    i32::try_from(version).map_err(|_| DbError::Damaged("a version".into()))
}
