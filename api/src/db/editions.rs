//! Printed books: ordered, made by a job, sealed.

use chrono::{DateTime, Utc};
use renderer::layout::{Paper, Size};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::disposals::in_sight;
use super::tables::editions;
use super::{Db, DbError, from_json, parse_time, time_text, to_json};
use crate::domain::document::Edition;
use crate::domain::ids::{ChildId, EditionId, PersonId};

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Order {
    pub format: String,
    pub language: String,
    #[serde(default)]
    pub paper: Size,
    #[serde(default)]
    pub bleed: bool,
}

impl Order {
    pub fn paper(&self) -> Paper {
        Paper { size: self.paper, bleed: self.bleed }
    }
}

/// A printed book on its way or there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdition {
    pub id: EditionId,
    pub child: ChildId,
    pub age: u32,
    pub ordered_by: PersonId,
    pub ordered_at: DateTime<Utc>,
    pub stage: Stage,
}

/// How far a printed book has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Ordered(Order),
    /// Could not be made; a stable code tells why.
    Failed {
        order: Order,
        problem: String,
    },
    Ready(Edition),
}

impl Stage {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Ordered(_) => "pending",
            Self::Failed { .. } => "failed",
            Self::Ready(_) => "ready",
        }
    }

    /// What it is printed on.
    pub fn paper(&self) -> Paper {
        match self {
            Self::Ordered(order) | Self::Failed { order, .. } => order.paper(),
            Self::Ready(edition) => Paper { size: edition.paper, bleed: edition.bleed },
        }
    }
}

impl Db {
    /// Notes the order. [`DbError::Duplicate`] where the same person ordered with the same key before.
    pub async fn order_edition(
        &self,
        edition: &StoredEdition,
        order: &Order,
        idempotency_key: Option<&str>,
    ) -> Result<(), DbError> {
        let row = editions::ActiveModel {
            id: Set(edition.id.0),
            child: Set(edition.child.0),
            age: Set(i32::try_from(edition.age).unwrap_or(i32::MAX)),
            ordered_by: Set(edition.ordered_by.0),
            ordered_at: Set(time_text(edition.ordered_at)),
            state: Set("pending".into()),
            problem: Set(None),
            body: Set(to_json(order)?),
            idempotency_key: Set(idempotency_key.map(str::to_owned)),
        };
        editions::Entity::insert(row).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    pub async fn edition(&self, id: EditionId) -> Result<Option<StoredEdition>, DbError> {
        editions::Entity::find_by_id(id.0)
            .filter(in_sight(editions::Column::Id))
            .one(&self.connection)
            .await?
            .map(edition_from)
            .transpose()
    }

    pub async fn edition_by_key(&self, by: PersonId, key: &str) -> Result<Option<StoredEdition>, DbError> {
        editions::Entity::find()
            .filter(editions::Column::OrderedBy.eq(by.0))
            .filter(editions::Column::IdempotencyKey.eq(key))
            .one(&self.connection)
            .await?
            .map(edition_from)
            .transpose()
    }

    /// A child's printed books, newest first.
    pub async fn editions(&self, child: ChildId, limit: u64) -> Result<Vec<StoredEdition>, DbError> {
        let query = editions::Entity::find()
            .filter(editions::Column::Child.eq(child.0))
            .filter(in_sight(editions::Column::Id));
        let rows =
            query.order_by_desc(editions::Column::OrderedAt).limit(limit).all(&self.connection).await?;
        rows.into_iter().map(edition_from).collect()
    }

    pub async fn edition_failed(&self, id: EditionId, problem: &str) -> Result<(), DbError> {
        let Some(row) = editions::Entity::find_by_id(id.0).one(&self.connection).await? else {
            return Ok(());
        };
        if row.state == "ready" {
            return Ok(());
        }
        let mut row: editions::ActiveModel = row.into();
        row.state = Set("failed".into());
        row.problem = Set(Some(problem.into()));
        row.update(&self.connection).await?;
        Ok(())
    }
}

fn edition_from(row: editions::Model) -> Result<StoredEdition, DbError> {
    let stage = match row.state.as_str() {
        "ready" => Stage::Ready(from_json(&row.body)?),
        "failed" => Stage::Failed { order: from_json(&row.body)?, problem: row.problem.unwrap_or_default() },
        _ => Stage::Ordered(from_json(&row.body)?),
    };
    Ok(StoredEdition {
        id: EditionId(row.id),
        child: ChildId(row.child),
        age: row.age.unsigned_abs(),
        ordered_by: PersonId(row.ordered_by),
        ordered_at: parse_time(&row.ordered_at)?,
        stage,
    })
}
