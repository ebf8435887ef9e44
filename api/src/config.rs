//! Settings: defaults, then `livsbog.toml` in the data directory (or `--config`), then `LIVSBOG_*`. Unknown keys are
//! refused: a misspelt safety setting must not pass for a set one.

mod oidc;

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroU64};
use std::path::{Path, PathBuf};

use archive::{ArchivePaths, Bucket, LockMode, StoreLock};
use serde::{Deserialize, Serialize};

pub use self::oidc::{OidcSetting, is_safe};
use crate::scan::Scanner;

/// All settings, as they take effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `sqlite://PATH` or `postgres://...`; default `livsbog.db` in the data directory.
    pub database_url: Option<String>,
    /// `file:///DIR`, or `s3://BUCKET/PREFIX` for storage root and log; default the data directory. How the bucket is
    /// reached are variables only (`AWS_*`) and no part of this.
    pub store_url: Option<String>,
    /// What a bucket must do against deletion: lock in one of the modes, or nothing. Unset, any lock will do, and the demo
    /// wants none.
    pub store_lock: Option<StoreLockSetting>,
    /// How long locks are rolled on while something is to be kept.
    pub store_lock_days: u32,
    /// `file:///DIR` or `s3://BUCKET/PREFIX`: where a second archive is kept. The store's credentials are variables only
    /// (`LIVSBOG_REPLICA_*`) and no part of this.
    pub replica_url: Option<String>,
    pub listen: SocketAddr,
    /// The address people open, without a slash at the end; default `http://` + `listen`.
    pub public_url: Option<String>,
    /// Name of the transparency log, without scheme; default the host of `public_url`.
    pub log_origin: Option<String>,
    /// Where the newest signed checkpoint of the log is written, for a web server to show and for others to keep.
    pub checkpoint_file: Option<PathBuf>,
    /// Who cosigns the log's checkpoints (C2SP tlog-witness).
    pub witnesses: Vec<WitnessSetting>,
    /// A time stamp authority (RFC 3161), asked once a day; `http://...`.
    pub tsa_url: Option<String>,
    /// The certificates that authority is known by, in PEM.
    pub tsa_certificates: Option<PathBuf>,
    /// A retention policy of one's own instead of the embedded one.
    pub retention_policy: Option<PathBuf>,
    /// An access policy of one's own instead of the embedded one.
    pub access_policy: Option<PathBuf>,
    /// A file of places where papers may lie; those that come with the program where none is named.
    pub elsewhere: Option<PathBuf>,
    /// Where clamd listens: `tcp://HOST:PORT` or `unix:///PATH`; without one nothing is scanned.
    pub scanner_url: Option<Scanner>,
    /// Seal files unscanned while the scanner is away, instead of letting them wait.
    pub accept_unscanned: bool,
    /// The scrubber reads at most so many bytes a second.
    pub scrub_bytes_per_second: NonZeroU64,
    /// The scrubber looks at every byte once in so many days.
    pub scrub_days: NonZeroU32,
    /// A child and its caseworker talk again within so many days.
    pub contact_days: NonZeroU32,
    /// Somebody who asks for their papers knows within so many working days that somebody is at it.
    pub request_working_days: NonZeroU32,
    /// They have the answer within so many days.
    pub request_answer_days: NonZeroU32,
    /// An answer promised for later than so many months says why.
    pub request_months: NonZeroU32,
    /// So many claims to a book are taken in an hour.
    pub claims_per_hour: NonZeroU32,
    /// A mail server: `smtps://USER:PASSWORD@HOST` or `smtp://HOST:PORT`; without one no mail is sent.
    pub mail_url: Option<String>,
    /// The sender of mails to the operator.
    pub mail_from: Option<String>,
    /// Who gets them; several addresses with commas between.
    pub mail_to: Option<String>,
    /// Sign-in links that open as a demo person. Only for a loopback address.
    pub demo_sign_in: bool,
    /// Where people sign in with a login of their own.
    pub oidc: Vec<OidcSetting>,
    pub limits: Limits,
}

