//! The domain as values and pure functions: no I/O, no clock.

pub mod access;
pub mod claim;
pub mod contact;
pub mod disposal;
pub mod document;
pub mod entry;
pub mod fixity;
pub mod format;
pub mod gift;
pub mod goal;
pub mod ids;
pub mod kind;
pub mod life;
pub mod media_type;
pub mod meeting;
pub mod names;
pub mod own_package;
pub mod own_page;
pub mod ownership;
pub mod picture_code;
pub mod place;
pub mod redaction;
pub mod request;
pub mod role;
pub mod working_days;
