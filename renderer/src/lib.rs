//! A book of a life as value in, pages out. Pure: no SQL, no HTTP, no archive, no clock.
#![warn(missing_docs)]

pub mod book;
pub mod figures;
pub mod glossary;
pub mod html;
pub mod labels;
pub mod layout;
pub mod leaves;
pub mod pdf;
pub mod pictures;
pub mod readability;
pub mod spoken;
pub mod typeset;
