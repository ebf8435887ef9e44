//! The running service: its parts, its clock and its randomness. Nothing else in the program reads a clock or draws a
//! random number, so that everything else can be told what time it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use archive::{Archive, ArchivePaths, Policy, Secrets, Storage};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, DurationRound, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Europe::Copenhagen;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::checkpoints::{self, CheckpointError};
use crate::config::{Config, ConfigError};
use crate::db::{Db, DbError};
use crate::domain::access_policy::AccessPolicy;
use crate::elsewhere;
use crate::fresh::Fresh;
use crate::instance;
use crate::oidc::Logins;
use crate::requests::Planned;

/// Everything a use case needs; cheap to clone.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub archive: Archive,
    pub policy: Arc<Policy>,
    /// Who else may be given something, once the one a book is about has died.
    pub access_policy: Arc<AccessPolicy>,
    pub config: Arc<Config>,
    pub data: Arc<PathBuf>,
    /// Wakes the workers when a job was ordered.
    pub job_ordered: Arc<Notify>,
    /// Told whenever a job is done.
    pub job_done: Arc<Notify>,
    /// One seal of an object at a time, by a stripe of its id.
    pub sealing: Arc<[tokio::sync::Mutex<()>; 64]>,
    /// One rendition run for each core at most: each may hold a decoded photograph.
    pub picture_slots: Arc<tokio::sync::Semaphore>,
    /// Who signs in with a login of their own right now, and where.
    pub logins: Arc<Logins>,
    /// Books and pages kept in memory while nothing changes.
    pub fresh: Arc<Fresh>,
    /// How often somebody without a login may say that a book is theirs.
    pub claims: Arc<DefaultDirectRateLimiter>,
    /// Where everybody's papers may lie.
    pub elsewhere: Arc<Vec<elsewhere::Known>>,
    /// What is handed over to somebody who asked for it, while it is fetched.
    pub planned: Arc<Planned>,
}

