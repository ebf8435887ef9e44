//! Names that every file system has, and that lead nowhere else.

use crate::error::{Error, Result};

/// Windows opens paths of 260 characters; this leaves room for the folder it is unpacked in.
const LONGEST: usize = 180;

/// Refused: anything but letters, digits, `.`, `-` and `_` of ASCII between slashes, and names that begin or end with a dot.
pub(super) fn check(path: &str) -> Result<()> {
    let fine = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let name = |name: &str| {
        !name.is_empty() && !name.starts_with('.') && !name.ends_with('.') && name.chars().all(fine)
    };
    if path.len() <= LONGEST && path.split('/').all(name) {
        return Ok(());
    }
    Err(Error::Invalid("a path in a package is letters, digits, '.', '-' and '_' of ASCII between slashes"))
}
