//! What the program's commands do. Results on standard output, diagnostics on standard error; exit 0 for yes and done,
//! 1 when the answer is no, 2 when it could not be done.

pub mod access;
pub mod avid;
mod dispose;
mod export;
mod fixity;
pub mod import;
mod keys;
pub mod log;
pub mod policy;
mod preserve;
mod quarantine;
mod replicas;
mod store;
mod witness;

use std::io::{IsTerminal, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use archive::Mode;
use renderer::book::{Book, Language};
use renderer::html::{Frame, Standalone};
use renderer::layout::Paper;
use renderer::pictures::PictureSource;
use serde_json::json;
use uuid::Uuid;

use crate::app::{App, StartError};
use crate::checkpoints::{self, CheckpointError, Seen};
use crate::config::Config;
use crate::db::Db;
use crate::domain::document::{AssignedTo, Assignment, Municipality, Person, Role};
use crate::domain::ids::{ChildId, PersonId};
use crate::problem::Problem;
use crate::serve::{self, ServeError};
use crate::{accounts, backup, books, demo, deposit, disposal, editions, instance, register, truth};

/// Yes or no, or why it could not be done.
pub type Outcome = Result<bool, anyhow::Error>;

/// Log lines go to standard error; `LIVSBOG_LOG` chooses them (`info` when unset).
pub fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LIVSBOG_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}

/// Files this program makes are for its own account alone: the database holds names, the key store holds keys.
pub fn keep_to_ourselves() {
    rustix::process::umask(rustix::fs::Mode::from_bits_truncate(0o077));
}

