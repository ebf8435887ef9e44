//! What a file is, told by its content and never by its name.

use crate::problem::Limited;

/// How much of the beginning of a file [`sniff`] wants to see.
pub const HEAD_BYTES: usize = 64 * 1024;

/// An accepted kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    pub media_type: &'static str,
    /// Which limit it falls under.
    pub family: Limited,
}

/// Tells the kind of a file from its first [`HEAD_BYTES`]; the error names what was found instead.
pub fn sniff(head: &[u8]) -> Result<Sniffed, String> {
    if let Some(found) = infer::get(head) {
        let media_type = match found.mime_type() {
            "video/webm" | "video/x-matroska" if is_sound_only(head) => "audio/webm",
            other => other,
        };
        return family(media_type)
            .map(|family| Sniffed { media_type, family })
            .ok_or_else(|| media_type.to_owned());
    }
    if let Some(media_type) = begun_picture(head) {
        return Ok(Sniffed { media_type, family: Limited::Photo });
    }
    if is_iso_media(head) {
        return Ok(Sniffed { media_type: "video/mp4", family: Limited::Recording });
    }
    sniff_text(head)
}

/// A browser records a voice as WebM too: its tracks are told in the first few hundred bytes, a film's codec is named `V_`.
fn is_sound_only(head: &[u8]) -> bool {
    let names = |kind: &[u8]| head.windows(kind.len()).any(|window| window == kind);
    (names(b"A_OPUS") || names(b"A_VORBIS"))
        && !["V_VP8", "V_VP9", "V_AV1", "V_MPEG"].iter().any(|video| names(video.as_bytes()))
}

/// Tells the kind of a preservation copy: what is taken in, and JPEG 2000, which archives keep and nobody's phone makes.
pub fn sniff_copy(head: &[u8]) -> Result<&'static str, String> {
    if head.starts_with(b"\0\0\0\x0cjP  \r\n\x87\n") {
        return Ok("image/jp2");
    }
    sniff(head).map(|sniffed| sniffed.media_type)
}

/// The ending of a preservation copy's name; empty for a kind that lasts no better than another.
pub fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/tiff" => ".tif",
        "image/jp2" => ".jp2",
        "image/png" => ".png",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "audio/x-wav" => ".wav",
        _ => "",
    }
}

fn family(media_type: &str) -> Option<Limited> {
    match media_type {
        "image/jpeg" | "image/png" | "image/webp" | "image/heif" | "image/heic" | "image/avif"
        | "image/tiff" | "image/gif" => Some(Limited::Photo),
        "application/pdf"
        | "application/rtf"
        | "application/msword"
        | "application/vnd.ms-excel"
        | "application/vnd.ms-powerpoint"
        | "application/vnd.oasis.opendocument.text"
        | "application/vnd.oasis.opendocument.spreadsheet"
        | "application/vnd.oasis.opendocument.presentation" => Some(Limited::Document),
        office if office.starts_with("application/vnd.openxmlformats-officedocument.") => {
            Some(Limited::Document)
        }
        sound if sound.starts_with("audio/") && sound != "audio/midi" => Some(Limited::Recording),
        video if video.starts_with("video/") => Some(Limited::Recording),
        _ => None,
    }
}

/// A picture cut off so early that `infer` does not know it: it is told apart here to be refused as cut off.
fn begun_picture(head: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&[u8], &str); 5] = [
        (b"\xff\xd8", "image/jpeg"),
        (b"\x89P", "image/png"),
        (b"GIF8", "image/gif"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
    ];
    BEGINNINGS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, media_type)| *media_type)
}

/// An ISO base media file with a brand that `infer` does not know.
fn is_iso_media(head: &[u8]) -> bool {
    head.len() >= 12
        && &head[4..8] == b"ftyp"
        && head[8..12].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ')
}

fn sniff_text(head: &[u8]) -> Result<Sniffed, String> {
    let text = decode_text(head).ok_or("application/octet-stream")?;
    let unseen = |char: char| {
        char.is_whitespace() || matches!(char, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
    };
    let start = text.trim_start_matches(unseen);
    if start.starts_with("#!") {
        return Err("a program".into());
    }
    if start.starts_with('<') {
        return Err("a web page".into());
    }
    let media_type = if is_mail(start) { "message/rfc822" } else { "text/plain" };
    Ok(Sniffed { media_type, family: Limited::Document })
}

/// The head as text: UTF-8, cut anywhere, or Latin-1; `None` where it holds control characters that no text has.
fn decode_text(head: &[u8]) -> Option<String> {
    let is_control = |char: char| char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{c}');
    let text = match std::str::from_utf8(head) {
        Ok(text) => text.to_owned(),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?.to_owned()
        }
        Err(_) => head.iter().map(|byte| char::from(*byte)).collect(),
    };
    (!text.chars().any(is_control)).then_some(text)
}

