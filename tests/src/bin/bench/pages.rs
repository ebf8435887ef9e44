//! Pages of a book, signed in and recorded, beside the same bytes from memory and from nginx.

use std::time::Duration;

use tests::stories::tell;
use tests::{Instance, setting};

use crate::load::{Load, ask_for};
use crate::report::{Row, middle};
use crate::side::{Peer, cpu_seconds};

/// One contestant: where it listens, what to ask it, and what its rounds gave.
struct Contestant {
    name: &'static str,
    origin: String,
    path: String,
    headers: String,
    process: u32,
    rounds: Vec<(Load, f64)>,
}

impl Contestant {
    fn round(&mut self) {
        let before = cpu_seconds(self.process);
        let load = ask_for(&self.origin, &self.path, &self.headers, Duration::from_secs(3));
        self.rounds.push((load, cpu_seconds(self.process) - before));
    }

    fn rate(&self) -> f64 {
        middle(self.rounds.iter().map(|(load, _)| load.per_second))
    }

    fn cpu_s(&self) -> f64 {
        middle(self.rounds.iter().map(|(_, seconds)| *seconds))
    }

    fn peer(name: &'static str, peer: &Peer) -> Self {
        let (origin, process) = (peer.origin.clone(), peer.process_id());
        Self { name, origin, path: "/page".into(), headers: String::new(), process, rounds: Vec::new() }
    }
}

pub fn measure() -> Vec<Row> {
    let instance = Instance::demo();
    let child = instance.child_reading_up_to(9);
    let book = format!("/bog/{}", child.children[0]);
    let reader = Reader { origin: instance.origin.clone(), cookie: session_cookie(&child.sign_in) };
    let cover = reader.get(&book);
    let chapter = first_link(&cover, &format!("{book}/kapitel/"));
    let page = first_link(&reader.get(&chapter), &format!("{book}/side/"));
    let ours = |name, path: &str| Contestant {
        name,
        origin: instance.origin.clone(),
        path: path.to_owned(),
        headers: format!("Cookie: {}\r\n", reader.cookie),
        process: instance.process_id(),
        rounds: Vec::new(),
    };
    // A page shown before is given again while nothing changes; the cover is made anew each time.
    let mut rows = beside_peers(ours("book page, shown again", &page), &reader.get(&page), Some(0.5));
    rows.extend(beside_peers(ours("book cover, made anew", &book), &cover, None));
    rows.push(growing(&instance));
    rows
}

/// A cover made anew from thousands of entries beside one from few: it must cost no more.
fn growing(instance: &Instance) -> Row {
    let cover_of = |age, name, entries| {
        let child = instance.child_reading_up_to(age);
        tell(instance, &child.children[0], entries);
        let path = format!("/bog/{}", child.children[0]);
        let reader = Reader { origin: instance.origin.clone(), cookie: session_cookie(&child.sign_in) };
        let bytes = reader.get(&path).len();
        let headers = format!("Cookie: {}\r\n", reader.cookie);
        let (origin, process) = (reader.origin, instance.process_id());
        (Contestant { name, origin, path, headers, process, rounds: Vec::new() }, bytes)
    };
    let many_entries = setting("ENTRIES", 2_000);
    let (mut many, many_bytes) = cover_of(9, "many", many_entries);
    let (mut few, few_bytes) = cover_of(15, "few", 50);
    for _ in 0..setting("ROUNDS", 5) {
        many.round();
        few.round();
    }
    Row {
        what: format!("book cover of a child with {many_entries} entries more, {many_bytes} bytes"),
        unit: "pages/s",
        ours: many.rate(),
        ours_cpu_s: many.cpu_s(),
        peer: format!("ourselves with 50 more, {few_bytes} bytes"),
        theirs: few.rate(),
        theirs_cpu_s: few.cpu_s(),
        wanted: Some(0.9),
    }
}

/// A child's browser.
struct Reader {
    origin: String,
    cookie: String,
}

impl Reader {
    fn get(&self, path: &str) -> String {
        let asked = reqwest::blocking::Client::new().get(format!("{}{path}", self.origin));
        let answer = asked.header("cookie", &self.cookie).send().unwrap();
        answer.error_for_status().unwrap().text().unwrap()
    }
}

/// The first address in `html` that begins like this.
fn first_link(html: &str, beginning: &str) -> String {
    let at = html.find(beginning).unwrap_or_else(|| panic!("no link to {beginning}"));
    html[at..].split(['"', '?', '#']).next().unwrap().to_owned()
}

/// One page of ours and the same bytes from memory and from nginx, in turns.
fn beside_peers(ours: Contestant, page: &str, wanted: Option<f64>) -> Vec<Row> {
    let actix = Peer::actix(page);
    let nginx = Peer::nginx(page);
    let peers = [
        Some(Contestant::peer("actix, page in memory", &actix)),
        nginx.as_ref().map(|nginx| Contestant::peer("nginx static", nginx)),
    ];
    let mut contestants: Vec<Contestant> = std::iter::once(ours).chain(peers.into_iter().flatten()).collect();
    for _ in 0..setting("ROUNDS", 5) {
        contestants.iter_mut().for_each(Contestant::round);
    }
    rows(&contestants, page.len(), wanted)
}

fn rows(contestants: &[Contestant], page_bytes: usize, wanted: Option<f64>) -> Vec<Row> {
    let ours = &contestants[0];
    let beside = |peer: &Contestant| Row {
        what: format!("{}, {page_bytes} bytes, 16 connections", ours.name),
        unit: "pages/s",
        ours: ours.rate(),
        ours_cpu_s: ours.cpu_s(),
        peer: peer.name.to_owned(),
        theirs: peer.rate(),
        theirs_cpu_s: peer.cpu_s(),
        wanted: wanted.filter(|_| peer.name.starts_with("nginx")),
    };
    let p99 = Row {
        what: format!("{}, 99th percentile", ours.name),
        unit: "ms",
        ours: middle(ours.rounds.iter().map(|(load, _)| load.p99_ms)),
        ours_cpu_s: ours.cpu_s(),
        peer: "limit 10 ms".to_owned(),
        theirs: 10.0,
        theirs_cpu_s: 0.0,
        wanted: None,
    };
    contestants[1..].iter().map(beside).chain([p99]).collect()
}

/// Follows the sign-in link by hand and keeps what it sets.
fn session_cookie(link: &str) -> String {
    let http =
        reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = http.get(link).send().unwrap();
    let set = answer.headers().get_all("set-cookie").into_iter().filter_map(|value| value.to_str().ok());
    let cookies: Vec<&str> = set.filter_map(|value| value.split(';').next()).collect();
    assert!(!cookies.is_empty(), "the sign-in link sets a session");
    cookies.join("; ")
}
