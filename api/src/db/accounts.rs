//! Who may sign in, and with what. Secrets are kept as digests only.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use super::tables::{accounts, credentials};
use super::{Db, DbError, count_change, parse_time, time_text};
use crate::domain::ids::{ChildId, DeviceId, OpeningId, PersonId};

/// What a secret opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// A browser's session cookie.
    Session,
    /// An API client's bearer token.
    Token,
    /// A link that opens a session; in the demo it may be used again.
    SignInLink,
}

impl CredentialKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Token => "token",
            Self::SignInLink => "sign_in_link",
        }
    }
}

/// A credential as stored: the secret's SHA-256, never the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub digest: String,
    pub person: PersonId,
    /// The token a form must send back; sessions only.
    pub csrf: Option<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub way: WayIn,
}

/// How a session came to be, and who sits beside the child in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WayIn {
    /// The child's own device on which it began.
    pub device: Option<DeviceId>,
    /// Somebody let the child in anew: by a code chosen then, or by this very link.
    pub opening: Option<OpeningId>,
    pub together: Option<Together>,
}

/// An adult reads beside a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Together {
    pub with: PersonId,
    pub child: ChildId,
    pub until: DateTime<Utc>,
}

impl Db {
    /// Stores a credential; the same one again only renews it.
    pub async fn put_credential(&self, kind: CredentialKind, credential: &Credential) -> Result<(), DbError> {
        let row = credential_row(kind, credential);
        let renew = OnConflict::column(credentials::Column::Digest)
            .update_columns([credentials::Column::Person, credentials::Column::ExpiresAt])
            .to_owned();
        credentials::Entity::insert(row).on_conflict(renew).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// Stores a sign-in link that ends; earlier ones of the same person stop working.
    pub async fn put_only_link(&self, credential: &Credential) -> Result<(), DbError> {
        let tx = self.write().await?;
        credentials::Entity::delete_many()
            .filter(credentials::Column::Person.eq(credential.person.0))
            .filter(credentials::Column::Kind.eq(CredentialKind::SignInLink.as_str()))
            .filter(credentials::Column::ExpiresAt.is_not_null())
            .exec(&tx)
            .await?;
        let row = credential_row(CredentialKind::SignInLink, credential);
        credentials::Entity::insert(row).exec_without_returning(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// The credential with this digest, expired or not.
    pub async fn credential(
        &self,
        kind: CredentialKind,
        digest: &str,
    ) -> Result<Option<Credential>, DbError> {
        let row = credentials::Entity::find_by_id(digest)
            .filter(credentials::Column::Kind.eq(kind.as_str()))
            .one(&self.connection)
            .await?;
        row.map(|row| {
            Ok(Credential {
                digest: row.digest,
                person: PersonId(row.person),
                csrf: row.csrf,
                created_at: parse_time(&row.created_at)?,
                expires_at: row.expires_at.as_deref().map(parse_time).transpose()?,
                way: WayIn {
                    device: row.device.map(DeviceId),
                    opening: row.opening.map(OpeningId),
                    together: match (row.companion, row.companion_child, row.companion_until) {
                        (Some(with), Some(child), Some(until)) => Some(Together {
                            with: PersonId(with),
                            child: ChildId(child),
                            until: parse_time(&until)?,
                        }),
                        _ => None,
                    },
                },
            })
        })
        .transpose()
    }

    /// From now on `together` holds in a session; `None` ends it.
    pub async fn read_together(&self, session: &str, together: Option<Together>) -> Result<(), DbError> {
        let tx = self.write().await?;
        let row = credentials::ActiveModel {
            digest: Set(session.into()),
            companion: Set(together.map(|it| it.with.0)),
            companion_child: Set(together.map(|it| it.child.0)),
            companion_until: Set(together.map(|it| time_text(it.until))),
            ..Default::default()
        };
        credentials::Entity::update_many()
            .set(row)
            .filter(credentials::Column::Digest.eq(session))
            .filter(credentials::Column::Kind.eq(CredentialKind::Session.as_str()))
            .exec(&tx)
            .await?;
        count_change(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Answers whether it was there: of two who use up the same one, one gets a yes.
    pub async fn delete_credential(&self, digest: &str) -> Result<bool, DbError> {
        let tx = self.write().await?;
        let deleted = credentials::Entity::delete_by_id(digest).exec(&tx).await?;
        count_change(&tx).await?;
        tx.commit().await?;
        Ok(deleted.rows_affected > 0)
    }

    pub async fn delete_expired_credentials(&self, now: DateTime<Utc>) -> Result<(), DbError> {
        credentials::Entity::delete_many()
            .filter(credentials::Column::ExpiresAt.lt(time_text(now)))
            .exec(&self.connection)
            .await?;
        Ok(())
    }

    pub async fn put_account(
        &self,
        user_name: &str,
        person: PersonId,
        password_hash: &str,
    ) -> Result<(), DbError> {
        let row = accounts::ActiveModel {
            user_name: Set(user_name.into()),
            person: Set(person.0),
            password_hash: Set(password_hash.into()),
        };
        let replace = OnConflict::column(accounts::Column::UserName)
            .update_columns([accounts::Column::Person, accounts::Column::PasswordHash])
            .to_owned();
        accounts::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.connection).await?;
        Ok(())
    }

    /// The person and password hash behind a user name.
    pub async fn account(&self, user_name: &str) -> Result<Option<(PersonId, String)>, DbError> {
        let row = accounts::Entity::find_by_id(user_name).one(&self.connection).await?;
        Ok(row.map(|row| (PersonId(row.person), row.password_hash)))
    }
}

fn credential_row(kind: CredentialKind, credential: &Credential) -> credentials::ActiveModel {
    credentials::ActiveModel {
        digest: Set(credential.digest.clone()),
        kind: Set(kind.as_str().into()),
        person: Set(credential.person.0),
        csrf: Set(credential.csrf.clone()),
        created_at: Set(time_text(credential.created_at)),
        expires_at: Set(credential.expires_at.map(time_text)),
        device: Set(credential.way.device.map(|device| device.0)),
        opening: Set(credential.way.opening.map(|opening| opening.0)),
        // Nobody sits beside a child before it is signed in.
        companion: Set(None),
        companion_child: Set(None),
        companion_until: Set(None),
    }
}
