//! A child's own devices, its code of pictures, and who let it come in anew.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};

use super::List;
use super::shapes::{DeviceView, OpeningView};
use crate::app::App;
use crate::auth::{MayConfirmWayIn, MayEnrolDevice, MayRevokeDevice, MaySeeReadings, enrolment_cookie};
use crate::db::devices::{Device, Turn};
use crate::devices;
use crate::domain::ids::OpeningId;
use crate::problem::Problem;

/// A child's devices, the newest first.
#[utoipa::path(get, path = "/api/v1/children/{child}/devices", tag = "devices",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<DeviceView>)))]
pub async fn list(app: Data<App>, may: MayEnrolDevice) -> Result<Json<List<DeviceView>>, Problem> {
    let items = app.db.devices(may.child).await?.into_iter().map(|device| view(&app, device)).collect();
    Ok(Json(List { items, next_cursor: None }))
}

/// Make the device that asks the child's own. It is known by the cookie `enhed` in the answer. Where the child has no code of
/// pictures yet, it may choose one within 15 minutes.
#[utoipa::path(post, path = "/api/v1/children/{child}/devices", tag = "devices",
    params(("child" = uuid::Uuid, Path)), responses((status = 201, body = DeviceView)))]
pub async fn enrol(app: Data<App>, may: MayEnrolDevice) -> Result<HttpResponse, Problem> {
    let enrolled = devices::enrol(&app, &may).await?;
    let cookie = enrolment_cookie(&app, enrolled.secret);
    Ok(HttpResponse::Created().cookie(cookie).json(view(&app, enrolled.device)))
}

/// Take a device out of use. What began on it ends.
#[utoipa::path(delete, path = "/api/v1/devices/{device}", tag = "devices",
    params(("device" = uuid::Uuid, Path)), responses((status = 204)))]
pub async fn revoke(app: Data<App>, may: MayRevokeDevice) -> Result<HttpResponse, Problem> {
    app.db.revoke_device(may.device.id, app.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The child has forgotten its code and may choose a new one, on a device of its own and within 15 minutes. Its own pages
/// from before stay closed until somebody else has confirmed it.
#[utoipa::path(post, path = "/api/v1/children/{child}/picture-code/resets", tag = "devices",
    params(("child" = uuid::Uuid, Path)), responses((status = 201, body = OpeningView)))]
pub async fn reset(app: Data<App>, may: MayEnrolDevice) -> Result<HttpResponse, Problem> {
    let opening = devices::let_choose(&app, &may).await?;
    Ok(HttpResponse::Created().json(OpeningView::from(opening)))
}

/// Open a code that was locked after ten wrong ones. For the child's own pages it is the same as a new code.
#[utoipa::path(post, path = "/api/v1/children/{child}/picture-code/unlockings", tag = "devices",
    params(("child" = uuid::Uuid, Path)), responses((status = 201, body = OpeningView)))]
pub async fn unlock(app: Data<App>, may: MayEnrolDevice) -> Result<HttpResponse, Problem> {
    let opening = devices::unlock(&app, &may).await?;
    Ok(HttpResponse::Created().json(OpeningView::from(opening)))
}

/// Who let the child come in anew, and who confirmed it: the twenty newest.
#[utoipa::path(get, path = "/api/v1/children/{child}/openings", tag = "devices",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<OpeningView>)))]
pub async fn openings(app: Data<App>, may: MaySeeReadings) -> Result<Json<List<OpeningView>>, Problem> {
    let openings = devices::openings(&app, may.child).await?;
    Ok(Json(List { items: openings.into_iter().map(OpeningView::from).collect(), next_cursor: None }))
}

/// Say yes to an opening and those before it, so that the child's own pages open again. Whoever let the child in cannot; beside
/// a carer it is the caseworker.
#[utoipa::path(post, path = "/api/v1/children/{child}/openings/{opening}/confirmations", tag = "devices",
    params(("child" = uuid::Uuid, Path), ("opening" = uuid::Uuid, Path)), responses((status = 204)))]
pub async fn confirm(
    app: Data<App>,
    may: MayConfirmWayIn,
    path: Path<(uuid::Uuid, String)>,
) -> Result<HttpResponse, Problem> {
    let opening: OpeningId = path.1.parse().map_err(|_| Problem::NotFound)?;
    devices::confirm(&app, (&may.caller, &may.ties), may.child, opening).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn view(app: &App, device: Device) -> DeviceView {
    DeviceView {
        id: device.id.0,
        enrolled_by: device.enrolled_by.0,
        at: device.at,
        last_used: device.last_used,
        locked: device.tries.turn(app.now()) == Turn::Locked,
    }
}
