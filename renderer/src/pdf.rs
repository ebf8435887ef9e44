//! The book on paper: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
//!
//! printpdf draws the laid-out sheets and marks their content; a finishing pass adds what makes the file lasting and
//! accessible; pictures are fetched and written one at a time, so that memory does not grow with them. The same book
//! and pictures give the same bytes.

mod draw;
mod faces;
mod file;
mod finish;
mod marks;
mod meta;
mod photos;
mod tree;

use std::io::{self, Write};

use chrono::NaiveDate;

use self::finish::{Finished, finish};

use crate::book::{AgeBand, Book, Cloth, Language};
use crate::layout::{FacsimilePage, Layout, Paper, facsimile, layout, plain};
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
    write(&layout(book, &fonts, paper), &fonts, book, pictures, out)
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
    write(&plain(title, text, &fonts), &fonts, &alone(title, made_on), &NoPictures, out)
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
    write(&facsimile(title, pages), &fonts()?, &alone(title, made_on), pictures, out)
}

/// What is told of a paper that is no book.
fn alone(title: &str, made_on: NaiveDate) -> Book {
    Book {
        child: String::new(),
        title: title.to_owned(),
        child_name: String::new(),
        called_before: None,
        band: AgeBand::Adult,
        language: Language::Da,
        cover: None,
        cloth: Cloth::default(),
        municipality: String::new(),
        made_on,
        chapters: Vec::new(),
        hidden: Vec::new(),
    }
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

fn write(
    layout: &Layout,
    fonts: &Fonts,
    book: &Book,
    pictures: &dyn PictureSource,
    out: &mut dyn Write,
) -> Result<PdfFacts, PdfError> {
    let drawn = draw::draw(layout, fonts)?;
    let Finished { document, tree, root, photos } = finish(drawn, layout, book)?;
    let mut file = file::File::begin(out).map_err(PdfError::Write)?;
    file.document(&document).map_err(PdfError::Write)?;
    for (id, element) in tree.elements(root) {
        file.object(id, &element).map_err(PdfError::Write)?;
    }
    let missing = photos::write(&mut file, &photos, pictures)?;
    file.end(&document).map_err(PdfError::Write)?;
    Ok(PdfFacts { sheets: layout.sheets.len(), pictures: photos.len(), missing })
}

#[cfg(test)]
mod tests;
