//! A page of documentation made of real requests: each is shown as the `curl` command that was run, with the answer that
//! came back.

mod json;
mod stand_ins;

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::symlink;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use self::json::Json;
use self::stand_ins::StandIns;
use crate::instance::{Instance, lossy};
use crate::oracle::here;
use crate::wait::until;

/// Where `make demo` serves; the page's commands ask there.
const SHOWN_ORIGIN: &str = "http://127.0.0.1:8080";

/// The headers worth a reader's time, in the order they are shown.
const SHOWN_HEADERS: [&str; 14] = [
    "content-type",
    "content-range",
    "content-disposition",
    "location",
    "retry-after",
    "www-authenticate",
    "tus-resumable",
    "tus-version",
    "tus-extension",
    "tus-max-size",
    "upload-length",
    "upload-offset",
    "livsbog-media",
    "allow",
];

/// A request as the page shows it. Paths, headers and bodies may name the shell's variables.
pub struct Call {
    method: &'static str,
    path: &'static str,
    title: Option<&'static str>,
    says: &'static str,
    token: Option<&'static str>,
    arguments: Vec<String>,
    input: Input,
    target: Option<&'static str>,
    until: &'static str,
    keeps: Option<(&'static str, &'static str)>,
    as_if: Vec<(&'static str, Value)>,
}

/// What the command reads.
enum Input {
    Nothing,
    Text(&'static str),
    Pipe(&'static str),
}

/// `GET` of a path.
pub fn get(path: &'static str) -> Call {
    call("GET", path)
}

/// `POST` to a path.
pub fn post(path: &'static str) -> Call {
    call("POST", path)
}

/// A request by any method.
pub fn call(method: &'static str, path: &'static str) -> Call {
    Call {
        method,
        path,
        title: None,
        says: "",
        token: Some("TOKEN"),
        arguments: Vec::new(),
        input: Input::Nothing,
        target: None,
        until: "HTTP/",
        keeps: None,
        as_if: Vec::new(),
    }
}

impl Call {
    /// A heading other than the call itself: for a second look at the same call.
    pub fn titled(self, title: &'static str) -> Self {
        Self { title: Some(title), ..self }
    }

    /// Words after the summary in the OpenAPI document.
    pub fn says(self, says: &'static str) -> Self {
        Self { says, ..self }
    }

    /// By whom: the variable that holds the token.
    pub fn by(self, token: &'static str) -> Self {
        Self { token: Some(token), ..self }
    }

    /// By nobody.
    pub fn open(self) -> Self {
        Self { token: None, ..self }
    }

    pub fn header(mut self, header: &str) -> Self {
        self.arguments.push(format!("-H \"{header}\""));
        self
    }

    pub fn json(self, text: &'static str) -> Self {
        let mut call = self.header("Content-Type: application/json");
        call.arguments.push("--data-binary @- <<END".into());
        Self { input: Input::Text(text), ..call }
    }

    /// A file as the form's field `file`.
    pub fn file(mut self, path: &str) -> Self {
        self.arguments.push(format!("-F file=@{path}"));
        self
    }

    /// A body that another command writes.
    pub fn body_of(mut self, command: &'static str) -> Self {
        self.arguments.push("--data-binary @-".into());
        Self { input: Input::Pipe(command), ..self }
    }

    /// The answer's body goes into a file: nobody wants a picture in the terminal.
    pub fn into_file(self, name: &'static str) -> Self {
        Self { target: Some(name), ..self }
    }

    /// Asked again until the answer has these words: what is made in the background takes its time.
    pub fn until(self, words: &'static str) -> Self {
        Self { until: words, ..self }
    }

    /// The answer's member or header is this variable from here on.
    pub fn keep(self, variable: &'static str, from: &'static str) -> Self {
        Self { keeps: Some((variable, from)), ..self }
    }

    /// A member that is another one tomorrow is shown like this.
    pub fn as_if(mut self, member: &'static str, value: impl Into<Value>) -> Self {
        self.as_if.push((member, value.into()));
        self
    }

    fn command(&self) -> String {
        let target = self.target.map(|file| format!("curl -D - -o {file}"));
        let mut first = target.unwrap_or_else(|| "curl -i".into());
        match self.method {
            "GET" => {}
            "HEAD" => first = "curl -I".into(),
            other => first += &format!(" -X {other}"),
        }
        let host = if self.path.starts_with('/') { "$LIVSBOG" } else { "" };
        let mut lines = vec![format!("{first} \"{host}{}\"", self.path)];
        lines.extend(self.token.map(|token| format!("-H \"Authorization: Bearer ${token}\"")));
        lines.extend(self.arguments.iter().cloned());
        let command = lines.join(" \\\n  ");
        match self.input {
            Input::Nothing => command,
            Input::Text(text) => format!("{command}\n{}\nEND", text.trim()),
            Input::Pipe(writer) => format!("{writer} |\n{command}"),
        }
    }
}

/// What came back.
struct Answered {
    status: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answered {
    fn parse(raw: &[u8]) -> Self {
        let end = raw.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("an HTTP answer");
        let head = lossy(&raw[..end]);
        let (status, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
        if status.starts_with("HTTP/1.1 1") {
            return Self::parse(&raw[end + 4..]);
        }
        let headers = headers.lines().filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        Self { status: status.to_owned(), headers, body: raw[end + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A walk through the service, one call after another, written down as it goes.
pub struct Walk {
    instance: Instance,
    folder: TempDir,
    /// What a reader types first.
    preparation: &'static str,
    kept: BTreeMap<&'static str, String>,
    /// The calls of the served OpenAPI document with their summaries.
    served: BTreeMap<String, String>,
    shown: BTreeSet<String>,
    stand_ins: StandIns,
    page: String,
}

impl Walk {
    /// Begins a page with an introduction. Commands run where `demo/` and `livsbog-data/` are, as at the repository's top.
    pub fn begin(instance: Instance, introduction: &str, preparation: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        symlink(here("../demo"), folder.path().join("demo")).unwrap();
        symlink(&instance.data, folder.path().join("livsbog-data")).unwrap();
        let served = served_calls(&instance);
        let page = introduction.replace("PREPARATION", preparation.trim());
        Self {
            instance,
            folder,
            preparation,
            kept: BTreeMap::new(),
            served,
            shown: BTreeSet::new(),
            stand_ins: StandIns::default(),
            page,
        }
    }

    pub fn chapter(&mut self, title: &str, says: &str) {
        self.page += &format!("\n## {title}\n\n{says}\n");
    }

    /// Makes a call and writes it down.
    #[track_caller]
    pub fn show(&mut self, call: Call) {
        let name = self.name_of(&call);
        let heading = call.title.unwrap_or(&name);
        let summary = if call.title.is_some() { "" } else { &self.served[&name] };
        let says = format!("{summary} {}", call.says);
        let command = call.command();
        let answer = self.run(&call, &command);
        let told = self
            .stand_ins
            .put_into(heading, &told(&call, &answer).replace(&self.instance.origin, SHOWN_ORIGIN));
        self.page += &format!("\n### {heading}\n\n{}\n\n```sh\n{command}\n```\n", says.trim());
        self.page += &format!("\n```http\n{}\n```\n", told.trim_end());
        if let Some((variable, from)) = call.keeps {
            self.keep(variable, from, &answer);
        }
        self.shown.insert(name);
    }

    /// The finished page, when it shows every call that is served.
    #[track_caller]
    pub fn page(self) -> String {
        let missing: Vec<&String> = self.served.keys().filter(|name| !self.shown.contains(*name)).collect();
        assert!(missing.is_empty(), "served, but not shown in docs/API.md: {missing:#?}");
        self.page
    }

    fn keep(&mut self, variable: &'static str, from: &str, answer: &Answered) {
        let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let value = body[from].as_str().unwrap_or_else(|| answer.header(&from.to_lowercase())).to_owned();
        assert!(!value.is_empty(), "the answer has no {from}");
        self.page += &format!("\nFrom here on `{variable}` is this answer's `{from}`.\n");
        self.kept.insert(variable, value);
    }

    fn run(&self, call: &Call, command: &str) -> Answered {
        let kept: String = self.kept.iter().map(|(name, value)| format!("{name}='{value}'\n")).collect();
        let script = format!("{}\n{kept}\n{command}\n", self.preparation);
        let script = script.replace(SHOWN_ORIGIN, &self.instance.origin);
        until(call.until, || {
            let output =
                Command::new("sh").args(["-c", &script]).current_dir(self.folder.path()).output().unwrap();
            assert!(output.status.success(), "{command}\n{}", lossy(&output.stderr));
            lossy(&output.stdout).contains(call.until).then(|| Answered::parse(&output.stdout))
        })
    }

    /// Which of the served calls this is: `GET /api/v1/children/{child}`.
    #[track_caller]
    fn name_of(&self, call: &Call) -> String {
        let path = self
            .kept
            .iter()
            .fold(call.path.to_owned(), |path, (name, value)| path.replace(&format!("${name}"), value));
        let path = path.trim_start_matches(self.instance.origin.as_str());
        let path = path.split('?').next().unwrap_or_default();
        let is_this = |name: &&String| {
            let Some((method, template)) = name.split_once(' ') else { return false };
            let mut segments = template.split('/').zip(path.split('/'));
            method == call.method
                && template.split('/').count() == path.split('/').count()
                && segments.all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
        };
        let name = self.served.keys().find(is_this);
        name.unwrap_or_else(|| panic!("shown in docs/API.md, but not served: {} {path}", call.method)).clone()
    }
}

fn served_calls(instance: &Instance) -> BTreeMap<String, String> {
    let document = instance.stranger().get("/api/v1/openapi.json").expect(200).json();
    let paths = document["paths"].as_object().expect("paths");
    let calls = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter().filter(|(_, call)| call["responses"].is_object());
        methods.map(move |(method, call)| {
            let summary = call["summary"].as_str().unwrap_or_default().to_owned();
            (format!("{} {path}", method.to_uppercase()), summary)
        })
    });
    calls.collect()
}

fn told(call: &Call, answer: &Answered) -> String {
    let mut told = format!("{}\n", answer.status);
    for name in SHOWN_HEADERS {
        if let Some(value) = answer.headers.get(name) {
            told += &format!("{name}: {value}\n");
        }
    }
    let body = match (call.target, answer.header("content-type")) {
        (Some(file), _) => format!("[the bytes are in {file}]"),
        (None, kind) if kind.ends_with("json") => told_json(call, &answer.body),
        (None, _) => told_text(&lossy(&answer.body)),
    };
    if body.is_empty() { told } else { format!("{told}\n{body}") }
}

fn told_json(call: &Call, body: &[u8]) -> String {
    let mut json: Json = serde_json::from_slice(body).expect("the answer says it is JSON");
    json.each("", &mut |name, value| {
        if let Some((_, shown)) = call.as_if.iter().find(|(member, _)| *member == name) {
            *value = Json::Leaf(shown.clone());
        }
        if let Json::Leaf(Value::String(text)) = value {
            match (name, text.split_once('\n')) {
                ("receipt", Some((form, _))) => *text = format!("{form}\n[...]"),
                ("next_cursor", _) => *text = "[a cursor]".into(),
                ("sign_in", _) => *text = "[an address that opens the service once]".into(),
                _ => {}
            }
        }
        value.shorten();
    });
    json.pretty(0)
}

/// Lines as they are, counts in them left out.
fn told_text(text: &str) -> String {
    let told = text.lines().map(|line| match line.rsplit_once(' ') {
        Some((before, count)) if count.parse::<f64>().is_ok() => format!("{before} [a number]"),
        _ => line.to_owned(),
    });
    told.collect::<Vec<_>>().join("\n")
}

/// Fails with the difference unless the committed file is this page; `RENEW_API_DOC=1` writes it instead.
#[track_caller]
pub fn check_committed(file: &str, page: &str) {
    let committed = here("..").join(file);
    if std::env::var_os("RENEW_API_DOC").is_some() {
        return std::fs::write(committed, page).unwrap();
    }
    let fresh = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(fresh.path(), page).unwrap();
    let difference = Command::new("diff").arg("-u").arg(&committed).arg(fresh.path()).output().unwrap();
    assert!(
        difference.status.success(),
        "{file} is not what the service answers. When the new answers are right:\n\
         RENEW_API_DOC=1 cargo nextest run -p tests -E 'binary(api_doc)'\n{}{}",
        lossy(&difference.stdout),
        lossy(&difference.stderr)
    );
}
