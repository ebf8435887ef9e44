//! Pictures, written late and one at a time.

use lopdf::{Object, ObjectId, Stream, dictionary};

use super::PdfError;
use super::file::File;
use crate::pictures::{PictureSource, PrintPicture, neutral_picture, print_picture};

/// A picture's place in the file.
pub(super) struct Photo {
    /// The media's id.
    pub(super) id: String,
    /// What pages call: a form one unit wide and high, that turns the picture upright.
    pub(super) form: ObjectId,
    /// The pixels.
    pub(super) image: ObjectId,
}

/// Fetches and writes every picture; answers the ids of those that could not be shown.
pub(super) fn write(
    file: &mut File,
    photos: &[Photo],
    source: &dyn PictureSource,
) -> Result<Vec<String>, PdfError> {
    let mut missing = Vec::new();
    for photo in photos {
        let original = source.original(&photo.id).map_err(PdfError::Picture)?;
        let picture = match original.and_then(|bytes| print_picture(&bytes).ok()) {
            Some(picture) => picture,
            None => {
                missing.push(photo.id.clone());
                stand_in()
            }
        };
        let form = form(&picture, photo.image);
        file.object(photo.image, &Object::Stream(image(picture))).map_err(PdfError::Write)?;
        file.object(photo.form, &Object::Stream(form)).map_err(PdfError::Write)?;
    }
    Ok(missing)
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

fn form(picture: &PrintPicture, image: ObjectId) -> Stream {
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 1.into(), 1.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "I" => image } },
    };
    let content = format!("q {} cm /I Do Q", upright(picture.orientation));
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
