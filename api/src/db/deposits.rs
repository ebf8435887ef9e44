//! Deposits: what the archive holds, and what is still on its way into it.

use archive::Checkpoint;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::checkpoints::remember;
use super::projection::{project, stored_version};
use super::tables::deposits;
use super::{Db, DbError, count_change, from_json, parse_time, time_text, to_json};
use crate::domain::document::{Envelope, Kind};
use crate::domain::ids::{ChildId, PersonId};

/// A deposit between stage and seal: everything that finishing it needs.
#[derive(Debug, Clone)]
pub struct Pending {
    pub envelope: Envelope,
    pub staged: archive::Staged,
}

/// A deposit as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Deposit {
    pub object: Uuid,
    pub version: u32,
    pub kind: Kind,
    pub key_group: Uuid,
    pub deposited_by: Option<PersonId>,
    pub deposited_at: String,
    pub retention_class: String,
    pub retain_until: Option<String>,
    pub inventory: Option<String>,
    pub leaf: Option<u64>,
}

/// Ties a deposit to the request that made it, so that a repeated request gets the first one's answer.
#[derive(Debug, Clone)]
pub struct Idempotency {
    pub key: String,
    /// SHA-256 of what was asked, hex: the same key with another content is a mistake of the caller's.
    pub request_digest: String,
}

const PENDING: &str = "pending";
const SEALED: &str = "sealed";

impl Db {
    /// When an object was first given.
    pub async fn deposited_at(&self, object: Uuid) -> Result<Option<DateTime<Utc>>, DbError> {
        let row = deposits::Entity::find_by_id((object, 1)).one(&self.connection).await?;
        row.map(|row| parse_time(&row.deposited_at)).transpose()
    }

