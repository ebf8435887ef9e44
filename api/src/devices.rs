//! A child's own device and its code of pictures, and reading for two. One adult alone can let a child come in anew, and
//! one adult alone never comes to the child's own pages by that.

use chrono::{DateTime, TimeDelta, Utc};

use crate::accounts;
use crate::app::App;
use crate::auth::{Caller, MayEnrolDevice, digest};
use crate::db::accounts::{Together, WayIn};
use crate::db::devices::{Device, Opening, PictureCode, Tries, Turn, Why};
use crate::domain::access::Ties;
use crate::domain::document::Role;
use crate::domain::ids::{ChildId, DeviceId, OpeningId, PersonId};
use crate::domain::picture_code::{INVITATION_LENGTH, Pictures};
use crate::problem::Problem;

/// So long a child has for choosing a code after an adult has let it.
const CHOOSING: TimeDelta = TimeDelta::minutes(15);
/// So long the pictures an adult was shown are good.
const INVITATION: TimeDelta = TimeDelta::minutes(10);
/// So long two read before they say so again.
const TOGETHER: TimeDelta = TimeDelta::hours(2);

/// A device that was made the child's own; its secret is told once, to the device.
pub struct Enrolled {
    pub device: Device,
    pub secret: String,
}

/// Makes a device the child's own. Where the child has no code yet, it may choose one now.
pub async fn enrol(app: &App, may: &MayEnrolDevice) -> Result<Enrolled, Problem> {
    let opening = opening(app, may, Why::Enrolled).await?;
    let secret = app.new_secret()?;
    let device = Device {
        id: DeviceId(app.new_id()),
        child: may.child,
        enrolled_by: may.caller.id,
        at: opening.at,
        last_used: None,
        tries: Tries::default(),
    };
    app.db.put_device(&device, &digest(&secret)).await?;
    if app.db.picture_code(may.child).await?.hash.is_none() {
        app.db.let_choose(may.child, &opening, opening.at + CHOOSING).await?;
    }
    Ok(Enrolled { device, secret })
}

/// The child has forgotten its code: it may choose a new one on a device of its own.
pub async fn let_choose(app: &App, may: &MayEnrolDevice) -> Result<Opening, Problem> {
    let opening = opening(app, may, Why::Forgotten).await?;
    app.db.let_choose(may.child, &opening, opening.at + CHOOSING).await?;
    Ok(opening)
}

/// Opens a code that was locked after too many wrong ones.
pub async fn unlock(app: &App, may: &MayEnrolDevice) -> Result<Opening, Problem> {
    let opening = opening(app, may, Why::Locked).await?;
    app.db.unlock(may.child, &opening).await?;
    Ok(opening)
}

async fn opening(app: &App, may: &MayEnrolDevice, why: Why) -> Result<Opening, Problem> {
    let person = own_person(app, may.child).await?.ok_or(Problem::NoOwnPerson)?;
    let role = if may.ties.roles.contains(&Role::Carer) { Role::Carer } else { Role::Caseworker };
    let (id, at) = (OpeningId(app.new_id()), app.now());
    Ok(Opening { id, person, by: may.caller.id, role, why, at, confirmed: None })
}

/// Whom the child itself comes in as.
pub async fn own_person(app: &App, child: ChildId) -> Result<Option<PersonId>, Problem> {
    Ok(own_people(app, child).await?.first().copied())
}

async fn own_people(app: &App, child: ChildId) -> Result<Vec<PersonId>, Problem> {
    let around = app.db.people_around(child, app.today()).await?.into_iter();
    Ok(around.filter(|(_, role, _)| *role == Role::Own).map(|(person, ..)| person).collect())
}

/// Who let the child in anew, the newest first.
pub async fn openings(app: &App, child: ChildId) -> Result<Vec<Opening>, Problem> {
    let own = own_people(app, child).await?;
    Ok(app.db.openings(&own, 20).await?)
}

/// True where `caller` may say yes beside the one who let the child in.
pub fn may_confirm(ties: &Ties, caller: &Caller, opening: &Opening) -> bool {
    opening.confirmed.is_none() && opening.by != caller.id && ties.may_confirm(opening.role)
}

