//! Programs of others that convert files: found when they are needed, run without a shell, with an end to their time, their
//! memory and what they write.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

/// As much memory as a program may ask for.
const MEMORY_BYTES: u64 = 4 << 30;
/// The longest file it may write.
const FILE_BYTES: u64 = 64 << 30;
/// A program may take this much longer on the clock than in computing: others compute too.
const PATIENCE: u32 = 4;

/// A program, and the Debian package that brings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    pub name: &'static str,
    pub package: &'static str,
}

/// Sets the limits of the others.
const PRLIMIT: Program = Program { name: "prlimit", package: "util-linux" };
pub const VIPSTHUMBNAIL: Program = Program { name: "vipsthumbnail", package: "libvips-tools" };
pub const PDFTOPPM: Program = Program { name: "pdftoppm", package: "poppler-utils" };
pub const TIFFCP: Program = Program { name: "tiffcp", package: "libtiff-tools" };
pub const FFMPEG: Program = Program { name: "ffmpeg", package: "ffmpeg" };

/// All that are needed.
pub const ALL: [Program; 5] = [PRLIMIT, VIPSTHUMBNAIL, PDFTOPPM, TIFFCP, FFMPEG];

/// Why a program made nothing. What it said is left out: it may quote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    #[error("the program {} is not installed; it comes with the Debian package {}", .0.name, .0.package)]
    Missing(Program),
    #[error("{} could not read it", .0.name)]
    Failed(Program),
    #[error("{} took too long", .0.name)]
    TooLong(Program),
}

/// The first of the programs that is not here.
pub fn missing() -> Option<Program> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_here =
        |program: &Program| std::env::split_paths(&path).any(|folder| folder.join(program.name).is_file());
    ALL.into_iter().find(|program| !is_here(program))
}

/// Runs a program in `folder`, computing for at most `time`.
pub async fn run<A: AsRef<OsStr>>(
    program: Program,
    folder: &Path,
    arguments: &[A],
    time: Duration,
) -> Result<(), RunError> {
    let mut command = Command::new(PRLIMIT.name);
    command
        .args([
            format!("--as={MEMORY_BYTES}"),
            format!("--fsize={FILE_BYTES}"),
            // A limit of none would end it at once.
            format!("--cpu={}", time.as_secs().max(1)),
        ])
        .args(["--", program.name])
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("LC_ALL", "C.UTF-8")
        .env("VIPS_CONCURRENCY", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let mut child = command.spawn().map_err(|_| RunError::Missing(PRLIMIT))?;
    match tokio::time::timeout(time * PATIENCE, child.wait()).await {
        Err(_) => Err(RunError::TooLong(program)),
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(_) => Err(RunError::Failed(program)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLEEP: Program = Program { name: "sleep", package: "coreutils" };
    const FALSE: Program = Program { name: "false", package: "coreutils" };

    #[tokio::test]
    async fn a_program_that_fails_or_never_ends_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let second = Duration::from_millis(50);
        assert_eq!(
            run(FALSE, folder.path(), &[""; 0], Duration::from_secs(9)).await,
            Err(RunError::Failed(FALSE))
        );
        assert_eq!(run(SLEEP, folder.path(), &["600"], second).await, Err(RunError::TooLong(SLEEP)));
    }

    #[test]
    fn what_is_not_here_names_its_package() {
        let said = RunError::Missing(VIPSTHUMBNAIL).to_string();
        assert!(said.contains("vipsthumbnail") && said.contains("libvips-tools"), "{said}");
    }
}
