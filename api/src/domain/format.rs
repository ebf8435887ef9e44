//! Which format a file has, exactly enough for somebody in fifty years: its PRONOM identifier (The National Archives, UK).

/// The PRONOM identifier of a file that begins with `head` and was told apart as `media_type`; nothing when that is too
/// little to tell the version by.
pub fn puid(head: &[u8], media_type: &str) -> Option<&'static str> {
    Some(match media_type {
        "image/jpeg" => jpeg(head)?,
        "image/png" => png(head),
        "image/gif" if head.starts_with(b"GIF87a") => "fmt/3",
        "image/gif" => "fmt/4",
        "image/tiff" => "fmt/353",
        "image/jp2" => "x-fmt/392",
        "image/webp" => match head.get(12..16)? {
            b"VP8 " => "fmt/566",
            b"VP8L" => "fmt/567",
            b"VP8X" => "fmt/568",
            _ => return None,
        },
        "image/heic" | "image/heif" => "fmt/1101",
        "image/avif" => "fmt/2062",
        "application/pdf" => pdf(head)?,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "fmt/412",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "fmt/214",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "fmt/215",
        "text/plain" => "x-fmt/111",
        "message/rfc822" => "fmt/278",
        "audio/mpeg" => "fmt/134",
        // PCM, in the plain form of the header.
        "audio/x-wav" | "audio/wav" if head.get(12..22)? == b"fmt \x10\0\0\0\x01\0" => "fmt/141",
        "video/quicktime" => "x-fmt/384",
        "video/mp4" => "fmt/199",
        _ => return None,
    })
}

/// By the segment after the first marker: JFIF with its version, or Exif with the version in its tag 0x9000.
fn jpeg(head: &[u8]) -> Option<&'static str> {
    if head.get(6..11) == Some(b"JFIF\0") && head.get(3) == Some(&0xe0) {
        return match head.get(11..13)? {
            [1, 0] => Some("fmt/42"),
            [1, 1] => Some("fmt/43"),
            [1, 2] => Some("fmt/44"),
            _ => None,
        };
    }
    if head.get(6..12) != Some(b"Exif\0\0") {
        return Some("fmt/41");
    }
    let version = |tag: &[u8; 8]| {
        let at = head.windows(tag.len()).position(|window| window == tag)?;
        head.get(at + tag.len()..at + tag.len() + 4)
    };
    match version(b"\x00\x90\x07\0\x04\0\0\0").or_else(|| version(b"\x90\0\0\x07\0\0\0\x04"))? {
        b"0200" => Some("x-fmt/398"),
        b"0210" => Some("x-fmt/390"),
        b"0220" => Some("x-fmt/391"),
        b"0221" => Some("fmt/645"),
        b"0230" | b"0231" | b"0232" => Some("fmt/1507"),
        _ => None,
    }
}

/// By the youngest kind of chunk before the picture itself; later ones are not looked for.
fn png(head: &[u8]) -> &'static str {
    let has = |kinds: &[&[u8; 4]]| {
        let mut at = 8;
        while let Some(chunk) = head.get(at..at + 8) {
            if kinds.iter().any(|kind| chunk[4..] == **kind) {
                return true;
            }
            let length = u32::from_be_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]) as usize;
            at = at.saturating_add(length).saturating_add(12);
        }
        false
    };
    if has(&[b"iTXt"]) {
        "fmt/13"
    } else if has(&[b"iCCP", b"sRGB", b"sPLT"]) {
        "fmt/12"
    } else {
        "fmt/11"
    }
}

fn pdf(head: &[u8]) -> Option<&'static str> {
    Some(match head.strip_prefix(b"%PDF-")?.get(..3)? {
        b"1.0" => "fmt/14",
        b"1.1" => "fmt/15",
        b"1.2" => "fmt/16",
        b"1.3" => "fmt/17",
        b"1.4" => "fmt/18",
        b"1.5" => "fmt/19",
        b"1.6" => "fmt/20",
        b"1.7" => "fmt/276",
        b"2.0" => "fmt/1129",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_that_is_cut_short_is_no_panic() {
        for media_type in
            ["image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf", "audio/wav"]
        {
            for head in
                [&b""[..], b"\xff\xd8\xff\xe1", b"%PDF-", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff", b"RIFF"]
            {
                let _ = puid(head, media_type);
            }
        }
    }

    #[test]
    fn an_exif_version_is_read_in_either_order_of_bytes() {
        let little =
            [&b"\xff\xd8\xff\xe1\0\x50Exif\0\0II*\0"[..], b"\x00\x90\x07\0\x04\0\0\x000221"].concat();
        let big = [&b"\xff\xd8\xff\xe1\0\x50Exif\0\0MM\0*"[..], b"\x90\0\0\x07\0\0\0\x040232"].concat();
        assert_eq!(puid(&little, "image/jpeg"), Some("fmt/645"));
        assert_eq!(puid(&big, "image/jpeg"), Some("fmt/1507"));
    }
}
