//! Who may take a child's own device out of use.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::devices::Device;
use crate::domain::access::Right;
use crate::domain::ids::DeviceId;
use crate::problem::Problem;

/// May take one device out of use.
#[derive(Debug, Clone)]
pub struct MayRevokeDevice {
    pub device: Device,
    pub caller: Caller,
}

from_request!(MayRevokeDevice, MayRevokeDevice::from_path);

impl MayRevokeDevice {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let id: DeviceId = path_id(request, "device")?;
        let device = app.db.device(id).await?.ok_or(Problem::NotFound)?;
        caller.with_right(app, device.child, Right::EnrolDevice).await?;
        Ok(Self { device, caller })
    }
}
