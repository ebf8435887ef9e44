//! What every end-to-end test stands on: an instance of the program, the people in it, and the outside judges.
//!
//! The tests know the program as outsiders do: its command line, its HTTP interface and the files it leaves. Nothing
//! here imports a crate of ours. A failing step panics with what was asked and what came back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a harness reports by panicking, and its scratch files need no durability"
)]

pub mod api_doc;
pub mod browser;
pub mod clamd;
pub mod client;
pub mod cut;
pub mod database;
pub mod disk;
pub mod family;
pub mod instance;
pub mod line;
pub mod oidc;
pub mod oracle;
pub mod photos;
pub mod places;
pub mod s3;
pub mod smtp;
pub mod stories;
pub mod taken;
mod template;
pub mod tidy;
pub mod tsa;
pub mod tus;
pub mod wait;
pub mod witness;

pub use browser::Browser;
pub use clamd::Clamd;
pub use client::{Answer, Api};
pub use database::{Database, Postgres};
pub use disk::Disk;
pub use family::Family;
pub use instance::{Instance, Persona};
pub use line::Line;
pub use s3::S3;
pub use smtp::Smtp;
pub use taken::Taken;
pub use wait::until;

/// A number from the environment, so that CI and a long night can run the same test: `KILLS=200`.
pub fn setting(name: &str, default: usize) -> usize {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name}={text} is not a number")),
        Err(_) => default,
    }
}
