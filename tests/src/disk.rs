//! A disk that can be made full and empty again under a running program.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// The full-disk shim (`tests/faults/full_disk.c`), built with the C compiler that Rust needs anyway.
pub struct Disk {
    folder: TempDir,
}

impl Disk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = crate::oracle::here("faults/full_disk.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(folder.path().join("full_disk.so"))
            .arg(source)
            .arg("-ldl")
            .status();
        assert!(built.is_ok_and(|status| status.success()), "cc builds the full-disk shim");
        Self { folder }
    }

    /// The settings a program must be started with to feel this disk.
    pub fn settings(&self) -> [(&'static str, String); 2] {
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        [("LD_PRELOAD", text(self.folder.path().join("full_disk.so"))), ("FULL_DISK_MARK", text(self.mark()))]
    }

    /// From now on nothing can be written.
    pub fn fill(&self) {
        std::fs::write(self.mark(), "").unwrap();
    }

    /// There is room again.
    pub fn make_room(&self) {
        std::fs::remove_file(self.mark()).unwrap();
    }

    fn mark(&self) -> PathBuf {
        self.folder.path().join("full")
    }
}

impl Default for Disk {
    fn default() -> Self {
        Self::new()
    }
}
