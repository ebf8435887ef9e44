//! `/enhed`, where an adult makes a tablet the child's own, and `/ind/billeder`, where the child comes in on it.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use renderer::book::AgeBand;
use renderer::html::{
    ChildOfDevice, DeviceRow, Devices, LetIn, PictureTrouble, PressPictures, Purpose, WaitingYes, WhoseDevice,
};

use super::{Fields, bare_frame, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{
    Caller, MayConfirmWayIn, MayEnrolDevice, MayRevokeDevice, close_session, enrolled_device,
    enrolment_cookie, open_session,
};
use crate::db::accounts::WayIn;
use crate::db::devices::{Device, Opening, PictureCode, Turn};
use crate::devices::{self, Tried};
use crate::domain::access::{Right, age_on};
use crate::domain::document::Child;
use crate::domain::ids::{ChildId, OpeningId, PersonId};
use crate::domain::picture_code::{CODE_LENGTH, Pictures};
use crate::http::Body;
use crate::problem::Problem;

/// `GET /enhed`
pub async fn whose(app: Data<App>, caller: Caller, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let tied = app.db.tied_children(caller.id, caller.today, None, 200).await?.into_iter();
    let cared_for = tied.filter(|tied| tied.ties.may(Right::EnrolDevice));
    let children: Vec<ChildOfDevice> = cared_for
        .map(|tied| ChildOfDevice { id: tied.id.to_string(), name: tied.child.calling_name().to_owned() })
        .collect();
    match children.as_slice() {
        [] => Err(Problem::NotPermitted),
        [only] => Ok(see_other(&format!("/enhed/{}", only.id))),
        _ => show(&WhoseDevice { children }, &frame(&app, &request, &caller).await?),
    }
}

/// `GET /enhed/{child}`
pub async fn of_child(
    app: Data<App>,
    may: MayConfirmWayIn,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let may_enrol = may.ties.may(Right::EnrolDevice);
    let (now, code) = (app.now(), app.db.picture_code(may.child).await?);
    let of_child = if may_enrol { app.db.devices(may.child).await? } else { Vec::new() };
    let openings = devices::openings(&app, may.child).await?;
    let mut people: Vec<PersonId> = of_child.iter().map(|device| device.enrolled_by).collect();
    people.extend(openings.iter().map(|opening| opening.by));
    let names = app.db.names(&people).await?;
    let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
    let is_locked = |device: &Device| device.tries.turn(now) == Turn::Locked;
    let waiting = openings.iter().find(|opening| opening.confirmed.is_none());
    let page = Devices {
        child: may.child.to_string(),
        child_name: child.calling_name().to_owned(),
        may_enrol,
        has_own_person: devices::own_person(&app, may.child).await?.is_some(),
        has_code: code.hash.is_some(),
        choose_until: code.choose_until.filter(|until| now < *until).map(danish_time),
        locked: code.tries.turn(now) == Turn::Locked || of_child.iter().any(is_locked),
        waiting: waiting.map(|opening| WaitingYes {
            id: opening.id.to_string(),
            by: name(opening.by),
            at: danish_time(opening.at),
            may_confirm: devices::may_confirm(&may.ties, &may.caller, opening),
        }),
        devices: of_child
            .iter()
            .map(|device| DeviceRow {
                id: device.id.to_string(),
                enrolled_by: name(device.enrolled_by),
                enrolled_on: danish_time(device.at).date(),
                used_on: device.last_used.map(|at| danish_time(at).date()),
                locked: is_locked(device),
            })
            .collect(),
    };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// `POST /enhed/{child}`: from now on the device is the child's, and the adult is signed out of it.
pub async fn enrol(
    app: Data<App>,
    may: MayEnrolDevice,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    let enrolled = devices::enrol(&app, &may).await?;
    Ok(HttpResponse::SeeOther()
        .cookie(close_session(&app, &request).await?)
        .cookie(enrolment_cookie(&app, enrolled.secret))
        .insert_header((LOCATION, "/ind/billeder"))
        .insert_header(("Clear-Site-Data", "\"cache\", \"storage\""))
        .finish())
}

/// `POST /enhed/{child}/fjern/{device}`
pub async fn revoke(app: Data<App>, may: MayRevokeDevice, body: Body) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    app.db.revoke_device(may.device.id, app.now()).await?;
    Ok(back(may.device.child))
}

/// `POST /enhed/{child}/glemt`
pub async fn forgotten(app: Data<App>, may: MayEnrolDevice, body: Body) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    devices::let_choose(&app, &may).await?;
    Ok(back(may.child))
}

