//! Claims to a book, and the children that may be meant.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::beyond;
use super::register::RecordCursor;
use super::tables::{assignments, called, children, claims};
use super::{Db, DbError, Slice, from_json, time_text};
use crate::domain::claim::Claim;
use crate::domain::document::{Child, Role};
use crate::domain::ids::{ChildId, ClaimId, MunicipalityId, PersonId};

/// A claim with its id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredClaim {
    pub id: ClaimId,
    pub version: u32,
    pub claim: Claim,
}

/// Orders claims: those that are looked into by the day they came, then the others.
pub(super) fn sort_key(claim: &Claim) -> String {
    format!("{} {}", u8::from(!claim.is_open()), time_text(claim.told_at))
}

impl Db {
    pub async fn claim(&self, id: ClaimId) -> Result<Option<StoredClaim>, DbError> {
        claims::Entity::find_by_id(id.0).one(&self.connection).await?.map(claim_from).transpose()
    }

    /// The claim that this secret opens, by its SHA-256.
    pub async fn claim_by_key(&self, key: &str) -> Result<Option<StoredClaim>, DbError> {
        let query = claims::Entity::find().filter(claims::Column::AskerKey.eq(key));
        query.one(&self.connection).await?.map(claim_from).transpose()
    }

    /// Those that are looked into, as they came, and then the others; after `after`.
    pub async fn claims(
        &self,
        municipalities: &[MunicipalityId],
        after: Option<RecordCursor>,
        limit: u64,
    ) -> Result<Slice<StoredClaim, RecordCursor>, DbError> {
        use claims::Column;
        let theirs = Column::Municipality.is_in(municipalities.iter().map(|municipality| municipality.0));
        let mut query = claims::Entity::find().filter(theirs);
        if let Some(after) = after {
            query = query.filter(beyond(Column::SortKey, Column::Id, after));
        }
        let query = query.order_by_asc(Column::SortKey).order_by_asc(Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows = rows.into_iter().map(claim_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Slice::cut(rows, limit, |stored| (sort_key(&stored.claim), stored.id.0)))
    }

    /// The children of a municipality that were born on one of these days, or were ever called by two of these words, with
    /// all the words they were called by; `limit` of each.
    pub async fn children_like(
        &self,
        municipality: MunicipalityId,
        born: &BTreeSet<NaiveDate>,
        names: &BTreeSet<String>,
        limit: u64,
    ) -> Result<Vec<(ChildId, Child, BTreeSet<String>)>, DbError> {
        let theirs = children::Entity::find().filter(children::Column::Municipality.eq(municipality.0));
        let by_day = theirs
            .clone()
            .filter(children::Column::Born.is_in(born.iter().map(ToString::to_string)))
            .limit(limit)
            .all(&self.connection)
            .await?;
        let ids = theirs.select_only().column(children::Column::Id);
        let two_words = called::Column::Word.into_expr().count();
        let by_name: Vec<Uuid> = called::Entity::find()
            .select_only()
            .column(called::Column::Child)
            .filter(called::Column::Word.is_in(names.iter()))
            .filter(called::Column::Child.in_subquery(ids.into_query()))
            .group_by(called::Column::Child)
            .having(two_words.clone().gte(2))
            .order_by(two_words, Order::Desc)
            .order_by_asc(called::Column::Child)
            .limit(limit)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let by_name = children::Entity::find().filter(children::Column::Id.is_in(by_name));
        let by_name = by_name.all(&self.connection).await?;
        let mut found = BTreeMap::new();
        for row in by_day.into_iter().chain(by_name) {
            found.insert(row.id, (from_json(&row.body)?, BTreeSet::new()));
        }
        let words = called::Entity::find().filter(called::Column::Child.is_in(found.keys().copied()));
        for row in words.all(&self.connection).await? {
            if let Some((_, words)) = found.get_mut(&row.child) {
                words.insert(row.word);
            }
        }
        Ok(found.into_iter().map(|(id, (child, words))| (ChildId(id), child, words)).collect())
    }

    /// Who is registered as the one a book is about.
    pub async fn own_person(&self, child: ChildId) -> Result<Option<PersonId>, DbError> {
        let query = assignments::Entity::find()
            .filter(assignments::Column::Child.eq(child.0))
            .filter(assignments::Column::Role.eq(Role::Own.as_str()))
            .filter(assignments::Column::Until.is_null())
            .order_by_asc(assignments::Column::Since);
        Ok(query.one(&self.connection).await?.map(|row| PersonId(row.person)))
    }
}

fn claim_from(row: claims::Model) -> Result<StoredClaim, DbError> {
    let claim = from_json(&row.body)?;
    Ok(StoredClaim { id: ClaimId(row.id), version: row.version.unsigned_abs(), claim })
}
