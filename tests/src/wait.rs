//! The one place that waits.

use std::time::{Duration, Instant};

/// Asks again until `probe` gives a value; panics with `what` after two minutes.
pub fn until<T>(what: &str, probe: impl FnMut() -> Option<T>) -> T {
    until_within(Duration::from_secs(120), what, probe)
}

/// The same for what may take longer.
pub fn until_within<T>(most: Duration, what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + most;
    loop {
        if let Some(value) = probe() {
            return value;
        }
        assert!(Instant::now() < deadline, "waited {} s in vain for {what}", most.as_secs());
        std::thread::sleep(Duration::from_millis(40));
    }
}

/// Lets `span` pass: the length of a power supply's life, in the tests that take it away.
pub fn let_pass(span: Duration) {
    std::thread::sleep(span);
}
