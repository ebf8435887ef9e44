//! Which login, vouched for by somebody else, opens the service for whom.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::tables::bindings;
use super::{Db, DbError, parse_time, time_text};
use crate::domain::ids::{OpeningId, PersonId};

/// A login and its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// SHA-256 of issuer and subject, hex.
    pub login: String,
    pub person: PersonId,
    pub issuer: String,
    /// Somebody let the person in anew, into the session in which this was bound.
    pub opening: Option<OpeningId>,
    pub at: DateTime<Utc>,
}

impl Db {
    /// Binds a login; false where it belongs to somebody else. One that is the person's already stays as it is.
    pub async fn put_binding(&self, binding: &Binding) -> Result<bool, DbError> {
        let row = bindings::ActiveModel {
            login: Set(binding.login.clone()),
            person: Set(binding.person.0),
            issuer: Set(binding.issuer.clone()),
            opening: Set(binding.opening.map(|opening| opening.0)),
            at: Set(time_text(binding.at)),
        };
        let insert = bindings::Entity::insert(row).on_conflict_do_nothing();
        insert.exec_without_returning(&self.connection).await?;
        let kept = self.binding(&binding.login).await?;
        Ok(kept.is_some_and(|kept| kept.person == binding.person))
    }

    pub async fn binding(&self, login: &str) -> Result<Option<Binding>, DbError> {
        let row = bindings::Entity::find_by_id(login).one(&self.connection).await?;
        row.map(binding_from).transpose()
    }

    /// A person's logins, the oldest first, at most 50.
    pub async fn bindings_of(&self, person: PersonId) -> Result<Vec<Binding>, DbError> {
        let query = bindings::Entity::find().filter(bindings::Column::Person.eq(person.0));
        let rows = query.order_by_asc(bindings::Column::At).limit(50).all(&self.connection).await?;
        rows.into_iter().map(binding_from).collect()
    }

    /// A person's logins of this issuer open nothing any more.
    pub async fn forget_bindings(&self, person: PersonId, issuer: &str) -> Result<(), DbError> {
        bindings::Entity::delete_many()
            .filter(bindings::Column::Person.eq(person.0))
            .filter(bindings::Column::Issuer.eq(issuer))
            .exec(&self.connection)
            .await?;
        Ok(())
    }
}

fn binding_from(row: bindings::Model) -> Result<Binding, DbError> {
    Ok(Binding {
        login: row.login,
        person: PersonId(row.person),
        issuer: row.issuer,
        opening: row.opening.map(OpeningId),
        at: parse_time(&row.at)?,
    })
}
