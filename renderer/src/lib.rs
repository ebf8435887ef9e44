//! A book of a life as value in, pages out. Pure: no SQL, no HTTP, no archive, no clock.
#![warn(missing_docs)]

pub mod book;