/// A witness of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessSetting {
    /// Its public key, `<name>+<id>+<base64>`.
    pub key: String,
    /// `http://...` or `https://...`, without `/add-checkpoint`; without one its cosignatures come by hand.
    pub url: Option<String>,
}

impl WitnessSetting {
    /// `KEY URL`, or the key alone.
    fn parse(text: &str) -> Self {
        let (key, url) =
            text.split_once(' ').map_or((text, None), |(key, url)| (key, Some(url.trim().to_owned())));
        Self { key: key.to_owned(), url }
    }
}

/// What a bucket must do against deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreLockSetting {
    Compliance,
    Governance,
    None,
}

/// Limits of what is taken in; beyond them the answer is 413 with the limit named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    pub photo_bytes: u64,
    pub document_bytes: u64,
    /// Sound and video.
    pub recording_bytes: u64,
    pub text_characters: usize,
    pub json_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            photo_bytes: 50_000_000,
            document_bytes: 100_000_000,
            recording_bytes: 2_000_000_000,
            text_characters: 50_000,
            json_bytes: 1_000_000,
        }
    }
}

const SCRUB_BYTES_PER_SECOND: NonZeroU64 = NonZeroU64::MIN.saturating_add(8_000_000 - 1);
const SCRUB_DAYS: NonZeroU32 = NonZeroU32::MIN.saturating_add(90 - 1);
/// At least every third month: what the proposals for a life book ask for ("kontakt med socialrådgiveren mindst hver tredje
/// måned"). Barnets lov § 156 asks for two visits a year at the least; a municipality sets what it has promised.
const CONTACT_DAYS: NonZeroU32 = NonZeroU32::MIN.saturating_add(90 - 1);
/// Forvaltningsloven § 16 (2): aktindsigt is answered within seven working days, or the asker is told why not and when.
/// More than come in a year: a form that anybody may send is not for machines.
const CLAIMS_PER_HOUR: NonZeroU32 = NonZeroU32::MIN.saturating_add(60 - 1);
const REQUEST_WORKING_DAYS: NonZeroU32 = NonZeroU32::MIN.saturating_add(7 - 1);
/// What is told of egenacces at the national archive: fifteen days.
const REQUEST_ANSWER_DAYS: NonZeroU32 = NonZeroU32::MIN.saturating_add(15 - 1);
/// One month, as for a person's own data (GDPR art. 12 (3)).
const REQUEST_MONTHS: NonZeroU32 = NonZeroU32::MIN;

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: None,
            store_url: None,
            store_lock: None,
            store_lock_days: 400,
            replica_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            log_origin: None,
            checkpoint_file: None,
            witnesses: Vec::new(),
            tsa_url: None,
            tsa_certificates: None,
            retention_policy: None,
            access_policy: None,
            elsewhere: None,
            scanner_url: None,
            accept_unscanned: false,
            scrub_bytes_per_second: SCRUB_BYTES_PER_SECOND,
            scrub_days: SCRUB_DAYS,
            contact_days: CONTACT_DAYS,
            request_working_days: REQUEST_WORKING_DAYS,
            request_answer_days: REQUEST_ANSWER_DAYS,
            request_months: REQUEST_MONTHS,
            claims_per_hour: CLAIMS_PER_HOUR,
            mail_url: None,
            mail_from: None,
            mail_to: None,
            demo_sign_in: false,
            oidc: Vec::new(),
            limits: Limits::default(),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("{0}: {1}")]
    Malformed(PathBuf, toml::de::Error),
    #[error("{name}={value}: {why}")]
    Variable { name: &'static str, value: String, why: String },
    #[error("oidc {0}: {1}")]
    Oidc(String, &'static str),
    #[error("store_url {0}: file:///DIR or s3://BUCKET/PREFIX")]
    Store(String),
    #[error(
        "demo_sign_in opens the book for anybody who knows the address; it is only served on a loopback address, not on {0}"
    )]
    DemoInTheOpen(SocketAddr),
}

