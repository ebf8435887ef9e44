#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::Cursor;

use chrono::NaiveDate;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use proptest::prelude::*;

use super::*;

const HEIC: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/phone-gps-rotated.heic"));
const AVIF: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/tiny.avif"));
const WEBP: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/lossy-exif.webp"));

/// Red in the upper left corner, so that it can be told which way is up.
fn drawing(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([220, 30, 30]),
        (false, true) => Rgb([30, 200, 40]),
        (true, false) => Rgb([30, 40, 220]),
        (false, false) => Rgb([(x % 256) as u8, (y % 256) as u8, 128]),
    })
}

fn saved(pixels: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels.clone()).write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// An EXIF block with an orientation, a date and a GPS position.
fn camera_block(orientation: u16) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x03\0".to_vec();
    block.extend([0x12, 1, 3, 0, 1, 0, 0, 0]);
    block.extend(u32::from(orientation).to_le_bytes());
    block.extend([0x32, 1, 2, 0, 20, 0, 0, 0, 50, 0, 0, 0]);
    block.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 70, 0, 0, 0]);
    block.extend([0, 0, 0, 0]);
    block.extend(b"2026:08:03 14:05:00\0");
    block.extend([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
    block
}

fn phone_jpeg(width: u32, height: u32, orientation: u16) -> Vec<u8> {
    let plain = saved(&drawing(width, height), ImageFormat::Jpeg);
    let mut body = b"Exif\0\0".to_vec();
    body.extend(camera_block(orientation));
    let mut file = plain[..2].to_vec();
    file.extend([0xFF, 0xE1]);
    file.extend((body.len() as u16 + 2).to_be_bytes());
    file.extend(body);
    file.extend([0xFF, 0xFE, 0, 9]);
    file.extend(b"Secret!");
    file.extend(&plain[2..]);
    file
}

fn look(bytes: &[u8]) -> Result<Inspected, Refusal> {
    inspect(Cursor::new(bytes), bytes.len() as u64)
}

fn every_format() -> Vec<(Format, Vec<u8>)> {
    let picture = drawing(96, 64);
    vec![
        (Format::Jpeg, phone_jpeg(96, 64, 1)),
        (Format::Png, saved(&picture, ImageFormat::Png)),
        (Format::WebP, saved(&picture, ImageFormat::WebP)),
        (Format::WebP, WEBP.to_vec()),
        (Format::Gif, saved(&picture, ImageFormat::Gif)),
        (Format::Tiff, saved(&picture, ImageFormat::Tiff)),
        (Format::Heic, HEIC.to_vec()),
        (Format::Avif, AVIF.to_vec()),
    ]
}

#[test]
fn a_whole_picture_of_each_kind_is_recognised_by_its_content() {
    for (format, bytes) in every_format() {
        let seen = look(&bytes).unwrap_or_else(|refusal| panic!("{format:?}: {refusal}"));
        assert_eq!(seen.format, format);
        if format != Format::Heic {
            let (long, short) = (seen.width.max(seen.height), seen.width.min(seen.height));
            assert_eq!((long, short), (96, 64), "{format:?}");
        }
    }
}

#[test]
fn a_picture_cut_off_anywhere_is_refused() {
    for (format, bytes) in every_format() {
        for part in 0..20 {
            let cut = &bytes[..bytes.len() * part / 20];
            assert!(look(cut).is_err(), "{format:?} cut at {part}/20 was taken for whole");
        }
        let but_one = &bytes[..bytes.len() - 1];
        assert!(matches!(look(but_one), Err(Refusal::Truncated)), "{format:?} without its last byte");
    }
}

#[test]
fn a_progressive_jpeg_is_walked_scan_by_scan() {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.set_progressive(true);
    encoder.encode(drawing(96, 64).as_raw(), 96, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    assert!(look(&bytes).is_ok());
    for part in 0..20 {
        assert!(look(&bytes[..bytes.len() * part / 20]).is_err());
    }
}

#[test]
fn nothing_and_other_things_are_no_pictures() {
    assert!(matches!(look(b""), Err(Refusal::Empty)));
    for other in [b"%PDF-1.7\n".as_slice(), b"<svg xmlns=", b"#!/bin/sh\n", b"\0\0\0\x18ftypisom\0\0\0\0isom"]
    {
        assert!(matches!(look(other), Err(Refusal::NotAPicture)), "{other:?}");
    }
}

#[test]
fn a_header_that_promises_too_many_pixels_is_refused_before_anything_else() {
    let mut header = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    header.extend(70_000_u32.to_be_bytes());
    header.extend(70_000_u32.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    assert!(matches!(look(&header), Err(Refusal::TooManyPixels { width: 70_000, height: 70_000 })));
    assert!(within_limits(10_000, 10_000).is_ok());
    assert!(within_limits(10_001, 10_000).is_err());
    assert!(within_limits(MAX_SIDE + 1, 1).is_err());
}

#[test]
fn a_changed_byte_in_a_png_is_seen() {
    let mut bytes = saved(&drawing(96, 64), ImageFormat::Png);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert!(matches!(look(&bytes), Err(Refusal::Damaged)));
}

#[test]
fn a_phone_photo_tells_its_turning_and_its_moment() {
    let seen = look(&phone_jpeg(96, 64, 6)).unwrap();
    assert_eq!((seen.width, seen.height, seen.orientation), (64, 96, 6));
    let moment = NaiveDate::from_ymd_opt(2026, 8, 3).unwrap().and_hms_opt(14, 5, 0);
    assert_eq!(seen.taken_at, moment);
    let seen = look(WEBP).unwrap();
    assert_eq!((seen.orientation, seen.taken_at), (6, moment));
    let seen = look(HEIC).unwrap();
    assert_eq!((seen.width, seen.height, seen.orientation), (3024, 4032, 1));
    assert_eq!(seen.taken_at.map(|at| at.to_string()).as_deref(), Some("2018-12-05 13:32:01"));
}

/// The markers a JPEG carries, from SOI to SOS.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    let mut at = 2;
    loop {
        found.push(jpeg[at + 1]);
        if jpeg[at + 1] == 0xDA {
            return found;
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn assert_bare(jpeg: &[u8]) {
    let extra: Vec<u8> = markers(jpeg).into_iter().filter(|m| matches!(m, 0xE1..=0xEF | 0xFE)).collect();
    assert_eq!(extra, Vec::<u8>::new(), "metadata segments in a picture that is shown");
    for needle in [b"Exif".as_slice(), b"GPS", b"http://ns.adobe.com", b"ICC_PROFILE", b"Secret!", b"iPhone"]
    {
        assert!(!holds(jpeg, needle));
    }
}

#[test]
fn renditions_stand_upright_and_carry_no_metadata() {
    let made = renditions(&phone_jpeg(1000, 600, 6)).unwrap();
    assert_eq!((made.small.width, made.small.height), (192, 320));
    assert_eq!((made.medium.width, made.medium.height), (600, 1000), "never enlarged");
    assert_eq!(made.large, made.medium);
    for rendition in [&made.small, &made.medium, &made.large] {
        assert_bare(&rendition.jpeg);
        let seen = image::load_from_memory(&rendition.jpeg).unwrap().into_rgb8();
        assert_eq!((seen.width(), seen.height()), (rendition.width, rendition.height));
        // Turned a quarter clockwise: what lay upper left now lies upper right.
        let red = seen.get_pixel(rendition.width * 3 / 4, rendition.height / 4);
        assert!(red[0] > 180 && red[1] < 90, "{red:?}");
    }
}

#[test]
fn a_phones_heic_is_shown_upright_without_its_position() {
    let made = renditions(HEIC).unwrap();
    assert_eq!((made.large.width, made.large.height), (1536, 2048));
    assert_eq!((made.small.width, made.small.height), (240, 320));
    assert_bare(&made.large.jpeg);
}

#[test]
fn every_format_but_avif_gives_renditions() {
    for (format, bytes) in every_format() {
        match (format, renditions(&bytes)) {
            (Format::Avif, made) => assert!(matches!(made, Err(PictureError::Undecodable(_)))),
            (_, made) => assert!(made.unwrap().small.width <= 320, "{format:?}"),
        }
    }
    assert_bare(&neutral_picture().jpeg);
}

#[test]
fn colours_of_a_wide_profile_are_converted() {
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let red = RgbImage::from_pixel(64, 64, Rgb([200, 60, 60]));
    let mut tagged = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut tagged, 95);
    encoder.add_icc_profile(&p3).unwrap();
    encoder.encode(red.as_raw(), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let shown = image::load_from_memory(&renditions(&tagged).unwrap().large.jpeg).unwrap().into_rgb8();
    let pixel = shown.get_pixel(32, 32);
    assert!(pixel[0] > 208, "Display P3's red is stronger than sRGB's: {pixel:?}");
    let printed = print_picture(&tagged).unwrap();
    assert_ne!(printed.jpeg.len(), tagged.len());
    assert_bare(&printed.jpeg);
}

#[test]
fn an_srgb_jpeg_goes_into_print_with_its_picture_data_untouched() {
    let original = phone_jpeg(96, 64, 8);
    let printed = print_picture(&original).unwrap();
    assert_bare(&printed.jpeg);
    assert_eq!((printed.width, printed.height, printed.orientation, printed.components), (96, 64, 8, 3));
    let data = |jpeg: &[u8]| {
        let start = jpeg.windows(2).position(|w| w == [0xFF, 0xDA]).unwrap();
        jpeg[start..].to_vec()
    };
    assert_eq!(data(&printed.jpeg), data(&original));
    let before = image::load_from_memory(&original).unwrap();
    let after = image::load_from_memory(&printed.jpeg).unwrap();
    assert_eq!(before, after, "the same pixels as before");
}

#[test]
fn an_srgb_profile_under_another_name_is_no_reason_to_encode_anew() {
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let mut tagged = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut tagged, 90);
    encoder.add_icc_profile(&srgb).unwrap();
    encoder.encode(drawing(96, 64).as_raw(), 96, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let printed = print_picture(&tagged).unwrap();
    assert!(holds(&tagged, &printed.jpeg[printed.jpeg.len() / 2..]));
    assert_bare(&printed.jpeg);
}

#[test]
fn cmyk_and_other_formats_are_made_into_srgb_for_print() {
    let mut cmyk = Vec::new();
    let ink: Vec<u8> = [10, 180, 200, 20].repeat(96 * 64);
    jpeg_encoder::Encoder::new(&mut cmyk, 90).encode(&ink, 96, 64, jpeg_encoder::ColorType::Cmyk).unwrap();
    for bytes in [cmyk, saved(&drawing(96, 64), ImageFormat::Png), WEBP.to_vec(), HEIC.to_vec()] {
        let printed = print_picture(&bytes).unwrap();
        assert_eq!((printed.components, printed.orientation), (3, 1));
        assert_bare(&printed.jpeg);
    }
}

#[test]
fn what_comes_after_the_picture_stays_behind() {
    let mut film = phone_jpeg(96, 64, 1);
    film.extend(b"ftypmp42 a film with sound and GPS");
    let printed = print_picture(&film).unwrap();
    assert!(!holds(&printed.jpeg, b"film"));
    assert!(printed.jpeg.ends_with(&[0xFF, 0xD9]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever arrives is answered: no panic, no endless walk.
    #[test]
    fn damaged_pictures_are_answered(which in 0_usize..8, at in 0.0_f64..1.0, value: u8, cut in 0.0_f64..=1.0) {
        let (_, mut bytes) = every_format().swap_remove(which);
        bytes.truncate(64.max((bytes.len() as f64 * cut) as usize));
        let at = (bytes.len() as f64 * at) as usize;
        bytes[at] = value;
        let _ = look(&bytes);
    }
}
