//! What a rebuild keeps while it runs, and what it could not index.

use std::collections::HashSet;

use archive::ObjectId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use uuid::Uuid;

use super::deposits::stored_leaf;
use super::projection::{clear, stored_version};
use super::tables::{object_keys, rebuilding, stored_versions, unindexed};
use super::{Db, DbError, count_change};

const THE_REBUILD: i32 = 1;

/// Why a rebuild could not index a version that the log names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unindexed {
    /// Disposed of, and the register of disposals tells why.
    Disposed,
    /// The key is lost.
    NoKey,
    /// Damaged: `livsbog verify` tells more.
    Unreadable,
}

impl Unindexed {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Disposed => "disposed",
            Self::NoKey => "no_key",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Db {
    /// Empties the index before a rebuild.
    pub async fn clear_index(&self) -> Result<(), DbError> {
        let tx = self.write().await?;
        clear(&tx).await?;
        object_keys::Entity::delete_many().exec(&tx).await?;
        stored_versions::Entity::delete_many().exec(&tx).await?;
        count_change(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// The leaf with which a rebuild that was broken off goes on.
    pub async fn rebuild_stands_at(&self) -> Result<Option<u64>, DbError> {
        let row = rebuilding::Entity::find_by_id(THE_REBUILD).one(&self.connection).await?;
        Ok(row.map(|row| row.next_leaf.unsigned_abs()))
    }

    /// Notes that every leaf before `next` is done.
    pub async fn rebuild_reached(&self, next: u64) -> Result<(), DbError> {
        let row = rebuilding::ActiveModel { id: Set(THE_REBUILD), next_leaf: Set(stored_leaf(next)?) };
        let further =
            OnConflict::column(rebuilding::Column::Id).update_column(rebuilding::Column::NextLeaf).to_owned();
        rebuilding::Entity::insert(row).on_conflict(further).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// The rebuild has gone through.
    pub async fn finish_rebuild(&self) -> Result<(), DbError> {
        let tx = self.write().await?;
        object_keys::Entity::delete_many().exec(&tx).await?;
        rebuilding::Entity::delete_many().exec(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Notes, while a rebuild runs, whose key wraps an object's key.
    pub async fn note_key(&self, object: Uuid, key_group: Uuid) -> Result<(), DbError> {
        let row = object_keys::ActiveModel { object: Set(object), key_group: Set(key_group) };
        object_keys::Entity::insert(row).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    pub async fn noted_key(&self, object: Uuid) -> Result<Option<Uuid>, DbError> {
        let row = object_keys::Entity::find_by_id(object).one(&self.connection).await?;
        Ok(row.map(|row| row.key_group))
    }

    /// Notes that the log names a version which a rebuild could not index.
    pub async fn note_unindexed(&self, leaf: &archive::Leaf, why: Unindexed) -> Result<(), DbError> {
        let row = unindexed::ActiveModel {
            leaf: Set(stored_leaf(leaf.index)?),
            object: Set(leaf.object.0),
            version: Set(stored_version(leaf.version)?),
            why: Set(why.as_str().into()),
        };
        unindexed::Entity::insert(row)
            .on_conflict_do_nothing()
            .exec_without_returning(&self.connection)
            .await?;
        Ok(())
    }

    /// Those of `objects` that were disposed of.
    pub async fn disposed_among(&self, objects: &[ObjectId]) -> Result<HashSet<ObjectId>, DbError> {
        let mut found = HashSet::new();
        for objects in objects.chunks(500) {
            let query = unindexed::Entity::find()
                .filter(unindexed::Column::Why.eq(Unindexed::Disposed.as_str()))
                .filter(unindexed::Column::Object.is_in(objects.iter().map(|object| object.0)));
            found.extend(query.all(&self.connection).await?.into_iter().map(|row| ObjectId(row.object)));
        }
        Ok(found)
    }

    /// The leaves of `objects` that the index does not have, in the order of the log, with object and version.
    pub async fn unindexed_of(&self, objects: &[Uuid]) -> Result<Vec<(u64, Uuid, u32)>, DbError> {
        let mut found = Vec::new();
        for objects in objects.chunks(500) {
            let query =
                unindexed::Entity::find().filter(unindexed::Column::Object.is_in(objects.iter().copied()));
            let rows = query.all(&self.connection).await?.into_iter();
            found.extend(rows.map(|row| (row.leaf.unsigned_abs(), row.object, row.version.unsigned_abs())));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// How many versions from leaf `from` on the last rebuild could not index, for this reason or any.
    pub async fn count_unindexed(&self, from: u64, why: Option<Unindexed>) -> Result<u64, DbError> {
        let mut query = unindexed::Entity::find().filter(unindexed::Column::Leaf.gte(stored_leaf(from)?));
        if let Some(why) = why {
            query = query.filter(unindexed::Column::Why.eq(why.as_str()));
        }
        Ok(query.count(&self.connection).await?)
    }
}