    /// Notes a deposit whose bytes are staged. From here on it will be finished, whatever happens.
    pub async fn insert_pending(
        &self,
        pending: &Pending,
        idempotency: Option<&Idempotency>,
    ) -> Result<(), DbError> {
        let mut row = deposit_row(&pending.envelope)?;
        row.state = Set(PENDING.into());
        row.staged = Set(Some(to_json(&pending.staged)?));
        row.document = Set(Some(to_json(&pending.envelope)?));
        row.idempotency_key = Set(idempotency.map(|idempotency| idempotency.key.clone()));
        row.request_digest = Set(idempotency.map(|idempotency| idempotency.request_digest.clone()));
        deposits::Entity::insert(row).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// Marks a deposit sealed and writes its rows, all or nothing. Doing it twice changes nothing. `receipt_under` is
    /// the checkpoint that the giver of the deposit holds a receipt under.
    pub async fn mark_sealed(
        &self,
        envelope: &Envelope,
        inventory: &str,
        leaf: u64,
        receipt_under: Option<&Checkpoint>,
    ) -> Result<(), DbError> {
        let tx = self.write().await?;
        let key = (envelope.id, stored_version(envelope.version)?);
        let known = deposits::Entity::find_by_id(key).one(&tx).await?;
        if known.as_ref().is_some_and(|row| row.state == SEALED) {
            return Ok(());
        }
        let mut row = deposit_row(envelope)?;
        row.state = Set(SEALED.into());
        row.inventory = Set(Some(inventory.to_owned()));
        row.leaf = Set(Some(stored_leaf(leaf)?));
        row.staged = Set(None);
        row.document = Set(None);
        match known {
            Some(_) => {
                row.update(&tx).await?;
            }
            None => {
                deposits::Entity::insert(row).exec_without_returning(&tx).await?;
            }
        }
        if let Some(checkpoint) = receipt_under {
            remember(&tx, checkpoint).await?;
        }
        project(&tx, envelope).await?;
        count_change(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// The deposits that wait to be sealed, oldest first: as many as there were uploads under way.
    pub async fn pending(&self) -> Result<Vec<Pending>, DbError> {
        let query = deposits::Entity::find().filter(deposits::Column::State.eq(PENDING));
        let query = query.order_by_asc(deposits::Column::DepositedAt).order_by_asc(deposits::Column::Object);
        query.all(&self.connection).await?.into_iter().map(pending_from).collect()
    }

    /// How many versions of objects the index knows as sealed.
    pub async fn count_sealed(&self) -> Result<u64, DbError> {
        Ok(deposits::Entity::find()
            .filter(deposits::Column::State.eq(SEALED))
            .count(&self.connection)
            .await?)
    }

    /// How many deposits wait to be sealed.
    pub async fn count_pending(&self) -> Result<u64, DbError> {
        Ok(deposits::Entity::find()
            .filter(deposits::Column::State.eq(PENDING))
            .count(&self.connection)
            .await?)
    }

    /// The deposit that an earlier request of the same person with the same key made, and what that request asked.
    pub async fn deposit_by_key(&self, by: PersonId, key: &str) -> Result<Option<EarlierDeposit>, DbError> {
        let row = deposits::Entity::find()
            .filter(deposits::Column::DepositedBy.eq(by.0))
            .filter(deposits::Column::IdempotencyKey.eq(key))
            .one(&self.connection)
            .await?;
        row.map(|row| {
            let request_digest = row.request_digest.clone().unwrap_or_default();
            let (object, version, leaf) = (row.object, row.version.unsigned_abs(), row.leaf);
            let pending = if row.state == PENDING { Some(pending_from(row)?) } else { None };
            let leaf = leaf.and_then(|leaf| u64::try_from(leaf).ok());
            Ok(EarlierDeposit { object, version, leaf, request_digest, pending })
        })
        .transpose()
    }

    /// The newest sealed version of an object.
    pub async fn latest_deposit(&self, object: Uuid) -> Result<Option<Deposit>, DbError> {
        let row = deposits::Entity::find()
            .filter(deposits::Column::Object.eq(object))
            .filter(deposits::Column::State.eq(SEALED))
            .order_by_desc(deposits::Column::Version)
            .one(&self.connection)
            .await?;
        row.map(deposit_from).transpose()
    }

    /// The municipality that was sealed first: the service's own, where something is about no child.
    pub async fn first_municipality(&self) -> Result<Option<Uuid>, DbError> {
        let row = deposits::Entity::find()
            .filter(deposits::Column::Kind.eq(Kind::Municipality.as_str()))
            .filter(deposits::Column::State.eq(SEALED))
            .order_by_asc(deposits::Column::Leaf)
            .one(&self.connection)
            .await?;
        Ok(row.map(|row| row.object))
    }

    /// Objects of a child's that are sealed, by id, after `after`.
    pub async fn objects_of(
        &self,
        child: ChildId,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<Uuid>, DbError> {
        let mut query = deposits::Entity::find()
            .select_only()
            .column(deposits::Column::Object)
            .distinct()
            .filter(deposits::Column::KeyGroup.eq(child.0))
            .filter(deposits::Column::State.eq(SEALED));
        if let Some(after) = after {
            query = query.filter(deposits::Column::Object.gt(after));
        }
        let query = query.order_by_asc(deposits::Column::Object).limit(limit);
        Ok(query.into_tuple().all(&self.connection).await?)
    }

    /// A child's sealed versions from leaf `from` on, in the order of the log, as far as a log of `log_size` leaves goes.
    pub async fn versions_of(
        &self,
        child: ChildId,
        from: u64,
        log_size: u64,
        limit: u64,
    ) -> Result<Vec<Deposit>, DbError> {
        let query = deposits::Entity::find()
            .filter(deposits::Column::KeyGroup.eq(child.0))
            .filter(deposits::Column::State.eq(SEALED))
            .filter(deposits::Column::Leaf.gte(stored_leaf(from)?))
            .filter(deposits::Column::Leaf.lt(stored_leaf(log_size)?));
        let rows = query.order_by_asc(deposits::Column::Leaf).limit(limit).all(&self.connection).await?;
        rows.into_iter().map(deposit_from).collect()
    }

    /// The key groups, a child or a municipality, of those of `objects` that are sealed.
    pub async fn groups_of(&self, objects: &[archive::ObjectId]) -> Result<Vec<(Uuid, Uuid)>, DbError> {
        let mut found = Vec::new();
        for objects in objects.chunks(500) {
            let query = deposits::Entity::find()
                .select_only()
                .columns([deposits::Column::Object, deposits::Column::KeyGroup])
                .distinct()
                .filter(deposits::Column::State.eq(SEALED))
                .filter(deposits::Column::Object.is_in(objects.iter().map(|object| object.0)));
            found.extend(query.into_tuple::<(Uuid, Uuid)>().all(&self.connection).await?);
        }
        Ok(found)
    }

    /// Where a version stands in the log; `None` until it is sealed.
    pub async fn sealed_leaf(&self, object: Uuid, version: u32) -> Result<Option<u64>, DbError> {
        let key = (object, stored_version(version)?);
        let row = deposits::Entity::find_by_id(key).one(&self.connection).await?;
        Ok(row.and_then(|row| row.leaf).and_then(|leaf| u64::try_from(leaf).ok()))
    }

    /// The newest version number of an object, sealed or on its way; 0 where there is none.
    pub async fn latest_version(&self, object: Uuid) -> Result<u32, DbError> {
        let row = deposits::Entity::find()
            .filter(deposits::Column::Object.eq(object))
            .order_by_desc(deposits::Column::Version)
            .one(&self.connection)
            .await?;
        Ok(row.map_or(0, |row| row.version.unsigned_abs()))
    }

    /// Sealed deposits in the order of object and version, after `after`.
    pub async fn sealed_after(
        &self,
        after: Option<(Uuid, u32)>,
        limit: u64,
    ) -> Result<Vec<Deposit>, DbError> {
        let mut query = deposits::Entity::find().filter(deposits::Column::State.eq(SEALED));
        if let Some((object, version)) = after {
            query = query.filter(
                Condition::any().add(deposits::Column::Object.gt(object)).add(
                    deposits::Column::Object
                        .eq(object)
                        .and(deposits::Column::Version.gt(stored_version(version)?)),
                ),
            );
        }
        let query = query.order_by_asc(deposits::Column::Object).order_by_asc(deposits::Column::Version);
        query.limit(limit).all(&self.connection).await?.into_iter().map(deposit_from).collect()
    }
}

/// What an earlier request with the same idempotency key did.
#[derive(Debug, Clone)]
pub struct EarlierDeposit {
    pub object: Uuid,
    pub version: u32,
    pub leaf: Option<u64>,
    pub request_digest: String,
    /// Still there when the first request was cut off before its seal.
    pub pending: Option<Pending>,
}

fn deposit_row(envelope: &Envelope) -> Result<deposits::ActiveModel, DbError> {
    Ok(deposits::ActiveModel {
        object: Set(envelope.id),
        version: Set(stored_version(envelope.version)?),
        kind: Set(envelope.body.kind().as_str().into()),
        key_group: Set(envelope.group),
        deposited_by: Set(envelope.deposited_by.map(|person| person.0)),
        deposited_at: Set(time_text(envelope.deposited_at)),
        retention_class: Set(envelope.retention.class.clone()),
        retain_until: Set(envelope.retention.until.map(|day| day.to_string())),
        ..Default::default()
    })
}

fn deposit_from(row: deposits::Model) -> Result<Deposit, DbError> {
    parse_time(&row.deposited_at)?;
    Ok(Deposit {
        object: row.object,
        version: row.version.unsigned_abs(),
        kind: Kind::parse(&row.kind).ok_or_else(|| DbError::Damaged("a kind".into()))?,
        key_group: row.key_group,
        deposited_by: row.deposited_by.map(PersonId),
        deposited_at: row.deposited_at,
        retention_class: row.retention_class,
        retain_until: row.retain_until,
        inventory: row.inventory,
        leaf: row.leaf.and_then(|leaf| u64::try_from(leaf).ok()),
    })
}

fn pending_from(row: deposits::Model) -> Result<Pending, DbError> {
    let missing = || DbError::Damaged("a pending deposit".into());
    Ok(Pending {
        envelope: from_json(&row.document.ok_or_else(missing)?)?,
        staged: from_json(&row.staged.ok_or_else(missing)?)?,
    })
}

pub(super) fn stored_leaf(leaf: u64) -> Result<i64, DbError> {
    i64::try_from(leaf).map_err(|_| DbError::Damaged("a leaf".into()))
}
