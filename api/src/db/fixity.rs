//! The scrubber's memory: how far its round has come, and what is wrong where.

use std::collections::BTreeSet;

use archive::{Code, Finding, Outcome, Place};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::tables::{fixity_events, fixity_findings, fixity_rounds};
use super::{Db, DbError, from_json, parse_time, time_text, to_json};
use crate::domain::fixity::{Checked, Fixity, Found, LISTED};

/// A walk through the whole archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub id: Uuid,
    pub begun_at: DateTime<Utc>,
    /// Nothing while it is under way.
    pub ended_at: Option<DateTime<Utc>>,
    /// The last place that was done.
    pub place: Option<Place>,
    pub checked: Checked,
}

/// An event that is to be sealed.
#[derive(Debug, Clone)]
pub struct Unsealed {
    pub id: Uuid,
    pub body: Fixity,
}

const MOST: u64 = 1000;

impl Db {
    pub async fn begin_round(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), DbError> {
        let round = Round { id, begun_at: now, ended_at: None, place: None, checked: Checked::default() };
        fixity_rounds::Entity::insert(row_of(&round)?).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// Keeps what a round has come to.
    pub async fn keep_round(&self, round: &Round) -> Result<(), DbError> {
        row_of(round)?.update(&self.connection).await?;
        Ok(())
    }

    /// The round begun last, under way or ended.
    pub async fn newest_round(&self) -> Result<Option<Round>, DbError> {
        let query = fixity_rounds::Entity::find().order_by_desc(fixity_rounds::Column::BegunAt);
        query.one(&self.connection).await?.map(round_from).transpose()
    }

    /// The last round that ended and left nothing out.
    pub async fn last_complete_round(&self) -> Result<Option<Round>, DbError> {
        let row = fixity_rounds::Entity::find()
            .filter(fixity_rounds::Column::EndedAt.is_not_null())
            .filter(fixity_rounds::Column::ObjectsNotChecked.eq(0))
            .order_by_desc(fixity_rounds::Column::BegunAt)
            .one(&self.connection)
            .await?;
        row.map(round_from).transpose()
    }

    /// Notes what a look at `place` found, all of it: what is new belongs to `event`, what was there before is seen once
    /// more, and what is gone is cleared. Answers the new ones.
    pub async fn settle_place(
        &self,
        place: &Place,
        findings: &[Finding],
        event: Uuid,
        now: DateTime<Utc>,
        new_id: impl Fn() -> Uuid,
    ) -> Result<Vec<Found>, DbError> {
        let tx = self.write().await?;
        let known = open().filter(fixity_findings::Column::Place.eq(place.to_string())).all(&tx).await?;
        for row in &known {
            let stands = findings.iter().any(|finding| is_of(row, finding));
            let mut row: fixity_findings::ActiveModel = row.clone().into();
            if stands {
                row.last_seen = Set(time_text(now));
            } else {
                row.cleared_at = Set(Some(time_text(now)));
            }
            row.update(&tx).await?;
        }
        let mut new = Vec::new();
        for finding in findings.iter().filter(|finding| !known.iter().any(|row| is_of(row, finding))) {
            let row = fixity_findings::Model {
                id: new_id(),
                code: finding.code.as_str().into(),
                outcome: finding.outcome.as_str().into(),
                object: finding.object.map(|object| object.0),
                path: finding.path.clone(),
                place: place.to_string(),
                first_seen: time_text(now),
                last_seen: time_text(now),
                cleared_at: None,
                event,
                told_at: None,
            };
            let active = fixity_findings::ActiveModel::from(row.clone()).reset_all();
            fixity_findings::Entity::insert(active).exec_without_returning(&tx).await?;
            new.push(found_from(row)?);
        }
        tx.commit().await?;
        Ok(new)
    }

    /// Places with something wrong, those first that were not looked at for longest.
    pub async fn places_with_findings(&self) -> Result<Vec<Place>, DbError> {
        let rows =
            open().order_by_asc(fixity_findings::Column::LastSeen).limit(MOST).all(&self.connection).await?;
        let mut seen = BTreeSet::new();
        let places =
            rows.into_iter().filter(|row| seen.insert(row.place.clone())).map(|row| place_from(&row.place));
        places.collect()
    }

    /// What is wrong now, the newest first.
    pub async fn open_findings(&self) -> Result<Vec<Found>, DbError> {
        let query = open()
            .order_by_desc(fixity_findings::Column::FirstSeen)
            .order_by_asc(fixity_findings::Column::Path)
            .limit(MOST);
        query.all(&self.connection).await?.into_iter().map(found_from).collect()
    }

    pub async fn count_findings(&self, outcome: Outcome) -> Result<u64, DbError> {
        let query = open().filter(fixity_findings::Column::Outcome.eq(outcome.as_str()));
        Ok(query.count(&self.connection).await?)
    }

    /// Findings that no mail has told of yet, also those that are gone since.
    pub async fn untold_findings(&self) -> Result<Vec<Found>, DbError> {
        let query = fixity_findings::Entity::find()
            .filter(fixity_findings::Column::ToldAt.is_null())
            .order_by_asc(fixity_findings::Column::FirstSeen)
            .limit(MOST);
        query.all(&self.connection).await?.into_iter().map(found_from).collect()
    }

    /// When the last mail about findings went out.
    pub async fn last_told(&self) -> Result<Option<DateTime<Utc>>, DbError> {
        let row = fixity_findings::Entity::find()
            .filter(fixity_findings::Column::ToldAt.is_not_null())
            .order_by_desc(fixity_findings::Column::ToldAt)
            .one(&self.connection)
            .await?;
        row.and_then(|row| row.told_at).as_deref().map(parse_time).transpose()
    }

    /// Notes that a mail told of these.
    pub async fn findings_told(&self, told: &[Found], now: DateTime<Utc>) -> Result<(), DbError> {
        let tx = self.write().await?;
        for ids in told.chunks(200) {
            fixity_findings::Entity::update_many()
                .col_expr(fixity_findings::Column::ToldAt, sea_orm::sea_query::Expr::value(time_text(now)))
                .filter(fixity_findings::Column::Id.is_in(ids.iter().map(|found| found.id)))
                .exec(&tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Events that stand in no sealed document yet: of rounds that ended, and of what was found.
    pub async fn unsealed_fixity_events(&self) -> Result<Vec<Unsealed>, DbError> {
        let mut events = Vec::new();
        let rounds = fixity_rounds::Entity::find()
            .filter(fixity_rounds::Column::EndedAt.is_not_null())
            .filter(fixity_rounds::Column::Id.not_in_subquery(sealed_ids()))
            .order_by_asc(fixity_rounds::Column::BegunAt)
            .limit(MOST);
        for row in rounds.all(&self.connection).await? {
            let round = round_from(row)?;
            let ended = round.ended_at.unwrap_or(round.begun_at);
            let stood = fixity_findings::Entity::find()
                .filter(fixity_findings::Column::FirstSeen.lte(time_text(ended)))
                .filter(
                    fixity_findings::Column::ClearedAt
                        .is_null()
                        .or(fixity_findings::Column::ClearedAt.gt(time_text(ended))),
                );
            let (found, count) = self.listed(stood).await?;
            let body = Fixity::new(round.begun_at, ended, Some(round.checked), &found, count);
            events.push(Unsealed { id: round.id, body });
        }
        let batches: Vec<Uuid> = fixity_findings::Entity::find()
            .select_only()
            .column(fixity_findings::Column::Event)
            .distinct()
            .filter(fixity_findings::Column::Event.not_in_subquery(sealed_ids()))
            .limit(MOST)
            .into_tuple()
            .all(&self.connection)
            .await?;
        for id in batches {
            let batch = fixity_findings::Entity::find().filter(fixity_findings::Column::Event.eq(id));
            let (found, count) = self.listed(batch).await?;
            let times = || found.iter().map(|found| found.first_seen);
            let (Some(begun), Some(ended)) = (times().min(), times().max()) else { continue };
            events.push(Unsealed { id, body: Fixity::new(begun, ended, None, &found, count) });
        }
        Ok(events)
    }

    async fn listed(
        &self,
        query: sea_orm::Select<fixity_findings::Entity>,
    ) -> Result<(Vec<Found>, u64), DbError> {
        let count = query.clone().count(&self.connection).await?;
        let query = query
            .order_by_asc(fixity_findings::Column::Path)
            .order_by_asc(fixity_findings::Column::Code)
            .limit(LISTED);
        let found = query.all(&self.connection).await?.into_iter().map(found_from);
        Ok((found.collect::<Result<_, _>>()?, count))
    }
}

fn open() -> sea_orm::Select<fixity_findings::Entity> {
    fixity_findings::Entity::find().filter(fixity_findings::Column::ClearedAt.is_null())
}

fn sealed_ids() -> sea_orm::sea_query::SelectStatement {
    use sea_orm::QueryTrait;
    fixity_events::Entity::find().select_only().column(fixity_events::Column::Id).into_query()
}

fn is_of(row: &fixity_findings::Model, finding: &Finding) -> bool {
    row.code == finding.code.as_str() && row.path == finding.path
}

fn found_from(row: fixity_findings::Model) -> Result<Found, DbError> {
    let code: Code = from_json(&to_json(&row.code)?)?;
    Ok(Found {
        id: row.id,
        code,
        outcome: code.outcome(),
        object: row.object,
        path: row.path,
        first_seen: parse_time(&row.first_seen)?,
        last_seen: parse_time(&row.last_seen)?,
        cleared_at: row.cleared_at.as_deref().map(parse_time).transpose()?,
    })
}

fn place_from(name: &str) -> Result<Place, DbError> {
    name.parse().map_err(|()| DbError::Damaged("a place".into()))
}

fn round_from(row: fixity_rounds::Model) -> Result<Round, DbError> {
    Ok(Round {
        id: row.id,
        begun_at: parse_time(&row.begun_at)?,
        ended_at: row.ended_at.as_deref().map(parse_time).transpose()?,
        place: row.place.as_deref().map(place_from).transpose()?,
        checked: Checked {
            objects_ok: row.objects_ok.unsigned_abs(),
            objects_under_way: row.objects_under_way.unsigned_abs(),
            objects_damaged: row.objects_damaged.unsigned_abs(),
            objects_not_checked: row.objects_not_checked.unsigned_abs(),
            passing_errors: row.passing_errors.unsigned_abs(),
            bytes: row.bytes.unsigned_abs(),
        },
    })
}

fn row_of(round: &Round) -> Result<fixity_rounds::ActiveModel, DbError> {
    let stored = |count: u64| i64::try_from(count).map_err(|_| DbError::Damaged("a count".into()));
    let checked = round.checked;
    Ok(fixity_rounds::ActiveModel {
        id: Set(round.id),
        begun_at: Set(time_text(round.begun_at)),
        ended_at: Set(round.ended_at.map(time_text)),
        place: Set(round.place.as_ref().map(Place::to_string)),
        objects_ok: Set(stored(checked.objects_ok)?),
        objects_under_way: Set(stored(checked.objects_under_way)?),
        objects_damaged: Set(stored(checked.objects_damaged)?),
        objects_not_checked: Set(stored(checked.objects_not_checked)?),
        passing_errors: Set(stored(checked.passing_errors)?),
        bytes: Set(stored(checked.bytes)?),
    })
}
