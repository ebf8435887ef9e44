//! Taking in through the archive library, without HTTP: photographs, and many small files. Beside borg, which syncs too
//! and encrypts nothing here, where it is installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::instance::target_profile;
use tests::photos::Noise;
use tests::setting;

use crate::report::Row;
use crate::run::{Run, fresh, in_turns, row, run};

pub fn measure() -> Vec<Row> {
    let Some(borg) = Borg::installed() else { return Vec::new() };
    let photos = noise_files(setting("PHOTOS", 48), 3_000_000, 6_000_000);
    let small = noise_files(setting("SMALL", 2_000), 20_000, 20_000);
    vec![
        beside(&borg, "photos", &photos, 1.0),
        // Each of ours is six files.
        beside(&borg, "files of 20 KB", &small, 1.0 / 6.0),
    ]
}

fn beside(borg: &Borg, what: &str, folder: &TempDir, wanted: f64) -> Row {
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(Result::unwrap).collect();
    let size_mb = files.iter().map(|file| file.metadata().unwrap().len()).sum::<u64>() as f64 / 1e6;
    let what = format!("take in {} {what}, {size_mb:.0} MB, library", files.len());
    let (ours, theirs) = in_turns(|| ours(folder.path()), || borg.take_in(folder.path()));
    row((what, "MB/s"), size_mb, &ours, ("borg, no encryption", &theirs), Some(wanted))
}

/// The example program of the archive crate.
fn ours(folder: &Path) -> (Run, TempDir) {
    let to = fresh();
    let mut intake = Command::new(target_profile().join("examples/intake"));
    (run(intake.arg(to.path().join("data")).arg(folder), b""), to)
}

struct Borg(PathBuf);

impl Borg {
    fn installed() -> Option<Self> {
        Some(PathBuf::from("/usr/bin/borg")).filter(|path| path.exists()).map(Self)
    }

    fn take_in(&self, folder: &Path) -> (Run, TempDir) {
        let to = fresh();
        let repository = to.path().join("repository");
        let borg = |arguments: &[&str]| {
            let mut borg = Command::new(&self.0);
            borg.args(arguments).env("BORG_BASE_DIR", to.path());
            borg.env("BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK", "yes");
            borg
        };
        run(borg(&["init", "-e", "none"]).arg(&repository), b"");
        let archive = format!("{}::a", repository.display());
        (run(borg(&["create", "--compression", "none", &archive]).arg(folder), b""), to)
    }
}

/// Files that nothing makes smaller and no two of which are alike.
fn noise_files(count: usize, from: usize, to: usize) -> TempDir {
    let folder = fresh();
    let mut noise = Noise(20_261_125);
    for number in 0..count {
        let bytes = from + noise.below(to - from + 1);
        let content: Vec<u8> = (0..bytes.div_ceil(8)).flat_map(|_| noise.draw().to_le_bytes()).collect();
        fs::write(folder.path().join(number.to_string()), &content[..bytes]).unwrap();
    }
    folder
}