/// `POST /enhed/{child}/luk-op`
pub async fn unlock(app: Data<App>, may: MayEnrolDevice, body: Body) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    devices::unlock(&app, &may).await?;
    Ok(back(may.child))
}

/// `POST /enhed/{child}/ja/{opening}`
pub async fn confirm(
    app: Data<App>,
    may: MayConfirmWayIn,
    path: Path<(String, String)>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    let opening: OpeningId = path.1.parse().map_err(|_| Problem::NotFound)?;
    devices::confirm(&app, (&may.caller, &may.ties), may.child, opening).await?;
    Ok(back(may.child))
}

fn back(child: ChildId) -> HttpResponse {
    see_other(&format!("/enhed/{child}"))
}

/// Who let a child in anew, as the child reads it.
pub async fn let_in(app: &App, child: ChildId) -> Result<Vec<LetIn>, Problem> {
    let openings = devices::openings(app, child).await?;
    let of = |opening: &Opening| [Some(opening.by), opening.confirmed.map(|(by, _)| by)];
    let people: Vec<PersonId> = openings.iter().flat_map(of).flatten().collect();
    let names = app.db.names(&people).await?;
    let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
    let row = |opening: Opening| LetIn {
        why: opening.why.as_str(),
        by: name(opening.by),
        on: danish_time(opening.at).date(),
        confirmed: opening.confirmed.map(|(by, at)| (name(by), danish_time(at).date())),
    };
    Ok(openings.into_iter().map(row).collect())
}

/// The child's own device that asks; to any other this address is not there.
struct Tablet {
    device: Device,
    child: Child,
    code: PictureCode,
}

impl Tablet {
    async fn of(app: &App, request: &HttpRequest) -> Result<Self, Problem> {
        let device = enrolled_device(app, request).await?.ok_or(Problem::NotFound)?;
        let child = app.db.child(device.child).await?.ok_or(Problem::NotFound)?;
        let code = app.db.picture_code(device.child).await?;
        Ok(Self { device, child, code })
    }

    fn may_choose(&self, now: DateTime<Utc>) -> bool {
        self.code.choose_until.is_some_and(|until| now < until)
    }

    fn page(&self, app: &App, purpose: Purpose, pressed: &Pictures) -> PressPictures {
        let band = AgeBand::for_age(age_on(self.child.born, app.today()));
        let action = if purpose == Purpose::SignIn { "/ind/billeder" } else { "/ind/billeder/ny" };
        let name = self.child.calling_name().to_owned();
        let mut page = PressPictures::new(purpose, name, band, action.into(), CODE_LENGTH);
        page.pressed = pressed.names().to_vec();
        page.done = pressed.len() % CODE_LENGTH;
        page
    }

    fn refusal(
        &self,
        app: &App,
        trouble: PictureTrouble,
        request: &HttpRequest,
    ) -> Result<HttpResponse, Problem> {
        let mut page = self.page(app, Purpose::SignIn, &Pictures::default());
        page.trouble = Some(trouble);
        show(&page, &bare_frame(request))
    }

    /// Opens the child's session and its book.
    async fn enter(&self, app: &App, (person, way): (PersonId, WayIn)) -> Result<HttpResponse, Problem> {
        let cookie = open_session(app, person, way).await?;
        let place = format!("/bog/{}", self.device.child);
        Ok(HttpResponse::SeeOther().cookie(cookie).insert_header((LOCATION, place)).finish())
    }
}