/// The exit code for an outcome; a reason goes to standard error.
pub fn exit(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "livsbog: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The instance a command works on, and how it answers.
pub struct Instance {
    pub data: PathBuf,
    pub config: Option<PathBuf>,
    pub json: bool,
}

impl Instance {
    fn config(&self) -> Result<Config, anyhow::Error> {
        let mut config = Config::load(&self.data, self.config.as_deref())?;
        // An instance made by `demo` stays one whatever command opens it.
        config.demo_sign_in |= self.data.join("personas.json").exists();
        Ok(config)
    }

    async fn open(&self) -> Result<App, anyhow::Error> {
        Ok(App::open(&self.data, self.config()?).await?)
    }

    fn say(&self, words: &str, value: &serde_json::Value) -> Outcome {
        let mut out = std::io::stdout();
        if self.json {
            writeln!(out, "{value}")?
        } else {
            writeln!(out, "{words}")?
        }
        Ok(true)
    }

    pub async fn demo(&self, listen: Option<SocketAddr>, no_serve: bool) -> Outcome {
        let mut config = self.config()?;
        config.demo_sign_in = true;
        config.listen = listen.unwrap_or(config.listen);
        config.check_servable()?;
        store::check(&config)?;
        self.look_at_bucket(&config).await?;
        instance::make_secrets(&self.data, None)?;
        self.remember_place(&config)?;
        let listener = (!no_serve).then(|| TcpListener::bind(config.listen)).transpose()?;
        if let Some(listener) = &listener {
            config.listen = listener.local_addr()?;
        }
        let _in_use = instance::in_use(&self.data)?;
        let secrets = instance::read_secrets(&self.data)?;
        let app = App::create(&self.data, config, secrets).await?;
        recover(&app).await?;
        let Some(listener) = listener else {
            demo::load(&app).await?;
            crate::jobs::drain(&app).await?;
            return self
                .say(&format!("demo ready in {}", self.data.display()), &json!({ "data": self.data }));
        };
        let place = app.config.public_url();
        let loader = app.clone();
        serve::serve(app, listener, true, async move {
            demo::load(&loader).await?;
            let mut out = std::io::stdout();
            writeln!(out, "Barnets livsbog: {place}")?;
            Ok(out.flush()?)
        })
        .await?;
        Ok(true)
    }

    pub async fn init(&self, municipality: String, administrator: String, escrow: Option<&str>) -> Outcome {
        anyhow::ensure!(!instance::exists(&self.data), "{} holds an instance already", self.data.display());
        let config = self.config()?;
        self.look_at_bucket(&config).await?;
        instance::make_secrets(&self.data, escrow)?;
        instance::write_private(&self.data.join("livsbog.toml"), &config.to_toml())?;
        let app = App::create(&self.data, config, instance::read_secrets(&self.data)?).await?;
        let id = register::municipality(&app, app.new_id(), Municipality { name: municipality, help: None })
            .await?;
        let body = Person { municipality: id, name: administrator, title: "leder".into(), phone: None };
        let person = register::person(&app, app.new_id(), body).await?;
        let to = AssignedTo::Municipality(id);
        let leader = Assignment { person, role: Role::Leader, to, from: app.today(), until: None };
        register::assignment(&app, app.new_id(), leader).await?;
        let link = accounts::issue_link(&app, person, None).await?.href;
        let escrow = escrow.is_none().then(|| instance::escrow_identity_path(&self.data));
        if let Some(path) = &escrow {
            tracing::warn!("carry {} to a safe place off this machine and delete it here", path.display());
        }
        let words =
            format!("instance made in {}\nfirst sign-in, once, within 7 days: {link}", self.data.display());
        self.say(&words, &json!({ "data": self.data, "sign_in": link, "municipality": id, "person": person, "escrow_identity": escrow }))
    }

    pub async fn serve(&self, listen: Option<SocketAddr>, with_jobs: bool) -> Outcome {
        let mut config = self.config()?;
        config.listen = listen.unwrap_or(config.listen);
        config.check_servable()?;
        store::check(&config)?;
        let listener = TcpListener::bind(config.listen)?;
        config.listen = listener.local_addr()?;
        let _in_use = instance::in_use(&self.data)?;
        let app = App::open(&self.data, config).await?;
        recover(&app).await?;
        serve::serve(app, listener, with_jobs, async { Ok::<(), ServeError>(()) }).await?;
        Ok(true)
    }

    pub async fn work(&self) -> Outcome {
        store::check(&self.config()?)?;
        let _in_use = instance::in_use(&self.data)?;
        serve::work(self.open().await?).await?;
        Ok(true)
    }

    async fn database(&self) -> Result<Db, anyhow::Error> {
        Ok(Db::connect(&self.config()?.database_url(&self.data)).await?)
    }

    pub async fn migrate_up(&self) -> Outcome {
        self.database().await?.migrate_up().await?;
        self.migrate_status().await
    }

    pub async fn migrate_down(&self, steps: u32) -> Outcome {
        self.database().await?.migrate_down(steps).await?;
        self.migrate_status().await
    }

    pub async fn migrate_status(&self) -> Outcome {
        let (applied, pending) = self.database().await?.migration_status().await?;
        let words = format!("applied: {}\npending: {}", applied.join(" "), pending.join(" "));
        self.say(&words, &json!({ "applied": applied, "pending": pending }))
    }

    pub async fn verify(&self, sample: Option<u64>) -> Outcome {
        let config = self.config()?;
        let paths = config.archive_paths(&self.data)?;
        let mode = sample.map_or(Mode::Full, Mode::Sample);
        let seen = self.seen_checkpoints(&config).await;
        let mut report = archive::verify(&paths, mode)?;
        let continued = seen.and_then(|seen| seen.check(&paths));
        if let Err(CheckpointError::PutBack { finding, .. }) = &continued
            && !report.findings.contains(finding)
        {
            report.findings.push(finding.clone());
        }
        let mut out = std::io::stdout().lock();
        for finding in &report.findings {
            if self.json {
                writeln!(out, "{}", serde_json::to_string(finding)?)?;
            } else {
                let object = finding.object.map(|object| format!(" {object}")).unwrap_or_default();
                writeln!(out, "{}{object} {}: {}", finding.code.as_str(), finding.path, finding.todo.en)?;
            }
        }
        let mut err = std::io::stderr();
        writeln!(
            err,
            "{} findings; {} objects ok, {} damaged, {} under way; {} versions not checked; {} bytes read; log {}",
            report.findings.len(),
            report.objects_ok,
            report.objects_damaged,
            report.objects_under_way,
            report.versions_not_checked,
            report.bytes_read,
            report.log_size,
        )?;
        match continued {
            // The archive is whole, and whether its log is the newest could not be seen.
            Err(error) if report.is_ok() => Err(error.into()),
            _ => Ok(report.is_ok()),
        }
    }

    async fn seen_checkpoints(&self, config: &Config) -> Result<Seen, CheckpointError> {
        let database = Db::connect_to_read(&config.database_url(&self.data)).await?;
        checkpoints::seen(database.as_ref(), config).await
    }

    pub async fn rebuild(&self) -> Outcome {
        let app = self.open().await?;
        let rebuilt = truth::rebuild(&app, tell_of_leaves()).await?;
        app.db.remember_checkpoint(&app.archive.checkpoint().await?).await?;
        let words = format!(
            "{} deposits indexed, {} disposed of, {} without a key, {} unreadable",
            rebuilt.deposits, rebuilt.disposed, rebuilt.without_key, rebuilt.unreadable
        );
        self.say(&words, &json!(rebuilt))?;
        Ok(rebuilt.unreadable == 0)
    }

    pub async fn formats(&self) -> Outcome {
        let formats = truth::formats(&self.database().await?).await?;
        let words = formats.iter().map(|((pronom, media_type), count)| {
            let pronom = if pronom.is_empty() { "-" } else { pronom };
            format!("{} {pronom} {media_type}, {} with a preservation copy", count.originals, count.preserved)
        });
        let json = formats.iter().map(|((pronom, media_type), count)| {
            json!({ "pronom": pronom, "media_type": media_type, "count": count.originals,
                "preserved": count.preserved })
        });
        let json: Vec<_> = json.collect();
        self.say(&words.collect::<Vec<_>>().join("\n"), &json!(json))
    }

    pub async fn back_up(&self, to: &Path, keep_days: u32) -> Outcome {
        let made = backup::back_up(&self.open().await?, to, keep_days).await?;
        self.say(&made.file.display().to_string(), &json!(made))
    }

    pub async fn restore(&self, from: &Path, identity: Option<&Path>) -> Outcome {
        let identity = identity.map(keys::read_identity).transpose()?;
        let identity = identity.as_ref().map(|identity| identity.as_str());
        let restored = backup::restore(&self.data, self.config()?, from, identity, tell_of_leaves()).await?;
        self.say(&restored.told(), &json!(restored))?;
        Ok(restored.without_key == 0 && restored.rebuilt.unreadable == 0)
    }

    pub async fn dump(&self) -> Outcome {
        let database = self.database().await?;
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        truth::dump(&database, &mut out).await?;
        out.flush()?;
        Ok(true)
    }

    pub async fn book(
        &self,
        child: Uuid,
        age: u32,
        format: &str,
        language: &str,
        paper: Paper,
        out: &Path,
    ) -> Outcome {
        let app = self.open().await?;
        let language = if language == "en" { Language::En } else { Language::Da };
        let child = ChildId(child);
        let book = match books::for_print(&app, child, age, language).await {
            Err(Problem::NotFound) => anyhow::bail!("no child {child}"),
            other => other?,
        };
        let pictures = editions::Originals::of(&app, child).await?;
        let path = out.to_path_buf();
        let as_html = format == "html";
        tokio::task::spawn_blocking(move || -> Result<(), anyhow::Error> {
            if as_html {
                return write_html(&book, &pictures, &path);
            }
            let mut file = std::io::BufWriter::new(std::fs::File::create(&path)?);
            renderer::pdf::pdf(&book, paper, &pictures, &mut file)?;
            Ok(file.flush()?)
        })
        .await??;
        self.say(&out.display().to_string(), &json!({ "out": out }))
    }

    /// Whether a file of settings can be read: what it says, or what is wrong with it.
    fn judged<T>(
        &self,
        read: Result<T, StartError>,
        told: impl FnOnce(T) -> (String, serde_json::Value),
    ) -> Outcome {
        match read.map(told) {
            Ok((words, json)) => self.say(&words, &json),
            Err(error) => {
                self.say(&error.to_string(), &json!({ "ok": false, "problem": error.to_string() }))?;
                Ok(false)
            }
        }
    }

    pub fn config_show(&self) -> Outcome {
        let shown = self.config()?.masked(&self.data);
        self.say(shown.trim_end(), &json!({ "toml": shown }))
    }

    pub async fn account_set(&self, person: Uuid, user_name: &str) -> Outcome {
        let app = self.open().await?;
        let id = PersonId(person);
        anyhow::ensure!(app.db.person(id).await?.is_some(), "no person {person}");
        let mut password = String::new();
        std::io::stdin().read_line(&mut password)?;
        let password = password.trim_end_matches(['\r', '\n']);
        anyhow::ensure!(password.chars().count() >= 12, "a password has 12 characters at least");
        let hash = accounts::hash(password)?;
        app.db.put_account(&user_name.trim().to_lowercase(), id, &hash).await?;
        self.say("ok", &json!({ "ok": true }))
    }

    pub async fn account_token(&self, person: Uuid) -> Outcome {
        let app = self.open().await?;
        let id = PersonId(person);
        anyhow::ensure!(app.db.person(id).await?.is_some(), "no person {person}");
        let token = accounts::issue_token(&app, id).await?;
        self.say(&token, &json!({ "token": token }))
    }
}

/// Finishes what an earlier process left, and refuses to go on with an index that knows less than the archive.
async fn recover(app: &App) -> Result<(), anyhow::Error> {
    let finished = deposit::recover(app).await?;
    if finished > 0 {
        tracing::info!(finished, "deposits of an earlier run were finished");
    }
    disposal::erase_decided(app).await?;
    app.db.release_jobs().await?;
    app.db.remember_checkpoint(&app.archive.checkpoint().await?).await?;
    let logged = app.archive.log_size().await?;
    let known = app.db.count_sealed().await?
        + app.db.count_pending().await?
        + app.db.count_unindexed(0, None).await?;
    anyhow::ensure!(
        known >= logged,
        "the database knows {known} deposits and the archive {logged}; run `livsbog rebuild` first"
    );
    Ok(())
}

/// The book as a folder: `index.html`, its style, and its pictures.
fn write_html(book: &Book, pictures: &dyn PictureSource, folder: &Path) -> Result<(), anyhow::Error> {
    std::fs::create_dir_all(folder.join("pictures"))?;
    for picture in book.pages().flat_map(|(_, page)| &page.pictures) {
        let Some(original) = pictures.original(&picture.id)? else { continue };
        let made = renderer::pictures::renditions(&original);
        let jpeg = made.map_or_else(|_| renderer::pictures::neutral_picture().jpeg, |made| made.medium.jpeg);
        write_file(&folder.join(Standalone::picture_path(&picture.id)), &jpeg)?;
    }
    let (name, asset) = Standalone::STYLE;
    write_file(&folder.join(name), web::asset(asset).map_or(&[], |style| style.bytes))?;
    let frame = Frame {
        language: book.language,
        csrf: None,
        reader: None,
        path: String::new(),
        other_language: None,
        flash: None,
        look: renderer::html::Look::default(),
        beside: None,
        keeping: renderer::html::Keeping::No,
    };
    let html = renderer::html::render(&Standalone::new(book), &frame)?;
    Ok(write_file(&folder.join("index.html"), html.as_bytes())?)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), std::io::Error> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)
}

/// The OpenAPI document on standard output. Needs no instance.
pub fn openapi() -> Outcome {
    writeln!(std::io::stdout(), "{}", crate::http::service::document().to_pretty_json()?)?;
    Ok(true)
}

/// How far a rebuild is, on standard error: at once, and after every thousand.
fn tell_of_leaves() -> impl FnMut(u64) {
    let mut begun = false;
    move |done| {
        if !begun || done.is_multiple_of(1000) {
            let _ = writeln!(std::io::stderr(), "{done} leaves done");
        }
        begun = true;
    }
}
