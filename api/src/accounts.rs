//! Local accounts and sign-in links.

use std::num::NonZeroU32;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chrono::{DateTime, TimeDelta, Utc};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::app::App;
use crate::auth::{Caller, digest};
use crate::db::accounts::{Credential, CredentialKind};
use crate::domain::ids::PersonId;
use crate::problem::Problem;

/// Ten attempts in a row for each name, then one every half minute.
static ATTEMPTS: LazyLock<DefaultKeyedRateLimiter<String>> = LazyLock::new(|| {
    let burst = NonZeroU32::new(10).unwrap_or(NonZeroU32::MIN);
    let quota =
        Quota::with_period(std::time::Duration::from_secs(30)).unwrap_or(Quota::per_minute(NonZeroU32::MIN));
    RateLimiter::keyed(quota.allow_burst(burst))
});

/// Days in which a sign-in link can be opened.
const LINK_DAYS: i64 = 7;
const NAMES_REMEMBERED: usize = 10_000;
/// A hash takes 19 MiB and a core: two at a time, and no long queue, however many ask.
static HASHING: Semaphore = Semaphore::const_new(2);
static WAITING: AtomicUsize = AtomicUsize::new(0);
const MOST_WAITING: usize = 32;

async fn hashing_slot() -> Result<SemaphorePermit<'static>, Problem> {
    if WAITING.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
        WAITING.fetch_sub(1, Ordering::Relaxed);
        return Err(Problem::TooManyAttempts(10));
    }
    let slot = HASHING.acquire().await.map_err(|error| Problem::Internal(error.to_string()));
    WAITING.fetch_sub(1, Ordering::Relaxed);
    slot
}

/// The person behind a user name and password; `None` where they do not fit, whatever of them is wrong.
pub async fn check(app: &App, user_name: &str, password: String) -> Result<Option<PersonId>, Problem> {
    let name = user_name.trim().to_lowercase();
    if let Err(early) = ATTEMPTS.check_key(&digest(&name)) {
        return Err(Problem::TooManyAttempts(
            early.wait_time_from(DefaultClock::default().now()).as_secs() + 1,
        ));
    }
    if ATTEMPTS.len() > NAMES_REMEMBERED {
        ATTEMPTS.retain_recent();
    }
    let _slot = hashing_slot().await?;
    let account = app.db.account(&name).await?;
    tokio::task::spawn_blocking(move || match account {
        Some((person, hash)) => verify(&password, &hash).then_some(person),
        // The same work for a name that is not there: nobody learns by the time which names are.
        None => {
            let _ = hash(&password);
            None
        }
    })
    .await
    .map_err(Problem::from)
}

/// An argon2id hash of `password`, in PHC form.
pub fn hash(password: &str) -> Result<String, Problem> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Problem::Internal(format!("password: {error}")))
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// The person a sign-in link opens for. A link that ends is used up by this.
pub async fn open_link(app: &App, key: &str) -> Result<Option<PersonId>, Problem> {
    let Some(link) = app.db.credential(CredentialKind::SignInLink, &digest(key)).await? else {
        return Ok(None);
    };
    match link.expires_at {
        None if app.config.demo_sign_in => Ok(Some(link.person)),
        None => Ok(None),
        Some(end) => {
            let ours = app.db.delete_credential(&link.digest).await?;
            Ok((ours && app.now() < end).then_some(link.person))
        }
    }
}

/// A link that opens the service for `person` once, shown once. It ends after [`LINK_DAYS`], or when a new one is made.
pub struct SignInLink {
    pub href: String,
    pub expires_at: DateTime<Utc>,
}

/// A new sign-in link for `person`. Only its digest is stored.
pub async fn issue_link(app: &App, person: PersonId) -> Result<SignInLink, Problem> {
    let secret = app.new_secret()?;
    let now = app.now();
    let expires_at = now + TimeDelta::days(LINK_DAYS);
    let link = Credential {
        digest: digest(&secret),
        person,
        csrf: None,
        created_at: now,
        expires_at: Some(expires_at),
    };
    app.db.put_only_link(&link).await?;
    Ok(SignInLink { href: format!("{}/ind/{secret}", app.config.public_url()), expires_at })
}

/// A new bearer token for `person`; the secret is shown once.
pub async fn issue_token(app: &App, person: PersonId) -> Result<String, Problem> {
    let secret = app.new_secret()?;
    put(app, CredentialKind::Token, &secret, person, None).await?;
    Ok(secret)
}

/// Stores the digest of a secret that opens the service for `person`.
pub async fn put(
    app: &App,
    kind: CredentialKind,
    secret: &str,
    person: PersonId,
    expires_at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Problem> {
    let credential =
        Credential { digest: digest(secret), person, csrf: None, created_at: app.now(), expires_at };
    Ok(app.db.put_credential(kind, &credential).await?)
}

/// Somebody who has just proved who they are.
pub async fn caller(app: &App, id: PersonId) -> Result<Caller, Problem> {
    let person = app.db.person(id).await?.ok_or(Problem::SessionOver)?;
    Ok(Caller { id, person, csrf: None, until: None, today: app.today() })
}