/// Why the service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("database: {0}")]
    Db(#[from] DbError),
    #[error("archive: {0}")]
    Archive(#[from] archive::Error),
    #[error("{0}")]
    Storage(archive::Error),
    #[error("{0}")]
    Instance(#[from] instance::InstanceError),
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    #[error("retention policy: {0}")]
    Policy(String),
    #[error("access policy: {0}")]
    AccessPolicy(String),
    #[error("places where papers may lie: {0}")]
    Elsewhere(String),
}

impl App {
    /// The same service on connections of its own. Those that a thread of the server opened end with that thread.
    pub async fn reconnected(self) -> Result<Self, DbError> {
        let db = Db::connect(&self.config.database_url(&self.data)).await?;
        Ok(Self { db, ..self })
    }

    /// Opens the instance in `data`, which `init` or `demo` made, and brings its schema up to date.
    pub async fn open(data: &Path, config: Config) -> Result<Self, StartError> {
        let secrets = instance::read_secrets(data)?;
        let paths = config.archive_paths(data)?;
        let storage = look_at_storage(&paths).await?;
        let db = open_database(data, &config).await?;
        checkpoints::seen(Some(&db), &config).await?.check(&paths)?;
        storage.keep_version_ids_in(Arc::new(db.clone()));
        let archive = Archive::attach_over(&paths, secrets, storage).await?;
        Self::assemble(data, config, db, archive)
    }

    /// Makes archive and log where they are missing, then opens the instance.
    pub async fn create(data: &Path, config: Config, secrets: Secrets) -> Result<Self, StartError> {
        let paths = config.archive_paths(data)?;
        tokio::fs::create_dir_all(paths.data()).await.map_err(archive::Error::from)?;
        let storage = look_at_storage(&paths).await?;
        let db = open_database(data, &config).await?;
        checkpoints::seen(Some(&db), &config).await?.check(&paths)?;
        storage.keep_version_ids_in(Arc::new(db.clone()));
        let archive = Archive::create_over(&paths, secrets, &config.log_origin(), storage).await?;
        Self::assemble(data, config, db, archive)
    }

    fn assemble(data: &Path, config: Config, db: Db, archive: Archive) -> Result<Self, StartError> {
        let (policy, access_policy) = (load_policy(&config)?, load_access_policy(&config)?);
        let elsewhere = elsewhere::known(config.elsewhere.as_deref()).map_err(StartError::Elsewhere)?;
        Ok(Self {
            db,
            archive,
            policy: Arc::new(policy),
            access_policy: Arc::new(access_policy),
            elsewhere: Arc::new(elsewhere),
            logins: Arc::new(Logins::at(&config.oidc)),
            claims: Arc::new(RateLimiter::direct(Quota::per_hour(config.claims_per_hour))),
            config: Arc::new(config),
            data: Arc::new(data.to_path_buf()),
            job_ordered: Arc::new(Notify::new()),
            job_done: Arc::new(Notify::new()),
            sealing: Arc::new(std::array::from_fn(|_| tokio::sync::Mutex::new(()))),
            picture_slots: Arc::new(tokio::sync::Semaphore::new(
                std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            )),
            fresh: Arc::new(Fresh::default()),
            planned: Arc::new(Planned::default()),
        })
    }

    /// As [`now`].
    pub fn now(&self) -> DateTime<Utc> {
        now()
    }

    /// Today in Denmark.
    pub fn today(&self) -> NaiveDate {
        danish_time(self.now()).date()
    }

    /// As [`new_id`].
    pub fn new_id(&self) -> Uuid {
        new_id()
    }

    /// A secret of 256 random bits, safe in a URL.
    pub fn new_secret(&self) -> Result<String, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// First of all: a bucket that cannot be used is told of before anything is made or compared.
async fn look_at_storage(paths: &ArchivePaths) -> Result<Storage, StartError> {
    let storage = archive::storage(paths)?;
    storage.probe().await.map_err(StartError::Storage)?;
    Ok(storage)
}

async fn open_database(data: &Path, config: &Config) -> Result<Db, DbError> {
    let db = Db::connect(&config.database_url(data)).await?;
    db.migrate_up().await?;
    Ok(db)
}

/// Now, in whole milliseconds: what is stored is what was said.
#[expect(clippy::disallowed_methods, reason = "the program's one clock")]
pub fn now() -> DateTime<Utc> {
    let now = Utc::now();
    now.duration_trunc(TimeDelta::milliseconds(1)).unwrap_or(now)
}

/// A random id.
#[expect(clippy::disallowed_methods, reason = "the program's one source of random ids")]
pub fn new_id() -> Uuid {
    Uuid::new_v4()
}

/// The wall clock in Denmark, for people.
pub fn danish_time(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Copenhagen).naive_local()
}

/// The policy in force: the one configured, or the embedded one.
pub fn load_policy(config: &Config) -> Result<Policy, StartError> {
    let Some(path) = &config.retention_policy else { return Ok(Policy::embedded()) };
    let text = std::fs::read_to_string(path)
        .map_err(|error| StartError::Policy(format!("cannot read {}: {error}", path.display())))?;
    Policy::parse(&text).map_err(|problems| {
        let problems: Vec<String> =
            problems.iter().map(|problem| format!("  {}: {}", problem.place, problem.en)).collect();
        StartError::Policy(format!("{}:\n{}", path.display(), problems.join("\n")))
    })
}

/// The access policy in force: the one configured, or the embedded one.
pub fn load_access_policy(config: &Config) -> Result<AccessPolicy, StartError> {
    let Some(path) = &config.access_policy else { return Ok(AccessPolicy::embedded()) };
    let read = std::fs::read_to_string(path).map_err(|error| error.to_string());
    let parsed = read.and_then(|text| AccessPolicy::parse(&text));
    parsed.map_err(|problem| StartError::AccessPolicy(format!("{}: {problem}", path.display())))
}
