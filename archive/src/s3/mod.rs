//! A bucket of an S3 store that holds storage root and log, with the things an object store's own interface has no words
//! for: versions, delete markers, retention, legal hold. Keys and staging stay on the disk: a key must be erasable.

mod holding;
mod probe;
mod requests;
mod shelf;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey, Checksum};
use object_store::client::{HttpClient, HttpConnector, ReqwestConnector};
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientConfigKey, ClientOptions, GetOptions, ObjectStore, RetryConfig};
use quick_cache::sync::Cache;
use tokio::sync::OnceCell;

use crate::error::{Error, Result};
use crate::verify::Advice;

pub use holding::Renewed;
pub use probe::{Honours, LockMode};
pub(crate) use requests::StoredVersion;

/// Version ids kept in memory, of the keys read or written last.
const KNOWN_VERSIONS: usize = 50_000;

/// Where storage root and log lie in an S3 store, and how it is reached. Nobody is asked anything yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    name: String,
    /// Empty, or ending in a slash.
    prefix: String,
    settings: Vec<(String, String)>,
    lock: Option<StoreLock>,
}

/// What the bucket must do against deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreLock {
    /// Lock each version for a while by itself, in this mode.
    Mode(LockMode),
    /// Lock in either mode.
    Any,
    /// Nothing: used as it is.
    None,
}

impl Bucket {
    /// The bucket and prefix of `url`, `s3://BUCKET/PREFIX`. `settings` are named as `AWS_*` names them, in small letters:
    /// `aws_endpoint_url`, `aws_access_key_id` ...; those that are no settings of a store are passed over.
    ///
    /// # Errors
    /// [`Error::Invalid`] for another URL.
    pub fn at(url: &str, settings: &[(String, String)]) -> Result<Self> {
        let (name, prefix) = place(url).ok_or(Error::Invalid("a bucket's URL is s3://BUCKET/PREFIX"))?;
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        let is_setting = |(name, _): &&(String, String)| name.parse::<AmazonS3ConfigKey>().is_ok();
        let settings = settings.iter().filter(is_setting).cloned().collect();
        Ok(Self { name: name.to_owned(), prefix, settings, lock: None })
    }

    /// Asks for a lock when the archive is opened. Without this, nothing is looked at.
    pub fn with_lock(mut self, lock: StoreLock) -> Self {
        self.lock = Some(lock);
        self
    }

    /// `s3://BUCKET/PREFIX`.
    pub fn url(&self) -> String {
        format!("s3://{}/{}", self.name, self.prefix).trim_end_matches('/').to_owned()
    }

    /// Finds out what the bucket honours, by doing, and whether that is what is asked of it.
    ///
    /// # Errors
    /// [`Error::Bucket`] with the next step.
    pub async fn probe(&self) -> Result<Honours> {
        self.connect()?.probe().await
    }

    pub(crate) fn connect(&self) -> Result<Connection> {
        let mut options = ClientOptions::new();
        let mut builder = client_of(&self.name).with_retry(RetryConfig {
            max_retries: 5,
            retry_timeout: Duration::from_secs(60),
            ..RetryConfig::default()
        });
        for (name, value) in &self.settings {
            let Ok(key) = name.parse::<AmazonS3ConfigKey>() else { continue };
            if let AmazonS3ConfigKey::Client(client) = &key {
                options = options.with_config(*client, value);
            }
            builder = builder.with_config(key, value);
        }
        let endpoint = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint];
        let endpoint = endpoint.iter().find_map(|key| builder.get_config_value(key));
        if endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")) {
            // Whoever writes http:// in the address means it.
            options = options.with_config(ClientConfigKey::AllowHttp, "true");
            builder = builder.with_allow_http(true);
        }
        let region = [AmazonS3ConfigKey::Region, AmazonS3ConfigKey::DefaultRegion];
        let region = region.iter().find_map(|key| builder.get_config_value(key));
        let s3 = builder.build().map_err(|error| Error::unavailable(error.to_string()))?;
        Ok(Connection {
            bucket: self.clone(),
            objects: below(s3.clone(), &self.prefix),
            http: ReqwestConnector::default().connect(&options)?,
            s3,
            region: region.unwrap_or_else(|| "us-east-1".into()),
            base: OnceCell::new(),
            honours: OnceLock::new(),
            known: Cache::new(KNOWN_VERSIONS),
            kept: OnceLock::new(),
        })
    }
}

