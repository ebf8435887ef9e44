//! Records about a life: people and schools, by kind.

use chrono::NaiveDate;
use renderer::book::AgeBand;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::beyond;
use super::disposals::in_sight;
use super::register::RecordCursor;
use super::tables::{children, entry_media, life_records};
use super::{Db, DbError, Slice, from_json};
use crate::domain::document::Kind;
use crate::domain::ids::{ChildId, MediaId, MunicipalityId};
use crate::domain::life::{LifeRecord, LookAhead};

/// A record with its id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLife<R> {
    pub id: Uuid,
    pub version: u32,
    pub record: R,
}

impl Db {
    /// A child's records of one kind, first to last, after `after`.
    pub async fn life<R: LifeRecord>(
        &self,
        child: ChildId,
        after: Option<RecordCursor>,
        limit: u64,
    ) -> Result<Slice<StoredLife<R>, RecordCursor>, DbError> {
        use life_records::Column;
        let mut query = shown().filter(Column::Child.eq(child.0)).filter(Column::Kind.eq(R::KIND.as_str()));
        if let Some(after) = after {
            query = query.filter(beyond(Column::SortKey, Column::Id, after));
        }
        let query = query.order_by_asc(Column::SortKey).order_by_asc(Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let records = rows.into_iter().map(record_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Slice::cut(records, limit, |stored| (stored.record.sort_key(), stored.id)))
    }

    /// A record of one kind, also one that was taken off the book.
    pub async fn life_record<R: LifeRecord>(&self, id: Uuid) -> Result<Option<StoredLife<R>>, DbError> {
        let query = life_records::Entity::find_by_id(id)
            .filter(life_records::Column::Kind.eq(R::KIND.as_str()))
            .filter(in_sight(life_records::Column::Id));
        query.one(&self.connection).await?.map(record_from).transpose()
    }

    /// How far ahead of its age the child may read, where its adults have opened its book further.
    pub async fn looks_ahead(&self, child: ChildId) -> Result<Option<AgeBand>, DbError> {
        let record = self.life::<LookAhead>(child, None, 1).await?.items.pop();
        Ok(record.and_then(|stored| stored.record.band))
    }

    /// The records of one kind that are about `other` too, in the books of the children who tell them, first to last.
    pub async fn life_towards<R: LifeRecord>(
        &self,
        other: ChildId,
        limit: u64,
    ) -> Result<Vec<StoredLife<R>>, DbError> {
        use life_records::Column;
        let query = shown().filter(Column::Towards.eq(other.0)).filter(Column::Kind.eq(R::KIND.as_str()));
        let query = query.order_by_asc(Column::SortKey).order_by_asc(Column::Id).limit(limit);
        query.all(&self.connection).await?.into_iter().map(record_from).collect()
    }

    /// Where in these municipalities somebody has to look at a cover again by `today`: the children, each with the number of
    /// pages and files, those that have waited longest first.
    pub async fn covers_due(
        &self,
        municipalities: &[MunicipalityId],
        today: NaiveDate,
        limit: u64,
    ) -> Result<Vec<(ChildId, u64)>, DbError> {
        use life_records::Column;
        let theirs = children::Entity::find()
            .select_only()
            .column(children::Column::Id)
            .filter(children::Column::Municipality.is_in(municipalities.iter().map(|id| id.0)))
            .into_query();
        let tomorrow = today.succ_opt().unwrap_or(today).to_string();
        let rows: Vec<(Uuid, i64)> = shown()
            .select_only()
            .column(Column::Child)
            .column_as(Column::Id.count(), "count")
            .filter(Column::Kind.eq(Kind::Redaction.as_str()))
            .filter(Column::SortKey.lt(tomorrow))
            .filter(Column::Child.in_subquery(theirs))
            .group_by(Column::Child)
            .order_by_asc(Column::SortKey.min())
            .limit(limit)
            .into_tuple()
            .all(&self.connection)
            .await?;
        Ok(rows.into_iter().map(|(child, count)| (ChildId(child), count.unsigned_abs())).collect())
    }

    /// True where the file is the picture of somebody or something in the child's life.
    pub async fn pictures_life(&self, media: MediaId) -> Result<bool, DbError> {
        let with = entry_media::Entity::find()
            .select_only()
            .column(entry_media::Column::Entry)
            .filter(entry_media::Column::Media.eq(media.0))
            .into_query();
        let query = shown().filter(life_records::Column::Id.in_subquery(with));
        Ok(query.one(&self.connection).await?.is_some())
    }
}

fn shown() -> Select<life_records::Entity> {
    life_records::Entity::find()
        .filter(life_records::Column::Removed.eq(false))
        .filter(in_sight(life_records::Column::Id))
}

fn record_from<R: LifeRecord>(row: life_records::Model) -> Result<StoredLife<R>, DbError> {
    Ok(StoredLife { id: row.id, version: row.version.unsigned_abs(), record: from_json(&row.body)? })
}
