//! The newest checkpoint of the log that this service has seen: the log on disk must continue it, whatever happens to
//! the index.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_checkpoint"
    }
}

/// One row; `note` is the checkpoint as the log signed it, to be shown to others should the log ever be shorter.
const UP: &str =
    "CREATE TABLE seen_checkpoint (id integer PRIMARY KEY, size bigint NOT NULL, note text NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(UP).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP TABLE seen_checkpoint").await.map(|_| ())
    }
}
