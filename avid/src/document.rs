use std::path::PathBuf;

use crate::format::Format;

/// A digital document, a sound or a film, in one file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its number, up to twelve digits (4.G.4). A column that is a [`crate::Function::DocumentId`] names it.
    pub id: u64,
    /// The document it is part of, delivered before.
    pub parent: Option<u64>,
    /// What the file was called in the system, with its ending (figure 4.4).
    pub original_name: String,
    /// The file, in a form of the order's.
    pub file: PathBuf,
    pub format: Format,
}
