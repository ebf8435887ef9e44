//! Talking to a provider of logins: what it says of itself (OpenID Connect Discovery 1.0), its keys, and the code that it
//! gives away for an ID token. What it says is kept for an hour; its keys are asked for anew as soon as a token is
//! signed with one that is not known.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::JwkSet;
use reqwest::{Client, RequestBuilder, redirect::Policy};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::config::{OidcSetting, is_safe};

/// Longer than any of these documents.
const ANSWER_BYTES: usize = 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);
const KEPT: TimeDelta = TimeDelta::hours(1);

/// Why a provider was of no use. Holds no address and no token.
#[derive(Debug, thiserror::Error)]
pub enum Away {
    #[error("it cannot be reached: {0}")]
    Unreachable(reqwest::Error),
    #[error("it answers with HTTP {0}")]
    Status(u16),
    #[error("its answer cannot be read: {0}")]
    Unreadable(String),
    #[error("it calls itself by another name than the issuer in the settings")]
    OtherIssuer,
    #[error("one of its addresses is not https")]
    Unsafe,
    #[error("the client's secret cannot be read: {0}")]
    Secret(std::io::Error),
}

impl From<reqwest::Error> for Away {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url())
    }
}

/// What a provider says of itself, as far as it is needed.
#[derive(Debug, Clone, Deserialize)]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    pub end_session_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// RFC 9207: every answer names its issuer.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// A provider as it was found.
#[derive(Debug, Clone)]
pub struct Provider {
    client: Client,
    pub metadata: Metadata,
    pub keys: JwkSet,
    found_at: DateTime<Utc>,
}

impl Provider {
    /// Asks a provider what it says of itself and for its keys.
    pub async fn find(setting: &OidcSetting, now: DateTime<Utc>) -> Result<Self, Away> {
        let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).build()?;
        let issuer = setting.issuer.trim_end_matches('/');
        let place = format!("{issuer}/.well-known/openid-configuration");
        let metadata: Metadata = answer(client.get(place)).await?;
        if metadata.issuer != setting.issuer {
            return Err(Away::OtherIssuer);
        }
        let mut places = vec![&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
        places.extend(&metadata.end_session_endpoint);
        if !places.into_iter().all(|place| is_safe(place)) {
            return Err(Away::Unsafe);
        }
        let keys = answer(client.get(&metadata.jwks_uri)).await?;
        Ok(Self { client, metadata, keys, found_at: now })
    }

    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now < self.found_at + KEPT
    }

    /// Gives the code away for an ID token.
    pub async fn token(
        &self,
        setting: &OidcSetting,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
    ) -> Result<String, Away> {
        #[derive(Deserialize)]
        struct Given {
            id_token: String,
        }
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", verifier),
            ("redirect_uri", redirect_uri),
        ];
        let mut request = self.client.post(&self.metadata.token_endpoint);
        let secret = match &setting.client_secret_file {
            Some(file) => Some(tokio::fs::read_to_string(file).await.map_err(Away::Secret)?),
            None => None,
        };
        let methods = self.metadata.token_endpoint_auth_methods_supported.as_deref();
        let by_header =
            methods.is_none_or(|known| known.iter().any(|method| method == "client_secret_basic"));
        match secret.as_deref().map(str::trim) {
            Some(secret) if by_header => {
                // RFC 6749, section 2.3.1: each is form-encoded first.
                let both = format!("{}:{}", form_encoded(&setting.client_id), form_encoded(secret));
                request = request.header("Authorization", format!("Basic {}", STANDARD.encode(both)));
            }
            Some(secret) => {
                fields.extend([("client_id", setting.client_id.as_str()), ("client_secret", secret)])
            }
            None => fields.push(("client_id", &setting.client_id)),
        }
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", form_encoded(value))).collect();
        let request =
            request.header("Content-Type", "application/x-www-form-urlencoded").body(body.join("&"));
        Ok(answer::<Given>(request.header("Accept", "application/json")).await?.id_token)
    }
}

fn form_encoded(text: &str) -> String {
    let mut url = reqwest::Url::parse("x:/").ok();
    let encoded = url.as_mut().map(|url| {
        url.query_pairs_mut().append_pair("", text);
        url.query().unwrap_or_default().trim_start_matches('=').to_owned()
    });
    encoded.unwrap_or_default()
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Away> {
    let mut answer = request.send().await?;
    let status = answer.status().as_u16();
    if status != 200 {
        return Err(Away::Status(status));
    }
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > ANSWER_BYTES {
            return Err(Away::Unreadable("it is too long".into()));
        }
    }
    // Only what went wrong and where: the answer may hold a token.
    serde_json::from_slice(&bytes).map_err(|error| {
        Away::Unreadable(format!(
            "{:?} in line {}, column {}",
            error.classify(),
            error.line(),
            error.column()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_form_is_encoded_as_in_a_form() {
        assert_eq!(form_encoded("a b&c=d:é%"), "a+b%26c%3Dd%3A%C3%A9%25");
        assert_eq!(form_encoded("=="), "%3D%3D");
    }
}
