//! Templates, styles, scripts, fonts and texts, embedded in the program. Nothing is fetched from anywhere else.
#![warn(missing_docs)]

mod assets;
mod templates;
mod texts;

pub use assets::{Asset, asset, asset_href, assets};
pub use templates::{template, templates};
pub use texts::{Args, TextError, text};
