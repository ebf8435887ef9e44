//! The archive's own commands: reading everything, copying everything, making the index anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::instance::files_under;
use tests::photos::{Noise, distinct_jpeg};
use tests::stories::tell;
use tests::{Instance, oracle, setting};

use crate::report::Row;
use crate::run::{Run, fresh, in_turns, row, run};

pub fn measure() -> Vec<Row> {
    let mut instance = Instance::demo();
    photographs(&instance, setting("PHOTOS", 48));
    instance.stop();
    let mut rows = verify(&instance);
    rows.push(replicate(&instance));
    instance.start();
    rows.extend(growth(&mut instance));
    rows
}

fn photographs(instance: &Instance, count: usize) {
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    let mut noise = Noise(20_261_124);
    for seed in 0..count as u64 {
        mother.upload_ok(&child, "IMG.JPG", &distinct_jpeg(1_000 + seed, 3_000_000 + noise.below(3_000_000)));
    }
}

/// `verify` beside the bare digests, bagit-python on the same files as a bag, and rocfl on the same storage root.
fn verify(instance: &Instance) -> Vec<Row> {
    let root = instance.storage_root();
    let files = files_under(&root);
    let size_mb = megabytes(&files);
    let names: String = files.iter().map(|file| format!("{}\0", file.display())).collect();
    let bag = Bag::of(&root);
    let ours = || (run(&mut instance.command(&["verify"]), b""), ());
    let openssl = || {
        let mut digests = Command::new("xargs");
        (run(digests.args(["-0", "-P2", "-n64", "openssl", "dgst", "-sha256"]), names.as_bytes()), ())
    };
    let rocfl = || {
        let mut rocfl = Command::new(oracle::installed("bin/rocfl"));
        (run(rocfl.arg("-q").arg("-r").arg(&root).arg("validate"), b""), ())
    };
    let cold_ours = || {
        forget(&root);
        ours()
    };
    let cold_bag = || {
        forget(&bag.folder());
        bag.validate()
    };
    let measured = |what: &str, (ours, theirs): (Vec<Run>, Vec<Run>), peer, wanted| {
        let what = format!("verify, {size_mb:.0} MB in {} files{what}", files.len());
        row((what, "MB/s"), size_mb, &ours, (peer, &theirs), wanted)
    };
    vec![
        measured("", in_turns(ours, openssl), "openssl dgst -P2", None),
        measured("", in_turns(ours, || bag.validate()), "bagit-python -P2", Some(1.2)),
        measured("", in_turns(ours, rocfl), "rocfl validate", None),
        measured(", not in memory", in_turns(cold_ours, cold_bag), "bagit-python -P2", Some(0.95)),
    ]
}

/// The files of a folder, as bagit-python has them.
struct Bag(TempDir);

impl Bag {
    fn of(files: &Path) -> Self {
        let bag = Self(fresh());
        run(Command::new("cp").arg("-r").arg(files).arg(bag.folder()), b"");
        run(bag.program().args(["--quiet", "--sha256", "--processes", "2"]).arg(bag.folder()), b"");
        bag
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("bag")
    }

    fn program(&self) -> Command {
        Command::new(oracle::installed("venv/bin/bagit.py"))
    }

    fn validate(&self) -> (Run, ()) {
        let mut judge = self.program();
        (run(judge.args(["--quiet", "--validate", "--processes", "2"]).arg(self.folder()), b""), ())
    }
}

/// Lets the system forget the content of these files, so that the next reader waits for the disk.
fn forget(folder: &Path) {
    let each = "sync -f \"$0\"; find \"$0\" -type f -exec dd if={} iflag=nocache count=0 status=none \\;";
    assert!(Command::new("sh").args(["-c", each]).arg(folder).status().unwrap().success());
}

fn megabytes(files: &[PathBuf]) -> f64 {
    files.iter().map(|file| file.metadata().unwrap().len()).sum::<u64>() as f64 / 1e6
}

fn replicate(instance: &Instance) -> Row {
    let root = instance.storage_root();
    let size_mb = megabytes(&files_under(&root));
    let ours = || {
        let to = fresh();
        let place = format!("file://{}", to.path().display());
        (run(&mut instance.command(&["replicate", "--to", &place]), b""), to)
    };
    let theirs = || {
        let to = fresh();
        let copy = format!("cp -r {} {} && sync -f {1}", root.display(), to.path().display());
        (run(Command::new("sh").args(["-c", &copy]), b""), to)
    };
    let (ours, theirs) = in_turns(ours, theirs);
    let what = format!("replicate to an empty disk, {size_mb:.0} MB");
    row((what, "MB/s"), size_mb, &ours, ("cp -r and sync", &theirs), None)
}

/// The most memory that a rebuild and a package to take home take, with many entries beside few.
fn growth(instance: &mut Instance) -> Vec<Row> {
    let (few, many) = (setting("ENTRIES", 2_000) / 10, setting("ENTRIES", 2_000));
    let child = instance.child_reading_up_to(9).children[0].clone();
    tell(instance, &child, few);
    let small = rebuilt_and_packed(instance, &child);
    tell(instance, &child, many - few);
    let large = rebuilt_and_packed(instance, &child);
    let rows = ["rebuild", "export"].into_iter().zip(small.into_iter().zip(large));
    let row = |(what, (small, large)): (&str, (Run, Run))| {
        println!("{what} with {many} entries: {:.1} s, {:.0} MB at most", large.seconds, large.megabytes);
        Row {
            what: format!("{what}, {many} entries beside {few}: memory"),
            unit: "MB",
            ours: large.megabytes,
            ours_cpu_s: large.cpu_s,
            peer: format!("ourselves with {few}"),
            theirs: small.megabytes,
            theirs_cpu_s: small.cpu_s,
            wanted: None,
        }
    };
    rows.map(row).collect()
}

fn rebuilt_and_packed(instance: &mut Instance, child: &str) -> [Run; 2] {
    instance.stop();
    let rebuilt = run(&mut instance.command(&["rebuild"]), b"");
    let folder = fresh();
    let export = ["export", "--child", child, "--out"];
    let packed = run(instance.command(&export).arg(folder.path().join("package.zip")), b"");
    instance.start();
    [rebuilt, packed]
}