/// The bucket and the prefix in `s3://BUCKET/PREFIX`.
pub(crate) fn place(url: &str) -> Option<(&str, &str)> {
    let place = url.strip_prefix("s3://").filter(|place| !place.is_empty() && !place.starts_with('/'))?;
    let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
    Some((name, prefix.trim_matches('/')))
}

/// A client of a bucket, without settings yet. The store checks what arrives; a locked bucket asks for it.
pub(crate) fn client_of(bucket: &str) -> AmazonS3Builder {
    AmazonS3Builder::new().with_bucket_name(bucket).with_checksum_algorithm(Checksum::SHA256)
}

/// What lies below a prefix, or everything.
pub(crate) fn below(bucket: AmazonS3, prefix: &str) -> Arc<dyn ObjectStore> {
    if prefix.is_empty() { Arc::new(bucket) } else { Arc::new(PrefixStore::new(bucket, prefix)) }
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The settings hold credentials.
        f.debug_tuple("Bucket").field(&self.url()).finish()
    }
}

/// A bucket that is talked to.
pub struct Connection {
    pub(crate) bucket: Bucket,
    /// Below the prefix.
    pub(crate) objects: Arc<dyn ObjectStore>,
    s3: AmazonS3,
    http: HttpClient,
    region: String,
    /// The bucket's own address.
    base: OnceCell<String>,
    honours: OnceLock<Honours>,
    /// Which version of a key holds what was sealed, as far as it was written or looked up by this process.
    known: Cache<String, String>,
    /// Where they are kept for the processes that come after.
    kept: OnceLock<Arc<dyn VersionIds>>,
}

/// Keeps which version of a key in a bucket holds what was sealed. What it does not know is looked up again: the digest
/// decides, not this.
pub trait VersionIds: Send + Sync {
    /// The id kept for a key.
    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<String>>;
    /// Keeps ids by their keys.
    fn keep(&self, ids: Vec<(String, String)>) -> BoxFuture<'_, ()>;
}

impl Connection {
    /// The same bucket with other access to its objects; for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn over(&self, objects: impl FnOnce(Arc<dyn ObjectStore>) -> Arc<dyn ObjectStore>) -> Self {
        Self {
            bucket: self.bucket.clone(),
            objects: objects(Arc::clone(&self.objects)),
            s3: self.s3.clone(),
            http: self.http.clone(),
            region: self.region.clone(),
            base: OnceCell::new(),
            honours: self.honours.clone(),
            known: Cache::new(KNOWN_VERSIONS),
            kept: self.kept.clone(),
        }
    }

    /// What the bucket was seen to do, once it was looked at.
    pub(crate) fn honours(&self) -> Option<Honours> {
        self.honours.get().copied()
    }

    /// Whether a put that is to create is known to be refused where there is something already.
    pub(crate) fn creates_once(&self) -> bool {
        self.honours.get().is_some_and(|honours| honours.create_only)
    }

    /// Notes which version of `key` holds what was sealed.
    pub(crate) fn note(&self, key: &str, version: Option<String>) {
        if let Some(version) = version.filter(|version| version != requests::UNVERSIONED) {
            self.known.insert(key.to_owned(), version);
        }
    }

    /// The version of `key` that is known to hold what was sealed.
    pub(crate) async fn noted(&self, key: &str) -> Option<String> {
        if let Some(version) = self.known.get(key) {
            return Some(version);
        }
        let version = self.kept.get()?.find(key).await?;
        self.known.insert(key.to_owned(), version.clone());
        Some(version)
    }

    /// Keeps what is noted of `keys` beyond this process.
    pub(crate) async fn keep(&self, keys: impl Iterator<Item = String>) {
        let Some(kept) = self.kept.get() else { return };
        let ids: Vec<_> = keys.filter_map(|key| self.known.get(&key).map(|id| (key, id))).collect();
        if !ids.is_empty() {
            kept.keep(ids).await;
        }
    }

    /// Sets where version ids are kept; the first one stays.
    pub(crate) fn keep_in(&self, kept: Arc<dyn VersionIds>) {
        let _ = self.kept.set(kept);
    }

    /// One version of a key, or what is there now.
    pub(crate) fn options(version: Option<&str>) -> GetOptions {
        let version = version.filter(|version| *version != requests::UNVERSIONED);
        GetOptions::new().with_version(version)
    }

    /// The bytes of one version; for small files.
    pub(crate) async fn read(&self, key: &str, version: &str) -> Result<Bytes> {
        let found = self.objects.get_opts(&Path::from(key), Self::options(Some(version))).await?;
        Ok(found.bytes().await?)
    }
}