impl Config {
    /// Reads the settings for the instance in `data`. A missing `livsbog.toml` is all defaults; a missing `file` is not.
    pub fn load(data: &Path, file: Option<&Path>) -> Result<Self, ConfigError> {
        let path = file.map_or_else(|| data.join("livsbog.toml"), Path::to_path_buf);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.is_none() => String::new(),
            Err(error) => return Err(ConfigError::Unreadable(path, error)),
        };
        let mut config: Self = toml::from_str(&text).map_err(|error| ConfigError::Malformed(path, error))?;
        config.take_variables(|name| std::env::var(name).ok())?;
        config.oidc_checked()
    }

    fn oidc_checked(mut self) -> Result<Self, ConfigError> {
        if let Some(one) = OidcSetting::from_variables(|name| std::env::var(name).ok()) {
            self.oidc = vec![one];
        }
        for (at, setting) in self.oidc.iter().enumerate() {
            let twice = self.oidc[..at].iter().any(|known| known.id == setting.id);
            if let Some(why) = setting.problem().or(twice.then_some("two have this id")) {
                return Err(ConfigError::Oidc(setting.id.clone(), why));
            }
        }
        Ok(self)
    }

    fn take_variables(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<(), ConfigError> {
        if let Some(url) = variable("LIVSBOG_DATABASE_URL") {
            self.database_url = Some(url);
        }
        if let Some(url) = variable("LIVSBOG_STORE_URL") {
            self.store_url = Some(url);
        }
        if let Some(value) = variable("LIVSBOG_STORE_LOCK") {
            let lock = match value.as_str() {
                "compliance" => StoreLockSetting::Compliance,
                "governance" => StoreLockSetting::Governance,
                "none" => StoreLockSetting::None,
                _ => {
                    let (name, why) = ("LIVSBOG_STORE_LOCK", "compliance, governance or none".to_owned());
                    return Err(ConfigError::Variable { name, value, why });
                }
            };
            self.store_lock = Some(lock);
        }
        if let Some(value) = variable("LIVSBOG_STORE_LOCK_DAYS") {
            let days = value.parse().ok().filter(|days| (1..=36_500).contains(days));
            let (name, why) = ("LIVSBOG_STORE_LOCK_DAYS", "days, from 1 to 36500".to_owned());
            self.store_lock_days = days.ok_or(ConfigError::Variable { name, value, why })?;
        }
        if let Some(url) = variable("LIVSBOG_REPLICA_URL") {
            self.replica_url = Some(url);
        }
        if let Some(url) = variable("LIVSBOG_PUBLIC_URL") {
            self.public_url = Some(url);
        }
        if let Some(value) = variable("LIVSBOG_LISTEN") {
            self.listen = value.parse().map_err(|_| ConfigError::Variable {
                name: "LIVSBOG_LISTEN",
                value,
                why: "an address and a port, for example 127.0.0.1:8080".into(),
            })?;
        }
        if let Some(value) = variable("LIVSBOG_SCANNER_URL") {
            let scanner = value.parse();
            let name = "LIVSBOG_SCANNER_URL";
            self.scanner_url = Some(scanner.map_err(|why| ConfigError::Variable { name, value, why })?);
        }
        if let Some(value) = variable("LIVSBOG_ACCEPT_UNSCANNED") {
            let (name, why) = ("LIVSBOG_ACCEPT_UNSCANNED", "true or false".to_owned());
            self.accept_unscanned = value.parse().map_err(|_| ConfigError::Variable { name, value, why })?;
        }
        if let Some(path) = variable("LIVSBOG_CHECKPOINT_FILE") {
            self.checkpoint_file = Some(path.into());
        }
        if let Some(list) = variable("LIVSBOG_WITNESSES") {
            let each = list.split(',').map(str::trim).filter(|text| !text.is_empty());
            self.witnesses = each.map(WitnessSetting::parse).collect();
        }
        if let Some(url) = variable("LIVSBOG_TSA_URL") {
            self.tsa_url = Some(url);
        }
        if let Some(path) = variable("LIVSBOG_TSA_CERTIFICATES") {
            self.tsa_certificates = Some(path.into());
        }
        if let Some(path) = variable("LIVSBOG_RETENTION_POLICY") {
            self.retention_policy = Some(path.into());
        }
        if let Some(path) = variable("LIVSBOG_ACCESS_POLICY") {
            self.access_policy = Some(path.into());
        }
        if let Some(path) = variable("LIVSBOG_ELSEWHERE") {
            self.elsewhere = Some(path.into());
        }
        self.take_days(variable)
    }

    fn take_days(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<(), ConfigError> {
        let why = || "a whole number above 0".to_owned();
        let name = "LIVSBOG_SCRUB_BYTES_PER_SECOND";
        if let Some(value) = variable(name) {
            self.scrub_bytes_per_second =
                value.parse().map_err(|_| ConfigError::Variable { name, value, why: why() })?;
        }
        for (name, days) in [
            ("LIVSBOG_SCRUB_DAYS", &mut self.scrub_days),
            ("LIVSBOG_CONTACT_DAYS", &mut self.contact_days),
            ("LIVSBOG_REQUEST_WORKING_DAYS", &mut self.request_working_days),
            ("LIVSBOG_REQUEST_ANSWER_DAYS", &mut self.request_answer_days),
            ("LIVSBOG_REQUEST_MONTHS", &mut self.request_months),
            ("LIVSBOG_CLAIMS_PER_HOUR", &mut self.claims_per_hour),
        ] {
            if let Some(value) = variable(name) {
                *days = value.parse().map_err(|_| ConfigError::Variable { name, value, why: why() })?;
            }
        }
        self.mail_url = variable("LIVSBOG_MAIL_URL").or(self.mail_url.take());
        self.mail_from = variable("LIVSBOG_MAIL_FROM").or(self.mail_from.take());
        self.mail_to = variable("LIVSBOG_MAIL_TO").or(self.mail_to.take());
        Ok(())
    }

    pub fn database_url(&self, data: &Path) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite://{}", data.join("livsbog.db").display()))
    }

    /// Where the archive lies: storage root, keys, log and staging in one directory, or storage root and log in a bucket
    /// and the rest in the data directory.
    pub fn archive_paths(&self, data: &Path) -> Result<ArchivePaths, ConfigError> {
        let Some(url) = self.store_url.as_deref() else { return Ok(ArchivePaths::in_data_dir(data)) };
        if let Some(directory) = url.strip_prefix("file://").filter(|path| path.starts_with('/')) {
            return Ok(ArchivePaths::in_data_dir(directory));
        }
        let variables = std::env::vars().filter(|(name, _)| name.starts_with("AWS_"));
        let settings: Vec<_> = variables.map(|(name, value)| (name.to_lowercase(), value)).collect();
        let bucket = Bucket::at(url, &settings).map_err(|_| ConfigError::Store(url.to_owned()))?;
        let lock = match self.store_lock {
            Some(StoreLockSetting::Compliance) => StoreLock::Mode(LockMode::Compliance),
            Some(StoreLockSetting::Governance) => StoreLock::Mode(LockMode::Governance),
            Some(StoreLockSetting::None) => StoreLock::None,
            // What is tried out goes into any bucket; what is kept goes into one that keeps it.
            None if self.demo_sign_in => StoreLock::None,
            None => StoreLock::Any,
        };
        Ok(ArchivePaths::in_data_dir(data).with_bucket(bucket.with_lock(lock)))
    }

    pub fn public_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    pub fn log_origin(&self) -> String {
        self.log_origin.clone().unwrap_or_else(|| {
            let url = self.public_url();
            let host = url.split("://").nth(1).unwrap_or(&url).trim_end_matches('/');
            format!("{}/livsbog-log", host.split(':').next().unwrap_or(host))
        })
    }

    /// Refuses what must never be served.
    pub fn check_servable(&self) -> Result<(), ConfigError> {
        if self.demo_sign_in && !self.listen.ip().is_loopback() {
            return Err(ConfigError::DemoInTheOpen(self.listen));
        }
        Ok(())
    }

    /// As TOML for the file of a fresh instance: what is in force, passwords too.
    pub fn to_toml(&self) -> String {
        format!(
            "# Settings of this instance; docs/OPERATIONS.md tells each.\n{}",
            toml::to_string_pretty(self).unwrap_or_default()
        )
    }

    /// As TOML, only where the archive lies.
    pub fn place_to_toml(&self) -> String {
        let lock = self.store_lock.map(|lock| ("store_lock", toml::Value::try_from(lock).ok()));
        let url = ("store_url", self.store_url.clone().map(toml::Value::from));
        let known = [Some(url), lock].into_iter().flatten();
        let table: toml::Table = known.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        format!("# Where the archive of this demo lies.\n{table}")
    }

    /// As TOML for `config show`, with passwords masked.
    pub fn masked(&self, data: &Path) -> String {
        let mut shown = self.clone();
        shown.database_url = Some(mask_password(&self.database_url(data)));
        shown.mail_url = self.mail_url.as_deref().map(mask_password);
        for witness in &mut shown.witnesses {
            witness.url = witness.url.as_deref().map(mask_password);
        }
        shown.store_url =
            Some(self.archive_paths(data).map_or_else(|error| error.to_string(), |paths| place_of(&paths)));
        shown.public_url = Some(self.public_url());
        shown.log_origin = Some(self.log_origin());
        toml::to_string_pretty(&shown).unwrap_or_default()
    }
}

