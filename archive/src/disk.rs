//! The few things done on the raw disk because an object store cannot: directories and leftovers.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Makes the entries of `directory` and of each of its parents up to and including `top` durable.
///
/// The object store syncs the directories it made itself. It cannot know of one that another writer made a moment
/// ago and has not synced yet, nor of a link made just before a kill. One pass over the short chain covers both.
pub(crate) fn sync_up_to(top: &Path, directory: &Path) -> io::Result<()> {
    for directory in directory.ancestors() {
        match File::open(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            opened => opened?.sync_all()?,
        }
        if directory == top {
            break;
        }
    }
    Ok(())
}

/// Creates `directory` with its parents, durably.
pub(crate) fn create_directory(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let parent = directory.parent().ok_or(io::ErrorKind::NotFound)?;
    create_directory(parent)?;
    match fs::create_dir(directory) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    File::open(directory)?.sync_all()?;
    File::open(parent)?.sync_all()
}

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
