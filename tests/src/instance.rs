//! An instance of the program with the demo's people in it.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::client::{Api, PLAIN, text};
use crate::database::Database;
use crate::template;
use crate::wait::{until, until_within};

/// One of the people in `personas.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct Persona {
    pub persona: String,
    pub name: String,
    pub id: String,
    pub token: String,
    pub sign_in: String,
    pub children: Vec<String>,
    pub municipality: String,
}

/// The first administrator of a real instance.
#[derive(Debug, Clone)]
pub struct Administrator {
    pub id: String,
    pub token: String,
    pub sign_in: String,
}

/// An instance, mostly of the demo: its data directory, and the process while it serves.
pub struct Instance {
    pub data: PathBuf,
    pub origin: String,
    port: u16,
    database: Database,
    settings: Vec<(String, String)>,
    serving: &'static str,
    process: Option<Child>,
    _folder: TempDir,
}

impl Instance {
    /// The demo on the embedded database, serving; a private copy made from one prepared demo.
    pub fn demo() -> Self {
        Self::demo_on(Database::Sqlite)
    }

    /// The demo on the given database, which is empty, serving.
    pub fn demo_on(database: Database) -> Self {
        let mut instance = Self::prepared_on(database);
        instance.start();
        instance
    }

    /// The demo with extra `LIVSBOG_*` settings, serving.
    pub fn demo_with(settings: &[(&str, &str)]) -> Self {
        let mut instance = Self::prepared();
        instance.settings =
            settings.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        instance.start();
        instance
    }

    /// A real instance, made by `init` and served; with its first administrator, whose link has not been opened yet.
    pub fn real() -> (Self, Administrator) {
        Self::real_on(Database::Sqlite)
    }

    /// The same on the given database.
    pub fn real_on(database: Database) -> (Self, Administrator) {
        Self::unmade(database).made_real()
    }

    fn made_real(self) -> (Self, Administrator) {
        let mut instance = self;
        instance.serving = "serve";
        let init = ["init", "--municipality", "Mols Kommune", "--administrator", "Hanne Kvist", "--json"];
        let made: Value = serde_json::from_slice(&instance.run_ok(&init)).expect("JSON");
        instance.start();
        let id = text(&made, "person");
        let token = lossy(&instance.run_ok(&["account", "token", &id])).trim().to_owned();
        let administrator = Administrator { sign_in: instance.here(&text(&made, "sign_in")), token, id };
        (instance, administrator)
    }

