//! Holds, proposals to dispose of something, and what went.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::sea_query::{Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::register::RecordCursor;
use super::tables::{children, deposits, disposal_targets, disposals, holds};
use super::{Db, DbError, Slice, below, from_json};
use crate::domain::disposal::{Disposal, Hold, State};
use crate::domain::document::Kind;
use crate::domain::ids::{ChildId, DisposalId, HoldId};

/// The state of a row whose disposal was decided and whose keys are erased.
const CARRIED_OUT: &str = "carried_out";

/// A proposal with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDisposal {
    pub id: DisposalId,
    pub disposal: Disposal,
}

/// True for rows that no open proposal keeps out of sight.
pub(super) fn in_sight(id: impl ColumnTrait) -> SimpleExpr {
    let hidden = Query::select()
        .column(disposal_targets::Column::Object)
        .from(disposal_targets::Entity)
        .and_where(disposal_targets::Column::Hidden.eq(true))
        .to_owned();
    id.not_in_subquery(hidden)
}

impl Db {
    pub async fn hold(&self, id: HoldId) -> Result<Option<Hold>, DbError> {
        let row = holds::Entity::find_by_id(id.0).one(&self.connection).await?;
        row.map(|row| from_json(&row.body)).transpose()
    }

    /// All that was ever asked to stay of a child's, oldest first.
    pub async fn holds(&self, child: ChildId) -> Result<Vec<(HoldId, Hold)>, DbError> {
        let query = holds::Entity::find().filter(holds::Column::Child.eq(child.0));
        let rows = query.order_by_asc(holds::Column::PlacedAt).all(&self.connection).await?;
        rows.into_iter().map(|row| Ok((HoldId(row.id), from_json(&row.body)?))).collect()
    }

    pub async fn disposal(&self, id: DisposalId) -> Result<Option<StoredDisposal>, DbError> {
        disposals::Entity::find_by_id(id.0).one(&self.connection).await?.map(disposal_from).transpose()
    }

    /// A child's register of disposals, newest first.
    pub async fn disposals(
        &self,
        child: ChildId,
        after: Option<RecordCursor>,
        limit: u64,
    ) -> Result<Slice<StoredDisposal, RecordCursor>, DbError> {
        use disposals::Column;
        let mut query = disposals::Entity::find().filter(Column::Child.eq(child.0));
        if let Some(after) = after {
            query = query.filter(below(Column::ProposedAt, Column::Id, after));
        }
        let query = query.order_by_desc(Column::ProposedAt).order_by_desc(Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows = rows.into_iter().map(disposal_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Slice::cut(rows, limit, |row| (super::time_text(row.disposal.proposed.at), row.id.0)))
    }

    /// The proposals that wait for somebody, or whose keys have still to be erased; few at any time.
    pub async fn unfinished_disposals(&self) -> Result<Vec<StoredDisposal>, DbError> {
        let query = disposals::Entity::find()
            .filter(disposals::Column::State.is_in([State::Proposed, State::Decided].map(State::as_str)));
        let rows = query.order_by_asc(disposals::Column::ProposedAt).all(&self.connection).await?;
        rows.into_iter().map(disposal_from).collect()
    }

    /// Whether an open proposal is about an object.
    pub async fn is_proposed(&self, object: Uuid) -> Result<bool, DbError> {
        Ok(disposal_targets::Entity::find_by_id(object).one(&self.connection).await?.is_some())
    }

    /// Notes that the keys of a decided disposal are erased.
    pub async fn disposal_carried_out(&self, id: DisposalId) -> Result<(), DbError> {
        let row =
            disposals::ActiveModel { id: Set(id.0), state: Set(CARRIED_OUT.into()), ..Default::default() };
        row.update(&self.connection).await?;
        Ok(())
    }

    /// Everything that an open proposal keeps out of sight, of any child's; few at any time.
    pub async fn out_of_sight(&self) -> Result<HashSet<Uuid>, DbError> {
        let rows = disposal_targets::Entity::find().filter(disposal_targets::Column::Hidden.eq(true));
        Ok(rows.all(&self.connection).await?.into_iter().map(|row| row.object).collect())
    }

    /// What of a child's the policy has to be asked about on `today`: objects whose promised day has come or, where
    /// `case_closed`, that waited for the case to close. What is proposed already is left out.
    pub async fn perhaps_due(
        &self,
        child: ChildId,
        today: NaiveDate,
        case_closed: bool,
        limit: u64,
    ) -> Result<Vec<(Uuid, Kind)>, DbError> {
        use deposits::Column;
        let mut past = Condition::any().add(Column::RetainUntil.lte(today.to_string()));
        if case_closed {
            past = past.add(Column::RetainUntil.is_null());
        }
        let proposed = Query::select()
            .column(disposal_targets::Column::Object)
            .from(disposal_targets::Entity)
            .to_owned();
        let rows: Vec<(Uuid, String)> = deposits::Entity::find()
            .select_only()
            .column(Column::Object)
            .column(Column::Kind)
            .distinct()
            .filter(Column::KeyGroup.eq(child.0))
            .filter(Column::Leaf.is_not_null())
            .filter(past)
            .filter(Column::Object.not_in_subquery(proposed))
            .order_by_asc(Column::Object)
            .limit(limit)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let known = |name: String| Kind::parse(&name).ok_or_else(|| DbError::Damaged("a kind".into()));
        rows.into_iter().map(|(object, name)| Ok((object, known(name)?))).collect()
    }

    /// Every child, by id, after `after`.
    pub async fn all_children(&self, after: Option<ChildId>, limit: u64) -> Result<Vec<ChildId>, DbError> {
        let mut query = children::Entity::find();
        if let Some(after) = after {
            query = query.filter(children::Column::Id.gt(after.0));
        }
        let rows = query.order_by_asc(children::Column::Id).limit(limit).all(&self.connection).await?;
        Ok(rows.into_iter().map(|row| ChildId(row.id)).collect())
    }

    /// How many versions a child's book and case still have, beside its own record and what tells of readings and
    /// disposals.
    pub async fn count_content(&self, child: ChildId) -> Result<u64, DbError> {
        let about =
            [Kind::Child, Kind::Readings, Kind::Hold, Kind::Disposal, Kind::Request].map(Kind::as_str);
        let query = deposits::Entity::find()
            .filter(deposits::Column::KeyGroup.eq(child.0))
            .filter(deposits::Column::Kind.is_not_in(about));
        Ok(query.count(&self.connection).await?)
    }
}

fn disposal_from(row: disposals::Model) -> Result<StoredDisposal, DbError> {
    Ok(StoredDisposal { id: DisposalId(row.id), disposal: from_json(&row.body)? })
}