/// Says yes to an opening, and to those before it that nobody said yes to.
pub async fn confirm(
    app: &App,
    may: (&Caller, &Ties),
    child: ChildId,
    shown: OpeningId,
) -> Result<(), Problem> {
    let openings = openings(app, child).await?;
    let shown = openings.iter().position(|opening| opening.id == shown).ok_or(Problem::NotFound)?;
    if openings[shown].confirmed.is_some() {
        return Err(Problem::AlreadyDecided);
    }
    if !may_confirm(may.1, may.0, &openings[shown]) {
        return Err(Problem::SamePerson);
    }
    let to_confirm = openings[shown..].iter().filter(|opening| may_confirm(may.1, may.0, opening));
    let to_confirm: Vec<OpeningId> = to_confirm.map(|opening| opening.id).collect();
    Ok(app.db.confirm(&to_confirm, may.0.id, app.now()).await?)
}

/// How trying a code went.
pub enum Tried {
    In(PersonId, WayIn),
    Wrong,
    Wait(DateTime<Utc>),
    Locked,
}

/// Whether a code may be tried on this device now, the device's own tries and the child's both counted.
pub fn turn(device: &Device, code: &PictureCode, now: DateTime<Utc>) -> Turn {
    match device.tries.turn(now) {
        Turn::Go => code.tries.turn(now),
        other => other,
    }
}

/// Tries a code on a child's own device.
pub async fn come_in(app: &App, device: &Device, code: &Pictures) -> Result<Tried, Problem> {
    match app.db.take_turn(device.id, device.child, app.now()).await? {
        Turn::Go => {}
        Turn::Wait(until) => return Ok(Tried::Wait(until)),
        Turn::Locked => return Ok(Tried::Locked),
    }
    let known = app.db.picture_code(device.child).await?;
    let person = own_person(app, device.child).await?;
    let right = accounts::fits(code.secret(device.child), known.hash).await?;
    let Some(person) = person.filter(|_| right) else { return Ok(Tried::Wrong) };
    app.db.came_in(device.id, device.child, app.now()).await?;
    let way = WayIn { device: Some(device.id), opening: known.opening, together: None };
    Ok(Tried::In(person, way))
}

/// Keeps the code the child chose, and lets it in; `None` when the time to choose is over.
pub async fn choose(
    app: &App,
    device: &Device,
    code: &Pictures,
) -> Result<Option<(PersonId, WayIn)>, Problem> {
    let hash = accounts::hash_when_free(code.secret(device.child)).await?;
    if !app.db.choose_code(device.child, &hash, app.now()).await? {
        return Ok(None);
    }
    app.db.came_in(device.id, device.child, app.now()).await?;
    let known = app.db.picture_code(device.child).await?;
    let person = own_person(app, device.child).await?.ok_or(Problem::NoOwnPerson)?;
    Ok(Some((person, WayIn { device: Some(device.id), opening: known.opening, together: None })))
}

/// Pictures for an adult to show the child, and until when they are good.
pub async fn invite(app: &App, adult: &Caller, child: ChildId) -> Result<(Pictures, DateTime<Utc>), Problem> {
    let pictures = Pictures::drawn(&app.new_id().as_bytes()[..INVITATION_LENGTH]);
    let until = app.now() + INVITATION;
    let kept = invitation_digest(adult.id, child, &pictures);
    app.db.put_invitation(child, adult.id, &kept, until).await?;
    Ok((pictures, until))
}

/// The child has pressed the pictures an adult showed it: from now on the two of them read. False where none are like
/// that.
pub async fn begin_together(
    app: &App,
    session: &str,
    child: ChildId,
    pictures: &Pictures,
) -> Result<bool, Problem> {
    let fits = |adult, kept: &str| invitation_digest(adult, child, pictures) == kept;
    let Some(with) = app.db.use_invitation(child, app.now(), fits).await? else { return Ok(false) };
    let together = Together { with, child, until: app.now() + TOGETHER };
    app.db.read_together(session, Some(together)).await?;
    Ok(true)
}

fn invitation_digest(adult: PersonId, child: ChildId, pictures: &Pictures) -> String {
    digest(&format!("{adult} {}", pictures.secret(child)))
}