/// RFC 5322: begins with a header field, and has at least two that every letter carries.
fn is_mail(text: &str) -> bool {
    const FIELDS: [&str; 8] =
        ["from:", "to:", "subject:", "date:", "received:", "message-id:", "mime-version:", "return-path:"];
    let is_field = |line: &str| FIELDS.iter().any(|field| line.to_ascii_lowercase().starts_with(field));
    let headers: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).take(200).collect();
    headers.first().is_some_and(|line| line.split_once(':').is_some_and(|(name, _)| !name.contains(' ')))
        && headers.iter().filter(|line| is_field(line)).count() >= 2
}

/// A file's name fit to be kept and shown: no directories, no control or direction characters, at most 200 characters.
pub fn clean_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let unseen = |char: &char| {
        char.is_control()
            || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = last.chars().filter(|char| !unseen(char)).collect();
    let clean = clean.trim().trim_matches('.').trim();
    let shortened = match (clean.chars().count() > 200, clean.rsplit_once('.')) {
        (true, Some((stem, ending))) if ending.chars().count() <= 10 => {
            format!("{}.{ending}", stem.chars().take(189).collect::<String>())
        }
        (true, _) => clean.chars().take(200).collect(),
        (false, _) => clean.to_owned(),
    };
    if shortened.is_empty() { "fil".into() } else { shortened }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_programs_are_refused_whatever_they_are_called() {
        for page in [
            "<!doctype html><p>",
            "\u{feff} \n<svg xmlns='http://www.w3.org/2000/svg'>",
            "<?xml version='1.0'?><svg/>",
            "#!/bin/sh\nrm -rf",
            "  <script>",
            "<HTML>",
        ] {
            assert!(sniff(page.as_bytes()).is_err(), "{page}");
        }
        assert!(sniff(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff").is_err());
        assert!(sniff(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\0\0").is_err());
        assert!(sniff(b"PK\x03\x04\x14\0\0\0\x08\0aaaaaaaaaaaaaaaaaaaafile.bin").is_err());
        assert!(sniff(&[0, 1, 2, 3, 4, 5, 6, 7]).is_err());
    }

    #[test]
    fn texts_letters_and_recordings_are_told_apart() {
        assert_eq!(sniff("Kære Alma, i dag så vi en ræv.".as_bytes()).unwrap().media_type, "text/plain");
        assert_eq!(sniff(b"I dag s\xe5 vi en r\xe6v.").unwrap().media_type, "text/plain");
        assert_eq!(sniff("Husk: <b> er fed".as_bytes()).unwrap().media_type, "text/plain");
        let mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Hej\r\n\r\nHej";
        assert_eq!(sniff(mail.as_bytes()).unwrap().media_type, "message/rfc822");
        assert_eq!(sniff(b"%PDF-1.7\n").unwrap().family, Limited::Document);
        assert_eq!(sniff(b"RIFF\x24\x08\0\0WAVEfmt ").unwrap().family, Limited::Recording);
        assert_eq!(sniff(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2").unwrap().family, Limited::Recording);
    }

    #[test]
    fn a_letter_cut_in_the_middle_of_a_character_is_still_text() {
        let text = "æ".repeat(10);
        assert_eq!(sniff(&text.as_bytes()[..19]).unwrap().media_type, "text/plain");
    }

    #[test]
    fn file_names_lose_what_could_mislead_and_keep_their_ending() {
        assert_eq!(clean_file_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_file_name("C:\\billeder\\strand.jpg"), "strand.jpg");
        assert_eq!(clean_file_name("nat\0ten\u{202e}gpj.exe"), "nattengpj.exe");
        assert_eq!(clean_file_name(".."), "fil");
        let long = clean_file_name(&format!("{}.jpeg", "ø".repeat(300)));
        assert!(long.ends_with(".jpeg") && long.chars().count() <= 200);
    }
}
