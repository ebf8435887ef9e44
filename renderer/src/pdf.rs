//! The book on paper: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
//!
//! Each sheet is drawn by printpdf and written as soon as it is laid out, with the pictures that are new on it; what makes the
//! file lasting and accessible comes at the end. What is kept until then is a few numbers for each sheet, so that memory
//! does not grow with pictures or words. The same book and pictures give the same bytes.

mod draw;
mod faces;
mod file;
mod marks;
mod meta;
mod photos;
mod printer;
mod tree;

use std::io::{self, Write};

use chrono::NaiveDate;

use self::printer::Printer;
use crate::book::{Book, Language};
use crate::layout::{FacsimilePage, Paper, facsimile, lay_out, plain};
use crate::pictures::PictureSource;
use crate::typeset::Fonts;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfFacts {
    /// Sides of paper.
    pub sheets: usize,
    /// Different pictures in it.
    pub pictures: usize,
    /// Ids of pictures whose bytes were absent or could not be decoded; a calm drawing stands in their place.
    pub missing: Vec<String>,
}

/// Why a book could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A picture is there and could not be read: the book would be less than it should be.
    #[error("a picture of the book could not be read")]
    Picture(#[source] io::Error),
    /// The output failed.
    #[error("the book could not be written")]
    Write(#[source] io::Error),
    /// The program's own fonts or drawing failed.
    #[error("the book could not be drawn: {0}")]
    Drawing(String),
}

/// Writes the book to `out`.
///
/// # Errors
/// [`PdfError`]; what has been written by then is no book and must be thrown away.
pub fn pdf(
    book: &Book,
    paper: Paper,
    pictures: &dyn PictureSource,
    out: &mut dyn Write,
) -> Result<PdfFacts, PdfError> {
    let fonts = fonts()?;
    let mut printer = Printer::begin(&fonts, paper, pictures, out)?;
    let structure = lay_out(book, &fonts, paper, &mut |number, sheet, so_far| {
        printer.sheet(number, sheet, so_far);
    });
    printer.end(&structure, About { title: &book.title, language: book.language, made_on: book.made_on })
}

/// Writes a text by itself to `out`, on A4: no book, no pictures.
///
/// # Errors
/// As [`pdf`].
pub fn text_pdf(
    title: &str,
    text: &str,
    made_on: NaiveDate,
    out: &mut dyn Write,
) -> Result<PdfFacts, PdfError> {
    let fonts = fonts()?;
    let mut printer = Printer::begin(&fonts, Paper::default(), &NoPictures, out)?;
    let structure = plain(title, text, &fonts, &mut |number, sheet, so_far| {
        printer.sheet(number, sheet, so_far);
    });
    printer.end(&structure, About { title, language: Language::Da, made_on })
}

/// Writes a paper page by page to `out`, each page as a picture of itself, on A4.
///
/// # Errors
/// As [`pdf`].
pub fn facsimile_pdf(
    title: &str,
    pages: &[FacsimilePage],
    made_on: NaiveDate,
    pictures: &dyn PictureSource,
    out: &mut dyn Write,
) -> Result<PdfFacts, PdfError> {
    let fonts = fonts()?;
    let mut printer = Printer::begin(&fonts, Paper::default(), pictures, out)?;
    let structure = facsimile(title, pages, &mut |number, sheet, so_far| {
        printer.sheet(number, sheet, so_far);
    });
    printer.end(&structure, About { title, language: Language::Da, made_on })
}

/// What a file says of itself.
#[derive(Clone, Copy)]
struct About<'a> {
    title: &'a str,
    language: Language,
    made_on: NaiveDate,
}

struct NoPictures;

impl PictureSource for NoPictures {
    fn original(&self, _id: &str) -> Result<Option<Vec<u8>>, io::Error> {
        Ok(None)
    }
}

fn fonts() -> Result<Fonts, PdfError> {
    Fonts::load().ok_or_else(|| PdfError::Drawing("a font file cannot be parsed".into()))
}

#[cfg(test)]
mod tests;
