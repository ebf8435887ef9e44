//! Who opened what. A reading is durable here before the page is answered, and sealed in batches later.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::tables::readings;
use super::{Db, DbError, Slice, below, from_json, parse_time, time_text, to_json};
use crate::domain::document::{ReadPage, Reading, Role};
use crate::domain::ids::{ChildId, EntryId, PersonId};

/// Openings of one page by one reader closer than this are one reading.
pub const COALESCE: TimeDelta = TimeDelta::minutes(10);

/// Where a list of readings goes on: before this time and id.
pub type ReadingCursor = (String, Uuid);

impl Db {
    /// Records a reading, unless the same reader opened the same page within [`COALESCE`]. Answers until when the one
    /// that stands there counts.
    pub async fn record_reading(&self, child: ChildId, reading: &Reading) -> Result<DateTime<Utc>, DbError> {
        let page = to_json(&reading.page)?;
        let recent = readings::Entity::find()
            .filter(readings::Column::Reader.eq(reading.reader.0))
            .filter(readings::Column::Child.eq(child.0))
            .filter(readings::Column::Page.eq(&page))
            .filter(readings::Column::At.gt(time_text(reading.at - COALESCE)))
            .filter(match reading.companion {
                Some(companion) => readings::Column::Companion.eq(companion.0),
                None => readings::Column::Companion.is_null(),
            })
            .one(&self.connection)
            .await?;
        if let Some(recent) = recent {
            return Ok(parse_time(&recent.at)? + COALESCE);
        }
        let row = readings::ActiveModel {
            id: Set(reading.id),
            child: Set(child.0),
            reader: Set(reading.reader.0),
            role: Set(reading.role.as_str().into()),
            page: Set(page),
            at: Set(time_text(reading.at)),
            batch: Set(None),
            companion: Set(reading.companion.map(|person| person.0)),
        };
        readings::Entity::insert(row).exec_without_returning(&self.connection).await?;
        Ok(reading.at + COALESCE)
    }

    /// A child's readings, newest first.
    pub async fn readings(
        &self,
        child: ChildId,
        before: Option<ReadingCursor>,
        limit: u64,
    ) -> Result<Slice<Reading, ReadingCursor>, DbError> {
        let mut query = readings::Entity::find().filter(readings::Column::Child.eq(child.0));
        if let Some(place) = before {
            query = query.filter(below(readings::Column::At, readings::Column::Id, place));
        }
        let query = query.order_by_desc(readings::Column::At).order_by_desc(readings::Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows = rows.into_iter().map(reading_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Slice::cut(rows, limit, |reading| (time_text(reading.at), reading.id)))
    }

    /// The entry that `reader` opened last in a child's book.
    pub async fn last_entry_read(&self, reader: PersonId, child: ChildId) -> Result<Option<Uuid>, DbError> {
        let row = readings::Entity::find()
            .filter(readings::Column::Reader.eq(reader.0))
            .filter(readings::Column::Child.eq(child.0))
            .filter(readings::Column::Page.starts_with(r#"{"what":"entry""#))
            .order_by_desc(readings::Column::At)
            .one(&self.connection)
            .await?;
        let page = row.map(|row| from_json(&row.page)).transpose()?;
        Ok(match page {
            Some(ReadPage::Entry(id)) => Some(id),
            _ => None,
        })
    }

    /// The entries that `reader` opened in a child's book, first to last.
    pub async fn entry_readings(
        &self,
        reader: PersonId,
        child: ChildId,
        limit: u64,
    ) -> Result<Vec<(EntryId, Reading)>, DbError> {
        let rows = readings::Entity::find()
            .filter(readings::Column::Reader.eq(reader.0))
            .filter(readings::Column::Child.eq(child.0))
            .filter(readings::Column::Page.starts_with(r#"{"what":"entry""#))
            .order_by_asc(readings::Column::At)
            .limit(limit)
            .all(&self.connection)
            .await?;
        let readings = rows.into_iter().map(reading_from).collect::<Result<Vec<_>, _>>()?;
        let of_entry = |reading: Reading| match reading.page {
            ReadPage::Entry(id) => Some((EntryId(id), reading)),
            _ => None,
        };
        Ok(readings.into_iter().filter_map(of_entry).collect())
    }

    /// Children with readings that are not sealed yet and were made before `before`.
    pub async fn children_with_unsealed_readings(
        &self,
        before: DateTime<Utc>,
    ) -> Result<Vec<ChildId>, DbError> {
        let ids: Vec<Uuid> = readings::Entity::find()
            .select_only()
            .column(readings::Column::Child)
            .distinct()
            .filter(readings::Column::Batch.is_null())
            .filter(readings::Column::At.lt(time_text(before)))
            .limit(1000)
            .into_tuple()
            .all(&self.connection)
            .await?;
        Ok(ids.into_iter().map(ChildId).collect())
    }

    /// A child's oldest readings that are not sealed yet.
    pub async fn unsealed_readings(&self, child: ChildId, limit: u64) -> Result<Vec<Reading>, DbError> {
        let rows = readings::Entity::find()
            .filter(readings::Column::Child.eq(child.0))
            .filter(readings::Column::Batch.is_null())
            .order_by_asc(readings::Column::At)
            .order_by_asc(readings::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await?;
        rows.into_iter().map(reading_from).collect()
    }

    /// The readings sealed in a batch, oldest first, for `dump`.
    pub async fn readings_in(&self, batch: Uuid) -> Result<Vec<(ChildId, Reading)>, DbError> {
        let rows = readings::Entity::find()
            .filter(readings::Column::Batch.eq(batch))
            .order_by_asc(readings::Column::At)
            .order_by_asc(readings::Column::Id)
            .all(&self.connection)
            .await?;
        rows.into_iter().map(|row| Ok((ChildId(row.child), reading_from(row)?))).collect()
    }
}

fn reading_from(row: readings::Model) -> Result<Reading, DbError> {
    Ok(Reading {
        id: row.id,
        reader: PersonId(row.reader),
        role: Role::parse(&row.role).ok_or_else(|| DbError::Damaged("a role".into()))?,
        page: from_json(&row.page)?,
        at: parse_time(&row.at)?,
        companion: row.companion.map(PersonId),
    })
}
