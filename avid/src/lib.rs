//! The form in which Danish authorities deliver data to a public archive: *arkiveringsversion*, folder `AVID.<archive>.<number>.1`.
//!
//! Everything here follows the order on such deliveries, BEK 128 of 12 February 2020
//! (<https://www.retsinformation.dk/eli/lta/2020/128>). Clauses are named as in its annexes: 4 placement and naming, 5 data,
//! 6 description. What the order leaves open, and which clauses were read where, stands in `docs/AVID.md`.
//!
//! The crate knows tables, documents and indices; no child, no person, no archive of ours. A [`Delivery`] is written front
//! to back while the data come in, and has its name only when it is whole:
//!
//! ```text
//! let mut delivery = Delivery::begin(out, &id, &schemas, tables)?;
//! delivery.row("Barn", &values)?;             // in any order, as often as there are rows
//! delivery.document(&document)?;              // tif, jp2, mp3, wav or mpg, converted already
//! delivery.context(context)?;                 // what explains the data
//! delivery.finish(&description, name, product)?;
//! ```
//!
//! Equal input gives equal bytes. Memory does not grow with texts and files; for each row that has a key, and for each
//! document, some twenty bytes are kept, so that a reference to what is not there is refused.

mod archive_index;
mod context;
mod delivery;
mod document;
mod error;
mod files;
mod format;
mod id;
mod rows;
mod schemas;
mod table;
mod table_index;
mod text;
mod tiff;
mod xml;

pub use archive_index::{Creator, Description, FormClass, Identifiers};
pub use context::{Category, ContextDocument};
pub use delivery::{Delivery, Summary};
pub use document::Document;
pub use error::Error;
pub use format::Format;
pub use id::PackageId;
pub use schemas::Schemas;
pub use table::{Column, ForeignKey, Function, Table, Type, Value};
pub use text::cleaned;
