//! The database schema. Each migration is a self-contained file with literal names; none imports a live entity, so that
//! an old migration means the same for ever. Expand first, contract a release later.

pub use sea_orm_migration::prelude::{DbErr, MigratorTrait};

mod m0001_first;

/// All migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
        vec![Box::new(m0001_first::Migration)]
    }
}

/// The name of a migration as the status shows it.
pub fn name(migration: &sea_orm_migration::Migration) -> String {
    migration.name().to_owned()
}
