//! A picture with spots of it covered: made anew from its pixels, so that nothing of what was there is left in the file.

use image::{DynamicImage, GenericImageView};

use super::PictureError;
use super::decode::decode;
use super::renditions::{Rendition, encode};

/// Dark, and not quite black: a cover is to be seen as one.
const INK: [u8; 3] = [38, 34, 32];
const QUALITY: u8 = 90;

/// A rectangle in thousandths of a picture's width and height, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// From the left edge.
    pub left: u32,
    /// From the upper edge.
    pub top: u32,
    /// To the right.
    pub width: u32,
    /// Downwards.
    pub height: u32,
}

/// The picture as a JPEG, upright, in sRGB, as large as it is, without metadata, the pixels under `spots` replaced.
/// The covering is done before the JPEG is made: nothing under a spot reaches it.
///
/// # Errors
/// [`PictureError`] when no decoder here reads it.
pub fn covered(bytes: &[u8], spots: &[Spot]) -> Result<Rendition, PictureError> {
    let pixels = decode(bytes)?.finish();
    encode(&cover(pixels, spots), QUALITY)
}

/// What lies within a spot, as a JPEG by itself.
///
/// # Errors
/// [`PictureError`] when no decoder here reads it.
pub fn cut_out(bytes: &[u8], spot: Spot) -> Result<Rendition, PictureError> {
    let pixels = decode(bytes)?.finish();
    let (width, height) = pixels.dimensions();
    let (left, right) = edges(spot.left, spot.width, width);
    let (top, bottom) = edges(spot.top, spot.height, height);
    encode(&pixels.crop_imm(left, top, (right - left).max(1), (bottom - top).max(1)), QUALITY)
}

fn cover(pixels: DynamicImage, spots: &[Spot]) -> DynamicImage {
    let (width, height) = pixels.dimensions();
    let mut pixels = pixels.into_rgb8();
    for spot in spots {
        let (left, right) = edges(spot.left, spot.width, width);
        let (top, bottom) = edges(spot.top, spot.height, height);
        for y in top..bottom {
            for x in left..right {
                pixels.put_pixel(x, y, image::Rgb(INK));
            }
        }
    }
    pixels.into()
}

/// The first pixel and the one after the last, rounded outwards.
fn edges(from: u32, length: u32, of: u32) -> (u32, u32) {
    let at = |thousandths: u32| u64::from(thousandths.min(1000)) * u64::from(of);
    let end = at(from.saturating_add(length)).div_ceil(1000);
    (u32::try_from(at(from) / 1000).unwrap_or(of), u32::try_from(end).unwrap_or(of).min(of))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, Rgb, RgbImage};

    use super::*;

    fn picture() -> Vec<u8> {
        let stripes = |x: u32, y: u32| {
            if (x / 4 + y / 4).is_multiple_of(2) { Rgb([250, 20, 20]) } else { Rgb([20, 250, 20]) }
        };
        let mut png = Cursor::new(Vec::new());
        RgbImage::from_fn(200, 100, stripes).write_to(&mut png, ImageFormat::Png).unwrap();
        png.into_inner()
    }

    #[test]
    fn under_a_spot_is_one_colour_and_beside_it_the_picture() {
        let spot = Spot { left: 250, top: 200, width: 500, height: 601 };
        let made = covered(&picture(), &[spot]).unwrap();
        assert_eq!((made.width, made.height), (200, 100));
        let shown = image::load_from_memory(&made.jpeg).unwrap().into_rgb8();
        // Away from the edge by the sixteen pixels of a block, where JPEG mixes both sides.
        for (x, y) in (66..134).flat_map(|x| (36..65).map(move |y| (x, y))) {
            let close = shown.get_pixel(x, y).0.iter().zip(INK).all(|(is, was)| is.abs_diff(was) < 6);
            assert!(close, "{x},{y}: {:?}", shown.get_pixel(x, y));
        }
        assert!(shown.get_pixel(20, 50).0.iter().any(|channel| *channel > 150), "beside it is the picture");
    }

    #[test]
    fn a_spot_over_the_edge_ends_at_the_edge() {
        assert_eq!(edges(900, 500, 200), (180, 200));
        assert_eq!(edges(0, 1000, 3), (0, 3));
        assert_eq!(edges(333, 1, 3000), (999, 1002));
    }
}
