//! `make bench`: our figures beside a bare actix server's and beside other programs, where they are installed, in one
//! run.
//!
//! Only ratios of one run count: the sides take turns, the middle of the rounds is told, and CPU seconds stand beside
//! the wall clock's. `ROUNDS` (5), `PHOTOS` (48), `SMALL` (2000), `ENTRIES` (2000), `PACKAGE_MB` (1000) and `PAGES` (200)
//! make it longer, `ONLY=` and the name of a part shorter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod archive;
mod intake;
mod load;
mod package;
mod pages;
mod printed;
mod reference;
mod report;
mod run;
mod side;
mod uploads;

/// One part of the bench: its rows of the table.
type Part = fn() -> Vec<report::Row>;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("reference") => reference::serve(),
        _ => {
            let chosen = std::env::var("ONLY").unwrap_or_default();
            let parts: [(&str, Part); 6] = [
                ("intake", intake::measure),
                ("uploads", uploads::measure),
                ("archive", archive::measure),
                ("package", package::measure),
                ("pages", pages::measure),
                ("printed", printed::measure),
            ];
            let asked = parts.iter().filter(|(name, _)| chosen.is_empty() || chosen == *name);
            let mut rows = Vec::new();
            report::heading();
            for (_, measure) in asked {
                // Told as it comes: what is broken off has its figures all the same.
                let measured = measure();
                report::print(&measured);
                rows.extend(measured);
            }
            report::write(&rows);
        }
    }
}
