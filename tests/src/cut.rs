//! Requests that no well-behaved client sends: raw bytes, broken off or far too long.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::instance::{Instance, Persona};

/// How a raw upload went: what the server answered (maybe nothing) and how much it let itself be told first.
#[derive(Debug)]
pub struct RawAnswer {
    pub text: String,
    pub sent_bytes: u64,
}

impl RawAnswer {
    /// The status of the answer, when there was one.
    pub fn status(&self) -> Option<u16> {
        self.text.split_ascii_whitespace().nth(1)?.parse().ok()
    }
}

/// Announces a photo of `claimed_bytes`, sends `sent_bytes` of it and hangs up.
pub fn upload_cut_midway(instance: &Instance, who: &Persona, child: &str, photo: &[u8], sent_bytes: usize) {
    let mut line = open(instance);
    line.write_all(head(who, child, (opening().len() + photo.len() + CLOSING.len()) as u64).as_bytes())
        .unwrap();
    line.write_all(opening().as_bytes()).unwrap();
    line.write_all(&photo[..sent_bytes.min(photo.len())]).unwrap();
    line.flush().unwrap();
    line.shutdown(Shutdown::Both).unwrap();
}

/// Sends a JPEG's beginning and then zeros until `claimed_bytes` are sent or the server answers.
pub fn upload_endless(instance: &Instance, who: &Persona, child: &str, claimed_bytes: u64) -> RawAnswer {
    let mut line = open(instance);
    line.set_nonblocking(false).unwrap();
    line.write_all(head(who, child, claimed_bytes).as_bytes()).unwrap();
    line.write_all(opening().as_bytes()).unwrap();
    line.write_all(&[0xFF, 0xD8, 0xFF, 0xE0]).unwrap();
    let mut sent_bytes = 0u64;
    let chunk = vec![0u8; 64 * 1024];
    line.set_write_timeout(Some(Duration::from_secs(10))).unwrap();
    while sent_bytes < claimed_bytes && !answered(&line) && line.write_all(&chunk).is_ok() {
        sent_bytes += chunk.len() as u64;
    }
    let mut bytes = Vec::new();
    line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let _ = line.read_to_end(&mut bytes);
    RawAnswer { text: crate::instance::lossy(&bytes), sent_bytes }
}

const CLOSING: &str = "\r\n--livsbog--\r\n";

fn opening() -> String {
    "--livsbog\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n".to_owned()
}

fn head(who: &Persona, child: &str, length: u64) -> String {
    format!(
        "POST /api/v1/children/{child}/media HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Connection: close\r\nContent-Type: multipart/form-data; boundary=livsbog\r\nContent-Length: {length}\r\n\r\n",
        who.token
    )
}

fn open(instance: &Instance) -> TcpStream {
    TcpStream::connect(instance.origin.trim_start_matches("http://")).unwrap()
}

fn answered(line: &TcpStream) -> bool {
    line.set_nonblocking(true).unwrap();
    let waiting = line.peek(&mut [0u8; 1]);
    line.set_nonblocking(false).unwrap();
    waiting.is_ok()
}
