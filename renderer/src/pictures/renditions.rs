//! What people see of a picture: upright sRGB JPEGs in three sizes, with no metadata at all.

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GenericImageView, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::PictureError;
use super::decode::{Decoded, decode};

/// Longest side of [`Renditions::small`], in pixels.
pub const SMALL_SIDE: u32 = 320;
/// Longest side of [`Renditions::medium`], in pixels.
pub const MEDIUM_SIDE: u32 = 1280;
/// Longest side of [`Renditions::large`], in pixels.
pub const LARGE_SIDE: u32 = 2048;

const QUALITY: u8 = 82;

/// One size of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// A JPEG file: JFIF and picture data, nothing else.
    pub jpeg: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A picture in the three sizes it is shown in; none is larger than the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renditions {
    /// At most [`SMALL_SIDE`].
    pub small: Rendition,
    /// At most [`MEDIUM_SIDE`].
    pub medium: Rendition,
    /// At most [`LARGE_SIDE`].
    pub large: Rendition,
}

/// Decodes once and makes each size from the one above it.
///
/// # Errors
/// [`PictureError::Undecodable`] where no decoder here reads the picture: show [`neutral_picture`] instead.
pub fn renditions(bytes: &[u8]) -> Result<Renditions, PictureError> {
    let decoded = decode(bytes)?;
    let shrunk = shrink(&decoded.pixels, LARGE_SIDE)?.unwrap_or(decoded.pixels);
    let large = Decoded { pixels: shrunk, ..decoded }.finish();
    let medium = shrink(&large, MEDIUM_SIDE)?;
    let medium = medium.as_ref().unwrap_or(&large);
    let small = shrink(medium, SMALL_SIDE)?;
    let small = small.as_ref().unwrap_or(medium);
    Ok(Renditions {
        small: encode(small, QUALITY)?,
        medium: encode(medium, QUALITY)?,
        large: encode(&large, QUALITY)?,
    })
}

/// A calm picture for the place of one that cannot be shown: a sun over hills, in the colours of the book.
pub fn neutral_picture() -> Rendition {
    const WIDTH: u32 = 640;
    const HEIGHT: u32 = 480;
    let pixels = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (fx, fy) = (x as f32 / WIDTH as f32, y as f32 / HEIGHT as f32);
        let near = 0.80 - 0.10 * (fx * 4.0).sin();
        let far = 0.66 - 0.08 * (fx * 3.0 + 1.4).cos();
        let sun = (x as f32 - 450.0).hypot(y as f32 - 170.0) < 58.0;
        image::Rgb(match () {
            () if fy > near => [201, 217, 198],
            () if fy > far => [220, 231, 218],
            () if sun => [244, 217, 168],
            () => [250, 244, 234],
        })
    });
    let jpeg = encode(&DynamicImage::ImageRgb8(pixels), QUALITY);
    jpeg.unwrap_or(Rendition { jpeg: Vec::new(), width: WIDTH, height: HEIGHT })
}

/// The picture with its longest side at `side`; nothing where it is small enough already.
fn shrink(pixels: &DynamicImage, side: u32) -> Result<Option<DynamicImage>, PictureError> {
    let (width, height) = pixels.dimensions();
    let longest = width.max(height);
    if longest <= side {
        return Ok(None);
    }
    let scaled = |length: u32| {
        ((u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest)).max(1) as u32
    };
    let mut smaller = DynamicImage::new(scaled(width), scaled(height), pixels.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new()
        .resize(pixels, &mut smaller, &options)
        .map_err(|cause| PictureError::Undecodable(cause.to_string()))?;
    Ok(Some(smaller))
}

/// A JPEG of grey or RGB pixels.
pub(super) fn encode(pixels: &DynamicImage, quality: u8) -> Result<Rendition, PictureError> {
    let (width, height) = pixels.dimensions();
    let too_large = |_| PictureError::TooManyPixels { width, height };
    let sides = (u16::try_from(width).map_err(too_large)?, u16::try_from(height).map_err(too_large)?);
    let kind = if pixels.color().has_color() { ColorType::Rgb } else { ColorType::Luma };
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder
        .encode(pixels.as_bytes(), sides.0, sides.1, kind)
        .map_err(|cause| PictureError::Undecodable(cause.to_string()))?;
    Ok(Rendition { jpeg, width, height })
}
