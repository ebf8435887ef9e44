//! A book of two hundred pages with three hundred photographs as PDF, beside programs that set the same words and pictures:
//! pdflatex and typst, where they are installed. Theirs carries no tags and promises nothing; ours is PDF/A-2a and PDF/UA-1.

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use serde_json::json;
use tempfile::TempDir;
use tests::photos::Noise;
use tests::stories::{photo_entry, with};
use tests::{Instance, oracle, setting};

use crate::report::{Row, middle};
use crate::run::{Run, fresh, in_turns, row, run};

const WORDS: &str =
    "Vi gik ned til søen, og der var is på den. Bedstefar havde æblegrød med i en lille gryde. ";
/// A page's words: as many as fill what two photographs leave.
const TIMES: usize = 8;

pub fn measure() -> Vec<Row> {
    let peers: Vec<_> = [pdflatex(), typst()].into_iter().flatten().collect();
    if peers.is_empty() {
        return Vec::new();
    }
    let pages = setting("PAGES", 200);
    let photos: Vec<Vec<u8>> = (0..pages as u64 * 3 / 2).map(photograph).collect();
    let instance = Instance::demo();
    let child = lived(&instance, &photos, pages);
    let typed = typed(&photos, pages);
    let ours = || {
        let to = fresh();
        let book = ["book", "--child", &child, "--age", "17", "--format", "pdf", "--out"];
        (run(instance.command(&book).arg(to.path().join("book.pdf")), b""), to)
    };
    let what = format!("book as PDF, {pages} entries, {} photos", photos.len());
    let beside = |peer: &Peer| {
        let theirs = || {
            let mut set = Command::new(&peer.program);
            (run(set.args(peer.arguments).current_dir(typed.path()), b""), fresh())
        };
        let (ours, theirs) = in_turns(ours, theirs);
        [
            row((what.clone(), "books/s"), 1.0, &ours, (peer.name, &theirs), peer.wanted),
            memory(&what, &ours, peer.name, &theirs),
        ]
    };
    peers.iter().flat_map(beside).collect()
}

/// A program that sets a book, and how.
struct Peer {
    name: &'static str,
    program: std::path::PathBuf,
    arguments: &'static [&'static str],
    wanted: Option<f64>,
}

fn pdflatex() -> Option<Peer> {
    let arguments = &["-interaction=batchmode", "book.tex"];
    let peer = Peer { name: "pdflatex", program: "/usr/bin/pdflatex".into(), arguments, wanted: Some(1.0) };
    peer.program.exists().then_some(peer)
}

fn typst() -> Option<Peer> {
    let program = oracle::installed("venv/bin/python");
    let known =
        Command::new(&program).args(["-c", "import typst"]).status().is_ok_and(|status| status.success());
    let arguments = &["-c", "import typst; typst.compile('book.typ', output='typst.pdf')"];
    known.then_some(Peer { name: "typst", program, arguments, wanted: None })
}

fn memory(what: &str, ours: &[Run], peer: &str, theirs: &[Run]) -> Row {
    let most = |runs: &[Run]| middle(runs.iter().map(|run| run.megabytes));
    Row {
        what: format!("{what}: memory"),
        unit: "MB",
        ours: most(ours),
        ours_cpu_s: 0.0,
        peer: peer.to_owned(),
        theirs: most(theirs),
        theirs_cpu_s: 0.0,
        wanted: None,
    }
}

/// A picture of 1280 by 960 that takes about as many bytes as a photograph does, unlike every other.
fn photograph(seed: u64) -> Vec<u8> {
    let mut noise = Noise(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let picture = RgbImage::from_fn(1280, 960, |x, y| {
        let grain = (noise.draw() % 24) as u8;
        Rgb([(x / 8) as u8 / 2 + grain, (y / 6) as u8 / 2 + grain, 90 + grain])
    });
    let mut jpeg = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut jpeg, 82).encode_image(&picture).unwrap();
    jpeg.into_inner()
}

/// Which photographs stand on which page: one and two by turns.
fn on_page(page: usize) -> std::ops::Range<usize> {
    page * 3 / 2..(page + 1) * 3 / 2
}

/// Gives the pages to the demo's child of seventeen; its id.
fn lived(instance: &Instance, photos: &[Vec<u8>], pages: usize) -> String {
    let child = instance.child_reading_up_to(17).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    for page in 0..pages {
        let media = photos[on_page(page)].iter().map(|photo| mother.upload_ok(&child, "IMG.JPG", photo));
        let media: Vec<_> = media.collect();
        let entry = with(photo_entry("En dag ved søen", &WORDS.repeat(TIMES), ""), "media", json!(media));
        mother.post_entry(&child, &entry).expect(201);
    }
    child
}

/// The same for LaTeX and typst.
fn typed(photos: &[Vec<u8>], pages: usize) -> TempDir {
    let folder = fresh();
    for (number, photo) in photos.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.jpg")), photo).unwrap();
    }
    let words = WORDS.repeat(TIMES);
    let mut tex = String::from(
        "\\documentclass[11pt,a4paper]{article}\\usepackage[T1]{fontenc}\\usepackage{lmodern}\\usepackage[danish]{babel}\\usepackage{graphicx}\
         \\usepackage[margin=18mm]{geometry}\\begin{document}\n",
    );
    let mut typ =
        String::from("#set page(paper: \"a4\", margin: 18mm)\n#set text(size: 11pt, lang: \"da\")\n");
    for page in 0..pages {
        write!(tex, "\\newpage\\section*{{En dag ved søen}}{words}\n\n").unwrap();
        write!(typ, "#pagebreak(weak: true)\n= En dag ved søen\n{words}\n\n").unwrap();
        for number in on_page(page) {
            write!(tex, "\\includegraphics[height=80mm]{{{number}.jpg}}\n\n").unwrap();
            write!(typ, "#image(\"{number}.jpg\", height: 80mm)\n\n").unwrap();
        }
    }
    write(folder.path(), "book.tex", &(tex + "\\end{document}\n"));
    write(folder.path(), "book.typ", &typ);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}
