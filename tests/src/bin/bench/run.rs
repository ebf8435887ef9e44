//! Programs run to their end, in turns, and what they took.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;
use tests::instance::target_profile;
use tests::setting;

use crate::report::{Row, middle};

/// What a command took.
pub struct Run {
    pub seconds: f64,
    pub cpu_s: f64,
    /// The most memory it had at a time.
    pub megabytes: f64,
}

/// A directory never used before.
pub fn fresh() -> TempDir {
    tempfile::tempdir_in(target_profile()).unwrap()
}

/// `ROUNDS` (5) runs of each side, one after the other. What a run answers besides is kept until all are through: ext4
/// makes files slowly where others were deleted just now.
pub fn in_turns<K>(ours: impl Fn() -> (Run, K), theirs: impl Fn() -> (Run, K)) -> (Vec<Run>, Vec<Run>) {
    let (runs, _kept): (Vec<_>, Vec<_>) = (0..setting("ROUNDS", 5))
        .map(|_| {
            let ((ours, mine), (theirs, other)) = (ours(), theirs());
            ((ours, theirs), (mine, other))
        })
        .unzip();
    runs.into_iter().unzip()
}

/// How much of `amount` each side did in a second, by the middle run.
pub fn row(
    (what, unit): (String, &'static str),
    amount: f64,
    ours: &[Run],
    (peer, theirs): (&str, &[Run]),
    wanted: Option<f64>,
) -> Row {
    let rate = |runs: &[Run]| middle(runs.iter().map(|run| amount / run.seconds));
    let cpu = |runs: &[Run]| middle(runs.iter().map(|run| run.cpu_s));
    Row {
        what,
        unit,
        ours: rate(ours),
        ours_cpu_s: cpu(ours),
        peer: peer.to_owned(),
        theirs: rate(theirs),
        theirs_cpu_s: cpu(theirs),
        wanted,
    }
}

/// Runs a command to its end; `time` tells what it took.
pub fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut timed = Command::new("/usr/bin/time");
    let told = tempfile::NamedTempFile::new().unwrap();
    timed
        .args(["-f", "%e %U %S %M", "-o"])
        .arg(told.path())
        .arg(command.get_program())
        .args(command.get_args());
    if let Some(directory) = command.get_current_dir() {
        timed.current_dir(directory);
    }
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
