//! From bytes to sRGB pixels, behind limits; a decoder that panics is an answer, not a crash.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{Format, Inspected, MAX_PIXELS, MAX_SIDE, PictureError, inspect};

/// Room for [`MAX_PIXELS`] in three bytes each.
const MAX_ALLOC_BYTES: u64 = 320 * 1024 * 1024;

/// Pixels as they lie in the file, and what remains to be done to them.
pub(super) struct Decoded {
    pub(super) pixels: DynamicImage,
    /// Not yet applied: it is cheaper after shrinking.
    pub(super) orientation: Orientation,
    /// The colour space of the pixels, where it is not sRGB.
    pub(super) profile: Option<ColorProfile>,
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let facts = inspect(Cursor::new(bytes), bytes.len() as u64)?;
    // Decoders share nothing with us that a panic could leave half-made.
    catch_unwind(AssertUnwindSafe(|| by_format(bytes, facts)))
        .unwrap_or_else(|_| Err(PictureError::Undecodable("the decoder panicked".into())))
}

fn by_format(bytes: &[u8], facts: Inspected) -> Result<Decoded, PictureError> {
    match facts.format {
        Format::Avif => Err(PictureError::Undecodable("no decoder for AV1 pictures".into())),
        Format::Heic => heic(bytes),
        Format::Jpeg => with_image(bytes, ImageFormat::Jpeg, facts.orientation),
        Format::Png => with_image(bytes, ImageFormat::Png, facts.orientation),
        Format::WebP => with_image(bytes, ImageFormat::WebP, facts.orientation),
        Format::Tiff => with_image(bytes, ImageFormat::Tiff, facts.orientation),
        Format::Gif => with_image(bytes, ImageFormat::Gif, facts.orientation),
    }
}

fn with_image(bytes: &[u8], format: ImageFormat, orientation: u8) -> Result<Decoded, PictureError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(undecodable)?;
    let profile = decoder.icc_profile().ok().flatten().and_then(|icc| wide_profile(&icc));
    let pixels = DynamicImage::from_decoder(decoder).map_err(undecodable)?;
    Ok(Decoded {
        pixels: opaque(pixels),
        orientation: Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms),
        profile,
    })
}

/// heifer turns the picture and converts it to sRGB by itself.
fn heic(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let options = heifer::Options { max_threads: 1, max_pixels: MAX_PIXELS };
    let picture = heifer::decode_srgb_rgba8(bytes, &options).map_err(undecodable)?;
    let (width, height) = (picture.width, picture.height);
    let pixels = RgbImage::from_raw(width, height, picture.into_rgb8())
        .ok_or_else(|| PictureError::Undecodable("the decoder gave too few pixels".into()))?;
    Ok(Decoded { pixels: pixels.into(), orientation: Orientation::NoTransforms, profile: None })
}

fn undecodable(cause: impl std::fmt::Display) -> PictureError {
    PictureError::Undecodable(cause.to_string())
}

/// Eight bits of grey or RGB; what was transparent shows the white of the page.
fn opaque(pixels: DynamicImage) -> DynamicImage {
    match pixels {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => pixels,
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(pixels.into_luma8()),
        other if other.color().has_alpha() => DynamicImage::ImageRgb8(on_white(other)),
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    }
}

fn on_white(pixels: DynamicImage) -> RgbImage {
    let source = pixels.into_rgba8();
    let mut flat = RgbImage::new(source.width(), source.height());
    for (to, from) in flat.pixels_mut().zip(source.pixels()) {
        let alpha = u16::from(from[3]);
        for channel in 0..3 {
            let mixed = u16::from(from[channel]) * alpha + 255 * (255 - alpha);
            to[channel] = ((mixed + 127) / 255) as u8;
        }
    }
    flat
}

/// The profile, where it is one of RGB that is visibly not sRGB. Grey and CMYK pictures arrive here as grey and RGB
/// already; their profiles no longer fit them.
pub(super) fn wide_profile(icc: &[u8]) -> Option<ColorProfile> {
    let profile = ColorProfile::new_from_slice(icc).ok()?;
    (profile.color_space == DataColorSpace::Rgb && !is_srgb(&profile)).then_some(profile)
}

/// Many profiles describe sRGB under many names: what counts is what they do to colours.
fn is_srgb(profile: &ColorProfile) -> bool {
    const PROBES: [u8; 21] =
        [255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128, 200, 120, 60, 40, 160, 90, 30, 30, 60];
    const NOT_VISIBLE: u8 = 3;
    let mut converted = PROBES;
    into_srgb(profile, &PROBES, &mut converted)
        && PROBES.iter().zip(converted).all(|(a, b)| a.abs_diff(b) <= NOT_VISIBLE)
}

/// Converts RGB samples; `false` where the profile cannot be used.
fn into_srgb(profile: &ColorProfile, from: &[u8], to: &mut [u8]) -> bool {
    let srgb = ColorProfile::new_srgb();
    profile
        .create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default())
        .and_then(|transform| transform.transform(from, to))
        .is_ok()
}

impl Decoded {
    /// Converts to sRGB and turns upright. Call it after shrinking.
    pub(super) fn finish(self) -> DynamicImage {
        let mut pixels = match (self.profile, self.pixels) {
            (Some(profile), DynamicImage::ImageRgb8(wide)) => {
                let mut narrow = RgbImage::new(wide.width(), wide.height());
                let done = into_srgb(&profile, &wide, &mut narrow);
                DynamicImage::ImageRgb8(if done { narrow } else { wide })
            }
            (_, pixels) => pixels,
        };
        pixels.apply_orientation(self.orientation);
        pixels
    }
}
