//! The folder that is taken in: only what lies in it is read, and no link is followed.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{Mode, OFlags, openat};
use rustix::io::Errno;

use super::Refusal;
use super::index::INDEX;

/// Files that systems and this program put beside others: not missing in any index.
const BESIDE: [&str; 4] = ["thumbs.db", "desktop.ini", "readme.txt", "laesmig.txt"];

/// An opened folder.
pub struct Folder {
    path: PathBuf,
    root: File,
}

impl Folder {
    pub fn open(path: &Path) -> io::Result<Self> {
        let root = File::open(path)?;
        if !root.metadata()?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { path: path.to_owned(), root })
    }

    /// A file of the folder. Opened step by step from the folder itself, each without following a link: whatever the name
    /// is, it leads nowhere else, also when the folder changes meanwhile.
    pub fn file(&self, name: &str) -> Result<File, Refusal> {
        let parts = parts(name)?;
        let (last, folders) = parts.split_last().ok_or(Refusal::OUTSIDE)?;
        let mut at = self.root.try_clone().map_err(|_| Refusal::UNREADABLE_FILE)?;
        for folder in folders {
            at = step(&at, folder, OFlags::DIRECTORY)?;
        }
        // A pipe must not keep everybody waiting.
        let file = step(&at, last, OFlags::NONBLOCK)?;
        let is_file = file.metadata().is_ok_and(|it| it.is_file());
        if is_file { Ok(file) } else { Err(Refusal::NOT_A_FILE) }
    }

    /// The files that lie in the folder and are not `named`, in order; `most` of them, and how many there are.
    pub fn not_named(&self, named: &HashSet<String>, most: usize) -> io::Result<(Vec<String>, u64)> {
        let (mut found, mut count) = (Vec::new(), 0);
        let mut folders = vec![self.path.clone()];
        while let Some(folder) = folders.pop() {
            let mut entries = std::fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
            entries.sort_by_key(std::fs::DirEntry::file_name);
            for entry in entries {
                let path = entry.path();
                let name = entry.file_name().to_string_lossy().to_lowercase();
                if name.starts_with('.') || BESIDE.contains(&name.as_str()) {
                    continue;
                }
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                    continue;
                }
                let inside = path.strip_prefix(&self.path).unwrap_or(&path).to_string_lossy().into_owned();
                if inside != INDEX && !named.contains(&inside) {
                    count += 1;
                    if found.len() < most {
                        found.push(inside);
                    }
                }
            }
        }
        found.sort();
        Ok((found, count))
    }
}

/// A file's place in the folder as it is written once and for all: with `/` and without `./`.
pub fn place(name: &str) -> Result<String, Refusal> {
    Ok(parts(name)?.join("/"))
}

fn parts(name: &str) -> Result<Vec<String>, Refusal> {
    let name = name.replace('\\', "/");
    let mut parts = Vec::new();
    for part in Path::new(&name).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return Err(Refusal::OUTSIDE),
        }
    }
    let windows_drive = parts.first().is_some_and(|first| first.len() == 2 && first.ends_with(':'));
    if parts.is_empty() || windows_drive || name.contains('\0') { Err(Refusal::OUTSIDE) } else { Ok(parts) }
}

fn step(at: &File, name: &str, how: OFlags) -> Result<File, Refusal> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | how;
    match openat(at, name, flags, Mode::empty()) {
        Ok(file) => Ok(file.into()),
        Err(Errno::NOENT | Errno::NAMETOOLONG) => Err(Refusal::NO_FILE),
        Err(Errno::LOOP) => Err(Refusal::LINK),
        // A link opened as a folder says so, and so does a file in the middle of a path.
        Err(Errno::NOTDIR) => {
            let link = rustix::fs::readlinkat(at, name, Vec::new()).is_ok();
            Err(if link { Refusal::LINK } else { Refusal::NO_FILE })
        }
        Err(_) => Err(Refusal::UNREADABLE_FILE),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "scratch files need no durability")]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn nothing_outside_the_folder_is_read_whatever_it_is_called() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.txt"), "no").unwrap();
        let inside = tempfile::tempdir().unwrap();
        std::fs::create_dir(inside.path().join("1994")).unwrap();
        std::fs::write(inside.path().join("1994/a.txt"), "yes").unwrap();
        symlink(outside.path(), inside.path().join("link")).unwrap();
        symlink(outside.path().join("secret.txt"), inside.path().join("1994/b.txt")).unwrap();
        let folder = Folder::open(inside.path()).unwrap();
        for good in ["1994/a.txt", "./1994/a.txt", "1994\\a.txt", "1994//a.txt"] {
            assert!(folder.file(good).is_ok(), "{good}");
            assert_eq!(place(good).unwrap(), "1994/a.txt");
        }
        let absolute = outside.path().join("secret.txt").to_string_lossy().into_owned();
        for (name, code) in [
            ("../secret.txt", "outside_folder"),
            ("1994/../../secret.txt", "outside_folder"),
            (absolute.as_str(), "outside_folder"),
            ("C:\\secret.txt", "outside_folder"),
            ("", "outside_folder"),
            ("link/secret.txt", "link"),
            ("1994/b.txt", "link"),
            ("1994", "not_a_file"),
            ("1994/a.txt/c", "no_file"),
            ("nothing.txt", "no_file"),
        ] {
            assert_eq!(folder.file(name).err().map(|refusal| refusal.code), Some(code), "{name}");
        }
    }

    #[test]
    fn what_no_line_names_is_found_in_every_folder() {
        let inside = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(inside.path().join("a/b")).unwrap();
        for name in ["index.csv", "a/1.jpg", "a/b/2.jpg", ".DS_Store", "a/Thumbs.db"] {
            std::fs::write(inside.path().join(name), "").unwrap();
        }
        let folder = Folder::open(inside.path()).unwrap();
        let (found, count) = folder.not_named(&HashSet::from(["a/1.jpg".to_owned()]), 10).unwrap();
        assert_eq!((found, count), (vec!["a/b/2.jpg".to_owned()], 1));
    }
}
