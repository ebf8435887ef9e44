//! The two databases the same tests run on, and a PostgreSQL cluster of the tests' own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

/// Which database an instance keeps its index in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// The embedded default, `DIR/livsbog.db`.
    Sqlite,
    /// Given as `LIVSBOG_DATABASE_URL`.
    Url(String),
}

/// A PostgreSQL cluster in a folder of its own, gone when dropped.
pub struct Postgres {
    folder: TempDir,
    port: u16,
    made: AtomicU32,
}

impl Postgres {
    /// Makes and starts a cluster on a free port of the loopback address.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let cluster = Self { folder, port: crate::instance::free_port(), made: AtomicU32::new(0) };
        run(cluster
            .tool("initdb")
            .args(["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .args(["--username=livsbog", "--pgdata", cluster.data().to_str().unwrap()]));
        cluster.resume();
        cluster
    }

    /// A fresh, empty database.
    pub fn database(&self) -> Database {
        Database::Url(self.url())
    }

    /// The address of a fresh, empty database.
    pub fn url(&self) -> String {
        let name = format!("livsbog_{}", self.made.fetch_add(1, Ordering::Relaxed));
        let port = self.port.to_string();
        run(self.tool("createdb").args(["-h", "127.0.0.1", "-U", "livsbog", "-p", &port, &name]));
        format!("postgres://livsbog@127.0.0.1:{port}/{name}")
    }

    /// Writes all of a database to a file that [`Postgres::load`] reads.
    pub fn dump(url: &str, file: &Path) {
        run(Command::new(newest_bin().join("pg_dump"))
            .args(["--format=custom", "--file"])
            .arg(file)
            .arg(url));
    }

    /// Fills an empty database.
    pub fn load(url: &str, file: &Path) {
        run(Command::new(newest_bin().join("pg_restore"))
            .args(["--exit-on-error", "--dbname", url])
            .arg(file));
    }

    /// Takes the database away at once, as a power cut would; [`Postgres::resume`] brings it back.
    pub fn interrupt(&self) {
        run(self.control("stop").args(["-m", "immediate"]));
    }

    /// Starts the cluster, also after [`Postgres::interrupt`].
    pub fn resume(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200",
            self.port
        );
        run(self.control("start").args(["-o", &options, "-l"]).arg(self.folder.path().join("log")));
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn control(&self, verb: &str) -> Command {
        let mut command = self.tool("pg_ctl");
        command.args(["-w", "-s", "-D"]).arg(self.data()).arg(verb);
        command
    }

    fn tool(&self, name: &str) -> Command {
        let program = newest_bin().join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.control("stop").args(["-m", "immediate"]).output();
    }
}

fn newest_bin() -> PathBuf {
    let versions =
        std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed by tests/install.sh");
    let newest = versions.flatten().map(|entry| entry.path()).max_by_key(|path| version_of(path)).unwrap();
    newest.join("bin")
}

fn version_of(path: &Path) -> u32 {
    path.file_name().and_then(|name| name.to_str()?.parse().ok()).unwrap_or(0)
}

fn is_root() -> bool {
    let answer = Command::new("id").arg("-u").output().unwrap();
    answer.stdout == b"0\n"
}

fn run(command: &mut Command) {
    // Never a pipe: the server pg_ctl leaves behind would hold it open for ever.
    let status = command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null()).status();
    assert!(status.as_ref().is_ok_and(|status| status.success()), "{command:?}: {status:?}");
}
