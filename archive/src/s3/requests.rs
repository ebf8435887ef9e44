//! Requests that an object store's interface has no words for, signed by hand (AWS Signature Version 4).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use http::header::{CONTENT_LENGTH, HeaderName};
use http::{Method, Request};
use object_store::aws::AwsAuthorizer;
use object_store::path::Path;
use object_store::signer::Signer;
use serde::{Deserialize, Serialize};

use super::{BucketProblem, Connection, LockMode};
use crate::digest::Digest;
use crate::error::{Error, Result};

/// The id of the one version of a key where none are kept.
pub(super) const UNVERSIONED: &str = "null";

/// What a store refuses that lets nobody set a legal hold.
pub(super) const LEGAL_HOLD: &str = "set a legal hold (s3:PutObjectLegalHold)";

/// So often is a request sent before the store counts as away.
const ATTEMPTS: u32 = 3;
const CREDENTIALS_SECONDS: u64 = 10;

/// A version of a key, or the mark of a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredVersion {
    /// Below the prefix.
    pub(crate) key: String,
    pub(crate) version: String,
    pub(crate) is_latest: bool,
    pub(crate) is_delete_marker: bool,
}

/// How long a version is locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Retention", rename_all = "PascalCase")]
pub(super) struct Retention {
    pub(super) mode: LockMode,
    pub(super) retain_until_date: DateTime<Utc>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LegalHold {
    status: String,
}

/// The answer to a request.
pub(super) struct Answer {
    /// As in HTTP.
    pub(super) status: u16,
    pub(super) body: Bytes,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Refusal {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct VersionsPage {
    #[serde(default)]
    is_truncated: bool,
    next_key_marker: Option<String>,
    next_version_id_marker: Option<String>,
    #[serde(default, rename = "Version")]
    versions: Vec<Listed>,
    #[serde(default, rename = "DeleteMarker")]
    delete_markers: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    key: String,
    version_id: String,
    is_latest: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Versioning {
    status: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LockConfiguration {
    rule: Option<LockRule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LockRule {
    default_retention: Option<DefaultRetention>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DefaultRetention {
    mode: LockMode,
    days: Option<u32>,
    years: Option<u32>,
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The store's own word for why it refuses.
    pub(super) fn code(&self) -> String {
        let text = std::str::from_utf8(&self.body).unwrap_or_default();
        quick_xml::de::from_str::<Refusal>(text).unwrap_or_default().code
    }

    fn parsed<T: for<'de> Deserialize<'de>>(&self) -> Result<T> {
        let text = std::str::from_utf8(&self.body).map_err(Error::unavailable)?;
        quick_xml::de::from_str(text)
            .map_err(|error| Error::unavailable(format!("the store's answer: {error}")))
    }
}

impl Connection {
    /// Every version and delete marker of the keys that begin with `prefix`, each key's newest first.
    pub(crate) async fn versions(&self, prefix: &str) -> Result<Vec<StoredVersion>> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let (page, next) = self.versions_page(prefix, after).await?;
            found.extend(page);
            match next {
                Some(next) => after = Some(next),
                None => return Ok(found),
            }
        }
    }

    /// One page of [`versions`](Connection::versions), and where the next begins.
    pub(super) async fn versions_page(
        &self,
        prefix: &str,
        after: Option<(String, String)>,
    ) -> Result<(Vec<StoredVersion>, Option<(String, String)>)> {
        let full = format!("{}{prefix}", self.bucket.prefix);
        let mut query = vec![("versions", ""), ("prefix", full.as_str())];
        if let Some((key, version)) = &after {
            query.extend([("key-marker", key.as_str()), ("version-id-marker", version.as_str())]);
        }
        let answer =
            self.ask(Method::GET, "", &query, None, "list its versions (s3:ListBucketVersions)").await?;
        let page: VersionsPage = answer.parsed()?;
        let own = self.bucket.prefix.len();
        let stored = |listed: Listed, is_delete_marker| StoredVersion {
            key: listed.key.get(own..).unwrap_or_default().to_owned(),
            version: listed.version_id,
            is_latest: listed.is_latest,
            is_delete_marker,
        };
        let versions = page.versions.into_iter().map(|listed| stored(listed, false));
        let markers = page.delete_markers.into_iter().map(|listed| stored(listed, true));
        let next = page.next_key_marker.filter(|_| page.is_truncated);
        let next = next.map(|key| (key, page.next_version_id_marker.unwrap_or_default()));
        Ok((versions.chain(markers).collect(), next))
    }

    /// Says so when the bucket cannot be read.
    pub(crate) async fn answers(&self) -> Result<()> {
        self.versions_page("", None).await.map(|_| ())
    }

    /// Whether earlier versions of a key are kept.
    pub(super) async fn keeps_versions(&self) -> Result<bool> {
        let answer = self.ask(
            Method::GET,
            "",
            &[("versioning", "")],
            None,
            "show its settings (s3:GetBucketVersioning)",
        );
        Ok(answer.await?.parsed::<Versioning>()?.status.as_deref() == Some("Enabled"))
    }

    /// In which mode and for how many days each new version is locked by itself.
    pub(super) async fn default_lock(&self) -> Result<Option<(LockMode, u32)>> {
        let answer = self.send(Method::GET, "", &[("object-lock", "")], None).await?;
        if !answer.is_success() {
            return match answer.code().as_str() {
                "ObjectLockConfigurationNotFoundError"
                | "NoSuchObjectLockConfiguration"
                | "NotImplemented" => Ok(None),
                _ => Err(self.refused(&answer, "show its lock (s3:GetBucketObjectLockConfiguration)")),
            };
        }
        let retention = answer.parsed::<LockConfiguration>()?.rule.and_then(|rule| rule.default_retention);
        Ok(retention.map(|lock| (lock.mode, lock.days.unwrap_or(0).max(lock.years.unwrap_or(0) * 365))))
    }

    /// How long a version is locked, if it is.
    pub(super) async fn retention(&self, key: &str, version: &str) -> Result<Option<Retention>> {
        let answer = self.send(Method::GET, key, &[("retention", ""), ("versionId", version)], None).await?;
        match answer.code().as_str() {
            _ if answer.is_success() => Ok(Some(answer.parsed()?)),
            "NoSuchObjectLockConfiguration" | "ObjectLockConfigurationNotFoundError" => Ok(None),
            _ => Err(self.refused(&answer, "show how long a version is locked (s3:GetObjectRetention)")),
        }
    }

    /// Locks a version for longer. A store refuses to shorten.
    pub(super) async fn put_retention(&self, key: &str, version: &str, retention: &Retention) -> Result<()> {
        let until = retention.retain_until_date.to_rfc3339_opts(SecondsFormat::Secs, true);
        let body = format!(
            "<Retention xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Mode>{}</Mode><RetainUntilDate>{until}</RetainUntilDate></Retention>",
            retention.mode
        );
        let query = [("retention", ""), ("versionId", version)];
        let what = "lock a version for longer (s3:PutObjectRetention)";
        self.ask(Method::PUT, key, &query, Some(body.into()), what).await.map(|_| ())
    }

    /// Whether a version is under legal hold.
    pub(super) async fn legal_hold(&self, key: &str, version: &str) -> Result<bool> {
        let answer = self.send(Method::GET, key, &[("legal-hold", ""), ("versionId", version)], None).await?;
        match answer.code().as_str() {
            _ if answer.is_success() => Ok(answer.parsed::<LegalHold>()?.status == "ON"),
            // Never set, in the words of AWS and Ceph, and of SeaweedFS.
            "NoSuchObjectLockConfiguration"
            | "ObjectLockConfigurationNotFoundError"
            | "NoSuchObjectLegalHold" => Ok(false),
            _ => Err(self.refused(&answer, "show a legal hold (s3:GetObjectLegalHold)")),
        }
    }

    /// Puts a version under legal hold, or lifts it.
    pub(super) async fn put_legal_hold(&self, key: &str, version: &str, on: bool) -> Result<()> {
        let answer = self.try_legal_hold(key, version, on).await?;
        if answer.is_success() { Ok(()) } else { Err(self.refused(&answer, LEGAL_HOLD)) }
    }

    /// [`put_legal_hold`](Connection::put_legal_hold), whatever the answer is.
    pub(super) async fn try_legal_hold(&self, key: &str, version: &str, on: bool) -> Result<Answer> {
        let status = if on { "ON" } else { "OFF" };
        let body = format!(
            "<LegalHold xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>{status}</Status></LegalHold>"
        );
        let query = [("legal-hold", ""), ("versionId", version)];
        self.send(Method::PUT, key, &query, Some(body.into())).await
    }

    /// [`send`](Connection::send), where anything but success is an error; `what` names what the store refuses.
    async fn ask(
        &self,
        method: Method,
        key: &str,
        query: &[(&str, &str)],
        body: Option<Bytes>,
        what: &'static str,
    ) -> Result<Answer> {
        let answer = self.send(method, key, query, body).await?;
        if answer.is_success() { Ok(answer) } else { Err(self.refused(&answer, what)) }
    }

    pub(super) fn refused(&self, answer: &Answer, what: &'static str) -> Error {
        let (url, code) = (self.bucket.url(), answer.code());
        match code.as_str() {
            "NoSuchBucket" => BucketProblem::NoBucket(url).into(),
            "InvalidAccessKeyId"
            | "SignatureDoesNotMatch"
            | "InvalidToken"
            | "ExpiredToken"
            | "RequestTimeTooSkewed"
            | "AuthorizationHeaderMalformed"
            | "InvalidArgument"
                if [400, 403].contains(&answer.status) =>
            {
                BucketProblem::WrongCredentials(url, code).into()
            }
            _ if answer.status == 403 => BucketProblem::NotAllowed(url, what).into(),
            "NoSuchKey" | "NoSuchVersion" => Error::NotFound,
            _ => Error::unavailable(format!("{url}: HTTP {} {code}", answer.status)),
        }
    }

    /// Sends a signed request about `key` (below the prefix), or about the bucket where it is empty.
    pub(super) async fn send(
        &self,
        method: Method,
        key: &str,
        query: &[(&str, &str)],
        body: Option<Bytes>,
    ) -> Result<Answer> {
        let mut url = self.base().await?.to_owned();
        if !key.is_empty() {
            url = format!("{url}/{}", encoded(&format!("{}{key}", self.bucket.prefix), b"/"));
        }
        let query: Vec<_> =
            query.iter().map(|(name, value)| format!("{name}={}", encoded(value, b""))).collect();
        let url = format!("{url}?{}", query.join("&"));
        let mut attempt = 1;
        loop {
            match self.send_once(&method, &url, body.clone()).await {
                Ok(answer) if answer.status < 500 || attempt == ATTEMPTS => return Ok(answer),
                Err(error) if attempt == ATTEMPTS => return Err(error),
                _ => tokio::time::sleep(Duration::from_millis(150 * u64::from(attempt.pow(2)))).await,
            }
            attempt += 1;
        }
    }

    async fn send_once(&self, method: &Method, url: &str, body: Option<Bytes>) -> Result<Answer> {
        let mut request = Request::builder().method(method).uri(url);
        if let Some(body) = &body {
            let checksum = STANDARD.encode(Digest::of(body).as_bytes());
            request = request
                .header(HeaderName::from_static("x-amz-checksum-sha256"), checksum)
                .header(HeaderName::from_static("x-amz-sdk-checksum-algorithm"), "SHA256")
                .header(CONTENT_LENGTH, body.len());
        }
        let mut request = request.body(body.unwrap_or_default().into()).map_err(Error::unavailable)?;
        let credential = self.credential().await?;
        AwsAuthorizer::new(&credential, "s3", &self.region).try_authorize(&mut request, None)?;
        let away = |_| Error::from(BucketProblem::Unreachable(self.bucket.url()));
        let answer = self.http.execute(request).await.map_err(away)?;
        let status = answer.status().as_u16();
        let body = answer.into_body().bytes().await.map_err(away)?;
        Ok(Answer { status, body })
    }

    async fn credential(&self) -> Result<std::sync::Arc<object_store::aws::AwsCredential>> {
        let found = self.s3.credentials().get_credential();
        match tokio::time::timeout(Duration::from_secs(CREDENTIALS_SECONDS), found).await {
            Ok(Ok(credential)) => Ok(credential),
            _ => Err(BucketProblem::NoCredentials(self.bucket.url()).into()),
        }
    }

    /// The bucket's own address, as the object store makes it from its settings.
    async fn base(&self) -> Result<&str> {
        let base = self.base.get_or_try_init(|| async {
            self.credential().await?;
            let one = Path::from("x");
            let url = self.s3.signed_url(Method::GET, &one, Duration::from_secs(60)).await?;
            let path = url.path().trim_end_matches("/x").to_owned();
            Ok::<_, Error>(format!("{}{path}", url.origin().ascii_serialization()))
        });
        Ok(base.await?.as_str())
    }
}

/// Percent-encoded as signatures want it: everything but unreserved characters and those in `kept`.
fn encoded(text: &str, kept: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_delete_markers_are_read_in_any_order() {
        let page = "<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>p/b</NextKeyMarker>\
            <NextVersionIdMarker>7</NextVersionIdMarker><Prefix>p/</Prefix>\
            <DeleteMarker><Key>p/a</Key><VersionId>3</VersionId><IsLatest>true</IsLatest></DeleteMarker>\
            <Version><Key>p/a</Key><VersionId>2</VersionId><IsLatest>false</IsLatest><Size>1</Size></Version>\
            <DeleteMarker><Key>p/b</Key><VersionId>1</VersionId><IsLatest>false</IsLatest></DeleteMarker>\
            </ListVersionsResult>";
        let page: VersionsPage = quick_xml::de::from_str(page).unwrap();
        assert!(page.is_truncated);
        assert_eq!((page.versions.len(), page.delete_markers.len()), (1, 2));
        assert_eq!(page.next_version_id_marker.as_deref(), Some("7"));
        let empty = "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>";
        assert!(quick_xml::de::from_str::<VersionsPage>(empty).unwrap().versions.is_empty());
    }

    #[test]
    fn the_words_of_a_store_are_understood() {
        let lock = "<ObjectLockConfiguration xmlns=\"x\"><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>\
            <DefaultRetention><Mode>COMPLIANCE</Mode><Days>400</Days></DefaultRetention></Rule></ObjectLockConfiguration>";
        let lock: LockConfiguration = quick_xml::de::from_str(lock).unwrap();
        let lock = lock.rule.unwrap().default_retention.unwrap();
        assert_eq!((lock.mode, lock.days, lock.years), (LockMode::Compliance, Some(400), None));
        let until = "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2027-01-02T03:04:05.000Z</RetainUntilDate></Retention>";
        let until: Retention = quick_xml::de::from_str(until).unwrap();
        assert_eq!(until.mode, LockMode::Governance);
        let refusal = "<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>m</Message></Error>";
        let answer = Answer { status: 404, body: refusal.into() };
        assert_eq!(answer.code(), "NoSuchBucket");
    }

    #[test]
    fn keys_are_encoded_as_they_are_signed() {
        assert_eq!(encoded("p/0=ocfl_1.1 æ", b"/"), "p/0%3Docfl_1.1%20%C3%A6");
        assert_eq!(encoded("a/b", b""), "a%2Fb");
    }
}
