//! The HTTP interface as a client sees it.

use std::sync::LazyLock;
use std::time::Duration;

use reqwest::Method;
use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::{Client, ClientBuilder, RequestBuilder, Response};
use reqwest::header::HeaderMap;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::wait::until;

/// One for all who keep no cookies. No connection is kept, as programs are killed and started again at the same address.
pub static PLAIN: LazyLock<Client> = LazyLock::new(|| builder().pool_max_idle_per_host(0).build().unwrap());

/// Without the system's certificates: nothing is asked beyond the loopback, and to read them takes half a second each time.
pub fn builder() -> ClientBuilder {
    Client::builder().timeout(Duration::from_secs(120)).tls_certs_only([])
}

/// A caller with or without a token.
#[derive(Clone)]
pub struct Api {
    origin: String,
    token: Option<String>,
    /// The token of a browser's session against cross-site requests.
    csrf: Option<String>,
    http: Client,
}

/// What came back, read to the end.
#[derive(Debug)]
pub struct Answer {
    pub asked: String,
    pub status: u16,
    /// Where the answer came from, after any redirects.
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Api {
    /// A caller of `origin`; nobody when there is no token.
    pub fn new(origin: &str, token: Option<&str>) -> Self {
        let http = PLAIN.clone();
        Self { origin: origin.to_owned(), token: token.map(str::to_owned), csrf: None, http }
    }

    /// The same caller, without following redirects and keeping cookies: a browser's way.
    pub fn with_cookies(&self) -> Self {
        let http = builder().cookie_store(true).build().unwrap();
        Self { http, ..self.clone() }
    }

    /// A browser that has opened a sign-in link; none when the link opens nothing.
    pub fn signed_in(origin: &str, link: &str) -> Option<Self> {
        let stranger = Self::new(origin, None).with_cookies();
        let home = stranger.get(link);
        if home.status != 200 {
            assert_eq!(home.status, 404, "{}: {}", home.asked, home.excerpt());
            return None;
        }
        Some(stranger.with_form_of(&home))
    }

    /// The same browser, sending forms with the token that stands in a page it was given.
    pub fn with_form_of(&self, page: &Answer) -> Self {
        let page = page.text();
        let csrf = page.split("name=\"csrf\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        Self { csrf: csrf.map(str::to_owned), ..self.clone() }
    }

    /// The caller's token; empty for nobody.
    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap_or_default()
    }

    /// Sends a page's form with its token, following where it leads.
    pub fn send_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = ("csrf", self.csrf.as_deref().unwrap_or_default());
        let fields = fields.iter().copied().chain([csrf]);
        let body =
            fields.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
        let request = self.request(Method::POST, path);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(body);
        Self::send(request).unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// A request to `path` (or to an absolute link), with the caller's token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let link = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.origin) };
        let request = self.http.request(method, link);
        let request = match &self.csrf {
            Some(csrf) => request.header("X-CSRF-Token", csrf),
            None => request,
        };
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request made by [`Api::request`]; an error when the connection broke before the answer.
    pub fn send(request: RequestBuilder) -> reqwest::Result<Answer> {
        let (client, request) = request.build_split();
        let request = request?;
        let asked = format!("{} {}", request.method(), request.url().path());
        read(asked, client.execute(request)?)
    }

    pub fn get(&self, path: &str) -> Answer {
        Self::send(self.request(Method::GET, path)).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        Self::send(self.request(Method::POST, path).json(body))
            .unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Uploads one file; an error when the connection broke before the answer.
    pub fn try_upload(&self, child: &str, name: &str, bytes: &[u8]) -> reqwest::Result<Answer> {
        let form = Form::new().part("file", Part::bytes(bytes.to_vec()).file_name(name.to_owned()));
        Self::send(self.request(Method::POST, &format!("/api/v1/children/{child}/media")).multipart(form))
    }

    pub fn upload(&self, child: &str, name: &str, bytes: &[u8]) -> Answer {
        self.try_upload(child, name, bytes).unwrap_or_else(|error| panic!("upload {name}: {error}"))
    }

    /// Uploads a photo that must be taken in; gives its id after checking the digest in the answer.
    pub fn upload_ok(&self, child: &str, name: &str, bytes: &[u8]) -> String {
        let media = self.upload(child, name, bytes).expect(201).json();
        assert_eq!(media["sha256"], sha256(bytes), "the digest of the bytes as received");
        assert_eq!(media["size_bytes"], bytes.len());
        text(&media, "id")
    }

    pub fn post_entry(&self, child: &str, entry: &Value) -> Answer {
        self.post(&format!("/api/v1/children/{child}/entries"), entry)
    }

    /// A rendition, asked for until it is made.
    pub fn rendition(&self, media: &str, size: &str) -> Vec<u8> {
        let path = format!("/api/v1/media/{media}/{size}");
        until("the rendition", || {
            let answer = self.get(&path);
            match answer.status {
                202 => {
                    assert!(answer.headers.contains_key("retry-after"), "202 says when to ask again");
                    None
                }
                _ => Some(answer.expect(200).body),
            }
        })
    }

    /// Orders the PDF book and fetches it when it is ready.
    pub fn edition(&self, child: &str, age: u64) -> Vec<u8> {
        let order = serde_json::json!({ "age": age, "format": "pdf" });
        let ordered = self.post(&format!("/api/v1/children/{child}/editions"), &order).expect(202).json();
        let edition = text(&ordered, "id");
        until("the edition", || {
            let answer = self.get(&format!("/api/v1/editions/{edition}/file"));
            (answer.status != 409).then(|| answer.expect(200).body)
        })
    }

    /// Every item of a list, page by page.
    pub fn list(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next = path.to_owned();
        loop {
            let page = self.get(&next).expect(200).json();
            items.extend(page["items"].as_array().expect("items").iter().cloned());
            match page["next_cursor"].as_str() {
                Some(cursor) => {
                    next = format!("{path}{}cursor={cursor}", if path.contains('?') { '&' } else { '?' })
                }
                None => return items,
            }
        }
    }
}

impl Answer {
    /// The same answer, when it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.excerpt());
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{}: not JSON: {}", self.asked, self.excerpt()))
    }

    /// The answer's `code`, after checking that this is a refusal as RFC 9457 writes them.
    #[track_caller]
    pub fn refusal(self, status: u16) -> String {
        let answer = self.expect(status);
        let media_type = answer.header("content-type");
        assert!(media_type.starts_with("application/problem+json"), "{}: {media_type}", answer.asked);
        let problem = answer.json();
        let code = text(&problem, "code");
        assert!(
            !code.is_empty()
                && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        );
        assert_eq!(problem["status"].as_u64().unwrap_or(status.into()), u64::from(status));
        code
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    pub fn text(&self) -> String {
        crate::instance::lossy(&self.body)
    }

    fn excerpt(&self) -> String {
        self.text().chars().take(600).collect()
    }
}

fn read(asked: String, response: Response) -> reqwest::Result<Answer> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let path = response.url().path().to_owned();
    Ok(Answer { asked, status, path, headers, body: response.bytes()?.to_vec() })
}

fn encoded(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A string member that must be there.
#[track_caller]
pub fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_else(|| panic!("no {member} in {value}")).to_owned()
}

/// The digest as the interface writes it.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
