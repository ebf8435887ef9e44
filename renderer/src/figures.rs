//! Drawings in lines and colours, for the screen and for paper.

pub mod chapters;
pub mod denmark;
pub mod signs;
