//! Files on their way in pieces (tus): how far each has come.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::tables::uploads;
use super::{Db, DbError, time_text};
use crate::domain::ids::{ChildId, MediaId, PersonId};

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialUpload {
    pub id: Uuid,
    pub child: ChildId,
    pub person: PersonId,
    pub file_name: String,
    pub length_bytes: u64,
    pub received_bytes: u64,
    /// The key of its parts, as text.
    pub parts_key: String,
    /// The names of its parts, in order.
    pub parts: Vec<String>,
    /// The file as sealed, once it was whole.
    pub media: Option<MediaId>,
}

impl Db {
    pub async fn begin_upload(&self, upload: &PartialUpload, now: DateTime<Utc>) -> Result<(), DbError> {
        let row = uploads::ActiveModel {
            id: Set(upload.id),
            child: Set(upload.child.0),
            person: Set(upload.person.0),
            file_name: Set(upload.file_name.clone()),
            length_bytes: Set(signed(upload.length_bytes)?),
            received_bytes: Set(0),
            parts_key: Set(upload.parts_key.clone()),
            parts: Set("[]".into()),
            media: Set(None),
            touched_at: Set(time_text(now)),
        };
        uploads::Entity::insert(row).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    pub async fn upload(&self, id: Uuid) -> Result<Option<PartialUpload>, DbError> {
        let row = uploads::Entity::find_by_id(id).one(&self.connection).await?;
        row.map(from_row).transpose()
    }

    /// Notes a finished part that reaches from `from` to `to`. False where another request was faster.
    pub async fn add_part(
        &self,
        id: Uuid,
        from: u64,
        to: u64,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let tx = self.write().await?;
        let Some(row) = uploads::Entity::find_by_id(id).one(&tx).await? else { return Ok(false) };
        if row.received_bytes.unsigned_abs() != from {
            return Ok(false);
        }
        let mut parts: Vec<String> = super::from_json(&row.parts)?;
        parts.push(name.to_owned());
        let mut row: uploads::ActiveModel = row.into();
        row.received_bytes = Set(signed(to)?);
        row.parts = Set(super::to_json(&parts)?);
        row.touched_at = Set(time_text(now));
        row.update(&tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    pub async fn upload_sealed(&self, id: Uuid, media: MediaId) -> Result<(), DbError> {
        let Some(row) = uploads::Entity::find_by_id(id).one(&self.connection).await? else { return Ok(()) };
        let mut row: uploads::ActiveModel = row.into();
        row.media = Set(Some(media.0));
        row.update(&self.connection).await?;
        Ok(())
    }

    pub async fn forget_upload(&self, id: Uuid) -> Result<(), DbError> {
        uploads::Entity::delete_by_id(id).exec(&self.connection).await?;
        Ok(())
    }

    /// Uploads that are whole, not sealed, and untouched since `before`.
    pub async fn whole_uploads(&self, before: DateTime<Utc>) -> Result<Vec<Uuid>, DbError> {
        let whole = Expr::col(uploads::Column::ReceivedBytes).eq(Expr::col(uploads::Column::LengthBytes));
        let query = uploads::Entity::find()
            .select_only()
            .column(uploads::Column::Id)
            .filter(whole)
            .filter(uploads::Column::Media.is_null())
            .filter(uploads::Column::TouchedAt.lt(time_text(before)));
        Ok(query.limit(500).into_tuple().all(&self.connection).await?)
    }

    /// Uploads that nobody has touched since `before`.
    pub async fn stale_uploads(&self, before: DateTime<Utc>) -> Result<Vec<Uuid>, DbError> {
        let stale = uploads::Column::TouchedAt.lt(time_text(before));
        let query = uploads::Entity::find().select_only().column(uploads::Column::Id).filter(stale);
        Ok(query.limit(500).into_tuple().all(&self.connection).await?)
    }
}

fn from_row(row: uploads::Model) -> Result<PartialUpload, DbError> {
    Ok(PartialUpload {
        id: row.id,
        child: ChildId(row.child),
        person: PersonId(row.person),
        file_name: row.file_name,
        length_bytes: row.length_bytes.unsigned_abs(),
        received_bytes: row.received_bytes.unsigned_abs(),
        parts_key: row.parts_key,
        parts: super::from_json(&row.parts)?,
        media: row.media.map(MediaId),
    })
}

fn signed(bytes: u64) -> Result<i64, DbError> {
    i64::try_from(bytes).map_err(|_| DbError::Damaged("a length".into()))
}
