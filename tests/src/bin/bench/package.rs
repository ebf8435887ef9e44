//! Handing everything over: decrypted, checked and packed, beside a zip program that copies plain files.

use std::path::Path;
use std::process::Command;

use tests::instance::{files_under, target_profile};
use tests::photos::{Noise, distinct_jpeg};
use tests::setting;

use crate::report::Row;
use crate::run::{fresh, in_turns, row, run};

/// `PACKAGE_MB` (1000) of photographs, to a pipe that nobody keeps.
pub fn measure() -> Vec<Row> {
    let (folder, archive) = (fresh(), fresh());
    let mut noise = Noise(20_261_128);
    let mut bytes = 0;
    for seed in 0.. {
        if bytes >= setting("PACKAGE_MB", 1_000) * 1_000_000 {
            break;
        }
        let photo = distinct_jpeg(5_000 + seed, 3_000_000 + noise.below(3_000_000));
        bytes += photo.len();
        std::fs::write(folder.path().join(format!("{seed}.jpg")), photo).unwrap();
    }
    run(packing(&["make"], archive.path()).arg(folder.path()), b"");
    let bsdtar = || {
        let mut zip = Command::new("bsdtar");
        let zip = zip.args(["--format", "zip", "--options", "zip:compression=store", "-cf", "-", "-C"]);
        (run(&mut piped(zip.arg(folder.path()).arg(".")), b""), ())
    };
    if Command::new("bsdtar").arg("--version").output().is_err() {
        println!("package: bsdtar is not installed (make bench-peers)");
        return Vec::new();
    }
    let ours = || (run(&mut piped(&packing(&["write"], archive.path())), b""), ());
    let (ours, theirs) = in_turns(ours, bsdtar);
    let most = ours.iter().map(|run| run.megabytes).fold(0.0, f64::max);
    let what = format!("package, {} MB in {} files", bytes / 1_000_000, files_under(folder.path()).len());
    println!("{what}: {most:.0} MB of memory at most");
    vec![row((what, "MB/s"), bytes as f64 / 1e6, &ours, ("bsdtar zip, stored", &theirs), Some(0.6))]
}

/// The command with a reader behind it, as a line or a disk would be: what is written to `/dev/null` is never even copied.
fn piped(command: &Command) -> Command {
    let mut piped = Command::new("bash");
    piped.args(["-c", "set -o pipefail; \"$@\" | cat > /dev/null", "piped"]);
    piped.arg(command.get_program()).args(command.get_args());
    piped
}

fn packing(arguments: &[&str], archive: &Path) -> Command {
    let mut command = Command::new(target_profile().join("examples/packing"));
    command.args(arguments).arg(archive);
    command
}