fn waiting(now: DateTime<Utc>, until: DateTime<Utc>) -> PictureTrouble {
    let minutes = (until - now).num_seconds().max(0).unsigned_abs().div_ceil(60);
    PictureTrouble::Wait { minutes: u32::try_from(minutes).unwrap_or(15).max(1) }
}

/// What was pressed so far. A picture that we do not have is no mistake of a child's.
async fn pressed(body: Body, request: &HttpRequest, most: usize) -> Result<Pictures, Problem> {
    let fields = Fields::of_anybody(body, request).await?;
    let pictures = Pictures::parse(fields.all("picture"), most);
    pictures.ok_or_else(|| Problem::MalformedBody("no such pictures".into()))
}

/// `GET /ind/billeder`
pub async fn pictures(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let tablet = Tablet::of(&app, &request).await?;
    let now = app.now();
    if tablet.may_choose(now) {
        return Ok(see_other("/ind/billeder/ny"));
    }
    match devices::turn(&tablet.device, &tablet.code, now) {
        Turn::Locked => tablet.refusal(&app, PictureTrouble::Locked, &request),
        Turn::Wait(until) => tablet.refusal(&app, waiting(now, until), &request),
        Turn::Go if tablet.code.hash.is_none() => tablet.refusal(&app, PictureTrouble::NoCode, &request),
        Turn::Go => show(&tablet.page(&app, Purpose::SignIn, &Pictures::default()), &bare_frame(&request)),
    }
}

/// `POST /ind/billeder`: each press, or all of them.
pub async fn come_in(app: Data<App>, body: Body, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let tablet = Tablet::of(&app, &request).await?;
    let code = pressed(body, &request, CODE_LENGTH).await?;
    if code.len() < CODE_LENGTH {
        return show(&tablet.page(&app, Purpose::SignIn, &code), &bare_frame(&request));
    }
    match devices::come_in(&app, &tablet.device, &code).await? {
        Tried::In(person, way) => tablet.enter(&app, (person, way)).await,
        Tried::Wrong => tablet.refusal(&app, PictureTrouble::Wrong, &request),
        Tried::Wait(until) => tablet.refusal(&app, waiting(app.now(), until), &request),
        Tried::Locked => tablet.refusal(&app, PictureTrouble::Locked, &request),
    }
}

/// `GET /ind/billeder/ny`
pub async fn new_code(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let tablet = Tablet::of(&app, &request).await?;
    if !tablet.may_choose(app.now()) {
        return Ok(see_other("/ind/billeder"));
    }
    show(&tablet.page(&app, Purpose::Choose, &Pictures::default()), &bare_frame(&request))
}

/// `POST /ind/billeder/ny`: the code, and the code once more.
pub async fn choose(app: Data<App>, body: Body, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let tablet = Tablet::of(&app, &request).await?;
    if !tablet.may_choose(app.now()) {
        return Ok(see_other("/ind/billeder"));
    }
    let both = pressed(body, &request, 2 * CODE_LENGTH).await?;
    let (code, again) = both.split(CODE_LENGTH);
    let trouble = match (code.len(), again.len()) {
        (CODE_LENGTH, 0) if code.is_weak() => PictureTrouble::Same,
        (CODE_LENGTH, CODE_LENGTH) if code != again => PictureTrouble::Differs,
        (CODE_LENGTH, CODE_LENGTH) if !code.is_weak() => {
            return match devices::choose(&app, &tablet.device, &code).await? {
                Some(entering) => tablet.enter(&app, entering).await,
                None => Ok(see_other("/ind/billeder")),
            };
        }
        (CODE_LENGTH, CODE_LENGTH) => PictureTrouble::Same,
        (chosen, _) => {
            let purpose = if chosen < CODE_LENGTH { Purpose::Choose } else { Purpose::Repeat };
            return show(&tablet.page(&app, purpose, &both), &bare_frame(&request));
        }
    };
    let mut page = tablet.page(&app, Purpose::Choose, &Pictures::default());
    page.trouble = Some(trouble);
    show(&page, &bare_frame(&request))
}
