//! Judging an ID token (OpenID Connect Core 1.0, section 3.1.3.7). The signature is checked by a library, all that is
//! claimed here, by the program's own clock.

use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Clocks may differ by so much.
const SKEW_SECONDS: f64 = 60.0;
/// OpenID Connect Core: a subject has at most 255 characters.
const SUBJECT_CHARACTERS: usize = 255;

/// What the token has to say.
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    pub now: DateTime<Utc>,
    /// The levels that will do; empty: any.
    pub acr: &'a [String],
    /// The claim that tells a person apart.
    pub claim: &'a str,
}

/// Why a token is not believed. Names no value of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the ID token cannot be read")]
    Malformed,
    #[error("the ID token is signed with an algorithm that is not taken")]
    Algorithm,
    #[error("the ID token is signed with a key that the issuer does not show")]
    UnknownKey,
    #[error("the ID token's signature does not fit")]
    Signature,
    #[error("the ID token is of another issuer")]
    Issuer,
    #[error("the ID token is for another client")]
    Audience,
    #[error("the ID token has expired")]
    Expired,
    #[error("the ID token is not valid yet")]
    NotYet,
    #[error("the ID token answers another request")]
    Nonce,
    #[error("the login is not of the level that is asked for")]
    Level,
    #[error("the ID token lacks the claim that tells people apart")]
    Claim,
    #[error("the claim that tells people apart is a CPR number: choose another one")]
    CprNumber,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    azp: Option<String>,
    acr: Option<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Whom the token is about, as its issuer tells people apart.
pub fn subject(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<String, Refused> {
    let header = decode_header(token).map_err(|_| Refused::Malformed)?;
    // Only these two, and the key decides for which of them it is: `none` and shared secrets have no key here at all.
    if !matches!(header.alg, Algorithm::RS256 | Algorithm::ES256) {
        return Err(Refused::Algorithm);
    }
    let key = key(keys, header.kid.as_deref(), header.alg).ok_or(Refused::UnknownKey)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| Refused::UnknownKey)?;
    let mut signed = Validation::new(header.alg);
    signed.required_spec_claims.clear();
    (signed.validate_exp, signed.validate_aud) = (false, false);
    let claims = decode::<Claims>(token, &key, &signed).map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::InvalidSignature => Refused::Signature,
        _ => Refused::Malformed,
    })?;
    judge(claims.claims, expected)
}

fn judge(claims: Claims, expected: &Expected<'_>) -> Result<String, Refused> {
    if claims.iss != expected.issuer {
        return Err(Refused::Issuer);
    }
    let ours = |name: &String| name == expected.client_id;
    let is_for_us = match &claims.aud {
        Audience::One(name) => ours(name),
        // For several it says to whom of them it was given.
        Audience::Many(names) => names.iter().any(ours) && (names.len() == 1 || claims.azp.is_some()),
    };
    if !is_for_us || claims.azp.as_ref().is_some_and(|azp| !ours(azp)) {
        return Err(Refused::Audience);
    }
    let now = expected.now.timestamp() as f64;
    if claims.exp <= now - SKEW_SECONDS {
        return Err(Refused::Expired);
    }
    if claims.iat.max(claims.nbf.unwrap_or(now)) > now + SKEW_SECONDS {
        return Err(Refused::NotYet);
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Refused::Nonce);
    }
    if !expected.acr.is_empty() && !claims.acr.is_some_and(|acr| expected.acr.contains(&acr)) {
        return Err(Refused::Level);
    }
    let subject = claims.others.get(expected.claim).and_then(Value::as_str).unwrap_or_default();
    if subject.is_empty() || subject.chars().count() > SUBJECT_CHARACTERS {
        return Err(Refused::Claim);
    }
    if is_cpr_number(subject) { Err(Refused::CprNumber) } else { Ok(subject.to_owned()) }
}

