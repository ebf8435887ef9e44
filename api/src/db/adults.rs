//! The adults of a child: those who are around it, and those who were.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::people::role;
use super::tables::{people, ties};
use super::{Db, DbError, from_json, parse_date};
use crate::domain::access::{Span, grown_on, is_active, span};
use crate::domain::document::{Person, Role};
use crate::domain::ids::{ChildId, PersonId};

/// So many ties of one child are looked at; a life in many homes has some dozen.
const TIES: u64 = 1_000;

/// A role that somebody holds or held towards a child.
#[derive(Debug, Clone)]
pub struct Tie {
    pub id: PersonId,
    pub person: Person,
    pub role: Role,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl Tie {
    pub fn is_active(&self, today: NaiveDate) -> bool {
        is_active(self.since, self.until, today)
    }

    /// The same role on the days on which it counts towards somebody of this birthday; `None` where it never does.
    pub fn counting(mut self, born: NaiveDate) -> Option<Self> {
        let grown = grown_on(born);
        match span(self.role) {
            Span::Always | Span::Life => {}
            Span::Childhood => {
                let last = grown.pred_opt()?;
                self.until = Some(self.until.map_or(last, |until| until.min(last)));
            }
            Span::Grown => self.since = self.since.max(grown),
        }
        self.until.is_none_or(|until| self.since <= until).then_some(self)
    }
}

impl Db {
    /// Every role held towards a child until today, first to last.
    pub async fn ties_of(&self, child: ChildId, today: NaiveDate) -> Result<Vec<Tie>, DbError> {
        let rows = ties::Entity::find()
            .filter(ties::Column::Child.eq(child.0))
            .filter(ties::Column::Since.lte(today.to_string()))
            .order_by_asc(ties::Column::Since)
            .order_by_asc(ties::Column::Source)
            .order_by_asc(ties::Column::Person)
            .limit(TIES)
            .all(&self.connection)
            .await?;
        let known = people::Entity::find()
            .filter(people::Column::Id.is_in(rows.iter().map(|row| row.person)))
            .all(&self.connection)
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            let Some(person) = known.iter().find(|person| person.id == row.person) else { continue };
            found.push(Tie {
                id: PersonId(row.person),
                person: from_json(&person.body)?,
                role: role(&row.role)?,
                since: parse_date(&row.since)?,
                until: row.until.as_deref().map(parse_date).transpose()?,
            });
        }
        Ok(found)
    }
}
