//! Municipalities, people, children, homes and who is tied to whom.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::tables::{
    assignments, children, claims, disposals, entries, fixity_events, holds, life_records, municipalities,
    people, placements, requests, ties,
};
use super::{Db, DbError, from_json, parse_date};
use crate::domain::access::{Span, Ties, age_on, born_by, span};
use crate::domain::document::{Child, Municipality, Person, Role};
use crate::domain::ids::{ChildId, MunicipalityId, PersonId};

/// A child, and what ties one person to it today.
#[derive(Debug, Clone)]
pub struct TiedChild {
    pub id: ChildId,
    pub child: Child,
    pub ties: Ties,
}

/// A child as the municipality's overview counts it: no content.
#[derive(Debug, Clone)]
pub struct Coverage {
    pub id: ChildId,
    pub child: Child,
    pub entries: u64,
    pub last_written_on: Option<NaiveDate>,
    pub homes: u64,
}

impl Db {
    pub async fn municipality(&self, id: MunicipalityId) -> Result<Option<Municipality>, DbError> {
        let row = municipalities::Entity::find_by_id(id.0).one(&self.connection).await?;
        row.map(|row| from_json(&row.body)).transpose()
    }

    /// All municipalities by name; one installation holds at most some hundred.
    pub async fn municipalities(&self) -> Result<Vec<(MunicipalityId, Municipality)>, DbError> {
        let rows = municipalities::Entity::find()
            .order_by_asc(municipalities::Column::Name)
            .order_by_asc(municipalities::Column::Id)
            .limit(1000)
            .all(&self.connection)
            .await?;
        rows.into_iter().map(|row| Ok((MunicipalityId(row.id), from_json(&row.body)?))).collect()
    }

    pub async fn person(&self, id: PersonId) -> Result<Option<Person>, DbError> {
        let row = people::Entity::find_by_id(id.0).one(&self.connection).await?;
        row.map(|row| from_json(&row.body)).transpose()
    }

