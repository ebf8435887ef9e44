//! Entries and media of a child.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::disposals::in_sight;
use super::tables::{entries, entry_media, media};
use super::{Db, DbError, Slice, below, from_json};
use crate::domain::document::Media;
use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, EntryId, MediaId, PersonId};
use crate::domain::redaction::Covers;

/// An entry with its id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    pub id: EntryId,
    pub version: u32,
    /// Who wrote this version: the author, or who corrected it.
    pub written_by: Option<PersonId>,
    pub entry: Entry,
}

impl StoredEntry {
    /// As whoever may not see beneath the covers reads it.
    #[must_use]
    pub fn under(self, covers: &Covers) -> Self {
        Self { entry: covers.over(self.id, self.entry), ..self }
    }
}

/// A file with its id and depositor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMedia {
    pub id: MediaId,
    pub deposited_by: Option<PersonId>,
    pub media: Media,
}

impl StoredMedia {
    /// As whoever may not see beneath the covers is told of it.
    #[must_use]
    pub fn under(self, covers: &Covers) -> Self {
        Self { media: covers.over_file(self.id, self.media), ..self }
    }
}

/// Where a list of entries goes on: after this day and id.
pub type EntryCursor = (String, Uuid);

impl Db {
    pub async fn entry(&self, id: EntryId) -> Result<Option<StoredEntry>, DbError> {
        entries::Entity::find_by_id(id.0)
            .filter(in_sight(entries::Column::Id))
            .one(&self.connection)
            .await?
            .map(entry_from)
            .transpose()
    }

    /// A child's entries, newest first, after `after`.
    pub async fn entries(
        &self,
        child: ChildId,
        after: Option<EntryCursor>,
        limit: u64,
    ) -> Result<Slice<StoredEntry, EntryCursor>, DbError> {
        let mut query = entries::Entity::find()
            .filter(entries::Column::Child.eq(child.0))
            .filter(in_sight(entries::Column::Id));
        if let Some(place) = after {
            query = query.filter(below(entries::Column::OccurredOn, entries::Column::Id, place));
        }
        let query = query.order_by_desc(entries::Column::OccurredOn).order_by_desc(entries::Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows = rows.into_iter().map(entry_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Slice::cut(rows, limit, |row| (row.entry.occurred_on.to_string(), row.id.0)))
    }

    /// The entries that answer one of these wishes, first to last.
    pub async fn entries_that_answer(&self, wishes: &[Uuid]) -> Result<Vec<StoredEntry>, DbError> {
        let query = entries::Entity::find()
            .filter(entries::Column::Wish.is_in(wishes.iter().copied()))
            .filter(in_sight(entries::Column::Id));
        let rows = query.order_by_asc(entries::Column::WrittenAt).all(&self.connection).await?;
        rows.into_iter().map(entry_from).collect()
    }

    /// The newest entries that `author` wrote, in any book.
    pub async fn entries_by(&self, author: PersonId, limit: u64) -> Result<Vec<StoredEntry>, DbError> {
        let query = entries::Entity::find()
            .filter(entries::Column::Author.eq(author.0))
            .filter(in_sight(entries::Column::Id));
        let rows = query.order_by_desc(entries::Column::WrittenAt).limit(limit).all(&self.connection).await?;
        rows.into_iter().map(entry_from).collect()
    }

    pub async fn media(&self, id: MediaId) -> Result<Option<StoredMedia>, DbError> {
        media::Entity::find_by_id(id.0)
            .filter(in_sight(media::Column::Id))
            .one(&self.connection)
            .await?
            .map(media_from)
            .transpose()
    }

    /// Those of `ids` that exist, in no particular order. `ids` is bounded by the caller.
    pub async fn media_among(&self, ids: &[MediaId]) -> Result<Vec<StoredMedia>, DbError> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(500) {
            let query = media::Entity::find()
                .filter(media::Column::Id.is_in(ids.iter().map(|id| id.0)))
                .filter(in_sight(media::Column::Id));
            for row in query.all(&self.connection).await? {
                found.push(media_from(row)?);
            }
        }
        Ok(found)
    }

    /// The files of a child's with these bytes, at most 50.
    pub async fn media_with_digest(&self, child: ChildId, sha256: &str) -> Result<Vec<StoredMedia>, DbError> {
        let query = media::Entity::find()
            .filter(media::Column::Child.eq(child.0))
            .filter(media::Column::Sha256.eq(sha256))
            .filter(in_sight(media::Column::Id));
        let rows = query.order_by_asc(media::Column::Id).limit(50).all(&self.connection).await?;
        rows.into_iter().map(media_from).collect()
    }

    /// The entry that an import made of a line of an index.
    pub async fn entry_of_line(&self, child: ChildId, line: &str) -> Result<Option<EntryId>, DbError> {
        let query = entries::Entity::find()
            .filter(entries::Column::Child.eq(child.0))
            .filter(entries::Column::ImportLine.eq(line))
            .filter(in_sight(entries::Column::Id));
        Ok(query.one(&self.connection).await?.map(|row| EntryId(row.id)))
    }

    /// Every file there is, by id, after `after`.
    pub async fn all_media(&self, after: Option<MediaId>, limit: u64) -> Result<Vec<StoredMedia>, DbError> {
        let mut query = media::Entity::find();
        if let Some(after) = after {
            query = query.filter(media::Column::Id.gt(after.0));
        }
        let rows = query.order_by_asc(media::Column::Id).limit(limit).all(&self.connection).await?;
        rows.into_iter().map(media_from).collect()
    }

    /// The entries a file lies in, at most 50.
    pub async fn entries_with(&self, media: MediaId) -> Result<Vec<StoredEntry>, DbError> {
        let ids: Vec<Uuid> = entry_media::Entity::find()
            .select_only()
            .column(entry_media::Column::Entry)
            .filter(entry_media::Column::Media.eq(media.0))
            .limit(50)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let query = entries::Entity::find()
            .filter(entries::Column::Id.is_in(ids))
            .filter(in_sight(entries::Column::Id));
        let rows = query.all(&self.connection).await?;
        rows.into_iter().map(entry_from).collect()
    }
}

fn entry_from(row: entries::Model) -> Result<StoredEntry, DbError> {
    Ok(StoredEntry {
        id: EntryId(row.id),
        version: row.version.unsigned_abs(),
        written_by: row.deposited_by.map(PersonId),
        entry: from_json(&row.body)?,
    })
}

fn media_from(row: media::Model) -> Result<StoredMedia, DbError> {
    Ok(StoredMedia {
        id: MediaId(row.id),
        deposited_by: row.deposited_by.map(PersonId),
        media: from_json(&row.body)?,
    })
}
