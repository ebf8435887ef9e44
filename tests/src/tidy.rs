//! The house rules as checks over source text. Each takes what it judges as a value and gives what it found, so that
//! each can be shown a bad sample.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod layers;
mod names;
mod shape;
mod words;

pub use layers::layer_breaches;
pub use names::{database_outside_db, status_codes_outside_problem};
pub use shape::{long_files, long_functions, undocumented, unwraps_outside_tests};
pub use words::{banners, machine_names, unfinished_marks};

/// A committed text file: its path from the repository's top, and its text.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the whole file is test code: a crate's `tests/` folder, or this package.
    fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    fn syntax(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    fn at(&self, line: usize, what: impl std::fmt::Display) -> Finding {
        Finding(format!("{}:{line}: {what}", self.path))
    }
}

/// One breach of a rule, as `path:line: what`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding(pub String);

/// Every text file of the repository that is or could be committed.
pub fn sources() -> Vec<Source> {
    let top = top();
    let mut found = Vec::new();
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            // In a second work tree `.git` is a file.
            if !is_ours(&entry.file_name().to_string_lossy()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                found.push(Source { path: relative(&top, &path), text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Every `Cargo.toml` of the workspace's packages, by package name.
pub fn manifests() -> BTreeMap<String, toml::Table> {
    let top = top();
    let workspace: toml::Table =
        toml::from_str(&std::fs::read_to_string(top.join("Cargo.toml")).unwrap()).unwrap();
    let members =
        workspace["workspace"]["members"].as_array().unwrap().iter().map(|member| member.as_str().unwrap());
    let read =
        |member: &str| toml::from_str(&std::fs::read_to_string(top.join(member).join("Cargo.toml")).unwrap());
    members.map(|member| (member.to_owned(), read(member).unwrap())).collect()
}

fn is_ours(name: &str) -> bool {
    !matches!(name, "target" | ".git" | "node_modules" | "livsbog-data")
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn relative(top: &Path, path: &Path) -> String {
    path.strip_prefix(top).unwrap().to_string_lossy().into_owned()
}
