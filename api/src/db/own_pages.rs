//! The pages a child has made itself. None leaves this file but for the one whose book it is, those it is shared with, and
//! a brother or sister it was given to.

use chrono::NaiveDate;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use super::disposals::in_sight;
use super::life::StoredLife;
use super::people::active_ties;
use super::tables::{entry_media, own_page_readers, own_pages, ties};
use super::{Db, DbError, Slice, below, from_json};
use crate::domain::document::Role;
use crate::domain::gift::{Gift, GivenPage};
use crate::domain::ids::{ChildId, MediaId, OwnPageId, PersonId};
use crate::domain::own_page::{Gate, OwnPage};

/// A page with its id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOwnPage {
    pub id: OwnPageId,
    pub version: u32,
    pub page: OwnPage,
}

/// Whose eyes a question serves.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub person: PersonId,
    pub today: NaiveDate,
    /// Whether those in the reader's own book are open.
    pub gate: Gate,
}

/// Where a list of pages goes on: after this time and id.
pub type OwnPageCursor = (String, Uuid);

impl Db {
    /// A page, for the one whose book it is and those it is shared with.
    pub async fn own_page(&self, id: OwnPageId, reader: Reader) -> Result<Option<StoredOwnPage>, DbError> {
        let row = for_reader(Some(reader)).filter(own_pages::Column::Id.eq(id.0));
        row.one(&self.connection).await?.map(page_from).transpose()
    }

    /// A child's pages, newest first, after `after`: as far as they are for `reader`. Without a reader those that
    /// are shared with everybody.
    pub async fn own_pages(
        &self,
        child: ChildId,
        reader: Option<Reader>,
        after: Option<OwnPageCursor>,
        limit: u64,
    ) -> Result<Slice<StoredOwnPage, OwnPageCursor>, DbError> {
        let mut query = for_reader(reader).filter(own_pages::Column::Child.eq(child.0));
        if let Some(place) = after {
            query = query.filter(below(own_pages::Column::MadeAt, own_pages::Column::Id, place));
        }
        let query = query.order_by_desc(own_pages::Column::MadeAt).order_by_desc(own_pages::Column::Id);
        let rows = query.limit(limit + 1).all(&self.connection).await?;
        let pages = rows.into_iter().map(page_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Slice::cut(pages, limit, |stored| (super::time_text(stored.page.made_at), stored.id.0)))
    }

    /// The pages a file lies in, at most 50, as far as they are for `reader`.
    pub async fn own_pages_with(
        &self,
        media: MediaId,
        reader: Reader,
    ) -> Result<Vec<StoredOwnPage>, DbError> {
        let ids: Vec<Uuid> = entry_media::Entity::find()
            .select_only()
            .column(entry_media::Column::Entry)
            .filter(entry_media::Column::Media.eq(media.0))
            .limit(50)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let rows = for_reader(Some(reader)).filter(own_pages::Column::Id.is_in(ids));
        rows.all(&self.connection).await?.into_iter().map(page_from).collect()
    }

    /// The page that this gift gives. Whether it may be given still, and to whom, `gifts` decides.
    pub async fn own_page_given(&self, gift: &StoredLife<Gift>) -> Result<Option<StoredOwnPage>, DbError> {
        let GivenPage::OwnPage(id) = gift.record.page else { return Ok(None) };
        let query = own_pages::Entity::find_by_id(id)
            .filter(own_pages::Column::Child.eq(gift.record.child.0))
            .filter(in_sight(own_pages::Column::Id));
        query.one(&self.connection).await?.map(page_from).transpose()
    }

    /// The page as sealed, for `dump`.
    pub(crate) async fn own_page_of_anybody(&self, id: Uuid) -> Result<Option<OwnPage>, DbError> {
        let row = own_pages::Entity::find_by_id(id).one(&self.connection).await?;
        row.map(|row| from_json(&row.body)).transpose()
    }
}

/// The one question: in sight, and shared with the reader or in the reader's own book today and not closed.
fn for_reader(reader: Option<Reader>) -> Select<own_pages::Entity> {
    let mut whose = Condition::any().add(own_pages::Column::Everyone.eq(true));
    if let Some(Reader { person, today, gate }) = reader {
        let own = ties::Entity::find()
            .select_only()
            .column(ties::Column::Child)
            .filter(active_ties(today))
            .filter(ties::Column::Person.eq(person.0))
            .filter(ties::Column::Role.eq(Role::Own.as_str()))
            .into_query();
        let mut own = Condition::all().add(own_pages::Column::Child.in_subquery(own));
        if let Gate::Closed { since, opened_by } = gate {
            let open = Condition::any().add(own_pages::Column::MadeAt.gte(super::time_text(since)));
            own = own.add(open.add(shared_with(opened_by)));
        }
        whose = whose.add(shared_with(person)).add(own);
    }
    own_pages::Entity::find().filter(whose).filter(in_sight(own_pages::Column::Id))
}

fn shared_with(person: PersonId) -> SimpleExpr {
    let chosen = own_page_readers::Entity::find()
        .select_only()
        .column(own_page_readers::Column::Page)
        .filter(own_page_readers::Column::Person.eq(person.0))
        .into_query();
    own_pages::Column::Id.in_subquery(chosen)
}

fn page_from(row: own_pages::Model) -> Result<StoredOwnPage, DbError> {
    Ok(StoredOwnPage {
        id: OwnPageId(row.id),
        version: row.version.unsigned_abs(),
        page: from_json(&row.body)?,
    })
}
