//! A small load generator: the same request over and over on kept-alive connections.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a round of asking gave.
pub struct Load {
    pub per_second: f64,
    pub p99_ms: f64,
}

/// Asks `origin` for `path` on 16 connections for `span`; every answer must be 200.
pub fn ask_for(origin: &str, path: &str, headers: &str, span: Duration) -> Load {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
    let (over, answers) = (AtomicBool::new(false), AtomicU64::new(0));
    let started = Instant::now();
    let mut latencies: Vec<f64> = std::thread::scope(|scope| {
        let ask = || ask_until(&over, &answers, origin, request.as_bytes());
        let clients: Vec<_> = (0..16).map(|_| scope.spawn(ask)).collect();
        tests::wait::let_pass(span);
        over.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    let seconds = started.elapsed().as_secs_f64();
    latencies.sort_by(f64::total_cmp);
    let p99_ms = latencies.get(latencies.len() * 99 / 100).copied().unwrap_or(f64::NAN) * 1e3;
    Load { per_second: answers.into_inner() as f64 / seconds, p99_ms }
}

fn ask_until(over: &AtomicBool, answers: &AtomicU64, origin: &str, request: &[u8]) -> Vec<f64> {
    let mut line = TcpStream::connect(origin.trim_start_matches("http://")).unwrap();
    line.set_nodelay(true).unwrap();
    let mut latencies = Vec::new();
    let mut buffer = Vec::with_capacity(256 * 1024);
    while !over.load(Ordering::Relaxed) {
        let asked = Instant::now();
        line.write_all(request).unwrap();
        read_answer(&mut line, &mut buffer);
        latencies.push(asked.elapsed().as_secs_f64());
        answers.fetch_add(1, Ordering::Relaxed);
    }
    latencies
}

fn read_answer(line: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    let mut wanted = usize::MAX;
    let mut chunk = [0u8; 64 * 1024];
    while buffer.len() < wanted {
        let count = line.read(&mut chunk).unwrap();
        assert!(count > 0, "the server hung up");
        buffer.extend_from_slice(&chunk[..count]);
        if wanted == usize::MAX
            && let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n")
        {
            wanted = end + 4 + content_length(&buffer[..end]);
        }
    }
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let line = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    line.and_then(|length| length.trim().parse().ok()).unwrap_or_else(|| panic!("no length: {head}"))
}
