//! The municipality's register as lists: people, homes, roles.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::tables::{assignments, people, placements};
use super::{Db, DbError, Slice, beyond, from_json};
use crate::domain::document::{AssignedTo, Assignment, Person, Placement, Role};
use crate::domain::ids::{AssignmentId, ChildId, MunicipalityId, PersonId, PlacementId};

/// Where a list goes on: after this name or day, and this id.
pub type RecordCursor = (String, Uuid);

impl Db {
    /// The people of a municipality by name.
    pub async fn people(
        &self,
        municipality: MunicipalityId,
        after: Option<RecordCursor>,
        limit: u64,
    ) -> Result<Slice<(PersonId, Person), RecordCursor>, DbError> {
        use people::Column;
        let mut query = people::Entity::find().filter(Column::Municipality.eq(municipality.0));
        if let Some(after) = after {
            query = query.filter(beyond(Column::Name, Column::Id, after));
        }
        let query = query.order_by_asc(Column::Name).order_by_asc(Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows = rows.into_iter().map(|row| Ok((PersonId(row.id), from_json::<Person>(&row.body)?)));
        let rows = rows.collect::<Result<Vec<_>, DbError>>()?;
        Ok(Slice::cut(rows, limit, |(id, person)| (person.name.clone(), id.0)))
    }

    /// Those of `ids` that are there.
    pub async fn people_among(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, Person>, DbError> {
        let mut found = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(500) {
            let query = people::Entity::find().filter(people::Column::Id.is_in(ids.iter().map(|id| id.0)));
            for row in query.all(&self.connection).await? {
                found.insert(PersonId(row.id), from_json(&row.body)?);
            }
        }
        Ok(found)
    }

    /// Those of `ids` whom a book is about.
    pub async fn subjects_among(&self, ids: &[PersonId]) -> Result<HashSet<PersonId>, DbError> {
        let mut found = HashSet::new();
        for ids in ids.chunks(500) {
            let query = assignments::Entity::find()
                .filter(assignments::Column::Role.eq(Role::Own.as_str()))
                .filter(assignments::Column::Person.is_in(ids.iter().map(|id| id.0)));
            found.extend(query.all(&self.connection).await?.into_iter().map(|row| PersonId(row.person)));
        }
        Ok(found)
    }

    /// The stay as sealed.
    pub async fn placement(&self, id: PlacementId) -> Result<Option<Placement>, DbError> {
        let row = placements::Entity::find_by_id(id.0).one(&self.connection).await?;
        row.map(|row| from_json(&row.body)).transpose()
    }

    /// A child's homes, first to last.
    pub async fn placements(
        &self,
        child: ChildId,
        after: Option<RecordCursor>,
        limit: u64,
    ) -> Result<Slice<(PlacementId, Placement), RecordCursor>, DbError> {
        use placements::Column;
        let mut query = placements::Entity::find().filter(Column::Child.eq(child.0));
        if let Some(after) = after {
            query = query.filter(beyond(Column::Since, Column::Id, after));
        }
        let query = query.order_by_asc(Column::Since).order_by_asc(Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows = rows.into_iter().map(|row| Ok((PlacementId(row.id), from_json::<Placement>(&row.body)?)));
        let rows = rows.collect::<Result<Vec<_>, DbError>>()?;
        Ok(Slice::cut(rows, limit, |(id, placement)| (placement.from.to_string(), id.0)))
    }

    /// The role as sealed.
    pub async fn assignment(&self, id: AssignmentId) -> Result<Option<Assignment>, DbError> {
        let row = assignments::Entity::find_by_id(id.0).one(&self.connection).await?;
        row.map(|row| from_json(&row.body)).transpose()
    }

    /// The roles assigned towards a child or in a municipality, first to last.
    pub async fn assignments(
        &self,
        to: AssignedTo,
        after: Option<RecordCursor>,
        limit: u64,
    ) -> Result<Slice<(AssignmentId, Assignment), RecordCursor>, DbError> {
        use assignments::Column;
        let towards = match to {
            AssignedTo::Child(child) => Column::Child.eq(child.0),
            AssignedTo::Municipality(municipality) => Column::Municipality.eq(municipality.0),
        };
        let mut query = assignments::Entity::find().filter(towards);
        if let Some(after) = after {
            query = query.filter(beyond(Column::Since, Column::Id, after));
        }
        let query = query.order_by_asc(Column::Since).order_by_asc(Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let rows =
            rows.into_iter().map(|row| Ok((AssignmentId(row.id), from_json::<Assignment>(&row.body)?)));
        let rows = rows.collect::<Result<Vec<_>, DbError>>()?;
        Ok(Slice::cut(rows, limit, |(id, assignment)| (assignment.from.to_string(), id.0)))
    }

    /// True where the municipality has a leader today, with no end in sight, by another assignment than `but`.
    pub async fn has_lasting_leader(
        &self,
        municipality: MunicipalityId,
        but: AssignmentId,
        today: NaiveDate,
    ) -> Result<bool, DbError> {
        use assignments::Column;
        let query = assignments::Entity::find()
            .filter(Column::Municipality.eq(municipality.0))
            .filter(Column::Role.eq(Role::Leader.as_str()))
            .filter(Column::Id.ne(but.0))
            .filter(Column::Since.lte(today.to_string()))
            .filter(Column::Until.is_null());
        Ok(query.count(&self.connection).await? > 0)
    }
}
