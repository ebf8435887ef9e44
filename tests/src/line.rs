//! A bad line between a browser and the program: a relay that breaks when told to.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::instance::Instance;

/// Where a browser reaches an instance through the line.
pub struct Line {
    pub origin: String,
    state: Arc<Mutex<State>>,
}

struct State {
    /// So much more goes through before it breaks.
    left_bytes: usize,
    /// So many more connections are refused after that.
    refusals: usize,
    sent_bytes: usize,
    open: Vec<TcpStream>,
}

impl Line {
    /// A line to `instance` that breaks when `bytes` have been sent over it, refuses the next `refusals` connections
    /// and then is as good as any.
    pub fn breaking_after(bytes: usize, refusals: usize, instance: &Instance) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let state = State { left_bytes: bytes, refusals, sent_bytes: 0, open: Vec::new() };
        let state = Arc::new(Mutex::new(state));
        let target = instance.origin.trim_start_matches("http://").to_owned();
        let relayed = state.clone();
        std::thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                relay(caller, &target, &relayed);
            }
        });
        Self { origin, state }
    }

    /// How much the browser sent and the program got.
    pub fn sent_bytes(&self) -> usize {
        self.state.lock().unwrap().sent_bytes
    }
}

fn relay(caller: TcpStream, target: &str, state: &Arc<Mutex<State>>) {
    let Ok(program) = TcpStream::connect(target) else { return };
    {
        let mut state = state.lock().unwrap();
        if state.left_bytes == 0 && state.refusals > 0 {
            state.refusals -= 1;
            return;
        }
        state.open.extend([caller.try_clone().unwrap(), program.try_clone().unwrap()]);
    }
    let (mut down_from, mut down_to) = (program.try_clone().unwrap(), caller.try_clone().unwrap());
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut down_from, &mut down_to);
        let _ = down_to.shutdown(Shutdown::Both);
    });
    let state = state.clone();
    std::thread::spawn(move || carry_up(caller, program, &state));
}

fn carry_up(mut caller: TcpStream, mut program: TcpStream, state: &Mutex<State>) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = caller.read(&mut buffer) {
        let passes = state.lock().unwrap().pass(read);
        if program.write_all(&buffer[..passes]).is_err() {
            break;
        }
        if passes < read {
            break_all(state.lock().unwrap());
        }
    }
    let _ = program.shutdown(Shutdown::Write);
}

fn break_all(mut state: MutexGuard<'_, State>) {
    for connection in state.open.drain(..) {
        let _ = connection.shutdown(Shutdown::Both);
    }
}

impl State {
    /// How many of `bytes` get through. Once it has broken, the line holds.
    fn pass(&mut self, bytes: usize) -> usize {
        let passes = if self.left_bytes == 0 { bytes } else { bytes.min(self.left_bytes) };
        self.left_bytes = self.left_bytes.saturating_sub(bytes);
        self.sent_bytes += passes;
        passes
    }
}
