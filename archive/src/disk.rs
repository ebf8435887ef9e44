//! What is done on the raw disk because an object store cannot: clearing away what its interrupted writes left.

use std::fs;
use std::io;
use std::path::Path;

/// Removes what an object store's interrupted write left in `directory`: names like `inventory.json#1`, which its own
/// interface can neither list nor delete. Only files are touched whose name before the `#` is chosen by `stem`, and no
/// write to those may be under way.
pub(crate) fn sweep(directory: &Path, stem: impl Fn(&str) -> bool) -> io::Result<()> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let leftover = name.to_str().and_then(leftover_of).is_some_and(&stem);
        if leftover && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The name that an interrupted write was meant for.
fn leftover_of(name: &str) -> Option<&str> {
    let (stem, number) = name.rsplit_once('#')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(stem)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn only_the_leftovers_of_interrupted_writes_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["inventory.json", "inventory.json#1", "a#b", "#", "x#12", "kept#1"] {
            File::create(dir.path().join(name)).unwrap();
        }
        sweep(dir.path(), |stem| stem != "kept").unwrap();
        let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["#", "a#b", "inventory.json", "kept#1"]);
    }
}
