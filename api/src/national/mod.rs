//! Delivery to the national archive: what a municipality keeps here, in the form of BEK 128 (`avid`). `docs/AVID.md` tells
//! what goes along and what stays.

mod convert;
mod explain;
mod tables;
mod walk;

use std::io;
use std::path::PathBuf;

use avid::{Delivery, PackageId, Schemas, Summary};
use chrono::NaiveDate;

use self::convert::ConvertError;
pub use self::convert::Unconverted;
pub use self::walk::Told;
use self::walk::Walk;
use crate::app::App;
use crate::db::DbError;
use crate::domain::ids::MunicipalityId;
use crate::export;
use crate::problem::Problem;
pub use crate::program::RunError;

/// A delivery that somebody orders.
#[derive(Debug, Clone)]
pub struct Order {
    pub municipality: MunicipalityId,
    pub id: PackageId,
    /// Earlier deliveries from here.
    pub previous: Vec<PackageId>,
    /// The folder of the schemas that the national archive hands out.
    pub schemas: PathBuf,
    /// Where the delivery's folder is made, and what is needed on the way.
    pub out: PathBuf,
    /// Whether no other comes after it.
    pub is_last: bool,
    /// FORM: its version, and the number and the words of a class.
    pub form: Option<(String, String, String)>,
    pub day: NaiveDate,
}

/// Why there is no delivery.
#[derive(Debug, thiserror::Error)]
pub enum NationalError {
    #[error("no municipality {0}")]
    Unknown(MunicipalityId),
    #[error(transparent)]
    Avid(#[from] avid::Error),
    #[error(transparent)]
    Program(#[from] RunError),
    #[error(transparent)]
    Problem(#[from] Problem),
    #[error("the scratch files in the folder of the delivery: {0}")]
    Io(#[from] io::Error),
    #[error("something sealed has no name")]
    Nameless,
}

impl From<DbError> for NationalError {
    fn from(error: DbError) -> Self {
        Self::Problem(error.into())
    }
}

impl From<archive::Error> for NationalError {
    fn from(error: archive::Error) -> Self {
        Self::Problem(error.into())
    }
}

impl From<ConvertError> for NationalError {
    fn from(error: ConvertError) -> Self {
        match error {
            ConvertError::Unconverted(Unconverted::Program(error)) => Self::Program(error),
            ConvertError::Unconverted(why) => Self::Io(io::Error::other(why)),
            ConvertError::Problem(problem) => Self::Problem(problem),
            ConvertError::Io(error) => Self::Io(error),
        }
    }
}

/// Writes the delivery. Originals are read and never touched; what is converted on the way lies in the folder of the
/// delivery, and only until it is copied.
pub async fn deliver(app: &App, order: &Order) -> Result<(Summary, Told), NationalError> {
    let municipality = app.db.municipality(order.municipality).await?;
    let municipality = municipality.ok_or(NationalError::Unknown(order.municipality))?;
    if let Some(program) = crate::program::missing() {
        return Err(RunError::Missing(program).into());
    }
    export::refuse_half_an_index(app, app.archive.checkpoint().await?.size).await?;
    let schemas = Schemas::read(&order.schemas)?;
    let delivery = Delivery::begin(&order.out, &order.id, &schemas, tables::all())?;
    let mut walk = Walk::begin(app, delivery, &order.out).await?;
    walk.municipality(order.municipality).await?;
    let Walk { mut delivery, told, .. } = walk;
    explain::add(&mut delivery, &told, order, &municipality.name).await?;
    let description = explain::description(&told, order, &municipality.name);
    Ok((delivery.finish(&description, "Livsbog", "livsbog (OCFL, SQLite eller PostgreSQL)")?, told))
}
