//! Programs that no one here wrote, asked for their opinion.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::instance::lossy;

/// What a judge said.
#[derive(Debug)]
pub struct Verdict {
    pub code: Option<i32>,
    pub text: String,
}

impl Verdict {
    /// Fails the test unless the judge was content.
    #[track_caller]
    pub fn content(&self) {
        assert_eq!(self.code, Some(0), "{}", self.text);
    }
}

/// Runs a judge to its end.
pub fn ask(command: &mut Command) -> Verdict {
    let output =
        command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; run tests/install.sh"));
    Verdict { code: output.status.code(), text: both(&output) }
}

/// ocfl-py on a whole storage root.
pub fn ocfl_py(root: &Path) -> Verdict {
    ask(Command::new(installed("venv/bin/python")).arg(here("oracles/ocfl-root.py")).arg(root))
}

/// ocfl-py on a whole storage root in a bucket, which it reads itself.
pub fn ocfl_py_in_bucket(root: &str, settings: &[(&'static str, String)]) -> Verdict {
    let mut judge = Command::new(installed("venv/bin/python"));
    judge.arg(here("oracles/ocfl-root.py")).arg(root);
    ask(judge.envs(settings.iter().map(|(name, value)| (name, value))))
}

/// bagit-python on a bag: every digest, and that nothing is there that no manifest names.
pub fn bagit(bag: &Path) -> Verdict {
    let judge = "import sys, bagit; bagit.Bag(sys.argv[1]).validate()";
    ask(Command::new(installed("venv/bin/python")).args(["-c", judge]).arg(bag))
}

/// rocfl on a whole storage root; `None` when it was left out by `ROCFL=0`.
pub fn rocfl(root: &Path) -> Option<Verdict> {
    if std::env::var("ROCFL").is_ok_and(|choice| choice == "0") {
        return None;
    }
    Some(ask(Command::new(installed("bin/rocfl"))
        .arg("--root")
        .arg(root)
        .args(["validate", "--level", "info"])))
}

/// veraPDF on PDFs, for one flavour: `2a`, `ua1`.
pub fn verapdf(flavour: &str, files: &[PathBuf]) -> Verdict {
    ask(Command::new(here("oracles/verapdf.sh")).arg(flavour).args(files))
}

/// schemathesis on a service, asked as `token`'s holder by what an OpenAPI document (a link or a file) says of it. It sends
/// values of every allowed and many a forbidden form, `examples` at random for each call beside the planned ones, and
/// refuses server errors and answers with a status, a media type or a shape that the document does not have.
/// `ids` are the path parameters' values; those left out are made up.
pub fn schemathesis(
    document: &str,
    origin: &str,
    token: &str,
    ids: &[(&str, &str)],
    examples: usize,
) -> Verdict {
    // It leaves `.hypothesis` and `.schemathesis` where it runs.
    let folder = tempfile::tempdir().unwrap();
    let ids = ids.iter().map(|(name, value)| format!("\"path.{name}\" = \"{value}\"\n"));
    let settings = format!("[parameters]\n{}", ids.collect::<String>());
    std::fs::write(folder.path().join("schemathesis.toml"), settings).unwrap();
    ask(Command::new(installed("venv/bin/schemathesis"))
        .args(["run", document, "--url", origin])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .arg("--checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance")
        .args(["--phases=examples,coverage,fuzzing", "--max-examples", &examples.to_string(), "--seed=1"])
        .args(["--generation-database=none", "--continue-on-failure", "--warnings=off", "--no-color"])
        // It has no way to write a body of this call's kind, application/offset+octet-stream.
        .args(["--exclude-name", "PATCH /api/v1/children/{child}/uploads/{upload}"])
        .current_dir(folder.path()))
}

/// The PRONOM identifier that siegfried gives a file; `UNKNOWN` where it gives none.
pub fn pronom(file: &Path) -> String {
    let identify = "import sys, pygfried; print(pygfried.identify(sys.argv[1]))";
    let verdict = ask(Command::new(installed("venv/bin/python")).args(["-c", identify]).arg(file));
    verdict.content();
    verdict.text.trim().to_owned()
}

/// The 32 bytes that other people's SLIP-0039 tool joins from shares.
pub fn joined_shares(shares: &[&str]) -> Vec<u8> {
    let join = "import sys, shamir_mnemonic; print(shamir_mnemonic.combine_mnemonics(sys.argv[1:]).hex())";
    let verdict = ask(Command::new(installed("venv/bin/python")).args(["-c", join]).args(shares));
    verdict.content();
    hex::decode(verdict.text.trim()).unwrap()
}

/// The text of a PDF as poppler reads it.
pub fn pdftotext(pdf: &Path) -> String {
    let output = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", both(&output));
    lossy(&output.stdout)
}

/// Every picture in a PDF, its stored bytes untouched, written by poppler under `folder`.
pub fn pdfimages(pdf: &Path, folder: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    ask(Command::new("pdfimages").arg("-all").arg(pdf).arg(folder.join("picture"))).content();
    crate::instance::files_under(folder)
}

/// qpdf's structural check.
pub fn qpdf(pdf: &Path) -> Verdict {
    ask(Command::new("qpdf").arg("--check").arg(pdf))
}

/// `age -d` with an identity file; the plaintext.
pub fn age_decrypt(identity: &Path, sealed: &Path) -> Vec<u8> {
    let output = Command::new("age").arg("-d").arg("-i").arg(identity).arg(sealed).output().unwrap();
    assert!(output.status.success(), "age -d {}: {}", sealed.display(), lossy(&output.stderr));
    output.stdout
}

/// A tool that tests/install.sh put under target/oracles.
pub fn installed(path: &str) -> PathBuf {
    let tool = here("../target/oracles").join(path);
    assert!(tool.exists(), "{} is missing: run tests/install.sh", tool.display());
    tool
}

/// A file of this package.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn both(output: &Output) -> String {
    format!("{}{}", lossy(&output.stdout), lossy(&output.stderr))
}
