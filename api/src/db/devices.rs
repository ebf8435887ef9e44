//! A child's own devices, its code of pictures, who let it in anew, and who may sit beside it. Secrets are kept as
//! digests only; tries are counted here and not in memory, so that starting again gives nobody new ones.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::tables::{credentials, devices, invitations, openings, picture_codes};
use super::{Db, DbError, count_change, parse_time, time_text};
use crate::domain::document::Role;
use crate::domain::ids::{ChildId, DeviceId, OpeningId, PersonId};

/// A child's own tablet or telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: DeviceId,
    pub child: ChildId,
    pub enrolled_by: PersonId,
    pub at: DateTime<Utc>,
    pub last_used: Option<DateTime<Utc>>,
    pub tries: Tries,
}

/// Wrong codes since the last right one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    pub wrong: i32,
    pub wait_until: Option<DateTime<Utc>>,
}

/// A child's code of pictures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureCode {
    /// Absent until the child has chosen one.
    pub hash: Option<String>,
    /// Who let the child choose it, where pages of its own may be closed for that.
    pub opening: Option<OpeningId>,
    /// Until then the child may choose a new one.
    pub choose_until: Option<DateTime<Utc>>,
    pub tries: Tries,
}

/// Why somebody let a child in anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The first code, on a new device.
    Enrolled,
    /// A new code for a forgotten one.
    Forgotten,
    /// The code was locked after too many wrong ones.
    Locked,
    /// A sign-in link.
    Link,
}

impl Why {
    const ALL: [Self; 4] = [Self::Enrolled, Self::Forgotten, Self::Locked, Self::Link];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolled",
            Self::Forgotten => "forgotten",
            Self::Locked => "locked",
            Self::Link => "link",
        }
    }
}

/// Somebody let a child in anew, and who said yes to it beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub id: OpeningId,
    /// The child's own person.
    pub person: PersonId,
    pub by: PersonId,
    pub role: Role,
    pub why: Why,
    pub at: DateTime<Utc>,
    pub confirmed: Option<(PersonId, DateTime<Utc>)>,
}

/// Whether a code may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Go,
    Wait(DateTime<Utc>),
    Locked,
}

/// So many wrong ones, and the next has to wait.
const BEFORE_A_WAIT: i32 = 5;
/// So many, and an adult has to help.
const BEFORE_A_LOCK: i32 = 10;
/// So many wrong pictures, and the adult needs new ones.
const FOR_AN_INVITATION: i32 = 5;

impl Tries {
    pub fn turn(self, now: DateTime<Utc>) -> Turn {
        match self.wait_until {
            _ if self.wrong >= BEFORE_A_LOCK => Turn::Locked,
            Some(until) if now < until => Turn::Wait(until),
            _ => Turn::Go,
        }
    }
}