/// The issuer's key with this id; where the token names none, the only one that could have signed it.
fn key<'a>(keys: &'a JwkSet, id: Option<&str>, algorithm: Algorithm) -> Option<&'a Jwk> {
    let signs = |key: &&Jwk| {
        let fits = match &key.algorithm {
            AlgorithmParameters::RSA(_) => algorithm == Algorithm::RS256,
            AlgorithmParameters::EllipticCurve(curve) => {
                algorithm == Algorithm::ES256 && curve.curve == EllipticCurve::P256
            }
            _ => false,
        };
        fits && key.common.public_key_use != Some(PublicKeyUse::Encryption)
            && id.is_none_or(|id| key.common.key_id.as_deref() == Some(id))
    };
    let mut found = keys.keys.iter().filter(signs);
    let first = found.next()?;
    (id.is_some() || found.next().is_none()).then_some(first)
}

/// `ddmmyy-xxxx`, with or without the hyphen; the day may be raised by 60.
fn is_cpr_number(text: &str) -> bool {
    let digits: String = text.chars().filter(|char| *char != '-').collect();
    let only_digits = digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let part =
        |from: usize| digits.get(from..from + 2).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    only_digits && (1..=31).contains(&(part(0) % 60)) && (1..=12).contains(&part(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;

    fn judged(change: impl Fn(&mut Value)) -> Result<String, Refused> {
        let mut claims = json!({
            "iss": "https://broker.example.dk", "aud": "livsbog", "exp": NOW + 300, "iat": NOW, "nonce": "n",
            "sub": "7f0c", "acr": "substantial", "employee": "e-17", "cpr": "010190-1234",
        });
        change(&mut claims);
        let acr = ["substantial".to_owned(), "high".to_owned()];
        let expected = Expected {
            issuer: "https://broker.example.dk",
            client_id: "livsbog",
            nonce: "n",
            now: DateTime::from_timestamp(NOW, 0).unwrap(),
            acr: &acr,
            claim: claims["claim"].as_str().unwrap_or("sub"),
        };
        let parsed = serde_json::from_value(claims.clone()).map_err(|_| Refused::Malformed)?;
        judge(parsed, &expected)
    }

    #[test]
    fn a_token_is_believed_when_all_of_it_fits() {
        assert_eq!(judged(|_| {}), Ok("7f0c".into()));
        assert_eq!(judged(|it| it["aud"] = json!(["livsbog"])), Ok("7f0c".into()));
        let both = |it: &mut Value| (it["aud"], it["azp"]) = (json!(["other", "livsbog"]), json!("livsbog"));
        assert_eq!(judged(both), Ok("7f0c".into()));
        assert_eq!(judged(|it| it["claim"] = json!("employee")), Ok("e-17".into()));
        assert_eq!(judged(|it| it["exp"] = json!(NOW - 30)), Ok("7f0c".into()), "clocks differ");
    }

    #[test]
    fn one_thing_that_does_not_fit_is_enough() {
        for (name, value, refused) in [
            ("iss", json!("https://broker.example.dk/"), Refused::Issuer),
            ("aud", json!("other"), Refused::Audience),
            ("aud", json!(["livsbog", "other"]), Refused::Audience),
            ("aud", json!([]), Refused::Audience),
            ("azp", json!("other"), Refused::Audience),
            ("exp", json!(NOW - 61), Refused::Expired),
            ("exp", json!("soon"), Refused::Malformed),
            ("nbf", json!(NOW + 61), Refused::NotYet),
            ("iat", json!(NOW + 61), Refused::NotYet),
            ("nonce", json!("m"), Refused::Nonce),
            ("nonce", Value::Null, Refused::Nonce),
            ("acr", json!("low"), Refused::Level),
            ("acr", Value::Null, Refused::Level),
            ("sub", json!(""), Refused::Claim),
            ("sub", json!("x".repeat(256)), Refused::Claim),
            ("sub", json!(7), Refused::Claim),
            ("sub", json!("0101901234"), Refused::CprNumber),
            ("claim", json!("cpr"), Refused::CprNumber),
            ("claim", json!("nothing"), Refused::Claim),
        ] {
            assert_eq!(judged(|it| it[name] = value.clone()), Err(refused), "{name}: {value}");
        }
    }

    #[test]
    fn a_cpr_number_is_known_by_its_form() {
        for number in ["0101901234", "010190-1234", "311299-4321", "710190-1234"] {
            assert!(is_cpr_number(number), "{number}");
        }
        for other in ["0001901234", "0113901234", "010190123", "7f0c", "01019012345"] {
            assert!(!is_cpr_number(other), "{other}");
        }
    }
}