/// Why a bucket cannot be used, with what to do now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BucketProblem {
    /// Nobody answers.
    #[error("{0} does not answer")]
    Unreachable(String),
    /// There are no credentials.
    #[error("no credentials for {0}")]
    NoCredentials(String),
    /// The store does not know the key or the signature.
    #[error("{0} does not accept the credentials ({1})")]
    WrongCredentials(String, String),
    /// The credentials are good and not for this.
    #[error("{0} refuses {1}")]
    NotAllowed(String, &'static str),
    /// There is no such bucket.
    #[error("{0}: there is no such bucket")]
    NoBucket(String),
    /// The bucket locks nothing by itself.
    #[error("{0} locks nothing: no Object Lock with a default retention")]
    NoLock(String),
    /// The bucket locks in another mode.
    #[error("{0} locks in {1} mode, and the setting asks for {2}")]
    OtherMode(String, LockMode, LockMode),
    /// A locked version could be deleted.
    #[error("{0} says that it locks, and deleted a locked version")]
    LockNotKept(String),
}

impl BucketProblem {
    /// What to do now, in both languages.
    pub fn advice(&self) -> Advice {
        let (da, en) = match self {
            Self::Unreachable(_) => (
                "Tjek AWS_ENDPOINT_URL og netværket, og prøv igen.",
                "Check AWS_ENDPOINT_URL and the network, and try again.",
            ),
            Self::NoCredentials(_) => (
                "Sæt AWS_ACCESS_KEY_ID og AWS_SECRET_ACCESS_KEY.",
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            ),
            Self::WrongCredentials(..) => (
                "Ret AWS_ACCESS_KEY_ID og AWS_SECRET_ACCESS_KEY; tjek også AWS_REGION og maskinens ur.",
                "Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; check AWS_REGION and the machine's clock too.",
            ),
            Self::NotAllowed(..) => (
                "Giv tjenesten de rettigheder, der står i docs/OPERATIONS.md under \"An S3 bucket\".",
                "Give the service the permissions that docs/OPERATIONS.md lists under \"An S3 bucket\".",
            ),
            Self::NoBucket(_) => (
                "Opret den med Object Lock slået til, som docs/OPERATIONS.md viser, eller ret LIVSBOG_STORE_URL.",
                "Create it with Object Lock enabled, as docs/OPERATIONS.md shows, or correct LIVSBOG_STORE_URL.",
            ),
            Self::NoLock(_) => (
                "Opret bucket'en med Object Lock, og giv den en standardlås (docs/OPERATIONS.md); eller sæt LIVSBOG_STORE_LOCK=none, hvis den skal bruges uden lås.",
                "Create the bucket with Object Lock and give it a default retention (docs/OPERATIONS.md); or set LIVSBOG_STORE_LOCK=none to use it without a lock.",
            ),
            Self::OtherMode(..) => (
                "Ret bucket'ens standardlås, eller ret LIVSBOG_STORE_LOCK.",
                "Change the bucket's default retention, or change LIVSBOG_STORE_LOCK.",
            ),
            Self::LockNotKept(_) => (
                "Brug et andet lager, eller sæt LIVSBOG_STORE_LOCK=none og stol på kopien i stedet.",
                "Use another store, or set LIVSBOG_STORE_LOCK=none and rely on the replica instead.",
            ),
        };
        Advice { da, en }
    }
}
