//! `make bench`: our figures beside a bare actix server's, and beside nginx where it is installed, in one run.
//!
//! Only ratios of one run count: the sides take turns, the middle of the rounds is told, and CPU seconds stand beside
//! the wall clock's. `ROUNDS` (5), `PHOTOS` (48) and `ENTRIES` (2000) make it longer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod archive;
mod load;
mod pages;
mod reference;
mod report;
mod side;
mod uploads;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("reference") => reference::serve(),
        _ => {
            let rows = [uploads::measure(), archive::measure(), pages::measure()].concat();
            report::print(&rows);
            report::write(&rows);
        }
    }
}
