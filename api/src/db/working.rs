//! What stands in the database alone and not in the archive: accounts, credentials, logins, devices, jobs, printed books on order,
//! and readings that are not sealed yet. A backup carries these rows; everything else comes from a rebuild.

use std::io::{BufRead, Write};

use sea_orm::{
    AccessMode, ActiveModelBehavior, ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, IsolationLevel, PaginatorTrait, QueryFilter, QueryOrder, Select, TransactionTrait,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::tables::{
    accounts, bindings, credentials, devices, editions, jobs, openings, picture_codes, readings,
};
use super::{Db, DbError, from_json, to_json};

const PAGE: u64 = 500;

/// A table of which a backup keeps rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Working {
    Accounts,
    Credentials,
    Bindings,
    Devices,
    PictureCodes,
    Openings,
    Jobs,
    /// Those on order; what was made is sealed.
    Editions,
    /// Those not sealed yet.
    Readings,
}

impl Working {
    pub const ALL: [Self; 9] = [
        Self::Accounts,
        Self::Credentials,
        Self::Bindings,
        Self::Devices,
        Self::PictureCodes,
        Self::Openings,
        Self::Jobs,
        Self::Editions,
        Self::Readings,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Credentials => "credentials",
            Self::Bindings => "bindings",
            Self::Devices => "devices",
            Self::PictureCodes => "picture_codes",
            Self::Openings => "openings",
            Self::Jobs => "jobs",
            Self::Editions => "editions",
            Self::Readings => "readings",
        }
    }

    /// The table of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }
}

impl Db {
    /// Writes a table's working rows as JSON lines; answers how many.
    pub async fn write_working(&self, table: Working, out: &mut Vec<u8>) -> Result<u64, DbError> {
        let snapshot = (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
        let tx = self.connection.begin_with_config(snapshot.0, snapshot.1).await?;
        let count = match table {
            Working::Accounts => {
                write(&tx, accounts::Entity::find().order_by_asc(accounts::Column::UserName), out).await
            }
            Working::Credentials => {
                write(&tx, credentials::Entity::find().order_by_asc(credentials::Column::Digest), out).await
            }
            Working::Bindings => {
                write(&tx, bindings::Entity::find().order_by_asc(bindings::Column::Login), out).await
            }
            Working::Devices => {
                write(&tx, devices::Entity::find().order_by_asc(devices::Column::Id), out).await
            }
            Working::PictureCodes => {
                write(&tx, picture_codes::Entity::find().order_by_asc(picture_codes::Column::Child), out)
                    .await
            }
            Working::Openings => {
                write(&tx, openings::Entity::find().order_by_asc(openings::Column::Id), out).await
            }
            Working::Jobs => write(&tx, jobs::Entity::find().order_by_asc(jobs::Column::Id), out).await,
            Working::Editions => {
                let on_order = editions::Entity::find().filter(editions::Column::State.ne("ready"));
                write(&tx, on_order.order_by_asc(editions::Column::Id), out).await
            }
            Working::Readings => {
                let unsealed = readings::Entity::find().filter(readings::Column::Batch.is_null());
                write(&tx, unsealed.order_by_asc(readings::Column::Id), out).await
            }
        }?;
        tx.commit().await?;
        Ok(count)
    }

    /// Puts rows back that [`write_working`](Db::write_working) wrote; those that are there already stay as they are.
    pub async fn read_working(&self, table: Working, rows: &mut dyn BufRead) -> Result<u64, DbError> {
        match table {
            Working::Accounts => self.take_in::<accounts::Entity>(rows).await,
            Working::Credentials => self.take_in::<credentials::Entity>(rows).await,
            Working::Bindings => self.take_in::<bindings::Entity>(rows).await,
            Working::Devices => self.take_in::<devices::Entity>(rows).await,
            Working::PictureCodes => self.take_in::<picture_codes::Entity>(rows).await,
            Working::Openings => self.take_in::<openings::Entity>(rows).await,
            Working::Jobs => self.take_in::<jobs::Entity>(rows).await,
            Working::Editions => self.take_in::<editions::Entity>(rows).await,
            Working::Readings => self.take_in::<readings::Entity>(rows).await,
        }
    }

    async fn take_in<E>(&self, rows: &mut dyn BufRead) -> Result<u64, DbError>
    where
        E: EntityTrait,
        E::Model: DeserializeOwned + IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    {
        let tx = self.write().await?;
        let mut count = 0;
        for line in rows.lines() {
            let line = line.map_err(|error| DbError::Damaged(format!("a backup: {error}")))?;
            let row: E::Model = from_json(&line)?;
            E::insert(row.into_active_model().reset_all())
                .on_conflict_do_nothing()
                .exec_without_returning(&tx)
                .await?;
            count += 1;
        }
        tx.commit().await?;
        Ok(count)
    }
}

async fn write<E>(tx: &DatabaseTransaction, rows: Select<E>, out: &mut Vec<u8>) -> Result<u64, DbError>
where
    E: EntityTrait,
    E::Model: Serialize + Send + Sync,
{
    let mut pages = rows.paginate(tx, PAGE);
    let mut count = 0;
    while let Some(page) = pages.fetch_and_next().await? {
        for row in &page {
            writeln!(out, "{}", to_json(row)?).map_err(|error| DbError::Damaged(error.to_string()))?;
        }
        count += page.len() as u64;
    }
    Ok(count)
}
