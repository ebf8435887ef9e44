//! Pictures to send, and questions to pictures that came back.

use std::io::Cursor;
use std::path::PathBuf;

use image::{DynamicImage, ImageReader};

/// A 12-megapixel JPEG from a phone: GPS position in its EXIF, stored on its side (orientation 6), sky at the top.
pub const PHONE_PHOTO: &str = "phone-gps-rotated.jpg";

/// The bytes of a file in `tests/fixtures`.
pub fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names in `tests/fixtures` that end in `ending`.
pub fn fixtures_ending(ending: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let names =
        std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(ending)).collect()
}

/// A small valid JPEG that differs from every other `seed`'s by a comment segment.
pub fn distinct_jpeg(seed: u64, filler_bytes: usize) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let picture = DynamicImage::new_rgb8(64, 48);
    picture.write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    let mut noise = Noise(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut segments = Vec::new();
    let mut left = filler_bytes.max(8);
    while left > 0 {
        let length = left.min(60_000);
        segments.extend([0xFF, 0xFE]);
        segments.extend(u16::try_from(length + 2).unwrap().to_be_bytes());
        segments.extend((0..length).map(|_| noise.byte()));
        left -= length;
    }
    jpeg.splice(2..2, segments);
    jpeg
}

/// Repeatable noise (xorshift64): the same seed, the same bytes.
pub struct Noise(pub u64);

impl Noise {
    pub fn draw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.draw() % limit as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.draw().to_le_bytes()[3]
    }
}

/// A PNG whose header claims this size and holds next to nothing.
pub fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut png = Vec::new();
    DynamicImage::new_rgb8(1, 1).write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

pub fn decode(bytes: &[u8]) -> DynamicImage {
    ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .unwrap()
        .decode()
        .expect("a picture that decodes")
}

/// How light the upper and the lower quarter of a picture are, 0 to 255.
pub fn light_above_and_below(picture: &DynamicImage) -> (f64, f64) {
    let grey = picture.to_luma8();
    let quarter = grey.height() / 4;
    let mean = |rows: std::ops::Range<u32>| {
        let count = f64::from(rows.len() as u32 * grey.width());
        let sum: u64 = rows
            .flat_map(|y| (0..grey.width()).map(move |x| (x, y)))
            .map(|(x, y)| u64::from(grey[(x, y)].0[0]))
            .sum();
        sum as f64 / count
    };
    (mean(0..quarter), mean(grey.height() - quarter..grey.height()))
}

/// What a picture still tells besides its pixels: the name of each metadata block found.
pub fn metadata_in(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    if exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).is_ok() {
        found.push("EXIF".to_owned());
    }
    found.extend(jpeg_extras(bytes));
    for mark in
        [&b"Exif\0\0"[..], b"http://ns.adobe.com/xap", b"Photoshop 3.0", b"ICC_PROFILE", b"GPSLatitude"]
    {
        if contains(bytes, mark) {
            found.push(crate::instance::lossy(mark));
        }
    }
    found
}

/// Whether `needle` stands anywhere in `haystack`.
pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Application and comment segments of a JPEG, JFIF's own APP0 and Adobe's colour mark APP14 excepted.
fn jpeg_extras(bytes: &[u8]) -> Vec<String> {
    let mut extras = Vec::new();
    let mut at = 2;
    while bytes.starts_with(&[0xFF, 0xD8])
        && at + 4 <= bytes.len()
        && bytes[at] == 0xFF
        && bytes[at + 1] != 0xDA
    {
        let marker = bytes[at + 1];
        if matches!(marker, 0xE1..=0xED | 0xEF | 0xFE) {
            extras.push(format!("segment {marker:02X}"));
        }
        at += 2 + usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
    }
    extras
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_with_a_comment_is_seen_to_carry_metadata() {
        let jpeg = distinct_jpeg(7, 100);
        assert_eq!(metadata_in(&jpeg), ["segment FE"]);
        assert_ne!(jpeg, distinct_jpeg(8, 100));
        assert_eq!(decode(&jpeg).width(), 64);
    }

    #[test]
    fn a_claimed_size_is_what_a_reader_of_headers_sees() {
        let png = png_claiming(70_000, 70_000);
        let size =
            ImageReader::new(Cursor::new(&png)).with_guessed_format().unwrap().into_dimensions().unwrap();
        assert_eq!(size, (70_000, 70_000));
    }
}
