//! The archive's own commands: reading everything, copying everything, making the index anew.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tests::instance::files_under;
use tests::photos::{Noise, distinct_jpeg};
use tests::stories::story;
use tests::{Instance, setting};

use crate::report::{Row, middle};

/// What a command took.
struct Run {
    seconds: f64,
    cpu_s: f64,
    /// The most memory it had at a time.
    megabytes: f64,
}

pub fn measure() -> Vec<Row> {
    let mut instance = Instance::demo();
    photographs(&instance, setting("PHOTOS", 48));
    instance.stop();
    let mut rows = vec![verify(&instance), replicate(&instance)];
    instance.start();
    rows.push(rebuild(&mut instance));
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

fn verify(instance: &Instance) -> Row {
    let files = files_under(&instance.storage_root());
    let size_mb = files.iter().map(|file| file.metadata().unwrap().len()).sum::<u64>() as f64 / 1e6;
    let names: String = files.iter().map(|file| format!("{}\0", file.display())).collect();
    let openssl = || {
        let mut digests = Command::new("xargs");
        digests.args(["-0", "-P2", "-n64", "openssl", "dgst", "-sha256"]);
        run(&mut digests, names.as_bytes())
    };
    let (ours, theirs) = in_turns(|| run(&mut instance.command(&["verify"]), b""), openssl);
    row(
        format!("verify --full, {size_mb:.0} MB in {} files", files.len()),
        size_mb,
        &ours,
        "openssl dgst -P2",
        &theirs,
    )
}

fn replicate(instance: &Instance) -> Row {
    let root = instance.storage_root();
    let size_mb =
        files_under(&root).iter().map(|file| file.metadata().unwrap().len()).sum::<u64>() as f64 / 1e6;
    let fresh = || tempfile::tempdir_in(tests::instance::target_profile()).unwrap();
    let ours = || {
        let to = fresh();
        run(&mut instance.command(&["replicate", "--to", &format!("file://{}", to.path().display())]), b"")
    };
    let theirs = || {
        let to = fresh();
        let copy = format!("cp -r {} {} && sync -f {1}", root.display(), to.path().display());
        run(Command::new("sh").args(["-c", &copy]), b"")
    };
    let (ours, theirs) = in_turns(ours, theirs);
    row(format!("replicate to an empty disk, {size_mb:.0} MB"), size_mb, &ours, "cp -r and sync", &theirs)
}

/// The most memory a rebuild takes, with many entries beside few.
fn rebuild(instance: &mut Instance) -> Row {
    let (few, many) = (setting("ENTRIES", 2_000) / 10, setting("ENTRIES", 2_000));
    stories(instance, few);
    let small = rebuilt(instance);
    stories(instance, many - few);
    let large = rebuilt(instance);
    println!("rebuild with {many} entries: {:.1} s, {:.0} MB at most", large.seconds, large.megabytes);
    Row {
        what: format!("rebuild, {many} entries beside {few}: memory"),
        unit: "MB",
        ours: large.megabytes,
        ours_cpu_s: large.cpu_s,
        peer: format!("ourselves with {few}"),
        theirs: small.megabytes,
        theirs_cpu_s: small.cpu_s,
        wanted: None,
    }
}

fn stories(instance: &Instance, count: usize) {
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while next.fetch_add(1, Ordering::Relaxed) < count {
                    mother.post_entry(&child, &story("En dag", &"Vi gik en tur. ".repeat(60))).expect(201);
                }
            });
        }
    });
}

fn rebuilt(instance: &mut Instance) -> Run {
    instance.stop();
    let run = run(&mut instance.command(&["rebuild"]), b"");
    instance.start();
    run
}

fn in_turns(ours: impl Fn() -> Run, theirs: impl Fn() -> Run) -> (Vec<Run>, Vec<Run>) {
    (0..setting("ROUNDS", 5)).map(|_| (ours(), theirs())).unzip()
}

fn row(what: String, size_mb: f64, ours: &[Run], peer: &str, theirs: &[Run]) -> Row {
    let rate = |runs: &[Run]| middle(runs.iter().map(|run| size_mb / run.seconds));
    let cpu = |runs: &[Run]| middle(runs.iter().map(|run| run.cpu_s));
    Row {
        what,
        unit: "MB/s",
        ours: rate(ours),
        ours_cpu_s: cpu(ours),
        peer: peer.to_owned(),
        theirs: rate(theirs),
        theirs_cpu_s: cpu(theirs),
        wanted: None,
    }
}

/// Runs a command to its end; `time` tells what it took.
fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut timed = Command::new("/usr/bin/time");
    let told = tempfile::NamedTempFile::new().unwrap();
    timed
        .args(["-f", "%e %U %S %M", "-o"])
        .arg(told.path())
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => timed.env(name, value),
            None => timed.env_remove(name),
        };
    }
    let started = Instant::now();
    let mut process =
        timed.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    process.stdin.take().unwrap().write_all(input).unwrap();
    let status = process.wait().unwrap();
    assert!(status.success(), "{command:?}: {status} {:?}", status.signal());
    let told = std::fs::read_to_string(Path::new(told.path())).unwrap();
    let [_, user, system, kilobytes] = told
        .split_whitespace()
        .map(|figure| figure.parse::<f64>().unwrap())
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    Run { seconds: started.elapsed().as_secs_f64(), cpu_s: user + system, megabytes: kilobytes / 1e3 }
}
