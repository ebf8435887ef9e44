#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;

use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, Rgb, RgbImage};
use lopdf::Document;

use super::*;
use crate::book::{AgeBand, Language};
use crate::layout::Size;
use crate::layout::sample::book;

/// A photo whose bytes can be recognised in a file, with a comment that must not be found there.
fn photo() -> Vec<u8> {
    let pixels = RgbImage::from_fn(160, 120, |x, y| Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, 90]));
    let mut plain = io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels).write_to(&mut plain, image::ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let mut file = plain[..2].to_vec();
    file.extend(b"\xFF\xE1\x00\x12Exif\0\0GPS here!!");
    file.extend(&plain[2..]);
    file
}

struct Album;

impl PictureSource for Album {
    fn original(&self, id: &str) -> Result<Option<Vec<u8>>, io::Error> {
        Ok(match id {
            "blad" => None,
            "blomst" => Some(b"no picture at all".to_vec()),
            _ => Some(photo()),
        })
    }
}

struct Broken;

impl PictureSource for Broken {
    fn original(&self, _: &str) -> Result<Option<Vec<u8>>, io::Error> {
        Err(io::Error::other("the chunk does not verify"))
    }
}

fn printed(band: AgeBand, language: Language) -> (Vec<u8>, PdfFacts) {
    let mut out = Vec::new();
    let facts = pdf(&book(band, language), Paper::default(), &Album, &mut out).unwrap();
    (out, facts)
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert_eq!(printed(AgeBand::From7, Language::Da), printed(AgeBand::From7, Language::Da));
    assert_ne!(printed(AgeBand::From7, Language::Da).0, printed(AgeBand::From10, Language::Da).0);
}

#[test]
fn a_jpeg_is_carried_over_and_its_camera_data_is_not() {
    let (file, facts) = printed(AgeBand::From10, Language::Da);
    let photo = photo();
    let data = &photo[photo.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap()..];
    assert!(holds(&file, data), "the picture data to the byte");
    assert!(!holds(&file, b"GPS here"));
    assert_eq!(facts.pictures, 4);
}

#[test]
fn a_picture_that_cannot_be_shown_is_named_and_replaced() {
    let (_, facts) = printed(AgeBand::From13, Language::Da);
    assert_eq!(facts.missing, ["blad", "blomst"]);
}

#[test]
fn a_picture_that_cannot_be_read_stops_the_book() {
    let made = pdf(&book(AgeBand::From7, Language::Da), Paper::default(), &Broken, &mut Vec::new());
    assert!(matches!(made, Err(PdfError::Picture(_))));
}

/// Counts what is written, and has room for so much.
struct Disk {
    written: Rc<Cell<usize>>,
    room: usize,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.written.get() + bytes.len();
        if written > self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.written.set(written);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Notes how much was written when each picture was asked for.
struct Watched {
    written: Rc<Cell<usize>>,
    asked: RefCell<Vec<usize>>,
}

impl PictureSource for Watched {
    fn original(&self, _: &str) -> Result<Option<Vec<u8>>, io::Error> {
        self.asked.borrow_mut().push(self.written.get());
        Ok(Some(photo()))
    }
}

fn watched(room: usize) -> (Result<PdfFacts, PdfError>, Vec<usize>) {
    let written = Rc::new(Cell::new(0));
    let source = Watched { written: Rc::clone(&written), asked: RefCell::default() };
    let book = book(AgeBand::Adult, Language::Da);
    let made = pdf(&book, Paper::default(), &source, &mut Disk { written, room });
    (made, source.asked.into_inner())
}

#[test]
fn a_picture_is_on_the_disk_before_the_next_is_asked_for() {
    let (made, asked) = watched(usize::MAX);
    assert_eq!(made.unwrap().pictures, asked.len());
    assert!(asked.len() > 2 && asked.windows(2).all(|two| two[0] + photo().len() / 2 < two[1]), "{asked:?}");
}

#[test]
fn a_full_disk_stops_the_book_and_nothing_more_is_asked_for() {
    let (_, asked) = watched(usize::MAX);
    let (made, until_full) = watched(asked[1] + 1);
    assert!(matches!(made, Err(PdfError::Write(_))));
    assert_eq!(until_full, asked[..2]);
}

#[test]
fn the_file_says_what_it_is_and_in_which_language() {
    for (language, tag) in [(Language::Da, b"da"), (Language::En, b"en")] {
        let document = Document::load_mem(&printed(AgeBand::Adult, language).0).unwrap();
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), tag);
        for key in [b"StructTreeRoot".as_slice(), b"Metadata", b"OutputIntents", b"Outlines"] {
            assert!(catalog.has(key), "{}", String::from_utf8_lossy(key));
        }
        let marked = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap();
        assert!(marked.as_bool().unwrap());
    }
}

