//! A picture in a format that lasts: baseline TIFF, the pixels as they are, upright, in sRGB.

use std::io::Cursor;

use image::ImageFormat;

use super::PictureError;
use super::decode::decode;

/// The picture as an uncompressed TIFF 6.0 with eight bits a sample, grey or RGB. What a camera wrote beside the picture is
/// not in it, nor more than eight bits of colour: both stay in the original.
///
/// # Errors
/// [`PictureError`] when no decoder here reads it.
pub fn preservation_copy(bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let pixels = decode(bytes)?.finish();
    let mut tiff = Cursor::new(Vec::new());
    pixels
        .write_to(&mut tiff, ImageFormat::Tiff)
        .map_err(|error| PictureError::Undecodable(error.to_string()))?;
    Ok(tiff.into_inner())
}
