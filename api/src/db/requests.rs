//! Requests for what the archive has, and what there is to find.

use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::beyond;
use super::register::RecordCursor;
use super::tables::{deposits, requests};
use super::{Db, DbError, Slice, from_json};
use crate::domain::document::Kind;
use crate::domain::ids::{ChildId, MunicipalityId, RequestId};
use crate::domain::request::{ArchiveRequest, StoredRequest};

/// Orders requests: those that wait by the day their answer is due, then the others, newest first. Of one length in each
/// part, so that every collation orders it alike.
pub(super) fn sort_key(request: &ArchiveRequest) -> String {
    const LAST: i64 = 9_999_999_999_999;
    match request.due() {
        Some(due) => format!("0 {due}"),
        None => format!("1 {:013}", LAST - request.asked.at.timestamp_millis()),
    }
}

/// Whose requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestsOf {
    pub children: Vec<ChildId>,
    pub municipalities: Vec<MunicipalityId>,
}

impl Db {
    pub async fn request(&self, id: RequestId) -> Result<Option<StoredRequest>, DbError> {
        requests::Entity::find_by_id(id.0).one(&self.connection).await?.map(request_from).transpose()
    }

    /// Those that wait, by the day their answer is due, and then the others, newest first; after `after`.
    pub async fn requests(
        &self,
        of: &RequestsOf,
        after: Option<RecordCursor>,
        limit: u64,
    ) -> Result<Slice<StoredRequest, RecordCursor>, DbError> {
        use requests::Column;
        let theirs = Condition::any()
            .add(Column::Child.is_in(of.children.iter().map(|child| child.0)))
            .add(Column::Municipality.is_in(of.municipalities.iter().map(|municipality| municipality.0)));
        let mut query = requests::Entity::find().filter(theirs);
        if let Some(after) = after {
            query = query.filter(beyond(Column::SortKey, Column::Id, after));
        }
        let query = query.order_by_asc(Column::SortKey).order_by_asc(Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows = rows.into_iter().map(request_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Slice::cut(rows, limit, |stored| (sort_key(&stored.request), stored.id.0)))
    }

    /// A child's request that still waits for something.
    pub async fn open_request(&self, child: ChildId) -> Result<Option<StoredRequest>, DbError> {
        let query = requests::Entity::find()
            .filter(requests::Column::Child.eq(child.0))
            .filter(requests::Column::Open.eq(true))
            .order_by_asc(requests::Column::SortKey);
        query.one(&self.connection).await?.map(request_from).transpose()
    }

    /// Those that are granted and not handed over yet; few at any time.
    pub async fn undelivered_requests(&self) -> Result<Vec<StoredRequest>, DbError> {
        let query = requests::Entity::find()
            .filter(requests::Column::Stage.eq("decided"))
            .filter(requests::Column::Open.eq(true));
        query.all(&self.connection).await?.into_iter().map(request_from).collect()
    }

    /// How many objects of each of these kinds there are of a child's.
    pub async fn holdings(&self, child: ChildId, kinds: &[Kind]) -> Result<Vec<(Kind, u64)>, DbError> {
        use deposits::Column;
        let rows: Vec<(String, i64)> = deposits::Entity::find()
            .select_only()
            .column(Column::Kind)
            .expr_as(Column::Object.into_expr().count_distinct(), "count")
            .filter(Column::KeyGroup.eq(child.0))
            .filter(Column::Leaf.is_not_null())
            .group_by(Column::Kind)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let count = |kind: &Kind| {
            let row = rows.iter().find(|(name, _)| name == kind.as_str());
            (*kind, row.map_or(0, |(_, count)| count.unsigned_abs()))
        };
        Ok(kinds.iter().map(count).collect())
    }
}

fn request_from(row: requests::Model) -> Result<StoredRequest, DbError> {
    let request = from_json(&row.body)?;
    Ok(StoredRequest { id: RequestId(row.id), version: row.version.unsigned_abs(), request })
}