    /// A real instance with `settings` from its making on, served.
    pub fn real_with(settings: &[(&'static str, String)]) -> (Self, Administrator) {
        Self::empty_with(settings).made_real()
    }

    /// No instance yet, with `settings` for what is run.
    pub fn empty_with(settings: &[(&'static str, String)]) -> Self {
        let mut instance = Self::unmade(Database::Sqlite);
        instance.settings = settings.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
        instance
    }

    /// The demo's data directory, made but not serving.
    pub fn prepared() -> Self {
        Self::prepared_on(Database::Sqlite)
    }

    fn prepared_on(database: Database) -> Self {
        let instance = Self::unmade(database);
        template::put(&instance.database, &instance.data);
        instance
    }

    fn unmade(database: Database) -> Self {
        let folder = tempfile::Builder::new().prefix("livsbog-").tempdir().unwrap();
        let data = folder.path().join("data");
        let port = free_port();
        let origin = format!("http://127.0.0.1:{port}");
        let serving = "demo";
        Self { data, origin, port, database, settings: Vec::new(), serving, process: None, _folder: folder }
    }

    /// Serves the demo and waits until `/readyz` says so.
    pub fn start(&mut self) {
        assert!(self.process.is_none(), "already serving");
        std::fs::create_dir_all(&self.data).unwrap();
        let log = File::options().create(true).append(true).open(self.log_path()).unwrap();
        let listen = format!("127.0.0.1:{}", self.port);
        let child = self
            .command(&[self.serving, "--listen", &listen])
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn();
        self.process = Some(child.expect("the program starts"));
        self.wait_ready();
    }

    fn wait_ready(&mut self) {
        let ready = format!("{}/readyz", self.origin);
        let process = self.process.as_mut().unwrap();
        let log = self.data.with_extension("log");
        until_within(Duration::from_secs(300), "/readyz to answer 200", || {
            if let Some(status) = process.try_wait().unwrap() {
                panic!("the program ended with {status}:\n{}", tail(&log));
            }
            PLAIN.get(&ready).send().ok().filter(|answer| answer.status() == 200)
        });
    }

    /// `kill -9`, as when the power goes.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// SIGTERM and the wait for a clean end; gives the exit code.
    pub fn stop(&mut self) -> Option<i32> {
        let mut process = self.process.take()?;
        let asked = Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap();
        assert!(asked.success());
        until("the program to end after SIGTERM", || process.try_wait().unwrap()).code()
    }

    /// Points the stopped instance at another, empty database, as after losing the old one.
    pub fn move_to(&mut self, database: Database) {
        assert!(self.process.is_none(), "still serving");
        self.database = database;
    }

    /// Sets a `LIVSBOG_*` variable for what is run from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Takes a variable away again.
    pub fn unset(&mut self, name: &str) {
        self.settings.retain(|(known, _)| known != name);
    }

    /// The process id while serving.
    pub fn process_id(&self) -> u32 {
        self.process.as_ref().expect("serving").id()
    }

    /// A command of the program on this instance, not yet run.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(args).env("LIVSBOG_DATA", &self.data).stdin(Stdio::null());
        if let Database::Url(url) = &self.database {
            command.env("LIVSBOG_DATABASE_URL", url);
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command of the program to its end.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program starts")
    }

    /// Runs a command that must succeed; gives what it wrote on stdout.
    pub fn run_ok(&self, args: &[&str]) -> Vec<u8> {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "livsbog {args:?}: {}", lossy(&output.stderr));
        output.stdout
    }

    /// The people of the demo, as `personas.json` has them, sign-in links pointing at this process.
    pub fn personas(&self) -> Vec<Persona> {
        let bytes = std::fs::read(self.data.join("personas.json")).expect("personas.json");
        let mut personas: Vec<Persona> =
            serde_json::from_slice(&bytes).expect("personas.json has the promised form");
        for persona in &mut personas {
            persona.sign_in = self.here(&persona.sign_in);
        }
        personas
    }

    /// An absolute link made before this process had its port.
    fn here(&self, link: &str) -> String {
        let path = link.splitn(4, '/').nth(3).expect("an absolute link");
        format!("{}/{path}", self.origin)
    }

    /// The first persona of a kind.
    pub fn persona(&self, kind: &str) -> Persona {
        self.personas()
            .into_iter()
            .find(|persona| persona.persona == kind)
            .unwrap_or_else(|| panic!("no {kind}"))
    }

    /// The child persona whose book opens as far as `age` and no further: a child of 9 reads at 9, not yet at 10.
    pub fn child_reading_up_to(&self, age: u64) -> Persona {
        let mut children = self.personas().into_iter().filter(|persona| persona.persona == "child");
        let opens = |child: &Persona, age: u64| {
            self.api(child).get(&format!("/api/v1/children/{}/book?age={age}", child.children[0])).status
                == 200
        };
        children
            .find(|child| opens(child, age) && !opens(child, age + 1))
            .unwrap_or_else(|| panic!("no child of {age}"))
    }

    /// The foster parent who writes in this child's book.
    pub fn foster_parent_of(&self, child: &str) -> Persona {
        let mut carers = self.personas().into_iter().filter(|persona| persona.persona == "foster_parent");
        carers.find(|carer| carer.children.iter().any(|id| id == child)).expect("one foster parent per child")
    }

    /// The interface as this persona.
    pub fn api(&self, persona: &Persona) -> Api {
        Api::new(&self.origin, Some(&persona.token))
    }

    /// The interface as nobody.
    pub fn stranger(&self) -> Api {
        Api::new(&self.origin, None)
    }

    /// The OCFL storage root.
    pub fn storage_root(&self) -> PathBuf {
        self.data.join("archive")
    }

    /// What the program wrote to its log so far.
    pub fn log(&self) -> String {
        lossy(&std::fs::read(self.log_path()).unwrap_or_default())
    }

    fn log_path(&self) -> PathBuf {
        self.data.with_extension("log")
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("--- the program's log ---\n{}", tail(&self.log_path()));
        }
    }
}

/// The program under test: `LIVSBOG_BIN`, or the one beside this test's own binary.
pub fn program() -> PathBuf {
    let chosen = std::env::var_os("LIVSBOG_BIN").map(PathBuf::from);
    let path = chosen.unwrap_or_else(|| target_profile().join("livsbog"));
    assert!(path.exists(), "{} is not built: run `cargo build -p api --bin livsbog`", path.display());
    path
}

/// The folder of this build profile, `target/debug` or `target/release`.
pub fn target_profile() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().unwrap();
    if folder.ends_with("deps") { folder.parent().unwrap().to_owned() } else { folder.to_owned() }
}

/// A port nobody listens on at this moment.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Every regular file under `folder`, in a stable order.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// Copies a directory with everything in it.
pub fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    let copied = Command::new("cp").args(["-a", "--reflink=auto"]).arg(from).arg(to).status().unwrap();
    assert!(copied.success(), "cp {} {}", from.display(), to.display());
}

fn tail(path: &Path) -> String {
    let text = lossy(&std::fs::read(path).unwrap_or_default());
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}

/// Bytes as text, for messages.
pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
