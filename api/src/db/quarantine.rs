//! Files that the scanner found something in.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::tables::quarantine;
use super::{Db, DbError, parse_time, time_text};
use crate::domain::ids::{ChildId, PersonId};

/// A file kept aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    pub id: Uuid,
    pub child: ChildId,
    pub person: PersonId,
    pub file_name: String,
    pub length_bytes: u64,
    /// What the scanner calls it.
    pub signature: String,
    /// The key of the file, as text.
    pub file_key: String,
    pub at: DateTime<Utc>,
}

impl Db {
    pub async fn put_quarantined(&self, kept: &Quarantined) -> Result<(), DbError> {
        let row = quarantine::ActiveModel {
            id: Set(kept.id),
            child: Set(kept.child.0),
            person: Set(kept.person.0),
            file_name: Set(kept.file_name.clone()),
            length_bytes: Set(i64::try_from(kept.length_bytes).unwrap_or(i64::MAX)),
            signature: Set(kept.signature.clone()),
            file_key: Set(kept.file_key.clone()),
            at: Set(time_text(kept.at)),
        };
        quarantine::Entity::insert(row).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    pub async fn quarantined(&self, id: Uuid) -> Result<Option<Quarantined>, DbError> {
        quarantine::Entity::find_by_id(id).one(&self.connection).await?.map(from_row).transpose()
    }

    /// The newest first.
    pub async fn all_quarantined(&self, limit: u64) -> Result<Vec<Quarantined>, DbError> {
        let rows = quarantine::Entity::find().order_by_desc(quarantine::Column::At).limit(limit);
        rows.all(&self.connection).await?.into_iter().map(from_row).collect()
    }

    /// True where a file that the same person gave to the same child, by this name and as long, lies there.
    pub async fn lies_in_quarantine(
        &self,
        child: ChildId,
        person: PersonId,
        file_name: &str,
        length_bytes: u64,
    ) -> Result<bool, DbError> {
        let alike = quarantine::Entity::find()
            .filter(quarantine::Column::Child.eq(child.0))
            .filter(quarantine::Column::Person.eq(person.0))
            .filter(quarantine::Column::FileName.eq(file_name))
            .filter(quarantine::Column::LengthBytes.eq(i64::try_from(length_bytes).unwrap_or(i64::MAX)));
        Ok(alike.count(&self.connection).await? > 0)
    }

    pub async fn count_quarantined(&self) -> Result<u64, DbError> {
        Ok(quarantine::Entity::find().count(&self.connection).await?)
    }

    pub async fn forget_quarantined(&self, id: Uuid) -> Result<(), DbError> {
        quarantine::Entity::delete_by_id(id).exec(&self.connection).await?;
        Ok(())
    }
}

fn from_row(row: quarantine::Model) -> Result<Quarantined, DbError> {
    Ok(Quarantined {
        id: row.id,
        child: ChildId(row.child),
        person: PersonId(row.person),
        file_name: row.file_name,
        length_bytes: row.length_bytes.unsigned_abs(),
        signature: row.signature,
        file_key: row.file_key,
        at: parse_time(&row.at)?,
    })
}
