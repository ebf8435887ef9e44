//! Templates, styles, scripts, fonts and texts, embedded in the program. Nothing is fetched from anywhere else.
#![warn(missing_docs)]

mod assets;
mod templates;
mod texts;

pub use assets::{Asset, asset, asset_href, assets};
pub use templates::{template, templates};
pub use texts::{Args, TextError, text};

/// The hard words of the Danish texts with their explanations, in TOML.
pub const GLOSSARY_DA: &str = include_str!("../texts/ordbog.da.toml");
/// The hard words of the English texts with their explanations, in TOML.
pub const GLOSSARY_EN: &str = include_str!("../texts/ordbog.en.toml");
