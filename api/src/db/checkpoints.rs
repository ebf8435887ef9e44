//! The newest checkpoint of the log this service has seen. It survives a rebuild: the index follows the log, this one
//! judges it.

use archive::Checkpoint;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait, ExprTrait, Set};

use super::tables::seen_checkpoint;
use super::{Db, DbError};

const NEWEST: i32 = 1;

impl Db {
    /// Keeps `checkpoint`, unless a newer one is kept already.
    pub async fn remember_checkpoint(&self, checkpoint: &Checkpoint) -> Result<(), DbError> {
        remember(&self.connection, checkpoint).await
    }

    /// The signed note of the newest checkpoint this service has seen.
    pub async fn seen_checkpoint(&self) -> Result<Option<String>, DbError> {
        let row = seen_checkpoint::Entity::find_by_id(NEWEST).one(&self.connection).await?;
        Ok(row.map(|row| row.note))
    }
}

/// Belongs into every transaction after which a receipt is given to somebody.
pub(in crate::db) async fn remember(
    connection: &impl ConnectionTrait,
    checkpoint: &Checkpoint,
) -> Result<(), DbError> {
    let size = i64::try_from(checkpoint.size).map_err(|_| DbError::Damaged("the size of the log".into()))?;
    let row =
        seen_checkpoint::ActiveModel { id: Set(NEWEST), size: Set(size), note: Set(checkpoint.note.clone()) };
    let known = OnConflict::column(seen_checkpoint::Column::Id)
        .update_columns([seen_checkpoint::Column::Size, seen_checkpoint::Column::Note])
        .action_and_where(Expr::col((seen_checkpoint::Entity, seen_checkpoint::Column::Size)).lt(size))
        .to_owned();
    seen_checkpoint::Entity::insert(row).on_conflict(known).exec_without_returning(connection).await?;
    Ok(())
}
