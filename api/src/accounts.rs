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
use crate::db::accounts::{Credential, CredentialKind, WayIn};
use crate::db::devices::{Opening, Why};
use crate::domain::document::Role;
use crate::domain::ids::{OpeningId, PersonId};
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
    let account = app.db.account(&name).await?;
    let (person, hash) = account.unzip();
    Ok(fits(password, hash).await?.then_some(person).flatten())
}

/// Whether a secret is the one that was hashed. The same work where there is none: nobody learns by the time what is
/// there.
pub async fn fits(secret: String, hashed: Option<String>) -> Result<bool, Problem> {
    let _slot = hashing_slot().await?;
    let work = move || match hashed {
        Some(hashed) => verify(&secret, &hashed),
        None => {
            let _ = hash(&secret);
            false
        }
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::from)
}

/// Hashes a secret as [`hash`], when there is room for it.
pub async fn hash_when_free(secret: String) -> Result<String, Problem> {
    let _slot = hashing_slot().await?;
    tokio::task::spawn_blocking(move || hash(&secret)).await?
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

/// The person a sign-in link opens for, and in what way. A link that ends is used up by this.
pub async fn open_link(app: &App, key: &str) -> Result<Option<(PersonId, WayIn)>, Problem> {
    let Some(link) = app.db.credential(CredentialKind::SignInLink, &digest(key)).await? else {
        return Ok(None);
    };
    match link.expires_at {
        None if app.config.demo_sign_in => Ok(Some((link.person, link.way))),
        None => Ok(None),
        Some(end) => {
            let ours = app.db.delete_credential(&link.digest).await?;
            Ok((ours && app.now() < end).then_some((link.person, link.way)))
        }
    }
}

/// A link that opens the service for `person` once, shown once. It ends after [`LINK_DAYS`], or when a new one is made.
pub struct SignInLink {
    pub href: String,
    pub expires_at: DateTime<Utc>,
}

/// A new sign-in link for `person`. Only its digest is stored. Where a leader made it, whoever comes in by it does not
/// meet the own pages that were there before, until somebody else has said yes: the leader holds the link too.
pub async fn issue_link(app: &App, person: PersonId, leader: Option<&Caller>) -> Result<SignInLink, Problem> {
    let secret = app.new_secret()?;
    let now = app.now();
    let opening = leader.map(|leader| Opening {
        id: OpeningId(app.new_id()),
        person,
        by: leader.id,
        role: Role::Leader,
        why: Why::Link,
        at: now,
        confirmed: None,
    });
    if let Some(opening) = &opening {
        app.db.put_opening(opening).await?;
    }
    let expires_at = now + TimeDelta::days(LINK_DAYS);
    let link = Credential {
        digest: digest(&secret),
        person,
        csrf: None,
        created_at: now,
        expires_at: Some(expires_at),
        way: WayIn { opening: opening.map(|opening| opening.id), ..WayIn::default() },
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
    let (created_at, way) = (app.now(), WayIn::default());
    let credential = Credential { digest: digest(secret), person, csrf: None, created_at, expires_at, way };
    Ok(app.db.put_credential(kind, &credential).await?)
}

/// Somebody who has just proved who they are.
pub async fn caller(app: &App, id: PersonId) -> Result<Caller, Problem> {
    let person = app.db.person(id).await?.ok_or(Problem::SessionOver)?;
    Ok(Caller::new(id, person, app.today()))
}
