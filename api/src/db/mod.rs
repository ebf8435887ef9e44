//! The database: an index of the archive, and the service's working tables. The only user of sea-orm; everything here
//! returns domain types.

pub mod accounts;
pub mod adults;
pub mod bindings;
pub mod checkpoints;
pub mod claims;
pub mod deposits;
pub mod devices;
pub mod disposals;
pub mod editions;
pub mod entries;
pub mod fixity;
pub mod jobs;
pub mod life;
pub mod own_pages;
pub mod people;
mod projection;
pub mod quarantine;
pub mod readings;
pub mod rebuild;
pub mod register;
pub mod requests;
mod tables;
pub mod uploads;
mod versions;
pub mod working;

use std::time::Duration;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use migrations::MigratorTrait;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ColumnTrait, Condition, ConnectOptions, ConnectionTrait, Database, DatabaseConnection,
    DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, RuntimeErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use tables::changes;
use uuid::Uuid;

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(in crate::db) connection: DatabaseConnection,
}

/// Why a call to the database gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database does not answer; trying again later may help.
    #[error("the database does not answer")]
    Unavailable(#[source] sea_orm::DbErr),
    /// A row with the same key is there already.
    #[error("already there")]
    Duplicate,
    /// Something in the database is not what this program wrote.
    #[error("the database holds something unreadable: {0}")]
    Damaged(String),
    /// The database refused for another reason.
    #[error("the database refused")]
    Refused(#[source] sea_orm::DbErr),
}

impl From<sea_orm::DbErr> for DbError {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::{DbErr, SqlErr, sqlx};
        if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
            return Self::Duplicate;
        }
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                match &**cause {
                    sqlx::Error::Io(_)
                    | sqlx::Error::PoolTimedOut
                    | sqlx::Error::PoolClosed
                    | sqlx::Error::WorkerCrashed
                    | sqlx::Error::Tls(_) => Self::Unavailable(error),
                    sqlx::Error::Database(inner) if is_outage(inner.code().as_deref()) => {
                        Self::Unavailable(error)
                    }
                    _ => Self::Refused(error),
                }
            }
            _ => Self::Refused(error),
        }
    }
}

/// PostgreSQL class 57 (operator intervention), 53 (resources) and 08 (connection), and read-only states during a
/// failover; SQLite's 5 (busy), 10 (I/O), 13 (full) and 14 (cannot open).
fn is_outage(code: Option<&str>) -> bool {
    code.is_some_and(|code| {
        ["57", "53", "08"].iter().any(|class| code.len() == 5 && code.starts_with(class))
            || code == "25006"
            || ["5", "10", "13", "14"].contains(&code)
            || code
                .parse::<u32>()
                .is_ok_and(|code| code > 255 && [5, 10, 13, 14].contains(&(code & 0xff)) && code < 10_000)
    })
}