    /// The names of `ids`; those that are not there are left out.
    pub async fn names(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, String>, DbError> {
        let mut names = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(500) {
            let query = people::Entity::find().filter(people::Column::Id.is_in(ids.iter().map(|id| id.0)));
            for row in query.all(&self.connection).await? {
                names.insert(PersonId(row.id), row.name);
            }
        }
        Ok(names)
    }

    pub async fn child(&self, id: ChildId) -> Result<Option<Child>, DbError> {
        let row = children::Entity::find_by_id(id.0).one(&self.connection).await?;
        row.map(|row| from_json(&row.body)).transpose()
    }

    /// The roles `person` holds towards `child` on `today`, as far as they count; nothing for a child that is not there.
    pub async fn ties(
        &self,
        person: PersonId,
        child: ChildId,
        today: NaiveDate,
    ) -> Result<Option<Ties>, DbError> {
        let Some(row) = children::Entity::find_by_id(child.0).one(&self.connection).await? else {
            return Ok(None);
        };
        let active =
            active_ties(today).add(ties::Column::Person.eq(person.0)).add(ties::Column::Child.eq(child.0));
        let rows = ties::Entity::find().filter(active).all(&self.connection).await?;
        let roles = rows.iter().map(|row| role(&row.role)).collect::<Result<Vec<_>, _>>()?;
        let looks_ahead = if roles.contains(&Role::Own) { self.looks_ahead(child).await? } else { None };
        Ok(Some(Ties { looks_ahead, ..ties(&row, roles, today)? }))
    }

    /// The children that `person` holds a role towards that counts on `today`, by id, after `after`; how far ahead they read
    /// is not asked.
    pub async fn tied_children(
        &self,
        person: PersonId,
        today: NaiveDate,
        after: Option<ChildId>,
        limit: u64,
    ) -> Result<Vec<TiedChild>, DbError> {
        let of_person = active_ties(today).add(counting(today)).add(ties::Column::Person.eq(person.0));
        let mut filter = of_person.clone();
        if let Some(after) = after {
            filter = filter.add(ties::Column::Child.gt(after.0));
        }
        let ids: Vec<Uuid> = ties::Entity::find()
            .select_only()
            .column(ties::Column::Child)
            .distinct()
            .filter(filter)
            .order_by_asc(ties::Column::Child)
            .limit(limit)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let held = ties::Entity::find().filter(of_person).filter(ties::Column::Child.is_in(ids.clone()));
        let mut roles: HashMap<Uuid, Vec<Role>> = HashMap::with_capacity(ids.len());
        for tie in held.all(&self.connection).await? {
            roles.entry(tie.child).or_default().push(role(&tie.role)?);
        }
        let query = children::Entity::find().filter(children::Column::Id.is_in(ids));
        let rows = query.order_by_asc(children::Column::Id).all(&self.connection).await?;
        let tied = |row: children::Model| {
            let roles = roles.remove(&row.id).unwrap_or_default();
            let ties = ties(&row, roles, today)?;
            Ok(TiedChild { id: ChildId(row.id), child: from_json(&row.body)?, ties })
        };
        rows.into_iter().map(tied).collect()
    }

    /// The people tied to a child on `today` by a role that counts, with the role; a child has a dozen.
    pub async fn people_around(
        &self,
        child: ChildId,
        today: NaiveDate,
    ) -> Result<Vec<(PersonId, Role, Person)>, DbError> {
        let filter = active_ties(today).add(counting(today)).add(ties::Column::Child.eq(child.0));
        let rows = ties::Entity::find().filter(filter).limit(200).all(&self.connection).await?;
        let names = people::Entity::find()
            .filter(people::Column::Id.is_in(rows.iter().map(|row| row.person)))
            .all(&self.connection)
            .await?;
        let mut around = Vec::new();
        for row in &rows {
            if let Some(person) = names.iter().find(|person| person.id == row.person) {
                around.push((PersonId(row.person), role(&row.role)?, from_json(&person.body)?));
            }
        }
        around.sort_by_key(|(id, role, _)| (role.as_str(), *id));
        Ok(around)
    }

    /// The roles held in a municipality itself, not towards a child: leader, archivist.
    pub async fn municipal_roles(
        &self,
        person: PersonId,
        today: NaiveDate,
    ) -> Result<Vec<(Role, MunicipalityId)>, DbError> {
        let rows = assignments::Entity::find()
            .filter(assignments::Column::Person.eq(person.0))
            .filter(assignments::Column::Municipality.is_not_null())
            .filter(assignments::Column::Since.lte(today.to_string()))
            .filter(
                Condition::any()
                    .add(assignments::Column::Until.is_null())
                    .add(assignments::Column::Until.gte(today.to_string())),
            )
            .all(&self.connection)
            .await?;
        rows.into_iter()
            .filter_map(|row| row.municipality.map(|municipality| (row.role, municipality)))
            .map(|(name, municipality)| Ok((role(&name)?, MunicipalityId(municipality))))
            .collect()
    }

    /// Counts for the municipality's overview, by child id, after `after`.
    pub async fn coverage(
        &self,
        municipality: MunicipalityId,
        after: Option<ChildId>,
        limit: u64,
    ) -> Result<Vec<Coverage>, DbError> {
        let mut query = children::Entity::find().filter(children::Column::Municipality.eq(municipality.0));
        if let Some(after) = after {
            query = query.filter(children::Column::Id.gt(after.0));
        }
        let rows = query.order_by_asc(children::Column::Id).limit(limit).all(&self.connection).await?;
        let mut coverage = Vec::with_capacity(rows.len());
        for row in rows {
            let of_child = entries::Entity::find().filter(entries::Column::Child.eq(row.id));
            let entries = of_child.count(&self.connection).await?;
            let last_written_on = self.last_written(ChildId(row.id)).await?;
            let homes = placements::Entity::find().filter(placements::Column::Child.eq(row.id));
            let homes = homes.count(&self.connection).await?;
            coverage.push(Coverage {
                id: ChildId(row.id),
                child: from_json(&row.body)?,
                entries,
                last_written_on,
                homes,
            });
        }
        Ok(coverage)
    }

    /// The day the youngest page of a child's book was written.
    pub async fn last_written(&self, child: ChildId) -> Result<Option<NaiveDate>, DbError> {
        let of_child = entries::Entity::find().filter(entries::Column::Child.eq(child.0));
        let last = of_child.order_by_desc(entries::Column::WrittenAt).one(&self.connection).await?;
        let at = last.map(|row| super::parse_time(&row.written_at)).transpose()?;
        Ok(at.map(|at| at.date_naive()))
    }

    /// Records as sealed, for `dump`.
    pub async fn record_body(
        &self,
        kind: crate::domain::document::Kind,
        id: Uuid,
    ) -> Result<Option<String>, DbError> {
        use crate::domain::document::Kind;
        let db = &self.connection;
        Ok(match kind {
            Kind::Municipality => municipalities::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Person => people::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Child => children::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Placement => placements::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Assignment => assignments::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Relation
            | Kind::School
            | Kind::Choices
            | Kind::Ownership
            | Kind::LookAhead
            | Kind::Sibling
            | Kind::Gift
            | Kind::Goal
            | Kind::OwnPackage
            | Kind::Redaction
            | Kind::Loss
            | Kind::ContentWarning
            | Kind::Meeting
            | Kind::Wish => life_records::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Hold => holds::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Disposal => disposals::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Request => requests::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Claim => claims::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Fixity => fixity_events::Entity::find_by_id(id).one(db).await?.map(|row| row.body),
            Kind::Media | Kind::Entry | Kind::OwnPage | Kind::Edition | Kind::Readings => None,
        })
    }
}

fn ties(row: &children::Model, roles: Vec<Role>, today: NaiveDate) -> Result<Ties, DbError> {
    Ok(Ties::new(roles, age_on(parse_date(&row.born)?, today), row.died.is_some()))
}

pub(super) fn active_ties(today: NaiveDate) -> Condition {
    let today = today.to_string();
    Condition::all()
        .add(ties::Column::Since.lte(today.clone()))
        .add(Condition::any().add(ties::Column::Until.is_null()).add(ties::Column::Until.gte(today)))
}

/// What `span` says of each role, asked of the database.
fn counting(today: NaiveDate) -> Condition {
    let those = |wanted: Span| {
        let names = Role::ALL.into_iter().filter(|role| span(*role) == wanted).map(Role::as_str);
        ties::Column::Role.is_in(names)
    };
    let grown_from = born_by(today).to_string();
    let lives = || children::Column::Died.is_null();
    let grown = of_child(children::Column::Born.lte(grown_from.clone()).and(lives()));
    let a_child = of_child(children::Column::Born.gt(grown_from));
    Condition::any()
        .add(those(Span::Always))
        .add(Condition::all().add(those(Span::Life)).add(of_child(lives())))
        .add(Condition::all().add(those(Span::Childhood)).add(a_child))
        .add(Condition::all().add(those(Span::Grown)).add(grown))
}

/// True of a tie to a child that is so.
fn of_child(so: SimpleExpr) -> SimpleExpr {
    let child = Expr::col((children::Entity, children::Column::Id));
    let tied = children::Entity::find()
        .select_only()
        .column(children::Column::Id)
        .filter(child.equals((ties::Entity, ties::Column::Child)))
        .filter(so);
    Expr::exists(tied.into_query())
}

pub(super) fn role(name: &str) -> Result<Role, DbError> {
    Role::parse(name).ok_or_else(|| DbError::Damaged("a role".into()))
}
