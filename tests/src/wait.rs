//! The one place that waits.

use std::time::{Duration, Instant};

/// Asks again until `probe` gives a value; panics with `what` after two minutes.
pub fn until<T>(what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(120);
    loop {
        if let Some(value) = probe() {
            return value;
        }
        assert!(Instant::now() < deadline, "waited two minutes in vain for {what}");
        std::thread::sleep(Duration::from_millis(40));
    }
}

/// Lets `span` pass: the length of a power supply's life, in the tests that take it away.
pub fn let_pass(span: Duration) {
    std::thread::sleep(span);
}
