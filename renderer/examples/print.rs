//! Prints a book, for looking at: `cargo run -p renderer --example print -- BOOK.json PICTURES OUT.pdf [a4|a5|square]
//! [bleed]`. The book is the JSON of [`renderer::book::Book`]; pictures are files named by their ids.

use std::error::Error;
use std::io::{self, BufWriter};
use std::path::PathBuf;

use renderer::book::Book;
use renderer::layout::{Paper, Size};
use renderer::pictures::PictureSource;

struct Folder(PathBuf);

impl PictureSource for Folder {
    fn original(&self, id: &str) -> Result<Option<Vec<u8>>, io::Error> {
        match std::fs::read(self.0.join(id)) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [book, pictures, out, rest @ ..] = given.as_slice() else {
        return Err("usage: print BOOK.json PICTURES OUT.pdf [a4|a5|square] [bleed]".into());
    };
    let book: Book = serde_json::from_slice(&std::fs::read(book)?)?;
    let size = rest.iter().find_map(|word| Size::parse(word)).unwrap_or_default();
    let paper = Paper { size, bleed: rest.iter().any(|word| word == "bleed") };
    let mut file = BufWriter::new(std::fs::File::create(out)?);
    let facts = renderer::pdf::pdf(&book, paper, &Folder(pictures.into()), &mut file)?;
    println!("{} sheets, {} pictures, {} missing", facts.sheets, facts.pictures, facts.missing.len());
    Ok(())
}
