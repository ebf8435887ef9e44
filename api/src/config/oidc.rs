//! Where people sign in with a login of their own (OpenID Connect): `[[oidc]]` in the file, or one by variables.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A provider of logins: the municipality's broker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcSetting {
    /// Its name in our addresses: small letters, digits and hyphens. It stands in the redirect address that the broker is
    /// told, so it stays what it is.
    #[serde(default = "only_one")]
    pub id: String,
    /// What people call it: "MitID", "medarbejderlogin".
    pub name: String,
    /// Its address as it calls itself; `/.well-known/openid-configuration` lies below it.
    pub issuer: String,
    pub client_id: String,
    /// A file with the client's secret; without one the client is public and has PKCE alone.
    pub client_secret_file: Option<PathBuf>,
    /// Asked for beside `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The claim that tells a person apart for good, within this issuer. Never a CPR number.
    #[serde(default = "subject")]
    pub claim: String,
    /// Levels of assurance that will do (`acr`); empty: any.
    #[serde(default)]
    pub acr: Vec<String>,
}

fn only_one() -> String {
    "login".into()
}

fn subject() -> String {
    "sub".into()
}

impl OidcSetting {
    /// The one that variables describe; `None` where none is set.
    pub(super) fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let of = |name: &str| variable(&format!("LIVSBOG_OIDC_{name}"));
        let list = |name: &str| of(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        Some(Self {
            issuer: of("ISSUER")?,
            id: only_one(),
            name: of("NAME").unwrap_or_else(|| "MitID".into()),
            client_id: of("CLIENT_ID").unwrap_or_default(),
            client_secret_file: of("CLIENT_SECRET_FILE").map(PathBuf::from),
            scopes: list("SCOPES"),
            claim: of("CLAIM").unwrap_or_else(subject),
            acr: list("ACR"),
        })
    }

    /// Why it cannot be used.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
        if self.id.is_empty() || !self.id.chars().all(plain) {
            return Some("id has small letters, digits and hyphens");
        }
        if self.name.trim().is_empty() || self.client_id.is_empty() {
            return Some("name and client_id are needed");
        }
        if !is_safe(&self.issuer) {
            return Some("issuer begins with https://; http:// is for this machine alone");
        }
        self.claim
            .to_lowercase()
            .contains("cpr")
            .then_some("claim: a CPR number never tells people apart here")
    }
}

/// True for an address that nobody on the way can read or change: https, or this very machine.
pub fn is_safe(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    url.scheme() == "https" || url.scheme() == "http" && here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_provider_by_variables_and_what_cannot_be_used_is_named() {
        let variables = |name: &str| match name {
            "LIVSBOG_OIDC_ISSUER" => Some("https://broker.example.dk".to_owned()),
            "LIVSBOG_OIDC_CLIENT_ID" => Some("livsbog".into()),
            "LIVSBOG_OIDC_ACR" => Some("substantial high".into()),
            _ => None,
        };
        let setting = OidcSetting::from_variables(variables).unwrap();
        assert_eq!((setting.id.as_str(), setting.claim.as_str()), ("login", "sub"));
        assert_eq!(setting.acr, ["substantial", "high"]);
        assert_eq!(setting.problem(), None);
        assert_eq!(OidcSetting::from_variables(|_| None), None);
        for wrong in [
            OidcSetting { issuer: "http://broker.example.dk".into(), ..setting.clone() },
            OidcSetting { claim: "dk.cprNumber".into(), ..setting.clone() },
            OidcSetting { id: "Mit ID".into(), ..setting.clone() },
            OidcSetting { client_id: String::new(), ..setting.clone() },
        ] {
            assert!(wrong.problem().is_some(), "{wrong:?}");
        }
        assert!(
            is_safe("http://127.0.0.1:4000")
                && !is_safe("http://127.0.0.1.example.dk")
                && !is_safe("ftp://x")
        );
    }
}