impl Db {
    /// Opens `url` (`sqlite://PATH` or `postgres://...`), making an SQLite file that is not there.
    pub async fn connect(url: &str) -> Result<Self, DbError> {
        let sqlite = url.starts_with("sqlite:");
        let url = if sqlite && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() };
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).acquire_timeout(Duration::from_secs(5)).max_connections(16);
        if sqlite {
            options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(Duration::from_secs(10))
                    .foreign_keys(true)
                    // Each connection keeps so many KiB of pages; the system keeps the others anyway. SQLite's own 2,000 would be
                    // most of what the service takes.
                    .pragma("cache_size", "-512")
                    // What is disposed of shall not lie on in the file.
                    .pragma("secure_delete", "ON")
            });
        }
        Ok(Self { connection: Database::connect(options).await? })
    }

    /// Opens a database that is there to read it only; `None` where there is none.
    pub async fn connect_to_read(url: &str) -> Result<Option<Self>, DbError> {
        let Some(place) = url.strip_prefix("sqlite:") else { return Self::connect(url).await.map(Some) };
        let (place, _) = place.split_once('?').unwrap_or((place, ""));
        if !std::path::Path::new(place.trim_start_matches("//")).exists() {
            return Ok(None);
        }
        Self::connect(&format!("sqlite:{place}?mode=ro")).await.map(Some)
    }

    /// Brings the schema up to this program's.
    pub async fn migrate_up(&self) -> Result<(), DbError> {
        Ok(migrations::Migrator::up(&self.connection, None).await?)
    }

    /// Takes the last `steps` migrations back.
    pub async fn migrate_down(&self, steps: u32) -> Result<(), DbError> {
        Ok(migrations::Migrator::down(&self.connection, Some(steps)).await?)
    }

    /// Names of the migrations applied, and of those that wait.
    pub async fn migration_status(&self) -> Result<(Vec<String>, Vec<String>), DbError> {
        let names = |list: Vec<_>| list.iter().map(migrations::name).collect();
        let applied = migrations::Migrator::get_applied_migrations(&self.connection).await?;
        let pending = migrations::Migrator::get_pending_migrations(&self.connection).await?;
        Ok((names(applied), names(pending)))
    }

    /// Answers when the database does.
    pub async fn ping(&self) -> Result<(), DbError> {
        Ok(self.connection.execute_unprepared("SELECT 1").await.map(|_| ())?)
    }

    /// A writing transaction. Immediate on SQLite: a deferred one that reads first and writes later fails at once with
    /// "database is locked" when another writer came between.
    pub(in crate::db) async fn write(&self) -> Result<DatabaseTransaction, DbError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        Ok(self.connection.begin_with_options(options).await?)
    }

    /// How often the index or the credentials have changed. It counts for as long as the database lives.
    pub async fn changes(&self) -> Result<i64, DbError> {
        let row = changes::Entity::find_by_id(THE_COUNT).one(&self.connection).await?;
        row.map(|row| row.count).ok_or_else(|| DbError::Damaged("the count of changes".into()))
    }

    pub async fn close(self) -> Result<(), DbError> {
        Ok(self.connection.close().await?)
    }
}

const THE_COUNT: i32 = 1;

/// Belongs into every transaction after which somebody may see something else, or somebody else.
pub(in crate::db) async fn count_change(tx: &DatabaseTransaction) -> Result<(), DbError> {
    changes::Entity::update_many()
        .col_expr(changes::Column::Count, changes::Column::Count.into_expr().add(1))
        .filter(changes::Column::Id.eq(THE_COUNT))
        .exec(tx)
        .await?;
    Ok(())
}

/// What comes after `place` in a list that rises by `first`, then by id.
fn beyond<C: ColumnTrait>(first: C, id: C, (value, after): (String, Uuid)) -> Condition {
    Condition::any().add(first.gt(&value)).add(first.eq(&value).and(id.gt(after)))
}

/// What comes after `place` in a list that falls by `first`, then by id.
fn below<C: ColumnTrait>(first: C, id: C, (value, after): (String, Uuid)) -> Condition {
    Condition::any().add(first.lt(&value)).add(first.eq(&value).and(id.lt(after)))
}

/// One item more than asked for tells that there is a next page.
#[derive(Debug, Clone)]
pub struct Slice<T, C> {
    pub items: Vec<T>,
    pub next: Option<C>,
}

impl<T, C> Slice<T, C> {
    fn cut(mut items: Vec<T>, limit: u64, cursor: impl Fn(&T) -> C) -> Self {
        let more = items.len() as u64 > limit;
        items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}

/// Milliseconds and `Z`: fixed width, so that text order is time order.
pub(in crate::db) fn time_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub(in crate::db) fn parse_time(text: &str) -> Result<DateTime<Utc>, DbError> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| DbError::Damaged("a time".into()))
}

pub(in crate::db) fn parse_date(text: &str) -> Result<NaiveDate, DbError> {
    text.parse().map_err(|_| DbError::Damaged("a date".into()))
}

pub(in crate::db) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|_| DbError::Damaged("a document".into()))
}

pub(in crate::db) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|_| DbError::Damaged("a document".into()))
}
