//! Which version of a key in a bucket holds what was sealed: a way to be quick, never the judge. A rebuild begins without.

use archive::VersionIds;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, Set};

use super::tables::stored_versions;
use super::{Db, DbError};

impl Db {
    async fn version_id(&self, key: &str) -> Result<Option<String>, DbError> {
        let row = stored_versions::Entity::find_by_id(key).one(&self.connection).await?;
        Ok(row.map(|row| row.version))
    }

    async fn keep_version_ids(&self, ids: Vec<(String, String)>) -> Result<(), DbError> {
        let rows = ids.into_iter();
        let rows =
            rows.map(|(key, version)| stored_versions::ActiveModel { key: Set(key), version: Set(version) });
        let known = OnConflict::column(stored_versions::Column::Key)
            .update_column(stored_versions::Column::Version)
            .to_owned();
        let insert = stored_versions::Entity::insert_many(rows).on_conflict(known);
        insert.exec_without_returning(&self.connection).await?;
        Ok(())
    }
}

impl VersionIds for Db {
    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<String>> {
        let found = self.version_id(key).map(|found| found.inspect_err(tell).ok().flatten());
        found.boxed()
    }

    fn keep(&self, ids: Vec<(String, String)>) -> BoxFuture<'_, ()> {
        self.keep_version_ids(ids).map(|kept| kept.inspect_err(tell).unwrap_or_default()).boxed()
    }
}

/// Not more than that: the bucket is asked instead.
fn tell(error: &DbError) {
    tracing::warn!(cause = %error, "the version ids of the bucket cannot be kept or read");
}