fn place_of(paths: &ArchivePaths) -> String {
    paths.bucket().map_or_else(|| format!("file://{}", paths.data().display()), Bucket::url)
}

fn mask_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(toml::from_str::<Config>("demo_signin = true").is_err());
        assert!(toml::from_str::<Config>("[limits]\nphoto = 1").is_err());
    }

    #[test]
    fn variables_go_before_the_file_and_bad_ones_are_named() {
        let mut config: Config = toml::from_str("listen = \"127.0.0.1:1\"").unwrap();
        config.take_variables(|name| (name == "LIVSBOG_LISTEN").then(|| "127.0.0.1:2".into())).unwrap();
        assert_eq!(config.listen.port(), 2);
        let error =
            config.take_variables(|name| (name == "LIVSBOG_LISTEN").then(|| "here".into())).unwrap_err();
        assert!(error.to_string().contains("LIVSBOG_LISTEN=here"));
    }

    #[test]
    fn witnesses_are_a_list_in_the_file_and_a_line_in_the_variable() {
        let mut config: Config = toml::from_str(
            "witnesses = [{ key = \"one\", url = \"https://u:secret@h\" }, { key = \"two\" }]",
        )
        .unwrap();
        let from_file = config.witnesses.clone();
        assert_eq!(toml::from_str::<Config>(&config.to_toml()).unwrap(), config, "as init writes it");
        assert!(!config.masked(Path::new("/data")).contains("secret"));
        let line = "one https://u:secret@h, two";
        config.take_variables(|name| (name == "LIVSBOG_WITNESSES").then(|| line.into())).unwrap();
        assert_eq!(config.witnesses, from_file);
        assert!(toml::from_str::<Config>("witnesses = [{ key = \"one\", uri = \"x\" }]").is_err());
    }

    #[test]
    fn demo_sign_in_is_served_on_loopback_only() {
        let mut config = Config { demo_sign_in: true, ..Config::default() };
        assert!(config.check_servable().is_ok());
        config.listen = SocketAddr::from(([0, 0, 0, 0], 8080));
        assert!(config.check_servable().is_err());
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(mask_password("postgres://bog:hem@melig@db/bog"), "postgres://bog:***@db/bog");
        let config = Config { database_url: Some("postgres://u:secret@h/d".into()), ..Config::default() };
        assert!(!config.masked(Path::new("/data")).contains("secret"));
    }
}