#[test]
fn everything_drawn_is_either_in_the_structure_or_an_artifact() {
    let document = Document::load_mem(&printed(AgeBand::From3, Language::Da).0).unwrap();
    for page in document.get_pages().into_values() {
        let content = document.get_and_decode_page_content(page).unwrap();
        let mut depth = 0;
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => depth += 1,
                "EMC" => depth -= 1,
                "Tj" | "TJ" | "Do" | "f" | "S" | "B" => {
                    assert!(depth > 0, "{operation:?} outside marked content")
                }
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}

#[test]
fn danish_letters_are_read_back_from_the_file() {
    let document = Document::load_mem(&printed(AgeBand::From13, Language::Da).0).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).unwrap();
    for words in ["Da jeg blev født", "Kærlig hilsen farfar på Ærø.", "mågerne holdt øje med os"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn pictures_are_turned_as_their_camera_says() {
    let mut stored = RgbImage::new(2, 3);
    for (number, pixel) in stored.pixels_mut().enumerate() {
        *pixel = Rgb([number as u8 * 40, 0, 0]);
    }
    let stored = DynamicImage::ImageRgb8(stored);
    for orientation in 1..=8 {
        let mut shown = stored.clone();
        shown.apply_orientation(Orientation::from_exif(orientation).unwrap());
        let m: Vec<f32> = photos::upright(orientation).split(' ').map(|n| n.parse().unwrap()).collect();
        for (column, row, pixel) in stored.pixels() {
            let (x, y) = ((column as f32 + 0.5) / 2.0, 1.0 - (row as f32 + 0.5) / 3.0);
            let (sx, sy) = (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
            let at = ((sx * shown.width() as f32) as u32, ((1.0 - sy) * shown.height() as f32) as u32);
            assert_eq!(shown.get_pixel(at.0, at.1), pixel, "orientation {orientation}");
        }
    }
}

/// A page's box, in whole points.
fn page_box(document: &Document, page: lopdf::ObjectId, name: &[u8]) -> Vec<i64> {
    let page = document.get_dictionary(page).unwrap();
    let sides = page.get(name).unwrap().as_array().unwrap();
    sides.iter().map(|side| side.as_float().unwrap().round() as i64).collect()
}

#[test]
fn the_boxes_tell_the_printing_house_where_the_book_ends() {
    for (size, trim) in [(Size::A4, [595, 842]), (Size::A5, [420, 595]), (Size::Square, [595, 595])] {
        for bleed in [false, true] {
            let mut out = Vec::new();
            let paper = Paper { size, bleed };
            pdf(&book(AgeBand::From7, Language::Da), paper, &Album, &mut out).unwrap();
            let document = Document::load_mem(&out).unwrap();
            for page in document.get_pages().into_values() {
                let around = |name| page_box(&document, page, name);
                if !bleed {
                    for name in [b"MediaBox".as_slice(), b"BleedBox", b"TrimBox", b"CropBox"] {
                        assert_eq!(around(name), [0, 0, trim[0], trim[1]]);
                    }
                    continue;
                }
                // 10 mm of paper around the book, 3 of them printed.
                let paper = around(b"MediaBox");
                assert_eq!(paper[..2], [0, 0]);
                assert!((paper[2] - trim[0] - 57).abs() <= 1 && (paper[3] - trim[1] - 57).abs() <= 1);
                let cut = around(b"TrimBox");
                assert!((cut[0] - 28).abs() <= 1 && (cut[2] - cut[0] - trim[0]).abs() <= 1);
                let printed = around(b"BleedBox");
                assert!((cut[0] - printed[0] - 9).abs() <= 1 && (printed[3] - cut[3] - 8).abs() <= 1);
            }
        }
    }
}

/// A structure element with what it says about itself, and those below it.
fn tell(document: &Document, element: &lopdf::Object, depth: usize, told: &mut String) {
    let Ok((_, lopdf::Object::Dictionary(element))) = document.dereference(element) else { return };
    let Ok(role) = element.get(b"S").and_then(lopdf::Object::as_name) else { return };
    let text = |key| element.get(key).ok().and_then(|value| lopdf::decode_text_string(value).ok());
    let alt = text(b"Alt").map(|alt| format!(" \"{alt}\"")).unwrap_or_default();
    let language = text(b"Lang").map(|language| format!(" [{language}]")).unwrap_or_default();
    told.push_str(&format!("{:depth$}{}{alt}{language}\n", "", String::from_utf8_lossy(role)));
    for child in element.get(b"K").and_then(lopdf::Object::as_array).into_iter().flatten() {
        tell(document, child, depth + 2, told);
    }
}

#[test]
fn a_screen_reader_finds_the_parts_in_their_order_and_every_picture_described() {
    for (name, band) in [("tags_for_the_youngest", AgeBand::From3), ("tags_for_the_young", AgeBand::From13)] {
        let document = Document::load_mem(&printed(band, Language::Da).0).unwrap();
        let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
        let root = document.dereference(root).unwrap().1.as_dict().unwrap();
        let mut told = String::new();
        tell(&document, root.get(b"K").unwrap(), 0, &mut told);
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, told);
        });
    }
}
