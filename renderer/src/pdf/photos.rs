//! Pictures, fetched and written one at a time, each where it is first shown.

use std::collections::HashMap;

use lopdf::{ObjectId, Stream, dictionary};

use super::PdfError;
use super::file::File;
use crate::pictures::{PictureSource, PrintPicture, neutral_picture, print_picture};

pub(super) struct Photos<'a> {
    source: &'a dyn PictureSource,
    /// What pages call, by the media's id: a form one unit wide and high, that turns the picture upright.
    forms: HashMap<String, ObjectId>,
    /// Ids of those that could not be shown.
    pub(super) missing: Vec<String>,
}

impl<'a> Photos<'a> {
    pub(super) fn new(source: &'a dyn PictureSource) -> Self {
        Self { source, forms: HashMap::new(), missing: Vec::new() }
    }

    /// How many different ones there are.
    pub(super) fn count(&self) -> usize {
        self.forms.len()
    }

    /// The form of a picture, which is written when it is asked for first.
    pub(super) fn form(&mut self, file: &mut File, id: &str) -> Result<ObjectId, PdfError> {
        if let Some(form) = self.forms.get(id) {
            return Ok(*form);
        }
        let original = self.source.original(id).map_err(PdfError::Picture)?;
        let picture = match original.and_then(|bytes| print_picture(&bytes).ok()) {
            Some(picture) => picture,
            None => {
                self.missing.push(id.to_owned());
                stand_in()
            }
        };
        let orientation = picture.orientation;
        let image = file.add(image(picture))?;
        let form = file.add(form(orientation, image))?;
        self.forms.insert(id.to_owned(), form);
        Ok(form)
    }
}

fn stand_in() -> PrintPicture {
    let drawn = neutral_picture();
    PrintPicture { jpeg: drawn.jpeg, width: drawn.width, height: drawn.height, orientation: 1, components: 3 }
}

fn image(picture: PrintPicture) -> Stream {
    let space = if picture.components == 1 { "DeviceGray" } else { "DeviceRGB" };
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(picture.width),
        "Height" => i64::from(picture.height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
        "Filter" => "DCTDecode",
    };
    Stream::new(dict, picture.jpeg)
}

fn form(orientation: u8, image: ObjectId) -> Stream {
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 1.into(), 1.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "I" => image } },
    };
    let content = format!("q {} cm /I Do Q", upright(orientation));
    Stream::new(dict, content.into_bytes())
}

/// The matrix that turns a unit square of stored pixels upright (EXIF 2.32, tag 274; y points up in PDF).
pub(super) fn upright(orientation: u8) -> &'static str {
    match orientation {
        2 => "-1 0 0 1 1 0",
        3 => "-1 0 0 -1 1 1",
        4 => "1 0 0 -1 0 1",
        5 => "0 -1 -1 0 1 1",
        6 => "0 -1 1 0 0 1",
        7 => "0 1 1 0 0 0",
        8 => "0 1 -1 0 1 0",
        _ => "1 0 0 1 0 0",
    }
}