impl Db {
    /// Keeps a new device by the digest of its secret.
    pub async fn put_device(&self, device: &Device, digest: &str) -> Result<(), DbError> {
        let row = devices::ActiveModel {
            id: Set(device.id.0),
            digest: Set(digest.into()),
            child: Set(device.child.0),
            enrolled_by: Set(device.enrolled_by.0),
            at: Set(time_text(device.at)),
            last_used: Set(None),
            revoked_at: Set(None),
            wrong: Set(0),
            wait_until: Set(None),
        };
        devices::Entity::insert(row).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// The device with this secret's digest, unless it was taken out of use.
    pub async fn device_with(&self, digest: &str) -> Result<Option<Device>, DbError> {
        let query = devices::Entity::find().filter(devices::Column::Digest.eq(digest));
        let row = query.filter(devices::Column::RevokedAt.is_null()).one(&self.connection).await?;
        row.map(device_from).transpose()
    }

    /// A device in use.
    pub async fn device(&self, id: DeviceId) -> Result<Option<Device>, DbError> {
        let query = devices::Entity::find_by_id(id.0).filter(devices::Column::RevokedAt.is_null());
        query.one(&self.connection).await?.map(device_from).transpose()
    }

    /// A child's devices in use, the newest first.
    pub async fn devices(&self, child: ChildId) -> Result<Vec<Device>, DbError> {
        let rows = devices::Entity::find()
            .filter(devices::Column::Child.eq(child.0))
            .filter(devices::Column::RevokedAt.is_null())
            .order_by_desc(devices::Column::At)
            .limit(100)
            .all(&self.connection)
            .await?;
        rows.into_iter().map(device_from).collect()
    }

    /// Takes a device out of use, and ends the sessions that began on it.
    pub async fn revoke_device(&self, id: DeviceId, at: DateTime<Utc>) -> Result<(), DbError> {
        let tx = self.write().await?;
        let row = devices::ActiveModel { revoked_at: Set(Some(time_text(at))), ..Default::default() };
        devices::Entity::update_many().set(row).filter(devices::Column::Id.eq(id.0)).exec(&tx).await?;
        credentials::Entity::delete_many().filter(credentials::Column::Device.eq(id.0)).exec(&tx).await?;
        count_change(&tx).await?;
        Ok(tx.commit().await?)
    }

    pub async fn picture_code(&self, child: ChildId) -> Result<PictureCode, DbError> {
        let row = picture_codes::Entity::find_by_id(child.0).one(&self.connection).await?;
        let Some(row) = row else { return Ok(PictureCode::default()) };
        Ok(PictureCode {
            hash: row.hash,
            opening: row.opening.map(OpeningId),
            choose_until: row.choose_until.as_deref().map(parse_time).transpose()?,
            tries: tries(row.wrong, row.wait_until.as_deref())?,
        })
    }

    /// Lets a child choose a new code until then.
    pub async fn let_choose(
        &self,
        child: ChildId,
        opening: &Opening,
        until: DateTime<Utc>,
    ) -> Result<(), DbError> {
        use picture_codes::Column;
        let tx = self.write().await?;
        put_opening(&tx, opening).await?;
        let row = picture_codes::ActiveModel {
            child: Set(child.0),
            hash: Set(None),
            opening: Set(None),
            next_opening: Set(Some(opening.id.0)),
            choose_until: Set(Some(time_text(until))),
            wrong: Set(0),
            wait_until: Set(None),
        };
        // The code there is stays good until the new one is chosen, and so do the tries there were.
        let renew = OnConflict::column(Column::Child)
            .update_columns([Column::NextOpening, Column::ChooseUntil])
            .to_owned();
        picture_codes::Entity::insert(row).on_conflict(renew).exec_without_returning(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps the code a child chose, and ends what began with the one before. Answers false when the time to choose is
    /// over; of two who choose at once one gets a yes.
    pub async fn choose_code(&self, child: ChildId, hash: &str, now: DateTime<Utc>) -> Result<bool, DbError> {
        use picture_codes::Column;
        let tx = self.write().await?;
        let chosen = picture_codes::Entity::update_many()
            .col_expr(Column::Opening, Column::NextOpening.into_expr())
            .set(picture_codes::ActiveModel {
                hash: Set(Some(hash.into())),
                choose_until: Set(None),
                wrong: Set(0),
                wait_until: Set(None),
                ..Default::default()
            })
            .filter(Column::Child.eq(child.0))
            .filter(Column::ChooseUntil.gt(time_text(now)))
            .exec(&tx)
            .await?;
        if chosen.rows_affected == 0 {
            return Ok(false);
        }
        let of_child = forget_wrong_ones(&tx, child, None).await?;
        credentials::Entity::delete_many()
            .filter(credentials::Column::Device.is_in(of_child))
            .exec(&tx)
            .await?;
        count_change(&tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Counts a try before it is known whether it is right, so that many at once are no more than one after another.
    pub async fn take_turn(
        &self,
        device: DeviceId,
        child: ChildId,
        now: DateTime<Utc>,
    ) -> Result<Turn, DbError> {
        let tx = self.write().await?;
        if let Some(row) = devices::Entity::find_by_id(device.0).lock_exclusive().one(&tx).await? {
            let before = tries(row.wrong, row.wait_until.as_deref())?;
            let turn = before.turn(now);
            if turn != Turn::Go {
                return Ok(turn);
            }
            let (wrong, wait_until) = counted(before, now);
            let row = devices::ActiveModel { wrong, wait_until, ..row.into_active_model() };
            devices::Entity::update(row).exec(&tx).await?;
        }
        if let Some(row) = picture_codes::Entity::find_by_id(child.0).lock_exclusive().one(&tx).await? {
            let before = tries(row.wrong, row.wait_until.as_deref())?;
            let turn = before.turn(now);
            if turn != Turn::Go {
                return Ok(turn);
            }
            let (wrong, wait_until) = counted(before, now);
            let row = picture_codes::ActiveModel { wrong, wait_until, ..row.into_active_model() };
            picture_codes::Entity::update(row).exec(&tx).await?;
        }
        tx.commit().await?;
        Ok(Turn::Go)
    }

    /// The code was right: the tries begin anew.
    pub async fn came_in(&self, device: DeviceId, child: ChildId, now: DateTime<Utc>) -> Result<(), DbError> {
        let tx = self.write().await?;
        forget_wrong_ones(&tx, child, Some(device)).await?;
        let row = devices::ActiveModel { last_used: Set(Some(time_text(now))), ..Default::default() };
        devices::Entity::update_many().set(row).filter(devices::Column::Id.eq(device.0)).exec(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// An adult opens a locked code again. It stays the same; who comes in with it comes in by this opening.
    pub async fn unlock(&self, child: ChildId, opening: &Opening) -> Result<(), DbError> {
        let tx = self.write().await?;
        put_opening(&tx, opening).await?;
        let row = picture_codes::ActiveModel { opening: Set(Some(opening.id.0)), ..Default::default() };
        picture_codes::Entity::update_many()
            .set(row)
            .filter(picture_codes::Column::Child.eq(child.0))
            .exec(&tx)
            .await?;
        forget_wrong_ones(&tx, child, None).await?;
        Ok(tx.commit().await?)
    }

    pub async fn put_opening(&self, opening: &Opening) -> Result<(), DbError> {
        let tx = self.write().await?;
        put_opening(&tx, opening).await?;
        Ok(tx.commit().await?)
    }

    pub async fn opening(&self, id: OpeningId) -> Result<Option<Opening>, DbError> {
        let row = openings::Entity::find_by_id(id.0).one(&self.connection).await?;
        row.map(opening_from).transpose()
    }

    /// Who let any of these people in anew, the newest first.
    pub async fn openings(&self, people: &[PersonId], limit: u64) -> Result<Vec<Opening>, DbError> {
        let rows = openings::Entity::find()
            .filter(openings::Column::Person.is_in(people.iter().map(|person| person.0)))
            .order_by_desc(openings::Column::At)
            .order_by_desc(openings::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await?;
        rows.into_iter().map(opening_from).collect()
    }

    /// Somebody says yes to openings that nobody has said yes to.
    pub async fn confirm(
        &self,
        openings: &[OpeningId],
        by: PersonId,
        at: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let tx = self.write().await?;
        let row = openings::ActiveModel {
            confirmed_by: Set(Some(by.0)),
            confirmed_at: Set(Some(time_text(at))),
            ..Default::default()
        };
        openings::Entity::update_many()
            .set(row)
            .filter(openings::Column::Id.is_in(openings.iter().map(|opening| opening.0)))
            .filter(openings::Column::ConfirmedBy.is_null())
            .exec(&tx)
            .await?;
        count_change(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps the pictures an adult was shown, in place of earlier ones.
    pub async fn put_invitation(
        &self,
        child: ChildId,
        adult: PersonId,
        digest: &str,
        until: DateTime<Utc>,
    ) -> Result<(), DbError> {
        use invitations::Column;
        let row = invitations::ActiveModel {
            child: Set(child.0),
            adult: Set(adult.0),
            digest: Set(digest.into()),
            until: Set(time_text(until)),
            wrong: Set(0),
        };
        let renew = OnConflict::columns([Column::Child, Column::Adult])
            .update_columns([Column::Digest, Column::Until, Column::Wrong])
            .to_owned();
        invitations::Entity::insert(row).on_conflict(renew).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// Who was shown pictures of which `fits` knows the digest; used up by this. A wrong try counts against all of the
    /// child's invitations.
    pub async fn use_invitation(
        &self,
        child: ChildId,
        now: DateTime<Utc>,
        fits: impl Fn(PersonId, &str) -> bool,
    ) -> Result<Option<PersonId>, DbError> {
        use invitations::Column;
        let tx = self.write().await?;
        let open = Condition::all().add(Column::Child.eq(child.0)).add(Column::Wrong.lt(FOR_AN_INVITATION));
        let rows = invitations::Entity::find()
            .filter(open.add(Column::Until.gt(time_text(now))))
            .lock_exclusive()
            .all(&tx)
            .await?;
        let adult = rows.iter().map(|row| (PersonId(row.adult), &row.digest));
        let adult = adult.filter(|(adult, digest)| fits(*adult, digest)).map(|(adult, _)| adult).next();
        match adult {
            Some(adult) => {
                invitations::Entity::delete_by_id((child.0, adult.0)).exec(&tx).await?;
            }
            None => {
                invitations::Entity::update_many()
                    .col_expr(Column::Wrong, Column::Wrong.into_expr().add(1))
                    .filter(Column::Child.eq(child.0))
                    .exec(&tx)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(adult)
    }
}

async fn put_opening(tx: &DatabaseTransaction, opening: &Opening) -> Result<(), DbError> {
    let row = openings::ActiveModel {
        id: Set(opening.id.0),
        person: Set(opening.person.0),
        opened_by: Set(opening.by.0),
        role: Set(opening.role.as_str().into()),
        why: Set(opening.why.as_str().into()),
        at: Set(time_text(opening.at)),
        confirmed_by: Set(opening.confirmed.map(|(by, _)| by.0)),
        confirmed_at: Set(opening.confirmed.map(|(_, at)| time_text(at))),
    };
    openings::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The tries of a child begin anew, and those on `device`, or on all of its devices; answers which.
async fn forget_wrong_ones(
    tx: &DatabaseTransaction,
    child: ChildId,
    device: Option<DeviceId>,
) -> Result<Vec<uuid::Uuid>, DbError> {
    let code = picture_codes::ActiveModel { wrong: Set(0), wait_until: Set(None), ..Default::default() };
    let of_child = picture_codes::Column::Child.eq(child.0);
    picture_codes::Entity::update_many().set(code).filter(of_child).exec(tx).await?;
    let mut which = Condition::all().add(devices::Column::Child.eq(child.0));
    if let Some(device) = device {
        which = which.add(devices::Column::Id.eq(device.0));
    }
    let row = devices::ActiveModel { wrong: Set(0), wait_until: Set(None), ..Default::default() };
    devices::Entity::update_many().set(row).filter(which.clone()).exec(tx).await?;
    let ids = devices::Entity::find().select_only().column(devices::Column::Id).filter(which);
    Ok(ids.into_tuple().all(tx).await?)
}

type Counted = (sea_orm::ActiveValue<i32>, sea_orm::ActiveValue<Option<String>>);

fn counted(before: Tries, now: DateTime<Utc>) -> Counted {
    let wrong = before.wrong + 1;
    let wait = (wrong == BEFORE_A_WAIT).then(|| time_text(now + chrono::TimeDelta::minutes(15)));
    (Set(wrong), Set(wait))
}

fn tries(wrong: i32, wait_until: Option<&str>) -> Result<Tries, DbError> {
    Ok(Tries { wrong, wait_until: wait_until.map(parse_time).transpose()? })
}

fn device_from(row: devices::Model) -> Result<Device, DbError> {
    Ok(Device {
        id: DeviceId(row.id),
        child: ChildId(row.child),
        enrolled_by: PersonId(row.enrolled_by),
        at: parse_time(&row.at)?,
        last_used: row.last_used.as_deref().map(parse_time).transpose()?,
        tries: tries(row.wrong, row.wait_until.as_deref())?,
    })
}

fn opening_from(row: openings::Model) -> Result<Opening, DbError> {
    let why = Why::ALL.into_iter().find(|why| why.as_str() == row.why);
    let confirmed_at = row.confirmed_at.as_deref().map(parse_time).transpose()?;
    Ok(Opening {
        id: OpeningId(row.id),
        person: PersonId(row.person),
        by: PersonId(row.opened_by),
        role: Role::parse(&row.role).ok_or_else(|| DbError::Damaged("a role".into()))?,
        why: why.ok_or_else(|| DbError::Damaged("why somebody was let in".into()))?,
        at: parse_time(&row.at)?,
        confirmed: row.confirmed_by.map(PersonId).zip(confirmed_at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_ones_wait_and_ten_are_locked() {
        let now = DateTime::UNIX_EPOCH;
        let later = now + chrono::TimeDelta::minutes(15);
        let of = |wrong, wait_until| Tries { wrong, wait_until };
        assert_eq!(of(4, None).turn(now), Turn::Go);
        assert_eq!(of(5, Some(later)).turn(now), Turn::Wait(later));
        assert_eq!(of(5, Some(later)).turn(later), Turn::Go);
        assert_eq!(of(10, None).turn(later), Turn::Locked);
    }
}
